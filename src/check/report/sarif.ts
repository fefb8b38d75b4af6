import type { Finding } from '../../model/finding.ts';
import { showText } from '../../model/name-pattern.ts';
import { rules as allRules } from '../rules/index.ts';
import type { CheckResult } from '../run.ts';
import type { Reporter, ReportOptions } from './index.ts';
import { describeBasis, listDetails, pageAddress, summarise, toAddress } from './words.ts';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const LEVELS = { error: 'error', warning: 'warning', info: 'note' } as const;
/** The name of our fingerprint and its version (SARIF 2.1.0, 3.27.17); another way of making it gets another version. */
const FINGERPRINT = 'cartularyFinding/v1';

/**
 * For code scanning: SARIF 2.1.0. Where there is a baseline, results are `new` (3.27.24). What it holds is left out unless
 * it is asked for, for GitHub makes open alerts of results that are suppressed (github/codeql-action#1230); then it is
 * `unchanged` and suppressed (3.27.23).
 */
export const reportSarif: Reporter = (result, options) => `${JSON.stringify(toSarif(result, options), null, 2)}\n`;

function toSarif(result: CheckResult, options: ReportOptions) {
  const { findings, baselined, crashed } = result;
  const held = options.held ? (baselined ?? []) : [];
  const results = [
    ...findings.map((finding) => toResult(finding, options, baselined && 'new')),
    ...held.map((finding) => toResult(finding, options, 'unchanged')),
  ];
  const run = {
    tool: { driver: toDriver([...findings, ...held], options) },
    automationDetails: { id: 'cartulary/' },
    invocations: [{ executionSuccessful: !crashed }],
    columnKind: 'utf16CodeUnits',
    results,
    properties: {
      rules: result.rules,
      waived: result.waived,
      baselined: baselined?.length ?? 0,
      elsewhere: result.elsewhere?.count ?? 0,
      summary: summarise(result),
    },
  };
  return { $schema: SCHEMA, version: '2.1.0', runs: [run] };
}

function toDriver(findings: readonly Finding[], options: ReportOptions) {
  const { release, pages } = options;
  return {
    name: 'Cartulary',
    ...(release !== undefined && { version: release, semanticVersion: release }),
    ...(pages !== undefined && { informationUri: pages }),
    rules: listRules(findings).map((rule) => describeRule(rule, options)),
  };
}

type DescribedRule = Pick<(typeof allRules)[number], 'id' | 'demands' | 'severity'> & { basis: string };

/** All rules of this release, so that results which are gone still have theirs, and any others that made a finding. */
function listRules(findings: readonly Finding[]): DescribedRule[] {
  const known = new Map<string, DescribedRule>(allRules.map((rule) => [rule.id, { ...rule, basis: describeBasis(rule) }]));
  for (const finding of findings) {
    const { rule: id, severity } = finding;
    if (!known.has(id)) known.set(id, { id, demands: id, severity, basis: describeBasis(finding) });
  }
  return [...known.values()];
}

function describeRule({ id, demands, severity, basis }: DescribedRule, options: ReportOptions) {
  const address = pageAddress(id, options);
  const level = severity === 'off' ? 'none' : LEVELS[severity];
  return {
    id,
    name: id,
    shortDescription: { text: demands },
    fullDescription: { text: demands },
    help: { text: `${demands}\nBasis: ${basis}`, markdown: options.help?.get(id) ?? `${demands}\n\nBasis: ${basis}\n` },
    ...(address !== undefined && { helpUri: address }),
    defaultConfiguration: { level },
    properties: { tags: [id.split('/')[0]], 'problem.severity': level === 'error' || level === 'warning' ? level : 'recommendation' },
  };
}

function toResult(finding: Finding, { folder = '' }: ReportOptions, baselineState: 'new' | 'unchanged' | undefined) {
  const { at } = finding;
  const region = at.start && {
    startLine: at.start.line,
    startColumn: at.start.column,
    ...(at.end && { endLine: at.end.line, endColumn: at.end.column }),
  };
  const location = {
    physicalLocation: { artifactLocation: { uri: toAddress(folder + at.file), uriBaseId: '%SRCROOT%' }, ...(region && { region }) },
    ...(at.path !== undefined && { logicalLocations: [{ fullyQualifiedName: showText(at.path) }] }),
  };
  const text = [finding.message, ...listDetails(finding).map(([word, detail]) => `${word}: ${detail}`), `Basis: ${describeBasis(finding)}`];
  return {
    ruleId: finding.rule,
    level: LEVELS[finding.severity],
    message: { text: text.map(escapeMessage).join('\n') },
    locations: [location],
    partialFingerprints: { [FINGERPRINT]: finding.fingerprint },
    ...(baselineState !== undefined && { baselineState }),
    ...(baselineState === 'unchanged' && { suppressions: [{ kind: 'external', status: 'accepted', justification: 'Held in the baseline.' }] }),
  };
}

/** A plain text message can hold placeholders and links, `{0}` and `[text](address)` (3.11.5, 3.11.6); what a text holds is neither. */
const escapeMessage = (text: string) =>
  showText(text.replace(/\s+/g, ' '))
    .replace(/\](?=\()/g, '\\]')
    .replace(/[{}]/g, '$&$&');
