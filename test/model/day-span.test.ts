import { expect, test } from 'vitest';
import { addDays, findGaps, overlap } from '../../src/model/day-span.ts';

const span = (from: string, to: string) => ({ from, to });

test.each([
  ['2024-02-28', 1, '2024-02-29'],
  ['2026-03-29', 1, '2026-03-30'],
  ['2026-01-01', -1, '2025-12-31'],
  ['9999-12-31', 1, '9999-12-31'],
])('%s and %i days are %s', (day, count, expected) => {
  expect(addDays(day, count)).toBe(expected);
});

test.each([
  ['nothing is covered', [], [span('2026-01-01', '2026-12-31')]],
  ['all is covered', [span('2025-01-01', '2027-12-31')], []],
  ['one follows the other', [span('2026-07-01', '2026-12-31'), span('2026-01-01', '2026-06-30')], []],
  ['a day lacks', [span('2026-01-01', '2026-06-29'), span('2026-07-01', '2026-12-31')], [span('2026-06-30', '2026-06-30')]],
  ['the beginning and the end lack', [span('2026-02-01', '2026-11-30')], [span('2026-01-01', '2026-01-31'), span('2026-12-01', '2026-12-31')]],
  ['one is within another', [span('2026-01-01', '2026-11-30'), span('2026-03-01', '2026-04-30')], [span('2026-12-01', '2026-12-31')]],
  ['all are before or after', [span('2025-01-01', '2025-12-31'), span('2027-01-01', '2027-12-31')], [span('2026-01-01', '2026-12-31')]],
])('gaps of a year where %s', (_, spans, expected) => {
  expect(findGaps(span('2026-01-01', '2026-12-31'), spans)).toEqual(expected);
});

test('two spans share the days that both have, or none', () => {
  expect(overlap(span('2026-01-01', '2026-06-30'), span('2026-06-30', '2026-12-31'))).toEqual(span('2026-06-30', '2026-06-30'));
  expect(overlap(span('2026-01-01', '2026-06-29'), span('2026-06-30', '2026-12-31'))).toBeUndefined();
});
