import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NO_ENTRY } from '../../src/model/version.ts';
import { appendEntries, type EntryCache, type NewEntry, readRegister } from '../../src/read/register.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

const VERSION: NewEntry = {
  document: 'cps',
  version: '1.10',
  published: '2026-01-15T09:00:00Z',
  effective: '2026-01-31T23:00:00Z',
  files: { en: { path: 'policies/cps.md', blob: 'a'.repeat(40), sha256: 'b'.repeat(64) }, de: { path: 'policies/Gültig ab.md', sha256: 'c'.repeat(64) } },
};
const ERRATUM: NewEntry = { document: 'cps', version: '1.10', published: '2026-02-01T09:00:00Z', erratum: '2', section: '1.5.2', text: 'Read: "17".\nNot 71.' };
const { text: TEXT } = appendEntries('', [VERSION, ERRATUM]);

test('entries are written as people read them', () => {
  expect(TEXT).toMatchInlineSnapshot(`
    "# Append-only register of published versions. Written by \`cartulary register\`; never edit an entry.
    - document: cps
      version: "1.10"
      published: 2026-01-15T09:00:00Z
      effective: 2026-01-31T23:00:00Z
      files:
        de: { path: "policies/Gültig ab.md", sha256: cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc }
        en: { path: policies/cps.md, blob: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, sha256: bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb }
      previous: 0000000000000000000000000000000000000000000000000000000000000000
    - document: cps
      version: "1.10"
      erratum: 2
      section: 1.5.2
      published: 2026-02-01T09:00:00Z
      text: "Read: \\"17\\".\\nNot 71."
      previous: f2b6ae9c22c44848c96aefe97c1bb477dd7fab085ab60b0d40f7d64e45aa4ebc
    # last: 96f70f6da20cd50df7374038e3d1cb0de6f81ce2c5809d487a2f9f88fe845c61
    "
  `);
});

test('entries are read back as they were, with the place of each value', () => {
  const { register, observations } = readRegister(TEXT);
  expect(observations).toEqual([]);
  expect(register.entries).toMatchObject([
    { ...VERSION, kind: 'version', previous: NO_ENTRY, start: { line: 2, column: 1 } },
    { ...ERRATUM, kind: 'erratum', erratum: 2, start: { line: 10, column: 1 } },
  ]);
  expect(register.entries[0]?.fields).toMatchObject({ document: { line: 2, column: 13 }, 'files.en.blob': { line: 8, column: 40 } });
  expect(register.entries[1]?.fields).toMatchObject({ erratum: { line: 12, column: 12 }, text: { line: 15, column: 9 } });
});

test('anybody can recompute the digests: SHA-256 of the lines of an entry as they stand', () => {
  const lines = TEXT.split('\n');
  const first = `${lines.slice(1, 9).join('\n')}\n`;
  const second = `${lines.slice(9, 16).join('\n')}\n`;
  const { register } = readRegister(TEXT);
  expect(register.entries.map((entry) => entry.digest)).toEqual([sha256(first), sha256(second)]);
  expect(register.entries[1]?.previous).toBe(sha256(first));
  expect(register.last).toBe(sha256(second));
});

test('appending leaves what stands there as it is, and chains on', () => {
  const more = appendEntries(TEXT, [{ document: 'cps', withdrawn: '2026-12-31T23:00:00Z', published: '2026-12-01T09:00:00Z', reason: 'yes' }]);
  const kept = TEXT.slice(0, TEXT.indexOf('# last:'));
  expect(more.text.startsWith(kept)).toBe(true);
  expect(more.text).toBe(`${kept}${more.added}# last: ${sha256(more.added)}\n`);
  expect(more.text.match(/^# last:/gm)).toHaveLength(1);
  const [, second, third] = readRegister(more.text).register.entries;
  expect(third).toMatchObject({ kind: 'withdrawal', reason: 'yes', previous: second?.digest });
  expect(appendEntries(TEXT, [])).toEqual({ text: TEXT, added: '' });
});

test.each([
  ['CRLF line ends', TEXT.replaceAll('\n', '\r\n')],
  [
    'a comment between entries',
    TEXT.replace('\n- document: cps\n  version: "1.10"\n  erratum', '\n# Corrections\n- document: cps\n  version: "1.10"\n  erratum'),
  ],
  ['empty lines between entries', TEXT.replaceAll('\n- ', '\n\n\n- ')],
  ['no line end at the end', TEXT.trimEnd()],
])('%s: the digests are the same', (_, text) => {
  const { register, observations } = readRegister(text);
  expect(observations).toEqual([]);
  expect(register.entries.map((entry) => entry.digest)).toEqual(readRegister(TEXT).register.entries.map((entry) => entry.digest));
  expect(register.last).toBe(readRegister(TEXT).register.last);
});

test.each(['', '[]\n', '---\n', '# Nothing yet.\n', '\n\n'])('%j is a register without entries, to which the first can be appended', (text) => {
  expect(readRegister(text)).toEqual({ register: { entries: [], last: undefined }, observations: [] });
  const first = readRegister(appendEntries(text, [VERSION]).text);
  expect(first.observations).toEqual([]);
  expect(first.register.entries).toMatchObject([{ version: '1.10', previous: NO_ENTRY }]);
});

describe('what is wrong is said at its line', () => {
  const seen = (text: string) => readRegister(text).observations.map(({ at, message, seen }) => `${at.start?.line}:${at.start?.column} ${message} (${seen})`);

  test.each([
    ['a line between entries', `${TEXT}entries: []\n`, '18:1 A line of the register belongs to no entry. (entries: [])'],
    ['a line before the first', `<<<<<<< HEAD\n${TEXT}`, '1:1 A line of the register belongs to no entry. (<<<<<<< HEAD)'],
    ['a comment inside an entry', TEXT.replace('  version', '# hidden\n  version'), '3:1 A line of the register belongs to no entry. (# hidden)'],
    ['an entry that is no mapping', '- cps\n', '1:3 The YAML is not valid as a whole. (cps)'],
    ['an empty entry', '- \n', '1:1 The YAML is not valid as a whole. (nothing)'],
    ['an unknown key', TEXT.replace('  effective', '  efective: a\n  effective'), '5:3 The key "efective" is not known. (efective)'],
    ['a day that does not exist', TEXT.replace('2026-01-31', '2026-02-31'), '5:14 The value of "effective" is not valid. (2026-02-31T23:00:00Z)'],
    ['an alias of another entry', TEXT.replace('"1.10"', '*x'), '3:12 The alias "x" names nothing that stands before it. (undefined)'],
  ])('%s', (_, text, observation) => {
    expect(seen(text)).toEqual([observation]);
  });

  test('the other entries are still read', () => {
    expect(readRegister(TEXT.replace('  effective', '  efective')).register.entries).toMatchObject([{ kind: 'erratum' }]);
  });
});

test('an entry that was read before is not parsed again, and has its place where it stands now', () => {
  const cache: EntryCache = new Map();
  readRegister(TEXT, cache);
  expect(cache.size).toBe(2);
  const moved = TEXT.replace('\n- ', '\n# One more line\n- ');
  expect(readRegister(moved, cache)).toEqual(readRegister(moved));
});

test('whatever is appended is read back', () => {
  const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).filter((text) => text.trim() !== '' && !/\p{Cs}/u.test(text));
  const odd = fc.constantFrom(
    'null',
    'true',
    '~',
    '# a',
    '- a',
    'a: b',
    '"',
    "'",
    '|',
    '>',
    '&a',
    '*a',
    '!a',
    '%',
    '@',
    '`',
    '{',
    '[',
    'a #b',
    '1.10',
    'a:',
    '\\',
    '---',
    '\n',
    ' a ',
    'a\u2028b',
  );
  const text = fc.oneof(words, odd);
  fc.assert(
    fc.property(text, text, (reason, note) => {
      const entry = { document: 'cps', withdrawn: '2026-12-31T23:00:00Z', published: '2026-12-01T09:00:00Z', reason, note };
      const { register, observations } = readRegister(appendEntries(TEXT, [entry]).text);
      expect(observations).toEqual([]);
      expect(register.entries[2]).toMatchObject({ reason, note });
    }),
    { seed: 5, numRuns: 500 },
  );
});
