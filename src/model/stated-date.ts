import type { Nodes, RootContent, TableRow } from 'mdast';
import type { Section } from './document.ts';
import type { Place } from './finding.ts';
import type { PlainBlock, PlainSection, PlainText } from './plain-text.ts';
import { readPrintedDate, revisionColumns } from './revision-table.ts';

/** A day that a text names, with the sentence or the row of a table in which it stands, cut to about 200 characters. */
export interface StatedDate {
  date: string;
  words: string;
}

/** A date and the section in which it stands. */
export interface SectionDate extends StatedDate {
  section: Pick<PlainSection, 'number' | 'title' | 'anchor'>;
}

/** The full dates in running text and tables of a text, in their order. Code and tables of revisions are left out. */
export function readStatedDates({ sections }: PlainText): SectionDate[] {
  return sections.flatMap(({ number, title, anchor, blocks }) =>
    blocks.flatMap(piecesOf).flatMap((piece) => findDates(piece).map((stated) => ({ ...stated, section: { number, title, anchor } }))),
  );
}

function piecesOf(block: PlainBlock): string[] {
  if (block.kind === 'code') return [];
  if (block.kind !== 'table') return [block.text];
  return rowsOf(block.rows.map((row) => row.map((cell) => cell.text)));
}

function rowsOf(rows: readonly (readonly string[])[]): string[] {
  return revisionColumns(rows[0] ?? []) ? [] : rows.map((cells) => cells.filter((cell) => cell.trim() !== '').join(' | '));
}

/** The same dates in a section that was parsed with its places: each with that of its paragraph or row. */
export function* locateStatedDates({ blocks, place }: Section): Iterable<StatedDate & { place: Place }> {
  for (const { text, node } of blocks.flatMap(locatePieces)) {
    const start = node.position?.start;
    for (const stated of findDates(text)) yield { ...stated, place: { file: place.file, ...(start && { start: { line: start.line, column: start.column } }) } };
  }
}

interface LocatedPiece {
  text: string;
  node: Nodes;
}

function locatePieces(node: RootContent): LocatedPiece[] {
  if (node.type === 'paragraph' || node.type === 'heading') return [{ text: textOf(node), node }];
  if (node.type === 'table') {
    const texts = rowsOf(node.children.map((row) => row.children.map(textOf)));
    return texts.map((text, index) => ({ text, node: node.children[index] as TableRow }));
  }
  return 'children' in node ? node.children.flatMap((child) => locatePieces(child)) : [];
}

function textOf(node: Nodes): string {
  if (node.type === 'html' || node.type === 'break') return ' ';
  if ('value' in node) return node.value;
  return 'children' in node ? node.children.map(textOf).join('') : '';
}

/** Whole names and usual short forms of the months, English and German. Other words that begin alike are none. */
const MONTH =
  '(?:jan(?:uary|uar)?|jän(?:ner)?|feb(?:ruary|ruar)?|mar(?:ch)?|mär(?:z)?|mrz|apr(?:il)?|may|mai|june?|juni|july?|juli|aug(?:ust)?|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?)\\.?';
const GAP = '[\\s‐‑-]';
const FORMS = [
  '\\d{4}-\\d{2}-\\d{2}',
  '\\d{1,2}\\.\\s?\\d{1,2}\\.\\s?\\d{4}',
  `\\d{1,2}(?:st|nd|rd|th)?\\.?${GAP}(?:of\\s)?${MONTH},?${GAP}\\d{4}`,
  `${MONTH}\\s\\d{1,2}(?:st|nd|rd|th)?,?\\s\\d{4}`,
];
/** A day as texts print it, for patterns that say what stands around it. */
export const PRINTED_DATE = FORMS.join('|');

/** A part of a number with more parts, of a name or of an address is no date; a time of day may follow one. */
const DATE = new RegExp(`(?<![\\p{L}\\p{N}]|[\\p{L}\\p{N}][-._/:])(?:${FORMS.join('|')})(?:(?=T\\d{2}:\\d{2})|(?![\\p{L}\\p{N}]|[-._/][\\p{L}\\p{N}]))`, 'giu');

interface Span {
  start: number;
  end: number;
}

/** The days that a piece of text names, as it prints them. Years of two digits and numbers that could be read in two ways are left out. */
export function findDates(raw: string): StatedDate[] {
  const text = raw.normalize('NFC').replace(/\s+/g, ' ').trim();
  const found = [...text.matchAll(DATE)].flatMap((match) => {
    const date = readPrintedDate(match[0].replace(/\sof\s/i, ' '));
    return date === undefined ? [] : [{ date, start: match.index, end: match.index + match[0].length }];
  });
  if (found.length === 0) return [];
  const ends = sentenceEnds(text, found);
  let next = 0;
  return found.map(({ date, start, end }) => {
    while ((ends[next] ?? text.length) <= start) next += 1;
    return { date, words: cutWords(text, { start, end }, { start: ends[next - 1] ?? 0, end: ends[next] ?? text.length }) };
  });
}

const SENTENCE_END = /[.!?…]["'”’“»)\]]*\s(?=["'“„‘«([]*[\p{Lu}\p{N}])/gu;
const ABBREVIATION =
  /(?:^|[\s("„“])(?:sec|sect|nos?|nr|art|abs|abschn|kap|ziff|paras?|vol|cf|vgl|bzw|resp|approx|ca|ggf|gem|lit|fig|tab|app|ref|rev|ver|dr|st|e\.\s?g|i\.\s?e|z\.\s?B|d\.\s?h|\p{L})\.$/iu;

/** Where sentences end, in order; the full stops of dates and abbreviations end none. */
export function sentenceEnds(text: string, dates: readonly Span[]): number[] {
  const ends: number[] = [];
  let next = 0;
  for (const { index, 0: mark } of text.matchAll(SENTENCE_END)) {
    while ((dates[next]?.end ?? text.length) <= index) next += 1;
    const inDate = (dates[next]?.start ?? text.length) <= index;
    if (!inDate && !ABBREVIATION.test(text.slice(Math.max(0, index - 12), index + 1))) ends.push(index + mark.length);
  }
  return ends;
}

const MOST = 200;

/** A sentence; of a long one what stands next to the date, cut between words. */
function cutWords(text: string, date: Span, sentence: Span): string {
  if (sentence.end - sentence.start <= MOST) return text.slice(sentence.start, sentence.end).trim();
  const first = Math.max(sentence.start, Math.min(date.start - MOST / 2, sentence.end - MOST));
  const last = Math.min(sentence.end, first + MOST);
  const start = first > sentence.start ? Math.min(date.start, text.indexOf(' ', first) + 1 || date.start) : first;
  const end = last < sentence.end ? Math.max(date.end, text.lastIndexOf(' ', last)) : last;
  return `${start > sentence.start ? '… ' : ''}${text.slice(start, end).trim()}${end < sentence.end ? ' …' : ''}`;
}
