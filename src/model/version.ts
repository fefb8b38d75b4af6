import { z } from 'zod';
import { DocumentId, Language, VersionNumber } from './document.ts';
import type { Point } from './finding.ts';
import type { Instant } from './time.ts';

/** SHA-256 digest, 64 lower-case hexadecimal digits. */
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 digest: 64 hexadecimal digits');
export type Sha256 = z.infer<typeof Sha256>;

/** `previous` of the first entry: there is none before it. */
export const NO_ENTRY: Sha256 = '0'.repeat(64);

const RegisterInstant = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/, 'expected an instant in UTC such as 2026-01-31T23:00:00Z')
  .refine((text) => !Number.isNaN(Date.parse(text)), 'expected a day and time that exist')
  .transform((text) => text as Instant);

/** A path inside the repository: relative, forward slashes, no way out. */
export const RepositoryPath = z
  .string()
  .min(1)
  .max(500)
  .refine(
    (path) => !/^[/\\]|^[A-Za-z]:|\\|\0|(^|\/)\.\.?(\/|$)|(^|\/)\.git(\/|$)/i.test(path),
    'expected a path inside the repository, such as policies/cps.md',
  );

/** Where the bytes of a text are: a git object, or (without `blob`) a file kept in the work tree, for what is older than git. */
export const VersionFile = z.strictObject({
  path: RepositoryPath,
  blob: z
    .string()
    .regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/, 'expected the id of a git blob')
    .optional(),
  sha256: Sha256,
});
export type VersionFile = z.infer<typeof VersionFile>;

const common = {
  /** The document's id. */
  document: DocumentId,
  /** When the entry's fact was made public. */
  published: RegisterInstant,
  /** Where the facts come from, for entries that `cartulary adopt` wrote. */
  note: z.string().min(1).optional(),
  /** SHA-256 of the entry before this one, as it stands in the file. */
  previous: Sha256,
};

/** One immutable text of a document, in all its languages. Without files it is known by name, its text is not held. */
export const Version = z.strictObject({
  ...common,
  version: VersionNumber,
  effective: RegisterInstant,
  files: z.record(Language, VersionFile).default({}),
});

/** The end of a document. */
export const Withdrawal = z.strictObject({
  ...common,
  withdrawn: RegisterInstant,
  reason: z.string().min(1),
  continuedBy: DocumentId.optional(),
});

/** An effective date moved before it came. */
export const Rescheduling = z.strictObject({
  ...common,
  version: VersionNumber,
  rescheduled: RegisterInstant,
  reason: z.string().min(1),
});

/** A dated, numbered correction that stands beside a published text and never alters it. */
export const Erratum = z.strictObject({
  ...common,
  version: VersionNumber,
  erratum: z
    .string()
    .regex(/^[1-9]\d{0,3}$/, 'expected a number, 1 for the first erratum of a version')
    .transform(Number),
  section: z.string().min(1).max(40).optional(),
  text: z.string().min(1),
});

/** Where an entry stands in the register, and the digest that the next one must name. */
interface Stand {
  digest: Sha256;
  start: Point;
  /** Place of each field's value, for findings. */
  fields: Readonly<Record<string, Point>>;
}
export type VersionEntry = z.infer<typeof Version> & { kind: 'version' } & Stand;
export type WithdrawalEntry = z.infer<typeof Withdrawal> & { kind: 'withdrawal' } & Stand;
export type ReschedulingEntry = z.infer<typeof Rescheduling> & { kind: 'rescheduling' } & Stand;
export type ErratumEntry = z.infer<typeof Erratum> & { kind: 'erratum' } & Stand;
export type RegisterEntry = VersionEntry | WithdrawalEntry | ReschedulingEntry | ErratumEntry;

/** The append-only list of versions, in the order of the file. */
export interface Register {
  entries: readonly RegisterEntry[];
  /** The digest of the last entry as the file's last line names it, so that a change of the last entry shows too. */
  last: Sha256 | undefined;
}

/** A version with the interval in which it is in force: `from` belongs to it, `until` no longer does. */
export interface VersionSpan {
  entry: VersionEntry;
  /** Effective instant after reschedulings. */
  from: Instant;
  /** Undefined while nothing published ends it. Equal to `from`: it never was in force. */
  until: Instant | undefined;
  /** What ends it: the number of the next version, or the withdrawal. */
  endedBy: { version: string } | { withdrawal: WithdrawalEntry } | undefined;
  reschedulings: readonly ReschedulingEntry[];
  errata: readonly ErratumEntry[];
}

/** All versions of one document, oldest effective instant first. */
export interface Timeline {
  document: string;
  spans: readonly VersionSpan[];
  withdrawals: readonly WithdrawalEntry[];
}

export type State = 'draft' | 'not-yet-in-force' | 'in-force' | 'superseded' | 'withdrawn' | 'never-in-force';

/** The answer for one document at one instant. */
export type InForce = {
  document: string;
  at: Instant;
  /** The published version that comes next, if there was one already at that instant. */
  next: VersionSpan | undefined;
} & (
  | { version: VersionSpan; reason?: undefined }
  | { version: undefined; reason: { kind: 'unknown-document' | 'before-first' } | { kind: 'withdrawn'; withdrawal: WithdrawalEntry } }
);

const timelines = new WeakMap<Register, Map<string, Timeline>>();

/** The timelines of all documents of a register, by document id, in alphabetical order. Computed once per register. */
export function readTimelines(register: Register): ReadonlyMap<string, Timeline> {
  let known = timelines.get(register);
  if (!known) {
    const ids = [...new Set(register.entries.map((entry) => entry.document))].sort();
    const groups = new Map<string, RegisterEntry[]>(ids.map((id) => [id, []]));
    for (const entry of register.entries) groups.get(entry.document)?.push(entry);
    known = new Map(ids.map((id) => [id, readTimeline(id, groups.get(id) ?? [])]));
    timelines.set(register, known);
  }
  return known;
}

/**
 * Entries of one document to intervals. Entries count in the order of the register: a version registered later ends
 * every earlier one at its own effective instant, and so takes the place of one that would have come at or after it.
 */
function readTimeline(document: string, entries: readonly RegisterEntry[]): Timeline {
  const moves = new Map<string, ReschedulingEntry[]>();
  const errata = new Map<string, ErratumEntry[]>();
  for (const entry of entries) {
    if (entry.kind === 'rescheduling') append(moves, entry.version, entry);
    if (entry.kind === 'erratum') append(errata, entry.version, entry);
  }
  const spans: VersionSpan[] = [];
  const withdrawals: WithdrawalEntry[] = [];
  for (const entry of entries) {
    if (entry.kind === 'version') {
      const reschedulings = moves.get(entry.version) ?? [];
      const from = reschedulings.at(-1)?.rescheduled ?? entry.effective;
      endSpans(spans, from, { version: entry.version });
      spans.push({ entry, from, until: undefined, endedBy: undefined, reschedulings, errata: errata.get(entry.version) ?? [] });
    } else if (entry.kind === 'withdrawal') {
      withdrawals.push(entry);
      endSpans(spans, entry.withdrawn, { withdrawal: entry });
    }
  }
  spans.sort((a, b) => compareInstants(a.from, b.from));
  return { document, spans, withdrawals };
}

function append<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function endSpans(spans: VersionSpan[], at: Instant, endedBy: NonNullable<VersionSpan['endedBy']>): void {
  // Spans registered before are in order of registration; walking back may stop where an end is earlier already.
  for (let index = spans.length - 1; index >= 0; index -= 1) {
    const span = spans[index];
    if (!span) continue;
    if (span.until !== undefined && span.until <= at) continue;
    const until = at > span.from ? at : span.from;
    spans[index] = { ...span, until, endedBy };
  }
}

/** Orders two instants; equal instants keep their order. */
export function compareInstants(left: Instant, right: Instant): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/**
 * Which version of a document was in force at an instant, which published one came next, or why there is none.
 * Intervals are half-open: at its effective instant a version is in force, at the next one's no longer.
 */
export function inForce(register: Register, document: string, at: Instant): InForce {
  const timeline = readTimelines(register).get(document);
  const answer = { document, at, next: timeline?.spans.find((span) => span.from > at && span.until !== span.from && span.entry.published <= at) };
  if (!timeline) return { ...answer, version: undefined, reason: { kind: 'unknown-document' } };
  const version = timeline.spans.findLast((span) => span.from <= at && (span.until === undefined || at < span.until));
  if (version) return { ...answer, version };
  const last = timeline.spans.findLast((span) => span.until !== undefined && span.until <= at);
  const withdrawal = last?.endedBy && 'withdrawal' in last.endedBy ? last.endedBy.withdrawal : timeline.withdrawals.findLast((entry) => entry.withdrawn <= at);
  return { ...answer, version: undefined, reason: withdrawal ? { kind: 'withdrawn', withdrawal } : { kind: 'before-first' } };
}

/** The state of a published version at an instant. Never stored: it follows from the intervals. */
export function stateOf(span: VersionSpan, at: Instant): State {
  if (span.until === span.from) return 'never-in-force';
  if (at < span.from) return 'not-yet-in-force';
  if (span.until === undefined || at < span.until) return 'in-force';
  return span.endedBy && 'withdrawal' in span.endedBy ? 'withdrawn' : 'superseded';
}

/** Every instant at which what is in force changes for some document, oldest first, each once. */
export function changesInForce(register: Register): readonly Instant[] {
  const instants = new Set<Instant>();
  for (const timeline of readTimelines(register).values()) {
    for (const span of timeline.spans) {
      if (span.until === span.from) continue;
      instants.add(span.from);
      if (span.until !== undefined) instants.add(span.until);
    }
  }
  return [...instants].sort();
}

/** The next instant after `at` at which what is in force changes, as far as published. */
export function nextChange(register: Register, at: Instant): Instant | undefined {
  return changesInForce(register).find((instant) => instant > at);
}
