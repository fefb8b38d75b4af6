import { readAlgorithm } from './algorithm.ts';
import { readOuter } from './certificate.ts';
import { TAG } from './der.ts';
import type { Field } from './field.ts';
import { Reading } from './reading.ts';

/** How a signed attribute names the signer's certificate. */
export interface CertificateReference {
  /** The name of the digest. */
  readonly hash: string;
  readonly digest: string;
}

const open = (value: Uint8Array, at: string): Field => readOuter(new Reading(value), at);

/** The value of contentType. Each of these throws a `DerFault` where it is something else. */
export const readContentType = (value: Uint8Array): string => open(value, 'contentType').oid();

/** The value of messageDigest, in hexadecimal. */
export const readMessageDigest = (value: Uint8Array): string => open(value, 'messageDigest').octets();

/** The first certificate that signingCertificate (RFC 2634, 5.4) or, as version 2, signingCertificateV2 (RFC 5035, 3) names: that of the signer. */
export function readSigningCertificate(value: Uint8Array, version: 1 | 2): CertificateReference {
  const first = open(value, 'signingCertificate').fields().next('certs').fields().next('[0]').fields();
  const named = version === 2 ? first.optional('hashAlgorithm', TAG.sequence) : undefined;
  const algorithm = named && readAlgorithm(named);
  return { hash: version === 1 ? 'sha1' : algorithm ? (algorithm.name ?? algorithm.oid) : 'sha256', digest: first.next('certHash').octets() };
}
