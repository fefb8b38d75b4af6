import { type Evidence, type EvidenceFault, hasEnded, isOperational, judgeEvidence, type ProofState } from '../model/evidence.ts';
import { markName, readMark, resolveTarget } from '../model/mark.ts';
import type { Catalogue, Requirement } from '../model/requirement.ts';
import { dateIn } from '../model/time.ts';
import type { Workspace } from '../model/workspace.ts';

/** An item with what is wrong with it today. */
export interface JudgedEvidence {
  item: Evidence;
  faults: readonly EvidenceFault[];
  /** A certification that the next one followed. */
  ended: boolean;
}

/** The evidence of the requirements in use, by what marks call them: `411-1:GEN-6.5.1-05`. */
export interface Proofs {
  judged: readonly JudgedEvidence[];
  byRequirement: ReadonlyMap<string, readonly JudgedEvidence[]>;
  stateOf(catalogue: Catalogue, requirement: Requirement): ProofState;
}

const known = new WeakMap<Workspace, Proofs>();

/** Judges the evidence index as of the workspace's instant. Computed once; undefined where there is no index. */
export function findProofs(workspace: Workspace): Proofs | undefined {
  if (!workspace.evidence) return undefined;
  const proofs = known.get(workspace) ?? collect(workspace, workspace.evidence);
  known.set(workspace, proofs);
  return proofs;
}

function collect({ now, config, catalogues }: Workspace, index: NonNullable<Workspace['evidence']>): Proofs {
  const today = dateIn(now, config.timeZone);
  const judged = index.items.map((item): JudgedEvidence => ({ item, faults: judgeEvidence(item, index, today), ended: hasEnded(item, today) }));
  const byRequirement = new Map<string, JudgedEvidence[]>();
  for (const one of judged) {
    for (const name of new Set(namesOf(one.item, catalogues))) byRequirement.set(name, [...(byRequirement.get(name) ?? []), one]);
  }
  return {
    judged,
    byRequirement,
    stateOf: (catalogue, requirement) => {
      const current = (byRequirement.get(markName(catalogue, requirement)) ?? []).filter(({ ended }) => !ended);
      if (current.length === 0) return isOperational(requirement) ? 'none' : 'not-asked';
      return current.every(({ faults }) => faults.length === 0) ? 'given' : 'in-question';
    },
  };
}

/** The requirements that an item is evidence of, as marks name them; a clause stands for all that are in it. */
export function namesOf({ requirements }: Evidence, catalogues: readonly Catalogue[]): string[] {
  const { targets } = readMark({ kind: 'meets', text: requirements.join(' '), place: { file: '' } });
  return targets.flatMap((target) => {
    const { catalogue, requirements: named } = resolveTarget(target, catalogues);
    return catalogue ? named.map((requirement) => markName(catalogue, requirement)) : [];
  });
}
