import type { Element, ElementContent, Root as HtmlRoot, Nodes, Text } from 'hast';
import { raw } from 'hast-util-raw';
import { defaultSchema, type Schema, sanitize } from 'hast-util-sanitize';
import { toHtml } from 'hast-util-to-html';
import type { Nodes as MarkdownNodes, Root, RootContent, Table } from 'mdast';
import { defaultHandlers, type State, toHast } from 'mdast-util-to-hast';
import type { PolicyDocument, Section } from '../model/document.ts';
import { findReferences } from '../model/reference.ts';
import { headingSlugs } from './heading-slugs.ts';
import { finishProfileTables, type ProfileHref, placeCaption, runningParagraph } from './included-profile.ts';

/** A text as HTML, and its headings as a tree for the list of contents. */
export interface RenderedText {
  html: string;
  contents: readonly Heading[];
}

export interface Heading {
  number: string;
  title: string;
  anchor: string;
  children: readonly Heading[];
}

export interface RenderOptions {
  /** What is put under a section's heading, for an author's view of a draft. */
  remarks?: (section: Section) => readonly ElementContent[];
  /** Where the file of an included profile is. */
  profileHref?: ProfileHref;
}

/** Words that the renderer adds for people who do not see the page. */
export interface RenderWords {
  permalink: (section: string) => string;
  table: string;
  footnotes: string;
  backToText: string;
}

/** What stands before the ids that a text brings along. */
const PREFIX = 'note-';

/** What a text may not bring along: forms, scripts, frames, styles, ids that could take an anchor's place. */
export const ALLOWED: Schema = {
  ...defaultSchema,
  clobberPrefix: PREFIX,
  strip: ['script', 'style', 'template', 'iframe', 'object', 'noembed', 'noframes'],
  tagNames: [...(defaultSchema.tagNames ?? []).filter((name) => name !== 'input' && name !== 'img'), 'caption'],
};

/**
 * Renders a text: headings carry their section number as anchor and link to themselves, raw HTML is sanitised, and
 * "Section 4.9.1" becomes a link where that section exists. No character of the text is changed. A profile
 * that the text includes is a table whose rows have addresses.
 */
export function renderHtml(document: PolicyDocument, words: RenderWords, { remarks, profileHref }: RenderOptions = {}): RenderedText {
  const tree = toHast(toRoot(document.sections), {
    allowDangerousHtml: true,
    clobberPrefix: '',
    handlers: {
      table: (state: State, table: Table, parent: MarkdownNodes | undefined) => placeCaption(state, wideTable(state, table), table, parent, profileHref),
      paragraph: runningParagraph,
    },
    footnoteLabel: words.footnotes,
    footnoteBackLabel: (index) => `${words.backToText} ${index + 1}`,
  }) as HtmlRoot;
  const clean = sanitize(namePictures(resolveRaw(tree)), ALLOWED) as HtmlRoot;
  const anchors = new Map(document.sections.map((section) => [section.number, section.anchor]));
  finishProfileTables(clean, document.sections, PREFIX);
  const page = { anchors, slugs: headingSlugs(document.sections), notes: noteIds(clean), words };
  finishNodes(clean, page, false);
  const headings = anchorHeadings(clean, document.sections, words);
  if (remarks) clean.children = clean.children.flatMap((node) => [node, ...(headings.get(node) ? remarks(headings.get(node) as Section) : [])]);
  return { html: toHtml(clean), contents: toContents(document.sections) };
}

/** The whole text as one tree, so that definitions and footnotes hold across sections; heading depth follows the number. */
function toRoot(sections: readonly Section[]): Root {
  const children = sections.flatMap((section): RootContent[] => {
    const depth = Math.min(6, Math.max(2, section.level + 1)) as 2 | 3 | 4 | 5 | 6;
    return [...(section.heading ? [{ ...section.heading, depth }] : []), ...section.blocks];
  });
  return { type: 'root', children };
}

/** A row with more cells than the head would lose them, as GFM has it; nothing of a policy text may be lost. */
function wideTable(state: State, table: Table): Element {
  const widest = Math.max(...table.children.map((row) => row.children.length));
  const align = Array.from({ length: widest }, (_, column) => table.align?.[column] ?? null);
  return defaultHandlers.table(state, { ...table, align });
}

/** Pictures are not published with a text, and none may be fetched from elsewhere: their description links to them. */
export function namePictures(tree: HtmlRoot): HtmlRoot {
  visit(tree, (node) => {
    if (node.type !== 'element' || node.tagName !== 'img') return;
    const { src, alt } = node.properties;
    node.tagName = 'a';
    node.properties = { href: String(src ?? '') };
    node.children = [{ type: 'text', value: String(alt || src || '') }];
  });
  return tree;
}

/** Parses raw HTML in the blocks that have any. `<br>` and comments, by far the most frequent, need no parser. */
function resolveRaw(tree: HtmlRoot): HtmlRoot {
  replaceSimpleRaw(tree);
  const first = tree.children.findIndex(hasRaw);
  if (first < 0) return tree;
  const last = tree.children.findLastIndex(hasRaw);
  // Raw blocks can open an element that a later one closes, so all from the first to the last are parsed together.
  const parsed = raw({ type: 'root', children: tree.children.slice(first, last + 1) }) as HtmlRoot;
  return { type: 'root', children: [...tree.children.slice(0, first), ...parsed.children, ...tree.children.slice(last + 1)] };
}

function replaceSimpleRaw(node: Nodes): void {
  if (!('children' in node)) return;
  node.children = (node.children as ElementContent[]).flatMap((child): ElementContent[] => {
    if ((child as Nodes).type !== 'raw') {
      replaceSimpleRaw(child);
      return [child];
    }
    const { value } = child as unknown as { value: string };
    if (/^\s*<br\s*\/?>\s*$/i.test(value)) return [{ type: 'element', tagName: 'br', properties: {}, children: [] }];
    return /^\s*(?:<!--(?:(?!-->)[\s\S])*-->\s*)+$/.test(value) ? [] : [child];
  });
}

function hasRaw(node: Nodes): boolean {
  return node.type === 'raw' || ('children' in node && (node.children as Nodes[]).some(hasRaw));
}

function visit(node: Nodes, action: (node: Nodes) => void): void {
  action(node);
  if ('children' in node) for (const child of node.children) visit(child, action);
}

interface PageNames {
  anchors: ReadonlyMap<string, string>;
  slugs: ReadonlyMap<string, string>;
  notes: ReadonlySet<string>;
  words: RenderWords;
}

/** Ids as sanitising left them, by the name that links of the text use. */
function noteIds(tree: HtmlRoot): ReadonlySet<string> {
  const ids = new Set<string>();
  visit(tree, (node) => {
    if (node.type === 'element' && typeof node.properties['id'] === 'string') ids.add(node.properties['id']);
  });
  return ids;
}

/** One walk: local links to their anchors, tables into regions that scroll, section references to links. */
function finishNodes(node: HtmlRoot | Element, page: PageNames, linked: boolean): void {
  const inside = linked || (node.type === 'element' && ['a', 'code', 'pre', 'h2', 'h3', 'h4', 'h5', 'h6'].includes(node.tagName));
  if (node.type === 'element' && node.tagName === 'a') localLink(node, page);
  const children: ElementContent[] = [];
  for (const child of node.children as ElementContent[]) {
    if (child.type === 'element') finishNodes(child, page, inside);
    if (child.type === 'text' && !inside) children.push(...linkReferences(child, page.anchors));
    else children.push(child.type === 'element' && child.tagName === 'table' ? tableRegion(child, page.words) : child);
  }
  node.children = children;
}

function localLink(link: Element, { slugs, notes, anchors }: PageNames): void {
  const { href } = link.properties;
  if (typeof href !== 'string' || !href.startsWith('#')) return;
  const name = decode(href.slice(1));
  const anchor = slugs.get(name.toLowerCase()) ?? (anchors.get(name) || undefined);
  if (anchor) link.properties['href'] = `#${anchor}`;
  else if (notes.has(`note-${name}`)) link.properties['href'] = `#note-${name}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function tableRegion(table: Element, words: RenderWords): Element {
  for (const part of table.children) {
    if (part.type === 'element' && part.tagName === 'thead') {
      visit(part, (node) => {
        if (node.type === 'element' && node.tagName === 'th') node.properties['scope'] = 'col';
      });
    }
  }
  return { type: 'element', tagName: 'div', properties: { className: ['table'], tabIndex: 0, role: 'group', ariaLabel: words.table }, children: [table] };
}

function linkReferences(text: Text, anchors: ReadonlyMap<string, string>): ElementContent[] {
  const parts: ElementContent[] = [];
  let at = 0;
  for (const { start, end, number } of findReferences(text.value)) {
    const anchor = anchors.get(number);
    if (!anchor) continue;
    if (start > at) parts.push({ type: 'text', value: text.value.slice(at, start) });
    parts.push({
      type: 'element',
      tagName: 'a',
      properties: { className: ['reference'], href: `#${anchor}` },
      children: [{ type: 'text', value: text.value.slice(start, end) }],
    });
    at = end;
  }
  if (at === 0) return [text];
  return at < text.value.length ? [...parts, { type: 'text', value: text.value.slice(at) }] : parts;
}

/** Gives headings their anchors. Headings and sections come in the same order; raw HTML can add headings between them. */
function anchorHeadings(tree: HtmlRoot, sections: readonly Section[], words: RenderWords): ReadonlyMap<Nodes, Section> {
  const open = sections.filter((section) => section.heading);
  const found = new Map<Nodes, Section>();
  for (const node of tree.children) {
    const section = open[found.size];
    if (node.type !== 'element' || !/^h[2-6]$/.test(node.tagName) || !section || !sameHeading(node, section)) continue;
    found.set(node, section);
    node.properties['id'] = section.anchor;
    linkNumber(node, section, words);
  }
  return found;
}

function sameHeading(node: Element, section: Section): boolean {
  return plainText(node).replace(/\s+/g, '').includes(section.title.replace(/\s+/g, ''));
}

function plainText(node: Nodes): string {
  if (node.type === 'text') return node.value;
  return 'children' in node ? (node.children as Nodes[]).map(plainText).join('') : '';
}

/** The printed number is the link to the section; a heading without a number gets a sign after it, by style. */
function linkNumber(heading: Element, section: Section, words: RenderWords): void {
  const properties = { className: ['number'], href: `#${section.anchor}`, ariaLabel: words.permalink(section.number || section.title) };
  const first = heading.children[0];
  const at = first?.type === 'text' ? findNumber(first.value, section.number) : -1;
  if (first?.type !== 'text' || at < 0) {
    heading.children.push({ type: 'element', tagName: 'a', properties, children: [] });
    return;
  }
  const end = at + section.number.length;
  const printed = first.value.slice(0, first.value[end] === '.' ? end + 1 : end);
  const rest: Text = { type: 'text', value: first.value.slice(printed.length) };
  heading.children = [{ type: 'element', tagName: 'a', properties, children: [{ type: 'text', value: printed }] }, rest, ...heading.children.slice(1)];
}

/** Where a number stands in a heading as a word of its own, so not the A that begins "Appendix A"; -1 for nowhere. */
function findNumber(heading: string, number: string): number {
  const isWord = (character: string | undefined) => character !== undefined && /[\p{L}\p{N}]/u.test(character);
  let at = number === '' ? -1 : heading.indexOf(number);
  while (at >= 0 && (isWord(heading[at - 1]) || isWord(heading[at + number.length]))) at = heading.indexOf(number, at + 1);
  return at;
}

function toContents(sections: readonly Section[]): readonly Heading[] {
  const root: { level: number; children: Heading[] } = { level: 0, children: [] };
  const open = [root];
  for (const section of sections) {
    if (!section.heading || section.level > 3) continue;
    while (open.length > 1 && (open.at(-1)?.level ?? 0) >= section.level) open.pop();
    const children: Heading[] = [];
    open.at(-1)?.children.push({ number: section.number, title: section.title, anchor: section.anchor, children });
    open.push({ level: section.level, children });
  }
  return root.children;
}
