import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { type CapturedState, type QualifiedUse, qualify, qualifyStates, type Verdict } from '../../src/model/qualification.ts';
import { EIDAS_START } from '../../src/model/qualified-device.ts';
import { captureQualifiers, meets, type QualificationFacts } from '../../src/model/qualifier.ts';
import { type Instant, parseInstant } from '../../src/model/time.ts';
import { type CriteriaList, type Criterion, etsiNameOf, type Qualification, serviceTypeOf, stateAt } from '../../src/model/trusted-list.ts';
import { sharedFile } from '../helpers/shared.ts';

const shared = sharedFile('trusted-lists/expectations.yaml');

interface Expected {
  at_issuance: Partial<Record<QualifiedUse, Verdict>>;
  at_check: Partial<Record<QualifiedUse, Verdict>>;
  confirmed: string;
  qscd?: string;
}
interface Decision {
  id: string;
  profile: QualificationFacts & { notBefore: string };
  services: { type: string; status: string; start: string; end?: string; additionalServiceInfo: string[]; matchedQualifiers: string[] }[];
  at: string;
  expect: Expected;
}

const instant = (text: string): Instant => parseInstant(text, 'UTC') as Instant;

const statesAt =
  (services: Decision['services']) =>
  (time: Instant): readonly CapturedState[] =>
    services
      .filter(({ start, end }) => instant(start) <= time && (end === undefined || time < instant(end)))
      .map(({ type, status, additionalServiceInfo, matchedQualifiers }) => ({
        provider: 'One',
        state: { type, status, uses: additionalServiceInfo },
        captured: { qualifiers: matchedQualifiers, undecided: [] },
      }));

test.skipIf(shared.absent)(`the 21 decisions of other implementations come out the same${shared.reason}`, () => {
  const { decisions } = parse(readFileSync(shared.path, 'utf8')) as { decisions: Decision[] };
  expect(decisions).toHaveLength(21);
  for (const { id, profile, services, at, expect: expected } of decisions) {
    const { atIssuance, atCheck, confirmed, qscd } = qualifyStates(
      statesAt(services),
      { legislation: false, ...profile },
      { issued: instant(profile.notBefore), at: instant(at) },
    );
    const answer = { at_issuance: atIssuance.uses, at_check: atCheck.uses, confirmed, ...(expected.qscd && { qscd }) };
    expect(answer, id).toEqual(expected);
  }
});

const LATE = { issued: instant('2024-01-01'), at: instant('2025-01-01') };
const service = (changes: Partial<CapturedState['state']> = {}, qualifiers: readonly string[] = [], provider = 'One'): CapturedState => ({
  provider,
  state: { type: 'CA/QC', status: 'granted', uses: ['ForeSignatures'], ...changes },
  captured: { qualifiers, undecided: [] },
});
const SIGNATURE: QualificationFacts = { qcCompliance: true, legislation: false, qcTypes: ['esign'], qcSSCD: true, policies: [], keyUsage: ['nonRepudiation'] };

test.each<[string, readonly CapturedState[], QualificationFacts, Partial<Record<QualifiedUse, Verdict>>, string]>([
  ['granted, QcCompliance and the type', [service()], SIGNATURE, { esig: 'qualified' }, 'esig'],
  ['no service', [], SIGNATURE, { esig: 'not-qualified' }, 'none'],
  ['a status that the lists do not have any more', [service({ status: 'undersupervision' })], SIGNATURE, { esig: 'indeterminate' }, 'none'],
  ['two services that differ', [service(), service({ status: 'withdrawn' })], SIGNATURE, { esig: 'indeterminate' }, 'none'],
  ['two services alike', [service(), service()], SIGNATURE, { esig: 'qualified' }, 'esig'],
  ['services of two providers', [service(), service({}, [], 'Two')], SIGNATURE, { esig: 'qualified' }, 'none'],
  ['another type of service', [service({ type: 'TSA/QTST' })], SIGNATURE, { esig: 'not-qualified' }, 'none'],
  ['a qualifier of another use', [service({}, ['QCForESeal'])], SIGNATURE, { esig: 'indeterminate' }, 'none'],
  ['QCForLegalPerson and signatures', [service({}, ['QCForLegalPerson'])], SIGNATURE, { esig: 'indeterminate' }, 'none'],
  ['NotQualified and QCStatement', [service({}, ['NotQualified', 'QCStatement'])], SIGNATURE, { esig: 'indeterminate' }, 'none'],
  ['NotQualified', [service({}, ['NotQualified'])], SIGNATURE, { esig: 'not-qualified' }, 'none'],
  ['QCStatement without a type', [service({}, ['QCStatement'])], { ...SIGNATURE, qcCompliance: false, qcTypes: [] }, { esig: 'indeterminate' }, 'none'],
  ['another legislation', [service()], { ...SIGNATURE, legislation: true }, { esig: 'not-qualified' }, 'none'],
  ['nobody knows of QcCompliance', [service()], { ...SIGNATURE, qcCompliance: undefined }, { esig: 'indeterminate' }, 'none'],
  ['nobody knows the QcType', [service()], { ...SIGNATURE, qcTypes: undefined }, { esig: 'indeterminate' }, 'none'],
  ['a critical extension that nobody knows', [service({ unknownCritical: ['urn:x'] })], SIGNATURE, { esig: 'qualified' }, 'none'],
])('%s', (_, states, facts, uses, confirmed) => {
  const answer = qualifyStates(() => states, facts, LATE);
  expect(answer.atCheck.uses).toMatchObject(uses);
  expect(answer.confirmed).toBe(confirmed);
});

test.each<[string, readonly string[], boolean | undefined, string]>([
  ['nothing', [], true, 'yes'],
  ['nothing', [], false, 'no'],
  ['nothing', [], undefined, 'indeterminate'],
  ['QCWithQSCD', ['QCWithQSCD'], false, 'yes'],
  ['managed on behalf', ['QCQSCDManagedOnBehalf'], false, 'yes'],
  ['QCNoQSCD', ['QCNoQSCD'], true, 'no'],
  ['as in the certificate', ['QCQSCDStatusAsInCert'], true, 'yes'],
  ['as in the certificate, and QCNoQSCD', ['QCQSCDStatusAsInCert', 'QCNoQSCD'], true, 'indeterminate'],
  ['the old name alone', ['QCNoSSCD'], true, 'indeterminate'],
])('of the device the list says %s', (_, qualifiers, qcSSCD, expected) => {
  const { atCheck } = qualifyStates(() => [service({}, qualifiers)], { ...SIGNATURE, qcSSCD }, LATE);
  expect(atCheck.qscd).toBe(expected);
});

test('before eIDAS there were signatures only, and the old names count', () => {
  const early = { issued: instant('2015-01-01'), at: instant('2015-06-01') };
  const states = [service({ status: 'accredited', uses: [] }, ['QCWithSSCD'])];
  const { atCheck, confirmed, qscd } = qualifyStates(() => states, { qcCompliance: false, policies: ['0.4.0.1456.1.2'], qcSSCD: false, qcTypes: [] }, early);
  expect({ uses: atCheck.uses, confirmed, qscd }).toEqual({
    uses: { esig: 'qualified', eseal: 'not-qualified', web: 'not-qualified' },
    confirmed: 'esig',
    qscd: 'yes',
  });
  const ceased = qualifyStates(() => [service({ status: 'supervisionceased', uses: [] })], SIGNATURE, early);
  expect(ceased.atCheck.uses.esig).toBe('not-qualified');
  expect(qualifyStates(() => [service()], SIGNATURE, { issued: EIDAS_START, at: EIDAS_START }).atCheck.regime).toBe('eidas');
});

test('every answer gives its reason', () => {
  const { atCheck } = qualifyStates(() => [service({}, ['QCNoQSCD'])], SIGNATURE, LATE);
  expect(atCheck.reasons).toMatchInlineSnapshot(`
    [
      {
        "clause": "4.4",
        "says": "esig: qualified, for the certificate has QcCompliance and QcType esign.",
      },
      {
        "clause": "4.4",
        "says": "eseal: not-qualified, for no matching service is listed for ForeSeals.",
      },
      {
        "clause": "4.4",
        "says": "web: not-qualified, for no matching service is listed for ForWebSiteAuthentication.",
      },
      {
        "clause": "4.5",
        "says": "QSCD: no, for the list says QCNoQSCD.",
      },
    ]
  `);
});

const list = (assert: CriteriaList['assert'], ...criteria: Criterion[]): CriteriaList => ({ kind: 'list', assert, criteria });
const usage = (name: string, value = true): Criterion => ({ kind: 'keyUsage', bits: [{ name, value }] });
const policy = (...oids: string[]): Criterion => ({ kind: 'policies', oids });
const UNKNOWN: Criterion = { kind: 'unknown', name: 'x:Other' };

test.each<[string, Criterion, boolean | undefined]>([
  ['all of what is there', list('all', usage('nonRepudiation'), policy('1.2')), true],
  ['all, one missing', list('all', usage('digitalSignature'), policy('1.2')), false],
  ['a bit that must be absent', usage('digitalSignature', false), true],
  ['a bit that must be absent and is there', usage('nonRepudiation', false), false],
  ['the newer name of a bit', usage('contentCommitment'), true],
  ['both of two policies', policy('1.2', '1.3'), true],
  ['two policies, one missing', policy('1.2', '1.9'), false],
  ['a longer policy is another', policy('1.2.1'), false],
  ['at least one', list('atLeastOne', policy('9.9'), policy('1.3')), true],
  ['none', list('none', policy('9.9'), usage('crlSign')), true],
  ['none, but one is there', list('none', policy('9.9'), policy('1.2')), false],
  ['not known', UNKNOWN, undefined],
  ['not known among all that hold', list('all', policy('1.2'), UNKNOWN), undefined],
  ['not known beside one that does not hold', list('all', policy('9.9'), UNKNOWN), false],
  ['not known, but one is enough', list('atLeastOne', UNKNOWN, policy('1.2')), true],
  ['none, not known', list('none', UNKNOWN, policy('9.9')), undefined],
  ['none, not known, but another is there', list('none', UNKNOWN, policy('1.2')), false],
  ['what nobody declared', { kind: 'extendedKeyUsage', oids: ['1.3.6.1.5.5.7.3.4'] }, undefined],
  ['nested', list('none', list('atLeastOne', policy('9.8'), policy('9.9'))), true],
])('criteria: %s', (_, criterion, expected) => {
  expect(meets(criterion, { keyUsage: ['nonRepudiation'], policies: ['1.2', '1.3'] })).toBe(expected);
});

test('qualifiers of all elements that match add up; what cannot be decided is named with its line', () => {
  const element = (qualifiers: string[], criteria: CriteriaList, line: number): Qualification => ({ qualifiers, critical: true, criteria, line });
  const elements = [
    element(['QCWithQSCD'], list('all', policy('1.2')), 10),
    element(['QCForESig', 'QCWithQSCD'], list('all', policy('1.2')), 20),
    element(['NotQualified'], list('all', { kind: 'subjectAttributes', oids: ['2.5.4.5'] }), 30),
    element(['QCForWSA'], list('all', policy('9.9')), 40),
  ];
  expect(captureQualifiers(elements, { policies: ['1.2'] })).toEqual({
    qualifiers: ['QCWithQSCD', 'QCForESig'],
    undecided: [{ qualifiers: ['NotQualified'], missing: ['subjectAttributes'], line: 30 }],
  });
});

const STATE = { type: 'CA/QC', names: [], uses: ['ForeSignatures'], qualifications: [], unknownCritical: [], line: 1 };
const HISTORY = {
  states: [
    { ...STATE, status: 'withdrawn', start: instant('2025-01-01') },
    { ...STATE, status: 'granted', start: instant('2020-01-01') },
    { ...STATE, status: 'granted', start: instant('2020-01-01'), line: 2 },
  ],
};

test('the start of a state is inclusive; of two with the same start the first in the list counts', () => {
  expect(stateAt(HISTORY, instant('2024-12-31T23:59:59Z'))).toMatchObject({ state: { status: 'granted', line: 1 }, until: instant('2025-01-01') });
  expect(stateAt(HISTORY, instant('2025-01-01'))).toMatchObject({ state: { status: 'withdrawn' }, until: undefined });
  expect(stateAt(HISTORY, instant('2019-12-31'))).toBeUndefined();
});

test('issued under a service that was withdrawn later: both columns are told, nothing is confirmed', () => {
  const answer = qualify([{ provider: 'One', service: HISTORY }], SIGNATURE, { issued: instant('2024-01-01'), at: instant('2025-02-01') });
  expect([answer.atIssuance.uses.esig, answer.atCheck.uses.esig, answer.confirmed]).toEqual(['qualified', 'not-qualified', 'none']);
});

test('addresses of ETSI have short names, others stay whole', () => {
  expect(etsiNameOf('http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/granted')).toBe('granted');
  expect(etsiNameOf('https://list.example/granted')).toBe('https://list.example/granted');
  expect(serviceTypeOf('http://uri.etsi.org/TrstSvc/Svctype/CA/QC')).toBe('CA/QC');
});
