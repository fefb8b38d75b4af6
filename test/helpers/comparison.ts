import { BREAK, type Comparison, type WordChange } from '../../src/model/change.ts';
import type { PlainText, TableBlock } from '../../src/model/plain-text.ts';

/** Every heading, block and row of a text, as it stands, in order. */
export function linesOf({ sections }: PlainText): string[] {
  return sections.flatMap(({ heading, blocks }) => [heading.text, ...blocks.flatMap((block) => (block.kind === 'table' ? rowsOf(block) : [block.text]))]);
}

const rowsOf = ({ rows }: TableBlock) => rows.map((row) => row.map(({ text }) => text).join('|'));

/** The same of one side of a comparison: the newer text without what was removed, or the older one without what was added. */
export function sideOf({ sections }: Comparison, side: 'before' | 'after'): string[] {
  const own = sections.filter((section) => section[side].length > 0).sort((a, b) => (a[side][0]?.index ?? 0) - (b[side][0]?.index ?? 0));
  return own.flatMap(({ heading, blocks }) => [
    join(heading.words, side),
    ...blocks.flatMap((block) => {
      if (block.change === (side === 'before' ? 'added' : 'removed')) return [];
      if (block.kind === 'text') return join(block.words, side).split(BREAK);
      const rows = block.rows.filter(({ change }) => change !== (side === 'before' ? 'added' : 'removed'));
      // A cell that the other table only has is no cell here; one that a short row lacks has no words.
      return rows.map(({ cells }) =>
        cells
          .flatMap((cell) => (cell[side] ? [join(cell.words, side)] : []))
          .join('|')
          .replace(/\|+$/, ''),
      );
    }),
  ]);
}

function join(words: readonly WordChange[], side: 'before' | 'after'): string {
  const other = side === 'before' ? 'added' : 'removed';
  return words.map((word) => (word.kind === other ? '' : side === 'before' ? (word.before ?? word.text) : word.text)).join('');
}

/** Rows of different length count as the same where only cells without words are missing at the end. */
export const trimRows = (lines: readonly string[]) => lines.map((line) => line.replace(/\|+$/, ''));
