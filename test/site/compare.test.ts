import { describe, expect, test } from 'vitest';
import { FrontMatter } from '../../src/model/document.ts';
import type { PublishedText } from '../../src/model/published-text.ts';
import { chooseVersions, isNotice, readChoice, readQuestion, writeQuestion } from '../../src/site/compare.ts';
import { comparePublished } from '../../src/site/compare-texts.ts';
import type { ComparableVersion } from '../../src/site/page.ts';
import { day } from '../helpers/register.ts';

const when = (instant: string) => ({ instant, text: instant.slice(0, 10) });

/** A version in force from one day to another; `languages` of its texts in Markdown. */
function version(number: string, from: number, until: number | undefined, languages: readonly string[] = ['en'], missing?: 'not-held'): ComparableVersion {
  return {
    version: number,
    from: when(day(from)),
    until: until === undefined ? undefined : when(day(until)),
    texts: languages.map((language) => ({
      language,
      page: `/pds/${number}/`,
      data: `/pds/${number}/pds-${number}.${language}.json`,
      notice: `/pds/${number}/changes/`,
    })),
    missing: languages.length > 0 ? undefined : (missing ?? 'kept-as-file'),
    notice: `/pds/${number}/changes/`,
  };
}

/** Newest first, as the page has them. */
const versions = [
  version('2.2', 40, undefined, ['en', 'de']),
  version('2.1', 30, 40, ['de', 'en']),
  version('2.0', 20, 30, ['en']),
  version('1.1', 10, 20, [], 'not-held'),
  version('1.0', 5, 10, []),
  version('0.9', 1, 5, ['fr']),
];
const nothing = { from: undefined, to: undefined, language: undefined };

describe('the question in an address', () => {
  test.each([
    ['?from=2.0&to=2.3&lang=de', { from: '2.0', to: '2.3', language: 'de' }],
    ['?to=%202.3%20', { from: undefined, to: '2.3', language: undefined }],
    ['?from=&to=', nothing],
    ['', nothing],
  ])('%s', (query, question) => {
    expect(readQuestion(query)).toEqual(question);
  });

  test('is what was chosen, with the language only where there are several', () => {
    const write = (from: string, to: string, language?: string) => {
      const { choice } = readChoice(versions, { from, to, language });
      return choice && writeQuestion(choice);
    };
    expect(write('2.0', '2.2')).toBe('?from=2.0&to=2.2&lang=en');
    expect(write('2.1', '2.2', 'de')).toBe('?from=2.1&to=2.2&lang=de');
    const single = [version('2', 2, undefined), version('1', 1, 2)];
    const { choice } = readChoice(single, { from: '1', to: '2', language: undefined });
    expect(choice && writeQuestion(choice)).toBe('?from=1&to=2');
  });
});

describe('the versions to begin with', () => {
  test.each([
    ['what is in force, against the one before', {}, 45, ['2.1', '2.2']],
    ['what is to come, against what is in force', {}, 35, ['2.1', '2.2']],
    ['the newest two, while what is in force has no text', {}, 15, ['2.1', '2.2']],
    ['both as asked', { from: '2.2', to: '2.0' }, 45, ['2.2', '2.0']],
    ['from one to what is in force', { from: '2.0' }, 35, ['2.0', '2.1']],
    ['from what is in force to what is newest', { from: '2.1' }, 35, ['2.1', '2.2']],
    ['from what is in force and newest to the one before', { from: '2.2' }, 45, ['2.2', '2.1']],
    ['the one before, where only the newer one is asked', { to: '2.1' }, 45, ['2.0', '2.1']],
    ['versions without a text are passed over', { to: '2.0' }, 45, ['0.9', '2.0']],
    ['the first of all has none before it', { to: '0.9' }, 45, ['2.2', '0.9']],
    ['what is not known is left out', { from: '7.0', to: '2.1' }, 45, ['2.0', '2.1']],
  ])('%s', (_, asked, at, expected) => {
    expect(chooseVersions(versions, { ...nothing, ...asked }, day(at))).toEqual(expected);
  });

  test('on the first day of the first version it is that one against the next', () => {
    expect(chooseVersions(versions, nothing, day(2))).toEqual(['0.9', '2.2']);
  });

  test('there are none where fewer than two have a text', () => {
    expect(chooseVersions([version('2', 2, undefined), version('1', 1, 2, [])], nothing, day(3))).toBeUndefined();
    expect(chooseVersions([], nothing, day(3))).toBeUndefined();
  });
});

describe('a choice', () => {
  const problemOf = (from: string | undefined, to: string | undefined, language?: string) => readChoice(versions, { from, to, language }).problem;

  test('is refused with the reason', () => {
    expect(problemOf('7.0', '2.2')).toEqual({ kind: 'unknown', typed: '7.0' });
    expect(problemOf('2.2', '<b>')).toEqual({ kind: 'unknown', typed: '<b>' });
    expect(problemOf('1.1', '2.2')).toMatchObject({ kind: 'no-text', version: { version: '1.1', missing: 'not-held' } });
    expect(problemOf('2.2', '1.0')).toMatchObject({ kind: 'no-text', version: { version: '1.0', missing: 'kept-as-file' } });
    expect(problemOf('2.2', '2.2')).toEqual({ kind: 'same-version', version: '2.2' });
    expect(problemOf('2.2', undefined)).toEqual({ kind: 'no-versions' });
    expect(problemOf('2.0', '2.2', 'de')).toEqual({ kind: 'no-language', shared: ['en'] });
    expect(problemOf('0.9', '2.2')).toEqual({ kind: 'no-language', shared: [] });
  });

  test('is in the language that was asked for, else in the newer text’s first that both have', () => {
    expect(readChoice(versions, { from: '2.1', to: '2.2', language: 'de' }).choice?.language).toBe('de');
    expect(readChoice(versions, { from: '2.1', to: '2.2', language: undefined }).choice?.language).toBe('en');
    expect(readChoice(versions, { from: '2.2', to: '2.1', language: undefined }).choice?.language).toBe('de');
  });

  test('of neighbours is what the notice of the newer one is about, in either language', () => {
    const about = (from: string, to: string, language?: string) => {
      const { choice } = readChoice(versions, { from, to, language });
      return choice && isNotice(versions, choice);
    };
    expect(about('2.1', '2.2')).toBe(true);
    expect(about('2.1', '2.2', 'de')).toBe(true);
    expect(about('2.2', '2.1')).toBe(false);
    expect(about('2.0', '2.2')).toBe(false);
  });
});

describe('an answer', () => {
  const text = (version: string, words: string, more: Partial<PublishedText> = {}): PublishedText => ({
    document: 'cps',
    version,
    language: 'en',
    title: 'Practice statement',
    sha256: version.padEnd(64, '0'),
    declared: undefined,
    sections: [
      {
        number: '4.9',
        title: 'Revocation',
        anchor: '4.9',
        level: 2,
        heading: { text: '4.9 Revocation' },
        blocks: [{ kind: 'paragraph', depth: 0, text: words }],
      },
    ],
    ...more,
  });
  const context = { before: '/cps/1/', after: '/cps/2/', notice: true };

  test('says how far the change reaches and why, and links both texts', () => {
    const answer = comparePublished(text('1', 'It is revoked within 24 hours.'), text('2', 'It is revoked within 12 hours.'), context);
    expect(answer).toMatchObject({ identical: false, sections: 1, counts: { added: 1, removed: 1, places: 1 }, declarations: [] });
    expect(answer.significance).toEqual({
      kind: 'material',
      sentence: 'Material change, going by what differs between the two texts.',
      reasons: ['number: 24 → 12 (in 4.9 Revocation)'],
    });
    expect(answer.list).toContain('href="#4.9"');
    const html = answer.parts.join('');
    expect(html).toContain('id="4.9"');
    expect(html).toContain('href="/cps/1/#4.9"');
    expect(html).toContain('href="/cps/2/#4.9"');
  });

  test('has the author’s own judgement where it is about the same two versions', () => {
    const declared = (policies: string) =>
      FrontMatter.parse({
        document: 'cps',
        type: 'CPS',
        title: 'Practice statement',
        language: 'en',
        version: '2',
        status: 'approved',
        effective: '2026-02-01',
        significance: { kind: 'minor', reason: 'The time was never longer.' },
        policies: [{ oid: policies, name: 'Signatures' }],
      });
    const before = text('1', 'It is revoked within 24 hours.', { declared: declared('1.2.3') });
    const after = text('2', 'It is revoked within 12 hours.', { declared: declared('1.2.4') });
    const answer = comparePublished(before, after, context);
    expect(answer.significance.kind).toBe('minor');
    expect(answer.significance.sentence).toContain('The time was never longer.');
    expect(answer.declarations).toEqual(['policy added: 1.2.4 (Signatures)', 'policy removed: 1.2.3 (Signatures)']);
    expect(comparePublished(before, after, { ...context, notice: false }).significance.kind).toBe('material');
  });

  test('of the same bytes is that they are the same', () => {
    const same = text('1', 'It is revoked.');
    expect(comparePublished(same, same, context)).toMatchObject({ identical: true, sections: 0, counts: { added: 0, removed: 0, places: 0 } });
  });

  test('keeps markup in a text as text', () => {
    const { parts, list } = comparePublished(text('1', 'Before.'), text('2', '<img src=x onerror=alert(1)>', { title: '<b>' }), context);
    expect(parts.join('') + list).not.toMatch(/<img|<b>/);
    expect(parts.join('')).toContain('&lt;img');
  });
});
