import fc from 'fast-check';
import { parseAtomFeed, parseJsonFeed } from 'feedsmith';
import { describe, expect, test } from 'vitest';
import type { Notice } from '../../src/model/notice.ts';
import type { Instant } from '../../src/model/time.ts';
import type { VersionEntry } from '../../src/model/version.ts';
import { atomFeed, FEED_LENGTH, type FeedContext, feedEntries, jsonFeed } from '../../src/publish/feeds.ts';
import { atomErrors, jsonFeedErrors } from '../helpers/feeds.ts';
import { makeNotice, section, summarise } from '../helpers/notices.ts';
import { makeRegister, type Sketch } from '../helpers/register.ts';

const context: FeedContext = {
  provider: 'Example Trust Services',
  timeZone: 'UTC',
  language: 'en',
  absolute: (path) => `https://repository.ets.example/below${path}`,
  titleOf: (document) => `The ${document.toUpperCase()}`,
};

const sketches: readonly Sketch[] = [
  { version: '1.0', effective: 1, published: 0 },
  { version: '1.1', effective: 40, published: 10, document: 'cp' },
  { version: '1.1', effective: 40, published: 10 },
  { version: '1.1', rescheduled: 50, published: 20 },
  { version: '1.1', rescheduled: 60, published: 30 },
  { version: '1.0', erratum: 1, published: 30 },
  { withdrawn: 100, published: 70, document: 'cp', continuedBy: 'cps' },
];
const register = makeRegister(sketches);

function noticeOf(entry: VersionEntry): Notice {
  const { document, version, published } = entry;
  const effective = version === '1.1' && document === 'cps' ? ('2026-03-02T00:00:00Z' as Instant) : (entry.effective as Instant);
  const common = makeNotice({ document, version, published: published as Instant, effective, title: context.titleOf(document) });
  if (version === '1.0') return common;
  const summary = summarise([section(['reworded'], ['4.9.1 Circumstances'], ['4.9.1 Circumstances']), section(['added'], [], ['6.1.8 Keys'])]);
  return {
    ...common,
    changes: 'Keys with P-384 & RSA < 4096.\n\nSee 6.1.8.',
    significance: { kind: 'material', set: undefined, proposed: 'material' },
    declarations: [{ oid: '1.2.3', field: 'qscd', after: 'required' }],
    compared: { with: '1.0', skipped: [], summary },
  };
}

const entries = feedEntries(register, noticeOf, context);

test('newest first, then by document; of one document at one instant the later entry first', () => {
  expect(entries.map(({ published, updated, id, title }) => ({ published, updated, id, title }))).toMatchInlineSnapshot(`
    [
      {
        "id": "tag:repository.ets.example,2026-03-12:cp/withdrawal/1",
        "published": "2026-03-12T00:00:00Z",
        "title": "Withdrawn: The CP, on 11 April 2026",
        "updated": "2026-03-12T00:00:00Z",
      },
      {
        "id": "tag:repository.ets.example,2026-01-31:cps/1.0/erratum/1",
        "published": "2026-01-31T00:00:00Z",
        "title": "Erratum 1: The CPS, version 1.0",
        "updated": "2026-01-31T00:00:00Z",
      },
      {
        "id": "tag:repository.ets.example,2026-01-31:cps/1.1/rescheduling/2",
        "published": "2026-01-31T00:00:00Z",
        "title": "Changed date: The CPS, version 1.1, now from 2 March 2026",
        "updated": "2026-01-31T00:00:00Z",
      },
      {
        "id": "tag:repository.ets.example,2026-01-21:cps/1.1/rescheduling/1",
        "published": "2026-01-21T00:00:00Z",
        "title": "Changed date: The CPS, version 1.1, now from 20 February 2026",
        "updated": "2026-01-21T00:00:00Z",
      },
      {
        "id": "tag:repository.ets.example,2026-01-11:cp/1.1",
        "published": "2026-01-11T00:00:00Z",
        "title": "Notice of change: The CP, version 1.1, in force from 10 February 2026",
        "updated": "2026-01-11T00:00:00Z",
      },
      {
        "id": "tag:repository.ets.example,2026-01-11:cps/1.1",
        "published": "2026-01-11T00:00:00Z",
        "title": "Notice of change: The CPS, version 1.1, in force from 2 March 2026",
        "updated": "2026-01-31T00:00:00Z",
      },
      {
        "id": "tag:repository.ets.example,2026-01-01:cps/1.0",
        "published": "2026-01-01T00:00:00Z",
        "title": "Notice of publication: The CPS, version 1.0, in force from 2 January 2026",
        "updated": "2026-01-01T00:00:00Z",
      },
    ]
  `);
});

test('an id does not change with what is published later', () => {
  const before = sketches.map((_, count) => feedEntries(makeRegister(sketches.slice(0, count)), noticeOf, context).map(({ id }) => id));
  const now = entries.map(({ id }) => id);
  for (const ids of before) expect(now).toEqual(expect.arrayContaining(ids));
  expect(new Set(now).size).toBe(now.length);
});

describe('the Atom feed', () => {
  const feed = atomFeed(entries, context);

  test('is valid by RFC 4287', () => {
    expect(atomErrors(feed)).toEqual([]);
    expect(atomErrors(atomFeed([], context))).toEqual([]);
  });

  test('and what is not valid is seen', () => {
    expect(atomErrors(feed.replace(/<updated>[^<]*<\/updated>/, ''))).not.toEqual([]);
    expect(atomErrors(feed.replace(/<published>[^<]*/, '<published>2026-01-01'))).not.toEqual([]);
    expect(atomErrors(feed.replace(/<author>.*<\/author>/, ''))).toEqual(['4.2.1 author']);
    expect(atomErrors(feed.replace('<link rel="self"', '<link rel="via"'))).toEqual(['4.1.1 self']);
    expect(atomErrors(feed.replace('type="html"', 'type="markdown"'))).not.toEqual([]);
  });

  test('reads in another parser as it was written', () => {
    const parsed = parseAtomFeed(feed);
    expect(parsed.entries?.map((entry) => entry.title?.value)).toEqual(entries.map(({ title }) => title));
    expect(parsed).toMatchObject({ updated: '2026-03-12T00:00:00Z', authors: [{ name: 'Example Trust Services' }] });
    expect(parsed.entries?.find((entry) => entry.id?.endsWith(':cps/1.1'))).toMatchInlineSnapshot(`
      {
        "categories": [
          {
            "label": "The CPS",
            "scheme": "https://repository.ets.example/below/",
            "term": "cps",
          },
          {
            "label": "New version",
            "scheme": "https://repository.ets.example/below/notices/",
            "term": "version",
          },
          {
            "label": "Material change",
            "scheme": "https://repository.ets.example/below/notices/#significance",
            "term": "material",
          },
        ],
        "content": {
          "type": "html",
          "value": "<p>Example Trust Services has published version 1.1 of its “The CPS”. It takes effect on 2 March 2026 at 00:00 (UTC).</p> <p>Keys with P-384 &amp; RSA &lt; 4096.</p> <p>See 6.1.8.</p> <p>Material change, going by what differs between the two texts.</p> <ul><li>policy 1.2.3, QSCD: not stated → required</li></ul> <p>2 sections differ, in 2 places: 4 words were added, 2 removed.</p> <p>Changed sections: 4.9.1; 6.1.8 (new).</p> <p><a href="https://repository.ets.example/below/cps/1.1/changes/">The whole comparison, with all insertions and deletions</a></p>",
        },
        "id": "tag:repository.ets.example,2026-01-11:cps/1.1",
        "links": [
          {
            "href": "https://repository.ets.example/below/cps/1.1/changes/",
            "rel": "alternate",
            "type": "text/html",
          },
          {
            "href": "https://repository.ets.example/below/cps/1.1/changes/notice.txt",
            "rel": "alternate",
            "type": "text/plain",
          },
          {
            "href": "https://repository.ets.example/below/cps/1.1/changes/notice.json",
            "rel": "alternate",
            "type": "application/json",
          },
          {
            "href": "https://repository.ets.example/below/cps/1.1/",
            "rel": "related",
            "type": "text/html",
          },
        ],
        "published": "2026-01-11T00:00:00Z",
        "summary": {
          "value": "Keys with P-384 & RSA < 4096. See 6.1.8.",
        },
        "title": {
          "value": "Notice of change: The CPS, version 1.1, in force from 2 March 2026",
        },
        "updated": "2026-01-31T00:00:00Z",
        "xml": {
          "lang": "en",
        },
      }
    `);
    expect(parsed.entries?.[0]).toMatchInlineSnapshot(`
      {
        "categories": [
          {
            "label": "The CP",
            "scheme": "https://repository.ets.example/below/",
            "term": "cp",
          },
          {
            "label": "Withdrawal",
            "scheme": "https://repository.ets.example/below/notices/",
            "term": "withdrawal",
          },
        ],
        "content": {
          "type": "html",
          "value": "<p>“The CP” is withdrawn on 11 April 2026 at 00:00 (UTC). It is continued by “The CPS”.</p> <p>Reason: The service ended.</p>",
        },
        "id": "tag:repository.ets.example,2026-03-12:cp/withdrawal/1",
        "links": [
          {
            "href": "https://repository.ets.example/below/cp/history/",
            "rel": "alternate",
            "type": "text/html",
          },
        ],
        "published": "2026-03-12T00:00:00Z",
        "summary": {
          "value": "The service ended.",
        },
        "title": {
          "value": "Withdrawn: The CP, on 11 April 2026",
        },
        "updated": "2026-03-12T00:00:00Z",
        "xml": {
          "lang": "en",
        },
      }
    `);
  });
});

describe('the JSON feed', () => {
  test('is valid by JSON Feed 1.1', () => {
    expect(jsonFeedErrors(JSON.parse(jsonFeed(entries, context)))).toEqual([]);
    expect(jsonFeedErrors(JSON.parse(jsonFeed([], context)))).toEqual([]);
    expect(jsonFeedErrors({ ...JSON.parse(jsonFeed([], context)), items: [{ id: '1' }] })).not.toEqual([]);
  });

  test('reads in another parser as it was written', () => {
    const parsed = parseJsonFeed(jsonFeed(entries, context));
    expect(parsed.items?.map((item) => item.id)).toEqual(entries.map(({ id }) => id));
    expect(parsed.items?.find((item) => item.id?.includes('/erratum/'))).toMatchInlineSnapshot(`
      {
        "content_html": "<p>A correction stands beside version 1.0 of “The CPS”. The published text stays as it is.</p>
      <p>A letter.</p>",
        "date_modified": "2026-01-31T00:00:00Z",
        "date_published": "2026-01-31T00:00:00Z",
        "id": "tag:repository.ets.example,2026-01-31:cps/1.0/erratum/1",
        "language": "en",
        "summary": "A letter.",
        "tags": [
          "cps",
          "erratum",
        ],
        "title": "Erratum 1: The CPS, version 1.0",
        "url": "https://repository.ets.example/below/cps/1.0/",
      }
    `);
  });
});

test('hostile text stays text, in both', () => {
  const hostile = fc.string({
    unit: fc.constantFrom('<script>', ']]>', '&amp;', '"', "'", '\u0000', '\u0008', '\ud800', '\udfff', '\ufffe', '😀', '\r\n', 'x'),
    minLength: 1,
    maxLength: 30,
  });
  fc.assert(
    fc.property(hostile, hostile, (title, changes) => {
      const evil = { ...context, provider: `P${changes}`, titleOf: () => `T${title}` };
      const told = feedEntries(register, (entry) => ({ ...noticeOf(entry), title: `T${title}`, changes: `C${changes}` }), evil);
      const atom = atomFeed(told, evil);
      expect(atomErrors(atom)).toEqual([]);
      expect(parseAtomFeed(atom).entries?.[0]?.content?.value).not.toMatch(/<script/);
      expect(jsonFeedErrors(JSON.parse(jsonFeed(told, evil)))).toEqual([]);
    }),
    { numRuns: 30 },
  );
});

test('a feed holds the newest entries; a change of many sections is told in short', () => {
  const long = makeRegister(Array.from({ length: 300 }, (_, index) => ({ version: `1.${index}`, effective: index })));
  const sections = Array.from({ length: 300 }, (_, index) => section(['reworded'], [`${(index % 9) + 1}.${index} T`], [`${(index % 9) + 1}.${index} T`]));
  const told = feedEntries(long, (entry) => ({ ...noticeOf(entry), compared: { with: '1.0', skipped: ['0.9'], summary: summarise(sections) } }), context);
  expect(told).toHaveLength(FEED_LENGTH);
  expect(told[0]?.id).toBe('tag:repository.ets.example,2026-10-27:cps/1.299');
  const feed = atomFeed(told, context);
  expect(feed).toContain('Chapter 1: 34 sections; Chapter 2: 34 sections');
  expect(feed.length / told.length).toBeLessThan(3000);
  expect(atomErrors(feed)).toEqual([]);
});

test('what the register says is in the language of the site, a notice in that of its text', () => {
  const told = feedEntries(register, (entry) => makeNotice({ ...noticeOf(entry), language: 'en' }), { ...context, language: 'de' });
  expect(told.map(({ language, title }) => `${language}: ${title}`)).toMatchInlineSnapshot(`
    [
      "de: Zurückgezogen: The CP, am 11. April 2026",
      "de: Berichtigung 1: The CPS, Version 1.0",
      "de: Terminänderung: The CPS, Version 1.1, nun gültig ab 2. März 2026",
      "de: Terminänderung: The CPS, Version 1.1, nun gültig ab 20. Februar 2026",
      "en: Notice of change: The CP, version 1.1, in force from 10 February 2026",
      "en: Notice of change: The CPS, version 1.1, in force from 2 March 2026",
      "en: Notice of publication: The CPS, version 1.0, in force from 2 January 2026",
    ]
  `);
  expect(atomErrors(atomFeed(told, { ...context, language: 'de' }))).toEqual([]);
});
