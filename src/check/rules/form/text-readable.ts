import type { Rule } from '../../../model/finding.ts';
import { readingObservations } from '../../../model/workspace.ts';

/** Each text can be parsed safely. What is wrong was seen while reading. */
export const textReadable: Rule = {
  id: 'form/text-readable',
  demands: 'Each text can be parsed safely.',
  basis: { standard: 'Cartulary' },
  severity: 'error',
  check: (workspace) => readingObservations(workspace, 'form/text-readable'),
};
