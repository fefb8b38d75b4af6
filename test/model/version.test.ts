import { expect, test } from 'vitest';
import { RepositoryPath, Version } from '../../src/model/version.ts';

test.each([
  ['policies/cps.md', true],
  ['policies/Zertifizierungsrichtlinie für Österreich.md', true],
  ['policies/..hidden/cps.md', true],
  ['../cps.md', false],
  ['policies/../../etc/passwd', false],
  ['./policies/cps.md', false],
  ['policies/./cps.md', false],
  ['/etc/passwd', false],
  ['C:/policies/cps.md', false],
  ['policies\\cps.md', false],
  ['.git/config', false],
  ['policies/.GIT/config', false],
  ['policies/cps.md\0.png', false],
  ['..', false],
  ['', false],
  ['a'.repeat(501), false],
])('"%s" is a path inside the repository: %s', (path, expected) => {
  expect(RepositoryPath.safeParse(path).success).toBe(expected);
});

const entry = { document: 'cps', version: '1.0', published: '2026-01-15T09:00:00Z', effective: '2026-01-31T23:00:00Z', previous: '0'.repeat(64) };

test('a version without files is known by name', () => {
  expect(Version.parse(entry)).toEqual({ ...entry, files: {} });
});

test.each([
  ['a day that does not exist', { effective: '2026-02-30T00:00:00Z' }],
  ['an instant that is not in UTC', { effective: '2026-02-01T00:00:00+01:00' }],
  ['a digest in capitals', { previous: 'A'.repeat(64) }],
  ['an unknown key', { edited: 'yes' }],
  ['a file without digest', { files: { en: { path: 'policies/cps.md' } } }],
  ['a blob id that is too short', { files: { en: { path: 'policies/cps.md', blob: 'abc1234', sha256: '0'.repeat(64) } } }],
  ['a language that is none', { files: { English: { path: 'policies/cps.md', sha256: '0'.repeat(64) } } }],
])('%s is refused', (_, change) => {
  expect(Version.safeParse({ ...entry, ...change }).success).toBe(false);
});
