import type { Rule } from '../../../model/finding.ts';

/** Each waiver still matches a finding and has not ended. The runner itself looks after all other rules. */
export const waiverUsed: Rule = {
  id: 'form/waiver-used',
  demands: 'Each waiver matches a finding and has not ended.',
  basis: { standard: 'Cartulary' },
  severity: 'warning',
  check: () => [],
};
