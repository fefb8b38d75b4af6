import type { Element, Nodes } from 'hast';
import { raw } from 'hast-util-raw';
import { HtmlValidate } from 'html-validate';
import { expect } from 'vitest';
import { BREAK, type Comparison, type SectionChange, type TableChange } from '../../src/model/change.ts';
import { foldUnchanged } from '../../src/publish/fold-unchanged.ts';
import { type RedlineOptions, renderChangeList, renderRedline } from '../../src/publish/redline.ts';
import { redlineWords } from '../../src/publish/redline-words.ts';
import { sideOf } from './comparison.ts';

/** How the tests write redlines. */
export const REDLINE: RedlineOptions = {
  words: redlineWords('en'),
  before: (anchor) => `/cps/2.1/#${anchor}`,
  after: (anchor) => `/cps/2.2/#${anchor}`,
};

const validator = new HtmlValidate({ root: true, extends: ['html-validate:standard', 'html-validate:a11y'] });

/** What a validator says of HTML as a part of a page. */
export function validate(...html: readonly string[]): string[] {
  const page = `<!DOCTYPE html>\n<html lang="en"><head><title>t</title></head><body><main><h1>t</h1><h2>t</h2>\n${html.join('\n')}\n</main></body></html>`;
  const { results } = validator.validateStringSync(page);
  return results.flatMap(({ messages }) => messages.map(({ ruleId, message, line }) => `${ruleId}: ${message}: ${page.split('\n')[line - 1]?.slice(0, 200)}`));
}

const isElement = (node: Nodes, name: string) => node.type === 'element' && node.tagName === name;
const hasClass = (node: Nodes, name: string) => node.type === 'element' && ((node.properties['className'] ?? []) as string[]).includes(name);

/** The elements of a tree that are wanted, in the order of the page. */
export function find(node: Nodes, wanted: (element: Element) => boolean): Element[] {
  const own = node.type === 'element' && wanted(node) ? [node] : [];
  return [...own, ...('children' in node ? node.children.flatMap((child) => find(child, wanted)) : [])];
}

/** HTML as a browser reads it. */
export const toTree = (html: string) => raw({ type: 'root', children: [{ type: 'raw', value: html } as never] });

/** The words of one of the two texts: without the marks of the other one, and without what the redline adds. */
function read(node: Nodes, side: 'before' | 'after'): string {
  if (node.type === 'text') return node.value;
  if (isElement(node, side === 'before' ? 'ins' : 'del') || isElement(node, 'summary')) return '';
  if (['spoken', 'label', 'happened'].some((name) => hasClass(node, name)) || (isElement(node, 'tr') && hasClass(node, 'unchanged'))) return '';
  const older = node.type === 'element' ? node.properties['dataBefore'] : undefined;
  if (side === 'before' && typeof older === 'string') return older;
  return 'children' in node ? node.children.map((child) => read(child, side)).join('') : '';
}

/** Cells and blocks are parted by signs on one side, by elements on the other. */
const squash = (text: string) => text.replaceAll(BREAK, '').replace(/[\s|]+/g, '');

/** A section as it is shown: without rows that are only counted. */
function shownPart(section: SectionChange): SectionChange {
  const own = section.before.length > 0 && section.after.length > 0;
  const runs = own ? foldUnchanged(section.blocks, ({ change }) => change === 'same') : [{ folded: true, items: section.blocks }];
  const blocks = runs.flatMap(({ folded, items }) => items.map((block) => (block.kind === 'table' && !folded ? shownRows(block) : block)));
  return { ...section, blocks };
}

function shownRows(table: TableChange): TableChange {
  if (table.change === 'added' || table.change === 'removed') return table;
  const runs = foldUnchanged(
    table.rows.filter(({ head }) => !head),
    ({ change }) => change === 'same',
  );
  return { ...table, rows: [...table.rows.filter(({ head }) => head), ...runs.flatMap(({ folded, items }) => (folded ? [] : items))] };
}

/** Valid, lossless, and each place and section where the list of changes leads. */
export function expectSound(comparison: Comparison): void {
  const html = renderRedline(comparison, REDLINE);
  const list = renderChangeList(comparison, REDLINE);
  expect(validate(list, html)).toEqual([]);
  const tree = toTree(html);
  const places = find(tree, ({ properties }) => properties['dataChange'] !== undefined).map(({ properties }) => properties['id']);
  expect(places).toEqual(Array.from({ length: comparison.counts.places }, (_, index) => `change-${index + 1}`));
  const ids = new Set(find(tree, ({ properties }) => properties['id'] !== undefined).map(({ properties }) => `#${properties['id']}`));
  const links = find(toTree(list), ({ tagName }) => tagName === 'a').map(({ properties }) => properties['href'] as string);
  expect(links.filter((link) => !ids.has(link))).toEqual([]);
  const changed = comparison.sections.filter(({ traits }) => traits.length > 0);
  const shown = find(tree, (element) => hasClass(element, 'section-redline'));
  expect(shown).toHaveLength(changed.length);
  for (const side of ['before', 'after'] as const) {
    changed.forEach((section, index) => {
      if (section[side].length === 0) return;
      const unnamed = section.heading[side]?.text ? '' : /^Textbeforethefirstheading/;
      const seen = squash(read(shown[index] as Element, side)).replace(unnamed, '');
      expect(seen).toBe(squash(sideOf({ ...comparison, sections: [shownPart(section)] }, side).join('')));
    });
  }
}
