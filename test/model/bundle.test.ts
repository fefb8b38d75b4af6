import { expect, test } from 'vitest';
import { BUNDLE_PATH, intervalsInForce, spansInForce, toBundlePath, toPeriod } from '../../src/model/bundle.ts';
import { appendEntries, readRegister } from '../../src/read/register.ts';

const version = (document: string, number: string, effective: string) => ({ document, version: number, published: effective, effective, files: {} });
const { register } = readRegister(
  appendEntries('', [
    version('cps', '1.0', '2024-01-01T00:00:00Z'),
    version('cps', '1.1', '2024-12-31T23:00:00Z'),
    version('cps', '1.2', '2025-06-01T22:00:00Z'),
    version('cps', '1.3', '2025-05-01T22:00:00Z'),
    version('cps', '2.0', '2025-12-31T23:00:00Z'),
    version('terms', '1.0', '2025-03-01T10:30:00Z'),
    { document: 'terms', withdrawn: '2025-09-01T00:00:00Z', published: '2025-08-01T00:00:00Z', reason: 'No longer offered.' },
  ]).text,
);
const period = toPeriod('2025-01-01', '2025-12-31', 'Europe/Vienna');

test('both days belong to a period, from midnight to midnight where the provider is', () => {
  expect(period).toEqual({ from: '2025-01-01', to: '2025-12-31', begins: '2024-12-31T23:00:00Z', ends: '2025-12-31T23:00:00Z' });
  expect(toPeriod('2025-03-30', '2025-03-30', 'Europe/Vienna')).toMatchObject({ begins: '2025-03-29T23:00:00Z', ends: '2025-03-30T22:00:00Z' });
  expect(toPeriod('2024-02-29', '2024-02-29', 'UTC')).toMatchObject({ begins: '2024-02-29T00:00:00Z', ends: '2024-03-01T00:00:00Z' });
});

test('a version that ended when the period begins, that begins when it ends, or that was overtaken, was not in force in it', () => {
  expect(spansInForce(register, period).map(({ entry }) => `${entry.document} ${entry.version}`)).toEqual(['cps 1.1', 'cps 1.3', 'terms 1.0']);
});

test('intervals cover the period without a gap', () => {
  expect(intervalsInForce(register, period)).toEqual([
    { from: '2024-12-31T23:00:00Z', until: '2025-03-01T10:30:00Z', inForce: { cps: '1.1', terms: null } },
    { from: '2025-03-01T10:30:00Z', until: '2025-05-01T22:00:00Z', inForce: { cps: '1.1', terms: '1.0' } },
    { from: '2025-05-01T22:00:00Z', until: '2025-09-01T00:00:00Z', inForce: { cps: '1.3', terms: '1.0' } },
    { from: '2025-09-01T00:00:00Z', until: '2025-12-31T23:00:00Z', inForce: { cps: '1.3', terms: null } },
  ]);
});

test.each([
  ['content/certificates/ca/a.pem', 'content/certificates/ca/a.pem'],
  ['content/a b/ü(1).pem', 'content/a%20b/%C3%BC%281%29.pem'],
  ['content/a./b..', 'content/a%2E/b.%2E'],
  ['50%.csv', '50%25.csv'],
])('%s is %s in a bundle', (path, expected) => {
  expect(toBundlePath(path)).toBe(expected);
  expect(expected).toMatch(BUNDLE_PATH);
});

test.each(['', '/a', 'a/', 'a//b', '../a', 'a/../b', './a', 'a/.', 'a.', 'a\\b', 'C:/a', 'a b', 'ä', 'a\n'])('%j is no path of a bundle', (path) => {
  expect(path).not.toMatch(BUNDLE_PATH);
});
