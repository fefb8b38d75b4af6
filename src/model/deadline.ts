import { readTimelines, type Timeline, type VersionSpan } from './in-force.ts';
import type { PlainSection } from './plain-text.ts';
import type { SectionDate, StatedDate } from './stated-date.ts';
import { dateIn, daysBetween, type Instant, isDate, isInstant, midnight, toInstant } from './time.ts';
import type { Register, Sha256, VersionEntry, VersionFile } from './version.ts';
import type { Workspace } from './workspace.ts';

/** What is due. The yearly review and the root programmes have two days each: one to begin by, and the last one. */
export type DeadlineKind = 'effective' | 'notice-period-ends' | 'review-near' | 'review-due' | 'root-programme-update' | 'root-programme-limit' | 'stated-date';

/** A day on which something is due, as the register or a text says. */
export interface Deadline {
  kind: DeadlineKind;
  at: Instant;
  /** The day in the repository's time zone. */
  date: string;
  document: string;
  /** The version from which it follows; for the review the last one. */
  version: string;
  /** When that from which it follows became public. */
  since: Instant;
  /** Of a date that a text names: where, and the sentence or row in which it stands, cut to about 200 characters. */
  section?: { number: string; title: string; anchor: string };
  words?: string;
}

/** What deadlines are computed from. */
interface DeadlineSources extends Pick<Workspace, 'config' | 'register' | 'facts'> {
  /** What `readStatedDates` found in the texts that `deadlineTexts` names, by digest; of one that is absent no dates are told. */
  stated: ReadonlyMap<Sha256, readonly SectionDate[]>;
}

/**
 * All deadlines, oldest first. They do not depend on the day on which they are listed: a version counts until the register
 * says that another has taken its place, and of what is past the effective dates of all versions stay.
 */
export function listDeadlines(sources: DeadlineSources): readonly Deadline[] {
  return [...readTimelines(sources.register).values()]
    .flatMap((timeline) => [...listEffective(timeline, sources), ...listOfCurrent(timeline, sources), ...listReview(timeline, sources)])
    .filter(({ date }) => isDate(date))
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** The files whose dates count: those of the versions in force and to come. */
export function deadlineTexts(register: Register): readonly VersionFile[] {
  return [...readTimelines(register).values()].flatMap((timeline) => currentSpans(timeline, register).flatMap(({ entry }) => Object.values(entry.files)));
}

/** Days from the day of an instant to that of a deadline: 0 on the day, negative when it is past. */
export function daysLeft({ date }: Pick<Deadline, 'date'>, now: Instant, zone: string): number {
  return Math.round(daysBetween(midnight(dateIn(now, zone), 'UTC'), midnight(date, 'UTC')));
}

/**
 * The versions of a document that were in force or to come when something was published last; what ended before that is
 * history, whatever the day.
 */
function currentSpans({ spans }: Timeline, { entries }: Register): readonly VersionSpan[] {
  const last = entries.reduce<Instant | undefined>((latest, { published }) => (latest && latest > published ? latest : published), undefined);
  return spans.filter(({ from, until }) => until === undefined || (until !== from && last !== undefined && until > last));
}

/** Whether a document must be reviewed each year, and be in the database of the root programmes: a CP, CPS or both in one. */
function isCertificatePolicy({ document, spans }: Timeline, { config, facts }: Omit<DeadlineSources, 'register' | 'stated'>): boolean {
  const held = spans.flatMap(({ entry }) => Object.values(entry.files).flatMap(({ sha256 }) => facts.get(sha256) ?? []));
  const type = held.at(-1)?.type ?? config.documents.find(({ id }) => id === document)?.type ?? document.toUpperCase();
  return ['CP', 'CPS', 'CP-CPS'].includes(type);
}

/** The last version of a document that must be reviewed, with the last day for a new one; undefined where none is asked for. */
export function reviewOf(timeline: Timeline, sources: Omit<DeadlineSources, 'register' | 'stated'>): { entry: VersionEntry; last: Deadline } | undefined {
  const { reviewDays } = sources.config;
  const entry = timeline.spans.map((span) => span.entry).reduce<VersionEntry | undefined>((a, b) => (a && a.published > b.published ? a : b), undefined);
  if (!entry || reviewDays === 0 || !isCertificatePolicy(timeline, sources)) return undefined;
  const last = makeDeadline('review-due', entry, addDays(dateIn(entry.published, sources.config.timeZone), reviewDays), sources);
  const end = timeline.withdrawals.at(-1)?.withdrawn;
  const goesOn = timeline.spans.some(({ until }) => until === undefined);
  return last && (goesOn || (end !== undefined && last.at < end)) ? { entry, last } : undefined;
}

type Dated = Pick<DeadlineSources, 'config'>;

function listEffective({ spans }: Timeline, sources: Dated): Deadline[] {
  return spans
    .filter(({ from, until }) => until !== from)
    .map(({ entry, from, reschedulings }) => ({
      kind: 'effective' as const,
      at: from,
      date: dateIn(from, sources.config.timeZone),
      document: entry.document,
      version: entry.version,
      since: reschedulings.at(-1)?.published ?? entry.published,
    }));
}

function listOfCurrent(timeline: Timeline, sources: DeadlineSources): Deadline[] {
  const { config } = sources;
  const inProgrammes = config.rootProgrammes.length > 0 && isCertificatePolicy(timeline, sources);
  return currentSpans(timeline, sources.register).flatMap((span) => {
    const { entry, from } = span;
    const day = dateIn(from, config.timeZone);
    const programmes = inProgrammes
      ? [makeDeadline('root-programme-update', entry, addDays(day, 7), sources), makeDeadline('root-programme-limit', entry, addDays(day, 14), sources)]
      : [];
    const since = span.reschedulings.at(-1)?.published ?? entry.published;
    return [
      ...listNotice(timeline, span, sources),
      ...programmes.flatMap((deadline) => (deadline ? [{ ...deadline, since }] : [])),
      ...listStated(span, sources),
    ];
  });
}

/** The first version of a document, and one that is known by name only, need no notice. */
function listNotice({ spans }: Timeline, { entry }: VersionSpan, { config }: Dated): Deadline[] {
  const needed = config.noticePeriodDays > 0 && entry !== spans[0]?.entry && Object.keys(entry.files).length > 0;
  const at = toInstant(new Date(Date.parse(entry.published) + config.noticePeriodDays * DAY));
  if (!needed || !isInstant(at)) return [];
  return [{ kind: 'notice-period-ends', at, date: dateIn(at, config.timeZone), document: entry.document, version: entry.version, since: entry.published }];
}

/** How many days before the last one the review is to begin. */
const REVIEW_TAKES = 30;

function listReview(timeline: Timeline, sources: DeadlineSources): Deadline[] {
  const review = reviewOf(timeline, sources);
  if (!review) return [];
  const { entry, last } = review;
  const begin = sources.config.reviewDays > REVIEW_TAKES ? makeDeadline('review-near', entry, addDays(last.date, -REVIEW_TAKES), sources) : undefined;
  return begin ? [begin, last] : [last];
}

/**
 * Dates that a version's texts name, each with each of its sentences or rows once; what is said of a day after the version
 * ended no longer holds. What a section says in several languages is told in the first.
 */
function listStated({ entry, from, until, reschedulings }: VersionSpan, sources: DeadlineSources): Deadline[] {
  const { config, stated } = sources;
  const end = until && dateIn(until, config.timeZone);
  const own = ownDates({ entry, from, reschedulings }, config.timeZone);
  const seen = seenDates();
  const found: Deadline[] = [];
  for (const language of orderLanguages(entry, config.languages)) {
    for (const { section, date, words } of stated.get(entry.files[language]?.sha256 ?? '') ?? []) {
      if (!isAhead(date, own) || (end !== undefined && date >= end)) continue;
      const deadline = makeDeadline('stated-date', entry, date, sources);
      if (!deadline || !seen.isNew(language, section, { date, words })) continue;
      found.push({ ...deadline, section, words });
    }
  }
  return found;
}

/** Tells the dates of a document that were not seen yet: neither in the same words, nor in the same section of another text. */
export function seenDates(): { isNew(text: string, section: Pick<PlainSection, 'number' | 'anchor'>, stated: StatedDate): boolean } {
  const texts = new Map<string, string>();
  const all = new Set<string>();
  return {
    isNew(text, { number, anchor }, { date, words }) {
      const place = `${date} ${number || anchor}`;
      if ((texts.get(place) ?? text) !== text || all.has(`${place} ${words}`)) return false;
      texts.set(place, text);
      all.add(`${place} ${words}`);
      return true;
    },
  };
}

/** The days of a version itself, which its text names too. */
interface OwnDates {
  published: string;
  /** Of taking effect, as registered and after each rescheduling. */
  effective: ReadonlySet<string>;
}

/** The days of a version itself, by which a text's other dates are told from them. */
export function ownDates({ entry, from, reschedulings }: Pick<VersionSpan, 'entry' | 'from' | 'reschedulings'>, zone: string): OwnDates {
  const instants = [entry.effective, from, ...reschedulings.map(({ rescheduled }) => rescheduled)];
  return { published: dateIn(entry.published, zone), effective: new Set(instants.map((instant) => dateIn(instant, zone))) };
}

/** Whether a date that a text names lies ahead of its publication, and is not the day on which it takes effect. */
export const isAhead = (date: string, { published, effective }: OwnDates): boolean => date > published && !effective.has(date);

function orderLanguages({ files }: VersionEntry, preferred: readonly string[]): string[] {
  const rank = (language: string) => (preferred.includes(language) ? preferred.indexOf(language) : preferred.length);
  return Object.keys(files).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

const DAY = 86_400_000;

/** Undefined where the day lies beyond the years that can be written. */
function addDays(date: string, days: number): string | undefined {
  if (!isDate(date)) return undefined;
  const day = new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
  return isDate(day) ? day : undefined;
}

function makeDeadline(kind: DeadlineKind, entry: VersionEntry, date: string | undefined, { config }: Dated): Deadline | undefined {
  if (date === undefined) return undefined;
  return { kind, at: midnight(date, config.timeZone), date, document: entry.document, version: entry.version, since: entry.published };
}
