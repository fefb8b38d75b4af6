import { columnOf } from './column-of.ts';
import type { ExpiryCell, StatusVerdict } from './status-page.ts';

/** Words of the page on what was measured of the status services, which only a site for assessors has. */
export interface StatusStrings {
  title: string;
  description: string;
  lead: string;
  none: string;
  json: string;
  byMonth: string;
  month: string;
  address: string;
  available: string;
  outage: string;
  validity: string;
  freshness: string;
  response: string;
  measured: string;
  measurements: string;
  failed: string;
  atLeast: string;
  atMost: string;
  verdicts: Readonly<Record<Exclude<StatusVerdict, 'kept'>, string>>;
  breaches: string;
  noBreach: string;
  seen: string;
  expected: string;
  unmeasured: string;
  outages: string;
  noOutage: string;
  from: string;
  to: string;
  length: string;
  ongoing: string;
  place: string;
  days: string;
  inWords: string;
  day: string;
  down: string;
  oldest: string;
  latency: string;
  notMeasured: string;
  highest: string;
  limit: string;
  expiry: string;
  expiryLead: string;
  extension: string;
  /** What kind of place says it. */
  source: string;
  sources: Readonly<Record<ExpiryCell['source'], string>>;
  /** What stands there. */
  saying: string;
  says: string;
  places: string;
  agreement: string;
  agrees: string;
  differs: string;
  yes: string;
  no: string;
}

const en: StatusStrings = {
  title: 'Status services',
  description: 'What was measured of CRLs and OCSP, by month, with the periods and the availability that the CP and CPS in force at that time state.',
  lead: 'What a monitor measured of CRLs and OCSP, with what the CP and CPS promised that were in force at that time. Time counts, not the number of measurements: from a failed one to the next answer a service is taken to be down.',
  none: 'There are no measurements.',
  json: 'The figures as JSON',
  byMonth: 'By month',
  month: 'Month',
  address: 'Address',
  available: 'Available',
  outage: 'Longest outage',
  validity: 'thisUpdate to nextUpdate',
  freshness: 'Oldest CRL',
  response: 'Answers in time',
  measured: 'Measured',
  measurements: 'measurements',
  failed: 'failed',
  atLeast: 'at least',
  atMost: 'at most',
  verdicts: { broken: 'not kept', open: 'not decidable', 'not-promised': 'nothing stated' },
  breaches: 'Where it does not agree with the texts',
  noBreach: 'Nothing that was measured contradicts the texts.',
  seen: 'seen',
  expected: 'expected',
  unmeasured: 'Addresses in certificates that were not measured',
  outages: 'Outages',
  noOutage: 'Every measurement got an answer.',
  from: 'From',
  to: 'To',
  length: 'Length',
  ongoing: 'no answer since',
  place: 'Line',
  days: 'Day by day',
  inWords: 'The days in numbers',
  day: 'Day',
  down: 'Without an answer',
  oldest: 'Oldest CRL',
  latency: '95 % of the answers within',
  notMeasured: 'not measured',
  highest: 'most',
  limit: 'stated',
  expiry: 'Certificates that have expired',
  expiryLead: 'Whether their status stays to be had, as practices, texts, profiles and samples say it. One place that differs makes the story two.',
  extension: 'Extension',
  source: 'Source',
  sources: { practice: 'Practice', text: 'Text in force', profile: 'Profile', sample: 'Sample' },
  saying: 'What it says',
  says: 'Extension',
  places: 'places',
  agreement: 'Agreement',
  agrees: 'no place says otherwise',
  differs: 'the places differ',
  yes: 'yes',
  no: 'no',
};

const de: StatusStrings = {
  title: 'Statusdienste',
  description:
    'Was an Sperrlisten und OCSP gemessen wurde, Monat für Monat, mit den Fristen und der Verfügbarkeit, die CP und CPS angeben, die damals in Kraft waren.',
  lead: 'Was eine Überwachung an Sperrlisten und OCSP gemessen hat, mit dem, was CP und CPS zusagten, die damals in Kraft waren. Es zählt die Zeit, nicht die Zahl der Messungen: von einer fehlgeschlagenen bis zur nächsten Antwort gilt ein Dienst als ausgefallen.',
  none: 'Es gibt keine Messungen.',
  json: 'Die Zahlen als JSON',
  byMonth: 'Nach Monaten',
  month: 'Monat',
  address: 'Adresse',
  available: 'Verfügbar',
  outage: 'Längster Ausfall',
  validity: 'thisUpdate bis nextUpdate',
  freshness: 'Älteste Sperrliste',
  response: 'Antworten rechtzeitig',
  measured: 'Gemessen',
  measurements: 'Messungen',
  failed: 'fehlgeschlagen',
  atLeast: 'mindestens',
  atMost: 'höchstens',
  verdicts: { broken: 'nicht eingehalten', open: 'nicht entscheidbar', 'not-promised': 'nichts angegeben' },
  breaches: 'Was nicht zu den Texten passt',
  noBreach: 'Nichts, was gemessen wurde, widerspricht den Texten.',
  seen: 'gesehen',
  expected: 'erwartet',
  unmeasured: 'Adressen in Zertifikaten, die nicht gemessen wurden',
  outages: 'Ausfälle',
  noOutage: 'Jede Messung bekam eine Antwort.',
  from: 'Von',
  to: 'Bis',
  length: 'Dauer',
  ongoing: 'seither keine Antwort',
  place: 'Zeile',
  days: 'Tag für Tag',
  inWords: 'Die Tage in Zahlen',
  day: 'Tag',
  down: 'Ohne Antwort',
  oldest: 'Älteste Sperrliste',
  latency: '95 % der Antworten innerhalb von',
  notMeasured: 'nicht gemessen',
  highest: 'höchstens',
  limit: 'angegeben',
  expiry: 'Abgelaufene Zertifikate',
  expiryLead: 'Ob ihr Status zu haben bleibt, wie Praktiken, Texte, Profile und Muster es sagen. Eine Stelle, die abweicht, macht aus einer Geschichte zwei.',
  extension: 'Erweiterung',
  source: 'Quelle',
  sources: { practice: 'Praktik', text: 'Text in Kraft', profile: 'Profil', sample: 'Muster' },
  saying: 'Was dort steht',
  says: 'Erweiterung',
  places: 'Stellen',
  agreement: 'Übereinstimmung',
  agrees: 'keine Stelle sagt anderes',
  differs: 'die Stellen weichen ab',
  yes: 'ja',
  no: 'nein',
};

const columns: Readonly<Record<string, StatusStrings>> = { en, de };

/** The words in a language; English where there is no column for it. */
export const statusStrings = (language: string): StatusStrings => columns[columnOf(language)] ?? en;
