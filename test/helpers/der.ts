import { TAG } from '../../src/read/x509/der.ts';

/** Writes DER, or what is not quite DER, by hand: tests need what no library would write. */
export type Octets = Uint8Array;

/** An element with this identifier octet around its content. */
export function der(tag: number, ...parts: readonly Octets[]): Octets {
  const content = Buffer.concat(parts);
  const { length } = content;
  return Buffer.concat([Buffer.from([tag]), writeLength(length), content]);
}

/** The shortest length. */
export function writeLength(length: number): Octets {
  if (length < 0x80) return Buffer.from([length]);
  const digits = length.toString(16);
  const octets = Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex');
  return Buffer.concat([Buffer.from([0x80 | octets.length]), octets]);
}

export const sequence = (...parts: readonly Octets[]): Octets => der(TAG.sequence, ...parts);
export const set = (...parts: readonly Octets[]): Octets => der(TAG.set, ...parts);
/** A context-specific tag around other elements. */
export const tagged = (number: number, ...parts: readonly Octets[]): Octets => der(0xa0 | number, ...parts);
/** A context-specific tag of a primitive value. */
export const implicit = (number: number, text: string | Octets): Octets => der(0x80 | number, Buffer.from(text as string));
export const hex = (digits: string): Octets => Buffer.from(digits.replace(/\s/g, ''), 'hex');
export const octets = (...parts: readonly Octets[]): Octets => der(TAG.octetString, ...parts);
export const bits = (unused: number, ...parts: readonly Octets[]): Octets => der(TAG.bitString, Buffer.from([unused]), ...parts);
export const utf8 = (text: string): Octets => der(TAG.utf8String, Buffer.from(text));
export const printable = (text: string): Octets => der(TAG.printableString, Buffer.from(text));
export const ia5 = (text: string): Octets => der(TAG.ia5String, Buffer.from(text));
export const utcTime = (text: string): Octets => der(TAG.utcTime, Buffer.from(text));
export const generalizedTime = (text: string): Octets => der(TAG.generalizedTime, Buffer.from(text));
export const enumerated = (number: number): Octets => der(TAG.enumerated, Buffer.from([number]));
export const NULL = hex('0500');
export const TRUE = hex('0101ff');

export function integer(number: number | bigint): Octets {
  const value = BigInt(number);
  let size = 1;
  while (BigInt.asIntN(size * 8, value) !== value) size += 1;
  return der(
    TAG.integer,
    hex(
      BigInt.asUintN(size * 8, value)
        .toString(16)
        .padStart(size * 2, '0'),
    ),
  );
}

export function oid(text: string): Octets {
  const [first = 0n, second = 0n, ...rest] = text.split('.').map(BigInt);
  return der(TAG.oid, ...[first * 40n + second, ...rest].map(writeArc));
}

function writeArc(arc: bigint): Octets {
  const septets = [Number(arc & 0x7fn)];
  for (let rest = arc >> 7n; rest > 0n; rest >>= 7n) septets.unshift(Number(rest & 0x7fn) | 0x80);
  return Buffer.from(septets);
}

/** A name of one attribute for each RDN. */
export const name = (...attributes: readonly (readonly [type: string, value: Octets])[]): Octets =>
  sequence(...attributes.map(([type, value]) => set(sequence(oid(type), value))));

export const extension = (id: string, value: Octets, ...critical: readonly Octets[]): Octets => sequence(oid(id), ...critical, octets(value));

const SHA256_RSA = sequence(oid('1.2.840.113549.1.1.11'), NULL);
const KEY = sequence(sequence(oid('1.2.840.10045.2.1'), oid('1.2.840.10045.3.1.7')), bits(0, hex(`04${'11'.repeat(64)}`)));
export const SIGNATURE = [SHA256_RSA, bits(0, hex('00'.repeat(16)))] as const;

/** What a made-up certificate has otherwise than the usual one; nobody signed either. */
export interface CertificateParts {
  version?: readonly Octets[];
  serial?: Octets;
  algorithm?: Octets;
  issuer?: Octets;
  validity?: readonly Octets[];
  subject?: Octets;
  key?: Octets;
  extensions?: readonly Octets[];
}

/** The DER of a certificate with a signature of zeros. */
export function madeUpCertificate(parts: CertificateParts = {}): Octets {
  const { extensions } = parts;
  const tbs = sequence(
    ...(parts.version ?? [tagged(0, integer(2))]),
    parts.serial ?? integer(0x0102),
    parts.algorithm ?? SHA256_RSA,
    parts.issuer ?? name(['2.5.4.6', printable('AT')], ['2.5.4.3', utf8('Example CA')]),
    sequence(...(parts.validity ?? [utcTime('260101000000Z'), utcTime('261231235959Z')])),
    parts.subject ?? name(['2.5.4.3', utf8('Example')]),
    parts.key ?? KEY,
    ...(extensions ? [tagged(3, sequence(...extensions))] : []),
  );
  return sequence(tbs, ...SIGNATURE);
}

/** PEM of some DER. */
export const pem = (label: string, content: Octets): string =>
  `-----BEGIN ${label}-----\n${(
    Buffer.from(content)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  ).join('\n')}\n-----END ${label}-----\n`;
