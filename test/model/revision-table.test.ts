import { expect, test } from 'vitest';
import { cutRevisionTables, readPrintedDate, readRevisionTable } from '../../src/model/revision-table.ts';
import { readMarkdown } from '../../src/read/markdown.ts';

const read = (text: string) => readRevisionTable(readMarkdown(text, 'cps.md').sections);
const rows = (text: string) => read(text).map(({ version, printed, date }) => [version, printed, date]);

test.each([
  ['2026-02-01', '2026-02-01'],
  ['2026-02-30', undefined],
  ['2026/2/1', '2026-02-01'],
  ['1.2.2026', '2026-02-01'],
  ['01. 02. 2026', '2026-02-01'],
  ['May 5, 2015', '2015-05-05'],
  ['May 06, 2022', '2022-05-06'],
  ['Feb 7, 2024', '2024-02-07'],
  ['Sept 4, 2020', '2020-09-04'],
  ['June  8, 2021', '2021-06-08'],
  ['29 May 2012', '2012-05-29'],
  ['2 June, 2021', '2021-06-02'],
  ['16-December-2024', '2024-12-16'],
  ['3‐Aug‐12', '2012-08-03'],
  ['01‐Jan‐13', '2013-01-01'],
  ['1. Februar 2024', '2024-02-01'],
  ['14 juillet 2023', '2023-07-14'],
  ['01-Feb-13 01-Aug-13', undefined],
  ['03/04/2024', undefined],
  ['TBD', undefined],
  ['', undefined],
])('the date "%s" is read as %s', (printed, date) => {
  expect(readPrintedDate(printed)).toBe(date);
});

test('the column called effective counts before the one called adopted', () => {
  const text =
    '| **Ver.** | **Adopted** | **Effective\\*** |\n|--|--|--|\n| 1.0 | 3-Aug-12 | 01-Jan-13 |\n| -- | 2013-01-01 | 2013-01-01 |\n| 1.1.0* | | 2013-02-01 |\n';
  expect(rows(text)).toEqual([
    ['1.0', '01-Jan-13', '2013-01-01'],
    ['1.1.0', '2013-02-01', '2013-02-01'],
  ]);
});

test('a row that a line end broke in two is one row, and its date no version', () => {
  const text =
    '| Ver. | Ballot | Description | Adopted | Effective |\n|-|-|-|-|-|\n| 2.1.6 | SC85 | Require Validation\n| 19-Jun-2025 | 21-Jul-2025 |\n| 2.1.7 | SC89 | Plans | 23-Jul-2025 | 25-Aug-2025 |\n';
  expect(rows(text)).toEqual([
    ['2.1.6', '21-Jul-2025', '2025-07-21'],
    ['2.1.7', '25-Aug-2025', '2025-08-25'],
  ]);
});

test('versions may be named by day', () => {
  expect(rows('| Version | Date |\n|-|-|\n| 2024-02-01 | 2024-02-15 |\n')).toEqual([['2024-02-01', '2024-02-15', '2024-02-15']]);
});

test('a line break in a cell parts words', () => {
  expect(rows('| Version | Date |\n|-|-|\n| 1.0 | May 5,<br>2015 |\n')).toEqual([['1.0', 'May 5, 2015', '2015-05-05']]);
});

test('cut out of its text, a table has the same rows', () => {
  const text =
    '# 1\n\n```\n| Version | Date |\n|-|-|\n| 9.9 | 2099-01-01 |\n```\n\n| Field | Date |\n|-|-|\n| 3 | 2024-01-01 |\n\nWords\nVersion | Date\n--|--\n1.0 | 2020-01-01\n1.1 | 2021-01-01\n\n## 2\n';
  expect(rows(text)).toEqual([
    ['1.0', '2020-01-01', '2020-01-01'],
    ['1.1', '2021-01-01', '2021-01-01'],
  ]);
  expect(rows(cutRevisionTables(text))).toEqual(rows(text));
  expect(rows(cutRevisionTables(text.replaceAll('\n', '\r\n')))).toEqual(rows(text));
});
