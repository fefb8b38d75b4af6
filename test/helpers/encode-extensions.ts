import { bits, extension, ia5, implicit, integer, NULL, type Octets, octets, oid, printable, sequence, set, TRUE, tagged, utf8 } from './der.ts';

/** Bits of keyUsage in the order of RFC 5280 (4.2.1.3). */
const KEY_USAGES = ['digitalSignature', 'nonRepudiation', 'keyEncipherment', 'dataEncipherment', 'keyAgreement', 'keyCertSign', 'cRLSign'] as const;
export type KeyUsage = (typeof KEY_USAGES)[number];

const EXTENSION_OIDS = {
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  cRLNumber: '2.5.29.20',
  reasonCode: '2.5.29.21',
  cRLDistributionPoints: '2.5.29.31',
  certificatePolicies: '2.5.29.32',
  authorityKeyIdentifier: '2.5.29.35',
  extKeyUsage: '2.5.29.37',
  noRevAvail: '2.5.29.56',
  expiredCertsOnCRL: '2.5.29.60',
  authorityInfoAccess: '1.3.6.1.5.5.7.1.1',
  qcStatements: '1.3.6.1.5.5.7.1.3',
  ocspNoCheck: '1.3.6.1.5.5.7.48.1.5',
  archiveCutoff: '1.3.6.1.5.5.7.48.1.6',
  validityAssuredShortTerm: '0.4.0.194121.2.1',
  precertificatePoison: '1.3.6.1.4.1.11129.2.4.3',
} as const;
export type ExtensionName = keyof typeof EXTENSION_OIDS;

const EKU = { serverAuth: '1.3.6.1.5.5.7.3.1', clientAuth: '1.3.6.1.5.5.7.3.2', emailProtection: '1.3.6.1.5.5.7.3.4', OCSPSigning: '1.3.6.1.5.5.7.3.9' };
const CPS_QUALIFIER = '1.3.6.1.5.5.7.2.1';
const ACCESS = { ocsp: '1.3.6.1.5.5.7.48.1', caIssuers: '1.3.6.1.5.5.7.48.2' };

/** A whole extension around the DER of its value. */
export function encodeExtension(name: ExtensionName, value: Octets, critical = false): Octets {
  return extension(EXTENSION_OIDS[name], value, ...(critical ? [TRUE] : []));
}

/** The BIT STRING without its trailing zero bits, as DER demands of named bits. */
export function encodeKeyUsage(usages: readonly KeyUsage[], critical = true): Octets {
  const positions = usages.map((usage) => KEY_USAGES.indexOf(usage));
  const octet = positions.reduce((sum, position) => sum | (0x80 >> position), 0);
  return encodeExtension('keyUsage', bits(7 - Math.max(...positions), Buffer.from([octet])), critical);
}

export const encodeExtKeyUsage = (purposes: readonly (keyof typeof EKU)[], critical = false): Octets =>
  encodeExtension('extKeyUsage', sequence(...purposes.map((purpose) => oid(EKU[purpose]))), critical);

/** A CA's constraints; without a number the path may have any length. */
export const encodeBasicConstraints = (pathLength?: number): Octets =>
  encodeExtension('basicConstraints', sequence(TRUE, ...(pathLength === undefined ? [] : [integer(pathLength)])), true);

export const encodeAuthorityKey = (identifier: Octets): Octets => encodeExtension('authorityKeyIdentifier', sequence(implicit(0, identifier)));
export const encodeSubjectKey = (identifier: Octets): Octets => encodeExtension('subjectKeyIdentifier', octets(identifier));

/** Policies, each with the address of the practice statement where it has one. */
export function encodePolicies(policies: readonly { oid: string; cps?: string }[], critical = false): Octets {
  const items = policies.map((policy) =>
    sequence(oid(policy.oid), ...(policy.cps === undefined ? [] : [sequence(sequence(oid(CPS_QUALIFIER), ia5(policy.cps)))])),
  );
  return encodeExtension('certificatePolicies', sequence(...items), critical);
}

export const encodeHostNames = (names: readonly string[]): Octets => encodeExtension('subjectAltName', sequence(...names.map((name) => implicit(2, name))));

export const encodeCrlAddress = (url: string): Octets => encodeExtension('cRLDistributionPoints', sequence(sequence(tagged(0, tagged(0, implicit(6, url))))));

export function encodeAccess(addresses: { caIssuers?: string; ocsp?: string }): Octets {
  const items = (['caIssuers', 'ocsp'] as const).flatMap((method) => {
    const url = addresses[method];
    return url === undefined ? [] : [sequence(oid(ACCESS[method]), implicit(6, url))];
  });
  return encodeExtension('authorityInfoAccess', sequence(...items));
}

/** Extensions whose value says nothing but that they are there. */
export const encodeFlag = (name: 'ocspNoCheck' | 'noRevAvail' | 'validityAssuredShortTerm' | 'precertificatePoison'): Octets =>
  encodeExtension(name, NULL, name === 'precertificatePoison');

const QC_OIDS = {
  QcCompliance: '0.4.0.1862.1.1',
  QcLimitValue: '0.4.0.1862.1.2',
  QcRetentionPeriod: '0.4.0.1862.1.3',
  QcSSCD: '0.4.0.1862.1.4',
  QcPDS: '0.4.0.1862.1.5',
  QcType: '0.4.0.1862.1.6',
  QcCClegislation: '0.4.0.1862.1.7',
  QcIdentMethod: '0.4.0.1862.1.8',
  QcQSCDlegislation: '0.4.0.1862.1.9',
  PSD2: '0.4.0.19495.2',
  semantics: '1.3.6.1.5.5.7.11.2',
} as const;
export type StatementName = keyof typeof QC_OIDS;
const QC_TYPES = { esign: '0.4.0.1862.1.6.1', eseal: '0.4.0.1862.1.6.2', web: '0.4.0.1862.1.6.3' };
export type QcPurpose = keyof typeof QC_TYPES;

/** One QcStatement with the DER of its information, if it has any. */
export const encodeStatement = (name: StatementName, ...information: readonly Octets[]): Octets => sequence(oid(QC_OIDS[name]), ...information);

export const encodeQcType = (...purposes: readonly QcPurpose[]): Octets =>
  encodeStatement('QcType', sequence(...purposes.map((purpose) => oid(QC_TYPES[purpose]))));

/** Addresses of the PDS by language. */
export const encodeQcPds = (addresses: Readonly<Record<string, string>>): Octets =>
  encodeStatement('QcPDS', sequence(...Object.entries(addresses).map(([language, url]) => sequence(ia5(url), printable(language)))));

export const encodeCountries = (name: 'QcCClegislation' | 'QcQSCDlegislation', countries: readonly string[]): Octets =>
  encodeStatement(name, sequence(...countries.map(printable)));

export const encodeIdentMethod = (...methods: readonly string[]): Octets => encodeStatement('QcIdentMethod', sequence(...methods.map(oid)));

/** The semantics of a legal person's or a natural person's identifier (EN 319 412-1, 5.1). */
export const encodeSemantics = (kind: 'natural' | 'legal'): Octets =>
  encodeStatement('semantics', sequence(oid(kind === 'natural' ? '0.4.0.194121.1.1' : '0.4.0.194121.1.2')));

/** One role of a payment service provider and the authority that gave it (TS 119 495, 5.1). */
export const encodePsd2 = (role: { oid: string; name: string }, authority: { name: string; id: string }): Octets =>
  encodeStatement('PSD2', sequence(sequence(sequence(oid(role.oid), utf8(role.name))), utf8(authority.name), utf8(authority.id)));

export const encodeStatements = (statements: readonly Octets[], critical = false): Octets => encodeExtension('qcStatements', sequence(...statements), critical);

const NAME_OIDS = {
  countryName: '2.5.4.6',
  localityName: '2.5.4.7',
  organizationName: '2.5.4.10',
  organizationalUnitName: '2.5.4.11',
  organizationIdentifier: '2.5.4.97',
  givenName: '2.5.4.42',
  surname: '2.5.4.4',
  pseudonym: '2.5.4.65',
  serialNumber: '2.5.4.5',
  commonName: '2.5.4.3',
} as const;
/** Attributes of a name; they are written in the order of the list above. */
export type NameParts = Readonly<Partial<Record<keyof typeof NAME_OIDS, string>>>;

/** Country and serial number as PrintableString, as RFC 5280 demands; all others in UTF-8. */
export function encodeName(parts: NameParts): Octets {
  const attributes = (Object.keys(NAME_OIDS) as (keyof typeof NAME_OIDS)[]).flatMap((type) => {
    const value = parts[type];
    const write = type === 'countryName' || type === 'serialNumber' ? printable : utf8;
    return value === undefined ? [] : [set(sequence(oid(NAME_OIDS[type]), write(value)))];
  });
  return sequence(...attributes);
}
