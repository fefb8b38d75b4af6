import {
  type BlockChange,
  BREAK,
  type CellChange,
  type RowChange,
  type SectionChange,
  type TableChange,
  type TextChange,
  type WordChange,
} from '../model/change.ts';
import { whatHappened } from './changed-sections.ts';
import { changedSections, comparisonBlocks, comparisonTitle, spaceWords, type TextComparison } from './comparison-message.ts';
import { messageText } from './message.ts';
import { type NoticeWords, noticeWords } from './notice-words.ts';

/** How a comparison is written for a terminal. */
export interface PlainOptions {
  color: boolean;
}

const MARKS = { removed: ['[-', '-]', 31], added: ['{+', '+}', 32] } as const;
const BOLD = 1;
const DIM = 2;

/**
 * A comparison as text: what changed in brief, then each changed section with its changed blocks. What was removed stands
 * in `[-…-]`, what was added in `{+…+}`, as `git diff --word-diff` has it; colour only comes on top. Cells of a table are
 * parted by ` | `, and the head of a table stands above its changed rows.
 */
export function writePlainRedline(compared: TextComparison, options: PlainOptions): string {
  const words = noticeWords('en');
  const title = comparisonTitle(compared, words);
  const brief = [paint(title, BOLD, options), '='.repeat([...title].length), '', printable(messageText(comparisonBlocks(compared, words)))];
  return [brief.join('\n'), ...changedSections(compared.comparison).map((change) => writeSection(change, words, options))].join('\n');
}

function writeSection(change: SectionChange, words: NoticeWords, options: PlainOptions): string {
  const name = markCell(change.heading, options) || words.opensText;
  const lines = change.blocks.filter((block) => block.change !== 'same').flatMap((block) => ['', ...writeBlock(block, options)]);
  const head = `## ${name}: ${printable(whatHappened(change, words))}`;
  return `${[change.heading.change === 'same' ? paint(head, BOLD, options) : head, ...lines].join('\n')}\n`;
}

function writeBlock(block: BlockChange, options: PlainOptions): string[] {
  return block.kind === 'text' ? writeText(block, options) : writeTable(block, options);
}

function writeText({ words, before, after }: TextChange, options: PlainOptions): string[] {
  const shown = after[0] ?? before[0];
  const indent = ' '.repeat(2 + 2 * (shown?.depth ?? 0));
  const label = shown?.label === undefined ? '' : `${printable(shown.label)} `;
  return `${label}${markWords(words, options)}`.split('\n').map((line) => indent + line);
}

/** Only rows that changed, under the table's head. */
function writeTable({ rows, before, after }: TableChange, options: PlainOptions): string[] {
  const indent = ' '.repeat(2 + 2 * ((after ?? before)?.depth ?? 0));
  const shown = rows.filter(({ head, change }) => head || change !== 'same');
  return shown.map((row) => indent + (row.change === 'same' ? paint(writeRow(row, options), DIM, options) : writeRow(row, options)));
}

/** One line. A row that is new or gone is marked as a whole. */
function writeRow({ change, cells }: RowChange, options: PlainOptions): string {
  const texts = cells.map((cell) => oneLine(change === 'changed' || change === 'same' ? markCell(cell, options) : cellText(cell)));
  const row = texts.join(' | ');
  return change === 'added' || change === 'removed' ? mark(change, row, options) : row;
}

/** What a cell or heading says, marked where it changed. */
function markCell(cell: CellChange, options: PlainOptions): string {
  return oneLine(cell.change === 'same' ? cellText(cell) : markWords(cell.words, options));
}

const cellText = ({ before, after }: CellChange) => printable((after ?? before)?.text ?? '');

/** Where a block was split or joined, the sign of a paragraph is what came or went; new blocks begin a line. */
function markWords(words: readonly WordChange[], options: PlainOptions): string {
  return spaceWords(words)
    .map(({ kind, text }) => {
      if (text === BREAK) return kind === 'removed' ? mark(kind, '¶', options) : `${kind === 'added' ? mark(kind, '¶', options) : ''}\n`;
      return kind === 'same' ? printable(text) : mark(kind, printable(text), options);
    })
    .join('');
}

/** White space at the ends of a stretch stays outside of its marks, where it would not show. */
function mark(kind: 'added' | 'removed', text: string, options: PlainOptions): string {
  const [open, close, color] = MARKS[kind];
  const [, first = '', inner = '', last = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text) ?? [];
  return inner === '' ? paint(`${open}${text}${close}`, color, options) : `${first}${paint(`${open}${inner}${close}`, color, options)}${last}`;
}

const paint = (text: string, code: number, { color }: PlainOptions) => (color ? `\u001b[${code}m${text}\u001b[0m` : text);
const oneLine = (text: string) => text.replace(/\s*\n\s*/g, ' ');

/** A policy text must not steer a terminal: control characters and those that turn the direction of writing are replaced. */
const CONTROLS = /(?![\n\t])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu;
const printable = (text: string) => text.replace(CONTROLS, '\ufffd');
