import type { DocumentHistory } from '../model/adoption.ts';
import type { Adopt } from '../model/config.ts';
import type { DateFile } from '../model/effective-date.ts';
import { matchName, showName, spellVersion } from '../model/name-pattern.ts';
import { cutRevisionTables, readRevisionTable } from '../model/revision-table.ts';
import type { HeldText, Sighting } from '../model/sighting.ts';
import { type Instant, isDate, midnight } from '../model/time.ts';
import { isMarkdown } from './files.ts';
import { readForeignFields, readFrontMatter } from './front-matter.ts';
import type { Git, Revision } from './git.ts';
import { readMarkdown } from './markdown.ts';
import { sha256 } from './register.ts';

/** One text of a document and how its versions are found. Several with the same document are its languages. */
export interface HistorySource {
  document: string;
  language: string;
  file: string;
  adopt: Adopt;
  dates: DateFile | undefined;
}

/** What git holds of the documents asked for. */
export interface Histories {
  documents: readonly DocumentHistory[];
  /** Tags that name a version of none of them. */
  strayTags: readonly string[];
}

/** The history cannot be read whole; the message says why and what to do. */
export class HistoryError extends Error {}

const PARTIAL = 'This is a partial clone, in which the bytes of older versions are missing. Fetch them first: git fetch --refetch --no-filter';

/** Reads every tag, commit and dated file that may hold a version of the documents. Throws a `HistoryError` where history is missing. */
export async function readHistory(git: Git, sources: readonly HistorySource[], zone: string): Promise<Histories> {
  if (await git.isShallow()) {
    throw new HistoryError('This is a shallow clone, in which older versions are missing. Fetch them first: git fetch --unshallow --tags');
  }
  const [head, tags] = [await git.resolve('HEAD'), await git.tags()];
  if (!head && tags.length === 0) throw new HistoryError('This repository has no commits, so there is nothing to adopt. Commit the texts first.');
  const found: Found[] = [];
  for (const source of sources) found.push(...findTags(source, tags), ...(await findFiles(git, source, head, zone)), ...(await findCommits(git, source, head)));
  const texts = await readTexts(git, found).catch((error: unknown) => {
    // git itself stops where a promised object is not there and must not be fetched.
    throw error instanceof Error && /promisor|lazy fetching/.test(error.message) ? new HistoryError(PARTIAL) : error;
  });
  const histories = new Map<string, { document: string; sightings: Sighting[]; leftovers: Sighting[] } & Pick<DocumentHistory, 'continuedBy' | 'dates'>>();
  for (const { document, adopt, dates } of sources) {
    const before = histories.get(document);
    histories.set(document, {
      document,
      sightings: [],
      leftovers: [],
      continuedBy: before?.continuedBy ?? adopt.continuedBy,
      dates: before?.dates ?? dates,
    });
  }
  for (const item of found) {
    const history = histories.get(item.source.document);
    (item.leftover ? history?.leftovers : history?.sightings)?.push(toSighting(item, texts));
  }
  const named = new Set(found.flatMap((item) => (item.by === 'tag' && !item.leftover ? [item.name] : [])));
  return { documents: [...histories.values()], strayTags: tags.map(({ name }) => name).filter((name) => !named.has(name)) };
}

/** A name in git, before the text was read. */
interface Found extends Omit<Sighting, 'text' | 'language'> {
  source: HistorySource;
  commit: string;
  /** It names no version of the document. */
  leftover?: boolean;
}

function findTags(source: HistorySource, tags: readonly Revision[]): Found[] {
  return tags.map(({ name, commit, at }) => {
    const version = source.adopt.tags.map((pattern) => matchName(pattern, name)?.version).find((found) => found !== undefined);
    return { source, by: 'tag', name, commit, at, origin: 'the tagged commit', path: source.file, version, leftover: version === undefined };
  });
}

/** Commits are looked at where a version field is named, or nothing else is. */
async function findCommits(git: Git, source: HistorySource, head: string | undefined): Promise<Found[]> {
  if (!head || fieldOf(source) === undefined) return [];
  const commits = await git.history(source.file);
  return commits.map(({ name, commit, at }) => ({ source, by: 'commit', name, commit, at, origin: 'the commit', path: source.file, version: undefined }));
}

function fieldOf({ adopt }: HistorySource): string | undefined {
  return adopt.versionField ?? (adopt.tags.length === 0 && adopt.files.length === 0 ? 'version' : undefined);
}

async function findFiles(git: Git, source: HistorySource, head: string | undefined, zone: string): Promise<Found[]> {
  if (!head || source.adopt.files.length === 0) return [];
  const found: Found[] = [];
  for (const path of (await git.files(head)).sort()) {
    const parts = source.adopt.files.map((pattern) => matchName(pattern, path)).find((match) => match !== undefined);
    if (!parts) continue;
    const common = { source, by: 'file' as const, name: path, path, commit: head, version: parts.version ?? parts.date };
    if (parts.date !== undefined && isDate(parts.date)) {
      found.push({ ...common, at: midnight(parts.date, zone), origin: 'the date in its name' });
      continue;
    }
    const at = (await git.history(path))[0]?.at ?? ('1970-01-01T00:00:00Z' as Instant);
    const problem = parts.date === undefined ? {} : { problem: `the date in its name, ${parts.date}, is not in the calendar` };
    found.push({ ...common, at, origin: 'the commit that added it', ...problem });
  }
  return found.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** What was read of a blob: the text, and the values of the version fields that were asked for. */
interface ReadText {
  sha256: string;
  frontMatter: HeldText['frontMatter'];
  revisions: HeldText['revisions'];
  fields: ReadonlyMap<string, FieldValue>;
}
type FieldValue = { version: string } | { problem: string };

interface Texts {
  /** Blob ids by `<commit>:<path>`. */
  blobs: ReadonlyMap<string, string>;
  read: ReadonlyMap<string, ReadText>;
}

const BATCH = 50;

/** Reads each blob once, however many names it has. */
async function readTexts(git: Git, found: readonly Found[]): Promise<Texts> {
  const blobs = await git.blobsAt(found.map(({ commit, path }) => ({ revision: commit, path })));
  const uses = new Map<string, Found[]>();
  for (const item of found) {
    const blob = blobs.get(`${item.commit}:${item.path}`);
    if (blob === undefined) continue;
    const items = uses.get(blob);
    if (items) items.push(item);
    else uses.set(blob, [item]);
  }
  const read = new Map<string, ReadText>();
  const ids = [...uses.keys()];
  for (let start = 0; start < ids.length; start += BATCH) {
    const batch = ids.slice(start, start + BATCH);
    const bytes = await git.readBlobs(batch);
    for (const id of batch) {
      const blob = bytes.get(id);
      const [first] = uses.get(id) ?? [];
      if (!blob)
        throw new HistoryError(`${first?.path} of ${first?.by} ${showName(first?.name ?? '')} is not in this clone (blob ${id}). Clone the repository again.`);
      read.set(id, readText(blob, uses.get(id) ?? []));
    }
  }
  return { blobs, read };
}

function readText(bytes: Uint8Array, uses: readonly Found[]): ReadText {
  const path = uses[0]?.path ?? '';
  const digest = sha256(bytes);
  if (!isMarkdown(path)) return { sha256: digest, frontMatter: undefined, revisions: [], fields: new Map() };
  const text = Buffer.from(bytes).toString('utf8');
  const split = readFrontMatter(text, path);
  const names = new Set(uses.flatMap(({ by, source }) => (by === 'commit' ? (fieldOf(source) ?? []) : [])));
  return {
    sha256: digest,
    frontMatter: split.frontMatter,
    revisions: readRevisionTable(readMarkdown(cutRevisionTables(split.body), path).sections),
    fields: new Map([...names].map((name) => [name, readField(text, path, name)])),
  };
}

const MOST_LINES = 100;

/** The version that a text gives itself under a front matter key, or after words on a line of their own where it has no such key. */
function readField(text: string, path: string, name: string): FieldValue {
  const fields = readForeignFields(text, path);
  if (!fields) return { problem: 'its front matter cannot be read' };
  const value = Object.hasOwn(fields, name) ? fields[name] : findLine(text, name);
  if (value === undefined) return { problem: `its text has no field "${name}"` };
  if (/\b(?:draft|entwurf|proposed|preview|alpha|beta|rc)(?:\b|\d)/i.test(value)) return { problem: `its text calls itself "${value.slice(0, 60)}"` };
  const version = /(?<![\w.])v?\.?(\d+[A-Za-z]?(?:[._-]\d+[A-Za-z]?)*)/i.exec(value)?.[1];
  return version === undefined ? { problem: `its field "${name}" has no number: "${value.slice(0, 60)}"` } : { version: spellVersion(version) };
}

/** `**Version:** 2.3` or `Version 2.3`, with nothing else on the line. */
function findLine(text: string, words: string): string | undefined {
  const lines = text.split('\n', MOST_LINES).map((line) =>
    line
      .replace(/[*_#>|`]/g, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  );
  const line = lines.find(
    (candidate) => candidate.toLowerCase().startsWith(words.toLowerCase()) && /^\s?:?\s?v?\.?\d[\w.-]*(?: \(?draft\)?)?$/i.test(candidate.slice(words.length)),
  );
  return line?.slice(words.length).trim();
}

function toSighting({ source, commit, leftover: _, ...item }: Found, { blobs, read }: Texts): Sighting {
  const blob = blobs.get(`${commit}:${item.path}`);
  const text = blob === undefined ? undefined : read.get(blob);
  const sighting: Sighting = { ...item, language: text?.frontMatter?.language ?? source.language, text: undefined };
  if (blob === undefined || !text) return sighting;
  sighting.text = { path: item.path, blob, sha256: text.sha256, frontMatter: text.frontMatter, revisions: text.revisions };
  const field = item.by === 'commit' ? text.fields.get(fieldOf(source) ?? '') : undefined;
  return { ...sighting, ...field };
}
