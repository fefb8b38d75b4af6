import { decide, decideAll, describeGrounds } from '../../../model/condition.ts';
import type { Mark } from '../../../model/document.ts';
import type { Observation, Rule } from '../../../model/finding.ts';
import { markName, readMark, resolveTarget } from '../../../model/mark.ts';
import { type DeclaredPractices, declaredFor } from '../../../model/practice.ts';
import { type Catalogue, citeRequirement, type Requirement } from '../../../model/requirement.ts';
import type { Workspace } from '../../../model/workspace.ts';
import { findCoverage, keyOf } from '../../coverage.ts';

/** A mark that answers what nobody asks shows that a practice or a policy is declared otherwise than the text was written. */
export const markApplies: Rule = {
  id: 'completeness/mark-applies',
  demands: 'Each requirement that a section is marked to meet applies under the declared policies and practices.',
  basis: { standard: 'Cartulary' },
  severity: 'warning',
  sets: ['etsi-qualified'],
  *check(workspace) {
    const declared = declaredFor(workspace.config.practices, undefined);
    const byPractice = new Map<string, Idle[]>();
    for (const idle of findIdle(workspace)) {
      const { catalogue, requirement, mark } = idle;
      yield {
        message: `${markName(catalogue, requirement)} applies to no certificate of the declared policies, and a section is marked to meet it.`,
        at: mark.place,
        seen: whyNot(requirement, declared),
        expected: 'a mark for what applies',
        advice: 'Take the mark out, or correct the policy or practice that rules the requirement out.',
        basis: citeRequirement(catalogue, requirement),
      };
      for (const name of ruledOutBy(requirement, declared)) byPractice.set(name, [...(byPractice.get(name) ?? []), idle]);
    }
    for (const [name, idle] of byPractice) yield* describePractice(name, idle, declared, workspace);
  },
};

/** A mark with a requirement of it that does not apply. */
interface Idle {
  catalogue: Catalogue;
  requirement: Requirement;
  mark: Mark;
}

function* findIdle(workspace: Workspace): Iterable<Idle> {
  const { rows, undecided } = findCoverage(workspace);
  const known = new Set([...rows, ...undecided].map(keyOf));
  // Of a standard from which nothing applies, no policy speaks.
  const reached = new Set(rows.map(({ catalogue }) => catalogue));
  for (const { sections } of workspace.drafts) {
    for (const mark of sections.flatMap(({ marks }) => marks)) {
      if (mark.kind !== 'meets') continue;
      for (const target of readMark(mark).targets) {
        const { catalogue, requirements } = resolveTarget(target, workspace.catalogues);
        const [requirement] = requirements;
        // A clause is named for those of its requirements that apply.
        if (!catalogue || !requirement || requirement.kind === 'void' || !reached.has(catalogue)) continue;
        if (requirements.every((one) => !known.has(keyOf({ catalogue, requirement: one })))) yield { catalogue, requirement, mark };
      }
    }
  }
}

function whyNot({ when, policies }: Requirement, declared: DeclaredPractices): string {
  if (when && decide(when, declared).holds === 'no') return `it is for this case: ${when.text} (${describeGrounds(when, declared)})`;
  return policies === 'all' ? 'no policy takes it over, or another requirement switches it off' : `it is for ${policies.join(', ')}`;
}

/** The declared practices without which it would apply. */
function ruledOutBy({ when }: Requirement, declared: DeclaredPractices): readonly string[] {
  const tests = when && decide(when, declared).holds === 'no' ? [...(when.all ?? []), ...(when.any ?? [])] : [];
  return [...new Set(tests.filter((test) => decideAll([test], declared).holds === 'no').map(({ practice }) => practice))];
}

/** The same once at the practice: it may be what is wrong. */
function* describePractice(name: string, idle: readonly Idle[], declared: DeclaredPractices, { configFields }: Workspace): Iterable<Observation> {
  const [first] = idle;
  const start = configFields[`practices.${name}`];
  if (!first || !start) return;
  const { file, start: at } = first.mark.place;
  yield {
    message: `The practice ${name} rules out what ${idle.length === 1 ? 'a mark answers' : `${idle.length} marks answer`}.`,
    at: { file: 'cartulary.yaml', path: `practices.${name}`, start },
    seen: `${name}: ${(declared.get(name as never) ?? []).join(', ') || '[]'}; ${markName(first.catalogue, first.requirement)} in ${file}, line ${at?.line ?? 0}`,
    expected: 'a practice that agrees with what the texts answer',
    basis: citeRequirement(first.catalogue, first.requirement),
  };
}
