import type { Finding } from '../../model/finding.ts';
import { showText } from '../../model/name-pattern.ts';
import type { CheckResult } from '../run.ts';
import type { Reporter } from './index.ts';
import { describeBasis, listDetails, pageAddress, summarise } from './words.ts';

type Options = Parameters<Reporter>[1];

/**
 * For build servers that show tests: JUnit XML as Jenkins and Ant know it. Each file is a suite, each finding a test:
 * errors and warnings fail, notes pass, and what the baseline holds, if it is asked for, is skipped. A clean run is one test that passed.
 */
export const reportJunit: Reporter = (result, options) => {
  const held = new Set(options.held ? result.baselined : []);
  const all = [...result.findings, ...held];
  const files = [...Map.groupBy(all, ({ at }) => at.file)].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const suites = files.map(([file, findings]) => {
    const cases = findings.map((finding) => writeCase(finding, held.has(finding), options));
    return { name: file, cases, failures: findings.filter((finding) => fails(finding) && !held.has(finding)).length, skipped: count(findings, held) };
  });
  const clean = { name: 'cartulary check', cases: [testCase('cartulary check', summarise(result), '')], failures: 0, skipped: 0 };
  return writeSuites(suites.length > 0 ? suites : [clean], result, options);
};

const fails = ({ severity }: Finding) => severity !== 'info';
const count = (findings: readonly Finding[], held: ReadonlySet<Finding>) => findings.filter((finding) => held.has(finding)).length;

interface Suite {
  name: string;
  cases: readonly string[];
  failures: number;
  skipped: number;
}

function writeSuites(suites: readonly Suite[], result: CheckResult, { now }: Options): string {
  // The schema of Ant wants a host, and a time without a zone.
  const timestamp = (now ?? '1970-01-01T00:00:00').slice(0, 19);
  const parts = suites.map(({ name, cases, failures, skipped }, index) => {
    const own = attributes({
      name,
      package: 'cartulary',
      id: index,
      timestamp,
      hostname: 'localhost',
      tests: cases.length,
      failures,
      errors: 0,
      skipped,
      time: 0,
    });
    const output = `    <system-out>${index === 0 ? escapeXml(summarise(result)) : ''}</system-out>\n    <system-err></system-err>\n`;
    return `  <testsuite${own}>\n    <properties><property name="rules" value="${result.rules}"/></properties>\n${cases.join('')}${output}  </testsuite>\n`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${parts.join('')}</testsuites>\n`;
}

function writeCase(finding: Finding, isHeld: boolean, options: Options): string {
  const { rule, severity, message, at } = finding;
  const place = [at.file, at.start?.line, at.start?.column].filter((part) => part !== undefined).join(':');
  const lines = [
    `${place}: ${message}`,
    ...listDetails(finding).map(([word, text]) => `${word}: ${text}`),
    `Basis: ${describeBasis(finding)} (${pageAddress(rule, options) ?? finding.page})`,
  ];
  const body = escapeXml(lines.map((line) => line.replace(/\s+/g, ' ')).join('\n'));
  const failure = `<failure${attributes({ type: severity, message })}>${body}</failure>`;
  return testCase(rule, `${message} (${place})`, isHeld ? '<skipped/>' : fails(finding) ? failure : '');
}

const testCase = (classname: string, name: string, content: string) =>
  `    <testcase${attributes({ classname: classname.replaceAll('/', '.'), name, time: 0 })}>${content}</testcase>\n`;

const attributes = (values: Readonly<Record<string, string | number>>) =>
  Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value).replace(/\s+/g, ' ').trim())}"`)
    .join('');

const REFERENCES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Characters that XML 1.0 does not know are shown as their code. */
function escapeXml(text: string): string {
  return text
    .split('\n')
    .map(showText)
    .join('\n')
    .replace(/[\uFFFE\uFFFF]/g, '\uFFFD')
    .replace(/[&<>"']/g, (sign) => REFERENCES[sign] ?? '');
}
