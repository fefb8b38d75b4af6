import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { publishRepository } from '../../lib/site/publish-site.js';
import { listIds } from '../helpers/links.ts';
import { makeProvider, type Provider } from '../helpers/provider.ts';
import { EXAMPLE_NOW } from '../helpers/site.ts';
import { replaceSection } from '../helpers/skeleton.ts';

let provider: Provider;
let folder: string;

beforeEach(async () => {
  provider = await makeProvider();
  folder = join(await mkdtemp(join(tmpdir(), 'cartulary-site-')), 'dist');
});
afterEach(async () => {
  await provider.repository.remove();
  await rm(join(folder, '..'), { recursive: true, force: true });
});

const build = () => publishRepository({ root: provider.repository.folder, folder, now: EXAMPLE_NOW });
const same = (text: string) => text;
const reword =
  (words: string, number = '4.9.1') =>
  (text: string) =>
    replaceSection(text, number, `## ${number} Section\n\n${words}`);

/** All files of a folder by path, with their bytes. */
async function readFiles(place = folder): Promise<ReadonlyMap<string, string>> {
  const found = (await readdir(place, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const paths = found.map((entry) => join(entry.parentPath, entry.name)).sort();
  return new Map(await Promise.all(paths.map(async (path) => [path.slice(place.length), (await readFile(path)).toString('latin1')] as const)));
}

/** What the same repository gives when nothing is left of earlier builds. */
async function buildCold(): Promise<ReadonlyMap<string, string>> {
  const cold = await mkdtemp(join(tmpdir(), 'cartulary-cold-'));
  await rm(join(provider.repository.folder, '.cartulary'), { recursive: true, force: true });
  await publishRepository({ root: provider.repository.folder, folder: join(cold, 'dist'), now: EXAMPLE_NOW });
  const files = await readFiles(join(cold, 'dist'));
  await rm(cold, { recursive: true, force: true });
  return files;
}

describe('a comparison that cannot be made stops the build', () => {
  const deep = `${'> '.repeat(70)}nested far too deeply`;

  test.each([
    ['the newer text nests too deeply', same, reword(deep), 'The Markdown nests quotations, lists or brackets too deeply.'],
    ['the older text nests too deeply', reword(deep), same, 'The Markdown nests quotations, lists or brackets too deeply.'],
    ['a text is too long', same, reword('word '.repeat(1_100_000)), /The text has 5\d{6} characters\./],
  ] as const)('%s: nothing is published, and both versions and the reason are named', async (_, older, newer, reason) => {
    await provider.register(older);
    await provider.register(newer);
    const { published, messages } = await build();
    expect(published).toBe(false);
    expect(messages[0]).toBe('Nothing was published:');
    expect(messages.join('\n')).toContain('cps 1.1 cannot be compared with 1.0');
    expect(messages.join('\n')).toMatch(reason);
    expect(messages.join('\n')).toContain('policies/cps.md');
  });

  test('a single text that cannot be read is named, too', async () => {
    await provider.register(reword(deep));
    const { published, messages } = await build();
    expect(published).toBe(false);
    expect(messages.join('\n')).toContain('The text of cps 1.0 (policies/cps.md) cannot be compared: The Markdown nests');
  });

  test('what an earlier build finished stays; once the cause is gone, the next build is what a first one would be', async () => {
    await provider.register(same);
    await provider.register(reword('Revoked within 24 hours.'));
    expect((await build()).published).toBe(true);
    const finished = await readFiles();
    const commit = (await provider.repository.git('rev-parse', 'HEAD')).trim();

    await provider.register(reword('Revoked within 12 hours.'));
    await provider.register(reword(deep));
    expect((await build()).published).toBe(false);
    const left = await readFiles();
    for (const [path, bytes] of finished) expect(left.get(path) === bytes, path).toBe(true);

    // As the author does before anybody has seen it: the registration is taken back.
    await provider.repository.git('reset', '--hard', '--quiet', commit);
    const again = await build();
    expect(again.published).toBe(true);
    expect(again.messages[0]).toMatch(/^0 files written/);
    expect([...(await readFiles()).keys()], 'nothing is left of the build that stopped').toEqual([...finished.keys()]);

    await provider.register(reword('Revoked within 6 hours.'));
    expect((await build()).published).toBe(true);
    const [warm, cold] = [await readFiles(), await buildCold()];
    expect([...warm.keys()]).toEqual([...cold.keys()]);
    expect([...cold].filter(([path, bytes]) => warm.get(path) !== bytes).map(([path]) => path)).toEqual([]);
    expect(warm.get('/cps/1.4/changes/index.html')).toMatch(/<ins>(?:<[^>]*>[^<]*<\/span>)?6<\/ins>/);
  });
});

test('a number that one version takes from a section and gives to another: no id stands twice on its page', async () => {
  await provider.register(reword('A certificate is revoked as soon as its key is lost, stolen or known to somebody else.'));
  const other = '### 4.9.1 Fees\n\nWhoever asks for a second card pays the price of the list that hangs in the office.';
  await provider.register((text) => replaceSection(text, '4.9.1', other));
  expect((await build()).published).toBe(true);
  const html = await readFile(join(folder, 'cps/sections/4.9.1/index.html'), 'utf8');
  const ids = listIds(html);
  expect(ids.filter((id) => id.startsWith('1.1-'))).toMatchInlineSnapshot(`
    [
      "1.1-4.9.1",
      "1.1-4.9.1-change-1",
      "1.1-removed-4.9.1",
      "1.1-removed-4.9.1-change-1",
    ]
  `);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

test('a new version writes its own pages, its predecessor, lists, and the sections that it changed', async () => {
  for (const hours of [24, 12, 8, 6, 4]) await provider.register(reword(`Revoked within ${hours} hours.`));
  await build();
  // Nothing that is written again keeps this time.
  const long = new Date('2020-01-01T00:00:00Z');
  const notes = join(provider.repository.folder, '.cartulary/output.json');
  const known = JSON.parse(await readFile(notes, 'utf8')) as { files: [string, { mtime: number }][] };
  const fileOf = (path: string) => join(folder, path.endsWith('/') ? `${path}index.html` : path);
  for (const [path] of known.files) await utimes(fileOf(path), long, long);
  await writeFile(notes, JSON.stringify({ ...known, files: known.files.map(([path, file]) => [path, { ...file, mtime: long.getTime() }]) }));
  expect((await build()).messages[0]).toMatch(/^0 files written/);

  await provider.register(reword('Revoked within 2 hours.'));
  const { messages } = await build();
  const paths = [...(await readFiles()).keys()];
  const times = await Promise.all(paths.map(async (path) => (await stat(join(folder, path))).mtimeMs));
  const written = paths.filter((_, index) => times[index] !== long.getTime());
  expect(messages[0]).toMatch(new RegExp(`^${written.length} files written, ${paths.length - written.length} unchanged, \\d+ removed`));
  expect(
    written
      .filter((path) => !path.startsWith('/pagefind/'))
      .map((path) => path.replace(/index\.html$/, ''))
      .join('\n'),
  ).toMatchInlineSnapshot(`
    "/api/v1/certificate-lookup.json
    /api/v1/documents/cps.json
    /api/v1/in-force.json
    /api/v1/
    /api/v1/intervals.json
    /api/v1/manifest.json
    /api/v1/register.json
    /cps/1.4/
    /cps/1.5/changes/
    /cps/1.5/changes/notice.json
    /cps/1.5/changes/notice.txt
    /cps/1.5/cps-1.5.en.json
    /cps/1.5/cps-1.5.en.md
    /cps/1.5/
    /cps/compare/
    /cps/history/
    /cps/
    /cps/sections/4.9.1/
    /cps/sections/
    /cps/timemap
    /deadlines.ics
    /in-force/2026-02-10T080000Z/
    /in-force/2026-02-20T080000Z/
    /in-force/
    /
    /notices.atom
    /notices.json
    /notices/
    /sitemap.xml"
  `);
});
