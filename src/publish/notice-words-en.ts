import { declarationWords } from './declarations.ts';
import type { NoticeWords } from './notice-words.ts';

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

const number = (count: number) => String(count).replace(/\B(?=(\d{3})+$)/g, ',');
const count = (many: number, one: string, several: string) => `${number(many)} ${many === 1 ? one : several}`;
const list = (names: readonly string[]) => (names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`);
const quote = (text: string) => `“${text}”`;
const versions = (numbers: readonly string[]) => `${numbers.length === 1 ? 'version' : 'versions'} ${list(numbers)}`;

const KINDS = { editorial: 'Editorial change', minor: 'Minor change', material: 'Material change' };

export const en: NoticeWords = {
  number,
  list,
  quote,
  day: (year, month, day) => `${day} ${MONTHS[month - 1]} ${year}`,
  time: (day, clock, zone) => `${day} at ${clock} (${zone})`,
  types: { CP: 'CP', CPS: 'CPS', 'CP-CPS': 'CP/CPS', PDS: 'PDS', TSPS: 'TSPS' },
  subject: (title, version, from) => `Notice of change: ${title}, version ${version}, in force from ${from}`,
  subjectOfFirst: (title, version, from) => `Notice of publication: ${title}, version ${version}, in force from ${from}`,
  opening: (provider, title, version) => `${provider} has published version ${version} of its ${title}.`,
  takesEffect: (from) => `It takes effect on ${from}.`,
  inForceSince: (from) => `It has been in force since ${from}.`,
  facts: { published: 'Published', effective: 'In force from', notice: 'Notice', comparedWith: 'Compared with' },
  version: (version) => `version ${version}`,
  notice: {
    days: (days) => count(days, 'day', 'days'),
    lessThanOne: 'less than a day',
    none: 'none: it took effect when it was published',
    late: (days) => `none: it took effect ${count(days, 'day', 'days')} before it was published`,
    lateByHours: 'none: it took effect less than a day before it was published',
  },
  headings: {
    significance: 'How far the change reaches',
    declarations: 'Policies and QSCD',
    sections: 'Changed sections',
    comparison: 'Comparison',
    links: 'Where to read it',
  },
  significance: KINDS,
  proposed: (kind) => `${KINDS[kind]}, going by what differs between the two texts.`,
  set: (kind, reason) => `${KINDS[kind]}, as the authors of the text declare. Their reason: ${reason}`,
  proposedInstead: (kind) => `Going by the differences between the two texts alone, it would be ${kind}.`,
  seen: 'The differences that count, the weightiest first:',
  reasons: {
    policy: 'declaration',
    'duty-word': 'duty',
    number: 'number',
    oid: 'object identifier',
    'table-value': 'value in a table',
    section: 'section',
    wording: 'wording',
    spelling: 'spelling',
  },
  inSection: (seen, section) => `${seen} (in ${section})`,
  sections: (sections) => count(sections, 'section', 'sections'),
  counts: (sections, places, added, removed) =>
    added + removed === 0
      ? `${count(sections, 'section differs', 'sections differ')}; no word was added or removed.`
      : `${count(sections, 'section differs', 'sections differ')}, in ${count(places, 'place', 'places')}: ${count(added, 'word was', 'words were')} added, ${number(removed)} removed.`,
  tooManyToList: 'By chapter:',
  nothingChanged: (version) => `The comparison with version ${version} finds no difference in what the text says.`,
  notMarked: (differences) => `Counted, but not marked as changes: differences in ${differences}.`,
  ignored: {
    quotes: 'quotation marks',
    dashes: 'dashes',
    'white-space': 'white space',
    'link-targets': 'link targets',
    formatting: 'formatting',
    layout: 'layout',
  },
  skipped: (skipped, compared) =>
    `The comparison is with version ${compared}. The text of ${versions(skipped)}, in between, is kept as a file (a PDF, for instance) or is not held, and cannot be compared.`,
  why: {
    first: 'This is the first version. There is none before it with which it could be compared.',
    'not-held': 'The text of this version is not held here; it is known by its name and dates only. What changed cannot be shown.',
    'kept-as-file':
      'The text of this version is kept as a file (a PDF, for instance), as it was published, and cannot be compared word by word. What changed is not listed here; please read the text.',
  },
  nothingBefore: (skipped) =>
    skipped.length === 0
      ? 'No text before this version is held that it could be compared with. What changed is not listed here; please read the text.'
      : `The text of ${versions(skipped)} is kept as a file (a PDF, for instance) or is not held, and cannot be compared word by word. What changed is not listed here; please read the text.`,
  traits: {
    added: 'new',
    removed: 'removed',
    reworded: 'reworded',
    renumbered: 'renumbered',
    retitled: 'retitled',
    moved: 'moved',
    split: 'split',
    merged: 'merged',
  },
  was: (name) => `(was ${name})`,
  into: (names) => `into ${names}`,
  outOf: (names) => `from ${names}`,
  chapter: (chapter) => `Chapter ${chapter}`,
  appendix: (appendix) => `Appendix ${appendix}`,
  unnumbered: 'Without a number',
  opensText: 'Text before the first heading',
  declarations: declarationWords('en'),
  links: {
    comparison: 'The whole comparison, with all insertions and deletions',
    notice: 'This notice',
    text: (version) => `The text of version ${version}`,
    digest: 'SHA-256 of that text',
    all: 'All notices',
  },
  feed: {
    title: (provider) => `Notices: ${provider}`,
    subtitle: (provider) => `New versions of the policies and practice statements of ${provider}, withdrawals, changed dates and errata.`,
  },
  kinds: { version: 'New version', withdrawal: 'Withdrawal', rescheduling: 'Changed date', erratum: 'Erratum' },
  withdrawal: {
    title: (document, at) => `Withdrawn: ${document}, on ${at}`,
    sentence: (document, at) => `${document} is withdrawn on ${at}.`,
    continuedBy: (document) => `It is continued by ${document}.`,
  },
  rescheduling: {
    title: (document, version, from) => `Changed date: ${document}, version ${version}, now from ${from}`,
    sentence: (document, version, from) => `Version ${version} of ${document} takes effect on ${from} instead of the date announced before.`,
  },
  erratum: {
    title: (document, version, erratum) => `Erratum ${erratum}: ${document}, version ${version}`,
    sentence: (document, version, section) =>
      `A correction stands beside version ${version} of ${document}${section ? `, section ${section}` : ''}. The published text stays as it is.`,
  },
  reason: (text) => `Reason: ${text}`,
};
