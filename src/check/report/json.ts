import type { Reporter } from './index.ts';

/** For machines: the findings as they are, with the number of rules that ran. */
export const reportJson: Reporter = ({ findings, rules, waived, crashed }) => `${JSON.stringify({ rules, waived, crashed, findings }, null, 2)}\n`;
