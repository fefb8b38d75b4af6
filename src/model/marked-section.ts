import type { Mark, Section } from './document.ts';
import { hasSubstance } from './substance.ts';

/** A section that bears marks, with what counts when they are judged. */
export interface MarkedSection {
  number: string;
  title: string;
  anchor: string;
  /** Whether it says anything by which it could meet a requirement. */
  substance: boolean;
  marks: readonly Mark[];
}

/** The sections of a text that bear marks, in its order. */
export function listMarkedSections(sections: readonly Section[]): MarkedSection[] {
  return sections.flatMap(({ number, title, anchor, marks }, index) =>
    marks.length > 0 ? [{ number, title, anchor, substance: hasSubstance(sections, index), marks }] : [],
  );
}
