import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dateIn } from '../../lib/model/time.js';
import { sha256 } from '../../lib/read/register.js';
import { publishRepository } from '../../lib/site/publish-site.js';
import { checkLinks, listIds, listLinks } from '../helpers/links.ts';
import { type BuiltSite, buildSite, EXAMPLE_NOW, type ExampleVersion, exampleRepository, exampleVersions } from '../helpers/site.ts';

let root: string;
let site: BuiltSite;
let files: ReadonlyMap<string, Buffer>;
let versions: readonly ExampleVersion[];

beforeAll(async () => {
  root = await exampleRepository();
  site = await buildSite(root);
  files = await site.files();
  versions = await exampleVersions(root);
});
afterAll(async () => {
  await site.remove();
  await rm(root, { recursive: true, force: true });
});

const pages = () => [...files].filter(([path]) => path.endsWith('.html')).map(([path, bytes]) => [path, bytes.toString('utf8')] as const);

/** The addresses that a registered version has, now and for good; of its requirements, where its sections bear marks, and of the profiles that it states. */
function addressesOf({ document, version, texts, profiles }: ExampleVersion): string[] {
  const folder = `/${document}/${version}/`;
  const marked = texts.some(({ language }) =>
    /<!--\s*(?:meets|excludes)\b/.test(files.get(`${folder}${document}-${version}.${language}.md`)?.toString('utf8') ?? ''),
  );
  const matrix = marked ? ['', 'matrix.csv', 'matrix.json', 'matrix.xlsx'].map((file) => `${folder}requirements/${file}`) : [];
  const ofTexts = texts.flatMap(({ language, path }, index) => {
    const page = index === 0 ? folder : `${folder}${language}/`;
    const source = `${folder}${document}-${version}.${language}`;
    const extension = path.slice(path.lastIndexOf('.'));
    const forms = extension === '.md' ? [`${source}.md`, `${source}.json`] : [`${source}${extension}`];
    return [page, ...['', 'notice.json', 'notice.txt'].map((file) => `${page}changes/${file}`), ...forms];
  });
  return [...ofTexts, ...matrix, ...profiles.map((id) => `${folder}profiles/${id}.yaml`)];
}

describe('every address is known, so that none disappears unseen', () => {
  // Search and templates name their files by content; their folders are enough.
  const addresses = () =>
    [...files.keys()]
      .filter((path) => !/^\/(?:pagefind\/.*(?:fragment|index|filter|\.pf_meta|wasm)|_astro\/)/.test(path))
      .map((path) => path.replace(/index\.html$/, ''));
  const documents = () => new Set(versions.map(({ document }) => document));
  const isOfVersion = (path: string) => documents().has(path.split('/')[1] ?? '') && /^\/[^/]+\/\d/.test(path);
  const isOfDay = (path: string) => /^\/in-force\/\d/.test(path);
  const isOfHistory = (path: string) => path.startsWith('/pagefind/history/');

  test('of each version, in each of its languages', () => {
    expect(addresses().filter(isOfVersion).sort()).toEqual(versions.flatMap(addressesOf).sort());
    expect(addresses()).toContain('/cps/2.3/requirements/');
    expect(addresses()).toContain('/cps/2.1/profiles/natural-person-qscd.yaml');
  });

  test('of each day from which a version is in force, also of one that was moved', () => {
    const days = new Set(versions.flatMap(({ announced }) => announced.map((instant) => dateIn(instant, 'Europe/Vienna'))));
    expect(addresses().filter(isOfDay)).toEqual([...days].sort().map((day) => `/in-force/${day}/`));
    expect(days).toContain('2025-11-01');
  });

  test('of the search over earlier versions, whose indexes are made anew as versions come', () => {
    const { bundles } = JSON.parse(files.get('/pagefind/history.json')?.toString('utf8') ?? '{}') as { bundles: string[] };
    const expected = bundles.flatMap((folder) => ['pagefind-entry.json', 'pagefind-worker.js', 'pagefind.js'].map((file) => `${folder}${file}`));
    expect(addresses().filter(isOfHistory).sort()).toEqual(expected.sort());
    // Each version whose text can be searched is in one index; one that is kept as a file is not counted.
    for (const document of documents()) {
      const readable = versions.filter((version) => version.document === document && version.texts.some(({ path }) => path.endsWith('.md')));
      const indexed = bundles.flatMap((folder) => {
        const [, name, first, last] = /^\/pagefind\/history\/(.+)-(\d+)-(\d+)\/$/.exec(folder) ?? [];
        return name === document ? Array.from({ length: Number(last) - Number(first) + 1 }, (_, index) => Number(first) + index) : [];
      });
      expect(
        indexed.sort((a, b) => a - b),
        document,
      ).toEqual(readable.map((_, index) => index + 1));
    }
  });

  test('of all else', () => {
    const others = addresses().filter((path) => !isOfVersion(path) && !isOfDay(path) && !isOfHistory(path));
    expect(others.join('\n')).toMatchSnapshot();
  });
});

test('building twice gives the same bytes', async () => {
  await rm(join(root, '.cartulary'), { recursive: true, force: true });
  const again = await buildSite(root);
  const second = await again.files();
  expect([...second.keys()]).toEqual([...files.keys()]);
  expect([...second].filter(([path, bytes]) => !files.get(path)?.equals(bytes)).map(([path]) => path)).toEqual([]);
  await again.remove();
});

test('a build in which nothing changed writes nothing', async () => {
  const again = await publishRepository({ root, folder: site.folder, now: EXAMPLE_NOW });
  // The note of what is there belongs to the folder that was built last.
  const third = await publishRepository({ root, folder: site.folder, now: EXAMPLE_NOW });
  expect(again.published).toBe(true);
  expect(third.messages[0]).toMatch(/^0 files written/);
});

test('a file that somebody altered in the output is written again', async () => {
  await publishRepository({ root, folder: site.folder, now: EXAMPLE_NOW });
  await writeFile(join(site.folder, 'cp/index.html'), 'altered');
  const result = await publishRepository({ root, folder: site.folder, now: EXAMPLE_NOW });
  expect(result.messages[0]).toMatch(/^1 files written/);
  expect((await readFile(join(site.folder, 'cp/index.html'))).equals(files.get('/cp/index.html') as Buffer)).toBe(true);
});

test('a folder with files of somebody else is not emptied', async () => {
  const folder = join(root, 'somewhere');
  await appendFile(join(root, 'somewhere.txt'), 'x');
  await rm(folder, { recursive: true, force: true });
  const { mkdir } = await import('node:fs/promises');
  await mkdir(folder);
  await writeFile(join(folder, 'mine.txt'), 'mine');
  await expect(publishRepository({ root, folder, now: EXAMPLE_NOW })).rejects.toThrow('holds files that no build of Cartulary wrote');
  expect(await readFile(join(folder, 'mine.txt'), 'utf8')).toBe('mine');
  await publishRepository({ root, folder: site.folder, now: EXAMPLE_NOW });
});

test('the manifest has the digest of every file but itself', () => {
  const { files: digests } = JSON.parse(files.get('/api/v1/manifest.json')?.toString('utf8') ?? '{}') as { files: Record<string, string> };
  const built = [...files].filter(([path]) => path !== '/api/v1/manifest.json').map(([path, bytes]) => [path.replace(/index\.html$/, ''), sha256(bytes)]);
  expect(new Map(Object.entries(digests))).toEqual(new Map(built as [string, string][]));
});

test('every JSON answer is valid by its published schema', async () => {
  const { z } = await import('zod');
  const schemaOf = (path: string) => (path.startsWith('/api/v1/documents/') ? 'document' : path.slice('/api/v1/'.length, -'.json'.length));
  const answers = [...files.keys()].filter((path) => /^\/api\/v1\/(?:documents\/)?[a-z-]+\.json$/.test(path));
  expect(answers.length).toBeGreaterThan(7);
  for (const path of answers) {
    const schema = JSON.parse(files.get(`/api/v1/schemas/${schemaOf(path)}.json`)?.toString('utf8') ?? 'null');
    expect(schema, path).not.toBeNull();
    expect(() => z.fromJSONSchema(schema).parse(JSON.parse(files.get(path)?.toString('utf8') ?? '')), path).not.toThrow();
  }
});

describe('each page', () => {
  test('has no inline script or style and nothing from another origin', () => {
    for (const [path, html] of pages()) {
      expect(html.match(/<script(?![^>]*\bsrc=)[^>]*>|<style|\sstyle=|\son[a-z]+=|javascript:/i)?.[0], path).toBeUndefined();
      const fetched = [
        ...html.matchAll(
          /<(?:script|img|iframe|source|video|audio|embed|object)\b[^>]*\b(?:src|data)="([^"]*)"|<link\b[^>]*\brel="(?:stylesheet|icon|preload|modulepreload)"[^>]*\bhref="([^"]*)"/g,
        ),
      ];
      for (const match of fetched) expect(match[1] ?? match[2], path).toMatch(/^(?:\/|data:image\/svg\+xml,)/);
    }
  });

  test('links only to addresses and sections that exist', () => {
    const isAlive = checkLinks(files);
    const links = pages().flatMap(([path, html]) => listLinks(html).map((href) => ({ path, href })));
    const dead = links.filter(({ path, href }) => !isAlive(path, href)).map(({ path, href }) => `${path}: ${href}`);
    expect(dead).toEqual([]);
    // Also from text to text, from the list of changes into the comparison, and from a section to its versions.
    for (const href of ['/cps/2.0/#4.9.1', '#change-3', '#4.9.9', '/cps/compare/?from=2.1&amp;to=2.2'])
      expect(
        links.some((link) => link.href === href),
        href,
      ).toBe(true);
    const broken = ['/nowhere/', '/cps/2.0/#99.9', '#99.9', '/cps/9.0/?x=1'];
    expect(broken.filter((href) => isAlive('/cps/2.2/changes/index.html', href))).toEqual([]);
  });

  test('has no id twice', () => {
    for (const [path, html] of pages()) {
      const ids = listIds(html);
      expect(
        ids.filter((id, index) => ids.indexOf(id) !== index),
        path,
      ).toEqual([]);
    }
  });

  test('names its language, its title, its canonical address and one first heading', () => {
    for (const [path, html] of pages()) {
      expect(html, path).toMatch(/<html[^>]* lang="[a-z]{2}"/);
      expect(html, path).toMatch(/<title>[^<]+<\/title>/);
      expect(html.match(/<h1[\s>]/g)?.length, path).toBe(1);
      if (path !== '/404.html') expect(html, path).toMatch(/<link[^>]*rel="canonical"[^>]*href="https:\/\/repository\.ets\.example\//);
    }
  });
});

test('version relations stand in the page of a version', () => {
  const html = files.get('/cps/2.0/index.html')?.toString('utf8') ?? '';
  for (const rel of ['latest-version', 'version-history', 'predecessor-version', 'successor-version', 'timemap'])
    expect(html).toMatch(new RegExp(`<link[^>]*rel="[^"]*${rel}`));
  const texts = versions.filter(({ document }) => document === 'cps').map(({ version, announced }) => ({ version, from: new Date(announced.at(-1) ?? '') }));
  const mementos = texts.map(({ version, from }, index) => {
    const place = index === 0 ? 'first ' : index === texts.length - 1 ? 'last ' : '';
    return `<https://repository.ets.example/cps/${version}/>; rel="${place}memento"; datetime="${from.toUTCString()}"`;
  });
  const own = ['/cps/>; rel="original timegate"', '/cps/timemap>; rel="self"; type="application/link-format"'];
  const timemap = files.get('/cps/timemap')?.toString('utf8');
  expect(timemap).toBe(`${[...own.map((link) => `<https://repository.ets.example${link}`), ...mementos].join(',\n')}\n`);
  // Not the day that was announced first.
  expect(timemap).toContain('<https://repository.ets.example/cps/2.1/>; rel="memento"; datetime="Sun, 30 Nov 2025 23:00:00 GMT",\n');
});

test('the published source is the registered text, byte for byte', () => {
  const { entries } = JSON.parse(files.get('/api/v1/register.json')?.toString('utf8') ?? '') as {
    entries: { document: string; version: string; files?: Record<string, { path: string; sha256: string }> }[];
  };
  let compared = 0;
  for (const { document, version, files: texts } of entries) {
    for (const [language, { path, sha256: digest }] of Object.entries(texts ?? {})) {
      const source = files.get(`/${document}/${version}/${document}-${version}.${language}${path.slice(path.lastIndexOf('.'))}`);
      expect(source && sha256(source), `${document} ${version}`).toBe(digest);
      compared += 1;
    }
  }
  expect(compared).toBeGreaterThan(15);
});

test('a new version changes its own page, its predecessor and lists, and no other version', async () => {
  const again = await publishRepository({ root, folder: site.folder, now: EXAMPLE_NOW });
  expect(again.published).toBe(true);
  const later = await buildSite(root, '2027-02-02T12:00:00Z' as typeof EXAMPLE_NOW);
  const after = await later.files();
  const changed = [...after].filter(([path, bytes]) => /^\/cps\/\d/.test(path) && !files.get(path)?.equals(bytes)).map(([path]) => path);
  expect(changed).toEqual(['/cps/2.1/index.html', '/cps/2.2/index.html']);
  await later.remove();
});
