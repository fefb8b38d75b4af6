import type { Impact } from '../model/precedence.ts';
import type { PrecedenceState } from '../model/precedence-state.ts';
import type { Base, Link } from './page.ts';

export type { PrecedenceState } from '../model/precedence-state.ts';

/** Something to be done for a version of outside rules. */
export interface PrecedenceStep {
  what: string;
  sections: readonly Link[];
  due: string;
  /** When it was done, and whether that was too late; undefined while it is not. */
  done: { on: string; late: boolean; versions: readonly Link[] } | undefined;
  overdue: boolean;
}

/** A version of outside rules, with the provider's assessment. */
export interface PrecedenceRow {
  anchor: string;
  version: string;
  ballots: readonly string[];
  subject: string | undefined;
  adopted: string | undefined;
  effective: string;
  state: PrecedenceState;
  /** Whether the assessment came when the version was in effect already. */
  late: boolean;
  assessment: { impact: Impact; summary: string; on: string; by: string } | undefined;
  steps: readonly PrecedenceStep[];
}

/** Outside rules that go before those of the provider, for assessors. */
export interface PrecedencePage extends Base {
  kind: 'precedence';
  groups: readonly {
    id: string;
    title: string;
    /** Since when the provider is bound to them, and by which policies; undefined where it never was. */
    bound: { since: string; policies: readonly Link[] } | undefined;
    counts: Readonly<Record<PrecedenceState, number>>;
    rows: readonly PrecedenceRow[];
  }[];
  data: string;
}
