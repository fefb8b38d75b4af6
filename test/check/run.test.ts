import { expect, test } from 'vitest';
import { waiverUsed } from '../../src/check/rules/form/waiver-used.ts';
import { publicationErrors, runCheck } from '../../src/check/run.ts';
import { NO_SHELF } from '../../src/model/catalogue-shelf.ts';
import { Config } from '../../src/model/config.ts';
import type { Observation, Rule } from '../../src/model/finding.ts';
import { NO_FORM_FACTS } from '../../src/model/form-facts.ts';
import { NO_STATEMENTS } from '../../src/model/statement.ts';
import type { Instant } from '../../src/model/time.ts';
import type { Workspace } from '../../src/model/workspace.ts';

function makeWorkspace(config: object = {}): Workspace {
  return {
    config: Config.parse({ name: 'Example', site: 'https://repository.example.org', timeZone: 'Europe/Vienna', ...config }),
    configFields: { 'waivers.0': { line: 5, column: 5 } },
    now: '2026-11-23T00:00:00Z' as Instant,
    audience: 'public',
    register: { entries: [], last: undefined },
    base: undefined,
    drafts: [],
    facts: new Map(),
    outline: { standard: 'RFC 3647', sections: [] },
    catalogues: [],
    shelf: NO_SHELF,
    markHistories: new Map(),
    formFacts: NO_FORM_FACTS,
    statements: NO_STATEMENTS,
    profiles: [],
    boundProfiles: new Map(),
    deployed: [],
    services: undefined,
    trustedLists: undefined,
    observations: [],
  };
}

const makeRule = (id: Rule['id'], check: Rule['check'], more: Partial<Rule> = {}): Rule => ({
  id,
  demands: 'All is well.',
  basis: { standard: 'RFC 3647', clause: '6' },
  severity: 'error',
  check,
  ...more,
});
const see = (message: string, file = 'policies/cps.md', line?: number): Observation => ({
  message,
  at: { file, ...(line !== undefined && { start: { line, column: 1 } }) },
});
const one = makeRule('form/one', () => [see('One.')]);

test('a finding has what the rule saw, and what the runner knows of the rule', () => {
  expect(runCheck(makeWorkspace(), [one])).toEqual({
    findings: [
      {
        message: 'One.',
        at: { file: 'policies/cps.md' },
        rule: 'form/one',
        severity: 'error',
        basis: { standard: 'RFC 3647', clause: '6' },
        page: 'docs/rules/form/one.md',
        stopsBuild: false,
        fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
      },
    ],
    rules: 1,
    waived: 0,
    crashed: false,
  });
});

test('findings stand in the order of file, line, column, rule and message', () => {
  const many = makeRule('form/many', () => [see('Z.', 'b.md', 1), see('Y.', 'a.md', 10), see('X.', 'a.md', 9), see('W.', 'a.md'), see('A.', 'a.md', 9)]);
  const twin = makeRule('form/a', () => [see('B.', 'a.md', 9)]);
  expect(runCheck(makeWorkspace(), [many, twin]).findings.map(({ message }) => message)).toEqual(['W.', 'B.', 'A.', 'X.', 'Y.', 'Z.']);
});

test('a rule that crashes is an error that names it, whatever its severity, and the other rules still run', () => {
  const crash = makeRule('form/crash', function* () {
    yield see('Seen before.');
    throw new Error('No such thing.');
  });
  const result = runCheck(makeWorkspace({ severities: { 'form/crash': 'info' } }), [crash, one]);
  expect(result.crashed).toBe(true);
  expect(result.findings.map(({ severity, message }) => `${severity} ${message}`)).toEqual([
    'error The rule form/crash could not run: No such thing.',
    'info Seen before.',
    'error One.',
  ]);
});

test('severities come from the configuration, and a rule that is off does not run', () => {
  const never = makeRule('form/never', () => {
    throw new Error('It ran.');
  });
  const result = runCheck(makeWorkspace({ severities: { 'form/one': 'info', 'form/never': 'off' } }), [one, never]);
  expect(result).toMatchObject({ rules: 1, crashed: false, findings: [{ rule: 'form/one', severity: 'info' }] });
});

const waive = (rule: string, more: object = {}) => ({ waivers: [{ rule, reason: 'Later.', until: '2026-11-23', ...more }] });

test('a waiver hides findings of its rule up to its last day, in the time zone of the provider', () => {
  expect(runCheck(makeWorkspace(waive('form/one')), [one, waiverUsed])).toMatchObject({ findings: [], waived: 1 });
  const late = { ...makeWorkspace(waive('form/one')), now: '2026-11-23T22:59:59Z' as Instant };
  expect(runCheck(late, [one, waiverUsed]).waived).toBe(1);
  expect(runCheck({ ...late, now: '2026-11-23T23:00:00Z' as Instant }, [one, waiverUsed]).findings.map(({ message }) => message)).toEqual([
    'The waiver for form/one ended on 2026-11-23.',
    'One.',
  ]);
});

test('a waiver for a file hides nothing in another', () => {
  const result = runCheck(makeWorkspace(waive('form/one', { file: 'policies/cp.md' })), [one, waiverUsed]);
  expect(result.findings.map(({ message }) => message)).toEqual(['The waiver for form/one matches no finding.', 'One.']);
  expect(result.findings[0]).toMatchObject({ rule: 'form/waiver-used', severity: 'warning', at: { file: 'cartulary.yaml', start: { line: 5, column: 5 } } });
});

test('a finding that stops a build cannot be waived', () => {
  const grave = makeRule('form/grave', () => [see('Grave.')], { stopsBuild: true });
  const result = runCheck(makeWorkspace(waive('form/grave')), [grave, one, waiverUsed]);
  expect(result.waived).toBe(0);
  expect(result.findings.map(({ message }) => message)).toEqual(['Findings of form/grave cannot be waived.', 'Grave.', 'One.']);
  expect(publicationErrors(result).map(({ message }) => message)).toEqual(['Grave.']);
});

test('the rule on waivers has its severity from the configuration too', () => {
  const severities = (severity: string) => ({ ...waive('form/two'), severities: { 'form/waiver-used': severity } });
  expect(runCheck(makeWorkspace(severities('off')), [one, waiverUsed]).findings).toHaveLength(1);
  expect(runCheck(makeWorkspace(severities('error')), [one, waiverUsed]).findings[0]).toMatchObject({ rule: 'form/waiver-used', severity: 'error' });
});

test('a rule of a set runs where the set is chosen, and one without sets always', () => {
  const ofSets = makeRule('form/two', () => [see('Two.')], { sets: ['mozilla', 'cabf-tls'] });
  const seen = (config: object) => runCheck(makeWorkspace(config), [one, ofSets]).findings.map(({ message }) => message);
  expect(seen({})).toEqual(['One.']);
  expect(seen({ ruleSets: ['etsi-qualified', 'cabf-tls'] })).toEqual(['One.', 'Two.']);
  expect(runCheck(makeWorkspace(), [one, ofSets]).rules).toBe(1);
  expect(() => makeWorkspace({ ruleSets: [] })).toThrow('expected at least one rule set');
  expect(() => makeWorkspace({ ruleSets: ['webtrust'] })).toThrow();
});
