import { type BlockChange, BREAK, type RowChange, type TextChange, type WordChange } from '../model/change.ts';
import type { Inline, PlainBlock, TableBlock, TextBlock } from '../model/plain-text.ts';
import { affordWeighing, type Bag, bagOf, changeOf, compareStrings, countShared, isEqual, type Piece, toBag, toPieces, wordsOf } from './diff-pieces.ts';
import { compareTables } from './diff-table.ts';
import { countFormats, type Session } from './diff-text.ts';
import { findHunks } from './diff-words.ts';

/** Compares two sequences of blocks: equal ones first, then similar ones between them, then word by word. */
export function compareBlocks(before: readonly PlainBlock[], after: readonly PlainBlock[], session: Session): BlockChange[] {
  const least = Math.min(before.length, after.length);
  let head = 0;
  while (head < least && isEqual(before[head] as PlainBlock, after[head] as PlainBlock)) head += 1;
  let tail = 0;
  while (tail < least - head && isEqual(before.at(-1 - tail) as PlainBlock, after.at(-1 - tail) as PlainBlock)) tail += 1;
  const inner = (blocks: readonly PlainBlock[]) => toPieces(blocks.slice(head, blocks.length - tail), session);
  return [
    ...before.slice(0, head).map((block, index) => unchanged(block, after[index] as PlainBlock)),
    ...comparePieces(inner(before), inner(after), session),
    ...before.slice(before.length - tail).map((block, index) => unchanged(block, after[after.length - tail + index] as PlainBlock)),
  ];
}

/** A block that both texts have to the letter. */
export function unchanged(before: PlainBlock, after: PlainBlock): BlockChange {
  if (before.kind === 'table' || after.kind === 'table') {
    const [older, newer] = [before as TableBlock, after as TableBlock];
    const rows = newer.rows.map((row, index): RowChange => {
      const cells = row.map((cell, column) => ({
        change: 'same' as const,
        before: older.rows[index]?.[column] as Inline,
        after: cell,
        words: sameWords(cell.text),
      }));
      return { change: 'same', head: index === 0, cells };
    });
    return { kind: 'table', change: 'same', before: older, after: newer, rows };
  }
  return { kind: 'text', change: 'same', before: [before], after: [after], words: sameWords(after.text) };
}

const sameWords = (text: string): readonly WordChange[] => (text === '' ? [] : [{ kind: 'same', text }]);

function comparePieces(before: readonly Piece[], after: readonly Piece[], session: Session): BlockChange[] {
  const hunks = findHunks(
    before.map(({ key }) => key),
    after.map(({ key }) => key),
    session.effort,
  );
  const changes: BlockChange[] = [];
  let a = 0;
  let b = 0;
  for (const { a0, a1, b0, b1 } of [...hunks, { a0: before.length, a1: before.length, b0: after.length, b1: after.length }]) {
    for (; a < a0; a += 1, b += 1) changes.push(compareBeads([before[a] as Piece], [after[b] as Piece], session));
    for (const [older, newer] of pairBlocks(before.slice(a0, a1), after.slice(b0, b1), session)) changes.push(compareBeads(older, newer, session));
    a = a1;
    b = b1;
  }
  return changes;
}

/** Blocks that belong together: one to one, one to several, several to one, or one to none. */
type Bead = readonly [before: readonly Piece[], after: readonly Piece[]];

/** Finds the beads that leave the fewest words without a counterpart (after Gale and Church 1993, with words for lengths). */
export function pairBlocks(before: readonly Piece[], after: readonly Piece[], session: Session): Bead[] {
  if (before.length === 0 || after.length === 0) return [...before.map((piece): Bead => [[piece], []]), ...after.map((piece): Bead => [[], [piece]])];
  if (!affordWeighing(before, after, session)) {
    const [a, b] = [before.length >> 1, after.length >> 1];
    return [...pairBlocks(before.slice(0, a), after.slice(0, b), session), ...pairBlocks(before.slice(a), after.slice(b), session)];
  }
  return traceBeads(before, after, weighBeads(before, after, session));
}

/** How many blocks a bead takes on each side, in the order in which they are tried. */
const SHAPES = [
  [1, 1],
  [1, 0],
  [0, 1],
  [1, 2],
  [2, 1],
  [1, 3],
  [3, 1],
] as const;

/** For each pair of places the shape of the bead that ends there. */
function weighBeads(before: readonly Piece[], after: readonly Piece[], session: Session): Uint8Array {
  const width = after.length + 1;
  const costs = new Float64Array((before.length + 1) * width).fill(Number.POSITIVE_INFINITY);
  const shapes = new Uint8Array(costs.length);
  costs[0] = 0;
  const older = listRuns(before, session);
  const newer = listRuns(after, session);
  for (let a = 0; a <= before.length; a += 1) {
    for (let b = 0; b <= after.length; b += 1) {
      SHAPES.forEach(([m, n], shape) => {
        if (m > a || n > b) return;
        const base = costs[(a - m) * width + b - n] as number;
        const at = a * width + b;
        // What is dearer already needs no weighing.
        if (base >= (costs[at] as number)) return;
        const cost = base + costOf(older[m]?.[a - m], newer[n]?.[b - n]);
        if (cost < (costs[at] as number)) {
          costs[at] = cost;
          shapes[at] = shape;
        }
      });
    }
  }
  return shapes;
}

function traceBeads(before: readonly Piece[], after: readonly Piece[], shapes: Uint8Array): Bead[] {
  const beads: Bead[] = [];
  let a = before.length;
  let b = after.length;
  while (a > 0 || b > 0) {
    const [m, n] = SHAPES[shapes[a * (after.length + 1) + b] as number] as (typeof SHAPES)[number];
    beads.push([before.slice(a - m, a), after.slice(b - n, b)]);
    a -= m;
    b -= n;
  }
  return beads.reverse();
}

/** Least part of their words that two blocks share for one to have become the other, or for one to have become several. */
const ALIKE = { one: 0.4, several: 0.6 };

/** One, two or three blocks, one after another, as a bead takes them. */
interface Run {
  blocks: number;
  tables: number;
  bag: Bag;
}

/** All runs of one, two and three blocks, by their number and the index of their first block. */
function listRuns(pieces: readonly Piece[], session: Session): readonly (readonly Run[])[] {
  return [0, 1, 2, 3].map((blocks) =>
    pieces.slice(0, blocks === 0 ? 0 : Math.max(0, pieces.length - blocks + 1)).map((piece, index) => {
      const run = pieces.slice(index, index + blocks);
      const bag = blocks === 1 ? bagOf(piece, session) : toBag(run.flatMap((part) => [...wordsOf(part, session).ids]));
      return { blocks, tables: run.filter(({ block }) => block.kind === 'table').length, bag };
    }),
  );
}

/** Words that a bead leaves without a counterpart, and something for being less simple; infinite where it cannot be. */
function costOf(before: Run | undefined, after: Run | undefined): number {
  if (!before || !after) return (before ?? after)?.bag.length ?? 0;
  const several = before.blocks + after.blocks > 2;
  const tables = before.tables + after.tables;
  if (tables > 0 && (several || tables === 1)) return Number.POSITIVE_INFINITY;
  const all = before.bag.length + after.bag.length;
  const least = (several ? ALIKE.several : ALIKE.one) * all;
  // They cannot share more than the shorter one has.
  if (2 * Math.min(before.bag.length, after.bag.length) < least) return Number.POSITIVE_INFINITY;
  const shared = countShared(before.bag, after.bag);
  return 2 * shared < least ? Number.POSITIVE_INFINITY : all - 2 * shared + (several ? 0.5 : 0);
}

function compareBeads(before: readonly Piece[], after: readonly Piece[], session: Session): BlockChange {
  const older = before[0]?.block;
  const newer = after[0]?.block;
  if (older?.kind === 'table' || newer?.kind === 'table') return compareTables(older as TableBlock | undefined, newer as TableBlock | undefined, session);
  return compareTexts(
    before.map(({ block }) => block as TextBlock),
    after.map(({ block }) => block as TextBlock),
    before[0]?.key === after[0]?.key && before.length === 1 && after.length === 1,
    session,
  );
}

function compareTexts(before: readonly TextBlock[], after: readonly TextBlock[], equal: boolean, session: Session): TextChange {
  const older = before.map(({ text }) => text).join(BREAK);
  const newer = after.map(({ text }) => text).join(BREAK);
  const words = compareStrings(before.length > 0 ? older : undefined, after.length > 0 ? newer : undefined, session);
  if (before.length > 0 && after.length > 0) countFormats(before, after, older, newer, session);
  if (equal || (before.length === 1 && after.length === 1)) countLayout(before[0], after[0], session);
  return { kind: 'text', change: changeOf(before.length > 0, after.length > 0, words), before, after, words };
}

function countLayout(before: TextBlock | undefined, after: TextBlock | undefined, { ignored }: Session): void {
  if (before && after && (before.kind !== after.kind || before.depth !== after.depth || before.label !== after.label)) ignored.layout += 1;
}
