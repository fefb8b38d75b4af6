import type { MethodKind } from '../model/identity.ts';
import type { DeviceManager } from '../model/qscd.ts';
import type { Party } from '../model/requirement.ts';
import { columnOf } from './column-of.ts';
import type { CertificationRow } from './operation-page.ts';

/** Words of the pages on devices, identification and responsibilities, which only a site for assessors has. */
export interface OperationStrings {
  parties: Readonly<Record<Party, string>>;
  managers: Readonly<Record<DeviceManager, string>>;
  json: string;
  policy: string;
  none: string;
  since: string;
  until: string;
  stated: string;
  requirement: string;
  yes: string;
  no: string;
  responsibilities: {
    title: string;
    of(policy: string): string;
    lead: string;
    link: string;
    counts: string;
    count(count: number): string;
    manager: string;
    managed: string;
    managedNote: string;
    applies: string;
    appliesWith: string;
    shared: string;
    sharedNote: string;
    alone: string;
    aloneNote: string;
    does: string;
  };
  devices: {
    title: string;
    description: string;
    lead: string;
    byPolicy: string;
    device: string;
    issued: string;
    now: string;
    lastValid: string;
    manager: string;
    keyImport: string;
    keyTransfer: string;
    profile: string;
    maker: string;
    form: Readonly<Record<'held' | 'remote', string>>;
    operatedUnder: string;
    controlLevel: string;
    certificate: string;
    body: string;
    standards: string;
    state: string;
    states: Readonly<Record<CertificationRow['state'], string>>;
  };
  identity: {
    title: string;
    description: string;
    lead: string;
    methods: string;
    kinds: Readonly<Record<MethodKind, string>>;
    useCase: string;
    level: string;
    accepts: string;
    records: string;
    kept: string;
    used: string;
    confirmed: string;
    byPolicy: string;
    policies: string;
    organisation: string;
    validFor: string;
    most: string;
    domains: string;
    choice: string;
    choiceNote: string;
    subscribers: Readonly<Record<'natural' | 'legal', string>>;
    route: string;
    also: string;
    notOffered: string;
  };
}

const en: OperationStrings = {
  parties: { tsp: 'Provider', 'other-tsp': 'Other provider', subscriber: 'Subscriber', subject: 'Subject', 'relying-party': 'Relying party' },
  managers: { subject: 'the subject', tsp: 'the provider', 'other-tsp': 'another provider' },
  json: 'As JSON',
  policy: 'Policy',
  none: 'none',
  since: 'From',
  until: 'Until',
  stated: 'Stated in',
  requirement: 'Requirement',
  yes: 'yes',
  no: 'no',
  responsibilities: {
    title: 'Responsibilities',
    of: (policy) => `Responsibilities: ${policy}`,
    lead: 'Who has to do what for each requirement that applies under this policy. It follows from the requirements and from who manages the device.',
    link: 'Who has to do what, requirement by requirement',
    counts: 'Requirements in which each has a share',
    count: (count) => (count === 1 ? '1 requirement' : `${count} requirements`),
    manager: 'The device is managed by',
    managed: 'What follows from who manages the device',
    managedNote: 'Requirements that would not apply alike if somebody else managed it.',
    applies: 'Applies',
    appliesWith: 'Applies if managed by',
    shared: 'Shared with others',
    sharedNote: 'The provider does not do these alone, or is not the one who does them.',
    alone: 'The provider alone',
    aloneNote: 'All others that apply.',
    does: 'Who does what',
  },
  devices: {
    title: 'Qualified devices',
    description: 'Which qualified devices hold the keys of which certificates, who manages them, and how they are certified.',
    lead: 'Which qualified devices hold the keys of which certificates, who manages them, and from when to when each was certified.',
    byPolicy: 'By policy',
    device: 'Device',
    issued: 'Certificates issued',
    now: 'now',
    lastValid: 'All ended by',
    manager: 'Managed by',
    keyImport: 'Keys loaded from elsewhere',
    keyTransfer: 'Keys transferred between devices',
    profile: 'Profile',
    maker: 'Maker',
    form: { held: 'held by the subject', remote: 'used from a distance' },
    operatedUnder: 'Operated under',
    controlLevel: 'Level of control',
    certificate: 'Certificate',
    body: 'Issued by',
    standards: 'Judged against',
    state: 'State',
    states: { 'to-come': 'to come', valid: 'valid', ended: 'ended', revoked: 'revoked' },
  },
  identity: {
    title: 'Identification',
    description: 'How persons and organisations are identified for certificates of each policy, and what that leaves.',
    lead: 'How persons and organisations are identified for certificates of each policy, and which records that leaves.',
    methods: 'Methods',
    kinds: { 'physical-presence': 'physical presence', eid: 'eID', certificate: 'qualified certificate', remote: 'remote identification' },
    useCase: 'TS 119 461',
    level: 'Level',
    accepts: 'Accepted',
    records: 'What it leaves',
    kept: 'Kept',
    used: 'In use',
    confirmed: 'Confirmed',
    byPolicy: 'By policy',
    policies: 'Policies',
    organisation: 'Of organisations',
    validFor: 'A check counts for',
    most: 'Certificates at most',
    domains: 'Control of domain names',
    choice: 'Website certificates: the rule by who runs the website',
    choiceNote: 'EN 319 411-2, REG-6.2.2-04',
    subscribers: { natural: 'a natural person', legal: 'a legal person' },
    route: 'Rule',
    also: 'Also verified',
    notOffered: 'not offered',
  },
};

const de: OperationStrings = {
  parties: { tsp: 'Anbieter', 'other-tsp': 'Anderer Anbieter', subscriber: 'Zertifikatsnehmer', subject: 'Inhaber', 'relying-party': 'Vertrauender' },
  managers: { subject: 'dem Inhaber', tsp: 'dem Anbieter', 'other-tsp': 'einem anderen Anbieter' },
  json: 'Als JSON',
  policy: 'Richtlinie',
  none: 'keine',
  since: 'Von',
  until: 'Bis',
  stated: 'Angegeben in',
  requirement: 'Anforderung',
  yes: 'ja',
  no: 'nein',
  responsibilities: {
    title: 'Zuständigkeiten',
    of: (policy) => `Zuständigkeiten: ${policy}`,
    lead: 'Wer für jede Anforderung, die nach dieser Richtlinie gilt, was zu tun hat. Es folgt aus den Anforderungen und daraus, wer die Einheit verwaltet.',
    link: 'Wer was zu tun hat, Anforderung für Anforderung',
    counts: 'Anforderungen, an denen jeder Anteil hat',
    count: (count) => (count === 1 ? '1 Anforderung' : `${count} Anforderungen`),
    manager: 'Die Einheit wird verwaltet von',
    managed: 'Was daraus folgt, wer die Einheit verwaltet',
    managedNote: 'Anforderungen, die anders gälten, wenn sie jemand anderer verwaltete.',
    applies: 'Gilt',
    appliesWith: 'Gilt bei Verwaltung von',
    shared: 'Gemeinsam mit anderen',
    sharedNote: 'Diese erfüllt der Anbieter nicht allein, oder nicht er.',
    alone: 'Der Anbieter allein',
    aloneNote: 'Alle übrigen, die gelten.',
    does: 'Wer was tut',
  },
  devices: {
    title: 'Qualifizierte Einheiten',
    description: 'Welche qualifizierten Einheiten die Schlüssel welcher Zertifikate halten, wer sie verwaltet und wie sie bescheinigt sind.',
    lead: 'Welche qualifizierten Einheiten die Schlüssel welcher Zertifikate halten, wer sie verwaltet und von wann bis wann jede bescheinigt war.',
    byPolicy: 'Nach Richtlinie',
    device: 'Einheit',
    issued: 'Zertifikate ausgestellt',
    now: 'jetzt',
    lastValid: 'Alle beendet bis',
    manager: 'Verwaltet von',
    keyImport: 'Schlüssel von anderswo geladen',
    keyTransfer: 'Schlüssel zwischen Einheiten übertragen',
    profile: 'Profil',
    maker: 'Hersteller',
    form: { held: 'beim Inhaber', remote: 'aus der Ferne verwendet' },
    operatedUnder: 'Betrieben nach',
    controlLevel: 'Stufe der Kontrolle',
    certificate: 'Bescheinigung',
    body: 'Ausgestellt von',
    standards: 'Geprüft nach',
    state: 'Stand',
    states: { 'to-come': 'künftig', valid: 'gültig', ended: 'beendet', revoked: 'widerrufen' },
  },
  identity: {
    title: 'Identifizierung',
    description: 'Wie Personen und Organisationen für Zertifikate jeder Richtlinie identifiziert werden und was davon bleibt.',
    lead: 'Wie Personen und Organisationen für Zertifikate jeder Richtlinie identifiziert werden und welche Aufzeichnungen davon bleiben.',
    methods: 'Verfahren',
    kinds: {
      'physical-presence': 'persönliche Anwesenheit',
      eid: 'elektronische Identität',
      certificate: 'qualifiziertes Zertifikat',
      remote: 'Fernidentifizierung',
    },
    useCase: 'Nach TS 119 461',
    level: 'Niveau',
    accepts: 'Anerkannt',
    records: 'Was davon bleibt',
    kept: 'Ablage',
    used: 'In Verwendung',
    confirmed: 'Bestätigt',
    byPolicy: 'Nach Richtlinie',
    policies: 'Richtlinien',
    organisation: 'Von Organisationen',
    validFor: 'Eine Prüfung zählt',
    most: 'Zertifikate höchstens',
    domains: 'Kontrolle über Domainnamen',
    choice: 'Website-Zertifikate: die Regel danach, wer die Website betreibt',
    choiceNote: 'Nach EN 319 411-2, REG-6.2.2-04',
    subscribers: { natural: 'eine natürliche Person', legal: 'eine juristische Person' },
    route: 'Regel',
    also: 'Außerdem geprüft',
    notOffered: 'nicht angeboten',
  },
};

const columns: Readonly<Record<string, OperationStrings>> = { en, de };

/** The words in a language; English where there is no column for it. */
export const operationStrings = (language: string): OperationStrings => columns[columnOf(language)] ?? en;
