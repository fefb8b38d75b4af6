import type { Config } from './config.ts';
import { inForce, readTimelines, type VersionSpan } from './in-force.ts';
import { dateIn, daysBetween, type Instant, localTime, parseInstant } from './time.ts';
import type { Register, Sha256, VersionEntry, VersionFile } from './version.ts';
import { compareVersionNumbers } from './version-number.ts';
import type { Draft } from './workspace.ts';

/** What an author wants to register, with everything the decision needs. */
export interface Registration {
  register: Register;
  config: Config;
  /** When the entry becomes public. */
  published: Instant;
}

/** A refusal is a whole sentence that says what to do. */
export type Decision<T> = { entry: T; refusals?: undefined } | { entry?: undefined; refusals: readonly string[] };

interface NewVersion {
  document: string;
  version: string;
  published: Instant;
  effective: Instant;
  files: Record<string, VersionFile>;
}

/**
 * Decides whether the texts of a document in the work tree can be registered as its next version. `committed` gives the
 * file as it is committed, by path; a text whose bytes are not committed is absent there.
 */
export function decideVersion(
  drafts: readonly Draft[],
  committed: ReadonlyMap<string, VersionFile>,
  { register, config, published }: Registration,
): Decision<NewVersion> {
  const first = drafts[0];
  const front = first?.frontMatter;
  if (!first || !front) return { refusals: ['The work tree holds no text of this document with valid front matter.'] };
  const effective = parseInstant(front.effective, config.timeZone);
  if (!effective) return { refusals: [`The effective date "${front.effective}" of ${first.file} is not a date.`] };
  const files: Record<string, VersionFile> = {};
  const refusals = drafts.flatMap((draft) => refuseText(draft, first, committed, files));
  refusals.push(...refuseVersion(first.id, front.version, register));
  refusals.push(...Object.values(files).flatMap((file) => refuseBytes(file.sha256, register)));
  const day = dateIn(published, config.timeZone);
  if (front.approved && front.approved.on > day) refusals.push(`It was approved on ${front.approved.on}, after it would be published on ${day}.`);
  refusals.push(...refuseDates(first.id, effective, { register, config, published }));
  if (refusals.length > 0) return { refusals };
  return { entry: { document: first.id, version: front.version, published, effective, files } };
}

function refuseText(draft: Draft, first: Draft, committed: ReadonlyMap<string, VersionFile>, files: Record<string, VersionFile>): string[] {
  const front = draft.frontMatter;
  const file = committed.get(draft.file);
  if (!front) return [`${draft.file} has no valid front matter: run \`cartulary check\`.`];
  if (front.status !== 'approved') return [`${draft.file} is a draft: set "status: approved" and "approved" once it is.`];
  if (!front.approved) return [`${draft.file} does not say when and by whom it was approved.`];
  if (front.version !== first.frontMatter?.version)
    return [`${draft.file} is version ${front.version}, ${first.file} version ${first.frontMatter?.version}: all languages are one version.`];
  if (front.effective !== first.frontMatter?.effective) return [`${draft.file} and ${first.file} have different effective dates.`];
  if (files[front.language]) return [`${draft.file} is a second text of ${draft.id} in the language "${front.language}".`];
  if (!file) return [`The bytes of ${draft.file} are not committed: commit it first, so that git holds what is registered.`];
  files[front.language] = file;
  return [];
}

/** A number must be new, and newer than the latest one. */
export function refuseVersion(document: string, version: string, register: Register): string[] {
  const numbers = register.entries
    .filter((entry): entry is VersionEntry => entry.kind === 'version' && entry.document === document)
    .map((entry) => entry.version);
  if (numbers.includes(version)) return [`${document} ${version} is registered already. A change of a published text needs a new version number.`];
  const newest = numbers.sort(compareVersionNumbers).at(-1);
  if (newest !== undefined && compareVersionNumbers(version, newest) < 0)
    return [`Version ${version} of ${document} is not newer than ${newest}, which is registered.`];
  return [];
}

/** Published first, in force later, after the notice period; the first version of a document needs no notice. */
export function refuseDates(document: string, effective: Instant, { register, config, published }: Registration): string[] {
  const zone = config.timeZone;
  const spans = readTimelines(register).get(document)?.spans ?? [];
  const last = spans.at(-1);
  const refusals: string[] = [];
  if (effective < published)
    refusals.push(
      `It would take effect on ${localTime(effective, zone)}, before it is published on ${localTime(published, zone)}. Move the effective date, or give the true instant of publication with --published.`,
    );
  else if (last && daysBetween(published, effective) < config.noticePeriodDays) {
    refusals.push(
      `Only ${Math.floor(daysBetween(published, effective))} days lie between publication and effect; the notice period is ${config.noticePeriodDays} days.`,
    );
  }
  if (last && effective <= last.from)
    refusals.push(`It would take effect on ${localTime(effective, zone)}, not after version ${last.entry.version} (${localTime(last.from, zone)}).`);
  return refusals;
}

/** Bytes that are registered already are no new version. */
export function refuseBytes(digest: Sha256, register: Register): string[] {
  const same = register.entries.find((entry) => entry.kind === 'version' && Object.values(entry.files).some((file) => file.sha256 === digest));
  return same?.kind === 'version' ? [`The same bytes are registered as ${same.document} ${same.version} already.`] : [];
}

/** An effective date can be moved only before it has come, and only to after the publication of the move. */
export function refuseRescheduling(document: string, version: string, to: Instant, { register, config, published }: Registration): string[] {
  const zone = config.timeZone;
  const span = findSpan(register, document, version);
  if (!span) return [`${document} ${version} is not in the register.`];
  const refusals: string[] = [];
  if (span.from <= published) refusals.push(`${document} ${version} took effect on ${localTime(span.from, zone)}: a date that has come is not moved.`);
  if (to < published) refusals.push(`The new date, ${localTime(to, zone)}, has passed already.`);
  if (to === span.from) refusals.push(`${document} ${version} takes effect on ${localTime(to, zone)} as it is.`);
  return refusals;
}

/** A document can be withdrawn while it is in force, from now on. */
export function refuseWithdrawal(document: string, at: Instant, { register, config, published }: Registration): string[] {
  const answer = inForce(register, document, at);
  if (answer.version) return at < published ? [`A withdrawal takes effect from now on, not on ${localTime(at, config.timeZone)}.`] : [];
  return [`No version of ${document} would be in force on ${localTime(at, config.timeZone)}: there is nothing to withdraw.`];
}

/** What is said of a version becomes public after it. */
export function refuseBeforeVersion({ entry }: VersionSpan, { config, published }: Registration): string[] {
  if (published >= entry.published) return [];
  const [at, own] = [published, entry.published].map((instant) => localTime(instant, config.timeZone));
  return [`--published ${at} lies before ${entry.document} ${entry.version} was published (${own}). Name an instant after that, or leave it out.`];
}

/** The interval of a version, or undefined where it is not registered. */
export function findSpan(register: Register, document: string, version: string): VersionSpan | undefined {
  return readTimelines(register)
    .get(document)
    ?.spans.find((span) => span.entry.version === version);
}
