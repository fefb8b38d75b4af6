import type { Base, Link, State, When } from './page.ts';
import type { ShownListing } from './trusted-list-page.ts';

/** How long a certificate holds. The states are those of versions: before it begins, while it holds, after it ended. */
export interface ShownValidity {
  from: When;
  /** Its last second; undefined where it has no well-defined end. */
  last: When | undefined;
  /** The first instant at which it no longer holds. */
  until: When | undefined;
  state: State;
  revoked: { at: When; reason: string | undefined } | undefined;
}

/** A copy of a CRL. */
export interface CrlRow {
  issuer: string;
  number: string | undefined;
  thisUpdate: When | undefined;
  /** Undefined where it names none, or none that will come: the last CRL of a CA. */
  nextUpdate: When | undefined;
  entries: number;
  download: Link;
}

/** A CA certificate and what belongs to its CA. */
export interface AuthorityEntry {
  /** Id of its place on the page. */
  anchor: string;
  name: string;
  subject: string;
  /** The certificate above it, linked where it is on the page; undefined where it signed itself. */
  issuer: { name: string; href: string | undefined } | undefined;
  serialNumber: string;
  key: string;
  signature: string;
  /** Undefined where it names no instants. */
  validity: ShownValidity | undefined;
  /** In groups of four digits. */
  sha256: readonly string[];
  sha1: readonly string[];
  keyIdentifier: readonly string[] | undefined;
  der: Link;
  pem: Link;
  /** A link where it is an address of the web, else as it stands in certificates. */
  addresses: { crl: readonly string[]; ocsp: readonly string[]; caIssuers: readonly string[] };
  policies: readonly (Link & { oid: string })[];
  crls: readonly CrlRow[];
  /** Declared services of which the certificate is the digital identity. */
  listings: readonly ShownListing[];
  subordinates: readonly AuthorityEntry[];
}

export interface CertificatesPage extends Base {
  kind: 'certificates';
  authorities: readonly AuthorityEntry[];
  /** CRLs of CAs whose certificates are not here. */
  otherCrls: readonly CrlRow[];
  /** SVG, drawn to scale. */
  validity: string;
  /** The same for programs. */
  json: string;
}
