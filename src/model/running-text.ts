import type { Nodes, RootContent, Table } from 'mdast';
import type { Section } from './document.ts';
import type { Place } from './finding.ts';
import { revisionColumns } from './revision-table.ts';
import { sentenceEnds } from './stated-date.ts';

/** A stretch of running text as a reader sees it: a paragraph, or a row of a table with its cells parted by ` | `. */
export interface Passage {
  kind: 'paragraph' | 'row' | 'heading';
  /** Without markup; code in the line is part of it, a line end is a space. */
  text: string;
  /** Whether it stands in a table of revisions. */
  inRevisions: boolean;
  /** Links of the text: from `start` up to, not including, `end`. */
  links: readonly TextLink[];
  /** Where a character of `text` stands in the file. */
  placeAt(offset: number): Place;
}

export interface TextLink {
  start: number;
  end: number;
  url: string;
}

/** Several rules read the same sections, which never change. */
const known = new WeakMap<Section, readonly Passage[]>();

/** The passages of a section in the order of the text, its heading not among them. Blocks of code are left out. */
export function passagesOf(section: Section): readonly Passage[] {
  const passages = known.get(section) ?? section.blocks.flatMap((block) => collect(block, section.place.file));
  known.set(section, passages);
  return passages;
}

function collect(node: RootContent, file: string): Passage[] {
  if (node.type === 'paragraph' || node.type === 'heading') return [toPassage(node.type, [node], false, file)];
  if (node.type === 'table') return collectRows(node, file);
  return 'children' in node ? node.children.flatMap((child) => collect(child, file)) : [];
}

function collectRows(table: Table, file: string): Passage[] {
  const titles = table.children[0]?.children.map((cell) => toPassage('row', [cell], false, file).text) ?? [];
  const inRevisions = revisionColumns(titles) !== undefined;
  return table.children.map((row) => toPassage('row', row.children, inRevisions, file));
}

/** A line of one node: where it begins in the passage and in the file. */
interface Piece {
  start: number;
  line: number;
  column: number;
}

function toPassage(kind: Passage['kind'], nodes: readonly Nodes[], inRevisions: boolean, file: string): Passage {
  const pieces: Piece[] = [];
  const links: TextLink[] = [];
  let text = '';
  const addValue = (node: Nodes & { value: string }, left: number): void => {
    const at = node.position?.start;
    let start = text.length;
    // Later lines of a node begin where its paragraph does; the marks before them are not part of the text.
    for (const [index, line] of node.value.split('\n').entries()) {
      const first = (at?.column ?? 1) + (node.type === 'inlineCode' ? 1 : 0);
      if (at) pieces.push({ start, line: at.line + index, column: index === 0 ? first : left });
      start += line.length + 1;
    }
    text += node.value;
  };
  const add = (node: Nodes, left: number): void => {
    const start = text.length;
    if (node.type === 'html' || node.type === 'break') text += ' ';
    else if ('value' in node) addValue(node, left);
    else if ('children' in node) {
      for (const child of node.children) add(child, left);
      if (node.type === 'link') links.push({ start, end: text.length, url: node.url });
    }
  };
  for (const [index, node] of nodes.entries()) {
    if (index > 0) text += ' | ';
    add(node, node.position?.start.column ?? 1);
  }
  const first = nodes[0]?.position?.start;
  return { kind, text: text.replace(/\s/g, ' '), inRevisions, links, placeAt: (offset) => placeAt(pieces, offset, file, first) };
}

function placeAt(pieces: readonly Piece[], offset: number, file: string, first: { line: number; column: number } | undefined): Place {
  const piece = pieces[lastUpTo(pieces, offset)];
  if (piece) return { file, start: { line: piece.line, column: piece.column + offset - piece.start } };
  return { file, ...(first && { start: { line: first.line, column: first.column } }) };
}

/** The last of several stretches in order that begins at a character, or line, or before it; -1 where none does. By bisection, for hostile texts have many. */
export function lastUpTo(stretches: readonly { start: number }[], offset: number): number {
  let low = 0;
  let high = stretches.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((stretches[middle]?.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Whether a character of a passage is part of a link. */
export function isInLink({ links }: Passage, offset: number): boolean {
  return offset < (links[lastUpTo(links, offset)]?.end ?? 0);
}

/** A sentence of a passage, or a row of a table, which is not taken apart. */
export interface Sentence {
  start: number;
  text: string;
}

/** The sentences of a passage in their order. */
export function sentencesOf({ kind, text }: Passage): Sentence[] {
  if (kind === 'row') return [{ start: 0, text }];
  const ends = [...sentenceEnds(text, []), text.length];
  return ends
    .map((end, index) => ({ start: ends[index - 1] ?? 0, text: text.slice(ends[index - 1] ?? 0, end) }))
    .filter((sentence) => sentence.text.trim() !== '');
}

/** A section as a sentence begins with it: `Section 4.9.1`, or its title where it has no number. */
export const nameSection = ({ number, title }: Pick<Section, 'number' | 'title'>): string => (number ? `Section ${number}` : title ? `"${title}"` : 'The text');

/** Whether a section tells how the text came about: what it names may be of another day. */
export const tellsHistory = ({ title }: Section): boolean => /revision|history|change ?log|geschichte|änderung/iu.test(title);

const MOST = 140;

/** A sentence as a finding shows it: around the place that matters, cut between words. */
export function excerpt(text: string, at: number): string {
  if (text.length <= MOST) return text.replace(/[\s|]+$/, '').trim();
  const from = Math.max(0, Math.min(at - MOST / 2, text.length - MOST));
  const window = text.slice(from, from + MOST);
  const start = from === 0 ? 0 : window.slice(0, at - from).indexOf(' ') + 1;
  const end = from + MOST >= text.length ? window.length : Math.max(at - from + 1, window.lastIndexOf(' '));
  return `${from + start > 0 ? '… ' : ''}${window.slice(start, end).trim()}${from + end < text.length ? ' …' : ''}`;
}
