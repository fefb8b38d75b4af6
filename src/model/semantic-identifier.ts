/** The parts of an identifier in the form of EN 319 412-1, 5.1.3 and 5.1.4; TS 119 495, 5.2.1, for payment services. */
export interface SemanticIdentifier {
  /** Three letters (`VAT`, `NTR`, `PSD`, `LEI`, …), or the two letters of a national scheme. */
  readonly scheme: string;
  /** The scheme is a national one, written with a colon. */
  readonly national: boolean;
  /** ISO 3166-1, or a prefix such as `EL`, `EU`, `XG`. */
  readonly country: string;
  /** The part of the country whose register it is, after a plus sign. */
  readonly region?: string;
  /** Who authorised a payment service provider, in the scheme `PSD` only. */
  readonly authority?: string;
  /** What follows the hyphen. */
  readonly reference: string;
}

const FORM = /^(?:([A-Z]{3})|([A-Z]{2}):)([A-Z]{2})(?:\+([A-Z0-9]{1,3}))?-(.+)$/su;
const AUTHORISED = /^([A-Z]{2,8})-(.+)$/su;

/**
 * Reads an organizationIdentifier or a subject's serialNumber by its form. Undefined where it has another: then it is
 * free text, unless a semantics identifier in the certificate says that it must have this one.
 */
export function parseSemanticIdentifier(text: string): SemanticIdentifier | undefined {
  const [, scheme, nationalScheme, country, region, reference] = FORM.exec(text) ?? [];
  if (country === undefined || reference === undefined) return undefined;
  const parts = { scheme: scheme ?? nationalScheme ?? '', national: scheme === undefined, country, ...(region !== undefined && { region }) };
  const [, authority, number] = scheme === 'PSD' ? (AUTHORISED.exec(reference) ?? []) : [];
  return authority !== undefined && number !== undefined ? { ...parts, authority, reference: number } : { ...parts, reference };
}
