import type { Section } from '../model/document.ts';
import type { Place } from '../model/finding.ts';
import { readPrintedDate } from '../model/revision-table.ts';
import { type Passage, passagesOf } from '../model/running-text.ts';
import { PRINTED_DATE, sentenceEnds } from '../model/stated-date.ts';

/** A sentence, or a row of a table; unlike those of assertions it is not cut at the full stop of a day, "1. September 2024". */
export interface PlainSentence {
  section: Section;
  text: string;
  isRow: boolean;
  placeAt(offset: number): Place;
}

const known = new WeakMap<Section, readonly PlainSentence[]>();
const DAY = new RegExp(PRINTED_DATE, 'giu');

/** The sentences and rows of a section, without tables of revisions. */
export function plainSentencesOf(section: Section): readonly PlainSentence[] {
  const sentences = known.get(section) ?? passagesOf(section).flatMap((passage) => cut(section, passage));
  known.set(section, sentences);
  return sentences;
}

function cut(section: Section, { kind, text, inRevisions, placeAt }: Passage): PlainSentence[] {
  if (inRevisions) return [];
  if (kind === 'row') return [{ section, text, isRow: true, placeAt }];
  const days = (/\d{4}/.test(text) ? [...text.matchAll(DAY)] : []).map(({ index, 0: day }) => ({ start: index, end: index + day.length }));
  const ends = [...sentenceEnds(text, days), text.length];
  return ends.flatMap((end, index) => {
    const start = ends[index - 1] ?? 0;
    return text.slice(start, end).trim() === '' ? [] : [{ section, text: text.slice(start, end), isRow: false, placeAt: (offset) => placeAt(start + offset) }];
  });
}

/** What stands for {date}, {number} and {standard} in a pattern; each is the one group of its name. */
const PARTS: Readonly<Record<string, string>> = {
  // Whatever has the form of a day; which one it is, and whether it is any, `dayOf` tells.
  '{date}':
    '(?<date>\\d{4}-\\d{2}-\\d{2}|\\d{1,2}\\.\\s?\\d{1,2}\\.\\s?\\d{4}|\\d{1,2}(?:st|nd|rd|th)?\\.?\\s(?:of\\s)?[^\\s\\d,.;]{3,10}\\.?,?\\s\\d{4}|[A-Z][^\\s\\d,.;]{2,9}\\.?\\s\\d{1,2}(?:st|nd|rd|th)?,?\\s\\d{4})',
  '{standard}': '(?<standard>(?:ETSI )?(?:EN|TS) \\d{2,3} ?\\d{3}(?: ?\\d{3})?(?:-\\d+)?)',
};

const compiled = new Map<string, RegExp>();

/** A pattern with its parts put in. The patterns are those of the package, so there are few. */
function compilePattern(source: string): RegExp {
  const written = Object.entries(PARTS).reduce((rest, [name, part]) => rest.replaceAll(name, part), source);
  // Folding case by Unicode's rules takes twice the time to compile, and makes no difference in these languages.
  const pattern = compiled.get(source) ?? new RegExp(written, /\\[pP]\{/.test(written) ? 'giu' : 'gi');
  compiled.set(source, pattern);
  return pattern;
}

/** A match, with where its day, or its standard, stands. */
export interface PatternMatch {
  start: number;
  /** What the group of the pattern has, or all of the match. */
  value: string;
  at: number;
}

/** All matches of some patterns of one language, in the order of the text; a place once. */
export function findMatches(patterns: readonly string[] | undefined, text: string): readonly PatternMatch[] {
  const found = new Map<number, PatternMatch>();
  for (const match of (patterns ?? []).flatMap((source) => [...text.matchAll(compilePattern(source))])) {
    const [value = match[0]] = Object.values(match.groups ?? {});
    const at = match.index + match[0].lastIndexOf(value);
    if (!found.has(at)) found.set(at, { start: match.index, value, at });
  }
  return [...found.values()].sort((a, b) => a.at - b.at);
}

/** The day of a match; undefined where it cannot be read. */
export const dayOf = ({ value }: PatternMatch): string | undefined => readPrintedDate(value.replace(/\sof\s/i, ' '));
