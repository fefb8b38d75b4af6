import { findProofs, type JudgedEvidence, type Proofs } from '../check/proofs.ts';
import { lastValidDay } from '../model/evidence.ts';
import type { Matrix, MatrixProof, MatrixRow } from '../model/matrix.ts';
import type { Workspace } from '../model/workspace.ts';
import { tellFault } from '../publish/matrix-proof.ts';
import type { Matrices } from './prepare-matrix.ts';

/** The matrix of what is in force with the evidence for each requirement, where the site is for assessors. What builds keep of matrices holds none. */
export function addProofs(workspace: Workspace, matrices: Matrices): Matrices {
  const proofs = findProofs(workspace);
  const { current } = matrices;
  return proofs && current ? { ...matrices, current: proveMatrix(current, proofs, workspace) } : matrices;
}

function proveMatrix(matrix: Matrix, proofs: Proofs, workspace: Workspace): Matrix {
  return { ...matrix, requirements: matrix.requirements.map((row) => ({ ...row, proof: proveRow(row, matrix, proofs, workspace) })) };
}

function proveRow(row: MatrixRow, { standards }: Matrix, { byRequirement, stateOf }: Proofs, { catalogues }: Workspace): MatrixProof {
  const catalogue = catalogues.find(({ standard }) => standard === row.standard);
  const requirement = catalogue?.requirements.find(({ id }) => id === row.id);
  const short = standards.find(({ standard }) => standard === row.standard)?.short;
  const asked = row.state !== 'excluded' && row.state !== 'undecided';
  const state = asked && catalogue && requirement ? stateOf(catalogue, requirement) : 'not-asked';
  return { state, items: (byRequirement.get(`${short}:${row.id}`) ?? []).map(toItem) };
}

function toItem({ item, faults, ended }: JudgedEvidence): MatrixProof['items'][number] {
  const { id, title, kind, kept, owner, verified, result } = item;
  return { id, title, kind, kept, owner, verified, validUntil: lastValidDay(item), result, ended, faults: faults.map(tellFault) };
}
