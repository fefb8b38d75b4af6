import type { CertificateFacts } from './certificate.ts';
import { findExtension } from './certificate-extension.ts';
import { attributeValues, writeDistinguishedName } from './distinguished-name.ts';
import { etsiPolicyOf, qcTypeOf } from './etsi-policy-oid.ts';
import type { QcStatement, QcStatementName, QcStatementValues } from './qc-statement.ts';
import type { Instant } from './time.ts';

/** What a certificate is for: signatures of natural persons, seals of legal persons, authentication of websites. */
export type Purpose = 'signature' | 'seal' | 'website';
export type Holder = 'natural-person' | 'pseudonym' | 'legal-person' | 'website' | 'unknown';

/** What a certificate says of itself, whether it is true or not. */
export interface CertificateSummary {
  subject: string;
  issuer: string;
  /** Hexadecimal. */
  serialNumber: string;
  /** Absent where it is no instant. Both seconds belong to the validity. */
  notBefore: Instant | undefined;
  notAfter: Instant | undefined;
  isCa: boolean;
  /** EU qualified, or qualified under the law of countries outside the EU, or not said to be qualified at all. */
  qualified: 'eu' | readonly string[] | undefined;
  /** Whether it says that the private key resides in a qualified signature or seal creation device. */
  qscd: boolean;
  /** As QcType says; without it, as the policies of ETSI that it names. */
  purposes: readonly Purpose[];
  holder: Holder;
  /** Roles of a payment service provider, and the authority that granted them. */
  psd2: QcStatementValues['PSD2'] | undefined;
  /** One that only signs OCSP responses. */
  isOcspSigner: boolean;
  /** Logged before the certificate itself was made; it never is valid (RFC 6962). */
  isPrecertificate: boolean;
  isShortTerm: boolean;
}

/** Reads what a certificate says of itself. */
export function summariseCertificate(facts: CertificateFacts): CertificateSummary {
  const statements = findExtension(facts, 'qcStatements')?.value?.statements ?? [];
  const purposes = findExtension(facts, 'extKeyUsage')?.value?.purposes ?? [];
  return {
    subject: writeDistinguishedName(facts.subject),
    issuer: writeDistinguishedName(facts.issuer),
    serialNumber: facts.serialNumber.hex,
    notBefore: facts.validity.notBefore.instant,
    notAfter: facts.validity.notAfter.instant,
    isCa: findExtension(facts, 'basicConstraints')?.value?.cA ?? false,
    qualified: readQualified(statements),
    qscd: findStatement(statements, 'QcSSCD') !== undefined,
    purposes: readPurposes(facts, statements),
    holder: readHolder(facts),
    psd2: findStatement(statements, 'PSD2')?.value,
    isOcspSigner: purposes.some(({ name }) => name === 'OCSPSigning'),
    isPrecertificate: findExtension(facts, 'precertificatePoison') !== undefined,
    isShortTerm: findExtension(facts, 'validityAssuredShortTerm') !== undefined,
  };
}

const findStatement = <Name extends QcStatementName>(statements: readonly QcStatement[], name: Name) =>
  statements.find((statement): statement is Extract<QcStatement, { name: Name }> => statement.name === name);

/** EN 319 412-5, 4.2.1 and 4.2.4: without countries, QcCompliance means the law of the EU. */
function readQualified(statements: readonly QcStatement[]): CertificateSummary['qualified'] {
  if (!findStatement(statements, 'QcCompliance')) return undefined;
  return findStatement(statements, 'QcCClegislation')?.value?.countries ?? 'eu';
}

const PURPOSES: Readonly<Record<string, Purpose>> = { esign: 'signature', eseal: 'seal', web: 'website' };

function readPurposes(facts: CertificateFacts, statements: readonly QcStatement[]): readonly Purpose[] {
  const types = findStatement(statements, 'QcType')?.value?.types.map(({ name }) => name ?? '') ?? [];
  const policies = findExtension(facts, 'certificatePolicies')?.value?.policies ?? [];
  const implied = policies.map(({ oid }) => qcTypeOf(etsiPolicyOf(oid)) ?? '');
  return [...new Set((types.length > 0 ? types : implied).flatMap((key) => PURPOSES[key] ?? []))];
}

/** EN 319 412-2, 4.2.4, 412-3, 4.2.1, and 412-4: by the attributes of the subject, and the names of hosts. */
function readHolder(facts: CertificateFacts): Holder {
  const { subject } = facts;
  const has = (...names: readonly string[]) => names.some((name) => attributeValues(subject, name).length > 0);
  if (has('pseudonym')) return 'pseudonym';
  if (has('givenName', 'surname')) return 'natural-person';
  if (isForHosts(facts)) return 'website';
  if (has('organizationIdentifier', 'organizationName')) return 'legal-person';
  return 'unknown';
}

function isForHosts(facts: CertificateFacts): boolean {
  const purposes = findExtension(facts, 'extKeyUsage')?.value?.purposes ?? [];
  const names = findExtension(facts, 'subjectAltName')?.value?.names ?? [];
  return purposes.some(({ name }) => name === 'serverAuth') || names.some(({ kind }) => kind === 'dNSName' || kind === 'iPAddress');
}
