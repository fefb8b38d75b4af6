import { rm } from 'node:fs/promises';
import { Ajv2020, type AnySchema } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parseAtomFeed, parseJsonFeed } from 'feedsmith';
import type { Element } from 'hast';
import ICAL from 'ical.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PublishedText } from '../../src/model/published-text.ts';
import { localTime, toInstant } from '../../src/model/time.ts';
import type { NoticeJson } from '../../src/publish/notice-json.ts';
import { toPlainText } from '../../src/publish/plain-text.ts';
import { parseProfile } from '../../src/read/profiles.ts';
import { sha256 } from '../../src/read/register.ts';
import { readDocument } from '../../src/read/workspace.ts';
import { atomErrors, jsonFeedErrors } from '../helpers/feeds.ts';
import { htmlErrors } from '../helpers/html-rules.ts';
import { fromHtml, textOf } from '../helpers/html-tree.ts';
import { checkLinks, listLinks } from '../helpers/links.ts';
import { find, toTree } from '../helpers/redline.ts';
import { findLoss, readSide } from '../helpers/redline-side.ts';
import { type BuiltSite, buildSite, type ExampleVersion, exampleRepository, exampleVersions } from '../helpers/site.ts';

const ORIGIN = 'https://repository.ets.example';
type NoticeData = ReturnType<(typeof NoticeJson)['parse']>;

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

const read = (path: string) => files.get(path)?.toString('utf8') ?? '';
const readJson = <Value>(path: string) => JSON.parse(read(path)) as Value;
const page = (path: string) => read(`${path}index.html`);
const pathsOf = (pattern: RegExp) => [...files.keys()].filter((path) => pattern.test(path));

/** The entries of the register, as the site publishes them. */
const entries = () =>
  readJson<{ entries: { kind: string; document: string; version: string; published: string; files?: Record<string, { path: string }> }[] }>(
    '/api/v1/register.json',
  ).entries;
/** Entries that tell of texts; a declaration changes none, and feeds do not tell of it. */
const publications = () => entries().filter(({ kind }) => kind !== 'declaration');
/** The folder of each notice, of every version and language. */
const notices = () => pathsOf(/\/changes\/index\.html$/).map((path) => path.replace(/index\.html$/, ''));
const noticeData = (folder: string) => readJson<NoticeData>(`${folder}notice.json`);

/** Checks a file by a schema that the site publishes, with a validator that is not the one by which it was made. */
function schemaErrors(name: string, value: unknown): string[] {
  const ajv = new Ajv2020({ strict: true, strictRequired: false });
  addFormats.default(ajv);
  const validate = ajv.compile(readJson<AnySchema>(`/api/v1/schemas/${name}.json`));
  validate(value);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** The published text that a notice speaks of, or the one before it. */
function publishedText({ document, language }: NoticeData, version: string): PublishedText {
  return readJson<PublishedText>(`/${document}/${version}/${document}-${version}.${language}.json`);
}

const redlineSections = (html: string) => find(toTree(html), ({ properties }) => ((properties['className'] ?? []) as string[]).includes('section-redline'));

describe('every version has its notice', () => {
  test('as a page, as text and as JSON, in each of its languages', () => {
    const expected = entries().flatMap(({ kind, document, version, files: texts = {} }) => {
      if (kind !== 'version') return [];
      const [first, ...others] = Object.keys(texts).sort((a, b) => (a === 'en' ? -1 : b === 'en' ? 1 : 0));
      return [...(first ? [''] : []), ...others.map((language) => `${language}/`)].map((language) => `/${document}/${version}/${language}changes/`);
    });
    expect(notices().sort()).toEqual(expected.sort());
    for (const folder of notices()) {
      const { version, url, compared, document } = noticeData(folder);
      expect(url).toBe(`${ORIGIN}${folder}`);
      expect(folder.startsWith(`/${document}/${version}/`)).toBe(true);
      expect(read(`${folder}notice.txt`)).toContain(url);
      expect(read(`${folder}notice.txt`).endsWith('\n'), folder).toBe(true);
      expect(page(folder).includes('class="section-redline'), folder).toBe(compared.with !== null);
    }
  });

  test('compared with the last text before it that can be', () => {
    const told = notices().map((folder) => {
      const { document, version, language, compared } = noticeData(folder);
      return `${document} ${version} ${language}: ${compared.with ?? compared.why}${compared.skipped.length > 0 ? `, not ${compared.skipped.join(', ')}` : ''}`;
    });
    const expected = versions.flatMap(({ document, version, texts }, index) =>
      texts.map(({ language }) => {
        const before = versions
          .slice(0, index)
          .filter((other) => other.document === document)
          .flatMap((other) => other.texts.filter((text) => text.language === language).map(({ path }) => ({ version: other.version, path })))
          .reverse();
        const held = before.find(({ path }) => path.endsWith('.md'));
        const skipped = before.slice(0, held ? before.indexOf(held) : before.length).map((other) => other.version);
        const result = before.length === 0 ? 'first' : (held?.version ?? 'nothing-before-is-held');
        return `${document} ${version} ${language}: ${result}${skipped.length > 0 ? `, not ${skipped.join(', ')}` : ''}`;
      }),
    );
    expect(told.sort()).toEqual(expected.sort());
    for (const known of ['cps 1.0 en: first', 'cps 1.1 en: nothing-before-is-held, not 1.0', 'cps 1.2 en: 1.1', 'cps 2.2 en: 2.1', 'pds 1.2 de: 1.1'])
      expect(told).toContain(known);
  });

  test('the page and the text say with what', () => {
    for (const folder of notices()) {
      const { compared, language } = noticeData(folder);
      if (compared.with === null) continue;
      const name = `${language === 'de' ? 'Version' : 'version'} ${compared.with}`;
      expect(read(`${folder}notice.txt`), folder).toContain(name);
      const own = folder.replace(/[^/]+\/(?=(?:[a-z]{2}\/)?changes\/$)/, `${compared.with}/`).replace(/changes\/$/, '');
      expect(listLinks(page(folder)), folder).toContain(own);
    }
  });

  test('JSON is valid by the published schema, and what is not is seen', () => {
    for (const folder of notices()) expect(schemaErrors('notice', noticeData(folder)), folder).toEqual([]);
    expect(schemaErrors('notice', { ...noticeData('/cps/2.2/changes/'), published: 'yesterday' })).not.toEqual([]);
  });

  test('what cannot be compared is said plainly, in all three forms', () => {
    const sentence =
      'The text of version 1.0 is kept as a file (a PDF, for instance) or is not held, and cannot be compared word by word. What changed is not listed here; please read the text.';
    const html = page('/cps/1.1/changes/');
    expect(fromHtml(html)).toContain(sentence);
    expect(read('/cps/1.1/changes/notice.txt').replace(/\s+/g, ' ')).toContain(sentence);
    expect(noticeData('/cps/1.1/changes/').compared).toEqual({ with: null, why: 'nothing-before-is-held', skipped: ['1.0'] });
    expect(html).not.toMatch(/<ins|<del|change-bar/);
    expect(fromHtml(page('/cps/1.0/changes/'))).toContain('This is the first version.');
  });

  test('of a text in another language in that language, and leads to its texts', () => {
    const html = page('/pds/1.2/de/changes/');
    expect(html).toMatch(/<html lang="de"/);
    expect(fromHtml(html)).toContain('Version 1.1');
    expect(listLinks(html)).toEqual(expect.arrayContaining(['/pds/1.1/de/', '/pds/1.2/de/', '/pds/1.2/changes/', '/pds/1.2/de/changes/notice.txt']));
    expect(listLinks(html).filter((href) => /^\/pds\/1\.[12]\/#/.test(href))).toEqual([]);
    expect(read('/pds/1.2/de/changes/notice.txt')).toMatch(/Veröffentlicht:/);
    expect(noticeData('/pds/1.2/de/changes/')).toMatchObject({ language: 'de', text: { url: `${ORIGIN}/pds/1.2/de/` } });
  });
});

describe('the redline of a notice', () => {
  const compared = () => notices().filter((folder) => noticeData(folder).compared.with !== null);

  /** Where the words of a notice's changed sections are not those of one of the published texts. */
  function losses(folder: string, html: string): string[] {
    const notice = noticeData(folder);
    const { with: older, sections = [] } = notice.compared;
    const texts = { before: publishedText(notice, older ?? ''), after: publishedText(notice, notice.version) };
    const shown = redlineSections(html);
    expect(shown).toHaveLength(sections.length);
    return sections.flatMap((section, index) =>
      (['before', 'after'] as const).flatMap((side) => {
        const names = section[side];
        if (names.length === 0) return [];
        const originals = names.map(({ anchor }) => texts[side].sections.find((candidate) => candidate.anchor === anchor) as PublishedText['sections'][number]);
        const loss = findLoss(readSide(shown[index] as Element, side), originals);
        return loss === undefined ? [] : [`${folder} ${names[0]?.anchor} ${side}: ${loss}`];
      }),
    );
  }

  test('without insertions has the old words, without deletions the new ones, for every version', () => {
    // All but the first text of each document in each language, and the one that comes after a PDF.
    const firsts = new Set(versions.flatMap(({ document, texts }) => texts.map(({ language }) => `${document} ${language}`)));
    expect(compared().length).toBe(notices().length - firsts.size - 1);
    expect(compared().length).toBeGreaterThanOrEqual(19);
    for (const folder of compared()) expect(losses(folder, page(folder)), folder).toEqual([]);
  });

  test('and a lost word would be seen', () => {
    const html = page('/cps/2.2/changes/');
    const words = [...html.matchAll(/<del><span class="spoken">[^<]*<\/span>(\w+)|<ins><span class="spoken">[^<]*<\/span>(\w+)/g)];
    expect(words.length).toBeGreaterThan(5);
    for (const { 0: mark, index } of words.slice(0, 8)) {
      const without = html.slice(0, index) + mark.replace(/\w+$/, '') + html.slice(index + mark.length);
      expect(losses('/cps/2.2/changes/', without)).not.toEqual([]);
    }
  });

  test('has as many places as the notice counts, in their order', () => {
    for (const folder of compared()) {
      const { counts } = noticeData(folder).compared;
      const marked = find(toTree(page(folder)), ({ properties }) => properties['dataChange'] !== undefined).map(({ properties }) => properties['id']);
      expect(marked, folder).toEqual(Array.from({ length: counts?.places ?? 0 }, (_, index) => `change-${index + 1}`));
      // Of more than six in a section the first and the last are linked.
      let last = 0;
      const listed = (noticeData(folder).compared.sections ?? []).flatMap(({ counts: { places } }) => {
        last += places;
        const own = Array.from({ length: places }, (_, index) => `#change-${last - places + index + 1}`);
        return places > 6 ? [own[0], own.at(-1)] : own;
      });
      expect(
        listLinks(page(folder)).filter((href) => /^#change-\d+$/.test(href)),
        folder,
      ).toEqual(listed);
    }
  });

  test('shows each section as the page of that section does', () => {
    const marks = (section: Element) => find(section, ({ tagName }) => tagName === 'ins' || tagName === 'del').map((mark) => `${mark.tagName} ${textOf(mark)}`);
    let seen = 0;
    for (const folder of compared().filter((path) => !path.includes('/de/'))) {
      const { document, version, compared: told } = noticeData(folder);
      const shown = redlineSections(page(folder));
      told.sections?.forEach(({ after: [after], before: [before], url }, index) => {
        const number = after?.number ?? before?.number ?? '';
        if (number === '') return;
        const id = `${version}-${decodeURIComponent(new URL(url).hash.slice(1))}`;
        // A section that bore the number is told where it bore its last one: its page has it, or leads there.
        const home = page(`/${document}/sections/${number}/`);
        const pages = [
          home,
          ...listLinks(home)
            .filter((href) => href.startsWith(`/${document}/sections/`) && /\d/.test(href))
            .map(page),
        ];
        const own = pages.flatMap(redlineSections).find(({ properties }) => properties['id'] === id);
        expect(own && marks(own), `${folder} ${number}`).toEqual(marks(shown[index] as Element));
        seen += 1;
      });
    }
    expect(seen).toBeGreaterThan(100);
  });
});

describe('the list of all notices', () => {
  test('has every publication, newest first', () => {
    const shown = find(toTree(page('/notices/')), ({ tagName }) => tagName === 'li').filter((item) => find(item, ({ tagName }) => tagName === 'h3').length > 0);
    const times = shown.map((item) => String(find(item, ({ tagName }) => tagName === 'time')[0]?.properties['dateTime']));
    expect(times).toEqual(
      publications()
        .map(({ published }) => published)
        .sort()
        .reverse(),
    );
    const links = shown.map((item) => find(item, ({ tagName }) => tagName === 'a')[0]?.properties['href']);
    const places = publications().map(({ kind, document, version }) => `/${document}/${version}/${kind === 'version' ? 'changes/' : ''}`);
    expect(links.toSorted()).toEqual(places.sort());
    expect(links.indexOf('/cps/2.2/changes/')).toBeLessThan(links.indexOf('/cps/2.1/changes/'));
    expect(fromHtml(page('/notices/'))).toMatch(/Erratum[\s\S]*The telephone number of the revocation hotline is printed wrongly/);
    expect(fromHtml(page('/notices/'))).toContain('13 sections changed, 197 words added, 81 removed');
  });

  test('is linked from every page, and each notice from its text and the history', () => {
    for (const path of pathsOf(/\.html$/)) expect(listLinks(read(path)), path).toContain('/notices/');
    expect(listLinks(page('/cps/2.2/'))).toContain('/cps/2.2/changes/');
    expect(listLinks(page('/cps/history/'))).toContain('/cps/2.1/changes/');
  });
});

describe('the feeds', () => {
  test('are valid, and other parsers read every publication in them, newest first', () => {
    expect(atomErrors(read('/notices.atom'))).toEqual([]);
    expect(jsonFeedErrors(readJson('/notices.json'))).toEqual([]);
    const atom = parseAtomFeed(read('/notices.atom'));
    const json = parseJsonFeed(read('/notices.json'));
    expect(atom.entries?.map(({ published }) => published)).toEqual(
      publications()
        .map(({ published }) => published)
        .sort()
        .reverse(),
    );
    expect(json.items?.map(({ id }) => id)).toEqual(atom.entries?.map(({ id }) => id));
    // What was published at once stands as in the register.
    const titles = atom.entries?.map(({ title }) => title?.value ?? '') ?? [];
    const newest = versions.toSorted((a, b) => b.published.localeCompare(a.published));
    const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'Europe/Vienna' });
    expect(titles.filter((title) => title.startsWith('Notice of ')).map((title) => title.replace(/^.*, (?=version )/, ''))).toEqual(
      newest.map(({ version, announced }) => `version ${version}, in force from ${day.format(new Date(announced.at(-1) ?? ''))}`),
    );
    const known = [
      'Notice of change: Certificate Policy for Qualified Certificates, version 2.2, in force from 1 February 2027',
      'Notice of change: Certification Practice Statement for Qualified Certificates, version 2.2, in force from 1 February 2027',
    ];
    expect(titles.slice(titles.indexOf(known[0] ?? ''))).toEqual(expect.arrayContaining(known));
    expect(titles.indexOf(known[1] ?? '')).toBe(titles.indexOf(known[0] ?? '') + 1);
  });

  test('are announced on every page', () => {
    for (const path of pathsOf(/\.html$/)) expect(read(path), path).toMatch(/<link rel="alternate" type="application\/atom\+xml"[^>]* href="\/notices\.atom">/);
  });
});

test('the calendar opens elsewhere, and has the day from which each version is in force', () => {
  const calendar = new ICAL.Component(ICAL.parse(read('/deadlines.ics')));
  const events = calendar.getAllSubcomponents('vevent').map((component) => new ICAL.Event(component));
  const days = new Map(events.filter(({ uid }) => uid.startsWith('effective/')).map(({ uid, startDate }) => [uid.split('@')[0], startDate.toString()]));
  const expected = pathsOf(/^\/api\/v1\/documents\//).flatMap((path) => {
    const { document, versions } = readJson<{ document: string; versions: { version: string; from: string }[] }>(path);
    return versions.map(
      ({ version, from }) => [`effective/${document}/${version}`, localTime(toInstant(new Date(from)), 'Europe/Vienna').slice(0, 10)] as const,
    );
  });
  expect([...days].sort()).toEqual(expected.sort());
  // Not the day that was announced first.
  expect(days.get('effective/cps/2.1')).toBe('2025-12-01');
  expect(new Set(events.map(({ uid }) => uid)).size).toBe(events.length);
  expect(events.some(({ uid }) => uid.startsWith('review'))).toBe(true);
});

/** The profiles that a version states, from the files beside its text. */
function profilesOf(path: string) {
  const folder = `${path.slice(0, path.lastIndexOf('/'))}/profiles/`;
  const own = [...files.keys()].filter((file) => file.startsWith(folder));
  return own.flatMap((file) => parseProfile(read(file), file.slice(folder.length).replace(/\.yaml$/, ''), file).profiles);
}

test('a published text in its plain form is what the source says', async () => {
  const sources = pathsOf(/^\/[a-z]+\/\d[^/]*\/[^/]+\.md$/);
  expect(pathsOf(/^\/[a-z]+\/\d[^/]*\/[^/]+\.json$/)).toEqual(sources.map((path) => path.replace(/\.md$/, '.json')));
  for (const path of sources) {
    const text = readJson<PublishedText>(path.replace(/\.md$/, '.json'));
    const source = files.get(path) as Buffer;
    const facts = { id: text.document, type: 'CPS', language: text.language, title: text.title, frontMatter: undefined } as const;
    const { sections } = toPlainText(await readDocument(source, facts, path, profilesOf(path)));
    expect(text.sections, path).toEqual(JSON.parse(JSON.stringify(sections)));
    expect(text.sha256, path).toBe(sha256(source));
    expect(path, path).toBe(`/${text.document}/${text.version}/${text.document}-${text.version}.${text.language}.md`);
    expect(schemaErrors('text', text), path).toEqual([]);
  }
});

test('every address in notices, feeds, calendar and JSON is one of the site', () => {
  const isAlive = checkLinks(files);
  const carriers = pathsOf(/^\/(?:notices\.(?:atom|json)|deadlines\.ics|.*\/notice\.(?:txt|json))$/);
  let seen = 0;
  const dead = carriers.flatMap((path) => {
    // Lines of a calendar are folded.
    const addresses = [
      ...read(path)
        .replace(/\r\n /g, '')
        .matchAll(/https:\/\/repository\.ets\.example(\/[^\s"'<>&;\\]*)/g),
    ];
    seen += addresses.length;
    // Names of a vocabulary, which is no page.
    return addresses.flatMap(([, address = '']) => (isAlive(path, address) || /^\/notices\/#significance$/.test(address) ? [] : [`${path}: ${address}`]));
  });
  expect(dead).toEqual([]);
  expect(seen).toBeGreaterThan(400);
});

describe('the HTML is valid', () => {
  const sections = () => pathsOf(/\/sections\/[^/]+\/index\.html$/);
  test.each([
    ['notices of a version', () => pathsOf(/\/changes\/index\.html$/), 20],
    ['the list of notices', () => pathsOf(/^\/notices\/index\.html$/), 1],
    ['lists of sections', () => pathsOf(/\/sections\/index\.html$/), 4],
    ['sections', () => sections().filter((_, index) => index % Math.floor(sections().length / 40) === 0), 40],
    ['comparing', () => pathsOf(/\/compare\/index\.html$/), 4],
  ] as const)('%s', (_, list, least) => {
    expect(list().length).toBeGreaterThanOrEqual(least);
    expect(list().flatMap((path) => htmlErrors(path, read(path)))).toEqual([]);
  });

  test('and what is not is seen', () => {
    const html = page('/cps/2.2/changes/');
    for (const [from, to] of [
      ['<ins>', '<ins><p>'],
      ['id="change-2"', 'id="change-1"'],
      ['</section>', ''],
    ] as const)
      expect(htmlErrors('/cps/2.2/changes/index.html', html.replace(from, to)), from).not.toEqual([]);
  });
});

describe('a section through all versions', () => {
  test('has a page for every number that any text bore, and stands in the list', () => {
    for (const document of ['cp', 'cps', 'pds', 'terms']) {
      const texts = pathsOf(new RegExp(`^/${document}/[^/]+/${document}-[^/]+\\.en\\.json$`)).map((path) => readJson<PublishedText>(path));
      const numbers = new Set(texts.flatMap(({ sections }) => sections.flatMap(({ number }) => (number === '' ? [] : [number]))));
      const listed = listLinks(page(`/${document}/sections/`)).filter((href) => /\/sections\/./.test(href));
      expect(listed.sort()).toEqual([...numbers].map((number) => `/${document}/sections/${number}/`).sort());
      for (const href of listed) expect(page(href), href).not.toBe('');
    }
  });

  test('has a row for each version that changed it, newest first, back to the first text that has it', () => {
    const shown = (number: string) =>
      find(toTree(page(`/cps/sections/${number}/`)), ({ tagName }) => tagName === 'h3').map(
        (heading) => find(heading, ({ tagName }) => tagName === 'a')[0]?.properties['href'],
      );
    // Of sections that kept their number: where the words are not those of the text before.
    for (const number of ['1.1', '4.9.1', '4.9.14', '5.4.3']) {
      const texts = versions
        .filter(({ document, texts }) => document === 'cps' && texts.some(({ path }) => path.endsWith('.md')))
        .map(({ version }) => {
          const { sections } = readJson<PublishedText>(`/cps/${version}/cps-${version}.en.json`);
          return { version, words: JSON.stringify(sections.find((section) => section.number === number)) };
        });
      const changed = texts.filter(({ words }, index) => words !== texts[index - 1]?.words).map(({ version }) => version);
      expect(shown(number), number).toEqual(changed.toReversed().map((version) => `/cps/${version}/#${number}`));
      expect(fromHtml(page(`/cps/sections/${number}/`)).replace(/\s+/g, ' '), number).toContain(`Unchanged since version ${changed.at(-1)}`);
    }
    expect(shown('4.9.1').slice(-2)).toEqual(['/cps/2.0/#4.9.1', '/cps/1.1/#4.9.1']);
    expect(shown('6.2.12')).toContain('/cps/2.2/#6.2.12');
    expect(fromHtml(page('/cps/sections/6.2.13/'))).toContain('renumbered (was 6.2.12)');
  });
});
