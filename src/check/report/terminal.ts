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
  const byFile = Map.groupBy(findings, ({ at }) => at.file);
  const files = [...byFile].map(([path, all]) => {
    const file = new VFile({ path: showLine(path) });
    for (const finding of all.slice(0, MOST_SHOWN)) addMessage(file, finding);
    return file;
  });
  const cut = [...byFile].filter(([, all]) => all.length > MOST_SHOWN);
  const more = cut.map(([path, all]) => `${showLine(path)}: ${all.length - MOST_SHOWN} more findings, which --format json has.`);
  return files.length > 0 ? [reporter(files, { color, verbose: true }), ...more].join('\n\n') : '';
}

/** Of one file; nobody reads more of them, and the package that lays them out cannot take any number. */
const MOST_SHOWN = 1000;

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
