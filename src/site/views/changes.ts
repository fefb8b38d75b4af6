import { compareInstants, type Timeline, type VersionSpan } from '../../model/in-force.ts';
import type { ChangeSummary, Compared, Notice } from '../../model/notice.ts';
import { daysBetween } from '../../model/time.ts';
import { isNews, type NewsEntry } from '../../model/version.ts';
import { describeReason } from '../../publish/changed-sections.ts';
import { compareDeclarations, describeDeclaration } from '../../publish/declarations.ts';
import type { FeedContext } from '../../publish/feeds.ts';
import { changesPath, noticeSubject, significanceSentence } from '../../publish/notice.ts';
import { noticeWords } from '../../publish/notice-words.ts';
import type { Chain, Comparisons, Pair } from '../comparisons.ts';
import type { ChangesPage, ComparedRow, NoticeRow, NoticesPage } from '../page.ts';
import { words } from '../words.ts';
import { documentTitle, documentType, factsOf, languageName, type SiteContext, versionLanguages, versionPath } from './context.ts';
import { documentLink, isMarkdown } from './text.ts';

/** What the pages of notices are made of. */
export interface ChangesSource {
  context: SiteContext;
  chains: readonly Chain[];
  comparisons: Comparisons;
  /** Those that were made already. */
  known: Map<string, NoticeOf>;
}

/** The notice of a version in one of its languages, and the comparison that it tells of. */
export interface NoticeOf {
  notice: Notice;
  pair: Pair | undefined;
}

/** Path of a notice. That of a version's first language is the version's own; the others have theirs, as the texts have. */
export const noticePath = (entry: { document: string; version: string }, language: string | undefined, file = '') =>
  language === undefined ? changesPath(entry, file) : `/${entry.document}/${entry.version}/${language}/changes/${file}`;

export function noticeOf(source: ChangesSource, timeline: Timeline, span: VersionSpan, language: string | undefined): NoticeOf {
  const key = `${span.entry.document} ${span.entry.version} ${language}`;
  const known = source.known.get(key) ?? makeNotice(source, timeline, span, language);
  source.known.set(key, known);
  return known;
}

function makeNotice(source: ChangesSource, timeline: Timeline, span: VersionSpan, language: string | undefined): NoticeOf {
  const { context, comparisons } = source;
  const { workspace } = context;
  const { entry } = span;
  const pair = source.chains.find((chain) => chain.document === entry.document && chain.language === language)?.pairs.find(({ after }) => after.span === span);
  const summary = pair && comparisons.summary(pair);
  const front = factsOf(workspace, entry, language)?.frontMatter;
  const older = pair && factsOf(workspace, pair.before.span.entry, language)?.frontMatter;
  const set = front?.significance;
  const proposed = summary?.proposal.significance;
  const kind = set?.kind ?? proposed;
  const notice: Notice = {
    document: entry.document,
    type: documentType(workspace, timeline) as Notice['type'],
    title: factsOf(workspace, entry, language)?.title ?? documentTitle(workspace, timeline),
    language: language ?? context.language,
    version: entry.version,
    published: entry.published,
    effective: span.from,
    noticeDays: Math.trunc(daysBetween(entry.published, span.from)),
    changes: front?.changes,
    significance: kind && { kind, set: set && { reason: set.reason }, proposed },
    reasons: summary?.proposal.reasons ?? [],
    declarations: pair ? compareDeclarations(older, front) : [],
    compared: comparedWith(timeline, span, language, pair, summary),
  };
  return { notice, pair };
}

/** With which version; else the first thing that stood in the way. */
function comparedWith(
  { spans }: Timeline,
  span: VersionSpan,
  language: string | undefined,
  pair: Pair | undefined,
  summary: ChangeSummary | undefined,
): Compared {
  const earlier = spans.slice(0, spans.indexOf(span));
  const skippedAfter = pair ? earlier.slice(earlier.indexOf(pair.before.span) + 1) : earlier;
  const skipped = skippedAfter.map(({ entry }) => entry.version);
  if (pair && summary) return { with: pair.before.span.entry.version, skipped, summary };
  const file = language === undefined ? undefined : span.entry.files[language];
  const why = earlier.length === 0 ? 'first' : !file ? 'not-held' : !isMarkdown(file) ? 'kept-as-file' : 'nothing-before-is-held';
  return { with: undefined, why, skipped: why === 'nothing-before-is-held' ? skipped : [] };
}

/** The page of a notice. Nothing in it depends on later versions. */
export function changesPage(source: ChangesSource, timeline: Timeline, span: VersionSpan, language: string | undefined): ChangesPage {
  const { context } = source;
  const { href, when, workspace } = context;
  const { entry } = span;
  const { notice, pair } = noticeOf(source, timeline, span, language);
  const languages = versionLanguages(entry, workspace.config.languages);
  const own = language === languages[0] ? undefined : language;
  const path = noticePath(entry, own);
  const text = noticeWords(notice.language);
  const sentence = significanceSentence(notice.significance, text);
  return {
    kind: 'changes',
    url: href(path),
    canonical: context.absolute(path),
    language: notice.language,
    title: words(notice.language).changesOf(notice.title, entry.version),
    description: notice.changes ?? noticeSubject(notice, publisher(context)),
    relations: [{ rel: 'version-history', href: href(`/${entry.document}/history/`) }],
    indexed: true,
    document: documentLink(context, timeline, notice.title),
    version: { href: href(versionPath(entry, own)), label: entry.version },
    published: when(notice.published),
    from: when(notice.effective),
    noticeDays: notice.noticeDays,
    changes: notice.changes,
    significance: notice.significance && {
      kind: notice.significance.kind,
      sentence: sentence ?? '',
      reasons: notice.reasons.filter(({ kind }) => kind !== 'policy').map((reason) => describeReason(reason, text)),
    },
    declarations: notice.declarations.map((change) => describeDeclaration(change, text.declarations)),
    compared: comparedRow(source, notice, pair, own),
    languages: languages.map((name, index) => ({
      language: name,
      label: languageName(name),
      href: href(noticePath(entry, index > 0 ? name : undefined)),
      current: name === language,
    })),
    forms: { text: href(noticePath(entry, own, 'notice.txt')), json: href(noticePath(entry, own, 'notice.json')) },
    compare: href(`/${entry.document}/compare/${pair ? `?from=${pair.before.span.entry.version}&to=${entry.version}` : ''}`),
    notices: href('/notices/'),
    history: href(`/${entry.document}/history/`),
    pair: pair?.key,
    body: undefined,
  };
}

function comparedRow({ context }: ChangesSource, { compared, language }: Notice, pair: Pair | undefined, own: string | undefined): ComparedRow {
  const text = noticeWords(language);
  if (compared.with === undefined) {
    return { with: undefined, sentences: [compared.why === 'nothing-before-is-held' ? text.nothingBefore(compared.skipped) : text.why[compared.why]] };
  }
  const { summary, skipped } = compared;
  return {
    with: pair && { href: context.href(versionPath(pair.before.span.entry, own)), label: compared.with },
    sentences: [
      ...(skipped.length > 0 ? [text.skipped(skipped, compared.with)] : []),
      // How much changed and what was not marked stands with the list of sections.
      ...(summary.sections.length === 0 ? [text.nothingChanged(compared.with)] : []),
    ],
  };
}

/** Who gives notice, for the texts of notices and the feeds. */
export function publisher(context: SiteContext): FeedContext {
  const { workspace, timelines } = context;
  const { name: provider, timeZone } = workspace.config;
  return {
    provider,
    timeZone,
    language: context.language,
    absolute: context.absolute,
    titleOf: (document) => {
      const timeline = timelines.get(document);
      return timeline ? documentTitle(workspace, timeline) : document;
    },
  };
}

/** All notices by year, newest first, with withdrawals, changed dates and errata. */
export function noticesPage(source: ChangesSource): NoticesPage {
  const { context } = source;
  const { entries } = context.workspace.register;
  const text = words(context.language);
  const ordered = entries.flatMap((entry, index) => (isNews(entry) ? [{ entry, index }] : []));
  // As in the feeds: the newest first, then by document.
  ordered.sort(
    (a, b) =>
      compareInstants(b.entry.published, a.entry.published) ||
      (a.entry.document < b.entry.document ? -1 : Number(a.entry.document > b.entry.document)) ||
      b.index - a.index,
  );
  const years = new Map<string, NoticeRow[]>();
  for (const { entry } of ordered) {
    const row = noticeRow(source, entry);
    const year = row.published.text.slice(0, 4);
    const rows = years.get(year);
    if (rows) rows.push(row);
    else years.set(year, [row]);
  }
  return {
    kind: 'notices',
    url: context.href('/notices/'),
    canonical: context.absolute('/notices/'),
    language: context.language,
    title: text.noticesTitle,
    description: `${text.noticesTitle}. ${context.workspace.config.name}.`,
    relations: [
      { rel: 'alternate', type: 'application/atom+xml', href: context.href('/notices.atom') },
      { rel: 'alternate', type: 'application/feed+json', href: context.href('/notices.json') },
    ],
    indexed: true,
    years: [...years].map(([year, notices]) => ({ year, notices })),
    atom: context.href('/notices.atom'),
    json: context.href('/notices.json'),
    calendar: context.href('/deadlines.ics'),
  };
}

function noticeRow(source: ChangesSource, entry: NewsEntry): NoticeRow {
  const { context } = source;
  const { href, when, timelines, workspace } = context;
  const timeline = timelines.get(entry.document) as Timeline;
  const row = {
    kind: entry.kind,
    published: when(entry.published),
    document: entry.document.toUpperCase(),
    declarations: 0,
    significance: undefined,
    counts: undefined,
  };
  const title = documentTitle(workspace, timeline);
  if (entry.kind === 'withdrawal') return { ...row, title, href: href(`/${entry.document}/history/`), from: when(entry.withdrawn), text: entry.reason };
  const name = `${title} ${entry.version}`;
  const page = href(`/${entry.document}/${entry.version}/`);
  if (entry.kind === 'rescheduling') return { ...row, title: name, href: page, from: when(entry.rescheduled), text: entry.reason };
  if (entry.kind === 'erratum') return { ...row, title: name, href: page, from: undefined, text: entry.text };
  const span = timeline.spans.find((candidate) => candidate.entry === entry) as VersionSpan;
  const { notice } = noticeOf(source, timeline, span, versionLanguages(entry, workspace.config.languages)[0]);
  const summary = notice.compared.with === undefined ? undefined : notice.compared.summary;
  return {
    ...row,
    title: `${notice.title} ${entry.version}`,
    href: href(changesPath(entry)),
    from: when(span.from),
    text: notice.changes,
    significance: notice.significance?.kind,
    counts: summary && { sections: summary.sections.length, added: summary.counts.added, removed: summary.counts.removed },
    declarations: notice.declarations.length,
  };
}
