import type { Policy } from '../../../src/model/document.ts';
import type { ListedChange } from '../../helpers/listed-example.ts';
import { CA_1, CARD, type ListFault, replace, replaceAll, SEAL, SERVICES, SNAPSHOT, SOFTWARE, WEBSITE } from './trusted-lists.ts';

const ENTRY = 'trusted-lists/entry-exists';
const USES = 'trusted-lists/uses-agree';
const QUALIFIED = 'trusted-lists/qualification-agrees';
const ENTERED = 'trusted-lists/policy-entered';
const VALID = 'trusted-lists/declarations-valid';
const HOLDS = 'trusted-lists/snapshot-holds';
const STATUS = 'trusted-lists/status-holds';

const inServices = (rule: ListFault['expected'][number]['rule'], line: string, more: Partial<ListFault['expected'][number]> = {}) => ({
  rule,
  file: SERVICES,
  line,
  ...more,
});

/** What services.yaml says wrongly of an entry. */
const entryFaults: readonly ListFault[] = [
  {
    kind: 'another country',
    change: { services: replace('country: AT', 'country: DE') },
    expected: [inServices(ENTRY, 'country: DE', { cites: 'ETS Qualified CA 1', says: 'listed in another country' })],
  },
  {
    kind: 'a country without a list',
    change: { services: replace('country: AT', 'country: FR') },
    expected: [inServices(ENTRY, 'country: FR', { says: 'listed in another country' })],
  },
  {
    kind: 'a name that is misspelt',
    change: { services: replace('provider: NTRAT-999999x', 'provider: Example Trust Service GmbH') },
    expected: [inServices(ENTRY, 'provider: Example Trust Service GmbH', { cites: 'ETS Qualified CA 1', says: 'NTRAT-999999x' })],
  },
  {
    kind: 'the name of another provider',
    change: { services: replace('provider: NTRAT-999999x', 'provider: Muster Trust eGen') },
    expected: [inServices(ENTRY, 'provider: Muster Trust eGen', { cites: 'ETS Qualified CA 1' })],
  },
  {
    kind: 'another type',
    change: { services: replace('type: CA/QC', 'type: TSA/QTST') },
    expected: [
      inServices(ENTRY, 'type: TSA/QTST', { cites: 'ETS Qualified CA 1', says: 'is of another type' }),
      inServices(ENTRY, 'type: TSA/QTST', { says: 'has policies' }),
    ],
  },
  {
    kind: 'the entry for status information of the same CA',
    change: { services: replace('type: CA/QC', 'type: Certstatus/OCSP/QC') },
    expected: [inServices(ENTRY, 'type: Certstatus/OCSP/QC', { says: 'has policies' })],
  },
  {
    kind: 'a fingerprint with a wrong digit',
    change: { services: replace(CA_1, CA_1.replace('e4', 'e5')) },
    expected: [
      inServices(ENTRY, 'identity: e5', { cites: 'ETS Qualified CA 1', says: 'the nearest entry' }),
      inServices(ENTRY, 'identity: e5', { says: 'not published here' }),
    ],
  },
  {
    kind: 'the certificate of another CA of the provider, which is not listed',
    change: { services: replace(CA_1, '19231d9ad7de3a12c915940ad7ff76ae3c752b480e59c8414464b43891c6d1f5') },
    expected: [inServices(ENTRY, 'identity: 19', { cites: 'ETS Qualified CA 1', says: 'in no list' })],
  },
  {
    kind: 'a use too few',
    change: { services: replace('[ForeSignatures, ForeSeals]', '[ForeSignatures]') },
    expected: [inServices(USES, 'uses: [ForeSignatures]', { cites: 'ForeSeals' })],
  },
  {
    kind: 'a use too many',
    change: { services: replace('[ForWebSiteAuthentication]', '[ForWebSiteAuthentication, ForeSeals]') },
    expected: [inServices(USES, 'ForWebSiteAuthentication, ForeSeals', { cites: 'ETS Qualified Web CA 1' })],
  },
  {
    kind: 'another day since when',
    change: { services: replace('since: 2023-02-27T08:00:00Z', 'since: 2023-02-26') },
    expected: [inServices(STATUS, 'since: 2023-02-26', { cites: 'ETS Qualified CA 1', says: '2023-02-27T08:00:00Z' })],
  },
  {
    kind: 'another hour since when',
    change: { services: replace('since: 2025-01-08T08:00:00Z', 'since: 2025-01-08T09:00:00Z') },
    expected: [inServices(STATUS, 'since: 2025-01-08T09:00:00Z', { cites: 'ETS Qualified Web CA 1' })],
  },
];

const policyFaults: readonly ListFault[] = [
  {
    kind: 'a qualifier that the list does not have',
    change: { services: replace(`${CARD} }`, `${CARD}, qualifiers: [QCWithQSCD] }`) },
    expected: [inServices(QUALIFIED, 'QCWithQSCD', { cites: 'ETS Qualified CA 1', says: 'do not get the qualifier QCWithQSCD' })],
  },
  {
    kind: 'a qualifier that is not declared',
    change: { services: replace(', qualifiers: [QCQSCDManagedOnBehalf]', '') },
    expected: [inServices(QUALIFIED, SEAL, { cites: 'QCQSCDManagedOnBehalf', says: 'which is not declared' })],
  },
  {
    kind: 'a policy with a wrong number',
    change: { services: replaceAll(`${SOFTWARE} }`, '1.3.6.1.4.1.99999.1.2.33 }') },
    expected: [inServices(ENTERED, '1.2.33'), { rule: ENTERED, file: 'policies/cp.md', line: `oid: ${SOFTWARE}` }],
  },
  {
    kind: 'a policy that is left out',
    change: { services: replaceAll(`    - { oid: ${CARD} }\n`, '') },
    expected: [{ rule: ENTERED, file: 'policies/cp.md', line: `oid: ${CARD}` }],
  },
  {
    kind: 'a service that is left out',
    change: { services: replace(/- id: websites[\s\S]*(?=# Listed before)/, '') },
    expected: [{ rule: ENTERED, file: 'policies/cp.md', line: `oid: ${WEBSITE}` }],
  },
  {
    kind: 'a policy of another service',
    change: { services: replace(`{ oid: ${WEBSITE} }`, `{ oid: ${WEBSITE} }\n    - { oid: ${SOFTWARE} }`) },
    expected: [inServices(USES, SOFTWARE, { cites: 'ForWebSiteAuthentication', says: 'ForeSignatures' })],
  },
];

const formFaults: readonly ListFault[] = [
  { kind: 'a key that nobody knows', change: { services: replace('since:', 'from:') }, expected: [inServices(VALID, 'from: 2023', { says: 'is not known' })] },
  { kind: 'a country in small letters', change: { services: replace('country: AT', 'country: at') }, expected: [inServices(VALID, 'country: at')] },
  {
    kind: 'a qualifier that nobody knows',
    change: { services: replace('[QCQSCDManagedOnBehalf]', '[QCManaged]') },
    expected: [inServices(VALID, 'QCManaged')],
  },
  {
    kind: 'two services of one name',
    change: { services: replace('id: websites', 'id: signatures-and-seals') },
    expected: [inServices(VALID, 'id: signatures-and-seals', { says: 'stands twice' })],
  },
  {
    kind: 'a policy that stands twice',
    change: { services: replace(`{ oid: ${CARD} }`, `{ oid: ${CARD} }\n    - { oid: ${CARD} }`) },
    expected: [inServices(VALID, `oid: ${CARD}`, { says: 'stands twice' })],
  },
  { kind: 'no snapshot', change: { snapshot: () => '' }, expected: [{ rule: HOLDS, file: SERVICES, line: undefined }] },
  {
    kind: 'a snapshot with a key that nobody knows',
    change: { snapshot: replace('taken:', 'fetched:') },
    expected: [{ rule: VALID, file: SNAPSHOT, line: 'fetched:' }],
  },
  {
    kind: 'a country that stands twice in the snapshot, as after a merge of two updates',
    change: {
      snapshot: replace(
        /( {2}- country: AT\n)((?: {4}.*\n)+)/,
        `$1$2  - country: "AT"\n    file: AT-new.xml\n    location: https://lists.example/AT.xml\n    sha256: ${'0'.repeat(64)}\n`,
      ),
    },
    expected: [{ rule: VALID, file: SNAPSHOT, line: '"AT"', says: 'stands twice' }],
  },
];

/** Changes a policy in the front matter of a version of the CP, as it was read. */
const inVersion = (version: string, oid: string, from: string, to: string): ListedChange => ({
  workspace: (workspace) => {
    const entry = workspace.register.entries.find((one) => one.kind === 'version' && one.document === 'cp' && one.version === version);
    const digest = entry?.kind === 'version' ? entry.files['en']?.sha256 : undefined;
    const text = digest === undefined ? undefined : workspace.facts.get(digest);
    if (!digest || !text?.frontMatter) throw new Error(`There is no text of cp ${version}.`);
    const policies = text.frontMatter.policies.map((policy) => {
      if (policy.oid !== oid) return policy;
      const written = JSON.stringify(policy);
      if (!written.includes(from)) throw new Error(`The policy does not have ${from}: ${written}`);
      return JSON.parse(written.replace(from, to)) as Policy;
    });
    return { ...workspace, facts: new Map([...workspace.facts, [digest, { ...text, frontMatter: { ...text.frontMatter, policies } }]]) };
  },
});

/** Changes a row of the profile that the newest CP states. */
const inProfile = (id: string, field: string, presence: 'required' | 'forbidden'): ListedChange => ({
  workspace: (workspace) => {
    let count = 0;
    const boundProfiles = new Map(
      [...workspace.boundProfiles].map(([digest, profile]) => {
        const rows = profile.rows.map((row) => (profile.id === id && row.field === field ? { ...row, presence } : row));
        count += rows.filter((row, index) => row !== profile.rows[index]).length;
        return [digest, { ...profile, rows }] as const;
      }),
    );
    if (count === 0) throw new Error(`No profile "${id}" has a row ${field}.`);
    return { ...workspace, boundProfiles };
  },
});

/** What the texts, profiles and published certificates say otherwise. */
const textFaults: readonly ListFault[] = [
  {
    kind: 'a text that says that the provider manages the device',
    change: inVersion('2.1', CARD, '"managedBy":"subject"', '"managedBy":"tsp"'),
    expected: [inServices(QUALIFIED, CARD, { cites: 'ETS Qualified CA 1', says: 'cp 2.1' })],
  },
  {
    kind: 'a text that says that the subject manages the device',
    change: inVersion('2.3', SEAL, '"managedBy":"tsp"', '"managedBy":"subject"'),
    expected: [inServices(QUALIFIED, SEAL, { cites: 'QCQSCDManagedOnBehalf', says: 'cp 2.3' })],
  },
  {
    kind: 'a text that requires a device which certificates do not have',
    change: inVersion('2.1', SOFTWARE, '"required":false', '"required":true'),
    expected: [inServices(QUALIFIED, SOFTWARE, { cites: 'ETS Qualified CA 1', says: 'a QSCD, as in front matter of cp 2.1 (now policies/cp.md' })],
  },
  {
    kind: 'a text that promises seals where certificates are for signatures',
    change: inVersion('1.0', SOFTWARE, 'QCP-n', 'QCP-l'),
    expected: [inServices(QUALIFIED, SOFTWARE, { says: 'qualified for electronic seals' })],
  },
  {
    kind: 'a text that no longer says that certificates are qualified',
    change: inVersion('2.1', CARD, '"qualified":{"statement":"1.1"},', ''),
    expected: [inServices(QUALIFIED, CARD, { says: 'are qualified for electronic signatures by the list' })],
  },
  {
    kind: 'a profile without QcCompliance',
    change: inProfile('natural-person', 'qcStatements.QcCompliance', 'forbidden'),
    expected: [inServices(QUALIFIED, SOFTWARE, { cites: 'ETS Qualified CA 1', says: 'neither the certificate has QcCompliance' })],
  },
  {
    kind: 'a profile without QcSSCD',
    change: inProfile('natural-person-qscd', 'qcStatements.QcSSCD', 'forbidden'),
    expected: [inServices(QUALIFIED, CARD, { cites: 'ETS Qualified CA 1', says: 'no QcSSCD' })],
  },
  {
    kind: 'a CA certificate that is not published',
    change: { workspace: (workspace) => ({ ...workspace, deployed: workspace.deployed.filter(({ sha256 }) => sha256 !== CA_1) }) },
    expected: [inServices(ENTRY, `identity: ${CA_1}`, { says: 'not published here' })],
  },
];

export const declarationFaults: readonly ListFault[] = [...entryFaults, ...policyFaults, ...formFaults, ...textFaults];
