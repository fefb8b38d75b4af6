import type { Element, ElementContent, Root as HtmlRoot, Nodes } from 'hast';
import type { Nodes as MarkdownNodes, Paragraph, RootContent, Table } from 'mdast';
import { defaultHandlers, type State } from 'mdast-util-to-hast';
import type { Section } from '../model/document.ts';

/** Where the file of an included profile is. */
export type ProfileHref = (id: string) => string | undefined;

/** Puts the caption of a table that shows a profile, which stands before it in the text, into the table. The profile's id in it links to its file. */
export function placeCaption(state: State, element: Element, table: Table, parent: MarkdownNodes | undefined, profileHref: ProfileHref | undefined): Element {
  const siblings: readonly MarkdownNodes[] = parent && 'children' in parent ? parent.children : [];
  const before = siblings[siblings.indexOf(table) - 1];
  const id = before?.type === 'paragraph' ? before.data?.captionOf : undefined;
  if (before?.type !== 'paragraph' || id === undefined) return element;
  const href = profileHref?.(id);
  const children = (state.all(before) as ElementContent[]).map((child) => (href !== undefined && isCode(child) ? toLink(child, href) : child));
  return { ...element, children: [{ type: 'element', tagName: 'caption', properties: {}, children }, ...element.children] };
}

const isCode = (node: ElementContent): boolean => node.type === 'element' && node.tagName === 'code';
const toLink = (child: ElementContent, href: string): Element => ({ type: 'element', tagName: 'a', properties: { href }, children: [child] });

/** A paragraph, unless it is a caption, which stands in its table. */
export function runningParagraph(state: State, paragraph: Paragraph): Element | undefined {
  return paragraph.data?.captionOf === undefined ? defaultHandlers.paragraph(state, paragraph) : undefined;
}

/**
 * Finishes the tables of included profiles. Their rows get their addresses back, which sanitising has put behind `prefix` as it does with all
 * ids. Only names that the tables themselves have come back, each once, so nothing in a text takes another anchor's place.
 */
export function finishProfileTables(tree: HtmlRoot, sections: readonly Section[], prefix: string): void {
  const open = new Set(sections.flatMap(({ blocks }) => blocks.flatMap(rowAnchors)));
  if (open.size > 0) openIn(tree, open, prefix);
}

function openIn(node: Nodes, open: Set<string>, prefix: string): void {
  if (node.type === 'element' && node.tagName === 'tr') {
    const id = String(node.properties['id'] ?? '').slice(prefix.length);
    if (open.delete(id)) node.properties['id'] = id;
  }
  if (node.type === 'element' && node.tagName === 'th' && node.properties['scope'] === 'row') node.children.forEach(breakAtDots);
  if ('children' in node) for (const child of node.children) openIn(child, open, prefix);
}

/** Names of fields are long: a line may end after each of their parts. */
function breakAtDots(node: ElementContent): void {
  const [text] = node.type === 'element' && node.tagName === 'code' ? node.children : [];
  if (node.type !== 'element' || text?.type !== 'text') return;
  const parts = text.value.split(/(?<=\.)/).map((value): ElementContent => ({ type: 'text', value }));
  node.children = parts.flatMap((part, index) => (index > 0 ? [{ type: 'element', tagName: 'wbr', properties: {}, children: [] }, part] : [part]));
}

const rowAnchors = (block: RootContent): readonly string[] => (block.type === 'table' ? block.children.flatMap(({ data }) => data?.hProperties?.id ?? []) : []);
