import { type FrontMatter, VersionNumber } from './document.ts';
import { showName } from './name-pattern.ts';
import type { Revision } from './revision-table.ts';
import type { Instant } from './time.ts';
import type { Sha256 } from './version.ts';
import { compareVersionNumbers } from './version-number.ts';

/** A text as it was found in git, with what it says of itself. */
export interface HeldText {
  path: string;
  blob: string;
  sha256: Sha256;
  frontMatter: FrontMatter | undefined;
  revisions: readonly Revision[];
}

/** A tag, commit or file that may hold a version of a document. */
export interface Sighting {
  by: 'tag' | 'file' | 'commit';
  /** Tag name, path, or abbreviated commit id. */
  name: string;
  /** When it was made public, as far as git knows, and how it knows: `the tagged commit`, `the date in its name`. */
  at: Instant;
  origin: string;
  language: string;
  path: string;
  /** The version that the name, or in a commit the text, gives. */
  version: string | undefined;
  /** Undefined where the file is not there. */
  text: HeldText | undefined;
  /** Why the reader found no version in it. */
  problem?: string;
}

/** What became of a sighting, and why. */
export interface Outcome {
  sighting: Sighting;
  taken: boolean;
  /** Empty where it was taken. */
  reason: string;
  /** Two names for one version with different bytes: somebody should look. */
  conflict?: boolean;
}

/** A version with the sighting that holds its text in each language. */
export interface HeldVersion {
  version: string;
  /** The first of its sightings, which names and dates it. */
  sighting: Sighting;
  texts: ReadonlyMap<string, Sighting>;
}

/** Version numbers that mean the same have the same key: `2`, `2.0` and `2-0`. */
export function versionKey(version: string): string {
  const parts = version.split(/[.-]/).map((part) => (/^\d+$/.test(part) ? String(BigInt(part)) : part));
  while (parts.length > 1 && parts.at(-1) === '0') parts.pop();
  return parts.join('.');
}

/** How a sighting is named in sentences: `tag CPS-v2.0`. */
export const nameSighting = ({ by, name }: Pick<Sighting, 'by' | 'name'>): string => `${by} ${showName(name)}`;

const RANK = { tag: 0, file: 1, commit: 2 };

/**
 * Decides for each sighting whether it holds a version. Tags come first, then files, then commits, each from the oldest
 * on, so that a commit fills in only what no tag names. `ended` is when another document took over: from then on a
 * commit holds none.
 */
export function chooseSightings(sightings: readonly Sighting[], document: string, ended?: { at: Instant; by: string }) {
  const held = new Map<string, { version: string; sighting: Sighting; texts: Map<string, Sighting> }>();
  const blobs = new Map<string, Sighting>();
  const outcomes = [...sightings]
    .sort((a, b) => RANK[a.by] - RANK[b.by])
    .map((sighting): Outcome => {
      const refusal = refuse(sighting, document, ended) ?? repeat(sighting, held.get(versionKey(sighting.version ?? '')), blobs);
      if (refusal) return { sighting, taken: false, ...refusal };
      const version = sighting.version ?? '';
      const known = held.get(versionKey(version)) ?? { version, sighting, texts: new Map() };
      known.texts.set(sighting.language, sighting);
      held.set(versionKey(version), known);
      if (sighting.text) blobs.set(sighting.text.blob, sighting);
      return { sighting, taken: true, reason: '' };
    });
  const versions: HeldVersion[] = [...held.values()].sort((a, b) => compareVersionNumbers(a.version, b.version));
  return { versions, outcomes };
}

type Refusal = Pick<Outcome, 'reason' | 'conflict'>;

/** Reasons that lie in the sighting itself. */
function refuse(sighting: Sighting, document: string, ended: { at: Instant; by: string } | undefined): Refusal | undefined {
  const { by, text, path, problem, version } = sighting;
  if (!text) return { reason: by === 'commit' ? `it removed ${path}` : `${path} is not in it` };
  if (problem) return { reason: problem };
  if (text.frontMatter?.status === 'draft') return { reason: `its text is a draft of ${text.frontMatter.version}` };
  if (text.frontMatter && text.frontMatter.document !== document) return { reason: `its text is one of the document ${text.frontMatter.document}` };
  if (version === undefined || !VersionNumber.safeParse(version).success) return { reason: `"${version ?? ''}" is no version number` };
  if (by === 'commit' && ended && sighting.at >= ended.at) return { reason: `${ended.by} had taken over by then` };
  return undefined;
}

/** Reasons that lie in what was taken before. */
function repeat({ by, version, text, language }: Sighting, known: HeldVersion | undefined, blobs: ReadonlyMap<string, Sighting>): Refusal | undefined {
  const same = text && blobs.get(text.blob);
  if (same && same.version !== undefined && versionKey(same.version) === versionKey(version ?? '')) {
    return { reason: `it has the same bytes as ${nameSighting(same)}, which holds version ${same.version} already` };
  }
  const other = known?.texts.get(language);
  if (other && by === 'commit') {
    return { reason: `${nameSighting(other)} holds version ${version}; this commit has another text under the same number` };
  }
  if (other) return { reason: `${nameSighting(other)} holds version ${version} with other bytes; the earlier one counts`, conflict: true };
  if (same) return { reason: `it has the same bytes as version ${same.version} (${nameSighting(same)})`, conflict: true };
  return undefined;
}

/** The same text under one or more names, oldest first, none of which names a version. */
export interface Leftover {
  sighting: Sighting;
  /** How many more names it has. */
  more: number;
  /** The version that has these bytes, if one does. */
  version: string | undefined;
  /** Versions that its revision table names and nothing else does, with their dates. */
  unknown: readonly Revision[];
}

/** Groups sightings that name no version by their bytes. `known` are the keys of all versions of the document. */
export function groupLeftovers(leftovers: readonly Sighting[], versions: readonly HeldVersion[], known: ReadonlySet<string>): Leftover[] {
  const held = new Map(versions.flatMap(({ version, texts }) => [...texts.values()].map(({ text }) => [text?.blob, version])));
  const groups = new Map<string, Leftover>();
  for (const sighting of leftovers) {
    if (!sighting.text) continue;
    const { blob, revisions } = sighting.text;
    const group = groups.get(blob);
    if (group) group.more += 1;
    else groups.set(blob, { sighting, more: 0, version: held.get(blob), unknown: revisions.filter(({ version }) => !known.has(versionKey(version))) });
  }
  return [...groups.values()];
}
