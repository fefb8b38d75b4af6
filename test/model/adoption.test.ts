import { describe, expect, test } from 'vitest';
import { type AdoptedEntry, type DocumentHistory, planAdoption } from '../../src/model/adoption.ts';
import { describeAdoption } from '../../src/model/adoption-report.ts';
import type { FrontMatter } from '../../src/model/document.ts';
import { inForce } from '../../src/model/in-force.ts';
import { type Sighting, versionKey } from '../../src/model/sighting.ts';
import type { Instant } from '../../src/model/time.ts';
import type { Register } from '../../src/model/version.ts';
import { appendEntries, readRegister, sha256 } from '../../src/read/register.ts';

const ZONE = 'Europe/Vienna';
const EMPTY: Register = { entries: [], last: undefined };

interface Options {
  by?: Sighting['by'];
  language?: string;
  frontMatter?: Partial<FrontMatter>;
  rows?: Record<string, string>;
}

/** A tag (or commit, or file) `name` of a day that holds the text `bytes`. */
function sighting(
  name: string,
  version: string | undefined,
  day: string,
  bytes: string | undefined,
  { by = 'tag', language = 'en', ...text }: Options = {},
): Sighting {
  const revisions = Object.entries(text.rows ?? {}).map(([row, date]) => ({
    version: row,
    printed: date,
    isEffective: true,
    date: /^\d/.test(date) ? date : undefined,
    place: { file: 'cps.md' },
  }));
  const frontMatter = text.frontMatter && ({ document: 'cps', status: 'approved', version: version ?? '', effective: day, ...text.frontMatter } as FrontMatter);
  return {
    by,
    name,
    version,
    language,
    at: `${day}T10:00:00Z` as Instant,
    origin: by === 'tag' ? 'the tagged commit' : 'the commit',
    path: 'cps.md',
    text: bytes === undefined ? undefined : { path: 'cps.md', blob: sha256(bytes).slice(0, 40), sha256: sha256(bytes), frontMatter, revisions },
  };
}

const history = (sightings: Sighting[], more: Partial<DocumentHistory> = {}): DocumentHistory => ({ document: 'cps', sightings, leftovers: [], ...more });
const plan = (histories: DocumentHistory[], register = EMPTY) => planAdoption(histories, register, ZONE);
const toRegister = (entries: readonly AdoptedEntry[], before = '') => readRegister(appendEntries(before, entries).text).register;
const short = (entries: readonly AdoptedEntry[]) =>
  entries.map((entry) => ('withdrawn' in entry ? `${entry.document} withdrawn ${entry.withdrawn}` : `${entry.document} ${entry.version} ${entry.effective}`));
const report = (...args: Parameters<typeof plan>) =>
  plan(...args).documents.flatMap((document) => [...describeAdoption(document, ZONE)].map(({ kind, subject, text }) => `${kind}: ${subject}: ${text}`));

describe('which sighting is which version', () => {
  test('tags with the same version and bytes are one version', () => {
    const found = [history([sighting('v1.0', '1.0', '2020-01-01', 'a'), sighting('v1', '1', '2020-01-02', 'a')])];
    expect(short(plan(found).entries)).toEqual(['cps 1.0 2020-01-01T10:00:00Z']);
    expect(report(found)).toMatchInlineSnapshot(`
      [
        "taken: tag v1.0: version 1.0, published 2020-01-01 11:00 (the tagged commit), effective 2020-01-01 11:00 (the tagged commit)",
        "left: tag v1: it has the same bytes as tag v1.0, which holds version 1.0 already",
      ]
    `);
  });

  test('of two tags with one version and different bytes the earlier counts', () => {
    const found = [history([sighting('v1.0', '1.0', '2020-01-01', 'a'), sighting('v1.0-fixed', '1.0', '2020-02-01', 'b')])];
    expect(plan(found).entries).toMatchObject([{ version: '1.0', files: { en: { sha256: sha256('a') } } }]);
    expect(report(found)[1]).toBe('left: tag v1.0-fixed: conflict: tag v1.0 holds version 1.0 with other bytes; the earlier one counts');
  });

  test('a tag without the file, or with the bytes of another version, is left', () => {
    const found = [
      history([sighting('v1.0', '1.0', '2020-01-01', 'a'), sighting('v1.1', '1.1', '2020-02-01', 'a'), sighting('v1.2', '1.2', '2020-03-01', undefined)]),
    ];
    expect(short(plan(found).entries)).toEqual(['cps 1.0 2020-01-01T10:00:00Z']);
    expect(report(found).slice(1)).toEqual([
      'left: tag v1.1: conflict: it has the same bytes as version 1.0 (tag v1.0)',
      'left: tag v1.2: cps.md is not in it',
    ]);
  });

  test('commits fill in what no tag names', () => {
    const commit = { by: 'commit' as const };
    const found = [
      history([
        sighting('v1.0', '1.0', '2020-01-01', 'a'),
        sighting('aaaa', '1.0', '2019-12-30', 'a', commit),
        sighting('bbbb', '1.0', '2020-01-15', 'a2', commit),
        sighting('cccc', '1.1', '2020-02-01', 'b', commit),
        sighting('dddd', '1.1', '2020-02-02', 'b2', commit),
        sighting('eeee', '1.0', '2020-02-03', 'a', commit),
        { ...sighting('ffff', undefined, '2020-02-04', 'c', commit), problem: 'its text has no field "version"' },
        sighting('0000', undefined, '2020-02-05', undefined, commit),
      ]),
    ];
    expect(short(plan(found).entries)).toEqual(['cps 1.0 2020-01-01T10:00:00Z', 'cps 1.1 2020-02-01T10:00:00Z']);
    expect(report(found)).toMatchInlineSnapshot(`
      [
        "taken: tag v1.0: version 1.0, published 2020-01-01 11:00 (the tagged commit), effective 2020-01-01 11:00 (the tagged commit)",
        "left: commit aaaa: it has the same bytes as tag v1.0, which holds version 1.0 already",
        "left: commit bbbb: tag v1.0 holds version 1.0; this commit has another text under the same number",
        "taken: commit cccc: version 1.1, published 2020-02-01 11:00 (the commit), effective 2020-02-01 11:00 (the commit)",
        "left: commit dddd: commit cccc holds version 1.1; this commit has another text under the same number",
        "left: commit eeee: it has the same bytes as tag v1.0, which holds version 1.0 already",
        "left: commit ffff: its text has no field "version"",
        "left: commit 0000: it removed cps.md",
      ]
    `);
  });

  test('a draft is no version, and the approved text that follows under its number is', () => {
    const commit = { by: 'commit' as const };
    const found = [
      history([
        sighting('aaaa', '2.0', '2020-01-01', 'draft', { ...commit, frontMatter: { status: 'draft' } }),
        sighting('bbbb', '2.0', '2020-02-01', 'approved', { ...commit, frontMatter: { effective: '2020-03-01' } }),
      ]),
    ];
    expect(short(plan(found).entries)).toEqual(['cps 2.0 2020-02-29T23:00:00Z']);
  });

  test('the languages of a version are one entry', () => {
    const found = [history([sighting('v1.0', '1.0', '2020-01-01', 'a'), sighting('v1.0', '1.0', '2020-01-01', 'ä', { language: 'de' })])];
    expect(plan(found).entries).toMatchObject([{ version: '1.0', files: { en: { sha256: sha256('a') }, de: { sha256: sha256('ä') } } }]);
  });

  test('version numbers that mean the same are the same', () => {
    expect(['2', '2.0', '2.0.0', '02-0'].map(versionKey)).toEqual(['2', '2', '2', '2']);
    expect(versionKey('1.10')).not.toBe(versionKey('1.1'));
  });
});

describe('effective dates', () => {
  const rows = { '1.0': '2020-01-10', '1.1': '2020-02-10' };
  const dates = { file: 'dates.yaml', dates: new Map([['1.0', '2020-01-20']]) };

  test.each([
    ['front matter first', { frontMatter: { effective: '2020-01-30' }, rows }, { dates }, '2020-01-29T23:00:00Z'],
    ['then the file of dates', { rows }, { dates }, '2020-01-19T23:00:00Z'],
    ['then the table of its own text', { rows }, {}, '2020-01-09T23:00:00Z'],
    ['then the table of the newest later text', {}, {}, '2020-01-11T23:00:00Z'],
  ])('%s', (_name, text, more, effective) => {
    const later = [
      sighting('v1.1', '1.1', '2020-02-01', 'b', { rows: { '1.0': '2020-01-11' } }),
      sighting('v1.2', '1.2', '2020-03-01', 'c', { rows: { '1.0': '2020-01-12' } }),
    ];
    const [entry] = plan([history([sighting('v1.0', '1.0', '2020-01-01', 'a', text), ...later], more)]).entries;
    expect(entry).toMatchObject({ version: '1.0', effective });
  });

  test('every source that says another day is reported', () => {
    const found = [
      history(
        [
          sighting('v1.0', '1.0', '2020-01-01', 'a', { frontMatter: { effective: '2020-01-30' }, rows }),
          sighting('v1.1', '1.1', '2020-02-10', 'b', { rows: { ...rows, '1.0': '2020-01-11' } }),
        ],
        { dates },
      ),
    ];
    expect(report(found)).toMatchInlineSnapshot(`
      [
        "taken: tag v1.0: version 1.0, published 2020-01-01 11:00 (the tagged commit), effective 2020-01-30 (its front matter), 29 days after the tagged commit",
        "taken: tag v1.1: version 1.1, published 2020-02-10 11:00 (the tagged commit), effective 2020-02-10 (the revision table of its own text)",
        "note: version 1.0: Effective 2020-01-20 by dates.yaml, but 2020-01-30 by its front matter, which counts.",
        "note: version 1.0: Effective 2020-01-10 by the revision table of its own text, but 2020-01-30 by its front matter, which counts.",
        "note: version 1.0: Effective 2020-01-11 by the revision table of version 1.1, but 2020-01-30 by its front matter, which counts.",
      ]
    `);
  });

  test('the note of an entry says where its dates come from', () => {
    const { entries } = plan([history([sighting('v1.1', '1.1', '2020-02-01', 'b', { rows })])]);
    expect(entries.map(({ note }) => note)).toEqual([
      'Named by the revision table of version 1.1, from which both dates come; the text is not held.',
      'Effective date from the revision table of its own text; publication date from the tagged commit (v1.1).',
    ]);
  });

  test('a text that calls itself another version is reported', () => {
    const found = [history([sighting('v1.1', '1.1', '2020-02-01', 'b', { frontMatter: { version: '1.0' } })])];
    expect(report(found)[1]).toBe('note: version 1.1: Its text calls itself version 1.0; tag v1.1 counts.');
  });
});

describe('versions known by name', () => {
  test('a version that only a table or the file of dates names is registered without text', () => {
    const dates = { file: 'dates.yaml', dates: new Map([['0.9', '2018-01-01']]) };
    const { entries } = plan([history([sighting('v1.1', '1.1', '2020-02-01', 'b', { rows: { '1.0': '2019-01-01', '1.1': '2020-02-01' } })], { dates })]);
    expect(short(entries)).toEqual(['cps 0.9 2017-12-31T23:00:00Z', 'cps 1.0 2018-12-31T23:00:00Z', 'cps 1.1 2020-01-31T23:00:00Z']);
    expect(entries[0]).toMatchObject({ files: {}, published: '2017-12-31T23:00:00Z' });
  });

  test('without a date that can be read it is left, and reported', () => {
    const found = [history([sighting('v1.1', '1.1', '2020-02-01', 'b', { rows: { '1.0': 'early 2019', '1.1': '2020-02-01' } })])];
    expect(short(plan(found).entries)).toEqual(['cps 1.1 2020-01-31T23:00:00Z']);
    expect(report(found).at(-1)).toBe(
      'note: version 1.0: The revision table of version 1.1 dates it "early 2019", which cannot be read. Give the date in a file of dates.',
    );
  });

  test('dates that go backwards keep the order of versions, and intervals hold', () => {
    const found = [
      history([sighting('v1.3', '1.3', '2020-04-01', 'd', { rows: { '1.0': '2020-01-01', '1.1': '2020-03-15', '1.2': '2020-02-01', '1.3': '2020-04-01' } })]),
    ];
    const register = toRegister(plan(found).entries);
    const at = (day: string) => inForce(register, 'cps', `${day}T12:00:00Z` as Instant).version?.entry.version;
    expect(['2020-01-15', '2020-02-15', '2020-03-20', '2020-04-01'].map(at)).toEqual(['1.0', '1.2', '1.2', '1.3']);
    expect(report(found).at(-1)).toBe('note: version 1.1: By these dates it never is in force: version 1.2 takes effect before it.');
  });
});

describe('a document that another one continues', () => {
  const cps = (more: Sighting[] = [], leftovers: Sighting[] = []) =>
    history([sighting('cps-1.0', '1.0', '2020-01-01', 'a'), ...more], { continuedBy: 'cp-cps', leftovers });
  const both = { ...history([sighting('v2.0', '2.0', '2021-06-01', 'z'), sighting('v2.1', '2.1', '2021-09-01', 'y')]), document: 'cp-cps' };

  test('is withdrawn when that one takes effect', () => {
    const { entries } = plan([cps(), both]);
    expect(short(entries)).toEqual([
      'cps 1.0 2020-01-01T10:00:00Z',
      'cp-cps 2.0 2021-06-01T10:00:00Z',
      'cps withdrawn 2021-06-01T10:00:00Z',
      'cp-cps 2.1 2021-09-01T10:00:00Z',
    ]);
    expect(entries[2]).toMatchObject({ continuedBy: 'cp-cps', reason: 'Version 2.0 of cp-cps took its place.' });
    expect(inForce(toRegister(entries), 'cps', '2022-01-01T00:00:00Z' as Instant).reason?.kind).toBe('withdrawn');
  });

  test('has no version from a later commit, and none in force from a later tag', () => {
    const found = [cps([sighting('aaaa', '1.2', '2021-07-01', 'c', { by: 'commit' }), sighting('cps-1.1', '1.1', '2021-07-02', 'b')]), both];
    expect(short(plan(found).entries).filter((entry) => entry.startsWith('cps'))).toEqual([
      'cps 1.0 2020-01-01T10:00:00Z',
      'cps 1.1 2021-07-02T10:00:00Z',
      'cps withdrawn 2021-06-01T10:00:00Z',
    ]);
    expect(report(found)).toContain('left: commit aaaa: cp-cps had taken over by then');
    expect(report(found)).toContain('note: version 1.1: By these dates it never is in force: the withdrawal takes effect before it.');
  });

  test('a tag that still holds its file is reported, with what its table names', () => {
    const late = sighting('v2.0', undefined, '2021-06-01', 'late', { rows: { '1.0': '2020-01-01', '1.5': '2020-09-01' } });
    expect(report([cps([], [late, { ...late, name: 'v2.1' }]), both])).toContain(
      'note: tag v2.0 and 1 more: After cp-cps took over on 2021-06-01 12:00 cps.md is still there, with a text that no version has. Its revision table names versions that nothing else does, which were not adopted: 1.5 (2020-09-01). To have them known by name, list them in a file of dates.',
    );
  });

  test('keeps running where nothing is known of the other, which is refused', () => {
    const { documents, entries } = plan([cps()]);
    expect(short(entries)).toEqual(['cps 1.0 2020-01-01T10:00:00Z']);
    expect(documents[0]?.refused.withdrawal).toBe('No version of cp-cps is known, so nothing says when it took over. Adopt cp-cps as well, or before.');
  });
});

describe('a register that has entries', () => {
  const found = [history([sighting('v1.0', '1.0', '2020-01-01', 'a'), sighting('v1.1', '1.1', '2020-02-01', 'b'), sighting('v1.2', '1.2', '2020-03-01', 'c')])];
  const { entries } = plan(found);

  test('gets only newer versions', () => {
    const register = toRegister(entries.slice(0, 2));
    expect(short(plan(found, register).entries)).toEqual(['cps 1.2 2020-03-01T10:00:00Z']);
    expect(report(found, register)[0]).toBe('left: tag v1.0: version 1.0 is registered already');
  });

  test('is not touched where a version would have to stand before one that is there', () => {
    const { entries: none, documents } = plan(found, toRegister(entries.slice(1, 2)));
    expect(none).toEqual([]);
    expect(documents[0]?.refused.entries).toBe(
      'Version 1.1 is registered, and 1.0 is older. Entries are only appended, and one that is appended ends all before it: adopt into an empty register.',
    );
  });

  test('says so where it holds other bytes or another date', () => {
    const other = [history([sighting('v1.0', '1.0', '2020-01-05', 'changed')])];
    expect(report(other, toRegister(entries))).toEqual([
      'left: tag v1.0: version 1.0 is registered already with other bytes',
      'note: version 1.0: It is registered as effective from 2020-01-01 11:00; the tagged commit says 2020-01-05 11:00. Entries are never edited.',
    ]);
  });

  test('gets only the withdrawal where all versions are there', () => {
    const both = { ...history([sighting('v2.0', '2.0', '2021-06-01', 'z')]), document: 'cp-cps' };
    const continued = found.map((one) => ({ ...one, continuedBy: 'cp-cps' }));
    const first = plan([...found, both]).entries;
    const second = plan(continued, toRegister(first)).entries;
    expect(short(second)).toEqual(['cps withdrawn 2021-06-01T10:00:00Z']);
    const text = appendEntries(appendEntries('', first).text, second).text;
    expect(plan(continued, readRegister(text).register).entries).toEqual([]);
  });

  test('brings no withdrawn document back', () => {
    const withdrawn = toRegister([
      ...entries.slice(0, 1),
      { document: 'cps', withdrawn: '2020-01-15T00:00:00Z', published: '2020-01-10T00:00:00Z', reason: 'End.' },
    ]);
    expect(plan(found, withdrawn).documents[0]?.refused.entries).toBe('cps is registered as withdrawn, so that version 1.1 would bring it back.');
  });
});

test('nothing found is refused', () => {
  expect(plan([history([])]).documents[0]?.refused.entries).toBe('No tag, file or commit fits what was asked for.');
  expect(plan([history([sighting('v1.0', '1.0', '2020-01-01', undefined)])]).documents[0]?.refused.entries).toBe('None of these holds a version.');
});

test('names from outside cannot write to a terminal', () => {
  const found = [history([sighting('v1\u009b31m', '1', '2020-01-01', 'a'), sighting('v1\u202e', '1', '2020-01-01', 'a')])];
  expect([...report(found), ...plan(found).entries.map(({ note }) => note)].join('\n')).not.toMatch(/\p{Cc}(?<!\n)|\p{Cf}/u);
});

test('what no valid entry can be made of is reported and not written', () => {
  const odd = { ...sighting('v1.0', '1.0', '2020-01-01', 'a'), path: 'archive\\\\v1.md' };
  const text = odd.text && { ...odd.text, path: odd.path };
  const rows = { [`0.${'1'.repeat(50)}`]: '2019-01-01' };
  const found = [history([{ ...odd, text }, sighting('v1.1', '1.1', '2020-02-01', 'b', { rows })])];
  const { entries } = plan(found);
  expect(short(entries)).toEqual(['cps 1.1 2020-02-01T10:00:00Z']);
  expect(report(found).filter((line) => line.includes('No entry can be made'))).toHaveLength(2);
  expect(report(found)[0]).toBe('left: tag v1.0: no entry can be made of it');
  expect(toRegister(entries).entries).toHaveLength(1);
});
