import { type Evidence, nextDay } from '../../../model/evidence.ts';
import type { Observation, Rule } from '../../../model/finding.ts';
import { dateIn } from '../../../model/time.ts';
import type { Workspace } from '../../../model/workspace.ts';
import { placeIn } from './evidence-valid.ts';

/** A gap between two certificates is a time in which something was claimed and not certified. */
export const certificationContinuous: Rule = {
  id: 'evidence/certification-continuous',
  demands: 'The certifications of one thing cover, one after another, all the time in which they are claimed.',
  basis: { standard: 'Cartulary' },
  severity: 'error',
  audience: 'assessor',
  *check(workspace) {
    const certifications = (workspace.evidence?.items ?? []).filter(({ kind }) => kind === 'certification');
    for (const [thing, items] of Map.groupBy(certifications, ({ certifies }) => certifies ?? '')) yield* followClaim(thing, items, workspace);
  },
};

function* followClaim(thing: string, items: readonly Evidence[], { now, config }: Workspace): Iterable<Observation> {
  const claims = items.flatMap((item) => (item.claimed ? [{ item, ...item.claimed }] : []));
  const [first] = claims.toSorted((a, b) => (a.from < b.from ? -1 : 1));
  if (!first) return;
  const today = dateIn(now, config.timeZone);
  // A claim without an end holds today, and is not yet one for what comes.
  const end = claims.some(({ to }) => to === undefined)
    ? today
    : (claims
        .map(({ to = today }) => to)
        .toSorted()
        .at(-1) ?? today);
  let covered = first.from;
  let last: Evidence | undefined;
  for (const item of items.toSorted((a, b) => ((a.covers?.from ?? '') < (b.covers?.from ?? '') ? -1 : 1))) {
    if (!item.covers || covered > end) break;
    if (item.covers.from > covered) yield describeGap(thing, item, { from: covered, to: item.covers.from, before: last ?? first.item });
    if (item.covers.to >= covered) {
      covered = nextDay(item.covers.to);
      last = item;
    }
  }
  if (covered <= end) yield describeEnd(thing, last ?? first.item, { from: covered, end: end === today ? 'today' : end });
}

const describeGap = (thing: string, item: Evidence, { from, to, before }: { from: string; to: string; before: Evidence }): Observation => ({
  message: `The certification of ${thing} has a gap: it is claimed from ${from} on, and nothing covers the days before ${to}.`,
  at: placeIn(item, 'covers.from'),
  seen: `${before.id === item.id ? '' : `${before.id} until ${before.covers?.to}, `}${item.id} from ${to}`,
  expected: `a certification that covers ${from}`,
  advice: 'Enter the one that is missing, or correct since when it is claimed; texts that claimed it in that time need an erratum.',
});

const describeEnd = (thing: string, item: Evidence, { from, end }: { from: string; end: string }): Observation => ({
  message: `The certification of ${thing} is claimed until ${end}, and nothing covers the days from ${from} on.`,
  at: placeIn(item, 'covers.to'),
  seen: `${item.id} until ${item.covers?.to}`,
  expected: `a certification that covers ${from}`,
  advice: 'Enter the one that follows, or say until when it was claimed.',
});
