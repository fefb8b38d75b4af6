import type { CertificateFacts } from '../../model/certificate.ts';
import { type ExtensionName, findExtension, type KeyUsage } from '../../model/certificate-extension.ts';
import type { DistinguishedName } from '../../model/distinguished-name.ts';
import { ETSI_POLICY_OIDS } from '../../model/etsi-policy-oid.ts';
import type { QcStatementName, QcStatementValues } from '../../model/qc-statement.ts';
import { remember } from './remember.ts';

/** One value of a field: where it stands, the value that checks look at, and what a person would rather see. */
export interface Seen {
  readonly at: string;
  readonly value: string;
  readonly shown?: string;
}

/** No certificate has more of anything that a check looks at; what goes beyond is left alone. */
const MOST = 1000;

const known = new WeakMap<CertificateFacts, Map<string, readonly Seen[]>>();

/** The values of a field; none where the certificate does not have it. Throws for a field that nobody knows. */
export function readField(facts: CertificateFacts, field: string): readonly Seen[] {
  const fields = known.get(facts) ?? new Map<string, readonly Seen[]>();
  known.set(facts, fields);
  const values = fields.get(field) ?? readerOf(field)(facts).slice(0, MOST);
  fields.set(field, values);
  return values;
}

const readerOf = remember((field): ((facts: CertificateFacts) => readonly Seen[]) => {
  const [group = '', name = ''] = field.split(/\.(.*)/s);
  const read = Object.hasOwn(FIELDS, field) ? FIELDS[field] : Object.hasOwn(GROUPS, group) ? GROUPS[group] : undefined;
  if (!read) throw new Error(`There is no field "${field}" of certificates.`);
  return (facts) => read(facts, name);
});

/** Where a field would stand, for a finding that it is missing. */
export function placeOf(facts: CertificateFacts, field: string): string {
  const [group = '', name = ''] = field.split(/\.(.*)/s);
  if (group === 'subject' || group === 'issuer') return facts[group].at;
  if (group === 'statement' || group === 'semantics' || group === 'PSD2' || group.startsWith('Qc'))
    return findExtension(facts, 'qcStatements')?.at ?? EXTENSIONS;
  const holder = HOLDERS[group];
  return (holder && findExtension(facts, holder)?.at) ?? (group === 'extension' ? (find(facts, name)?.at ?? EXTENSIONS) : EXTENSIONS);
}

const EXTENSIONS = 'tbsCertificate.extensions';
const HOLDERS: Readonly<Record<string, ExtensionName>> = {
  policies: 'certificatePolicies',
  purposes: 'extKeyUsage',
  san: 'subjectAltName',
  aia: 'authorityInfoAccess',
  crl: 'cRLDistributionPoints',
  statements: 'qcStatements',
  authorityKeyIdentifier: 'authorityKeyIdentifier',
};

type Read = (facts: CertificateFacts, name: string) => readonly Seen[];

const PERSON = ['givenName', 'surname', 'pseudonym'];
/** EV Guidelines: where a legal person is registered. */
const JURISDICTION = '1.3.6.1.4.1.311.60.2.1.3';

function readName({ attributes }: DistinguishedName, name: string): Seen[] {
  const names = name === 'person' ? PERSON : name === 'jurisdictionCountryName' ? [name, JURISDICTION] : [name];
  return attributes.filter((item) => names.includes(item.name ?? item.oid) || names.includes(item.oid)).map(({ at, value }) => ({ at, value }));
}

const find = (facts: CertificateFacts, name: string) => facts.extensions.find((extension) => extension.name === name);

/** Fields by the part before the first dot; the rest is passed on. */
const GROUPS: Readonly<Record<string, Read>> = {
  issuer: ({ issuer }, name) => readName(issuer, name),
  subject: ({ subject }, name) => readName(subject, name),
  extension: ({ extensions }, name) =>
    extensions.filter((extension) => extension.name === name).map(({ at, critical }) => ({ at, value: `critical ${critical}` })),
  statement: (facts, name) =>
    statementsOf(facts)
      .filter((statement) => statement.name === name)
      .map((statement) => ({ ...named(statement), value: statement.oid })),
};

const statementsOf = (facts: CertificateFacts) => findExtension(facts, 'qcStatements')?.value?.statements ?? [];

/** What the statements of this name say, with the path of each. */
export function readStatements<Name extends QcStatementName>(facts: CertificateFacts, name: Name): { at: string; value: QcStatementValues[Name] }[] {
  return statementsOf(facts).flatMap((statement) =>
    statement.name === name && statement.value ? [{ at: statement.at, value: statement.value as QcStatementValues[Name] }] : [],
  );
}

const named = ({ at, oid, name }: { at: string; oid: string; name?: string }): Seen => ({ at, value: name ?? oid, shown: name ? `${name} (${oid})` : oid });

function readLocations(facts: CertificateFacts, method: string): Seen[] {
  const descriptions = findExtension(facts, 'authorityInfoAccess')?.value?.descriptions ?? [];
  return descriptions
    .filter(({ name }) => name === method)
    .map(({ at, location }) => ({ at, value: location.kind === 'uniformResourceIdentifier' ? location.value : location.kind }));
}

function readCrlAddresses(facts: CertificateFacts): Seen[] {
  const points = findExtension(facts, 'cRLDistributionPoints')?.value?.points ?? [];
  return points.flatMap(({ fullName }) =>
    (fullName ?? []).flatMap((name) => (name.kind === 'uniformResourceIdentifier' ? [{ at: name.at, value: name.value }] : [])),
  );
}

const readAlternatives = (facts: CertificateFacts, wanted: (kind: string) => boolean): Seen[] =>
  (findExtension(facts, 'subjectAltName')?.value?.names ?? [])
    .filter(({ kind }) => wanted(kind))
    .map((name) => ({ at: name.at, value: 'value' in name ? name.value : name.kind, shown: 'value' in name ? `${name.kind} ${name.value}` : name.kind }));

const readPolicies = (facts: CertificateFacts): Seen[] =>
  (findExtension(facts, 'certificatePolicies')?.value?.policies ?? []).map((policy) => ({ ...named(policy), value: policy.oid }));
const ETSI_OIDS = new Set(Object.values(ETSI_POLICY_OIDS));
const readEtsiPolicies = (facts: CertificateFacts, arc: string): Seen[] =>
  readPolicies(facts).filter(({ value }) => ETSI_OIDS.has(value) && value.startsWith(arc));

const readSemantics = (facts: CertificateFacts) => readStatements(facts, 'pkixQCSyntax-v2');
const withSemantics = (facts: CertificateFacts, name: string): Seen[] =>
  readSemantics(facts).flatMap(({ value }) => (value.semanticsIdentifier?.name === name ? [named(value.semanticsIdentifier)] : []));

/** The letter of EN 319 412-2, 4.3.2, table 1; the bits where they make none. */
function keyUsageSetting(usages: readonly KeyUsage[]): string {
  const has = (usage: KeyUsage) => usages.includes(usage);
  const encryption = Number(has('keyEncipherment')) + Number(has('keyAgreement'));
  const known = encryption + Number(has('nonRepudiation')) + Number(has('digitalSignature'));
  const none = usages.join(', ') || 'no usage';
  if (known !== usages.length || encryption > 1) return none;
  if (has('nonRepudiation')) return has('digitalSignature') ? (encryption ? 'F' : 'B') : encryption ? none : 'A';
  return has('digitalSignature') ? (encryption ? 'D' : 'C') : encryption ? 'E' : none;
}

function readKeyUsage(facts: CertificateFacts): Seen[] {
  const usage = findExtension(facts, 'keyUsage');
  if (!usage?.value) return [];
  const { usages } = usage.value;
  const value = keyUsageSetting(usages);
  return [{ at: usage.at, value, shown: value.length === 1 ? `${usages.join(', ')} (setting ${value})` : value }];
}

const texts = (at: string, values: readonly string[]): Seen[] => values.map((value, index) => ({ at: `${at}[${index}]`, value }));
const limit = (facts: CertificateFacts, key: 'currency' | 'amount'): Seen[] =>
  readStatements(facts, 'QcLimitValue').map(({ at, value }) => ({ at: `${at}.${key}`, value: String(value[key]) }));

/** Fields by their whole name. */
const FIELDS: Readonly<Record<string, Read>> = {
  version: ({ version }) => [{ at: 'tbsCertificate.version', value: String(version) }],
  signatureAlgorithm: ({ signature }) => [{ ...named(signature), value: signature.oid }],
  seconds: ({ validity }) =>
    validity.seconds === undefined ? [] : [{ at: validity.at, value: String(validity.seconds), shown: `${validity.seconds} seconds` }],
  extensions: ({ extensions }) => extensions.map(({ at, oid }) => ({ at, value: oid })),
  keyUsage: readKeyUsage,
  purposes: (facts) => (findExtension(facts, 'extKeyUsage')?.value?.purposes ?? []).map(named),
  policies: readPolicies,
  'policies.qualified': (facts) => readEtsiPolicies(facts, '0.4.0.194112.'),
  'policies.reserved': (facts) => readEtsiPolicies(facts, '0.4.0.2042.'),
  authorityKeyIdentifier: (facts) => {
    const extension = findExtension(facts, 'authorityKeyIdentifier');
    const { keyIdentifier } = extension?.value ?? {};
    return extension && keyIdentifier !== undefined ? [{ at: extension.at, value: keyIdentifier }] : [];
  },
  directoryAttributes: (facts) => (findExtension(facts, 'subjectDirectoryAttributes')?.value?.attributes ?? []).map(named),
  'marker.content': ({ extensions }) => extensions.filter(({ name }) => name === 'validityAssuredShortTerm').map(({ at, hex }) => ({ at, value: hex })),
  'aia.caIssuers': (facts) => readLocations(facts, 'caIssuers'),
  'aia.ocsp': (facts) => readLocations(facts, 'ocsp'),
  'aia.ocsp.http': (facts) => readLocations(facts, 'ocsp').filter(({ value }) => /^https?:\/\//i.test(value)),
  crl: readCrlAddresses,
  'san.dNSName': (facts) => readAlternatives(facts, (kind) => kind === 'dNSName'),
  'san.iPAddress': (facts) => readAlternatives(facts, (kind) => kind === 'iPAddress'),
  'san.other': (facts) => readAlternatives(facts, (kind) => kind !== 'dNSName' && kind !== 'iPAddress'),
  statements: (facts) => statementsOf(facts).map((statement) => ({ ...named(statement), value: statement.oid })),
  'semantics.natural': (facts) => withSemantics(facts, 'semanticsId-Natural'),
  'semantics.legal': (facts) => withSemantics(facts, 'semanticsId-Legal'),
  'semantics.eidasNatural': (facts) => withSemantics(facts, 'semanticsId-eIDASNatural'),
  'semantics.eidasLegal': (facts) => withSemantics(facts, 'semanticsId-eIDASLegal'),
  'semantics.authority': (facts) =>
    readSemantics(facts).flatMap(({ value }) =>
      (value.nameRegistrationAuthorities ?? []).map((name) => ({ at: name.at, value: `${name.kind}:${'value' in name ? name.value : ''}` })),
    ),
  QcType: (facts) => readStatements(facts, 'QcType').flatMap(({ value }) => value.types.map(named)),
  'QcPDS.url': (facts) => readStatements(facts, 'QcPDS').flatMap(({ value }) => value.locations.map(({ at, url }) => ({ at: `${at}.url`, value: url }))),
  'QcPDS.language': (facts) =>
    readStatements(facts, 'QcPDS').flatMap(({ value }) => value.locations.map(({ at, language }) => ({ at: `${at}.language`, value: language }))),
  'QcLimitValue.currency': (facts) => limit(facts, 'currency'),
  'QcLimitValue.amount': (facts) => limit(facts, 'amount'),
  QcRetentionPeriod: (facts) => readStatements(facts, 'QcRetentionPeriod').map(({ at, value }) => ({ at, value: String(value.years) })),
  QcCClegislation: (facts) => readStatements(facts, 'QcCClegislation').flatMap(({ at, value }) => texts(`${at}.countries`, value.countries)),
  QcQSCDlegislation: (facts) => readStatements(facts, 'QcQSCDlegislation').flatMap(({ at, value }) => texts(`${at}.countries`, value.countries)),
  QcIdentMethod: (facts) => readStatements(facts, 'QcIdentMethod').flatMap(({ value }) => value.methods.map(named)),
  'statement.PSD2.value': (facts) => readStatements(facts, 'PSD2').map(({ at }) => ({ at, value: '' })),
  'PSD2.role': (facts) => readStatements(facts, 'PSD2').flatMap(({ value }) => value.roles.map(named)),
  'PSD2.roleName': (facts) => readStatements(facts, 'PSD2').flatMap(({ value }) => value.roles.map(({ at, roleName }) => ({ at, value: roleName }))),
  'PSD2.authorityName': (facts) => readStatements(facts, 'PSD2').map(({ at, value }) => ({ at: `${at}.authorityName`, value: value.authorityName })),
  'PSD2.authorityId': (facts) => readStatements(facts, 'PSD2').map(({ at, value }) => ({ at: `${at}.authorityId`, value: value.authorityId })),
};
