import type { AlgorithmFacts, Asn1Time, EncodedFacts } from './asn1.ts';
import type { Extension } from './certificate-extension.ts';
import type { DistinguishedName } from './distinguished-name.ts';
import type { Instant } from './time.ts';

/** A revoked certificate. Its path is `tbsCertList.revokedCertificates[index]`, its place is not in the table of places: there can be millions. */
export interface RevokedCertificate {
  /** As in `SerialNumber`. */
  readonly serialNumber: string;
  /** The octet of the DER at which the entry begins. */
  readonly offset: number;
  readonly revocationDate?: Instant;
  /** Reason and invalidity date as they are read from the extensions. */
  readonly reason?: string;
  readonly invalidityDate?: Instant;
  /** Extensions other than a readable, non-critical reason and invalidity date. */
  readonly extensions?: readonly Extension[];
}

/** A certificate revocation list as plain facts. */
export interface CrlFacts extends EncodedFacts {
  readonly kind: 'crl';
  /** 2 for a list of version 2, which is encoded as 1. */
  readonly version: number;
  readonly signature: AlgorithmFacts;
  readonly issuer: DistinguishedName;
  readonly thisUpdate: Asn1Time;
  readonly nextUpdate?: Asn1Time;
  readonly revokedCertificates: readonly RevokedCertificate[];
  readonly extensions: readonly Extension[];
  readonly signatureAlgorithm: AlgorithmFacts;
  readonly signatureValue: string;
}
