import type { ChangeCounts } from '../model/change.ts';
import type { Base, Link, When } from './page.ts';

/** What a version did to a section, in words that the page has; `section` is another one that it had to do with. */
export interface SectionHappening {
  kind: 'first' | 'added' | 'again' | 'removed' | 'reworded' | 'renumbered' | 'retitled' | 'moved' | 'split-off' | 'split-from' | 'took' | 'merged-into';
  /** The number or title before. */
  was?: string;
  section?: Link | string;
}

/** One version in the history of a section. */
export interface SectionRow {
  /** The section in that version's text; where it is gone, the text. */
  version: Link;
  from: When;
  happened: readonly SectionHappening[];
  /** The section of which this one was then a part. */
  partOf: Link | string | undefined;
  counts: ChangeCounts | undefined;
  /** The comparison, and the section in it, from which `html` is made when the page is rendered. */
  change: { pair: string; anchor: string } | undefined;
  /** The same in that version's notice. */
  notice: string | undefined;
  html: string | undefined;
}

/** A section through all versions that have it. */
export interface SectionLineage {
  /** Number and title that it bore last. */
  heading: string;
  /** Whether the last version has it. That it is unchanged since its newest row follows, so a version that leaves it alone changes no page. */
  stands: boolean;
  /** Other numbers and titles that it bore, newest first, and the first and the last version of each. */
  names: readonly { heading: string; from: string; to: string }[];
  /** Newest first. */
  rows: readonly SectionRow[];
}

/** What bore one section number, through all versions. */
export interface SectionPage extends Base {
  kind: 'section';
  document: { id: string; title: string; type: string; href: string };
  number: string;
  /** The sections that bore the number last: what stands first, then what is gone. */
  lineages: readonly SectionLineage[];
  /** Sections that bore the number once and have another one now, or had another one last. */
  elsewhere: readonly { section: Link; from: string; to: string }[];
  sections: string;
  history: string;
}

/** All section numbers of a document. */
export interface SectionsPage extends Base {
  kind: 'sections';
  document: { id: string; title: string; type: string; href: string };
  /** Those of the last text in its order, then those that it does not have. */
  standing: readonly SectionsRow[];
  gone: readonly SectionsRow[];
  history: string;
}

export interface SectionsRow {
  number: string;
  title: string;
  href: string;
  level: number;
  /** How many versions changed it. */
  changes: number;
  /** The version that changed it last; undefined where none did, or the number was only passed on. */
  last: (Link & { from: When }) | undefined;
}
