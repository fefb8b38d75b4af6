import { chmod, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Instant } from '../../src/model/time.ts';
import { policiesOf } from '../../src/model/workspace.ts';
import { blobId } from '../../src/read/git.ts';
import { appendEntries, REGISTER, sha256 } from '../../src/read/register.ts';
import { openWorkspace } from '../../src/read/workspace.ts';
import { DEFAULT_FILES } from '../helpers/example.ts';
import { makeRepository, type TestRepository } from '../helpers/repository.ts';
import { replaceFrontMatter } from '../helpers/skeleton.ts';

const now = '2026-11-23T00:00:00Z' as Instant;
const CPS = DEFAULT_FILES['policies/cps.md'];
const PDS = '---\ndocument: pds\ntype: PDS\ntitle: PDS\nlanguage: en\nversion: "1.0"\nstatus: draft\neffective: 2026-12-01\n---\n\nText.\n';

let repository: TestRepository;
beforeEach(async () => {
  repository = await makeRepository();
  await repository.commit(DEFAULT_FILES, '2026-01-01T09:00:00Z');
});
afterEach(() => repository.remove());

const open = (purpose: 'check' | 'publish' = 'check', folder = repository.folder) => openWorkspace(pathToFileURL(`${folder}/`), { now, purpose });

/** Registers the committed bytes of the CPS, and what else is given. */
async function register(files: Record<string, { path: string; blob?: string; sha256: string }> = {}) {
  const en = { path: 'policies/cps.md', blob: blobId(Buffer.from(CPS)), sha256: sha256(CPS) };
  const entry = { document: 'cps', version: '1.0', published: '2026-01-15T09:00:00Z', effective: '2026-01-31T23:00:00Z', files: { en, ...files } };
  await repository.write({ [REGISTER]: appendEntries('', [entry]).text });
}

describe('texts of the work tree', () => {
  test('are all Markdown files below policies/, in order, but not the archive and read-me files', async () => {
    await repository.write({
      'policies/sub/pds.markdown': PDS,
      'policies/README.md': '# About',
      'policies/readme-de.md': '# About',
      'policies/archive/old.md': 'old',
      'policies/notes.txt': 'no',
      'README.md': '# About',
    });
    const { workspace } = await open();
    expect(workspace.drafts.map((draft) => draft.file)).toEqual(['policies/cps.md', 'policies/sub/pds.markdown']);
    expect(workspace.observations).toEqual([]);
  });

  test('have the digest of their bytes, their front matter and their sections', async () => {
    const [draft] = (await open()).workspace.drafts;
    expect(draft).toMatchObject({
      id: 'cps',
      type: 'CPS',
      language: 'en',
      title: 'Certification Practice Statement',
      sha256: sha256(CPS),
      fields: { effective: { line: 9, column: 12 } },
    });
    expect(draft?.sections[0]).toMatchObject({ number: '1', place: { start: { line: 12, column: 1 } } });
  });

  test('are not parsed for publishing, where only their front matter counts', async () => {
    const [draft] = (await open('publish')).workspace.drafts;
    expect(draft).toMatchObject({ id: 'cps', frontMatter: { version: '1.0' }, sections: [] });
  });

  test('without front matter are declared, and then their own tool’s front matter is not judged', async () => {
    const declared = `${DEFAULT_FILES['cartulary.yaml']}documents:\n  - { id: br, type: CP, title: Baseline Requirements, file: docs/BR.md }\n  - { id: gone, type: CP, title: Gone, file: docs/GONE.md }\n`;
    await repository.write({ 'cartulary.yaml': declared, 'docs/BR.md': '---\ntitle: BR\nsubtitle: Version 1\n---\n\n# 1. INTRODUCTION\n' });
    const { workspace } = await open();
    expect(workspace.drafts.map(({ id, file, frontMatter, sections }) => [id, file, frontMatter, sections.length])).toMatchObject([
      ['br', 'docs/BR.md', undefined, 1],
      ['cps', 'policies/cps.md', { document: 'cps' }, 270],
    ]);
    expect(workspace.observations).toEqual([]);
  });

  test('that a checkout gave CRLF line ends have the digest they were registered with, and no other', async () => {
    await register();
    const crlf = CPS.replaceAll('\n', '\r\n');
    await repository.write({ 'policies/cps.md': crlf });
    expect((await open()).workspace.drafts[0]?.sha256).toBe(sha256(CPS));
    await repository.write({ 'policies/cps.md': `${crlf}more\r\n` });
    expect((await open()).workspace.drafts[0]?.sha256).toBe(sha256(`${crlf}more\r\n`));
  });
});

describe('nothing outside the repository is read', () => {
  let outside: string;
  beforeEach(async () => {
    outside = await mkdtemp(join(tmpdir(), 'cartulary-'));
    await writeFile(join(outside, 'secret.md'), PDS);
  });
  afterEach(() => rm(outside, { recursive: true }));

  test('a link to a text outside is not followed, declared or not', async () => {
    await symlink(join(outside, 'secret.md'), join(repository.folder, 'policies/secret.md'));
    await symlink(outside, join(repository.folder, 'policies/folder'));
    await repository.write({
      'cartulary.yaml': `${DEFAULT_FILES['cartulary.yaml']}documents:\n  - { id: secret, type: PDS, title: Secret, file: policies/secret.md }\n`,
    });
    expect((await open()).workspace.drafts.map((draft) => draft.file)).toEqual(['policies/cps.md']);
  });

  test('a link from the archive is not followed', async () => {
    await register({ de: { path: 'policies/archive/cps.pdf', sha256: sha256(PDS) } });
    await repository.write({ 'policies/archive/x': '' });
    await symlink(join(outside, 'secret.md'), join(repository.folder, 'policies/archive/cps.pdf'));
    const { workspace, readBytes } = await open();
    expect(workspace.observations).toMatchObject([{ rule: 'form/register-holds', message: 'The archive file of cps 1.0 (de) is missing.' }]);
    expect(await readBytes([{ path: 'policies/archive/cps.pdf', sha256: sha256(PDS) }])).toEqual(new Map());
  });

  test('a link to the configuration or the register outside is not followed', async () => {
    await repository.write({ 'cartulary.yaml': undefined });
    await writeFile(join(outside, 'cartulary.yaml'), DEFAULT_FILES['cartulary.yaml']);
    await symlink(join(outside, 'cartulary.yaml'), join(repository.folder, 'cartulary.yaml'));
    expect((await open()).workspace.observations).toMatchObject([{ rule: 'form/configuration-valid', seen: 'no file' }]);
  });

  test('nor are files of git itself', async () => {
    await symlink('../.git/config', join(repository.folder, 'policies/config.md'));
    await repository.write({
      'cartulary.yaml': `${DEFAULT_FILES['cartulary.yaml']}documents:\n  - { id: config, type: PDS, title: Config, file: policies/config.md }\n`,
    });
    expect((await open()).workspace.drafts.map((draft) => draft.file)).toEqual(['policies/cps.md']);
  });

  test('a link to a text inside is followed where it is declared', async () => {
    await repository.write({ 'texts/pds.md': PDS });
    await symlink('../texts/pds.md', join(repository.folder, 'policies/pds.md'));
    await repository.write({
      'cartulary.yaml': `${DEFAULT_FILES['cartulary.yaml']}documents:\n  - { id: pds, type: PDS, title: PDS, file: policies/pds.md }\n`,
    });
    expect((await open()).workspace.drafts.map((draft) => draft.file)).toEqual(['policies/cps.md', 'policies/pds.md']);
  });
});

describe('published bytes', () => {
  test('come from git, and from the archive of the work tree, PDF too', async () => {
    const pdf = Uint8Array.of(37, 80, 68, 70, 13, 10, 0, 255);
    await repository.write({ 'policies/archive/cps.pdf': pdf });
    await register({ de: { path: 'policies/archive/cps.pdf', sha256: sha256(pdf) } });
    const { workspace, readBytes } = await open();
    expect(workspace.observations).toEqual([]);
    expect(workspace.facts.get(sha256(CPS))).toMatchObject({ id: 'cps', type: 'CPS', language: 'en', frontMatter: { version: '1.0' } });
    expect(workspace.facts.get(sha256(pdf))).toEqual({ id: 'cps', type: 'CPS', language: 'de', title: 'CPS', frontMatter: undefined });
    const [entry] = workspace.register.entries;
    const bytes = await readBytes(entry?.kind === 'version' ? Object.values(entry.files) : []);
    expect([...bytes].map(([digest, content]) => [digest, Buffer.from(content)])).toEqual([
      [sha256(pdf), Buffer.from(pdf)],
      [sha256(CPS), Buffer.from(CPS)],
    ]);
  });

  test('list the policies that a version governs', async () => {
    const text = replaceFrontMatter(CPS, 'policies:\n  - { oid: 1.3.6.1.4.1.99999.1, name: One }');
    await repository.commit({ 'policies/cps.md': text }, '2026-01-02T09:00:00Z');
    await register({ en: { path: 'policies/cps.md', blob: blobId(Buffer.from(text)), sha256: sha256(text) } });
    const { workspace } = await open();
    const [entry] = workspace.register.entries;
    expect(entry?.kind === 'version' && policiesOf(workspace, entry)).toEqual([{ oid: '1.3.6.1.4.1.99999.1', name: 'One' }]);
  });

  test('whose digest is not the registered one are not given out', async () => {
    await register({ en: { path: 'policies/cps.md', blob: blobId(Buffer.from(CPS)), sha256: 'a'.repeat(64) } });
    const { workspace, readBytes } = await open();
    expect(workspace.observations).toMatchObject([{ rule: 'form/register-holds', message: 'The bytes of cps 1.0 (en) are not those that were registered.' }]);
    expect(workspace.facts).toEqual(new Map());
    expect(await readBytes([{ path: 'policies/cps.md', blob: blobId(Buffer.from(CPS)), sha256: 'a'.repeat(64) }])).toEqual(new Map());
  });
});

describe('what an earlier build proved', () => {
  const CACHE = '.cartulary/reading.json';
  const seen = async () => {
    const { facts, observations, register } = (await open('publish')).workspace;
    return { facts: [...facts], observations, entries: register.entries };
  };

  test('gives the same answer the second time, and after the cache was damaged', async () => {
    await register();
    const first = await seen();
    expect(first.facts).toHaveLength(1);
    expect(JSON.parse(await readFile(join(repository.folder, CACHE), 'utf8')).texts).toHaveLength(1);
    expect(await seen()).toEqual(first);
    for (const damaged of ['', '{', '[]', 'null', '{"stamp":"other","texts":[],"entries":[]}']) {
      await repository.write({ [CACHE]: damaged });
      expect(await seen()).toEqual(first);
    }
  });

  test('does not stand in for bytes that are lost', async () => {
    await register();
    await seen();
    const id = blobId(Buffer.from(CPS));
    await chmod(join(repository.folder, '.git/objects', id.slice(0, 2)), 0o755);
    await rm(join(repository.folder, '.git/objects', id.slice(0, 2), id.slice(2)));
    expect((await seen()).observations).toMatchObject([{ rule: 'form/register-holds', message: 'The text of cps 1.0 (en) is not in the object database.' }]);
  });

  test('is not asked by the check', async () => {
    await register();
    await seen();
    const { texts, ...rest } = JSON.parse(await readFile(join(repository.folder, CACHE), 'utf8'));
    texts[0][1].facts.title = 'Forged';
    await repository.write({ [CACHE]: JSON.stringify({ texts, ...rest }) });
    expect([...(await open()).workspace.facts.values()].map((facts) => facts.title)).toEqual(['Certification Practice Statement']);
  });
});

test('a provider may be a folder below the top of a repository', async () => {
  const below = Object.fromEntries(Object.entries(DEFAULT_FILES).map(([path, text]) => [`provider/${path}`, text]));
  await repository.commit(below, '2026-01-02T09:00:00Z');
  const { workspace } = await open('check', join(repository.folder, 'provider'));
  expect(workspace.drafts.map((draft) => draft.file)).toEqual(['policies/cps.md']);
});

test('an empty folder has one thing wrong: it has no configuration', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cartulary-'));
  const { workspace, git } = await open('check', folder);
  expect(workspace.observations.map(({ rule, message }) => `${rule} ${message}`)).toEqual(['form/configuration-valid The repository has no configuration.']);
  expect([git, workspace.drafts, workspace.register.entries]).toEqual([undefined, [], []]);
  await rm(folder, { recursive: true });
});
