import { BREAK, type WordChange } from '../model/change.ts';
import type { Format, Inline } from '../model/plain-text.ts';
import { escapeHtml } from './escape-html.ts';
import type { RedlineWords } from './redline-words.ts';

export type Side = 'before' | 'after';

/** What the parts of one redline share. */
export interface RedlinePage {
  words: RedlineWords;
  /** Level of the sections' headings. */
  level: number;
  /** What the ids of this redline begin with, and those of its changed places, which are counted in the order of reading. */
  ids: string;
  placeIds: string;
  places: number;
  /** Address of what a link within a text leads to, on the page of that text. */
  resolve(target: string, side: Side): string | undefined;
}

/** Attributes of the next changed place: where the list of changes and the keyboard lead. */
export function startPlace(page: RedlinePage): string {
  page.places += 1;
  return ` id="${escapeHtml(page.placeIds)}${page.places}" data-change="${page.places}"`;
}

/**
 * Words for those who hear the page; copying leaves them out. They are elements, for not every screen reader says
 * generated content or the roles of `ins` and `del`; they begin each mark and end each place (not each mark, which would
 * tire), and a whole block, row or section has its own end.
 */
export const speak = (text: string) => `<span class="spoken">${escapeHtml(text)}</span>`;

/** Text with its formats. */
export function renderInline(inline: Inline, side: Side, page: RedlinePage, newline = '<br>'): string {
  return renderStretch(inline, 0, inline.text.length, { side, page, newline });
}

/** Blocks as one text, with the sign of a break between them. */
export function joinInlines(inlines: readonly Inline[]): Inline {
  const [first] = inlines;
  if (first && inlines.length === 1) return first;
  const formats: Format[] = [];
  let length = 0;
  for (const inline of inlines) {
    for (const [start, end, kind, target] of inline.formats ?? []) {
      formats.push(target === undefined ? [start + length, end + length, kind] : [start + length, end + length, kind, target]);
    }
    length += inline.text.length + BREAK.length;
  }
  return { text: inlines.map(({ text }) => text).join(BREAK), formats };
}

interface Writing {
  page: RedlinePage;
  /** What a line break is: an element, or itself in code. */
  newline: string;
  older: Inline;
  newer: Inline;
  /** How far each text is written. */
  a: number;
  b: number;
  /** One for each block. */
  blocks: string[];
  /** Whether the last words written are a changed place, and whether its element is open. */
  place: 'none' | 'open' | 'interrupted';
}

/**
 * Words that both texts have, with their changes; one string for each block of the newer text. A deletion and the
 * insertion next to it are one place. A place that goes on in the next block has two elements, of
 * which the first bears the id.
 */
export function markWords(words: readonly WordChange[], older: Inline, newer: Inline, page: RedlinePage, newline = '<br>'): string[] {
  const writing: Writing = { page, newline, older, newer, a: 0, b: 0, blocks: [''], place: 'none' };
  words.forEach((word, index) => {
    if (word.kind === 'same') writeSame(writing, word);
    else writeChange(writing, word.kind, word.text, word.kind === 'removed' && ranTogether(words[index - 1]));
  });
  endPlace(writing);
  return writing.blocks;
}

/** White space that only the older text has counts as the same and is not shown: what was removed after it needs one of its own. */
const ranTogether = (last: WordChange | undefined) => last?.kind === 'same' && /\s$/.test(last.before ?? '') && !/\s$/.test(last.text);

function write(writing: Writing, html: string): void {
  writing.blocks[writing.blocks.length - 1] += html;
}

/** How the older text spells it is not shown, but is there: nothing of either text is lost. */
function writeSame(writing: Writing, { text, before }: WordChange): void {
  const { newer, b, page, newline } = writing;
  endPlace(writing);
  writing.a += (before ?? text).length;
  writing.b += text.length;
  if (text === BREAK) writing.blocks.push('');
  else {
    const html = renderStretch(newer, b, b + text.length, { side: 'after', page, newline });
    write(writing, before === undefined ? html : `<span data-before="${escapeHtml(before)}">${html}</span>`);
  }
}

function writeChange(writing: Writing, kind: 'added' | 'removed', text: string, apart: boolean): void {
  const { page, newline } = writing;
  const { spoken } = page.words;
  if (writing.place !== 'open') write(writing, `<span class="change"${writing.place === 'none' ? startPlace(page) : ''}>`);
  writing.place = 'open';
  if (kind === 'removed') {
    const start = writing.a;
    writing.a += text.length;
    const stretch = renderStretch(writing.older, start, writing.a, { side: 'before', page, newline });
    write(writing, text === BREAK ? markBreak('del', spoken.removedBreak) : `<del>${speak(spoken.removed)}${apart ? ' ' : ''}${stretch}</del>`);
  } else {
    const start = writing.b;
    writing.b += text.length;
    const stretch = renderStretch(writing.newer, start, writing.b, { side: 'after', page, newline });
    write(writing, text === BREAK ? markBreak('ins', spoken.addedBreak) : `<ins>${speak(spoken.added)}${stretch}</ins>`);
  }
  if (text !== BREAK || kind === 'removed') return;
  write(writing, '</span>');
  writing.place = 'interrupted';
  writing.blocks.push('');
}

const markBreak = (tag: 'ins' | 'del', spoken: string) => `<${tag} class="break">${speak(spoken)}</${tag}>`;

function endPlace(writing: Writing): void {
  if (writing.place === 'open') write(writing, `${speak(writing.page.words.spoken.end)}</span>`);
  writing.place = 'none';
}

interface Stretch {
  side: Side;
  page: RedlinePage;
  newline: string;
}

/** A format as elements, from one offset to another. */
interface Span {
  start: number;
  end: number;
  open: string;
  close: string;
  link: boolean;
}

/** Part of a text with its formats. Formats that overlap are cut, so that their elements nest. */
function renderStretch({ text, formats = [] }: Inline, start: number, end: number, stretch: Stretch): string {
  const inside = formats.filter(([from, to]) => from < end && to > start);
  const plain = (from: number, to: number) => escapeHtml(text.slice(from, to)).replaceAll('\n', stretch.newline);
  if (inside.length === 0) return plain(start, end);
  const spans = inside.flatMap((format) => toSpan(format, stretch) ?? []).sort((x, y) => x.start - y.start || y.end - x.end);
  const clip = (offset: number) => Math.min(end, Math.max(start, offset));
  const edges = [...new Set([start, end, ...spans.flatMap((span) => [clip(span.start), clip(span.end)])])].sort((x, y) => x - y);
  let html = '';
  let open: readonly Span[] = [];
  edges.slice(0, -1).forEach((from, index) => {
    const to = edges[index + 1] ?? end;
    const active = spans.filter((span) => span.start <= from && span.end >= to);
    // A link in a link would be no HTML.
    const wanted = active.filter((span) => !span.link || span === active.find(({ link }) => link));
    html += `${reopen(open, wanted)}${plain(from, to)}`;
    open = wanted;
  });
  return html + reopen(open, []);
}

/** Closes what is not wanted any more, with what was opened after it, and opens what is. */
function reopen(open: readonly Span[], wanted: readonly Span[]): string {
  const first = open.findIndex((span, index) => span !== wanted[index]);
  const kept = first < 0 ? open.length : first;
  const closed = open.slice(kept).reverse();
  return [...closed.map(({ close }) => close), ...wanted.slice(kept).map((span) => span.open)].join('');
}

const ELEMENTS = { strong: 'strong', emphasis: 'em', code: 'code', struck: 's', superscript: 'sup', subscript: 'sub' } as const;

function toSpan([start, end, kind, target = '']: Format, { side, page }: Stretch): Span | undefined {
  if (kind !== 'link') return { start, end, open: `<${ELEMENTS[kind]}>`, close: `</${ELEMENTS[kind]}>`, link: false };
  // Other schemes could run a program; addresses without one belong to another page than this.
  const href = target.startsWith('#') ? page.resolve(target.slice(1), side) : /^(?:https?|mailto):/i.test(target) ? target : undefined;
  return href === undefined ? undefined : { start, end, open: `<a href="${escapeHtml(href)}">`, close: '</a>', link: true };
}
