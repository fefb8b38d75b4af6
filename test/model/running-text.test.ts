import { expect, test } from 'vitest';
import { excerpt, passagesOf, sentencesOf } from '../../src/model/running-text.ts';
import { readMarkdown } from '../../src/read/markdown.ts';

function read(text: string) {
  const [section] = readMarkdown(text, 'a.md').sections;
  return section ? passagesOf(section) : [];
}

/** Where a word stands, by the passage that has it. */
function find(text: string, word: string): string {
  const passage = read(text).find((candidate) => candidate.text.includes(word));
  const { start } = passage?.placeAt(passage.text.indexOf(word)) ?? {};
  return `${start?.line}:${start?.column}`;
}

test.each([
  ['in the first line', '# A\n\none two\n', 'two', '3:5'],
  ['after a line end', '# A\n\none two\nthree four\n', 'four', '4:7'],
  ['after markup', '# A\n\none *two* `three` four\n', 'four', '3:19'],
  ['in code in the line', '# A\n\none `two`\n', 'two', '3:6'],
  ['in a later line of a list item', '# A\n\n- one two\n  three four\n', 'four', '4:9'],
  ['in a cell', '# A\n\n| a | b |\n| --- | --- |\n| one | two |\n', 'two', '5:9'],
  ['behind a line end and a link', '# A\n\n[one\ntwo](#b) three\n', 'three', '4:10'],
])('the place of a word %s', (_, text, word, place) => {
  expect(find(text, word)).toBe(place);
});

test('a row is one passage, code blocks are none, and a table of revisions is known', () => {
  const text = '# A\n\n| Version | Date |\n| --- | --- |\n| 1.0 | 2026-01-01 |\n\n```\ncode\n```\n\n> quoted\n';
  expect(read(text).map(({ kind, text: words, inRevisions }) => [kind, words, inRevisions])).toEqual([
    ['row', 'Version | Date', true],
    ['row', '1.0 | 2026-01-01', true],
    ['paragraph', 'quoted', false],
  ]);
});

test('sentences end where they end, and a row is not taken apart', () => {
  const [first, row] = read('# A\n\nOne. See Sec. 4.9 of it. Three\n\n| A. B | c |\n| --- | --- |\n');
  expect(first && sentencesOf(first).map((sentence) => [sentence.start, sentence.text])).toEqual([
    [0, 'One. '],
    [5, 'See Sec. 4.9 of it. '],
    [25, 'Three'],
  ]);
  expect(row && sentencesOf(row)).toHaveLength(1);
});

test('a long sentence is cut around what matters', () => {
  const text = `${'word '.repeat(60)}HERE ${'word '.repeat(60)}`;
  const cut = excerpt(text, text.indexOf('HERE'));
  expect(cut).toMatch(/^… word .*HERE .*word …$/);
  expect(cut.length).toBeLessThan(150);
});
