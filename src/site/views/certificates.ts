import { createHash } from 'node:crypto';
import type { Asn1Time } from '../../model/asn1.ts';
import { authorityPolicies, listedPolicies } from '../../model/authority-policies.ts';
import { type Authority, addressesOf, type CaHierarchy, caName, caValidity, crlNumber, listAuthorities, readHierarchy } from '../../model/ca-hierarchy.ts';
import { findExtension } from '../../model/certificate-extension.ts';
import type { DeployedOf } from '../../model/deployed.ts';
import { writeDistinguishedName } from '../../model/distinguished-name.ts';
import { writeKey } from '../../model/profile-field.ts';
import type { Instant } from '../../model/time.ts';
import type { Sha256 } from '../../model/version.ts';
import type { Workspace } from '../../model/workspace.ts';
import { CERTIFICATES_PATH, type CertificateNames, certificateNames, certificatePath, crlPath } from '../../publish/certificate-files.ts';
import { drawValidity } from '../../publish/validity-axis.ts';
import type { AuthorityEntry, CertificatesPage, CrlRow, ShownValidity } from '../certificates-page.ts';
import { currentState } from '../current-state.ts';
import type { Link, When } from '../page.ts';
import { words } from '../words.ts';
import { groupDigits, pageBase, type SiteContext } from './context.ts';
import { listingsOf } from './trusted-lists.ts';

/** The CA certificates of a repository and their addresses. */
export interface PublishedCas {
  hierarchy: CaHierarchy;
  names: CertificateNames;
}

const known = new WeakMap<Workspace, PublishedCas>();

/** Arranged and named once for a workspace. */
export function publishedCas({ workspace }: SiteContext): PublishedCas {
  const found = known.get(workspace);
  if (found) return found;
  const hierarchy = readHierarchy(workspace.deployed);
  const cas = { hierarchy, names: certificateNames(hierarchy) };
  known.set(workspace, cas);
  return cas;
}

/** `/certificates/`: all CA certificates with what belongs to their CAs. */
export function certificatesPage(context: SiteContext): CertificatesPage {
  const { hierarchy, names } = publishedCas(context);
  const text = words(context.language);
  return {
    kind: 'certificates',
    ...pageBase(context, CERTIFICATES_PATH, text.certificatesTitle, `${text.certificatesDescription} ${context.workspace.config.name}.`),
    authorities: hierarchy.roots.map((root) => authorityEntry(context, root, undefined)),
    otherCrls: hierarchy.strayCrls.map((crl) => crlRow(context, crl)),
    validity: drawAxis(context, hierarchy, names),
    json: context.href('/api/v1/certificates.json'),
  };
}

/** Links to the places of the page that speak of CA certificates, each with its validity. */
export function authorityLinks(context: SiteContext, isWanted: (authority: Authority) => boolean): readonly (Link & { validity: ShownValidity | undefined })[] {
  const walk = (authorities: readonly Authority[], issuer: Authority | undefined): readonly (Link & { validity: ShownValidity | undefined })[] =>
    authorities.flatMap((authority) => [
      ...(isWanted(authority)
        ? [{ href: placeOf(context, authority), label: caName(authority.certificate), validity: showValidity(context, authority, issuer) }]
        : []),
      ...walk(authority.subordinates, authority),
    ]);
  return walk(publishedCas(context).hierarchy.roots, undefined);
}

/** The place of the page that speaks of a CA certificate; undefined where it is not there. */
export function placeOfCertificate(context: SiteContext, sha256: string): string | undefined {
  const name = publishedCas(context).names.get(sha256 as Sha256);
  return name === undefined ? undefined : context.href(`${CERTIFICATES_PATH}#${name}`);
}

const anchorOf = (context: SiteContext, { certificate }: Authority) => publishedCas(context).names.get(certificate.sha256) ?? '';
const placeOf = (context: SiteContext, authority: Authority) => context.href(`${CERTIFICATES_PATH}#${anchorOf(context, authority)}`);

function authorityEntry(context: SiteContext, authority: Authority, issuer: Authority | undefined): AuthorityEntry {
  const { facts, der, sha256 } = authority.certificate;
  const { names } = publishedCas(context);
  const file = (form: 'cer' | 'pem', label: string): Link => ({ href: context.href(certificatePath(authority, names, form)), label });
  const keyIdentifier = findExtension(facts, 'subjectKeyIdentifier')?.value?.keyIdentifier;
  const policyNames = listedPolicies(context.workspace);
  const policy = (oid: string) => ({ oid, href: context.href(`/policies/${oid}/`), label: policyNames.get(oid) ?? oid });
  return {
    anchor: anchorOf(context, authority),
    name: caName(authority.certificate),
    subject: writeDistinguishedName(facts.subject),
    issuer: authority.selfSigned ? undefined : { name: writeDistinguishedName(facts.issuer), href: issuer && `#${anchorOf(context, issuer)}` },
    serialNumber: facts.serialNumber.hex,
    key: writeKey(facts.subjectPublicKeyInfo),
    signature: facts.signatureAlgorithm.name ?? facts.signatureAlgorithm.oid,
    validity: showValidity(context, authority, issuer),
    sha256: groupDigits(sha256),
    sha1: groupDigits(createHash('sha1').update(der).digest('hex')),
    keyIdentifier: keyIdentifier === undefined ? undefined : groupDigits(keyIdentifier),
    der: file('cer', 'DER'),
    pem: file('pem', 'PEM'),
    addresses: addressesOf(authority),
    policies: authorityPolicies(context.workspace, authority).map(policy),
    crls: authority.crls.map((crl) => crlRow(context, crl)),
    listings: listingsOf(context, sha256),
    subordinates: authority.subordinates.map((subordinate) => authorityEntry(context, subordinate, authority)),
  };
}

function showValidity(context: SiteContext, authority: Authority, issuer: Authority | undefined): ShownValidity | undefined {
  const validity = caValidity(authority, issuer);
  if (!validity) return undefined;
  const { from, last, until, revoked } = validity;
  const end = revoked?.at ?? until;
  return {
    from: second(context, from),
    last: until && second(context, last),
    until: end && second(context, end),
    state: currentState({ from, until: end, end: revoked ? 'withdrawn' : 'superseded' }, context.workspace.now),
    revoked: revoked && { at: second(context, revoked.at), reason: revoked.reason },
  };
}

/** A time of a certificate to its second, in the provider's zone as all times of the site. */
function second({ when }: SiteContext, instant: Instant): When {
  const { text } = when(instant);
  const seconds = instant.slice(17, 19);
  return { instant, text: seconds === '00' ? text : `${text}:${seconds}` };
}

function crlRow(context: SiteContext, crl: DeployedOf<'crl'>): CrlRow {
  const { facts } = crl;
  const path = crlPath(crl, publishedCas(context).names);
  const time = (value: Asn1Time | undefined) => (value?.instant && !value.instant.startsWith('9999-12-31') ? second(context, value.instant) : undefined);
  return {
    issuer: writeDistinguishedName(facts.issuer),
    number: crlNumber(crl),
    thisUpdate: time(facts.thisUpdate),
    nextUpdate: time(facts.nextUpdate),
    entries: facts.revokedCertificates.length,
    download: { href: context.href(path), label: path.slice(CERTIFICATES_PATH.length) },
  };
}

function drawAxis(context: SiteContext, hierarchy: CaHierarchy, names: CertificateNames): string {
  const text = words(context.language);
  const issuers = new Map(listAuthorities(hierarchy.roots).flatMap((issuer) => issuer.subordinates.map((authority) => [authority, issuer] as const)));
  const bars = listAuthorities(hierarchy.roots).flatMap((authority) => {
    const validity = caValidity(authority, issuers.get(authority));
    if (!validity) return [];
    const { from, until, revoked } = validity;
    const name = caName(authority.certificate);
    const last = until && context.when(validity.last).text;
    const title = text.validity(name, context.when(from).text, last);
    return [{ label: name, href: `#${names.get(authority.certificate.sha256)}`, title, from, until, revoked: revoked?.at }];
  });
  return drawValidity(bars, text.validityAxis);
}
