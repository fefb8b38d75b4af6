import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runCheck } from '../../src/check/run.ts';
import { main } from '../../src/cli/main.ts';
import type { Instant } from '../../src/model/time.ts';
import { REGISTER } from '../../src/read/register.ts';
import { openWorkspace } from '../../src/read/workspace.ts';
import { DEFAULT_FILES } from '../helpers/example.ts';
import { makeRepository, type TestRepository } from '../helpers/repository.ts';
import { makeSkeleton, replaceFrontMatter, replaceSection } from '../helpers/skeleton.ts';

const TEXT = 'policies/cps.md';
const CATALOGUE = new URL('../../content/requirements/en-319-401/v3.2.1.yaml', import.meta.url);
const NEXT_EDITION = 'content/requirements/en-319-401/v3.3.1.yaml';

let repository: TestRepository;
beforeEach(async () => {
  repository = await makeRepository();
  await repository.commit({ 'cartulary.yaml': DEFAULT_FILES['cartulary.yaml'] }, '2026-01-01T00:00:00Z');
});
afterEach(() => repository.remove());

interface Texts {
  /** The text of section 5.1.1, which bears two marks, and of section 5.8, which bears one. */
  site?: string;
  end?: string;
  front?: string;
}

/** Commits the text as a version that is ready to be registered. */
async function write(version: string, { site = 'Two doors.', end = 'Six months before.', front = '' }: Texts = {}): Promise<void> {
  const marked = [
    ['5.1.1', `#### 5.1.1 Site location and construction\n\n<!-- meets 401:REQ-7.6-01 401:REQ-7.6-02 -->\n\n${site}`],
    ['5.8', `### 5.8 CA or RA termination\n\n<!-- meets 401:REQ-7.12-01 -->\n\n${end}`],
  ] as const;
  const text = marked.reduce((whole, [number, section]) => replaceSection(whole, number, section), makeSkeleton());
  const effective = `2027-0${version.slice(-1)}-01`;
  await repository.commit({ [TEXT]: replaceFrontMatter(text, `version: "${version}"\neffective: ${effective}\n${front}`) }, '2026-11-20T00:00:00Z');
}

/** Registers at an hour of a day; versions are published one after another. */
async function register(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const io = {
    out: (text: string) => void out.push(text),
    err: (text: string) => void err.push(text),
    color: false,
    now: '2026-11-23T09:00:00Z' as Instant,
    folder: repository.folder,
  };
  const code = await main(['register', ...args], io);
  return { code, out: out.join(''), err: err.join('') };
}

const readEntries = () => readFile(join(repository.folder, REGISTER), 'utf8');

/** What the rule of marks that are not confirmed says. */
async function findSuspicions(): Promise<string[]> {
  const { workspace } = await openWorkspace(pathToFileURL(`${repository.folder}/`), { now: '2026-11-23T09:00:00Z' as Instant, purpose: 'check' });
  const { findings } = runCheck(workspace);
  return findings.filter(({ rule }) => rule === 'completeness/mark-confirmed').map(({ severity, message }) => `${severity}: ${message}`);
}

const CHANGED = (severity: string, section: string, version: string, names: string) =>
  `${severity}: Section ${section} has another text since version ${version}, and nobody has confirmed that it still meets ${names}.`;

/** What is refused, and the reason. */
const REFUSED = [
  ['REQ-7.6-01', '"REQ-7.6-01" is nothing that a mark could name: expected a standard and an id or clause, such as 411-2:OVR-5.1-09, or all.'],
  ['401:REQ-7.6-0l', 'ETSI EN 319 401 V3.2.1 has no requirement REQ-7.6-0l; 401:REQ-7.6-01, perhaps.'],
  ['401:REQ-7.12-01,401:REQ-7.6-01', '401:REQ-7.12-01 is not suspect in cps: there is nothing to confirm of it.'],
  [',', 'Nothing is named to be confirmed: name marks such as 411-2:OVR-5.1-09, or all.'],
] as const;

describe('registering a text', () => {
  beforeEach(async () => {
    await write('1.1');
    expect(await register('cps')).toMatchObject({ code: 0, err: '' });
  });

  test('says nothing of marks while these are new, and writes no confirmation', async () => {
    await write('1.2', { front: 'changes: A new date.' });
    const { code, out } = await register('cps');
    expect([code, out.includes('suspect')]).toEqual([0, false]);
    expect(await readEntries()).not.toContain('confirms');
  });

  test('tells which marks stay suspect', async () => {
    await write('1.2', { site: 'Three doors.', end: 'A year before.' });
    expect(await findSuspicions()).toEqual([
      CHANGED('warning', '5.1.1', '1.2', '401:REQ-7.6-01, 401:REQ-7.6-02'),
      CHANGED('warning', '5.8', '1.2', '401:REQ-7.12-01'),
    ]);
    const { code, out } = await register('cps', '--confirm', '401:REQ-7.6-02');
    expect(code).toBe(0);
    expect(out.slice(out.indexOf('\nMarks of'))).toBe(`
Marks of cps that nobody has confirmed; they stay suspect until an entry does (--confirm):
  401:REQ-7.6-01  5.1.1  another text since 1.2
  401:REQ-7.12-01  5.8  another text since 1.2
`);
    expect(await readEntries()).toContain('\n  confirms: [401:REQ-7.6-02]\n');
    expect(await findSuspicions()).toEqual([CHANGED('info', '5.1.1', '1.2', '401:REQ-7.6-01'), CHANGED('info', '5.8', '1.2', '401:REQ-7.12-01')]);
  });

  test('confirms all of them, or those of a clause, and the next version begins from there', async () => {
    await write('1.2', { site: 'Three doors.', end: 'A year before.' });
    expect(await register('--confirm', '401:7.6, 401:REQ-7.12-01')).toMatchObject({ code: 0 });
    expect(await readEntries()).toContain('\n  confirms: [401:7.6, 401:REQ-7.12-01]\n');
    expect(await findSuspicions()).toEqual([]);
    await write('1.3', { site: 'Two doors.', end: 'A year before.' });
    expect(await findSuspicions()).toEqual([CHANGED('warning', '5.1.1', '1.3', '401:REQ-7.6-01, 401:REQ-7.6-02')]);
    expect(await register('cps', '--confirm', 'all')).toMatchObject({ code: 0 });
    expect(await readEntries()).toContain('\n  confirms: all\n');
    expect(await findSuspicions()).toEqual([]);
  });

  test('keeps marks suspect over a version that nobody confirmed, and forgets it when the text is changed back', async () => {
    await write('1.2', { site: 'Three doors.' });
    await register('cps');
    await write('1.3', { site: 'Three doors.', end: 'A year before.' });
    expect(await findSuspicions()).toEqual([
      CHANGED('warning', '5.1.1', '1.2', '401:REQ-7.6-01, 401:REQ-7.6-02'),
      CHANGED('warning', '5.8', '1.3', '401:REQ-7.12-01'),
    ]);
    await write('1.3');
    expect(await findSuspicions()).toEqual([]);
  });

  test('refuses to confirm what is unknown or not suspect', async () => {
    await write('1.2', { site: 'Three doors.' });
    const before = await readEntries();
    for (const [names, reason] of REFUSED) {
      expect(await register('cps', '--confirm', names)).toEqual({ code: 1, out: '', err: `Nothing was registered:\n  - ${reason}\n` });
    }
    expect(await readEntries()).toBe(before);
  });

  test('refuses to confirm all where nothing is suspect', async () => {
    await write('1.2', { front: 'changes: A new date.' });
    expect((await register('cps', '--confirm', 'all')).err).toContain('No mark of cps is suspect: there is nothing to confirm.');
  });

  test('takes no confirmation for anything but a text', async () => {
    const { code, err } = await register('cps', '--erratum', '1.1', '--text', 'A slip.', '--confirm', 'all');
    expect([code, err.split('\n')[0]]).toEqual([2, '--confirm does not belong to --erratum.']);
  });
});

describe('what does not belong to what is registered', () => {
  test.each([
    [['cps', '1.1', '--profiles', '--withdraw', '2027-06-01'], '--withdraw does not belong to --profiles.'],
    [['cps', '--erratum', '1.1', '--text', 'A slip.', '--effective', '2027-06-01'], '--effective does not belong to --erratum.'],
    [['cps', '--withdraw', '2027-06-01', '--reason', 'R', '--section', '1', '--text', 'T'], '--section, --text do not belong to --withdraw.'],
    [['cps', '--archive', 'a.pdf', '--version', '1', '--effective', '2020-01-01', '--reason', 'R'], '--reason does not belong to --archive.'],
    [['cps', '--reschedule', '1.1', '--effective', '2027-06-01', '--reason', 'R', '--language', 'de'], '--language does not belong to --reschedule.'],
    [['cps', '--effective', '2027-06-01'], '--effective does not belong to the registration of texts in the work tree.'],
    [['cps', '1.1'], '"1.1" does not belong to the registration of texts in the work tree.'],
    [['cps', '1.1', 'more', '--profiles'], '"more" does not belong to --profiles.'],
    [['cps', '1.1', '--erratum', '1.1', '--text', 'A slip.'], '"1.1" does not belong to --erratum.'],
    [['--withdraw', '2027-06-01'], 'Name the document.'],
  ])('%j is a usage error, and nothing is registered', async (args, message) => {
    await write('1.1');
    const { code, out, err } = await register(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(message);
    await expect(readEntries()).rejects.toThrow('ENOENT');
  });

  test('is none of what the guide shows', async () => {
    await write('1.1');
    expect(await register('cps', '--published', '2026-11-22', '--dry-run')).toMatchObject({ code: 0, err: '' });
    expect(await register('cps', '--published', '2026-11-22')).toMatchObject({ code: 0, err: '' });
    await repository.write({ 'policies/archive/pds-1.0.pdf': '%PDF-1.4' });
    const archived = ['--archive', 'policies/archive/pds-1.0.pdf', '--version', '1.0', '--effective', '2023-03-01', '--language', 'en'];
    expect(await register('pds', ...archived, '--dry-run')).toMatchObject({ code: 0, err: '' });
    for (const args of [
      ['--erratum', '1.1', '--section', '4.9.3', '--text', 'A slip.', '--published', '2026-11-23'],
      ['--reschedule', '1.1', '--effective', '2027-05-01', '--reason', 'Later.'],
    ])
      expect(await register('cps', ...args, '--dry-run')).toMatchObject({ code: 0, err: '' });
    expect((await register('cps', '--withdraw', '2027-06-01', '--continued-by', 'cps', '--reason', 'R', '--dry-run')).code).toBe(0);
  });
});

test.each([
  ['a successor that is no id', ['cps', '--withdraw', '2027-06-01', '--reason', 'R', '--continued-by', 'Not/an/id']],
  ['a document that is no id', ['Old_CPS', '--archive', 'policies/archive/cps-0.0.pdf', '--version', '1.0', '--effective', '2020-01-01']],
  ['a version that is no number', ['pds', '--archive', 'policies/archive/cps-0.0.pdf', '--version', 'v1.0', '--effective', '2020-01-01']],
  ['a language that is no tag', ['pds', '--archive', 'policies/archive/cps-0.0.pdf', '--version', '1.0', '--effective', '2020-01-01', '--language', 'english']],
])('what the register could not be read with is never appended: %s', async (_, args) => {
  await write('1.1');
  await register('cps', '--published', '2026-11-22');
  await repository.write({ 'policies/archive/cps-0.0.pdf': '%PDF-1.4' });
  const before = await readEntries();
  for (const more of [['--dry-run'], []])
    expect(await register(...args, ...more)).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/^Nothing was registered:\n {2}- /) });
  expect(await readEntries()).toEqual(before);
});

test('an erratum is not published before its version', async () => {
  await write('1.1');
  await register('cps', '--published', '2026-11-22');
  const before = await readEntries();
  const { code, err } = await register('cps', '--erratum', '1.1', '--text', 'A slip.', '--published', '2026-11-21');
  expect([code, err]).toEqual([1, expect.stringContaining('--published 2026-11-21 lies before cps 1.1 was published (2026-11-22).')]);
  expect(await readEntries()).toBe(before);
});

test('a new edition makes suspect what it amends, until a version that is written to it confirms that', async () => {
  const shipped = await readFile(CATALOGUE, 'utf8');
  const altered = shipped.replace('edition: V3.2.1', 'edition: V3.3.1').replace(/(- id: REQ-7\.6-02\n(?: {4}.*\n)*? {4}summary: ).*/, '$1"Something else."');
  expect(altered.split('\n').filter((line, index) => line !== shipped.split('\n')[index])).toHaveLength(2);
  await write('1.1', { front: 'writtenTo: { en-319-401: v3.2.1 }' });
  await register('cps');
  expect(await findSuspicions()).toEqual([]);
  await repository.write({ [NEXT_EDITION]: altered, 'cartulary.yaml': `${DEFAULT_FILES['cartulary.yaml']}editions: { en-319-401: v3.3.1 }\n` });
  const differs = 'ETSI EN 319 401 V3.3.1 asks for something else than V3.2.1, and nobody has confirmed that section 5.1.1 meets 401:REQ-7.6-02.';
  expect(await findSuspicions()).toEqual([`info: ${differs}`]);
  await write('1.2', { front: 'writtenTo: { en-319-401: v3.3.1 }' });
  expect(await findSuspicions()).toEqual([`warning: ${differs}`]);
  const { out } = await register('cps', '--confirm', '401:REQ-7.6-02');
  expect(out).not.toContain('stay suspect');
  expect(await findSuspicions()).toEqual([]);
});
