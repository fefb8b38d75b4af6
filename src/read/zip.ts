import { crc32, inflateRawSync } from 'node:zlib';
import { BUNDLE_PATH } from '../model/bundle.ts';

/** An archive as it was read. `faults` are whole sentences; `file` is the one in the archive that is at fault, undefined for the archive itself. */
export interface ReadZip {
  files: ReadonlyMap<string, Uint8Array>;
  faults: readonly { file: string | undefined; message: string }[];
}

const MOST_FILES = 20_000;
const MOST_NAME = 300;
/** What one file and all of them may be once they are inflated: nothing is inflated beyond what its header says, nor beyond this. */
const MOST_OCTETS = 200_000_000;
const MOST_TOGETHER = 1_000_000_000;
/** Deflate cannot do better (RFC 1951): what promises more is no archive. */
const MOST_RATIO = 1040;

const END = { signature: 0x06054b50, size: 22 };
const CENTRAL = { signature: 0x02014b50, size: 46 };
const LOCAL = { signature: 0x04034b50, size: 30 };
/** As `writeZip` writes them: 1980-01-01 12:00, no attributes. */
const NO_TIME = 0x00216000;

interface Entry {
  name: string;
  method: number;
  crc: number;
  packed: number;
  size: number;
  at: number;
  /** Where the central directory goes on. */
  next: number;
}

type Fault = ReadZip['faults'][number];

/**
 * Reads a ZIP archive in memory, and only in the form that `writeZip` gives it: every octet belongs to a file or a header,
 * both headers of a file agree, names are sorted, plain, and each there once; no times, attributes, links, comments,
 * encryption or ZIP64. Nothing is written to a disk. What is at fault is left out, and said.
 */
export function readZip(bytes: Uint8Array): ReadZip {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = readEnd(view);
  if (typeof end === 'string') return { files: new Map(), faults: [{ file: undefined, message: end }] };
  const faults: Fault[] = [];
  const files = new Map<string, Uint8Array>();
  const { entries, problem } = readDirectory(bytes, view, end);
  if (problem) faults.push(problem);
  const reading: Reading = { bytes, view, begin: 0, total: 0 };
  faults.push(...checkNames(entries));
  for (const entry of entries) {
    const content = readFile(entry, reading);
    if (typeof content === 'string') faults.push({ file: entry.name, message: content });
    else files.set(entry.name, content);
    reading.begin = entry.at + LOCAL.size + entry.name.length + entry.packed;
  }
  if (!problem && reading.begin !== end.at)
    faults.push({ file: undefined, message: 'Between the last file and the list of files there is something that belongs to none.' });
  return { files, faults };
}

interface Reading {
  bytes: Uint8Array;
  view: DataView;
  /** Where the next file must begin. */
  begin: number;
  /** What all files so far come to. */
  total: number;
}

function readEnd(view: DataView): { at: number; count: number; end: number } | string {
  const start = view.byteLength - END.size;
  if (start < 0 || view.getUint32(start, true) !== END.signature)
    return 'This is no ZIP archive as cartulary bundle writes it: it does not end with the end of one, without a comment.';
  const [disks, count, all] = [view.getUint32(start + 4, true), view.getUint16(start + 8, true), view.getUint16(start + 10, true)];
  const [size, at] = [view.getUint32(start + 12, true), view.getUint32(start + 16, true)];
  if (disks !== 0 || count !== all || view.getUint16(start + 20, true) !== 0)
    return 'The archive is split over disks or has a comment: cartulary bundle writes neither.';
  if (at + size !== start) return 'The list of files of the archive is not where its end says.';
  if (count > MOST_FILES) return `The archive promises ${count} files; at most ${MOST_FILES} are read.`;
  return { at, count, end: start };
}

function readDirectory(
  bytes: Uint8Array,
  view: DataView,
  { at, count, end }: { at: number; count: number; end: number },
): { entries: Entry[]; problem: Fault | undefined } {
  const entries: Entry[] = [];
  let position = at;
  for (let index = 0; index < count; index += 1) {
    const entry = readEntry(bytes, view, position, end);
    if ('message' in entry) return { entries, problem: entry };
    entries.push(entry);
    position = entry.next;
  }
  const problem = position === end ? undefined : { file: undefined, message: 'The archive lists more than its end counts.' };
  return { entries, problem };
}

function readEntry(bytes: Uint8Array, view: DataView, at: number, end: number): Entry | Fault {
  if (at + CENTRAL.size > end || view.getUint32(at, true) !== CENTRAL.signature)
    return { file: undefined, message: 'The list of files of the archive cannot be read to its end.' };
  const length = view.getUint16(at + 28, true);
  if (length === 0 || length > MOST_NAME || at + CENTRAL.size + length > end)
    return { file: undefined, message: 'A name in the archive is empty or too long.' };
  const name = Buffer.from(bytes.subarray(at + CENTRAL.size, at + CENTRAL.size + length)).toString('latin1');
  const [made, flags, time] = [view.getUint16(at + 4, true), view.getUint16(at + 8, true), view.getUint32(at + 12, true)];
  const method = view.getUint16(at + 10, true);
  const rest = view.getUint16(at + 30, true) | view.getUint16(at + 32, true) | view.getUint16(at + 34, true) | view.getUint16(at + 36, true);
  if (!BUNDLE_PATH.test(name)) return { file: showName(name), message: 'The name leads out of the bundle, or has characters that no file of a bundle has.' };
  if (view.getUint32(at + 38, true) !== 0) return { file: name, message: 'It is a link, a folder or has attributes: a bundle has plain files only.' };
  if (made !== 20 || view.getUint16(at + 6, true) !== 20 || flags !== 0 || time !== NO_TIME || rest !== 0 || (method !== 0 && method !== 8))
    return { file: name, message: 'Its header in the list of files is not as cartulary bundle writes it.' };
  const [crc, packed, size] = [view.getUint32(at + 16, true), view.getUint32(at + 20, true), view.getUint32(at + 24, true)];
  return { name, method, crc, packed, size, at: view.getUint32(at + 42, true), next: at + CENTRAL.size + length };
}

/** Names of an archive by anybody: what a terminal would obey is left out. */
const showName = (name: string) => name.replace(/[^\x20-\x7e]/g, '?').slice(0, 100);

function checkNames(entries: readonly Entry[]): Fault[] {
  const faults: Fault[] = [];
  const taken = new Map<string, string>();
  let before = '';
  for (const { name } of entries) {
    const other = taken.get(name.toLowerCase());
    if (other === name) faults.push({ file: name, message: 'It is in the archive twice.' });
    else if (other !== undefined) faults.push({ file: name, message: `On many a disk it would be one file with ${other}.` });
    else if (name < before) faults.push({ file: name, message: `It stands behind ${before}: the files of a bundle are in order.` });
    taken.set(name.toLowerCase(), name);
    before = name;
  }
  return faults;
}

function readFile({ name, method, crc, packed, size, at }: Entry, reading: Reading): Uint8Array | string {
  const { bytes, view } = reading;
  const data = at + LOCAL.size + name.length;
  if (at !== reading.begin || data + packed > bytes.length) return 'It does not begin where the file before it ends.';
  if (!isLocal(view, { name, method, crc, packed, size, at }, bytes)) return 'Its two headers in the archive say different things.';
  if (size > MOST_OCTETS || size > packed * MOST_RATIO + 64 || (method === 0 && size !== packed))
    return `It promises ${size} octets out of ${packed}: more than is inflated.`;
  reading.total += size;
  if (reading.total > MOST_TOGETHER) return `With it the files come to more than ${MOST_TOGETHER} octets.`;
  const content = method === 0 ? bytes.subarray(data, data + packed) : inflate(bytes.subarray(data, data + packed), size);
  if (!content) return 'Its content cannot be inflated to what its header promises.';
  return crc32(content) === crc ? content : 'Its content is not that of which the archive has the checksum.';
}

function isLocal(view: DataView, { name, method, crc, packed, size, at }: Omit<Entry, 'next'>, bytes: Uint8Array): boolean {
  const numbers = [
    view.getUint32(at, true),
    view.getUint16(at + 4, true),
    view.getUint16(at + 6, true),
    view.getUint16(at + 8, true),
    view.getUint32(at + 10, true),
  ];
  const expected = [LOCAL.signature, 20, 0, method, NO_TIME];
  const sizes = [
    view.getUint32(at + 14, true),
    view.getUint32(at + 18, true),
    view.getUint32(at + 22, true),
    view.getUint16(at + 26, true),
    view.getUint16(at + 28, true),
  ];
  const named = Buffer.from(bytes.subarray(at + LOCAL.size, at + LOCAL.size + name.length)).toString('latin1');
  return (
    numbers.every((number, index) => number === expected[index]) &&
    sizes.every((number, index) => number === [crc, packed, size, name.length, 0][index]) &&
    named === name
  );
}

function inflate(packed: Uint8Array, size: number): Uint8Array | undefined {
  try {
    const { buffer, engine } = inflateRawSync(packed, { maxOutputLength: Math.max(size, 1), info: true }) as unknown as {
      buffer: Buffer;
      engine: { bytesWritten: number };
    };
    return buffer.length === size && engine.bytesWritten === packed.length ? buffer : undefined;
  } catch {
    return undefined;
  }
}
