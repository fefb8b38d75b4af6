import type { Rule } from '../../../model/finding.ts';
import { readingObservations } from '../../../model/workspace.ts';

/** The front matter of each text is valid. What is wrong was seen while reading. */
export const frontMatterValid: Rule = {
  id: 'form/front-matter-valid',
  demands: 'The front matter of each text is valid.',
  basis: { standard: 'Cartulary' },
  severity: 'error',
  check: (workspace) => readingObservations(workspace, 'form/front-matter-valid'),
};
