import { expect, test } from 'vitest';
import { addFingerprints } from '../../src/check/fingerprint.ts';
import type { Finding } from '../../src/model/finding.ts';

const finding = (more: Partial<Finding> = {}): Omit<Finding, 'fingerprint'> => ({
  rule: 'form/one',
  severity: 'error',
  basis: { standard: 'RFC 3647' },
  page: 'docs/rules/form/one.md',
  stopsBuild: false,
  message: 'Section 4.9.1 is empty.',
  at: { file: 'policies/cps.md', start: { line: 3, column: 1 } },
  ...more,
});
const name = (...given: Omit<Finding, 'fingerprint'>[]) => addFingerprints(given, []).map(({ fingerprint }) => fingerprint);

test('is 16 hexadecimal digits that never change, for baselines hold them', () => {
  expect(name(finding(), finding(), finding({ message: 'Ä “x”.' }))).toMatchInlineSnapshot(`
    [
      "59ba8e118801c7cc",
      "56adf351da9aeb39",
      "e55652f730c7e5b1",
    ]
  `);
});

test.each<[string, Partial<Finding>]>([
  ['another line', { at: { file: 'policies/cps.md', start: { line: 300, column: 7 } } }],
  ['another severity', { severity: 'info' }],
  ['other advice', { seen: 'a', expected: 'b', advice: 'c' }],
])('does not depend on %s', (_, more) => {
  expect(name(finding(more))).toEqual(name(finding()));
});

test('does not depend on lines and days that a message counts', () => {
  const say = (message: string) => name(finding({ message }));
  expect(say('It stands in lines 12 to 14.')).toEqual(say('It stands in lines 13 to 15.'));
  expect(say('It stands in line 12.')).toEqual(say('It stands in line 13.'));
  expect(say('It is said 2 times.')).not.toEqual(say('It is said 3 times.'));
  expect(say('It was published 366 days ago.')).toEqual(say('It was published 401 days ago.'));
});

test.each<[string, Partial<Finding>]>([
  ['rule', { rule: 'form/two' }],
  ['file', { at: { file: 'policies/cp.md' } }],
  ['message', { message: 'Section 4.9.2 is empty.' }],
])('differs with the %s', (_, more) => {
  expect(name(finding(more))).not.toEqual(name(finding()));
});

test('tells findings apart that are alike, and many that are not', () => {
  const many = Array.from({ length: 100_000 }, (_, index) => finding({ message: `Section ${index % 50_000} is empty.` }));
  expect(new Set(name(...many)).size).toBe(100_000);
});
