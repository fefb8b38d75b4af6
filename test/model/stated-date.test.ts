import { describe, expect, test } from 'vitest';
import type { PlainBlock, PlainText } from '../../src/model/plain-text.ts';
import { findDates, readStatedDates } from '../../src/model/stated-date.ts';

const dates = (text: string) => findDates(text).map(({ date }) => date);
const words = (text: string) => findDates(text).map((stated) => stated.words);

describe('a date in running text', () => {
  test.each([
    ['from 2027-03-15 on', '2027-03-15'],
    ['until 2026-12-31T23:00:00Z', '2026-12-31'],
    ['on 15 June 2026.', '2026-06-15'],
    ['on June 15, 2026, at noon', '2026-06-15'],
    ['on June 15th 2026', '2026-06-15'],
    ['on the 1st of July, 2026', '2026-07-01'],
    ['by 2 Sept. 2026', '2026-09-02'],
    ['signed 19-Feb-2028', '2028-02-19'],
    ['ab dem 15. Juni 2026', '2026-06-15'],
    ['am 1. Jänner 2027 oder', '2027-01-01'],
    ['bis 31.12.2027;', '2027-12-31'],
    ['bis 1. 3. 2028', '2028-03-01'],
    ['1. Ma\u0308rz 2028', '2028-03-01'],
    ['during 1–15 June 2027', '2027-06-15'],
    ['(2027-03-15)', '2027-03-15'],
    ['on 31 August\n2027', '2027-08-31'],
  ])('%s', (text, date) => {
    expect(dates(text)).toEqual([date]);
  });

  test.each([
    ['a day that does not exist', 'on 30 February 2027 or 2027-02-30'],
    ['a month or a year alone', 'in March 2027, in 2028'],
    ['two numbers that could be read in two ways', 'on 3/4/2027'],
    ['a year of two digits', 'on 3-Aug-27'],
    ['other words that begin like a month', 'Section 12, 2026; Decision 12, 2026; Marked 3, 2026; Decade 1 2026'],
    ['a part of an object identifier', '1.3.6.1.4.1.99999.3.2.2026 and 3.2.2026.1'],
    ['a part of an address or a name', 'https://www.example.org/2026-02-03/ and report-2026-02-03 and 2026-02-03-b'],
  ])('is none: %s', (_, text) => {
    expect(dates(text)).toEqual([]);
  });

  test('several stand in their order', () => {
    expect(dates('From 2023-02-01 to 2048-02-01, and on 1 May 2030.')).toEqual(['2023-02-01', '2048-02-01', '2030-05-01']);
  });
});

describe('the words around a date', () => {
  test('are its sentence', () => {
    expect(words('This holds. From 15. Juni 2026 on, see Sec. 4.9, it does not. Nor does that.')).toEqual([
      'From 15. Juni 2026 on, see Sec. 4.9, it does not.',
    ]);
    expect(words('Valid to 2027-01-01. Then (on 2027-02-01) not. “On 1 May 2027!” End.')).toEqual([
      'Valid to 2027-01-01.',
      'Then (on 2027-02-01) not.',
      '“On 1 May 2027!”',
    ]);
  });

  test('are cut between words where the sentence is long', () => {
    const filler = 'certificate '.repeat(40);
    const [cut = ''] = words(`The ${filler}ends on 15 June 2026 with ${filler}all.`);
    expect(cut).toMatch(/^… (certificate )+ends on 15 June 2026 with (certificate )+…$/);
    expect(cut.length).toBeLessThanOrEqual(204);
    expect(words(`On 15 June 2026 ${filler}`)[0]).toMatch(/^On 15 June 2026 (certificate )+…$/);
    expect(words(`${filler}on 15 June 2026`)[0]).toMatch(/^… (certificate )+on 15 June 2026$/);
    expect(words(`${'x'.repeat(300)} 15 June 2026 ${'x'.repeat(300)}`)[0]).toBe('… 15 June 2026 …');
  });

  test('are found in time that grows with the text only', { timeout: 5000 }, () => {
    expect(findDates('On 15 June 2026. A day. '.repeat(20_000)).length).toBe(20_000);
    expect(findDates('15. '.repeat(100_000))).toEqual([]);
    expect(findDates(`1${' '.repeat(100_000)}June`)).toEqual([]);
  });
});

test('tables count by row, and tables of revisions and code do not', () => {
  const table = (...rows: string[][]): PlainBlock => ({ kind: 'table', depth: 0, rows: rows.map((row) => row.map((text) => ({ text }))) });
  const blocks: PlainBlock[] = [
    { kind: 'paragraph', depth: 0, text: 'On 1 May 2027 it ends.' },
    { kind: 'code', depth: 0, text: 'notAfter: 2027-05-02' },
    table(['Version', 'Effective date'], ['1.0', '2027-05-03']),
    table(['Device', '', 'Certificate'], ['Vault', '', 'valid to 2027-05-04']),
    { kind: 'note', depth: 0, label: '1', text: 'Until 2027-05-05.' },
  ];
  const text: PlainText = { sections: [{ number: '6.1', title: 'Keys', anchor: '6.1', level: 2, heading: { text: '6.1 Keys' }, blocks }] };
  expect([...readStatedDates(text)].map(({ section, ...stated }) => ({ ...stated, in: section.number }))).toEqual([
    { date: '2027-05-01', words: 'On 1 May 2027 it ends.', in: '6.1' },
    { date: '2027-05-04', words: 'Vault | valid to 2027-05-04', in: '6.1' },
    { date: '2027-05-05', words: 'Until 2027-05-05.', in: '6.1' },
  ]);
});
