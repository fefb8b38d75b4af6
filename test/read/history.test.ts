import { afterEach, expect, test } from 'vitest';
import { Adopt } from '../../src/model/config.ts';
import { type Git, openGit } from '../../src/read/git.ts';
import { HistoryError, type HistorySource, readHistory } from '../../src/read/history.ts';
import { cloneRepository, makeRepository, type TestRepository } from '../helpers/repository.ts';

const repositories: TestRepository[] = [];
afterEach(async () => {
  for (const repository of repositories.splice(0)) await repository.remove();
});

async function make(): Promise<TestRepository> {
  const repository = await makeRepository();
  repositories.push(repository);
  return repository;
}

const open = async (folder: string): Promise<Git> => {
  const git = await openGit(folder);
  if (!git) throw new Error('no repository');
  return git;
};

function source(adopt: object, more: Partial<HistorySource> = {}): HistorySource {
  return { document: 'cps', language: 'en', file: 'cps.md', adopt: Adopt.parse(adopt), dates: undefined, ...more };
}

async function read(folder: string, ...sources: HistorySource[]) {
  const { documents, strayTags } = await readHistory(await open(folder), sources, 'Europe/Vienna');
  const sightings = documents.flatMap(({ sightings: all }) =>
    all.map(({ by, name, version, problem, at }) => [by, by === 'commit' ? at : name, problem ?? version]),
  );
  return { documents, strayTags, sightings };
}

test('tags name versions, and the texts say what they say', async () => {
  const repository = await make();
  await repository.commit({ 'cps.md': '# 1\n\n| Version | Date |\n|-|-|\n| 1.0 | 2020-01-05 |\n' }, '2020-01-01T10:00:00+01:00');
  await repository.tag('cps-v1.0');
  await repository.commit({ 'cps.md': undefined }, '2020-02-01T10:00:00+01:00');
  await repository.tag('cps-v1.1');
  await repository.tag('software-9');
  const { documents, strayTags } = await read(repository.folder, source({ tags: ['cps-v{version}'] }));
  expect(strayTags).toEqual(['software-9']);
  expect(documents).toMatchObject([
    {
      document: 'cps',
      sightings: [
        {
          by: 'tag',
          name: 'cps-v1.0',
          at: '2020-01-01T09:00:00Z',
          version: '1.0',
          language: 'en',
          text: { path: 'cps.md', revisions: [{ version: '1.0', date: '2020-01-05' }] },
        },
        { by: 'tag', name: 'cps-v1.1', version: '1.1', text: undefined },
      ],
      leftovers: [{ name: 'software-9', text: undefined }],
    },
  ]);
});

test('an annotated tag counts with the time of its commit', async () => {
  const repository = await make();
  await repository.commit({ 'cps.md': 'text\n' }, '2020-01-01T10:00:00Z');
  await repository.git('tag', '-a', '-m', 'later', 'v1');
  expect((await read(repository.folder, source({ tags: ['v{version}'] }))).documents[0]?.sightings).toMatchObject([{ at: '2020-01-01T10:00:00Z' }]);
});

test.each([
  ['version: "1.10"\n', 'version', '1.10'],
  ['version: 1.10\n', 'version', '1.10'],
  ['title: A\nsubtitle: Version 2.0.1\ndate: 6 May, 2024  \n', 'subtitle', '2.0.1'],
  ['version: v3\n', 'version', '3'],
  ['version: 3-1\n', 'version', '3.1'],
  ['version: 2024-02-01\n', 'version', '2024-02-01'],
  ['version: 2.1-draft\n', 'version', 'its text calls itself "2.1-draft"'],
  ['version: next\n', 'version', 'its field "version" has no number: "next"'],
  ['version: [1, 2]\n', 'version', 'its text has no field "version"'],
  ['title: A\n', 'version', 'its text has no field "version"'],
  ['title: "A\n', 'version', 'its front matter cannot be read'],
  ['__proto__: 1\n', 'constructor', 'its text has no field "constructor"'],
  ['version: !!js/function "process.exit()"\n', 'version', 'its front matter cannot be read'],
])('the front matter %j has in %s the version %s', async (block, versionField, expected) => {
  const repository = await make();
  await repository.commit({ 'cps.md': `---\n${block}---\n\n# 1. Text\n` }, '2020-01-01T10:00:00Z');
  const { sightings } = await read(repository.folder, source({ versionField }));
  expect(sightings).toEqual([['commit', '2020-01-01T10:00:00Z', expected]]);
});

test.each([
  ['# CPS\n\n**Version:** 2.3\n', '2.3'],
  ['# CPS\n\nVersion 2.3 (draft)\n', 'its text calls itself "2.3 (draft)"'],
  ['# CPS\n\nVersion 1.7.1 of the Baseline Requirements applies.\n', 'its text has no field "version"'],
])('without front matter the words stand before the number on a line of their own: %j', async (text, expected) => {
  const repository = await make();
  await repository.commit({ 'cps.md': text }, '2020-01-01T10:00:00Z');
  expect((await read(repository.folder, source({}))).sightings.map(([, , version]) => version)).toEqual([expected]);
});

test('commits are looked at where a field is named, or where nothing else is', async () => {
  const repository = await make();
  await repository.commit({ 'cps.md': '---\nversion: 1\n---\n' }, '2020-01-01T10:00:00Z');
  await repository.commit({ 'other.md': 'x' }, '2020-01-02T10:00:00Z');
  await repository.commit({ 'cps.md': '---\nversion: 2\n---\n' }, '2020-01-03T10:00:00Z');
  const commits = [
    ['commit', '2020-01-01T10:00:00Z', '1'],
    ['commit', '2020-01-03T10:00:00Z', '2'],
  ];
  expect((await read(repository.folder, source({}))).sightings).toEqual(commits);
  expect((await read(repository.folder, source({ tags: ['v{version}'] }))).sightings).toEqual([]);
  expect((await read(repository.folder, source({ tags: ['v{version}'], versionField: 'version' }))).sightings).toEqual(commits);
});

test('dated files are versions, with the date in their names or that of the commit which added them', async () => {
  const repository = await make();
  await repository.commit(
    { 'archive/cps-1.0-2020-01-15.md': 'one', 'archive/cps-1.1-2020-02-30.md': 'never', 'archive/readme.md': '' },
    '2021-01-01T10:00:00Z',
  );
  await repository.commit({ 'archive/cps-1.2.pdf': Buffer.from([0x25, 0xff, 0]), 'archive/cps-2019-12-24.pdf': 'by day' }, '2021-02-01T10:00:00Z');
  const { documents, sightings } = await read(
    repository.folder,
    source({ files: ['archive/cps-{version}-{date}.md', 'archive/cps-{date}.pdf', 'archive/cps-{version}.pdf'] }),
  );
  expect(sightings).toEqual([
    ['file', 'archive/cps-2019-12-24.pdf', '2019-12-24'],
    ['file', 'archive/cps-1.0-2020-01-15.md', '1.0'],
    ['file', 'archive/cps-1.1-2020-02-30.md', 'the date in its name, 2020-02-30, is not in the calendar'],
    ['file', 'archive/cps-1.2.pdf', '1.2'],
  ]);
  expect(documents[0]?.sightings[1]).toMatchObject({ at: '2020-01-14T23:00:00Z', origin: 'the date in its name' });
  expect(documents[0]?.sightings[3]).toMatchObject({ at: '2021-02-01T10:00:00Z', origin: 'the commit that added it' });
});

test('the provider may live in a folder of a larger repository', async () => {
  const repository = await make();
  await repository.commit({ 'pki/cps.md': 'a\n', 'pki/archive/cps-0.9-2019-01-01.md': 'b\n', 'cps.md': 'elsewhere\n' }, '2020-01-01T10:00:00Z');
  await repository.tag('v1');
  const { documents } = await read(
    `${repository.folder}/pki`,
    source({ tags: ['v{version}'], files: ['archive/cps-{version}-{date}.md'], versionField: 'version' }),
  );
  expect(documents[0]?.sightings.map(({ by, path, text }) => [by, path, text !== undefined])).toEqual([
    ['tag', 'cps.md', true],
    ['file', 'archive/cps-0.9-2019-01-01.md', true],
    ['commit', 'cps.md', true],
  ]);
});

test('two languages of a document are one history', async () => {
  const repository = await make();
  await repository.commit({ 'pds.en.md': 'a\n', 'pds.de.md': 'b\n' }, '2020-01-01T10:00:00Z');
  await repository.tag('v1');
  const tags = { tags: ['v{version}'] };
  const { documents } = await read(repository.folder, source(tags, { file: 'pds.en.md' }), source(tags, { file: 'pds.de.md', language: 'de' }));
  expect(documents.map(({ sightings }) => sightings.map(({ language }) => language))).toEqual([['en', 'de']]);
});

test('hostile tag names are names, and nothing of them is run', async () => {
  const repository = await make();
  const names = ['v1;touch\u00a0pwned', 'v1$(touch\u00a0pwned)', '--output=pwned', 'v1\'"', 'v1\u202e', 'v1\u009b', `v${'9'.repeat(200)}`];
  await repository.commit({ 'cps.md': 'a\n' }, '2020-01-01T10:00:00Z');
  const made: string[] = [];
  for (const name of names) {
    await repository.tag(name).then(
      () => made.push(name),
      () => undefined,
    );
  }
  const { strayTags, sightings } = await read(repository.folder, source({ tags: ['v{version}'] }));
  expect(made.length).toBeGreaterThan(4);
  expect([...strayTags, ...sightings.map(([, name]) => name)].sort()).toEqual([...made].sort());
  expect(await repository.git('status', '--porcelain')).toBe('');
});

test('a shallow clone is refused with the command that deepens it', async () => {
  const repository = await make();
  await repository.commit({ 'cps.md': 'a\n' }, '2020-01-01T10:00:00Z');
  await repository.commit({ 'cps.md': 'b\n' }, '2020-02-01T10:00:00Z');
  await repository.tag('v1');
  const shallow = await cloneRepository(`file://${repository.folder}`, '--depth', '1');
  repositories.push(shallow);
  const reading = read(shallow.folder, source({ tags: ['v{version}'] }));
  await expect(reading).rejects.toThrow('This is a shallow clone, in which older versions are missing. Fetch them first: git fetch --unshallow --tags');
  await shallow.git('fetch', '--quiet', '--unshallow', '--tags');
  expect((await read(shallow.folder, source({ tags: ['v{version}'] }))).sightings).toEqual([['tag', 'v1', '1']]);
});

test('a repository without commits is refused', async () => {
  const repository = await make();
  await expect(read(repository.folder, source({}))).rejects.toThrow(HistoryError);
});

test('a blob that the clone does not hold is refused, not left out', async () => {
  const repository = await make();
  await repository.commit({ 'cps.md': 'a\n' }, '2020-01-01T10:00:00Z');
  await repository.tag('v1');
  const git = await open(repository.folder);
  const without: Git = { ...git, readBlobs: async () => new Map() };
  await expect(readHistory(without, [source({ tags: ['v{version}'] })], 'UTC')).rejects.toThrow(
    /^cps\.md of tag v1 is not in this clone \(blob [0-9a-f]{40}\)\. Clone the repository again\.$/,
  );
});

test('a partial clone is refused with the command that completes it', async () => {
  const repository = await make();
  await repository.commit({ 'cps.md': 'a\n' }, '2020-01-01T10:00:00Z');
  await repository.tag('v1');
  await repository.commit({ 'cps.md': 'b\n' }, '2020-02-01T10:00:00Z');
  await repository.git('config', 'uploadpack.allowFilter', 'true');
  const partial = await cloneRepository(`file://${repository.folder}`, '--filter=blob:none');
  repositories.push(partial);
  // Not every git knows how to be kept from fetching; without its origin none can.
  await partial.git('config', 'remote.origin.url', `${partial.folder}/nowhere`);
  await expect(read(partial.folder, source({ tags: ['v{version}'] }))).rejects.toThrow(
    'This is a partial clone, in which the bytes of older versions are missing. Fetch them first: git fetch --refetch --no-filter',
  );
  await partial.git('config', 'remote.origin.url', `file://${repository.folder}`);
  await partial.git('fetch', '--quiet', '--refetch', '--no-filter');
  expect((await read(partial.folder, source({ tags: ['v{version}'] }))).sightings).toEqual([['tag', 'v1', '1']]);
});
