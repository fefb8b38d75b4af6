import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ReportOptions, reporters } from '../../src/check/report/index.ts';
import { reportStepSummary } from '../../src/check/report/step-summary.ts';
import { rules as allRules } from '../../src/check/rules/index.ts';
import type { CheckResult } from '../../src/check/run.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Instant } from '../../src/model/time.ts';
import { junitErrors, sarifErrors } from '../helpers/report-schemas.ts';

const finding = (more: Partial<Finding>): Finding => ({
  rule: 'form/section-stated',
  severity: 'error',
  basis: { standard: 'Mozilla Root Store Policy', edition: '3.1', clause: '3.3(5)' },
  page: 'docs/rules/form/section-stated.md',
  stopsBuild: false,
  fingerprint: '0123456789abcdef',
  message: 'Section 4.9.1 is empty.',
  at: { file: 'policies/cps.md', start: { line: 314, column: 1 } },
  ...more,
});
const result = (findings: readonly Finding[], more: Partial<CheckResult> = {}): CheckResult => ({ findings, rules: 17, waived: 0, crashed: false, ...more });
const terminal = (given: CheckResult) => reporters['terminal']?.(given, { color: false }) ?? '';

test('at a terminal, each finding says where, what was seen, what was expected, what to do, and on what basis', () => {
  const findings = [
    finding({ at: { file: 'cartulary.yaml' }, severity: 'warning', message: 'The waiver for form/one matches no finding.', rule: 'form/waiver-used' }),
    finding({ seen: 'the end of the text', expected: 'text, or subsections', advice: 'Say what holds.' }),
    finding({
      severity: 'info',
      message: 'Section 5 is empty.',
      at: { file: 'policies/cps.md', start: { line: 320, column: 1 }, end: { line: 320, column: 9 } },
    }),
  ];
  expect(terminal(result(findings, { waived: 2 }))).toMatchInlineSnapshot(`
    "cartulary.yaml
                warning The waiver for form/one matches no finding. waiver-used    form
      [note]:
        basis:    Mozilla Root Store Policy 3.1 3.3(5) (docs/rules/form/section-stated.md)

    policies/cps.md
    314:1       error   Section 4.9.1 is empty.                     section-stated form
      [note]:
        seen:     the end of the text
        expected: text, or subsections
        to do:    Say what holds.
        basis:    Mozilla Root Store Policy 3.1 3.3(5) (docs/rules/form/section-stated.md)
    320:1-320:9 info    Section 5 is empty.                         section-stated form
      [note]:
        basis:    Mozilla Root Store Policy 3.1 3.3(5) (docs/rules/form/section-stated.md)

    3 messages (✖ 1 error, ⚠ 1 warning)

    17 rules ran: 1 error, 1 warning, 1 note, 2 waived.
    "
  `);
});

test('a file with more findings than anybody reads is cut, and says so', () => {
  const findings = Array.from({ length: 150_000 }, (_, index) => finding({ message: `Finding ${index}.` }));
  const said = terminal(result(findings));
  expect(said).toContain('Finding 999.');
  expect(said).not.toContain('Finding 1000.');
  expect(said).toContain('\npolicies/cps.md: 149000 more findings, which --format json has.\n');
  expect(said).toMatch(/17 rules ran: 150000 errors, [^\n]*\n$/);
});

test('a clean run says how many rules saw nothing, and claims no more', () => {
  expect(terminal(result([]))).toMatchInlineSnapshot(`
    "17 rules ran and saw nothing. What they do not look at is not judged.
    "
  `);
  expect(terminal(result([], { waived: 1 }))).toMatchInlineSnapshot(`
    "17 rules ran and saw nothing, 1 waived. What they do not look at is not judged.
    "
  `);
});

test('what a terminal or a build log would obey is shown as its code', () => {
  const hostile = '\x1b[2J\x07 a\n::error::b\r\n\u202ec\u2028d';
  const text = terminal(
    result([finding({ message: `${hostile}.`, seen: hostile, expected: hostile, advice: hostile, at: { file: `policies/${hostile}.md` } })]),
  );
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  expect(text).not.toMatch(/^\s*::/m);
  expect(text).toContain('seen:     \\u{1b}[2J\\u{7} a ::error::b \\u{202e}c d');
});

test('what build servers would obey in the middle of a line is shown as its code', () => {
  const text = terminal(result([finding({ message: 'a ##[stop-commands]x ##vso[task.setvariable]y ##teamcity[z] ## [text]', at: { file: '::error::x' } })]));
  expect(text).not.toMatch(/##\w*\[/);
  expect(text).toContain('a ##\\u{5b}stop-commands]x ##vso\\u{5b}task.setvariable]y ##teamcity\\u{5b}z] ## [text]');
  expect(text).toMatch(/^\\u\{3a\}:error::x$/m);
});

test('the last line counts what was left out', () => {
  const aside = { waived: 1, baselined: [finding({}), finding({})], elsewhere: { count: 3, base: 'origin/main' } };
  expect(terminal(result([], aside))).toBe(
    '17 rules ran and saw nothing, 1 waived, 2 in the baseline, 3 outside what changed since origin/main. What they do not look at is not judged.\n',
  );
});

const hostile =
  'a|b *c* [d](javascript:e) <script>f</script> `g` @h #1 https://i.example :j: {0} \\ % \x1b[2J\x00\u202e\ud800\uffff ]]> ##[error]k\n::error::l\r\n::m, n';

/** One finding of each kind: plain, with a place over several lines, hostile in all that a text can bring, without a place, a note. */
const findings = [
  finding({ seen: 'the end of the text', expected: 'text, or subsections', advice: 'Say what holds.' }),
  finding({ severity: 'warning', at: { file: 'policies/cps.md', start: { line: 3, column: 5 }, end: { line: 4, column: 1 } } }),
  finding({
    severity: 'warning',
    at: { file: 'policies/cps.md', start: { line: 9, column: 2 }, end: { line: 9, column: 7 } },
    fingerprint: '00000000000000ff',
  }),
  finding({
    message: hostile,
    seen: hostile,
    expected: hostile,
    advice: hostile,
    at: { file: `policies/${hostile}.md`, start: { line: 1, column: 1 }, path: hostile },
  }),
  finding({
    severity: 'info',
    message: 'Nothing is due.',
    rule: 'form/deadlines-near',
    at: { file: 'policies/register.yaml' },
    basis: { standard: 'Cartulary' },
  }),
];
const options = {
  color: false,
  now: '2026-11-23T10:00:00Z' as Instant,
  release: '1.2.3',
  folder: 'docs/pki/',
  pages: 'https://example.org/rules/',
  files: 'https://git.example.org/a/b/blob/c0ffee/',
};
const held = [finding({ message: 'Section 9 is empty.', fingerprint: 'fedcba9876543210' })];
const all = result(findings, { waived: 2, baselined: held });
const write = (format: string, given: CheckResult, more: Partial<ReportOptions> = {}) => reporters[format]?.(given, { ...options, ...more }) ?? '';

test('there is a report for each format', () => {
  expect(Object.keys(reporters)).toEqual(['terminal', 'json', 'sarif', 'github', 'junit']);
});

test('as JSON, findings are what they are, with the address of the page of each rule', () => {
  const given = [finding({ seen: '\x1b[2J', expected: 'text', advice: 'Do it.' })];
  expect(JSON.parse(reporters['json']?.(result(given, { waived: 3 }), { color: false }) ?? '')).toEqual({
    rules: 17,
    waived: 3,
    baselined: 0,
    elsewhere: 0,
    crashed: false,
    findings: given,
  });
  const {
    baselined,
    findings: [first],
  } = JSON.parse(write('json', all));
  expect(baselined).toBe(1);
  expect(JSON.parse(write('json', all)).held).toBeUndefined();
  expect(JSON.parse(write('json', all, { held: true })).held).toMatchObject(held);
  expect(first.address).toBe('https://example.org/rules/form/section-stated.md');
});

describe('as SARIF', () => {
  const parse = (given: CheckResult, more: Partial<ReportOptions> = {}) => JSON.parse(write('sarif', given, more)).runs[0];

  test.each([
    ['hostile findings', all],
    ['no finding', result([])],
    ['a crash', result([finding({ message: 'The rule form/one could not run: x', rule: 'form/one' })], { crashed: true })],
  ])('the log is valid: %s', (_, given) => {
    expect(sarifErrors(write('sarif', given))).toEqual([]);
    expect(sarifErrors(reporters['sarif']?.(given, { color: false }) ?? '')).toEqual([]);
  });

  test('the schema finds what is wrong', () => {
    expect(sarifErrors(write('sarif', all).replaceAll('"error"', '"grave"'))).not.toEqual([]);
  });

  test('a result has its rule, place from the root of the repository, text and fingerprint', () => {
    expect(parse(result(findings)).results[0]).toMatchInlineSnapshot(`
      {
        "level": "error",
        "locations": [
          {
            "physicalLocation": {
              "artifactLocation": {
                "uri": "docs/pki/policies/cps.md",
                "uriBaseId": "%SRCROOT%",
              },
              "region": {
                "startColumn": 1,
                "startLine": 314,
              },
            },
          },
        ],
        "message": {
          "text": "Section 4.9.1 is empty.
      Seen: the end of the text
      Expected: text, or subsections
      To do: Say what holds.
      Basis: Mozilla Root Store Policy 3.1 3.3(5)",
        },
        "partialFingerprints": {
          "cartularyFinding/v1": "0123456789abcdef",
        },
        "ruleId": "form/section-stated",
      }
    `);
  });

  test('what a text holds is no link and no placeholder', () => {
    const { message, locations } = parse(result(findings)).results[3];
    expect(message.text).toMatchInlineSnapshot(`
      "a|b *c* [d\\](javascript:e) <script>f</script> \`g\` @h #1 https://i.example :j: {{0}} \\ % \\u{{1b}}[2J\\u{{0}}\\u{{202e}}\\u{{d800}}￿ ]]> ##[error]k ::error::l ::m, n
      Seen: a|b *c* [d\\](javascript:e) <script>f</script> \`g\` @h #1 https://i.example :j: {{0}} \\ % \\u{{1b}}[2J\\u{{0}}\\u{{202e}}\\u{{d800}}￿ ]]> ##[error]k ::error::l ::m, n
      Expected: a|b *c* [d\\](javascript:e) <script>f</script> \`g\` @h #1 https://i.example :j: {{0}} \\ % \\u{{1b}}[2J\\u{{0}}\\u{{202e}}\\u{{d800}}￿ ]]> ##[error]k ::error::l ::m, n
      To do: a|b *c* [d\\](javascript:e) <script>f</script> \`g\` @h #1 https://i.example :j: {{0}} \\ % \\u{{1b}}[2J\\u{{0}}\\u{{202e}}\\u{{d800}}￿ ]]> ##[error]k ::error::l ::m, n
      Basis: Mozilla Root Store Policy 3.1 3.3(5)"
    `);
    expect(locations[0].physicalLocation.artifactLocation.uri).toMatchInlineSnapshot(
      `"docs/pki/policies/a%7Cb%20%2Ac%2A%20%5Bd%5D%28javascript%3Ae%29%20%3Cscript%3Ef%3C/script%3E%20%60g%60%20%40h%20%231%20https%3A//i.example%20%3Aj%3A%20%7B0%7D%20%5C%20%25%20%1B%5B2J%00%E2%80%AE%EF%BF%BD%EF%BF%BF%20%5D%5D%3E%20%23%23%5Berror%5Dk%0A%3A%3Aerror%3A%3Al%0D%0A%3A%3Am%2C%20n.md"`,
    );
  });

  test('with a baseline, every finding is new; what it holds is unchanged and suppressed, if it is asked for', () => {
    const states = (given: CheckResult, more: Partial<ReportOptions> = {}) =>
      parse(given, more).results.map(({ baselineState, suppressions }: Record<string, unknown>) => [baselineState, suppressions !== undefined]);
    expect(states(all)).toEqual(findings.map(() => ['new', false]));
    expect(states(all, { held: true })).toEqual([...findings.map(() => ['new', false]), ['unchanged', true]]);
    expect(sarifErrors(write('sarif', all, { held: true }))).toEqual([]);
    expect(states(result(findings))).toEqual(findings.map(() => [undefined, false]));
  });

  test('every rule is described, with its page', () => {
    const help = new Map([['form/section-stated', '# form/section-stated\n\nNo section is empty.']]);
    const { rules } = JSON.parse(reporters['sarif']?.(all, { ...options, help }) ?? '').runs[0].tool.driver;
    expect(rules.map(({ id }: { id: string }) => id)).toEqual(allRules.map(({ id }) => id));
    expect(rules.find(({ id }: { id: string }) => id === 'form/section-stated')).toMatchInlineSnapshot(`
      {
        "defaultConfiguration": {
          "level": "error",
        },
        "fullDescription": {
          "text": "No section is empty.",
        },
        "help": {
          "markdown": "# form/section-stated

      No section is empty.",
          "text": "No section is empty.
      Basis: Mozilla Root Store Policy 3.1 3.3(5)",
        },
        "helpUri": "https://example.org/rules/form/section-stated.md",
        "id": "form/section-stated",
        "name": "form/section-stated",
        "properties": {
          "problem.severity": "error",
          "tags": [
            "form",
          ],
        },
        "shortDescription": {
          "text": "No section is empty.",
        },
      }
    `);
  });
});

describe('for GitHub', () => {
  test('annotations stand beside the lines, after the list', () => {
    const text = write('github', all);
    expect(text.slice(text.indexOf('::endgroup::'))).toMatchInlineSnapshot(`
      "::endgroup::
      ::error file=docs/pki/policies/cps.md,line=314,col=1,title=form/section-stated::Section 4.9.1 is empty.%0ASeen: the end of the text%0AExpected: text, or subsections%0ATo do: Say what holds.%0ABasis: Mozilla Root Store Policy 3.1 3.3(5) (https://example.org/rules/form/section-stated.md)
      ::error file=docs/pki/policies/a|b *c* [d](javascript%3Ae) <script>f</script> \`g\` @h #1 https%3A//i.example %3Aj%3A {0} \\ %25 \\u{1b}[2J\\u{0}\\u{202e}\\u{d800}￿ ]]> ##\\u{5b}error]k %3A%3Aerror%3A%3Al %3A%3Am%2C n.md,line=1,col=1,title=form/section-stated::a|b *c* [d](javascript:e) <script>f</script> \`g\` @h #1 https://i.example :j: {0} \\ %25 \\u{1b}[2J\\u{0}\\u{202e}\\u{d800}￿ ]]> ##\\u{5b}error]k ::error::l ::m, n%0ASeen: a|b *c* [d](javascript:e) <script>f</script> \`g\` @h #1 https://i.example :j: {0} \\ %25 \\u{1b}[2J\\u{0}\\u{202e}\\u{d800}￿ ]]> ##\\u{5b}error]k ::error::l ::m, n%0AExpected: a|b *c* [d](javascript:e) <script>f</script> \`g\` @h #1 https://i.example :j: {0} \\ %25 \\u{1b}[2J\\u{0}\\u{202e}\\u{d800}￿ ]]> ##\\u{5b}error]k ::error::l ::m, n%0ATo do: a|b *c* [d](javascript:e) <script>f</script> \`g\` @h #1 https://i.example :j: {0} \\ %25 \\u{1b}[2J\\u{0}\\u{202e}\\u{d800}￿ ]]> ##\\u{5b}error]k ::error::l ::m, n%0ABasis: Mozilla Root Store Policy 3.1 3.3(5) (https://example.org/rules/form/section-stated.md)
      ::warning file=docs/pki/policies/cps.md,line=3,endLine=4,title=form/section-stated::Section 4.9.1 is empty.%0ABasis: Mozilla Root Store Policy 3.1 3.3(5) (https://example.org/rules/form/section-stated.md)
      ::warning file=docs/pki/policies/cps.md,line=9,endLine=9,col=2,endColumn=7,title=form/section-stated::Section 4.9.1 is empty.%0ABasis: Mozilla Root Store Policy 3.1 3.3(5) (https://example.org/rules/form/section-stated.md)
      ::notice file=docs/pki/policies/register.yaml,title=form/deadlines-near::Nothing is due.%0ABasis: Cartulary (https://example.org/rules/form/deadlines-near.md)
      17 rules ran: 2 errors, 2 warnings, 1 note, 2 waived, 1 in the baseline.
      "
    `);
    expect(text).toMatch(/^::group::5 findings\npolicies\//);
  });

  test('no line but ours is a command', () => {
    const lines = write('github', all).split('\n');
    expect(lines.filter((line) => /^\s*::/.test(line)).map((line) => line.split(/[ :]/)[2])).toEqual([
      'group',
      'endgroup',
      'error',
      'error',
      'warning',
      'warning',
      'notice',
    ]);
    expect(lines.filter((line) => !line.startsWith('::') && /##\w*\[/.test(line))).toEqual([]);
  });

  test('no more annotations than GitHub shows, what stops a build first', () => {
    const many = Array.from({ length: 30 }, (_, index) =>
      finding({ message: `Number ${index}.`, stopsBuild: index === 29, severity: index < 3 ? 'warning' : 'error' }),
    );
    const lines = write('github', result(many)).split('\n');
    const commands = lines.filter((line) => /^::(?:error|warning)/.test(line));
    expect(commands).toHaveLength(13);
    expect(commands[0]).toContain('Number 29.');
    expect(lines.at(-3)).toBe('GitHub shows 10 annotations of a kind; 17 findings more in the list above.');
  });

  test('a clean run is one line', () => {
    expect(write('github', result([]))).toBe('17 rules ran and saw nothing. What they do not look at is not judged.\n');
  });

  test('the summary of the step has the counts and a table with links', () => {
    expect(reportStepSummary(all, options)).toMatchInlineSnapshot(`
      "### Cartulary check

      17 rules ran&#58; 2 errors, 2 warnings, 1 note, 2 waived, 1 in the baseline.

      | | place | finding | rule |
      | --- | --- | --- | --- |
      | error | [policies/cps.md&#58;314](https://git.example.org/a/b/blob/c0ffee/docs/pki/policies/cps.md?plain=1#L314) | Section 4.9.1 is empty.<br>Seen&#58; the end of the text<br>Expected&#58; text, or subsections<br>To do&#58; Say what holds. | [form/section-stated](https://example.org/rules/form/section-stated.md)<br>Mozilla Root Store Policy 3.1 3.3&#40;5&#41; |
      | warning | [policies/cps.md&#58;3](https://git.example.org/a/b/blob/c0ffee/docs/pki/policies/cps.md?plain=1#L3) | Section 4.9.1 is empty. | [form/section-stated](https://example.org/rules/form/section-stated.md)<br>Mozilla Root Store Policy 3.1 3.3&#40;5&#41; |
      | warning | [policies/cps.md&#58;9](https://git.example.org/a/b/blob/c0ffee/docs/pki/policies/cps.md?plain=1#L9) | Section 4.9.1 is empty. | [form/section-stated](https://example.org/rules/form/section-stated.md)<br>Mozilla Root Store Policy 3.1 3.3&#40;5&#41; |
      | error | [policies/a&#124;b &#42;c&#42; &#91;d&#93;&#40;javascript&#58;e&#41; &#60;script&#62;f&#60;/script&#62; &#96;g&#96; &#64;h &#35;1 https&#58;//i.example &#58;j&#58; {0} &#92; % &#92;u{1b}&#91;2J&#92;u{0}&#92;u{202e}&#92;u{d800}￿ &#93;&#93;&#62; &#35;&#35;&#92;u{5b}error&#93;k &#58;&#58;error&#58;&#58;l &#58;&#58;m, n.md&#58;1](https://git.example.org/a/b/blob/c0ffee/docs/pki/policies/a%7Cb%20%2Ac%2A%20%5Bd%5D%28javascript%3Ae%29%20%3Cscript%3Ef%3C/script%3E%20%60g%60%20%40h%20%231%20https%3A//i.example%20%3Aj%3A%20%7B0%7D%20%5C%20%25%20%1B%5B2J%00%E2%80%AE%EF%BF%BD%EF%BF%BF%20%5D%5D%3E%20%23%23%5Berror%5Dk%0A%3A%3Aerror%3A%3Al%0D%0A%3A%3Am%2C%20n.md?plain=1#L1) | a&#124;b &#42;c&#42; &#91;d&#93;&#40;javascript&#58;e&#41; &#60;script&#62;f&#60;/script&#62; &#96;g&#96; &#64;h &#35;1 https&#58;//i.example &#58;j&#58; {0} &#92; % &#92;u{1b}&#91;2J&#92;u{0}&#92;u{202e}&#92;u{d800}￿ &#93;&#93;&#62; &#35;&#35;&#92;u{5b}error&#93;k &#58;&#58;error&#58;&#58;l &#58;&#58;m, n<br>Seen&#58; a&#124;b &#42;c&#42; &#91;d&#93;&#40;javascript&#58;e&#41; &#60;script&#62;f&#60;/script&#62; &#96;g&#96; &#64;h &#35;1 https&#58;//i.example &#58;j&#58; {0} &#92; % &#92;u{1b}&#91;2J&#92;u{0}&#92;u{202e}&#92;u{d800}￿ &#93;&#93;&#62; &#35;&#35;&#92;u{5b}error&#93;k &#58;&#58;error&#58;&#58;l &#58;&#58;m, n<br>Expected&#58; a&#124;b &#42;c&#42; &#91;d&#93;&#40;javascript&#58;e&#41; &#60;script&#62;f&#60;/script&#62; &#96;g&#96; &#64;h &#35;1 https&#58;//i.example &#58;j&#58; {0} &#92; % &#92;u{1b}&#91;2J&#92;u{0}&#92;u{202e}&#92;u{d800}￿ &#93;&#93;&#62; &#35;&#35;&#92;u{5b}error&#93;k &#58;&#58;error&#58;&#58;l &#58;&#58;m, n<br>To do&#58; a&#124;b &#42;c&#42; &#91;d&#93;&#40;javascript&#58;e&#41; &#60;script&#62;f&#60;/script&#62; &#96;g&#96; &#64;h &#35;1 https&#58;//i.example &#58;j&#58; {0} &#92; % &#92;u{1b}&#91;2J&#92;u{0}&#92;u{202e}&#92;u{d800}￿ &#93;&#93;&#62; &#35;&#35;&#92;u{5b}error&#93;k &#58;&#58;error&#58;&#58;l &#58;&#58;m, n | [form/section-stated](https://example.org/rules/form/section-stated.md)<br>Mozilla Root Store Policy 3.1 3.3&#40;5&#41; |
      | note | [policies/register.yaml](https://git.example.org/a/b/blob/c0ffee/docs/pki/policies/register.yaml?plain=1) | Nothing is due. | [form/deadlines-near](https://example.org/rules/form/deadlines-near.md)<br>Cartulary |
      "
    `);
    expect(reportStepSummary(result([]), options)).toMatchInlineSnapshot(`
      "### Cartulary check

      17 rules ran and saw nothing. What they do not look at is not judged.
      "
    `);
  });

  test('the summary of the step stays below what GitHub takes', () => {
    const long = '|'.repeat(10_000);
    const many = Array.from({ length: 1_000 }, () => finding({ message: long, seen: long, expected: long, advice: long, at: { file: `${long}.md` } }));
    const text = reportStepSummary(result(many), { ...options, folder: '' });
    expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024);
    expect(text).toMatch(/\d+ findings more in the log\.\n$/);
  });

  test('without addresses, places and rules are plain words', () => {
    expect(reportStepSummary(result(findings.slice(0, 1)), { color: false })).not.toContain('](');
  });
});

describe('as JUnit XML', () => {
  test('the report is valid, whatever the findings hold', () => {
    expect(junitErrors(write('junit', all))).toEqual([]);
    expect(junitErrors(write('junit', result([])))).toEqual([]);
    expect(junitErrors(write('junit', all, { held: true }))).toEqual([]);
    expect(junitErrors(write('junit', all).replace('failures="3"', 'failures="9"'))).toEqual(['failures is 9, not 3']);
  });

  test('each file is a suite, each finding a test; notes pass, and what the baseline holds, if it is asked for, is skipped', () => {
    expect(write('junit', result([findings[0] as Finding, findings[4] as Finding], { baselined: held }), { held: true })).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8"?>
      <testsuites>
        <testsuite name="policies/cps.md" package="cartulary" id="0" timestamp="2026-11-23T10:00:00" hostname="localhost" tests="2" failures="1" errors="0" skipped="1" time="0">
          <properties><property name="rules" value="17"/></properties>
          <testcase classname="form.section-stated" name="Section 4.9.1 is empty. (policies/cps.md:314:1)" time="0"><failure type="error" message="Section 4.9.1 is empty.">policies/cps.md:314:1: Section 4.9.1 is empty.
      Seen: the end of the text
      Expected: text, or subsections
      To do: Say what holds.
      Basis: Mozilla Root Store Policy 3.1 3.3(5) (https://example.org/rules/form/section-stated.md)</failure></testcase>
          <testcase classname="form.section-stated" name="Section 9 is empty. (policies/cps.md:314:1)" time="0"><skipped/></testcase>
          <system-out>17 rules ran: 1 error, 0 warnings, 1 note, 1 in the baseline.</system-out>
          <system-err></system-err>
        </testsuite>
        <testsuite name="policies/register.yaml" package="cartulary" id="1" timestamp="2026-11-23T10:00:00" hostname="localhost" tests="1" failures="0" errors="0" skipped="0" time="0">
          <properties><property name="rules" value="17"/></properties>
          <testcase classname="form.deadlines-near" name="Nothing is due. (policies/register.yaml)" time="0"></testcase>
          <system-out></system-out>
          <system-err></system-err>
        </testsuite>
      </testsuites>
      "
    `);
  });

  test('a clean run is one test that passed', () => {
    expect(write('junit', result([]))).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8"?>
      <testsuites>
        <testsuite name="cartulary check" package="cartulary" id="0" timestamp="2026-11-23T10:00:00" hostname="localhost" tests="1" failures="0" errors="0" skipped="0" time="0">
          <properties><property name="rules" value="17"/></properties>
          <testcase classname="cartulary check" name="17 rules ran and saw nothing. What they do not look at is not judged." time="0"></testcase>
          <system-out>17 rules ran and saw nothing. What they do not look at is not judged.</system-out>
          <system-err></system-err>
        </testsuite>
      </testsuites>
      "
    `);
  });
});

test('whatever findings hold, reports are valid, and no line is a command that is not ours', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom('\n', '\r', ':', '#', '[', ']', '(', '<', '&', '%', ',', '|', '`', '{', '\u2028', '\ud800', 'a') }),
  );
  const point = fc.record({ line: fc.integer({ min: 1 }), column: fc.integer({ min: 1 }) });
  const any = fc
    .record({
      message: text,
      seen: text,
      expected: text,
      advice: text,
      file: text.map((file) => `a${file}`),
      severity: fc.constantFrom('error', 'warning', 'info'),
      start: point,
    })
    .map(({ file, start, ...rest }) => finding({ ...rest, at: { file, start } } as Partial<Finding>));
  fc.assert(
    fc.property(fc.array(any, { maxLength: 4 }), (given) => {
      const made = result(given, { baselined: given });
      expect(sarifErrors(write('sarif', made, { held: true }))).toEqual([]);
      expect(junitErrors(write('junit', made, { held: true }))).toEqual([]);
      const lines = write('github', made).split(/[\r\n]/);
      expect(lines.filter((line) => /^\s*::/.test(line))).toHaveLength(given.length > 0 ? given.length + 2 : 0);
      expect(lines.filter((line) => /##\w*\[/.test(line))).toEqual([]);
      const rows = reportStepSummary(made, options)
        .split(/[\r\n]/)
        .filter((line) => line.startsWith('| '));
      expect(rows.filter((row) => row.match(/\|/g)?.length !== 5)).toEqual([]);
    }),
    { numRuns: 200, seed: 1 },
  );
});
