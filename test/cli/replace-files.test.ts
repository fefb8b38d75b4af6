import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { replaceFiles } from '../../src/cli/replace-files.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cartulary-'));
  for (const name of ['a.md', 'b.md']) await writeFile(join(folder, name), `old ${name}`);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const read = async () => Promise.all(['a.md', 'b.md'].map((name) => readFile(join(folder, name), 'utf8')));
const replace = (path: string, before = `old ${path}`) => ({ path, before: Buffer.from(before), after: Buffer.from(`new ${path}`) });

test('writes all files, with the rights that they had, and leaves nothing beside them', async () => {
  await chmod(join(folder, 'a.md'), 0o660);
  await replaceFiles(folder, [replace('a.md'), replace('b.md')]);
  expect(await read()).toEqual(['new a.md', 'new b.md']);
  expect((await stat(join(folder, 'a.md'))).mode & 0o777).toBe(0o660);
  expect((await readdir(folder)).sort()).toEqual(['a.md', 'b.md']);
});

test.each([
  ['was changed meanwhile', replace('b.md', 'older'), 'b.md was changed meanwhile: nothing was written.'],
  ['is not there', replace('c.md'), 'c.md is no file of this repository.'],
  ['is outside', replace('../b.md'), '../b.md is no file of this repository.'],
  ['belongs to git', replace('.git/config'), '.git/config is no file of this repository.'],
])('writes none where one %s', async (_, wrong, message) => {
  await expect(replaceFiles(folder, [replace('a.md'), wrong])).rejects.toThrow(message);
  expect(await read()).toEqual(['old a.md', 'old b.md']);
  expect((await readdir(folder)).sort()).toEqual(['a.md', 'b.md']);
});

test('a link that leads out of the repository is not followed, and one within it stays a link', async () => {
  const outside = `${folder}-outside.md`;
  await writeFile(outside, 'old out.md');
  await symlink(outside, join(folder, 'out.md'));
  await symlink('b.md', join(folder, 'in.md'));
  try {
    await expect(replaceFiles(folder, [replace('out.md')])).rejects.toThrow('out.md is no file of this repository.');
    expect(await readFile(outside, 'utf8')).toBe('old out.md');
    await replaceFiles(folder, [replace('in.md', 'old b.md')]);
    expect(await read()).toEqual(['old a.md', 'new in.md']);
    expect((await readdir(folder)).sort()).toEqual(['a.md', 'b.md', 'in.md', 'out.md']);
  } finally {
    await rm(outside, { force: true });
  }
});

test('makes files that were not there, and takes others away, or does neither', async () => {
  await mkdir(join(folder, 'in'));
  const made = { path: 'in/c.md', before: undefined, after: Buffer.from('new c.md') };
  const gone = { path: 'a.md', before: Buffer.from('old a.md'), after: undefined };
  await expect(replaceFiles(folder, [made, gone, replace('b.md', 'older')])).rejects.toThrow('b.md was changed meanwhile: nothing was written.');
  expect((await readdir(folder, { recursive: true })).sort()).toEqual(['a.md', 'b.md', 'in']);
  await replaceFiles(folder, [made, gone]);
  expect((await readdir(folder, { recursive: true })).sort()).toEqual(['b.md', 'in', 'in/c.md']);
  expect(await readFile(join(folder, 'in/c.md'), 'utf8')).toBe('new c.md');
});

test('a file that was made meanwhile is not overwritten, and none is made outside', async () => {
  const made = (path: string) => ({ path, before: undefined, after: Buffer.from('new') });
  await mkdir(join(folder, 'in'));
  await writeFile(join(folder, 'in/c.md'), 'made meanwhile');
  await expect(replaceFiles(folder, [made('in/c.md')])).rejects.toThrow('in/c.md was changed meanwhile: nothing was written.');
  await expect(replaceFiles(folder, [made('../c.md')])).rejects.toThrow('../c.md is no file of this repository.');
  await expect(replaceFiles(folder, [made('.git/c.md')])).rejects.toThrow('.git/c.md is no file of this repository.');
});
