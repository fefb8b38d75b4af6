import type { CertificateFacts } from '../../../src/model/certificate.ts';
import { readCertificate } from '../../../src/read/x509/certificate.ts';
import {
  bits,
  extension,
  hex,
  ia5,
  implicit,
  integer,
  madeUpCertificate,
  NULL,
  name,
  type Octets,
  oid,
  printable,
  sequence,
  TRUE,
  tagged,
  utcTime,
  utf8,
} from '../../helpers/der.ts';

/** What a made-up certificate has. A part is left out where an override gives it as undefined. */
export interface Parts {
  version: readonly Octets[];
  issuer: Readonly<Record<string, string | readonly string[] | undefined>>;
  subject: Readonly<Record<string, string | readonly string[] | undefined>>;
  validity: readonly [from: string, to: string];
  key: Octets;
  algorithm: Octets;
  extensions: Readonly<Record<string, Octets | undefined>>;
  statements: Readonly<Record<string, Octets | undefined>>;
}
export type Overrides = { readonly [Key in keyof Parts]?: Parts[Key] };

const ATTRIBUTES: Readonly<Record<string, string>> = {
  commonName: '2.5.4.3',
  surname: '2.5.4.4',
  serialNumber: '2.5.4.5',
  countryName: '2.5.4.6',
  organizationName: '2.5.4.10',
  businessCategory: '2.5.4.15',
  givenName: '2.5.4.42',
  pseudonym: '2.5.4.65',
  organizationIdentifier: '2.5.4.97',
  jurisdiction: '1.3.6.1.4.1.311.60.2.1.3',
};

const makeName = (attributes: Parts['subject']): Octets =>
  name(
    ...Object.entries(attributes).flatMap(([key, values]) =>
      [values ?? []].flat().map((value) => [ATTRIBUTES[key] ?? key, /^(countryName|serialNumber)$/.test(key) ? printable(value) : utf8(value)] as const),
    ),
  );

/** Key usage by its bits, from the left. */
export const keyUsage = (pattern: string): Octets =>
  extension('2.5.29.15', bits((8 - (pattern.replace(/0+$/, '').length % 8)) % 8, Buffer.from([Number.parseInt(pattern.padEnd(8, '0'), 2)])), TRUE);
export const policies = (...oids: string[]): Octets => extension('2.5.29.32', sequence(...oids.map((id) => sequence(oid(id)))));
export const purposes = (...oids: string[]): Octets => extension('2.5.29.37', sequence(...oids.map(oid)));
export const SERVER = '1.3.6.1.5.5.7.3.1';
export const uri = (address: string): Octets => implicit(6, address);
export const crl = (...addresses: string[]): Octets =>
  extension('2.5.29.31', sequence(...addresses.map((address) => sequence(tagged(0, tagged(0, uri(address)))))));
export const access = (...pairs: readonly (readonly [method: 'ocsp' | 'issuer', address: string])[]): Octets =>
  extension(
    '1.3.6.1.5.5.7.1.1',
    sequence(...pairs.map(([method, address]) => sequence(oid(method === 'ocsp' ? '1.3.6.1.5.5.7.48.1' : '1.3.6.1.5.5.7.48.2'), uri(address)))),
  );
export const alternatives = (...names: Octets[]): Octets => extension('2.5.29.17', sequence(...names));
export const dns = (host: string): Octets => implicit(2, host);
export const address = (digits: string): Octets => implicit(7, hex(digits));
export const marker = extension('0.4.0.194121.2.1', NULL);
export const noRevAvail = extension('2.5.29.56', NULL);

export const QC = '0.4.0.1862.1';
export const statement = (id: string, ...info: Octets[]): Octets => sequence(oid(id), ...info);
export const qcType = (...types: number[]): Octets => statement(`${QC}.6`, sequence(...types.map((type) => oid(`${QC}.6.${type}`))));
export const pds = (...locations: readonly (readonly [url: string, language: string])[]): Octets =>
  statement(`${QC}.5`, sequence(...locations.map(([url, language]) => sequence(ia5(url), printable(language)))));
/** 1 natural, 2 legal, 3 and 4 the same after eIDAS. */
export const semantics = (kind: number, ...authorities: Octets[]): Octets =>
  statement('1.3.6.1.5.5.7.11.2', sequence(oid(`0.4.0.194121.1.${kind}`), ...(authorities.length > 0 ? [sequence(...authorities)] : [])));
export const paymentService = (roles: readonly (readonly [role: string, name: string])[], authority = 'Example Authority', id = 'AT-FMA'): Octets =>
  statement(
    '0.4.0.19495.2',
    sequence(sequence(...roles.map(([role, roleName]) => sequence(oid(`0.4.0.19495.1.${role}`), utf8(roleName)))), utf8(authority), utf8(id)),
  );

/** A certificate for signatures in a QSCD that nothing is wrong with. */
const SIGNATURE: Parts = {
  version: [tagged(0, integer(2))],
  issuer: { countryName: 'AT', organizationName: 'Example Trust Services', organizationIdentifier: 'NTRAT-999999x', commonName: 'Example CA' },
  subject: { countryName: 'AT', givenName: 'Erika', surname: 'Muster', commonName: 'Erika Muster', serialNumber: 'PNOAT-4711' },
  validity: ['260901000000Z', '270831235959Z'],
  key: sequence(sequence(oid('1.2.840.10045.2.1'), oid('1.2.840.10045.3.1.7')), bits(0, hex(`04${'11'.repeat(64)}`))),
  algorithm: sequence(oid('1.2.840.10045.4.3.2')),
  extensions: {
    authorityKeyIdentifier: extension('2.5.29.35', sequence(implicit(0, hex('0a0b')))),
    keyUsage: keyUsage('01'),
    certificatePolicies: policies('0.4.0.194112.1.2'),
    authorityInfoAccess: access(['issuer', 'http://ca.trust-services.eu/ca.cer'], ['ocsp', 'http://ocsp.trust-services.eu']),
    crl: crl('http://crl.trust-services.eu/ca.crl'),
  },
  statements: {
    QcCompliance: statement(`${QC}.1`),
    QcSSCD: statement(`${QC}.4`),
    QcType: qcType(1),
    QcPDS: pds(['https://trust-services.eu/pds', 'en'], ['https://trust-services.eu/pds/de', 'de']),
  },
};

const ORGANISATION = {
  countryName: 'AT',
  organizationName: 'Muster GmbH',
  organizationIdentifier: 'NTRAT-123456a',
  commonName: 'Muster GmbH',
  givenName: undefined,
  surname: undefined,
  serialNumber: undefined,
};
const WEBSITE = {
  subject: ORGANISATION,
  extensions: { keyUsage: keyUsage('1'), extKeyUsage: purposes(SERVER), subjectAltName: alternatives(dns('www.muster.at'), dns('muster.at')) },
  statements: { QcSSCD: undefined, QcType: qcType(3) },
};

/** Certificates of each policy that nothing is wrong with, as differences from the one for signatures. */
export const PROFILES: Readonly<Record<string, Overrides>> = {
  'QCP-n-qscd': {},
  'QCP-n': { extensions: { certificatePolicies: policies('0.4.0.194112.1.0') }, statements: { QcSSCD: undefined } },
  'QCP-l-qscd': { subject: ORGANISATION, extensions: { certificatePolicies: policies('0.4.0.194112.1.3') }, statements: { QcType: qcType(2) } },
  'QCP-l': { subject: ORGANISATION, extensions: { certificatePolicies: policies('0.4.0.194112.1.1') }, statements: { QcType: qcType(2), QcSSCD: undefined } },
  'QEVCP-w': {
    ...WEBSITE,
    subject: { ...ORGANISATION, businessCategory: 'Private Organization', jurisdiction: 'AT', serialNumber: '123456a' },
    extensions: { ...WEBSITE.extensions, certificatePolicies: policies('2.23.140.1.1', '0.4.0.194112.1.4') },
  },
  'QNCP-w': { ...WEBSITE, extensions: { ...WEBSITE.extensions, certificatePolicies: policies('2.23.140.1.2.2', '0.4.0.194112.1.5') } },
  'QNCP-w-gen': { ...WEBSITE, extensions: { ...WEBSITE.extensions, certificatePolicies: policies('0.4.0.194112.1.6') } },
  'NCP+': {
    extensions: { certificatePolicies: policies('0.4.0.2042.1.2') },
    statements: { QcCompliance: undefined, QcSSCD: undefined, QcType: undefined, QcPDS: undefined, semantics: semantics(1) },
  },
  EVCP: {
    ...WEBSITE,
    subject: { ...ORGANISATION, businessCategory: 'Private Organization', jurisdiction: 'AT', serialNumber: '123456a' },
    extensions: { ...WEBSITE.extensions, certificatePolicies: policies('2.23.140.1.1', '0.4.0.2042.1.4') },
    statements: { QcCompliance: undefined, QcSSCD: undefined, QcType: undefined, QcPDS: undefined, semantics: semantics(2) },
  },
};

const merge = (base: Parts, overrides: Overrides): Parts => ({
  ...base,
  ...overrides,
  issuer: { ...base.issuer, ...overrides.issuer },
  subject: { ...base.subject, ...overrides.subject },
  extensions: { ...base.extensions, ...overrides.extensions },
  statements: { ...base.statements, ...overrides.statements },
});

const present = (parts: Readonly<Record<string, Octets | undefined>>): Octets[] => Object.values(parts).filter((part) => part !== undefined);

/** The facts of a certificate of a profile with some parts otherwise. Nobody signed it. */
export function makeFacts(profile: string, overrides: Overrides = {}): CertificateFacts {
  const parts = merge(merge(SIGNATURE, PROFILES[profile] ?? {}), overrides);
  const { qcStatements = extension('1.3.6.1.5.5.7.1.3', sequence(...present(parts.statements))), ...others } = parts.extensions;
  const leftOut = 'qcStatements' in parts.extensions && parts.extensions['qcStatements'] === undefined;
  return readCertificate(
    madeUpCertificate({
      version: parts.version,
      issuer: makeName(parts.issuer),
      subject: makeName(parts.subject),
      validity: parts.validity.map(utcTime),
      key: parts.key,
      algorithm: parts.algorithm,
      extensions: [...present(others), ...(leftOut ? [] : [qcStatements])],
    }),
  );
}
