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
import { fullName, whatHappened } from './changed-sections.ts';
import { changedSections, comparisonBlocks, comparisonTitle, spaceWords, type TextComparison, type ToldComparisons } from './comparison-message.ts';
import { cleanText, escapeMarkdown, messageMarkdown } from './message.ts';
import { type NoticeWords, noticeWords } from './notice-words.ts';

export interface MarkdownOptions {
  /** The most characters that the whole may have. */
  limit: number;
  /** The command that shows all of a comparison. */
  command(compared: TextComparison): string;
}

/** What a comment on GitHub can hold. */
export const GITHUB_LIMIT = 65_536;

/** Kept free for saying what was left out. */
const RESERVE = 800;
const MOST_NAMED = 12;

/**
 * Comparisons as Markdown for a pull request: what changed in brief, then each changed section, folded, with what was
 * added in `<ins>` and what was removed in `<del>`. Where all of it does not fit, whole sections are left out, and a
 * sentence says which and how to see them.
 */
export function writeMarkdownRedline({ comparisons, sentences }: ToldComparisons, { limit, command }: MarkdownOptions): string {
  const words = noticeWords('en');
  const told = sentences.map((sentence) => `${escapeMarkdown(sentence)}\n`);
  let room = limit - told.join('\n').length;
  const texts = comparisons.map((compared, index) => {
    // Each gets its share of the room; what one leaves, the others have.
    const text = writeComparison(compared, words, Math.floor(room / (comparisons.length - index)) - 1, command(compared));
    room -= text.length + 1;
    return text;
  });
  return [...texts, ...told].join('\n');
}

function writeComparison(compared: TextComparison, words: NoticeWords, limit: number, command: string): string {
  const changes = changedSections(compared.comparison);
  const blocks = comparisonBlocks(compared, words);
  const title = `## ${escapeMarkdown(comparisonTitle(compared, words))}\n\n`;
  const brief = messageMarkdown(blocks);
  const fits = title.length + brief.length <= limit - RESERVE;
  let text = title + (fits ? brief : messageMarkdown(blocks.slice(0, 1)));
  const leftOut: string[] = [];
  for (const change of changes) {
    const section = `\n${writeSection(change, words)}\n`;
    if (text.length + section.length <= limit - RESERVE) text += section;
    else leftOut.push(escapeMarkdown(nameSection(change, words, 60)));
  }
  return text + tellRest({ leftOut, fits, command, shown: changes.length - leftOut.length }, words);
}

interface Rest {
  leftOut: readonly string[];
  fits: boolean;
  command: string;
  shown: number;
}

/** Nothing is left out in silence. */
function tellRest({ leftOut, fits, command, shown }: Rest, words: NoticeWords): string {
  const note = shown > 0 ? '\nOnly what changed is shown: paragraphs and rows that are the same are left out.\n' : '';
  if (leftOut.length === 0 && fits) return note;
  const named = leftOut.length > MOST_NAMED ? [...leftOut.slice(0, MOST_NAMED), `${words.number(leftOut.length - MOST_NAMED)} more`] : leftOut;
  const parts = [...(fits ? [] : ['the list of what changed']), ...(leftOut.length > 0 ? [`the text of ${words.list(named)}`] : [])];
  return `${note}\n**Left out, for it would not fit into a comment: ${parts.join(', and ')}.** This command shows all of it: \`${command}\`\n`;
}

function nameSection({ before, after }: SectionChange, words: NoticeWords, most: number): string {
  const name = fullName(after[0] ?? before[0] ?? { number: '', title: '' }, words);
  return [...name].length > most ? `${[...name].slice(0, most).join('')}…` : name;
}

/** One piece of HTML without an empty line, which would end it for a Markdown reader. */
function writeSection(change: SectionChange, words: NoticeWords): string {
  const name = `${markCell(change.heading) || escapeText(words.opensText)}: ${escapeText(whatHappened(change, words))}`;
  const blocks = change.blocks.filter((block) => block.change !== 'same').map(writeBlock);
  return ['<details>', `<summary>${name}</summary>`, ...blocks, '</details>'].join('\n');
}

const writeBlock = (block: BlockChange) => (block.kind === 'text' ? writeText(block) : writeTable(block));

function writeText({ words, before, after }: TextChange): string {
  const shown = after[0] ?? before[0];
  const text = markWords(words, shown?.kind === 'code' ? '&#10;' : '<br>');
  if (shown?.kind === 'code') return `<pre>${text}</pre>`;
  const label = shown?.label === undefined ? '' : `${escapeText(shown.label)} `;
  return `<p>${'&emsp;'.repeat(shown?.depth ?? 0)}${label}${text}</p>`;
}

/** Only rows that changed, under the table's head. */
function writeTable({ rows }: TableChange): string {
  const shown = rows.filter(({ head, change }) => head || change !== 'same');
  return ['<table>', ...shown.map(writeRow), '</table>'].join('\n');
}

function writeRow({ head, cells }: RowChange): string {
  const name = head ? 'th' : 'td';
  return `<tr>${cells.map((cell) => `<${name}>${markCell(cell)}</${name}>`).join('')}</tr>`;
}

const markCell = ({ change, before, after, words }: CellChange) =>
  change === 'same' ? escapeText((after ?? before)?.text ?? '', '<br>') : markWords(words, '<br>');

function markWords(words: readonly WordChange[], lineEnd: string): string {
  return spaceWords(words)
    .map(({ kind, text }) => {
      const shown = text === BREAK ? (kind === 'same' ? '' : '¶') : escapeText(text, lineEnd);
      const marked = kind === 'same' || shown === '' ? shown : kind === 'added' ? `<ins>${shown}</ins>` : `<del>${shown}</del>`;
      return text === BREAK && kind !== 'removed' ? `${marked}${lineEnd}` : marked;
    })
    .join('');
}

/** `@name` and `#1` are no mentions: GitHub looks for them in HTML too. */
function escapeText(text: string, lineEnd = ' '): string {
  return cleanText(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[@#](?=[A-Za-z0-9])/g, '$&<!-- -->')
    .replace(/\r?\n|\r/g, lineEnd);
}
