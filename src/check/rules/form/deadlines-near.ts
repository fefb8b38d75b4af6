import { type Deadline, daysLeft, isAhead, listDeadlines, ownDates, seenDates } from '../../../model/deadline.ts';
import { deadlineWords, explainDeadline } from '../../../model/deadline-words.ts';
import type { Section } from '../../../model/document.ts';
import type { Observation, Place, Rule } from '../../../model/finding.ts';
import { readTimelines, type VersionSpan } from '../../../model/in-force.ts';
import { locateStatedDates } from '../../../model/stated-date.ts';
import { dateIn, midnight, parseInstant } from '../../../model/time.ts';
import type { Draft, Workspace } from '../../../model/workspace.ts';

/** How many days before a deadline it is told, and how many days after. */
const AHEAD = 30;
const AFTER = 14;

/** What is due soon, and what was due a short while ago, by the register and by the texts of the work tree. */
export const deadlinesNear: Rule = {
  id: 'form/deadlines-near',
  demands: 'Nothing is due within 30 days, or was within the last 14.',
  basis: { standard: 'Cartulary' },
  severity: 'info',
  *check(workspace) {
    for (const deadline of listDeadlines({ ...workspace, stated: new Map() })) yield* tell(deadline, placeOf(deadline, workspace), workspace);
    for (const drafts of Map.groupBy(workspace.drafts, ({ id }) => id).values()) {
      const seen = seenDates();
      for (const draft of drafts) {
        for (const { deadline, section, place } of listStated(draft, workspace)) {
          if (seen.isNew(draft.file, section, deadline)) yield* tell(deadline, place, workspace);
        }
      }
    }
  },
};

function* tell(deadline: Deadline, at: Place, { config, now }: Workspace): Iterable<Observation> {
  const left = daysLeft(deadline, now, config.timeZone);
  if (left > AHEAD || left < -AFTER || (left < 0 && isToldOtherwise(deadline))) return;
  yield { message: explainDeadline(deadline, left), at, advice: deadlineWords('en').advice(deadline.kind) };
}

/** After the day to begin by it is the last day that counts, and a review that was missed is an error of form/reviewed-yearly. */
const isToldOtherwise = ({ kind }: Deadline) => ['review-near', 'review-due', 'root-programme-update'].includes(kind);

/** The entry of the version, or that by which its date was moved. */
function placeOf({ kind, document, version }: Deadline, { register }: Workspace): Place {
  const span = findSpan(document, version, { register });
  const moved = kind === 'effective' ? span?.reschedulings.at(-1) : undefined;
  const entry = moved ?? span?.entry;
  const field = moved ? 'rescheduled' : kind === 'effective' ? 'effective' : 'published';
  return { file: 'policies/register.yaml', start: entry?.fields[field] ?? entry?.start };
}

const findSpan = (document: string, version: string | undefined, { register }: Pick<Workspace, 'register'>) =>
  readTimelines(register)
    .get(document)
    ?.spans.find(({ entry }) => entry.version === version);

interface Located {
  deadline: Deadline & { words: string };
  section: Section;
  place: Place;
}

/** The dates that a text of the work tree names: after its publication, or after today where it is not published yet. */
function* listStated(draft: Draft, workspace: Workspace): Iterable<Located> {
  const zone = workspace.config.timeZone;
  const span = findPublished(draft, workspace);
  const version = span?.entry.version ?? draft.frontMatter?.version ?? 'draft';
  const since = span?.entry.published ?? workspace.now;
  const effective = parseInstant(draft.frontMatter?.effective ?? '', zone);
  const own = span ? ownDates(span, zone) : { published: dateIn(since, zone), effective: new Set(effective && [dateIn(effective, zone)]) };
  const end = span?.until && dateIn(span.until, zone);
  for (const section of draft.sections) {
    const { number, title, anchor } = section;
    for (const { date, words, place } of locateStatedDates(section)) {
      if (!isAhead(date, own) || (end !== undefined && date >= end)) continue;
      const at = midnight(date, zone);
      yield { deadline: { kind: 'stated-date', at, date, document: draft.id, version, since, section: { number, title, anchor }, words }, section, place };
    }
  }
}

/** The version that has the draft's bytes, else the one with its number. */
function findPublished(draft: Draft, { register }: Workspace): VersionSpan | undefined {
  const spans = readTimelines(register).get(draft.id)?.spans;
  const same = spans?.find(({ entry }) => Object.values(entry.files).some(({ sha256 }) => sha256 === draft.sha256));
  return same ?? findSpan(draft.id, draft.frontMatter?.version, { register });
}
