import { describe, expect, test } from 'vitest';
import { type Evidence, EvidenceItem, isOperational, judgeEvidence, lastValidDay } from '../../src/model/evidence.ts';
import type { Requirement } from '../../src/model/requirement.ts';

const ITEM = {
  id: 'EV-REG-01',
  title: 'Audit of cases',
  kind: 'audit-report',
  requirements: ['411-1:REG-6.2.2-05'],
  kept: 'Audit archive',
  owner: 'System Auditor',
  verified: '2026-09-11',
  result: 'passed',
  validFor: '12 months',
};
const CERTIFICATION = { ...ITEM, kind: 'certification', certifies: 'Card', covers: { from: '2025-01-01', to: '2027-01-01' } };
const issues = (item: object) => {
  const result = EvidenceItem.safeParse(item);
  return result.success ? [] : result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
};

describe('an item', () => {
  test('of each kind is taken', () => {
    expect(issues(ITEM)).toEqual([]);
    expect(issues({ ...ITEM, sections: ['cps 3.2.3', 'cp 1'], validFor: undefined, validUntil: '2027-09-11' })).toEqual([]);
    expect(issues({ ...CERTIFICATION, claimed: { from: '2025-01-01' } })).toEqual([]);
  });

  test.each([
    ['id', { id: 'ev-reg-01' }],
    ['id', { id: 'EVREG' }],
    ['title', { title: '  ' }],
    ['kind', { kind: 'screenshot' }],
    ['requirements', { requirements: [] }],
    ['requirements.0', { requirements: ['REG-6.2.2-05'] }],
    ['sections.0', { sections: ['cps'] }],
    ['sections.0', { sections: ['CPS 3.2.3'] }],
    ['sections.0', { sections: ['evidence 3.2.3'] }],
    ['verified', { verified: '2026-02-30' }],
    ['result', { result: 'ok' }],
    ['remark', { result: 'failed' }],
    ['remark', { result: 'passed-with-remarks' }],
    ['validFor', { validFor: 'a year' }],
    ['validFor', { validFor: '0 days' }],
    ['validUntil', { validUntil: '2027-09-11' }],
    ['validUntil', { validFor: undefined }],
    ['validUntil', { validFor: undefined, validUntil: '2026-09-10' }],
    ['covers', { kind: 'certification', certifies: 'Card' }],
    ['certifies', { kind: 'certification', covers: { from: '2025-01-01', to: '2027-01-01' } }],
    ['kind', { covers: { from: '2025-01-01', to: '2027-01-01' } }],
    ['kind', { claimed: { from: '2025-01-01' } }],
    ['covers', { ...CERTIFICATION, covers: { from: '2027-01-01', to: '2025-01-01' } }],
    ['claimed', { ...CERTIFICATION, claimed: { from: '2027-01-01', to: '2025-01-01' } }],
  ])('is refused at %s: %o', (path, change) => {
    expect(issues({ ...ITEM, ...change }).map((issue) => issue.split(':')[0])).toContain(path);
  });
});

test.each([
  ['2026-01-31', '1 month', '2026-02-28'],
  ['2024-02-29', '1 year', '2025-02-28'],
  ['2026-11-30', '3 months', '2027-02-28'],
  ['2026-12-31', '90 days', '2027-03-31'],
  ['2026-09-11', '12 months', '2027-09-11'],
])('%s and %s end with %s', (verified, validFor, last) => {
  expect(lastValidDay({ verified, validFor, validUntil: undefined })).toBe(last);
});

describe('an item on a day', () => {
  const sections = new Map([['cps 3.2.3', { version: '2.1', since: '2.0', title: 'Identity', from: '2025-01-15' }]]);
  const judge = (change: object, today = '2026-11-23') =>
    judgeEvidence({ ...(EvidenceItem.parse({ ...ITEM, ...change }) as Evidence), about: ['cps 3.2.3', 'cps 9.9'] }, { sections }, today).map(
      ({ kind }) => kind,
    );

  test.each([
    ['counts', {}, '2026-11-23', []],
    ['counts on its last day', {}, '2027-09-11', []],
    ['runs out on the next', {}, '2027-09-12', ['expired']],
    ['counts when it was verified on the day of the change', { verified: '2025-01-15', validFor: '3 years' }, '2026-11-23', []],
    ['is older the day before', { verified: '2025-01-14', validFor: '3 years' }, '2026-11-23', ['outdated']],
    ['failed', { result: 'failed', remark: 'No copy.' }, '2026-11-23', ['failed']],
    ['can be wrong in every way', { verified: '2025-01-14', result: 'failed', remark: 'No copy.' }, '2026-11-23', ['failed', 'expired', 'outdated']],
  ])('%s', (_, change, today, kinds) => {
    expect(judge(change, today)).toEqual(kinds);
  });

  test('is left alone as a certification that ended', () => {
    expect(judge({ ...CERTIFICATION, verified: '2024-01-01' }, '2027-01-02')).toEqual([]);
    expect(judge({ ...CERTIFICATION, verified: '2024-01-01' }, '2027-01-01')).toEqual(['expired', 'outdated']);
  });
});

test('records are asked for what shall or should be done, and not for what only leads elsewhere', () => {
  const requirement = { evidence: ['document', 'operation'], kind: 'shall', level: 'error', incorporates: [] } as unknown as Requirement;
  expect(isOperational(requirement)).toBe(true);
  expect(isOperational({ ...requirement, kind: 'should', level: 'info' })).toBe(true);
  expect(isOperational({ ...requirement, kind: 'may' })).toBe(false);
  expect(isOperational({ ...requirement, evidence: ['document', 'profile'] })).toBe(false);
  expect(isOperational({ ...requirement, level: 'info', incorporates: [{ standard: 'ETSI EN 319 401' }] })).toBe(false);
  expect(isOperational({ ...requirement, incorporates: [{ standard: 'ETSI EN 319 401' }] })).toBe(true);
});
