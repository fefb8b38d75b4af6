import { z } from 'zod';
import { DOCUMENT_TYPES, DocumentId, Language } from './document.ts';
import { Editions } from './edition.ts';
import { RULE_SETS } from './finding.ts';
import { MOST_STARS } from './name-pattern.ts';
import { Practices } from './practice.ts';
import { isDate, isTimeZone } from './time.ts';
import { RepositoryPath } from './version.ts';

const wholeNumber = (name: string) =>
  z
    .string()
    .regex(/^\d{1,4}$/, `expected ${name} as a whole number`)
    .transform(Number);

const RuleName = z.string().regex(/^[a-z-]+\/[a-z-]+$/, 'expected a rule such as "form/dates-agree"');

const count = (pattern: string, part: string) => pattern.split(part).length - 1;

const NamePattern = z
  .string()
  .max(200)
  .refine((pattern) => count(pattern, '*') <= MOST_STARS, `expected at most ${MOST_STARS} stars in a pattern`);

/** A glob over tag names with one `{version}`; `*` stands for anything. */
const TagPattern = NamePattern.refine(
  (pattern) => count(pattern, '{version}') === 1 && count(pattern, '{date}') === 0,
  'expected a tag pattern with {version} in it once, such as "CPS-v{version}"',
);

/** A glob over paths with `{version}`, `{date}` or both. */
const FilePattern = NamePattern.refine(
  (pattern) => count(pattern, '{version}') <= 1 && count(pattern, '{date}') <= 1 && /\{(?:version|date)\}/.test(pattern),
  'expected a path with {version} or {date} in it, each once, such as "archive/cps-{version}-{date}.md"',
);

/** How `cartulary adopt` finds the versions that a repository already has. Without tags and files, `versionField` is `version`. */
export const Adopt = z.strictObject({
  /** Tags that name a version of this document; the first pattern that fits counts. */
  tags: z.array(TagPattern).default([]),
  /** Front matter key whose change makes a commit a version, `version` or `subtitle`; in a text without it, the words before the number on a line of their own. */
  versionField: z.string().min(1).max(100).optional(),
  /** Files kept one per version, for instance `archive/cps-{version}-{date}.md`. */
  files: z.array(FilePattern).default([]),
  /** A YAML file that gives effective dates by version, where front matter does not. */
  dates: RepositoryPath.optional(),
  /** The document that took this one's place; it is withdrawn when that one takes effect. */
  continuedBy: DocumentId.optional(),
});
export type Adopt = z.infer<typeof Adopt>;

/** A document whose text has no front matter of its own: what it would say. */
const DeclaredDocument = z.strictObject({
  /** The document's id, which is its address on the site. */
  id: DocumentId,
  type: z.enum(DOCUMENT_TYPES),
  title: z.string().min(1),
  /** Language of the text. */
  language: Language.default('en'),
  /** The text in the work tree and in older commits. */
  file: RepositoryPath,
  adopt: Adopt.optional(),
});
export type DeclaredDocument = z.infer<typeof DeclaredDocument>;

/** A finding that is accepted for a time, with the reason. */
const Waiver = z.strictObject({
  rule: RuleName,
  /** Only findings in this file. */
  file: RepositoryPath.optional(),
  reason: z.string().min(1),
  /** The last day on which the waiver counts. */
  until: z.string().refine(isDate, 'expected a date, YYYY-MM-DD'),
});

/** Root programmes that take part in the CCADB. */
const ROOT_PROGRAMMES = ['mozilla', 'chrome', 'apple', 'microsoft'] as const;

/** `cartulary.yaml`: who publishes, where, and how. Only `name`, `site` and `timeZone` must be given. */
export const Config = z.strictObject({
  /** The provider's name, as the site shows it. */
  name: z.string().min(1),
  /** Public address of the site: an https origin, with a path where it does not stand at the root. */
  site: z
    .url({ protocol: /^https?$/, error: 'expected the public address of the site, such as "https://repository.example.org"' })
    .max(300, 'expected at most 300 characters')
    .transform((url) => url.replace(/\/+$/, '')),
  /** IANA time zone in which a date means midnight. */
  timeZone: z.string().refine(isTimeZone, 'expected an IANA time zone such as "Europe/Vienna"'),
  /** Languages of the texts; the first one is the language in which a document's address opens. */
  languages: z.array(Language).min(1).default(['en']),
  /** Documents whose texts have no front matter. */
  documents: z.array(DeclaredDocument).default([]),
  /** Days that lie at least between publication and effect of a version. */
  noticePeriodDays: wholeNumber('days').default(0),
  /** Days after which a CP or CPS must have a new version at the latest; 0 where none is asked for. */
  reviewDays: wholeNumber('days').default(365),
  /** Root programmes whose participants keep their documents in the CCADB up to date; their days are then among the deadlines. */
  rootProgrammes: z.array(z.enum(ROOT_PROGRAMMES)).default([]),
  /** Which rules run, by what binds the provider: `etsi-qualified`, `mozilla`, `chrome`, `cabf-tls`, `cabf-smime`. Most rules are in every set. */
  ruleSets: z.array(z.enum(RULE_SETS)).min(1, 'expected at least one rule set').default(['etsi-qualified']),
  /** Editions of standards in use, `en-319-411-2: v2.6.1`; of others, the newest that ships. */
  editions: Editions.default({}),
  /** Declared facts about the operation on which conditional requirements depend. */
  practices: Practices.prefault({}),
  /** Severity of single rules in this repository: error, warning, info or off. */
  severities: z.record(RuleName, z.enum(['error', 'warning', 'info', 'off'])).default({}),
  /** Findings that are accepted for a time. */
  waivers: z.array(Waiver).default([]),
});
export type Config = z.infer<typeof Config>;
