import { expect, test } from 'vitest';
import { sectionAt } from '../../src/site/reading-place.ts';

const headings = [
  { anchor: '1', top: -900 },
  { anchor: '1.1', top: -20 },
  { anchor: '1.2', top: 640 },
];

test('the section being read is that of the last heading above the line', () => {
  expect(sectionAt(headings, 200)).toBe('1.1');
  expect(sectionAt(headings, 700)).toBe('1.2');
});

test('before the first heading there is none', () => {
  expect(sectionAt(headings, -1000)).toBeUndefined();
  expect(sectionAt([], 200)).toBeUndefined();
});
