import { constants, createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { type AlgorithmFacts, findPlace } from '../model/asn1.ts';
import type { CertificateFacts } from '../model/certificate.ts';
import { findExtension } from '../model/certificate-extension.ts';
import type { CrlFacts } from '../model/crl.ts';
import { type Deployed, type DeployedOf, isCa, type Responder, type Signed } from '../model/deployed.ts';
import { nameKey } from '../model/distinguished-name.ts';
import type { BasicResponse, CertId } from '../model/ocsp-response.ts';
import { sha256 } from './register.ts';
import { readX509 } from './x509/x509.ts';

/** Something that was read, before it is known how it is signed. */
export type Unverified = Pick<Deployed, 'facts' | 'place' | 'der' | 'sha256'>;

/** A certificate with what it was read from. */
export interface Holder {
  readonly facts: CertificateFacts;
  readonly der: Uint8Array;
  readonly sha256: string;
}

/** What there is to verify with. */
interface Ring {
  certificates: readonly Holder[];
  /** CA certificates by the key of their name. */
  authorities: ReadonlyMap<string, readonly Holder[]>;
  keys: Map<string, KeyObject | undefined>;
}

/** Verifies the signature of each with the keys of the certificates among them. What stands in several files is verified once. */
export function verifyDeployed(items: readonly Unverified[]): readonly Deployed[] {
  const ring = makeRing(items);
  const known = new Map<string, Omit<Deployed, keyof Unverified>>();
  return items.map((item) => {
    const signed = known.get(item.sha256) ?? verifyItem(item, ring);
    known.set(item.sha256, signed);
    return { ...item, ...signed };
  });
}

function makeRing(items: readonly Unverified[]): Ring {
  const bySha256 = new Map<string, Holder>();
  for (const { facts, der, sha256: digest } of items) if (facts.kind === 'certificate') bySha256.set(digest, { facts, der, sha256: digest });
  const certificates = [...bySha256.values()];
  const authorities = new Map<string, Holder[]>();
  for (const holder of certificates.filter(({ facts }) => isCa(facts))) {
    const name = nameKey(holder.facts.subject);
    authorities.set(name, [...(authorities.get(name) ?? []), holder]);
  }
  return { certificates, authorities, keys: new Map() };
}

function verifyItem({ facts, der }: Unverified, ring: Ring): Omit<Deployed, keyof Unverified> {
  if (facts.kind !== 'ocsp-response') return verifyIssued(facts, der, ring);
  return facts.basic ? verifyResponse(facts.basic, { facts, der } as Pick<DeployedOf<'ocsp-response'>, 'facts' | 'der'>, ring) : { signature: 'unsupported' };
}

/** A certificate or CRL, by the CAs with its issuer's name and, where both say it, key identifier (RFC 5280, 4.2.1.1). */
function verifyIssued(facts: CertificateFacts | CrlFacts, der: Uint8Array, ring: Ring): Signed {
  const wanted = findExtension(facts, 'authorityKeyIdentifier')?.value?.keyIdentifier;
  const candidates = (ring.authorities.get(nameKey(facts.issuer)) ?? []).filter((holder) => {
    const own = findExtension(holder.facts, 'subjectKeyIdentifier')?.value?.keyIdentifier;
    return wanted === undefined || own === undefined || own === wanted;
  });
  const tbs = slice(facts, der, facts.kind === 'crl' ? 'tbsCertList' : 'tbsCertificate');
  const { signature, holder } = verifyWith(candidates, tbs, facts, ring);
  return { signature, ...(holder && { issuer: holder.sha256 }) };
}

/** The first of several whose key verifies; else how the first of them fails. */
function verifyWith(candidates: readonly Holder[], data: Uint8Array, signed: Signature, ring: Ring): Pick<Signed, 'signature'> & { holder?: Holder } {
  const [first] = candidates;
  if (!first) return { signature: 'no-issuer' };
  const tried = candidates.map((holder) => ({ holder, signature: verifySignature(data, signed, keyOf(holder, ring)) }));
  return (
    tried.find(({ signature }) => signature === 'verified') ??
    tried.find(({ signature }) => signature === 'broken') ?? { signature: 'unsupported', holder: first }
  );
}

/** An algorithm and what it gave. */
export interface Signature {
  readonly signatureAlgorithm: AlgorithmFacts;
  readonly signatureValue: string;
}

function verifyResponse(basic: BasicResponse, { facts, der }: Pick<DeployedOf<'ocsp-response'>, 'facts' | 'der'>, ring: Ring) {
  const authorities = basic.responses.map(({ certID }) => findAuthority(certID, ring)?.sha256);
  const holders = [...readSentAlong(basic, facts, der), ...ring.certificates].filter((holder) => isResponder(holder, basic.responderID));
  const { signature, holder } = verifyWith(holders, slice(facts, der, `${basic.at}.tbsResponseData`), basic, ring);
  if (!holder) return { signature, authorities };
  const responder: Responder = { facts: holder.facts, sha256: holder.sha256, ...verifyIssued(holder.facts, holder.der, ring) };
  return { signature, authorities, responder };
}

/** The certificates sent along with a response, each with its own octets. */
function readSentAlong({ at }: BasicResponse, facts: DeployedOf<'ocsp-response'>['facts'], der: Uint8Array): Holder[] {
  const holders: Holder[] = [];
  for (let index = 0; facts.places[`${at}.certs[${index}]`]; index += 1) {
    const own = slice(facts, der, `${at}.certs[${index}]`);
    const item = readX509(own, '').items[0];
    if (item?.facts.kind === 'certificate') holders.push({ facts: item.facts, der: own, sha256: sha256(own) });
  }
  return holders;
}

/** RFC 6960, 4.2.1: a responder names itself by its name, or by the SHA-1 digest of its public key. */
function isResponder({ facts }: Holder, { byName, byKey }: BasicResponse['responderID']): boolean {
  if (byName) return nameKey(facts.subject) === nameKey(byName);
  return digest('sha1', Buffer.from(facts.subjectPublicKeyInfo.hex, 'hex')) === byKey;
}

/** The CA of the certificate that an answer is about, by the digests of its name and key (RFC 6960, 4.1.1). */
function findAuthority({ hashAlgorithm, issuerNameHash, issuerKeyHash }: CertId, { authorities }: Ring): Holder | undefined {
  const hash = hashAlgorithm.name ?? '';
  return [...authorities.values()].flat().find(({ facts, der }) => {
    const key = Buffer.from(facts.subjectPublicKeyInfo.hex, 'hex');
    return digest(hash, key) === issuerKeyHash && digest(hash, slice(facts, der, facts.subject.at)) === issuerNameHash;
  });
}

/** Undefined for an algorithm that is no digest of this machine. */
function digest(algorithm: string, octets: Uint8Array): string | undefined {
  try {
    return createHash(algorithm).update(octets).digest('hex');
  } catch {
    return undefined;
  }
}

/** The octets of a field. */
export function slice(facts: Deployed['facts'], der: Uint8Array, path: string): Uint8Array {
  const [offset, length] = findPlace(facts, path) ?? [0, 0];
  return der.subarray(offset, offset + length);
}

/** The public key of a certificate; undefined for one of a kind that this machine does not know. */
function keyOf({ facts, der, sha256: id }: Holder, { keys }: Ring): KeyObject | undefined {
  if (!keys.has(id)) keys.set(id, readKey(slice(facts, der, facts.subjectPublicKeyInfo.at)));
  return keys.get(id);
}

/** How a signature by the key of one certificate is. */
export const verifyBy = ({ facts, der }: Holder, data: Uint8Array, signature: Signature): Signed['signature'] =>
  verifySignature(data, signature, readKey(slice(facts, der, facts.subjectPublicKeyInfo.at)));

function readKey(spki: Uint8Array): KeyObject | undefined {
  try {
    return createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  } catch {
    return undefined;
  }
}

function verifySignature(data: Uint8Array, { signatureAlgorithm, signatureValue }: Signature, key: KeyObject | undefined): Signed['signature'] {
  const digestName = digestOf(signatureAlgorithm);
  if (!key || digestName === undefined) return 'unsupported';
  const { pss } = signatureAlgorithm;
  const padding = pss && { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: pss.saltLength };
  try {
    return verify(digestName, data, { key, ...padding }, Buffer.from(signatureValue, 'hex')) ? 'verified' : 'broken';
  } catch {
    return 'unsupported';
  }
}

/** The digest that a signature algorithm begins with; null for one that has it within, undefined for one that this program does not know. */
function digestOf({ name = '', pss }: AlgorithmFacts): string | null | undefined {
  if (pss) return pss.maskHash === pss.hash ? pss.hash : undefined;
  if (/^(Ed\d+|ml-dsa-\d+)$/.test(name)) return null;
  return (/^(.+)WithRSAEncryption$/.exec(name)?.[1] ?? /^ecdsa-with-(.+)$/.exec(name)?.[1])?.toLowerCase();
}
