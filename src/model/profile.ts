import { z } from 'zod';
import { Oid } from './document.ts';
import { isField, PROFILE_KINDS } from './profile-field.ts';

export { wordsIn } from './words-in-language.ts';

const Text = z.string().min(1).max(1000);
/** Words in one language for all, or by language. */
const Words = z.union([Text, z.record(z.string().regex(/^[a-z]{2,3}$/, 'expected a language such as "en"'), Text)]);
const Amount = z
  .string()
  .regex(/^\d{1,12}(\.\d{1,6})?$/, 'expected a number')
  .transform(Number);

const SectionNumber = z.string().regex(/^[0-9A-Z][0-9A-Z.]*$/, 'expected a section number such as "7.1.2", in quotes');
const Values = z.array(Text).min(1).max(100);

/** What a field must say; everything that is given must hold. Without any of it, only its presence counts. */
const Value = z
  .strictObject({
    /** Just these values, in any order. */
    exactly: Values.optional(),
    /** These values at least. */
    includes: Values.optional(),
    /** Each value is one of these. */
    oneOf: Values.optional(),
    /** Each value has one of these forms: `*` stands for anything, `?` for one character, `#` for one digit. */
    like: Values.optional(),
    /** The value as a number: days of validity, hours to the next update, octets of a serial number. */
    atLeast: Amount.optional(),
    atMost: Amount.optional(),
    /** How many values there are. */
    countAtLeast: Amount.optional(),
    countAtMost: Amount.optional(),
    /** What the value must be in words, where no machine can tell. */
    words: Words.optional(),
  })
  .refine(
    (value) => Object.keys(value).length > 0,
    'expected at least one of exactly, includes, oneOf, like, atLeast, atMost, countAtLeast, countAtMost and words',
  );

const Row = z.strictObject({
  /** Stable name of the row in this profile. */
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'expected a name such as "key-usage"'),
  field: Text,
  presence: z.enum(['required', 'optional', 'forbidden']).default('required'),
  /** Of extensions: whether they are critical. Not given, it does not count. */
  critical: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional(),
  /** Holds where the field is there. */
  value: Value.optional(),
  /** The section that states it, where it is another than the profile's. */
  section: SectionNumber.optional(),
  note: Words.optional(),
});

/** The parts of certificates, CRLs and OCSP responses in which fields can stand that a profile does not name. */
export const OPEN_PARTS = ['subject', 'extensions', 'singleExtensions', 'qcStatements', 'entries'] as const;
export type OpenPart = (typeof OPEN_PARTS)[number];

const EXAMPLE = 'extensions.authorityKeyIdentifier';

/** `content/profiles/<id>.yaml`: what the certificates under a policy look like, or the CRLs and OCSP responses, as the provider declares it. */
export const Profile = z
  .strictObject({
    kind: z.enum(PROFILE_KINDS).default('certificate'),
    title: Words,
    /** The policy whose certificates have this profile; none for CA certificates, CRLs and OCSP responses. */
    policy: Oid.optional(),
    /** Common names of the CAs that issue by it; any, where none is named. */
    issuers: z.array(Text).max(50).default([]),
    /** The section that states it. */
    section: SectionNumber,
    /** Parts in which fields that no row names may stand; everywhere else they are forbidden. */
    others: z.array(z.enum(OPEN_PARTS)).default([]),
    rows: z.array(Row).min(1).max(200),
  })
  .superRefine(({ kind, rows }, context) => {
    const seen = new Set<string>();
    const fields = new Set<string>();
    for (const [index, { id, field, presence, critical, value }] of rows.entries()) {
      const refuse = (path: string, message: string) => context.addIssue({ code: 'custom', path: ['rows', index, path], message });
      if (!isField(kind, field))
        refuse(
          'field',
          `expected a field of a profile of kind ${kind}, such as "${kind === 'ocsp-response' ? 'nextUpdate' : EXAMPLE}", or its OID where it has no name`,
        );
      if (seen.has(id)) refuse('id', `expected a name that no other row has; "${id}" stands twice`);
      if (fields.has(field)) refuse('field', `expected a field that no other row has; "${field}" stands twice`);
      if (presence === 'forbidden' && (value || critical !== undefined))
        refuse('presence', 'expected neither a value nor criticality for a field that is forbidden');
      if (critical !== undefined && !/^(extensions|singleExtensions)\.([^.]+|\d[\d.]*)$/.test(field))
        refuse('critical', 'expected criticality for extensions only');
      seen.add(id);
      fields.add(field);
    }
  });
export type ProfileData = z.infer<typeof Profile>;
export type ProfileRow = ProfileData['rows'][number];
export type ProfileValue = NonNullable<ProfileRow['value']>;

/** A profile with its name, which is that of its file. */
export interface Profile extends ProfileData {
  id: string;
}
