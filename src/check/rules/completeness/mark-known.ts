import type { Mark } from '../../../model/document.ts';
import type { Observation, Rule } from '../../../model/finding.ts';
import { type MarkTarget, readMark, resolveTarget, suggest } from '../../../model/mark.ts';
import type { Catalogue } from '../../../model/requirement.ts';

/** Every mark names requirements of an edition in use, says why where it excludes one, and stands once in its section. */
export const markKnown: Rule = {
  id: 'completeness/mark-known',
  demands: 'Each mark names requirements that exist, once in a section, and says why where it excludes one.',
  basis: { standard: 'Cartulary' },
  severity: 'error',
  *check({ drafts, catalogues }) {
    if (catalogues.length === 0) return;
    for (const { sections } of drafts) {
      for (const { marks } of sections) {
        const seen = new Map<string, Mark>();
        for (const mark of marks) yield* judgeMark(mark, catalogues, seen);
      }
    }
  },
};

function* judgeMark(mark: Mark, catalogues: readonly Catalogue[], seen: Map<string, Mark>): Iterable<Observation> {
  const { targets, reason, strays } = readMark(mark);
  const at = mark.place;
  for (const stray of strays) {
    yield { message: `"${stray}" in a mark names no requirement.`, at, seen: stray, expected: 'a standard and an id or clause, such as 411-2:OVR-5.1-09' };
  }
  if (targets.length === 0 && strays.length === 0)
    yield { message: 'A mark names no requirement.', at, seen: `<!-- ${mark.kind} -->`, expected: 'at least one, such as 411-2:OVR-5.1-09' };
  if (mark.kind === 'excludes' && targets.length > 0 && !reason) {
    yield {
      message: `The exclusion of ${targets.map(({ text }) => text).join(' ')} gives no reason.`,
      at,
      expected: `<!-- excludes ${targets[0]?.text}: why it does not apply -->`,
    };
  }
  for (const target of targets) yield* judgeTarget(target, mark, catalogues, seen);
}

function* judgeTarget(target: MarkTarget, mark: Mark, catalogues: readonly Catalogue[], seen: Map<string, Mark>): Iterable<Observation> {
  const at = mark.place;
  const { catalogue, requirements, isClause } = resolveTarget(target, catalogues);
  if (!catalogue) {
    yield {
      message: `"${target.standard}" is no standard that is in use.`,
      at,
      seen: target.text,
      expected: `one of ${catalogues.map(({ short }) => short).join(', ')}`,
    };
    return;
  }
  const [requirement] = requirements;
  if (!requirement) {
    const near = suggest(target.name, [...catalogue.requirements.map(({ id }) => id), ...catalogue.clauses.map(({ number }) => number)]);
    yield {
      message: isClause
        ? `Clause ${target.name} of ${catalogue.standard} has no requirement.`
        : `${catalogue.standard} ${catalogue.edition} has no requirement ${target.name}.`,
      at,
      seen: target.text,
      expected: near ? `${target.standard}:${near}, perhaps` : 'an id or clause of this edition',
    };
    return;
  }
  if (requirement.kind === 'void') {
    yield {
      message: `${catalogue.standard} ${requirement.id} is void in ${catalogue.edition}: nothing can meet it.`,
      at,
      seen: target.text,
      expected: 'no mark for it',
    };
  }
  const before = seen.get(target.text);
  if (before) {
    const other = before.kind === mark.kind ? 'twice' : 'as met and as excluded';
    yield { message: `The section names ${target.text} ${other}.`, at, seen: `also in line ${before.place.start?.line ?? '?'}`, expected: 'one mark for it' };
  }
  seen.set(target.text, mark);
}
