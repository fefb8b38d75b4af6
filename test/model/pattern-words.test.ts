import { expect, test } from 'vitest';
import { assertionsOf } from '../../src/model/assertion.ts';
import { findNeededWords, foldCase, mayMatch } from '../../src/model/pattern-words.ts';
import { toInstant } from '../../src/model/time.ts';
import { compileStatements } from '../../src/read/statements.ts';
import { openWorkspace } from '../../src/read/workspace.ts';

const words = (pattern: string) => findNeededWords(pattern)?.toSorted();

test('each match of a pattern has one of its words', () => {
  expect(words('certificate')).toEqual(['certificate']);
  expect(words('\\bCertificates?\\b')).toEqual(['certificate']);
  expect(words('held|managed')).toEqual(['held', 'managed']);
  expect(words('(?:held|managed) by')).toEqual(['held by', 'managed by']);
  expect(words('requires? (?:an?|the) device')).toEqual([
    'require a device',
    'require an device',
    'require the device',
    'requires a device',
    'requires an device',
    'requires the device',
  ]);
  expect(words('gr[ae]y')).toEqual(['gray', 'grey']);
  expect(words('(?:of )+policy')).toEqual(['policy']);
  expect(words('\\u0041\\.B')).toEqual(['a.b']);
});

test('what may be left out, and what is only looked at, is none of them', () => {
  expect(words('(?:key )?(?=word)no(?! longer)')).toEqual(['no']);
  expect(words('a(?:long){0,2}bc')).toEqual(['bc']);
  expect(words('ab(?:long)*[^x]yz')).toEqual(['ab']);
  expect(words('(?<!very )short|(?:long){2}')).toEqual(['long', 'short']);
  expect(words('(?<name>key)\\k<name>')).toEqual(['key']);
});

test.each(['.', '\\d+', 'a|bc', '[a-z]+', '(?:key)?', '\\p{L}+', '', 'a?b?', '(', ')a', '@|word', '(?:word|.)'])('nothing is known of "%s"', (pattern) => {
  expect(findNeededWords(pattern)).toBeUndefined();
});

test('case is folded as patterns fold it', () => {
  expect(mayMatch(findNeededWords('Schlüssel'), foldCase('DER SCHLÜSSEL'))).toBe(true);
  expect(/keys/iu.test('\u212aey\u017f')).toBe(true);
  expect(mayMatch(findNeededWords('keys'), foldCase('\u212aey\u017f'))).toBe(true);
});

test('in the example’s texts no pattern of a statement matches without one of its words', async () => {
  const ROOT = new URL('../../', import.meta.url);
  const { workspace } = await openWorkspace(ROOT, { now: toInstant(new Date('2026-11-23T10:00:00Z')), purpose: 'check' });
  const { needed, words: common } = await compileStatements();
  let matches = 0;
  for (const [language, patterns] of Object.entries(needed)) {
    const texts = workspace.drafts.filter((draft) => draft.language === language).flatMap(({ sections }) => sections.flatMap(assertionsOf));
    const sentences = texts.map(({ own, lead }) => `${lead} ${own}`);
    for (const [pattern, list] of Object.entries(patterns)) {
      const written = pattern
        .replaceAll('\\p{L}', 'A-Za-z\\u00C0-\\u024F')
        .replace(/\{([a-z]+)\}/g, (whole, name: string) => common.names[name]?.[language] ?? whole);
      const found = sentences.filter((sentence) => new RegExp(written, 'i').test(sentence));
      matches += found.length;
      expect(
        found.filter((sentence) => !mayMatch(list, foldCase(sentence))),
        pattern,
      ).toEqual([]);
    }
  }
  expect(matches).toBeGreaterThan(1000);
});
