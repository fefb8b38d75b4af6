import type { Nodes } from 'hast';
import { raw } from 'hast-util-raw';

/** The text of HTML as a browser would read it out, without what is hidden in comments. */
export function fromHtml(html: string): string {
  return textOf(raw({ type: 'root', children: [{ type: 'raw', value: html } as never] }));
}

/** All text in a part of a tree. */
export function textOf(node: Nodes): string {
  if (node.type === 'text') return node.value;
  return 'children' in node ? node.children.map(textOf).join('') : '';
}
