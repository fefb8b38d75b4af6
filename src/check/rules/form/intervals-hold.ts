import type { Observation, Rule } from '../../../model/finding.ts';
import { inForce, readTimelines, type Timeline } from '../../../model/in-force.ts';
import { localTime } from '../../../model/time.ts';
import type { Register, RegisterEntry } from '../../../model/version.ts';

const file = 'policies/register.yaml';

/** Each version has an interval of its own in which it is in force, and nothing lies between two of them. */
export const intervalsHold: Rule = {
  id: 'form/intervals-hold',
  demands: 'Each version is in force in an interval of its own, without overlap or gap.',
  basis: { standard: 'CCADB Policy', edition: '2.1', clause: '4' },
  severity: 'error',
  *check({ register, config }) {
    yield* unknownTargets(register);
    for (const timeline of readTimelines(register).values()) {
      yield* emptyIntervals(timeline, config.timeZone);
      yield* gaps(timeline, register, config.timeZone);
    }
  },
};

function* emptyIntervals({ document, spans }: Timeline, zone: string): Iterable<Observation> {
  for (const span of spans) {
    if (span.until !== span.from || !span.endedBy) continue;
    const by = 'version' in span.endedBy ? `version ${span.endedBy.version}` : 'the withdrawal';
    yield {
      message: `${document} ${span.entry.version} never comes into force: ${by} takes its place before or when it would.`,
      at: { file, start: span.entry.fields['effective'] ?? span.entry.start },
      seen: `effective ${localTime(span.from, zone)}`,
      expected: `an effective date before that of ${by}`,
    };
  }
}

function* gaps({ document, spans, withdrawals }: Timeline, register: Register, zone: string): Iterable<Observation> {
  for (const withdrawal of withdrawals) {
    const next = spans.find((span) => span.from > withdrawal.withdrawn && span.until !== span.from);
    const start = withdrawal.fields['withdrawn'] ?? withdrawal.start;
    if (next && !inForce(register, document, withdrawal.withdrawn).version) {
      yield {
        message: `No version of ${document} is in force from ${localTime(withdrawal.withdrawn, zone)} to ${localTime(next.from, zone)}.`,
        at: { file, start },
        seen: 'a withdrawal, then a further version',
        expected: 'no gap between two versions',
      };
    }
    const successor = withdrawal.continuedBy && readTimelines(register).get(withdrawal.continuedBy)?.spans[0];
    if (withdrawal.continuedBy && !successor) {
      yield {
        message: `${document} is continued by ${withdrawal.continuedBy}, which has no version.`,
        at: { file, start: withdrawal.fields['continuedBy'] ?? start },
        seen: withdrawal.continuedBy,
        expected: 'a registered document',
      };
    } else if (successor && successor.from > withdrawal.withdrawn) {
      yield {
        message: `Neither ${document} nor ${withdrawal.continuedBy} is in force from ${localTime(withdrawal.withdrawn, zone)} to ${localTime(successor.from, zone)}.`,
        at: { file, start },
        seen: localTime(withdrawal.withdrawn, zone),
        expected: `a withdrawal at ${localTime(successor.from, zone)}`,
      };
    }
  }
}

/** A version is registered once; every other entry names what is registered before it. */
function* unknownTargets({ entries }: Register): Iterable<Observation> {
  const known = new Set<string>();
  for (const entry of entries) {
    const key = entry.kind === 'withdrawal' ? entry.document : `${entry.document} ${entry.version}`;
    const at = { file, start: entry.fields['version'] ?? entry.start };
    if (entry.kind === 'version') {
      if (known.has(key)) yield { message: `${key} is registered twice.`, at, seen: key, expected: 'one entry for each version' };
      known.add(entry.document).add(key);
    } else if (!known.has(key)) {
      yield { message: `The ${entry.kind} names ${key}, which no entry before it registers.`, at, seen: key, expected: 'a registered version' };
    }
    if (entry.kind === 'rescheduling') yield* lateRescheduling(entry, entries);
  }
}

function* lateRescheduling(entry: RegisterEntry & { kind: 'rescheduling' }, entries: readonly RegisterEntry[]): Iterable<Observation> {
  const before = entries.slice(0, entries.indexOf(entry)).reverse();
  const moved = before.find(
    (other) => (other.kind === 'rescheduling' || other.kind === 'version') && other.document === entry.document && other.version === entry.version,
  );
  const due = moved?.kind === 'version' ? moved.effective : moved?.kind === 'rescheduling' ? moved.rescheduled : undefined;
  if (due && entry.published >= due) {
    yield {
      message: `${entry.document} ${entry.version} was rescheduled when it was in force already.`,
      at: { file, start: entry.fields['published'] ?? entry.start },
      seen: entry.published,
      expected: `an instant before ${due}`,
    };
  }
}
