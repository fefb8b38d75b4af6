import { findExtension } from './certificate-extension.ts';
import { type Deployed, type DeployedOf, deployedCas, deployedOf, isCa } from './deployed.ts';
import { attributeValues, nameKey, writeDistinguishedName } from './distinguished-name.ts';
import { readField } from './profile-field.ts';
import { type Instant, toInstant } from './time.ts';

/** A CA certificate with what its CA issued. */
export interface Authority {
  certificate: DeployedOf<'certificate'>;
  /** Whether it is signed with its own key. */
  selfSigned: boolean;
  /** Certificates of subscribers and OCSP signers that the CA issued, under whichever of its certificates. */
  issued: readonly DeployedOf<'certificate'>[];
  /** Its CRLs, the newest first. */
  crls: readonly DeployedOf<'crl'>[];
  /** CA certificates that were issued under this one, in the order of their beginnings. */
  subordinates: readonly Authority[];
}

/** The CA certificates of a repository in the order of issuance. */
export interface CaHierarchy {
  /** Those of whose issuers no certificate is there, or that signed themselves. */
  roots: readonly Authority[];
  /** CRLs of which no CA certificate is there. */
  strayCrls: readonly DeployedOf<'crl'>[];
}

/**
 * Arranges the CA certificates under those that issued them; each stands once, also where CAs certified one another. What
 * has a signature that does not verify stands under nobody.
 */
export function readHierarchy(deployed: readonly Deployed[]): CaHierarchy {
  const cas = deployedCas(deployed);
  const leaves = deployedOf(deployed, 'certificate').filter(({ facts }) => !isCa(facts));
  const crls = deployedOf(deployed, 'crl').toSorted((a, b) => compareTexts(thisUpdate(b), thisUpdate(a)));
  const bySha256 = new Map(cas.map((ca) => [ca.sha256, ca]));
  const keyOf = (item: Deployed) => {
    const issuer = issuerOf(item);
    const ca = issuer === undefined ? undefined : bySha256.get(issuer);
    return ca && caKey(ca);
  };
  const placed = new Set<string>();
  const place = (certificate: DeployedOf<'certificate'>): Authority => {
    placed.add(certificate.sha256);
    const own = caKey(certificate);
    const below = cas.filter((ca) => issuerOf(ca) === certificate.sha256 && !placed.has(ca.sha256));
    for (const ca of below) placed.add(ca.sha256);
    return {
      certificate,
      selfSigned: isSelfSigned(certificate),
      issued: leaves.filter((item) => keyOf(item) === own),
      crls: crls.filter((item) => keyOf(item) === own),
      subordinates: byBeginning(below).map(place),
    };
  };
  const roots = byBeginning(cas.filter((ca) => isSelfSigned(ca) || !bySha256.has(issuerOf(ca) ?? ''))).map(place);
  // CAs that certified one another only have no beginning: the one that came first stands for it.
  for (const ca of byBeginning(cas)) if (!placed.has(ca.sha256)) roots.push(place(ca));
  return { roots, strayCrls: crls.filter((item) => keyOf(item) === undefined) };
}

/** All authorities of a hierarchy, each before those that it issued. */
export const listAuthorities = (authorities: readonly Authority[]): readonly Authority[] =>
  authorities.flatMap((authority) => [authority, ...listAuthorities(authority.subordinates)]);

/** All CRLs of a hierarchy, each once: certificates of one CA share theirs. */
export const listCrls = ({ roots, strayCrls }: CaHierarchy): readonly DeployedOf<'crl'>[] => [
  ...new Set([...listAuthorities(roots).flatMap(({ crls }) => crls), ...strayCrls]),
];

/** The name by which people know a CA, and profiles name it: its common name, else all of its name. */
export const caName = ({ facts }: DeployedOf<'certificate'>): string =>
  attributeValues(facts.subject, 'commonName')[0] ?? writeDistinguishedName(facts.subject);

/** The same for all certificates of one name and key, such as a self-signed one and a cross-certificate. */
const caKey = ({ facts }: DeployedOf<'certificate'>): string => `${nameKey(facts.subject)} ${facts.subjectPublicKeyInfo.hex}`;

const issuerOf = ({ signature, issuer }: Deployed): string | undefined => (signature === 'broken' ? undefined : issuer);
const isSelfSigned = (certificate: DeployedOf<'certificate'>): boolean => issuerOf(certificate) === certificate.sha256;
const thisUpdate = ({ facts }: DeployedOf<'crl'>): string => facts.thisUpdate.instant ?? '';
const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byBeginning = (cas: readonly DeployedOf<'certificate'>[]) =>
  cas.toSorted((a, b) => compareTexts(a.facts.validity.notBefore.instant ?? '', b.facts.validity.notBefore.instant ?? ''));

/** Where certificates say that the status and the certificate of their issuer are found. */
export interface IssuerAddresses {
  crl: readonly string[];
  ocsp: readonly string[];
  caIssuers: readonly string[];
}

/** The addresses that the certificates name that a CA issued, CA certificates among them; each once. */
export function addressesOf({ certificate, issued, subordinates }: Authority): IssuerAddresses {
  const others = [...issued, ...subordinates.map((subordinate) => subordinate.certificate)].filter(({ sha256 }) => sha256 !== certificate.sha256);
  const values = (field: string) => [...new Set(others.flatMap(({ facts }) => readField(facts, field)?.values ?? []))].sort();
  return {
    crl: values('extensions.cRLDistributionPoints'),
    ocsp: values('extensions.authorityInfoAccess.ocsp'),
    caIssuers: values('extensions.authorityInfoAccess.caIssuers'),
  };
}

/** The policies that the certificates name that a CA issued to subscribers. */
export const issuedPolicies = ({ issued }: Authority): readonly string[] => [
  ...new Set(issued.flatMap(({ facts }) => readField(facts, 'extensions.certificatePolicies')?.values ?? [])),
];

/** How long a CA certificate holds. */
export interface CaValidity {
  from: Instant;
  /** The last second of its validity. */
  last: Instant;
  /** The first instant at which it no longer is valid; undefined where it has no well-defined expiry (RFC 5280, 4.1.2.5). */
  until: Instant | undefined;
  /** As a CRL of its issuer says that is there. */
  revoked: { at: Instant; reason: string | undefined } | undefined;
}

/** The validity of a CA certificate; undefined where it names no instants. `issuer` is the one above it, whose CRLs count. */
export function caValidity({ certificate: { facts } }: Authority, issuer: Authority | undefined): CaValidity | undefined {
  const { notBefore, notAfter } = facts.validity;
  if (!notBefore.instant || !notAfter.instant) return undefined;
  const endless = notAfter.instant.startsWith('9999-12-31');
  const until = endless ? undefined : toInstant(new Date(Date.parse(notAfter.instant) + 1000));
  return { from: notBefore.instant, last: notAfter.instant, until, revoked: issuer && findRevocation(issuer, facts.serialNumber.hex) };
}

function findRevocation({ crls }: Authority, serialNumber: string): CaValidity['revoked'] {
  const [newest] = crls;
  const entry = newest?.facts.revokedCertificates.find((revoked) => revoked.serialNumber === serialNumber);
  return entry?.revocationDate && { at: entry.revocationDate, reason: entry.reason };
}

/** The number of a CRL; undefined where it has none. */
export const crlNumber = ({ facts }: DeployedOf<'crl'>): string | undefined => findExtension(facts, 'cRLNumber')?.value?.number;
