import type { Instant } from './time.ts';
import type { ErratumEntry, Register, RegisterEntry, ReschedulingEntry, VersionEntry, WithdrawalEntry } from './version.ts';

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
  const moves = groupByVersion(entries.filter((entry) => entry.kind === 'rescheduling'));
  const errata = groupByVersion(entries.filter((entry) => entry.kind === 'erratum'));
  const spans: VersionSpan[] = [];
  // Backwards, so that what ends a version, the earliest of all later beginnings and withdrawals, is known when it is met.
  // Of several at one instant it is the last one, which is what holds from then on.
  let end: { at: Instant; by: NonNullable<VersionSpan['endedBy']> } | undefined;
  for (const entry of entries.toReversed()) {
    if (entry.kind === 'version') {
      const reschedulings = moves.get(entry.version) ?? [];
      const from = reschedulings.at(-1)?.rescheduled ?? entry.effective;
      const until = end && end.at < from ? from : end?.at;
      spans.push({ entry, from, until, endedBy: end?.by, reschedulings, errata: errata.get(entry.version) ?? [] });
      if (!end || from < end.at) end = { at: from, by: { version: entry.version } };
    } else if (entry.kind === 'withdrawal' && (!end || entry.withdrawn < end.at)) {
      end = { at: entry.withdrawn, by: { withdrawal: entry } };
    }
  }
  spans.reverse().sort((a, b) => compareInstants(a.from, b.from));
  return { document, spans, withdrawals: entries.filter((entry) => entry.kind === 'withdrawal') };
}

function groupByVersion<T extends { version: string }>(entries: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const entry of entries) {
    const group = groups.get(entry.version);
    if (group) group.push(entry);
    else groups.set(entry.version, [entry]);
  }
  return groups;
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
  if (!timeline) return { document, at, next: undefined, version: undefined, reason: { kind: 'unknown-document' } };
  const { spans, withdrawals } = timeline;
  const later = countBegun(spans, at);
  let coming = later;
  while (coming < spans.length && !isAnnounced(spans[coming], at)) coming += 1;
  const answer = { document, at, next: spans[coming] };
  // Of those that have begun, the last that ever was in force is so still, or has been ended.
  let index = later - 1;
  while (index >= 0 && spans[index]?.until === spans[index]?.from) index -= 1;
  const last = spans[index];
  if (last && (last.until === undefined || at < last.until)) return { ...answer, version: last };
  const withdrawal = last?.endedBy && 'withdrawal' in last.endedBy ? last.endedBy.withdrawal : withdrawals.findLast((entry) => entry.withdrawn <= at);
  return { ...answer, version: undefined, reason: withdrawal ? { kind: 'withdrawn', withdrawal } : { kind: 'before-first' } };
}

/** How many of the spans, which stand in the order of their beginnings, begin at or before an instant. */
function countBegun(spans: readonly VersionSpan[], at: Instant): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle] as VersionSpan).from <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether a version that will be in force was published by an instant. */
const isAnnounced = (span: VersionSpan | undefined, at: Instant) => span !== undefined && span.until !== span.from && span.entry.published <= at;

/** Whether a document was withdrawn, and no version of it is in force any more. */
export const hasEnded = (register: Register, { document, withdrawals }: Timeline, at: Instant): boolean =>
  withdrawals.some(({ withdrawn }) => withdrawn <= at) && inForce(register, document, at).version === undefined;

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

/** These instants, and those that were announced for a change and moved or overtaken later: they were published, and stay. */
export function announcedChanges(register: Register): readonly Instant[] {
  const announced = register.entries.flatMap((entry) => {
    if (entry.kind === 'version') return [entry.effective];
    if (entry.kind === 'rescheduling') return [entry.rescheduled];
    return entry.kind === 'withdrawal' ? [entry.withdrawn] : [];
  });
  return [...new Set([...changesInForce(register), ...announced])].sort();
}

/** The next instant after `at` at which what is in force changes, as far as published. */
export function nextChange(register: Register, at: Instant): Instant | undefined {
  return changesInForce(register).find((instant) => instant > at);
}
