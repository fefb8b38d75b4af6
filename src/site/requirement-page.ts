import type { ProofState } from '../model/evidence.ts';
import type { MatrixState } from '../model/matrix-state.ts';
import type { Base, Link, State, When } from './page.ts';

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
  /** The matrices of single versions, by document, the newest first. */
  versions: readonly { document: string; links: readonly Link[] }[];
}

/** A section that states a requirement, or excludes it with a reason. */
export interface PlaceLink extends Link {
  document: string;
  byClause: boolean;
  reason: string | undefined;
  /** Why its authors are to confirm it. */
  suspect: SuspectRow | undefined;
}

/** What changed since the authors set or last confirmed a mark: the text, the requirement, or both. */
export interface SuspectRow {
  /** The version in which that was. */
  base: string;
  textSince: string | undefined;
  /** The edition in which the requirement is another. */
  edition: string | undefined;
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
  /** Where other documents state or exclude it, on the page of a version that does not. */
  elsewhere: readonly PlaceLink[];
  /** Since which version of each document, and from when that one was in force. */
  since: readonly { version: string; from: When }[];
  evidence: readonly ('document' | 'profile' | 'operation')[];
  missing: readonly string[];
  /** For assessors: what shows that it is met. */
  proof?: { state: ProofState; items: readonly ProofLink[]; owners: readonly string[] };
}

/** An item of the evidence index. */
export interface ProofLink extends Link {
  title: string;
  verified: string;
  /** Why it counts no longer. */
  faults: readonly string[];
}

/** Requirements of one clause. */
export interface ClauseRows {
  number: string;
  title: string;
  rows: readonly RequirementRow[];
}

/** The requirements of one standard, clause by clause, with where each is stated. */
export interface RequirementListPage extends Base {
  kind: 'requirement-list';
  standard: string;
  edition: string;
  /** Choices of the filters. */
  policies: readonly { oid: string; name: string; conformsTo: string }[];
  documents: readonly { id: string; name: string }[];
  clauses: readonly ClauseRows[];
  counts: CoverageCounts;
  /** How many are to be confirmed. */
  suspect: number;
  /** For assessors: the states of evidence that occur. */
  proofs?: readonly ProofState[];
  overview: string;
  files: readonly Link[];
}

/** What one version states of the requirements, and where the texts beside it state the rest. */
export interface VersionRequirementsPage extends Base {
  kind: 'version-requirements';
  document: { id: string; title: string; type: string; href: string };
  version: Link;
  state: State;
  from: When;
  until: When | undefined;
  /** Versions of the other documents in force when this one takes effect; `matrix` where they have one. */
  together: readonly { document: string; version: Link; from: When; until: When | undefined; matrix: string | undefined }[];
  /** Everything in force from then on. */
  interval: string | undefined;
  previous: Link | undefined;
  next: Link | undefined;
  overview: string;
  files: readonly Link[];
  /** Names the matrix, of which the rest is made when the page is rendered. */
  matrix: string;
  body: VersionRequirements | undefined;
}

export interface VersionRequirements {
  standards: readonly {
    /** As marks name it: `411-2`. */
    id: string;
    label: string;
    title: string;
    /** Whether the text names this edition; else it is the one in use. */
    named: boolean;
    counts: CoverageCounts;
    /** Without what no text has to state, and what is undecided: these are in the files. */
    clauses: readonly ClauseRows[];
  }[];
  policies: readonly { oid: string; name: string; conformsTo: string }[];
  /** How many are to be confirmed. */
  suspect: number;
}
