import type { TextFacts } from '../model/document.ts';
import { stateOf, type Timeline, type VersionSpan } from '../model/in-force.ts';
import { escapeHtml } from '../publish/escape-html.ts';
import { sha256 } from '../read/register.ts';
import { type SourceText, sourceText } from './source-text.ts';
import type { PlainSection } from './text-worker.ts';
import type { Texts } from './texts.ts';
import { factsOf, type SiteContext, versionLanguages, versionPath } from './views/context.ts';
import { isMarkdown } from './views/text.ts';

/** One search index: over what is in force, or over some older versions of a document. */
export interface SearchIndex {
  /** Folder below the site's root, `/pagefind/`. */
  path: string;
  /** Changes when the index must be made again. */
  key: string;
  texts: readonly IndexedText[];
}

/** A text of an index. */
export interface IndexedText {
  span: VersionSpan;
  language: string;
  file: SourceText;
  facts: TextFacts;
  /** The text before it in the same language, for an index that takes only what is new in each. */
  before: SourceText | undefined;
  /** Path of the text's page with the base path. */
  href: string;
}

/** Versions of a document in one index of the history at most. */
const MOST_VERSIONS = 64;

/** All indexes of the site, and `history.json`, which names those over the history. */
export function listIndexes(context: SiteContext): { indexes: readonly SearchIndex[]; history: string } {
  const current: IndexedText[] = [];
  const history: SearchIndex[] = [];
  for (const timeline of context.timelines.values()) {
    const registered = timeline.spans.toSorted((a, b) => a.entry.start.line - b.entry.start.line);
    const texts = registered.map((span) => textsOf(context, span)).filter((languages) => languages.length > 0);
    current.push(...texts.flat().filter(({ span }) => stateOf(span, context.workspace.now) === 'in-force'));
    history.push(
      ...historyIndexes(
        timeline,
        texts.map((languages, index) => languages.map((text) => ({ ...text, before: sameLanguage(texts[index - 1], text)?.file }))),
      ),
    );
  }
  const bundles = history.map((index) => context.href(index.path));
  return { indexes: [toIndex('/pagefind/', current), ...history], history: `${JSON.stringify({ bundles })}\n` };
}

/**
 * The versions of a document in indexes of 64, then of falling powers of two: 22 versions are 16, 4 and 2. One more version
 * makes one index anew, most often a small one, however many there are; and the same versions always make the same indexes.
 */
function historyIndexes({ document }: Timeline, texts: readonly (readonly IndexedText[])[]): SearchIndex[] {
  const indexes: SearchIndex[] = [];
  for (let start = 0; start < texts.length; ) {
    const size = Math.min(MOST_VERSIONS, 2 ** Math.floor(Math.log2(texts.length - start)));
    const part = texts.slice(start, start + size).flat();
    if (part.length > 0) indexes.push(toIndex(`/pagefind/history/${document}-${start + 1}-${start + size}/`, part));
    start += size;
  }
  return indexes;
}

const sameLanguage = (texts: readonly IndexedText[] | undefined, { language }: IndexedText) => texts?.find((text) => text.language === language);

function textsOf(context: SiteContext, span: VersionSpan): IndexedText[] {
  const { workspace, href } = context;
  return versionLanguages(span.entry, workspace.config.languages).flatMap((language, index) => {
    const file = span.entry.files[language];
    const facts = factsOf(workspace, span.entry, language);
    return file && facts && isMarkdown(file)
      ? [
          {
            span,
            language,
            file: sourceText(context, span.entry, file),
            facts,
            before: undefined,
            href: href(versionPath(span.entry, index > 0 ? language : undefined)),
          },
        ]
      : [];
  });
}

const toIndex = (path: string, texts: readonly IndexedText[]): SearchIndex => ({
  path,
  key: sha256(JSON.stringify([path, texts.map(({ file, before, href, facts }) => [file.key, before?.key, href, facts.title])])),
  texts,
});

/**
 * Makes an index with Pagefind: a page for each text, with its sections as headings. An index of the history takes from
 * each text only the sections that do not stand so in the text before it, so a result names the version that brought
 * the wording. Gives the files of the index by path.
 */
export async function buildIndex(index: SearchIndex, texts: Texts): Promise<ReadonlyMap<string, Uint8Array>> {
  const { createIndex } = await import('pagefind');
  const { index: pagefind, errors } = await createIndex({});
  if (!pagefind) throw new Error(`Pagefind could not start: ${errors.join(' ')}`);
  for (const text of index.texts) {
    const known = new Set((text.before ? await texts.sections(text.before) : []).map(keyOf));
    const content = toSearchPage(
      text,
      (await texts.sections(text.file)).filter((section) => !known.has(keyOf(section))),
    );
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

const keyOf = ({ heading, blocks }: PlainSection) => `${heading}\n${blocks.join('\n')}`;

/** The least HTML from which Pagefind learns title, version and sections. */
function toSearchPage({ facts, language, span }: IndexedText, shown: readonly PlainSection[]): string {
  const html = shown.map(
    ({ anchor, heading, blocks }) => `<h2 id="${escapeHtml(anchor)}">${escapeHtml(heading)}</h2>\n<p>${blocks.map(escapeHtml).join('</p>\n<p>')}</p>`,
  );
  const title = `<h1 data-pagefind-meta="title">${escapeHtml(facts.title)} ${escapeHtml(span.entry.version)}</h1>`;
  const about = `data-pagefind-filter="document:${facts.id}" data-pagefind-meta="version:${escapeHtml(span.entry.version)}"`;
  return `<!doctype html><html lang="${escapeHtml(language)}"><body ${about}>${title}\n${html.join('\n')}</body></html>`;
}

/** Ends the process of Pagefind; a later index starts it again. */
export async function closeSearch(): Promise<void> {
  const { close } = await import('pagefind');
  await close();
}
