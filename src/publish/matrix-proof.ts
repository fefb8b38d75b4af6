import type { EvidenceFault, ProofState } from '../model/evidence.ts';
import type { Matrix, MatrixRow } from '../model/matrix.ts';

/** The columns that a matrix for assessors has besides, with their widths. */
export const PROOF_COLUMNS = [
  ['Evidence items', 42],
  ['Kept', 34],
  ['Owner', 24],
  ['Verified', 14],
  ['Valid until', 14],
  ['State of the evidence', 30],
] as const;

/** The states in words. */
export const PROOF_WORDS: Readonly<Record<ProofState, string>> = {
  given: 'evidence given',
  'in-question': 'evidence in question',
  none: 'no evidence',
  'not-asked': 'no records asked for',
};

/** Whether a matrix was made for assessors, with evidence. */
export const hasProofs = ({ requirements }: Matrix) => requirements.some(({ proof }) => proof !== undefined);

/** What a requirement has in each of these columns, a line for each item. */
export function proofCells({ proof }: MatrixRow): string[][] {
  if (!proof) return PROOF_COLUMNS.map(() => []);
  const { items, state } = proof;
  return [
    items.map(({ id, title, ended }) => `${id} ${title}${ended ? ' (ended)' : ''}`),
    items.map(({ kept }) => kept),
    [...new Set(items.map(({ owner }) => owner))],
    items.map(({ verified }) => verified),
    items.map(({ validUntil }) => validUntil),
    [PROOF_WORDS[state], ...items.flatMap(({ id, faults }) => faults.map((fault) => `${id}: ${fault}`))],
  ];
}

/** Why an item counts no longer, in a few words. */
export function tellFault(fault: EvidenceFault): string {
  if (fault.kind === 'failed') return 'failed';
  if (fault.kind === 'expired') return `ran out on ${fault.on}`;
  return `older than ${fault.section}, another text since ${fault.since} (${fault.from})`;
}
