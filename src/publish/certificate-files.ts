import { type Authority, type CaHierarchy, listAuthorities, listCrls } from '../model/ca-hierarchy.ts';
import type { Deployed } from '../model/deployed.ts';
import type { Sha256 } from '../model/version.ts';

/** Below this lies all that is published of certificates. */
export const CERTIFICATES_PATH = '/certificates/';

/** The names under which CA certificates and CRLs are published, by their digests. */
export type CertificateNames = ReadonlyMap<Sha256, string>;

/** Elements of the page have these ids, which no certificate can have then. */
export const PAGE_IDS = ['content', 'validity-title', 'authorities-title', 'other-lists-title'] as const;

/**
 * Names for the addresses: those of their files, so that an address stays as long as a file keeps its name. Where one name
 * would stand for several certificates, all but the first, in the order of the files, have a part of their digest behind it.
 */
export function certificateNames(hierarchy: CaHierarchy): CertificateNames {
  const authorities = listAuthorities(hierarchy.roots);
  return new Map([
    ...nameAll(
      authorities.map(({ certificate }) => certificate),
      PAGE_IDS,
    ),
    ...nameAll(listCrls(hierarchy), []),
  ]);
}

function nameAll(items: readonly Deployed[], taken: readonly string[]): [Sha256, string][] {
  const names = new Set<string>(taken);
  const inOrder = items.toSorted((a, b) => (a.place.file < b.place.file ? -1 : a.place.file > b.place.file ? 1 : 0));
  return inOrder.map((item) => {
    const plain = nameOf(item.place.file);
    const name = names.has(plain) ? `${plain}-${item.sha256.slice(0, 16)}` : plain;
    names.add(name);
    return [item.sha256, name];
  });
}

/** A file's name without folders and ending, in characters that need no escape in an address. */
function nameOf(file: string): string {
  const base = file.slice(file.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');
  return (
    base
      .replace(/[^A-Za-z0-9.-]+/g, '-')
      .replace(/^[.-]+|[.-]+$/g, '')
      .toLowerCase() || 'certificate'
  );
}

const pathOf = (item: Deployed, names: CertificateNames, ending: string) => `${CERTIFICATES_PATH}${names.get(item.sha256)}.${ending}`;

/** Address of a CA certificate as DER or PEM. */
export const certificatePath = ({ certificate }: Pick<Authority, 'certificate'>, names: CertificateNames, form: 'cer' | 'pem') =>
  pathOf(certificate, names, form);

/** Address of a CRL. */
export const crlPath = (crl: Deployed, names: CertificateNames) => pathOf(crl, names, 'crl');

/** A certificate as PEM (RFC 7468). */
export function writePem({ der }: Pick<Deployed, 'der'>): string {
  let binary = '';
  for (const octet of der) binary += String.fromCharCode(octet);
  const lines = btoa(binary).match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
