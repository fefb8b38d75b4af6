import { BREAK, type ChangeKind, type WordChange } from '../model/change.ts';
import { blockText, type Format, type Inline, type PlainBlock } from '../model/plain-text.ts';
import { compareWords, type Session } from './diff-text.ts';
import { idOf, normalise, readWords, type Words } from './diff-words.ts';

/** A block with what is needed to find its counterpart; its words are read only where it has no equal one. */
export interface Piece {
  block: PlainBlock;
  /** The same for blocks that say the same. */
  key: number;
  words?: Words;
  bag?: Bag;
}

/** The words of a text in ascending order, to see quickly how many two texts share. */
export type Bag = Int32Array;

/** Whether two blocks are the same to the letter, with all that a reader sees of how they are set. */
export function isEqual(a: PlainBlock, b: PlainBlock): boolean {
  if (a === b) return true;
  if (a.kind === 'table' || b.kind === 'table') return a.kind === 'table' && b.kind === 'table' && a.depth === b.depth && areEqual(a.rows, b.rows, isEqualRow);
  return a.kind === b.kind && a.depth === b.depth && a.label === b.label && isEqualInline(a, b);
}

const isEqualRow = (a: readonly Inline[], b: readonly Inline[]) => areEqual(a, b, isEqualInline);
const isEqualInline = (a: Inline, b: Inline) => a.text === b.text && areEqual(a.formats ?? [], b.formats ?? [], isEqualFormat);
const isEqualFormat = (a: Format, b: Format) => a[0] === b[0] && a[1] === b[1] && a[2] === b[2] && a[3] === b[3];

export function areEqual<T>(a: readonly T[], b: readonly T[], isSame: (x: T, y: T) => boolean): boolean {
  return a === b || (a.length === b.length && a.every((item, index) => isSame(item, b[index] as T)));
}

/** White space that is not one space. */
const WHITE_SPACE = /[^\S ]| {2}/;
const KEYS = 'key\u0000';

export function toPieces(blocks: readonly PlainBlock[], session: Session): Piece[] {
  return blocks.map((block) => ({ block, key: keyOf(block, session) }));
}

function keyOf(block: PlainBlock, { vocabulary }: Session): number {
  const text = block.kind === 'table' ? `|${block.rows.map((row) => row.map((cell) => cell.text).join('\u0001')).join('\u0002')}` : block.text;
  const normal = normalise(text);
  return idOf(KEYS + (WHITE_SPACE.test(normal) ? normal.replace(/\s+/g, ' ') : normal), vocabulary);
}

export function wordsOf(piece: Piece, session: Session): Words {
  piece.words ??= wordsIn(blockText(piece.block), session);
  return piece.words;
}

/** The words of a text, read once in a comparison. */
export function wordsIn(text: string, { words, vocabulary }: Session): Words {
  const known = words.get(text) ?? readWords(text, vocabulary);
  words.set(text, known);
  return known;
}

export function bagOf(piece: Piece, session: Session): Bag {
  piece.bag ??= toBag(wordsOf(piece, session).ids);
  return piece.bag;
}

export const toBag = (ids: readonly number[]): Bag => Int32Array.from(ids).sort();

/** How many words two texts share, each as often as both have it. */
export function countShared(a: Bag, b: Bag): number {
  let shared = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const x = a[i] as number;
    const y = b[j] as number;
    if (x === y) shared += 1;
    if (x <= y) i += 1;
    if (y <= x) j += 1;
  }
  return shared;
}

/** Words that may be read to weigh all blocks of a gap against each other: as a rule, and once the effort is spent. */
const MOST_WORDS = { rule: 4_000_000, exhausted: 20_000 };

/** Whether a gap is small enough for its blocks to be weighed against each other; the effort for it is then spent. */
export function affordWeighing(before: readonly Piece[], after: readonly Piece[], session: Session): boolean {
  if (before.length === 1 && after.length === 1) return true;
  const size = (pieces: readonly Piece[]) => pieces.reduce((sum, piece) => sum + wordsOf(piece, session).ids.length, 0);
  const words = before.length * size(after) + after.length * size(before);
  if (words > (session.effort.left > 0 ? MOST_WORDS.rule : MOST_WORDS.exhausted)) return false;
  session.effort.left -= words;
  return true;
}

/** Compares two strings; one that is not there makes the other added or removed as a whole. */
export function compareStrings(before: string | undefined, after: string | undefined, session: Session): readonly WordChange[] {
  if (before === after) return after ? [...splitBreaks('same', after)] : [];
  if (before === undefined || after === undefined) {
    const text = before ?? after;
    return text ? [...splitBreaks(before === undefined ? 'added' : 'removed', text)] : [];
  }
  return compareWords(wordsIn(before, session), wordsIn(after, session), session);
}

function* splitBreaks(kind: WordChange['kind'], text: string): Iterable<WordChange> {
  if (!text.includes(BREAK)) yield { kind, text };
  else for (const part of text.split(/(\u2029)/)) if (part !== '') yield { kind, text: part };
}

export function changeOf(before: boolean, after: boolean, words: readonly WordChange[]): ChangeKind {
  if (!before) return 'added';
  if (!after) return 'removed';
  return words.some(({ kind }) => kind !== 'same') ? 'changed' : 'same';
}
