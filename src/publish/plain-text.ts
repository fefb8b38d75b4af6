import type { ListItem, Nodes, Parent, RootContent, Table } from 'mdast';
import { splitComments } from '../model/comment.ts';
import type { PolicyDocument, Section } from '../model/document.ts';
import type { Format, FormatKind, Inline, PlainBlock, PlainSection, PlainText, TextBlock } from '../model/plain-text.ts';
import { readHtmlBlocks } from './plain-html.ts';

/** A text without markup: what a reader of its page sees, in the order in which it is written (footnotes stand where they are). */
export function toPlainText({ sections }: PolicyDocument): PlainText {
  const targets = new Map<string, string>();
  for (const section of sections) for (const block of section.blocks) collectTargets(block, targets);
  return { sections: sections.map((section) => toPlainSection(section, targets)) };
}

type Targets = ReadonlyMap<string, string>;

function toPlainSection({ number, title, anchor, level, heading, blocks }: Section, targets: Targets): PlainSection {
  const plain: PlainBlock[] = [];
  for (const block of blocks) addBlock(block, { plain, targets, depth: 0, kind: 'paragraph', label: undefined });
  return { number, title, anchor, level, heading: heading ? toInline(heading.children, targets) : { text: '' }, blocks: plain };
}

/** Where links that are written by reference lead. */
function collectTargets(node: Nodes, targets: Map<string, string>): void {
  if (node.type === 'definition') targets.set(node.identifier, node.url);
  else if ('children' in node && node.type !== 'paragraph' && node.type !== 'table') for (const child of node.children) collectTargets(child, targets);
}

/** Where blocks go, and what the next paragraph is: the first one of an item or footnote has its kind and label. */
interface Place {
  plain: PlainBlock[];
  targets: Targets;
  depth: number;
  kind: TextBlock['kind'];
  label: string | undefined;
}

/** Definitions of links and rules across the page say nothing by themselves. */
function addBlock(node: RootContent | ListItem, place: Place): void {
  const { plain, targets, depth } = place;
  if (node.type === 'paragraph') addText(toInline(node.children, targets), place);
  else if (node.type === 'heading') addText(toInline(node.children, targets), { ...place, kind: 'heading' });
  else if (node.type === 'code') plain.push({ kind: 'code', depth, text: node.value });
  else if (node.type === 'table') plain.push(toTable(node, place));
  else if (node.type === 'html') plain.push(...readHtmlBlocks(node.value, depth));
  else if (node.type === 'list')
    for (const [index, item] of node.children.entries()) addItem(item, node.ordered ? `${(node.start ?? 1) + index}.` : '•', place);
  else if (node.type === 'blockquote') for (const child of node.children) addBlock(child, { ...place, kind: 'quote' });
  else if (node.type === 'footnoteDefinition') addParts(node.children, { ...place, kind: 'note', label: node.label ?? node.identifier });
}

function addText(inline: Inline, { plain, depth, kind, label }: Place): void {
  if (inline.text !== '' || label !== undefined) plain.push({ kind, depth, ...(label !== undefined && { label }), ...inline });
}

function addItem(item: ListItem, mark: string, place: Place): void {
  const box = item.checked === true ? ' ☑' : item.checked === false ? ' ☐' : '';
  addParts(item.children, { ...place, depth: place.depth + 1, kind: 'item', label: `${mark}${box}` });
}

/** The first paragraph carries the kind and the label; an item that begins with something else has them on their own. */
function addParts(children: readonly RootContent[], place: Place): void {
  const [first, ...others] = children;
  const rest: Place = { ...place, kind: place.kind === 'note' ? 'note' : 'paragraph', label: undefined };
  if (first?.type === 'paragraph') addBlock(first, place);
  else addText({ text: '' }, place);
  for (const child of first?.type === 'paragraph' || !first ? others : children) addBlock(child, rest);
}

/** Every row as long as it was written: GFM would drop cells beyond the head's. */
function toTable({ children }: Table, { depth, targets }: Place): PlainBlock {
  return { kind: 'table', depth, rows: children.map((row) => row.children.map((cell) => toInline(cell.children, targets))) };
}

const FORMATS: Readonly<Record<string, FormatKind>> = {
  strong: 'strong',
  emphasis: 'emphasis',
  inlineCode: 'code',
  delete: 'struck',
  link: 'link',
  linkReference: 'link',
  image: 'link',
  footnoteReference: 'superscript',
};

/** Elements of raw HTML that set running text. */
const ELEMENTS: Readonly<Record<string, FormatKind>> = {
  b: 'strong',
  strong: 'strong',
  i: 'emphasis',
  em: 'emphasis',
  code: 'code',
  del: 'struck',
  s: 'struck',
  sup: 'superscript',
  sub: 'subscript',
};

/** Running text while it is put together; `open` are raw elements that have not ended yet. */
interface Writing {
  text: string;
  formats: Format[];
  open: { name: string; start: number }[];
  targets: Targets;
}

function toInline(nodes: readonly Nodes[], targets: Targets): Inline {
  const writing: Writing = { text: '', formats: [], open: [], targets };
  for (const node of nodes) write(node, writing);
  return finishInline(writing.text, writing.formats);
}

/** Takes white space off both ends, and empty formats out. */
export function finishInline(raw: string, formats: readonly Format[]): Inline {
  const text = raw.replace(/^[ \n]+|[ \n]+$/g, '');
  const cut = raw.length - raw.replace(/^[ \n]+/, '').length;
  const kept = formats.flatMap(([start, end, kind, target]): Format[] => {
    const from = Math.max(0, start - cut);
    const to = Math.min(text.length, end - cut);
    return from < to ? [target === undefined ? [from, to, kind] : [from, to, kind, target]] : [];
  });
  return kept.length > 0 ? { text, formats: kept } : { text };
}

function write(node: Nodes, writing: Writing): void {
  const start = writing.text.length;
  if (node.type === 'text' || node.type === 'inlineCode') writing.text += node.value.replace(/[ \t\r\n\f]+/g, ' ');
  else if (node.type === 'break') writing.text += '\n';
  else if (node.type === 'image') writing.text += node.alt || node.url;
  else if (node.type === 'imageReference') writing.text += node.alt ?? '';
  else if (node.type === 'footnoteReference') writing.text += `[${node.label ?? node.identifier}]`;
  else if (node.type === 'html') writeHtml(node.value, writing);
  else if ('children' in node) for (const child of (node as Parent).children) write(child as Nodes, writing);
  const kind = FORMATS[node.type];
  if (!kind) return;
  const target = 'url' in node ? node.url : node.type === 'linkReference' ? writing.targets.get(node.identifier) : undefined;
  writing.formats.push(target === undefined ? [start, writing.text.length, kind] : [start, writing.text.length, kind, target]);
}

/** A piece of raw HTML within running text: a tag, a line break, or a comment, which nobody sees. */
function writeHtml(html: string, writing: Writing): void {
  for (const [, end, tag = ''] of splitComments(html).rest.matchAll(/<(\/?)([A-Za-z][A-Za-z0-9-]*)[^>]*>/g)) {
    const name = tag.toLowerCase();
    if (name === 'br') writing.text += '\n';
    else if (!end) writing.open.push({ name, start: writing.text.length });
    else {
      const index = writing.open.findLastIndex((open) => open.name === name);
      const kind = ELEMENTS[name];
      const [opened] = index < 0 ? [] : writing.open.splice(index, 1);
      if (opened && kind) writing.formats.push([opened.start, writing.text.length, kind]);
    }
  }
}
