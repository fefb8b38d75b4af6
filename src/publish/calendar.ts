import type { Deadline } from '../model/deadline.ts';
import { deadlineWords } from '../model/deadline-words.ts';
import type { Instant } from '../model/time.ts';
import { cleanText, oneLine } from './message.ts';

/** Whose deadlines a calendar has, in which language, and where its links lead. */
export interface CalendarContext {
  provider: string;
  /** IANA zone in which a day is meant. */
  timeZone: string;
  language: string;
  /** The absolute address of a path of the site. */
  absolute(path: string): string;
}

/** Where the calendar stands on the site. */
export const CALENDAR_PATH = '/deadlines.ics';

const DAY = 86_400_000;

/**
 * `/deadlines.ics`: deadlines as all-day events of an iCalendar object (RFC 5545, with the properties of RFC 7986). An
 * event keeps its UID when its day moves; it is stamped with the instant at which its day became public, so that the same
 * register and texts give the same bytes.
 */
export function deadlinesCalendar(deadlines: readonly Deadline[], context: CalendarContext): string {
  const name = oneLine(deadlineWords(context.language).calendar(context.provider));
  const ids = eventIds(deadlines, context);
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Cartulary//Deadlines//EN',
    'CALSCALE:GREGORIAN',
    `NAME:${escapeText(name)}`,
    `X-WR-CALNAME:${escapeText(name)}`,
    `X-WR-TIMEZONE:${context.timeZone}`,
    `SOURCE;VALUE=URI:${context.absolute(CALENDAR_PATH)}`,
    `URL:${context.absolute('/')}`,
    'REFRESH-INTERVAL;VALUE=DURATION:P1D',
    'X-PUBLISHED-TTL:P1D',
    ...deadlines.flatMap((deadline, index) => eventLines(deadline, ids[index] ?? '', context)),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${fold(line)}\r\n`).join('');
}

function eventLines(deadline: Deadline, id: string, context: CalendarContext): string[] {
  const words = deadlineWords(context.language);
  const heading = oneLine([deadline.section?.number, deadline.section?.title].filter(Boolean).join(' '));
  const stated = deadline.words === undefined ? [] : [heading, words.quote(oneLine(deadline.words))];
  const description = [...stated, words.advice(deadline.kind)].filter((paragraph) => paragraph !== '');
  return [
    'BEGIN:VEVENT',
    `UID:${escapeText(id)}`,
    `DTSTAMP:${toBasic(deadline.since)}`,
    `DTSTART;VALUE=DATE:${deadline.date.replaceAll('-', '')}`,
    `DTEND;VALUE=DATE:${dayAfter(deadline.date).replaceAll('-', '')}`,
    `SUMMARY;LANGUAGE=${context.language}:${escapeText(oneLine(words.summary(deadline, deadline.document.toUpperCase())))}`,
    `DESCRIPTION;LANGUAGE=${context.language}:${escapeText(description.join('\n\n'))}`,
    `URL:${deadlineAddress(deadline, context.absolute)}`,
    `CATEGORIES:${deadline.kind.toUpperCase()}`,
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
  ];
}

/** The page of the version that a deadline follows from; of a date that it names, the section. */
export function deadlineAddress({ document, version, section }: Deadline, absolute: CalendarContext['absolute']): string {
  const anchor = section?.anchor ? `#${encodeURIComponent(section.anchor)}` : '';
  return absolute(`/${document}/${version}/${anchor}`);
}

/**
 * The same for an event whatever its day. Only a date that a text names is known by itself, its section and its place among
 * those of that day there, for which the text stands for ever.
 */
function eventIds(deadlines: readonly Deadline[], { absolute }: CalendarContext): string[] {
  const host = absolute('').replace(/^https?:\/\//, '');
  const counts = new Map<string, number>();
  return deadlines.map(({ kind, document, version, date, section }) => {
    const own = kind === 'stated-date' ? `/${date}/${section?.anchor ?? ''}` : '';
    const id = `${kind}/${document}/${version}${own}`;
    const count = (counts.get(id) ?? 0) + 1;
    counts.set(id, count);
    return `${id}${count > 1 ? `/${count}` : ''}@${host}`;
  });
}

const toBasic = (instant: Instant) => instant.replace(/[-:]/g, '');

/** In UTC, for days of the calendar are meant, which no clock shortens. */
const dayAfter = (date: string) => new Date(Date.parse(`${date}T00:00:00Z`) + DAY).toISOString().slice(0, 10);

/** A value of type TEXT (RFC 5545, section 3.3.11). */
const escapeText = (text: string) =>
  cleanText(text)
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\r\n?|\n/g, '\\n');

const MOST_OCTETS = 75;
/** Octets of a character in UTF-8. */
function octetsOf(character: string): number {
  const point = character.codePointAt(0) ?? 0;
  return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
}

/** A content line in pieces of at most 75 octets, each but the first begun by a space (section 3.1). No character is torn. */
function fold(line: string): string {
  const pieces: string[] = [];
  let piece = '';
  let octets = 0;
  for (const character of line) {
    const size = octetsOf(character);
    if (octets + size > MOST_OCTETS) {
      pieces.push(piece);
      piece = ' ';
      octets = 1;
    }
    piece += character;
    octets += size;
  }
  return [...pieces, piece].join('\r\n');
}
