import { expect, test } from 'vitest';
import type { Section } from '../../src/model/document.ts';
import { type NewMark, placeMarks } from '../../src/model/place-marks.ts';
import { readMarkdown } from '../../src/read/markdown.ts';

const STANDARDS = ['411-2', '411-1', '401'];

/** The text with marks in sections, each `number: kind name (reason)`. */
function place(text: string, ...marks: string[]): string {
  const { sections } = readMarkdown(text, 'cps.md');
  const wanted = new Map<Section, NewMark[]>();
  for (const mark of marks) {
    const [, number, kind, name = '', reason] = /^(\S+): (meets|excludes) (\S+)(?: \((.*)\))?$/.exec(mark) ?? [];
    const section = sections.find((candidate) => candidate.anchor === number);
    if (!section) throw new Error(`The text has no section for "${mark}".`);
    const added: NewMark = { kind: kind as NewMark['kind'], name, ...(reason !== undefined && { reason }) };
    wanted.set(section, [...(wanted.get(section) ?? []), added]);
  }
  return placeMarks(text, wanted, STANDARDS);
}

const WORDS = 'What holds here.';

test.each([
  ['an empty line stands behind it', `# 1 A\n\n${WORDS}\n`, `# 1 A\n\n<!-- meets 411-2:X -->\n\n${WORDS}\n`],
  ['none does', `# 1 A\n${WORDS}\n`, `# 1 A\n\n<!-- meets 411-2:X -->\n\n${WORDS}\n`],
  ['several do', `# 1 A\n\n\n${WORDS}\n`, `# 1 A\n\n<!-- meets 411-2:X -->\n\n\n${WORDS}\n`],
  ['a subsection follows', `# 1 A\n\n## 1.1 B\n\n${WORDS}\n`, `# 1 A\n\n<!-- meets 411-2:X -->\n\n## 1.1 B\n\n${WORDS}\n`],
  ['it is underlined', `1 A\n===\n\n${WORDS}\n`, `1 A\n===\n\n<!-- meets 411-2:X -->\n\n${WORDS}\n`],
  ['the text ends with it', '# 1 A\n', '# 1 A\n\n<!-- meets 411-2:X -->\n'],
  ['the text ends in its line', '# 1 A', '# 1 A\n\n<!-- meets 411-2:X -->'],
  ['the text ends with an empty line', '# 1 A\n\n', '# 1 A\n\n<!-- meets 411-2:X -->\n\n'],
  ['lines end with CRLF', `# 1 A\r\n\r\n${WORDS}\r\n`, `# 1 A\r\n\r\n<!-- meets 411-2:X -->\r\n\r\n${WORDS}\r\n`],
  ['tabs and spaces stand around', `# 1 A  \n\n\t${WORDS}  \n`, `# 1 A  \n\n<!-- meets 411-2:X -->\n\n\t${WORDS}  \n`],
])('the first mark of a section goes under its heading where %s', (_, before, after) => {
  expect(place(before, '1: meets 411-2:X')).toBe(after);
});

test.each([
  ['joins the comment of its standard', '<!-- meets 411-2:A -->', ['411-2:X'], '<!-- meets 411-2:A 411-2:X -->'],
  ['joins the last one', '<!-- meets 411-2:A -->\n<!-- meets 411-2:B -->', ['411-2:X'], '<!-- meets 411-2:A -->\n<!-- meets 411-2:B 411-2:X -->'],
  ['joins a comment of several', '<!-- meets 411-2:A 401:B -->', ['411-2:X'], '<!-- meets 411-2:A 401:B 411-2:X -->'],
  ['comes before those of later standards', '<!-- meets 401:A -->', ['411-2:X'], '<!-- meets 411-2:X -->\n<!-- meets 401:A -->'],
  ['comes behind those of earlier standards', '<!-- meets 411-2:A -->', ['401:X'], '<!-- meets 411-2:A -->\n<!-- meets 401:X -->'],
  ['comes between them', '<!-- meets 411-2:A -->\n<!-- meets 401:A -->', ['411-1:X'], '<!-- meets 411-2:A -->\n<!-- meets 411-1:X -->\n<!-- meets 401:A -->'],
  ['comes before exclusions', '<!-- excludes 411-1:A: no -->', ['401:X'], '<!-- meets 401:X -->\n<!-- excludes 411-1:A: no -->'],
  ['finds the end of a comment on several lines', '<!-- meets 411-2:A\n  411-2:B\n-->', ['411-2:X'], '<!-- meets 411-2:A\n  411-2:B 411-2:X\n-->'],
  [
    'of several standards, each has its comment',
    '<!-- meets 411-1:A -->',
    ['401:X', '411-1:X', '411-2:X'],
    '<!-- meets 411-2:X -->\n<!-- meets 411-1:A 411-1:X -->\n<!-- meets 401:X -->',
  ],
])('a mark beside others %s', (_, before, names, after) => {
  const text = (marks: string) => `# 1 A\n\n${marks}\n\n${WORDS}\n`;
  expect(place(text(before), ...names.map((name) => `1: meets ${name}`))).toBe(text(after));
});

test('a comment in a line of text is joined there', () => {
  const text = (names: string) => `# 1 A\n\n${WORDS} <!-- meets ${names} --> ${'And more of it. '.repeat(10)}\n`;
  expect(place(text('411-2:A'), '1: meets 411-2:X')).toBe(text('411-2:A 411-2:X'));
});

test('lines of marks are not longer than 120 characters', () => {
  const names = Array.from({ length: 12 }, (_, index) => `411-1:OVR-6.4.5-${String(index + 10)}`);
  const marked = place(`# 1 A\n\n${WORDS}\n`, ...names.map((name) => `1: meets ${name}`));
  const lines = marked.split('\n').filter((line) => line.startsWith('<!--'));
  expect(lines.map((line) => line.length)).toEqual([109, 109, 52]);
  const more = place(marked, '1: meets 411-1:OVR-6.4.5-30', '1: meets 411-1:OVR-6.4.5-31', '1: meets 411-1:OVR-6.4.5-32', '1: meets 411-1:OVR-6.4.5-33');
  expect(more.split('\n').filter((line) => line.startsWith('<!--'))).toEqual([
    ...lines.slice(0, 2),
    `${lines[2]?.slice(0, -4)} 411-1:OVR-6.4.5-30 411-1:OVR-6.4.5-31 411-1:OVR-6.4.5-32 -->`,
    '<!-- meets 411-1:OVR-6.4.5-33 -->',
  ]);
});

test('an exclusion is a comment of its own, behind the others', () => {
  const text = (marks: string) => `# 1 A\n\n${marks}\n\n${WORDS}\n`;
  expect(place(text('<!-- meets 411-2:A -->'), '1: excludes 411-2:X (not offered)')).toBe(
    text('<!-- meets 411-2:A -->\n<!-- excludes 411-2:X: not offered -->'),
  );
  expect(place(`# 1 A\n\n${WORDS}\n`, '1: excludes 411-2:X (not offered)', '1: meets 411-2:B')).toBe(
    text('<!-- meets 411-2:B -->\n<!-- excludes 411-2:X: not offered -->'),
  );
});

test('several sections get theirs at once', () => {
  expect(place(`# 1 A\n\n${WORDS}\n\n# 2 B\n${WORDS}`, '2: meets 401:Y', '1: meets 411-2:X')).toBe(
    `# 1 A\n\n<!-- meets 411-2:X -->\n\n${WORDS}\n\n# 2 B\n\n<!-- meets 401:Y -->\n\n${WORDS}`,
  );
});
