import type { SectionChange, SectionName } from '../model/change.ts';
import { shortName } from './changed-sections.ts';
import type { RedlineWords } from './redline-words.ts';

/** By what a section is named in a line. */
export const nameSection = (section: SectionName, { notice }: RedlineWords) => shortName(section, notice);

/** What the ids of changed places begin with: `change-`, unless a section's heading has made such an anchor its own. */
export function placeIds(sections: readonly SectionChange[], idPrefix: string): string {
  const taken = sections.some(({ after }) => after.some(({ anchor }) => /^change-\d+$/.test(anchor)));
  return `${idPrefix}${taken ? 'changed-place-' : 'change-'}`;
}
