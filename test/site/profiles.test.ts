import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publishRepository } from '../../lib/site/publish-site.js';
import { listIds } from '../helpers/links.ts';
import { makeProvider, type Provider } from '../helpers/provider.ts';
import { EXAMPLE_NOW } from '../helpers/site.ts';
import { replaceSection } from '../helpers/skeleton.ts';

const seal = (days: number) =>
  `title: Seal certificates\nsection: "7.1.2"\nrows:\n  - { id: validity, field: validity, value: { atMost: ${days} }, section: "6.3.2" }\n  - { id: usage, field: extensions.keyUsage, critical: true }\n`;
const including = (text: string) => replaceSection(text, '7.1.2', '### 7.1.2 Certificate extensions\n\nThese are the fields.\n\n<!-- profile seal -->');

let provider: Provider;
let home: string;

const build = async (name: string) => {
  const folder = join(home, name);
  expect(await publishRepository({ root: provider.repository.folder, folder, now: EXAMPLE_NOW })).toMatchObject({ published: true });
  return (path: string) => readFile(join(folder, path), 'utf8');
};
type Site = Awaited<ReturnType<typeof build>>;

beforeAll(async () => {
  provider = await makeProvider();
  home = await mkdtemp(join(tmpdir(), 'cartulary-site-'));
  // Version 1.2 says which profile it includes, and none is in the register for it at first.
  await provider.register(including, { profiles: { seal: seal(1095) } });
  await provider.register(including, { profiles: { seal: seal(730) } });
  await provider.register(including);
});
afterAll(async () => {
  await provider.repository.remove();
  await rm(home, { recursive: true, force: true });
});

describe('a published text that includes a profile', () => {
  let read: Site;
  beforeAll(async () => {
    read = await build('dist');
  });

  test('shows it as its own version states it, and leads to its file', async () => {
    const pages = await Promise.all(['1.0', '1.1'].map((version) => read(`cps/${version}/index.html`)));
    const cells = pages.map((page) => /<tr id="profile\.seal\.validity">.*?<\/tr>/s.exec(page)?.[0].replace(/<[^>]+>/g, ' '));
    expect(cells).toEqual([expect.stringMatching(/Validity\s+validity\s+required\s+at most 1095\s+6\.3\.2/), expect.stringMatching(/at most 730/)]);
    for (const [index, page] of pages.entries()) {
      expect(page).toContain(`<caption>Seal certificates (<a href="/cps/1.${index}/profiles/seal.yaml"><code>seal</code></a>)</caption>`);
      const ids = listIds(page);
      expect(new Set(ids).size).toBe(ids.length);
    }
    expect(await read('cps/1.0/profiles/seal.yaml')).toBe(seal(1095));
    expect(await read('cps/1.1/profiles/seal.yaml')).toBe(seal(730));
  });

  test('names the profiles of the version among its facts', async () => {
    expect((await read('cps/1.1/index.html')).replace(/\s+/g, ' ')).toMatch(
      /Declared profiles<\/dt>.{0,60}<a href="\/cps\/1\.1\/profiles\/seal\.yaml">Seal certificates<\/a>/,
    );
  });

  test('is compared with it: a changed profile is a changed section', async () => {
    expect(await read('cps/1.1/changes/notice.txt')).toContain('7.1.2 Certificate extensions');
    expect(await read('cps/1.1/changes/index.html')).toMatch(/<del>.{0,60}1095<\/del>/);
  });

  test('has it in the plain form, with its digest', async () => {
    const { profiles, sections } = JSON.parse(await read('cps/1.1/cps-1.1.en.json'));
    expect(profiles).toEqual({ seal: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(JSON.stringify(sections)).toContain('at most 730');
  });

  test('shows nothing of a profile that the register does not have', async () => {
    expect(await read('cps/1.2/index.html')).not.toContain('<caption>');
    expect(await read('cps/1.2/index.html')).not.toContain('Declared profiles');
    expect(JSON.parse(await read('cps/1.2/cps-1.2.en.json')).profiles).toBeUndefined();
    expect(await read('cps/history/index.html')).not.toContain('declarations-title');
  });
});

describe('a profile that is declared later', () => {
  const FILES = ['index.html', '1.1/index.html', '1.2/index.html', '1.2/cps-1.2.en.json', '1.2/changes/index.html', 'history/index.html'];
  let read: Site;
  beforeAll(async () => {
    await provider.declare('1.2', { seal: seal(365) });
    read = await build('dist');
  });

  test('is shown in the text that includes it, which stays as it was', async () => {
    for (const path of ['cps/index.html', 'cps/1.2/index.html']) expect(await read(path)).toContain('at most 365');
    expect(await read('cps/1.2/profiles/seal.yaml')).toBe(seal(365));
    expect(await read('cps/1.2/cps-1.2.en.md')).toContain('\n<!-- profile seal -->\n');
    expect(await read('cps/1.2/changes/index.html')).toMatch(/<del>.{0,60}730<\/del>/);
  });

  test('stands on the page of all versions', async () => {
    const page = (await read('cps/history/index.html')).replace(/\s+/g, ' ');
    expect(page).toMatch(/declarations-title.*?<a href="\/cps\/1\.2\/">1\.2<\/a>.*?2026-01-31.*?<a href="\/cps\/1\.2\/profiles\/seal\.yaml">seal<\/a>/);
  });

  test('gives the same site as a build that knows nothing of earlier ones', async () => {
    await rm(join(provider.repository.folder, '.cartulary'), { recursive: true, force: true });
    const cold = await build('cold');
    for (const path of FILES) expect([path, await read(`cps/${path}`)]).toEqual([path, await cold(`cps/${path}`)]);
  });
});
