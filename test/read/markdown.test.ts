import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { parseMarkdown, parserName, readMarkdown } from '../../src/read/markdown.ts';
import { measure } from '../helpers/processor-time.ts';

const read = (text: string, firstLine = 1) => readMarkdown(text, 'cps.md', firstLine).sections;
const outline = (text: string) => read(text).map(({ number, title, level, anchor }) => [number, title, level, anchor]);

test('on this machine the fast parser is at work', () => {
  expect(parserName).toBe('satteri');
});

describe('sections', () => {
  test('have the number as their key, whatever the depth of the heading', () => {
    expect(outline('# 1. INTRODUCTION\n\n# 1.1. Overview\n\n###### 4.9.1 Revocation\n\n## § 5 Ort\n\n# Appendix A – Words\n\n## A.1 More\n')).toEqual([
      ['1', 'INTRODUCTION', 1, '1'],
      ['1.1', 'Overview', 2, '1.1'],
      ['4.9.1', 'Revocation', 3, '4.9.1'],
      ['5', 'Ort', 1, '5'],
      ['A', 'Words', 1, 'A'],
      ['A.1', 'More', 2, 'A.1'],
    ]);
  });

  test('without numbers have words as their anchors, and the depth of the heading', () => {
    expect(outline('# Terms\n\n## Liability & *warranty*\n\n## `Fees`\n\n## ***\n')).toEqual([
      ['', 'Terms', 1, 'terms'],
      ['', 'Liability & warranty', 2, 'liability-warranty'],
      ['', 'Fees', 2, 'fees'],
      ['', '***', 2, 'section'],
    ]);
  });

  test('have anchors of their own, though headings are the same', () => {
    const anchors = (text: string) => read(text).map((section) => section.anchor);
    expect(anchors('# Fees\n# Fees\n# Fees\n')).toEqual(['fees', 'fees-2', 'fees-3']);
    expect(anchors('# Fees 2\n# Fees\n# Fees\n# Fees\n')).toEqual(['fees-2', 'fees', 'fees-3', 'fees-4']);
    expect(anchors('# 1 A\n# 1 B\n')).toEqual(['1', '1-2']);
  });

  test('begin with what stands before the first heading', () => {
    const [before, first] = read('Title page\n\n# 1 One\n\nText\n');
    expect(before).toMatchObject({ number: '', title: '', anchor: '', level: 0, heading: undefined });
    expect(first?.blocks.map((block) => block.type)).toEqual(['paragraph']);
    expect(read('')).toEqual([]);
    expect(read('\n\n')).toEqual([]);
  });

  test('are made of headings of the text itself, not of quotations, lists or code', () => {
    expect(outline('# 1 One\n\n> # 2 Two\n\n- # 3 Three\n\n```\n# 4 Four\n```\n\nFive\n====\n')).toEqual([
      ['1', 'One', 1, '1'],
      ['', 'Five', 1, 'five'],
    ]);
  });

  test('have the places of the file, though front matter stands before them', () => {
    const [section] = read('\n# 1 One\n\nText\n', 11);
    expect(section?.place).toEqual({ file: 'cps.md', start: { line: 12, column: 1 }, end: { line: 12, column: 8 } });
    expect(section?.blocks[0]?.position?.start).toMatchObject({ line: 14, column: 1 });
    expect(read('\r\n# 1 One\r\n', 11)[0]?.place.start).toEqual({ line: 12, column: 1 });
  });

  test('keep every quote, dash and space of the text', async () => {
    const text = '"a" -- \'b\' --- ... (c) 1/2  “d” – e\u00a0f';
    expect(await parseMarkdown(text)).toMatchObject({ children: [{ children: [{ type: 'text', value: text }] }] });
  });

  test('have tables, and raw HTML as it stands', () => {
    expect(read('| a | b |\n|---|---|\n| c<br>d | e |\n\n<table><tr><td>f</td></tr></table>\n')[0]?.blocks.map((block) => block.type)).toEqual([
      'table',
      'html',
    ]);
  });
});

describe('marks', () => {
  const marks = (text: string) => read(text).map(({ marks }) => marks.map(({ kind, text, place }) => `${place.start?.line} ${kind} ${text}`));

  test('belong to the section they stand in, and are no text of it', () => {
    const text =
      '# 1 One\n<!-- meets 411-2:OVR-5.1-09 411-1:REG-6.2.2-05 -->\n\nText\n\n# 2 Two\n\n<!-- excludes 411-1:REV-6.2.4-04: suspension is not\noffered -->\n';
    expect(marks(text)).toEqual([['2 meets 411-2:OVR-5.1-09 411-1:REG-6.2.2-05'], ['8 excludes 411-1:REV-6.2.4-04: suspension is not\noffered']]);
    expect(read(text).map(({ blocks }) => blocks.length)).toEqual([1, 0]);
  });

  test('are found beside one another, and within text, lists and tables', () => {
    const text = '<!-- meets a --> <!-- meets b -->\n\nText <!-- meets c -->\n\n- one\n\n  <!-- meets d -->\n\n| t |\n|---|\n| u <!-- meets e --> |\n';
    expect(marks(text)).toEqual([['1 meets a', '1 meets b', '3 meets c', '7 meets d', '11 meets e']]);
  });

  test('are nothing else: no other comment, no code, no unended comment', () => {
    expect(marks('<!-- meetsa -->\n\n<!-- note: meets b -->\n\n`<!-- meets c -->`\n\n    <!-- meets d -->\n\n<!-- meets e\n')).toEqual([[]]);
  });
});

describe('what cannot be parsed safely is an observation, and has no sections', () => {
  test.each([
    ['quotations', '>'.repeat(61)],
    ['quotations with spaces', '> '.repeat(61)],
    ['lists', '- '.repeat(61)],
    ['numbered lists', '1. '.repeat(61)],
    ['quotations and lists in turn', '> - '.repeat(31)],
    ['quotations after a carriage return', `a\r${'> '.repeat(1000)}`],
    ['lists by indentation', Array.from({ length: 100 }, (_, depth) => `${'  '.repeat(depth)}- a`).join('\n')],
    ['closed emphasis', `${'**a '.repeat(200)}${'b** '.repeat(200)}`],
    ['openings in a line', '['.repeat(1001)],
    ['a text that is too long', 'a\n'.repeat(2_500_001)],
  ])('%s', (_, text) => {
    const { sections, observations } = readMarkdown(text, 'cps.md', 5);
    expect(sections).toEqual([]);
    expect(observations).toMatchObject([{ rule: 'form/text-readable', at: { file: 'cps.md', start: { line: 5, column: 1 } } }]);
  });

  test('what is common in real texts is read', () => {
    const row = `| ${'**a** *b* [c](d) '.repeat(30)} |`;
    const text = `> - 1. > a\n\n${'_'.repeat(300)}\n\n${'='.repeat(2000)}\n\n| a |\n|---|\n${`${row}\n`.repeat(50)}\n${'-'.repeat(5000)}\n`;
    expect(readMarkdown(text, 'cps.md').observations).toEqual([]);
  });
});

test('nesting beyond our bounds slows the parser, and does not bring the process down', async () => {
  const program = `
    import { markdownToMdast } from ${JSON.stringify(import.meta.resolve('satteri'))};
    for (const text of ['> '.repeat(20000), '- '.repeat(20000), '**a '.repeat(20000) + 'b**'.repeat(20000), '['.repeat(50000) + ']'.repeat(50000)])
      if (markdownToMdast(text, {}).type !== 'root') process.exit(1);`;
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program]);
});

const many = (part: string, count: number) => part.repeat(count);

test.each([
  ['openings of links', many('[a](', 20_000)],
  ['openings of links over lines', many('[a\n', 60_000)],
  ['images', many('![a\n', 60_000)],
  ['emphasis over lines', `${many('*a\n_b\n', 30_000)}${many('_\n*\n', 30_000)}`],
  ['emphasis within words', many('a**b\n', 60_000)],
  ['openings of comments', many('<!--', 60_000)],
  ['openings of comments within text', many('a <!-- ', 30_000)],
  ['comments on one line, and then a word', `${many('<!---->', 30_000)}x`],
  ['openings of tags', many('<a ', 60_000)],
  ['backticks', Array.from({ length: 600 }, (_, count) => many('`', count)).join(' ')],
  ['a table with very many columns', `${many('|a', 2000)}|\n${many('|-', 2000)}|\n${many('|a|\n', 2000)}`],
  ['definitions of links', Array.from({ length: 10_000 }, (_, count) => `[a${count}]: b`).join('\n')],
  ['footnotes', `${many('[^a]', 900)}\n\n[^a]: b`],
  ['the same heading', many('# a\n', 50_000)],
  ['a heading with very many spaces', `# 1.1 Overview${many(' ', 200_000)}x (`],
  ['a line of spaces', many(' ', 200_000)],
  ['just under the limit of openings, on each line', many(`${many('[', 999)}\n`, 200)],
  ['just under the limit of quotations, on each line', many(`${many('> ', 59)}\n`, 3000)],
  ['tabs', Array.from({ length: 399 }, (_, depth) => `${many('\t', depth)}- a`).join('\n')],
  ['entities', many('&#', 100_000)],
  ['addresses', many('a@b.c ', 30_000)],
])('%s end within two seconds', (_, text) => {
  expect(measure(() => read(text))).toBeLessThan(2000);
});
