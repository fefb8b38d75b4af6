import type { Revision } from './revision-table.ts';
import { type HeldVersion, versionKey } from './sighting.ts';
import { dateIn, type Instant, parseInstant } from './time.ts';

/** An effective instant with the source that states it. */
export interface DateClaim {
  at: Instant;
  /** Words for people, such as `the revision table of its own text`. */
  source: string;
}

/** All that is said of one version's effective date: the claim that counts first, then those that contradict it. */
export interface EffectiveDate {
  claim: DateClaim | undefined;
  /** Claims of another day, each day once. */
  others: readonly DateClaim[];
  /** A date in a revision table that nobody can read, where no other was found. */
  unreadable: { printed: string; source: string } | undefined;
}

/** Effective dates that a person wrote down beside the repository, by version. */
export interface DateFile {
  file: string;
  dates: ReadonlyMap<string, string>;
}

interface TableRow {
  holder: HeldVersion;
  revision: Revision;
}

/** The rows of all revision tables of a document by version key; those of the newest text first. */
export type TableIndex = ReadonlyMap<string, readonly TableRow[]>;

/** Collects the revision tables of a document's texts. */
export function indexTables(versions: readonly HeldVersion[]): TableIndex {
  const index = new Map<string, TableRow[]>();
  for (const holder of [...versions].reverse()) {
    for (const { text } of holder.texts.values()) {
      for (const revision of text?.revisions ?? []) {
        const key = versionKey(revision.version);
        const rows = index.get(key);
        if (rows) rows.push({ holder, revision });
        else index.set(key, [{ holder, revision }]);
      }
    }
  }
  return index;
}

/**
 * Finds a version's effective date, in this order: front matter of its text, the file of dates, the revision table of its
 * own text, that of the newest later text. A version without text (`held` undefined) has the file and the tables only.
 * Dates are midnight in `zone`.
 */
export function findEffective(version: string, held: HeldVersion | undefined, tables: TableIndex, dates: DateFile | undefined, zone: string): EffectiveDate {
  const key = versionKey(version);
  const stated = new Map<string, string>();
  const state = (date: string | undefined, source: string) => {
    if (date !== undefined && !stated.has(date)) stated.set(date, source);
  };
  for (const { text } of held?.texts.values() ?? []) state(text?.frontMatter?.effective, 'its front matter');
  for (const [named, date] of dates?.dates ?? []) if (versionKey(named) === key) state(date, dates?.file ?? '');
  const rows = tables.get(key) ?? [];
  const ordered = [...rows.filter((row) => row.holder === held), ...rows.filter((row) => row.holder !== held)];
  const source = ({ holder }: TableRow) => `the revision table of ${holder === held ? 'its own text' : `version ${holder.version}`}`;
  for (const row of ordered) state(row.revision.date, source(row));
  const claims = [...stated].flatMap(([date, from]) => {
    const at = parseInstant(date, zone);
    return at ? [{ at, source: from }] : [];
  });
  const unread = claims.length === 0 ? ordered[0] : undefined;
  return { claim: claims[0], others: contradictions(claims, zone), unreadable: unread && { printed: unread.revision.printed, source: source(unread) } };
}

/** The claims of another day than the first, each day once. */
function contradictions([first, ...rest]: readonly DateClaim[], zone: string): DateClaim[] {
  const days = new Set(first && [dateIn(first.at, zone)]);
  return rest.filter(({ at }) => {
    const day = dateIn(at, zone);
    return !days.has(day) && days.add(day);
  });
}
