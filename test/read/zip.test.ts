import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { writeZip } from '../../src/publish/zip.ts';
import { readZip } from '../../src/read/zip.ts';

/** One file of an archive, with whatever headers somebody could write. */
interface Part {
  name: string;
  content?: Uint8Array;
  /** What the headers promise. */
  size?: number;
  attributes?: number;
  flags?: number;
  time?: number;
  extra?: number;
  method?: number;
  localName?: string;
}

/** An archive by hand. */
function writeByHand(parts: readonly Part[], { comment = '', gap = 0 } = {}): Uint8Array {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let at = 0;
  for (const {
    name,
    content = Buffer.from('text'),
    size = content.length,
    attributes = 0,
    flags = 0,
    time = 0x00216000,
    extra = 0,
    method = 8,
    localName = name,
  } of parts) {
    const packed = method === 8 ? deflateRawSync(content) : content;
    const common = Buffer.alloc(26);
    for (const [value, position] of [
      [20, 0],
      [flags, 2],
      [method, 4],
      [name.length, 22],
      [extra, 24],
    ] as const)
      common.writeUInt16LE(value, position);
    for (const [value, position] of [
      [time, 6],
      [crc32(content), 10],
      [packed.length, 14],
      [size, 18],
    ] as const)
      common.writeUInt32LE(value >>> 0, position);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, Buffer.from(localName, 'latin1'), Buffer.alloc(extra), packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(attributes >>> 0, 6);
    rest.writeUInt32LE(at, 10);
    centrals.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, rest, Buffer.from(name, 'latin1'), Buffer.alloc(extra)]));
    locals.push(local);
    at += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  for (const position of [8, 10]) end.writeUInt16LE(parts.length, position);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at + gap, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...locals, Buffer.alloc(gap), directory, end, Buffer.from(comment)]);
}

const faultsOf = (bytes: Uint8Array) => readZip(bytes).faults.map(({ file, message }) => `${file ?? 'archive'}: ${message}`);

test('what is written is read, and an archive by hand in the same form, too', () => {
  const files = new Map([
    ['a/empty.txt', new Uint8Array()],
    ['a/text.txt', Buffer.from('text '.repeat(5000))],
    ['b.bin', Buffer.from([0, 255, 1])],
  ]);
  const read = readZip(writeZip(files));
  expect(read.faults).toEqual([]);
  expect([...read.files].map(([path, bytes]) => [path, Buffer.from(bytes)])).toEqual([...files].map(([path, bytes]) => [path, Buffer.from(bytes)]));
  expect(faultsOf(writeByHand([{ name: 'a' }, { name: 'b', method: 0 }]))).toEqual([]);
});

describe('hostile archives are refused', () => {
  const long = Buffer.alloc(3_000_000);
  const cases: readonly [name: string, bytes: Uint8Array, fault: RegExp][] = [
    ['a name that leads out', writeByHand([{ name: '../../etc/passwd' }]), /^\.\.\/\.\.\/etc\/passwd: The name leads out/],
    ['a name that leads out in the middle', writeByHand([{ name: 'a/../../b' }]), /The name leads out/],
    ['an absolute name', writeByHand([{ name: '/etc/passwd' }]), /The name leads out/],
    ['a drive', writeByHand([{ name: 'C:/a' }]), /The name leads out/],
    ['a backslash', writeByHand([{ name: 'a\\..\\b' }]), /The name leads out/],
    ['a name that a terminal obeys', writeByHand([{ name: 'a\u001b[2J' }]), /^a\?\[2J: /],
    ['a name with a dot behind it, which a disk would drop', writeByHand([{ name: 'a.' }]), /The name leads out/],
    ['an empty name', writeByHand([{ name: '' }]), /empty or too long/],
    ['a folder', writeByHand([{ name: 'a/' }]), /The name leads out/],
    ['a name twice', writeByHand([{ name: 'a' }, { name: 'a', content: Buffer.from('other') }]), /^a: It is in the archive twice/],
    ['names that differ in capitals', writeByHand([{ name: 'A' }, { name: 'a' }]), /^a: On many a disk it would be one file with A/],
    ['names out of order', writeByHand([{ name: 'b' }, { name: 'a' }]), /^a: It stands behind b/],
    ['a link', writeByHand([{ name: 'a', attributes: 0o120777 * 65536 }]), /^a: It is a link/],
    ['attributes', writeByHand([{ name: 'a', attributes: 1 }]), /^a: It is a link, a folder or has attributes/],
    ['encryption', writeByHand([{ name: 'a', flags: 1 }]), /^a: Its header/],
    ['sizes that follow later', writeByHand([{ name: 'a', flags: 8 }]), /^a: Its header/],
    ['another method', writeByHand([{ name: 'a', method: 12 }]), /^a: Its header/],
    ['a time', writeByHand([{ name: 'a', time: 0x5a000000 }]), /^a: Its header/],
    ['extra fields', writeByHand([{ name: 'a', extra: 4 }]), /^a: Its header/],
    ['two headers that differ', writeByHand([{ name: 'a', localName: 'b' }]), /^a: Its two headers/],
    ['less than is promised', writeByHand([{ name: 'a', size: 3 }]), /^a: Its content cannot be inflated/],
    ['more than is promised', writeByHand([{ name: 'a', size: 5 }]), /^a: Its content cannot be inflated/],
    ['a bomb that says so', writeByHand([{ name: 'a', content: long, size: 4_000_000_000 }]), /^a: It promises 4000000000 octets/],
    ['a bomb that does not say so', writeByHand([{ name: 'a', content: long, size: 10 }]), /^a: Its content cannot be inflated/],
    ['a comment', writeByHand([{ name: 'a' }], { comment: 'hello' }), /no ZIP archive as cartulary bundle writes it/],
    ['something in between', writeByHand([{ name: 'a' }], { gap: 7 }), /something that belongs to none/],
    ['something before', Buffer.concat([Buffer.from('#!/bin/sh\n'), writeByHand([{ name: 'a' }])]), /not where its end says/],
    ['nothing', new Uint8Array(), /no ZIP archive/],
    ['another file', Buffer.from('%PDF-1.7'.repeat(100)), /no ZIP archive/],
  ];
  test.each(cases)('%s', (_, bytes, fault) => {
    expect(faultsOf(bytes).join('\n')).toMatch(fault);
  });
});

test('a bomb costs no more memory than its header promises', () => {
  const bomb = writeByHand([{ name: 'a', content: Buffer.alloc(150_000_000), size: 100 }]);
  const before = process.memoryUsage().arrayBuffers;
  expect(faultsOf(bomb)).toEqual(['a: Its content cannot be inflated to what its header promises.']);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10_000_000);
});

test('whatever the octets, there is an answer, and a changed archive is not the same files without a word', () => {
  const files = new Map([...'abcdef'].map((name) => [`${name}.txt`, Buffer.from(`${name} `.repeat(200))] as const));
  const bytes = writeZip(files);
  const same = (read: ReturnType<typeof readZip>) =>
    read.files.size === files.size && [...files].every(([path, content]) => content.equals(Buffer.from(read.files.get(path) ?? [])));
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 3 }), (flips) => {
      const changed = Buffer.from(bytes);
      for (const [at, mask] of flips) changed[at] = (changed[at] as number) ^ mask;
      const read = readZip(changed);
      expect(read.faults.length > 0 || same(read)).toBe(true);
    }),
    { numRuns: 3000 },
  );
});

const hasPython = spawnSync('python3', ['--version']).status === 0;
test.skipIf(!hasPython)('another program reads what is written (skipped where there is no python3)', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cartulary-zip-'));
  try {
    await writeFile(join(folder, 'a.zip'), writeZip(new Map([['one/two.txt', Buffer.from('text')]])));
    const script = 'import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); print(z.testzip(), z.namelist(), z.read("one/two.txt"))';
    const { stdout } = spawnSync('python3', ['-c', script, join(folder, 'a.zip')], { encoding: 'utf8' });
    expect(stdout.trim()).toBe("None ['one/two.txt'] b'text'");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
