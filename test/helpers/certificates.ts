import { createPublicKey, type KeyObject } from 'node:crypto';
import { findAuthority, readKey } from '../../scripts/example-certificates.ts';
import { PROVIDER, RESPONDERS } from '../../scripts/example-hierarchy.ts';
import {
  type Extensions,
  listCaExtensions,
  listStatements,
  listSubscriberExtensions,
  type Statements,
  SUBSCRIBER_PROFILES,
  type SubscriberProfileName,
} from '../../scripts/example-profiles.ts';
import type { CertificateFacts } from '../../src/model/certificate.ts';
import type { CrlFacts } from '../../src/model/crl.ts';
import type { OcspFacts } from '../../src/model/ocsp-response.ts';
import { readX509 } from '../../src/read/x509/x509.ts';
import { integer, type Octets, sequence, tagged } from './der.ts';
import {
  type ExtensionName,
  encodeAccess,
  encodeAuthorityKey,
  encodeCrlAddress,
  encodeExtension,
  encodeName,
  encodePolicies,
  encodeQcPds,
  encodeStatements,
  type NameParts,
  type StatementName,
} from './encode-extensions.ts';
import {
  addSeconds,
  deriveKey,
  encodeInstant,
  encodeTbsCertificate,
  encodeTbsCrl,
  encodeTbsResponse,
  keyIdentifier,
  lastSecond,
  type Revocation,
  serialOf,
  signX509,
  wrapResponse,
} from './encode-x509.ts';

/** Instead of what the example's profile says; null takes it out. */
type Changes<Name extends string> = Readonly<Partial<Record<Name, Octets | null>>>;

/** What a certificate has otherwise than a right one of the example. */
export interface CertificateChanges {
  /** A signature certificate on a QSCD, unless another is named. */
  readonly profile?: SubscriberProfileName;
  /** Parts of the name, or its DER. */
  readonly subject?: NameParts | Uint8Array;
  /** The name of the issuer; the key stays that of the example's CA. */
  readonly issuer?: NameParts | Uint8Array;
  /** The subject's public key. */
  readonly key?: KeyObject;
  readonly notBefore?: string;
  readonly notAfter?: string;
  readonly serial?: bigint;
  readonly pds?: string;
  readonly hosts?: readonly string[];
  readonly extensions?: Changes<ExtensionName>;
  /** Within qcStatements. */
  readonly statements?: Changes<StatementName>;
}

const SUBJECTS: Readonly<Record<SubscriberProfileName, NameParts>> = {
  'natural-person-qscd': { countryName: 'AT', givenName: 'Gerda', surname: 'Muster', serialNumber: '481516234299', commonName: 'Gerda Muster' },
  'natural-person': { countryName: 'AT', givenName: 'Hugo', surname: 'Muster', serialNumber: '481516234298', commonName: 'Hugo Muster' },
  'legal-person-qscd': { countryName: 'AT', organizationName: 'Muster AG', organizationIdentifier: 'NTRAT-888883c', commonName: 'Muster' },
  website: { countryName: 'AT', localityName: 'Graz', organizationName: 'Muster AG', organizationIdentifier: 'NTRAT-888883c' },
};
/** From when `makeCertificate` makes a certificate valid. */
export const ISSUED = '2026-10-01T08:00:00Z';

/** The subject that `makeCertificate` gives under a profile. */
export const subjectOf = (profile: SubscriberProfileName): NameParts => SUBJECTS[profile];

const writeName = (name: NameParts | Uint8Array): Octets => (name instanceof Uint8Array ? name : encodeName(name));
const authorityOf = (profile: SubscriberProfileName) => findAuthority(profile === 'website' ? 'ets-qualified-web-ca-1' : 'ets-qualified-ca-1');

function applyChanges<Name extends string>(parts: Partial<Record<Name, Octets>>, changes?: Changes<Name>): Octets[] {
  return Object.values<Octets | null | undefined>({ ...parts, ...changes }).filter((part) => part !== null && part !== undefined);
}

/** The DER of a subscriber certificate of the example, signed by the CA that its CPS names, with these changes. */
export function makeCertificate(changes: CertificateChanges = {}): Octets {
  const { profile = 'natural-person-qscd', notBefore = ISSUED, pds = '1.2', hosts = ['muster.example'] } = changes;
  const authority = authorityOf(profile);
  const signer = { key: readKey(authority.id), algorithm: authority.algorithm };
  const key = changes.key ?? createPublicKey(deriveKey(`test ${profile}`));
  const links = { issuer: authority.id, issuerKey: signer.key, key };
  const extensions: Extensions = {
    ...listSubscriberExtensions(profile, links, pds, hosts),
    qcStatements: encodeStatements(applyChanges<StatementName>(listStatements(profile, pds) satisfies Statements, changes.statements)),
  };
  const tbs = encodeTbsCertificate({
    serial: changes.serial ?? serialOf(`test ${profile}`),
    algorithm: authority.algorithm,
    issuer: writeName(changes.issuer ?? { ...PROVIDER, commonName: authority.commonName }),
    subject: writeName(changes.subject ?? SUBJECTS[profile]),
    notBefore,
    notAfter: changes.notAfter ?? lastSecond(notBefore, SUBSCRIBER_PROFILES[profile].days),
    key,
    extensions: applyChanges(extensions, changes.extensions),
  });
  return signX509(tbs, signer);
}

/** The DER of a right certificate of another provider: a signature certificate on a QSCD under a policy that the example does not know. */
export const makeForeignCertificate = (): Octets =>
  makeCertificate({
    issuer: { countryName: 'DE', organizationName: 'Fremde Dienste AG', organizationIdentifier: 'NTRDE-HRB999998', commonName: 'Fremde Dienste CA 7' },
    subject: { countryName: 'DE', givenName: 'Ida', surname: 'Fremd', serialNumber: '7700000001', commonName: 'Ida Fremd' },
    extensions: {
      certificatePolicies: encodePolicies([{ oid: '1.3.6.1.4.1.99998.7.1', cps: 'https://policies.fremde-dienste.example/' }, { oid: '0.4.0.194112.1.2' }]),
      cRLDistributionPoints: encodeCrlAddress('http://crl.fremde-dienste.example/ca-7.crl'),
      authorityInfoAccess: encodeAccess({ caIssuers: 'http://ca.fremde-dienste.example/ca-7.cer', ocsp: 'http://ocsp.fremde-dienste.example/' }),
    },
    statements: { QcPDS: encodeQcPds({ en: 'https://policies.fremde-dienste.example/pds/en.html' }) },
  });

/** What a CA certificate, CRL or OCSP response has otherwise than a right one of the example. */
export interface StatusChanges {
  readonly thisUpdate?: string;
  /** Null leaves it out. */
  readonly nextUpdate?: string | null;
  readonly revoked?: readonly Revocation[];
  readonly extensions?: Changes<ExtensionName>;
}

/** The DER of a certificate of ETS Qualified CA 1 with another key, signed by the root. */
export function makeCaCertificate(changes: Pick<CertificateChanges, 'subject' | 'notBefore' | 'notAfter' | 'extensions'> = {}): Octets {
  const [root, authority] = [findAuthority('ets-root-ca-1'), authorityOf('natural-person')];
  const key = createPublicKey(deriveKey('test CA'));
  const signer = { key: readKey(root.id), algorithm: root.algorithm };
  const tbs = encodeTbsCertificate({
    serial: serialOf('test CA'),
    algorithm: root.algorithm,
    issuer: encodeName({ ...PROVIDER, commonName: root.commonName }),
    subject: writeName(changes.subject ?? { ...PROVIDER, commonName: authority.commonName }),
    notBefore: changes.notBefore ?? authority.notBefore,
    notAfter: changes.notAfter ?? authority.notAfter,
    key,
    extensions: applyChanges(listCaExtensions({ issuer: root.id, issuerKey: signer.key, key }, false), changes.extensions),
  });
  return signX509(tbs, signer);
}

/** The DER of a CRL of ETS Qualified CA 1. */
export function makeCrl(changes: StatusChanges = {}): Octets {
  const { thisUpdate = '2026-11-23T06:00:00Z', nextUpdate = addSeconds(thisUpdate, 86_400), revoked = [] } = changes;
  const { id, algorithm, commonName, notBefore } = authorityOf('natural-person');
  const key = readKey(id);
  const extensions = {
    authorityKeyIdentifier: encodeAuthorityKey(keyIdentifier(key)),
    cRLNumber: encodeExtension('cRLNumber', integer(1)),
    expiredCertsOnCRL: encodeExtension('expiredCertsOnCRL', encodeInstant(notBefore)),
  };
  const tbs = encodeTbsCrl({
    algorithm,
    issuer: encodeName({ ...PROVIDER, commonName }),
    thisUpdate,
    ...(nextUpdate !== null && { nextUpdate }),
    revoked,
    extensions: applyChanges<ExtensionName>(extensions, changes.extensions),
  });
  return signX509(tbs, { key, algorithm });
}

/** The DER of an OCSP response about the certificate that `makeCertificate` makes for a natural person. */
export function makeOcspResponse(changes: StatusChanges & { readonly serial?: bigint; readonly certificates?: readonly Octets[] } = {}): Octets {
  const { thisUpdate = '2026-11-23T07:00:00Z', nextUpdate = addSeconds(thisUpdate, 8 * 3600), revoked = [] } = changes;
  const { id, commonName, notBefore } = authorityOf('natural-person');
  const responder = RESPONDERS.find(({ authority }) => authority === id);
  if (!responder) throw new Error(`The example has no OCSP signer of ${id}.`);
  const key = readKey(responder.id);
  const tbs = encodeTbsResponse({
    issuer: { name: encodeName({ ...PROVIDER, commonName }), key: readKey(id) },
    responderKey: key,
    serial: changes.serial ?? serialOf('test natural-person'),
    thisUpdate,
    ...(nextUpdate !== null && { nextUpdate }),
    ...(revoked[0] && { revoked: revoked[0] }),
    extensions: applyChanges<ExtensionName>({ archiveCutoff: encodeExtension('archiveCutoff', encodeInstant(notBefore)) }, changes.extensions),
  });
  const certificates = changes.certificates ?? [];
  const more = certificates.length > 0 ? [tagged(0, sequence(...certificates))] : [];
  return wrapResponse(signX509(tbs, { key, algorithm: responder.algorithm }, ...more));
}

/** What this program reads from one DER object; throws with its words where it reads nothing. */
export function readFacts(der: Octets): CertificateFacts | CrlFacts | OcspFacts {
  const { items, observations } = readX509(der, 'made.der');
  const [item] = items;
  if (!item) throw new Error(observations.map(({ message }) => message).join(' '));
  return item.facts;
}

/** What this program reads from the DER of a certificate. */
export function readCertificateFacts(der: Octets): CertificateFacts {
  const facts = readFacts(der);
  if (facts.kind !== 'certificate') throw new Error(`Seen ${facts.kind}, expected a certificate.`);
  return facts;
}
