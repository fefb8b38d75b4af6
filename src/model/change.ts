import type { Inline, TableBlock, TextBlock } from './plain-text.ts';

/**
 * A stretch of text that both versions have, or one of them. The texts of `same` and `added`, one after another, are the
 * newer text character for character; those of `same` (`before` where it is there) and `removed` the older one.
 */
export interface WordChange {
  kind: 'same' | 'added' | 'removed';
  text: string;
  /** How the older text spells what counts as the same: other quotes, dashes or white space. */
  before?: string;
}

/** Stands, as a change of its own, between two blocks that one block of the other version was split into or merged from. */
export const BREAK = '\u2029';

export type ChangeKind = 'same' | 'added' | 'removed' | 'changed';

/** Blocks of running text: one to one, or several that one became, with `BREAK` between them. */
export interface TextChange {
  kind: 'text';
  change: ChangeKind;
  before: readonly TextBlock[];
  after: readonly TextBlock[];
  words: readonly WordChange[];
}

export interface CellChange {
  change: ChangeKind;
  before?: Inline;
  after?: Inline;
  words: readonly WordChange[];
}

export interface RowChange {
  change: ChangeKind;
  head: boolean;
  cells: readonly CellChange[];
}

export interface TableChange {
  kind: 'table';
  change: ChangeKind;
  before?: TableBlock;
  after?: TableBlock;
  rows: readonly RowChange[];
}

export type BlockChange = TextChange | TableChange;

/** What happened to a section, apart from `same`: nothing that counts. Several can be true of one. */
export type SectionTrait = 'added' | 'removed' | 'reworded' | 'renumbered' | 'retitled' | 'moved' | 'split' | 'merged';

/** A section of one of the two texts. `index` is its place in the text, counted from 0. */
export interface SectionName {
  number: string;
  title: string;
  anchor: string;
  index: number;
}

/** A section that is the same one in both texts; several where it was split or merged; none where it was added or removed. */
export interface SectionChange {
  /** Empty: the same. */
  traits: readonly SectionTrait[];
  before: readonly SectionName[];
  after: readonly SectionName[];
  /** The heading of the first section on each side. Headings of further ones are blocks. */
  heading: CellChange;
  /** All blocks, changed or not, in the order of reading. */
  blocks: readonly BlockChange[];
}

/** Differences that are no change of what a text says: counted, not marked. */
export const IGNORED = ['quotes', 'dashes', 'white-space', 'link-targets', 'formatting', 'layout'] as const;
export type Ignored = (typeof IGNORED)[number];

/** How much two texts differ. */
export interface ChangeCounts {
  /** Words that only the newer, or only the older text has. */
  added: number;
  removed: number;
  /** Separate places that are marked. */
  places: number;
}

/**
 * Two texts of one document, compared. Sections stand in the order of the newer text, removed ones after the one that
 * they followed; the older text's order is that of `before[].index`.
 */
export interface Comparison {
  sections: readonly SectionChange[];
  counts: ChangeCounts;
  ignored: Readonly<Record<Ignored, number>>;
}

/** How far a change reaches: of no consequence, of some, or one that alters what is promised. */
export const SIGNIFICANCES = ['editorial', 'minor', 'material'] as const;
export type Significance = (typeof SIGNIFICANCES)[number];

/** Why a significance is proposed: what was found, and the first place where. */
export interface Reason {
  kind: 'policy' | 'duty-word' | 'number' | 'oid' | 'table-value' | 'section' | 'wording' | 'spelling';
  /** What was seen, in the words of the texts: `24 → 72`, `shall → should`. */
  seen: string;
  /** The section where it stands in the newer text (or the older one, where removed). */
  section?: SectionName;
}

/** The proposal that follows from what changed, heaviest reasons first. */
export interface Proposal {
  significance: Significance;
  reasons: readonly Reason[];
}

/** One fact of the front matter that differs: `before` or `after` is absent where the text does not state it. */
export interface DeclarationChange {
  /** The policy that it is about; absent for facts of the document itself. */
  oid?: string;
  /** `policy`: the policy as a whole was added or removed. */
  field: 'policy' | 'name' | 'conformsTo' | 'qualified' | 'qscd' | 'qscdManagedBy' | 'profile' | 'title' | 'type' | 'language';
  before?: string;
  after?: string;
}
