import { type CatalogueShelf, takeCatalogues } from './catalogue-shelf.ts';
import { type EditionDifference, type Editions, findDifferences } from './edition.ts';
import { type MarkTarget, markName, readMark, resolveTarget } from './mark.ts';
import type { MarkedSection } from './marked-section.ts';
import type { Catalogue, Requirement } from './requirement.ts';
import type { Confirms } from './version.ts';

/** A text in one language by what counts when its marks are followed through its versions. */
export interface MarkedVersion {
  version: string;
  /** Of all versions that are compared, the wording is the text itself or its digest. */
  marked: readonly MarkedSection[];
  /** Only its marks are known, in a section that stands for all: it shows how far back a mark stands, and not what the text was. */
  skimmed?: true;
  writtenTo: Editions | undefined;
  /** What its entry in the register confirms; undefined for a text that is not registered. */
  confirms: Confirms | undefined;
}

/** A requirement that a text may no longer meet as its mark says: nobody has confirmed it since the text or the standard changed. */
export interface Suspect {
  catalogue: Catalogue;
  requirement: Requirement;
  /** The version in which the mark was set, or confirmed for the last time. */
  base: string;
  /** The version since which the text of the marked sections is another; undefined where it is the same. */
  textSince: string | undefined;
  /** Whether `sections` have that other text; else one that was marked besides is changed, or marked no more. */
  reworded: boolean;
  /** How the requirement differs from the edition to which that version was written; undefined where it does not. */
  edition: EditionDifference | undefined;
  /** The marked sections that are in question. */
  sections: readonly MarkedSection[];
}

/** Why a mark is suspect, in words. */
export const tellSuspicion = ({ textSince, edition }: { textSince?: string | undefined; edition?: { from: string; to: string } | undefined }): string[] => [
  ...(textSince === undefined ? [] : [`another text since ${textSince}`]),
  ...(edition ? [`${edition.to} asks for something else than ${edition.from}`] : []),
];

/** The marks of a text on their way back through its versions, until each has its base. */
export interface MarkTrace {
  /** Adds a version, the text itself first, then the newest before it. False where no earlier one is needed. */
  add(version: MarkedVersion): boolean;
  /** The versions, counted from the text itself, in which a mark has its base: of these the text must be known. */
  bases(): ReadonlySet<number>;
  /** Whether the text of any mark is another than in its base: only then do the versions between them count. */
  hasChanged(): boolean;
  /** Which marks of the text are suspect, in its order. */
  suspects(): Suspect[];
}

interface Step {
  version: MarkedVersion;
  editions: Editions;
  /** The sections that meet a requirement, by its name in the editions that are looked at. */
  places: ReadonlyMap<string, readonly MarkedSection[]>;
}

/**
 * Follows marks back. `catalogues` are the editions by which the text is judged. A version that names no edition of a
 * standard counts as written to the one that the next version names, or to the one in use.
 */
export function traceMarks(shelf: CatalogueShelf, catalogues: readonly Catalogue[]): MarkTrace {
  const resolve = openNames(shelf, catalogues);
  const steps: Step[] = [];
  const bases = new Map<string, number>();
  let open = new Set<string>();
  const settle = (name: string, index: number): void => {
    bases.set(name, index);
    open.delete(name);
  };
  const baseOf = (name: string): number => bases.get(name) ?? steps.length - 1;
  const names = (): string[] => [...(steps[0]?.places.keys() ?? [])];
  return {
    add: (version) => {
      const next = steps.at(-1)?.editions ?? {};
      const editions = version.writtenTo ? { ...next, ...version.writtenTo } : next;
      const places = collectPlaces(version, (text) => resolve(text, editions));
      if (steps.length === 0) open = new Set(places.keys());
      for (const name of open) if (!places.has(name)) settle(name, steps.length - 1);
      const { confirms = [] } = version;
      const confirmed = new Set(confirms === 'all' ? places.keys() : resolve(confirms.join(' '), editions));
      for (const name of open) if (confirmed.has(name)) settle(name, steps.length);
      steps.push({ version, editions, places });
      return open.size > 0;
    },
    bases: () => new Set(names().map(baseOf)),
    hasChanged: () => names().some((name) => !isSame(wordingsOf(steps[0], name), wordingsOf(steps[baseOf(name)], name))),
    suspects: () => {
      const known = new Map(
        catalogues.flatMap((catalogue) => catalogue.requirements.map((requirement) => [markName(catalogue, requirement), { catalogue, requirement }])),
      );
      return names().flatMap((name) => {
        const named = known.get(name);
        return (named && judge(name, named, steps.slice(0, baseOf(name) + 1), shelf)) ?? [];
      });
    },
  };
}

/** Which marks of a text are suspect. `versions` begins with the text itself, then come those before it, the newest first. */
export function findSuspects(versions: readonly MarkedVersion[], shelf: CatalogueShelf, catalogues: readonly Catalogue[]): Suspect[] {
  // Nothing can differ from the text itself in the editions in use.
  if (versions.length === 1 && versions[0]?.writtenTo === undefined) return [];
  const trace = traceMarks(shelf, catalogues);
  for (const version of versions) if (!trace.add(version)) break;
  return trace.suspects();
}

function collectPlaces({ marked }: MarkedVersion, resolve: (text: string) => readonly string[]): Map<string, MarkedSection[]> {
  const places = new Map<string, MarkedSection[]>();
  for (const section of marked) {
    const names = section.marks.flatMap(({ kind, text }) => (kind === 'meets' ? resolve(text) : []));
    for (const name of new Set(names)) {
      const known = places.get(name);
      if (known) known.push(section);
      else places.set(name, [section]);
    }
  }
  return places;
}

/** The requirements that a mark's text, written to some editions, names in those that are looked at, by their present names. */
function openNames(shelf: CatalogueShelf, catalogues: readonly Catalogue[]): (text: string, editions: Editions) => readonly string[] {
  // Versions repeat the marks of the one before.
  const known = new Map<Editions, Map<string, readonly string[]>>();
  return (text, editions) => {
    const names = known.get(editions) ?? new Map<string, readonly string[]>();
    known.set(editions, names);
    const found = names.get(text) ?? listTargets(text).flatMap((target) => findNames(target, takeCatalogues(shelf, editions), catalogues));
    names.set(text, found);
    return found;
  };
}

const listTargets = (text: string): readonly MarkTarget[] => readMark({ kind: 'meets', text, place: { file: '' } }).targets;

/** A requirement by its present name, or what carries it on; a clause stands for what it has now as well. */
function findNames(target: MarkTarget, written: readonly Catalogue[], catalogues: readonly Catalogue[]): readonly string[] {
  const { catalogue, requirements } = resolveTarget(target, catalogues);
  if (!catalogue) return [];
  const before = resolveTarget(target, written);
  const { successors } = findDifferences(before.catalogue ?? catalogue, catalogue);
  const carriedOn = before.requirements.flatMap(({ id }) => successors.get(id) ?? []);
  return [...new Set([...requirements.filter(({ kind }) => kind !== 'void'), ...carriedOn])].map((requirement) => markName(catalogue, requirement));
}

const wordingsOf = (step: Step | undefined, name: string): ReadonlySet<string> => new Set(step?.places.get(name)?.map(({ wording }) => wording));
const holds = (whole: ReadonlySet<string>, part: ReadonlySet<string>): boolean => [...part].every((wording) => whole.has(wording));
const isSame = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean => a.size === b.size && holds(a, b);

/** `steps` lead from the text back to the base of the mark. */
function judge(
  name: string,
  { catalogue, requirement }: { catalogue: Catalogue; requirement: Requirement },
  steps: readonly Step[],
  shelf: CatalogueShelf,
): Suspect | undefined {
  const base = steps.at(-1);
  if (!base) return undefined;
  const { held, since: textSince } = compareWordings(name, steps);
  const older = takeCatalogues(shelf, base.editions).find(({ short }) => short === catalogue.short);
  const difference = older && findDifferences(older, catalogue).differences.get(requirement.id);
  const edition = difference?.change === 'added' && namesItself(base, name) ? undefined : difference;
  if (textSince === undefined && !edition) return undefined;
  const sections = steps[0]?.places.get(name) ?? [];
  const changed = sections.filter(({ wording }) => !held.has(wording));
  const reworded = changed.length > 0;
  return { catalogue, requirement, base: base.version.version, textSince, reworded, edition, sections: reworded && !edition ? changed : sections };
}

/** The texts by which a mark is judged, and since when they are others. A section that is marked besides belongs to them from then on. */
function compareWordings(name: string, steps: readonly Step[]): { held: ReadonlySet<string>; since: string | undefined } {
  let held = wordingsOf(steps.at(-1), name);
  let since: string | undefined;
  if (isSame(held, wordingsOf(steps[0], name))) return { held, since };
  for (const step of steps.slice(0, -1).reverse()) {
    if (step.version.skimmed) continue;
    const now = wordingsOf(step, name);
    if (holds(now, held)) [held, since] = [now, undefined];
    else since ??= step.version.version;
  }
  return { held, since };
}

/** Whether a mark names a requirement itself and not by its clause: then its author knew of it, whatever the edition. */
const namesItself = ({ places }: Step, name: string): boolean =>
  places.get(name)?.some(({ marks }) => marks.some((mark) => listTargets(mark.text).some(({ text }) => text === name))) ?? false;
