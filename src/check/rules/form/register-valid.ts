import type { Rule } from '../../../model/finding.ts';
import { readingObservations } from '../../../model/workspace.ts';

/** Each entry of the register is valid. What is wrong was seen while reading. */
export const registerValid: Rule = {
  id: 'form/register-valid',
  demands: 'Each entry of the register is valid.',
  basis: { standard: 'Cartulary' },
  severity: 'error',
  stopsBuild: true,
  check: (workspace) => readingObservations(workspace, 'form/register-valid'),
};
