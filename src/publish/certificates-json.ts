import { z } from 'zod';
import { type Authority, addressesOf, type CaHierarchy, crlNumber, listAuthorities } from '../model/ca-hierarchy.ts';
import { findExtension } from '../model/certificate-extension.ts';
import type { DeployedOf } from '../model/deployed.ts';
import { writeDistinguishedName } from '../model/distinguished-name.ts';
import { InstantText } from '../model/instant-text.ts';
import { writeKey } from '../model/profile-field.ts';
import { CERTIFICATES_PATH, type CertificateNames, certificatePath, crlPath } from './certificate-files.ts';

const Digest = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .describe('SHA-256 of the DER, 64 hexadecimal digits.');
const Crl = z.object({
  url: z.url(),
  sha256: Digest,
  issuer: z.string(),
  number: z.string().nullable(),
  thisUpdate: InstantText.nullable(),
  nextUpdate: InstantText.nullable(),
  entries: z.number(),
});

/** What `/api/v1/certificates.json` keeps to. */
export const CertificatesJson = z.object({
  certificates: z
    .array(
      z.object({
        sha256: Digest,
        url: z.url().describe('Where the page of certificates speaks of it.'),
        der: z.url(),
        pem: z.url(),
        subject: z.string().describe('In the order of its encoding, escaped as in RFC 4514.'),
        issuer: z.string(),
        issuedBy: Digest.nullable().describe('The certificate above it; its own where it signed itself, null where that of its issuer is not here.'),
        serialNumber: z.string().describe('Hexadecimal.'),
        notBefore: InstantText.nullable(),
        notAfter: InstantText.nullable().describe('The last second of its validity.'),
        key: z.string(),
        signatureAlgorithm: z.string(),
        subjectKeyIdentifier: z.string().nullable().describe('Hexadecimal.'),
        policies: z.array(z.string()).describe("The provider's policies under which certificates of the CA are issued or were."),
        crlAddresses: z.array(z.string()).describe('As the certificates name them that the CA issued.'),
        ocspAddresses: z.array(z.string()),
        caIssuersAddresses: z.array(z.string()),
        crls: z.array(Crl).describe('Copies of its CRLs, newest first; the current one is at the address of the CRL.'),
      }),
    )
    .describe('CA certificates, each before those that its CA issued.'),
  otherCrls: z.array(Crl).describe('CRLs of CAs whose certificates are not here.'),
});

/** What belongs to an authority that its certificates do not say: the provider's policies under which it issues. */
export type PoliciesOf = (authority: Authority) => readonly string[];

/** `/api/v1/certificates.json`: the CA certificates and CRLs of the repository. */
export function certificatesJson(hierarchy: CaHierarchy, names: CertificateNames, policiesOf: PoliciesOf, absolute: (path: string) => string): string {
  const describeCrl = (crl: DeployedOf<'crl'>): z.infer<typeof Crl> => ({
    url: absolute(crlPath(crl, names)),
    sha256: crl.sha256,
    issuer: writeDistinguishedName(crl.facts.issuer),
    number: crlNumber(crl) ?? null,
    thisUpdate: crl.facts.thisUpdate.instant ?? null,
    nextUpdate: crl.facts.nextUpdate?.instant ?? null,
    entries: crl.facts.revokedCertificates.length,
  });
  const content: z.infer<typeof CertificatesJson> = {
    certificates: listAuthorities(hierarchy.roots).map((authority) => {
      const { certificate, crls } = authority;
      const { facts, sha256 } = certificate;
      const addresses = addressesOf(authority);
      return {
        sha256,
        url: absolute(`${CERTIFICATES_PATH}#${names.get(sha256)}`),
        der: absolute(certificatePath(authority, names, 'cer')),
        pem: absolute(certificatePath(authority, names, 'pem')),
        subject: writeDistinguishedName(facts.subject),
        issuer: writeDistinguishedName(facts.issuer),
        issuedBy: (certificate.signature === 'broken' ? undefined : certificate.issuer) ?? null,
        serialNumber: facts.serialNumber.hex,
        notBefore: facts.validity.notBefore.instant ?? null,
        notAfter: facts.validity.notAfter.instant ?? null,
        key: writeKey(facts.subjectPublicKeyInfo),
        signatureAlgorithm: facts.signatureAlgorithm.name ?? facts.signatureAlgorithm.oid,
        subjectKeyIdentifier: findExtension(facts, 'subjectKeyIdentifier')?.value?.keyIdentifier ?? null,
        policies: [...policiesOf(authority)],
        crlAddresses: [...addresses.crl],
        ocspAddresses: [...addresses.ocsp],
        caIssuersAddresses: [...addresses.caIssuers],
        crls: crls.map(describeCrl),
      };
    }),
    otherCrls: hierarchy.strayCrls.map(describeCrl),
  };
  return `${JSON.stringify(content, null, 1)}\n`;
}
