import type { Timeline, VersionSpan } from '../../model/in-force.ts';
import { publishedTextPath } from '../../publish/published-text.ts';
import type { ComparableVersion, ComparePage } from '../page.ts';
import { words } from '../words.ts';
import { noticePath } from './changes.ts';
import { languageName, type SiteContext, versionLanguages, versionPath } from './context.ts';
import { documentLink, isMarkdown } from './text.ts';

/** The page on which any two versions of a document are compared. */
export function comparePage(context: SiteContext, timeline: Timeline): ComparePage {
  const { workspace, href } = context;
  const document = documentLink(context, timeline);
  const path = `/${timeline.document}/compare/`;
  const title = words(context.language).compareOf(document.title);
  const versions = timeline.spans.map((span) => comparableVersion(context, span)).reverse();
  const languages = new Set(versions.flatMap(({ texts }) => texts.map(({ language }) => language)));
  const preferred = workspace.config.languages.filter((language) => languages.has(language));
  return {
    kind: 'compare',
    url: href(path),
    canonical: context.absolute(path),
    language: context.language,
    title,
    description: title,
    relations: [{ rel: 'version-history', href: href(`/${timeline.document}/history/`) }],
    indexed: true,
    document,
    versions,
    languages: [...new Set([...preferred, ...[...languages].sort()])].map((language) => ({ language, label: languageName(language) })),
    history: href(`/${timeline.document}/history/`),
  };
}

function comparableVersion({ workspace, href, when }: SiteContext, { entry, from, until }: VersionSpan): ComparableVersion {
  const languages = versionLanguages(entry, workspace.config.languages);
  const texts = languages.flatMap((language, index) => {
    const file = entry.files[language];
    const own = index > 0 ? language : undefined;
    const data = href(publishedTextPath(entry.document, entry.version, language));
    return file && isMarkdown(file) ? [{ language, page: href(versionPath(entry, own)), data, notice: href(noticePath(entry, own)) }] : [];
  });
  return {
    version: entry.version,
    from: when(from),
    until: until && when(until),
    texts,
    missing: texts.length > 0 ? undefined : languages.length > 0 ? 'kept-as-file' : 'not-held',
    notice: href(noticePath(entry, undefined)),
  };
}
