import type { Nodes, Root } from 'hast';
import { raw } from 'hast-util-raw';
import { sanitize } from 'hast-util-sanitize';
import type { PlainBlock } from '../model/plain-text.ts';
import { ALLOWED, namePictures } from './html.ts';

const BLOCKS = new Set([
  'p',
  'div',
  'li',
  'dt',
  'dd',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'tr',
  'caption',
  'summary',
  'details',
  'blockquote',
  'section',
  'ul',
  'ol',
  'dl',
]);

/** The blocks of a piece of raw HTML, as far as a page shows it: tables by row and cell, the rest as paragraphs. */
export function readHtmlBlocks(html: string, depth: number): readonly PlainBlock[] {
  const blocks: PlainBlock[] = [];
  const tree = sanitize(namePictures(raw({ type: 'root', children: [{ type: 'raw', value: html } as never] }) as Root), ALLOWED) as Root;
  let text = '';
  const close = (): void => {
    if (clean(text) !== '') blocks.push({ kind: 'paragraph', depth, text: clean(text) });
    text = '';
  };
  const walk = (node: Nodes): void => {
    if (node.type === 'text') text += node.value;
    if (node.type === 'element' && node.tagName === 'br') text += '\u0000';
    if (node.type === 'element' && node.tagName === 'pre') {
      close();
      blocks.push({ kind: 'code', depth, text: contentOf(node).replace(/\n$/, '') });
    } else if (node.type === 'element' && node.tagName === 'table') {
      close();
      blocks.push({ kind: 'table', depth, rows: rowsOf(node) });
    } else if ('children' in node) {
      const own = node.type === 'element' && BLOCKS.has(node.tagName);
      if (own) close();
      for (const child of node.children) walk(child);
      if (own) close();
    }
  };
  walk(tree);
  close();
  return blocks;
}

/** White space as a browser shows it; `\0` stood for a line break. */
const clean = (text: string) =>
  text
    .replace(/[ \t\r\n\f]+/g, ' ')
    .replace(/ ?\0 ?/g, '\n')
    .trim();

function contentOf(node: Nodes): string {
  if (node.type === 'text') return node.value;
  if (node.type === 'element' && node.tagName === 'br') return '\u0000';
  return 'children' in node ? node.children.map(contentOf).join('') : '';
}

/** Rows of a table and of the tables in it, one after another; a caption is a row of one cell. */
function rowsOf(node: Nodes): { text: string }[][] {
  if (!('children' in node)) return [];
  return node.children.flatMap((child) => {
    if (child.type !== 'element') return [];
    if (child.tagName === 'caption') return [[{ text: clean(contentOf(child)) }]];
    if (child.tagName !== 'tr') return rowsOf(child);
    return [child.children.flatMap((cell) => (cell.type === 'element' ? [{ text: clean(contentOf(cell)) }] : []))];
  });
}
