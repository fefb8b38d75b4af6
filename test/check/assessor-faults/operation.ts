import { type AssessorFault, changed, replaced } from './bench.ts';

const CONSISTENT = 'evidence/qscd-consistent';
const COVERS = 'evidence/certification-covers';
const VALID = 'evidence/operating-model-valid';
const IDENTITY = 'evidence/identity-consistent';
const QSCD_YAML = 'content/qscd.yaml';
const CERTIFICATIONS = 'content/evidence/certifications.yaml';
const IDENTITY_YAML = 'content/identity.yaml';
const [CP, CPS, EN, DE, TERMS] = ['policies/cp.md', 'policies/cps.md', 'policies/pds.en.md', 'policies/pds.de.md', 'policies/terms.md'] as const;

/** Words of one file that become others, told in that file by a rule, at the line with some words. */
const fault = (kind: string, file: string, [from, to]: readonly [string | RegExp, string], rule: string, words: string, at = file): AssessorFault => ({
  kind,
  find: replaced(file, from, to),
  expected: { rule, file: at, words },
});

const devices: readonly AssessorFault[] = [
  fault('another number of a device certificate in the CPS', CPS, ['EX-QSCD-2024-027, valid', 'EX-QSCD-2024-028, valid'], CONSISTENT, 'EX-QSCD-2024-028'),
  fault('the certificate of another device in the PDS', EN, ['EX-QSCD-2022-044', 'EX-QSCD-2024-027'], CONSISTENT, 'EX-QSCD-2024-027, valid to 31 December'),
  fault(
    'another last day of a certification in the German PDS',
    DE,
    ['gültig bis 31. August 2029', 'gültig bis 31. August 2028'],
    CONSISTENT,
    '31. August 2028',
  ),
  fault('another last day of a certification in the terms', TERMS, ['valid to 31 December 2027', 'valid to 31 December 2029'], CONSISTENT, '31 December 2029'),
  fault('another last day in a table of the CPS', CPS, ['valid to 2027-12-31', 'valid to 2028-12-31'], CONSISTENT, 'valid to 2028-12-31'),
  fault('another maker of the device in the terms', TERMS, ['by Beta Secure Devices', 'by Delta Secure Devices'], CONSISTENT, 'Delta Secure Devices'),
  fault('the maker of another device in a table of the CPS', CPS, ['| Beta Secure Devices |', '| Alpha Smartcards |'], CONSISTENT, 'Alpha Smartcards |'),
  fault('a device that nobody declared in the German PDS', DE, ['verwaltet: Exemplar Card S2', 'verwaltet: Exemplar Card S3'], CONSISTENT, 'Exemplar Card S3'),
  fault(
    'the device of another policy in the CPS',
    CPS,
    ['the card "Exemplar Card S2" by Beta Secure Devices.', 'the device "Exemplar Vault R3" by Gamma Trust Hardware.'],
    CONSISTENT,
    'by Gamma Trust',
  ),
  fault(
    'another last day of issuance in the CPS',
    CPS,
    ['was issued until 31 August\n2024', 'was issued until 30 September\n2024'],
    CONSISTENT,
    'was issued until 30 September',
  ),
  fault(
    'another day before which certificates were on a device, in German',
    DE,
    ['Vor dem 1. September 2024', 'Vor dem 1. Oktober 2024'],
    CONSISTENT,
    '1. Oktober 2024',
  ),
  fault(
    'another day by which certificates had ended in the terms',
    TERMS,
    ['had ended by 30 June 2026', 'had ended by 31 July 2026'],
    CONSISTENT,
    '31 July 2026',
  ),
  fault(
    'another manager of the device in a section of the CP',
    CP,
    ['a QSCD that the subject holds and manages.', 'a QSCD that ETS holds and manages.'],
    CONSISTENT,
    'that ETS holds and manages',
  ),
  fault(
    'another manager of a device that is called by its name',
    CPS,
    ['ETS operates "Exemplar Vault R3" under', 'Every legal person holds the device "Exemplar Vault R3", held by the subject, under'],
    CONSISTENT,
    'held by the subject',
  ),
  fault('another level of sole control in the PDS', EN, ['at level SCAL2', 'at level SCAL1'], CONSISTENT, 'SCAL1'),
  fault(
    'another standard of operation in the CPS',
    CPS,
    ['ETS operates "Exemplar Vault R3" under EN 419 241-2', 'ETS operates "Exemplar Vault R3" under EN 419 241-1'],
    CONSISTENT,
    'EN 419 241-1',
  ),
  fault('another manager in the front matter of the terms', TERMS, ['managedBy: tsp', 'managedBy: subject'], CONSISTENT, 'managedBy: subject, statement'),
  fault(
    'another practice on the transfer of keys',
    'cartulary.yaml',
    ['qscd: { keyTransfer: true }', 'qscd: { keyTransfer: false }'],
    CONSISTENT,
    '1.2.2: { qscd: { keyTransfer: false }',
  ),
  fault(
    'another profile in the operating model',
    QSCD_YAML,
    ['profile: legal-person-qscd', 'profile: natural-person-qscd'],
    CONSISTENT,
    'profile: legal-person-qscd',
    CP,
  ),
  fault('a manager that the texts contradict', QSCD_YAML, ['managedBy: subject', 'managedBy: tsp'], CONSISTENT, 'managedBy: subject', DE),
  {
    kind: 'a CPS that does not name a device in use',
    find: changed(CPS, (text) => text.replaceAll('"Exemplar Card S2"', 'the card')),
    expected: { rule: CONSISTENT, file: CPS, words: '### 6.2.1 ' },
  },
  fault(
    'a certification that was revoked',
    QSCD_YAML,
    [/(to: 2029-08-31\n +status: )valid/, '$1revoked\n        endedOn: 2026-05-31'],
    COVERS,
    'endedOn: 2026-05-31',
  ),
  fault('a gap before a certification', QSCD_YAML, ['from: 2024-08-12', 'from: 2024-10-01'], COVERS, 'issued: { from: 2024-09-01 }'),
  fault(
    'a certification that ended before the last certificate',
    QSCD_YAML,
    ['to: 2026-06-30\n        status', 'to: 2026-03-31\n        status'],
    COVERS,
    'to: 2026-03-31',
  ),
  fault(
    'days between two devices on which a version claims one',
    QSCD_YAML,
    ['issued: { from: 2024-09-01 }', 'issued: { from: 2024-09-20 }'],
    COVERS,
    'device: card-s1',
  ),
  fault(
    'a certificate issued while no device was certified',
    QSCD_YAML,
    ['issued: { from: 2024-09-01 }', 'issued: { from: 2024-09-20 }'],
    COVERS,
    '',
    'content/certificates/samples/natural-person-qscd-hour-after-change.pem',
  ),
  fault(
    'a certificate that outlived its device',
    QSCD_YAML,
    ['until: 2026-06-30', 'until: 2026-05-31'],
    COVERS,
    '',
    'content/certificates/samples/natural-person-qscd-card-s1.pem',
  ),
  fault('a certification that is called valid and has ended', QSCD_YAML, ['status: ended', 'status: valid'], VALID, 'status: valid'),
  fault('a device that is not in the list', QSCD_YAML, ['device: card-s2', 'device: card-s9'], VALID, 'card-s9'),
  fault('a QSCD policy without a model', QSCD_YAML, [/ {2}- oid: 1\.3\.6\.1\.4\.1\.99999\.1\.2\.2[\s\S]*?\n(?=devices:)/, ''], VALID, '- oid'),
];

const evidence: readonly AssessorFault[] = [
  fault(
    'evidence of a device with another first day',
    CERTIFICATIONS,
    ['covers: { from: 2024-08-12', 'covers: { from: 2024-08-01'],
    CONSISTENT,
    'from: 2024-08-01',
  ),
  fault(
    'evidence that claims a device for longer',
    CERTIFICATIONS,
    ['to: 2026-06-30 }\n  claimed: { from: 2023-03-01, to: 2026-06-30', 'to: 2026-06-30 }\n  claimed: { from: 2023-03-01, to: 2026-06-29'],
    CONSISTENT,
    'to: 2026-06-29',
  ),
  fault(
    'a certificate of a device without evidence',
    CERTIFICATIONS,
    ['QSCD certificate EX-QSCD-2022-044', 'QSCD certificate EX-QSCD-2022-045'],
    CONSISTENT,
    'EX-QSCD-2022-044',
    QSCD_YAML,
  ),
];

const identity: readonly AssessorFault[] = [
  fault('a method that the CPS leaves out', CPS, [/\| remote identification \|[^\n]*\n/, ''], IDENTITY, '3.2.3 Authentication'),
  fault('a method that the German PDS leaves out', DE, [' oder Fernidentifizierung nach ETSI TS 119 461', ''], IDENTITY, '## 2.3'),
  {
    kind: 'a method that a text names and nobody uses',
    find: changed(IDENTITY_YAML, (text) => text.replaceAll('eid, qualified-certificate, video', 'eid, video')),
    expected: { rule: IDENTITY, file: TERMS, words: 'by an existing' },
  },
  fault(
    'another level of the eID in the terms',
    TERMS,
    ['by eID at assurance level high', 'by eID at assurance level substantial'],
    IDENTITY,
    'level substantial',
  ),
  fault('another level of remote identification in the CPS', CPS, ['extended level', 'baseline level'], IDENTITY, 'baseline level'),
  fault('the use case of another method in the CPS', CPS, ['9.2.2 for remote identification', '9.2.3 for remote identification'], IDENTITY, '9.2.3 for remote'),
  fault(
    'a record that the CPS does not name',
    CPS,
    ['| session recording, chip data, comparison score, decision |', '| session recording, chip data, decision |'],
    IDENTITY,
    'session recording, chip data, decision',
  ),
  fault(
    'another time for which a check counts in the CPS',
    CPS,
    ['basis for issuance for 36 months', 'basis for issuance for 48 months'],
    IDENTITY,
    '48 months',
  ),
  fault('another number of certificates for one check', CPS, ['no more than three\ncertificates', 'no more than five\ncertificates'], IDENTITY, 'five'),
  fault('a method of domain control that is not in use', TERMS, ['3.2.2.4.18', '3.2.2.4.19'], IDENTITY, '3.2.2.4.19'),
  fault(
    'website certificates for natural persons in the terms',
    TERMS,
    ['website certificates are issued to legal persons only', 'website certificates are issued to natural and legal persons'],
    IDENTITY,
    'website certificates are issued to natural',
  ),
  fault(
    'a practice that denies physical presence',
    'cartulary.yaml',
    ['physicalPresence: true', 'physicalPresence: false'],
    IDENTITY,
    'physicalPresence: false',
  ),
  fault(
    'a choice for websites that the practices contradict',
    'cartulary.yaml',
    ['deviceOperators: [legal]', 'deviceOperators: [legal, natural]'],
    IDENTITY,
    'subscriber: legal',
    IDENTITY_YAML,
  ),
  fault('the wrong rule for websites of legal persons', IDENTITY_YAML, ['route: REG-6.2.2-03', 'route: REG-6.2.2-02'], VALID, 'route: REG-6.2.2-02'),
  fault('a remote method that nobody confirmed', IDENTITY_YAML, [/\n +confirmed: [^\n]*/, ''], VALID, 'id: video-session'),
];

export const operationFaults: readonly AssessorFault[] = [...devices, ...evidence, ...identity];
