import { describe, expect, test } from 'vitest';
import { Config } from '../../src/model/config.ts';
import { type Deadline, daysLeft, deadlineTexts, listDeadlines } from '../../src/model/deadline.ts';
import { deadlineWords, explainDeadline } from '../../src/model/deadline-words.ts';
import type { PlainText } from '../../src/model/plain-text.ts';
import { readStatedDates } from '../../src/model/stated-date.ts';
import type { Instant } from '../../src/model/time.ts';
import type { Register, VersionEntry } from '../../src/model/version.ts';
import { day, makeRegister, type Sketch } from '../helpers/register.ts';

const files = { en: 'policies/cps.md' };
const base = { name: 'Example', site: 'https://repository.example.org', timeZone: 'UTC' };

function list(sketches: readonly Sketch[], options: Record<string, unknown> = {}, texts: Record<string, Record<string, PlainText>> = {}) {
  const { register, byDigest } = withTexts(makeRegister(sketches), texts);
  return listDeadlines({
    config: Config.parse({ ...base, ...options }),
    register,
    facts: new Map(),
    stated: new Map([...byDigest].map(([digest, text]) => [digest, readStatedDates(text)])),
  });
}

/** Gives each file a digest of its own; `texts` are by version and language. */
function withTexts(register: Register, texts: Record<string, Record<string, PlainText>>) {
  const byDigest = new Map<string, PlainText>();
  const entries = register.entries.map((entry) => {
    if (entry.kind !== 'version') return entry;
    const named = Object.entries(entry.files).map(([language, file]) => {
      const sha256 = `${entry.document} ${entry.version} ${language}`;
      const text = texts[entry.version]?.[language];
      if (text) byDigest.set(sha256, text);
      return [language, { ...file, sha256 }] as const;
    });
    return { ...entry, files: Object.fromEntries(named) } satisfies VersionEntry;
  });
  return { register: { ...register, entries }, byDigest };
}

const show = (deadlines: readonly Deadline[]) => deadlines.map(({ date, kind, document, version }) => `${date} ${kind} ${document} ${version}`);
const of = (kind: string, deadlines: readonly Deadline[]) => show(deadlines.filter((deadline) => deadline.kind.startsWith(kind)));

const text = (...paragraphs: string[]): PlainText => ({
  sections: paragraphs.map((words, index) => ({
    number: `1.${index + 1}`,
    title: 'Title',
    anchor: `1.${index + 1}`,
    level: 2,
    heading: { text: 'Title' },
    blocks: [{ kind: 'paragraph', depth: 0, text: words }],
  })),
});

describe('effective dates', () => {
  test('are those after reschedulings, of all versions that come into force, oldest first', () => {
    const sketches: Sketch[] = [
      { version: '1.0', effective: 10, published: 5 },
      { version: '1.1', effective: 20, published: 15 },
      { version: '1.2', effective: 40, published: 30 },
      { version: '1.2', rescheduled: 60, published: 35 },
      { version: '1.3', effective: 90, published: 70 },
      { version: '1.4', effective: 80, published: 75 },
      { version: '1.0', effective: 25, published: 5, document: 'terms' },
    ];
    expect(of('effective', list(sketches))).toEqual([
      '2026-01-11 effective cps 1.0',
      '2026-01-21 effective cps 1.1',
      '2026-01-26 effective terms 1.0',
      '2026-03-02 effective cps 1.2',
      '2026-03-22 effective cps 1.4',
    ]);
    expect(list(sketches).find(({ version, kind }) => version === '1.2' && kind === 'effective')?.since).toBe(day(35));
  });

  test('have the day of the time zone', () => {
    const [first] = list([{ version: '1.0', effective: 10 }], { timeZone: 'America/New_York' });
    expect([first?.at, first?.date]).toEqual(['2026-01-11T00:00:00Z', '2026-01-10']);
  });
});

describe('the end of the notice period', () => {
  const sketches: Sketch[] = [
    { version: '1.0', effective: 10, published: 5, files },
    { version: '1.1', effective: 40, published: 15, files },
    { version: '1.2', effective: 60, published: 30 },
  ];

  test('is told of what is in force or to come, but not of a first version and one that is known by name', () => {
    expect(of('notice', list(sketches, { noticePeriodDays: '14' }))).toEqual(['2026-01-30 notice-period-ends cps 1.1']);
    expect(list(sketches, { noticePeriodDays: '14' }).find(({ kind }) => kind === 'notice-period-ends')?.at).toBe(day(29));
    expect(of('notice', list(sketches.slice(0, 1), { noticePeriodDays: '14' }))).toEqual([]);
  });

  test('is not told where there is none, or of what has ended', () => {
    expect(of('notice', list(sketches))).toEqual([]);
    expect(of('notice', list([...sketches, { version: '2.0', effective: 100, published: 80 }], { noticePeriodDays: '14' }))).toEqual([]);
  });
});

describe('the yearly review', () => {
  const one: Sketch = { version: '1.0', effective: 10, published: 0 };

  test('counts from the publication of the last version', () => {
    expect(of('review', list([one]))).toEqual(['2026-12-02 review-near cps 1.0', '2027-01-01 review-due cps 1.0']);
    expect(of('review', list([one, { version: '1.1', effective: 200, published: 100 }]))).toEqual([
      '2027-03-12 review-near cps 1.1',
      '2027-04-11 review-due cps 1.1',
    ]);
    expect(of('review', list([one], { reviewDays: '400' }))).toEqual(['2027-01-06 review-near cps 1.0', '2027-02-05 review-due cps 1.0']);
    expect(of('review', list([one], { reviewDays: '30' }))).toEqual(['2026-01-31 review-due cps 1.0']);
  });

  test('is asked for a CP, CPS and CP-CPS, by type where it is known', () => {
    const documents = (type: string) => [{ id: 'statement', type, title: 'Statement', file: 'a.md' }];
    const sketches: Sketch[] = ['cp', 'cp-cps', 'terms', 'statement'].map((document) => ({ ...one, document }));
    const asked = (options: object) => list(sketches, { ...options }).filter(({ kind }) => kind === 'review-due');
    expect(asked({}).map(({ document }) => document)).toEqual(['cp', 'cp-cps']);
    expect(asked({ documents: documents('CPS') }).map(({ document }) => document)).toEqual(['cp', 'cp-cps', 'statement']);
    expect(asked({ documents: documents('PDS') }).map(({ document }) => document)).toEqual(['cp', 'cp-cps']);
  });

  test('ends with the document', () => {
    expect(of('review', list([one, { withdrawn: 300 }]))).toEqual([]);
    expect(of('review', list([one, { withdrawn: 365 }]))).toEqual([]);
    expect(of('review', list([one, { withdrawn: 366 }]))).toEqual(['2026-12-02 review-near cps 1.0', '2027-01-01 review-due cps 1.0']);
    expect(of('review', list([one], { reviewDays: '0' }))).toEqual([]);
  });
});

describe('root programmes', () => {
  const sketches: Sketch[] = [
    { version: '1.0', effective: 10, published: 0 },
    { version: '1.1', effective: 50, published: 40 },
    { version: '1.0', effective: 10, published: 0, document: 'terms' },
  ];

  test('have 7 and 14 days from the effective date of a CP or CPS', () => {
    expect(of('root', list(sketches, { rootProgrammes: ['mozilla', 'chrome'] }))).toEqual([
      '2026-01-18 root-programme-update cps 1.0',
      '2026-01-25 root-programme-limit cps 1.0',
      '2026-02-27 root-programme-update cps 1.1',
      '2026-03-06 root-programme-limit cps 1.1',
    ]);
  });

  test('are none where the repository names none', () => {
    expect(of('root', list(sketches))).toEqual([]);
  });
});

describe('dates that a text names', () => {
  const sketches: Sketch[] = [
    { version: '1.0', effective: 10, published: 0, files },
    { version: '1.1', effective: 50, published: 40, files: { ...files, de: 'policies/cps.de.md' } },
  ];

  test('lie after its publication, before its end, and are not its own', () => {
    const words = 'From 2025-12-31, 2026-01-01, 2026-01-11, 2026-01-12, 2026-02-19 and 2026-02-20 on.';
    const stated = list(sketches, {}, { '1.0': { en: text(words) } }).filter(({ kind }) => kind === 'stated-date');
    expect(show(stated)).toEqual(['2026-01-12 stated-date cps 1.0', '2026-02-19 stated-date cps 1.0']);
    expect(stated[0]).toEqual({
      kind: 'stated-date',
      at: '2026-01-12T00:00:00Z',
      date: '2026-01-12',
      document: 'cps',
      version: '1.0',
      since: '2026-01-01T00:00:00Z',
      section: { number: '1.1', title: 'Title', anchor: '1.1' },
      words,
    });
  });

  test('do not count a day that was moved', () => {
    const moved: Sketch[] = [...sketches, { version: '1.1', rescheduled: 60, published: 45 }];
    expect(of('stated', list(moved, {}, { '1.1': { en: text('On 2026-02-20, 2026-02-21 and 2026-03-02.') } }))).toEqual(['2026-02-21 stated-date cps 1.1']);
  });

  test('are told each once in each sentence, and of several languages in the first', () => {
    const en = text('On 2026-03-05 and 2026-03-05. On 2026-03-05 too.', 'On 2026-03-05.');
    const german = text('Am 5.3.2026.', 'Am 5.3.2026 und am 6.3.2026.');
    const stated = list(sketches, { languages: ['en', 'de'] }, { '1.1': { en, de: german } }).filter(({ kind }) => kind === 'stated-date');
    expect(stated.map(({ date, section, words }) => [date, section?.number, words])).toEqual([
      ['2026-03-05', '1.1', 'On 2026-03-05 and 2026-03-05.'],
      ['2026-03-05', '1.1', 'On 2026-03-05 too.'],
      ['2026-03-05', '1.2', 'On 2026-03-05.'],
      ['2026-03-06', '1.2', 'Am 5.3.2026 und am 6.3.2026.'],
    ]);
    const first = list(sketches, { languages: ['de', 'en'] }, { '1.1': { en, de: german } }).find(({ kind }) => kind === 'stated-date');
    expect(first?.words).toBe('Am 5.3.2026.');
  });

  test('are read of the versions in force and to come', () => {
    const { register } = withTexts(makeRegister([...sketches, { version: '1.2', effective: 90, published: 80, files }]), {});
    expect(deadlineTexts(register).map(({ sha256 }) => sha256)).toEqual(['cps 1.1 en', 'cps 1.1 de', 'cps 1.2 en']);
  });
});

test('what lies beyond the calendar is left out', () => {
  const register = makeRegister([{ version: '1.0', effective: 10, files }]);
  const entries = register.entries.map((entry) => ({ ...entry, published: '9999-12-30T00:00:00Z', effective: '9999-12-31T23:00:00Z' }) as VersionEntry);
  const config = Config.parse({ ...base, timeZone: 'Asia/Tokyo', noticePeriodDays: '9999', rootProgrammes: ['apple'] });
  expect(
    listDeadlines({
      config,
      register: { ...register, entries: [...entries, { ...(entries[0] as VersionEntry), version: '1.1' }] },
      facts: new Map(),
      stated: new Map(),
    }),
  ).toEqual([]);
});

test('days are counted by the calendar of the zone', () => {
  const zone = 'Europe/Vienna';
  const left = (now: string, date: string) => daysLeft({ date }, now as Instant, zone);
  expect(left('2026-11-23T22:59:59Z', '2026-11-24')).toBe(1);
  expect(left('2026-11-23T23:00:00Z', '2026-11-24')).toBe(0);
  expect(left('2026-11-25T12:00:00Z', '2026-11-24')).toBe(-1);
  expect(left('2026-03-28T12:00:00Z', '2026-03-30')).toBe(2);
  expect(left('2026-10-24T12:00:00Z', '2026-10-26')).toBe(2);
});

describe('words', () => {
  const options = { noticePeriodDays: '14', rootProgrammes: ['mozilla'] };
  const sketches: Sketch[] = [
    { version: '1.0', effective: 10, published: 0, files },
    { version: '1.1', effective: 50, published: 40, files },
  ];
  const deadlines = list(sketches, options, { '1.1': { en: text('On 2026-03-05 it ends.') } }).filter(({ version }) => version === '1.1');

  test('say what is due, before and after', () => {
    const now = '2026-03-06T12:00:00Z' as Instant;
    expect(deadlines.map((deadline) => explainDeadline(deadline, daysLeft(deadline, now, 'UTC')))).toMatchInlineSnapshot(`
      [
        "cps 1.1 took effect on 2026-02-20, 14 days ago.",
        "The notice period of cps 1.1 ended on 2026-02-24, 10 days ago.",
        "cps 1.1 should have been submitted to the CCADB by 2026-02-27, 7 days ago.",
        "cps 1.1 names 2026-03-05 in section 1.1, yesterday: “On 2026-03-05 it ends.”",
        "cps 1.1 must be submitted to the CCADB by 2026-03-06, today.",
        "The yearly review of cps, whose last version is 1.1, is to begin by 2027-01-11, in 311 days.",
        "A new version of cps, whose last version is 1.1, is due by 2027-02-10, in 341 days.",
      ]
    `);
    expect(deadlines.map((deadline) => explainDeadline(deadline, 1)).slice(0, 4)).toMatchInlineSnapshot(`
      [
        "cps 1.1 takes effect on 2026-02-20, tomorrow.",
        "The notice period of cps 1.1 ends on 2026-02-24, tomorrow.",
        "cps 1.1 should be submitted to the CCADB by 2026-02-27, tomorrow.",
        "cps 1.1 names 2026-03-05 in section 1.1, tomorrow: “On 2026-03-05 it ends.”",
      ]
    `);
  });

  test('are there in English and German, and in English for other languages', () => {
    const summaries = (language: string) => deadlines.map((deadline) => deadlineWords(language).summary(deadline, 'CPS'));
    expect(summaries('de-AT')).toMatchInlineSnapshot(`
      [
        "CPS 1.1 tritt in Kraft",
        "CPS 1.1: Die Ankündigungsfrist endet",
        "CPS 1.1 soll in der CCADB stehen",
        "CPS 1.1 nennt diesen Tag in Abschnitt 1.1",
        "CPS 1.1 muss in der CCADB stehen",
        "CPS: Die jährliche Überprüfung beginnt (letzte Version 1.1)",
        "CPS: Eine neue Version ist fällig (letzte Version 1.1)",
      ]
    `);
    expect(summaries('fr')).toEqual(summaries('en'));
    for (const { kind } of deadlines) expect(deadlineWords('de').advice(kind)).not.toBe(deadlineWords('en').advice(kind));
  });
});
