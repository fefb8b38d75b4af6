import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifySite } from '../../src/cli/verify-site.ts';
import { sha256 } from '../../src/read/register.ts';
import { runCommand } from '../helpers/bundle.ts';
import { type BuiltSite, buildSite, exampleRepository } from '../helpers/site.ts';

let root: string;
let site: BuiltSite;
beforeAll(async () => {
  root = await exampleRepository();
  site = await buildSite(root);
}, 300_000);
afterAll(() => rm(root, { recursive: true, force: true, maxRetries: 5 }));

/** What is wrong while a file of the site is another one; `forge` writes its digest into the manifest as well. */
async function wrongWith(path: string, change: (text: string) => string, forge = false): Promise<string[]> {
  const [file, manifest] = [join(site.folder, path), join(site.folder, 'api/v1/manifest.json')];
  const [before, list] = [await readFile(file), await readFile(manifest, 'utf8')];
  const changed = change(before.toString('utf8'));
  expect(changed).not.toBe(before.toString('utf8'));
  await writeFile(file, changed);
  if (forge) await writeFile(manifest, list.replace(sha256(before), sha256(changed)));
  const { wrong } = await verifySite(site.folder, 'dist');
  await writeFile(file, before);
  await writeFile(manifest, list);
  return wrong.map((one) => `${one.file}: ${one.message}`);
}

test('the built site of the example is proved from its own files', async () => {
  const { code, out } = await runCommand(['verify', site.folder], root);
  expect(out).toMatch(/\d+ files are those that api\/v1\/manifest\.json names, byte for byte; none is missing, none was added\./);
  expect(out).toMatch(/Each of the \d+ entries of the register names the digest of the one before/);
  expect(out).toMatch(/The digests of \d+ entries are those of their lines\./);
  expect(out).toMatch(/What was in force in \d+ intervals follows from the register\./);
  expect(out).toMatch(/\d+ sources of texts and profiles are the registered bytes by SHA-256 and by the ids of their git blobs\./);
  expect(out).toContain('That api/v1/manifest.json is the one that the provider wrote');
  expect(code).toBe(0);
});

test('a changed page is named', async () => {
  expect(await wrongWith('cps/2.0/index.html', (text) => text.replace('</h1>', '!</h1>'))).toEqual([
    'cps/2.0/index.html: The file is not the one of which api/v1/manifest.json has the digest.',
  ]);
});

test('a changed source is found by the register where its digest was forged', async () => {
  expect(await wrongWith('cps/2.0/cps-2.0.en.md', (text) => text.replace(' the ', ' a '), true)).toEqual([
    'cps/2.0/cps-2.0.en.md: The bytes are not those that were registered.',
  ]);
});

test('an altered register is found by its chain, an interval by the register', async () => {
  const register = await wrongWith('api/v1/register.json', (text) => text.replace(/"previous": "[1-9a-f]/, '"previous": "0'), true);
  expect(register.some((one) => /^api\/v1\/register\.json: Entry \d+ \(\w+\) does not name the digest of the entry before it\.$/.test(one))).toBe(true);
  const intervals = await wrongWith('api/v1/intervals.json', (text) => text.replace('"cps": "2.0"', '"cps": "1.2"'), true);
  expect(intervals).toEqual([
    expect.stringMatching(/^api\/v1\/intervals\.json: What was in force from 2025-01-14T23:00:00Z does not follow from the register\.$/),
  ]);
});

test('a file added and a file taken away are named', async () => {
  await writeFile(join(site.folder, 'cps/new.html'), 'new');
  const robots = await readFile(join(site.folder, 'robots.txt'));
  await rm(join(site.folder, 'robots.txt'));
  const { wrong } = await verifySite(site.folder, 'dist');
  await rm(join(site.folder, 'cps/new.html'));
  await writeFile(join(site.folder, 'robots.txt'), robots);
  expect(wrong.map(({ file }) => file).sort()).toEqual(['cps/new.html', 'robots.txt']);
});
