import { VFile } from 'vfile';
import { reporter } from 'vfile-reporter';
import type { Finding } from '../../model/finding.ts';
import { showText } from '../../model/name-pattern.ts';
import type { CheckResult } from '../run.ts';
import { reportJson } from './json.ts';

/** A reporter is a function from a result to a string. */
export type Reporter = (result: CheckResult, options: { color: boolean }) => string;

/** For people at a terminal: grouped by file, each finding with what was seen, expected, and what to do. */
export const reportTerminal: Reporter = (result, { color }) => {
  const files = new Map<string, VFile>();
  for (const finding of result.findings) {
    const file = files.get(finding.at.file) ?? new VFile({ path: shown(finding.at.file) });
    files.set(finding.at.file, file);
    addMessage(file, finding);
  }
  const list = files.size > 0 ? `${reporter([...files.values()], { color, verbose: true })}\n\n` : '';
  return `${list}${summary(result)}\n`;
};

export const reporters: Readonly<Record<string, Reporter>> = { terminal: reportTerminal, json: reportJson };

function addMessage(file: VFile, finding: Finding): void {
  const [source = '', ruleId = ''] = finding.rule.split('/');
  const place = finding.at.start && (finding.at.end ? { start: finding.at.start, end: finding.at.end } : finding.at.start);
  const message = file.message(shown(finding.message), { ...(place && { place }), source, ruleId });
  message.fatal = { error: true, warning: false, info: undefined }[finding.severity];
  const basis = [finding.basis.standard, finding.basis.edition, finding.basis.clause].filter(Boolean).join(' ');
  message.note = [
    finding.seen !== undefined && `seen:     ${shown(finding.seen)}`,
    finding.expected !== undefined && `expected: ${shown(finding.expected)}`,
    finding.advice && `to do:    ${shown(finding.advice)}`,
    `basis:    ${basis} (${finding.page})`,
  ]
    .filter(Boolean)
    .join('\n');
}

/** A line of a terminal or a build log holds one text, and obeys nothing in it. */
const shown = (text: string) => showText(text.replace(/\s+/g, ' '));

function summary({ findings, rules, waived }: CheckResult): string {
  const waivers = waived > 0 ? `, ${waived} waived` : '';
  if (findings.length === 0) return `${rules} rules ran and saw nothing${waivers}. What they do not look at is not judged.`;
  const names = { error: 'error', warning: 'warning', info: 'note' } as const;
  const counts = Object.entries(names).map(([severity, name]) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return `${count} ${name}${count === 1 ? '' : 's'}`;
  });
  return `${rules} rules ran: ${counts.join(', ')}${waivers}.`;
}
