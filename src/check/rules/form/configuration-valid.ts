import type { Rule } from '../../../model/finding.ts';
import { readingObservations } from '../../../model/workspace.ts';

/** cartulary.yaml is valid, and so are the repository's own catalogues. What is wrong was seen while reading. */
export const configurationValid: Rule = {
  id: 'form/configuration-valid',
  demands: "cartulary.yaml and the repository's own catalogues are valid.",
  basis: { standard: 'Cartulary' },
  severity: 'error',
  stopsBuild: true,
  check: (workspace) => readingObservations(workspace, 'form/configuration-valid'),
};
