import { type NoticeWords, noticeWords } from './notice-words.ts';

/** Words that a redline adds to the texts, in one language. Parts that are HTML come escaped. */
export interface RedlineWords {
  /** What happened to sections is told as in notices. */
  notice: NoticeWords;
  /** Said before and after a marked place, for those who hear the text: short, for it is said often. */
  spoken: {
    added: string;
    removed: string;
    end: string;
    addedBreak: string;
    removedBreak: string;
    addedRow: string;
    removedRow: string;
    addedSection: string;
    removedSection: string;
  };
  /** Names of the regions in which tables scroll. */
  table: { same: string; changed: string; added: string; removed: string };
  unchangedSection(name: string): string;
  unchangedSections(first: string, last: string, count: number): string;
  unchangedWords(count: number): string;
  unchangedRows(count: number): string;
  /** Where a section that moved stood; without a name at the beginning. */
  stoodAfter(name: string | undefined): string;
  inOlderText(name: string): string;
  inNewerText(name: string): string;
  /** `change 4`, `changes 4, 5 and 6`, `changes 4 to 19`. */
  change(number: string): string;
  changes(numbers: readonly string[]): string;
  changesFrom(first: string, last: string): string;
}

const english = noticeWords('en');
const german = noticeWords('de');

const en: RedlineWords = {
  notice: english,
  spoken: {
    added: 'inserted: ',
    removed: 'deleted: ',
    end: ' end of change ',
    addedBreak: ' paragraph break inserted ',
    removedBreak: ' paragraph break deleted ',
    addedRow: 'inserted row: ',
    removedRow: 'deleted row: ',
    addedSection: 'inserted section: ',
    removedSection: 'deleted section: ',
  },
  table: { same: 'Table', changed: 'Changed table', added: 'Inserted table', removed: 'Deleted table' },
  unchangedSection: (name) => `Unchanged: ${name}`,
  unchangedSections: (first, last, count) => `Unchanged: ${first} to ${last}, ${english.sections(count)}`,
  unchangedWords: (count) => `Unchanged text, ${count === 1 ? '1 word' : `${english.number(count)} words`}`,
  unchangedRows: (count) => (count === 1 ? '1 row unchanged' : `${english.number(count)} rows unchanged`),
  stoodAfter: (name) => (name === undefined ? '(it stood first)' : `(it stood after ${name})`),
  inOlderText: (name) => `${name} in the older text`,
  inNewerText: (name) => `${name} in the newer text`,
  change: (number) => `change ${number}`,
  changes: (numbers) => `changes ${english.list(numbers)}`,
  changesFrom: (first, last) => `changes ${first} to ${last}`,
};

const de: RedlineWords = {
  notice: german,
  spoken: {
    added: 'eingefügt: ',
    removed: 'gestrichen: ',
    end: ' Ende der Änderung ',
    addedBreak: ' Absatzwechsel eingefügt ',
    removedBreak: ' Absatzwechsel gestrichen ',
    addedRow: 'eingefügte Zeile: ',
    removedRow: 'gestrichene Zeile: ',
    addedSection: 'eingefügter Abschnitt: ',
    removedSection: 'gestrichener Abschnitt: ',
  },
  table: { same: 'Tabelle', changed: 'Geänderte Tabelle', added: 'Eingefügte Tabelle', removed: 'Gestrichene Tabelle' },
  unchangedSection: (name) => `Unverändert: ${name}`,
  unchangedSections: (first, last, count) => `Unverändert: ${first} bis ${last}, ${german.sections(count)}`,
  unchangedWords: (count) => `Unveränderter Text, ${count === 1 ? '1 Wort' : `${german.number(count)} Wörter`}`,
  unchangedRows: (count) => (count === 1 ? '1 Zeile unverändert' : `${german.number(count)} Zeilen unverändert`),
  stoodAfter: (name) => (name === undefined ? '(stand zuvor am Anfang)' : `(stand zuvor nach ${name})`),
  inOlderText: (name) => `${name} im älteren Text`,
  inNewerText: (name) => `${name} im neueren Text`,
  change: (number) => `Änderung ${number}`,
  changes: (numbers) => `Änderungen ${german.list(numbers)}`,
  changesFrom: (first, last) => `Änderungen ${first} bis ${last}`,
};

const columns: Readonly<Record<string, RedlineWords>> = { en, de };

/** The words of a language; English where there is no column for it. */
export function redlineWords(language: string): RedlineWords {
  const column = language.split('-')[0] ?? '';
  return (Object.hasOwn(columns, column) && columns[column]) || en;
}
