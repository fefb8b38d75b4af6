import { expect, test } from 'vitest';
import { fillSentence } from '../../src/site/sentence.ts';

const from = { instant: '2025-06-29T22:00:00Z', text: '2025-06-30' };
const next = { href: '/cps/2.2/', label: 'Version 2.2' };

test('times and links take the place of their names, and no space is lost', () => {
  expect(fillSentence('Since {from}; then {next}.', { from, next })).toEqual(['Since ', from, '; then ', next, '.']);
  expect(fillSentence('{next}, {from}', { from, next })).toEqual([next, ', ', from]);
  expect(fillSentence('No names.', {})).toEqual(['No names.']);
});

test('a name without a part is an error of the program', () => {
  expect(() => fillSentence('Until {until}.', { from })).toThrow('The sentence "Until {until}." has no part {until}.');
});
