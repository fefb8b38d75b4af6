import type { CertificateFacts } from './certificate.ts';
import type { CrlFacts } from './crl.ts';
import type { Place } from './finding.ts';
import type { OcspFacts } from './ocsp-response.ts';
import type { Sha256 } from './version.ts';

export type DeployedFacts = CertificateFacts | CrlFacts | OcspFacts;

/** A certificate, CRL or OCSP response of `content/certificates`: what the provider really issued, or samples of it. */
export interface Deployed<Facts extends DeployedFacts = DeployedFacts> {
  readonly facts: Facts;
  /** The file, and the line where it is a PEM block. */
  readonly place: Place;
  readonly der: Uint8Array;
  /** Digest of the DER: the fingerprint, and the same for a certificate that stands in two files. */
  readonly sha256: Sha256;
}

/** Those of one kind, each once however many files hold it; the first file by name stands for all. */
export function deployedOf<Kind extends DeployedFacts['kind']>(
  deployed: readonly Deployed[],
  kind: Kind,
): readonly Deployed<Extract<DeployedFacts, { kind: Kind }>>[] {
  const seen = new Set<Sha256>();
  return deployed.filter((item): item is Deployed<Extract<DeployedFacts, { kind: Kind }>> => {
    if (item.facts.kind !== kind || seen.has(item.sha256)) return false;
    seen.add(item.sha256);
    return true;
  });
}
