import { describe, expect, test } from 'vitest';
import { readFrontMatter } from '../../src/read/front-matter.ts';

const VALID = 'document: cps\ntype: CPS\ntitle: CPS\nlanguage: en\nversion: 1.10\nstatus: draft\neffective: 2026-02-01';
const TEXT = `---\n${VALID}\n---\n\n# 1. INTRODUCTION\n`;

const seen = (text: string) =>
  readFrontMatter(text, 'cps.md').observations.map(({ at, message, seen }) => `${at.start?.line}:${at.start?.column} ${message} (${seen})`);

test('a text is split, values are kept as written, and places are those of the file', () => {
  const { frontMatter, fields, body, bodyLine, observations } = readFrontMatter(TEXT, 'cps.md');
  expect(frontMatter).toMatchObject({ version: '1.10', effective: '2026-02-01', policies: [] });
  expect(fields).toMatchObject({ document: { line: 2, column: 11 }, version: { line: 6, column: 10 }, effective: { line: 8, column: 12 } });
  expect([body, bodyLine]).toEqual(['\n# 1. INTRODUCTION\n', 10]);
  expect(observations).toEqual([]);
});

test('CRLF and a byte order mark change nothing', () => {
  const plain = readFrontMatter(TEXT, 'cps.md');
  const crlf = readFrontMatter(TEXT.replaceAll('\n', '\r\n'), 'cps.md');
  expect([crlf.frontMatter, crlf.fields, crlf.bodyLine]).toEqual([plain.frontMatter, plain.fields, plain.bodyLine]);
  expect(crlf.body).toBe('\r\n# 1. INTRODUCTION\r\n');
  expect(readFrontMatter(`\uFEFF${TEXT}`, 'cps.md')).toEqual(plain);
});

test.each([
  ['no front matter at all', '# 1. INTRODUCTION\n'],
  ['an empty text', ''],
  ['a rule across the page further down', 'Words\n\n---\na: b\n---\n'],
  ['a line of four hyphens', '----\n'],
])('%s', (_, text) => {
  expect(readFrontMatter(text, 'cps.md')).toEqual({ frontMatter: undefined, hasBlock: false, fields: {}, body: text, bodyLine: 1, observations: [] });
});

describe('what is not valid is said at its line', () => {
  test.each([
    ['an opening line alone', '---\n', '1:1 The front matter does not end. (---)'],
    ['no closing line', `---\n${VALID}\n`, '1:1 The front matter does not end. (---)'],
    ['a closing line of four hyphens', `---\n${VALID}\n----\n`, '1:1 The front matter does not end. (---)'],
    ['a closing line with words', `---\n${VALID}\n---more\n`, '1:1 The front matter does not end. (---)'],
    ['nothing inside', '---\n---\n', '1:1 The YAML is not valid as a whole. (nothing)'],
    ['a comment alone inside', '---\n# a comment\n---\n', '1:1 The YAML is not valid as a whole. (nothing)'],
    ['a doubled key', `---\n${VALID}\ntitle: again\n---\n`, '9:1 The key "title" stands twice. (undefined)'],
    ['a type that is none', TEXT.replace('CPS\n', 'CPX\n'), '3:7 The value of "type" is not valid. (CPX)'],
    ['a year that is none', TEXT.replace('2026-02-01', '0000-01-01'), '8:12 The value of "effective" is not valid. (0000-01-01)'],
    ['too many characters', `---\n${VALID}\nchanges: ${'x'.repeat(70_000)}\n---\n`, '1:1 The front matter is too large. (70116 characters)'],
  ])('%s', (_, text, observation) => {
    expect(seen(text)).toEqual([observation]);
  });
});

describe('no language but YAML is read, and nothing runs', () => {
  test.each(['js', 'javascript', 'JavaScript', 'json', 'toml', 'coffee', 'cson', 'constructor', 'toString', '__proto__', 'hasOwnProperty', '../../yaml'])(
    '---%s',
    (language) => {
      const text = `---${language}\n{ "document": globalThis.ran = true }\n---\n`;
      expect(seen(text)).toEqual([`1:1 The front matter is in a language that is not read. (---${language})`]);
      expect(globalThis).not.toHaveProperty('ran');
    },
  );

  test.each(['yaml', 'yml', ' yaml'])('---%s', (language) => {
    expect(readFrontMatter(TEXT.replace('---', `---${language}`), 'cps.md').frontMatter).toMatchObject({ version: '1.10' });
  });
});

test('the same text is read anew each time', () => {
  expect(readFrontMatter(TEXT, 'cps.md')).toEqual(readFrontMatter(TEXT, 'cps.md'));
});
