import type { RowChange, SectionChange, TableChange } from '../model/change.ts';
import { readPrintedDate, revisionColumns } from '../model/revision-table.ts';
import { compareVersionNumbers, VERSION_NUMBER } from '../model/version-number.ts';
import { type Replacement, squash } from './replacements.ts';
import type { WeighedWord } from './word-weight.ts';

/**
 * Where a text keeps its own books: its front, that is its title page and the sections in which it names itself. There a
 * version number and a date change with every version, and say nothing of how far it reaches.
 */
export type Front = 'title-page' | 'identification';

const IDENTIFICATION =
  /identif|identität|document (?:name|history|control)|revision|versions?\b|versionen|fassungen|änderungshistorie|dokument(?:en)?(?:name|historie|lenkung)/iu;

/** Which sections of a comparison are the front of their text; by their place in `sections`. */
export function findFront(sections: readonly SectionChange[]): ReadonlyMap<SectionChange, Front> {
  const front = new Map<SectionChange, Front>();
  const first = sections.findIndex((section) => nameOf(section)?.number);
  // Of a text without numbers, what stands before the first heading and under it.
  const titlePages = first < 0 ? 2 : first;
  sections.forEach((section, index) => {
    const { number = '', title = '' } = nameOf(section) ?? {};
    if (index < titlePages) front.set(section, 'title-page');
    else if (/^1(?:\.[12])?$/.test(number) || IDENTIFICATION.test(title)) front.set(section, 'identification');
  });
  return front;
}

const nameOf = ({ before, after }: SectionChange) => after[0] ?? before[0];

/** How a line or row begins that states a version, its date, or the year of the copyright. */
const LABELS = [
  '(?:document |dokument(?:en)?)?(?:version|revision|fassung|ausgabe|edition)(?:\\s*(?:no\\.?|number|nummer|date))?',
  'date|effective(?: date| from| as of)?|in force(?: from| since)?|valid from|updated|last (?:updated|modified|revised|changed?)',
  '(?:date of )?(?:approv(?:ed|al)|publi(?:shed|cation)|issued?|released?)(?: date| on)?',
  'datum|stand|(?:gültig|wirksam|in kraft)(?: ab| seit)?|gültigkeitsbeginn|inkrafttreten|letzte änderung',
  '(?:freigegeben|genehmigt|veröffentlicht)(?: am)?|(?:freigabe|genehmigung|veröffentlichung|ausgabe)s?(?:datum)?|copyright|©',
];
const LABEL = new RegExp(`^(?:${LABELS.join('|')})(?=$|[\\s:.,(\\d])`, 'iu');
const OWN_VERSION = /\b(?:this|diese[rs]?) (?:version|revision|fassung)\b/iu;
const BEFORE_OWN_NUMBER = /\b(?:this|diese[rs]?) (?:version|revision|fassung)\s*(?:no\.?|nr\.?)?\s*$/iu;
const BEFORE_NUMBER = /(?:\b(?:version|revision|rev\.|ver\.|v\.|fassung|stand|dated?|datum|effective(?: from)?|copyright)|©)\s*:?\s*$/iu;
const DATE_PART =
  /^(?:jan|jän|feb|fév|mar|mär|mrz|apr|avr|may|mai|jun|juin|jul|juil|aug|aoû|sep|oct|okt|nov|dec|dez|déc)\p{Ll}{0,7}$|^v?\d[\d.,:/-]*(?:st|nd|rd|th)?$/iu;
/** Words of a line or sentence that is no more than a label with its value, or says when this version was approved. */
const MOST_WORDS = 15;

/** Whether words of a paragraph or heading at the front are the version's own number or date. */
export function isOwnNumber({ before, after, sides }: Replacement, front: Front): boolean {
  const words = [...before, ...after];
  if (words.length === 0 || !words.every(isDatePart)) return false;
  const { text, words: all } = after.length > 0 ? sides.after : sides.before;
  const start = (after[0] ?? before[0])?.start ?? 0;
  const lead = text.slice(Math.max(0, start - 40), start);
  if (BEFORE_OWN_NUMBER.test(lead)) return true;
  const line = text.slice(text.lastIndexOf('\n', start) + 1).trim();
  if (all.length <= MOST_WORDS && (LABEL.test(text.trim()) || LABEL.test(line) || OWN_VERSION.test(text))) return true;
  return front === 'title-page' && (BEFORE_NUMBER.test(lead) || readPrintedDate(squash(text)) !== undefined);
}

const isDatePart = ({ key }: WeighedWord) => DATE_PART.test(key);

/** Whether a cell's words are the version's own number or date, by the name that stands first in its row. */
export function isOwnCell({ before, after }: Replacement, row: RowChange): boolean {
  const [name] = row.cells;
  const label = squash(name?.after?.text ?? name?.before?.text ?? '');
  const isOwn = label.split(' ').length <= 5 && (LABEL.test(label) || OWN_VERSION.test(label));
  const words = [...before, ...after];
  return isOwn && words.length > 0 && words.every(isDatePart);
}

/**
 * The version's own number as it stands in the older and the newer text, where the front of the text gives it: in a row
 * called version, or as the newest one of a table of revisions.
 */
export function findOwnNumbers(front: Iterable<SectionChange>): OwnNumbers {
  const tables = [...front].flatMap(({ blocks }) => blocks.filter((block) => block.kind === 'table'));
  const pairs = tables.flatMap((table) => {
    const versions = [false, true].map((newer) => readVersion(table, newer));
    return versions[0] !== undefined && versions[1] !== undefined ? [`${versions[0]} ${versions[1]}`] : [];
  });
  return new Set(pairs);
}

/** Pairs of version numbers, `2.1 2.2`. */
export type OwnNumbers = ReadonlySet<string>;

function readVersion(table: TableChange, newer: boolean): string | undefined {
  const cells = table.rows.map((row) => row.cells.map(({ before, after }) => squash((newer ? after : before)?.text ?? '')));
  const columns = revisionCells(table);
  const column = columns && [...columns][0];
  const found =
    column === undefined ? cells.filter(([name = '']) => /^(?:version|fassung)$/iu.test(name)).map((row) => row[1]) : cells.map((row) => row[column]);
  return found
    .filter((version): version is string => version !== undefined && VERSION_NUMBER.test(version))
    .sort(compareVersionNumbers)
    .at(-1);
}

/** Whether a number is that of the version in an address of the text itself, or after the word version: `/cp/2.2/`. */
export function isOwnMention({ before, after, sides }: Replacement, own: OwnNumbers): boolean {
  const [older, newer] = [before[0], after[0]];
  if (before.length !== 1 || after.length !== 1 || !older || !newer || !own.has(`${older.key} ${newer.key}`)) return false;
  return sides.after.text[newer.start - 1] === '/' || /\b(?:version|fassung)\s*$/iu.test(sides.after.text.slice(Math.max(0, newer.start - 20), newer.start));
}

/** The columns of a table of revisions in which versions and dates stand, as `cells` of its rows; undefined for another table. */
export function revisionCells({ rows }: TableChange): ReadonlySet<number> | undefined {
  const head = rows.find((row) => row.head);
  const columns = head && revisionColumns(head.cells.map(({ after, before }) => (after ?? before)?.text ?? ''));
  return columns && new Set([columns.version, ...columns.dates]);
}
