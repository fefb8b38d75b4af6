import type { CellChange, RowChange, TableChange } from '../model/change.ts';
import type { Inline, TableBlock } from '../model/plain-text.ts';
import { affordWeighing, bagOf, changeOf, compareStrings, countShared, type Piece, toPieces, wordsOf } from './diff-pieces.ts';
import { countFormats, type Session } from './diff-text.ts';
import { findHunks } from './diff-words.ts';

type Row = readonly Inline[];

/** A column of the older table, of the newer one, or of both. */
interface Column {
  before: number | undefined;
  after: number | undefined;
}

/** Compares two tables by column and row: what changed in a cell is marked in that cell, and a row never runs into another. */
export function compareTables(before: TableBlock | undefined, after: TableBlock | undefined, session: Session): TableChange {
  const columns = pairColumns(before?.rows ?? [], after?.rows ?? [], session);
  const rows = pairRows(before?.rows ?? [], after?.rows ?? [], columns, session).map(([older, newer], index) =>
    compareRow(older, newer, columns, index === 0, session),
  );
  const changed = rows.some(({ change }) => change !== 'same');
  const change = !before ? 'added' : !after ? 'removed' : changed ? 'changed' : 'same';
  return { kind: 'table', change, ...(before && { before }), ...(after && { after }), rows };
}

/** Columns with the same head belong together, and so do as many others that stand between them. */
function pairColumns(before: readonly Row[], after: readonly Row[], session: Session): Column[] {
  const a = headKeys(before, session);
  const b = headKeys(after, session);
  if (before.length === 0) return b.map((_, column) => ({ before: undefined, after: column }));
  if (after.length === 0) return a.map((_, column) => ({ before: column, after: undefined }));
  const columns: Column[] = [];
  let from = { a: 0, b: 0 };
  for (const { a0, a1, b0, b1 } of [...findHunks(a, b, session.effort), { a0: a.length, a1: a.length, b0: b.length, b1: b.length }]) {
    for (; from.a < a0; from = { a: from.a + 1, b: from.b + 1 }) columns.push({ before: from.a, after: from.b });
    const most = Math.max(a1 - a0, b1 - b0);
    for (let index = 0; index < most; index += 1) {
      columns.push({ before: a0 + index < a1 ? a0 + index : undefined, after: b0 + index < b1 ? b0 + index : undefined });
    }
    from = { a: a1, b: b1 };
  }
  return columns;
}

/** A number for each column's head. Rows can be longer than the head: what stands beyond it has heads without words. */
function headKeys(rows: readonly Row[], session: Session): number[] {
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const cells = Array.from({ length: width }, (_, column) => rows[0]?.[column]?.text ?? '');
  return toPieces(
    cells.map((text) => ({ kind: 'paragraph', depth: 0, text })),
    session,
  ).map(({ key }) => key);
}

type RowPair = readonly [before: Row | undefined, after: Row | undefined];

/** The heads belong together; then rows that say the same, then those between them by their first cell and by their words. */
function pairRows(before: readonly Row[], after: readonly Row[], columns: readonly Column[], session: Session): RowPair[] {
  const heads: RowPair[] = before.length > 0 || after.length > 0 ? [[before[0], after[0]]] : [];
  const shared = columns.filter((column) => column.before !== undefined && column.after !== undefined);
  const a = toRowPieces(before.slice(1), shared, 'before', session);
  const b = toRowPieces(after.slice(1), shared, 'after', session);
  const pairs: RowPair[] = [];
  let from = { a: 0, b: 0 };
  const hunks = findHunks(
    a.map(({ key }) => key),
    b.map(({ key }) => key),
    session.effort,
  );
  for (const { a0, a1, b0, b1 } of [...hunks, { a0: a.length, a1: a.length, b0: b.length, b1: b.length }]) {
    for (; from.a < a0; from = { a: from.a + 1, b: from.b + 1 }) pairs.push([a[from.a]?.row, b[from.b]?.row]);
    for (const [older, newer] of pairGap(a.slice(a0, a1), b.slice(b0, b1), session)) pairs.push([older?.row, newer?.row]);
    from = { a: a1, b: b1 };
  }
  return [...heads, ...pairs];
}

interface RowPiece extends Piece {
  row: Row;
  /** The first cell, which says what the row is about; undefined where it is empty. */
  name: number | undefined;
}

/** Rows as blocks of the cells that both tables have a column for. */
function toRowPieces(rows: readonly Row[], shared: readonly Column[], side: keyof Column, session: Session): RowPiece[] {
  return rows.map((row) => {
    const cells = shared.length > 0 ? shared.map((column) => row[column[side] as number] ?? { text: '' }) : row;
    const [piece] = toPieces([{ kind: 'table', depth: 0, rows: [cells] }], session);
    const [name] = toPieces([{ kind: 'paragraph', depth: 0, text: cells[0]?.text ?? '' }], session);
    return { ...(piece as Piece), row, name: cells[0]?.text ? name?.key : undefined };
  });
}

/** Finds the pairing that leaves the fewest words without a counterpart. */
function pairGap(before: readonly RowPiece[], after: readonly RowPiece[], session: Session): (readonly [RowPiece | undefined, RowPiece | undefined])[] {
  if (before.length === 0 || after.length === 0) return [...before.map((row) => [row, undefined] as const), ...after.map((row) => [undefined, row] as const)];
  if (!affordWeighing(before, after, session)) {
    const [a, b] = [before.length >> 1, after.length >> 1];
    return [...pairGap(before.slice(0, a), after.slice(0, b), session), ...pairGap(before.slice(a), after.slice(b), session)];
  }
  const width = after.length + 1;
  const costs = new Float64Array((before.length + 1) * width);
  const size = (row: RowPiece) => wordsOf(row, session).ids.length + 0.1;
  for (let a = 0; a <= before.length; a += 1) {
    for (let b = a === 0 ? 1 : 0; b <= after.length; b += 1) {
      const [older, newer] = [before[a - 1], after[b - 1]];
      const removed = older ? (costs[(a - 1) * width + b] as number) + size(older) : Number.POSITIVE_INFINITY;
      const added = newer ? (costs[a * width + b - 1] as number) + size(newer) : Number.POSITIVE_INFINITY;
      const both = older && newer ? (costs[(a - 1) * width + b - 1] as number) + rowCost(older, newer, session) : Number.POSITIVE_INFINITY;
      costs[a * width + b] = Math.min(removed, added, both);
    }
  }
  return traceRows(before, after, costs, session);
}

function traceRows(before: readonly RowPiece[], after: readonly RowPiece[], costs: Float64Array, session: Session) {
  const width = after.length + 1;
  const pairs: (readonly [RowPiece | undefined, RowPiece | undefined])[] = [];
  let a = before.length;
  let b = after.length;
  while (a > 0 || b > 0) {
    const [older, newer] = [before[a - 1], after[b - 1]];
    const here = costs[a * width + b] as number;
    if (older && newer && here === (costs[(a - 1) * width + b - 1] as number) + rowCost(older, newer, session)) {
      pairs.push([older, newer]);
      a -= 1;
      b -= 1;
    } else if (newer && here === (costs[a * width + b - 1] as number) + (wordsOf(newer, session).ids.length + 0.1)) {
      pairs.push([undefined, newer]);
      b -= 1;
    } else {
      pairs.push([older, undefined]);
      a -= 1;
    }
  }
  return pairs.reverse();
}

/** Rows about the same thing belong together however much changed in them; others where they share half of their words. */
function rowCost(before: RowPiece, after: RowPiece, session: Session): number {
  const words = wordsOf(before, session).ids.length + wordsOf(after, session).ids.length;
  const shared = countShared(bagOf(before, session), bagOf(after, session));
  const same = before.name !== undefined && before.name === after.name;
  if (!same && 2 * shared < 0.5 * words) return Number.POSITIVE_INFINITY;
  return words - 2 * shared - (same ? 1 : 0);
}

function compareRow(before: Row | undefined, after: Row | undefined, columns: readonly Column[], head: boolean, session: Session): RowChange {
  const cells = columns.flatMap((column) => {
    const older = before && column.before !== undefined ? (before[column.before] ?? NO_TEXT) : undefined;
    const newer = after && column.after !== undefined ? (after[column.after] ?? NO_TEXT) : undefined;
    return older || newer ? [compareCell(older, newer, session)] : [];
  });
  const change = !before ? 'added' : !after ? 'removed' : cells.some((cell) => cell.change !== 'same') ? 'changed' : 'same';
  return { change, head, cells };
}

/** A cell that a short row does not have counts as one without words. */
const NO_TEXT: Inline = { text: '' };

export function compareCell(before: Inline | undefined, after: Inline | undefined, session: Session): CellChange {
  const words = compareStrings(before?.text, after?.text, session);
  if (before && after) countFormats([before], [after], before.text, after.text, session);
  return { change: changeOf(before !== undefined, after !== undefined, words), ...(before && { before }), ...(after && { after }), words };
}
