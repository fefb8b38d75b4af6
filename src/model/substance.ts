import type { Nodes } from 'mdast';
import { splitComments } from './comment.ts';
import type { Section } from './document.ts';

const NO_STIPULATION = /^\s*(?:no stipulation|not applicable|none|keine (?:bestimmung|festlegung|regelung)(?:en)?|nicht anwendbar|entfällt)\s*\.?\s*$/iu;
/** The name of a standard, with its version and clause: what is left of a sentence without these says whether it says anything. */
const CITATION =
  /\b(?:ETSI\s+)?(?:EN|TS|TR)\s+\d{3}\s+\d{3}(?:-\d+)*|\bRFC\s+\d+|\b(?:section|clause|chapter|annex|abschnitt|kapitel|anhang|ziffer)s?\s+[\dA-Z][\d.A-Za-z]*|\bV?\d+(?:\.\d+)+/giu;
/** A short sentence says something; beside the name of a standard a few words may be no more than "see" and "applies". */
const LEAST_WORDS = { alone: 4, besideCitation: 6 };

/**
 * Whether a section, with its subsections, says anything by which it could meet a requirement: it is not empty, not "No
 * stipulation", and not only a reference to a standard.
 */
export function hasSubstance(sections: readonly Section[], index: number): boolean {
  const section = sections[index];
  if (!section) return false;
  if (saysSomething(section)) return true;
  for (let next = index + 1; next < sections.length && isBelow(sections[next] as Section, section); next += 1) {
    if (saysSomething(sections[next] as Section)) return true;
  }
  return false;
}

/** Whether a section that comes after another one, with nothing in between that ends that one, is a part of it. */
export const isBelow = (candidate: Section, section: Section) =>
  section.number ? candidate.number.startsWith(`${section.number}.`) : candidate.level > section.level;

function saysSomething({ blocks }: Section): boolean {
  const text = blocks.map(textOf).join('\n');
  if (NO_STIPULATION.test(text)) return false;
  const rest = text.replace(CITATION, ' ');
  return (rest.match(/\p{L}{2,}/gu)?.length ?? 0) >= (rest === text ? LEAST_WORDS.alone : LEAST_WORDS.besideCitation);
}

const HOLDS_BLOCKS = new Set(['blockquote', 'list', 'listItem', 'table', 'tableRow', 'footnoteDefinition']);

/** The words of a block without markup and comments; white space as it comes. */
export function textOf(node: Nodes): string {
  if (node.type === 'html') return splitComments(node.value).rest.replace(/<[^>]*>/g, ' ');
  if (node.type === 'break') return ' ';
  if (node.type === 'image') return node.alt ?? '';
  if ('value' in node) return node.value;
  return 'children' in node ? node.children.map(textOf).join(HOLDS_BLOCKS.has(node.type) ? ' ' : '') : '';
}
