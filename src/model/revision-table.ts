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

function readRows(table: Table, file: string): Revision[] {
  const [head, ...body] = table.children;
  const titles = head?.children.map((cell) => cellText(cell).replace(/[*\\]/g, '').trim()) ?? [];
  const version = titles.findIndex((title) => VERSION.test(title));
  const date = [EFFECTIVE, DATE, ADOPTED].map((pattern) => titles.findIndex((title) => pattern.test(title))).find((index) => index >= 0) ?? -1;
  if (version < 0 || date < 0) return [];
  return body.flatMap((row) => readRow(row, version, date, file));
}

function readRow(row: TableRow, version: number, date: number, file: string): Revision[] {
  const number = /^v?\.?\s*(\d[0-9A-Za-z]*(?:[.-][0-9A-Za-z]+)*)$/i.exec(text(row.children[version]))?.[1];
  if (!number) return [];
  const printed = text(row.children[date]);
  const position = row.children[date]?.position ?? row.position;
  return [
    {
      version: number,
      printed,
      date: readPrintedDate(printed),
      place: { file, ...(position && { start: { line: position.start.line, column: position.start.column } }) },
    },
  ];
}

const text = (cell: TableCell | undefined) => (cell ? cellText(cell).trim() : '');

function cellText(node: TableCell | { children?: unknown; value?: unknown }): string {
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
    ['jul', 'juil'],
    ['aug', 'aoû'],
    ['sep'],
    ['oct', 'okt'],
    ['nov'],
    ['dec', 'dez', 'déc'],
  ].flatMap((names, index) => names.map((name) => [name, index + 1])),
);

/**
 * Reads a date as documents print it: `2026-02-01`, `1.2.2026`, `May 5, 2015`, `29 May 2012`, `19-Feb-2020`, `3‐Aug‐12`,
 * `1. Februar 2024`. Undefined where it cannot be told; a slash date is never guessed.
 */
export function readPrintedDate(printed: string): string | undefined {
  const plain = printed
    .normalize('NFC')
    .replace(/[‐‑–—]/g, '-')
    .replace(/\s+/g, ' ')
    .trim();
  if (isDate(plain)) return plain;
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
