import type { NamedOid } from './asn1.ts';
import type { GeneralName } from './distinguished-name.ts';

/** An address of a PKI disclosure statement with its language. */
export interface PdsLocation {
  readonly at: string;
  readonly url: string;
  readonly language: string;
}

/** What each known statement says (EN 319 412-5 Annex B, RFC 3739, TS 119 495), by the statement's name. */
export interface QcStatementValues {
  QcCompliance: Readonly<Record<never, never>>;
  QcSSCD: Readonly<Record<never, never>>;
  QcType: { readonly types: readonly NamedOid[] };
  QcPDS: { readonly locations: readonly PdsLocation[] };
  /** The limit is amount × 10^exponent. A currency is three letters or a number, both of ISO 4217. */
  QcLimitValue: { readonly currency: string | number; readonly amount: number; readonly exponent: number };
  QcRetentionPeriod: { readonly years: number };
  QcCClegislation: { readonly countries: readonly string[] };
  QcIdentMethod: { readonly methods: readonly NamedOid[] };
  QcQSCDlegislation: { readonly countries: readonly string[] };
  /** What a payment service provider may do, and the national competent authority that says so. */
  PSD2: { readonly roles: readonly PspRole[]; readonly authorityName: string; readonly authorityId: string };
  'pkixQCSyntax-v1': SemanticsInformation;
  'pkixQCSyntax-v2': SemanticsInformation;
}
export type QcStatementName = keyof QcStatementValues;

/** A role of a payment service provider: its OID with the name that TS 119 495 gives it, and the name that the certificate gives it. */
export interface PspRole extends NamedOid {
  readonly roleName: string;
}

export interface SemanticsInformation {
  readonly semanticsIdentifier?: NamedOid;
  readonly nameRegistrationAuthorities?: readonly GeneralName[];
}

interface AnyQcStatement {
  readonly at: string;
  readonly oid: string;
  /** The DER of statementInfo in hexadecimal; absent where the statement has none. */
  readonly hex?: string;
}

/** A statement. `value` is absent where its content cannot be decoded; an irregularity then says why. */
export type QcStatement =
  | { [Name in QcStatementName]: AnyQcStatement & { readonly name: Name; readonly value?: QcStatementValues[Name] } }[QcStatementName]
  | (AnyQcStatement & { readonly name?: undefined; readonly value?: undefined });
