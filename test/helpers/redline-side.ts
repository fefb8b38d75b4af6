import type { Element, Nodes } from 'hast';
import type { PlainSection } from '../../src/model/plain-text.ts';
import { textOf } from './html-tree.ts';

/** What a part of a redline says of one text; a number stands for so many rows of a table that are only counted. */
type Told = string | number;

const CLASSES_OF_REDLINE = ['spoken', 'label', 'happened'];
const classesOf = ({ properties }: Element) => (properties['className'] ?? []) as string[];

/** The words of a changed section as one of the two texts has them: without the marks of the other text, and without what the page adds. */
export function readSide(section: Element, side: 'before' | 'after'): Told[] {
  const told: Told[] = [];
  const visit = (node: Nodes): void => {
    if (node.type === 'text') told.push(node.value);
    if (!('children' in node)) return;
    if (node.type === 'element') {
      const classes = classesOf(node);
      if (node.tagName === (side === 'before' ? 'ins' : 'del') || node.tagName === 'summary') return;
      if (CLASSES_OF_REDLINE.some((name) => classes.includes(name))) return;
      if (node.tagName === 'tr' && classes.includes('unchanged')) return void told.push(Number.parseInt(textOf(node).replace(/\D+/g, ''), 10));
      const older = node.properties['dataBefore'];
      if (side === 'before' && typeof older === 'string') return void told.push(older);
    }
    node.children.forEach(visit);
  };
  visit(section);
  return told;
}

const squash = (text: string) => text.replace(/\s+/g, '');

/** What keeps a redline from being the text of these sections, character by character apart from white space; undefined where it is. */
export function findLoss(told: readonly Told[], sections: readonly PlainSection[]): string | undefined {
  const units = sections.flatMap(unitsOf).map(squash);
  let [unit, at] = [0, 0];
  for (const part of told) {
    if (typeof part === 'number') {
      // Rows are folded as a whole: the one before them has been told to its end.
      if (at > 0 && at !== units[unit]?.length) return `in the middle of "${units[unit]}"`;
      [unit, at] = [unit + part + (at > 0 ? 1 : 0), 0];
      continue;
    }
    for (const character of squash(part)) {
      while (at === units[unit]?.length) [unit, at] = [unit + 1, 0];
      if (units[unit]?.[at] !== character) return `"${part}" where "${units[unit]?.slice(at) ?? 'the end'}" stands`;
      at += 1;
    }
  }
  while (unit < units.length && at === units[unit]?.length) [unit, at] = [unit + 1, 0];
  return unit < units.length ? `nothing where "${units[unit]?.slice(at)}" stands` : undefined;
}

/** Heading, blocks and rows of a section. */
const unitsOf = ({ heading, blocks }: PlainSection): string[] => [
  heading.text,
  ...blocks.flatMap((block) => (block.kind === 'table' ? block.rows.map((row) => row.map(({ text }) => text).join('')) : [block.text])),
];
