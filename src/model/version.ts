import { z } from 'zod';
import { DocumentId, Language, ProfileId, VersionNumber } from './document.ts';
import type { Point } from './finding.ts';
import { MARK_NAME } from './mark.ts';
import { isInstant } from './time.ts';

/** SHA-256 digest, 64 lower-case hexadecimal digits. */
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 digest: 64 hexadecimal digits');
export type Sha256 = z.infer<typeof Sha256>;

/** `previous` of the first entry: there is none before it. */
export const NO_ENTRY: Sha256 = '0'.repeat(64);

const RegisterInstant = z.string().refine(isInstant, 'expected an instant in UTC such as 2026-01-31T23:00:00Z');

/** A path inside the repository: relative, forward slashes, no way out. */
export const RepositoryPath = z
  .string()
  .min(1)
  .max(500)
  .refine(
    (path) => !/^[/\\]|^[A-Za-z]:|\\|\0|(^|\/)\.\.?(\/|$)|(^|\/)\.git(\/|$)/i.test(path),
    'expected a path inside the repository, such as policies/cps.md',
  );

/** Where the bytes of a text are: a git object, or (without `blob`) a file kept in the work tree, for what is older than git. */
export const VersionFile = z.strictObject({
  path: RepositoryPath,
  blob: z
    .string()
    .regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/, 'expected the id of a git blob')
    .optional(),
  sha256: Sha256,
});
export type VersionFile = z.infer<typeof VersionFile>;

const common = {
  /** The document's id. */
  document: DocumentId,
  /** When the entry's fact was made public. */
  published: RegisterInstant,
  /** Where the facts come from, for entries that `cartulary adopt` wrote. */
  note: z.string().min(1).optional(),
  /** SHA-256 of the entry before this one, as it stands in the file. */
  previous: Sha256,
};

/** The marks of a version that its authors have read again against its text and the standards: all, or by their names. */
export const Confirms = z.union([z.literal('all'), z.array(z.string().regex(MARK_NAME, 'expected what a mark names, such as "411-2:OVR-5.1-09"')).min(1)], {
  error: 'expected "all", or a list of what marks name, such as [411-2:OVR-5.1-09]',
});
export type Confirms = z.infer<typeof Confirms>;

/** The declared profiles that a version states, by their ids: the bytes of each as they were then. */
const BoundProfiles = z
  .record(ProfileId, VersionFile)
  .refine((profiles) => Object.keys(profiles).length > 0, 'expected at least one profile with its path, blob and sha256');

/** One immutable text of a document, in all its languages. Without files it is known by name, its text is not held. */
export const Version = z.strictObject({
  ...common,
  version: VersionNumber,
  effective: RegisterInstant,
  files: z.record(Language, VersionFile).default({}),
  profiles: BoundProfiles.optional(),
  confirms: Confirms.optional(),
});

/** The end of a document. */
export const Withdrawal = z.strictObject({
  ...common,
  withdrawn: RegisterInstant,
  reason: z.string().min(1),
  continuedBy: DocumentId.optional(),
});

/** An effective date moved before it came. */
export const Rescheduling = z.strictObject({
  ...common,
  version: VersionNumber,
  rescheduled: RegisterInstant,
  reason: z.string().min(1),
});

/** A dated, numbered correction that stands beside a published text and never alters it. */
export const Erratum = z.strictObject({
  ...common,
  version: VersionNumber,
  erratum: z
    .string()
    .regex(/^[1-9]\d{0,3}$/, 'expected a number, 1 for the first erratum of a version')
    .transform(Number),
  section: z.string().min(1).max(40).optional(),
  text: z.string().min(1),
});

/** What the text of a version that is registered already states, in a form for machines. */
export const Declaration = z.strictObject({
  ...common,
  version: VersionNumber,
  profiles: BoundProfiles,
});

/** Where an entry stands in the register, and the digest that the next one must name. */
interface Stand {
  digest: Sha256;
  start: Point;
  /** Place of each field's value, for findings. */
  fields: Readonly<Record<string, Point>>;
}
export type VersionEntry = z.infer<typeof Version> & { kind: 'version' } & Stand;
export type WithdrawalEntry = z.infer<typeof Withdrawal> & { kind: 'withdrawal' } & Stand;
export type ReschedulingEntry = z.infer<typeof Rescheduling> & { kind: 'rescheduling' } & Stand;
export type ErratumEntry = z.infer<typeof Erratum> & { kind: 'erratum' } & Stand;
export type DeclarationEntry = z.infer<typeof Declaration> & { kind: 'declaration' } & Stand;
export type RegisterEntry = VersionEntry | WithdrawalEntry | ReschedulingEntry | ErratumEntry | DeclarationEntry;
/** Entries that change what holds or how it reads, of which subscribers are told. */
export type NewsEntry = Exclude<RegisterEntry, DeclarationEntry>;
export const isNews = (entry: RegisterEntry): entry is NewsEntry => entry.kind !== 'declaration';

/** The append-only list of versions, in the order of the file. */
export interface Register {
  entries: readonly RegisterEntry[];
  /** The digest of the last entry as the file's last line names it, so that a change of the last entry shows too. */
  last: Sha256 | undefined;
}

/** Languages of a version, that of its own address first: the site's first language that the version has. */
export function versionLanguages(entry: Pick<VersionEntry, 'files'>, preferred: readonly string[]): string[] {
  const rank = (language: string) => (preferred.includes(language) ? preferred.indexOf(language) : preferred.length);
  return Object.keys(entry.files).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}
