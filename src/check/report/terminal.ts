import { VFile } from 'vfile';
import { reporter } from 'vfile-reporter';
import type { Finding } from '../../model/finding.ts';
import type { Reporter } from './index.ts';
import { describeBasis, showLine, summarise } from './words.ts';

/** For people at a terminal: grouped by file, each finding with what was seen, expected, and what to do. */
export const reportTerminal: Reporter = (result, { color }) => {
  const list = listFindings(result.findings, color);
  return `${list}${list ? '\n\n' : ''}${summarise(result)}\n`;
};

/** The findings without the last line; empty where there are none. */
export function listFindings(findings: readonly Finding[], color: boolean): string {
  const files = new Map<string, VFile>();
  for (const finding of findings) {
    const file = files.get(finding.at.file) ?? new VFile({ path: showLine(finding.at.file) });
    files.set(finding.at.file, file);
    addMessage(file, finding);
  }
  return files.size > 0 ? reporter([...files.values()], { color, verbose: true }) : '';
}

function addMessage(file: VFile, finding: Finding): void {
  const [source = '', ruleId = ''] = finding.rule.split('/');
  const place = finding.at.start && (finding.at.end ? { start: finding.at.start, end: finding.at.end } : finding.at.start);
  const message = file.message(showLine(finding.message), { ...(place && { place }), source, ruleId });
  message.fatal = { error: true, warning: false, info: undefined }[finding.severity];
  message.note = [
    finding.seen !== undefined && `seen:     ${showLine(finding.seen)}`,
    finding.expected !== undefined && `expected: ${showLine(finding.expected)}`,
    finding.advice && `to do:    ${showLine(finding.advice)}`,
    `basis:    ${describeBasis(finding)} (${finding.page})`,
  ]
    .filter(Boolean)
    .join('\n');
}
