import { type BlockChange, BREAK, type Comparison, type SectionChange, type WordChange } from '../model/change.ts';
import type { PlainSection, PlainText } from '../model/plain-text.ts';

type Side = 'before' | 'after';

/**
 * Proves that a comparison holds both texts: without what was added it is the older text, without what was removed the
 * newer one, string by string. The blocks of sections in `equal` were found to be the same to the letter already. Throws
 * an error that names the first place where it does not.
 */
export function proveComparison(comparison: Comparison, before: PlainText, after: PlainText, equal: ReadonlySet<SectionChange>): void {
  proveSide(comparison, before, 'before', equal);
  proveSide(comparison, after, 'after', equal);
}

function proveSide({ sections }: Comparison, text: PlainText, side: Side, equal: ReadonlySet<SectionChange>): void {
  const own = sections.filter((section) => section[side].length > 0);
  let next = 0;
  for (const section of own.sort((a, b) => indexOf(a, side) - indexOf(b, side))) {
    const originals = text.sections.slice(indexOf(section, side), indexOf(section, side) + section[side].length);
    const expected = equal.has(section) ? [originals[0]?.heading.text ?? ''] : originals.flatMap(stringsOf);
    const told = [joinWords(section.heading.words, side), ...(equal.has(section) ? [] : section.blocks.flatMap((block) => blockStrings(block, side)))];
    const wrong = indexOf(section, side) === next ? expected.findIndex((string, index) => string !== told[index]) : 0;
    if (wrong >= 0 || told.length !== expected.length) throw lost(side, section[side][0]?.anchor ?? '', expected[wrong] ?? told[expected.length] ?? '');
    next += originals.length;
  }
  if (next !== text.sections.length) throw lost(side, text.sections[next]?.anchor ?? '', text.sections[next]?.heading.text ?? '');
}

const indexOf = (section: SectionChange, side: Side) => section[side][0]?.index ?? 0;

function lost(side: Side, anchor: string, text: string): Error {
  return new Error(
    `The comparison does not hold the ${side === 'before' ? 'older' : 'newer'} text, in section ${anchor || '(opening)'}: "${text.slice(0, 80)}".`,
  );
}

/** Heading, blocks and rows of a section. */
const stringsOf = ({ heading, blocks }: PlainSection) => [
  heading.text,
  ...blocks.flatMap((block) => (block.kind === 'table' ? block.rows.map((row) => joinCells(row.map(({ text }) => text))) : [block.text])),
];

/** Cells with a sign between them that no text has; cells without words at the end of a row are none. */
const joinCells = (cells: readonly string[]) => cells.join('\u0000').replace(/\0+$/, '');

const isOther = (change: string, side: Side) => change === (side === 'before' ? 'added' : 'removed');

function blockStrings(block: BlockChange, side: Side): readonly string[] {
  if (isOther(block.change, side)) return [];
  if (block.kind === 'text') return joinWords(block.words, side).split(BREAK);
  return block.rows
    .filter(({ change }) => !isOther(change, side))
    .map(({ cells }) => joinCells(cells.filter((cell) => cell[side]).map(({ words }) => joinWords(words, side))));
}

function joinWords(words: readonly WordChange[], side: Side): string {
  return words.map((word) => (isOther(word.kind, side) ? '' : side === 'before' ? (word.before ?? word.text) : word.text)).join('');
}
