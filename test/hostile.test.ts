import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reporters } from '../src/check/report/index.ts';
import { runCheck } from '../src/check/run.ts';
import { changesInForce, inForce, readTimelines } from '../src/model/in-force.ts';
import type { Instant } from '../src/model/time.ts';
import { appendEntries, REGISTER, readRegister } from '../src/read/register.ts';
import { openWorkspace } from '../src/read/workspace.ts';
import { DEFAULT_FILES } from './helpers/example.ts';
import { makeRepository } from './helpers/repository.ts';

const MOST_MILLISECONDS = 2000;
const now = '2026-11-23T00:00:00Z' as Instant;

const CONFIGURATION = `${DEFAULT_FILES['cartulary.yaml']}noticePeriodDays: 30
severities: { form/date-stated: info }
documents:
  - { id: terms, type: TERMS, title: Terms, file: texts/terms.md, adopt: { tags: ['v{version}'] } }
waivers:
  - { rule: form/section-stated, file: policies/cps.md, reason: Later., until: 2026-12-31 }
`;
const TEXT = DEFAULT_FILES['policies/cps.md'];
const SHORT_TEXT = `---
document: pds
type: PDS
title: PKI Disclosure Statement
language: en
version: "1.0"
status: approved
approved: { on: 2026-01-10, by: Policy Management Authority }
effective: 2026-02-01
policies:
  - { oid: 1.3.6.1.4.1.99999.1, name: One, qscd: { required: true, managedBy: tsp, statement: "1.4.1" } }
---

# 1. Contact

| Version | Effective date |
| --- | --- |
| 0.9 | 1 January 2026 |
| 1.0 | 1 February 2026 |

<!-- meets 411-2:OVR-5.1-09 -->

> - *Read* **this** [first](https://example.org) \`now\`

## § 2 Limits

Appendix A
==========
<p>See section 1.</p>
`;
const { text: ENTRIES } = appendEntries('', [
  {
    document: 'cps',
    version: '0.9',
    published: '2025-12-15T09:00:00Z',
    effective: '2025-12-31T23:00:00Z',
    files: { en: { path: 'policies/archive/cps-0.9.pdf', sha256: 'a'.repeat(64) } },
  },
  {
    document: 'cps',
    version: '1.0',
    published: '2026-01-15T09:00:00Z',
    effective: '2026-01-31T23:00:00Z',
    files: { en: { path: 'policies/cps.md', blob: 'b'.repeat(40), sha256: 'c'.repeat(64) } },
  },
  { document: 'cps', version: '1.0', published: '2026-01-20T09:00:00Z', rescheduled: '2026-02-28T23:00:00Z', reason: 'Later.' },
  { document: 'cps', version: '1.0', published: '2026-03-01T09:00:00Z', erratum: '1', text: 'A letter.' },
  { document: 'cps', withdrawn: '2026-12-31T23:00:00Z', published: '2026-03-01T09:00:00Z', reason: 'The end.', continuedBy: 'cp-cps' },
]);
const VALID: Readonly<Record<string, string>> = {
  'policies/cps.md': TEXT,
  'policies/pds.md': SHORT_TEXT,
  [REGISTER]: ENTRIES,
  'cartulary.yaml': CONFIGURATION,
};

/** What a program may trip over: control and format characters, markers of YAML and Markdown, paths, names of every object. */
const TOKENS = [
  ...['\0', '\x1b[2J', '\x07', '\r', '\u0085', '\u2028', '\u202e', '\ufeff', '\ufffe', '\u{e0001}', 'e\u0301\u0301', '👩‍👩‍👧', '\u200d', 'ﷺ', '٣'],
  ...[
    '../../etc/passwd',
    '/etc/passwd',
    '..\\..\\etc',
    '.git/config',
    'policies/../../x',
    'C:\\x',
    '%2e%2e/',
    'file:///etc/passwd',
    '~',
    '-rf',
    '--upload-pack=touch',
  ],
  ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', '__proto__: { polluted: yes }'],
  ...[
    '- ',
    '? ',
    ': ',
    '# ',
    '&a ',
    '*a',
    '!!js/function ',
    '!<tag> ',
    '|',
    '>',
    '%YAML 9.9',
    '---',
    '...',
    '{',
    '}',
    '[',
    ']',
    '"',
    "'",
    '\t',
    '\n',
    '<<: *a',
    '\\',
  ],
  ...[
    '# ',
    '> ',
    '* ',
    '1. ',
    '[',
    '](',
    '![',
    '`',
    '```',
    '~~~',
    '<!--',
    '-->',
    '<script>',
    '<div',
    '&#0;',
    '&amp',
    '|',
    '***',
    '___',
    '$$',
    '[^1]',
    '[^1]: ',
    '[a]: <',
    '\n===\n',
    '\n---\n',
  ],
  ...[
    '9999-12-31',
    '0000-00-00',
    '2026-02-30',
    '-1',
    '1e309',
    'NaN',
    'TBD',
    '20XX-XX-XX',
    '§ 4 ',
    'Appendix A',
    '4.9.1 ',
    '999.999.999 ',
    '::error file=x::y',
    '\u0024{jndi:x}',
    '$(touch x)',
  ],
];
/** Pieces that make a bad pattern slow when they come many times and then something else follows. */
const BAIT = [
  'a',
  ' ',
  '-',
  '0',
  '1.',
  '.',
  '(',
  '()',
  '../',
  '<!---->',
  '<!--',
  '-->',
  '[a',
  '![',
  '*a ',
  '**a',
  '_',
  '`',
  '> ',
  '- ',
  '? ',
  '{',
  '[',
  '#',
  '|',
  '\n',
  '\r',
  '\t',
  '&',
  'a@b.',
  'www.',
  '<a ',
  ' \n',
  '\\',
  '\u0301',
  '|-',
  'a-',
];

const token = fc.constantFrom(...TOKENS);
const junk = fc.oneof(
  { weight: 4, arbitrary: token },
  { weight: 2, arbitrary: fc.array(token, { maxLength: 40 }).map((tokens) => tokens.join('')) },
  {
    weight: 3,
    arbitrary: fc.tuple(fc.constantFrom(...BAIT), fc.integer({ min: 10, max: 20_000 }), token).map(([piece, count, end]) => piece.repeat(count) + end),
  },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
);

/** A valid text with a few of its places cut, doubled, moved or filled with junk. */
const mutated = (text: string) => {
  const place = fc.integer({ min: 0, max: text.length });
  const change = fc.oneof(
    fc.tuple(place, junk).map(
      ([at, piece]) =>
        (from: string) =>
          from.slice(0, at) + piece + from.slice(at),
    ),
    fc.tuple(place, fc.integer({ max: 60, min: 1 }), junk).map(
      ([at, length, piece]) =>
        (from: string) =>
          from.slice(0, at) + piece + from.slice(at + length),
    ),
    fc.tuple(place, place).map(
      ([start, end]) =>
        (from: string) =>
          from.slice(0, start) + from.slice(end),
    ),
    place.map((end) => (from: string) => from.slice(0, end)),
    junk.map((piece) => (from: string) => from.replace(/: .+$/m, `: ${piece}`)),
    junk.map((piece) => (from: string) => from.replace(/\n[^\n]*$/, `\n${piece}`)),
    fc.constant((from: string) => from.replaceAll('\n', '\r\n')),
    fc.constant((from: string) => [...from].reverse().join('')),
  );
  return fc.array(change, { minLength: 1, maxLength: 4 }).map((changes) => Buffer.from(changes.reduce((from, step) => step(from), text)));
};

/** The value of one line of a valid text, or one key of it, becomes junk. */
const poisoned = (text: string) => {
  const lines = text.split('\n');
  return fc.tuple(fc.integer({ min: 0, max: lines.length - 1 }), fc.boolean(), junk).map(([index, isKey, piece]) => {
    const line = lines[index] ?? '';
    const changed = isKey ? line.replace(/[\w-]+/, piece.replaceAll('$', '$$$$')) : `${line.slice(0, line.indexOf(': ') + 2)}${piece}`;
    return Buffer.from(lines.with(index, changed).join('\n'));
  });
};

const contents = (text: string) =>
  fc.oneof(
    { weight: 5, arbitrary: mutated(text) },
    { weight: 3, arbitrary: poisoned(text) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 2000 }).map((bytes) => Buffer.from(bytes)) },
    { weight: 1, arbitrary: fc.tuple(fc.constantFrom('', '---\n', '- ', '# '), junk).map(([start, piece]) => Buffer.from(start + piece)) },
    {
      weight: 1,
      arbitrary: fc.tuple(fc.nat(), fc.nat({ max: 255 })).map(([at, byte]) => Buffer.from(text).fill(byte, at % text.length, (at % text.length) + 1)),
    },
  );

interface Hostile {
  path: string;
  bytes: Buffer;
}

const hostile: fc.Arbitrary<Hostile> = fc.oneof(...Object.entries(VALID).map(([path, text]) => contents(text).map((bytes) => ({ path, bytes }))));

/** Everything that a person or a program could ask of the repository in a folder; gives the number of findings. */
async function useRepository(folder: string, base: { base?: string } = {}): Promise<number> {
  const { workspace, readBytes } = await openWorkspace(pathToFileURL(`${folder}/`), { now, purpose: 'check', ...base });
  const result = runCheck(workspace);
  expect(result.findings.filter((finding) => finding.message.includes('could not run'))).toEqual([]);
  expect(result.crashed).toBe(false);
  const terminal = reporters['terminal']?.(result, { color: false }) ?? '';
  expect(terminal.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  JSON.parse(reporters['json']?.(result, { color: false }) ?? '');
  for (const document of readTimelines(workspace.register).keys()) inForce(workspace.register, document, now);
  changesInForce(workspace.register);
  await readBytes(workspace.register.entries.flatMap((entry) => (entry.kind === 'version' ? Object.values(entry.files) : [])));
  return result.findings.length;
}

/** Tries inputs one after the other in the same folder; each takes less than two seconds of processor time. */
async function tryInputs(count: number, seed: number, use: (input: Hostile) => Promise<number>) {
  const told = { inputs: 0, findings: 0, slowest: 0 };
  const property = fc.asyncProperty(hostile, async (input) => {
    const start = process.cpuUsage();
    told.findings += await use(input);
    const { user, system } = process.cpuUsage(start);
    const milliseconds = (user + system) / 1000;
    expect(milliseconds).toBeLessThan(MOST_MILLISECONDS);
    told.slowest = Math.max(told.slowest, Math.round(milliseconds));
    told.inputs += 1;
  });
  await fc.assert(property, { seed, numRuns: count, endOnFailure: true });
  expect(told.inputs).toBe(count);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  console.log(`${told.inputs} hostile inputs: ${told.findings} findings, no crash, the slowest took ${told.slowest} ms.`);
}

describe('hostile or broken inputs end in findings or in nothing, never in a crash or a hang', () => {
  test('a thousand in a folder', { timeout: 600_000 }, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'cartulary-'));
    await mkdir(join(folder, 'policies'));
    await tryInputs(1000, 20261123, async ({ path, bytes }) => {
      for (const [name, text] of Object.entries(VALID)) await writeFile(join(folder, name), name === path ? bytes : text);
      return useRepository(folder);
    });
    await rm(folder, { recursive: true });
  });

  test('fifty in a git repository, against its last commit', { timeout: 600_000 }, async () => {
    const repository = await makeRepository();
    await repository.commit(VALID, '2026-01-01T09:00:00Z');
    await tryInputs(50, 20261124, async ({ path, bytes }) => {
      await repository.write({ ...VALID, [path]: bytes });
      return useRepository(repository.folder, { base: 'HEAD' });
    });
    await repository.remove();
  });
});

test('files with hostile names are read like others, or not at all', { timeout: 60_000 }, async () => {
  const names = [
    'a\nb',
    ' ',
    '-rf',
    '$(touch x)',
    '\u202etxt',
    '%2e%2e',
    'é'.normalize('NFD'),
    'a'.repeat(200),
    '..md',
    'CON',
    '👩‍👩‍👧',
    'x blob y',
    ':(glob)*',
  ];
  const repository = await makeRepository();
  await repository.commit({ ...VALID, ...Object.fromEntries(names.map((name) => [`policies/${name}.md`, SHORT_TEXT])) }, '2026-01-01T09:00:00Z');
  expect(await useRepository(repository.folder)).toBeGreaterThan(names.length);
  expect(await readdir(repository.folder)).not.toContain('x');
  await repository.remove();
});

test('a register that grows without end is read in a time that grows with it', { timeout: 60_000 }, () => {
  const entry = ENTRIES.split(/^(?=- )/m)[2] ?? '';
  const time = (count: number) => {
    const start = process.cpuUsage();
    const { register } = readRegister(entry.repeat(count));
    expect(register.entries).toHaveLength(count);
    readTimelines(register);
    const { user, system } = process.cpuUsage(start);
    return (user + system) / count;
  };
  time(200);
  expect(time(4000)).toBeLessThan(4 * time(400) + 500);
});
