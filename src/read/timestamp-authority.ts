import type { AlgorithmFacts } from '../model/asn1.ts';
import type { CertificateFacts } from '../model/certificate.ts';
import { findExtension } from '../model/certificate-extension.ts';
import { isCa } from '../model/deployed.ts';
import { nameKey, writeDistinguishedName } from '../model/distinguished-name.ts';
import type { Instant } from '../model/time.ts';
import type { TimestampFault } from '../model/timestamp.ts';
import { type Holder, slice, verifyBy } from './signature.ts';

/** The way from the signer of a token to a pinned authority, or why there is none that holds. */
export type AuthorityPath =
  | { readonly found: true; readonly authority: Holder; readonly until: Instant }
  | { readonly found: false; readonly fault: TimestampFault; readonly problem: string; readonly seen: string; readonly expected: string };

type Fault = Extract<AuthorityPath, { found: false }>;

/** More certificates on one way are not followed, and no more signatures are tried: whoever sends certificates could make them issue one another. */
const MOST_STEPS = 8;
const MOST_TRIALS = 200;
const LEAST_RSA_BITS = 2048;
/** Extensions that are understood here, as far as they can bind a time-stamp (RFC 5280, 4.2). */
const UNDERSTOOD: readonly (string | undefined)[] = ['keyUsage', 'extKeyUsage', 'basicConstraints', 'certificatePolicies', 'subjectAltName'];
const STRONG =
  /^(sha256|sha384|sha512|sha3-(256|384|512))WithRSAEncryption$|^ecdsa-with-(SHA(256|384|512)|SHA3-(256|384|512))$|^(Ed25519|Ed448|ml-dsa-(44|65|87))$/;
const STRONG_DIGEST = /^(sha256|sha384|sha512|sha3-256|sha3-384|sha3-512)$/;

/** Whether an algorithm signs what nobody can exchange: a digest of at least 256 bits. */
export const isStrong = ({ name = '', pss }: AlgorithmFacts): boolean => (pss ? STRONG_DIGEST.test(pss.hash) : STRONG.test(name));

/**
 * Finds the way from the signer's certificate to a pinned one, over certificates that came with the token or are pinned, and
 * demands of each on it what RFC 5280 (6.1) demands at the time of the token. Nobody is asked about revocation.
 */
export function findAuthority(signer: Holder, sent: readonly Holder[], pinned: readonly Holder[], at: Instant): AuthorityPath {
  const known = [...pinned, ...sent.filter((one) => !pinned.some(({ sha256 }) => sha256 === one.sha256))];
  const paths = [...climb([signer], { known, pinned, trials: 0 })];
  const [first] = paths;
  if (!first) return unpinned(signer, sent);
  const judged = paths.map((path) => judgePath(path, at));
  return judged.find(({ found }) => found) ?? (judged[0] as AuthorityPath);
}

interface Climb {
  readonly known: readonly Holder[];
  readonly pinned: readonly Holder[];
  trials: number;
}

/** All ways that end at a pinned certificate. */
function* climb(path: readonly Holder[], climbing: Climb): Generator<readonly Holder[]> {
  const last = path.at(-1) as Holder;
  if (climbing.pinned.some(({ sha256 }) => sha256 === last.sha256)) {
    yield path;
    return;
  }
  if (path.length >= MOST_STEPS) return;
  for (const issuer of climbing.known) {
    if (path.includes(issuer) || !isNamed(issuer, last)) continue;
    climbing.trials += 1;
    if (climbing.trials > MOST_TRIALS) return;
    if (hasIssued(issuer, last)) yield* climb([...path, issuer], climbing);
  }
}

/** By name and, where both say it, key identifier. */
function isNamed(issuer: Holder, { facts }: Holder): boolean {
  if (nameKey(issuer.facts.subject) !== nameKey(facts.issuer)) return false;
  const wanted = findExtension(facts, 'authorityKeyIdentifier')?.value?.keyIdentifier;
  const own = findExtension(issuer.facts, 'subjectKeyIdentifier')?.value?.keyIdentifier;
  return wanted === undefined || own === undefined || wanted === own;
}

const hasIssued = (issuer: Holder, { facts, der }: Holder): boolean => verifyBy(issuer, slice(facts, der, 'tbsCertificate'), facts) === 'verified';

function unpinned(signer: Holder, sent: readonly Holder[]): Fault {
  const names = new Set([signer, ...sent].map(({ facts }) => writeDistinguishedName(facts.issuer)));
  return {
    found: false,
    fault: 'authority-unpinned',
    problem: 'The certificate of whoever made the token leads to no pinned authority.',
    seen: `issued by ${[...names].join('; ')}`,
    expected: 'an authority whose certificate lies in content/timestamps/authorities, or a chain of signatures that leads to it',
  };
}

function judgePath(path: readonly Holder[], at: Instant): AuthorityPath {
  const fault = path.flatMap((holder, index) => judge(holder, index, at) ?? [])[0];
  if (fault) return fault;
  const ends = path.map(({ facts }) => facts.validity.notAfter.instant as Instant).sort();
  return { found: true, authority: path.at(-1) as Holder, until: ends[0] as Instant };
}

/** `index` is the certificate's place on the way: the signer's is 0. */
function judge({ facts, der }: Holder, index: number, at: Instant): Fault | undefined {
  const name = writeDistinguishedName(facts.subject);
  const { notBefore, notAfter } = facts.validity;
  const refuse = (fault: TimestampFault, problem: string, seen: string, expected: string): Fault => ({ found: false, fault, problem, seen, expected });
  if (!notBefore.instant || !notAfter.instant || at < notBefore.instant || at > notAfter.instant) {
    const seen = `valid from ${notBefore.instant ?? notBefore.written} to ${notAfter.instant ?? notAfter.written}, the token of ${at}`;
    return refuse('authority-expired', `The certificate of ${name} was not valid at the time of the token.`, seen, 'certificates that were valid then');
  }
  const unfit = describeFlaw(facts, der) ?? (index > 0 ? describeCaFlaw(facts, index) : undefined);
  if (unfit === undefined) return undefined;
  return refuse('authority-unfit', `The certificate of ${name} cannot vouch for a time-stamp: ${unfit}.`, unfit, 'a certificate as RFC 5280 wants it');
}

/** What no certificate on the way may have. */
function describeFlaw(facts: CertificateFacts, der: Uint8Array): string | undefined {
  const { irregularities, signatureAlgorithm, subjectPublicKeyInfo: key, extensions } = facts;
  const frame = irregularities.find(({ at }) => ['certificate', 'signatureAlgorithm', 'signatureValue'].includes(at));
  if (frame) return `its frame is not in order: ${frame.seen} in ${frame.at}`;
  if (!Buffer.from(slice(facts, der, 'signatureAlgorithm')).equals(slice(facts, der, facts.signature.at))) return 'it names two algorithms for its signature';
  if (!isStrong(signatureAlgorithm)) return `it is signed with ${signatureAlgorithm.name ?? signatureAlgorithm.oid}`;
  if (key.type === 'RSA' && (key.bits ?? 0) < LEAST_RSA_BITS) return `its RSA key has ${key.bits} bits`;
  const foreign = extensions.find(({ critical, name }) => critical && !UNDERSTOOD.includes(name));
  return foreign && `it has a critical extension that is not understood here, ${foreign.name ?? foreign.oid}`;
}

/** What a certificate must have that issued another one on the way. `below` says how many stand below it. */
function describeCaFlaw(facts: CertificateFacts, below: number): string | undefined {
  if (!isCa(facts)) return 'it is not the certificate of a CA';
  const usages = findExtension(facts, 'keyUsage');
  if (usages && !usages.value?.usages.includes('keyCertSign')) return 'its key usage lacks keyCertSign';
  const most = findExtension(facts, 'basicConstraints')?.value?.pathLenConstraint;
  if (most !== undefined && below - 1 > most) return `${below - 1} CAs stand below it, and it allows ${most}`;
  const purposes = findExtension(facts, 'extKeyUsage')?.value?.purposes.map(({ name }) => name);
  const isForTime = !purposes || purposes.includes('timeStamping') || purposes.includes('anyExtendedKeyUsage');
  return isForTime ? undefined : 'its extended key usage does not allow time-stamping';
}
