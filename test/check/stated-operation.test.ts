import { describe, expect, test } from 'vitest';
import { runExample } from '../helpers/example.ts';

const QSCD = `policies:
  - oid: 1.3.6.1.4.1.99999.1.2.1
    managedBy: subject
    devices:
      - { device: card-3, issued: { from: 2024-02-01, to: 2026-01-31 }, until: 2026-05-31 }
      - { device: card-4, issued: { from: 2026-02-01 } }
  - oid: 1.3.6.1.4.1.99999.1.2.2
    managedBy: tsp
    devices: [{ device: vault, issued: { from: 2024-02-01 } }]
devices:
  - id: card-3
    name: Sample Card 3
    maker: Old Cards
    kind: held
    certifications: [{ certificate: SC-2021-3, body: Sample Body, standards: [EN 419211-2], from: 2021-06-01, to: 2026-05-31, status: ended }]
  - id: card-4
    name: Sample Card 4
    maker: Sample Cards
    kind: held
    certifications: [{ certificate: SC-2025-4, body: Sample Body, standards: [EN 419211-2], from: 2025-06-01, to: 2030-05-31, status: valid }]
  - id: vault
    name: Sample Vault 2
    maker: Sample Modules
    kind: remote
    operatedUnder: [EN 419 241-2]
    controlLevel: SCAL2
    certifications: [{ certificate: SV-2023-17, body: Sample Body, standards: [EN 419 241-2], from: 2023-06-01, to: 2030-05-31, status: valid }]
`;

const IDENTITY = `methods:
  - { id: visit, kind: physical-presence, title: Visit, steps: In person., useCase: 9.2.1, records: [copy of the document], kept: Archive, used: { from: 2024-02-01 } }
  - { id: eid, kind: eid, title: eID, steps: Log-on., useCase: 9.2.4, level: high, records: [signed assertion], kept: Archive, used: { from: 2024-02-01 } }
policies:
  - { oid: 1.3.6.1.4.1.99999.1.2.1, methods: [visit, eid], validFor: 24 months, mostCertificates: 3, domainMethods: [3.2.2.4.7] }
  - { oid: 1.3.6.1.4.1.99999.1.2.2, methods: [visit, eid], validFor: 24 months }
`;

const FRONT_MATTER = `policies:
  - { oid: 1.3.6.1.4.1.99999.1.2.1, name: Signatures on a card, conformsTo: QCP-n-qscd, qscd: { required: true, managedBy: subject } }
  - { oid: 1.3.6.1.4.1.99999.1.2.2, name: Seals from a distance, conformsTo: QCP-l-qscd, qscd: { required: true, managedBy: tsp } }
`;

const METHODS = 'Persons are identified by physical presence or by eID at level high.';
const NAMED = 'In use are Sample Card 4 (SC-2025-4) and Sample Vault 2 (SV-2023-17).';

/** What the two rules say of a sentence in section 6.2.1 or 3.2.3 of a CPS, beside sentences that agree. */
async function read(sentence: string, section: '6.2.1' | '3.2.3'): Promise<string[]> {
  const block = (kind: string, name: string, content: string) => ({ kind, name, content });
  const { findings } = await runExample({
    kind: 'Fails',
    title: '',
    findings: '',
    blocks: [
      block('front-matter', '', FRONT_MATTER),
      block('file', 'content/qscd.yaml', QSCD),
      block('file', 'content/identity.yaml', IDENTITY),
      block('section', '6.2.1', `### 6.2.1 Cryptographic module standards and controls\n\n${NAMED}\n${section === '6.2.1' ? sentence : ''}\n`),
      block('section', '3.2.3', `### 3.2.3 Authentication of individual identity\n\n${METHODS}\n${section === '3.2.3' ? sentence : ''}\n`),
    ],
  });
  return findings.filter(({ rule }) => /^evidence\/(qscd|identity)-consistent$/.test(rule)).map(({ message }) => message.replace(/^Section \S+ of cps /, ''));
}

describe('of devices', () => {
  test.each([
    'The card is "Sample Card 4", made by Sample Cards, certificate SC-2025-4, valid until May 31, 2030.',
    'Before that, "Sample Card 3" by Old Cards (SC-2021-3, valid through 31.05.2026) was issued until 31 January 2026.',
    'Certificates issued before 1 February 2026 were on Sample Card 3; all of them had ended by 31 May 2026.',
    'The holder of a Sample Card 3 was offered a Sample Card 4.',
    'Policy 1.3.6.1.4.1.99999.1.2.1 uses Sample Card 4, policy 1.3.6.1.4.1.99999.1.2.2 uses Sample Vault 2.',
    'The provider operates Sample Vault 2 under EN 419241-2 at SCAL2; the subject holds Sample Card 4 itself.',
    'Standards are EN 419 241-1 and EN 419 221-5. The contract on paper is valid until 2040-01-01.',
    'The order number is XSC-2025-44, the model Sample Card 4-X.',
  ])('nothing is wrong with: %s', async (sentence) => {
    expect(await read(sentence, '6.2.1')).toEqual([]);
  });

  test.each([
    ['Sample Card 4 (SC-2025-4) expires on 31 May 2031.', 'gives another last day of SC-2025-4'],
    ['SC-2021-3 is the certificate of Sample Card 3, SC-2025-4 that of Sample Card 3.', 'gives the certificate SC-2025-4 of Sample Card 4 to Sample Card 3'],
    ['Sample Card 4 is certified from 2025-06-02.', 'gives another first day of SC-2025-4'],
    ['Under policy 1.3.6.1.4.1.99999.1.2.2 keys are in Sample Card 4.', 'puts keys of policy 1.3.6.1.4.1.99999.1.2.2 into Sample Card 4'],
    ['The subject manages Sample Vault 2 and the subject holds the device.', 'says that the subject manages a QSCD that the provider manages'],
  ])('%s', async (sentence, message) => {
    expect((await read(sentence, '6.2.1')).map((one) => one.replace(/\.$/, ''))).toContain(message);
  });
});

describe('of identification', () => {
  test.each([
    'An identity check may be the basis for two years, that is 24 months, and for at most three certificates.',
    'Clause 9.2.1 of TS 119 461 is for physical presence, 9.2.4 for eID.',
    'Of the methods of the Baseline Requirements only 3.2.2.4.7 is used.',
  ])('nothing is wrong with: %s', async (sentence) => {
    expect(await read(sentence, '3.2.3')).toEqual([]);
  });

  test.each([
    ['Remote identification by video is possible.', 'names remote identification, by which nobody is identified'],
    ['An eID at level substantial is enough.', 'gives the level "substantial" for an eID'],
    ['Clause 9.2.1 of TS 119 461 is for eID.', 'gives clause 9.2.1 of TS 119 461 for an eID'],
    ['An identity check may be the basis for no more than 5 certificates.', 'gives another number of certificates for which a check of identity counts'],
    ['Control is validated by 3.2.2.4.2 or 3.2.2.4.7.', 'names the method 3.2.2.4.2 of the Baseline Requirements'],
  ])('%s', async (sentence, message) => {
    expect((await read(sentence, '3.2.3')).map((one) => one.replace(/\.$/, ''))).toContain(message);
  });
});
