import type { Rule } from '../../../model/finding.ts';
import { readingObservations } from '../../../model/workspace.ts';

/** The declared services and the snapshot are what their schemas say. What is wrong was seen while reading. */
export const declarationsValid: Rule = {
  id: 'trusted-lists/declarations-valid',
  demands: 'content/services.yaml and content/trusted-lists/snapshot.yaml can be read, with known keys and values of the right kind.',
  basis: { standard: 'Cartulary' },
  severity: 'error',
  check: (workspace) => readingObservations(workspace, 'trusted-lists/declarations-valid'),
};
