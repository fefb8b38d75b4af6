import type { Nodes } from 'mdast';
import { fromHtml } from './html-tree.ts';

/** Every character of a text that a reader sees, in order, from its Markdown tree; line ends, which only break lines, left out. */
export function visibleMarkdown(node: Nodes): string {
  return flatten(node).replace(/[\r\n]/g, '');
}

function flatten(node: Nodes): string {
  if (node.type === 'text' || node.type === 'inlineCode' || node.type === 'code') return node.value;
  if (node.type === 'html') return fromHtml(node.value);
  // A picture is shown as a link that carries its description.
  if (node.type === 'image') return node.alt || node.url;
  if (node.type === 'imageReference') return node.alt ?? '';
  if (node.type === 'footnoteReference' || node.type === 'footnoteDefinition' || node.type === 'definition') return '';
  return 'children' in node ? node.children.map(flatten).join('') : '';
}

/** The same of the notes, in the order in which they are named. */
export function visibleNotes(root: Nodes): string {
  const notes = new Map<string, Nodes>();
  const named = new Set<string>();
  const visit = (node: Nodes): void => {
    if (node.type === 'footnoteDefinition') notes.set(node.identifier.toUpperCase(), node);
    else if (node.type === 'footnoteReference') named.add(node.identifier.toUpperCase());
    if ('children' in node) for (const child of node.children) visit(child);
  };
  visit(root);
  const texts = [...named].flatMap((name) => ((notes.get(name) as { children?: Nodes[] } | undefined)?.children ?? []).map(flatten));
  return texts.join('').replace(/[\r\n]/g, '');
}

/** The same of a page's HTML: the text without the numbers of its notes, and the notes without their ways back. */
export function visibleHtml(html: string): { text: string; notes: string } {
  const [text = '', notes = ''] = html.split(/<section [^>]*data-footnotes[^>]*>/);
  const plain = (part: string) => fromHtml(part).replace(/[\r\n]/g, '');
  return {
    text: plain(text.replace(/<sup><a [^>]*data-footnote-ref[^>]*>\d+<\/a><\/sup>/g, '')),
    notes: plain(notes.replace(/<h2[^>]*>[^<]*<\/h2>/, '').replace(/\s?<a [^>]*data-footnote-backref[^>]*>.*?<\/a>/g, '')),
  };
}

/** Characters that typographic conversion would change, counted. */
export function typography(text: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const character of text.match(/[\u2018-\u201f\u2010-\u2015\u2026\u00a0\u00ab\u00bb\u202f]/g) ?? []) counts[character] = (counts[character] ?? 0) + 1;
  return counts;
}
