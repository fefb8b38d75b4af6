import { z } from 'zod';
import type { Catalogue, Requirement, RequirementId } from './requirement.ts';

/** The names of a catalogue's folder and file under `content/requirements/`. */
const FileStem = z.string().regex(/^[a-z\d]+([.-][a-z\d]+)*$/, 'expected the name of a catalogue\'s file, such as "v2.6.1"');

/** Editions of standards by the names of their folder and file, `en-319-411-2: v2.6.1`. */
export const Editions = z.record(FileStem, FileStem, {
  error: ({ code }) => (code === 'invalid_key' ? 'expected a folder of content/requirements/, such as "en-319-411-2"' : undefined),
});
export type Editions = z.infer<typeof Editions>;

/** Orders names of editions as people do: `v2.9.1` before `v2.10.1`, `2026-08` before `2027-01`. */
export function compareEditionNames(a: string, b: string): number {
  const [left, right] = [a, b].map((name) => name.match(/\d+/g)?.map(Number) ?? []) as [number[], number[]];
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const difference = (left[index] ?? -1) - (right[index] ?? -1);
    if (difference !== 0) return difference;
  }
  return a < b ? -1 : a > b ? 1 : 0;
}

/** What a new edition asks of a text that was written to an older one. Every live requirement of either stands in one list. */
export interface EditionComparison {
  from: { standard: string; edition: string };
  to: { standard: string; edition: string };
  /** Not in the older edition. */
  added: readonly Requirement[];
  /** The older id went void, and the new ids carry it on by a letter at their end. */
  changed: readonly { before: Requirement; after: readonly Requirement[] }[];
  /** The same requirement under another number, and what differs besides. */
  renumbered: readonly { before: Requirement; after: Requirement; in: readonly Aspect[] }[];
  /** The same id, with another kind, other policies or another condition, or described in other words. */
  amended: readonly { before: Requirement; after: Requirement; in: readonly Aspect[] }[];
  /** Void or gone, with nothing in its place. */
  voided: readonly Requirement[];
  unchanged: number;
}

/** What a newer edition can do to a requirement that it has: it is new, carries on a void one by a letter, or says otherwise under the same id. */
export const EDITION_CHANGES = ['added', 'changed', 'amended'] as const;
export type EditionChange = (typeof EDITION_CHANGES)[number];

/** What can differ between two editions under the same id. */
export type Aspect = 'kind' | 'policies' | 'condition' | 'incorporations' | 'summary';

/**
 * Compares two editions of a standard by ETSI's rule of numbering: a deleted id stays as void, a changed one goes void and
 * is carried on by a letter, one that was put between two others has a letter while the older id lives on.
 */
export function compareEditions(older: Catalogue, newer: Catalogue): EditionComparison {
  const before = live(older);
  const after = live(newer);
  const renumbered = [...after.values()].flatMap((requirement) => {
    const former = requirement.formerIds.map(({ id }) => id).find((id) => before.has(id) && !after.has(id));
    const origin = former === undefined ? undefined : before.get(former);
    return origin ? [{ before: origin, after: requirement, in: differences(origin, requirement) }] : [];
  });
  const moved = new Set(renumbered.flatMap((pair) => [pair.before.id, pair.after.id]));
  const gone = [...before.values()].filter(({ id }) => !after.has(id) && !moved.has(id));
  const fresh = [...after.values()].filter(({ id }) => !before.has(id) && !moved.has(id));
  const successions = gone.map((requirement) => ({ before: requirement, after: fresh.filter(({ id }) => carriesOn(id, requirement.id)) }));
  const changed = successions.filter(({ after: next }) => next.length > 0);
  const successors = new Set(changed.flatMap(({ after: next }) => next.map(({ id }) => id)));
  const kept = [...before.values()].flatMap((requirement) => {
    const same = after.get(requirement.id);
    return same ? [{ before: requirement, after: same, in: differences(requirement, same) }] : [];
  });
  return {
    from: nameOf(older),
    to: nameOf(newer),
    added: fresh.filter(({ id }) => !successors.has(id)),
    changed,
    renumbered,
    amended: kept.filter((pair) => pair.in.length > 0),
    voided: successions.filter(({ after: next }) => next.length === 0).map(({ before: requirement }) => requirement),
    unchanged: kept.filter((pair) => pair.in.length === 0).length,
  };
}

/** How a requirement of an edition differs from what an older one has in its place. */
export interface EditionDifference {
  from: string;
  to: string;
  change: EditionChange;
  /** Of an amended one: in what. */
  in: readonly Aspect[];
}

/** A comparison by the ids of both editions. */
export interface EditionDifferences {
  /** By the older id: the requirements of the newer edition that carry it on under other ids. */
  successors: ReadonlyMap<RequirementId, readonly Requirement[]>;
  /** By the newer id; none for a requirement that is the same. */
  differences: ReadonlyMap<RequirementId, EditionDifference>;
}

const known = new WeakMap<Catalogue, WeakMap<Catalogue, EditionDifferences>>();

/** How the requirements of two editions differ, for those who look them up. Computed once for each pair. */
export function findDifferences(older: Catalogue, newer: Catalogue): EditionDifferences {
  const byNewer = known.get(older) ?? new WeakMap<Catalogue, EditionDifferences>();
  known.set(older, byNewer);
  const found = byNewer.get(newer) ?? indexDifferences(older, newer);
  byNewer.set(newer, found);
  return found;
}

function indexDifferences(older: Catalogue, newer: Catalogue): EditionDifferences {
  if (older === newer) return { successors: new Map(), differences: new Map() };
  const { added, changed, renumbered, amended } = compareEditions(older, newer);
  const describe = (change: EditionChange, { id }: Requirement, aspects: readonly Aspect[] = []) =>
    [id, { from: older.edition, to: newer.edition, change, in: aspects }] as const;
  return {
    successors: new Map([
      ...changed.map(({ before, after }) => [before.id, after] as const),
      ...renumbered.map(({ before, after }) => [before.id, [after]] as const),
    ]),
    differences: new Map([
      ...added.map((requirement) => describe('added', requirement)),
      ...changed.flatMap(({ after }) => after.map((requirement) => describe('changed', requirement))),
      ...[...amended, ...renumbered].filter((pair) => pair.in.length > 0).map((pair) => describe('amended', pair.after, pair.in)),
    ]),
  };
}

const nameOf = ({ standard, edition }: Catalogue) => ({ standard, edition });

function live({ requirements }: Catalogue): Map<RequirementId, Requirement> {
  return new Map(requirements.filter(({ kind }) => kind !== 'void').map((requirement) => [requirement.id, requirement]));
}

const PARTS = /^(.*-\d\d)([A-Za-z]*)$/;

/** `02A` and `02B` carry on `02`, `03BA` and `03C` carry on `03B`. */
function carriesOn(newer: RequirementId, older: RequirementId): boolean {
  const [, stem, letters = ''] = PARTS.exec(newer) ?? [];
  const [, oldStem, oldLetters = ''] = PARTS.exec(older) ?? [];
  if (stem === undefined || stem !== oldStem || letters === oldLetters) return false;
  return letters.startsWith(oldLetters) || (letters.length === oldLetters.length && letters > oldLetters);
}

function differences(before: Requirement, after: Requirement): Aspect[] {
  const aspects: Record<Aspect, (requirement: Requirement) => unknown> = {
    kind: ({ kind }) => kind,
    policies: ({ policies, exceptPolicies }) => [policies, exceptPolicies],
    condition: ({ when, choice }) => [when, choice],
    incorporations: ({ incorporates, excludes }) => [incorporates, excludes],
    summary: ({ summary }) => summary,
  };
  return (Object.keys(aspects) as Aspect[]).filter((aspect) => JSON.stringify(aspects[aspect](before)) !== JSON.stringify(aspects[aspect](after)));
}
