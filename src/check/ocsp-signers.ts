import type { CertificateFacts } from '../model/certificate.ts';
import { findExtension } from '../model/certificate-extension.ts';
import { type Deployed, type DeployedOf, deployedOf, isCa, type Responder } from '../model/deployed.ts';
import type { Citation, Observation, Place } from '../model/finding.ts';
import type { Profile, ProfileValue } from '../model/profile.ts';
import type { Workspace } from '../model/workspace.ts';
import { citeInUse, commonName, type DeployedCa } from './deployed-cas.ts';
import { type Compared, compareToStated, profilesAt } from './stated-profiles.ts';

/** A certificate that signs OCSP responses, deployed by itself or sent along with a response. */
interface Signer {
  facts: CertificateFacts;
  placeOf(path: string): Place;
}

const DELEGATION: Citation = { standard: 'RFC 6960', clause: '4.2.2.2' };

/** The certificates of OCSP signers against their declared profile and the standards, and each response against its signer. */
export function* checkSigners(workspace: Workspace, cas: readonly DeployedCa[]): Iterable<Observation> {
  for (const signer of listSigners(workspace.deployed)) {
    yield* compareSigner(workspace, signer);
    yield* checkAddress(workspace, signer);
  }
  for (const item of deployedOf(workspace.deployed, 'ocsp-response')) {
    if (item.responder) yield* checkResponder(item, item.responder, cas);
  }
}

const signsResponses = (facts: CertificateFacts): boolean =>
  findExtension(facts, 'extKeyUsage')?.value?.purposes.some(({ name }) => name === 'OCSPSigning') ?? false;

const placeIn =
  (place: Place, holder = '') =>
  (path: string): Place =>
    `${holder}${path}` === '' ? place : { ...place, path: `${holder}${holder && path ? '.' : ''}${path}` };

/** Each once: where it is deployed by itself, else where it was first sent along. */
function listSigners(deployed: readonly Deployed[]): readonly Signer[] {
  const own = deployedOf(deployed, 'certificate').filter(({ facts }) => signsResponses(facts));
  const seen = new Set(own.map(({ sha256 }) => sha256));
  const signers: Signer[] = own.map(({ facts, place }) => ({ facts, placeOf: placeIn(place) }));
  for (const { facts, place, responder } of deployedOf(deployed, 'ocsp-response')) {
    if (!responder || seen.has(responder.sha256) || isCa(responder.facts)) continue;
    seen.add(responder.sha256);
    const index = facts.basic?.certs.findIndex(({ signatureValue }) => signatureValue === responder.facts.signatureValue);
    signers.push({ facts: responder.facts, placeOf: placeIn(place, `${facts.basic?.at ?? ''}.certs[${index ?? 0}]`) });
  }
  return signers;
}

/** A profile of certificates without a policy that demands the purpose of OCSP signers. */
const isProfile = ({ kind, policy, rows }: Profile): boolean =>
  kind === 'certificate' &&
  policy === undefined &&
  rows.some(({ field, value }) => field === 'extensions.extKeyUsage' && listed(value).includes('OCSPSigning'));
const listed = (value: ProfileValue | undefined): readonly string[] => value?.exactly ?? value?.includes ?? value?.oneOf ?? [];

function* compareSigner(workspace: Workspace, { facts, placeOf }: Signer): Iterable<Observation> {
  const at = facts.validity.notBefore.instant;
  if (!at) return;
  const compared: Compared = {
    name: `The certificate of the OCSP signer ${commonName(facts.subject)}`,
    kind: 'OCSP signers',
    authority: commonName(facts.issuer),
    at,
    sights: [facts],
    placeOf,
  };
  yield* compareToStated(workspace, compared, isProfile);
  // Where a profile is stated, it says whether the extension is there; the provider has weighed the risk.
  const basis = citeInUse(workspace, '411-1:CSS-6.6.3-01A');
  if (findExtension(facts, 'ocspNoCheck') || !basis || profilesAt(workspace, at).some(({ profile }) => isProfile(profile))) return;
  yield {
    message: `${compared.name} does not say that it need not be checked itself.`,
    at: placeOf('tbsCertificate.extensions.ocspNoCheck'),
    seen: 'no extension id-pkix-ocsp-nocheck',
    expected: 'the extension, or a declared profile of OCSP signers without it',
    severity: 'warning',
    basis,
  };
}

function* checkAddress(workspace: Workspace, { facts, placeOf }: Signer): Iterable<Observation> {
  const address = findExtension(facts, 'authorityInfoAccess')?.value?.descriptions.find(({ name }) => name === 'ocsp');
  const basis = citeInUse(workspace, '411-1:CSS-6.6.3-01B');
  if (!address || !basis) return;
  yield {
    message: `The certificate of the OCSP signer ${commonName(facts.subject)} names an OCSP address itself.`,
    at: placeOf(address.at),
    seen: 'value' in address.location ? address.location.value : 'an address',
    expected: 'none, so that nobody asks a responder about its own signer without end',
    basis,
  };
}

/** RFC 6960, 4.2.2.2: the CA itself signs, or somebody whom this CA certified for it. */
function* checkResponder(item: DeployedOf<'ocsp-response'>, responder: Responder, cas: readonly DeployedCa[]): Iterable<Observation> {
  const name = commonName(responder.facts.subject);
  const placeOf = placeIn(item.place);
  const find = (sha256: string | undefined) => cas.find((ca) => ca.item.sha256 === sha256);
  const keyOf = (ca: DeployedCa | undefined) => ca?.item.facts.subjectPublicKeyInfo.hex;
  for (const [index, digest] of (item.authorities ?? []).entries()) {
    const ca = find(digest);
    if (!ca || keyOf(ca) === responder.facts.subjectPublicKeyInfo.hex) continue;
    const at = placeOf(item.facts.basic?.responses[index]?.certID.at ?? '');
    // A renewed CA certificate has another digest, and the same key.
    if (keyOf(ca) !== keyOf(find(responder.issuer))) yield notIssued(at, { name, ca, issuer: commonName(responder.facts.issuer) });
    else if (!signsResponses(responder.facts)) yield notAllowed(at, name);
  }
  yield* checkTime(item, responder);
}

const notIssued = (at: Place, { name, ca, issuer }: { name: string; ca: DeployedCa; issuer: string }): Observation => ({
  message: `The signer ${name} answers for a certificate of ${ca.name}, which did not certify it.`,
  at,
  seen: `a signer certified by ${issuer}`,
  expected: `${ca.name} itself, or a signer that it certified`,
  basis: DELEGATION,
});

const notAllowed = (at: Place, name: string): Observation => ({
  message: `The signer ${name} of the OCSP response is not certified for that.`,
  at,
  seen: 'a certificate without the purpose OCSPSigning',
  expected: 'OCSPSigning in extKeyUsage, or the CA itself as the signer',
  basis: DELEGATION,
});

function* checkTime({ facts, place }: DeployedOf<'ocsp-response'>, responder: Responder): Iterable<Observation> {
  const produced = facts.basic?.producedAt;
  const { notBefore, notAfter } = responder.facts.validity;
  if (!produced?.instant || !notBefore.instant || !notAfter.instant) return;
  if (notBefore.instant <= produced.instant && produced.instant <= notAfter.instant) return;
  yield {
    message: `The OCSP response was made at a time at which the certificate of its signer ${commonName(responder.facts.subject)} was not valid.`,
    at: placeIn(place)(produced.at),
    seen: produced.instant,
    expected: `a time from ${notBefore.instant} to ${notAfter.instant}`,
    basis: DELEGATION,
  };
}
