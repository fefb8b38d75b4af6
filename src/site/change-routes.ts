import type { Deadline } from '../model/deadline.ts';
import type { Timeline } from '../model/in-force.ts';
import type { VersionEntry } from '../model/version.ts';
import { CALENDAR_PATH, deadlinesCalendar } from '../publish/calendar.ts';
import { atomFeed, feedEntries, jsonFeed } from '../publish/feeds.ts';
import { type NoticeContext, noticeText } from '../publish/notice.ts';
import { noticeJson } from '../publish/notice-json.ts';
import type { Chain, Comparisons } from './comparisons.ts';
import type { Page } from './page.ts';
import type { Route } from './routes.ts';
import { type ChangesSource, changesPage, noticeOf, noticePath, noticesPage, publisher } from './views/changes.ts';
import { comparePage } from './views/compare.ts';
import { type SiteContext, versionLanguages } from './views/context.ts';
import { sectionPages } from './views/sections.ts';

/** Everything that tells what changed: notices and feeds, sections through the versions, the page for any two versions, deadlines. */
export function listChangeRoutes(context: SiteContext, chains: readonly Chain[], comparisons: Comparisons, deadlines: readonly Deadline[]): Route[] {
  const source: ChangesSource = { context, chains, comparisons, known: new Map() };
  const page = (data: Page): Route => ({ path: data.url.slice(context.href('').length), page: data });
  return [
    ...[...context.timelines.values()].flatMap((timeline) => [
      page(comparePage(context, timeline)),
      ...timeline.spans.flatMap((span) => noticeRoutes(source, timeline, span, page)),
      ...sectionRoutes(source, timeline, page),
    ]),
    page(noticesPage(source)),
    ...feedRoutes(source),
    { path: CALENDAR_PATH, key: JSON.stringify([deadlines, context.frame, context.language]), make: () => deadlinesCalendar(deadlines, publisher(context)) },
  ];
}

function noticeRoutes(source: ChangesSource, timeline: Timeline, span: Timeline['spans'][number], page: (data: Page) => Route): Route[] {
  const { context } = source;
  const { entry } = span;
  const languages = versionLanguages(entry, context.workspace.config.languages);
  return (languages.length > 0 ? languages : [undefined]).flatMap((language) => {
    const own = language === languages[0] ? undefined : language;
    const { notice } = noticeOf(source, timeline, span, language);
    const who = noticeContext(context, entry, language);
    const key = JSON.stringify([notice, who.sha256, context.frame]);
    return [
      page(changesPage(source, timeline, span, language)),
      { path: noticePath(entry, own, 'notice.txt'), key, make: () => noticeText(notice, who) },
      { path: noticePath(entry, own, 'notice.json'), key, make: () => noticeJson(notice, who) },
    ];
  });
}

/** Who gives the notice of a version in one of its languages, and where. */
export function noticeContext(context: SiteContext, entry: VersionEntry, language: string | undefined): NoticeContext {
  const [primary] = versionLanguages(entry, context.workspace.config.languages);
  const sha256 = language === undefined ? undefined : entry.files[language]?.sha256;
  if (language === primary) return { ...publisher(context), sha256 };
  // Where a language has an address of its own, the notice in it leads there.
  const place = `/${entry.document}/${entry.version}/`;
  return { ...publisher(context), absolute: (path) => context.absolute(path.startsWith(place) ? path.replace(place, `${place}${language}/`) : path), sha256 };
}

/** Sections are followed through the texts of the first language that has any. */
function sectionRoutes({ context, chains, comparisons }: ChangesSource, timeline: Timeline, page: (data: Page) => Route): Route[] {
  const own = chains.filter(({ document, texts }) => document === timeline.document && texts.length > 0);
  const chain = context.workspace.config.languages.map((name) => own.find(({ language }) => language === name)).find(Boolean) ?? own[0];
  if (!chain) return [];
  const texts = chain.texts.map((text) => ({ version: text.span.entry.version, span: text.span, sections: comparisons.sections(text) }));
  const steps = chain.pairs.map((pair) => ({ pair: pair.key, same: comparisons.same(pair), changes: comparisons.summary(pair).sections }));
  return sectionPages(context, timeline, { language: chain.language, texts, steps }).map(page);
}

function feedRoutes(source: ChangesSource): Route[] {
  const { context } = source;
  const { workspace, timelines } = context;
  const who = publisher(context);
  const noticeFor = (entry: VersionEntry) => {
    const timeline = timelines.get(entry.document) as Timeline;
    const span = timeline.spans.find((candidate) => candidate.entry === entry) as Timeline['spans'][number];
    return noticeOf(source, timeline, span, versionLanguages(entry, workspace.config.languages)[0]).notice;
  };
  // What a feed says follows from the register, whose last digest stands for all of it, and from the comparisons.
  const key = JSON.stringify([
    workspace.register.entries.at(-1)?.digest,
    source.chains.map(({ pairs }) => pairs.map((pair) => pair.key)),
    context.frame,
    context.language,
  ]);
  const entries = () => feedEntries(workspace.register, noticeFor, who);
  return [
    { path: '/notices.atom', key, make: () => atomFeed(entries(), who) },
    { path: '/notices.json', key, make: () => jsonFeed(entries(), who) },
  ];
}
