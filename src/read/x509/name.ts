import type { StringType } from '../../model/asn1.ts';
import type { DistinguishedName, GeneralName, NameAttribute } from '../../model/distinguished-name.ts';
import { oidName } from '../../model/oid-name.ts';
import { parseSemanticIdentifier } from '../../model/semantic-identifier.ts';
import { constructed, type Element, primitive, readElement, TAG, toHex } from './der.ts';
import { attempt, Field, type TextSyntax } from './field.ts';
import { decodeOid, STRING_TYPES } from './primitives.ts';
import type { Reading } from './reading.ts';

const DIRECTORY_STRING: readonly StringType[] = ['UTF8String', 'PrintableString', 'TeletexString', 'BMPString', 'UniversalString'];
const ANY_STRING: readonly StringType[] = Object.values(STRING_TYPES);
const COUNTRY: TextSyntax = { types: ['PrintableString'], least: 2, most: 2 };

/** Attributes that are no DirectoryString (X.520, RFC 4519, the EV guidelines). */
const SYNTAXES: Readonly<Record<string, TextSyntax>> = {
  countryName: COUNTRY,
  jurisdictionCountryName: COUNTRY,
  serialNumber: { types: ['PrintableString'] },
  dnQualifier: { types: ['PrintableString'] },
  telephoneNumber: { types: ['PrintableString'] },
  emailAddress: { types: ['IA5String'] },
  domainComponent: { types: ['IA5String'] },
  unstructuredName: { types: [...DIRECTORY_STRING, 'IA5String'] },
};

/** Reads a Name. An attribute that cannot be read is an irregularity, and is left out. */
export function readName(field: Field): DistinguishedName {
  const fields = field.fields();
  const attributes: NameAttribute[] = [];
  const counts = new Map<string, number>();
  for (let rdn = 0; fields.more; rdn += 1) {
    const set = fields.next(`[${rdn}]`);
    attributes.push(...(attempt(field.reading, () => readRdn(set, field.at, rdn, counts)) ?? []));
  }
  return { at: field.at, attributes };
}

/** Reads a RelativeDistinguishedName. The paths of its attributes are below `at`; `counts` tells namesakes apart. */
export function readRdn(set: Field, at: string, rdn: number, counts = new Map<string, number>()): NameAttribute[] {
  set.demand(TAG.set);
  const { reading, element } = set;
  const attributes: NameAttribute[] = [];
  const encodings: string[] = [];
  for (let position = element.start; position < element.end; ) {
    const item = readElement(reading.bytes, position, element.end, set.at);
    position = item.next;
    const path = numbered(`${at}.${labelOf(reading, item)}`, counts);
    const field = new Field(reading, path, item);
    encodings.push(field.der());
    const attribute = attempt(reading, () => readAttribute(field, rdn));
    if (attribute) attributes.push(attribute);
  }
  if (encodings.length === 0) set.report('empty-list', `The relative distinguished name ${set.at} is empty.`, 'no attribute', 'at least one attribute');
  if (encodings.some((encoding, index) => encoding < (encodings[index - 1] ?? ''))) {
    set.report('not-der', `The attributes in ${set.at} are not in the order of their octets.`, 'another order', 'the order of DER');
  }
  return attributes;
}

/** The name, or else the OID, with which a sequence begins; a question mark where it begins with something else. */
export function labelOf({ bytes }: Reading, { start, end }: Element): string {
  // OIDs are far shorter than 128 octets: one octet of length, or no OID.
  const length = bytes[start + 1] ?? 0x80;
  if (bytes[start] !== TAG.oid || length >= 0x80 || start + 2 + length > end) return '?';
  const oid = decodeOid(bytes, start + 2, start + 2 + length)?.oid;
  return oid === undefined ? '?' : (oidName(oid) ?? oid);
}

/** The path as it is the first time, and with a number behind it from the second time on: `subject.commonName(2)`. */
export function numbered(path: string, counts: Map<string, number>): string {
  const count = (counts.get(path) ?? 0) + 1;
  counts.set(path, count);
  return count === 1 ? path : `${path}(${count})`;
}

function readAttribute(field: Field, rdn: number): NameAttribute {
  const fields = field.fields();
  const { oid, name } = fields.next('type').namedOid();
  const value = fields.next('value');
  fields.end();
  const base = { at: field.at, oid, ...(name !== undefined && { name }), rdn };
  if (!STRING_TYPES[value.element.tag]) {
    if (name !== undefined) value.report('wrong-string-type', `The attribute ${field.at} is no text.`, value.hex(32), 'a text');
    return { ...base, value: `#${value.der()}` };
  }
  const { type, value: text } = value.text(
    SYNTAXES[name ?? ''] ?? { types: name === undefined ? ANY_STRING : DIRECTORY_STRING, least: name === undefined ? 0 : 1 },
  );
  const identifier = name === 'organizationIdentifier' ? parseSemanticIdentifier(text) : undefined;
  return { ...base, type, value: text, ...(identifier && { identifier }) };
}

/** Reads GeneralNames, which hold one at least. Paths are `at` with an index. */
export const readGeneralNames = (field: Field): GeneralName[] => field.list((name) => readGeneralName(name));

const TEXT_NAMES: Readonly<Record<number, 'rfc822Name' | 'dNSName' | 'uniformResourceIdentifier'>> = {
  [primitive(1)]: 'rfc822Name',
  [primitive(2)]: 'dNSName',
  [primitive(6)]: 'uniformResourceIdentifier',
};

/** Reads one GeneralName. Name constraints may have an empty one: `least` is 0 for them. */
export function readGeneralName(field: Field, least = 1): GeneralName {
  const { at, element, reading } = field;
  const kind = TEXT_NAMES[element.tag];
  if (kind) return { at, kind, value: field.as(TAG.ia5String).text({ types: ['IA5String'], least }).value };
  switch (element.tag) {
    case constructed(0):
      return readOtherName(field);
    case constructed(3):
      return { at, kind: 'x400Address', hex: field.hex() };
    case constructed(4):
      return { at, kind: 'directoryName', name: readName(field.content()) };
    case constructed(5):
      return { at, kind: 'ediPartyName', hex: field.hex() };
    case primitive(7):
      return { at, kind: 'iPAddress', value: writeAddress(reading.bytes.subarray(element.start, element.end)) };
    case primitive(8):
      return { at, kind: 'registeredID', value: field.as(TAG.oid).oid() };
    default:
      return field.fault(`The field ${at} is no general name.`, `tag ${element.tag.toString(16)}`, 'a name of RFC 5280, 4.2.1.6');
  }
}

function readOtherName(field: Field): GeneralName {
  const fields = field.fields(constructed(0));
  const oid = fields.next('type-id').oid();
  const wrapped = fields.next('value');
  wrapped.demand(constructed(0));
  fields.end();
  const value = wrapped.content();
  const isText = STRING_TYPES[value.element.tag] !== undefined;
  return { at: field.at, kind: 'otherName', oid, hex: value.der(), ...(isText && { text: value.text({ types: ANY_STRING, least: 0 }).value }) };
}

function writeAddress(bytes: Uint8Array): string {
  const half = bytes.length / 2;
  if (bytes.length === 4) return bytes.join('.');
  if (bytes.length === 16) return writeIpv6(bytes);
  if (bytes.length === 8 || bytes.length === 32) return `${writeAddress(bytes.subarray(0, half))}/${writeAddress(bytes.subarray(half))}`;
  return toHex(bytes, 0, bytes.length);
}

/** As RFC 5952 writes it: the longest run of two or more zero groups is left out. */
function writeIpv6(bytes: Uint8Array): string {
  const groups = Array.from({ length: 8 }, (_, index) => (((bytes[index * 2] ?? 0) << 8) | (bytes[index * 2 + 1] ?? 0)).toString(16));
  const runs = groups.join(':').match(/\b0(:0)+\b/g) ?? [];
  const longest = runs.sort((a, b) => b.length - a.length)[0];
  if (longest === undefined) return groups.join(':');
  const text = groups.join(':');
  const position = text.search(new RegExp(`\\b${longest}\\b`));
  return `${text.slice(0, position).replace(/:$/, '')}::${text.slice(position + longest.length).replace(/^:/, '')}`;
}
