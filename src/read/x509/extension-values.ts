import type {
  AccessDescription,
  DirectoryAttribute,
  DistributionPoint,
  DistributionPointName,
  ExtensionValues,
  GeneralSubtree,
  SignedTimestamp,
} from '../../model/certificate-extension.ts';
import { KEY_USAGES, REASON_FLAGS } from '../../model/certificate-extension.ts';
import { toInstant } from '../../model/time.ts';
import { constructed, primitive, TAG, toHex } from './der.ts';
import type { Field, Fields } from './field.ts';
import { readGeneralName, readGeneralNames, readRdn } from './name.ts';
import { readPolicies } from './policies.ts';
import { STRING_TYPES } from './primitives.ts';
import { readQcStatements } from './qc-statements.ts';
import type { StatusExtensionName } from './status-extensions.ts';

type Readers<Name extends keyof ExtensionValues> = { readonly [N in Name]: (value: Field) => ExtensionValues[N] };

/** Reads the extensions of certificates, by their names. */
export const CERTIFICATE_READERS: Readers<Exclude<keyof ExtensionValues, StatusExtensionName>> = {
  authorityKeyIdentifier: readAuthorityKeyIdentifier,
  subjectKeyIdentifier: (value) => ({ keyIdentifier: value.octets() }),
  keyUsage: (value) => ({ usages: value.bits(KEY_USAGES) }),
  privateKeyUsagePeriod: readUsagePeriod,
  certificatePolicies: (value) => ({ policies: readPolicies(value) }),
  policyMappings: (value) => ({ mappings: value.list(readMapping) }),
  subjectAltName: (value) => ({ names: readGeneralNames(value) }),
  issuerAltName: (value) => ({ names: readGeneralNames(value) }),
  subjectDirectoryAttributes: (value) => ({ attributes: value.list(readDirectoryAttribute) }),
  basicConstraints: readBasicConstraints,
  nameConstraints: readNameConstraints,
  policyConstraints: readPolicyConstraints,
  extKeyUsage: (value) => ({ purposes: value.list((purpose) => purpose.namedOid()) }),
  cRLDistributionPoints: (value) => ({ points: value.list(readDistributionPoint) }),
  freshestCRL: (value) => ({ points: value.list(readDistributionPoint) }),
  inhibitAnyPolicy: (value) => ({ skipCerts: value.number() }),
  authorityInfoAccess: (value) => ({ descriptions: value.list(readAccessDescription) }),
  subjectInfoAccess: (value) => ({ descriptions: value.list(readAccessDescription) }),
  qcStatements: (value) => ({ statements: readQcStatements(value) }),
  validityAssuredShortTerm: readNothing,
  noRevAvail: readNothing,
  ocspNoCheck: readNothing,
  precertificatePoison: readNothing,
  tlsFeature: (value) => ({ features: value.list((feature) => feature.number()) }),
  cabfOrganizationIdentifier: readOrganizationIdentifier,
  signedCertificateTimestamps: (value) => ({ timestamps: readTimestamps(value) }),
};

/** An extension that says what it says by being there. */
export function readNothing(value: Field): Readonly<Record<never, never>> {
  value.null();
  return {};
}

function readAuthorityKeyIdentifier(value: Field): ExtensionValues['authorityKeyIdentifier'] {
  const fields = value.fields();
  const key = fields.optional('keyIdentifier', primitive(0));
  const issuer = fields.optional('authorityCertIssuer', constructed(1));
  const serial = fields.optional('authorityCertSerialNumber', primitive(2));
  fields.end();
  return {
    ...(key && { keyIdentifier: key.as(TAG.octetString).octets() }),
    ...(issuer && { authorityCertIssuer: readGeneralNames(issuer.as(TAG.sequence)) }),
    ...(serial && { authorityCertSerialNumber: serial.as(TAG.integer).serialNumber().hex }),
  };
}

function readUsagePeriod(value: Field): ExtensionValues['privateKeyUsagePeriod'] {
  const fields = value.fields();
  const from = fields.optional('notBefore', primitive(0));
  const to = fields.optional('notAfter', primitive(1));
  fields.end();
  return {
    ...(from && { notBefore: from.as(TAG.generalizedTime).time('GeneralizedTime') }),
    ...(to && { notAfter: to.as(TAG.generalizedTime).time('GeneralizedTime') }),
  };
}

function readMapping(field: Field) {
  const fields = field.fields();
  const mapping = { at: field.at, issuerDomainPolicy: fields.next('issuerDomainPolicy').oid(), subjectDomainPolicy: fields.next('subjectDomainPolicy').oid() };
  fields.end();
  return mapping;
}

function readDirectoryAttribute(field: Field): DirectoryAttribute {
  const fields = field.fields();
  const type = fields.next('type').namedOid();
  const values = fields.next('values').list(readAnyValue, `${field.at}.values`, TAG.set);
  fields.end();
  return { ...type, at: field.at, values };
}

function readAnyValue(value: Field): string {
  const type = STRING_TYPES[value.element.tag];
  if (type) return value.text({ types: [type] }).value;
  return value.is(TAG.generalizedTime) ? value.time('GeneralizedTime').written : `#${value.der()}`;
}

function readBasicConstraints(value: Field): ExtensionValues['basicConstraints'] {
  const fields = value.fields();
  const cA = fields.optional('cA', TAG.boolean)?.boolean() ?? false;
  const path = fields.optional('pathLenConstraint', TAG.integer)?.number();
  fields.end();
  return { cA, ...(path !== undefined && { pathLenConstraint: path }) };
}

function readNameConstraints(value: Field): ExtensionValues['nameConstraints'] {
  const fields = value.fields();
  const permitted = fields.optional('permittedSubtrees', constructed(0));
  const excluded = fields.optional('excludedSubtrees', constructed(1));
  fields.end();
  return {
    ...(permitted && { permittedSubtrees: permitted.as(TAG.sequence).list(readSubtree) }),
    ...(excluded && { excludedSubtrees: excluded.as(TAG.sequence).list(readSubtree) }),
  };
}

function readSubtree(field: Field): GeneralSubtree {
  const fields = field.fields();
  const base = readGeneralName(fields.next('base'), 0);
  const minimum = fields.optional('minimum', primitive(0))?.as(TAG.integer).number() ?? 0;
  const maximum = fields.optional('maximum', primitive(1))?.as(TAG.integer).number();
  fields.end();
  return { at: field.at, base, minimum, ...(maximum !== undefined && { maximum }) };
}

function readPolicyConstraints(value: Field): ExtensionValues['policyConstraints'] {
  const fields = value.fields();
  const explicit = fields.optional('requireExplicitPolicy', primitive(0))?.as(TAG.integer).number();
  const mapping = fields.optional('inhibitPolicyMapping', primitive(1))?.as(TAG.integer).number();
  fields.end();
  return { ...(explicit !== undefined && { requireExplicitPolicy: explicit }), ...(mapping !== undefined && { inhibitPolicyMapping: mapping }) };
}

function readDistributionPoint(field: Field): DistributionPoint {
  const fields = field.fields();
  const name = readPointName(fields);
  const reasons = fields.optional('reasons', primitive(1));
  const issuer = fields.optional('cRLIssuer', constructed(2));
  fields.end();
  return {
    at: field.at,
    ...name,
    ...(reasons && { reasons: reasons.as(TAG.bitString).bits(REASON_FLAGS) }),
    ...(issuer && { cRLIssuer: readGeneralNames(issuer.as(TAG.sequence)) }),
  };
}

/** Reads the optional DistributionPointName at the front of a distribution point. */
export function readPointName(fields: Fields): DistributionPointName {
  const wrapped = fields.optional('distributionPoint', constructed(0));
  if (!wrapped) return {};
  const name = wrapped.content();
  if (name.is(constructed(0))) return { fullName: name.as(TAG.sequence).list((item) => readGeneralName(item), `${name.at}.fullName`) };
  name.demand(constructed(1));
  return { nameRelativeToCRLIssuer: readRdn(name.as(TAG.set), `${name.at}.nameRelativeToCRLIssuer`, 0) };
}

function readAccessDescription(field: Field): AccessDescription {
  const fields = field.fields();
  const method = fields.next('accessMethod').namedOid();
  const location = readGeneralName(fields.next('location'));
  fields.end();
  return { ...method, at: field.at, location };
}

/** CABFOrganizationIdentifier of the EV guidelines, 7.1.2.2. */
function readOrganizationIdentifier(value: Field): ExtensionValues['cabfOrganizationIdentifier'] {
  const fields = value.fields();
  const scheme = fields.next('scheme').text({ types: ['PrintableString'], least: 3, most: 3 }).value;
  const country = fields.next('country').text({ types: ['PrintableString'], least: 2, most: 2 }).value;
  const state = fields.optional('stateOrProvince', primitive(0))?.as(TAG.printableString);
  const stateOrProvince = state?.text({ types: ['PrintableString'], least: 0, most: 128 }).value;
  const reference = fields.next('reference').text({ types: ['UTF8String'] }).value;
  fields.end();
  return { scheme, country, ...(stateOrProvince !== undefined && { stateOrProvince }), reference };
}

/** SignedCertificateTimestampList of RFC 6962, 3.3: lengths of two octets before the list and before each timestamp. */
function readTimestamps(value: Field): SignedTimestamp[] {
  value.demand(TAG.octetString);
  const { bytes } = value.reading;
  const { start, end } = value.element;
  const lengthAt = (position: number) => ((bytes[position] ?? 0) << 8) | (bytes[position + 1] ?? 0);
  const broken = () => value.fault(`The list of timestamps in ${value.at} is broken.`, value.hex(32), 'a list as in RFC 6962, 3.3');
  if (end - start < 2 || lengthAt(start) !== end - start - 2) broken();
  const timestamps: SignedTimestamp[] = [];
  for (let position = start + 2; position < end; ) {
    const next = position + 2 + lengthAt(position);
    if (next > end || next < position + 43) broken();
    timestamps.push(readTimestamp(bytes, position + 2));
    position = next;
  }
  if (timestamps.length === 0) value.report('empty-list', `The list of timestamps in ${value.at} is empty.`, 'no timestamp', 'at least one timestamp');
  return timestamps;
}

/** Version, the log's id of 32 octets, and milliseconds since 1970 in eight octets. */
function readTimestamp(bytes: Uint8Array, start: number): SignedTimestamp {
  const milliseconds = Number.parseInt(toHex(bytes, start + 33, start + 41), 16);
  const exists = milliseconds < Date.UTC(9999, 11, 31);
  return { version: (bytes[start] ?? 0) + 1, logId: toHex(bytes, start + 1, start + 33), ...(exists && { timestamp: toInstant(new Date(milliseconds)) }) };
}
