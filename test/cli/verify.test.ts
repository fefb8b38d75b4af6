import { cp, mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyDigests } from '../../src/cli/verify-digests.ts';
import { newVerification, type Wrong } from '../../src/cli/verify-report.ts';
import { writeZip } from '../../src/publish/zip.ts';
import { sha256 } from '../../src/read/register.ts';
import { readZip } from '../../src/read/zip.ts';
import { type BundledFiles, copyExample, forge, makeExampleBundle, readText, runCommand, verifyFiles } from '../helpers/bundle.ts';
import { processorTime } from '../helpers/processor-time.ts';

let folder: string;
let file: string;
let bytes: Buffer;
let files: BundledFiles;
beforeAll(async () => {
  folder = await copyExample();
  ({ file, bytes, files } = await makeExampleBundle(folder));
}, 180_000);
afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

const verify = (...args: string[]) => runCommand(['verify', ...args], folder);
const namesOf = (wrong: readonly Wrong[]) => wrong.map((one) => `${one.file}: ${one.message}`).join('\n');

describe('the bundle of the example', () => {
  test('nothing in it is wrong; what is proved and what is not is said', async () => {
    const { code, out } = await verify(file, '--sha256', sha256(bytes));
    expect(out).toContain('The bundle is the one whose digest was given.');
    expect(out).toContain('The register holds together: 41 entries, each with the digest of the one before');
    expect(out).toContain('What was in force from 2025-01-01 to 2025-12-31 follows from the register: 9 versions, 3 intervals.');
    expect(out).toContain('54 texts and profiles are the registered bytes by SHA-256, 54 of them also by the id of their git blob.');
    expect(out).toContain('11 pages of texts say what the sources do: they were made anew and are the same.');
    expect(out).toContain('4 trusted lists are signed by whom the list of the lists announces');
    expect(out).toMatch(/cps 2\.0 was registered by 2024-12-20T09:\d\d:\d\dZ, says /);
    expect(out).toContain('The anchors of the trusted lists: compare the certificates content/trusted-lists/journal-anchors.pem with the Official Journal');
    expect(out).toMatch(/Nothing was found wrong\.\n$/);
    expect(code).toBe(0);
  });

  test('takes less than two seconds of a processor', async () => {
    const times: number[] = [];
    for (let run = 0; run < 3; run += 1) {
      const used = processorTime();
      await verify(file);
      times.push(used());
    }
    expect(Math.min(...times)).toBeLessThan(2000);
  });

  test('for machines', async () => {
    const { code, out } = await verify(file, '--json');
    expect(code).toBe(0);
    expect(Object.keys(JSON.parse(out))).toEqual(['subject', 'proved', 'wrong', 'notProved', 'holds']);
  });

  test('another digest than was given is wrong', async () => {
    const { code, out } = await verify(file, '--sha256', '0'.repeat(64));
    expect(code).toBe(1);
    expect(out).toContain('The bundle is not the one whose digest was given.');
  });
});

describe('after any single change of any file', () => {
  const judge = (changed: BundledFiles): readonly Wrong[] => {
    const report = newVerification('changed');
    verifyDigests(changed, report);
    return report.wrong;
  };
  const expectNamed = (changed: BundledFiles, path: string) =>
    expect(namesOf(judge(changed)).includes(path), `${path} in\n${namesOf(judge(changed))}`).toBe(true);

  test('nothing is told of the files as they are', () => expect(judge(files)).toEqual([]));

  test('one octet of a file: every file, at any place', () => {
    const paths = [...files.keys()];
    for (const path of paths) {
      const content = files.get(path) as Uint8Array;
      fc.assert(
        fc.property(fc.nat(content.length - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
          const changed = Buffer.from(content);
          changed[at] = (changed[at] as number) ^ mask;
          expectNamed(new Map(files).set(path, changed), path);
        }),
        { numRuns: 1 },
      );
    }
  }, 120_000);

  test('a file under another name: every file, and under its new name too', () => {
    for (const path of files.keys()) {
      const changed = new Map(files).set(`${path}.old`, files.get(path) as Uint8Array);
      changed.delete(path);
      expectNamed(changed, path);
      expectNamed(changed, `${path}.old`);
    }
  }, 120_000);

  test('a file cut short, made longer, or emptied; one added', () => {
    fc.assert(
      fc.property(fc.constantFrom(...files.keys()), fc.constantFrom('short', 'long', 'empty', 'added'), (path, kind) => {
        const content = Buffer.from(files.get(path) as Uint8Array);
        const changed = { short: content.subarray(0, -1), long: Buffer.concat([content, Buffer.from('\n')]), empty: Buffer.alloc(0), added: content }[kind];
        const name = kind === 'added' ? `${dirname(path)}/added.txt` : path;
        expectNamed(new Map(files).set(name, changed), name);
      }),
      { numRuns: 100 },
    );
  }, 120_000);

  test('of two files exchanged both are named', () => {
    fc.assert(
      fc.property(fc.constantFrom(...files.keys()), fc.constantFrom(...files.keys()), (one, other) => {
        const [a, b] = [files.get(one), files.get(other)] as [Uint8Array, Uint8Array];
        if (Buffer.from(a).equals(Buffer.from(b))) return;
        const changed = new Map(files).set(one, b).set(other, a);
        expectNamed(changed, one);
        expectNamed(changed, other);
      }),
      { numRuns: 50 },
    );
  }, 120_000);

  test('the command says so, and ends with 1', async () => {
    const paths = ['texts/cps/2.0/cps-2.0.en.md', 'manifest.json', 'SHA256SUMS', 'policies/register.yaml', 'content/certificates/ca/ets-root-ca-1.der'];
    for (const path of paths) {
      const changed = Buffer.from(files.get(path) as Uint8Array);
      changed[changed.length >> 1] = (changed[changed.length >> 1] as number) ^ 1;
      await writeFile(join(folder, 'changed.zip'), writeZip(new Map(files).set(path, changed)));
      const { code, out } = await verify('changed.zip');
      expect(code, path).toBe(1);
      expect(out, path).toContain(`- ${path}`);
      expect(out).toContain('do not rely on it');
    }
  }, 120_000);

  test('one octet of the archive: a fault, something wrong, or the same files', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] as number) ^ mask;
        const read = readZip(changed);
        if (read.faults.length > 0) return;
        expect(judge(read.files)).toEqual([]);
        for (const [path, content] of files) expect(Buffer.from(content).equals(Buffer.from(read.files.get(path) as Uint8Array))).toBe(true);
      }),
      { numRuns: 60 },
    );
  }, 120_000);
});

describe('who forges the digests as well is found out', () => {
  const replace = (from: string | RegExp, to: string) => (text: string) => text.replace(from, to);
  const cases: readonly [name: string, changes: Parameters<typeof forge>[1], file: string, message: string][] = [
    [
      'a word of a text',
      { 'texts/cps/2.0/cps-2.0.en.md': replace(' the ', ' a ') },
      'texts/cps/2.0/cps-2.0.en.md',
      'The bytes are not those that were registered.',
    ],
    [
      'a word of a page',
      { 'texts/cps/2.0/cps-2.0.en.html': replace('24 hours', '48 hours') },
      'texts/cps/2.0/cps-2.0.en.html',
      'The page does not say what texts/cps/2.0/cps-2.0.en.md does.',
    ],
    [
      'a profile',
      { 'texts/cps/2.0/profiles/crl.yaml': replace(/$/, '# \n') },
      'texts/cps/2.0/profiles/crl.yaml',
      'The bytes are not those that were registered.',
    ],
    [
      'a date of the register',
      { 'policies/register.yaml': replace('effective: 2025-01-14T23:00:00Z', 'effective: 2025-01-13T23:00:00Z') },
      'policies/register.yaml',
      'was altered, or an entry was removed',
    ],
    [
      'the last entry of the register',
      { 'policies/register.yaml': replace(/- document: [^\n]*\n(?: {2}[^\n]*\n)*(?=# last)/, '') },
      'policies/register.yaml',
      'The last entry of the register is not the one that the last line names',
    ],
    [
      'an interval of the manifest',
      {
        'manifest.json': replace(
          '"from": "2025-01-14T23:00:00Z",\n   "until": "2025-11-30T23:00:00Z",\n   "inForce"',
          '"from": "2025-01-14T23:00:00Z",\n   "until": "2025-10-31T23:00:00Z",\n   "inForce"',
        ),
      },
      'manifest.json',
      'An interval does not follow from the register.',
    ],
    [
      'the version of an interval',
      { 'manifest.json': replace('"cps": "2.1"', '"cps": "2.0"') },
      'manifest.json',
      'An interval does not follow from the register.',
    ],
    [
      'from when a version was in force',
      { 'manifest.json': replace('"from": "2024-08-31T22:00:00Z"', '"from": "2024-09-30T22:00:00Z"') },
      'manifest.json',
      'What it says of cps 1.2 does not follow from the register',
    ],
    [
      'the period',
      { 'manifest.json': replace('"begins": "2024-12-31T23:00:00Z"', '"begins": "2025-01-01T23:00:00Z"') },
      'manifest.json',
      'The instants of the period are not those of its days.',
    ],
    [
      'an erratum left out',
      { 'manifest.json': replace(/"errata": \[\s*\{[^}]*\}\s*\]/, '"errata": []') },
      'manifest.json',
      'What it says of cps 2.0 does not follow',
    ],
    [
      'the section of a statement',
      { 'statements.json': replace('"section": "4.10.1"', '"section": "4.10.2"') },
      'statements.json',
      'the text has no such section.',
    ],
    ['the requirement of a statement', { 'statements.json': replace('"id": "CSS-6.3.10-12"', '"id": "CSS-6.3.10-99"') }, 'statements.json', 'bears the mark.'],
    ['that words are the same', { 'statements.json': replace('"wording": "other"', '"wording": "same"') }, 'statements.json', 'words than in'],
    [
      'the evidence of a requirement',
      { 'statements.json': replace(/"evidence": \[\s*"EV-[^\]]*\]/, '"evidence": []') },
      'statements.json',
      'does not name the evidence that is about it.',
    ],
    [
      'who verified',
      { 'evidence.json': replace(/"owner": "[^"]*"/, '"owner": "Nobody"') },
      'index.html',
      'The page does not say what manifest.json, statements.json and the evidence do.',
    ],
    [
      'the first page',
      { 'index.html': replace('Example Trust Services', 'Another Provider') },
      'index.html',
      'The page does not say what manifest.json, statements.json and the evidence do.',
    ],
    [
      'a trusted list',
      { 'content/trusted-lists/AT.xml': replace('granted', 'withdrawn') },
      'content/trusted-lists/AT.xml',
      'The list is not there, or not the one that the snapshot names.',
    ],
  ];
  test.each(cases)('%s', async (_, changes, path, message) => {
    const { wrong } = await verifyFiles(forge(files, changes));
    expect(
      wrong.some((one) => one.file.startsWith(path) && one.message.includes(message)),
      namesOf(wrong),
    ).toBe(true);
  });

  test('a trusted list with its digest in the snapshot', async () => {
    const list = readText(files, 'content/trusted-lists/AT.xml').replace('granted', 'withdrawn');
    const digest = sha256(files.get('content/trusted-lists/AT.xml') as Uint8Array);
    const changes = { 'content/trusted-lists/AT.xml': () => list, 'content/trusted-lists/snapshot.yaml': replace(digest, sha256(list)) };
    const { wrong } = await verifyFiles(forge(files, changes));
    expect(wrong.map((one) => one.file)).toEqual(['content/trusted-lists/AT.xml']);
  });

  test('a whole register, chained anew, by the time-stamp tokens', async () => {
    const { appendEntries, readRegister } = await import('../../src/read/register.ts');
    const { register } = readRegister(readText(files, 'policies/register.yaml'));
    const entries = register.entries.map(({ kind: _kind, digest: _digest, start: _start, fields: _fields, previous: _previous, ...entry }) => ({ ...entry }));
    const moved = entries.map((entry) => ('effective' in entry && entry.version === '2.0' ? { ...entry, note: 'Found in an archive.' } : entry));
    const text = appendEntries('', moved as Parameters<typeof appendEntries>[1]).text;
    const last = readRegister(text).register.last as string;
    const before = register.last as string;
    const { wrong } = await verifyFiles(forge(files, { 'policies/register.yaml': () => text, 'manifest.json': replace(before, last) }));
    expect(wrong.filter((one) => one.file.startsWith('content/timestamps/')).length).toBeGreaterThan(5);
    expect(wrong.some((one) => one.message.includes('an entry that was stamped was altered or removed since'))).toBe(true);
  });
});

describe('a bundle in a folder', () => {
  let unpacked: string;
  beforeAll(async () => {
    unpacked = await mkdtemp(join(tmpdir(), 'cartulary-unpacked-'));
    for (const [path, content] of files) {
      await mkdir(dirname(join(unpacked, path)), { recursive: true });
      await writeFile(join(unpacked, path), content);
    }
  });
  afterAll(() => rm(unpacked, { recursive: true, force: true }));

  test('is proved as the archive is, but for its own digest', async () => {
    const { code, out } = await verify(unpacked);
    expect(out).toContain('a folder has no digest: verify the ZIP file with --sha256 <digest>');
    expect(code).toBe(0);
  });

  test('a link in it is not followed', async () => {
    const path = join(unpacked, 'texts/cps/2.0/cps-2.0.en.md');
    await rename(path, `${unpacked}.md`);
    await symlink(`${unpacked}.md`, path);
    const { code, out } = await verify(unpacked);
    expect(code).toBe(1);
    expect(out).toContain('texts/cps/2.0/cps-2.0.en.md: It is a link, or no plain file: it is not followed.');
    await rm(path);
    await rename(`${unpacked}.md`, path);
  });
});

describe('a repository', () => {
  test('is proved as the check does', async () => {
    const { code, out } = await verify('.');
    expect(out).toContain('The register holds together: 41 entries');
    expect(out).toMatch(/\d+ texts are the registered bytes by SHA-256, read from the blobs that the register names\./);
    expect(out).toMatch(/cps 2\.0 was registered by /);
    expect(code).toBe(0);
  });

  test('an altered register is told at its line, whatever the configuration lets pass', async () => {
    const copy = await mkdtemp(join(tmpdir(), 'cartulary-altered-'));
    try {
      await cp(folder, copy, { recursive: true });
      const register = await readFile(join(copy, 'policies/register.yaml'), 'utf8');
      await writeFile(join(copy, 'policies/register.yaml'), register.replace('published: 2024-08-12', 'published: 2024-08-11'));
      await writeFile(join(copy, 'cartulary.yaml'), `${await readFile(join(copy, 'cartulary.yaml'), 'utf8')}\nseverities: { form/register-chained: off }\n`);
      const { code, out } = await verify(copy);
      expect(code).toBe(1);
      expect(out).toMatch(/policies\/register\.yaml:\d+: Entry \d+ of the register \(\w+\) names an entry before it that is not there/);
    } finally {
      await rm(copy, { recursive: true, force: true });
    }
  });
});

test.each([
  [['nothing.zip'], 'There is no nothing.zip.'],
  [['cartulary.yaml'], 'cartulary.yaml is no bundle: it does not begin as a ZIP archive does.'],
  [['content'], 'content is no bundle, no built site and no repository'],
  [[], 'Name one bundle, site or repository.'],
  [['.', '--sha256', 'abc'], '"abc" is no SHA-256 digest'],
])('verify %j cannot run', async (args, message) => {
  const { code, err } = await verify(...args);
  expect(code).toBe(2);
  expect(err).toContain(message);
});
