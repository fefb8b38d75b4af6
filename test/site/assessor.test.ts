import { cp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { publishRepository } from '../../lib/site/publish-site.js';
import type { Matrix } from '../../src/model/matrix.ts';
import { htmlErrors } from '../helpers/html-rules.ts';
import { type BuiltSite, buildSite, EXAMPLE_NOW, exampleRepository } from '../helpers/site.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const EVIDENCE = 'content/evidence';

let root: string;
let open: BuiltSite;
let closed: BuiltSite;
let publicFiles: ReadonlyMap<string, Buffer>;
let files: ReadonlyMap<string, Buffer>;

beforeAll(async () => {
  root = await exampleRepository();
  await rm(join(root, EVIDENCE), { recursive: true, force: true });
  await cp(join(ROOT, EVIDENCE), join(root, EVIDENCE), { recursive: true });
  // The public site is built last: nothing that the other one left behind may come into it.
  closed = await buildSite(root, EXAMPLE_NOW, { audience: 'assessor' });
  open = await buildSite(root);
  [files, publicFiles] = await Promise.all([closed.files(), open.files()]);
});
afterAll(async () => {
  await Promise.all([closed.remove(), open.remove()]);
  await rm(root, { recursive: true, force: true });
});

const text = (path: string) => files.get(path)?.toString('utf8') ?? '';
const pages = (all: ReadonlyMap<string, Buffer>) => [...all].filter(([path]) => path.endsWith('.html'));

interface Item {
  id: string;
  title: string;
  kept: string;
  remark?: string;
}
async function readItems(): Promise<Item[]> {
  const names = (await readdir(join(ROOT, EVIDENCE))).filter((name) => name.endsWith('.yaml'));
  const lists = await Promise.all(names.map(async (name) => parse(await readFile(join(ROOT, EVIDENCE, name), 'utf8'), { schema: 'failsafe' }) as Item[]));
  return lists.flat();
}

/** What a file says, taken out of what it is packed in. */
function unpack(bytes: Buffer): string {
  if (bytes.subarray(0, 2).equals(Buffer.from('PK')))
    return Object.values(unzipSync(bytes))
      .map((part) => strFromU8(part))
      .join('\n');
  return (bytes.subarray(0, 2).equals(Buffer.from([0x1f, 0x8b])) ? gunzipSync(bytes) : bytes).toString('utf8');
}

describe('the public site', () => {
  test('has none of the words of the evidence index, in no file, packed or not', async () => {
    const items = await readItems();
    const words = items.flatMap(({ id, title, kept, remark }) => [id, title, ...(kept.split(' ').length > 2 ? [kept] : []), ...(remark ? [remark] : [])]);
    expect(words.length).toBeGreaterThan(250);
    const any = new RegExp(words.map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|'));
    const found = [...publicFiles].flatMap(([path, bytes]) => any.exec(unpack(bytes))?.map((word) => `${path}: ${word}`) ?? []);
    expect(found).toEqual([]);
    // The search finds them where they are.
    expect(words.filter((word) => !unpack(files.get('/evidence/evidence.json') ?? Buffer.alloc(0)).includes(JSON.stringify(word).slice(1, -1)))).toEqual([]);
  });

  test('has none of the pages for assessors, and no sign of them on a page', () => {
    expect([...publicFiles.keys()].filter((path) => path.startsWith('/evidence/') || path.includes('ASSESSORS'))).toEqual([]);
    expect(pages(publicFiles).filter(([, bytes]) => /for-assessors|\/evidence\//.test(bytes.toString('utf8')))).toEqual([]);
    const matrix = JSON.parse(publicFiles.get('/requirements/matrix.json')?.toString('utf8') ?? '{}') as Matrix;
    expect(matrix.requirements.filter(({ proof }) => proof)).toEqual([]);
  });
});

describe('the site for assessors', () => {
  test('says so on every page, and asks not to be indexed', () => {
    const all = pages(files);
    expect(all.length).toBeGreaterThan(100);
    const without = all.filter(([, bytes]) => {
      const html = bytes.toString('utf8');
      return !/<aside class="for-assessors"/.test(html) || !/<meta name="robots" content="noindex">/.test(html);
    });
    expect(without.map(([path]) => path)).toEqual([]);
    expect(text('/robots.txt')).toBe('User-agent: *\nDisallow: /\n');
    expect(text('/_headers')).toContain('X-Robots-Tag: noindex, nofollow, noarchive');
    expect(files.has('/sitemap.xml')).toBe(false);
    expect(files.has('/FOR-ASSESSORS-ONLY.txt')).toBe(true);
  });

  test('has every page of the public one', () => {
    expect(pages(publicFiles).filter(([path]) => !files.has(path))).toEqual([]);
  });

  test('shows each item, each requirement that asks for records, and each section that items are about', async () => {
    const items = await readItems();
    for (const { id } of items) expect(text('/evidence/index.html')).toContain(`id="${id}"`);
    const { requirements } = JSON.parse(text('/requirements/matrix.json')) as Matrix;
    const asked = requirements.filter(({ proof }) => proof && proof.state !== 'not-asked');
    expect(asked.length).toBeGreaterThan(500);
    const page = text('/evidence/requirements/index.html');
    expect(asked.filter(({ id }) => !page.includes(`#${id}"`))).toEqual([]);
    expect(asked.filter(({ proof }) => proof?.state !== 'given').map(({ id }) => id)).toEqual([]);
    const sections = text('/evidence/sections/index.html');
    expect(sections).toContain('<a href="/cps/#4.9.10">CPS 4.9.10</a>');
    expect(sections).toContain('2.1, 2025-12-01');
    for (const name of ['index.html', 'requirements/index.html', 'sections/index.html']) expect(htmlErrors(name, text(`/evidence/${name}`)), name).toEqual([]);
    expect(htmlErrors('/requirements/en-319-411-1/index.html', text('/requirements/en-319-411-1/index.html'))).toEqual([]);
  });

  test('links of the evidence pages lead to what there is', () => {
    const hrefs = ['/evidence/', '/evidence/requirements/', '/evidence/sections/'].flatMap((path) =>
      [...text(`${path}index.html`).matchAll(/<a href="(\/[^"]*)"/g)].map(([, href = '']) => href),
    );
    const missing = [...new Set(hrefs)].filter((href) => {
      const [path = '', anchor] = href.split('#');
      const target = files.get(path.endsWith('/') ? `${path}index.html` : path);
      return !target || (anchor !== undefined && !target.includes(`id="${anchor}"`));
    });
    expect(missing).toEqual([]);
  });

  test('the matrix has evidence, owner and state as page, table and spreadsheet', () => {
    const list = text('/requirements/en-319-411-1/index.html');
    expect(list).toMatch(/id="GEN-6\.5\.1-12"[^>]* data-evidence="given"/);
    expect(list).toContain('href="/evidence/#EV-KEY-01"');
    const csv = text('/requirements/matrix.csv');
    expect(csv.split('\r\n')[0]).toMatch(/Evidence items,Kept,Owner,Verified,Valid until,State of the evidence$/);
    expect(csv).toContain('EV-KEY-01 Report on the key ceremony of ETS Qualified CA 2');
    const workbook = unpack(files.get('/requirements/matrix.xlsx') ?? Buffer.alloc(0));
    for (const words of ['Evidence items', 'State of the evidence', 'EV-KEY-01', 'evidence given', 'Security Officer']) expect(workbook).toContain(words);
  });

  test('is the same bytes when it is built again', async () => {
    const again = await buildSite(root, EXAMPLE_NOW, { audience: 'assessor' });
    const bytes = await again.files();
    await again.remove();
    expect([...bytes.keys()]).toEqual([...files.keys()]);
    expect([...bytes].filter(([path, content]) => !files.get(path)?.equals(content)).map(([path]) => path)).toEqual([]);
  });
});

describe('one of the two never takes the place of the other', () => {
  const publish = (folder: string, audience: 'public' | 'assessor') => publishRepository({ root, folder, now: EXAMPLE_NOW, audience });

  test('not the one for assessors that of the public one', async () => {
    const { published, messages } = await publish(open.folder, 'assessor');
    expect(published).toBe(false);
    expect(messages.join('')).toContain('holds a site for the public');
    expect((await open.files()).has('/FOR-ASSESSORS-ONLY.txt')).toBe(false);
  });

  test('nor the public one that of the other', async () => {
    const { published, messages } = await publish(closed.folder, 'public');
    expect(published).toBe(false);
    expect(messages.join('')).toContain('holds a site for assessors');
    expect((await closed.files()).has('/evidence/evidence.json')).toBe(true);
  });
});
