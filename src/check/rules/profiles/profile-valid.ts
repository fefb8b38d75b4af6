import type { Rule } from '../../../model/finding.ts';
import { readingObservations } from '../../../model/workspace.ts';

/** Every file of content/profiles is a profile. What is wrong was seen while reading. */
export const profileValid: Rule = {
  id: 'profiles/profile-valid',
  demands: 'Each file of content/profiles declares a profile.',
  basis: { standard: 'Cartulary' },
  severity: 'error',
  check: (workspace) => readingObservations(workspace, 'profiles/profile-valid'),
};
