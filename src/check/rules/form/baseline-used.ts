import type { Rule } from '../../../model/finding.ts';
import { readingObservations } from '../../../model/workspace.ts';

/** The baseline can be read, and what it holds still occurs. For the latter the runner itself looks after all other rules. */
export const baselineUsed: Rule = {
  id: 'form/baseline-used',
  demands: 'The baseline can be read, and each finding that it holds still occurs.',
  basis: { standard: 'Cartulary' },
  severity: 'warning',
  check: (workspace) => readingObservations(workspace, 'form/baseline-used'),
};
