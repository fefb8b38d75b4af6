import type { StringType } from '../../model/asn1.ts';
import { type Instant, isInstant, toInstant } from '../../model/time.ts';
import { TAG, toHex } from './der.ts';

/** An OID with an arc of more octets would be no OID that anybody assigned; reading it would cost time. */
const MOST_OID_OCTETS = 128;

/** An object identifier in dot notation; undefined where the octets are none. `padded`: an arc begins with a useless zero. */
export function decodeOid(bytes: Uint8Array, start: number, end: number): { oid: string; padded: boolean } | undefined {
  if (end <= start || end - start > MOST_OID_OCTETS || (bytes[end - 1] ?? 0) >= 0x80) return undefined;
  let oid = '';
  let arc = 0;
  let fresh = true;
  let padded = false;
  for (let index = start; index < end; index += 1) {
    const octet = bytes[index] ?? 0;
    if (fresh && octet === 0x80) padded = true;
    if (arc > 2 ** 44) return decodeLongOid(bytes, start, end, padded);
    arc = arc * 128 + (octet & 0x7f);
    fresh = octet < 0x80;
    if (!fresh) continue;
    oid += oid === '' ? firstArcs(arc) : `.${arc}`;
    arc = 0;
  }
  return { oid, padded };
}

function firstArcs(arc: number): string {
  const first = Math.min(2, Math.floor(arc / 40));
  return `${first}.${arc - first * 40}`;
}

function decodeLongOid(bytes: Uint8Array, start: number, end: number, padded: boolean) {
  const arcs: bigint[] = [];
  let arc = 0n;
  for (let index = start; index < end; index += 1) {
    const octet = bytes[index] ?? 0;
    arc = arc * 128n + BigInt(octet & 0x7f);
    if (octet >= 0x80) continue;
    arcs.push(arc);
    arc = 0n;
  }
  const [first = 0n, ...rest] = arcs;
  const top = first < 80n ? first / 40n : 2n;
  return { oid: [top, first - top * 40n, ...rest].join('.'), padded };
}

/** The string types by their tag. */
export const STRING_TYPES: Readonly<Record<number, StringType>> = {
  [TAG.utf8String]: 'UTF8String',
  [TAG.numericString]: 'NumericString',
  [TAG.printableString]: 'PrintableString',
  [TAG.teletexString]: 'TeletexString',
  [TAG.ia5String]: 'IA5String',
  [TAG.visibleString]: 'VisibleString',
  [TAG.universalString]: 'UniversalString',
  [TAG.bmpString]: 'BMPString',
};

const ALLOWED: Partial<Record<StringType, RegExp>> = {
  PrintableString: /^[A-Za-z0-9 '()+,\-./:=?]*$/,
  NumericString: /^[0-9 ]*$/,
  // biome-ignore lint/suspicious/noControlCharactersInRegex: IA5 is ASCII with its control characters.
  IA5String: /^[\u0000-\u007f]*$/,
  VisibleString: /^[\u0020-\u007e]*$/,
};

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A text of a string type, and whether it holds what that type has no place for. T.61 is read as Latin-1, as everybody writes it. */
export function decodeText(type: StringType, bytes: Uint8Array, start: number, end: number): { value: string; flawed: boolean } {
  if (type === 'UTF8String') return decodeUtf8(bytes.subarray(start, end));
  if (type === 'BMPString' || type === 'UniversalString') return decodeWide(bytes, start, end, type === 'BMPString' ? 2 : 4);
  const value = decodeLatin(bytes, start, end);
  return { value, flawed: ALLOWED[type]?.test(value) === false };
}

/** One character for each octet. */
export function decodeLatin(bytes: Uint8Array, start: number, end: number): string {
  let value = '';
  for (let index = start; index < end; index += 1) value += String.fromCharCode(bytes[index] ?? 0);
  return value;
}

function decodeUtf8(bytes: Uint8Array): { value: string; flawed: boolean } {
  try {
    return { value: utf8.decode(bytes), flawed: false };
  } catch {
    return { value: new TextDecoder().decode(bytes), flawed: true };
  }
}

function decodeWide(bytes: Uint8Array, start: number, end: number, width: 2 | 4): { value: string; flawed: boolean } {
  let value = '';
  let flawed = (end - start) % width !== 0;
  for (let index = start; index + width <= end; index += width) {
    const code = Number.parseInt(toHex(bytes, index, index + width), 16);
    const isCharacter = code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
    value += String.fromCodePoint(isCharacter ? code : 0xfffd);
    flawed ||= !isCharacter;
  }
  return { value, flawed };
}

const TIME = /^(\d{2}|\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(?:(\d{2})(?:[.,]\d+)?)?(Z|[+-]\d{4})?$/;

/**
 * The instant of a UTCTime or GeneralizedTime, also in the forms of BER that RFC 5280 forbids (`regular` is false for
 * them): without seconds, with fractions or an offset. Local time without an offset is no instant.
 */
export function decodeTime(form: 'UTCTime' | 'GeneralizedTime', written: string): { instant: Instant | undefined; regular: boolean } {
  const regular = (form === 'UTCTime' ? /^\d{12}Z$/ : /^\d{14}Z$/).test(written);
  const [, year = '', month, day, hour, minute, second = '00', zone] = TIME.exec(written) ?? [];
  if (zone === undefined || year.length !== (form === 'UTCTime' ? 2 : 4)) return { instant: undefined, regular };
  const full = form === 'GeneralizedTime' ? year : `${Number(year) < 50 ? 20 : 19}${year}`;
  const text = `${full}-${month}-${day}T${hour}:${minute}:${second}Z`;
  if (!exists(Number(full), Number(month), Number(day), Number(hour), Number(minute), Number(second))) return { instant: undefined, regular: false };
  const instant = text as Instant;
  return zone === 'Z' ? { instant, regular } : { instant: shift(instant, zone), regular };
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether it is a second of the calendar that an `Instant` can name; asked a million times of a long CRL, so without a `Date`. */
function exists(year: number, month: number, day: number, hour: number, minute: number, second: number): boolean {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 && isLeap ? 29 : (DAYS[month - 1] ?? 0);
  return year >= 1000 && day >= 1 && day <= days && hour < 24 && minute < 60 && second < 60;
}

function shift(instant: Instant, zone: string): Instant | undefined {
  const minutes = (zone.startsWith('-') ? -1 : 1) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3)));
  const shifted = toInstant(new Date(Date.parse(instant) - minutes * 60_000));
  return isInstant(shifted) ? shifted : undefined;
}
