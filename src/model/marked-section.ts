import type { Mark, Section } from './document.ts';
import { hasSubstance, isBelow, textOf } from './substance.ts';

/** A section that bears marks, with what counts when they are judged. */
export interface MarkedSection {
  number: string;
  title: string;
  anchor: string;
  /** Whether it says anything by which it could meet a requirement. */
  substance: boolean;
  /** What it says, to be compared: its own text in one line without markup, or that of its subsections where it has none. */
  wording: string;
  marks: readonly Mark[];
}

/** Several readers ask for those of one text, which never changes. */
const known = new WeakMap<readonly Section[], readonly MarkedSection[]>();

/** The sections of a text that bear marks, in its order. */
export function listMarkedSections(sections: readonly Section[]): readonly MarkedSection[] {
  const marked = known.get(sections) ?? collect(sections);
  known.set(sections, marked);
  return marked;
}

function collect(sections: readonly Section[]): MarkedSection[] {
  return sections.flatMap(({ number, title, anchor, marks }, index) =>
    marks.length > 0 ? [{ number, title, anchor, substance: hasSubstance(sections, index), wording: readWording(sections, index), marks }] : [],
  );
}

/** What a section says, in one line without markup: its own text, or that of its subsections where it has none. */
export function readWording(sections: readonly Section[], index: number): string {
  const section = sections[index] as Section;
  const own = toWording(section);
  if (own !== '') return own;
  let end = index + 1;
  while (end < sections.length && isBelow(sections[end] as Section, section)) end += 1;
  return sections
    .slice(index + 1, end)
    .map(toWording)
    .join(' ')
    .trim();
}

const toWording = ({ blocks }: Section): string => blocks.map(textOf).join(' ').replace(/\s+/g, ' ').trim();
