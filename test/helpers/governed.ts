import type { CertificateFacts } from '../../src/model/certificate.ts';
import type { Instant } from '../../src/model/time.ts';
import { readX509 } from '../../src/read/x509/x509.ts';
import { type CertificateParts, extension, hex, madeUpCertificate, NULL, type Octets, oid, pem, sequence, TRUE, utcTime } from './der.ts';

/** What a certificate says that is asked about. */
export interface Asked {
  /** Its notBefore. */
  issued: Instant;
  policies?: readonly string[];
  /** Statements of EN 319 412-5 by the last number of their OID: 1 QcCompliance, 4 QcSSCD. */
  statements?: readonly number[];
  isCa?: boolean;
  more?: CertificateParts;
  /** Extensions after the usual ones. */
  extensions?: readonly Octets[];
}

const toUtcTime = (instant: string) => utcTime(`${instant.slice(2).replace(/[-:T]/g, '').slice(0, 12)}Z`);

/** The DER of a certificate, valid for two years. */
export function certificateUnder({ issued, policies = [], statements = [], isCa, more, extensions = [] }: Asked): Octets {
  const expires = new Date(Date.parse(issued) + 730 * 86_400_000 - 1000).toISOString();
  return madeUpCertificate({
    validity: [toUtcTime(issued), toUtcTime(expires)],
    ...more,
    extensions: [
      ...(policies.length > 0 ? [extension('2.5.29.32', sequence(...policies.map((policy) => sequence(oid(policy)))))] : []),
      ...(statements.length > 0 ? [extension('1.3.6.1.5.5.7.1.3', sequence(...statements.map((number) => sequence(oid(`0.4.0.1862.1.${number}`)))))] : []),
      ...(isCa ? [extension('2.5.29.19', sequence(TRUE), TRUE)] : []),
      ...extensions,
    ],
  });
}

/** Facts of a certificate that is made up. */
export function factsUnder(asked: Asked): CertificateFacts {
  const { items, observations } = readX509(certificateUnder(asked), 'made-up.der');
  const facts = items[0]?.facts;
  if (facts?.kind !== 'certificate') throw new Error(`The made-up certificate cannot be read: ${JSON.stringify(observations)}`);
  return facts;
}

export const certificatePem = (asked: Asked): string => pem('CERTIFICATE', certificateUnder(asked));

/** A PKCS #7 chain of certificates. */
export function chainOf(...certificates: readonly Octets[]): Octets {
  const set = (tag: string, ...parts: readonly Octets[]) => {
    const whole = sequence(...parts);
    return Buffer.concat([hex(tag), whole.subarray(1)]);
  };
  const signed = sequence(hex('020101'), set('31'), sequence(oid('1.2.840.113549.1.7.1')), set('a0', ...certificates), set('31'));
  return sequence(oid('1.2.840.113549.1.7.2'), set('a0', signed));
}

/** A key that nobody uses: PKCS #8 around nothing. */
export const PRIVATE_KEY = pem('PRIVATE KEY', sequence(hex('020100'), sequence(oid('1.3.101.112'), NULL)));
