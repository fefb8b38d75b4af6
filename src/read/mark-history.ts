import { type CatalogueShelf, takeCatalogues } from '../model/catalogue-shelf.ts';
import type { TextFacts } from '../model/document.ts';
import { readTimelines } from '../model/in-force.ts';
import { listMarkedSections, type MarkedSection } from '../model/marked-section.ts';
import { includedProfiles } from '../model/profile-binding.ts';
import { includeProfiles } from '../model/profile-markdown.ts';
import { type MarkedVersion, type MarkTrace, traceMarks } from '../model/suspect.ts';
import type { Sha256, VersionEntry } from '../model/version.ts';
import type { Draft, Workspace } from '../model/workspace.ts';
import { isMarkdown } from './files.ts';
import { readFrontMatter } from './front-matter.ts';
import { readPublishedBytes, type Source } from './published.ts';

/** Where the earlier versions of marked texts come from. */
export interface MarkSource {
  source: Source;
  facts: ReadonlyMap<Sha256, TextFacts>;
  /** The profiles that versions state, which their texts may include. */
  boundProfiles: Workspace['boundProfiles'];
  shelf: CatalogueShelf;
}

/**
 * The texts of the work tree that bear marks, each followed by its earlier versions so far back as its marks need: by
 * the file of the text, the text itself first. A version whose text is not held, or bears no mark, ends the way back.
 */
export async function readMarkHistories(drafts: readonly Draft[], from: MarkSource): Promise<ReadonlyMap<string, readonly MarkedVersion[]>> {
  const histories = new Map<string, readonly MarkedVersion[]>();
  for (const draft of drafts) {
    const marked = listMarkedSections(draft.sections);
    if (marked.length > 0) histories.set(draft.file, await readHistory(draft, marked, from));
  }
  return histories;
}

/** Parsing takes a hundred times as long as looking for marks, so only those versions are parsed on whose text something depends. */
async function readHistory({ id, language, sha256, frontMatter }: Draft, marked: readonly MarkedSection[], from: MarkSource): Promise<MarkedVersion[]> {
  const entries = (readTimelines(from.source.register).get(id)?.spans ?? []).map(({ entry }) => entry);
  const own = entries.findLastIndex(({ files }) => files[language]?.sha256 === sha256);
  const text: MarkedVersion = { version: frontMatter?.version ?? '', marked, writtenTo: frontMatter?.writtenTo, confirms: entries[own]?.confirms };
  const earlier = entries.slice(0, own < 0 ? undefined : own).reverse();
  const skimmed = await skimVersions(text, earlier, language, from);
  if (skimmed.length === 1) return skimmed;
  const bases = traceAll(skimmed, from).bases();
  const read = (chosen: (index: number) => boolean) =>
    Promise.all(skimmed.map((version, index) => (index > 0 && chosen(index) ? readVersion(version, earlier[index - 1], language, from) : version)));
  const versions = await read((index) => bases.has(index));
  return traceAll(versions, from).hasChanged() ? read(() => true) : versions;
}

function traceAll(versions: readonly MarkedVersion[], { shelf }: MarkSource): MarkTrace {
  const trace = traceMarks(shelf, takeCatalogues(shelf));
  for (const version of versions) trace.add(version);
  return trace;
}

/** A text with its earlier versions, of which only the marks are looked for. */
async function skimVersions(text: MarkedVersion, earlier: readonly VersionEntry[], language: string, from: MarkSource): Promise<MarkedVersion[]> {
  const versions = [text];
  const trace = traceMarks(from.shelf, takeCatalogues(from.shelf));
  const { skimMarks } = await import('./markdown.ts');
  for (const entry of earlier) {
    const marks = skimMarks((await readText(entry, language, from)) ?? '', '');
    // The text itself is traced only where there is something to follow it to.
    if (marks.length === 0 || (versions.length === 1 && !trace.add(text))) break;
    const section = { number: '', title: '', anchor: '', substance: false, wording: '', marks };
    const { writtenTo } = from.facts.get(entry.files[language]?.sha256 ?? '')?.frontMatter ?? {};
    const version = { version: entry.version, marked: [section], skimmed: true, writtenTo, confirms: entry.confirms } as const;
    versions.push(version);
    if (!trace.add(version)) break;
  }
  return versions;
}

/** A version that was skimmed, with its text. */
async function readVersion(version: MarkedVersion, entry: VersionEntry | undefined, language: string, from: MarkSource): Promise<MarkedVersion> {
  const text = entry && (await readText(entry, language, from));
  if (!entry || text === undefined) return version;
  const { readMarkdown } = await import('./markdown.ts');
  const path = entry.files[language]?.path ?? '';
  const { body, bodyLine } = readFrontMatter(text, path);
  const { skimmed: _, ...rest } = version;
  const { sections } = readMarkdown(body, path, bodyLine);
  const profiles = includedProfiles({ ...from, register: from.source.register }, entry, entry.files[language]);
  return { ...rest, marked: listMarkedSections(includeProfiles(sections, profiles, language)) };
}

/** The Markdown of a version; undefined where it is not held, or no Markdown. */
async function readText({ files }: VersionEntry, language: string, { source }: MarkSource): Promise<string | undefined> {
  const file = files[language];
  if (!file || !isMarkdown(file.path)) return undefined;
  const bytes = (await readPublishedBytes(source, [file])).get(file.sha256);
  return bytes && Buffer.from(bytes).toString('utf8');
}
