import { beforeAll, describe, expect, test } from 'vitest';
import { practicesAgree } from '../../src/check/rules/completeness/practices-agree.ts';
import type { Workspace } from '../../src/model/workspace.ts';
import { type Edit, type EditedExample, openExample } from '../helpers/edited-example.ts';

const OID = '1.3.6.1.4.1.99999.1.2.';

let example: Workspace;
let read: EditedExample['read'];
let places: EditedExample['places'];
let expectFindings: EditedExample['expectFindings'];
beforeAll(async () => {
  ({ workspace: example, read, places, expectFindings } = await openExample());
});

test('the example says all of it, in both languages', () => {
  expect(read(example)).toEqual([]);
});

describe('the statement that certificates are EU qualified', () => {
  test.each<[string, string, Edit[], string[]]>([
    [
      'denied of one policy',
      'cp.md',
      [['on a QSCD) are EU qualified', 'on a QSCD) are not EU qualified']],
      [`- Certificates issued under policy ${OID}1 (qualified signature certificates on a QSCD) are not EU qualified`, `qualified: { statement: "1.1" }`],
    ],
    [
      'without "EU qualified"',
      'cp.md',
      [['software key) are EU qualified certificates', 'software key) are certificates']],
      [
        `- Certificates issued under policy ${OID}3 (qualified signature certificates, software key) are certificates for electronic signatures under the EN 319 411-2 policy QCP-n (0.4.0.194112.1.0). A QSCD is not`,
      ],
    ],
    ['taken out', 'cp.md', [[/^- Certificates issued under policy 1\.3\.6\.1\.4\.1\.99999\.1\.2\.2[\s\S]*?(?=^- )/mu, '']], ['## 1.1 Overview']],
    ['of another policy', 'cp.md', [[`under policy ${OID}4 (qualified`, `under policy ${OID}5 (qualified`]], ['## 1.1 Overview']],
    [
      'denied in the CPS',
      'cps.md',
      [['under this policy are EU qualified certificates for electronic seals', 'under this policy are no EU qualified certificates for electronic seals']],
      [`- **${OID}2:** Certificates issued under this policy are no EU qualified certificates for electronic seals.`, `qualified: { statement: "1.1" }`],
    ],
    [
      'left to chance in the CPS',
      'cps.md',
      [['under this policy are EU qualified certificates for website', 'under this policy may be EU qualified certificates for website']],
      [`- **${OID}4:** Certificates issued under this policy may be EU qualified certificates for website`],
    ],
    [
      'denied of all in the PDS',
      'pds.en.md',
      [['is an EU qualified certificate', 'is not an EU qualified certificate']],
      Array(4)
        .fill([
          'Every certificate that ETS issues under one of these policies is not an EU qualified certificate under Regulation (EU)',
          'qualified: { statement: "2.1" }',
        ])
        .flat(),
    ],
    [
      'denied of all in the German PDS',
      'pds.de.md',
      [['ist ein qualifiziertes EU-Zertifikat', 'ist kein qualifiziertes EU-Zertifikat']],
      Array(4)
        .fill([
          'Jedes von ETS nach einer dieser Richtlinien ausgestellte Zertifikat ist kein qualifiziertes EU-Zertifikat im Sinne der',
          'qualified: { statement: "2.1" }',
        ])
        .flat(),
    ],
    ['without a row of its table', 'pds.de.md', [[/^\| 1\.3\.6\.1\.4\.1\.99999\.1\.2\.3 \|.*QCP-n .*\n/mu, '']], ['## 2.1 Arten']],
    [
      'in another section than named',
      'cp.md',
      [[`conformsTo: QCP-n-qscd\n    qualified: { statement: "1.1" }`.replace(/ +/g, ' '), `conformsTo: QCP-n-qscd\n    qualified: { statement: "1.4" }`]],
      [`| ${OID}1 | Qualified electronic signatures of natural persons, and their validation | Required. The device is held and managed by the subject. |`],
    ],
    [
      'in a section that is not there',
      'cp.md',
      [['conformsTo: QCP-n-qscd qualified: { statement: "1.1" }', 'conformsTo: QCP-n-qscd\n    qualified: { statement: "1.19" }']],
      ['qualified: { statement: "1.19" }'],
    ],
  ])('%s', (_, file, edits, lines) => {
    expectFindings(
      file,
      edits,
      lines.map((line) => `error statement-present: ${line}`),
    );
  });
});

describe('the statement on the QSCD', () => {
  test.each<[string, string, Edit[], string[]]>([
    [
      'denied in a row',
      'cp.md',
      [['Required. The device is held', 'Not required. The device is held']],
      [
        `| ${OID}1 | Qualified electronic signatures of natural persons, and their validation | Not required.`,
        'qscd: { required: true, managedBy: subject, statement: "1.4.1" }',
      ],
    ],
    [
      'claimed for a policy without one',
      'cp.md',
      [['Not required. The key is a software', 'Required. The key is a software']],
      [
        `| ${OID}3 | Advanced electronic signatures based on a qualified certificate, and their validation | Required. The key is a software key of the subject. |`,
        'qscd: { required: false, statement: "1.4.1" }',
      ],
    ],
    [
      'claimed by its front matter',
      'cp.md',
      [
        [
          'qscd: { required: false, statement: "1.4.1" } profile: website',
          'qscd: { required: true, managedBy: subject, statement: "1.4.1" }\n    profile: website',
        ],
      ],
      ['organisation validation level (OVCP) of EN 319 411-1. A QSCD is not required.', 'qscd: { required: true, managedBy: subject, statement: "1.4.1" }'],
    ],
    ['denied by its front matter', 'cps.md', [['required: true, managedBy: tsp', 'required: false']], ['qscd: { required: false, statement: "1.4.1" }']],
    [
      'another manager in the text',
      'cp.md',
      [['QSCD is managed by ETS on behalf of the legal person', 'QSCD is managed by the legal person']],
      [
        `| ${OID}2 | Qualified electronic seals of legal persons, and their validation | Required. The QSCD is managed by the legal person (remote). |`,
        'qscd: { required: true, managedBy: tsp, statement: "1.4.1" }',
      ],
    ],
    [
      'another manager in the front matter',
      'pds.de.md',
      [['required: true, managedBy: subject', 'required: true, managedBy: tsp']],
      [
        `- Richtlinie ${OID}1 verlangt eine QSCD, die der Inhaber besitzt und verwaltet: Exemplar Card S2`,
        'qscd: { required: true, managedBy: tsp, statement: "2.2" }',
      ],
    ],
    ['no manager', 'pds.en.md', [['which ETS manages on behalf of the legal person: ', '']], [`- Policy ${OID}2 requires a QSCD, Exemplar Vault R3`]],
    [
      'denied in the PDS',
      'pds.en.md',
      [[`Policy ${OID}1 requires a QSCD`, `Policy ${OID}1 requires no QSCD`]],
      [
        `- Policy ${OID}1 requires no QSCD, which the subject holds and manages: Exemplar Card S2 (certificate`,
        'qscd: { required: true, managedBy: subject, statement: "2.2" }',
      ],
    ],
    [
      'denied in the German PDS',
      'pds.de.md',
      [[`Richtlinie ${OID}2 verlangt eine QSCD`, `Richtlinie ${OID}2 verlangt keine QSCD`]],
      [
        `- Richtlinie ${OID}2 verlangt keine QSCD, die ETS im Namen der juristischen Person verwaltet: Exemplar`,
        'qscd: { required: true, managedBy: tsp, statement: "2.2" }',
      ],
    ],
    [
      'claimed in the German PDS',
      'pds.de.md',
      [['verlangen keine QSCD', 'verlangen eine QSCD']],
      [
        `- Richtlinien ${OID}3 und ${OID}4 verlangen eine QSCD.`,
        `- Richtlinien ${OID}3 und ${OID}4 verlangen eine QSCD.`,
        'qscd: { required: false }',
        'qscd: { required: false }',
      ],
    ],
  ])('%s', (_, file, edits, lines) => {
    expectFindings(
      file,
      edits,
      lines.map((line) => `error statement-present: ${line}`),
    );
  });

  test.each([['cps.md', [['The private key is generated and used in a qualified signature creation device (QSCD).', '']] as Edit[]]])(
    'said twice, and taken out once in %s, is still said',
    (file, edits) => {
      expect(places(file, edits)).toEqual([]);
    },
  );
});

describe('what a requirement wants to be said', () => {
  test.each<[string, string, Edit[], string[]]>([
    [
      'how status is provided after the end, in the terms',
      'terms.md',
      [
        [/^When ETS ends its activity, a successor takes over[\s\S]*?\n\n/mu, ''],
        [/^notice at least 3 months[\s\S]*?\n\n/mu, 'notice.\n\n'],
      ],
      ['error content-stated: ## 6.3 Status after expiry'],
    ],
    [
      'a lost certification of a QSCD, in the CPS',
      'cps.md',
      [
        [/^\| certification ends without extension.*\n/mu, ''],
        [/^\| the QSCD loses its certification.*\n/mu, ''],
      ],
      ['error content-stated: ### 6.2.1 Cryptographic module standards and controls'],
    ],
    [
      'a duty of subscribers, in the terms',
      'terms.md',
      [['- gives true and complete information', '- gives information']],
      ['error content-stated: # 5. Duties of subscribers and subjects'],
    ],
    [
      'a duty of subscribers, in the PDS',
      'pds.en.md',
      [[/^- requests revocation at once[\s\S]*?(?=^- )/mu, '']],
      ['warning content-stated: # 4. Obligations of subscribers'],
    ],
    [
      'a duty of subscribers, in the German PDS',
      'pds.de.md',
      [[/^- verwendet den Schlüssel endgültig nicht mehr[\s\S]*?(?=^- )/mu, '']],
      Array(2).fill('warning content-stated: # 4. Pflichten der Zertifikatsnehmer'),
    ],
    [
      'a duty of subscribers, in the CPS',
      'cps.md',
      [
        ['- to give true and complete data at registration, and to check', '- to check'],
        ['gives true and complete data', 'gives data'],
      ],
      ['warning content-stated: ### 4.5.1 Subscriber private key and certificate usage'],
    ],
    [
      'seals with the QSCD only',
      'pds.en.md',
      [[`under policy ${OID}1 only in the QSCD`, 'with any device']],
      // EN 319 411-1 OVR-6.3.5-01 f) and EN 319 411-2 OVR-6.3.5-07 both want it.
      Array(2).fill('warning content-stated: # 4. Obligations of subscribers'),
    ],
    [
      'the trusted list, in the PDS',
      'pds.en.md',
      [['only then does the certificate count', 'then the certificate counts']],
      ['warning content-stated: # 5. Status checks by relying parties'],
    ],
    [
      'the trusted list, in the German PDS',
      'pds.de.md',
      [['nur dann gilt', 'dann gilt']],
      ['warning content-stated: # 5. Statusprüfung durch vertrauende Beteiligte'],
    ],
    [
      'the trusted list, in the CPS',
      'cps.md',
      [['as EU qualified only if', 'as EU qualified if']],
      ['warning content-stated: ### 4.5.2 Relying party public key and certificate usage'],
    ],
    [
      'precedence of the Baseline Requirements, denied',
      'cps.md',
      [['the Baseline Requirements take precedence', 'the Baseline Requirements do not take precedence']],
      ['error content-stated: the Baseline Requirements do not take precedence for website certificates'],
    ],
  ])('%s', (_, file, edits, lines) => {
    expectFindings(file, edits, lines);
  });

  test.each<[string, string, Edit[], string[]]>([
    [
      'in a point',
      'terms.md',
      [['- stops using the key for good', '- may stop using the key for good']],
      Array(2).fill('error content-stated: may stop using'),
    ],
    [
      'in the words before a list',
      'pds.de.md',
      [['Bevor er auf ein Zertifikat vertraut,', 'Bevor er auf ein Zertifikat vertraut, kann Folgendes geschehen:']],
      ['Dienstes von ETS steht; nur dann gilt', '- prüft er den Status', '- beachtet er', '- trifft er'].map((point) => `warning content-stated: ${point}`),
    ],
  ])('a duty that is left to choice %s', (_, file, edits, lines) => {
    expectFindings(file, edits, lines);
  });
});

describe('the disclosure statement', () => {
  test.each<[string, string, Edit[], string[]]>([
    ['a section', 'pds.en.md', [[/^# 9\. Refund[\s\S]*?(?=^# 10)/mu, '']], ['warning disclosure-complete: # 1. Contact and revocation']],
    ['a section, in German', 'pds.de.md', [[/^# 8\. Datenschutz[\s\S]*?(?=^# 9)/mu, '']], ['warning disclosure-complete: # 1. Kontakt und Widerruf']],
    ['how long records are kept', 'pds.en.md', [['at least 10 years after', 'for some time after']], ['warning disclosure-complete: # 3. Reliance limits']],
    [
      'who audits, in German',
      'pds.de.md',
      [[/Die\s+Konformitätsbewertungsstelle\s+Example[\s\S]*?24\s+Monate\./u, '']],
      ['warning disclosure-complete: # 11. Lizenzen, Vertrauenssiegel und Prüfung'],
    ],
  ])('without %s', (_, file, edits, lines) => {
    expectFindings(file, edits, lines);
  });

  test('every section of the model is known, in both languages', () => {
    const model = example.catalogues.flatMap(({ disclosureStatement }) => disclosureStatement.map(({ name }) => name));
    expect(example.statements.disclosure.map(({ name }) => name)).toEqual(model);
    for (const { titles, parts } of example.statements.disclosure) {
      expect(Object.keys(titles)).toEqual(['en', 'de']);
      for (const { said } of parts) expect(Object.keys(said)).toEqual(['en', 'de']);
    }
  });
});

describe('declared practices', () => {
  const switched = (change: (practices: Workspace['config']['practices']) => Workspace['config']['practices']) =>
    read({ ...example, config: { ...example.config, practices: change(example.config.practices) } }, [practicesAgree]).map(
      ({ at, message }) => `${at.file} ${message}`,
    );

  test.each<[string, (practices: Workspace['config']['practices']) => Workspace['config']['practices'], string[]]>([
    ['expiredCertsOnCrl', (practices) => ({ ...practices, expiredCertsOnCrl: 'false' }), ['cp', 'cps', 'pds.de', 'pds.en', 'terms']],
    ['archiveCutoff', (practices) => ({ ...practices, archiveCutoff: 'false' }), ['cp', 'cps', 'pds.de', 'pds.en', 'terms']],
    ['suspension', (practices) => ({ ...practices, suspension: 'true' }), ['cp', 'cps', 'pds.de', 'pds.en', 'terms']],
    ['pseudonyms', (practices) => ({ ...practices, pseudonyms: 'true' }), ['cp', 'cps']],
    ['statusAfterExpiry', (practices) => ({ ...practices, statusAfterExpiry: ['crl'] }), ['cp', 'cps']],
  ])('%s switched is found in the texts and in the configuration', (name, change, files) => {
    const found = switched(change);
    for (const file of files) expect(found.filter((line) => line.startsWith(`policies/${file}.md `))).toHaveLength(1);
    expect(found.filter((line) => line.startsWith(`cartulary.yaml The practice ${name}`)).length).toBeGreaterThanOrEqual(files.length);
  });

  test.each<[string, string, Edit[], string]>([
    [
      'expired certificates taken off the CRL',
      'terms.md',
      [['Revoked certificates stay on the CRL after they expire (expiredCertsOnCRL)', 'Revoked certificates do not stay on the CRL after they expire']],
      'Revoked certificates do not stay on the CRL',
    ],
    [
      'expired certificates taken off the CRL, in German',
      'pds.de.md',
      [['Widerrufene Zertifikate bleiben auf der CRL (expiredCertsOnCRL)', 'Widerrufene Zertifikate bleiben nicht auf der CRL']],
      'Widerrufene Zertifikate bleiben nicht',
    ],
    [
      'suspension offered',
      'cps.md',
      [['ETS does not offer certificate suspension.', 'ETS offers certificate suspension.']],
      'ETS offers certificate suspension.',
    ],
    [
      'pseudonyms used',
      'cp.md',
      [['Pseudonyms are not used in certificates.', 'Pseudonyms are used in certificates.']],
      'Pseudonyms are used in certificates.',
    ],
    [
      'no archive cutoff',
      'cps.md',
      [[/^\| archiveCutOff \| single response \|.*\|$/mu, '| archiveCutOff | single response | not used |']],
      '| archiveCutOff | single response | not used |',
    ],
  ])('%s', (name, file, edits, line) => {
    const found = places(file, edits).filter((finding) => finding.includes(' practices-agree: '));
    // What leaves the CRL is no longer answered for after expiry either: two practices, each told in text and configuration.
    expect(found).toHaveLength(name.startsWith('expired certificates') ? 4 : 2);
    expect(found.join('\n')).toContain(line);
    expect(found.join('\n')).toContain('cartulary.yaml ');
  });
});
