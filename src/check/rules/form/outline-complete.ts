import type { Section } from '../../../model/document.ts';
import type { Observation, Rule } from '../../../model/finding.ts';
import type { Outline } from '../../../model/outline.ts';
import type { Draft } from '../../../model/workspace.ts';
import { bindDemand } from '../../demands.ts';

/** Whether a text follows the outline of RFC 3647 section 6. */
export const followsOutline = (draft: Draft) => ['CP', 'CPS', 'CP-CPS'].includes(draft.type) && draft.sections.length > 0;

/** Every section of the RFC 3647 outline is there, under its number and title, in order. Further sections may stand between. */
export const outlineComplete: Rule = {
  id: 'form/outline-complete',
  demands: 'A CP or CPS has every section of the RFC 3647 outline, in order.',
  basis: { standard: 'RFC 3647', clause: '6' },
  severity: 'error',
  *check(workspace) {
    const basis = bindDemand('every-section-present', workspace)?.basis;
    for (const draft of workspace.drafts) {
      if (!followsOutline(draft)) continue;
      for (const observation of missing(draft, workspace.outline)) yield { ...observation, ...(basis && { basis }) };
      yield* misplaced(draft);
    }
  },
};

function* missing(draft: Draft, { sections, standard }: Outline): Iterable<Observation> {
  const numbers = new Set(draft.sections.map((section) => section.number));
  const ordered = draft.sections.filter(hasPlainNumber).sort((a, b) => compareNumbers(a.number, b.number));
  const absent = new Set(sections.filter(({ number }) => !numbers.has(number)).map(({ number }) => number));
  let next = 0;
  for (const { number, title } of sections) {
    if (!absent.has(number)) continue;
    // The outline is in order too, so that one walk through both finds what stands before each missing section.
    while (ordered[next] && compareNumbers(ordered[next]?.number ?? '', number) < 0) next += 1;
    const group = findGroup(number, sections, absent);
    if (group && group.first !== number) continue;
    const before = ordered[next - 1];
    yield {
      message: group ? describeGroup(group) : `Section ${number} "${title}" is missing.`,
      at: before?.place ?? { file: draft.file },
      seen: before ? `section ${before.number} "${before.title}" without ${group ? 'them' : 'it'} after it` : 'no numbered section before it',
      expected: `a heading "${number} ${title}"${group ? ', and so on' : ''} (${standard})`,
      advice: `Add the heading${group ? 's' : ''} and say what holds, or "No stipulation." where the document sets no rule.`,
    };
  }
}

/** Missing sections that are told together: all below one number, which may be missing itself. */
interface Group {
  above: string;
  first: string;
  numbers: readonly string[];
}

/** The widest group to which a missing section belongs; undefined where one of its neighbours is there. */
function findGroup(number: string, sections: Outline['sections'], absent: ReadonlySet<string>): Group | undefined {
  const parts = number.split('.');
  for (let length = 1; length <= parts.length; length += 1) {
    const above = parts.slice(0, length).join('.');
    const below = sections.filter((section) => section.number.startsWith(`${above}.`)).map((section) => section.number);
    if (below.length < 2 || below.some((candidate) => !absent.has(candidate))) continue;
    const all = absent.has(above) ? [above, ...below] : below;
    return { above, first: all[0] ?? '', numbers: all };
  }
  return undefined;
}

const describeGroup = ({ above, first, numbers }: Group) =>
  first === above
    ? `Section ${above} is missing with all ${numbers.length - 1} below it.`
    : `Section ${above} has none of its ${numbers.length} subsections: ${first} to ${numbers.at(-1)}.`;

/** Appendices, which are lettered, follow no outline. */
const hasPlainNumber = (section: Section) => /^\d/.test(section.number);

function* misplaced(draft: Draft): Iterable<Observation> {
  const seen = new Map<string, Section>();
  let highest: Section | undefined;
  let appendix: Section | undefined;
  for (const section of draft.sections) {
    if (appendix && depthOf(section) <= depthOf(appendix)) appendix = undefined;
    if (isAppendix(section)) appendix ??= section;
    // Within an appendix numbers may begin anew.
    if (!hasPlainNumber(section) || appendix) continue;
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

const depthOf = ({ heading }: Section) => heading?.depth ?? 0;

const isAppendix = ({ number, title }: Section) => (number ? /^[A-Z]/.test(number) : /^(?:appendix|annex|anhang)\b/iu.test(title));

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
