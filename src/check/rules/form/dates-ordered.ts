import type { Observation, Place, Rule } from '../../../model/finding.ts';
import { readTimelines, type VersionSpan } from '../../../model/in-force.ts';
import { type Revision, readRevisionTable } from '../../../model/revision-table.ts';
import { dateIn, daysBetween, localTime, parseInstant } from '../../../model/time.ts';
import type { VersionEntry } from '../../../model/version.ts';
import type { Draft, Workspace } from '../../../model/workspace.ts';

const register = 'policies/register.yaml';

/** A version is approved, then published, then takes effect, after the notice period; a table of revisions runs in order. */
export const datesOrdered: Rule = {
  id: 'form/dates-ordered',
  demands: 'A version is approved before it is published and published before it takes effect.',
  basis: { standard: 'CCADB Policy', edition: '2.1', clause: '4' },
  severity: 'error',
  *check(workspace) {
    for (const draft of workspace.drafts) {
      yield* checkFrontMatter(draft, workspace);
      yield* checkTable(draft);
    }
    yield* checkRegister(workspace);
  },
};

function* checkFrontMatter(draft: Draft, { config }: Workspace): Iterable<Observation> {
  const front = draft.frontMatter;
  if (front?.status === 'approved' && !front.approved) {
    yield {
      message: 'The text is approved, but does not say when and by whom.',
      at: { file: draft.file, start: draft.fields['status'] },
      seen: 'status: approved',
      expected: 'approved: { on: <date>, by: <body> }',
    };
  }
  const effective = front && parseInstant(front.effective, config.timeZone);
  if (!front?.approved || !effective) return;
  if (front.approved.on > dateIn(effective, config.timeZone)) {
    yield {
      message: 'The text takes effect before it is approved.',
      at: { file: draft.file, start: draft.fields['effective'] },
      seen: front.effective,
      expected: `a date from ${front.approved.on} on`,
    };
  }
}

function* checkTable(draft: Draft): Iterable<Observation> {
  const rows = readRevisionTable(draft.sections).filter((row) => row.date !== undefined);
  const falling = (rows[0]?.date ?? '') > (rows.at(-1)?.date ?? '');
  const ordered = falling ? [...rows].reverse() : rows;
  for (const [index, row] of ordered.entries()) {
    const before = ordered[index - 1];
    if (before && (row.date ?? '') < (before.date ?? '') && !wasOvertaken(before, row)) {
      yield {
        message: `Version ${row.version} has an earlier date than version ${before.version} before it.`,
        at: row.place,
        seen: row.printed,
        expected: `a date from ${before.printed} on`,
      };
    }
  }
}

/** A version that was adopted first and takes effect after the next one: its other dates are in order. */
function wasOvertaken(before: Revision, row: Revision): boolean {
  const [first, second] = [before.otherDates?.at(-1), row.otherDates?.at(-1)];
  return row.isEffective && first !== undefined && second !== undefined && first <= second;
}

function* checkRegister({ register: { entries }, register: whole, config, facts }: Workspace): Iterable<Observation> {
  for (const timeline of readTimelines(whole).values()) {
    for (const span of timeline.spans) {
      const { entry } = span;
      const name = `${entry.document} ${entry.version}`;
      const at = { file: register, start: entry.fields['published'] ?? entry.start };
      const known = Object.keys(entry.files).length > 0;
      if (known && entry.published > span.from) {
        yield tellLate(span, at, config.timeZone);
      } else if (known && daysBetween(entry.published, span.from) < config.noticePeriodDays && entry !== entries[0] && span !== timeline.spans[0]) {
        yield {
          message: `${name} was published less than ${config.noticePeriodDays} days before it takes effect.`,
          at,
          seen: `${Math.floor(daysBetween(entry.published, span.from))} days`,
          expected: `at least ${config.noticePeriodDays} days (noticePeriodDays)`,
          ...whenAdopted(entry),
        };
      }
      const approved = Object.values(entry.files)
        .map((file) => facts.get(file.sha256)?.frontMatter?.approved?.on)
        .find(Boolean);
      if (approved && approved > dateIn(entry.published, config.timeZone)) {
        yield {
          message: `${name} was published before it was approved.`,
          at,
          seen: localTime(entry.published, config.timeZone),
          expected: `a date from ${approved} on`,
        };
      }
    }
  }
}

/** When an adopted version became public is only known from its tag or commit, which may be younger. */
const whenAdopted = ({ note }: VersionEntry): Pick<Observation, 'severity'> => (note === undefined ? {} : { severity: 'info' });

function tellLate({ entry, from }: VersionSpan, at: Place, zone: string): Observation {
  return {
    message: `${entry.document} ${entry.version} was published after it took effect${entry.note === undefined ? '' : ', if the history from which it was adopted says when'}.`,
    at,
    seen: localTime(entry.published, zone),
    expected: `an instant before ${localTime(from, zone)}`,
    ...whenAdopted(entry),
  };
}
