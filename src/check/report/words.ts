import type { Finding } from '../../model/finding.ts';
import { showText } from '../../model/name-pattern.ts';
import { plural } from '../../model/plural.ts';
import type { CheckResult } from '../run.ts';
import type { ReportOptions } from './index.ts';

/**
 * A text from outside on one line, as a terminal or a build log can show it: control characters become their code, and so
 * does what build servers would obey, `::` at the start of a line (GitHub) and `##[`, `##vso[`, `##teamcity[` anywhere.
 */
export function showLine(text: string): string {
  return showText(text.replace(/\s+/g, ' '))
    .replace(/^( ?):(?=:)/, '$1\\u{3a}')
    .replace(/##(\w*)\[/g, '##$1\\u{5b}');
}

/** Like `showLine`, and not longer than a report can bear. */
export function showShort(text: string, longest: number): string {
  const shown = showLine(text.length > 4 * longest ? text.slice(0, 4 * longest) : text);
  return shown.length > longest ? `${shown.slice(0, longest - 1)}…` : shown;
}

/** Standard, edition and clause in one line. */
export function describeBasis({ basis }: Pick<Finding, 'basis'>): string {
  return [basis.standard, basis.edition, basis.clause].filter(Boolean).join(' ');
}

/** What was seen and expected, and what to do, each with its word, in this order. */
export function listDetails({ seen, expected, advice }: Finding): [word: string, text: string][] {
  const details: [string, string | undefined][] = [
    ['Seen', seen],
    ['Expected', expected],
    ['To do', advice],
  ];
  return details.flatMap(([word, text]) => (text === undefined || text === '' ? [] : [[word, text]]));
}

const NAMES = { error: 'error', warning: 'warning', info: 'note' } as const;

/** "2 errors, 1 warning, 0 notes". */
export function countFindings(findings: readonly Finding[]): string {
  return Object.entries(NAMES)
    .map(([severity, name]) => plural(findings.filter((finding) => finding.severity === severity).length, name))
    .join(', ');
}

/** The last line of a report: how many rules ran, what they saw, and what was counted and is not told. */
export function summarise({ findings, rules, waived, baselined, elsewhere }: CheckResult): string {
  const aside = [
    ...(waived > 0 ? [`${waived} waived`] : []),
    ...(baselined && baselined.length > 0 ? [`${baselined.length} in the baseline`] : []),
    ...(elsewhere && elsewhere.count > 0 ? [`${elsewhere.count} outside what changed since ${showLine(elsewhere.base)}`] : []),
  ]
    .map((part) => `, ${part}`)
    .join('');
  if (findings.length === 0) return `${rules} rules ran and saw nothing${aside}. What they do not look at is not judged.`;
  return `${rules} rules ran: ${countFindings(findings)}${aside}.`;
}

/** A path as an address: each part escaped. */
export function toAddress(path: string): string {
  return path
    .toWellFormed()
    .split('/')
    .map((part) => encodeURIComponent(part).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`))
    .join('/');
}

/** The public address of a rule's page, where the release says where its pages are. */
export function pageAddress(rule: string, { pages }: ReportOptions): string | undefined {
  return pages === undefined ? undefined : `${pages}${toAddress(rule)}.md`;
}
