import type { BlockChange, CellChange, ChangeKind, RowChange, TableChange, TextChange } from '../model/change.ts';
import { readHeading } from '../model/heading.ts';
import { blockText, type TextBlock } from '../model/plain-text.ts';
import { isOwnCell, isOwnMention, isOwnNumber, revisionCells } from './bookkeeping.ts';
import { type Finding, type Judging, judgeReplacement } from './judge-words.ts';
import { findReplacements, MOST_SHOWN, type Replacement, type Span, shorten, showPair, squash } from './replacements.ts';
import type { WeighedWord } from './word-weight.ts';

/** How far the changes of a section's blocks reach, one finding for each. */
export function judgeBlocks(blocks: readonly BlockChange[], judging: Judging): Finding[] {
  const texts = blocks.filter((block) => block.kind === 'text');
  const { taken, findings } = findMoved(texts, changedText);
  const tables = blocks.filter((block) => block.kind === 'table');
  return [
    ...findings,
    ...texts.filter((text) => !taken.has(text)).flatMap((text) => judgeText(text, judging)),
    ...tables.flatMap((table) => judgeTable(table, judging)),
  ];
}

/** What a changed block says in one of the two texts. */
export function changedText(block: BlockChange, newer: boolean): string {
  const side = newer ? block.after : block.before;
  if (side === undefined) return '';
  return 'kind' in side ? blockText(side) : side.map(blockText).join(' ');
}

const NOTHING =
  /^(?:no stipulations?|not applicable|keine (?:bestimmung(?:en)?|festlegung(?:en)?|vorgaben?|regelung(?:en)?)|nicht anwendbar|nicht zutreffend|entfällt)?[.\s]*$/iu;

/** Whether a text is empty or says that it sets no rule. */
export function saysNothing(text: string): boolean {
  return NOTHING.test(squash(text));
}

/**
 * What was removed in one place of a section and stands, word for word, in another: minor, however weighty its words.
 * Gives what need not be judged any more.
 */
function findMoved<T extends { change: ChangeKind }>(
  items: readonly T[],
  show: (item: T, newer: boolean) => string,
): { taken: ReadonlySet<T>; findings: Finding[] } {
  const removed = new Map<string, T[]>();
  for (const item of items) {
    if (item.change !== 'removed') continue;
    const text = squash(show(item, false));
    removed.set(text, [...(removed.get(text) ?? []), item]);
  }
  const taken = new Set<T>();
  const findings: Finding[] = [];
  for (const item of removed.size > 0 ? items : []) {
    if (item.change !== 'added') continue;
    const text = squash(show(item, true));
    const other = removed.get(text)?.shift();
    if (!other) continue;
    taken.add(item).add(other);
    findings.push({ significance: 'minor', kind: 'wording', seen: shorten(text) });
  }
  return { taken, findings };
}

function judgeText({ change, before, after, words }: TextChange, judging: Judging): Finding[] {
  if (change === 'same') return [];
  const blocks = [...before, ...after];
  const show = (side: readonly TextBlock[]) => squash(side.map(({ text }) => text).join(' '));
  const isHeading = blocks.every(({ kind }) => kind === 'heading');
  if (change !== 'changed' && (isHeading || saysNothing(show(blocks)))) {
    const seen = showPair(show(before), show(after));
    return show(blocks) === '' ? [] : [{ significance: 'minor', kind: isHeading ? 'section' : 'wording', seen }];
  }
  const numbers = { before: headingNumbers(before), after: headingNumbers(after) };
  return findReplacements(words, judging.language)
    .flatMap((replacement) => withoutNumbers(replacement, numbers))
    .filter((replacement) => !isOwnMention(replacement, judging.own) && !(judging.front && isOwnNumber(replacement, judging.front)))
    .flatMap((replacement) => judgeReplacement(replacement, judging));
}

/** Where the numbers of headings stand, in blocks with one character between them. */
function headingNumbers(blocks: readonly TextBlock[]): Span[] {
  let start = 0;
  return blocks.flatMap(({ kind, text }): Span[] => {
    const at = start;
    start += text.length + 1;
    if (kind !== 'heading') return [];
    const { number, title } = readHeading(text);
    return number === '' ? [] : [[at, at + text.lastIndexOf(title)]];
  });
}

/** A heading's own number changes with its place; nothing is left where no other word did. */
function withoutNumbers(replacement: Replacement, numbers: { before: readonly Span[]; after: readonly Span[] }): Replacement[] {
  if (numbers.before.length + numbers.after.length === 0) return [replacement];
  const keep = (words: readonly WeighedWord[], spans: readonly Span[]) =>
    words.filter(({ start, end }) => !spans.some(([from, to]) => start >= from && end <= to));
  const before = keep(replacement.before, numbers.before);
  const after = keep(replacement.after, numbers.after);
  const isEmptied = before.length + after.length === 0 && replacement.before.length + replacement.after.length > 0;
  return isEmptied ? [] : [{ ...replacement, before, after }];
}

function judgeTable(table: TableChange, judging: Judging): Finding[] {
  if (table.change === 'same') return [];
  const own = revisionCells(table);
  if (own) return judgeRevisions(table, own, judging);
  if (table.change !== 'changed') return judgeRow({ ...(table.rows.find((row) => !isEmpty(row)) ?? NO_ROW), change: table.change }, judging);
  const { taken, findings } = findMoved(table.rows, rowText);
  return [...findings, ...table.rows.filter((row) => !taken.has(row)).flatMap((row) => judgeRow(row, judging))];
}

/** New rows, versions and dates are what such a table is for; what it says of earlier versions is wording. */
function judgeRevisions({ change, rows }: TableChange, own: ReadonlySet<number>, judging: Judging): Finding[] {
  if (change === 'added') return [];
  if (change === 'removed') return [{ significance: 'minor', kind: 'table-value', seen: showRow(rows[0] ?? NO_ROW, change) }];
  return rows.flatMap((row): Finding[] => {
    if (row.change === 'removed') return [{ significance: 'minor', kind: 'table-value', seen: showRow(row, 'removed') }];
    if (row.change !== 'changed') return [];
    const found = row.cells.filter((_, index) => !own.has(index)).flatMap((cell) => judgeCell(cell, row, judging));
    return found.map((finding) => ({ ...finding, significance: 'minor', kind: 'table-value' }));
  });
}

const rowText = ({ cells }: RowChange, newer: boolean) => cells.map(({ before, after }) => (newer ? after : before)?.text ?? '').join(' | ');

const NO_ROW: RowChange = { change: 'same', head: false, cells: [] };
const isEmpty = ({ cells }: RowChange) => cells.every(({ before, after }) => squash((after ?? before)?.text ?? '') === '');

function showRow(row: RowChange, change: ChangeKind): string {
  const text = shorten(rowText(row, change === 'added'));
  return change === 'added' ? showPair('', text) : showPair(text, '');
}

function judgeRow(row: RowChange, judging: Judging): Finding[] {
  if (row.change === 'same') return [];
  if (row.change === 'changed') return row.cells.flatMap((cell) => judgeCell(cell, row, judging));
  return isEmpty(row) ? [] : [{ significance: 'material', kind: 'table-value', seen: showRow(row, row.change) }];
}

/** Words up to which a cell is a value, and any of them counts; a longer one is prose, and judged as that. */
const MOST_WORDS_OF_VALUE = 25;

/** A cell is never editorial: a value with one letter changed may be another value. */
function judgeCell(cell: CellChange, row: RowChange, judging: Judging): Finding[] {
  if (cell.change === 'same') return [];
  const replacements = findReplacements(cell.words, judging.language).filter((replacement) => !(judging.front && isOwnCell(replacement, row)));
  const [before, after] = [squash(cell.before?.text ?? ''), squash(cell.after?.text ?? '')];
  const isValue = !row.head && [before, after].every((text) => text.split(' ').length <= MOST_WORDS_OF_VALUE);
  return replacements.flatMap((replacement) =>
    judgeReplacement(replacement, judging).map(({ significance, kind, seen }): Finding => {
      const isWording = kind === 'wording' && isValue;
      return {
        significance: isWording ? 'material' : significance === 'editorial' ? 'minor' : significance,
        kind: kind === 'oid' || kind === 'duty-word' ? kind : 'table-value',
        seen: isValue && Math.max(before.length, after.length) <= MOST_SHOWN ? showPair(before, after) : seen,
      };
    }),
  );
}
