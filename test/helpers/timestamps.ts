import { readKey } from '../../scripts/example-certificates.ts';
import { makeAuthority } from '../../scripts/example-timestamps.ts';
import type { Instant } from '../../src/model/time.ts';
import { sha256 } from '../../src/read/register.ts';
import type { Holder } from '../../src/read/signature.ts';
import type { TimestampOrder } from '../../src/read/timestamp.ts';
import { readX509 } from '../../src/read/x509/x509.ts';
import { integer, type Octets, oid, sequence } from './der.ts';
import { encodeBasicConstraints, encodeExtension, encodeKeyUsage } from './encode-extensions.ts';
import {
  CA_EXTENSIONS,
  encodePurposes,
  encodeRejection,
  encodeTimestamp,
  type IdentityPlan,
  makeIdentity,
  type TimestampIdentity,
  type TokenPlan,
  UNIT_PURPOSE,
  UNKNOWN_EXTENSION,
  WEAK,
} from './encode-timestamp.ts';
import { deriveKey } from './encode-x509.ts';

/** The pinned authority of the example, and its unit. */
export const { root: ROOT, unit: UNIT } = makeAuthority();

/** What is stamped, and when. */
export const DIGEST = sha256('an entry');
export const STAMPED_AT = '2026-03-01T10:00:00Z';
const NONCE = 0x5123456789abcdefn;

const UNIT_KEY = readKey('made-up-time-stamping-unit-1');
const SIGNING = encodeKeyUsage(['digitalSignature']);
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';

/** Another unit of the pinned authority, or of whoever is said. */
export const unit = (commonName: string, plan: Partial<IdentityPlan> = {}): TimestampIdentity =>
  makeIdentity({ subject: { countryName: 'AT', commonName }, key: UNIT_KEY, issuer: ROOT, ...plan });

/** The pinned authority, with a certificate that ended before most tokens. */
export const ENDED_ROOT = makeIdentity({ subject: ROOT.subject, key: ROOT.key, notAfter: '2025-12-31T23:59:59Z' });
export const STRANGER = makeIdentity({ subject: { countryName: 'AT', commonName: 'Somebody else' }, key: readKey('at-list-signer') });
/** It calls itself as the pinned authority does, and has another key. */
const IMPOSTOR = makeIdentity({ subject: ROOT.subject, key: readKey('at-list-signer') });
export const BETWEEN = unit('Made-up Time-stamping CA', { key: readKey('list-of-lists-signer-a'), extensions: CA_EXTENSIONS });
const between = (...extensions: readonly Octets[]) => unit('Made-up Time-stamping CA', { key: readKey('list-of-lists-signer-a'), extensions });
const under = (issuer: TimestampIdentity, plan: Partial<IdentityPlan> = {}): Pick<TokenPlan, 'signer' | 'certificates'> => {
  const signer = unit('Made-up Unit below', { issuer, ...plan });
  return { signer, certificates: [signer.certificate, issuer.certificate] };
};

export const asHolder = (der: Octets): Holder => {
  const facts = readX509(der, '').items[0]?.facts;
  if (facts?.kind !== 'certificate') throw new Error('There is no certificate.');
  return { facts, der, sha256: sha256(der) };
};

/** What a token is judged by: the example's authority is pinned, and the request had a nonce. */
export const ORDER: TimestampOrder = {
  digest: DIGEST,
  published: '2026-03-01T09:00:00Z' as Instant,
  now: '2026-11-23T14:00:00Z' as Instant,
  authorities: [asHolder(ROOT.certificate)],
  request: { digest: DIGEST, nonce: NONCE.toString(16) },
};

const TOKEN: TokenPlan = { digest: DIGEST, genTime: STAMPED_AT, signer: UNIT, nonce: NONCE };
export const makeToken = (plan: Partial<TokenPlan> = {}): Octets => encodeTimestamp({ ...TOKEN, ...plan });

/** Swaps the octets of a token: the first of the two must stand there once. */
export function exchange(token: Octets, from: Octets, to: Octets): Octets {
  const bytes = Buffer.from(token);
  const at = bytes.indexOf(from);
  if (at < 0 || from.length !== to.length) throw new Error('The token does not hold what is to be exchanged.');
  to.forEach((octet, index) => {
    bytes[at + index] = octet;
  });
  return bytes;
}

/** Tokens that hold. */
export const GOOD_TOKENS: Readonly<Record<string, Octets>> = {
  'of the pinned authority': makeToken(),
  'with a fraction of a second': makeToken({ written: '20260301100000.25Z', accuracy: sequence() }),
  'with sha256WithRSAEncryption': makeToken({ signatureAlgorithm: 'sha256' }),
  'that names its signer by the key': makeToken({ sid: 'key' }),
  'that names its certificate by SHA-1 (RFC 3161)': makeToken({ reference: 1 }),
  'signed with ECDSA': makeToken({ signer: unit('Unit on P-256', { key: deriveKey('a made-up unit') }) }),
  'of a unit below a CA that came along': makeToken(under(BETWEEN)),
  'with the pinned authority among its certificates': makeToken({ certificates: [UNIT.certificate, ROOT.certificate] }),
  'with a text beside its status': makeToken({ statusText: 'Operation Okay' }),
};

const CONTENT = Buffer.from('20260301100000Z');
const last = (token: Octets): Octets => token.subarray(token.length - 16);
const REQUESTED = `${DIGEST.slice(0, -1)}${DIGEST.endsWith('0') ? '1' : '0'}`;

/** Tokens that prove nothing: what is wrong, the token, and the fault that has to be found. */
export const BAD_TOKENS: readonly (readonly [what: string, token: Octets, fault: string])[] = [
  ['nothing', Buffer.alloc(0), 'unreadable'],
  ['text', Buffer.from('no token'), 'unreadable'],
  ['a certificate', UNIT.certificate, 'unreadable'],
  ['a token that is cut off', makeToken().subarray(0, 900), 'unreadable'],
  ['octets behind the token', Buffer.concat([makeToken(), Buffer.from([0])]), 'trailing-data'],
  ['two tokens', Buffer.concat([makeToken(), makeToken()]), 'trailing-data'],
  ['a rejection', encodeRejection(2, 'bad algorithm'), 'not-granted'],
  ['a token that was granted with changes', makeToken({ status: 1 }), 'not-granted'],
  ['a token over another digest', makeToken({ digest: REQUESTED }), 'other-digest'],
  ['a token over a digest of SHA-1', makeToken({ imprintAlgorithm: WEAK.SHA1 }), 'other-digest'],
  ['another nonce', makeToken({ nonce: NONCE + 1n }), 'other-request'],
  ['no nonce', makeToken({ nonce: undefined }), 'other-request'],
  ['a time that was changed', exchange(makeToken(), CONTENT, Buffer.from('20250301100000Z')), 'content-altered'],
  [
    'a signature with one bit changed',
    exchange(makeToken(), last(makeToken()), last(makeToken()).with(3, (last(makeToken())[3] ?? 0) ^ 1)),
    'signature-broken',
  ],
  ['the signature of another key', makeToken({ signer: { ...UNIT, key: readKey('at-list-signer') } }), 'signature-broken'],
  ['no certificate', makeToken({ certificates: [] }), 'signer-unknown'],
  ['the certificate of somebody else', makeToken({ certificates: [STRANGER.certificate] }), 'signer-unknown'],
  ['a certificate twice', makeToken({ certificates: [UNIT.certificate, UNIT.certificate] }), 'unreadable'],
  ['no reference to the certificate', makeToken({ reference: 'none' }), 'attributes-broken'],
  ['a reference to another certificate', makeToken({ reference: 'other' }), 'attributes-broken'],
  ['another type of content among what is signed', makeToken({ attributes: { contentType: [oid('1.2.840.113549.1.7.1')] } }), 'attributes-broken'],
  ['two digests among what is signed', makeToken({ attributes: { messageDigest: [integer(1), integer(2)] } }), 'attributes-broken'],
  ['a digest of SHA-1', makeToken({ digestAlgorithm: WEAK.SHA1 }), 'unsupported'],
  ['another version', makeToken({ version: 2 }), 'unsupported'],
  ['an unknown critical extension', makeToken({ extensions: UNKNOWN_EXTENSION }), 'unsupported'],
  ['a time with zeros at its end', makeToken({ written: '20260301100000.50Z' }), 'unreadable'],
  ['a time that is none', makeToken({ written: '20260230100000Z' }), 'unreadable'],
  ['a time before publication', makeToken({ genTime: '2026-03-01T08:59:58Z' }), 'too-early'],
  ['a time that has not come', makeToken({ genTime: '2026-11-23T14:00:03Z' }), 'too-late'],
  [
    'a unit for signatures too',
    makeToken({ signer: unit('Unit for two', { extensions: [SIGNING, encodePurposes(true, TIME_STAMPING, '1.3.6.1.5.5.7.3.36')] }) }),
    'signer-unfit',
  ],
  [
    'a purpose that is not critical',
    makeToken({ signer: unit('Uncritical unit', { extensions: [SIGNING, encodePurposes(false, TIME_STAMPING)] }) }),
    'signer-unfit',
  ],
  ['a unit without a purpose', makeToken({ signer: unit('Unit for nothing', { extensions: [SIGNING] }) }), 'signer-unfit'],
  ['a key that may not sign', makeToken({ signer: unit('Mute unit', { extensions: [encodeKeyUsage(['keyEncipherment']), UNIT_PURPOSE] }) }), 'signer-unfit'],
  ['an authority that nobody pinned', makeToken({ signer: unit('Unit of a stranger', { issuer: STRANGER }) }), 'authority-unpinned'],
  ['an authority of the same name', makeToken(under(IMPOSTOR)), 'authority-unpinned'],
  ['a unit that signed itself', makeToken({ signer: unit('Own unit', { issuer: undefined, extensions: [SIGNING, UNIT_PURPOSE] }) }), 'authority-unpinned'],
  ['a unit whose certificate had ended', makeToken({ signer: unit('Ended unit', { notAfter: '2026-02-28T23:59:59Z' }) }), 'authority-expired'],
  ['a unit whose certificate had not begun', makeToken({ signer: unit('Unborn unit', { notBefore: '2026-03-02T00:00:00Z' }) }), 'authority-expired'],
  ['a CA that had ended', makeToken(under(unit('Ended CA', { extensions: CA_EXTENSIONS, notAfter: '2026-01-31T23:59:59Z' }))), 'authority-expired'],
  ['a unit that vouches for another', makeToken(under(unit('Unit as CA'))), 'authority-unfit'],
  ['a CA that may not sign certificates', makeToken(under(between(encodeBasicConstraints(), encodeKeyUsage(['cRLSign'])))), 'authority-unfit'],
  ['a CA for other purposes', makeToken(under(between(...CA_EXTENSIONS, encodePurposes(false, '1.3.6.1.5.5.7.3.4')))), 'authority-unfit'],
  [
    'a CA with a critical extension that is not understood',
    makeToken(under(between(...CA_EXTENSIONS, encodeExtension('noRevAvail', integer(1), true)))),
    'authority-unfit',
  ],
];
