import {
  CA_1,
  CARD,
  certificateOf,
  type ExpectedFinding,
  type ListFault,
  newStates,
  provider,
  qualification,
  qualify,
  replace,
  SEAL,
  SERVICES,
  SNAPSHOT,
  SOFTWARE,
  service,
  state,
} from './trusted-lists.ts';

const ENTRY = 'trusted-lists/entry-exists';
const STATUS = 'trusted-lists/status-holds';
const USES = 'trusted-lists/uses-agree';
const QUALIFIED = 'trusted-lists/qualification-agrees';
const MEETABLE = 'trusted-lists/criteria-meetable';
const HOLDS = 'trusted-lists/snapshot-holds';

const SINCE = 'since: 2023-02-27T08:00:00Z';
const at = (rule: ExpectedFinding['rule'], line: string, cites: string | undefined, says?: string): ExpectedFinding => ({
  rule,
  file: SERVICES,
  line,
  ...(cites !== undefined && { cites }),
  ...(says !== undefined && { says }),
});

/** What a list says of status and time. */
const statusFaults: readonly ListFault[] = [
  {
    kind: 'withdrawn this year',
    change: newStates({ status: 'withdrawn', since: '2026-06-01T08:00:00Z' }),
    expected: [at(STATUS, SINCE, 'Svcstatus/withdrawn', 'from 2026-06-01T08:00:00Z on, in the time of cp 2.1')],
  },
  {
    kind: 'withdrawn for a month',
    change: newStates({ status: 'granted', since: '2024-06-01T08:00:00Z' }, { status: 'withdrawn', since: '2024-05-01T08:00:00Z' }),
    expected: [
      at(STATUS, SINCE, 'Svcstatus/withdrawn', 'from 2024-05-01T08:00:00Z to 2024-06-01T08:00:00Z, in the time of cp 1.1.'),
      at(STATUS, SINCE, '2024-06-01T08:00:00Z', 'is not granted since the declared day'),
    ],
  },
  {
    kind: 'a status of the Directive',
    change: state((plan) => ({ ...plan, status: 'undersupervision' })),
    expected: [at(STATUS, SINCE, 'undersupervision')],
  },
  {
    kind: 'listed after the first version was in force',
    change: service((plan) => ({ ...plan, states: plan.states.slice(0, 1).map((one) => ({ ...one, since: '2023-06-01T08:00:00Z' })) })),
    expected: [
      at(STATUS, `oid: ${CARD}`, '2023-06-01T08:00:00Z', 'from 2023-02-28T23:00:00Z to 2023-06-01T08:00:00Z, in the time of cp 1.0.'),
      at(STATUS, SINCE, '2023-06-01T08:00:00Z'),
    ],
  },
  {
    kind: 'not yet listed',
    change: service((plan) => ({ ...plan, states: plan.states.slice(0, 1).map((one) => ({ ...one, since: '2027-01-04T08:00:00Z' })) })),
    expected: [at(STATUS, SINCE, '2027-01-04T08:00:00Z', 'not yet listed')],
  },
  {
    kind: 'an entry of another type',
    change: service((plan) => ({ ...plan, type: 'CA/PKC' })),
    expected: [at(ENTRY, 'type: CA/QC', 'Svctype/CA/PKC', 'CA/PKC')],
  },
  {
    kind: 'an entry of another type for some months',
    change: {
      ...newStates({ since: '2024-06-01T08:00:00Z' }, { since: '2024-02-01T08:00:00Z' }),
      texts: {
        AT: (text) => text.replace(/(<ServiceHistoryInstance>\s+<ServiceTypeIdentifier>[^<]*)CA\/QC(<[\s\S]{0,1500}2024-02-01)/, '$1CA/PKC$2'),
      },
    },
    expected: [at(STATUS, SINCE, 'Svctype/CA/PKC', 'listed as CA/PKC')],
  },
  {
    kind: 'a history that goes forward',
    change: service((plan) => ({ ...plan, states: [...plan.states, { ...(plan.states[0] as (typeof plan.states)[0]), since: '2023-02-22T08:00:00Z' }] })),
    expected: [at(HOLDS, 'country: AT', '2023-02-22T08:00:00Z', 'back in time')],
  },
  {
    kind: 'two states that begin at once',
    change: service((plan) => ({ ...plan, states: [...plan.states, plan.states[1] as (typeof plan.states)[0]] })),
    expected: [{ ...at(HOLDS, 'country: AT', '2023-02-20T08:00:00Z'), severity: 'warning' }],
  },
];

/** What a list says of an entry's name, certificate and uses. */
const entryFaults: readonly ListFault[] = [
  {
    kind: 'a provider under other names',
    change: provider((plan) => ({ ...plan, name: 'Example Trust Holding SE', tradeNames: [] })),
    expected: [at(ENTRY, 'provider: NTRAT-999999x', 'ETS Qualified CA 1', 'Example Trust Holding SE')],
  },
  {
    kind: 'an entry for another certificate',
    change: service((plan) => ({ ...plan, certificate: certificateOf('muster-trust-ca-1') })),
    expected: [at(ENTRY, 'type: CA/QC', 'ETS OCSP', 'Certstatus/OCSP/QC')],
  },
  {
    kind: 'an entry that is gone with all of its CA',
    change: provider((plan) => ({ ...plan, services: plan.services.filter(({ name }) => name !== 'ETS Qualified CA 1' && name !== 'ETS OCSP') })),
    expected: [at(ENTRY, `identity: ${CA_1}`, 'ETS Qualified', 'in no list')],
  },
  {
    kind: 'a use that is gone',
    change: state((plan) => ({ ...plan, uses: ['ForeSignatures'] })),
    expected: [
      at(USES, 'uses: [ForeSignatures, ForeSeals]', 'ETS Qualified CA 1'),
      at(USES, `oid: ${SEAL}`, 'ETS Qualified CA 1', 'of cp 1.0, 1.1, 2.0, 2.1, '),
    ],
  },
  {
    kind: 'a use that came late',
    change: newStates({ since: '2024-06-01T08:00:00Z' }, { since: '2024-03-01T08:00:00Z', uses: ['ForeSignatures'] }),
    expected: [at(USES, `oid: ${SEAL}`, '2024-03-01T08:00:00Z', 'of cp 1.1.')],
  },
];

const replaced = (qualifiers: readonly string[], ...policies: readonly string[]) =>
  state((plan) => ({ ...plan, qualifications: [qualification(qualifiers, ...policies)] }));
const MANAGED = 'QCQSCDManagedOnBehalf';

/** A criterion of another kind than the writer of lists knows, after that on policies. */
const criterion = (xml: string) => ({ texts: { AT: replace('<ecc:Description>', `${xml}<ecc:Description>`) } });

/** What a list says of certificates of a policy. */
const qualifierFaults: readonly ListFault[] = [
  {
    kind: 'no device instead of a managed one',
    change: replaced(['QCNoQSCD'], SEAL),
    expected: [
      at(QUALIFIED, `oid: ${SEAL}`, 'QCNoQSCD', 'the list says QCNoQSCD'),
      at(QUALIFIED, `oid: ${SEAL}, qualifiers`, 'QCNoQSCD', `do not get the qualifier ${MANAGED}`),
    ],
  },
  {
    kind: 'not qualified',
    change: qualify(qualification(['NotQualified'], CARD)),
    expected: [at(QUALIFIED, `oid: ${CARD}`, 'NotQualified', 'the list says NotQualified')],
  },
  {
    kind: 'for seals what is for signatures',
    change: qualify(qualification(['QCForESeal'], SOFTWARE)),
    expected: [at(QUALIFIED, `oid: ${SOFTWARE}`, 'QCForESeal', 'contradict')],
  },
  {
    kind: 'a device by the certificate and managed at once',
    change: qualify(qualification(['QCQSCDStatusAsInCert'], SEAL)),
    expected: [at(QUALIFIED, `oid: ${SEAL}`, 'QCQSCDStatusAsInCert', 'are not proved to have their keys in a QSCD')],
  },
  {
    kind: 'a device where none is required',
    change: qualify(qualification(['QCWithQSCD'], SOFTWARE)),
    expected: [at(QUALIFIED, `oid: ${SOFTWARE}`, 'QCWithQSCD', 'have their keys in a QSCD')],
  },
  {
    kind: 'a qualifier that nobody knows in a critical extension',
    change: qualify(qualification(['QCBlue'], CARD)),
    expected: [at(QUALIFIED, `oid: ${CARD}`, 'QCBlue', 'which TS 119 612 does not have')],
  },
  {
    kind: 'a qualifier that nobody knows in an extension that is not critical',
    change: {
      ...qualify(qualification(['QCBlue'], CARD)),
      texts: { AT: replace(/<Extension Critical="true">(?=\s+<ecc:Qualifications>)/, '<Extension Critical="false">') },
    },
    expected: [{ ...at(QUALIFIED, `oid: ${CARD}`, 'QCBlue', 'not critical'), severity: 'warning' }],
  },
  {
    kind: 'a managed device where the subject has it',
    change: qualify(qualification([MANAGED], CARD)),
    expected: [at(QUALIFIED, `oid: ${CARD}`, MANAGED, 'which is not declared')],
  },
  {
    kind: 'two policies in one set, of which a certificate has one',
    change: replaced([MANAGED], SEAL, CARD),
    expected: [
      at(MEETABLE, `oid: ${CARD}`, MANAGED, `the policies ${SEAL} and ${CARD} in one certificate`),
      at(QUALIFIED, `oid: ${SEAL}, qualifiers`, MANAGED),
    ],
  },
  {
    kind: 'a policy with a wrong number in the list',
    change: replaced([MANAGED], `${SEAL}2`),
    expected: [at(MEETABLE, `oid: ${CARD}`, MANAGED, `the policy ${SEAL}2`)],
  },
  {
    kind: 'a key usage that no certificate has',
    change: criterion('<ecc:KeyUsage><ecc:KeyUsageBit name="keyEncipherment">true</ecc:KeyUsageBit></ecc:KeyUsage>'),
    expected: [at(MEETABLE, `oid: ${CARD}`, MANAGED, 'the key usage keyEncipherment')],
  },
  {
    kind: 'a criterion that nobody knows',
    change: criterion('<ecc:otherCriteriaList><x:Colour xmlns:x="urn:made-up">blue</x:Colour></ecc:otherCriteriaList>'),
    expected: [at(QUALIFIED, `oid: ${SEAL}, qualifiers`, MANAGED, 'Colour')],
  },
  {
    kind: 'a critical extension that nobody knows',
    change: {
      texts: {
        AT: replace('<ServiceInformationExtensions>', '<ServiceInformationExtensions><Extension Critical="true"><x:Rule xmlns:x="urn:made-up"/></Extension>'),
      },
    },
    expected: [at(QUALIFIED, `oid: ${CARD}`, 'x:Rule', 'critical extension')],
  },
];

const inSnapshot = (line: string | undefined, says: string, more: Partial<ExpectedFinding> = {}): ExpectedFinding => ({
  rule: HOLDS,
  file: SNAPSHOT,
  line,
  says,
  ...more,
});

/** Lists and files that are not, or no longer, what they should be. */
const snapshotFaults: readonly ListFault[] = [
  {
    kind: 'a list with another digest',
    change: { snapshot: replace(/(AT\.xml\n\s+sha256: )./, '$1f') },
    expected: [inSnapshot('file: AT.xml', 'is not the file of the snapshot')],
  },
  { kind: 'a list that is missing', change: { files: { 'DE.xml': undefined } }, expected: [inSnapshot('file: DE.xml', 'is not there')] },
  {
    kind: 'anchors that are missing',
    change: { files: { 'journal-anchors.pem': undefined } },
    expected: [inSnapshot('- journal-anchors.pem', 'holds no certificate'), inSnapshot('file: eu-lotl.xml', 'Official Journal')],
  },
  {
    kind: 'anchors of somebody else',
    change: {
      files: {
        'journal-anchors.pem': () =>
          `-----BEGIN CERTIFICATE-----\n${Buffer.from(certificateOf('list-of-lists-signer-b')).toString('base64')}\n-----END CERTIFICATE-----\n`,
      },
    },
    expected: [inSnapshot('file: eu-lotl.xml', 'Official Journal')],
  },
  { kind: 'a pivot that is missing', change: { snapshot: replace(/pivots:\n(?: .*\n)+/, '') }, expected: [inSnapshot('file: eu-lotl.xml', 'pivot-missing')] },
  {
    kind: 'a list that nobody signed anew',
    change: { files: { 'AT.xml': replace('ForeSeals', 'ForeSigns') } },
    expected: [inSnapshot('file: AT.xml', 'digest-mismatch')],
  },
  {
    kind: 'a list with another signer',
    change: { texts: { AT: replace('<TSLSequenceNumber>31', '<TSLSequenceNumber>32') }, signer: 'list-of-lists-signer-a' },
    expected: [inSnapshot('file: AT.xml', 'signer-not-announced')],
  },
  {
    kind: 'a list to which nothing points',
    change: { lists: { lotl: (plan) => ({ ...plan, pointers: plan.pointers.filter(({ territory }) => territory !== 'AT') }) } },
    expected: [inSnapshot('file: AT.xml', 'AT')],
  },
  {
    kind: 'a national list past its next update',
    change: { lists: { AT: (plan) => ({ ...plan, nextUpdate: '2026-11-20T00:00:00Z' }) } },
    expected: [inSnapshot('file: AT.xml', 'had to be replaced', { severity: 'warning' })],
  },
  {
    kind: 'a list of the lists past its next update',
    change: { lists: { lotl: (plan) => ({ ...plan, nextUpdate: '2026-11-20T00:00:00Z' }) } },
    expected: [inSnapshot('file: eu-lotl.xml', 'lotl-next-update-passed')],
  },
  {
    kind: 'a list of another territory',
    change: { lists: { AT: (plan) => ({ ...plan, territory: 'DE' }) } },
    expected: [inSnapshot('file: AT.xml', 'its pointer says AT', { severity: 'warning' })],
  },
  {
    kind: 'a newer notice in the Official Journal',
    change: {
      lists: {
        lotl: (plan) => ({
          ...plan,
          schemeUris: plan.schemeUris.map((uri) => uri.replace('https://journal.example/2023/1', 'https://eur-lex.europa.eu/made-up')),
        }),
      },
    },
    expected: [inSnapshot('file: eu-lotl.xml', 'Anchors change only by a commit', { severity: 'warning' })],
  },
  {
    kind: 'a list that was issued after the snapshot',
    change: { snapshot: replace('taken: 2026-11-23', 'taken: 2026-11-12') },
    expected: [inSnapshot('taken: 2026-11-12', 'AT.xml was issued after')],
  },
  {
    kind: 'a list of version 4',
    change: { texts: { AT: replace('<TSLVersionIdentifier>6', '<TSLVersionIdentifier>4') } },
    expected: [inSnapshot('file: AT.xml', 'version 4')],
  },
];

export const listFaults: readonly ListFault[] = [...statusFaults, ...entryFaults, ...qualifierFaults, ...snapshotFaults];
