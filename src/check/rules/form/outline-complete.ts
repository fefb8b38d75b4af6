import type { Section } from '../../../model/document.ts';
import type { Observation, Rule } from '../../../model/finding.ts';
import type { Outline } from '../../../model/outline.ts';
import type { Draft } from '../../../model/workspace.ts';

/** Whether a text follows the outline of RFC 3647 section 6. */
export const followsOutline = (draft: Draft) => ['CP', 'CPS', 'CP-CPS'].includes(draft.type) && draft.sections.length > 0;

/** Every section of the RFC 3647 outline is there, under its number and title, in order. Further sections may stand between. */
export const outlineComplete: Rule = {
  id: 'form/outline-complete',
  demands: 'A CP or CPS has every section of the RFC 3647 outline, in order.',
  basis: { standard: 'RFC 3647', clause: '6' },
  severity: 'error',
  *check({ drafts, outline }) {
    for (const draft of drafts) {
      if (!followsOutline(draft)) continue;
      yield* missing(draft, outline);
      yield* misplaced(draft);
    }
  },
};

function* missing(draft: Draft, { sections, standard }: Outline): Iterable<Observation> {
  const numbers = new Set(draft.sections.map((section) => section.number));
  const ordered = draft.sections.filter(hasPlainNumber).sort((a, b) => compareNumbers(a.number, b.number));
  let next = 0;
  for (const { number, title } of sections) {
    if (numbers.has(number)) continue;
    // The outline is in order too, so that one walk through both finds what stands before each missing section.
    while (ordered[next] && compareNumbers(ordered[next]?.number ?? '', number) < 0) next += 1;
    const before = ordered[next - 1];
    yield {
      message: `Section ${number} "${title}" is missing.`,
      at: before?.place ?? { file: draft.file },
      seen: before ? `section ${before.number} "${before.title}" without it after it` : 'no numbered section before it',
      expected: `a heading "${number} ${title}" (${standard})`,
      advice: 'Add the heading and say what holds, or "No stipulation." where the document sets no rule.',
    };
  }
}

/** Appendices, which are lettered, follow no outline. */
const hasPlainNumber = (section: Section) => /^\d/.test(section.number);

function* misplaced(draft: Draft): Iterable<Observation> {
  const seen = new Map<string, Section>();
  let highest: Section | undefined;
  for (const section of draft.sections) {
    if (!hasPlainNumber(section)) continue;
    const twin = seen.get(section.number);
    if (twin) {
      yield {
        message: `Section ${section.number} stands twice.`,
        at: section.place,
        seen: `"${twin.title}" and "${section.title}"`,
        expected: 'each number once',
      };
      continue;
    }
    seen.set(section.number, section);
    if (highest && compareNumbers(section.number, highest.number) < 0) {
      yield {
        message: `Section ${section.number} stands after section ${highest.number}.`,
        at: section.place,
        seen: `${highest.number}, ${section.number}`,
        expected: 'sections in the order of their numbers',
      };
    } else {
      highest = section;
    }
  }
}

/** Orders section numbers part by part. */
export function compareNumbers(left: string, right: string): number {
  const a = left.split('.').map(Number);
  const b = right.split('.').map(Number);
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const order = (a[index] ?? -1) - (b[index] ?? -1);
    if (order !== 0) return order;
  }
  return 0;
}
