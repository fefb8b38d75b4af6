import { cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { publishRepository } from '../../lib/site/publish-site.js';
import type { Matrix } from '../../src/model/matrix.ts';
import { apiSchemas } from '../../src/publish/api.ts';
import { htmlErrors } from '../helpers/html-rules.ts';
import { checkLinks, listLinks } from '../helpers/links.ts';
import { makeProvider, type Provider } from '../helpers/provider.ts';
import { EXAMPLE_NOW } from '../helpers/site.ts';
import { replaceFrontMatter, replaceSection } from '../helpers/skeleton.ts';

const POLICIES = `policies:
  - { oid: 1.3.6.1.4.1.99999.1.2.1, name: Cards, conformsTo: QCP-n-qscd }`;
const WORDS = 'The provider says here in a whole sentence what holds for its certificates.';

let provider: Provider;
let place: string;

beforeEach(async () => {
  provider = await makeProvider();
  place = await mkdtemp(join(tmpdir(), 'cartulary-site-'));
});
afterEach(async () => {
  await provider.repository.remove();
  await rm(place, { recursive: true, force: true });
});

/** Registers a version with marks in some of its sections, each with a sentence or other words. */
const register = (
  sections: Readonly<Record<string, string | readonly [marks: string, words: string]>>,
  more: Parameters<Provider['register']>[1] & { front?: string } = {},
) =>
  provider.register(
    (skeleton) =>
      Object.entries(sections).reduce(
        (text, [number, content]) => {
          const [marks, words] = typeof content === 'string' ? [content, WORDS] : content;
          return replaceSection(text, number, `## ${number} Section\n\n${marks}\n\n${words}`);
        },
        replaceFrontMatter(skeleton, `${POLICIES}\n${more.front ?? ''}`),
      ),
    more,
  );
const meets = (...ids: string[]) => `<!-- meets ${ids.map((id) => `411-2:${id}`).join(' ')} -->`;
const EXCLUDES = '<!-- excludes 411-2:OVR-6.9.4-02: none of these is offered -->';

async function build(): Promise<void> {
  const { published, messages } = await publishRepository({ root: provider.repository.folder, folder: join(place, 'dist'), now: EXAMPLE_NOW });
  if (!published) throw new Error(messages.join('\n'));
}
const read = (path: string) => readFile(join(place, 'dist', path), 'utf8').catch(() => undefined);
const page = async (version: string) => (await read(`${version}/requirements/index.html`)) ?? '';
const matrix = async (version: string) => JSON.parse((await read(`${version}/requirements/matrix.json`)) ?? 'null') as Matrix;
/** A requirement's state and its sections: `stated cps 1.1 §1.1 since 1.0`. */
async function tell(version: string, id: string): Promise<string> {
  const row = (await matrix(version)).requirements.find((candidate) => candidate.id === id && candidate.standard === 'ETSI EN 319 411-2');
  if (!row) return 'no row';
  const places = [...row.stated, ...row.excluded, ...(row.elsewhere ?? [])];
  return [row.state, ...places.map((one) => `${one.document} ${one.version} §${one.section} since ${one.since.version}`)].join(', ');
}

test('each version with marks tells what it stated, since when, and which document in force beside it stated the rest', async () => {
  await register({ '1.1': meets('OVR-5.1-02', 'SDP-6.5.1-02') }, { document: 'cp' });
  await register({});
  await register({ '1.1': meets('OVR-5.1-02'), '4.9.1': EXCLUDES });
  await register({ '1.1': EXCLUDES }, { document: 'cp' });
  await register({ '1.2': meets('OVR-5.1-02') });
  await build();

  expect(await tell('cps/1.2', 'OVR-5.1-02')).toBe('stated, cps 1.2 §1.1 since 1.2');
  expect(await tell('cps/1.2', 'OVR-6.9.4-02')).toBe('excluded, cps 1.2 §4.9.1 since 1.2');
  expect(await tell('cps/1.2', 'SDP-6.5.1-02')).toBe('elsewhere, cp 1.0 §1.1 since 1.0');
  expect(await tell('cps/1.4', 'OVR-5.1-02')).toBe('stated, cps 1.4 §1.2 since 1.2');
  // What the CP of that day excluded; the one before no longer counts.
  expect(await tell('cps/1.4', 'OVR-6.9.4-02')).toBe('elsewhere, cp 1.3 §1.1 since 1.3');
  expect(await tell('cps/1.4', 'SDP-6.5.1-02')).toBe('no-text');
  // When the first CP took effect there was no other document.
  expect((await matrix('cp/1.0')).subject?.together).toEqual([]);
  expect((await matrix('cps/1.2')).subject).toEqual({
    document: 'cps',
    version: '1.2',
    path: '/cps/1.2/',
    from: '2026-01-21T08:00:00Z',
    until: '2026-02-10T08:00:00Z',
    together: [
      { document: 'cp', version: '1.0', path: '/cp/1.0/', from: '2026-01-01T08:00:00Z', until: '2026-01-31T08:00:00Z', matrix: '/cp/1.0/requirements/' },
    ],
  });

  // A version without marks has none, and no link to one.
  expect(await read('cps/1.1/requirements/index.html')).toBeUndefined();
  expect(listLinks((await read('cps/1.1/index.html')) ?? '').filter((href) => href.endsWith('/requirements/'))).toEqual(['/requirements/']);
  expect((await matrix('cp/1.3')).subject?.together.map(({ version, matrix: address }) => [version, address])).toEqual([['1.2', '/cps/1.2/requirements/']]);
  for (const path of ['cps/1.4/index.html', 'cps/index.html', 'requirements/index.html', 'api/v1/index.html']) {
    expect(
      listLinks((await read(path)) ?? '').filter((href) => href.startsWith('/cps/1.4/requirements/')),
      path,
    ).not.toEqual([]);
  }

  const files = await readAll();
  const isAlive = checkLinks(files);
  const [, schema] = [...apiSchemas((path) => `https://small.example${path}`)].find(([name]) => name === 'matrix') ?? [];
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  const validate = ajv.compile(JSON.parse(schema ?? '{}'));
  for (const version of ['cp/1.0', 'cp/1.3', 'cps/1.2', 'cps/1.4']) {
    const [path, html] = [`/${version}/requirements/index.html`, await page(version)];
    expect(htmlErrors(path, html), path).toEqual([]);
    expect([...new Set(listLinks(html))].filter((href) => !isAlive(path, href))).toEqual([]);
    validate(await matrix(version));
    expect(validate.errors).toBeNull();
  }
  const html = await page('cps/1.4');
  expect(html).toContain('Excluded in <a href="/cp/1.3/#1.1">CP 1.3, 1.1 Section</a>: none of these is offered');
  expect(html).toContain('<a href="/cps/1.4/#1.2">1.2 Section</a>');
  expect(html).toContain('decided with the practices that are declared today');
  // What no text has to state is in the files only.
  expect(html).not.toMatch(/data-state="(?:not-decidable|undecided)"/);
  expect((await matrix('cps/1.4')).requirements.some(({ state }) => state === 'not-decidable')).toBe(true);
  expect(await read('cps/1.4/requirements/matrix.csv')).toContain('in another document,"CP 1.3, 1.1 Section",https://small.example/cp/1.3/#1.1');
});

test('a version without policies of its own is judged by those of the documents beside it', async () => {
  await register({}, { document: 'cp' });
  await register({ '1.1': meets('OVR-5.1-02') }, { front: 'policies:' });
  await build();
  expect(await tell('cps/1.1', 'OVR-5.1-02')).toBe('stated, cps 1.1 §1.1 since 1.1');
});

test('a version is judged by the editions to which it was written, and a mark is to be confirmed in another', async () => {
  const older = 'content/requirements/en-319-411-2/v2.5.1.yaml';
  const newer = await readFile(new URL('../../content/requirements/en-319-411-2/v2.6.1.yaml', import.meta.url), 'utf8');
  const { git, folder } = provider.repository;
  await register({ '1.1': meets('OVR-5.1-02') }, { front: 'writtenTo: { en-319-411-2: v2.5.1 }' });
  await register({ '1.1': meets('OVR-5.1-02'), '1.2': meets('OVR-5.1-09') }, { front: 'writtenTo: { en-319-411-2: v2.6.1 }' });
  await cp(new URL('../../content/requirements/en-319-411-2', import.meta.url), join(folder, 'content/requirements/en-319-411-2'), { recursive: true });
  const altered = newer.replace('edition: V2.6.1', 'edition: V2.5.1').replace(/(id: OVR-5\.1-02\n[\s\S]*?summary: )[^\n]+/, '$1Something else was asked then.');
  await writeFile(join(folder, older), altered);
  await git('add', '.');
  await build();

  const editions = (found: Matrix) => found.standards.map(({ edition, named }) => [edition, named]);
  expect(editions(await matrix('cps/1.0'))[0]).toEqual(['V2.5.1', true]);
  expect(editions(await matrix('cps/1.1'))[0]).toEqual(['V2.6.1', true]);
  expect(editions(await matrix('cps/1.1'))[1]).toEqual(['V1.5.1', false]);
  expect(await page('cps/1.0')).toContain('Something else was asked then.');
  expect(await page('cps/1.0')).toContain('ETSI EN 319 411-2 V2.5.1, to which the text was written');
  expect(await page('cps/1.0')).not.toContain('to-confirm');
  expect(await page('cps/1.1')).not.toContain('Something else was asked then.');
  expect(await page('cps/1.1')).toContain('to be confirmed: the requirement changed since version 1.0, with edition V2.6.1');
});

test('a mark whose text changed is to be confirmed, in the versions until that is done, and in what is in force', async () => {
  const changed = [meets('OVR-5.1-02'), `${WORDS} More is said since.`] as const;
  await register({ '1.1': meets('OVR-5.1-02'), '1.2': meets('SDP-6.5.1-02') });
  await register({ '1.1': changed, '1.2': meets('SDP-6.5.1-02') });
  await build();
  const sentence = 'to be confirmed: the text changed since version 1.0, in 1.1';
  const rows = (html: string) => [...html.matchAll(/<tr[^>]* id="([^"]+)"[^>]* data-suspect/g)].map(([, id]) => id);
  expect(await page('cps/1.0')).not.toContain('to-confirm');
  expect(await page('cps/1.1')).toContain(sentence);
  expect(rows(await page('cps/1.1'))).toEqual(['411-2:OVR-5.1-02']);
  expect(rows((await read('requirements/en-319-411-2/index.html')) ?? '')).toEqual(['OVR-5.1-02']);
  await register({ '1.1': changed, '1.2': meets('SDP-6.5.1-02') }, { confirms: ['411-2:OVR-5.1-02'] });
  await build();
  expect(await page('cps/1.1')).toContain(sentence);
  expect(await page('cps/1.2')).not.toContain('to-confirm');
  expect(await read('requirements/en-319-411-2/index.html')).not.toContain('to-confirm');
});

test('a later version leaves the pages of earlier ones as they are, but for the one before it; a cold build gives the same', async () => {
  await register({ '1.1': meets('OVR-5.1-02') });
  await register({ '1.1': meets('OVR-5.1-02') });
  await build();
  const made = async (version: string) => (await stat(join(place, 'dist', version, 'requirements/index.html'))).mtimeMs;
  const before = { first: await made('cps/1.0'), second: await made('cps/1.1') };
  await register({ '1.1': meets('OVR-5.1-02') });
  await build();
  expect(await made('cps/1.0')).toBe(before.first);
  expect(await made('cps/1.1')).toBeGreaterThan(before.second);
  expect((await readdir(join(provider.repository.folder, '.cartulary/matrices'))).length).toBe(5);
  const warm = await readAll();
  await rm(join(provider.repository.folder, '.cartulary'), { recursive: true, force: true });
  await rm(join(place, 'dist'), { recursive: true, force: true });
  await build();
  const own = (files: ReadonlyMap<string, Buffer>) =>
    [...files].filter(([path]) => path.includes('/requirements/')).map(([path, bytes]) => [path, bytes.toString('base64')]);
  expect(own(await readAll())).toEqual(own(warm));
});

test('in German, and without a word that judges', async () => {
  await register({ '1.1': meets('OVR-5.1-02') });
  const config = 'name: Small CA\nsite: https://small.example\ntimeZone: UTC\nlanguages: [de]\n';
  await writeFile(join(provider.repository.folder, 'cartulary.yaml'), config);
  await build();
  const html = await page('cps/1.0');
  expect(html).toMatch(/<html lang="de"/);
  expect(html).toContain('Anforderungen, und was CPS 1.0 davon behandelt');
  expect(html).toContain('Der Text nennt keine: Diese werden heute verwendet.');
  expect(htmlErrors('page', html)).toEqual([]);
  expect(html).not.toMatch(/konform|Konformität|bestanden|verletzt|(?<!nicht )erfüllt(?! ist, sagt)/);
});

async function readAll(): Promise<ReadonlyMap<string, Buffer>> {
  const folder = join(place, 'dist');
  const entries = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name)).sort();
  return new Map(await Promise.all(paths.map(async (path) => [path.slice(folder.length), await readFile(path)] as const)));
}
