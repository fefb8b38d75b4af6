import type { Asn1Time } from './asn1.ts';
import type { CertificateFacts, PublicKeyFacts } from './certificate.ts';
import { type Extension, type ExtensionName, type ExtensionValues, findExtension } from './certificate-extension.ts';
import type { CrlFacts } from './crl.ts';
import { type DistinguishedName, type GeneralName, writeDistinguishedName } from './distinguished-name.ts';
import type { OcspFacts } from './ocsp-response.ts';
import { OID } from './oid.ts';
import { isOidName, oidName } from './oid-name.ts';
import type { QcStatement } from './qc-statement.ts';
import { daysBetween } from './time.ts';

/** What a profile can be of. */
export const PROFILE_KINDS = ['certificate', 'crl', 'ocsp-response'] as const;
export type ProfileKind = (typeof PROFILE_KINDS)[number];
export type DeployedFacts = CertificateFacts | CrlFacts | OcspFacts;

/** A field as a certificate, CRL or OCSP response has it. */
export interface FieldSight {
  /** Its path in the facts. */
  at: string;
  /** Of extensions only. */
  critical?: boolean;
  /** What it says, as texts in their order; empty for a field whose presence is all that it says, or that cannot be decoded. */
  values: readonly string[];
}

type Read<Facts> = (facts: Facts) => FieldSight | undefined;

const sight = (at: string, ...values: readonly (string | number | boolean | undefined)[]): FieldSight => ({
  at,
  values: values.flatMap((value) => (value === undefined ? [] : [String(value)])),
});

const CERTIFICATE: Readonly<Record<string, Read<CertificateFacts>>> = {
  version: ({ version }) => sight('tbsCertificate.version', version),
  serialNumber: ({ serialNumber }) => sight(serialNumber.at, serialNumber.octets),
  signatureAlgorithm: ({ signature }) => sight(signature.at, signature.name ?? signature.oid),
  issuer: ({ issuer }) => sight(issuer.at, writeDistinguishedName(issuer)),
  validity: ({ validity }) => sight(validity.at, validity.seconds === undefined ? undefined : validity.seconds / 86_400),
  subjectPublicKey: ({ subjectPublicKeyInfo: key }) => sight(key.at, writeKey(key)),
};

const CRL: Readonly<Record<string, Read<CrlFacts>>> = {
  version: ({ version }) => sight('tbsCertList.version', version),
  signatureAlgorithm: ({ signature }) => sight(signature.at, signature.name ?? signature.oid),
  issuer: ({ issuer }) => sight(issuer.at, writeDistinguishedName(issuer)),
  nextUpdate: ({ thisUpdate, nextUpdate }) => period(thisUpdate, nextUpdate),
  'entries.reasonCode': (facts) => entryValues(facts, 'reason'),
  'entries.invalidityDate': (facts) => entryValues(facts, 'invalidityDate'),
};

const OCSP: Readonly<Record<string, Read<OcspFacts>>> = {
  responseStatus: ({ responseStatus }) => sight('responseStatus', responseStatus),
  version: ({ basic }) => basic && sight(`${basic.at}.version`, basic.version),
  signatureAlgorithm: ({ basic }) => basic && sight(basic.signatureAlgorithm.at, basic.signatureAlgorithm.name ?? basic.signatureAlgorithm.oid),
  responderID: ({ basic }) => basic && sight(basic.responderID.at, basic.responderID.byKey === undefined ? 'byName' : 'byKey'),
  certs: ({ basic }) =>
    basic && basic.certs.length > 0 ? sight(`${basic.at}.certs`, ...basic.certs.map((certificate) => commonName(certificate))) : undefined,
  nextUpdate: ({ basic }) => basic?.responses[0] && period(basic.responses[0].thisUpdate, basic.responses[0].nextUpdate),
};

const FIXED = { certificate: CERTIFICATE, crl: CRL, 'ocsp-response': OCSP } as const;

/** Parts of extensions that have a field of their own: what they list, each. */
const PARTS: {
  readonly [Name in ExtensionName]?: Readonly<Record<string, (value: ExtensionValues[Name]) => readonly (string | number | boolean | undefined)[]>>;
} = {
  basicConstraints: { cA: ({ cA }) => [cA], pathLenConstraint: ({ pathLenConstraint }) => [pathLenConstraint] },
  authorityKeyIdentifier: {
    keyIdentifier: ({ keyIdentifier }) => [keyIdentifier],
    authorityCertIssuer: ({ authorityCertIssuer }) => authorityCertIssuer?.map(writeGeneralName) ?? [],
    authorityCertSerialNumber: ({ authorityCertSerialNumber }) => [authorityCertSerialNumber],
  },
  certificatePolicies: {
    cps: ({ policies }) => policies.flatMap(({ qualifiers }) => qualifiers.flatMap((qualifier) => (qualifier.kind === 'cps' ? qualifier.uri : []))),
    userNotice: ({ policies }) =>
      policies.flatMap(({ qualifiers }) => qualifiers.flatMap((qualifier) => (qualifier.kind === 'userNotice' ? (qualifier.explicitText?.value ?? '') : []))),
  },
  subjectAltName: {
    dNSName: ({ names }) => ofKind(names, 'dNSName'),
    iPAddress: ({ names }) => ofKind(names, 'iPAddress'),
    rfc822Name: ({ names }) => ofKind(names, 'rfc822Name'),
    uniformResourceIdentifier: ({ names }) => ofKind(names, 'uniformResourceIdentifier'),
    directoryName: ({ names }) => ofKind(names, 'directoryName'),
    otherName: ({ names }) => ofKind(names, 'otherName'),
  },
  authorityInfoAccess: {
    ocsp: ({ descriptions }) => descriptions.filter(({ name }) => name === 'ocsp').map(({ location }) => writeGeneralName(location)),
    caIssuers: ({ descriptions }) => descriptions.filter(({ name }) => name === 'caIssuers').map(({ location }) => writeGeneralName(location)),
  },
};

/** What an extension says where it has one list or value; of the others, only whether it is there. */
const WHOLE: { readonly [Name in ExtensionName]?: (value: ExtensionValues[Name]) => readonly (string | number | boolean | undefined)[] } = {
  keyUsage: ({ usages }) => usages,
  extKeyUsage: ({ purposes }) => purposes.map(({ name, oid }) => name ?? oid),
  certificatePolicies: ({ policies }) => policies.map(({ oid }) => oid),
  subjectAltName: ({ names }) => names.map(writeGeneralName),
  issuerAltName: ({ names }) => names.map(writeGeneralName),
  cRLDistributionPoints: ({ points }) => points.flatMap(({ fullName }) => fullName?.map(writeGeneralName) ?? []),
  freshestCRL: ({ points }) => points.flatMap(({ fullName }) => fullName?.map(writeGeneralName) ?? []),
  authorityInfoAccess: ({ descriptions }) => descriptions.map(({ name, oid }) => name ?? oid),
  qcStatements: ({ statements }) => statements.map(({ name, oid }) => name ?? oid),
  tlsFeature: ({ features }) => features,
  expiredCertsOnCRL: ({ since }) => [since.instant],
  archiveCutoff: ({ since }) => [since.instant],
};

const STATEMENT = /^qcStatements\.([\w.-]+)$/;
const EXTENSION = /^(extensions|singleExtensions)\.([A-Za-z]\w*|\d[\d.]*)(?:\.(\w+))?$/;
const NAME = /^(?:subject|issuer)\.([A-Za-z]\w*|\d[\d.]*)$/;

/** Whether a kind of profile has a field of this name. What has a name of its own has no field by its OID. */
export function isField(kind: ProfileKind, field: string): boolean {
  if (Object.hasOwn(FIXED[kind], field)) return true;
  const [, list, name = '', part] = EXTENSION.exec(field) ?? [];
  if (list) return (list === 'extensions' || kind === 'ocsp-response') && isNamed(name) && (part === undefined || partsOf(name).includes(part));
  const [, other] = STATEMENT.exec(field) ?? NAME.exec(field) ?? [];
  return kind === 'certificate' && other !== undefined && isNamed(other);
}

const isNamed = (name: string): boolean => (/^\d/.test(name) ? OID.test(name) && oidName(name) === undefined : isOidName(name));

const partsOf = (extension: string): readonly string[] => (Object.hasOwn(PARTS, extension) ? Object.keys(PARTS[extension as ExtensionName] ?? {}) : []);

/** The fields for the parts of an extension, such as `extensions.authorityInfoAccess.ocsp`; none where it has no parts. */
export function fieldsWithin(extension: string): readonly string[] {
  const [, list, name = '', part] = EXTENSION.exec(extension) ?? [];
  return list && part === undefined ? partsOf(name).map((own) => `${extension}.${own}`) : [];
}

/** The extension or other field in which a field lies; of a field that lies in none, the field itself. */
export function holderOf(field: string): string {
  if (STATEMENT.test(field)) return 'extensions.qcStatements';
  const [, list, name, part] = EXTENSION.exec(field) ?? [];
  return part === undefined ? field : `${list}.${name}`;
}

/** Reads a field. Undefined where the certificate, CRL or OCSP response does not have it, or is of another kind. */
export function readField(facts: DeployedFacts, field: string): FieldSight | undefined {
  const [, list, name = '', part] = EXTENSION.exec(field) ?? [];
  if (list) return readExtension(extensionsOf(facts, list), name, part);
  const fixed = Object.hasOwn(FIXED[facts.kind], field) ? (FIXED[facts.kind][field] as Read<DeployedFacts>) : undefined;
  if (fixed) return fixed(facts);
  if (facts.kind !== 'certificate') return undefined;
  const [, statement] = STATEMENT.exec(field) ?? [];
  if (statement) return readStatement(facts, statement);
  const [, attribute] = NAME.exec(field) ?? [];
  return attribute ? readAttribute(field.startsWith('subject.') ? facts.subject : facts.issuer, attribute) : undefined;
}

/** Where a field that is absent would stand. */
export function placeOfAbsent({ kind }: DeployedFacts, field: string): string {
  const root = { certificate: 'tbsCertificate', crl: 'tbsCertList', 'ocsp-response': 'responseBytes' }[kind];
  return `${root}.${field.replace(/^qcStatements\./, 'extensions.qcStatements.')}`;
}

/** The fields that facts have in the parts of a profile where "anything else" can stand: names of the subject, extensions, statements. */
export function listOpenFields(facts: DeployedFacts): readonly { field: string; at: string }[] {
  const extensions = facts.kind === 'ocsp-response' ? (facts.basic?.extensions ?? []) : facts.extensions;
  const single = facts.kind === 'ocsp-response' ? (facts.basic?.responses ?? []).flatMap((response) => response.extensions) : [];
  const names = facts.kind === 'certificate' ? facts.subject.attributes : [];
  return [
    ...names.map(({ name, oid, at }) => ({ field: `subject.${name ?? oid}`, at })),
    ...extensions.map(({ name, oid, at }) => ({ field: `extensions.${name ?? oid}`, at })),
    ...single.map(({ name, oid, at }) => ({ field: `singleExtensions.${name ?? oid}`, at })),
    ...statementsOf(facts).map(({ name, oid, at }) => ({ field: `qcStatements.${name ?? oid}`, at })),
    ...(facts.kind === 'crl' ? listEntryFields(facts) : []),
  ];
}

/** Of fields that many entries of a CRL have, the first. */
function listEntryFields({ revokedCertificates }: CrlFacts): readonly { field: string; at: string }[] {
  const first = new Map<string, string>();
  for (const [index, { reason, invalidityDate, extensions = [] }] of revokedCertificates.entries()) {
    const names = [...(reason ? ['reasonCode'] : []), ...(invalidityDate ? ['invalidityDate'] : []), ...extensions.map(({ name, oid }) => name ?? oid)];
    for (const name of names) if (!first.has(name)) first.set(name, `tbsCertList.revokedCertificates[${index}]`);
  }
  return [...first].map(([name, at]) => ({ field: `entries.${name}`, at }));
}

function entryValues({ revokedCertificates }: CrlFacts, key: 'reason' | 'invalidityDate'): FieldSight | undefined {
  const values = new Set(revokedCertificates.flatMap((entry) => entry[key] ?? []));
  return values.size > 0 ? sight('tbsCertList.revokedCertificates', ...values) : undefined;
}

function extensionsOf(facts: DeployedFacts, list: string): readonly Extension[] {
  if (facts.kind !== 'ocsp-response') return list === 'extensions' ? facts.extensions : [];
  return (list === 'extensions' ? facts.basic?.extensions : facts.basic?.responses[0]?.extensions) ?? [];
}

function readExtension(extensions: readonly Extension[], name: string, part: string | undefined): FieldSight | undefined {
  const extension = extensions.find((candidate) => candidate.name === name || candidate.oid === name);
  if (!extension) return undefined;
  const { at, critical, value } = extension;
  const read = (part === undefined ? WHOLE[name as ExtensionName] : (PARTS[name as ExtensionName] as Record<string, unknown> | undefined)?.[part]) as
    | ((value: unknown) => readonly (string | number | boolean | undefined)[])
    | undefined;
  const found = sight(part === undefined ? at : `${at}.${part}`, ...((value && read?.(value)) ?? []));
  return part !== undefined && found.values.length === 0 ? undefined : { ...found, critical };
}

function readAttribute(name: DistinguishedName, attribute: string): FieldSight | undefined {
  const found = name.attributes.filter((candidate) => candidate.name === attribute || candidate.oid === attribute);
  const [first] = found;
  return first && sight(first.at, ...found.map(({ value }) => value));
}

const statementsOf = (facts: DeployedFacts): readonly QcStatement[] =>
  facts.kind === 'certificate' ? (findExtension(facts, 'qcStatements')?.value?.statements ?? []) : [];

function readStatement(facts: CertificateFacts, name: string): FieldSight | undefined {
  const statement = statementsOf(facts).find((candidate) => candidate.name === name || candidate.oid === name);
  return statement && sight(statement.at, ...statementValues(statement));
}

function statementValues(statement: QcStatement): readonly (string | number)[] {
  if (!statement.value) return [];
  switch (statement.name) {
    case 'QcType':
      return statement.value.types.map(({ name, oid }) => name ?? oid);
    case 'QcPDS':
      return statement.value.locations.map(({ language, url }) => `${language} ${url}`);
    case 'QcLimitValue':
      return [statement.value.currency];
    case 'QcRetentionPeriod':
      return [statement.value.years];
    case 'QcCClegislation':
    case 'QcQSCDlegislation':
      return statement.value.countries;
    case 'QcIdentMethod':
      return statement.value.methods.map(({ name, oid }) => name ?? oid);
    case 'PSD2':
      return statement.value.roles.map(({ roleName }) => roleName);
    case 'pkixQCSyntax-v1':
    case 'pkixQCSyntax-v2':
      return statement.value.semanticsIdentifier ? [statement.value.semanticsIdentifier.name ?? statement.value.semanticsIdentifier.oid] : [];
    default:
      return [];
  }
}

const ofKind = (names: readonly GeneralName[], kind: GeneralName['kind']) => names.filter((name) => name.kind === kind).map(writeGeneralName);

/** A general name as people write it: the address or name itself. */
function writeGeneralName(name: GeneralName): string {
  switch (name.kind) {
    case 'directoryName':
      return writeDistinguishedName(name.name);
    case 'otherName':
      return name.text ?? `${name.oid} #${name.hex}`;
    case 'x400Address':
    case 'ediPartyName':
      return `#${name.hex}`;
    default:
      return name.value;
  }
}

/** A key by its algorithm and size: `RSA 3072`, `EC P-256`, `EdDSA Ed25519`; the algorithm's name or OID alone for others. */
export function writeKey({ type, bits, curve, algorithm }: PublicKeyFacts): string {
  if (type === 'RSA' || type === 'DSA') return `${type} ${bits ?? '?'}`;
  if (type === 'EC') return `EC ${curve?.name ?? curve?.oid ?? 'with a curve of its own'}`;
  return type === 'EdDSA' ? `EdDSA ${algorithm.name ?? algorithm.oid}` : (algorithm.name ?? algorithm.oid);
}

function period(from: Asn1Time, to: Asn1Time | undefined): FieldSight | undefined {
  if (!to) return undefined;
  return sight(to.at, from.instant && to.instant ? Math.round(daysBetween(from.instant, to.instant) * 86_400) / 3600 : undefined);
}

const commonName = ({ subject }: CertificateFacts): string => writeDistinguishedName(subject);
