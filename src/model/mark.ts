import type { Mark } from './document.ts';
import type { Catalogue, Requirement } from './requirement.ts';

/** What a mark names: a requirement, or a clause, which stands for all requirements of it and its subclauses. */
export interface MarkTarget {
  /** As written: `411-2:OVR-5.1-09`, `411-1:6.2.2`. */
  text: string;
  /** The standard's short name, and the id or clause. */
  standard: string;
  name: string;
}

/** A mark taken apart. */
export interface ReadMark {
  targets: readonly MarkTarget[];
  /** Of an exclusion: why. */
  reason: string | undefined;
  /** Words of it that name nothing. */
  strays: readonly string[];
}

/** A standard's short name, and an id or clause of it. */
export const MARK_NAME = /^([a-z\d][a-z\d-]*):([A-Za-z\d][A-Za-z\d.-]*)$/;

/** Reads what stands behind the word `meets` or `excludes`: targets with white space between them; of an exclusion, a colon and the reason. */
export function readMark({ kind, text }: Mark): ReadMark {
  const split = kind === 'excludes' ? /:\s/.exec(text) : null;
  const names = (split ? text.slice(0, split.index) : text.replace(/:\s*$/, '')).split(/\s+/).filter(Boolean);
  const reason = split ? text.slice(split.index + 1).trim() : '';
  const targets: MarkTarget[] = [];
  const strays: string[] = [];
  for (const name of names) {
    const [, standard, id] = MARK_NAME.exec(name.replace(/[,;]$/, '')) ?? [];
    if (standard && id) targets.push({ text: `${standard}:${id}`, standard, name: id });
    else strays.push(name);
  }
  return { targets, reason: reason || undefined, strays };
}

interface CatalogueNames {
  requirements: ReadonlyMap<string, readonly Requirement[]>;
  clauses: ReadonlySet<string>;
}

/** Marks are looked up by the thousand in catalogues of hundreds. */
const indexes = new WeakMap<Catalogue, CatalogueNames>();

function indexNames(catalogue: Catalogue): CatalogueNames {
  const index = indexes.get(catalogue) ?? {
    requirements: new Map(catalogue.requirements.map((requirement) => [requirement.id, [requirement]])),
    clauses: new Set(catalogue.clauses.map(({ number }) => number)),
  };
  indexes.set(catalogue, index);
  return index;
}

/** What a target stands for: the catalogue, and the requirements of it that are meant; none where the name is unknown. */
export function resolveTarget(
  { standard, name }: MarkTarget,
  catalogues: readonly Catalogue[],
): { catalogue: Catalogue | undefined; requirements: readonly Requirement[]; isClause: boolean } {
  const catalogue = catalogues.find(({ short }) => short === standard);
  if (!catalogue) return { catalogue, requirements: [], isClause: false };
  const { requirements, clauses } = indexNames(catalogue);
  const single = requirements.get(name);
  if (single) return { catalogue, requirements: single, isClause: false };
  if (!clauses.has(name)) return { catalogue, requirements: [], isClause: false };
  const inClause = catalogue.requirements.filter(({ clause, kind }) => kind !== 'void' && (clause === name || clause.startsWith(`${name}.`)));
  return { catalogue, requirements: inClause, isClause: true };
}

/** A requirement as marks name it. */
export const markName = ({ short }: Pick<Catalogue, 'short'>, { id }: Pick<Requirement, 'id'>) => `${short}:${id}`;

/** Of names, the one most like a word that is none of them; undefined where none is near. */
export function suggest(word: string, names: readonly string[]): string | undefined {
  let best: { name: string; distance: number } | undefined;
  for (const name of names) {
    if (Math.abs(name.length - word.length) > 3) continue;
    const distance = editDistance(word.toUpperCase(), name.toUpperCase());
    if (distance <= 3 && (!best || distance < best.distance)) best = { name, distance };
  }
  return best?.name;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      next[j] = Math.min((row[j] as number) + 1, (next[j - 1] as number) + 1, (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length] as number;
}
