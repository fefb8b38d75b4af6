// The certificate profiles of the example's CP (7.1), as what makes the certificates. The CP binds where the CPS lists
// more: the retention period, and what websites carried beside it until CPS 2.2.
import type { KeyObject } from 'node:crypto';
import type { Octets } from '../test/helpers/der.ts';
import {
  type ExtensionName,
  encodeAccess,
  encodeAuthorityKey,
  encodeBasicConstraints,
  encodeCrlAddress,
  encodeExtKeyUsage,
  encodeFlag,
  encodeHostNames,
  encodeKeyUsage,
  encodePolicies,
  encodeQcPds,
  encodeQcType,
  encodeStatement,
  encodeStatements,
  encodeSubjectKey,
  type QcPurpose,
  type StatementName,
} from '../test/helpers/encode-extensions.ts';
import { keyIdentifier } from '../test/helpers/encode-x509.ts';

const REPOSITORY = 'https://repository.ets.example/';
const ANY_POLICY = '2.5.29.32.0';

/** What the certificates of one policy have of their own. */
interface SubscriberProfile {
  readonly policies: readonly string[];
  readonly purpose: QcPurpose;
  readonly device: boolean;
  readonly days: number;
}

/** By the name that the front matter gives each. The first policy is the example's own. */
export const SUBSCRIBER_PROFILES = {
  'natural-person-qscd': { policies: ['1.3.6.1.4.1.99999.1.2.1', '0.4.0.194112.1.2'], purpose: 'esign', device: true, days: 1095 },
  'legal-person-qscd': { policies: ['1.3.6.1.4.1.99999.1.2.2', '0.4.0.194112.1.3'], purpose: 'eseal', device: true, days: 1095 },
  'natural-person': { policies: ['1.3.6.1.4.1.99999.1.2.3', '0.4.0.194112.1.0'], purpose: 'esign', device: false, days: 1095 },
  website: { policies: ['1.3.6.1.4.1.99999.1.2.4', '0.4.0.194112.1.5', '2.23.140.1.2.2'], purpose: 'web', device: false, days: 199 },
} as const satisfies Record<string, SubscriberProfile>;
export type SubscriberProfileName = keyof typeof SUBSCRIBER_PROFILES;

/** Extensions by name, in the order in which they are written. */
export type Extensions = Partial<Record<ExtensionName, Octets>>;
export type Statements = Partial<Record<StatementName, Octets>>;

/** What one certificate's extensions depend on. */
export interface Links {
  /** The CA's short name in addresses, as `ets-qualified-ca-1`. */
  readonly issuer: string;
  readonly issuerKey: KeyObject;
  readonly key: KeyObject;
}

/** A CA's addresses in the certificates that it issues (CP 4.10.1, 7.1.2). */
const crlAddress = (issuer: string): string => `http://crl.ets.example/${issuer}.crl`;
const certificateAddress = (issuer: string): string => `http://crt.ets.example/${issuer}.cer`;
const OCSP_ADDRESS = 'http://ocsp.ets.example/';

/** The PDS in English and German, at the address of its version. */
const pdsAddresses = (version: string): Record<string, string> => ({ en: `${REPOSITORY}pds/${version}/`, de: `${REPOSITORY}pds/${version}/de/` });

/** The QcStatements of a subscriber certificate. */
export function listStatements(name: SubscriberProfileName, pdsVersion: string): Statements {
  const { purpose, device } = SUBSCRIBER_PROFILES[name];
  return {
    QcCompliance: encodeStatement('QcCompliance'),
    ...(device && { QcSSCD: encodeStatement('QcSSCD') }),
    QcType: encodeQcType(purpose),
    QcPDS: encodeQcPds(pdsAddresses(pdsVersion)),
  };
}

/** The extensions of a subscriber certificate (CP 7.1.2.1 to 7.1.2.3 and 7.1.2.5). */
export function listSubscriberExtensions(name: SubscriberProfileName, links: Links, pdsVersion: string, hosts: readonly string[]): Extensions {
  const isWebsite = name === 'website';
  const [own, ...others] = SUBSCRIBER_PROFILES[name].policies;
  return {
    authorityKeyIdentifier: encodeAuthorityKey(keyIdentifier(links.issuerKey)),
    ...(!isWebsite && { subjectKeyIdentifier: encodeSubjectKey(keyIdentifier(links.key)) }),
    keyUsage: encodeKeyUsage([isWebsite ? 'digitalSignature' : 'nonRepudiation']),
    ...(isWebsite && { extKeyUsage: encodeExtKeyUsage(['serverAuth']), subjectAltName: encodeHostNames(hosts) }),
    certificatePolicies: encodePolicies([{ oid: own, cps: REPOSITORY }, ...others.map((oid) => ({ oid }))]),
    cRLDistributionPoints: encodeCrlAddress(crlAddress(links.issuer)),
    authorityInfoAccess: encodeAccess({ caIssuers: certificateAddress(links.issuer), ocsp: OCSP_ADDRESS }),
    qcStatements: encodeStatements(Object.values(listStatements(name, pdsVersion))),
  };
}

/** The extensions of the root's own certificate (CP 7.1.2.4). */
export const listRootExtensions = (key: KeyObject): Extensions => ({
  subjectKeyIdentifier: encodeSubjectKey(keyIdentifier(key)),
  basicConstraints: encodeBasicConstraints(),
  keyUsage: encodeKeyUsage(['keyCertSign', 'cRLSign']),
});

/** The extensions of an issuing CA's certificate (CP 7.1.2.4); one for websites is limited to them. */
export const listCaExtensions = ({ issuer, issuerKey, key }: Links, forWebsites: boolean): Extensions => ({
  authorityKeyIdentifier: encodeAuthorityKey(keyIdentifier(issuerKey)),
  subjectKeyIdentifier: encodeSubjectKey(keyIdentifier(key)),
  basicConstraints: encodeBasicConstraints(0),
  keyUsage: encodeKeyUsage(['keyCertSign', 'cRLSign']),
  ...(forWebsites && { extKeyUsage: encodeExtKeyUsage(['serverAuth']) }),
  certificatePolicies: encodePolicies([{ oid: ANY_POLICY }]),
  cRLDistributionPoints: encodeCrlAddress(crlAddress(issuer)),
  authorityInfoAccess: encodeAccess({ caIssuers: certificateAddress(issuer) }),
});

/** The extensions of an OCSP signer's certificate (CP 7.1.2.4). */
export const listSignerExtensions = ({ issuerKey, key }: Links): Extensions => ({
  authorityKeyIdentifier: encodeAuthorityKey(keyIdentifier(issuerKey)),
  subjectKeyIdentifier: encodeSubjectKey(keyIdentifier(key)),
  keyUsage: encodeKeyUsage(['digitalSignature']),
  extKeyUsage: encodeExtKeyUsage(['OCSPSigning']),
  ocspNoCheck: encodeFlag('ocspNoCheck'),
});
