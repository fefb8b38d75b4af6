import type { Deadline } from '../model/deadline.ts';
import type { Timeline } from '../model/in-force.ts';
import { CALENDAR_PATH, deadlinesCalendar } from '../publish/calendar.ts';
import { atomFeed, feedEntries, jsonFeed } from '../publish/feeds.ts';
import { noticeText } from '../publish/notice.ts';
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
    { path: CALENDAR_PATH, text: deadlinesCalendar(deadlines, publisher(context)) },
  ];
}

function noticeRoutes(source: ChangesSource, timeline: Timeline, span: Timeline['spans'][number], page: (data: Page) => Route): Route[] {
  const { context } = source;
  const { entry } = span;
  const languages = versionLanguages(entry, context.workspace.config.languages);
  return (languages.length > 0 ? languages : [undefined]).flatMap((language) => {
    const own = language === languages[0] ? undefined : language;
    const { notice } = noticeOf(source, timeline, span, language);
    const sha256 = language === undefined ? undefined : entry.files[language]?.sha256;
    // Where a language has an address of its own, the notice in it leads there.
    const place = `/${entry.document}/${entry.version}/`;
    const absolute = (path: string) => context.absolute(own !== undefined && path.startsWith(place) ? path.replace(place, `${place}${own}/`) : path);
    const who = { ...publisher(context), absolute, sha256 };
    return [
      page(changesPage(source, timeline, span, language)),
      { path: noticePath(entry, own, 'notice.txt'), text: noticeText(notice, who) },
      { path: noticePath(entry, own, 'notice.json'), text: noticeJson(notice, who) },
    ];
  });
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
  const entries = feedEntries(
    workspace.register,
    (entry) => {
      const timeline = timelines.get(entry.document) as Timeline;
      const span = timeline.spans.find((candidate) => candidate.entry === entry) as Timeline['spans'][number];
      return noticeOf(source, timeline, span, versionLanguages(entry, workspace.config.languages)[0]).notice;
    },
    who,
  );
  return [
    { path: '/notices.atom', text: atomFeed(entries, who) },
    { path: '/notices.json', text: jsonFeed(entries, who) },
  ];
}
