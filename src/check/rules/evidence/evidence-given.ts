import { isOperational } from '../../../model/evidence.ts';
import type { Observation, Place, Rule } from '../../../model/finding.ts';
import { markName } from '../../../model/mark.ts';
import { citeRequirement } from '../../../model/requirement.ts';
import type { Workspace } from '../../../model/workspace.ts';
import { type CoverageRow, findCoverage } from '../../coverage.ts';
import { findProofs, type Proofs } from '../../proofs.ts';
import { placeIn } from './evidence-valid.ts';

/** What a text promises is done by people and systems, and only what they leave behind shows it. */
export const evidenceGiven: Rule = {
  id: 'evidence/evidence-given',
  demands: 'Each requirement that applies and is met by what is done, not by a text alone, has evidence.',
  basis: { standard: 'ETSI EN 319 401', edition: 'V3.2.1', clause: 'REQ-7.10-01' },
  severity: 'error',
  audience: 'assessor',
  sets: ['etsi-qualified'],
  *check(workspace) {
    const asked = findCoverage(workspace).rows.filter(({ requirement, state }) => isOperational(requirement) && state !== 'excluded');
    const proofs = findProofs(workspace);
    if (!proofs) {
      if (asked.length > 0) yield beginning(asked.length);
      return;
    }
    for (const row of asked) if (proofs.stateOf(row.catalogue, row.requirement) === 'none') yield describe(row, proofs, workspace);
  },
};

const beginning = (count: number): Observation => ({
  message: `There is no evidence index; ${count} requirements that records of the operation are to show apply.`,
  at: { file: 'cartulary.yaml' },
  severity: 'info',
  seen: 'no file in content/evidence',
  expected: 'content/evidence/<subject>.yaml, or a folder outside the repository: --evidence <folder>',
  advice: 'Write the first item: from then on each requirement without one is told.',
});

function describe(row: CoverageRow, proofs: Proofs, workspace: Workspace): Observation {
  const { catalogue, requirement, state } = row;
  const name = markName(catalogue, requirement);
  const ended = proofs.byRequirement.get(name) ?? [];
  return {
    message: `Nothing in the evidence index shows that ${name} is met: ${requirement.summary}`,
    at: findPlace(row, proofs, workspace),
    seen: ended.length > 0 ? `only certifications that have ended: ${ended.map(({ item }) => item.id).join(', ')}` : 'no item that names it',
    expected: `an item with ${name} among its requirements${state === 'met' ? '' : '; no text has to state it'}`,
    basis: citeRequirement(catalogue, requirement),
    ...(requirement.kind === 'should' && { severity: 'warning' as const }),
  };
}

/** Where the control is stated; else where the evidence stands that is for its nearest neighbour in the standard. */
function findPlace({ catalogue, requirement, met }: CoverageRow, { judged }: Proofs, { drafts }: Workspace): Place {
  const place = met.find(({ substance, text }) => substance && drafts.some((draft) => draft.frontMatter === text.frontMatter))?.mark.place;
  if (place) return place;
  const order = new Map(catalogue.requirements.map(({ id }, index) => [markName(catalogue, { id }), index]));
  const own = order.get(markName(catalogue, requirement)) ?? 0;
  const neighbours = judged.flatMap(({ item }) =>
    item.requirements.flatMap((name, index) => {
      const other = order.get(name);
      return other === undefined ? [] : [{ item, path: `requirements.${index}`, away: Math.abs(other - own) }];
    }),
  );
  const [nearest] = neighbours.toSorted((a, b) => a.away - b.away);
  if (nearest) return placeIn(nearest.item, nearest.path);
  return { file: judged[0]?.item.file ?? 'cartulary.yaml' };
}
