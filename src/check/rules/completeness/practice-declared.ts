import type { Rule } from '../../../model/finding.ts';
import { PRACTICES } from '../../../model/practice.ts';
import { citeRequirement } from '../../../model/requirement.ts';
import { findCoverage } from '../../coverage.ts';

/** Every practice is declared on which it depends whether a requirement applies. */
export const practiceDeclared: Rule = {
  id: 'completeness/practice-declared',
  demands: 'Each practice is declared on which a requirement depends.',
  basis: { standard: 'ETSI EN 319 411-2', edition: 'V2.6.1' },
  severity: 'warning',
  sets: ['etsi-qualified'],
  *check(workspace) {
    const { undecided, marked } = findCoverage(workspace);
    const start = workspace.configFields['practices'];
    if (!marked) return;
    const byPractice = new Map<string, typeof undecided>();
    for (const item of undecided) for (const name of item.missing) byPractice.set(name, [...(byPractice.get(name) ?? []), item]);
    for (const [name, items] of [...byPractice].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const [first] = items;
      yield {
        message: `It is not declared ${PRACTICES.get(name as never)?.means ?? name}; ${items.length === 1 ? 'a requirement depends' : `${items.length} requirements depend`} on it.`,
        at: { file: 'cartulary.yaml', path: 'practices', ...(start && { start }) },
        seen: `no practice "${name}"`,
        expected: `practices: { ${name}: ${PRACTICES.get(name as never)?.values.join(' | ') ?? '…'} }`,
        advice: `It decides ${items.map(({ catalogue, requirement }) => `${catalogue.short}:${requirement.id}`).join(', ')}.`,
        ...(first && { basis: citeRequirement(first.catalogue, first.requirement) }),
      };
    }
  },
};
