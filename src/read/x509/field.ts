import type { Asn1Text, Asn1Time, IrregularityKind, NamedOid, SerialNumber, StringType } from '../../model/asn1.ts';
import { oidName } from '../../model/oid-name.ts';
import { DerFault, type Element, readElement, TAG, tagName, toHex } from './der.ts';
import { decodeLatin, decodeOid, decodeText, decodeTime, STRING_TYPES } from './primitives.ts';
import type { Reading } from './reading.ts';

/** Octets of an INTEGER that is read as a number. */
const MOST_NUMBER_OCTETS = 6;

/** What the syntax of a text demands beyond being one. */
export interface TextSyntax {
  types: readonly StringType[];
  least?: number;
  most?: number;
}

/**
 * One element of the DER with the path by which facts and findings name it. Its methods read it as a type: another type
 * is a fault (thrown), octets that are merely irregular are reported to the reading and read all the same.
 */
export class Field {
  readonly reading: Reading;
  readonly at: string;
  readonly element: Element;

  constructor(reading: Reading, at: string, element: Element) {
    this.reading = reading;
    this.at = at;
    this.element = element;
    reading.place(at, element);
    if (element.flaw !== undefined) this.report('not-der', `The field ${at} has ${element.flaw}.`, element.flaw, 'the shortest definite length');
  }

  report(kind: IrregularityKind, message: string, seen: string, expected: string): void {
    this.reading.report(kind, this.at, this.element.offset, message, seen, expected);
  }

  fault(message: string, seen: string, expected: string): never {
    throw new DerFault(this.at, this.element.offset, message, seen, expected);
  }

  is(tag: number): boolean {
    return this.element.tag === tag;
  }

  demand(tag: number): void {
    if (this.element.tag === tag) return;
    this.fault(`The field ${this.at} has another type than it should have.`, tagName(this.element.tag), tagName(tag));
  }

  /** The same field under the tag that an implicit tag hides. */
  as(tag: number): Field {
    return new Field(this.reading, this.at, { ...this.element, tag, flaw: undefined });
  }

  /** What an explicit tag or an OCTET STRING wraps: one element and nothing after it. */
  content(at = this.at): Field {
    const { bytes } = this.reading;
    const { start, end } = this.element;
    const element = readElement(bytes, start, end, at);
    if (element.next < end) {
      this.report('trailing-data', `The field ${this.at} goes on after its value has ended.`, `${end - element.next} more octets`, 'nothing more');
    }
    return new Field(this.reading, at, element);
  }

  /** The elements of a sequence, or of a set where `tag` says so. */
  fields(tag: number = TAG.sequence): Fields {
    this.demand(tag);
    return new Fields(this);
  }

  /** Reads every element of a SEQUENCE OF or SET OF that must have one. Their paths are that of `at` with an index. */
  list<T>(read: (item: Field) => T, at = this.at, tag: number = TAG.sequence): T[] {
    const fields = this.fields(tag);
    const items: T[] = [];
    while (fields.more) items.push(read(fields.next(`[${items.length}]`, at)));
    if (items.length === 0) this.report('empty-list', `The field ${this.at} is an empty list.`, 'no element', 'at least one element');
    return items;
  }

  oid(): string {
    this.demand(TAG.oid);
    const { start, end } = this.element;
    const decoded = decodeOid(this.reading.bytes, start, end);
    if (!decoded) return this.fault(`The field ${this.at} is no object identifier.`, this.hex(32) || 'no octets', 'an object identifier');
    if (decoded.padded) {
      this.report('not-der', `The object identifier in ${this.at} has an arc with a leading zero.`, this.hex(), 'arcs in the fewest octets');
    }
    return decoded.oid;
  }

  namedOid(): NamedOid {
    const oid = this.oid();
    const name = oidName(oid);
    return { at: this.at, oid, ...(name !== undefined && { name }) };
  }

  /** An INTEGER that is meant as a number; a fault where it is longer than six octets. */
  number(tag: number = TAG.integer): number {
    this.demand(tag);
    const { start, end } = this.element;
    this.checkInteger();
    if (end - start > MOST_NUMBER_OCTETS) this.fault(`The number in ${this.at} is too large.`, `${end - start} octets`, `at most ${MOST_NUMBER_OCTETS} octets`);
    const { bytes } = this.reading;
    let value = ((bytes[start] ?? 0) ^ 0x80) - 0x80;
    for (let index = start + 1; index < end; index += 1) value = value * 256 + (bytes[index] ?? 0);
    return value;
  }

  /** An INTEGER of any length. */
  serialNumber(): SerialNumber {
    this.demand(TAG.integer);
    this.checkInteger();
    const { start, end } = this.element;
    return { at: this.at, hex: integerHex(this.reading.bytes, start, end), octets: end - start };
  }

  private checkInteger(): void {
    const { start, end } = this.element;
    const [first = 0, second = 0] = this.reading.bytes.subarray(start, Math.min(end, start + 2));
    if (end === start) this.fault(`The number in ${this.at} has no octets.`, 'no octets', 'at least one octet');
    if (end - start > 1 && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))) {
      this.report('not-der', `The number in ${this.at} begins with an octet that it does not need.`, this.hex(32), 'the fewest octets');
    }
  }

  /** A BOOLEAN with DEFAULT FALSE, which DER leaves out where it is FALSE. */
  boolean(): boolean {
    this.demand(TAG.boolean);
    const { start, end } = this.element;
    if (end - start !== 1) this.fault(`The truth value in ${this.at} has not one octet.`, `${end - start} octets`, 'one octet');
    const octet = this.reading.bytes[start] ?? 0;
    if (octet === 0) this.report('not-der', `The field ${this.at} says FALSE, which is its default.`, 'FALSE', 'nothing, which means FALSE');
    else if (octet !== 0xff) this.report('not-der', `The truth value in ${this.at} is not written as DER writes TRUE.`, this.hex(), 'ff');
    return octet !== 0;
  }

  null(): void {
    this.demand(TAG.null);
    if (this.element.end > this.element.start) this.report('not-der', `The NULL in ${this.at} has content.`, this.hex(32), 'no content');
  }

  /** Content of an OCTET STRING in hexadecimal. */
  octets(): string {
    this.demand(TAG.octetString);
    return this.hex();
  }

  /** Content of a BIT STRING of whole octets, in hexadecimal. */
  bitOctets(): string {
    const { start, unused } = this.bitString();
    if (unused > 0) this.report('not-der', `The BIT STRING in ${this.at} does not end with a whole octet.`, `${unused} unused bits`, 'no unused bits');
    return toHex(this.reading.bytes, start, this.element.end);
  }

  /** Names of the bits that are set in a named bit list, which in DER ends with a bit that is set. */
  bits<Name extends string>(names: readonly Name[]): Name[] {
    const { start, unused } = this.bitString();
    const { bytes } = this.reading;
    const { end } = this.element;
    const last = bytes[end - 1] ?? 0;
    const isDer = end === start || (last & (1 << unused)) !== 0;
    if (!isDer) this.report('not-der', `The bits in ${this.at} end with one that is not set.`, this.hex(32), 'no zero bits at the end');
    const set = names.filter((_, index) => start + (index >> 3) < end && ((bytes[start + (index >> 3)] ?? 0) & (0x80 >> (index & 7))) !== 0);
    if (set.length === 0) this.report('empty-list', `No bit that has a meaning is set in ${this.at}.`, this.hex(32), 'at least one bit');
    return set;
  }

  private bitString(): { start: number; unused: number } {
    this.demand(TAG.bitString);
    const { start, end } = this.element;
    const unused = this.reading.bytes[start] ?? 0;
    if (end === start || unused > 7 || (end === start + 1 && unused > 0)) this.fault(`The BIT STRING in ${this.at} is broken.`, this.hex(32), 'a BIT STRING');
    const rest = (this.reading.bytes[end - 1] ?? 0) & ((1 << unused) - 1);
    if (rest !== 0) this.report('not-der', `Unused bits of ${this.at} are set.`, this.hex(32), 'unused bits of zero');
    return { start: start + 1, unused };
  }

  /** A text of any string type; one that the syntax does not allow is irregular. */
  text(syntax: TextSyntax): Asn1Text {
    const type = STRING_TYPES[this.element.tag];
    if (!type) return this.fault(`The field ${this.at} is no text.`, tagName(this.element.tag), syntax.types.join(' or '));
    const { value, flawed } = decodeText(type, this.reading.bytes, this.element.start, this.element.end);
    if (flawed) this.report('wrong-characters', `The text in ${this.at} holds what a ${type} cannot hold.`, value.slice(0, 200), `characters of ${type}`);
    if (!syntax.types.includes(type)) {
      this.report('wrong-string-type', `The text in ${this.at} has another string type than it should have.`, type, syntax.types.join(' or '));
    }
    this.checkSize(value, syntax);
    return { at: this.at, type, value };
  }

  private checkSize(value: string, { least = 1, most = Number.POSITIVE_INFINITY }: TextSyntax): void {
    // Two UTF-16 units for each character at most: only a text near the limit has to be counted.
    const length = value.length > most ? [...value].length : value.length;
    if (length >= least && length <= most) return;
    const expected =
      least === most ? `${least} characters` : most === Number.POSITIVE_INFINITY ? `at least ${least} characters` : `${least} to ${most} characters`;
    this.report('wrong-size', `The text in ${this.at} has a wrong length.`, `${length} characters: ${value.slice(0, 200)}`, expected);
  }

  /** A UTCTime or GeneralizedTime in the forms of RFC 5280, 4.1.2.5: years to 2049 as UTCTime, unless `form` demands one. */
  time(form?: 'GeneralizedTime'): Asn1Time {
    const seen = this.is(TAG.utcTime) ? 'UTCTime' : this.is(TAG.generalizedTime) ? 'GeneralizedTime' : undefined;
    if (!seen) return this.fault(`The field ${this.at} is no time.`, tagName(this.element.tag), form ?? 'UTCTime or GeneralizedTime');
    const written = decodeLatin(this.reading.bytes, this.element.start, Math.min(this.element.end, this.element.start + 40));
    const { instant, regular } = decodeTime(seen, written);
    if (!instant) this.report('wrong-time', `The time in ${this.at} names no second of the calendar.`, written, 'a date and time in UTC');
    else if (!regular) this.report('wrong-time', `The time in ${this.at} is not written to the second with a final Z.`, written, 'a time to the second in UTC');
    const demanded = form ?? (instant && instant < '2050' ? 'UTCTime' : 'GeneralizedTime');
    if (instant && seen !== demanded) this.report('wrong-time', `The time in ${this.at} has the wrong form.`, `${seen} ${written}`, demanded);
    return { at: this.at, form: seen, written, ...(instant && { instant }) };
  }

  /** The content in hexadecimal, cut where `most` octets are enough to show it. */
  hex(most = Number.POSITIVE_INFINITY): string {
    const { start, end } = this.element;
    const cut = Math.min(end, start + most);
    return toHex(this.reading.bytes, start, cut) + (cut < end ? '…' : '');
  }

  /** The whole element in hexadecimal. */
  der(): string {
    return toHex(this.reading.bytes, this.element.offset, this.element.next);
  }
}

/** Magnitude of an INTEGER as `SerialNumber` writes it. */
function integerHex(bytes: Uint8Array, start: number, end: number): string {
  if ((bytes[start] ?? 0) < 0x80) return toHex(bytes, bytes[start] === 0 && end - start > 1 ? start + 1 : start, end);
  const magnitude = (1n << BigInt((end - start) * 8)) - BigInt(`0x${toHex(bytes, start, end)}`);
  const digits = magnitude.toString(16);
  return `-${digits.length % 2 ? '0' : ''}${digits}`;
}

/** The elements of a sequence or set, one after the other. */
export class Fields {
  readonly parent: Field;
  private position: number;

  constructor(parent: Field) {
    this.parent = parent;
    this.position = parent.element.start;
  }

  get more(): boolean {
    return this.position < this.parent.element.end;
  }

  /** The next element, which must be there. `at` is the path that `name` is put behind; empty for the outermost fields. */
  next(name: string, at = this.parent.at): Field {
    const { reading, element } = this.parent;
    const path = at === '' || name.startsWith('[') ? at + name : `${at}.${name}`;
    const field = new Field(reading, path, readElement(reading.bytes, this.position, element.end, path));
    this.position = field.element.next;
    return field;
  }

  /** The next element where it has one of these tags. */
  optional(name: string, ...tags: readonly number[]): Field | undefined {
    return this.more && tags.includes(this.parent.reading.bytes[this.position] ?? 0) ? this.next(name) : undefined;
  }

  /** Reports what is left. */
  end(): void {
    if (!this.more) return;
    const { parent, position } = this;
    const rest = toHex(parent.reading.bytes, position, Math.min(parent.element.end, position + 32));
    const left = parent.element.end - position;
    parent.report('trailing-element', `The field ${parent.at} has more elements than it should have.`, `${left} more octets: ${rest}`, 'no more elements');
  }
}

/** Reads a part; what cannot be read is an irregularity, and the part is left out. `shift` is where octets begin that are counted by themselves. */
export function attempt<T>(reading: Reading, read: () => T, shift = 0): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof DerFault)) throw error;
    reading.report('not-decodable', error.at, error.offset + shift, error.message, error.seen, error.expected);
    return undefined;
  }
}
