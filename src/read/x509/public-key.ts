import type { PublicKeyFacts } from '../../model/certificate.ts';
import { readAlgorithm } from './algorithm.ts';
import { readElement, TAG } from './der.ts';
import { attempt, Field } from './field.ts';

/** Bits of the field of each curve that this program knows by name. */
const CURVE_BITS: Readonly<Record<string, number>> = {
  'P-224': 224,
  'P-256': 256,
  'P-384': 384,
  'P-521': 521,
  secp256k1: 256,
  FRP256v1: 256,
  brainpoolP256r1: 256,
  brainpoolP384r1: 384,
  brainpoolP512r1: 512,
};

/** Reads a SubjectPublicKeyInfo. A key that cannot be decoded leaves its octets. */
export function readPublicKey(field: Field): PublicKeyFacts {
  const fields = field.fields();
  const algorithm = readAlgorithm(fields.next('algorithm'));
  const key = fields.next('subjectPublicKey');
  fields.end();
  const hex = key.bitOctets();
  const decoded = attempt(field.reading, () => readKey(algorithm, key));
  return { at: field.at, algorithm, hex, ...decoded };
}

type Key = Pick<PublicKeyFacts, 'type' | 'bits' | 'exponent' | 'curve'>;

function readKey(algorithm: PublicKeyFacts['algorithm'], key: Field): Key {
  const { name = '', curve } = algorithm;
  if (name === 'rsaEncryption' || name === 'id-RSASSA-PSS') return readRsa(key);
  if (name === 'ecPublicKey') return { type: 'EC', ...(curve && { curve, ...bitsOf(curve.name) }) };
  if (name === 'Ed25519' || name === 'Ed448') return { type: 'EdDSA', curve: { at: algorithm.at, oid: algorithm.oid, name } };
  return name === 'dsa' ? { type: 'DSA' } : {};
}

function bitsOf(curve: string | undefined): { bits?: number } {
  const bits = CURVE_BITS[curve ?? ''];
  return bits === undefined ? {} : { bits };
}

function readRsa(key: Field): Key {
  const { reading, element, at } = key;
  // The BIT STRING wraps one element behind the octet that counts unused bits.
  const inner = new Field(reading, at, readElement(reading.bytes, element.start + 1, element.end, at));
  if (inner.element.next < element.end) key.report('trailing-data', `The key in ${at} goes on after it has ended.`, 'more octets', 'nothing more');
  const fields = inner.fields();
  const modulus = fields.next('modulus');
  const exponent = fields.next('publicExponent');
  fields.end();
  modulus.demand(TAG.integer);
  return { type: 'RSA', bits: bitLength(modulus.serialNumber().hex), exponent: writeExponent(exponent) };
}

function bitLength(hex: string): number {
  const digits = hex.replace(/^-?0*/, '');
  return digits === '' ? 0 : digits.length * 4 - Math.clz32(Number.parseInt(digits.charAt(0), 16)) + 28;
}

function writeExponent(field: Field): string {
  const { hex, octets } = field.serialNumber();
  return octets <= 6 ? String(Number.parseInt(hex, 16)) : `0x${hex}`;
}
