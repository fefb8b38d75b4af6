import type { Rule } from '../../../model/finding.ts';
import { readingObservations } from '../../../model/workspace.ts';

/** A measurement that cannot be read shows nothing. */
export const measurementsValid: Rule = {
  id: 'evidence/measurements-valid',
  demands: 'Each line of the exports with measurements of the status services can be read, and stands there once.',
  basis: { standard: 'Cartulary' },
  severity: 'error',
  audience: 'assessor',
  check: (workspace) => readingObservations(workspace, 'evidence/measurements-valid'),
};
