import { createECDH, createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { readElement } from '../../src/read/x509/der.ts';
import { bits, enumerated, generalizedTime, integer, NULL, type Octets, octets, oid, sequence, tagged, utcTime } from './der.ts';
import { encodeExtension } from './encode-extensions.ts';

/** Signature algorithms of the example's CPS (7.1.3). */
const ALGORITHMS = {
  sha256WithRSAEncryption: { hash: 'sha256', element: sequence(oid('1.2.840.113549.1.1.11'), NULL) },
  sha384WithRSAEncryption: { hash: 'sha384', element: sequence(oid('1.2.840.113549.1.1.12'), NULL) },
  'ecdsa-with-SHA256': { hash: 'sha256', element: sequence(oid('1.2.840.10045.4.3.2')) },
  'ecdsa-with-SHA384': { hash: 'sha384', element: sequence(oid('1.2.840.10045.4.3.3')) },
} as const;
export type SignatureAlgorithm = keyof typeof ALGORITHMS;

/** Who signs, with what. */
export interface Signer {
  readonly key: KeyObject;
  readonly algorithm: SignatureAlgorithm;
}

/** A key on P-256 that everybody can compute from its label: the same on every machine, and worthless. */
export function deriveKey(label: string): KeyObject {
  const scalar = createHash('sha256').update(`worthless example key: ${label}`).digest();
  const pair = createECDH('prime256v1');
  pair.setPrivateKey(scalar);
  const point = pair.getPublicKey();
  const jwk = { kty: 'EC', crv: 'P-256', d: scalar.toString('base64url'), x: point.toString('base64url', 1, 33), y: point.toString('base64url', 33) };
  return createPrivateKey({ key: jwk, format: 'jwk' });
}

const encodePublicKey = (key: KeyObject): Octets => (key.type === 'private' ? createPublicKey(key) : key).export({ type: 'spki', format: 'der' });

/** What stands in the BIT STRING of a public key. */
function keyBits(key: KeyObject): Octets {
  const der = encodePublicKey(key);
  const outer = readElement(der, 0, der.length, 'subjectPublicKeyInfo');
  const algorithm = readElement(der, outer.start, outer.end, 'algorithm');
  const { start, end } = readElement(der, algorithm.next, outer.end, 'subjectPublicKey');
  return der.subarray(start + 1, end);
}

const sha1 = (content: Octets): Octets => createHash('sha1').update(content).digest();

/** The SHA-1 of the public key's bits (RFC 5280, 4.2.1.2). */
export const keyIdentifier = (key: KeyObject): Octets => sha1(keyBits(key));

/** A positive serial number of 17 octets that depends on a label alone: 128 bits of its hash after a first octet between 0x40 and 0x7f. */
export function serialOf(label: string): bigint {
  const digest = createHash('sha256').update(`serial number: ${label}`).digest();
  return (BigInt(0x40 | ((digest[16] ?? 0) & 0x3f)) << 128n) | BigInt(`0x${digest.toString('hex', 0, 16)}`);
}

const stamp = (instant: string): string => `${new Date(instant).toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`;

/** UTCTime to the end of 2049, GeneralizedTime from then on (RFC 5280, 4.1.2.5). */
const encodeTime = (instant: string): Octets => (Number(instant.slice(0, 4)) < 2050 ? utcTime(stamp(instant).slice(2)) : generalizedTime(stamp(instant)));

/** The value of expiredCertsOnCRL and archiveCutoff, and of every time in an OCSP response. */
export const encodeInstant = (instant: string): Octets => generalizedTime(stamp(instant));

/** Adds whole seconds to an instant. */
export const addSeconds = (instant: string, seconds: number): string => new Date(Date.parse(instant) + seconds * 1000).toISOString().replace('.000', '');

/** The last second of a period of so many days, of which the first second is one (RFC 5280, 4.1.2.5). */
export const lastSecond = (notBefore: string, days: number): string => addSeconds(notBefore, days * 86_400 - 1);

export interface CertificatePlan {
  readonly serial: bigint;
  readonly algorithm: SignatureAlgorithm;
  /** The DER of a name. */
  readonly issuer: Octets;
  readonly subject: Octets;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly key: KeyObject;
  readonly extensions: readonly Octets[];
}

/** What is signed of a certificate. */
export function encodeTbsCertificate(plan: CertificatePlan): Octets {
  return sequence(
    tagged(0, integer(2)),
    integer(plan.serial),
    ALGORITHMS[plan.algorithm].element,
    plan.issuer,
    sequence(encodeTime(plan.notBefore), encodeTime(plan.notAfter)),
    plan.subject,
    encodePublicKey(plan.key),
    ...(plan.extensions.length > 0 ? [tagged(3, sequence(...plan.extensions))] : []),
  );
}

/** CRL reasons that the example uses (RFC 5280, 5.3.1). */
const REASONS = {
  unspecified: 0,
  keyCompromise: 1,
  affiliationChanged: 3,
  superseded: 4,
  cessationOfOperation: 5,
  certificateHold: 6,
  privilegeWithdrawn: 9,
} as const;
export interface Revocation {
  readonly serial: bigint;
  readonly at: string;
  readonly reason?: keyof typeof REASONS;
}

export interface CrlPlan {
  readonly algorithm: SignatureAlgorithm;
  readonly issuer: Octets;
  readonly thisUpdate: string;
  readonly nextUpdate?: string;
  readonly revoked: readonly Revocation[];
  readonly extensions: readonly Octets[];
}

/** What is signed of a CRL of version 2. */
export function encodeTbsCrl(plan: CrlPlan): Octets {
  const entries = plan.revoked.map(({ serial, at, reason }) =>
    sequence(integer(serial), encodeTime(at), ...(reason ? [sequence(encodeExtension('reasonCode', enumerated(REASONS[reason])))] : [])),
  );
  return sequence(
    integer(1),
    ALGORITHMS[plan.algorithm].element,
    plan.issuer,
    encodeTime(plan.thisUpdate),
    ...(plan.nextUpdate === undefined ? [] : [encodeTime(plan.nextUpdate)]),
    ...(entries.length > 0 ? [sequence(...entries)] : []),
    tagged(0, sequence(...plan.extensions)),
  );
}

export interface OcspPlan {
  /** Name and key of the CA that issued the certificate in question. */
  readonly issuer: { readonly name: Octets; readonly key: KeyObject };
  readonly responderKey: KeyObject;
  readonly serial: bigint;
  readonly revoked?: Omit<Revocation, 'serial'>;
  readonly thisUpdate: string;
  readonly nextUpdate?: string;
  /** Extensions of the single response, as archiveCutoff. */
  readonly extensions: readonly Octets[];
}

const SHA1 = sequence(oid('1.3.14.3.2.26'), NULL);
const GOOD = Buffer.from([0x80, 0]);

/** What is signed of an OCSP response about one certificate; the responder is named by its key. */
export function encodeTbsResponse(plan: OcspPlan): Octets {
  const { issuer, revoked, thisUpdate, nextUpdate, extensions } = plan;
  const reason = revoked?.reason ? [tagged(0, enumerated(REASONS[revoked.reason]))] : [];
  const single = sequence(
    sequence(SHA1, octets(sha1(issuer.name)), octets(keyIdentifier(issuer.key)), integer(plan.serial)),
    revoked ? tagged(1, encodeInstant(revoked.at), ...reason) : GOOD,
    encodeInstant(thisUpdate),
    ...(nextUpdate === undefined ? [] : [tagged(0, encodeInstant(nextUpdate))]),
    ...(extensions.length > 0 ? [tagged(1, sequence(...extensions))] : []),
  );
  return sequence(tagged(2, octets(keyIdentifier(plan.responderKey))), encodeInstant(thisUpdate), sequence(single));
}

/** What was signed, the algorithm and the signature, as certificates and lists end; more elements follow in an OCSP response. */
export function signX509(tbs: Octets, { key, algorithm }: Signer, ...more: readonly Octets[]): Octets {
  const { hash, element } = ALGORITHMS[algorithm];
  return sequence(tbs, element, bits(0, sign(hash, tbs, key)), ...more);
}

/** Whether a signed object is over exactly these octets and its signature is this signer's. */
export function isSignatureOver(tbs: Octets, signed: Octets, { key, algorithm }: Signer): boolean {
  const outer = readElement(signed, 0, signed.length, 'signed object');
  const content = readElement(signed, outer.start, outer.end, 'tbs');
  if (Buffer.compare(signed.subarray(content.offset, content.next), tbs) !== 0) return false;
  const named = readElement(signed, content.next, outer.end, 'signatureAlgorithm');
  const signature = readElement(signed, named.next, outer.end, 'signatureValue');
  return verify(ALGORITHMS[algorithm].hash, tbs, createPublicKey(key), signed.subarray(signature.start + 1, signature.end));
}

/** A successful OCSP response around a signed basic response (RFC 6960, 4.2.1). */
export const wrapResponse = (basic: Octets): Octets => sequence(enumerated(0), tagged(0, sequence(oid('1.3.6.1.5.5.7.48.1.1'), octets(basic))));

/** The signed basic response within one that `wrapResponse` made. */
export function unwrapResponse(response: Octets): Octets {
  let { start, end } = readElement(response, 0, response.length, 'OCSPResponse');
  // Past the status, into [0], into the SEQUENCE, past the type, into the OCTET STRING.
  for (const step of ['next', 'in', 'in', 'next', 'in']) {
    const element = readElement(response, start, end, 'responseBytes');
    if (step === 'in') ({ start, end } = element);
    else start = element.next;
  }
  return response.subarray(start, end);
}
