import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type OpenOptions, openWorkspace } from '../../src/read/workspace.ts';
import { htmlErrors } from '../helpers/html-rules.ts';
import { type BuiltSite, buildSite, EXAMPLE_NOW, exampleRepository } from '../helpers/site.ts';

const FILE = 'content/precedence.yaml';
const PAGE = '/precedence/index.html';

let root: string;
let site: BuiltSite;
let files: ReadonlyMap<string, Buffer>;

beforeAll(async () => {
  root = await exampleRepository();
  await cp(fileURLToPath(new URL(`../../${FILE}`, import.meta.url)), join(root, FILE));
  site = await buildSite(root, EXAMPLE_NOW, { audience: 'assessor' });
  files = await site.files();
}, 120_000);
afterAll(async () => {
  await site.remove();
  await rm(root, { recursive: true, force: true });
});

const page = () => files.get(PAGE)?.toString('utf8') ?? '';
const rowOf = (anchor: string) =>
  page()
    .split('<tr ')
    .find((row) => row.startsWith(`id="${anchor}"`)) ?? '';

interface Judged {
  version: string;
  state: string;
  late: boolean;
  since?: string;
}
const judged = () => (JSON.parse(files.get('/precedence/precedence.json')?.toString('utf8') ?? '{}') as { versions: Judged[] }).versions;

test('for the public, a build does not load the file; the check does, for everybody', async () => {
  const load = async (options: Pick<OpenOptions, 'purpose' | 'audience'>) =>
    (await openWorkspace(pathToFileURL(`${root}/`), { now: EXAMPLE_NOW, ...options })).workspace.precedence?.length;
  expect(await load({ purpose: 'publish' })).toBeUndefined();
  expect(await load({ purpose: 'publish', audience: 'public' })).toBeUndefined();
  expect(await load({ purpose: 'publish', audience: 'assessor' })).toBe(17);
  expect(await load({ purpose: 'check' })).toBe(17);
});

describe('the page for assessors', () => {
  test('is valid HTML, says for whom it is, and is in the navigation of those pages', () => {
    expect(htmlErrors(PAGE, page())).toEqual([]);
    expect(page()).toContain('<aside class="for-assessors"');
    expect(files.get('/cps/index.html')?.toString('utf8')).toContain('href="/precedence/"');
  });

  test('has the newest version first, and each with its days and state', () => {
    const anchors = [...page().matchAll(/<tr id="([^"]+)"/g)].map(([, anchor]) => anchor);
    expect(anchors.slice(0, 2)).toEqual(['baseline-requirements-2.2.6', 'baseline-requirements-2.2.5']);
    expect(anchors.length).toBe(17);
    expect(rowOf('baseline-requirements-2.2.5')).toMatch(/2026-02-24[\s\S]*2026-02-25[\s\S]*assessed, nothing open/);
  });

  test('shows the steps, with links to sections and versions that there are', () => {
    const row = rowOf('baseline-requirements-2.1.5');
    expect(row).toContain('steps to come');
    expect(row).toContain('<a href="/cps/#6.3.2">CPS 6.3.2</a>');
    expect(row).toContain('<a href="/cps/2.1/">CPS 2.1</a>');
    const hrefs = [...page().matchAll(/<a href="(\/[^"#]*)(?:#([^"]*))?"/g)].map(([, path = '', hash]) => ({ path, hash }));
    for (const { path, hash } of hrefs) {
      const file = files.get(path.endsWith('/') ? `${path}index.html` : path);
      expect(file, path).toBeDefined();
      if (hash) expect(file?.toString('utf8'), `${path}#${hash}`).toContain(`id="${hash}"`);
    }
  });

  test('says by which policy the provider is bound, and of the EV Guidelines that it is not', () => {
    expect(page()).toMatch(/Bound since 2025-01-15, by policy\s+<a href="\/policies\/1\.3\.6\.1\.4\.1\.99999\.1\.2\.4\/">/);
    expect(page()).toContain('No policy of the provider is bound to them.');
  });

  test('as JSON has every version as it was judged', () => {
    expect(judged().length).toBe(17);
    expect(judged().filter(({ late }) => late)).toEqual([]);
    expect(judged().find(({ version }) => version === '2.1.2')).toMatchObject({ state: 'settled', since: '2025-01-15' });
    expect(judged().find(({ version }) => version === '2.1.5')?.state).toBe('open');
    expect(judged().find(({ version }) => version === '2.0.2')).toMatchObject({ state: 'settled' });
  });
});
