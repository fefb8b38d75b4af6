import type { AlgorithmFacts, Asn1Time, EncodedFacts, NamedOid, SerialNumber } from './asn1.ts';
import type { Extension } from './certificate-extension.ts';
import type { DistinguishedName } from './distinguished-name.ts';

/** From the first second to the last, both among them (RFC 5280, 4.1.2.5). */
export interface Validity {
  readonly at: string;
  readonly notBefore: Asn1Time;
  readonly notAfter: Asn1Time;
  /** How many seconds that is: one more than the difference. Absent where one of the two is no instant. */
  readonly seconds?: number;
}

/** A subject's public key. */
export interface PublicKeyFacts {
  readonly at: string;
  readonly algorithm: AlgorithmFacts;
  /** Absent for algorithms that this program does not know, or where the key cannot be decoded. */
  readonly type?: 'RSA' | 'EC' | 'EdDSA' | 'DSA';
  /** Size of the modulus, of the curve's field, or of the prime. */
  readonly bits?: number;
  /** RSA: decimal where it fits, else hexadecimal after `0x`. */
  readonly exponent?: string;
  readonly curve?: NamedOid;
  /** The content of the BIT STRING in hexadecimal. */
  readonly hex: string;
}

/** An X.509 certificate as plain facts. */
export interface CertificateFacts extends EncodedFacts {
  readonly kind: 'certificate';
  /** 3 for a certificate of version 3, which is encoded as 2. */
  readonly version: number;
  readonly serialNumber: SerialNumber;
  /** The algorithm that is inside what is signed; `signatureAlgorithm` repeats it outside. */
  readonly signature: AlgorithmFacts;
  readonly issuer: DistinguishedName;
  readonly validity: Validity;
  readonly subject: DistinguishedName;
  readonly subjectPublicKeyInfo: PublicKeyFacts;
  /** Hexadecimal; obsolete. */
  readonly issuerUniqueID?: string;
  readonly subjectUniqueID?: string;
  /** In the order of their encoding; empty where there are none. */
  readonly extensions: readonly Extension[];
  readonly signatureAlgorithm: AlgorithmFacts;
  readonly signatureValue: string;
}
