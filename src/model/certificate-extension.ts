import type { Asn1Text, Asn1Time, NamedOid } from './asn1.ts';
import type { GeneralName, NameAttribute } from './distinguished-name.ts';
import type { QcStatement } from './qc-statement.ts';
import type { Instant } from './time.ts';

/** The bits of keyUsage, in their order (RFC 5280, 4.2.1.3). */
export const KEY_USAGES = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const;
export type KeyUsage = (typeof KEY_USAGES)[number];

/** The bits of ReasonFlags, in their order (RFC 5280, 4.2.1.13). */
export const REASON_FLAGS = [
  'unused',
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  'privilegeWithdrawn',
  'aACompromise',
] as const;
export type ReasonFlag = (typeof REASON_FLAGS)[number];

/** Reasons of revocation by their number (RFC 5280, 5.3.1); 7 is not used. */
export const REVOCATION_REASONS = [
  'unspecified',
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  undefined,
  'removeFromCRL',
  'privilegeWithdrawn',
  'aACompromise',
] as const;

export type PolicyQualifier =
  | { readonly at: string; readonly kind: 'cps'; readonly uri: string }
  | { readonly at: string; readonly kind: 'userNotice'; readonly explicitText?: Asn1Text; readonly noticeRef?: NoticeReference }
  | { readonly at: string; readonly kind: 'other'; readonly oid: string; readonly hex?: string };
export interface NoticeReference {
  readonly at: string;
  readonly organization: Asn1Text;
  readonly noticeNumbers: readonly number[];
}

/** One certificate policy with its qualifiers. */
export interface PolicyInformation extends NamedOid {
  readonly qualifiers: readonly PolicyQualifier[];
}

export interface DistributionPointName {
  readonly fullName?: readonly GeneralName[];
  readonly nameRelativeToCRLIssuer?: readonly NameAttribute[];
}
export interface DistributionPoint extends DistributionPointName {
  readonly at: string;
  readonly reasons?: readonly ReasonFlag[];
  readonly cRLIssuer?: readonly GeneralName[];
}

/** One entry of authority or subject information access: how, and where. */
export interface AccessDescription extends NamedOid {
  readonly location: GeneralName;
}

export interface GeneralSubtree {
  readonly at: string;
  readonly base: GeneralName;
  readonly minimum: number;
  readonly maximum?: number;
}

/** An attribute of subjectDirectoryAttributes. Values that are neither texts nor times are hexadecimal DER after `#`. */
export interface DirectoryAttribute extends NamedOid {
  readonly values: readonly string[];
}

/** A signed certificate timestamp (RFC 6962): the log, and when it saw the certificate. */
export interface SignedTimestamp {
  readonly version: number;
  readonly logId: string;
  readonly timestamp?: Instant;
}

type Nothing = Readonly<Record<never, never>>;

/** What each known extension of certificates, CRLs, their entries, and OCSP responses says, by its name. */
export interface ExtensionValues {
  authorityKeyIdentifier: {
    readonly keyIdentifier?: string;
    readonly authorityCertIssuer?: readonly GeneralName[];
    readonly authorityCertSerialNumber?: string;
  };
  subjectKeyIdentifier: { readonly keyIdentifier: string };
  keyUsage: { readonly usages: readonly KeyUsage[] };
  privateKeyUsagePeriod: { readonly notBefore?: Asn1Time; readonly notAfter?: Asn1Time };
  certificatePolicies: { readonly policies: readonly PolicyInformation[] };
  policyMappings: { readonly mappings: readonly { readonly at: string; readonly issuerDomainPolicy: string; readonly subjectDomainPolicy: string }[] };
  subjectAltName: { readonly names: readonly GeneralName[] };
  issuerAltName: { readonly names: readonly GeneralName[] };
  subjectDirectoryAttributes: { readonly attributes: readonly DirectoryAttribute[] };
  basicConstraints: { readonly cA: boolean; readonly pathLenConstraint?: number };
  nameConstraints: { readonly permittedSubtrees?: readonly GeneralSubtree[]; readonly excludedSubtrees?: readonly GeneralSubtree[] };
  policyConstraints: { readonly requireExplicitPolicy?: number; readonly inhibitPolicyMapping?: number };
  extKeyUsage: { readonly purposes: readonly NamedOid[] };
  cRLDistributionPoints: { readonly points: readonly DistributionPoint[] };
  freshestCRL: { readonly points: readonly DistributionPoint[] };
  inhibitAnyPolicy: { readonly skipCerts: number };
  authorityInfoAccess: { readonly descriptions: readonly AccessDescription[] };
  subjectInfoAccess: { readonly descriptions: readonly AccessDescription[] };
  qcStatements: { readonly statements: readonly QcStatement[] };
  /** The validity-assured short-term certificate of EN 319 412-1, 5.2. */
  validityAssuredShortTerm: Nothing;
  noRevAvail: Nothing;
  ocspNoCheck: Nothing;
  tlsFeature: { readonly features: readonly number[] };
  cabfOrganizationIdentifier: { readonly scheme: string; readonly country: string; readonly stateOrProvince?: string; readonly reference: string };
  signedCertificateTimestamps: { readonly timestamps: readonly SignedTimestamp[] };
  precertificatePoison: Nothing;
  /** A number too long for a machine's integer is decimal text. */
  cRLNumber: { readonly number: string };
  deltaCRLIndicator: { readonly baseCRLNumber: string };
  issuingDistributionPoint: DistributionPointName & {
    readonly onlyContainsUserCerts: boolean;
    readonly onlyContainsCACerts: boolean;
    readonly onlySomeReasons?: readonly ReasonFlag[];
    readonly indirectCRL: boolean;
    readonly onlyContainsAttributeCerts: boolean;
  };
  expiredCertsOnCRL: { readonly since: Asn1Time };
  reasonCode: { readonly code: number; readonly reason?: string };
  invalidityDate: { readonly date: Asn1Time };
  certificateIssuer: { readonly names: readonly GeneralName[] };
  archiveCutoff: { readonly since: Asn1Time };
  ocspNonce: { readonly nonce: string };
  ocspExtendedRevoke: Nothing;
}
export type ExtensionName = keyof ExtensionValues;

interface AnyExtension {
  readonly at: string;
  readonly oid: string;
  readonly critical: boolean;
  /** The content of extnValue in hexadecimal. */
  readonly hex: string;
}

/** One extension. `value` is absent where its content cannot be decoded; an irregularity then says why. */
export type Extension =
  | { [Name in ExtensionName]: AnyExtension & { readonly name: Name; readonly value?: ExtensionValues[Name] } }[ExtensionName]
  | (AnyExtension & { readonly name?: undefined; readonly value?: undefined });

/** The extension of this name, the first where it stands twice. */
export function findExtension<Name extends ExtensionName>(facts: { readonly extensions: readonly Extension[] }, name: Name) {
  return facts.extensions.find((extension): extension is Extract<Extension, { name: Name }> => extension.name === name);
}
