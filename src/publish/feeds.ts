import type { Significance } from '../model/change.ts';
import type { Notice } from '../model/notice.ts';
import type { Instant } from '../model/time.ts';
import { isNews, type NewsEntry, type Register, type VersionEntry } from '../model/version.ts';
import { countSentences, listChapters, shortNames } from './changed-sections.ts';
import { cleanText, escapeXml, type MessageBlock, messageHtml, oneLine, paragraphsOf } from './message.ts';
import { changesPath, declarationList, noticeSubject, openingBlocks, type Publisher, significanceSentence, textPath } from './notice.ts';
import { dayInWords, type NoticeWords, noticeWords, timeInWords } from './notice-words.ts';

/** One thing that subscribers are told: what the register says, in a few sentences. */
export interface FeedEntry {
  /** A tag URI (RFC 4151), the same for ever. */
  id: string;
  kind: NewsEntry['kind'];
  document: string;
  documentTitle: string;
  language: string;
  title: string;
  summary: string | undefined;
  url: string;
  /** Other forms of the same, and what it is about. */
  links: readonly { rel: 'alternate' | 'related'; type: string; url: string }[];
  published: Instant;
  /** When it last said something else: a rescheduling changes the notice of a version. */
  updated: Instant;
  significance: Significance | undefined;
  content: readonly MessageBlock[];
}

/** What feeds need apart from their entries. */
export interface FeedContext extends Publisher {
  /** The site's language, for what is not in that of a text. */
  language: string;
  /** A document's title, by its id. */
  titleOf(document: string): string;
}

/** How many entries a feed holds: the newest. `/notices/` has all. */
export const FEED_LENGTH = 100;

/**
 * The register's newest entries for subscribers, newest first: by the instant of publication, then by document; what was
 * published at once for one document stands in the register's order, the last first.
 */
export function feedEntries(register: Register, noticeOf: (entry: VersionEntry) => Notice, context: FeedContext): FeedEntry[] {
  const ordered = register.entries.flatMap((entry, index) => (isNews(entry) ? [{ entry, index }] : []));
  ordered.sort((a, b) => compare(b.entry.published, a.entry.published) || compare(a.entry.document, b.entry.document) || b.index - a.index);
  return ordered.slice(0, FEED_LENGTH).map(({ entry, index }) => {
    if (entry.kind === 'version') return versionEntry(noticeOf(entry), register, context);
    return registerEntry(entry, ordinal(register, index), context);
  });
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Which one of its kind an entry is for its document or version, counted from 1. What comes later does not alter it. */
function ordinal({ entries }: Register, index: number): number {
  const about = (entry: Register['entries'][number]) => `${entry.kind} ${entry.document} ${'version' in entry ? entry.version : ''}`;
  const entry = entries[index];
  return entry ? entries.slice(0, index + 1).filter((other) => about(other) === about(entry)).length : 0;
}

function versionEntry(notice: Notice, register: Register, context: FeedContext): FeedEntry {
  const words = noticeWords(notice.language);
  const changes = paragraphsOf(notice.changes ?? '').join(' ');
  const moved = register.entries.filter((entry) => entry.kind === 'rescheduling' && entry.document === notice.document && entry.version === notice.version);
  return {
    id: tagOf(notice.published, `${notice.document}/${notice.version}`, context),
    kind: 'version',
    document: notice.document,
    documentTitle: oneLine(notice.title),
    language: notice.language,
    title: noticeSubject(notice, context, words),
    summary: changes || undefined,
    url: context.absolute(changesPath(notice)),
    links: [
      { rel: 'alternate', type: 'text/plain', url: context.absolute(changesPath(notice, 'notice.txt')) },
      { rel: 'alternate', type: 'application/json', url: context.absolute(changesPath(notice, 'notice.json')) },
      { rel: 'related', type: 'text/html', url: context.absolute(textPath(notice)) },
    ],
    published: notice.published,
    updated: newest([notice.published, ...moved.map((entry) => entry.published)]) ?? notice.published,
    significance: notice.significance?.kind,
    content: versionContent(notice, context, words),
  };
}

/** How many sections an entry names; of more it says how many there are in each chapter. */
const MOST_NAMED = 40;

function versionContent(notice: Notice, context: FeedContext, words: NoticeWords): MessageBlock[] {
  const significance = significanceSentence(notice.significance, words);
  return [
    ...openingBlocks(notice, context, words),
    ...(significance === undefined ? [] : [paragraph(significance)]),
    ...(notice.declarations.length > 0 ? [declarationList(notice.declarations, words)] : []),
    ...comparedSentences(notice, words).map(paragraph),
    {
      kind: 'reference',
      label: notice.compared.with === undefined ? words.links.notice : words.links.comparison,
      value: context.absolute(changesPath(notice)),
    },
  ];
}

function comparedSentences({ compared }: Notice, words: NoticeWords): string[] {
  if (compared.with === undefined) return [compared.why === 'nothing-before-is-held' ? words.nothingBefore(compared.skipped) : words.why[compared.why]];
  const { sections } = compared.summary;
  const skipped = compared.skipped.length > 0 ? [words.skipped(compared.skipped, compared.with)] : [];
  if (sections.length === 0) return [...skipped, words.nothingChanged(compared.with)];
  const [counted = ''] = countSentences(compared.summary, words);
  const names = sections.length > MOST_NAMED ? listChapters(sections, words).map((chapter) => chapter.text) : shortNames(sections, words);
  return [...skipped, counted, `${words.headings.sections}: ${names.join('; ')}.`];
}

type OtherEntry = Exclude<NewsEntry, VersionEntry>;

function registerEntry(entry: OtherEntry, which: number, context: FeedContext): FeedEntry {
  const words = noticeWords(context.language);
  const { title, sentences, text, path } = tell(entry, context, words);
  const about = entry.kind === 'withdrawal' ? entry.document : `${entry.document}/${entry.version}`;
  return {
    id: tagOf(entry.published, `${about}/${entry.kind}/${which}`, context),
    kind: entry.kind,
    document: entry.document,
    documentTitle: oneLine(context.titleOf(entry.document)),
    language: context.language,
    title,
    summary: oneLine(text),
    url: context.absolute(path),
    links: [],
    published: entry.published,
    updated: entry.published,
    significance: undefined,
    content: [sentences.join(' '), ...paragraphsOf(entry.kind === 'erratum' ? text : words.reason(text))].map(paragraph),
  };
}

/** What an entry says, and where it can be read. */
function tell(entry: OtherEntry, context: FeedContext, words: NoticeWords): { title: string; sentences: string[]; text: string; path: string } {
  const { titleOf, timeZone } = context;
  const title = oneLine(titleOf(entry.document));
  const quoted = words.quote(title);
  switch (entry.kind) {
    case 'withdrawal': {
      const next = entry.continuedBy === undefined ? [] : [words.withdrawal.continuedBy(words.quote(oneLine(titleOf(entry.continuedBy))))];
      return {
        title: words.withdrawal.title(title, dayInWords(words, entry.withdrawn, timeZone)),
        sentences: [words.withdrawal.sentence(quoted, timeInWords(words, entry.withdrawn, timeZone)), ...next],
        text: entry.reason,
        path: `/${entry.document}/history/`,
      };
    }
    case 'rescheduling':
      return {
        title: words.rescheduling.title(title, entry.version, dayInWords(words, entry.rescheduled, timeZone)),
        sentences: [words.rescheduling.sentence(quoted, entry.version, timeInWords(words, entry.rescheduled, timeZone))],
        text: entry.reason,
        path: textPath(entry),
      };
    case 'erratum':
      return {
        title: words.erratum.title(title, entry.version, entry.erratum),
        sentences: [words.erratum.sentence(quoted, entry.version, entry.section)],
        text: entry.text,
        path: textPath(entry),
      };
  }
}

/** A tag URI (RFC 4151) of the site's host. It holds the entry's own day, so that it does not change with what follows. */
function tagOf(published: Instant, name: string, { absolute }: Publisher): string {
  return `tag:${new URL(absolute('/')).hostname.replace(/[^0-9A-Za-z.-]/g, '')},${published.slice(0, 10)}:${name}`;
}

/** `/notices.atom`: the entries as an Atom feed (RFC 4287). Dated by them, so that it changes with them only. */
export function atomFeed(entries: readonly FeedEntry[], context: FeedContext): string {
  const words = noticeWords(context.language);
  const { provider, absolute } = context;
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${escapeXml(context.language)}">`,
    ` <id>${escapeXml(absolute('/notices.atom'))}</id>`,
    ` <title>${escapeXml(words.feed.title(provider))}</title>`,
    ` <subtitle>${escapeXml(words.feed.subtitle(provider))}</subtitle>`,
    // A feed must have a date; one without entries has the first there is.
    ` <updated>${newest(entries.map(({ updated }) => updated)) ?? '1970-01-01T00:00:00Z'}</updated>`,
    ` <author><name>${escapeXml(provider)}</name><uri>${escapeXml(absolute('/'))}</uri></author>`,
    atomLink('self', 'application/atom+xml', absolute('/notices.atom')),
    atomLink('alternate', 'text/html', absolute('/notices/')),
    atomLink('alternate', 'application/feed+json', absolute('/notices.json')),
    ...entries.flatMap((entry) => atomEntry(entry, context)),
    '</feed>',
  ];
  return `${lines.join('\n')}\n`;
}

const newest = (instants: readonly Instant[]): Instant | undefined => instants.toSorted().at(-1);

const atomLink = (rel: string, type: string, url: string) => ` <link rel="${rel}" type="${type}" href="${escapeXml(url)}"/>`;

function atomEntry(entry: FeedEntry, context: FeedContext): string[] {
  const lines = [
    `<entry xml:lang="${escapeXml(entry.language)}">`,
    ` <id>${escapeXml(entry.id)}</id>`,
    ` <title>${escapeXml(entry.title)}</title>`,
    ` <published>${entry.published}</published>`,
    ` <updated>${entry.updated}</updated>`,
    atomLink('alternate', 'text/html', entry.url),
    ...entry.links.map(({ rel, type, url }) => atomLink(rel, type, url)),
    ...categoriesOf(entry).map(({ scheme, term, label }) => atomCategory(context.absolute(scheme), term, label)),
    ...(entry.summary === undefined ? [] : [` <summary>${escapeXml(entry.summary)}</summary>`]),
    ` <content type="html">${escapeXml(messageHtml(entry.content))}</content>`,
    '</entry>',
  ];
  return lines.map((line) => ` ${line}`);
}

const atomCategory = (scheme: string, term: string, label: string) =>
  ` <category scheme="${escapeXml(scheme)}" term="${escapeXml(term)}" label="${escapeXml(label)}"/>`;

/** The document, what kind of entry it is, and how far a change reaches. Schemes are paths of the site. */
function categoriesOf({ document, documentTitle, kind, significance, language }: FeedEntry): { scheme: string; term: string; label: string }[] {
  const words = noticeWords(language);
  return [
    { scheme: '/', term: document, label: documentTitle },
    { scheme: '/notices/', term: kind, label: words.kinds[kind] },
    ...(significance ? [{ scheme: '/notices/#significance', term: significance, label: words.significance[significance] }] : []),
  ];
}

/** `/notices.json`: the same as a JSON Feed 1.1 (jsonfeed.org). */
export function jsonFeed(entries: readonly FeedEntry[], context: FeedContext): string {
  const words = noticeWords(context.language);
  const { provider, absolute } = context;
  const feed = {
    version: 'https://jsonfeed.org/version/1.1',
    title: cleanText(words.feed.title(provider)),
    home_page_url: absolute('/notices/'),
    feed_url: absolute('/notices.json'),
    description: cleanText(words.feed.subtitle(provider)),
    authors: [{ name: cleanText(provider), url: absolute('/') }],
    language: context.language,
    items: entries.map((entry) => ({
      id: entry.id,
      url: entry.url,
      title: cleanText(entry.title),
      content_html: messageHtml(entry.content),
      ...(entry.summary !== undefined && { summary: cleanText(entry.summary) }),
      date_published: entry.published,
      date_modified: entry.updated,
      language: entry.language,
      tags: categoriesOf(entry).map(({ term }) => term),
    })),
  };
  return `${JSON.stringify(feed, null, 1)}\n`;
}

const paragraph = (text: string): MessageBlock => ({ kind: 'paragraph', text });
