import type { z } from 'zod';
import { type DateFile, type EffectiveDate, findEffective, indexTables, type TableIndex } from './effective-date.ts';
import { compareInstants, readTimelines } from './in-force.ts';
import { showName, showText } from './name-pattern.ts';
import { chooseSightings, type HeldVersion, type Outcome, type Sighting, versionKey } from './sighting.ts';
import type { Instant } from './time.ts';
import { type Register, Version, type VersionEntry, type Withdrawal } from './version.ts';
import { compareVersionNumbers } from './version-number.ts';

/** All that was found of one document. */
export interface DocumentHistory {
  document: string;
  sightings: readonly Sighting[];
  /** Tags that name no version of this document, but hold its file. */
  leftovers: readonly Sighting[];
  continuedBy?: string | undefined;
  dates?: DateFile | undefined;
}

export type NewVersion = Omit<z.input<typeof Version>, 'previous'>;
export type NewWithdrawal = Omit<z.input<typeof Withdrawal>, 'previous'>;
/** An entry for the register, without the digest of the one before it. */
export type AdoptedEntry = NewVersion | NewWithdrawal;

/** The entries to append, in the order in which they must stand, and how each document came to its own. */
export interface Adoption {
  entries: readonly AdoptedEntry[];
  documents: readonly DocumentAdoption[];
}

/** What adopting one document gives. */
export interface DocumentAdoption {
  draft: Draft;
  /** Versions that are not registered yet. */
  added: readonly Planned[];
  withdrawal: NewWithdrawal | undefined;
  /** What could not be done as asked, in sentences: `entries` refuses all of the document, `withdrawal` its end only. */
  refused: { entries?: string; withdrawal?: string };
}

/** A version as it would enter the register, and how its date was found. */
export interface Planned {
  entry: NewVersion;
  /** Undefined for a version that is known by name only. */
  held: HeldVersion | undefined;
  found: EffectiveDate;
  /** What the effective instant was taken from. */
  source: string;
}

/** What one document comes to, before anything is compared to the register. */
export interface Draft {
  history: DocumentHistory;
  outcomes: readonly Outcome[];
  /** In the order of version numbers. */
  versions: readonly Planned[];
  /** Versions known by name whose date cannot be read. */
  undated: readonly { version: string; found: EffectiveDate }[];
  /** Versions that no valid entry can be made of, with the reason: hostile names, years out of range. */
  unwritable: readonly { version: string; reason: string }[];
  /** The first version of the document that takes over. */
  successor: Successor | undefined;
  /** What the register holds of this document, by version key. */
  registered: ReadonlyMap<string, VersionEntry>;
}

export interface Successor {
  document: string;
  version: string;
  published: Instant;
  effective: Instant;
  /** From here on nothing new can be expected of the document that ends. */
  settled: Instant;
}

/**
 * Turns what was found in git into register entries and a report. Each document's versions stand in the order of their
 * numbers, whatever their dates say, because a version registered later ends every earlier one.
 */
export function planAdoption(histories: readonly DocumentHistory[], register: Register, zone: string): Adoption {
  const first = new Map(histories.map((history) => [history.document, draftDocument(history, register, zone)]));
  const documents = histories.map((history) => {
    const successor = findSuccessor(history.continuedBy, first, register);
    const draft = successor ? draftDocument(history, register, zone, successor) : first.get(history.document);
    return finishDocument(draft ?? draftDocument(history, register, zone), register);
  });
  return { entries: mergeEntries(documents.map(entriesOf)), documents };
}

function draftDocument(history: DocumentHistory, register: Register, zone: string, successor?: Successor): Draft {
  const ended = successor && { by: successor.document, at: successor.settled };
  const { versions: held, outcomes } = chooseSightings(history.sightings, history.document, ended);
  const tables = indexTables(held);
  const byName = namedOnly(held, tables, history.dates).map((version) => ({ version, found: findEffective(version, undefined, tables, history.dates, zone) }));
  const planned = [
    ...held.map((version) => planHeld(version, history.document, findEffective(version.version, version, tables, history.dates, zone))),
    ...byName.flatMap(({ version, found }) => planByName(version, history.document, found)),
  ].sort((a, b) => compareVersionNumbers(a.entry.version, b.entry.version));
  const entries = register.entries.filter((entry): entry is VersionEntry => entry.document === history.document && entry.kind === 'version');
  const registered = new Map(entries.map((entry) => [versionKey(entry.version), entry]));
  return { history, outcomes, ...checkEntries(planned), undated: byName.filter(({ found }) => !found.claim), successor, registered };
}

const Entry = Version.omit({ previous: true });

/** Parts what the register can hold from what it cannot. */
function checkEntries(planned: readonly Planned[]): Pick<Draft, 'versions' | 'unwritable'> {
  const versions: Planned[] = [];
  const unwritable: { version: string; reason: string }[] = [];
  for (const version of planned) {
    const issue = Entry.safeParse(version.entry).error?.issues[0];
    if (issue) unwritable.push({ version: version.entry.version, reason: `${issue.path.join('.')}: ${issue.message}` });
    else versions.push(version);
  }
  return { versions, unwritable };
}

function planHeld(held: HeldVersion, document: string, found: EffectiveDate): Planned {
  const { version, texts } = held;
  const { at, origin, name } = held.sighting;
  const source = found.claim?.source ?? origin;
  const files = Object.fromEntries(
    [...texts].flatMap(([language, { text }]) => (text ? [[language, { path: text.path, blob: text.blob, sha256: text.sha256 }]] : [])),
  );
  const note = showText(`Effective date from ${source}; publication date from ${origin} (${showName(name)}).`);
  return { held, found, source, entry: { document, version, published: at, effective: found.claim?.at ?? at, files, note } };
}

/** Versions that tables or the file of dates name and no text holds. */
function namedOnly(held: readonly HeldVersion[], tables: TableIndex, dates: DateFile | undefined): string[] {
  const named = new Map<string, string>();
  for (const [key, [row]] of tables) if (row) named.set(key, row.revision.version);
  for (const version of dates?.dates.keys() ?? []) if (!named.has(versionKey(version))) named.set(versionKey(version), version);
  for (const { version } of held) named.delete(versionKey(version));
  return [...named.values()];
}

function planByName(version: string, document: string, found: EffectiveDate): Planned[] {
  if (!found.claim) return [];
  const { at, source } = found.claim;
  const note = showText(`Named by ${source}, from which both dates come; the text is not held.`);
  return [{ held: undefined, found, source, entry: { document, version, published: at, effective: at, files: {}, note } }];
}

function findSuccessor(document: string | undefined, drafts: ReadonlyMap<string, Draft>, register: Register): Successor | undefined {
  if (document === undefined) return undefined;
  const span = readTimelines(register).get(document)?.spans[0];
  const planned = drafts.get(document)?.versions[0]?.entry;
  const version = span?.entry.version ?? planned?.version;
  const published = span?.entry.published ?? (planned?.published as Instant | undefined);
  const effective = span?.from ?? (planned?.effective as Instant | undefined);
  if (version === undefined || !published || !effective) return undefined;
  const settled = [published, effective].sort(compareInstants)[1] ?? effective;
  return { document, version, published, effective, settled };
}

/** Leaves out what is registered, adds the withdrawal, and refuses where the register could no longer be right. */
function finishDocument(draft: Draft, register: Register): DocumentAdoption {
  const { document, continuedBy } = draft.history;
  const added = draft.versions.filter(({ entry }) => !draft.registered.has(versionKey(entry.version)));
  const withdrawn = register.entries.some((entry) => entry.document === document && entry.kind === 'withdrawal');
  const refusal = refuse(draft, added, withdrawn);
  if (refusal) return { draft, added: [], withdrawal: undefined, refused: { entries: refusal } };
  if (continuedBy === undefined || withdrawn) return { draft, added, withdrawal: undefined, refused: {} };
  if (!draft.successor) {
    const reason = `No version of ${continuedBy} is known, so nothing says when it took over. Adopt ${continuedBy} as well, or before.`;
    return { draft, added, withdrawal: undefined, refused: { withdrawal: reason } };
  }
  const { version, published, effective } = draft.successor;
  return {
    draft,
    added,
    withdrawal: { document, withdrawn: effective, published, continuedBy, reason: `Version ${version} of ${continuedBy} took its place.` },
    refused: {},
  };
}

function entriesOf({ added, withdrawal }: DocumentAdoption): AdoptedEntry[] {
  return [...added.map(({ entry }) => entry), ...(withdrawal ? [withdrawal] : [])];
}

/** Why nothing of this document may be appended, if so. */
function refuse({ history, versions, registered, outcomes }: Draft, added: readonly Planned[], withdrawn: boolean): string | undefined {
  if (versions.length === 0 && registered.size === 0) {
    return outcomes.length === 0 ? 'No tag, file or commit fits what was asked for.' : 'None of these holds a version.';
  }
  const [oldest] = added;
  if (!oldest) return undefined;
  const newest = [...registered.values()].sort((a, b) => compareVersionNumbers(b.version, a.version))[0];
  if (newest && compareVersionNumbers(newest.version, oldest.entry.version) > 0) {
    const names = added.filter(({ entry }) => compareVersionNumbers(newest.version, entry.version) > 0).map(({ entry }) => entry.version);
    return `Version ${newest.version} is registered, and ${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} older. Entries are only appended, and one that is appended ends all before it: adopt into an empty register.`;
  }
  if (withdrawn) return `${history.document} is registered as withdrawn, so that version ${oldest.entry.version} would bring it back.`;
  return undefined;
}

/** Merges the documents' entries by time of publication, then of effect. The order within a document is kept, even where its dates go backwards. */
function mergeEntries(documents: readonly (readonly AdoptedEntry[])[]): AdoptedEntry[] {
  const queues = documents.map((entries) => ({ entries, at: 0 }));
  const merged: AdoptedEntry[] = [];
  for (;;) {
    const heads = queues.flatMap((queue) => (queue.entries[queue.at] ? [{ queue, entry: queue.entries[queue.at] as AdoptedEntry }] : []));
    const next = heads.sort((a, b) => compareEntries(a.entry, b.entry))[0];
    if (!next) return merged;
    merged.push(next.entry);
    next.queue.at += 1;
  }
}

function compareEntries(a: AdoptedEntry, b: AdoptedEntry): number {
  const effect = (entry: AdoptedEntry) => ('withdrawn' in entry ? entry.withdrawn : entry.effective) as Instant;
  const kind = (entry: AdoptedEntry) => ('withdrawn' in entry ? 1 : 0);
  return (
    compareInstants(a.published as Instant, b.published as Instant) ||
    compareInstants(effect(a), effect(b)) ||
    kind(a) - kind(b) ||
    (a.document < b.document ? -1 : a.document > b.document ? 1 : 0)
  );
}
