import { createHash, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { readElement } from '../../src/read/x509/der.ts';
import { bits, der, generalizedTime, implicit, integer, NULL, type Octets, octets, oid, sequence, set, tagged, utf8 } from './der.ts';
import {
  encodeAuthorityKey,
  encodeBasicConstraints,
  encodeExtension,
  encodeKeyUsage,
  encodeName,
  encodeSubjectKey,
  type NameParts,
} from './encode-extensions.ts';
import { encodeTbsCertificate, keyIdentifier, serialOf, signX509 } from './encode-x509.ts';

/** An authority or a time-stamping unit with its certificate and key. */
export interface TimestampIdentity {
  readonly certificate: Octets;
  readonly key: KeyObject;
  readonly subject: NameParts;
}

/** What a certificate of an authority or unit has otherwise than the usual one. */
export interface IdentityPlan {
  readonly subject: NameParts;
  readonly key: KeyObject;
  /** Who signs it; itself where nobody does. */
  readonly issuer?: TimestampIdentity | undefined;
  readonly notBefore?: string;
  readonly notAfter?: string;
  /** Instead of those of a CA (where it signs itself) or of a unit. */
  readonly extensions?: readonly Octets[];
}

const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';
export const encodePurposes = (critical: boolean, ...purposes: readonly string[]): Octets =>
  encodeExtension('extKeyUsage', sequence(...purposes.map(oid)), critical);
export const UNIT_PURPOSE = encodePurposes(true, TIME_STAMPING);
export const CA_EXTENSIONS = [encodeBasicConstraints(), encodeKeyUsage(['keyCertSign', 'cRLSign'])];
const UNIT_EXTENSIONS = [encodeKeyUsage(['digitalSignature']), UNIT_PURPOSE];

/** A certificate, signed with RSA: the same octets each time. */
export function makeIdentity({
  subject,
  key,
  issuer,
  notBefore = '2020-01-01T00:00:00Z',
  notAfter = '2039-12-31T23:59:59Z',
  extensions,
}: IdentityPlan): TimestampIdentity {
  const signer = issuer?.key ?? key;
  const tbs = encodeTbsCertificate({
    serial: serialOf(subject.commonName ?? ''),
    algorithm: 'sha256WithRSAEncryption',
    issuer: encodeName(issuer?.subject ?? subject),
    subject: encodeName(subject),
    notBefore,
    notAfter,
    key: createPublicKey(key),
    extensions: [
      encodeSubjectKey(keyIdentifier(key)),
      encodeAuthorityKey(keyIdentifier(signer)),
      ...(extensions ?? (issuer ? UNIT_EXTENSIONS : CA_EXTENSIONS)),
    ],
  });
  return { subject, key, certificate: signX509(tbs, { key: signer, algorithm: 'sha256WithRSAEncryption' }) };
}

const OIDS = {
  signedData: '1.2.840.113549.1.7.2',
  tstInfo: '1.2.840.113549.1.9.16.1.4',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
};
const SHA256 = sequence(oid('2.16.840.1.101.3.4.2.1'), NULL);
const SHA1 = sequence(oid('1.3.14.3.2.26'), NULL);
const RSA = { rsaEncryption: sequence(oid('1.2.840.113549.1.1.1'), NULL), sha256: sequence(oid('1.2.840.113549.1.1.11'), NULL) };
const ECDSA = sequence(oid('1.2.840.10045.4.3.2'));
const ED25519 = sequence(oid('1.3.101.112'));

/** What a token says, and what it has otherwise than the usual one. */
export interface TokenPlan {
  /** In hexadecimal. */
  readonly digest: string;
  readonly genTime: string;
  readonly signer: TimestampIdentity;
  readonly nonce?: bigint | undefined;
  readonly policy?: string;
  readonly serial?: bigint;
  readonly status?: number;
  readonly statusText?: string;
  readonly version?: number;
  readonly imprintAlgorithm?: Octets;
  /** The digits of the time, where `genTime` is not enough. */
  readonly written?: string;
  /** Fields of TSTInfo that stand between genTime and the nonce, and after it. */
  readonly accuracy?: Octets;
  readonly extensions?: Octets;
  /** Certificates that come along; the signer's where nothing is said. */
  readonly certificates?: readonly Octets[];
  /** How the signer is named: by issuer and serial number, or by the identifier of its key. */
  readonly sid?: 'issuer' | 'key';
  /** How the signer's certificate is named among what is signed. */
  readonly reference?: 1 | 2 | 'none' | 'other';
  readonly signatureAlgorithm?: keyof typeof RSA;
  readonly digestAlgorithm?: Octets;
  /** Signed attributes instead of the usual ones, by their names. */
  readonly attributes?: Readonly<Partial<Record<keyof typeof OIDS, readonly Octets[]>>>;
  /** Changes what is signed after it was signed. */
  readonly alter?: (content: Octets) => Octets;
}

/** The policy of the made-up authority. */
export const MADE_UP_POLICY = '1.3.6.1.4.1.99999.9.1';

const stamp = (instant: string): string => `${instant.replace(/[-:T]/g, '').slice(0, 14)}Z`;
const sha256 = (content: Octets): Octets => createHash('sha256').update(content).digest();

function encodeInfo(plan: TokenPlan): Octets {
  return sequence(
    integer(plan.version ?? 1),
    oid(plan.policy ?? MADE_UP_POLICY),
    sequence(plan.imprintAlgorithm ?? SHA256, octets(Buffer.from(plan.digest, 'hex'))),
    integer(plan.serial ?? serialOf(`token ${plan.digest} ${plan.genTime}`)),
    generalizedTime(plan.written ?? stamp(plan.genTime)),
    plan.accuracy ?? sequence(integer(1)),
    ...(plan.nonce === undefined ? [] : [integer(plan.nonce)]),
    ...(plan.extensions ? [plan.extensions] : []),
  );
}

/** Attributes in the order of their encoding, as a SET OF wants them. */
function encodeAttributes(content: Octets, { signer, reference = 2, attributes: other = {} }: TokenPlan): Octets[] {
  const named = sequence(sequence(sequence(octets(sha256(reference === 'other' ? Buffer.from('other') : signer.certificate)))));
  const usual: Partial<Record<keyof typeof OIDS, readonly Octets[]>> = {
    contentType: [oid(OIDS.tstInfo)],
    messageDigest: [octets(sha256(content))],
    ...(reference === 1 && { signingCertificate: [sequence(sequence(sequence(octets(createHash('sha1').update(signer.certificate).digest()))))] }),
    ...((reference === 2 || reference === 'other') && { signingCertificateV2: [named] }),
    ...other,
  };
  const encoded = Object.entries(usual).map(([name, values]) => sequence(oid(OIDS[name as keyof typeof OIDS]), set(...values)));
  return encoded.sort(Buffer.compare);
}

function encodeSid({ certificate, key }: TimestampIdentity, sid: TokenPlan['sid']): Octets {
  if (sid === 'key') return implicit(0, keyIdentifier(key));
  const outer = readElement(certificate, 0, certificate.length, 'certificate');
  const tbs = readElement(certificate, outer.start, outer.end, 'tbsCertificate');
  const version = readElement(certificate, tbs.start, tbs.end, 'version');
  const serial = readElement(certificate, version.next, tbs.end, 'serialNumber');
  const algorithm = readElement(certificate, serial.next, tbs.end, 'signature');
  const issuer = readElement(certificate, algorithm.next, tbs.end, 'issuer');
  return sequence(certificate.subarray(issuer.offset, issuer.next), certificate.subarray(serial.offset, serial.next));
}

function encodeSigner(content: Octets, plan: TokenPlan): Octets {
  const { signer, sid = 'issuer', digestAlgorithm = SHA256 } = plan;
  const attributes = encodeAttributes(content, plan);
  const type = signer.key.asymmetricKeyType;
  const algorithm = type === 'rsa' ? RSA[plan.signatureAlgorithm ?? 'rsaEncryption'] : type === 'ec' ? ECDSA : ED25519;
  const signature = sign(type === 'ed25519' ? null : 'sha256', set(...attributes), signer.key);
  return sequence(integer(sid === 'key' ? 3 : 1), encodeSid(signer, sid), digestAlgorithm, tagged(0, ...attributes), algorithm, octets(signature));
}

/** A TimeStampResp of RFC 3161; the octets of one with an RSA key are the same each time. */
export function encodeTimestamp(plan: TokenPlan): Octets {
  const content = encodeInfo(plan);
  const { digestAlgorithm = SHA256, certificates = [plan.signer.certificate], alter = (same: Octets) => same } = plan;
  const signedData = sequence(
    integer(3),
    set(digestAlgorithm),
    sequence(oid(OIDS.tstInfo), tagged(0, octets(alter(content)))),
    ...(certificates.length > 0 ? [tagged(0, ...certificates)] : []),
    set(encodeSigner(content, plan)),
  );
  const status = sequence(integer(plan.status ?? 0), ...(plan.statusText === undefined ? [] : [sequence(utf8(plan.statusText))]));
  return sequence(status, sequence(oid(OIDS.signedData), tagged(0, signedData)));
}

/** A refusal: a status with a reason, and no token. */
export const encodeRejection = (status: number, text: string): Octets =>
  sequence(sequence(integer(status), sequence(utf8(text)), bits(5, Buffer.from([0x20]))));

/** Digests that are too weak. */
export const WEAK = { SHA1 };
/** A critical extension of TSTInfo that nobody knows. */
export const UNKNOWN_EXTENSION = der(0xa1, sequence(oid('1.3.6.1.4.1.99999.9.9'), Buffer.from([1, 1, 0xff]), octets(NULL)));
