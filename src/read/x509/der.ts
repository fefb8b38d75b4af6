/** Identifier octets of the universal types in use (X.690, 8.1.2). */
export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  numericString: 0x12,
  printableString: 0x13,
  teletexString: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  visibleString: 0x1a,
  universalString: 0x1c,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const;

/** Identifier octet of a context-specific tag: `primitive(1)` is [1] of a primitive value, `constructed(1)` of one that holds others. */
export const primitive = (number: number): number => 0x80 | number;
export const constructed = (number: number): number => 0xa0 | number;

/** One element: its identifier octet (with a high tag number above it) and where it and its content lie. */
export interface Element {
  readonly tag: number;
  readonly offset: number;
  /** The content, `start` to `end`; what comes after the element is at `next`. */
  readonly start: number;
  readonly end: number;
  readonly next: number;
  /** What is BER and not DER in its length. */
  readonly flaw?: string;
}

/** Thrown inside this folder only: the octets cannot be read as what they should be. Its message is a whole sentence. */
export class DerFault extends Error {
  readonly at: string;
  readonly offset: number;
  readonly seen: string;
  readonly expected: string;

  constructor(at: string, offset: number, message: string, seen: string, expected: string) {
    super(message);
    this.at = at;
    this.offset = offset;
    this.seen = seen;
    this.expected = expected;
  }
}

/** How deep elements of indefinite length are followed to find their end. */
const MOST_DEPTH = 32;

/**
 * Reads the identifier and length of the element at `offset`, which has to end at or before `limit`. `at` names the
 * field in faults. Looks at no content, except to find the end of an indefinite length.
 */
export function readElement(bytes: Uint8Array, offset: number, limit: number, at: string, depth = 0): Element {
  const { tag, position } = readTag(bytes, offset, limit, at);
  const first = position < limit ? (bytes[position] ?? 0) : fail(at, offset, 'its length is missing');
  const start = position + 1;
  if (first < 0x80) return close({ tag, offset, start, length: first, limit, at });
  if (first === 0x80) return closeIndefinite(bytes, tag, offset, start, limit, at, depth);
  return close({ tag, offset, limit, at, ...readLongLength(bytes, start, first & 0x7f, limit, at) });
}

function readTag(bytes: Uint8Array, offset: number, limit: number, at: string): { tag: number; position: number } {
  if (offset >= limit) fail(at, offset, 'it is missing');
  const tag = bytes[offset] ?? 0;
  if ((tag & 0x1f) !== 0x1f) return { tag, position: offset + 1 };
  let number = 0;
  for (let position = offset + 1; position < Math.min(limit, offset + 4); position += 1) {
    const octet = bytes[position] ?? 0;
    number = number * 128 + (octet & 0x7f);
    if (octet < 0x80) return { tag: tag + number * 256, position: position + 1 };
  }
  return fail(at, offset, 'its tag number is too long');
}

function readLongLength(bytes: Uint8Array, start: number, count: number, limit: number, at: string) {
  if (start + count > limit) fail(at, start, 'its length is cut off');
  let length = 0;
  for (let index = 0; index < count; index += 1) length = Math.min(length * 256 + (bytes[start + index] ?? 0), 2 ** 40);
  const short = length >= 0x80 && bytes[start] !== 0;
  return { start: start + count, length, ...(!short && { flaw: 'a length with more octets than it needs' }) };
}

interface Opened {
  tag: number;
  offset: number;
  start: number;
  length: number;
  limit: number;
  at: string;
  flaw?: string;
}

function close({ tag, offset, start, length, limit, at, flaw }: Opened): Element {
  const end = start + length;
  if (end > limit) fail(at, offset, `it claims ${length} octets of content where ${limit - start} are left`);
  return flaw === undefined ? { tag, offset, start, end, next: end } : { tag, offset, start, end, next: end, flaw };
}

function closeIndefinite(bytes: Uint8Array, tag: number, offset: number, start: number, limit: number, at: string, depth: number): Element {
  if (!(tag & 0x20)) fail(at, offset, 'a primitive value has an indefinite length');
  if (depth >= MOST_DEPTH) fail(at, offset, `elements of indefinite length are nested more than ${MOST_DEPTH} deep`);
  let position = start;
  while (bytes[position] !== 0 || bytes[position + 1] !== 0 || position + 2 > limit) {
    position = readElement(bytes, position, limit, at, depth + 1).next;
  }
  return { tag, offset, start, end: position, next: position + 2, flaw: 'an indefinite length' };
}

function fail(at: string, offset: number, why: string): never {
  throw new DerFault(at, offset, `The field ${at} cannot be read: ${why}.`, why, 'a complete element of DER');
}

const UNIVERSAL: Readonly<Record<number, string>> = {
  1: 'BOOLEAN',
  2: 'INTEGER',
  3: 'BIT STRING',
  4: 'OCTET STRING',
  5: 'NULL',
  6: 'OBJECT IDENTIFIER',
  10: 'ENUMERATED',
  12: 'UTF8String',
  16: 'SEQUENCE',
  17: 'SET',
  18: 'NumericString',
  19: 'PrintableString',
  20: 'TeletexString',
  22: 'IA5String',
  23: 'UTCTime',
  24: 'GeneralizedTime',
  26: 'VisibleString',
  28: 'UniversalString',
  30: 'BMPString',
};
/** By the class of the tag, which is in its two highest bits. */
const CLASSES = ['', 'APPLICATION ', '', 'PRIVATE '];

/** How people write a tag: `SEQUENCE`, `[0]`, `constructed OCTET STRING`. */
export function tagName(tag: number): string {
  const octet = tag & 0xff;
  const number = tag > 0xff ? Math.floor(tag / 256) : octet & 0x1f;
  const name = octet < 0x40 ? UNIVERSAL[number] : undefined;
  if (name === undefined) return octet < 0x40 ? `universal type ${number}` : `[${CLASSES[octet >> 6]}${number}]`;
  const isConstructed = (octet & 0x20) !== 0;
  if (isConstructed === (number === 16 || number === 17)) return name;
  return `${isConstructed ? 'constructed' : 'primitive'} ${name}`;
}

const HEX = Array.from({ length: 256 }, (_, octet) => octet.toString(16).padStart(2, '0'));

/** Octets in lower-case hexadecimal. */
export function toHex(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let index = start; index < end; index += 1) text += HEX[bytes[index] ?? 0];
  return text;
}
