import { createHash } from 'node:crypto';
import type { Irregularity } from '../model/asn1.ts';
import { findExtension } from '../model/certificate-extension.ts';
import { writeDistinguishedName } from '../model/distinguished-name.ts';
import { type Instant, toInstant } from '../model/time.ts';
import type { RefusedTimestamp, TimestampFault, TimestampVerdict } from '../model/timestamp.ts';
import type { Sha256 } from '../model/version.ts';
import { sha256 } from './register.ts';
import { type Holder, type Signature, slice, verifyBy } from './signature.ts';
import { findAuthority, isStrong } from './timestamp-authority.ts';
import type { TimestampRequest } from './timestamp-request.ts';
import { DerFault } from './x509/der.ts';
import { readContentType, readMessageDigest, readSigningCertificate } from './x509/timestamp-attributes.ts';
import { readTimestampResponse, type TimestampInfo, type TimestampSigner, type TimestampToken } from './x509/timestamp-response.ts';
import { readX509 } from './x509/x509.ts';

/** What a token has to prove, and by what it is judged. */
export interface TimestampOrder {
  /** The digest of the entry: SHA-256 of its lines as they stand in the register. */
  readonly digest: Sha256;
  /** When the entry says that it was published. */
  readonly published: Instant;
  readonly now: Instant;
  /** The certificates of the authorities that are trusted. */
  readonly authorities: readonly Holder[];
  /** What was asked for, where that was kept. */
  readonly request?: TimestampRequest | undefined;
}

/** Octets of a response; real ones have some thousand. */
export const MOST_TOKEN_OCTETS = 200_000;
const MOST_CERTIFICATES = 20;

const SHA256_OID = '2.16.840.1.101.3.4.2.1';
const ATTRIBUTE = {
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  v1: '1.2.840.113549.1.9.16.2.12',
  v2: '1.2.840.113549.1.9.16.2.47',
};
const EXPECTED = 'a TimeStampResp of RFC 3161 in DER, with a token';

/** Thrown inside this file only. */
class Refusal extends Error {
  readonly verdict: RefusedTimestamp;

  constructor(fault: TimestampFault, problem: string, seen: string, expected: string, path?: string) {
    super(problem);
    this.verdict = { verified: false, fault, problem, seen, expected, ...(path !== undefined && { path }) };
  }
}

function refuse(fault: TimestampFault, problem: string, seen: string, expected: string, path?: string): never {
  throw new Refusal(fault, problem, seen, expected, path);
}

/**
 * Verifies a time-stamp response over a register entry (RFC 3161, 2.4.2; RFC 5816; RFC 5652, 5.4): its form, its signature,
 * the way to a pinned authority, and then what it says. Whether a certificate was revoked is not asked. Never throws for
 * bad octets: the first thing that is wrong is the verdict.
 */
export function verifyTimestamp(bytes: Uint8Array, order: TimestampOrder): TimestampVerdict {
  try {
    return verify(bytes, order);
  } catch (error) {
    if (error instanceof Refusal) return error.verdict;
    if (!(error instanceof DerFault)) throw error;
    const { message, at, offset, seen, expected } = error;
    return { verified: false, fault: 'unreadable', problem: `The token cannot be read. ${message}`, seen: `${seen}, at octet ${offset}`, expected, path: at };
  }
}

function verify(bytes: Uint8Array, order: TimestampOrder): TimestampVerdict {
  const token = readToken(bytes);
  const signer = token.signers[0] as TimestampSigner;
  const sent = readCertificates(token);
  const holder = findSigner(signer, [...sent, ...order.authorities]);
  verifyContent(token, signer, holder);
  const at = genTimeOf(token.info);
  checkPurpose(holder);
  const path = findAuthority(holder, sent, order.authorities, at);
  if (!path.found) return refuse(path.fault, path.problem, path.seen, path.expected);
  checkInfo(token.info, at, order);
  return {
    verified: true,
    at,
    accuracy: Math.ceil(token.info.accuracy / 1000),
    signer: writeDistinguishedName(holder.facts.subject),
    authority: writeDistinguishedName(path.authority.facts.subject),
    authoritySha256: path.authority.sha256,
    policy: token.info.policy,
    serial: token.info.serial,
    until: path.until,
  };
}

/** The token of a response that was granted, of one signer, all in DER. */
function readToken(bytes: Uint8Array): TimestampToken {
  if (bytes.length === 0) refuse('unreadable', 'The file is empty.', 'no octets', EXPECTED);
  if (bytes.length > MOST_TOKEN_OCTETS)
    refuse('unreadable', 'The token is too large to be read.', `${bytes.length} octets`, `at most ${MOST_TOKEN_OCTETS} octets`);
  const { status, reason, token, irregularities } = readTimestampResponse(bytes);
  const flaw = irregularities.find(isGrave);
  if (flaw) {
    const isTrailing = flaw.kind === 'trailing-data' && flaw.at === 'response';
    const problem = isTrailing ? 'Something follows the token.' : `The token is not in order. ${flaw.message}`;
    refuse(isTrailing ? 'trailing-data' : 'unreadable', problem, flaw.seen, flaw.expected, flaw.at);
  }
  if (status !== 0) {
    const seen = `status ${STATUSES[status] ?? status}${reason ? ` (${reason})` : ''}`;
    refuse('not-granted', 'The authority did not grant what was asked for.', seen, 'granted, without changes', 'status');
  }
  if (!token) return refuse('unreadable', 'The response carries no token.', 'a status alone', EXPECTED);
  checkVersions(token);
  return token;
}

const STATUSES = ['granted', 'granted with changes', 'rejection', 'waiting', 'revocation warning', 'revocation notification'];

/** What is signed may be irregular: nobody can exchange it. */
const isGrave = ({ kind, at }: Irregularity): boolean => !(at.startsWith('tstInfo') && kind === 'not-der');

function checkVersions({ version, signers, announcesDigests, info }: TimestampToken): void {
  const [signer, ...others] = signers;
  if (!signer || others.length > 0) refuse('unreadable', 'A token has one signer.', `${signers.length} signers`, 'one signer (RFC 3161, 2.4.2)');
  const wanted = signer.keyIdentifier === undefined ? 1 : 3;
  if (version !== 3 || signer.version !== wanted || info.version !== 1)
    refuse(
      'unsupported',
      'The token has another version.',
      `SignedData ${version}, SignerInfo ${signer.version}, TSTInfo ${info.version}`,
      `3, ${wanted} and 1`,
    );
  if (!announcesDigests) refuse('attributes-broken', 'The token announces other digest algorithms than its signer used.', 'another set', 'that of the signer');
  if (info.critical.length > 0) refuse('unsupported', 'The token has a critical extension that is not understood here.', info.critical.join(', '), 'none');
}

/** The certificates that came along; one twice, or one that cannot be read, is a fault. */
function readCertificates({ certificates }: TimestampToken): Holder[] {
  if (certificates.length > MOST_CERTIFICATES)
    refuse('unsupported', 'The token brings too many certificates.', `${certificates.length}`, `at most ${MOST_CERTIFICATES}`);
  const holders = certificates.map((der) => {
    const facts = readX509(der, '').items[0]?.facts;
    if (facts?.kind !== 'certificate') return refuse('unreadable', 'A certificate in the token cannot be read.', 'no certificate of X.509', EXPECTED);
    return { facts, der, sha256: sha256(der) };
  });
  if (new Set(holders.map((holder) => holder.sha256)).size < holders.length)
    refuse('unreadable', 'The token brings a certificate twice.', 'the same again', 'each once');
  return holders;
}

function findSigner({ name, keyIdentifier }: TimestampSigner, holders: readonly Holder[]): Holder {
  const found = holders.find(({ facts, der }) => {
    if (!name) return findExtension(facts, 'subjectKeyIdentifier')?.value?.keyIdentifier === keyIdentifier;
    // Octet by octet: that name is not signed, and could be exchanged for one that only means the same.
    return Buffer.from(name.der).equals(slice(facts, der, facts.issuer.at)) && facts.serialNumber.hex === name.serial;
  });
  if (found) return found;
  const seen = name ? `serial number ${name.serial} of ${writeDistinguishedName(name.issuer)}` : `key identifier ${keyIdentifier}`;
  return refuse(
    'signer-unknown',
    'The certificate of whoever made the token is not there.',
    seen,
    'a certificate in the token (certReq), or among the pinned ones',
  );
}

/** The signature is over the attributes, these name the digest of the content and the certificate of the signer. */
function verifyContent({ content, eContentType }: TimestampToken, signer: TimestampSigner, holder: Holder): void {
  const digestName = signer.digestAlgorithm.name ?? signer.digestAlgorithm.oid;
  const signature = signatureOf(signer, digestName);
  const { signed } = signer;
  if (!signed) refuse('attributes-broken', 'The token has no signed attributes.', 'none', 'contentType, messageDigest and signingCertificate');
  const state = verifyBy(holder, signed, signature);
  if (state === 'unsupported') refuse('unsupported', 'The signature cannot be verified here.', signature.signatureAlgorithm.oid, 'RSA, ECDSA or EdDSA');
  if (state !== 'verified')
    refuse(
      'signature-broken',
      'The signature of the token does not verify.',
      'another signature',
      `one by the key of ${writeDistinguishedName(holder.facts.subject)}`,
    );
  const type = readContentType(readAttribute(signer, ATTRIBUTE.contentType, 'contentType'));
  if (type !== eContentType) refuse('attributes-broken', 'The signed attribute contentType names something else.', type, eContentType);
  const digest = createHash(digestName).update(content).digest('hex');
  const stated = readMessageDigest(readAttribute(signer, ATTRIBUTE.messageDigest, 'messageDigest'));
  if (digest !== stated) refuse('content-altered', 'What the token says was altered after it was signed.', `content with the digest ${digest}`, stated);
  checkReference(signer, holder);
}

/** The digest and the algorithm of the signature go together. */
function signatureOf({ digestAlgorithm, signatureAlgorithm, signatureValue }: TimestampSigner, digestName: string): Signature {
  const isRsa = signatureAlgorithm.name === 'rsaEncryption';
  const algorithm = isRsa ? { ...signatureAlgorithm, name: `${digestName}WithRSAEncryption` } : signatureAlgorithm;
  const own = algorithm.pss?.hash ?? (/^(.+)WithRSA/.exec(algorithm.name ?? '')?.[1] ?? /^ecdsa-with-(.+)$/.exec(algorithm.name ?? '')?.[1])?.toLowerCase();
  const goesTogether = own === undefined || own === digestName;
  if (!/^sha(256|384|512|3-256|3-384|3-512)$/.test(digestName) || !isStrong(algorithm) || !goesTogether)
    refuse(
      'unsupported',
      'The token is signed with algorithms that are not accepted.',
      `${digestName} and ${algorithm.name ?? algorithm.oid}`,
      'SHA-256 or longer, with RSA, ECDSA or EdDSA',
    );
  if (digestAlgorithm.parameters === 'present') refuse('unsupported', 'The digest algorithm has parameters.', digestAlgorithm.hex ?? '', 'none');
  return { signatureAlgorithm: algorithm, signatureValue };
}

/** The one value of an attribute that has to be there once. */
function readAttribute({ attributes }: TimestampSigner, oid: string, name: string): Uint8Array {
  const values = attributes.filter((attribute) => attribute.oid === oid).map(({ values }) => values);
  const value = values[0]?.[0];
  if (value && values.length === 1 && values[0]?.length === 1) return value;
  return refuse('attributes-broken', `The signed attribute ${name} does not stand there once.`, `${values.length} times`, 'once, with one value');
}

/** RFC 5816: the certificate of the signer is named by its digest among what is signed, so that it cannot be exchanged. */
function checkReference(signer: TimestampSigner, holder: Holder): void {
  const has = (oid: string) => signer.attributes.some((attribute) => attribute.oid === oid);
  const isNamed = [ATTRIBUTE.v2, ATTRIBUTE.v1].filter(has).map((oid) => {
    const { hash, digest } = readSigningCertificate(readAttribute(signer, oid, 'signingCertificate'), oid === ATTRIBUTE.v2 ? 2 : 1);
    return /^sha(1|256|384|512)$/.test(hash) && createHash(hash).update(holder.der).digest('hex') === digest;
  });
  if (isNamed.length === 0 || isNamed.includes(false))
    refuse(
      'attributes-broken',
      'The signed attributes do not name the certificate of the signer.',
      isNamed.length === 0 ? 'no signingCertificate' : 'another certificate',
      `that with the SHA-256 digest ${holder.sha256}`,
    );
}

/** RFC 3161, 2.3: the key is for time-stamps, and for nothing else. */
function checkPurpose({ facts }: Holder): void {
  const extension = findExtension(facts, 'extKeyUsage');
  const purposes = extension?.value?.purposes.map(({ name, oid }) => name ?? oid) ?? [];
  const isAlone = extension?.critical && purposes.length === 1 && purposes[0] === 'timeStamping';
  const seen = `${extension?.critical ? 'critical' : 'not critical'}: ${purposes.join(', ') || 'no extended key usage'}`;
  if (!isAlone)
    refuse('signer-unfit', 'The certificate of the signer is not one for time-stamps alone.', seen, 'the extended key usage timeStamping, critical and alone');
  const usages = findExtension(facts, 'keyUsage')?.value?.usages;
  const isForSigning = !usages || usages.some((usage) => usage === 'digitalSignature' || usage === 'nonRepudiation');
  if (!isForSigning) refuse('signer-unfit', 'The key of the signer may not sign.', usages?.join(', ') ?? '', 'digitalSignature or nonRepudiation');
}

function genTimeOf({ genTime: { time, written } }: TimestampInfo): Instant {
  return time === undefined
    ? refuse('unreadable', 'The time in the token is none.', written, 'a GeneralizedTime in UTC to the second', 'tstInfo.genTime')
    : toInstant(new Date(time));
}

/** What an authentic token says: over which digest, in answer to what, and when. */
function checkInfo({ hashAlgorithm, hashedMessage, accuracy, genTime, nonce, policy }: TimestampInfo, at: Instant, order: TimestampOrder): void {
  if (hashAlgorithm.oid !== SHA256_OID || hashedMessage !== order.digest)
    refuse(
      'other-digest',
      'The token is over another digest.',
      `${hashAlgorithm.name ?? hashAlgorithm.oid} ${hashedMessage}`,
      `sha256 ${order.digest}`,
      'tstInfo.messageImprint',
    );
  const { request } = order;
  if (request && (request.digest !== order.digest || request.nonce !== nonce))
    refuse(
      'other-request',
      'The token does not answer the request that lies beside it.',
      `nonce ${nonce ?? 'none'}`,
      `nonce ${request.nonce ?? 'none'}`,
      'tstInfo.nonce',
    );
  if (request?.policy !== undefined && request.policy !== policy)
    refuse('other-request', 'The token was made under another policy than was asked for.', policy, request.policy, 'tstInfo.policy');
  const time = genTime.time ?? 0;
  if (time + accuracy < Date.parse(order.published))
    refuse('too-early', 'The token was made before the entry says that it was published.', at, `${order.published} or later`, 'tstInfo.genTime');
  if (time - accuracy >= Date.parse(order.now) + 1000)
    refuse('too-late', 'The token is of a time that has not come.', at, `${order.now} at the latest`, 'tstInfo.genTime');
}

/** The SHA-256 digest that a response is over, whoever made it; undefined where it cannot be read or is over something else. */
export function stampedDigest(bytes: Uint8Array): Sha256 | undefined {
  try {
    const info = bytes.length > 0 && bytes.length <= MOST_TOKEN_OCTETS ? readTimestampResponse(bytes).token?.info : undefined;
    return info?.hashAlgorithm.oid === SHA256_OID && info.hashedMessage.length === 64 ? info.hashedMessage : undefined;
  } catch (error) {
    if (error instanceof DerFault) return undefined;
    throw error;
  }
}
