import { findPlace } from '../model/asn1.ts';
import type { CertificateFacts } from '../model/certificate.ts';
import { findExtension } from '../model/certificate-extension.ts';
import { nameKey } from '../model/distinguished-name.ts';
import type { MatchedService } from '../model/qualification.ts';
import { type CountryList, type Entry, entriesOf } from '../model/service-entry.ts';
import type { Sha256 } from '../model/version.ts';
import { sha256 } from './register.ts';
import { readX509 } from './x509/x509.ts';

/** A certificate with its octets. */
export interface PathMember {
  facts: CertificateFacts;
  der: Uint8Array;
}

/** An entry that matches a certificate: by the certificate itself, its issuer, or a CA higher in its path. */
export type ServiceMatch = MatchedService & { entry: Entry; by: 'itself' | 'issuer' | 'higher' };

/**
 * The services of lists to which a certificate belongs (TS 119 615, 4.3): those whose digital identity is the certificate,
 * the CA that signed it, or a CA above that one; the last only where the entry is one of a root CA. `path` begins with the
 * certificate and goes up; whoever gives it has verified its signatures.
 */
export function findListedServices(lists: readonly CountryList[], path: readonly PathMember[]): readonly ServiceMatch[] {
  const members = path.map((member) => ({ ...member, sha256: sha256(member.der) }));
  return lists.flatMap(entriesOf).flatMap((entry): ServiceMatch[] => {
    const index = members.findIndex((member) => isIdentity(entry, member));
    if (index < 0) return [];
    const by = index === 0 ? 'itself' : index === 1 ? 'issuer' : 'higher';
    if (by === 'higher' && !entry.service.states.some(({ uses }) => uses.includes('RootCA-QC'))) return [];
    return [{ entry, by, provider: entry.provider.names[0] ?? '', service: entry.service }];
  });
}

/** The same certificate, or one with the same key and subject; where no certificate is listed, the same key identifier. */
function isIdentity({ service: { identity } }: Entry, member: PathMember & { sha256: Sha256 }): boolean {
  const { certificates, keyIdentifiers } = identity;
  if (certificates.some((certificate) => certificate.sha256 === member.sha256)) return true;
  if (certificates.length > 0) return certificates.some(({ der }) => hasSameKey(der, member));
  const own = findExtension(member.facts, 'subjectKeyIdentifier')?.value?.keyIdentifier;
  return own !== undefined && keyIdentifiers.includes(own);
}

/** Whether a certificate has the key, and then, once it is read, the subject of another. */
function hasSameKey(listed: Uint8Array, { facts, der }: PathMember): boolean {
  const [offset, length] = findPlace(facts, facts.subjectPublicKeyInfo.at) ?? [0, 0];
  if (length === 0 || !asBuffer(listed).includes(asBuffer(der.subarray(offset, offset + length)))) return false;
  const [item] = readX509(listed, '').items;
  return (
    item?.facts.kind === 'certificate' &&
    item.facts.subjectPublicKeyInfo.hex === facts.subjectPublicKeyInfo.hex &&
    nameKey(item.facts.subject) === nameKey(facts.subject)
  );
}

const asBuffer = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer => Buffer.from(buffer, byteOffset, byteLength);
