import { OPEN_PARTS, type OpenPart, type Profile, type ProfileRow, type ProfileValue, wordsIn } from './profile.ts';
import { holderOf } from './profile-field.ts';
import { fieldName } from './profile-field-names.ts';

/** Running words, or a value as it stands in certificates, which is set as code. */
export interface ProfilePhrase {
  text: string;
  code: boolean;
}

/** A row of a profile in the words of a language. */
export interface ProfileRowWords {
  /** The row's stable name in its profile. */
  id: string;
  /** The field for people: `Subject: given name`. */
  name: string;
  /** The field by the name that profiles have for it: `subject.givenName`. */
  field: string;
  presence: string;
  /** Empty where it does not count, or the field is no extension. */
  critical: string;
  /** What the field says; empty where only its presence counts. */
  value: readonly ProfilePhrase[];
  /** The section that states it. */
  section: string;
  /** Empty where there is none. */
  note: string;
}

/** A profile as people read it: what its table is of, the table's head, its rows, and what holds for all that no row names. */
export interface ProfileWords {
  title: string;
  /** Heads of the columns in the order of reading. */
  head: { field: string; presence: string; critical: string; value: string; section: string };
  rows: readonly ProfileRowWords[];
  /** Whole sentences: what else may stand, and what the signs of forms mean where there are any. */
  remarks: readonly string[];
}

interface Words {
  head: ProfileWords['head'];
  presence: Readonly<Record<ProfileRow['presence'], string>>;
  yes: string;
  no: string;
  exactly: string;
  includes: string;
  oneOf: string;
  like: string;
  or: string;
  range(least: number | undefined, most: number | undefined): string;
  count(least: number | undefined, most: number | undefined): string;
  parts: Readonly<Record<OpenPart, string>>;
  forbidden(parts: string): string;
  open(parts: string): string;
  sameForParts: string;
  signs: string;
}

const en: Words = {
  head: { field: 'Field', presence: 'Presence', critical: 'Critical', value: 'Value', section: 'Section' },
  presence: { required: 'required', optional: 'optional', forbidden: 'forbidden' },
  yes: 'yes',
  no: 'no',
  exactly: 'exactly ',
  includes: 'at least ',
  oneOf: 'one of ',
  like: 'of the form ',
  or: ' or ',
  range: (least, most) => (least === undefined ? `at most ${most}` : most === undefined ? `at least ${least}` : `${least} to ${most}`),
  count: (least, most) => `${bounds(least, most, 'at least', 'at most', 'to')} ${(most ?? least) === 1 ? 'value' : 'values'}`,
  parts: {
    subject: 'attributes of the subject',
    extensions: 'extensions',
    singleExtensions: 'extensions of a single answer',
    qcStatements: 'QC statements',
    entries: 'extensions of entries',
  },
  forbidden: (parts) => `Other ${parts} than those of this table are forbidden.`,
  open: (parts) => `Other ${parts} than those of this table may be present.`,
  sameForParts: 'So are other parts of an extension whose parts the table lists.',
  signs: 'In forms, * stands for anything, ? for one character and # for one digit.',
};

const de: Words = {
  head: { field: 'Feld', presence: 'Vorhanden', critical: 'Kritisch', value: 'Wert', section: 'Abschnitt' },
  presence: { required: 'erforderlich', optional: 'optional', forbidden: 'verboten' },
  yes: 'ja',
  no: 'nein',
  exactly: 'genau ',
  includes: 'mindestens ',
  oneOf: 'eines von ',
  like: 'der Form ',
  or: ' oder ',
  range: (least, most) => (least === undefined ? `höchstens ${most}` : most === undefined ? `mindestens ${least}` : `${least} bis ${most}`),
  count: (least, most) => `${bounds(least, most, 'mindestens', 'höchstens', 'bis')} ${(most ?? least) === 1 ? 'Wert' : 'Werte'}`,
  parts: {
    subject: 'Attribute des Inhabers',
    extensions: 'Erweiterungen',
    singleExtensions: 'Erweiterungen einzelner Antworten',
    qcStatements: 'QC-Erklärungen',
    entries: 'Erweiterungen von Einträgen',
  },
  forbidden: (parts) => `Andere ${parts} als die dieser Tabelle sind verboten.`,
  open: (parts) => `Andere ${parts} als die dieser Tabelle dürfen vorhanden sein.`,
  sameForParts: 'Ebenso andere Teile einer Erweiterung, deren Teile die Tabelle nennt.',
  signs: 'In Formen steht * für Beliebiges, ? für ein Zeichen und # für eine Ziffer.',
};

/** The parts in which something can stand that no row names, by kind of profile. */
const OPEN_BY_KIND: Readonly<Record<Profile['kind'], readonly OpenPart[]>> = {
  certificate: ['subject', 'extensions', 'qcStatements'],
  crl: ['extensions', 'entries'],
  'ocsp-response': ['extensions', 'singleExtensions'],
};

function bounds(least: number | undefined, most: number | undefined, from: string, upTo: string, to: string): string {
  if (least === undefined) return `${upTo} ${most}`;
  if (most === undefined) return `${from} ${least}`;
  return least === most ? String(least) : `${least} ${to} ${most}`;
}

/** A profile in the words of a language; in English where there are none for it. */
export function profileWords(profile: Profile, language: string): ProfileWords {
  const words = /^de(-|$)/.test(language) ? de : en;
  const open = OPEN_BY_KIND[profile.kind].filter((part) => profile.others.includes(part));
  const closed = OPEN_BY_KIND[profile.kind].filter((part) => !profile.others.includes(part));
  const list = (parts: readonly OpenPart[]) => joinParts(parts, words);
  return {
    title: wordsIn(profile.title, language),
    head: words.head,
    rows: profileRows(profile, language),
    remarks: [
      ...(closed.length > 0 ? [words.forbidden(list(closed))] : []),
      ...(closed.includes('extensions') && profile.rows.some(namesPart) ? [words.sameForParts] : []),
      ...(open.length > 0 ? [words.open(list(open))] : []),
      ...(profile.rows.some(({ value }) => value?.like) ? [words.signs] : []),
    ],
  };
}

const namesPart = ({ field }: ProfileRow): boolean => field.startsWith('extensions.') && holderOf(field) !== field;

function joinParts(parts: readonly OpenPart[], { parts: names, or }: Words): string {
  const listed = OPEN_PARTS.filter((part) => parts.includes(part)).map((part) => names[part]);
  return listed.length > 1 ? `${listed.slice(0, -1).join(', ')}${or}${listed.at(-1)}` : (listed[0] ?? '');
}

/** The rows of a profile in the words of a language, in their own order. */
export function profileRows(profile: Profile, language: string): readonly ProfileRowWords[] {
  const words = /^de(-|$)/.test(language) ? de : en;
  return profile.rows.map((row) => ({
    id: row.id,
    name: fieldName(row.field, language),
    field: row.field,
    presence: words.presence[row.presence],
    critical: row.critical === undefined ? '' : row.critical ? words.yes : words.no,
    value: row.value ? describeValue(row.value, words, language) : [],
    section: row.section ?? profile.section,
    note: row.note === undefined ? '' : wordsIn(row.note, language),
  }));
}

const text = (words: string): ProfilePhrase => ({ text: words, code: false });
const codes = (values: readonly string[], between: string): ProfilePhrase[] =>
  values.flatMap((value, index) => [...(index > 0 ? [text(between)] : []), { text: value, code: true }]);

function describeValue(value: ProfileValue, words: Words, language: string): readonly ProfilePhrase[] {
  const { exactly, includes, oneOf, like, atLeast, atMost, countAtLeast, countAtMost } = value;
  const listed = (values: readonly string[], before: string): ProfilePhrase[] =>
    values.length === 1 ? codes(values, '') : [text(before), ...codes(values, ', ')];
  const demands: ProfilePhrase[][] = [
    exactly ? listed(exactly, words.exactly) : [],
    includes ? [text(words.includes), ...codes(includes, ', ')] : [],
    oneOf ? listed(oneOf, words.oneOf) : [],
    like ? [text(words.like), ...codes(like, words.or)] : [],
    atLeast === undefined && atMost === undefined ? [] : [text(words.range(atLeast, atMost))],
    countAtLeast === undefined && countAtMost === undefined ? [] : [text(words.count(countAtLeast, countAtMost))],
  ].filter((demand) => demand.length > 0);
  const said = value.words === undefined ? '' : wordsIn(value.words, language);
  const all = demands.flatMap((demand, index) => [...(index > 0 ? [text('; ')] : []), ...demand]);
  return said === '' ? all : [...all, text(all.length > 0 ? ` (${said})` : said)];
}
