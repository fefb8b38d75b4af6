import type { ChangeCounts, DeclarationChange, Ignored, Proposal, Reason, SectionName, SectionTrait, Significance } from './change.ts';
import type { DocumentType, Language } from './document.ts';
import type { Instant } from './time.ts';

/** A section that changed, without its text. */
export interface SectionSummary {
  traits: readonly SectionTrait[];
  before: readonly SectionName[];
  after: readonly SectionName[];
  counts: ChangeCounts;
}

/** What two texts of one document differ in, without the texts: small enough to be kept for every pair of versions. */
export interface ChangeSummary {
  /** Sections that changed, in the order of the comparison. */
  sections: readonly SectionSummary[];
  counts: ChangeCounts;
  ignored: Readonly<Record<Ignored, number>>;
  proposal: Proposal;
}

/** With which version a text was compared, or why with none. */
export type Compared =
  /** `skipped`: versions in between whose text is not held or not in Markdown. */
  | { with: string; skipped: readonly string[]; summary: ChangeSummary }
  | { with: undefined; why: 'first' | 'not-held' | 'kept-as-file' | 'nothing-before-is-held'; skipped: readonly string[] };

/** What changed between a version and the one before, for people and for machines. */
export interface Notice {
  document: string;
  type: DocumentType;
  title: string;
  /** Of the text that was compared, and of the notice. */
  language: Language;
  version: string;
  published: Instant;
  /** From when the version is in force, after reschedulings. */
  effective: Instant;
  /** Whole days between publication and effect; negative where it took effect before it was published. */
  noticeDays: number;
  /** The author's sentences. */
  changes: string | undefined;
  /** Undefined where nothing was compared and the author set none. `set`: by the author, with the reason. */
  significance: { kind: Significance; set: { reason: string } | undefined; proposed: Significance | undefined } | undefined;
  reasons: readonly Reason[];
  declarations: readonly DeclarationChange[];
  compared: Compared;
}
