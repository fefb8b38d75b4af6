import { explainInForce } from '../../model/answer.ts';
import { announcedChanges, inForce, nextChange, stateOf, type Timeline, type VersionSpan } from '../../model/in-force.ts';
import { dateIn, type Instant, midnight } from '../../model/time.ts';
import { isNews, type NewsEntry } from '../../model/version.ts';
import { API_ANSWERS } from '../../publish/api.ts';
import { matrixPath, versionMatrixPath } from '../../publish/matrix.ts';
import { changesPath } from '../../publish/notice.ts';
import { profilePath, publishedTextPath } from '../../publish/published-text.ts';
import { drawTimeline } from '../../publish/timeline.ts';
import { TRUSTED_LISTS_JSON } from '../../publish/trusted-lists-json.ts';
import { readOwnListings } from '../own-listings.ts';
import type { ApiPage, HistoryPage, HomePage, InForcePage, InForceRow, IntervalPage, Link, NotFoundPage, SearchPage } from '../page.ts';
import { words } from '../words.ts';
import { authorityLinks } from './certificates.ts';
import { hasMatrix, pageBase, type SiteContext, versionLanguages, versionLink, versionRow } from './context.ts';
import { documentLink, isMarkdown, withdrawalOf } from './text.ts';

/** An interval between two changes of what is in force, and its address. */
export interface Interval {
  name: string;
  from: Instant;
  until: Instant | undefined;
}

/**
 * All intervals between two changes, oldest first. A date that was announced and then moved keeps its interval, so that
 * its address stays. The name is the day on which the interval begins, with the time where that is not midnight.
 */
export function listIntervals({ workspace }: SiteContext): readonly Interval[] {
  const zone = workspace.config.timeZone;
  const instants = announcedChanges(workspace.register);
  return instants.map((from, index) => {
    const day = dateIn(from, zone);
    return { name: from === midnight(day, zone) ? day : `${day}T${from.slice(11, 19).replaceAll(':', '')}Z`, from, until: instants[index + 1] };
  });
}

/** One document at an instant, for the tables of what is in force. */
function inForceRow(context: SiteContext, timeline: Timeline, at: Instant): InForceRow {
  const answer = inForce(context.workspace.register, timeline.document, at);
  const { id, title, type, href } = documentLink(context, timeline);
  const span = answer.version;
  return {
    document: id,
    title,
    type,
    href,
    version: span && { ...versionLink(context, span), until: span.until && context.when(span.until), held: Object.keys(span.entry.files).length > 0 },
    next: answer.next && versionLink(context, answer.next),
    explanation: explainInForce(answer, context.workspace.config.timeZone),
  };
}

export function homePage(context: SiteContext): HomePage {
  const { workspace, timelines, when } = context;
  const text = words(context.language);
  const next = nextChange(workspace.register, workspace.now);
  return {
    kind: 'home',
    ...pageBase(context, '/', workspace.config.name, `${text.homeDescription} ${workspace.config.name}.`),
    inForce: [...timelines.values()].map((timeline) => inForceRow(context, timeline, workspace.now)),
    latest: workspace.register.entries
      .filter(isNews)
      .sort((a, b) => (a.published < b.published ? 1 : a.published > b.published ? -1 : 0))
      .slice(0, 8)
      .map((entry) => latestEntry(context, entry)),
    nextChange: next && when(next),
    data: context.href('/api/v1/in-force.json'),
    certificates: authorityLinks(context, () => true).map(({ href, label }) => ({ href, label })),
  };
}

function latestEntry({ href, when, language }: SiteContext, entry: NewsEntry): HomePage['latest'][number] {
  const text = words(language);
  const name = entry.document.toUpperCase();
  const published = when(entry.published);
  if (entry.kind === 'withdrawal') return { published, text: `${text.withdrawalOf} ${name}`, link: { href: href(`/${entry.document}/history/`), label: name } };
  const page = entry.kind === 'version' ? changesPath(entry) : `/${entry.document}/${entry.version}/`;
  const link = { href: href(page), label: `${name} ${entry.version}` };
  if (entry.kind === 'rescheduling') return { published, text: text.rescheduled(when(entry.rescheduled).text), link };
  if (entry.kind === 'erratum') return { published, text: text.erratum(entry.erratum), link };
  return { published, text: text.effectiveFrom(when(entry.effective).text), link };
}

export function inForcePage(context: SiteContext, intervals: readonly Interval[]): InForcePage {
  const { workspace, when, href } = context;
  const years = new Map<string, InForcePage['years'][number]['intervals'][number][]>();
  for (const interval of intervals.toReversed()) {
    const from = when(interval.from);
    const year = from.text.slice(0, 4);
    const row = {
      href: href(`/in-force/${interval.name}/`),
      label: from.text,
      from,
      until: interval.until && when(interval.until),
      versions: versionsAt(context, interval.from),
    };
    years.set(year, [...(years.get(year) ?? []), row]);
  }
  const text = words(context.language);
  return {
    kind: 'in-force',
    ...pageBase(context, '/in-force/', text.inForceTitle, `${text.inForceTitle}. ${workspace.config.name}.`),
    years: [...years].map(([year, rows]) => ({ year, intervals: rows })),
    data: href('/api/v1/in-force.json'),
    certificate: {
      inForce: href('/api/v1/in-force.json'),
      declared: href('/api/v1/certificate-lookup.json'),
      standards: href('/api/v1/certificate-standards.json'),
      lists: hasListings(context) ? href(TRUSTED_LISTS_JSON) : undefined,
    },
  };
}

function versionsAt({ workspace, timelines }: SiteContext, at: Instant): string {
  const parts = [...timelines.keys()].flatMap((document) => {
    const version = inForce(workspace.register, document, at).version?.entry.version;
    return version === undefined ? [] : [`${document.toUpperCase()} ${version}`];
  });
  return parts.join(', ');
}

/** A page names its neighbours only, so that a new version changes the last one and no other. */
export function intervalPage(context: SiteContext, intervals: readonly Interval[], index: number): IntervalPage {
  const { when, href, timelines } = context;
  const interval = intervals[index] as Interval;
  const text = words(context.language);
  const neighbour = (other: Interval | undefined): Link | undefined => other && { href: href(`/in-force/${other.name}/`), label: when(other.from).text };
  const title = text.interval(when(interval.from).text, interval.until && when(interval.until).text);
  return {
    kind: 'interval',
    ...pageBase(context, `/in-force/${interval.name}/`, title, title),
    from: when(interval.from),
    until: interval.until && when(interval.until),
    rows: [...timelines.values()].map((timeline) => ({ ...inForceRow(context, timeline, interval.from), next: undefined })),
    previous: neighbour(intervals[index - 1]),
    next: neighbour(intervals[index + 1]),
  };
}

/** What was declared of versions after they were registered. Of a profile that was declared again the link leads to the later one. */
function declarationRows({ workspace, href, when }: SiteContext, document: string): HistoryPage['declarations'] {
  return workspace.register.entries
    .filter((entry) => entry.kind === 'declaration')
    .filter((entry) => entry.document === document)
    .map((entry) => ({
      published: when(entry.published),
      version: { href: href(`/${document}/${entry.version}/`), label: entry.version },
      profiles: Object.keys(entry.profiles).map((id) => ({ href: href(profilePath(entry, id)), label: id })),
      note: entry.note,
    }))
    .reverse();
}

export function historyPage(context: SiteContext, timeline: Timeline): HistoryPage {
  const { workspace, href } = context;
  const text = words(context.language);
  const document = documentLink(context, timeline);
  const path = `/${timeline.document}/history/`;
  const rows = timeline.spans.map((span) => versionRow(context, span));
  const bars = timeline.spans.map((span, index) => ({
    label: span.entry.version,
    href: rows[index]?.href ?? '',
    title: text.bar(span.entry.version, rows[index]?.from.text ?? '', rows[index]?.until?.text),
    from: span.from,
    until: span.until,
    state: stateOf(span, workspace.now),
    held: Object.keys(span.entry.files).length > 0,
  }));
  return {
    kind: 'history',
    ...pageBase(context, path, text.historyOf(document.title), text.historyOf(document.title)),
    relations: [{ rel: 'timemap', href: href(`/${timeline.document}/timemap`), type: 'application/link-format' }],
    document,
    versions: rows.reverse(),
    declarations: declarationRows(context, timeline.document),
    withdrawals: timeline.withdrawals.map((withdrawal) => withdrawalOf(context, withdrawal)),
    timeline: drawTimeline(bars, text.historyOf(document.title)),
    timemap: href(`/${timeline.document}/timemap`),
    compare: href(`/${timeline.document}/compare/`),
    sections: timeline.spans.some(({ entry }) => Object.values(entry.files).some(isMarkdown)) ? href(`/${timeline.document}/sections/`) : undefined,
  };
}

export function searchPage(context: SiteContext): SearchPage {
  const text = words(context.language);
  return {
    kind: 'search',
    ...pageBase(context, '/search/', text.searchTitle, text.searchTitle),
    indexed: false,
    bundle: context.href('/pagefind/'),
    history: context.href('/pagefind/history.json'),
  };
}

/** Whether there is a file with what trusted lists say of the CAs. */
const hasListings = ({ workspace }: SiteContext): boolean => readOwnListings(workspace) !== undefined;

export function apiPage(context: SiteContext): ApiPage {
  const { href, timelines, frame } = context;
  const link = (path: string) => ({ href: href(path), label: path });
  const schema = (name: string) => ({ href: href(`/api/v1/schemas/${name}.json`), label: `${name}.json` });
  const documents = [...timelines].flatMap(([id, { spans }]) => [
    { address: link(`/api/v1/documents/${id}.json`), says: `All versions of ${id}, newest first.`, schema: schema('document') },
    { address: link(`/${id}/timemap`), says: `TimeMap of ${id} (RFC 7089).`, schema: undefined },
    ...spans.slice(-1).flatMap((span) => versionAnswers(context, span)),
  ]);
  const offered = API_ANSWERS.filter(
    ({ path }) =>
      (frame.requirements !== undefined || !path.startsWith(matrixPath())) &&
      (frame.certificates !== undefined || path !== '/api/v1/certificates.json') &&
      (hasListings(context) || path !== TRUSTED_LISTS_JSON),
  );
  const answers = offered.map((answer) => ({ address: link(answer.path), says: answer.says, schema: answer.schema && schema(answer.schema) }));
  return {
    kind: 'api',
    ...pageBase(context, '/api/v1/', 'For machines', 'What this site offers to programs, as files that any static host serves.'),
    answers: [...answers, ...documents],
  };
}

/** What there is beside each version, shown for the last one of a document. */
function versionAnswers(context: SiteContext, { entry }: VersionSpan): ApiPage['answers'] {
  const { href, workspace } = context;
  const answer = (path: string, says: string, schema: string) => ({
    address: { href: href(path), label: path },
    says,
    schema: { href: href(`/api/v1/schemas/${schema}.json`), label: `${schema}.json` },
  });
  const name = `${entry.document} ${entry.version}`;
  const [language] = versionLanguages(entry, workspace.config.languages);
  const file = language === undefined ? undefined : entry.files[language];
  return [
    answer(changesPath(entry, 'notice.json'), `What changed in ${name}; every version has its own.`, 'notice'),
    ...(language !== undefined && file && isMarkdown(file)
      ? [
          answer(
            publishedTextPath(entry.document, entry.version, language),
            `The text of ${name}, section by section; every Markdown text has its own.`,
            'text',
          ),
        ]
      : []),
    ...(hasMatrix(context, entry)
      ? [answer(versionMatrixPath(entry, 'matrix.json'), `What ${name} states of the requirements; every version with marks has its own.`, 'matrix')]
      : []),
  ];
}

export function notFoundPage(context: SiteContext): NotFoundPage {
  const text = words(context.language);
  return { kind: 'not-found', ...pageBase(context, '/404.html', text.notFoundTitle, text.notFoundTitle), indexed: false };
}
