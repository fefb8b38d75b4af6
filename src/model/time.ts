/**
 * An instant in UTC to the second, always written `2026-01-31T23:00:00Z`, so that comparing two of them as strings
 * compares them in time.
 */
export type Instant = string & { readonly __instant: true };

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/;
const DAY = 86_400_000;

/** Whether `zone` is a time zone of the IANA database that this machine knows. */
export function isTimeZone(zone: string): boolean {
  try {
    return clockOf(zone) !== undefined;
  } catch {
    return false;
  }
}

/** Whether `text` is a day of the calendar, `YYYY-MM-DD` (so not 2026-02-30), of the years 1000 to 9999. */
export function isDate(text: string): boolean {
  if (!DATE.test(text) || text.startsWith('0')) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** Whether `text` is an instant as this program writes it: in UTC, to the second, a day and time that exist. */
export function isInstant(text: string): text is Instant {
  if (!INSTANT.test(text) || !isDate(text.slice(0, 10))) return false;
  const time = new Date(text);
  return !Number.isNaN(time.getTime()) && toInstant(time) === text;
}

/**
 * Reads a date or an instant. A date means its midnight in `zone`; an instant needs `Z` or an offset.
 * Returns undefined for anything else, so that nothing is ever guessed.
 */
export function parseInstant(text: string, zone: string): Instant | undefined {
  if (isDate(text)) return midnight(text, zone);
  if (!DATE_TIME.test(text) || !isDate(text.slice(0, 10))) return undefined;
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) return undefined;
  // An offset can lead out of the years that are written with four digits.
  const instant = toInstant(time);
  return isDate(instant.slice(0, 10)) ? instant : undefined;
}

/** The instant of a JavaScript date, cut to the second. */
export function toInstant(time: Date): Instant {
  return `${time.toISOString().slice(0, 19)}Z` as Instant;
}

/**
 * The first instant of a day in a zone. Where the clock skips midnight (a summer-time change at 00:00) it is the
 * instant at which the day begins there; where midnight comes twice, the first of the two.
 */
export function midnight(date: string, zone: string): Instant {
  const wall = Date.parse(`${date}T00:00:00Z`);
  // The clock changes at most once around a midnight: it is one of the offsets of the day before and the day after.
  const before = toInstant(new Date(wall - offset(wall - DAY, zone)));
  const after = toInstant(new Date(wall - offset(wall + DAY, zone)));
  const [earlier, later] = before < after ? [before, after] : [after, before];
  if (dateIn(earlier, zone) === date) return earlier;
  return dateIn(later, zone) === date ? later : before;
}

/** The day, `YYYY-MM-DD`, on which an instant falls in a zone. */
export function dateIn(instant: Instant, zone: string): string {
  return wallClock(Date.parse(instant), zone).slice(0, 10);
}

/** Date, or date and time where it is not midnight, of an instant in a zone: `2026-02-01` or `2026-02-01 09:30`. */
export function localTime(instant: Instant, zone: string): string {
  const wall = wallClock(Date.parse(instant), zone);
  return wall.endsWith('T00:00:00') ? wall.slice(0, 10) : wall.slice(0, 16).replace('T', ' ');
}

/** Days from one instant to another, with fractions; negative where `to` comes first. */
export function daysBetween(from: Instant, to: Instant): number {
  return (Date.parse(to) - Date.parse(from)) / DAY;
}

/** Milliseconds by which the wall clock of a zone is ahead of UTC at a time. */
function offset(time: number, zone: string): number {
  // Not Date.parse: the days around the first and the last one that can be written have years of three and five digits.
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = wallClock(time, zone).split(/\D/).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(time / 1000) * 1000;
}

const wallClock = (time: number, zone: string): string => clockOf(zone).format(time).replace(' ', 'T');

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Made once for each zone, for that takes some 20 ms. Throws for what is no zone. */
function clockOf(zone: string): Intl.DateTimeFormat {
  // Swedish writes dates as ISO 8601 does.
  const clock = clocks.get(zone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
  clocks.set(zone, clock);
  return clock;
}
