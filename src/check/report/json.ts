import type { Finding } from '../../model/finding.ts';
import type { Reporter } from './index.ts';
import { pageAddress } from './words.ts';

/**
 * For machines: the findings as they are, each with the address of its rule's page where that is known, and how many
 * rules ran and findings were counted without being told.
 */
export const reportJson: Reporter = (result, options) => {
  const { findings, rules, waived, baselined = [], elsewhere, crashed } = result;
  const describe = (finding: Finding) => {
    const address = pageAddress(finding.rule, options);
    return { ...finding, ...(address !== undefined && { address }) };
  };
  const report = {
    rules,
    waived,
    baselined: baselined.length,
    elsewhere: elsewhere?.count ?? 0,
    crashed,
    findings: findings.map(describe),
    ...(options.held && { held: baselined.map(describe) }),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
};
