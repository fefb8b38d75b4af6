import type { Nodes } from 'mdast';
import { toString as toText } from 'mdast-util-to-string';
import type { PolicyDocument, TextFacts } from '../model/document.ts';
import { stateOf, type Timeline, type VersionSpan } from '../model/in-force.ts';
import type { VersionFile } from '../model/version.ts';
import { escapeHtml } from '../publish/html.ts';
import { sha256 } from '../read/register.ts';
import type { OpenedRepository } from '../read/workspace.ts';
import { readDocument } from '../read/workspace.ts';
import { factsOf, type SiteContext, versionLanguages, versionPath } from './views/context.ts';
import { isMarkdown } from './views/text.ts';

/** One search index: over what is in force, or over some older versions of a document. */
export interface SearchIndex {
  /** Folder below the site's root, `/pagefind/`. */
  path: string;
  /** Changes when the index must be made again. */
  key: string;
  texts: readonly IndexedText[];
  /** Whether a section that stands in an earlier text of the index is left out of a later one. */
  onlyNew: boolean;
}

interface IndexedText {
  span: VersionSpan;
  language: string;
  file: VersionFile;
  facts: TextFacts;
  /** Path of the text's page with the base path. */
  href: string;
}

/** Versions of a document in one index of the history. A new version makes one such index anew, however many there are. */
const VERSIONS_PER_INDEX = 16;

/** All indexes of the site, and `history.json`, which names those over the history. */
export function listIndexes(context: SiteContext): { indexes: readonly SearchIndex[]; history: string } {
  const current: IndexedText[] = [];
  const history: SearchIndex[] = [];
  for (const timeline of context.timelines.values()) {
    const texts = timeline.spans.toSorted((a, b) => (a.entry.published < b.entry.published ? -1 : 1)).map((span) => textsOf(context, span));
    current.push(...texts.flat().filter(({ span }) => stateOf(span, context.workspace.now) === 'in-force'));
    history.push(...historyIndexes(timeline, texts));
  }
  const bundles = history.map((index) => context.href(index.path));
  return { indexes: [toIndex('/pagefind/', current, false), ...history], history: `${JSON.stringify({ bundles })}\n` };
}

function historyIndexes({ document }: Timeline, texts: readonly (readonly IndexedText[])[]): SearchIndex[] {
  const indexes: SearchIndex[] = [];
  for (let start = 0; start < texts.length; start += VERSIONS_PER_INDEX) {
    const part = texts.slice(start, start + VERSIONS_PER_INDEX).flat();
    if (part.length > 0) indexes.push(toIndex(`/pagefind/history/${document}-${start / VERSIONS_PER_INDEX + 1}/`, part, true));
  }
  return indexes;
}

function textsOf({ workspace, href }: SiteContext, span: VersionSpan): IndexedText[] {
  return versionLanguages(span.entry, workspace.config.languages).flatMap((language, index) => {
    const file = span.entry.files[language];
    const facts = factsOf(workspace, span.entry, language);
    return file && facts && isMarkdown(file) ? [{ span, language, file, facts, href: href(versionPath(span.entry, index > 0 ? language : undefined)) }] : [];
  });
}

const toIndex = (path: string, texts: readonly IndexedText[], onlyNew: boolean): SearchIndex => ({
  path,
  key: sha256(JSON.stringify([path, texts.map(({ file, href, facts }) => [file.sha256, href, facts.title])])),
  texts,
  onlyNew,
});

/**
 * Makes an index with Pagefind: a page for each text, with its sections as headings. An index of the history takes from
 * each text only the sections that stand so in none before it, so a result names the version that brought the wording.
 * Gives the files of the index by path.
 */
export async function buildIndex(index: SearchIndex, readBytes: OpenedRepository['readBytes']): Promise<ReadonlyMap<string, Uint8Array>> {
  const { createIndex } = await import('pagefind');
  const { index: pagefind, errors } = await createIndex({});
  if (!pagefind) throw new Error(`Pagefind could not start: ${errors.join(' ')}`);
  const seen = index.onlyNew ? new Set<string>() : undefined;
  for (const text of index.texts) {
    const bytes = (await readBytes([text.file])).get(text.file.sha256);
    if (!bytes) continue;
    const content = toSearchPage(text, await readDocument(bytes, text.facts, text.file.path), seen);
    const added = await pagefind.addHTMLFile({ url: text.href, content });
    if (added.errors.length > 0) throw new Error(`Pagefind refused ${text.href}: ${added.errors.join(' ')}`);
  }
  const made = await pagefind.getFiles();
  if (made.errors.length > 0) throw new Error(`Pagefind could not write the index ${index.path}: ${made.errors.join(' ')}`);
  await pagefind.deleteIndex();
  return new Map(made.files.filter((file) => !UNUSED.test(file.path)).map((file) => [`${index.path}${file.path}`, file.content]));
}

/** Pagefind's own user interfaces, which this site does not use. */
const UNUSED = /^pagefind-(?:ui|modular-ui|component-ui|highlight)\./;

/** The least HTML from which Pagefind learns title, version and sections. */
function toSearchPage({ facts, language, span }: IndexedText, document: PolicyDocument, seen: Set<string> | undefined): string {
  const sections = document.sections.flatMap((section) => {
    const words = section.blocks.filter((block) => block.type !== 'html').map(wordsOf);
    const content = words.join('\n').trim();
    const heading = [section.number, section.title].filter(Boolean).join(' ');
    const key = `${language} ${heading}\n${content}`;
    if (content === '' || seen?.has(key)) return [];
    seen?.add(key);
    return [`<h2 id="${escapeHtml(section.anchor)}">${escapeHtml(heading)}</h2>\n<p>${words.map(escapeHtml).join('</p>\n<p>')}</p>`];
  });
  const title = `<h1 data-pagefind-meta="title">${escapeHtml(facts.title)} ${escapeHtml(span.entry.version)}</h1>`;
  return `<!doctype html><html lang="${escapeHtml(language)}"><body data-pagefind-filter="document:${document.id}" data-pagefind-meta="version:${escapeHtml(span.entry.version)}">${title}\n${sections.join('\n')}</body></html>`;
}

/** The words of a block; those of two cells or two items are not one word. */
function wordsOf(block: Nodes): string {
  if (!('children' in block)) return toText(block);
  return PARTED.has(block.type) ? block.children.map(wordsOf).join(' ') : toText(block);
}

const PARTED: ReadonlySet<string> = new Set(['table', 'tableRow', 'list', 'listItem', 'blockquote']);

/** Ends the process of Pagefind; a later index starts it again. */
export async function closeSearch(): Promise<void> {
  const { close } = await import('pagefind');
  await close();
}
