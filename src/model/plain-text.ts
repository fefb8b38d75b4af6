/**
 * A text without markup, in the form in which it is searched, compared and published for machines: sections of blocks,
 * blocks of words. Nothing of what a reader sees is missing.
 */
export interface PlainText {
  /** In the order of the text. What stands before the first heading is a section without number and title. */
  sections: readonly PlainSection[];
}

export interface PlainSection {
  /** The number as printed, without a final dot; empty for a heading without one. */
  number: string;
  title: string;
  /** Where the section is on the text's page; empty for what stands before the first heading. */
  anchor: string;
  level: number;
  /** The heading as printed, with its number; empty for what stands before the first heading. */
  heading: Inline;
  blocks: readonly PlainBlock[];
}

/** How a stretch of a text is set: from `start` up to, not including, `end` (UTF-16 units). Only links have a target. */
export type Format = readonly [start: number, end: number, kind: FormatKind, target?: string];
export type FormatKind = 'strong' | 'emphasis' | 'code' | 'struck' | 'superscript' | 'subscript' | 'link';

/** Running text. A line break that the author set is `\n`; any other white space is one space. */
export interface Inline {
  text: string;
  formats?: readonly Format[];
}

/** A paragraph, list item, quotation, footnote, code (with its line ends), or a heading that is no section of its own. */
export interface TextBlock extends Inline {
  kind: 'paragraph' | 'item' | 'quote' | 'note' | 'code' | 'heading';
  /** How many lists it stands in. */
  depth: number;
  /** What stands before it on the page: `1.`, `•`, a footnote's name. */
  label?: string;
}

/** A table; the first row is its head. */
export interface TableBlock {
  kind: 'table';
  depth: number;
  rows: readonly (readonly Inline[])[];
}

export type PlainBlock = TextBlock | TableBlock;

/** Everything that a block says, in the order of reading. */
export function blockText(block: PlainBlock): string {
  return block.kind === 'table' ? block.rows.map((row) => row.map((cell) => cell.text).join(' ')).join('\n') : block.text;
}
