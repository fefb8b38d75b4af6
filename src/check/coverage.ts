import { type Applicability, findApplicable, type Reason, type Traced, type Undecided } from '../model/applicability.ts';
import type { FrontMatter, Mark, Policy } from '../model/document.ts';
import { readMark, resolveTarget } from '../model/mark.ts';
import { listMarkedSections, type MarkedSection } from '../model/marked-section.ts';
import type { Practices } from '../model/practice.ts';
import type { Catalogue, Requirement } from '../model/requirement.ts';
import type { Workspace } from '../model/workspace.ts';

/** A text by what counts here: the policies that it lists, and its sections that bear marks. */
export interface MarkedText {
  frontMatter: FrontMatter | undefined;
  marked: readonly MarkedSection[];
}

/** Of what the matrix is made: the texts of the work tree, or those in force. */
export interface CoverageSource<T extends MarkedText> {
  texts: readonly T[];
  catalogues: readonly Catalogue[];
  practices: Practices;
  /** Judges a policy, where the answer may be known already. */
  judge?(policy: Policy): Applicability;
}

/** Where a text says that it meets a requirement, or excludes it. */
export interface MarkedPlace<T extends MarkedText = MarkedText> {
  text: T;
  section: MarkedSection;
  mark: Mark;
  /** The mark names the clause, not the requirement itself. */
  byClause: boolean;
  /** Whether the section says anything by which it could meet a requirement. */
  substance: boolean;
  /** Of an exclusion: why. */
  reason: string | undefined;
}

/**
 * What became of a requirement: `met` in a section with substance, `excluded` with a reason, `open`, or `not-decidable`:
 * it is proven by profiles or records, and no text needs to state it.
 */
export type CoverageState = 'met' | 'excluded' | 'open' | 'not-decidable';

/** One requirement that applies, for all policies under which it does. */
export interface CoverageRow<T extends MarkedText = MarkedText> {
  catalogue: Catalogue;
  requirement: Requirement;
  /** The policies under which it applies, by OID, each with the reasons. */
  policies: readonly { oid: string; because: readonly Reason[] }[];
  state: CoverageState;
  met: readonly MarkedPlace<T>[];
  excluded: readonly MarkedPlace<T>[];
}

/** The requirement matrix of a repository's texts. */
export interface Coverage<T extends MarkedText = MarkedText> {
  rows: readonly CoverageRow<T>[];
  /** Requirements of which it cannot be told whether they apply, each once, with the practices to declare. */
  undecided: readonly Undecided[];
  /** Whether any text has a mark at all. */
  marked: boolean;
}

const known = new WeakMap<Workspace, Coverage>();

/** Which requirements apply under the policies of the work tree's texts, and where these meet or exclude each. Computed once. */
export function findCoverage(workspace: Workspace): Coverage {
  const coverage = known.get(workspace) ?? coverDrafts(workspace);
  known.set(workspace, coverage);
  return coverage;
}

function coverDrafts({ drafts, catalogues, config }: Workspace): Coverage {
  const texts = drafts.map(({ frontMatter, sections }) => ({ frontMatter, marked: listMarkedSections(sections) }));
  return computeCoverage({ texts, catalogues, practices: config.practices });
}

/** Which requirements apply under the policies of some texts, and where these meet or exclude each. */
export function computeCoverage<T extends MarkedText>({
  texts,
  catalogues,
  practices,
  judge = (policy) => findApplicable(catalogues, policy, practices),
}: CoverageSource<T>): Coverage<T> {
  const places = collectPlaces(texts, catalogues);
  const rows = new Map<string, { traced: Traced; policies: CoverageRow['policies'][number][] }>();
  const undecided = new Map<string, Undecided>();
  for (const policy of listPolicies(texts)) {
    const { applicable, undecided: open } = judge(policy);
    for (const traced of applicable) {
      const row = rows.get(keyOf(traced)) ?? { traced, policies: [] };
      row.policies.push(givePolicy(policy.oid, traced));
      rows.set(keyOf(traced), row);
    }
    for (const item of open) undecided.set(keyOf(item), item);
  }
  return {
    rows: [...rows].map(([key, { traced, policies }]) => toRow(traced, policies, places.get(key) ?? [])),
    undecided: [...undecided].filter(([key]) => !rows.has(key) && !places.get(key)?.some(isExclusion)).map(([, item]) => item),
    marked: texts.some(({ marked }) => marked.length > 0),
  };
}

/** Reasons are found out when they are asked for. */
const givePolicy = (oid: string, traced: Traced): CoverageRow['policies'][number] => ({
  oid,
  get because() {
    return traced.because;
  },
});

/** A requirement by its standard and id, which together name one. */
export const keyOf = ({ catalogue, requirement }: Pick<Traced, 'catalogue' | 'requirement'>) => `${catalogue.standard} ${requirement.id}`;
const isExclusion = ({ mark }: MarkedPlace) => mark.kind === 'excludes';

/** The policies that texts list, each once: by the first text that says what it conforms to. */
export function listPolicies(texts: readonly Pick<MarkedText, 'frontMatter'>[]): readonly Policy[] {
  const policies = new Map<string, Policy>();
  for (const policy of texts.flatMap(({ frontMatter }) => frontMatter?.policies ?? [])) {
    if (policy.conformsTo && !policies.has(policy.oid)) policies.set(policy.oid, policy);
  }
  return [...policies.values()];
}

function collectPlaces<T extends MarkedText>(texts: readonly T[], catalogues: readonly Catalogue[]): ReadonlyMap<string, MarkedPlace<T>[]> {
  const places = new Map<string, MarkedPlace<T>[]>();
  for (const text of texts) {
    for (const section of text.marked) {
      for (const mark of section.marks) {
        for (const { key, ...named } of readNames(mark, catalogues)) {
          const place = { text, section, mark, substance: section.substance, ...named };
          const known = places.get(key);
          if (known) known.push(place);
          else places.set(key, [place]);
        }
      }
    }
  }
  return places;
}

/** The requirements that a mark names, by the key of their rows. */
function readNames(mark: Mark, catalogues: readonly Catalogue[]): { key: string; byClause: boolean; reason: string | undefined }[] {
  const { targets, reason } = readMark(mark);
  return targets.flatMap((target) => {
    const { catalogue, requirements, isClause } = resolveTarget(target, catalogues);
    return catalogue ? requirements.map((requirement) => ({ key: keyOf({ catalogue, requirement }), byClause: isClause, reason })) : [];
  });
}

/** The keys of the requirements that a text's marks meet, or exclude, so far as these count. */
export function listCounted(marked: readonly MarkedSection[], kind: Mark['kind'], catalogues: readonly Catalogue[]): ReadonlySet<string> {
  const counts = (section: MarkedSection, reason: string | undefined) => (kind === 'meets' ? section.substance : reason !== undefined);
  const names = marked.flatMap((section) =>
    section.marks.filter((mark) => mark.kind === kind).flatMap((mark) => readNames(mark, catalogues).filter(({ reason }) => counts(section, reason))),
  );
  return new Set(names.map(({ key }) => key));
}

function toRow<T extends MarkedText>({ catalogue, requirement }: Traced, policies: CoverageRow['policies'], places: readonly MarkedPlace<T>[]): CoverageRow<T> {
  const met = places.filter((place) => !isExclusion(place));
  const excluded = places.filter((place) => isExclusion(place) && place.reason !== undefined);
  const state = met.some(({ substance }) => substance) ? 'met' : excluded.length > 0 ? 'excluded' : needsText(requirement) ? 'open' : 'not-decidable';
  return { catalogue, requirement, policies, state, met, excluded };
}

/** Whether a published text has to show it. What only points to other requirements, or is proven by records alone, needs none. */
export function needsText({ level, evidence }: Requirement): boolean {
  return level === 'error' || (level === 'warning' && evidence.includes('document'));
}
