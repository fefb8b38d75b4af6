import type { Rule } from '../../../model/finding.ts';
import { readingObservations } from '../../../model/workspace.ts';

/** The bytes of each registered text are there and are the registered ones. What is wrong was seen while reading. */
export const registerHolds: Rule = {
  id: 'form/register-holds',
  demands: 'The bytes of each registered text are there and are the registered ones.',
  basis: { standard: 'ETSI EN 319 401', edition: 'V3.2.1', clause: 'REQ-6.1-05' },
  severity: 'error',
  stopsBuild: true,
  check: (workspace) => readingObservations(workspace, 'form/register-holds'),
};
