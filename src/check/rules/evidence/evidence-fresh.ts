import { type Evidence, type EvidenceFault, lastValidDay } from '../../../model/evidence.ts';
import type { Observation, Rule } from '../../../model/finding.ts';
import type { Workspace } from '../../../model/workspace.ts';
import { findProofs } from '../../proofs.ts';
import { placeIn } from './evidence-valid.ts';

/** Evidence of how things were done before is none of how they are done now. */
export const evidenceFresh: Rule = {
  id: 'evidence/evidence-fresh',
  demands: 'Evidence has not run out, did not fail, and is not older than the section that states the control.',
  basis: { standard: 'Cartulary' },
  severity: 'error',
  audience: 'assessor',
  *check(workspace) {
    for (const { item, faults } of findProofs(workspace)?.judged ?? []) for (const fault of faults) yield describe(item, fault, workspace);
  },
};

function describe(item: Evidence, fault: EvidenceFault, { evidence }: Workspace): Observation {
  const name = `${item.id} (${item.title})`;
  if (fault.kind === 'failed') {
    return {
      message: `The evidence ${name} says that it failed.`,
      at: placeIn(item, 'result'),
      seen: `failed on ${item.verified}: ${item.remark ?? ''}`,
      expected: 'evidence that passed',
      advice: `Mend what it found, have it verified again, and write the new day and result. It is for ${item.owner}.`,
    };
  }
  if (fault.kind === 'expired') {
    const key = item.validUntil === undefined ? 'validFor' : 'validUntil';
    return {
      message: `The evidence ${name} has run out.`,
      at: placeIn(item, key),
      seen: `valid until ${lastValidDay(item)}, verified on ${item.verified}`,
      expected: 'a last day that is not past',
      advice: `Have it verified again, and write the new day. It is for ${item.owner}.`,
    };
  }
  const { section, since, from } = fault;
  const [document = '', number = ''] = section.split(' ');
  return {
    message: `The evidence ${name} is older than the section that states the control.`,
    at: placeIn(item, 'verified'),
    seen: `verified on ${item.verified}; ${document.toUpperCase()} ${number} ${evidence?.sections.get(section)?.title ?? ''} has another text since ${document.toUpperCase()} ${since}, in force from ${from}`,
    expected: `a day from ${from} on`,
    advice: `Look whether it still shows what the section says now, and write the day on which that was done. It is for ${item.owner}.`,
  };
}
