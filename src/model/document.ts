import type { Heading, RootContent } from 'mdast';
import { z } from 'zod';
import { SIGNIFICANCES } from './change.ts';
import { Editions } from './edition.ts';
import type { Place } from './finding.ts';
import { OID } from './oid.ts';
import { isDate, parseInstant } from './time.ts';
import { VERSION_NUMBER } from './version-number.ts';

/** Types of governed texts: RFC 3647 (CP, CPS), EN 319 411-1 Annex A (PDS), terms, and EN 319 401 (TSPS). */
export const DOCUMENT_TYPES = ['CP', 'CPS', 'CP-CPS', 'PDS', 'TERMS', 'TSPS'] as const;
export type DocumentType = (typeof DOCUMENT_TYPES)[number];

/** Policies of EN 319 411-2 (qualified) and EN 319 411-1 that a policy of the provider can conform to. */
export const ETSI_POLICIES = [
  'QCP-n',
  'QCP-l',
  'QCP-n-qscd',
  'QCP-l-qscd',
  'QEVCP-w',
  'QNCP-w',
  'QNCP-w-gen',
  'LCP',
  'NCP',
  'NCP+',
  'EVCP',
  'OVCP',
  'IVCP',
  'DVCP',
] as const;

/** A language tag (BCP 47) as it stands in file names and addresses. */
export const Language = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'expected a language tag such as "en" or "de-AT"');
export type Language = z.infer<typeof Language>;

/** A document's id is a part of its address for ever, so it is short, plain, and none of the site's own words. */
const SITE_WORDS = [
  ...['in-force', 'policies', 'certificates', 'requirements', 'notices', 'api', 'search', 'pagefind', 'assets', 'dev'],
  // For assessors.
  ...['evidence', 'precedence', 'status'],
];
export const DocumentId = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'expected lower-case letters, digits and single hyphens, such as "cps"')
  .max(40, 'expected at most 40 characters')
  .refine((id) => !SITE_WORDS.includes(id), `expected none of the site's own words: ${SITE_WORDS.join(', ')}`);

/** A version number is kept as it is written. */
export const VersionNumber = z.string().regex(VERSION_NUMBER, 'expected a version number such as "2.1", in quotes').max(40, 'expected at most 40 characters');

/** An object identifier in dot notation (X.660): arcs 0 to 2, no leading zeros. */
export const Oid = z.string().regex(OID, 'expected an object identifier such as "1.3.6.1.4.1.99999.1.2.1"');

/** The name of a declared profile: that of its file. */
export const ProfileId = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'expected a profile\'s id such as "natural-person-qscd"');

const SectionReference = z.string().regex(/^[0-9A-Z][0-9A-Z.]*$/, 'expected a section number such as "1.4.1", in quotes');
const CalendarDate = z.string().refine(isDate, 'expected a date, YYYY-MM-DD');
const DateOrInstant = z
  .string()
  .refine((text) => parseInstant(text, 'UTC') !== undefined, 'expected a date, YYYY-MM-DD, or an instant such as 2026-02-01T09:00:00Z');

/** One certificate policy that a document governs or implements. */
export const Policy = z.strictObject({
  /** The policy's object identifier, as it stands in the certificates. */
  oid: Oid,
  /** Its name for people. */
  name: z.string().min(1),
  /** The policy of EN 319 411-2 or 411-1 that it conforms to. */
  conformsTo: z.enum(ETSI_POLICIES).optional(),
  /** The section with the explicit statement that certificates under it are EU qualified certificates. */
  qualified: z.strictObject({ statement: SectionReference }).optional(),
  /** Whether the key must reside in a QSCD, who manages the device, and the section that says so. */
  qscd: z
    .strictObject({
      required: z.enum(['true', 'false']).transform((text) => text === 'true'),
      managedBy: z.enum(['subject', 'tsp']).optional(),
      statement: SectionReference.optional(),
    })
    .optional(),
  /** The declared profile, `content/profiles/<profile>.yaml`. */
  profile: ProfileId.optional(),
});
export type Policy = z.infer<typeof Policy>;

/** Front matter of a governed text. Values are read as strings: `1.10` is not `1.1`. */
export const FrontMatter = z.strictObject({
  /** The document's id, which is its address on the site. */
  document: DocumentId,
  /** CP, CPS, CP-CPS (combined), PDS, TERMS or TSPS. */
  type: z.enum(DOCUMENT_TYPES),
  title: z.string().min(1),
  language: Language,
  /** The version's number, in quotes. */
  version: VersionNumber,
  /** Only approved texts can be registered. */
  status: z.enum(['draft', 'approved']),
  /** The day of approval and the body that approved. */
  approved: z.strictObject({ on: CalendarDate, by: z.string().min(1) }).optional(),
  /** From when the version applies: a date (midnight in the repository's time zone) or an instant. */
  effective: DateOrInstant,
  /** One or two sentences on what changed, written by a person for the notice. */
  changes: z.string().optional(),
  /** How far the change reaches, where the author judges it otherwise than is proposed, and why; the notice tells both. */
  significance: z.strictObject({ kind: z.enum(SIGNIFICANCES), reason: z.string().regex(/\S/, 'expected a sentence that says why') }).optional(),
  /** Editions of standards to which the text was written, `en-319-411-2: v2.6.1`; of others, those in use. */
  writtenTo: Editions.optional(),
  /** The policies that the document governs; a CPS names those of the CPs that it implements. */
  policies: z.array(Policy).default([]),
});
export type FrontMatter = z.infer<typeof FrontMatter>;

/** A comment by which a section says which requirements it meets or excludes; meaning is given to it by the check. */
export interface Mark {
  kind: 'meets' | 'excludes';
  text: string;
  place: Place;
}

/** A heading and what stands under it up to the next heading. */
export interface Section {
  /** The number as printed, without a final dot: `4.9.1`, `A.2`. Empty for a heading without one. */
  number: string;
  title: string;
  /** Unique in the document; the number where there is one, so that links survive a changed heading. */
  anchor: string;
  /** Components of the number, whatever the heading's own depth; the depth where there is no number. */
  level: number;
  /** The heading as written; undefined for what stands before the first one. */
  heading: Heading | undefined;
  blocks: readonly RootContent[];
  marks: readonly Mark[];
  place: Place;
}

/** One text in one language, parsed. */
export interface PolicyDocument {
  id: string;
  type: DocumentType;
  language: Language;
  title: string;
  /** Undefined where the text has none, as before a repository was adopted. */
  frontMatter: FrontMatter | undefined;
  /** In the order of the text. What stands before the first heading is a section without number and title. */
  sections: readonly Section[];
  file: string;
}

/** What the site and the rules need to know of a published text without parsing its body. */
export interface TextFacts {
  id: string;
  type: DocumentType;
  language: Language;
  title: string;
  frontMatter: FrontMatter | undefined;
  /** Whether a comment in it reads as a mark. */
  marked?: boolean;
  /** The web and directory addresses in it, each once; not there for none. */
  addresses?: readonly string[];
  /** The ids of the profiles that comments in it include; not there for none. */
  includes?: readonly string[];
}
