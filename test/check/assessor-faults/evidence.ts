import { type AssessorFault, changed, replaced, replaceWords } from './bench.ts';

const REGISTRATION = 'content/evidence/registration.yaml';
const PERSONNEL = 'content/evidence/personnel.yaml';
const SYSTEMS = 'content/evidence/systems-and-network.yaml';
const CERTIFICATIONS = 'content/evidence/certifications.yaml';
const KEYS = 'content/evidence/keys-and-devices.yaml';
const CONTINUITY = 'content/evidence/continuity.yaml';

/** Changes words in one item of a list. */
const inItem = (file: string, id: string, from: string | RegExp, to: string): AssessorFault['find'] =>
  changed(file, (text) => {
    const [, before = '', item = '', after = ''] = new RegExp(`^([\\s\\S]*?)(- id: ${id}\\n(?:  .*\\n)+)([\\s\\S]*)$`).exec(text) ?? [];
    return before + replaceWords(item, from, to) + after;
  });
const without = (file: string, id: string): AssessorFault['find'] => changed(file, (text) => replaceWords(text, new RegExp(`- id: ${id}\\n(?:  .*\\n)+`), ''));

const VALID = 'evidence/evidence-valid';
const FRESH = 'evidence/evidence-fresh';
const GIVEN = 'evidence/evidence-given';
const CERTIFIED = 'evidence/certification-continuous';

export const evidenceFaults: readonly AssessorFault[] = [
  {
    kind: 'evidence older than the last change of its section',
    find: inItem('content/evidence/issuance-and-revocation.yaml', 'EV-STA-01', 'verified: 2026-11-05', 'verified: 2025-11-05'),
    expected: { rule: FRESH, file: 'content/evidence/issuance-and-revocation.yaml', words: 'verified: 2025-11-05' },
  },
  {
    kind: 'evidence older than a section of the CP',
    find: inItem(
      'content/evidence/policies-and-risk.yaml',
      'EV-RSK-01',
      /sections: \[cps 5\]([\s\S]*)verified: 2026-03-24/,
      'sections: [cp 6.3.2]$1verified: 2026-01-05',
    ),
    expected: { rule: FRESH, file: 'content/evidence/policies-and-risk.yaml', words: 'verified: 2026-01-05' },
  },
  {
    kind: 'evidence whose period is over',
    find: inItem(KEYS, 'EV-KEY-02', 'validFor: 3 months', 'validFor: 30 days'),
    expected: { rule: FRESH, file: KEYS, words: 'validFor: 30 days' },
  },
  {
    kind: 'evidence whose last day is past',
    find: inItem(KEYS, 'EV-KEY-03', 'validUntil: 2027-03-31', 'validUntil: 2026-11-22'),
    expected: { rule: FRESH, file: KEYS, words: 'validUntil: 2026-11-22' },
  },
  {
    kind: 'a test that failed',
    find: inItem(CONTINUITY, 'EV-BCK-02', 'result: passed', 'result: failed\n  remark: The log system could not be restored.'),
    expected: { rule: FRESH, file: CONTINUITY, words: 'result: failed' },
  },
  {
    kind: 'the evidence of a requirement that a section states is taken out',
    find: without(PERSONNEL, 'EV-PER-04'),
    expected: { rule: GIVEN, file: 'policies/cps.md', words: 'REQ-7.2-05' },
  },
  {
    kind: 'the evidence of requirements that no text has to state is taken out',
    find: without(PERSONNEL, 'EV-PER-05'),
    expected: { rule: GIVEN, file: PERSONNEL, words: '401:REQ-7.2-' },
  },
  {
    kind: 'one requirement is no longer named',
    find: inItem(SYSTEMS, 'EV-SYS-06', '401:REQ-7.7-22', '401:REQ-7.7-23'),
    expected: { rule: GIVEN, file: SYSTEMS, words: '401:REQ-7.7-21' },
  },
  {
    kind: 'a requirement that no edition in use has',
    find: inItem(REGISTRATION, 'EV-REG-08', '411-1:REG-6.3.1-01', '411-1:REG-6.3.1-91'),
    expected: { rule: VALID, file: REGISTRATION, words: '411-1:REG-6.3.1-91' },
  },
  {
    kind: 'a standard of which there is no catalogue',
    find: inItem(REGISTRATION, 'EV-REG-08', '411-1:REG-6.3.1-01', '419-1:REG-6.3.1-01'),
    expected: { rule: VALID, file: REGISTRATION, words: '419-1:REG-6.3.1-01' },
  },
  {
    kind: 'a section that no text has',
    find: inItem(REGISTRATION, 'EV-REG-08', 'cps 3.2.1', 'cps 3.2.9'),
    expected: { rule: VALID, file: REGISTRATION, words: 'cps 3.2.9' },
  },
  {
    kind: 'a section of a document that there is not',
    find: inItem(REGISTRATION, 'EV-REG-08', 'cps 3.2.1', 'tsps 3.2.1'),
    expected: { rule: VALID, file: REGISTRATION, words: 'tsps 3.2.1' },
  },
  {
    kind: 'two items of one name, in two files',
    find: inItem(PERSONNEL, 'EV-PER-01', 'id: EV-PER-01', 'id: EV-REG-08'),
    expected: { rule: VALID, file: REGISTRATION, words: 'id: EV-REG-08' },
  },
  {
    kind: 'a day that has not come',
    find: inItem(PERSONNEL, 'EV-PER-01', 'verified: 2026-10-01', 'verified: 2026-12-01'),
    expected: { rule: VALID, file: PERSONNEL, words: 'verified: 2026-12-01' },
  },
  {
    kind: 'a kind of evidence that there is not',
    find: inItem(PERSONNEL, 'EV-PER-01', 'kind: case-record', 'kind: screenshot'),
    expected: { rule: VALID, file: PERSONNEL, words: 'kind: screenshot' },
  },
  {
    kind: 'an item without a period',
    find: inItem(PERSONNEL, 'EV-PER-01', '  validFor: 12 months\n', ''),
    expected: { rule: VALID, file: PERSONNEL, words: 'id: EV-PER-01' },
  },
  {
    kind: 'a key that is misspelt',
    find: inItem(PERSONNEL, 'EV-PER-01', '  owner: ', '  owners: '),
    expected: { rule: VALID, file: PERSONNEL, words: 'owners: ' },
  },
  {
    kind: 'a certification whose days run backwards',
    find: inItem(CERTIFICATIONS, 'EV-CER-07', 'from: 2022-11-07', 'from: 2028-11-07'),
    expected: { rule: VALID, file: CERTIFICATIONS, words: 'covers: { from: 2028-11-07' },
  },
  {
    kind: 'a proof itself is put into the index',
    find: (bench) => bench.check({ 'content/evidence/report.txt': () => 'The report itself.\n' }),
    expected: { rule: VALID, file: 'content/evidence/report.txt' },
  },
  {
    kind: 'a gap between two certificates of conformity',
    find: inItem(CERTIFICATIONS, 'EV-CER-04', 'covers: { from: 2025-12-18', 'covers: { from: 2026-01-18'),
    expected: { rule: CERTIFIED, file: CERTIFICATIONS, words: 'covers: { from: 2026-01-18' },
  },
  {
    kind: 'a certification is claimed before it began',
    find: inItem(CERTIFICATIONS, 'EV-CER-06', 'claimed: { from: 2024-09-01 }', 'claimed: { from: 2024-03-01 }'),
    expected: { rule: CERTIFIED, file: CERTIFICATIONS, words: 'covers: { from: 2024-08-12' },
  },
  {
    kind: 'a certification ended, and is claimed still',
    find: inItem(CERTIFICATIONS, 'EV-CER-07', 'to: 2027-12-31', 'to: 2026-10-31'),
    expected: { rule: CERTIFIED, file: CERTIFICATIONS, words: 'to: 2026-10-31' },
  },
  {
    kind: 'the certificate that followed is taken out',
    find: without(CERTIFICATIONS, 'EV-CER-02'),
    expected: { rule: CERTIFIED, file: CERTIFICATIONS, words: 'to: 2025-02-28' },
  },
  {
    kind: 'a certified device is claimed longer than its certificate says',
    find: replaced(CERTIFICATIONS, 'claimed: { from: 2023-03-01, to: 2026-06-30 }', 'claimed: { from: 2023-03-01, to: 2026-09-30 }'),
    expected: { rule: CERTIFIED, file: CERTIFICATIONS, words: 'to: 2026-06-30' },
  },
];
