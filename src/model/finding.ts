import type { Workspace } from './workspace.ts';

/** A point in a file; lines and columns count from 1, as editors do. */
export interface Point {
  line: number;
  column: number;
}

/** Where something was seen. `file` is relative to the repository; `path` is a place inside YAML, ASN.1 or XML. */
export interface Place {
  file: string;
  start?: Point;
  end?: Point;
  path?: string;
}

/** A clause of a source that demands something. */
export interface Citation {
  standard: string;
  edition?: string;
  clause?: string;
}

export type Severity = 'error' | 'warning' | 'info' | 'off';

/** `<family>/<what holds when all is well>`, also the path of the rule's page under docs/rules. */
export type RuleId = `${string}/${string}`;

/** What a rule, or a reader on behalf of a rule, saw. Whole sentences; no colour, no severity. */
export interface Observation {
  message: string;
  at: Place;
  seen?: string;
  expected?: string;
  /** What to do about it, where that is not plain from `expected`. */
  advice?: string;
  /** Where a rule serves many requirements: the one that this is about, and how grave it is. The configuration goes before. */
  basis?: Citation;
  severity?: Exclude<Severity, 'off'>;
}

/** An observation made while reading, kept until the rule that speaks for it runs. */
export interface ReadingObservation extends Observation {
  rule: RuleId;
}

/** Sets of rules that a provider chooses by what binds it: the ETSI standards, root programmes, the CA/Browser Forum. */
export const RULE_SETS = ['etsi-qualified', 'mozilla', 'chrome', 'cabf-tls', 'cabf-smime'] as const;
export type RuleSet = (typeof RULE_SETS)[number];

/** One rule of the check: a pure generator over the workspace. */
export interface Rule {
  id: RuleId;
  /** What holds when all is well, as one sentence. */
  demands: string;
  basis: Citation;
  severity: Severity;
  /** The rule runs where one of these sets is chosen; without them, always. */
  sets?: readonly RuleSet[];
  /** The rule judges what is read for assessors alone, and does not run for the public. */
  audience?: 'assessor';
  /** A site must not be built while this rule has errors: what it would publish could be wrong. */
  stopsBuild?: boolean;
  check(workspace: Workspace): Iterable<Observation>;
}

/** An observation with the rule, severity and basis that the runner adds. */
export interface Finding extends Observation {
  rule: RuleId;
  severity: Exclude<Severity, 'off'>;
  basis: Citation;
  page: string;
  stopsBuild: boolean;
  /** The same for the same finding when lines move: 16 hexadecimal digits. */
  fingerprint: string;
}
