import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { blobId, type Git, openGit } from '../../src/read/git.ts';
import { cloneRepository, makeRepository, type TestRepository } from '../helpers/repository.ts';

const text = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString('utf8');

async function open(folder: string): Promise<Git> {
  const git = await openGit(folder);
  if (!git) throw new Error('There is no git repository.');
  return git;
}

describe('a repository', () => {
  let repository: TestRepository;
  let git: Git;
  let first: string;

  beforeAll(async () => {
    repository = await makeRepository();
    first = await repository.commit(
      { 'policies/cps.md': 'one\n', 'policies/a b – ü.md': 'odd\n', 'policies/bytes.pdf': Uint8Array.of(0, 255, 10, 13, 128) },
      '2024-01-01T09:00:00Z',
    );
    await repository.tag('CPS-v1.0');
    await repository.commit({ 'policies/cps.md': 'two\n' }, '2024-02-01T09:00:00+01:00');
    await repository.git('-c', 'tag.gpgSign=false', 'tag', '-a', '-m', 'Second', 'CPS/v2.0$');
    git = await open(repository.folder);
  });
  afterAll(() => repository.remove());

  test('gives the bytes of blobs by id, each as it is', async () => {
    const ids = ['one\n', 'two\n', 'odd\n'].map((content) => blobId(Buffer.from(content)));
    const bytes = blobId(Uint8Array.of(0, 255, 10, 13, 128));
    const blobs = await git.readBlobs([...ids, bytes, ids[0] ?? '']);
    expect(ids.map((id) => text(blobs.get(id)))).toEqual(['one\n', 'two\n', 'odd\n']);
    expect([...(blobs.get(bytes) ?? [])]).toEqual([0, 255, 10, 13, 128]);
    expect(blobs.size).toBe(4);
  });

  test('leaves out what is not there, or is no blob', async () => {
    const absent = blobId(Buffer.from('absent'));
    expect(await git.readBlobs([absent, first, 'f'.repeat(64)])).toEqual(new Map());
    expect(await git.knownBlobs([absent, first, blobId(Buffer.from('one\n'))])).toEqual(new Set([blobId(Buffer.from('one\n'))]));
    expect(await git.readBlobs([])).toEqual(new Map());
  });

  test('finds the blob of a path in a revision, whatever the path holds', async () => {
    const places = ['policies/cps.md', 'policies/a b – ü.md', 'policies', 'policies/none of these.md', 'x blob y', 'a\nb'].map((path) => ({
      revision: 'CPS-v1.0',
      path,
    }));
    expect(await git.blobsAt([...places, { revision: 'HEAD', path: 'policies/cps.md' }, { revision: 'no such tag', path: 'policies/cps.md' }])).toEqual(
      new Map([
        ['CPS-v1.0:policies/cps.md', blobId(Buffer.from('one\n'))],
        ['CPS-v1.0:policies/a b – ü.md', blobId(Buffer.from('odd\n'))],
        ['HEAD:policies/cps.md', blobId(Buffer.from('two\n'))],
      ]),
    );
  });

  test('is not misled by a missing path that looks like an answer', async () => {
    expect(await git.blobsAt([{ revision: 'HEAD', path: `none blob` }])).toEqual(new Map());
  });

  test('lists tags, oldest first, with the commit and its time, annotated or not', async () => {
    const head = await git.resolve('HEAD');
    expect(await git.tags()).toEqual([
      { name: 'CPS-v1.0', commit: first, at: '2024-01-01T09:00:00Z' },
      { name: 'CPS/v2.0$', commit: head, at: '2024-02-01T08:00:00Z' },
    ]);
  });

  test('tells the history of a path, and takes a path for nothing but a path', async () => {
    expect((await git.history('policies/cps.md')).map(({ at }) => at)).toEqual(['2024-01-01T09:00:00Z', '2024-02-01T08:00:00Z']);
    expect((await git.history('policies/a b – ü.md')).map(({ commit }) => commit)).toEqual([first]);
    expect(await git.history(':(glob)**')).toEqual([]);
    expect(await git.history('policies/*.md')).toEqual([]);
  });

  test('resolves names of commits, and no options', async () => {
    expect(await git.resolve('CPS-v1.0')).toBe(first);
    expect(await git.resolve('origin/main')).toBeUndefined();
    expect(await git.resolve('--all')).toBeUndefined();
    expect(await git.resolve('HEAD:policies/cps.md')).toBeUndefined();
    expect(await git.resolve('')).toBeUndefined();
  });

  test('gives the original of a replaced object', async () => {
    const [one, two] = ['one\n', 'two\n'].map((content) => blobId(Buffer.from(content)));
    await repository.git('replace', one ?? '', two ?? '');
    expect(text((await git.readBlobs([one ?? ''])).get(one ?? ''))).toBe('one\n');
    await repository.git('replace', '-d', one ?? '');
  });

  test('runs no program that its configuration names', async () => {
    const trap = join(repository.folder, 'trap');
    for (const key of ['core.fsmonitor', 'core.pager', 'log.showSignature', 'gpg.program'])
      await repository.git('config', key, key === 'log.showSignature' ? 'true' : `touch ${trap}; false`);
    await git.tags();
    await git.history('policies/cps.md');
    await git.readBlobs([blobId(Buffer.from('one\n'))]);
    expect(existsSync(trap)).toBe(false);
  });
});

test('a provider may be a folder below the top of a repository', async () => {
  const repository = await makeRepository();
  const folder = ' odd  provider ü';
  await repository.commit({ [`${folder}/policies/cps.md`]: 'below\n', 'policies/cps.md': 'top\n' }, '2024-01-01T09:00:00Z');
  const git = await open(join(repository.folder, folder));
  expect(git.prefix).toBe(`${folder}/`);
  expect(await git.blobsAt([{ revision: 'HEAD', path: 'policies/cps.md' }])).toEqual(new Map([['HEAD:policies/cps.md', blobId(Buffer.from('below\n'))]]));
  expect(await git.history('policies/cps.md')).toHaveLength(1);
  await repository.remove();
});

test('a shallow clone says so, and lacks what is older', async () => {
  const repository = await makeRepository();
  await repository.commit({ 'cps.md': 'one\n' }, '2024-01-01T09:00:00Z');
  await repository.commit({ 'cps.md': 'two\n' }, '2024-02-01T09:00:00Z');
  const clone = await cloneRepository(pathToFileURL(repository.folder).href, '--depth', '1');
  const git = await open(clone.folder);
  expect([await git.isShallow(), await (await open(repository.folder)).isShallow()]).toEqual([true, false]);
  const [one, two] = ['one\n', 'two\n'].map((content) => blobId(Buffer.from(content)));
  expect(await git.knownBlobs([one ?? '', two ?? ''])).toEqual(new Set([two]));
  await clone.remove();
  await repository.remove();
});

test('a folder without git is no repository', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cartulary-'));
  expect(await openGit(folder)).toBeUndefined();
  await rm(folder, { recursive: true });
});

test('the id of a blob is that of git', () => {
  expect(blobId(Buffer.from(''))).toBe('e69de29bb2d1d6434b8b29ae775ad8c2e48c5391');
  expect(blobId(Buffer.from(''), 64)).toBe('473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813');
});
