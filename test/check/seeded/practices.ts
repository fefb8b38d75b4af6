import { chapterOf, lineOf, swapIn } from './text.ts';
import { CONFIG, CP, CPS, type Expected, type Fault, type Kind, PDS, PDS_DE, TERMS, type Workbench } from './workbench.ts';

const agree: Expected['rules'] = ['completeness/practices-agree'];

/** What goes wrong with the configuration: practices that are switched or left out, texts that say otherwise, other settings. */
export function practiceKinds(bench: Workbench): Kind[] {
  const textOf = (file: string) => bench.texts.get(file) ?? '';
  const config = textOf(CONFIG);
  const lines = config.split('\n');
  const swapConfig = (from: string, to: string): { text: string; line: number } => {
    const at = lines.findIndex((line) => line.includes(from));
    if (at < 0) throw new Error(`The configuration does not say "${from}".`);
    return { text: lines.with(at, (lines[at] ?? '').replace(from, to)).join('\n'), line: at + 1 };
  };
  return [
    {
      kind: 'practice switched that a text states',
      place: 'the practice in the configuration',
      faults: STATED.map(([from, to, atRest]) => {
        const { text, line } = swapConfig(from, to);
        return { name: to, file: CONFIG, text, expected: [{ rules: agree, file: CONFIG, line: lineOf(text, atRest ?? to) || line }] };
      }),
    },
    {
      kind: 'practice switched on which answered requirements depend',
      place: 'the practice in the configuration',
      faults: RULING.map(([from, to, key]) => {
        const { text, line } = swapConfig(from, to);
        const at = key ? lineOf(text, key) : line;
        return { name: to, file: CONFIG, text, expected: [{ rules: ['completeness/mark-applies'], file: CONFIG, line: at }] };
      }),
    },
    {
      kind: 'practice switched that makes more requirements apply',
      place: 'the section of the outline where the answer belongs',
      faults: OPENING.map(([from, to, file, section]) => ({
        name: to,
        file: CONFIG,
        text: swapConfig(from, to).text,
        expected: [{ rules: ['completeness/requirement-met'], file, line: chapterOf(textOf(file), section).line }],
      })),
    },
    {
      kind: 'practice left out',
      place: 'the practices of the configuration',
      faults: [
        'affiliation',
        'subscribers',
        'electronicAgreement',
        'certificatesPublished',
        'remoteIdentification',
        'status:',
        'outsourcing',
        'productionTestCertificates',
      ].map((key) => {
        const at = lines.findIndex((line) => line.startsWith(`  ${key}`));
        const text = lines.toSpliced(at, 1).join('\n');
        const line = text.split('\n').findIndex((content) => /^ {2}\w+:/.test(content)) + 1;
        return { name: key, file: CONFIG, text, expected: [{ rules: ['completeness/practice-declared'], file: CONFIG, line }] };
      }),
    },
    {
      kind: 'text says the opposite of a practice',
      place: 'the statement, and the practice in the configuration',
      faults: OPPOSED.map(([file, section, from, to, practice]) => {
        const { text, line } = swapIn(textOf(file), section, from, to);
        const expected = [
          { rules: agree, file, line },
          { rules: agree, file: CONFIG, line: lineOf(config, practice) },
        ];
        return { name: `${file} ${section}: ${to}`, file, text, expected };
      }),
    },
    { kind: 'configuration broken', place: 'the key', faults: broken(swapConfig) },
    {
      kind: 'edition in use changed to one that is not there',
      place: 'the key of the standard',
      faults: [
        ['en-319-411-2', 'v2.5.1'],
        ['en-319-411-1', 'v1.4.1'],
        ['en-319-401', 'v3.1.1'],
        ['en-319-411-3', 'v1.1.1'],
      ].map(([standard = '', edition = '']) => {
        const text = `${config}editions:\n  ${standard}: ${edition}\n`;
        return {
          name: `${standard} ${edition}`,
          file: CONFIG,
          text,
          expected: [{ rules: ['form/configuration-valid'], file: CONFIG, line: lineOf(text, `${standard}: ${edition}`) }],
        };
      }),
    },
  ];
}

type Switch = readonly [from: string, to: string, key?: string];

const STATED: readonly Switch[] = [
  ['pseudonyms: false', 'pseudonyms: true'],
  ['longNames: false', 'longNames: true'],
  ['publiclyTrusted: false', 'publiclyTrusted: true'],
  ['scheduledRevocation: false', 'scheduledRevocation: true'],
  ['suspension: false', 'suspension: true'],
  ['statusAfterExpiry: [crl, ocsp]', 'statusAfterExpiry: [crl]'],
  ['statusAfterExpiry: [crl, ocsp]', 'statusAfterExpiry: [ocsp]'],
  ['expiredCertsOnCrl: true', 'expiredCertsOnCrl: false'],
  ['archiveCutoff: true', 'archiveCutoff: false'],
  ['outliveCa: false', 'outliveCa: true'],
  ['escrow: false', 'escrow: true'],
  ['crossCertificates: []', 'crossCertificates: [issued]'],
];

const RULING: readonly Switch[] = [
  ['affiliation: true', 'affiliation: false'],
  ['deviceOperators: [legal]', 'deviceOperators: [natural]'],
  ['subscribers: [self, legal]', 'subscribers: [self]'],
  ['physicalPresence: true', 'physicalPresence: false'],
  ['remoteIdentification: true', 'remoteIdentification: false'],
  ['electronicAgreement: true', 'electronicAgreement: false'],
  ['authenticatedByCertificate: [re-key]', 'authenticatedByCertificate: []'],
  ['certificatesPublished: true', 'certificatesPublished: false'],
  ['status: [crl, ocsp]', 'status: [crl]'],
  ['status: [crl, ocsp]', 'status: [ocsp]'],
  ['expiredCertsOnCrl: true', 'expiredCertsOnCrl: false'],
  ['caStatus: [crl]', 'caStatus: [ocsp]'],
  ['outsourcing: [registration, other]', 'outsourcing: []'],
  ['productionTestCertificates: true', 'productionTestCertificates: false'],
  ['keysOutsideModule: true', 'keysOutsideModule: false'],
  ['kinds: [root, subordinate]', 'kinds: [subordinate]'],
  ['generatedBy: [subject], managedBy', 'generatedBy: [tsp], managedBy'],
  // Of one policy: what holds for all others is what then rules it out.
  ['issued: true, activationData: true', 'issued: false, activationData: true', 'secureDevice: { required'],
  ['issued: true, activationData: true', 'issued: true, activationData: false', 'secureDevice: { required'],
  ['keyTransfer: true', 'keyTransfer: false', 'qscd: { keyImport'],
  ['copies: true', 'copies: false', 'subjectKeys: { generatedBy: [subject]'],
  ['checkedAtUse: true', 'checkedAtUse: false', 'subjectKeys: { generatedBy: [subject]'],
];

const OPENING: readonly (readonly [from: string, to: string, file: string, section: string])[] = [
  ['longNames: false', 'longNames: true', CPS, '3.1.1'],
  ['publiclyTrusted: false', 'publiclyTrusted: true', CPS, '2.2'],
  ['keyImport: false', 'keyImport: true', CPS, '6.1.1'],
  ['keysInAdvance: false', 'keysInAdvance: true', CPS, '6.1.1'],
  ['outliveCa: false', 'outliveCa: true', CPS, '4.10.1'],
  ['escrow: false', 'escrow: true', CPS, '4.12.1'],
  ['crossCertificates: []', 'crossCertificates: [issued]', CPS, '4.9.7'],
  ['expiredCertsOnCrl: true', 'expiredCertsOnCrl: false', CPS, '7.2.2'],
];

type Opposed = readonly [file: string, section: string, from: string, to: string, practice: string];

const OPPOSED: readonly Opposed[] = [
  [CPS, '3.1.3', 'does not offer pseudonyms', 'offers pseudonyms', 'pseudonyms:'],
  [CP, '1.1', 'Pseudonyms are not used in certificates', 'Pseudonyms are used in certificates', 'pseudonyms:'],
  [CPS, '4.9.13', 'ETS does not offer certificate suspension', 'ETS offers certificate suspension', 'suspension:'],
  [PDS, '1.2', 'there is no suspension', 'suspension is possible', 'suspension:'],
  [PDS_DE, '1.2', 'eine Aussetzung gibt es nicht', 'eine Aussetzung ist möglich', 'suspension:'],
  [TERMS, '7.4', 'ETS does not suspend certificates', 'ETS suspends certificates', 'suspension:'],
  [CPS, '4.10.1', 'extension expiredCertsOnCRL', 'extension expiredCertsOnCRL not used', 'expiredCertsOnCrl:'],
  [PDS, '5.2', '(expiredCertsOnCRL)', '(expiredCertsOnCRL is not used)', 'expiredCertsOnCrl:'],
  [PDS, '5.2', 'the archiveCutOff of OCSP is the notBefore of the CA', 'the archiveCutOff of OCSP is not used', 'archiveCutoff:'],
  [PDS_DE, '5.2', 'das archiveCutOff von OCSP ist das notBefore der CA', 'das archiveCutOff von OCSP wird nicht verwendet', 'archiveCutoff:'],
  [CPS, '4.9.4', 'accepts no revocation for a date in the future', 'accepts revocations for a date in the future', 'scheduledRevocation:'],
  [CPS, '4.10.1', 'Subscriber certificates never outlive their CA', 'Some subscriber certificates outlive their CA', 'outliveCa:'],
  [CPS, '1.1', 'takes part in no root programme', 'takes part in a root programme', 'publiclyTrusted:'],
  [TERMS, '2.4', 'ETS is in no root programme', 'ETS is in the root programme', 'publiclyTrusted:'],
  [PDS_DE, '2.5', 'ETS nimmt an keinem Root-Programm teil', 'ETS nimmt an einem Root-Programm teil', 'publiclyTrusted:'],
  [
    TERMS,
    '6.3',
    'Revoked certificates stay on the CRL after they expire',
    'Revoked certificates are removed from the CRL after they expire',
    'expiredCertsOnCrl:',
  ],
  [CPS, '4.12.1', 'ETS does not escrow private keys of subscribers', 'ETS escrows private keys of subscribers', 'subjectKeys: { generatedBy: [subject]'],
  [CPS, '3.2.6', 'ETS does not cross-certify with other', 'ETS cross-certifies with other', 'cas: {'],
  [CPS, '3.1.1', 'No field is longer than RFC 5280 allows', 'A field may be longer than RFC 5280 allows', 'longNames:'],
];

/** Values that cannot be. */
function broken(swapConfig: (from: string, to: string) => { text: string; line: number }): Fault[] {
  const swaps: readonly Switch[] = [
    ['timeZone: Europe/Vienna', 'timeZone: Europe/Wien'],
    ['noticePeriodDays: 14', 'noticePeriodDays: two weeks'],
    ['suspension: false', 'suspension: maybe'],
    ['status: [crl, ocsp]', 'status: [crl, oscp]'],
    ['pseudonyms: false', 'pseudonym: false'],
    ['site: https://repository.ets.example', 'site: repository'],
  ];
  return swaps.map(([from, to]) => {
    const { text, line } = swapConfig(from, to);
    return { name: to, file: CONFIG, text, expected: [{ rules: ['form/configuration-valid'], file: CONFIG, line }] };
  });
}
