import { z } from 'zod';
import { Oid } from './document.ts';
import type { Point } from './finding.ts';
import { isDate, isInstant } from './time.ts';

const Text = z.string().min(1).max(300);
/** Words in one language for all, or by language. */
const Words = z.union([Text, z.record(z.string().regex(/^[a-z]{2,3}$/, 'expected a language such as "en"'), Text)]);

/** Uses that an entry can have, as lists name them (TS 119 612, 5.5.9.4). */
export const SERVICE_USES = ['ForeSignatures', 'ForeSeals', 'ForWebSiteAuthentication'] as const;

/** Qualifiers that an entry can have for certificates of a policy (TS 119 612, 5.5.9.2.3), apart from those of the Directive. */
export const QUALIFIERS = [
  'QCStatement',
  'NotQualified',
  'QCForESig',
  'QCForESeal',
  'QCForWSA',
  'QCWithQSCD',
  'QCNoQSCD',
  'QCQSCDStatusAsInCert',
  'QCQSCDManagedOnBehalf',
  'QCForLegalPerson',
] as const;

const Since = z.string().refine((text) => isDate(text) || isInstant(text), 'expected a date such as 2023-03-01, or an instant such as 2023-03-01T09:00:00Z');

const ServicePolicy = z.strictObject({
  oid: Oid,
  /** What the list has to say of certificates of this policy, besides what they say themselves; all of it, and nothing else. */
  qualifiers: z.array(z.enum(QUALIFIERS)).max(20).default([]),
});

function refuseTwice(policies: readonly { oid: string }[], context: z.RefinementCtx): void {
  const seen = new Set<string>();
  for (const [index, { oid }] of policies.entries()) {
    if (seen.has(oid)) context.addIssue({ code: 'custom', path: [index, 'oid'], message: `expected each policy once; ${oid} stands twice` });
    seen.add(oid);
  }
}

/** One trust service of the provider with its entry in a trusted list. */
export const TrustService = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'expected a name such as "signatures"'),
  title: Words,
  entry: z.strictObject({
    /** As lists spell it: EL for Greece, UK for the United Kingdom. */
    country: z.string().regex(/^[A-Z]{2}$/, 'expected a country such as AT'),
    /** The provider's name, trade name or registration number, as the list has it. */
    provider: Text,
    type: Text.default('CA/QC'),
    /** SHA-256 fingerprint of the certificate that is the service's digital identity. */
    identity: z.string().regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 fingerprint: 64 digits of 0 to 9 and a to f'),
    uses: z.array(z.enum(SERVICE_USES)).max(3).default([]),
    /** From when on the entry has had this status. */
    since: Since,
  }),
  /** The policies whose certificates the service issues. */
  policies: z.array(ServicePolicy).max(100).default([]).superRefine(refuseTwice),
});
export type TrustService = z.infer<typeof TrustService>;

/** `content/services.yaml`. */
export const TrustServices = z
  .array(TrustService)
  .max(200)
  .superRefine((services, context) => {
    const seen = new Set<string>();
    for (const [index, { id }] of services.entries()) {
      if (seen.has(id)) context.addIssue({ code: 'custom', path: [index, 'id'], message: `expected a name that no other service has; "${id}" stands twice` });
      seen.add(id);
    }
  });

/** The services of a repository with the file that declares them. */
export interface DeclaredServices {
  services: readonly TrustService[];
  file: string;
  /** Place of each value, by path: `0.entry.country`. */
  fields: Readonly<Record<string, Point>>;
}
