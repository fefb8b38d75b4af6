import { OID } from '../model/oid.ts';
import type { OpensslConfig } from './openssl-config.ts';
import { TAG } from './x509/der.ts';

/** Thrown for what cannot be encoded; its message is a whole sentence. */
export class Asn1Refusal extends Error {}

const MOST_DEPTH = 20;
const MOST_ELEMENTS = 2000;

/** One element of DER around its content. */
export function encodeElement(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const content = Buffer.concat(contents);
  const { length } = content;
  const octets = length < 0x80 ? [] : [...Buffer.from(length.toString(16).padStart(length < 0x100 ? 2 : length < 0x1_0000 ? 4 : 6, '0'), 'hex')];
  return Buffer.concat([Buffer.from([tag, ...(length < 0x80 ? [length] : [0x80 | octets.length, ...octets])]), content]);
}

/** The DER of an object identifier. */
export function encodeOid(oid: string): Uint8Array {
  if (!OID.test(oid)) throw new Asn1Refusal(`"${oid.slice(0, 60)}" is no object identifier.`);
  const [first = 0n, second = 0n, ...rest] = oid.split('.').map(BigInt);
  const arcs = [first * 40n + second, ...rest].map((arc) => {
    const octets = [Number(arc & 0x7fn)];
    for (let left = arc >> 7n; left > 0n; left >>= 7n) octets.unshift(Number(left & 0x7fn) | 0x80);
    return Buffer.from(octets);
  });
  return encodeElement(TAG.oid, ...arcs);
}

function encodeInteger(text: string): Uint8Array {
  if (!/^-?(\d{1,100}|0x[0-9a-f]{1,100})$/i.test(text)) throw new Asn1Refusal(`"${text.slice(0, 60)}" is no number.`);
  const value = text.startsWith('-') ? -BigInt(text.slice(1)) : BigInt(text);
  let size = 1;
  while (BigInt.asIntN(size * 8, value) !== value) size += 1;
  return Buffer.from(
    BigInt.asUintN(size * 8, value)
      .toString(16)
      .padStart(size * 2, '0'),
    'hex',
  );
}

const STRINGS: Readonly<Record<string, number>> = {
  IA5: TAG.ia5String,
  IA5STRING: TAG.ia5String,
  PRINTABLE: TAG.printableString,
  PRINTABLESTRING: TAG.printableString,
  UTF8: TAG.utf8String,
  UTF8STRING: TAG.utf8String,
  NUMERIC: TAG.numericString,
  NUMERICSTRING: TAG.numericString,
  VISIBLE: TAG.visibleString,
  VISIBLESTRING: TAG.visibleString,
  OCT: TAG.octetString,
  OCTETSTRING: TAG.octetString,
  GENTIME: TAG.generalizedTime,
  GENERALIZEDTIME: TAG.generalizedTime,
  UTC: TAG.utcTime,
  UTCTIME: TAG.utcTime,
};

/** Encodes what the string says (ASN1_generate_nconf(3)); sequences name sections of the configuration. Throws `Asn1Refusal`. */
export function encodeAsn1(text: string, config: OpensslConfig): Uint8Array {
  return encode(text, { config, oids: readOwnOids(config), elements: { left: MOST_ELEMENTS } }, 0);
}

interface Context {
  config: OpensslConfig;
  /** Names that the configuration gives to object identifiers. */
  oids: ReadonlyMap<string, string>;
  elements: { left: number };
}

/** The object identifiers that a configuration names itself: the section that `oid_section` tells. */
export function readOwnOids({ sections }: OpensslConfig): ReadonlyMap<string, string> {
  const named = sections.get('default')?.get('oid_section')?.value ?? '';
  return new Map([...(sections.get(named)?.values() ?? [])].map(({ name, value }) => [name, (value.split(',').at(-1) ?? '').trim()]));
}

function encode(text: string, context: Context, depth: number): Uint8Array {
  context.elements.left -= 1;
  if (depth > MOST_DEPTH || context.elements.left < 0) throw new Asn1Refusal('The structure names more sections within sections than are followed.');
  const { modifiers, type, value } = split(text);
  const isHex = modifiers.some(({ name, value: format }) => /^FORM(AT)?$/.test(name) && format.toUpperCase() === 'HEX');
  let der = encodeValue(type, value, isHex, context, depth);
  for (const { name, value: tag } of modifiers.toReversed()) der = wrap(der, name, tag);
  return der;
}

const MODIFIER = /^\s*(EXP|EXPLICIT|IMP|IMPLICIT|FORM|FORMAT|OCTWRAP|SEQWRAP|SETWRAP|BITWRAP)(?::([^,]*))?\s*,/i;

/** `EXPLICIT:0,UTF8String:text` in its parts. */
function split(text: string): { modifiers: { name: string; value: string }[]; type: string; value: string } {
  const modifiers: { name: string; value: string }[] = [];
  let rest = text;
  for (let found = MODIFIER.exec(rest); found && modifiers.length < 10; found = MODIFIER.exec(rest)) {
    modifiers.push({ name: (found[1] ?? '').toUpperCase(), value: (found[2] ?? '').trim() });
    rest = rest.slice(found[0].length);
  }
  const colon = rest.indexOf(':');
  return { modifiers, type: (colon < 0 ? rest : rest.slice(0, colon)).trim().toUpperCase(), value: colon < 0 ? '' : rest.slice(colon + 1).trim() };
}

function encodeValue(type: string, value: string, isHex: boolean, context: Context, depth: number): Uint8Array {
  const string = Object.hasOwn(STRINGS, type) ? STRINGS[type] : undefined;
  if (string !== undefined) return encodeElement(string, isHex ? readHex(value) : Buffer.from(value, 'utf8'));
  if (/^SEQ(UENCE)?$|^SET$/.test(type)) return encodeElement(type === 'SET' ? TAG.set : TAG.sequence, ...encodeSection(value, context, depth));
  if (/^(OID|OBJECT)$/.test(type)) return encodeOid(context.oids.get(value) ?? value);
  if (/^INT(EGER)?$/.test(type)) return encodeElement(TAG.integer, encodeInteger(value));
  if (/^ENUM(ERATED)?$/.test(type)) return encodeElement(TAG.enumerated, encodeInteger(value));
  if (/^BOOL(EAN)?$/.test(type)) return encodeElement(TAG.boolean, Buffer.from([/^(TRUE|true|Y|y|YES|yes)$/.test(value) ? 0xff : 0]));
  if (type === 'NULL') return encodeElement(TAG.null);
  if (/^BITSTR(ING)?$/.test(type) && isHex) return encodeElement(TAG.bitString, Buffer.from([0]), readHex(value));
  throw new Asn1Refusal(`The type ${type.slice(0, 40) || 'that is missing'} is not understood.`);
}

function encodeSection(name: string, context: Context, depth: number): Uint8Array[] {
  if (name === '') return [];
  const section = context.config.sections.get(name);
  if (!section) throw new Asn1Refusal(`There is no section [ ${name.slice(0, 60)} ].`);
  return [...section.values()].map(({ value }) => encode(value, context, depth + 1));
}

const CLASSES: Readonly<Record<string, number>> = { U: 0x00, A: 0x40, C: 0x80, P: 0xc0 };
const WRAPS: Readonly<Record<string, number>> = { OCTWRAP: TAG.octetString, SEQWRAP: TAG.sequence, SETWRAP: TAG.set, BITWRAP: TAG.bitString };

function wrap(der: Uint8Array, modifier: string, tagText: string): Uint8Array {
  const outer = WRAPS[modifier];
  if (outer !== undefined) return encodeElement(outer, ...(modifier === 'BITWRAP' ? [Buffer.from([0])] : []), der);
  if (modifier.startsWith('FORM')) return der;
  const [, number = '', letter = 'C'] = /^(\d{1,2})([UACP])?$/.exec(tagText) ?? [];
  if (number === '' || Number(number) > 30) throw new Asn1Refusal(`"${tagText.slice(0, 20)}" is no tag from 0 to 30.`);
  const tag = (CLASSES[letter] ?? 0x80) | Number(number);
  if (modifier.startsWith('EXP')) return encodeElement(tag | 0x20, der);
  return Buffer.concat([Buffer.from([tag | ((der[0] ?? 0) & 0x20)]), der.subarray(1)]);
}

/** Octets in hexadecimal, with colons between them or without. */
export function readHex(text: string): Uint8Array {
  const digits = text.replace(/[:\s]/g, '');
  if (!/^([0-9a-f]{2})*$/i.test(digits)) throw new Asn1Refusal('The octets are not written in hexadecimal.');
  return Buffer.from(digits, 'hex');
}
