import type { Finding } from '../../model/finding.ts';
import { plural } from '../../model/plural.ts';
import type { CheckResult } from '../run.ts';
import type { Reporter } from './index.ts';
import { listFindings } from './terminal.ts';
import { describeBasis, listDetails, pageAddress, showLine, showShort, summarise } from './words.ts';

/** GitHub shows so many annotations of each kind for one step and drops the rest (actions/runner, limits of annotations). */
const MOST = 10;
const LONGEST = 2_000;
const COMMANDS = { error: 'error', warning: 'warning', info: 'notice' } as const;

/**
 * For GitHub Actions: the list of findings in a fold of the log, then workflow commands that put the first of them beside
 * the lines of the pull request. Nothing that a text holds can be taken for a command.
 */
export const reportGithub: Reporter = (result, options) => {
  if (result.findings.length === 0) return `${summarise(result)}\n`;
  const shown = chooseFindings(result);
  const commands = shown.map((finding) => annotate(finding, options));
  const rest = result.findings.length - shown.length;
  return [
    `::group::${plural(result.findings.length, 'finding')}`,
    listFindings(result.findings, false),
    '::endgroup::',
    ...commands,
    ...(rest > 0 ? [`GitHub shows ${MOST} annotations of a kind; ${plural(rest, 'finding')} more in the list above.`] : []),
    summarise(result),
    '',
  ].join('\n');
};

/** What GitHub would show: of each kind the first, what stops a build before the rest. */
function chooseFindings({ findings }: CheckResult): Finding[] {
  const ordered = [...findings.filter(({ stopsBuild }) => stopsBuild), ...findings.filter(({ stopsBuild }) => !stopsBuild)];
  return Object.keys(COMMANDS).flatMap((severity) => ordered.filter((finding) => finding.severity === severity).slice(0, MOST));
}

function annotate(finding: Finding, options: Parameters<Reporter>[1]): string {
  const { file, start, end } = finding.at;
  // GitHub refuses columns of a range that spans lines.
  const sameLine = start && end && start.line === end.line;
  const properties: [string, string | number | undefined][] = [
    ['file', `${options.folder ?? ''}${file}`],
    ['line', start?.line],
    ['endLine', start && end?.line],
    ['col', !end || sameLine ? start?.column : undefined],
    ['endColumn', sameLine ? end.column : undefined],
    ['title', finding.rule],
  ];
  const list = properties.flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${escapeProperty(String(value))}`]));
  const address = pageAddress(finding.rule, options) ?? finding.page;
  const message = [
    showShort(finding.message, LONGEST),
    ...listDetails(finding).map(([word, text]) => `${word}: ${showShort(text, LONGEST)}`),
    `Basis: ${describeBasis(finding)} (${address})`,
  ];
  return `::${COMMANDS[finding.severity]} ${list.join(',')}::${escapeData(message.join('\n'))}`;
}

/** Escapes as actions/toolkit does (`packages/core/src/command.ts`): the percent sign first. */
const escapeData = (text: string) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const escapeProperty = (text: string) => escapeData(showLine(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
