import type { Section } from '../../../model/document.ts';
import type { Observation, Rule } from '../../../model/finding.ts';
import { markName, readMark } from '../../../model/mark.ts';
import { type Catalogue, citeRequirement, type Requirement } from '../../../model/requirement.ts';
import type { Draft, Workspace } from '../../../model/workspace.ts';
import { type CoverageRow, findCoverage, needsText } from '../../coverage.ts';
import { followsOutline } from '../form/outline-complete.ts';

/** Every requirement that a text has to show is met in a section with substance, or excluded with a reason. */
export const requirementMet: Rule = {
  id: 'completeness/requirement-met',
  demands: 'Each requirement that applies is met by a section, or excluded with a reason.',
  basis: { standard: 'ETSI EN 319 411-2', edition: 'V2.6.1' },
  severity: 'error',
  sets: ['etsi-qualified'],
  *check(workspace) {
    const { rows, marked } = findCoverage(workspace);
    const open = rows.filter(({ state }) => state === 'open');
    // Who has not begun to mark is told once how to, not of each requirement.
    if (!marked) {
      if (open.length > 0) yield beginning(workspace, open.length);
      return;
    }
    for (const row of open) if (row.met.length === 0) yield describeOpen(workspace, row);
    for (const row of rows) yield* describeHollow(row);
  },
};

function beginning({ drafts }: Workspace, open: number): Observation {
  return {
    message: `No section says which requirements it meets; ${open} that a text has to show apply.`,
    at: { file: drafts[0]?.file ?? 'cartulary.yaml' },
    severity: 'info',
    expected: 'marks such as <!-- meets 411-2:OVR-5.1-09 -->',
    advice: 'List them with `cartulary requirements`, and put the first mark into a section: from then on each open one is told.',
  };
}

function describeOpen({ drafts }: Workspace, { catalogue, requirement, policies }: CoverageRow): Observation {
  const { draft, section } = whereItBelongs(drafts, requirement, catalogue);
  const [first] = policies;
  return {
    message: `${catalogue.standard} ${requirement.id} is not met: ${requirement.summary}`,
    at: section?.place ?? { file: draft?.file ?? 'cartulary.yaml' },
    seen: 'no mark',
    expected: `<!-- meets ${markName(catalogue, requirement)} --> in a section that says it, such as ${requirement.rfc3647.slice(0, 3).join(', ') || 'one of its own'}`,
    advice: `It applies since ${first?.because.map(({ words }) => words).join('; ') ?? 'it is for every provider'}. Say it, or exclude it with a reason: <!-- excludes ${markName(catalogue, requirement)}: why -->`,
    basis: citeRequirement(catalogue, requirement),
    severity: requirement.level === 'error' ? 'error' : 'warning',
  };
}

/**
 * The text and section where the answer belongs: by the documents that the requirement names; in a text with the RFC 3647
 * outline by its places there, the best ones first, and in any other where most of its clause is answered.
 */
function whereItBelongs(drafts: readonly Draft[], { rfc3647, documents, clause }: Requirement, catalogue: Catalogue) {
  const ranked = [...documents.flatMap((name) => drafts.filter((draft) => draft.type.toLowerCase().split('-').includes(name))), ...drafts];
  for (const draft of ranked) {
    const section = followsOutline(draft)
      ? rfc3647.map((wanted) => draft.sections.find(({ number }) => number === wanted)).find(Boolean)
      : findNeighbours(draft.sections, clause, catalogue);
    if (section) return { draft, section };
  }
  return { draft: ranked[0], section: undefined };
}

/** The first of the sections that meet most requirements of a clause. */
function findNeighbours(sections: readonly Section[], clause: string, catalogue: Catalogue): Section | undefined {
  const ids = new Set(catalogue.requirements.filter((requirement) => requirement.clause === clause).map(({ id }) => id));
  const count = ({ marks }: Section) =>
    marks.flatMap((mark) => readMark(mark).targets).filter(({ standard, name }) => standard === catalogue.short && ids.has(name)).length;
  const [best] = sections.map((section) => ({ section, count: count(section) })).toSorted((a, b) => b.count - a.count);
  return best && best.count > 0 ? best.section : undefined;
}

/** Marks in sections without substance. Where another section meets the requirement, the mark is wrong and nothing is open. */
function* describeHollow({ catalogue, requirement, met, state }: CoverageRow): Iterable<Observation> {
  if (!needsText(requirement)) return;
  for (const { section, mark, substance } of met) {
    if (substance) continue;
    yield {
      message: `Section ${section.number || `"${section.title}"`} is marked to meet ${markName(catalogue, requirement)}, but says nothing by which it could.`,
      at: mark.place,
      seen: 'no text of its own, "No stipulation", or only a reference to a standard',
      expected: requirement.summary,
      basis: citeRequirement(catalogue, requirement),
      ...(state === 'met' && { severity: 'warning' as const }),
    };
  }
}
