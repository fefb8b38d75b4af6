import type { State } from '../model/in-force.ts';
import { columnOf } from './column-of.ts';

/** Words that the lookup by date prints, in a file of their own: its script needs no others. */
export interface LookupStrings {
  states: Readonly<Record<State, string>>;
  lookup: {
    title: string;
    introduction: string;
    date: string;
    policy: string;
    policyHint: string;
    version(number: string): string;
    submit: string;
    withoutScriptHere: string;
    withoutScriptLink: string;
    on: string;
    forPolicy: string;
    allThen: string;
    noDocument: string;
    unknownPolicy: string;
    loading: string;
    failed: string;
    badDate(typed: string): string;
    badPolicy(typed: string): string;
    dateHint: string;
    withoutScript: string;
    withCertificate: string;
  };
  inForce: {
    byYear: string;
    versions: string;
    nothing: string;
    notHeld: string;
    previousInterval: string;
    nextInterval: string;
    intervals: string;
    intervalNote: string;
    allIntervals: string;
    since: string;
    sinceUntil: string;
    next: string;
    interval: string;
    openInterval: string;
  };
}

const en: LookupStrings = {
  states: {
    draft: 'Draft',
    'not-yet-in-force': 'Not yet in force',
    'in-force': 'In force',
    superseded: 'Superseded',
    withdrawn: 'Withdrawn',
    'never-in-force': 'Never in force',
  },
  lookup: {
    title: 'Which text applied?',
    introduction: 'A certificate is judged by the text that was in force when it was issued. Give the date of issue.',
    date: 'Date or instant',
    policy: 'Policy OID (optional)',
    policyHint: 'As it stands in the certificate, such as 1.3.6.1.4.1.99999.1.2.1',
    version: (number) => `Version ${number}`,
    submit: 'Look up',
    withoutScriptHere: 'Without scripts, choose below the interval in which your date lies.',
    withoutScriptLink: 'all intervals by year',
    on: 'In force on',
    forPolicy: 'for policy',
    allThen: 'Everything that was in force then',
    noDocument: 'No document in force then lists this policy.',
    unknownPolicy: 'No version of any document lists this policy.',
    loading: 'Looking it up …',
    failed: 'The data for the lookup could not be loaded. All intervals by year lead to the same answer.',
    badDate: (typed) =>
      `“${typed}” is neither a date nor an instant. Expected a date such as 2025-06-30, or an instant with its offset such as 2025-06-30T14:00:00Z.`,
    badPolicy: (typed) => `“${typed}” is not an object identifier. Expected numbers with dots between them, such as 1.3.6.1.4.1.99999.1.2.1.`,
    dateHint: 'Such as 2025-06-30, or 2025-06-30T14:00:00Z. A date means its midnight in the time zone {zone}.',
    withCertificate: 'Or ask with the certificate itself',
    withoutScript: 'Without scripts, choose the interval in which your date lies: {link}.',
  },
  inForce: {
    byYear: 'All intervals by year',
    versions: 'In force',
    nothing: 'nothing',
    notHeld: 'Text not held: known by name only.',
    previousInterval: 'Interval before',
    nextInterval: 'Interval after',
    intervals: 'Intervals',
    intervalNote: 'An interval includes its first instant and ends just before its last one.',
    allIntervals: 'All intervals',
    since: '{version}, since {from}',
    sinceUntil: '{version}, from {from} until {until}',
    next: 'Next: {version}, from {from}',
    interval: '{from} – {until}',
    openInterval: '{from} –',
  },
};

const de: LookupStrings = {
  states: {
    draft: 'Entwurf',
    'not-yet-in-force': 'Noch nicht in Kraft',
    'in-force': 'In Kraft',
    superseded: 'Abgelöst',
    withdrawn: 'Zurückgezogen',
    'never-in-force': 'Nie in Kraft',
  },
  lookup: {
    title: 'Welcher Text galt?',
    introduction: 'Ein Zertifikat wird an dem Text gemessen, der bei seiner Ausstellung in Kraft war. Geben Sie das Datum der Ausstellung an.',
    date: 'Datum oder Zeitpunkt',
    policy: 'OID der Richtlinie (freiwillig)',
    policyHint: 'Wie sie im Zertifikat steht, etwa 1.3.6.1.4.1.99999.1.2.1',
    version: (number) => `Version ${number}`,
    submit: 'Nachschlagen',
    withoutScriptHere: 'Ohne Skripte wählen Sie unten den Zeitraum, in dem Ihr Datum liegt.',
    withoutScriptLink: 'alle Zeiträume nach Jahren',
    on: 'In Kraft am',
    forPolicy: 'für die Richtlinie',
    allThen: 'Alles, was damals in Kraft war',
    noDocument: 'Kein Dokument, das damals in Kraft war, führt diese Richtlinie an.',
    unknownPolicy: 'Keine Version irgendeines Dokuments führt diese Richtlinie an.',
    loading: 'Wird nachgeschlagen …',
    failed: 'Die Daten zum Nachschlagen konnten nicht geladen werden. Alle Zeiträume nach Jahren führen zur selben Antwort.',
    badDate: (typed) =>
      `„${typed}“ ist weder ein Datum noch ein Zeitpunkt. Erwartet wird ein Datum wie 2025-06-30 oder ein Zeitpunkt mit Zeitzone wie 2025-06-30T14:00:00Z.`,
    badPolicy: (typed) => `„${typed}“ ist keine Objektkennung. Erwartet werden Zahlen mit Punkten dazwischen, etwa 1.3.6.1.4.1.99999.1.2.1.`,
    dateHint: 'Etwa 2025-06-30 oder 2025-06-30T14:00:00Z. Ein Datum meint seine Mitternacht in der Zeitzone {zone}.',
    withCertificate: 'Oder fragen Sie mit dem Zertifikat selbst',
    withoutScript: 'Ohne Skripte wählen Sie den Zeitraum, in dem Ihr Datum liegt: {link}.',
  },
  inForce: {
    byYear: 'Alle Zeiträume nach Jahren',
    versions: 'In Kraft',
    nothing: 'nichts',
    notHeld: 'Text nicht vorhanden: nur dem Namen nach bekannt.',
    previousInterval: 'Zeitraum davor',
    nextInterval: 'Zeitraum danach',
    intervals: 'Zeiträume',
    intervalNote: 'Ein Zeitraum beginnt mit seinem ersten Zeitpunkt und endet unmittelbar vor seinem letzten.',
    allIntervals: 'Alle Zeiträume',
    since: '{version}, seit {from}',
    sinceUntil: '{version}, von {from} bis {until}',
    next: 'Als Nächstes: {version}, ab {from}',
    interval: '{from} – {until}',
    openInterval: '{from} –',
  },
};

export const lookupStrings: Readonly<Record<'en' | 'de', LookupStrings>> = { en, de };

/** The words in a language; English where there is no column for it. */
export const lookupStringsIn = (language: string): LookupStrings => lookupStrings[columnOf(language)];
