import type { AlgorithmFacts, Asn1Time, EncodedFacts, SerialNumber } from './asn1.ts';
import type { CertificateFacts } from './certificate.ts';
import type { Extension } from './certificate-extension.ts';
import type { DistinguishedName } from './distinguished-name.ts';

/** OCSPResponseStatus by its number (RFC 6960, 4.2.1); 4 is not used. */
export const RESPONSE_STATUSES = ['successful', 'malformedRequest', 'internalError', 'tryLater', undefined, 'sigRequired', 'unauthorized'] as const;

/** The certificate that an answer is about. */
export interface CertId {
  readonly at: string;
  readonly hashAlgorithm: AlgorithmFacts;
  readonly issuerNameHash: string;
  readonly issuerKeyHash: string;
  readonly serialNumber: SerialNumber;
}

/** The answer about one certificate. */
export interface SingleResponse {
  readonly at: string;
  readonly certID: CertId;
  readonly status: 'good' | 'revoked' | 'unknown';
  readonly revocationTime?: Asn1Time;
  readonly revocationReason?: string;
  readonly thisUpdate: Asn1Time;
  readonly nextUpdate?: Asn1Time;
  readonly extensions: readonly Extension[];
}

/** What a responder signed. */
export interface BasicResponse {
  readonly at: string;
  /** 1 for version 1, which is encoded as 0 or left out. */
  readonly version: number;
  readonly responderID: { readonly at: string; readonly byName?: DistinguishedName; readonly byKey?: string };
  readonly producedAt: Asn1Time;
  readonly responses: readonly SingleResponse[];
  readonly extensions: readonly Extension[];
  readonly signatureAlgorithm: AlgorithmFacts;
  readonly signatureValue: string;
  /** The certificates sent along; their paths and offsets are their own, counted from the first octet of each. */
  readonly certs: readonly CertificateFacts[];
}

/** An OCSP response as plain facts. */
export interface OcspFacts extends EncodedFacts {
  readonly kind: 'ocsp-response';
  /** Its name; a number that has none is written as such. */
  readonly responseStatus: string;
  readonly responseType?: string;
  /** Absent for a response without an answer, or of another type. */
  readonly basic?: BasicResponse;
}
