import { z } from 'zod';
import { ETSI_POLICIES } from './document.ts';

const Text = z.string().regex(/\S/, 'expected a text that is not empty');
const yes = z.literal('true', 'expected "true", or no such key').transform(() => true);
const Day = z.string().regex(/^\d{4}-\d\d-\d\d$/, 'expected a day, such as "2025-06-01"');
const Month = z.string().regex(/^\d{4}-\d\d$/, 'expected a month, such as "2025-06"');
const Field = z.string().regex(/^[A-Za-z][\w.-]*$/, 'expected a field that src/check/certificate/fields.ts knows, such as "subject.countryName"');
const whole = (text: string): number => Number(text);
const Pattern = z.string().refine(isPattern, 'expected a regular expression');

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}

/** What a certificate is judged as: a policy of EN 319 411-1 or 411-2, qualified under a policy that is not known, or not qualified although it has QCStatements. */
export const JUDGED_AS = [...ETSI_POLICIES, 'unknown', 'none'] as const;
export type JudgedAs = (typeof JUDGED_AS)[number];

/** One question to a field of the certificate. */
const shape = {
  field: Field.optional(),
  is: z.enum(['present', 'absent', 'once', 'non-critical']).optional(),
  /** Every value matches; a field without values does. */
  each: Pattern.optional(),
  /** One value at least matches, where the field has any. */
  some: Pattern.optional(),
  /** Every value is one of these. */
  oneOf: z.array(Text).min(1).optional(),
  /** No value is one of these. */
  noneOf: z.array(Text).min(1).optional(),
  /** Every value stands in this list of the catalogues; `ignoreCase` as well in the other case. */
  in: Text.optional(),
  ignoreCase: yes.optional(),
  /** Every value is a number up to this. */
  atMost: z.string().regex(/^\d+$/).transform(whole).optional(),
  /** No value is also a value of that field, upper and lower case apart. */
  differsFrom: Field.optional(),
};
export const Condition = z.strictObject(shape);
export type Condition = z.infer<typeof Condition>;

/** What one certificate must show. */
export const CertificateCheck = z
  .strictObject({
    ...shape,
    /** Code, by its name in src/check/certificate/tests.ts; it looks at `field`, where there is one. */
    test: Text.optional(),
    /** Only where all of these hold. */
    when: z.array(Condition).default([]),
    /** Only for these of the requirement's policies. */
    policies: z.array(Text).min(1).optional(),
    subject: z.enum(['natural', 'legal']).optional(),
    /** Only for EU qualified certificates, or only for those qualified elsewhere. */
    legislation: z.enum(['EU', 'other']).optional(),
    /** Only for certificates of payment services, or only for others. */
    psd2: z.enum(['true', 'false']).optional(),
    /** Where it does not follow from the requirement's kind: shall error, should warning, may info. */
    severity: z.enum(['error', 'warning', 'info']).optional(),
    /** From when it binds, where that is later than what the requirement says. */
    since: Day.optional(),
    /** What was expected, in words, where the check itself does not say it well. */
    expected: Text.optional(),
  })
  .refine(({ field, test }) => field !== undefined || test !== undefined, 'expected a field or a test');
export type CertificateCheck = z.infer<typeof CertificateCheck>;

/** One requirement on certificates, described in our own words: the standard alone is authoritative. */
export const CertificateRequirement = z.strictObject({
  /** As the standard prints it; `clause-4.2.3` for a definition without a number. */
  id: z.string().regex(/^(?:[A-Z]{3}-[\d.]+(?:-\d{1,2}[A-Z]*)?|clause-[\d.]+)$/, 'expected an id such as "NAT-4.2.4-1"'),
  clause: Text,
  kind: z.enum(['shall', 'should', 'may', 'void']),
  /** Policies, or groups of them that the catalogue names. */
  policies: z.array(Text).default([]),
  subject: z.enum(['natural', 'legal']).optional(),
  summary: Text.max(260),
  /** From when it binds; certificates from before get a remark instead of an error. */
  since: Day.optional(),
  /** Whether one certificate is enough to judge it, or needs more, or nothing can; a gate only switches others. */
  decidable: z.enum(['yes', 'partly', 'no', 'gate']),
  checks: z.array(CertificateCheck).default([]),
  note: z.string().optional(),
});
export type CertificateRequirement = z.infer<typeof CertificateRequirement>;

const head = {
  /** As findings cite it: `ETSI EN 319 412-2`. */
  standard: Text,
  /** As keys name it: `412-2`. */
  short: z.string().regex(/^[a-z\d][a-z\d-]*$/),
  edition: Text,
  published: Month,
  requirements: z.array(CertificateRequirement).min(1),
};

/** Requirements of another standard that speak of certificates: its own catalogue describes them, here is what a certificate shows. */
export const Companion = z.strictObject(head);

/** The requirements of one edition on certificates, as data: `content/requirements/<standard>/<edition>.yaml`. */
export const CertificateCatalogue = z.strictObject({
  ...head,
  title: Text,
  /** Who reviewed the data, when, and what of it. */
  reviewed: z.array(z.strictObject({ by: Text, on: Day, of: Text })).min(1),
  sources: z.array(Text).min(1),
  /** Before this day nothing of it binds: the edition's forerunners were not yet in force. */
  since: Day,
  /** Names for sets of policies. */
  groups: z.record(z.string(), z.array(z.enum(JUDGED_AS)).min(1)).default({}),
  /** Whom the requirements reach only by analogy: their errors become warnings. */
  byAnalogy: z.array(z.strictObject({ policy: z.enum(JUDGED_AS), subject: z.enum(['natural', 'legal']), because: Text })).default([]),
  /** Codes of other standards, separated by spaces. */
  lists: z.record(z.string(), Text).default({}),
  /** Places where the source is unclear, and how this catalogue reads them. */
  readings: z.array(z.strictObject({ at: Text, issue: Text, reading: Text })).default([]),
  companions: z.array(Companion).default([]),
});
export type CertificateCatalogue = z.infer<typeof CertificateCatalogue>;

/** A requirement as the program judges by it: policies without groups, the date filled in, nothing that no check needs. */
export interface CertificateRule {
  readonly id: string;
  readonly kind: CertificateRequirement['kind'];
  readonly policies: readonly JudgedAs[];
  readonly subject?: 'natural' | 'legal' | undefined;
  readonly since: string;
  /** What the standard asks for, in our own words. */
  readonly summary: string;
  readonly checks: readonly CertificateCheck[];
}

/** One standard's rules. */
export interface CertificateStandard {
  readonly standard: string;
  readonly short: string;
  readonly edition: string;
  readonly published: string;
  readonly byAnalogy: readonly Pick<CertificateCatalogue['byAnalogy'][number], 'policy' | 'subject'>[];
  readonly rules: readonly CertificateRule[];
}

/** All that certificates are judged by, as it ships and as a browser loads it. */
export interface CertificateStandards {
  readonly standards: readonly CertificateStandard[];
  readonly lists: Readonly<Record<string, string>>;
}

/** Puts catalogues into the form that certificates are judged by. Throws for a policy or group that there is not. */
export function prepareStandards(catalogues: readonly CertificateCatalogue[]): CertificateStandards {
  const standards = catalogues.flatMap((catalogue) => [catalogue, ...catalogue.companions].map((part) => prepareStandard(part, catalogue)));
  return { standards, lists: Object.assign({}, ...catalogues.map(({ lists }) => lists)) as Record<string, string> };
}

function prepareStandard(part: z.infer<typeof Companion>, { groups, byAnalogy, since }: CertificateCatalogue): CertificateStandard {
  const { standard, short, edition, published, requirements } = part;
  const resolve = (name: string): readonly JudgedAs[] => {
    const policies = groups[name] ?? JUDGED_AS.filter((policy) => policy === name);
    if (policies.length === 0) throw new Error(`The catalogue of ${standard} names "${name}", which is neither a policy nor one of its groups.`);
    return policies;
  };
  const rules = requirements
    .filter(({ checks }) => checks.length > 0)
    .map(({ id, kind, policies, subject, summary, checks, since: own }) => ({
      id,
      kind,
      policies: [...new Set(policies.flatMap(resolve))],
      ...(subject && { subject }),
      since: own ?? since,
      summary,
      checks: checks.map((check) => ({ ...check, ...(check.policies && { policies: check.policies.flatMap(resolve) }) })),
    }));
  return { standard, short, edition, published, byAnalogy: byAnalogy.map(({ policy, subject }) => ({ policy, subject })), rules };
}
