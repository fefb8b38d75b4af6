import type { Table, TableCell, TableRow } from 'mdast';
import type { Section } from './document.ts';
import type { Place } from './finding.ts';
import { isDate } from './time.ts';

/** One row of a table of revisions in a text. */
export interface Revision {
  version: string;
  /** The date as printed, and as a day where it can be read. */
  printed: string;
  date: string | undefined;
  /** Whether its column is that of effect; a column called "Date" or "Adopted" may give the day of approval or publication. */
  isEffective: boolean;
  /** The days of its other columns of dates that can be read, such as that of adoption. */
  otherDates?: readonly string[];
  /** What it says besides version and dates, such as what changed. */
  words?: string;
  place: Place;
}

const VERSION = /^(?:ver(?:sion|\.)?|version(?:s)?\s*(?:no\.?|number|nummer)?|revision|rev\.?)$/iu;
const EFFECTIVE = /effective|in force|gültig|wirksam|inkraft/iu;
const DATE = /^(?:date|datum|published|publication date|release date|stand)$/iu;
const ADOPTED = /adopted|approved|genehmigt/iu;

/**
 * The rows of the first table of revisions of a text: a table with a column for the version and one for a date. Where
 * there are several dates, the one called effective counts. Rows without a version number are left out.
 */
export function readRevisionTable(sections: readonly Section[]): readonly Revision[] {
  for (const section of sections) {
    for (const block of section.blocks) {
      if (block.type !== 'table') continue;
      const rows = readRows(block, section.place.file);
      if (rows.length > 0) return rows;
    }
  }
  return [];
}

/** Which columns of a table of revisions have the version and the dates; undefined where the titles are those of another table. */
export function revisionColumns(titles: readonly string[]): { version: number; dates: readonly number[] } | undefined {
  const plain = titles.map((title) => title.replace(/[*\\]/g, '').trim());
  const version = plain.findIndex((title) => VERSION.test(title));
  const dates = [EFFECTIVE, DATE, ADOPTED].flatMap((pattern) => plain.findIndex((title) => pattern.test(title))).filter((index) => index >= 0);
  return version < 0 || dates.length === 0 ? undefined : { version, dates };
}

const DELIMITERS = /^[\s|:-]+$/;

/**
 * Cuts out of a Markdown text what may be a table of revisions: each table with a title for versions, from its titles to
 * the next empty line. Old texts are read for these only, and the whole of them takes ten times as long to parse.
 */
export function cutRevisionTables(text: string): string {
  const lines = text.split(/\r?\n/);
  const cut: string[] = [];
  let fence = '';
  for (const [index, line] of lines.entries()) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1] ?? '';
    if (mark && (fence === '' || mark.startsWith(fence))) fence = fence === '' ? mark : '';
    const titles = lines[index - 1]?.split('|').map((title) => title.replace(/[*\\]/g, '').trim()) ?? [];
    if (fence || !line.includes('-') || !titles.some((title) => VERSION.test(title)) || !DELIMITERS.test(line)) continue;
    const end = lines.findIndex((later, at) => at > index && later.trim() === '');
    cut.push(...lines.slice(index - 1, end < 0 ? lines.length : end), '');
  }
  return cut.join('\n');
}

function readRows(table: Table, file: string): Revision[] {
  const [head, ...body] = table.children;
  const titles = head?.children.map((cell) => cellText(cell)) ?? [];
  const columns = revisionColumns(titles);
  const [date, ...others] = columns?.dates ?? [];
  if (!columns || date === undefined) return [];
  const { version } = columns;
  return joinBroken(body.map(filledCells), titles.length)
    .flatMap((row) => readRow(row, version, [date, ...others], file))
    .map((row) => ({ ...row, isEffective: EFFECTIVE.test(titles[date] ?? '') }));
}

/** A row without the empty cells at its end, which some parsers add. */
function filledCells(row: TableRow): TableCell[] {
  const filled = row.children.findLastIndex((cell) => text(cell) !== '');
  return row.children.slice(0, filled + 1);
}

/** Puts a row together again that a line end in a cell broke in two, as in CA/Browser Forum BR 2.1.6: the second half begins with a date. */
function joinBroken(rows: readonly TableCell[][], columns: number): TableCell[][] {
  const whole: TableCell[][] = [];
  for (const row of rows) {
    const before = whole.at(-1);
    const second = before && before.length < columns && before.length + row.length === columns && readPrintedDate(text(row[0])) !== undefined;
    if (second) before.push(...row);
    else whole.push([...row]);
  }
  return whole;
}

const NUMBER = /^(?:version|v\.?)?\s*(\d[0-9A-Za-z]*(?:[.-][0-9A-Za-z]+)*)[*†‡]*$/i;

function readRow(row: readonly TableCell[], version: number, [date, ...others]: readonly [number, ...number[]], file: string): Omit<Revision, 'isEffective'>[] {
  const number = NUMBER.exec(text(row[version]))?.[1];
  // A date in the column of versions is the rest of a broken row, unless versions are named by day.
  if (!number || (readPrintedDate(number) !== undefined && !isDate(number))) return [];
  const printed = text(row[date]);
  const position = row[date]?.position ?? row[version]?.position;
  return [
    {
      version: number,
      printed,
      date: readPrintedDate(printed),
      ...(others.length > 0 && { otherDates: others.flatMap((other) => readPrintedDate(text(row[other])) ?? []) }),
      words: row
        .flatMap((cell, index) => (index === version || index === date || others.includes(index) ? [] : text(cell)))
        .join(' ')
        .trim(),
      place: { file, ...(position && { start: { line: position.start.line, column: position.start.column } }) },
    },
  ];
}

const text = (cell: TableCell | undefined) => (cell ? cellText(cell).replace(/\s+/g, ' ').trim() : '');

function cellText(node: TableCell | { type?: string; children?: unknown; value?: unknown }): string {
  if (node.type === 'html' || node.type === 'break') return ' ';
  if ('value' in node && typeof node.value === 'string') return node.value;
  const children = (node as { children?: readonly TableCell[] }).children ?? [];
  return children.map((child) => cellText(child)).join('');
}

const MONTHS: Readonly<Record<string, number>> = Object.fromEntries(
  [
    ['jan', 'jän', 'januar', 'jänner', 'janvier'],
    ['feb', 'fév'],
    ['mar', 'mär', 'mrz'],
    ['apr', 'avr'],
    ['may', 'mai'],
    ['jun', 'juin'],
    ['jul', 'juil', 'juillet'],
    ['aug', 'aoû'],
    ['sep'],
    ['oct', 'okt'],
    ['nov'],
    ['dec', 'dez', 'déc'],
  ].flatMap((names, index) => names.map((name) => [name, index + 1])),
);

/**
 * Reads a date as documents print it: `2026-02-01`, `1.2.2026`, `May 5, 2015`, `29 May 2012`, `19-Feb-2020`, `3‐Aug‐12`,
 * `1. Februar 2024`. Undefined where it cannot be told; which of two numbers before the year is the month is never guessed.
 */
export function readPrintedDate(printed: string): string | undefined {
  const plain = printed
    .normalize('NFC')
    .replace(/[‐‑–—]/g, '-')
    .replace(/\s+/g, ' ')
    .trim();
  if (isDate(plain)) return plain;
  const yearFirst = /^(\d{4})[/.](\d{1,2})[/.](\d{1,2})$/.exec(plain);
  if (yearFirst) return toDate(Number(yearFirst[1]), Number(yearFirst[2]), Number(yearFirst[3]));
  const dotted = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$/.exec(plain);
  if (dotted) return toDate(Number(dotted[3]), Number(dotted[2]), Number(dotted[1]));
  const monthFirst = /^(\p{L}+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$/u.exec(plain);
  if (monthFirst) return toDate(Number(monthFirst[3]), month(monthFirst[1]), Number(monthFirst[2]));
  const dayFirst = /^(\d{1,2})(?:st|nd|rd|th)?\.?[\s-]+(\p{L}+)\.?,?[\s-]+(\d{2}|\d{4})$/u.exec(plain);
  if (dayFirst) return toDate(fullYear(dayFirst[3] ?? ''), month(dayFirst[2]), Number(dayFirst[1]));
  return undefined;
}

const month = (name = '') => MONTHS[name.toLowerCase()] ?? MONTHS[name.toLowerCase().slice(0, 3)] ?? 0;
const fullYear = (digits: string) => (digits.length === 2 ? 2000 + Number(digits) : Number(digits));

function toDate(year: number, monthNumber: number, day: number): string | undefined {
  const date = `${String(year).padStart(4, '0')}-${String(monthNumber).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return isDate(date) ? date : undefined;
}
