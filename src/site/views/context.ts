import { deployedCas } from '../../model/deployed.ts';
import type { TextFacts } from '../../model/document.ts';
import { readTimelines, stateOf, type Timeline, type VersionSpan } from '../../model/in-force.ts';
import { type Instant, localTime } from '../../model/time.ts';
import { type VersionEntry, versionLanguages } from '../../model/version.ts';
import type { Workspace } from '../../model/workspace.ts';
import { CERTIFICATES_PATH } from '../../publish/certificate-files.ts';
import { changesPath } from '../../publish/notice.ts';
import { listAssessorPages } from '../assessor-pages.ts';
import type { Frame, Link, VersionRow, When } from '../page.ts';

/** What the builders of page data share: the workspace and the site's way of writing addresses, times and names. */
export interface SiteContext {
  workspace: Workspace;
  timelines: ReadonlyMap<string, Timeline>;
  frame: Frame;
  /** The site's language, for pages that are not a text. */
  language: string;
  /** A path of the site, `/cps/`, with the base path before it. */
  href(path: string): string;
  /** The absolute address of a path of the site. */
  absolute(path: string): string;
  when(instant: Instant): When;
}

/** Makes the context of a workspace's site. */
export function createContext(workspace: Workspace): SiteContext {
  const { config, register } = workspace;
  const base = new URL(config.site).pathname.replace(/\/$/, '');
  const href = (path: string) => `${base}${path}`;
  const timelines = readTimelines(register);
  const times = new Map<Instant, When>();
  const documents = [...timelines.values()].map((timeline) => ({
    href: href(`/${timeline.document}/`),
    label: documentTitle(workspace, timeline),
    short: timeline.document.toUpperCase(),
  }));
  const frame = {
    provider: config.name,
    home: href('/'),
    timeZone: config.timeZone,
    documents,
    inForce: href('/in-force/'),
    policies: href('/policies/'),
    certificates: deployedCas(workspace.deployed).length > 0 ? href(CERTIFICATES_PATH) : undefined,
    notices: href('/notices/'),
    requirements: hasConformingPolicy(workspace) ? href('/requirements/') : undefined,
    search: href('/search/'),
    api: href('/api/v1/'),
    ...(workspace.audience === 'assessor' && { assessor: listAssessorPages(workspace, href) }),
  };
  return {
    workspace,
    timelines,
    frame,
    language: config.languages[0] ?? 'en',
    href,
    absolute: (path) => `${config.site}${path}`,
    when: (instant) => {
      const known = times.get(instant) ?? { instant, text: localTime(instant, config.timeZone) };
      times.set(instant, known);
      return known;
    },
  };
}

/** Whether any text that was ever published lists a policy of which a standard asks something: what had a page once keeps it. */
const hasConformingPolicy = ({ facts }: Workspace) => [...facts.values()].some(({ frontMatter }) => frontMatter?.policies.some(({ conformsTo }) => conformsTo));

export { versionLanguages };

/** Path of a version's page: the address that never changes. */
export const versionPath = (entry: VersionEntry, language?: string) => `/${entry.document}/${entry.version}/${language ? `${language}/` : ''}`;

/** Whether a version has a requirement matrix of its own: one of its texts has a mark, and a standard asks something of some text. */
export function hasMatrix({ workspace, frame }: SiteContext, { files }: VersionEntry): boolean {
  return frame.requirements !== undefined && Object.values(files).some(({ sha256 }) => workspace.facts.get(sha256)?.marked);
}

/** What is known of a version's text in one language; undefined where the text is not held. */
export function factsOf(workspace: Workspace, entry: VersionEntry, language: string | undefined): TextFacts | undefined {
  const file = language === undefined ? undefined : entry.files[language];
  return file && workspace.facts.get(file.sha256);
}

/** A document's title as its latest text gives it, in the site's first language; else what the configuration says, else its id. */
export function documentTitle(workspace: Workspace, { document, spans }: Timeline): string {
  return latestFacts(workspace, spans)?.title ?? workspace.config.documents.find((item) => item.id === document)?.title ?? document.toUpperCase();
}

/** A document's type as its latest text gives it. */
export function documentType(workspace: Workspace, { document, spans }: Timeline): string {
  return latestFacts(workspace, spans)?.type ?? workspace.config.documents.find((item) => item.id === document)?.type ?? document.toUpperCase();
}

function latestFacts(workspace: Workspace, spans: readonly VersionSpan[]): TextFacts | undefined {
  const last = spans.findLast(({ entry }) => factsOf(workspace, entry, versionLanguages(entry, workspace.config.languages)[0]));
  return last && factsOf(workspace, last.entry, versionLanguages(last.entry, workspace.config.languages)[0]);
}

/** One row of a table of versions. */
export function versionRow(context: SiteContext, span: VersionSpan): VersionRow {
  const { entry } = span;
  const languages = versionLanguages(entry, context.workspace.config.languages);
  return {
    version: entry.version,
    href: context.href(versionPath(entry)),
    state: stateOf(span, context.workspace.now),
    published: context.when(entry.published),
    from: context.when(span.from),
    until: span.until && context.when(span.until),
    held: languages.length > 0,
    changes: factsOf(context.workspace, entry, languages[0])?.frontMatter?.changes,
    languages: languages.map((language, index) => ({
      href: context.href(versionPath(entry, index > 0 ? language : undefined)),
      label: languageName(language),
    })),
    errata: span.errata.length,
    note: entry.note,
    notice: context.href(changesPath(entry)),
  };
}

const languageNames = new Map<string, string>();

/** A language's name in itself. */
export function languageName(language: string): string {
  const name = languageNames.get(language) ?? new Intl.DisplayNames([language], { type: 'language', fallback: 'code' }).of(language) ?? language;
  languageNames.set(language, name);
  return name;
}

/** A link to a version, and from when it is in force. */
export function versionLink(context: SiteContext, span: VersionSpan): Link & { from: When } {
  return { href: context.href(versionPath(span.entry)), label: span.entry.version, from: context.when(span.from) };
}

/** A link to what texts name in words: `cps 6.3.2` is a section of the text in force, `cps 2.1 6.3.2` one of a version. */
export function sectionLink({ href }: SiteContext, name: string): Link {
  const [document = '', ...numbers] = name.split(' ');
  const [version, section = ''] = numbers.length > 1 ? numbers : [undefined, numbers[0]];
  const path = href(`/${document}/${version === undefined ? '' : `${version}/`}`);
  return { href: `${path}#${section}`, label: [document.toUpperCase(), ...(version === undefined ? [section] : [`${version},`, section])].join(' ') };
}

/** Digits by fours, as people read them aloud. */
export const groupDigits = (hex: string): readonly string[] => hex.toUpperCase().match(/.{1,4}/g) ?? [];

/** What every page has that is no text: its address, in the language of the site. */
export const pageBase = (context: SiteContext, path: string, title: string, description: string) => ({
  url: context.href(path),
  canonical: context.absolute(path),
  language: context.language,
  title,
  description,
  relations: [],
  indexed: true,
});
