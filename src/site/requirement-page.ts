import type { MatrixState } from '../model/matrix-state.ts';
import type { Base, Link, When } from './page.ts';

/** How many requirements have each state, for a link to those of them. */
export interface CoverageCounts {
  applies: number;
  states: Readonly<Record<MatrixState, number>>;
}

/** The requirement matrix at a glance: for each standard and policy, what the texts in force state. */
export interface RequirementsPage extends Base {
  kind: 'requirements';
  standards: readonly (Link & {
    title: string;
    all: CoverageCounts;
    policies: readonly (CoverageCounts & { oid: string; name: string; conformsTo: string; href: string })[];
  })[];
  texts: readonly Link[];
  files: readonly Link[];
}

/** A section that states a requirement, or excludes it with a reason. */
export interface PlaceLink extends Link {
  document: string;
  byClause: boolean;
  reason: string | undefined;
}

export interface RequirementRow {
  id: string;
  summary: string;
  kind: 'shall' | 'should' | 'may';
  /** OIDs of the policies under which it applies. */
  policies: readonly string[];
  /** By which way; `policies` is undefined where it is the same for all of them that the site has. */
  because: readonly { policies: string | undefined; reasons: readonly string[] }[];
  state: MatrixState;
  stated: readonly PlaceLink[];
  excluded: readonly PlaceLink[];
  /** Since which version of each document, and from when that one was in force. */
  since: readonly { version: string; from: When }[];
  evidence: readonly ('document' | 'profile' | 'operation')[];
  missing: readonly string[];
}

/** The requirements of one standard, clause by clause, with where each is stated. */
export interface RequirementListPage extends Base {
  kind: 'requirement-list';
  standard: string;
  edition: string;
  /** Choices of the filters. */
  policies: readonly { oid: string; name: string; conformsTo: string }[];
  documents: readonly { id: string; name: string }[];
  clauses: readonly { number: string; title: string; rows: readonly RequirementRow[] }[];
  counts: CoverageCounts;
  overview: string;
  files: readonly Link[];
}
