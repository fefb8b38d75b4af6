import type { ReadingObservation } from './finding.ts';
import type { Instant } from './time.ts';
import type { Register, RegisterEntry, Sha256 } from './version.ts';

/**
 * Why a time-stamp token proves nothing:
 * - `unreadable`: no response of RFC 3161 in DER; `trailing-data`: it is followed by something else;
 * - `not-granted`: the authority refused the request, or changed it;
 * - `no-entry`: the register has no entry of the digest in the file's name; `other-digest`: the token is over another one;
 * - `other-request`: it does not answer the request beside it;
 * - `unsupported`: an algorithm, version or extension that is not accepted here;
 * - `attributes-broken`, `content-altered`, `signature-broken`: what is signed does not hold together;
 * - `signer-unknown`, `signer-unfit`: whose certificate is missing, or is not one for time-stamps;
 * - `authority-unpinned`, `authority-unfit`, `authority-expired`: it leads to no pinned authority, or to one that could not vouch then;
 * - `too-early`, `too-late`: a time before the entry was published, or that has not come.
 */
export type TimestampFault =
  | 'unreadable'
  | 'trailing-data'
  | 'not-granted'
  | 'no-entry'
  | 'other-digest'
  | 'other-request'
  | 'unsupported'
  | 'attributes-broken'
  | 'content-altered'
  | 'signature-broken'
  | 'signer-unknown'
  | 'signer-unfit'
  | 'authority-unpinned'
  | 'authority-unfit'
  | 'authority-expired'
  | 'too-early'
  | 'too-late';

/** What a verified token proves: that the entry, and so every entry before it, existed at `at`. */
export interface TimestampProof {
  /** genTime, cut to the second. */
  readonly at: Instant;
  /** By how many seconds the authority says that it may be wrong. */
  readonly accuracy: number;
  /** The names of whoever signed and of the pinned authority to which that leads, and the digest of the latter's certificate. */
  readonly signer: string;
  readonly authority: string;
  readonly authoritySha256: Sha256;
  /** The policy under which the authority stamped. */
  readonly policy: string;
  /** The number of the token, in hexadecimal. */
  readonly serial: string;
  /** The end of the first certificate on the way to the pinned authority that ends. */
  readonly until: Instant;
}

/** A token that is not accepted: the first thing that is wrong with it, in whole sentences. */
export interface RefusedTimestamp {
  readonly verified: false;
  readonly fault: TimestampFault;
  readonly problem: string;
  readonly seen: string;
  readonly expected: string;
  /** The field of the response, where one is at fault. */
  readonly path?: string;
}

export type TimestampVerdict = ({ readonly verified: true } & TimestampProof) | RefusedTimestamp;

/** A token that the repository holds. */
export interface StoredTimestamp {
  readonly file: string;
  /** The digest of the entry, by the name of the file. */
  readonly digest: Sha256;
  readonly verdict: TimestampVerdict;
}

/** All tokens of a repository. */
export interface Timestamps {
  readonly stored: readonly StoredTimestamp[];
  readonly observations: readonly ReadingObservation[];
}

/** The rule that speaks of tokens. */
export const TIMESTAMP_RULE = 'evidence/timestamp-verifies';

/** Where tokens lie, and the certificates of the authorities that are trusted: they change by a commit only. */
export const TIMESTAMPS = 'content/timestamps';
export const TIMESTAMP_AUTHORITIES = `${TIMESTAMPS}/authorities`;

/** What stands before the ending is the digest of an entry; a second token over the same entry has a number behind it. */
const STORED = /^([0-9a-f]{64})(?:-([2-9]|[1-9]\d))?\.(tsr|tsq)$/;

/** The digest in the name of a file with a token, or with the request for one; undefined for any other name. */
export function readTimestampName(name: string): { digest: Sha256; kind: 'tsr' | 'tsq' } | undefined {
  const [, digest, , kind] = STORED.exec(name) ?? [];
  return digest === undefined ? undefined : { digest, kind: kind as 'tsr' | 'tsq' };
}

/** A token that proves something. */
export type ProvingTimestamp = StoredTimestamp & { readonly verdict: { readonly verified: true } & TimestampProof };

const isProving = (stored: StoredTimestamp): stored is ProvingTimestamp => stored.verdict.verified;

/**
 * The oldest proof of each entry that has one, by the entry's digest: an entry is proved by a token over itself or over any
 * later one. That holds where the chain does.
 */
export function proofsOf({ entries }: Register, stored: readonly StoredTimestamp[]): ReadonlyMap<Sha256, ProvingTimestamp> {
  const proving = stored.filter(isProving);
  const proofs = new Map<Sha256, ProvingTimestamp>();
  let oldest: ProvingTimestamp | undefined;
  for (const { digest } of [...entries].reverse()) {
    for (const one of proving) if (one.digest === digest && (!oldest || one.verdict.at <= oldest.verdict.at)) oldest = one;
    if (oldest) proofs.set(digest, oldest);
  }
  return proofs;
}

/** How an entry is called in a sentence: `cps 2.1`, `cps 2.1, erratum 1`. */
export function nameEntry(entry: RegisterEntry): string {
  if (entry.kind === 'withdrawal') return `the withdrawal of ${entry.document}`;
  const version = `${entry.document} ${entry.version}`;
  if (entry.kind === 'erratum') return `${version}, erratum ${entry.erratum}`;
  if (entry.kind === 'rescheduling') return `${version}, rescheduled`;
  return entry.kind === 'declaration' ? `${version}, declared profiles` : version;
}
