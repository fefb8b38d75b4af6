import type { Section } from '../../../model/document.ts';
import type { Citation, Observation, Rule } from '../../../model/finding.ts';
import type { Catalogue } from '../../../model/requirement.ts';
import type { DisclosureSection } from '../../../model/statement.ts';
import type { Draft } from '../../../model/workspace.ts';
import { nameSection, readStatementsOf, type StatementReader } from '../../statements.ts';
import { unread } from './statement-present.ts';

/** Each PKI disclosure statement has the sections of the model in EN 319 411-1 annex A, in each of its languages. */
export const disclosureComplete: Rule = {
  id: 'completeness/disclosure-complete',
  demands: 'A PKI disclosure statement has every section of the model, with what readers look for in it.',
  basis: { standard: 'ETSI EN 319 411-1', edition: 'V1.5.1', clause: 'Annex A' },
  severity: 'warning',
  sets: ['etsi-qualified'],
  *check(workspace) {
    for (const catalogue of workspace.catalogues) {
      if (catalogue.disclosureStatement.length === 0) continue;
      const basis = { standard: catalogue.standard, edition: catalogue.edition, clause: 'Annex A' };
      for (const draft of workspace.drafts) {
        if (draft.type !== 'PDS' || draft.sections.length === 0) continue;
        const reader = readStatementsOf(draft, workspace);
        if (!reader) yield unread(draft, basis);
        else for (const model of catalogue.disclosureStatement) yield* checkSection(model, workspace.statements.disclosure, draft, reader, basis);
      }
    }
  },
};

type Model = Catalogue['disclosureStatement'][number];

function* checkSection(model: Model, known: readonly DisclosureSection[], draft: Draft, reader: StatementReader, basis: Citation): Iterable<Observation> {
  const section = known.find(({ name }) => name === model.name);
  const titles = section?.titles[draft.language.split('-')[0] ?? ''];
  if (!section || titles === undefined) return;
  const pattern = new RegExp(titles, 'iu');
  const roots = draft.sections.filter(({ title, level }) => level > 0 && pattern.test(title));
  const [first] = roots;
  if (!first) {
    yield {
      message: `The disclosure statement has no section of the type "${model.name}".`,
      at: draft.sections[0]?.place ?? { file: draft.file },
      seen: 'no section with such a title',
      expected: model.demands,
      basis,
    };
    return;
  }
  const scope = withSubsections(draft.sections, new Set(roots));
  const assertions = reader.assertions.filter(({ section: within }) => scope.has(within));
  for (const part of section.parts) {
    if (assertions.some((assertion) => reader.says(assertion, part.said))) continue;
    yield {
      message: `${nameSection(first)} "${first.title}" does not say ${part.name}.`,
      at: first.place,
      seen: 'no such statement',
      expected: model.demands,
      basis,
    };
  }
}

/** Some sections with what stands below each, up to the next of its level. */
function withSubsections(sections: readonly Section[], roots: ReadonlySet<Section>): ReadonlySet<Section> {
  const scope = new Set<Section>();
  let open = Number.POSITIVE_INFINITY;
  for (const section of sections) {
    if (section.level <= open) open = Number.POSITIVE_INFINITY;
    if (roots.has(section)) open = Math.min(open, section.level);
    if (open < Number.POSITIVE_INFINITY) scope.add(section);
  }
  return scope;
}
