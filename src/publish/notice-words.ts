import type { Ignored, Reason, SectionTrait, Significance } from '../model/change.ts';
import type { DocumentType } from '../model/document.ts';
import { type Instant, localTime } from '../model/time.ts';
import type { DeclarationWords } from './declarations.ts';
import { de } from './notice-words-de.ts';
import { en } from './notice-words-en.ts';

/** Words of notices and feeds in one language: whole sentences, so that each language has its own order of words. */
export interface NoticeWords {
  /** A number as the language writes it. */
  number(count: number): string;
  /** `a, b and c`. */
  list(names: readonly string[]): string;
  quote(text: string): string;
  /** `1 February 2027`, of a date `2027-02-01`. */
  day(year: string, month: number, day: number): string;
  /** A day with the time of day, `00:00`, and the time zone. */
  time(day: string, clock: string, zone: string): string;
  /** Short names of types, for titles that do not hold them. */
  types: Readonly<Partial<Record<DocumentType, string>>>;
  subject(title: string, version: string, from: string): string;
  subjectOfFirst(title: string, version: string, from: string): string;
  opening(provider: string, title: string, version: string): string;
  takesEffect(from: string): string;
  inForceSince(from: string): string;
  facts: { published: string; effective: string; notice: string; comparedWith: string };
  version(number: string): string;
  /** Length of notice in whole days. */
  notice: { days(count: number): string; lessThanOne: string; none: string; late(count: number): string; lateByHours: string };
  headings: { significance: string; declarations: string; sections: string; comparison: string; links: string };
  significance: Readonly<Record<Significance, string>>;
  /** Who says how far the change reaches: the comparison alone, or the author with a reason. */
  proposed(kind: Significance): string;
  set(kind: Significance, reason: string): string;
  proposedInstead(kind: Significance): string;
  seen: string;
  reasons: Readonly<Record<Reason['kind'], string>>;
  inSection(seen: string, section: string): string;
  sections(count: number): string;
  counts(sections: number, places: number, added: number, removed: number): string;
  tooManyToList: string;
  nothingChanged(version: string): string;
  notMarked(differences: string): string;
  ignored: Readonly<Record<Ignored, string>>;
  skipped(versions: readonly string[], compared: string): string;
  why: Readonly<Record<'first' | 'not-held' | 'kept-as-file', string>>;
  nothingBefore(versions: readonly string[]): string;
  traits: Readonly<Record<SectionTrait, string>>;
  was(name: string): string;
  into(names: string): string;
  outOf(names: string): string;
  chapter(number: string): string;
  appendix(number: string): string;
  unnumbered: string;
  /** What stands before the first heading. */
  opensText: string;
  declarations: DeclarationWords;
  links: { comparison: string; notice: string; text(version: string): string; digest: string; all: string };
  feed: { title(provider: string): string; subtitle(provider: string): string };
  /** Titles and sentences of what else the register says. `kinds` are categories. */
  kinds: Readonly<Record<'version' | 'withdrawal' | 'rescheduling' | 'erratum', string>>;
  withdrawal: { title(document: string, at: string): string; sentence(document: string, at: string): string; continuedBy(document: string): string };
  rescheduling: { title(document: string, version: string, from: string): string; sentence(document: string, version: string, from: string): string };
  erratum: {
    title(document: string, version: string, number: number): string;
    sentence(document: string, version: string, section: string | undefined): string;
  };
  reason(text: string): string;
}

const columns: Readonly<Record<string, NoticeWords>> = { en, de };

/** The words of a language; English where there is no column for it. */
export function noticeWords(language: string): NoticeWords {
  const column = language.split('-')[0] ?? '';
  return (Object.hasOwn(columns, column) && columns[column]) || en;
}

/** The day of an instant in a zone, in words: `1 February 2027`. */
export function dayInWords(words: NoticeWords, instant: Instant, zone: string): string {
  const [year = '', month = '', day = ''] = localTime(instant, zone).slice(0, 10).split('-');
  return words.day(year, Number(month), Number(day));
}

/** An instant in a zone in words, to the minute: `1 February 2027, 00:00 (Europe/Vienna)`. */
export function timeInWords(words: NoticeWords, instant: Instant, zone: string): string {
  return words.time(dayInWords(words, instant, zone), localTime(instant, zone).slice(11) || '00:00', zone);
}
