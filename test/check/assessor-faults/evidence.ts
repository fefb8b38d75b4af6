import type { AssessorFault } from './bench.ts';

export const evidenceFaults: readonly AssessorFault[] = [];
