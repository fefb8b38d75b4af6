import { findApplicable, type Reason, type Traced, type Undecided } from '../model/applicability.ts';
import type { Mark, Policy, Section } from '../model/document.ts';
import { readMark, resolveTarget } from '../model/mark.ts';
import type { Catalogue, Requirement } from '../model/requirement.ts';
import { hasSubstance } from '../model/substance.ts';
import type { Draft, Workspace } from '../model/workspace.ts';

/** Where a text says that it meets a requirement, or excludes it. */
export interface MarkedPlace {
  draft: Draft;
  section: Section;
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
export interface CoverageRow {
  catalogue: Catalogue;
  requirement: Requirement;
  /** The policies under which it applies, by OID, each with the reasons. */
  policies: readonly { oid: string; because: readonly Reason[] }[];
  state: CoverageState;
  met: readonly MarkedPlace[];
  excluded: readonly MarkedPlace[];
}

/** The requirement matrix of a repository's texts. */
export interface Coverage {
  rows: readonly CoverageRow[];
  /** Requirements of which it cannot be told whether they apply, each once, with the practices to declare. */
  undecided: readonly Undecided[];
  /** Whether any text has a mark at all. */
  marked: boolean;
}

const known = new WeakMap<Workspace, Coverage>();

/** Which requirements apply under the policies of the work tree's texts, and where these meet or exclude each. Computed once. */
export function findCoverage(workspace: Workspace): Coverage {
  const coverage = known.get(workspace) ?? computeCoverage(workspace);
  known.set(workspace, coverage);
  return coverage;
}

function computeCoverage(workspace: Workspace): Coverage {
  const places = collectPlaces(workspace);
  const rows = new Map<string, { traced: Traced; policies: CoverageRow['policies'][number][] }>();
  const undecided = new Map<string, Undecided>();
  for (const policy of listPolicies(workspace.drafts)) {
    const { applicable, undecided: open } = findApplicable(workspace.catalogues, policy, workspace.config.practices);
    for (const traced of applicable) {
      const row = rows.get(keyOf(traced)) ?? { traced, policies: [] };
      row.policies.push({ oid: policy.oid, because: traced.because });
      rows.set(keyOf(traced), row);
    }
    for (const item of open) undecided.set(keyOf(item), item);
  }
  return {
    rows: [...rows].map(([key, { traced, policies }]) => toRow(traced, policies, places.get(key) ?? [])),
    undecided: [...undecided].filter(([key]) => !rows.has(key) && !places.get(key)?.some(isExclusion)).map(([, item]) => item),
    marked: workspace.drafts.some(({ sections }) => sections.some(({ marks }) => marks.length > 0)),
  };
}

const keyOf = ({ catalogue, requirement }: Pick<Traced, 'catalogue' | 'requirement'>) => `${catalogue.standard} ${requirement.id}`;
const isExclusion = ({ mark }: MarkedPlace) => mark.kind === 'excludes';

/** The policies that texts list, each once: by the first text that says what it conforms to. */
export function listPolicies(drafts: readonly Draft[]): readonly Policy[] {
  const policies = new Map<string, Policy>();
  for (const policy of drafts.flatMap(({ frontMatter }) => frontMatter?.policies ?? [])) {
    if (policy.conformsTo && !policies.has(policy.oid)) policies.set(policy.oid, policy);
  }
  return [...policies.values()];
}

function collectPlaces({ drafts, catalogues }: Workspace): ReadonlyMap<string, MarkedPlace[]> {
  const places = new Map<string, MarkedPlace[]>();
  for (const draft of drafts) {
    for (const [index, section] of draft.sections.entries()) {
      for (const mark of section.marks) {
        const { targets, reason } = readMark(mark);
        for (const target of targets) {
          const { catalogue, requirements, isClause } = resolveTarget(target, catalogues);
          for (const requirement of catalogue ? requirements : []) {
            const place = { draft, section, mark, byClause: isClause, substance: hasSubstance(draft.sections, index), reason };
            const key = keyOf({ catalogue: catalogue as Catalogue, requirement });
            places.set(key, [...(places.get(key) ?? []), place]);
          }
        }
      }
    }
  }
  return places;
}

function toRow({ catalogue, requirement }: Traced, policies: CoverageRow['policies'], places: readonly MarkedPlace[]): CoverageRow {
  const met = places.filter((place) => !isExclusion(place));
  const excluded = places.filter((place) => isExclusion(place) && place.reason !== undefined);
  const state = met.some(({ substance }) => substance) ? 'met' : excluded.length > 0 ? 'excluded' : needsText(requirement) ? 'open' : 'not-decidable';
  return { catalogue, requirement, policies, state, met, excluded };
}

/** Whether a published text has to show it. What only points to other requirements, or is proven by records alone, needs none. */
export function needsText({ level, evidence }: Requirement): boolean {
  return level === 'error' || (level === 'warning' && evidence.includes('document'));
}
