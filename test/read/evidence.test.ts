import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Instant } from '../../src/model/time.ts';
import { type OpenOptions, openWorkspace } from '../../src/read/workspace.ts';
import { makeProvider, type Provider } from '../helpers/provider.ts';
import { replaceSection } from '../helpers/skeleton.ts';

const FILE = 'content/evidence/registration.yaml';
const item = (more = '', id = 'EV-REG-01') => `- id: ${id}
  title: Audit of cases
  kind: audit-report
  requirements: [411-1:REG-6.2.2-05]
  kept: Audit archive
  owner: System Auditor
  verified: 2026-09-11
  result: passed
  validFor: 12 months
${more}`;

let provider: Provider;
let outside: string;
beforeEach(async () => {
  provider = await makeProvider();
  outside = await mkdtemp(join(tmpdir(), 'cartulary-evidence-'));
});
afterEach(async () => {
  await provider.repository.remove();
  await rm(outside, { recursive: true, force: true });
});

const open = async (options: Partial<OpenOptions> = { audience: 'assessor' }) =>
  (await openWorkspace(pathToFileURL(`${provider.repository.folder}/`), { now: '2026-11-23T00:00:00Z' as Instant, purpose: 'check', ...options })).workspace;
const state =
  (number: string, words: string, marks = '') =>
  (text: string) =>
    replaceSection(text, number, `### ${number} Section\n\n${marks}\n\n${words}`);
const ids = ({ evidence }: Awaited<ReturnType<typeof open>>) => evidence?.items.map(({ id }) => id);
const told = ({ observations }: Awaited<ReturnType<typeof open>>) =>
  observations.filter(({ rule }) => rule === 'evidence/evidence-valid').map(({ at, message }) => `${at.file}:${at.start?.line ?? ''} ${message}`);

test('is read for assessors, for a check and for a build, and for nobody else', async () => {
  await provider.repository.write({ [FILE]: item() });
  expect(ids(await open())).toEqual(['EV-REG-01']);
  expect(ids(await open({ audience: 'assessor', purpose: 'publish' }))).toEqual(['EV-REG-01']);
  for (const purpose of ['check', 'publish'] as const) {
    const workspace = await open({ purpose });
    expect(workspace.audience).toBe('public');
    expect(JSON.stringify([...Object.values(workspace)])).not.toContain('EV-REG-01');
  }
});

test('a repository without one has none, and nothing is wrong', async () => {
  const workspace = await open();
  expect(workspace.evidence).toBeUndefined();
  expect(told(workspace)).toEqual([]);
});

test('files come in the order of their names; folders, read-me and hidden files are passed over', async () => {
  await provider.repository.write({
    'content/evidence/b.yaml': item('', 'EV-B-1'),
    'content/evidence/a.yaml': item('', 'EV-A-1') + item('', 'EV-A-2'),
    'content/evidence/README.md': '# About',
    'content/evidence/.hidden.yaml': 'no',
    'content/evidence/status/2026-10.csv': 'at,ok\n',
  });
  const workspace = await open();
  expect(ids(workspace)).toEqual(['EV-A-1', 'EV-A-2', 'EV-B-1']);
  expect(told(workspace)).toEqual([]);
  expect(workspace.evidence?.items[1]?.fields['verified']).toEqual({ line: 16, column: 13 });
});

test('what cannot be read is left out and told, and the rest is read', async () => {
  await provider.repository.write({ [FILE]: item('  colour: red\n'), 'content/evidence/good.yaml': item('', 'EV-GOOD-1'), 'content/evidence/scan.pdf': 'x' });
  await writeFile(join(outside, 'secret.yaml'), item('', 'EV-OUT-1'));
  await symlink(join(outside, 'secret.yaml'), join(provider.repository.folder, 'content/evidence/link.yaml'));
  const workspace = await open();
  expect(ids(workspace)).toEqual(['EV-GOOD-1']);
  expect(told(workspace)).toEqual([
    'content/evidence/link.yaml: The list of evidence cannot be read.',
    'content/evidence/registration.yaml:10 The key "0.colour" is not known.',
    'content/evidence/scan.pdf: The folder of the evidence index holds something that is no list of items by its name.',
  ]);
});

test('a folder outside the repository is read where it is named, and only there', async () => {
  await writeFile(join(outside, 'index.yaml'), item('', 'EV-OUT-1'));
  await provider.repository.write({ [FILE]: item() });
  expect(ids(await open({ audience: 'assessor', evidence: outside }))).toEqual(['EV-OUT-1']);
  expect(ids(await open({ audience: 'public', evidence: outside }))).toBeUndefined();
  expect(told(await open({ audience: 'assessor', evidence: join(outside, 'nothing') }))).toHaveLength(1);
  await rm(join(provider.repository.folder, 'content'), { recursive: true });
  await mkdir(join(provider.repository.folder, 'content'));
  await symlink(outside, join(provider.repository.folder, 'content/evidence'));
  const linked = await open();
  expect(linked.evidence).toBeUndefined();
  expect(told(linked)).toHaveLength(1);
});

test('a section has its text since the version that changed its words, whatever number it had before', async () => {
  const words = 'Everybody appears in person with a passport, and an officer compares the photo.';
  await provider.register((text) => state('3.2.3', words)(state('3.2.4', 'Nothing is taken without being verified by an officer.')(text)));
  await provider.register((text) => state('3.2.5', words)(state('3.2.3', 'Everybody appears.')(text)));
  await provider.register((text) => state('3.2.5', words)(state('3.2.3', 'Everybody appears twice.')(text)));
  await provider.repository.write({ [FILE]: item('  sections: [cps 3.2.5, cps 3.2.3, cps 99]\n') });
  const { evidence } = await open();
  expect(evidence?.sections.get('cps 3.2.5')).toMatchObject({ version: '1.2', since: '1.0', from: '2026-01-01' });
  expect(evidence?.sections.get('cps 3.2.3')).toMatchObject({ version: '1.2', since: '1.2', from: '2026-01-21' });
  expect(evidence?.sections.get('cps 99')).toBeUndefined();
});

test('an item that names no section is about those in force that are marked to state its requirements', async () => {
  const mark = '<!-- meets 411-1:6.2.2 -->';
  await provider.register((text) => state('3.2.3', 'Everybody appears in person.', mark)(state('3.2.5', 'No stipulation.', mark)(text)));
  await provider.repository.write({ [FILE]: item() + item('  sections: [cps 3.2.4]\n', 'EV-REG-02') });
  const { evidence } = await open();
  expect(evidence?.items.map(({ about }) => about)).toEqual([['cps 3.2.3'], ['cps 3.2.4']]);
});

test('what is published and not yet in force does not count', async () => {
  await provider.register(state('3.2.3', 'Everybody appears in person.'));
  await provider.register((text) => state('3.2.3', 'Everybody appears twice.')(text).replace(/^effective: .*$/m, 'effective: 2026-01-11'));
  await provider.repository.write({ [FILE]: item('  sections: [cps 3.2.3]\n') });
  const before = await open({ audience: 'assessor', now: '2026-01-10T00:00:00Z' as Instant });
  expect(before.evidence?.sections.get('cps 3.2.3')).toMatchObject({ version: '1.0', since: '1.0' });
  expect((await open()).evidence?.sections.get('cps 3.2.3')).toMatchObject({ version: '1.1', since: '1.1', from: '2026-01-11' });
});
