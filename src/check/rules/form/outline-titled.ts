import type { Rule } from '../../../model/finding.ts';
import { followsOutline } from './outline-complete.ts';

/** A numbered section is about what the outline puts under its number. Titles may be worded by the provider. */
export const outlineTitled: Rule = {
  id: 'form/outline-titled',
  demands: 'A section has the topic that the RFC 3647 outline gives its number.',
  basis: { standard: 'RFC 3647', clause: '6' },
  severity: 'warning',
  *check({ drafts, outline }) {
    const byNumber = new Map(outline.sections.map((section) => [section.number, section]));
    for (const draft of drafts.filter(followsOutline)) {
      for (const section of draft.sections) {
        const wanted = byNumber.get(section.number);
        if (!wanted || !section.title) continue;
        const accepted = [wanted.title, ...wanted.alsoCalled].map(plain);
        if (accepted.includes(plain(section.title)) || sharesWords(section.title, wanted.title)) continue;
        yield {
          message: `Section ${section.number} has another title than the outline gives it.`,
          at: section.place,
          seen: section.title,
          expected: wanted.title,
        };
      }
    }
  },
};

/** The words of a title in lower case, without what stands in brackets at its end. */
function plain(title: string): string {
  const bracket = title.trimEnd().endsWith(')') ? title.lastIndexOf('(') : -1;
  return title
    .slice(0, bracket > 0 ? bracket : undefined)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Titles that share at least half of the outline's longer words are the same topic, worded by the provider. */
function sharesWords(title: string, wanted: string): boolean {
  const stems = (text: string) =>
    new Set(
      plain(text)
        .split(' ')
        .filter((word) => word.length > 3)
        .map((word) => word.slice(0, 5)),
    );
  const words = stems(wanted);
  const shared = [...stems(title)].filter((word) => words.has(word)).length;
  return words.size > 0 && shared * 2 >= words.size;
}
