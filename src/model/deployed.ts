import type { CertificateFacts } from './certificate.ts';
import { findExtension } from './certificate-extension.ts';
import type { CrlFacts } from './crl.ts';
import type { Place } from './finding.ts';
import type { OcspFacts } from './ocsp-response.ts';
import type { Sha256 } from './version.ts';

export type DeployedFacts = CertificateFacts | CrlFacts | OcspFacts;

/**
 * - `verified`: with the key of a certificate that is there;
 * - `broken`: certificates of the signer are there, and it verifies with the key of none of them;
 * - `no-issuer`: no certificate of the signer is there;
 * - `unsupported`: an algorithm or key that this program cannot verify with, or nothing that is signed.
 */
export type SignatureState = 'verified' | 'broken' | 'no-issuer' | 'unsupported';

/** How something is signed. */
export interface Signed {
  readonly signature: SignatureState;
  /** The CA certificate of `content/certificates` with the key that signed it; where none verifies, the first with the right name. */
  readonly issuer?: Sha256;
}

/** The certificate of whoever signed an OCSP response: sent along with it, or deployed. */
export interface Responder extends Signed {
  readonly facts: CertificateFacts;
  readonly sha256: Sha256;
}

/** A certificate, CRL or OCSP response of `content/certificates`: what the provider really issued, or samples of it. */
export interface Deployed<Facts extends DeployedFacts = DeployedFacts> extends Signed {
  readonly facts: Facts;
  /** The file, and the line where it is a PEM block. */
  readonly place: Place;
  readonly der: Uint8Array;
  /** Digest of the DER: the fingerprint, and the same for a certificate that stands in two files. */
  readonly sha256: Sha256;
  /** Of an OCSP response: who signed it. */
  readonly responder?: Responder;
  /** Of an OCSP response: for each of its answers, the deployed CA of the certificate in question. */
  readonly authorities?: readonly (Sha256 | undefined)[];
}

export type DeployedOf<Kind extends DeployedFacts['kind']> = Deployed<Extract<DeployedFacts, { kind: Kind }>>;

/** The place of a field of it, `tbsCertList.nextUpdate`; of the whole where the path is empty. */
export const placeWithin = ({ place }: Deployed, path: string): Place => (path === '' ? place : { ...place, path });

/** Those of one kind, each once however many files hold it; the first file by name stands for all. */
export function deployedOf<Kind extends DeployedFacts['kind']>(deployed: readonly Deployed[], kind: Kind): readonly DeployedOf<Kind>[] {
  const seen = new Set<Sha256>();
  return deployed.filter((item): item is DeployedOf<Kind> => {
    if (item.facts.kind !== kind || seen.has(item.sha256)) return false;
    seen.add(item.sha256);
    return true;
  });
}

/** Whether a certificate says that it is one of a CA. */
export const isCa = (facts: CertificateFacts): boolean => findExtension(facts, 'basicConstraints')?.value?.cA ?? false;

/** The CA certificates, each once. */
export const deployedCas = (deployed: readonly Deployed[]): readonly DeployedOf<'certificate'>[] =>
  deployedOf(deployed, 'certificate').filter(({ facts }) => isCa(facts));
