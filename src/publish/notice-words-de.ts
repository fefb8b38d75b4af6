import { declarationWords } from './declarations.ts';
import type { NoticeWords } from './notice-words.ts';

const MONTHS = ['Januar', 'Februar', 'März', 'April', 'Mai', 'Juni', 'Juli', 'August', 'September', 'Oktober', 'November', 'Dezember'];

// DIN 5008: no sign in numbers of four digits, which read like years with one.
const number = (count: number) => (count < 10_000 ? String(count) : String(count).replace(/\B(?=(\d{3})+$)/g, '.'));
const count = (many: number, one: string, several: string) => `${number(many)} ${many === 1 ? one : several}`;
const list = (names: readonly string[]) => (names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} und ${names.at(-1)}`);
const quote = (text: string) => `„${text}“`;
const textOf = (numbers: readonly string[]) =>
  numbers.length === 1 ? `Der Text der Version ${list(numbers)} liegt` : `Die Texte der Versionen ${list(numbers)} liegen`;

const KINDS = { editorial: 'Redaktionelle Änderung', minor: 'Geringfügige Änderung', material: 'Wesentliche Änderung' };
const ADJECTIVES = { editorial: 'redaktionell', minor: 'geringfügig', material: 'wesentlich' };

export const de: NoticeWords = {
  number,
  list,
  quote,
  day: (year, month, day) => `${day}. ${MONTHS[month - 1]} ${year}`,
  time: (day, clock, zone) => `${day} um ${clock} Uhr (${zone})`,
  types: { CP: 'CP', CPS: 'CPS', 'CP-CPS': 'CP/CPS', PDS: 'PDS', TSPS: 'TSPS' },
  subject: (title, version, from) => `Änderungsmitteilung: ${title}, Version ${version}, gültig ab ${from}`,
  subjectOfFirst: (title, version, from) => `Veröffentlichung: ${title}, Version ${version}, gültig ab ${from}`,
  opening: (provider, title, version) => `${provider} hat die Version ${version} des Dokuments ${title} veröffentlicht.`,
  takesEffect: (from) => `Sie tritt am ${from} in Kraft.`,
  inForceSince: (from) => `Sie ist seit ${from} in Kraft.`,
  facts: { published: 'Veröffentlicht', effective: 'In Kraft ab', notice: 'Ankündigungsfrist', comparedWith: 'Verglichen mit' },
  version: (version) => `Version ${version}`,
  notice: {
    days: (days) => count(days, 'Tag', 'Tage'),
    lessThanOne: 'weniger als ein Tag',
    none: 'keine: mit der Veröffentlichung in Kraft getreten',
    late: (days) => `keine: ${count(days, 'Tag', 'Tage')} vor der Veröffentlichung in Kraft getreten`,
    lateByHours: 'keine: weniger als einen Tag vor der Veröffentlichung in Kraft getreten',
  },
  headings: {
    significance: 'Tragweite der Änderung',
    declarations: 'Richtlinien und QSCD',
    sections: 'Geänderte Abschnitte',
    comparison: 'Vergleich',
    links: 'Zum Nachlesen',
  },
  significance: KINDS,
  proposed: (kind) => `${KINDS[kind]}, gemessen an den Unterschieden zwischen den beiden Texten.`,
  set: (kind, reason) => `${KINDS[kind]} nach Angabe der Verfasser. Begründung: ${reason}`,
  proposedInstead: (kind) => `Allein nach den Unterschieden zwischen den beiden Texten wäre sie ${ADJECTIVES[kind]}.`,
  seen: 'Maßgebliche Unterschiede, die gewichtigsten zuerst:',
  reasons: {
    policy: 'Erklärung',
    'duty-word': 'Pflicht',
    number: 'Zahl',
    oid: 'Objektkennung',
    'table-value': 'Tabellenwert',
    section: 'Abschnitt',
    wording: 'Wortlaut',
    spelling: 'Schreibweise',
  },
  inSection: (seen, section) => `${seen} (in ${section})`,
  sections: (sections) => count(sections, 'Abschnitt', 'Abschnitte'),
  counts: (sections, places, added, removed) =>
    added + removed === 0
      ? `${count(sections, 'Abschnitt unterscheidet sich', 'Abschnitte unterscheiden sich')}; kein Wort kam hinzu oder entfiel.`
      : `${count(sections, 'Abschnitt unterscheidet sich', 'Abschnitte unterscheiden sich')}, an ${count(places, 'Stelle', 'Stellen')}: ${count(added, 'Wort kam', 'Wörter kamen')} hinzu, ${number(removed)} ${removed === 1 ? 'entfiel' : 'entfielen'}.`,
  tooManyToList: 'Nach Kapiteln:',
  nothingChanged: (version) => `Der Vergleich mit Version ${version} zeigt keinen Unterschied im Wortlaut.`,
  notMarked: (differences) => `Gezählt, aber nicht als Änderung gekennzeichnet: Unterschiede bei ${differences}.`,
  ignored: {
    quotes: 'Anführungszeichen',
    dashes: 'Gedankenstrichen',
    'white-space': 'Leerraum',
    'link-targets': 'Linkzielen',
    formatting: 'Auszeichnungen',
    layout: 'Anordnung',
  },
  skipped: (skipped, compared) =>
    `Verglichen wird mit Version ${compared}. ${textOf(skipped)} nur als Datei (etwa als PDF) oder gar nicht vor und ${skipped.length === 1 ? 'lässt' : 'lassen'} sich nicht vergleichen.`,
  why: {
    first: 'Dies ist die erste Version. Es gibt keine frühere, mit der sie sich vergleichen ließe.',
    'not-held': 'Der Text dieser Version ist hier nicht vorhanden; bekannt sind nur ihr Name und ihre Daten. Was sich geändert hat, lässt sich nicht zeigen.',
    'kept-as-file':
      'Der Text dieser Version liegt als Datei vor (etwa als PDF), wie er veröffentlicht wurde, und lässt sich nicht Wort für Wort vergleichen. Was sich geändert hat, ist hier nicht aufgeführt; bitte lesen Sie den Text.',
  },
  nothingBefore: (skipped) =>
    skipped.length === 0
      ? 'Von keiner früheren Version ist ein Text vorhanden, mit dem sich diese vergleichen ließe. Was sich geändert hat, ist hier nicht aufgeführt; bitte lesen Sie den Text.'
      : `${textOf(skipped)} nur als Datei (etwa als PDF) oder gar nicht vor und ${skipped.length === 1 ? 'lässt' : 'lassen'} sich nicht Wort für Wort vergleichen. Was sich geändert hat, ist hier nicht aufgeführt; bitte lesen Sie den Text.`,
  traits: {
    added: 'neu',
    removed: 'entfallen',
    reworded: 'Wortlaut geändert',
    renumbered: 'umnummeriert',
    retitled: 'Überschrift geändert',
    moved: 'verschoben',
    split: 'aufgeteilt',
    merged: 'zusammengeführt',
  },
  was: (name) => `(bisher ${name})`,
  into: (names) => `in ${names}`,
  outOf: (names) => `aus ${names}`,
  chapter: (chapter) => `Kapitel ${chapter}`,
  appendix: (appendix) => `Anhang ${appendix}`,
  unnumbered: 'Ohne Nummer',
  opensText: 'Text vor der ersten Überschrift',
  declarations: declarationWords('de'),
  links: {
    comparison: 'Der vollständige Vergleich mit allen Einfügungen und Streichungen',
    notice: 'Diese Mitteilung',
    text: (version) => `Der Text der Version ${version}`,
    digest: 'SHA-256 dieses Textes',
    all: 'Alle Mitteilungen',
  },
  feed: {
    title: (provider) => `Mitteilungen: ${provider}`,
    subtitle: (provider) =>
      `Neue Versionen der Zertifikatsrichtlinien und Zertifizierungserklärungen von ${provider}, Zurückziehungen, Terminänderungen und Berichtigungen.`,
  },
  kinds: { version: 'Neue Version', withdrawal: 'Zurückziehung', rescheduling: 'Terminänderung', erratum: 'Berichtigung' },
  withdrawal: {
    title: (document, at) => `Zurückgezogen: ${document}, am ${at}`,
    sentence: (document, at) => `${document} wird am ${at} zurückgezogen.`,
    continuedBy: (document) => `Es wird fortgeführt durch ${document}.`,
  },
  rescheduling: {
    title: (document, version, from) => `Terminänderung: ${document}, Version ${version}, nun gültig ab ${from}`,
    sentence: (document, version, from) =>
      `Version ${version} des Dokuments ${document} tritt nicht zum zuvor angekündigten Termin, sondern am ${from} in Kraft.`,
  },
  erratum: {
    title: (document, version, erratum) => `Berichtigung ${erratum}: ${document}, Version ${version}`,
    sentence: (document, version, section) =>
      `Neben ${section ? `Abschnitt ${section} der Version` : 'der Version'} ${version} des Dokuments ${document} steht eine Berichtigung. Der veröffentlichte Text bleibt, wie er ist.`,
  },
  reason: (text) => `Begründung: ${text}`,
};
