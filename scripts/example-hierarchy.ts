// What scripts/example-certificates.ts makes: the example's CAs, OCSP signers, samples, lists and responses, with their
// dates. Persons, organisations and numbers are made up. Instants are UTC; the provider's day begins at 23:00 or 22:00.
import type { NameParts } from '../test/helpers/encode-extensions.ts';
import type { Revocation, SignatureAlgorithm } from '../test/helpers/encode-x509.ts';
import type { SubscriberProfileName } from './example-profiles.ts';

export interface Authority {
  readonly id: string;
  readonly commonName: string;
  /** Of its signatures. */
  readonly algorithm: SignatureAlgorithm;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly forWebsites?: boolean;
}

/** The root signs itself and all others. The dates are those of the CPS (1.3.1, 6.3.2); each ceremony began at ten in Vienna. */
export const ROOT: Authority = {
  id: 'ets-root-ca-1',
  commonName: 'ETS Root CA 1',
  algorithm: 'sha384WithRSAEncryption',
  notBefore: '2023-02-01T09:00:00Z',
  notAfter: '2048-02-01T08:59:59Z',
};
export const ISSUING: readonly Authority[] = [
  {
    id: 'ets-qualified-ca-1',
    commonName: 'ETS Qualified CA 1',
    algorithm: 'sha256WithRSAEncryption',
    notBefore: '2023-02-15T09:00:00Z',
    notAfter: '2035-02-15T08:59:59Z',
  },
  {
    id: 'ets-qualified-web-ca-1',
    commonName: 'ETS Qualified Web CA 1',
    algorithm: 'ecdsa-with-SHA384',
    notBefore: '2024-12-01T09:00:00Z',
    notAfter: '2036-12-01T08:59:59Z',
    forWebsites: true,
  },
  // The successor of ETS Qualified CA 1, made and published before its first use (CPS 5.6).
  {
    id: 'ets-qualified-ca-2',
    commonName: 'ETS Qualified CA 2',
    algorithm: 'sha256WithRSAEncryption',
    notBefore: '2026-11-02T09:00:00Z',
    notAfter: '2038-11-02T08:59:59Z',
  },
];

/** The provider's name in every CA certificate. */
export const PROVIDER: NameParts = { countryName: 'AT', organizationName: 'Example Trust Services GmbH', organizationIdentifier: 'NTRAT-999999x' };

export interface Responder {
  readonly id: string;
  readonly authority: string;
  readonly commonName: string;
  readonly algorithm: SignatureAlgorithm;
  readonly notBefore: string;
}

/** OCSP signers live for 90 days and are replaced after 60 (CPS 4.9.10). */
export const RESPONDERS: readonly Responder[] = [
  {
    id: 'ets-qualified-ca-1-ocsp-signer',
    authority: 'ets-qualified-ca-1',
    commonName: 'ETS Qualified CA 1 OCSP Signer 23',
    algorithm: 'sha256WithRSAEncryption',
    notBefore: '2026-10-12T08:00:00Z',
  },
  {
    id: 'ets-qualified-web-ca-1-ocsp-signer',
    authority: 'ets-qualified-web-ca-1',
    commonName: 'ETS Qualified Web CA 1 OCSP Signer 12',
    algorithm: 'ecdsa-with-SHA256',
    notBefore: '2026-10-12T08:00:00Z',
  },
];
export const RESPONDER_DAYS = 90;

export interface Sample {
  readonly id: string;
  readonly profile: SubscriberProfileName;
  readonly authority: string;
  readonly subject: NameParts;
  readonly hosts?: readonly string[];
  readonly notBefore: string;
  /** Where the texts in force then stated another lifetime than the one of today. */
  readonly days?: number;
  /** The version of the PDS that was in force then. */
  readonly pds: string;
  readonly revoked?: Omit<Revocation, 'serial'>;
  /** The subject has an RSA key of its own in example-keys/; all others have one on P-256. */
  readonly rsa?: boolean;
}

const person = (givenName: string, surname: string, serialNumber: string): NameParts => ({
  countryName: 'AT',
  givenName,
  surname,
  serialNumber,
  commonName: `${givenName} ${surname}`,
});
const MILL: NameParts = { countryName: 'AT', organizationName: 'Kunstmühle Beispiel GmbH', organizationIdentifier: 'NTRAT-888881a' };
const CHOIR: NameParts = { countryName: 'AT', organizationName: 'Chor Muster eGen', organizationIdentifier: 'NTRAT-888882b' };

const byCa1 = (sample: Omit<Sample, 'authority'>): Sample => ({ ...sample, authority: 'ets-qualified-ca-1' });
const website = (id: string, host: string, notBefore: string, pds: string, days?: number): Sample => ({
  id: `website-${id}`,
  profile: 'website',
  authority: 'ets-qualified-web-ca-1',
  subject: { ...MILL, localityName: 'Linz', commonName: host },
  hosts: [host, `www.${host}`],
  notBefore,
  pds,
  ...(days !== undefined && { days }),
});

/** The card S1 lost its certification: all certificates on it were revoked that day (CPS 1.2, 6.2.11). */
const CARD_S1_ENDED = { at: '2026-06-30T10:00:00Z', reason: 'superseded' } as const;

/** CPS 1.2 changed the card for signatures at 2024-08-31T22:00:00Z; CPS 2.1 the lifetime for websites at 2025-11-30T23:00:00Z. */
export const SAMPLES: readonly Sample[] = [
  byCa1({
    id: 'natural-person-qscd-card-s1',
    profile: 'natural-person-qscd',
    subject: person('Anna', 'Musterfrau', '481516234201'),
    notBefore: '2024-05-14T08:15:00Z',
    pds: '1.0',
    revoked: CARD_S1_ENDED,
  }),
  byCa1({
    id: 'natural-person-qscd-hour-before-change',
    profile: 'natural-person-qscd',
    subject: person('Bernd', 'Beispiel', '481516234202'),
    notBefore: '2024-08-31T21:40:00Z',
    pds: '1.0',
    revoked: CARD_S1_ENDED,
  }),
  byCa1({
    id: 'natural-person-qscd-hour-after-change',
    profile: 'natural-person-qscd',
    subject: person('Clara', 'Exempel', '481516234203'),
    notBefore: '2024-08-31T22:20:00Z',
    pds: '1.0',
  }),
  byCa1({
    id: 'natural-person-qscd-with-organisation',
    profile: 'natural-person-qscd',
    subject: { ...person('Dóra', 'Vzorová', '481516234204'), ...MILL },
    notBefore: '2026-10-05T07:30:00Z',
    pds: '1.2',
  }),
  byCa1({
    id: 'legal-person-qscd-2024',
    profile: 'legal-person-qscd',
    subject: { ...MILL, commonName: 'Kunstmühle Beispiel' },
    notBefore: '2024-03-11T10:00:00Z',
    pds: '1.0',
  }),
  byCa1({
    id: 'legal-person-qscd',
    profile: 'legal-person-qscd',
    subject: { ...CHOIR, commonName: 'Chor Muster' },
    notBefore: '2026-09-21T12:00:00Z',
    pds: '1.2',
    rsa: true,
  }),
  byCa1({
    id: 'natural-person-2025',
    profile: 'natural-person',
    subject: person('Emil', 'Probe', '481516234205'),
    notBefore: '2025-02-03T09:45:00Z',
    pds: '1.1',
    revoked: { at: '2025-07-17T14:05:00Z', reason: 'keyCompromise' },
  }),
  byCa1({
    id: 'natural-person',
    profile: 'natural-person',
    subject: person('Frieda', 'Beispiel', '481516234206'),
    notBefore: '2026-11-09T16:20:00Z',
    pds: '1.2',
    rsa: true,
  }),
  website('hour-before-change', 'shop.example', '2025-11-30T22:30:00Z', '1.1', 397),
  website('hour-after-change', 'mill.example', '2025-11-30T23:30:00Z', '1.1'),
  website('2026', 'flour.example', '2026-11-03T06:00:00Z', '1.2'),
];

export interface List {
  readonly authority: string;
  readonly number: number;
  readonly thisUpdate: string;
  readonly nextUpdate: string;
}

/** For 24 hours, and for 7 months from the root (CPS 4.9.7). ETS Qualified CA 2 signs nothing before 2027-03-10 (CPS 2.4, 5.6). */
export const LISTS: readonly List[] = [
  { authority: 'ets-root-ca-1', number: 8, thisUpdate: '2026-09-01T09:00:00Z', nextUpdate: '2027-04-01T09:00:00Z' },
  { authority: 'ets-qualified-ca-1', number: 2757, thisUpdate: '2026-11-23T06:00:00Z', nextUpdate: '2026-11-24T06:00:00Z' },
  { authority: 'ets-qualified-web-ca-1', number: 1446, thisUpdate: '2026-11-23T06:00:00Z', nextUpdate: '2026-11-24T06:00:00Z' },
];

/** Responses about samples, for 8 hours (CPS 4.9.10). */
export const RESPONSES = { samples: ['natural-person', 'natural-person-qscd-card-s1', 'website-2026'], thisUpdate: '2026-11-23T07:00:00Z', hours: 8 } as const;
