import { expect, test } from 'vitest';
import { reporters } from '../../src/check/report/index.ts';
import type { CheckResult } from '../../src/check/run.ts';
import type { Finding } from '../../src/model/finding.ts';

const finding = (more: Partial<Finding>): Finding => ({
  rule: 'form/section-stated',
  severity: 'error',
  basis: { standard: 'Mozilla Root Store Policy', edition: '3.1', clause: '3.3(5)' },
  page: 'docs/rules/form/section-stated.md',
  stopsBuild: false,
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

test('as JSON, findings are what they are', () => {
  const given = result([finding({ seen: '\x1b[2J', expected: 'text' })], { waived: 3 });
  expect(JSON.parse(reporters['json']?.(given, { color: false }) ?? '')).toEqual(given);
});
