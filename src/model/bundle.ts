import { z } from 'zod';
import { DocumentId, Language, ProfileId, VersionNumber } from './document.ts';
import { changesInForce, inForce, readTimelines, type VersionSpan } from './in-force.ts';
import { type Instant, isDate, isInstant, midnight } from './time.ts';
import { type Register, Sha256 } from './version.ts';

/** The files by which a bundle is known: what is in it, and the digest of each file as `sha256sum -c` reads it. */
export const BUNDLE_MANIFEST = 'manifest.json';
export const BUNDLE_SUMS = 'SHA256SUMS';
export const BUNDLE_INDEX = 'index.html';
export const BUNDLE_STATEMENTS = 'statements.json';
export const BUNDLE_EVIDENCE = 'evidence.json';
export const BUNDLE_PROOF = 'trusted-list-proof.json';

/** What a path in a bundle looks like: relative, of plain characters, with no way out. */
export const BUNDLE_PATH = /^(?!.*\.(\/|$))[A-Za-z0-9_+=@,%.-]+(\/[A-Za-z0-9_+=@,%.-]+)*$/;

/** A path in which every other character is written as in an address: `%20`. */
export const toBundlePath = (path: string): string => path.replace(/[^A-Za-z0-9_+=@,./-]|\.(?=\/|$)/gu, escapeCharacter);

const escapeCharacter = (character: string): string =>
  Array.from(new TextEncoder().encode(character), (octet) => `%${octet.toString(16).toUpperCase().padStart(2, '0')}`).join('');

const InstantText = z.string().refine(isInstant, 'expected an instant in UTC such as 2025-01-14T23:00:00Z');
const Day = z.string().refine(isDate, 'expected a day of the calendar such as 2025-12-31');
const Path = z.string().max(300).regex(BUNDLE_PATH, 'expected a path in the bundle');
const Held = { sha256: Sha256, blob: z.string().nullable() };

const BundledText = z.strictObject({
  language: Language,
  /** The source as it was registered, byte for byte. */
  source: Path,
  /** The same for reading; null for what is not Markdown. */
  page: Path.nullable(),
  ...Held,
});

const BundledVersion = z.strictObject({
  document: DocumentId,
  title: z.string(),
  version: VersionNumber,
  published: InstantText,
  from: InstantText,
  until: InstantText.nullable(),
  errata: z.array(z.strictObject({ number: z.number(), section: z.string().nullable(), published: InstantText, text: z.string() })),
  texts: z.array(BundledText),
  profiles: z.array(z.strictObject({ id: ProfileId, source: Path, ...Held })),
  /** What the version changed, as it was told; by language. */
  notices: z.array(z.strictObject({ language: Language, text: Path, json: Path })),
  /** Where it states the requirements; null where it bears no marks. */
  matrix: z.strictObject({ json: Path, csv: Path, xlsx: Path }).nullable(),
});
export type BundledVersion = z.infer<typeof BundledVersion>;

/** All but the files, which is what the page of a bundle is made from. */
const head = {
  format: z.literal('cartulary-bundle/1'),
  says: z.string(),
  provider: z.string(),
  site: z.string(),
  timeZone: z.string(),
  audience: z.enum(['public', 'assessor']),
  /** By which release of Cartulary it was made. */
  release: z.string(),
  /** The first and the last day, both in the period; the instants at which it begins, and before which it ends. */
  period: z.strictObject({ from: Day, to: Day, begins: InstantText, ends: InstantText }),
  /** Copies of files of the repository have the paths that they have there. */
  register: z.strictObject({ path: Path, entries: z.number(), last: Sha256.nullable() }),
  versions: z.array(BundledVersion),
  /** Texts of later versions whose marks say what the sections before them were about. */
  marking: z.array(z.strictObject({ document: DocumentId, version: VersionNumber, language: Language, source: Path, ...Held })),
  /** What was in force between any two changes, by document. */
  intervals: z.array(z.strictObject({ from: InstantText, until: InstantText, inForce: z.record(DocumentId, VersionNumber.nullable()) })),
  /** What is not in it, and why. */
  leftOut: z.array(z.strictObject({ what: z.string(), why: z.string() })),
};

/** `manifest.json`: what a bundle is, what it holds and what it does not. */
export const BundleManifest = z.strictObject({
  ...head,
  /** Every file but this one and SHA256SUMS. */
  files: z.record(Path, z.strictObject({ sha256: Sha256, size: z.number().int().nonnegative(), says: z.string() })),
});
export type BundleManifest = z.infer<typeof BundleManifest>;
export type BundleHead = Omit<BundleManifest, 'files'>;

const StatementPlace = z.strictObject({
  document: DocumentId,
  version: VersionNumber,
  from: InstantText,
  until: InstantText.nullable(),
  edition: z.string(),
  language: Language,
  section: z.string(),
  title: z.string(),
  anchor: z.string(),
  page: Path,
  /** Of the text whose section it is. */
  sha256: Sha256,
  /** The mark names the clause of the standard, not the requirement itself. */
  byClause: z.boolean(),
  /** Where the text has no marks itself: the version whose mark it is, the section there, and whether both have the same words. */
  marked: z.strictObject({ version: VersionNumber, anchor: z.string(), wording: z.enum(['same', 'other']) }).nullable(),
});
export type StatementPlace = z.infer<typeof StatementPlace>;

const Statement = z.strictObject({
  standard: z.string(),
  short: z.string(),
  id: z.string(),
  clause: z.string(),
  summary: z.string(),
  kind: z.enum(['shall', 'should', 'may']),
  /** The sections that state it, the oldest first. */
  stated: z.array(StatementPlace),
  excluded: z.array(StatementPlace.extend({ reason: z.string() })),
  /** Ids of the items of the evidence index that name it; of those that do not, the ids of items that are about a section that states it. */
  evidence: z.array(z.string()),
  evidenceOfSections: z.array(z.string()),
});
export type Statement = z.infer<typeof Statement>;

/** `statements.json`: which section of which version stated a requirement, and from when until when that was in force. */
export const BundleStatements = z.strictObject({ note: z.string(), statements: z.array(Statement) });
export type BundleStatements = z.infer<typeof BundleStatements>;

const BundledEvidence = z.strictObject({
  id: z.string(),
  title: z.string(),
  kind: z.string(),
  requirements: z.array(z.string()),
  sections: z.array(z.string()),
  kept: z.string(),
  owner: z.string(),
  verified: Day,
  result: z.string(),
  remark: z.string().nullable(),
  lastValidDay: Day,
  certifies: z.string().nullable(),
  covers: z.strictObject({ from: Day, to: Day }).nullable(),
});
export type BundledEvidence = z.infer<typeof BundledEvidence>;

/** `evidence.json`: the items of the evidence index. */
export const BundleEvidence = z.strictObject({ items: z.array(BundledEvidence) });
export type BundleEvidence = z.infer<typeof BundleEvidence>;

export type BundlePeriod = BundleManifest['period'] & { begins: Instant; ends: Instant };

/** A period of days, both in it, in a zone. */
export function toPeriod(from: string, to: string, timeZone: string): BundlePeriod {
  const next = new Date(Date.parse(`${to}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  return { from, to, begins: midnight(from, timeZone), ends: midnight(next, timeZone) };
}

/** The versions that were in force at any time of a period, by document and then oldest first. */
export function spansInForce(register: Register, { begins, ends }: Pick<BundlePeriod, 'begins' | 'ends'>): VersionSpan[] {
  return [...readTimelines(register).values()].flatMap(({ spans }) =>
    spans.filter(({ from, until }) => from !== until && from < ends && (until === undefined || until > begins)),
  );
}

/** What was in force between any two changes of a period. */
export function intervalsInForce(register: Register, { begins, ends }: Pick<BundlePeriod, 'begins' | 'ends'>): BundleManifest['intervals'] {
  const documents = [...readTimelines(register).keys()];
  const starts = [begins, ...changesInForce(register).filter((instant) => instant > begins && instant < ends)];
  return starts.map((from, index) => ({
    from,
    until: starts[index + 1] ?? ends,
    inForce: Object.fromEntries(documents.map((document) => [document, inForce(register, document, from).version?.entry.version ?? null])),
  }));
}
