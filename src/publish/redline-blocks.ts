import type { BlockChange, SectionName, TextChange } from '../model/change.ts';
import { blockText, type TextBlock } from '../model/plain-text.ts';
import { escapeHtml } from './escape-html.ts';
import { foldUnchanged } from './fold-unchanged.ts';
import { joinInlines, markWords, type RedlinePage, renderInline, speak, startPlace } from './redline-inline.ts';
import { renderTable } from './redline-table.ts';

/** A block as an element, with where it stands in lists. */
interface Entry {
  kind: TextBlock['kind'] | 'table';
  depth: number;
  html: string;
}

/** How blocks are shown. */
export interface BlockOptions {
  /** They are marked and counted by themselves; not so where their section is new or gone. */
  own: boolean;
  /** Sections of the newer text whose headings are among the blocks, in order. */
  sections: readonly SectionName[];
}

/** The blocks of a section: those that changed, what stands next to them, and the rest folded away. */
export function renderBlocks(blocks: readonly BlockChange[], page: RedlinePage, { own, sections }: BlockOptions): string {
  const waiting = [...sections];
  const runs = own ? foldUnchanged(blocks, ({ change }) => change === 'same') : [{ folded: false, items: blocks }];
  return runs
    .map(({ folded, items }) => {
      const html = layOut(items.flatMap((block) => toEntries(block, page, { own, whole: folded || !own, waiting })));
      return folded ? `<details class="unchanged"><summary>${page.words.unchangedWords(countWords(items))}</summary>${html}</details>` : html;
    })
    .join('\n');
}

const countWords = (blocks: readonly BlockChange[]) =>
  blocks.reduce((sum, block) => {
    const shown = block.kind === 'table' ? [block.after ?? block.before] : block.after;
    return sum + shown.reduce((words, text) => words + (text ? blockText(text).split(/\s+/).filter(Boolean).length : 0), 0);
  }, 0);

interface EntryOptions {
  own: boolean;
  whole: boolean;
  /** Sections whose headings are still to come. */
  waiting: SectionName[];
}

function toEntries(block: BlockChange, page: RedlinePage, { own, whole, waiting }: EntryOptions): Entry[] {
  if (block.kind === 'table') return [{ kind: 'table', depth: (block.after ?? block.before)?.depth ?? 0, html: renderTable(block, page, { whole, own }) }];
  const shown = block.after.length > 0 ? block.after : block.before;
  const gone = block.change === 'added' || block.change === 'removed' ? block.change : undefined;
  const place = gone && own ? startPlace(page) : '';
  return writeTexts(block, page, own).map((html, index) => {
    const text = shown[Math.min(index, shown.length - 1)] as TextBlock;
    const id = block.after.length > 0 && text.kind === 'heading' ? nameHeading(text, waiting, page) : '';
    return {
      kind: text.kind,
      depth: text.depth,
      html: wrap(text, html, { className: gone ?? '', place: index === 0 ? place : '', id, level: page.level + 1 }),
    };
  });
}

/** What each block of a change says, marked. */
function writeTexts({ change, before, after, words }: TextChange, page: RedlinePage, own: boolean): string[] {
  const newline = (after[0] ?? before[0])?.kind === 'code' ? '\n' : '<br>';
  if (change === 'added' || change === 'removed') {
    const [tag, side] = change === 'added' ? (['ins', 'after'] as const) : (['del', 'before'] as const);
    return (change === 'added' ? after : before).map((text, index) => {
      const spoken = own && index === 0 ? speak(page.words.spoken[change]) : '';
      return text.text === '' ? '' : `<${tag}>${spoken}${renderInline(text, side, page, newline)}</${tag}>`;
    });
  }
  return markWords(words, joinInlines(before), joinInlines(after), page, newline);
}

/** The id of a heading that begins a further section of a group: each section can be linked to. */
function nameHeading({ text }: TextBlock, waiting: SectionName[], { ids }: RedlinePage): string {
  const squashed = text.replace(/\s+/g, '');
  const index = waiting.findIndex(({ number, title }) => squashed.includes(number) && squashed.endsWith(title.replace(/\s+/g, '')));
  const [section] = index < 0 ? [] : waiting.splice(0, index + 1).slice(-1);
  return section?.anchor ? ` id="${escapeHtml(ids + section.anchor)}"` : '';
}

interface Wrapping {
  className: string;
  place: string;
  id: string;
  level: number;
}

function wrap({ kind, label }: TextBlock, html: string, { className, place, id, level }: Wrapping): string {
  const names = [kind === 'note' ? 'note' : '', className].filter(Boolean).join(' ');
  const attributes = `${names ? ` class="${names}"` : ''}${place}`;
  const mark = label === undefined ? '' : `<span class="label">${escapeHtml(label)}</span> `;
  if (kind === 'code') return `<pre${attributes}><code>${html}</code></pre>`;
  if (kind === 'quote') return `<blockquote><p${attributes}>${mark}${html}</p></blockquote>`;
  if (kind !== 'heading') return `<p${attributes}>${mark}${html}</p>`;
  const tag = `h${Math.min(6, level)}`;
  const inner = `<${tag}${id || attributes}>${html}</${tag}>`;
  // The id of the section goes first; that of the change, where there are both, around it.
  return id && attributes ? `<div${attributes}>${inner}</div>` : inner;
}

/** Blocks one after another, items in nested lists by their depth; what an item holds beside its text stays in it. */
function layOut(entries: readonly Entry[]): string {
  let html = '';
  let open = 0;
  const closeTo = (depth: number): void => {
    for (; open > depth; open -= 1) html += '</li></ul>';
  };
  // A depth that no item opened has an item without a mark.
  const openTo = (depth: number): void => {
    for (; open < depth; open += 1) html += '<ul class="items"><li>';
  };
  for (const entry of entries) {
    const depth = entry.kind === 'item' ? Math.max(1, entry.depth) : entry.depth;
    closeTo(depth);
    if (entry.kind === 'item' && open === depth) html += '</li><li>';
    else openTo(depth);
    html += entry.html;
  }
  closeTo(0);
  return html;
}
