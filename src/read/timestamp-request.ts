import { randomBytes } from 'node:crypto';
import type { Sha256 } from '../model/version.ts';
import { readAlgorithm } from './x509/algorithm.ts';
import { readOuter } from './x509/certificate.ts';
import { DerFault, TAG } from './x509/der.ts';
import { Reading } from './x509/reading.ts';

/** What an authority is asked for. */
export interface TimestampRequest {
  /** The digest that is to be stamped: that of a register entry. */
  readonly digest: Sha256;
  /** A number that the answer has to repeat, in hexadecimal. */
  readonly nonce?: string;
  /** The policy under which the authority is to stamp. */
  readonly policy?: string;
}

const SHA256_OID = '2.16.840.1.101.3.4.2.1';

/** A TimeStampReq of RFC 3161 (2.4.1) that asks for the certificate too. Its nonce is random unless one is given. */
export function writeTimestampRequest({ digest, nonce = randomNonce(), policy }: TimestampRequest): Uint8Array {
  const imprint = wrap(TAG.sequence, wrap(TAG.sequence, writeOid(SHA256_OID), wrap(TAG.null)), wrap(TAG.octetString, Buffer.from(digest, 'hex')));
  const asked = policy === undefined ? [] : [writeOid(policy)];
  return wrap(TAG.sequence, writeInteger('01'), imprint, ...asked, writeInteger(nonce), wrap(TAG.boolean, Buffer.from([0xff])));
}

/** 16 digits, of which the first is none that DER would leave out. */
function randomNonce(): string {
  const octets = randomBytes(8);
  octets[0] = (octets[0] as number) | 0x40;
  return octets.toString('hex');
}

/** Reads what an earlier run asked for; undefined for anything else than such a request, in DER. */
export function readTimestampRequest(bytes: Uint8Array): TimestampRequest | undefined {
  try {
    const reading = new Reading(bytes);
    const fields = readOuter(reading, 'request').fields();
    const version = fields.next('version').number();
    const imprint = fields.next('messageImprint').fields();
    const { oid } = readAlgorithm(imprint.next('hashAlgorithm'));
    const digest = imprint.next('hashedMessage').octets();
    imprint.end();
    const policy = fields.optional('reqPolicy', TAG.oid)?.oid();
    const nonce = fields.optional('nonce', TAG.integer)?.serialNumber().hex;
    fields.optional('certReq', TAG.boolean)?.boolean();
    fields.end();
    if (version !== 1 || oid !== SHA256_OID || reading.irregularities.length > 0) return undefined;
    return { digest, ...(policy !== undefined && { policy }), ...(nonce !== undefined && { nonce }) };
  } catch (error) {
    if (error instanceof DerFault) return undefined;
    throw error;
  }
}

/** A short element: what a request holds is never longer than 127 octets. */
function wrap(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  if (content.length > 0x7f) throw new Error('A time-stamp request has more octets than it can have.');
  return Buffer.concat([Buffer.from([tag, content.length]), content]);
}

function writeInteger(hex: string): Buffer {
  const octets = Buffer.from(hex, 'hex');
  return wrap(TAG.integer, ...((octets[0] ?? 0) >= 0x80 ? [Buffer.from([0])] : []), octets);
}

function writeOid(oid: string): Buffer {
  const [first = 0n, second = 0n, ...rest] = oid.split('.').map(BigInt);
  return wrap(TAG.oid, ...[first * 40n + second, ...rest].map(writeArc));
}

function writeArc(arc: bigint): Buffer {
  const septets = [Number(arc & 0x7fn)];
  for (let rest = arc >> 7n; rest > 0n; rest >>= 7n) septets.unshift(Number(rest & 0x7fn) | 0x80);
  return Buffer.from(septets);
}
