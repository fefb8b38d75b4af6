import type { State } from '../model/in-force.ts';

/**
 * Words of the interface that the pages and their scripts print. Titles and what the text renderer adds stand in
 * `words.ts`. A sentence around a link comes in two parts, before and after it; spaces between parts are the page's.
 */
export interface Strings {
  states: Readonly<Record<State, string>>;
  frame: {
    skip: string;
    documents: string;
    site: string;
    home: string;
    inForce: string;
    policies: string;
    search: string;
    api: string;
    /** Before the name of the time zone. */
    times: string;
  };
  home: {
    eyebrow: string;
    inForceNow: string;
    document: string;
    version: string;
    latest: string;
    nextChange: string;
    noNextChange: string;
    stale: string;
    staleLink: string;
  };
  lookup: {
    title: string;
    introduction: string;
    date: string;
    dateHint: string;
    policy: string;
    policyHint: string;
    submit: string;
    withoutScript: string;
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
  };
  inForce: {
    byYear: string;
    from: string;
    until: string;
    versions: string;
    since: string;
    open: string;
    nothing: string;
    next: string;
    nextTakesEffect: string;
    none: string;
    notHeld: string;
    previousInterval: string;
    nextInterval: string;
    intervals: string;
    intervalNote: string;
    allIntervals: string;
  };
  text: {
    version: string;
    contents: string;
    facts: string;
    published: string;
    approved: string;
    approvedBy: string;
    effective: string;
    until: string;
    changes: string;
    note: string;
    languages: string;
    permanent: string;
    files: string;
    sha256: string;
    blob: string;
    download: string;
    policies: string;
    rescheduled: string;
    rescheduledFrom: string;
    rescheduledTo: string;
    errata: string;
    erratum: string;
    erratumNote: string;
    section: string;
    previous: string;
    next: string;
    neighbours: string;
    otherVersions: string;
    allVersions: string;
    timemap: string;
    notHeld: string;
    notHeldNote: string;
    keptAsPdf: string;
    keptAsFile: string;
    text: string;
    printed: string;
    loading: string;
    failed: string;
    current: string;
  };
  banner: {
    draft: string;
    notYetFrom: string;
    since: string;
    inForceUntil: string;
    then: string;
    applied: string;
    to: string;
    supersededBy: string;
    newerHere: string;
    withdrawnOn: string;
    continuedBy: string;
    never: string;
    inForceNow: string;
  };
  history: {
    lead: string;
    versions: string;
    timeline: string;
    timelineNote: string;
    version: string;
    state: string;
    published: string;
    from: string;
    until: string;
    changes: string;
    texts: string;
    errata(count: number): string;
    nameOnly: string;
    withdrawals: string;
    withdrawn: string;
    document: string;
  };
  policies: {
    lead: string;
    policy: string;
    oid: string;
    conformsTo: string;
    qualified: string;
    qscd: string;
    documents: string;
    required: string;
    notRequired: string;
    managedBySubject: string;
    managedByTsp: string;
    stated: string;
    notStated: string;
    inForce: string;
    noLonger: string;
    versions: string;
    none: string;
    all: string;
  };
  search: {
    lead: string;
    label: string;
    submit: string;
    older: string;
    withoutScript: string;
    results: string;
    none(query: string): string;
    count(found: number, query: string): string;
    versions(list: string): string;
    loading: string;
    failed: string;
    more: string;
  };
  notFound: { lead: string; hint: string };
  noText: { lead: string; continuedBy: string; next: string };
}

export const en: Strings = {
  states: {
    draft: 'Draft',
    'not-yet-in-force': 'Not yet in force',
    'in-force': 'In force',
    superseded: 'Superseded',
    withdrawn: 'Withdrawn',
    'never-in-force': 'Never in force',
  },
  frame: {
    skip: 'Skip to the content',
    documents: 'Documents',
    site: 'Site',
    home: 'Home',
    inForce: 'What applied when',
    policies: 'Policies',
    search: 'Search',
    api: 'Data for machines',
    times: 'Dates and times are in the time zone',
  },
  home: {
    eyebrow: 'Repository of certificate policies and practice statements',
    inForceNow: 'In force now',
    document: 'Document',
    version: 'Version',
    latest: 'Latest publications',
    nextChange: 'What is in force changes next on',
    noNextChange: 'Nothing that is published changes what is in force.',
    stale: 'What is in force has changed since this page was made.',
    staleLink: 'Look up what applies now',
  },
  lookup: {
    title: 'Which text applied?',
    introduction: 'A certificate is judged by the text that was in force when it was issued. Give the date of issue.',
    date: 'Date or instant',
    dateHint: 'Such as 2025-06-30, or 2025-06-30T14:00:00Z. A date means its midnight in the time zone',
    policy: 'Policy OID (optional)',
    policyHint: 'As it stands in the certificate, such as 1.3.6.1.4.1.99999.1.2.1',
    submit: 'Look up',
    withoutScript: 'Without scripts, choose the interval in which your date lies:',
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
  },
  inForce: {
    byYear: 'All intervals by year',
    from: 'From',
    until: 'Until',
    versions: 'In force',
    since: 'since',
    open: 'open',
    nothing: 'nothing',
    next: 'Next',
    nextTakesEffect: 'takes effect on',
    none: 'None',
    notHeld: 'Text not held: known by name only.',
    previousInterval: 'Interval before',
    nextInterval: 'Interval after',
    intervals: 'Intervals',
    intervalNote: 'An interval includes its first instant and ends just before its last one.',
    allIntervals: 'All intervals',
  },
  text: {
    version: 'Version',
    contents: 'Contents',
    facts: 'About this version',
    published: 'Published',
    approved: 'Approved',
    approvedBy: 'by',
    effective: 'In force from',
    until: 'until',
    changes: 'Changes',
    note: 'Source of these facts',
    languages: 'Languages',
    permanent: 'Permanent address',
    files: 'Files',
    sha256: 'SHA-256',
    blob: 'git blob',
    download: 'Download',
    policies: 'Policies in this version',
    rescheduled: 'Moved',
    rescheduledFrom: 'from',
    rescheduledTo: 'to',
    errata: 'Errata',
    erratum: 'Erratum',
    erratumNote: 'Corrections stand beside the text, which stays as it was published.',
    section: 'section',
    previous: 'Version before',
    next: 'Version after',
    neighbours: 'Versions before and after',
    otherVersions: 'Other versions',
    allVersions: 'All versions and timeline',
    timemap: 'TimeMap',
    notHeld: 'The text of this version is not held.',
    notHeldNote: 'It is known by its name and dates only. What it said cannot be shown here, and no other version stands in for it.',
    keptAsPdf: 'The text of this version is kept as a PDF, byte for byte as it was published:',
    keptAsFile: 'The text of this version is kept as a file, byte for byte as it was published:',
    text: 'Text',
    printed: 'Address of this version',
    loading: 'Loading …',
    failed: 'The list could not be loaded.',
    current: 'this one',
  },
  banner: {
    draft: 'This text is a draft. It is not published and does not apply.',
    notYetFrom: 'Published already. It takes effect on',
    since: 'Since',
    inForceUntil: 'until',
    then: 'then version',
    applied: 'It applied from',
    to: 'until',
    supersededBy: 'when it gave way to version',
    newerHere: 'This page was made before that. Read the newer text:',
    withdrawnOn: 'On',
    continuedBy: 'Continued by',
    never: 'Another version took its place before its date came.',
    inForceNow: 'Text in force now',
  },
  history: {
    lead: 'Every version that was ever published stays here, at its own address.',
    versions: 'Versions, newest first',
    timeline: 'Timeline',
    timelineNote: 'Drawn to scale: each bar is the time for which a version is in force.',
    version: 'Version',
    state: 'State',
    published: 'Published',
    from: 'From',
    until: 'Until',
    changes: 'Changes',
    texts: 'Text',
    errata: (count) => (count === 1 ? '1 erratum' : `${count} errata`),
    nameOnly: 'Not held: known by name only',
    withdrawals: 'Withdrawals',
    withdrawn: 'Withdrawn on',
    document: 'Text in force now',
  },
  policies: {
    lead: 'A certificate names the policies under which it was issued by object identifier. These are ours.',
    policy: 'Policy',
    oid: 'OID',
    conformsTo: 'Conforms to',
    qualified: 'EU qualified',
    qscd: 'QSCD',
    documents: 'Documents',
    required: 'required',
    notRequired: 'not required',
    managedBySubject: 'managed by the subject',
    managedByTsp: 'managed by the provider',
    stated: 'stated in section',
    notStated: 'not stated',
    inForce: 'In force',
    noLonger: 'No longer in force',
    versions: 'Versions that list this policy, newest first',
    none: 'No version lists a policy.',
    all: 'All policies',
  },
  search: {
    lead: 'Searches the texts that are in force, section by section. Nothing you type leaves your browser.',
    label: 'Words to look for',
    submit: 'Search',
    older: 'Also search older versions',
    withoutScript: 'The search needs scripts. Without them, open a document and use the search of your browser:',
    results: 'Results',
    none: (query) => `Nothing found for “${query}”.`,
    count: (found, query) => (found === 1 ? `1 section found for “${query}”.` : `${found} sections found for “${query}”.`),
    versions: (list) => (list.includes(',') ? `versions ${list}` : `version ${list}`),
    loading: 'Searching …',
    failed: 'The search could not be loaded.',
    more: 'More results',
  },
  notFound: {
    lead: 'There is no page at this address.',
    hint: 'Addresses of published versions never change: check the document and the version number, or start here:',
  },
  noText: {
    lead: 'No version of this document is in force.',
    continuedBy: 'It is continued by',
    next: 'The next version is published:',
  },
};

export const de: Strings = {
  states: {
    draft: 'Entwurf',
    'not-yet-in-force': 'Noch nicht in Kraft',
    'in-force': 'In Kraft',
    superseded: 'Abgelöst',
    withdrawn: 'Zurückgezogen',
    'never-in-force': 'Nie in Kraft',
  },
  frame: {
    skip: 'Zum Inhalt springen',
    documents: 'Dokumente',
    site: 'Website',
    home: 'Startseite',
    inForce: 'Was wann galt',
    policies: 'Richtlinien',
    search: 'Suche',
    api: 'Daten für Programme',
    times: 'Alle Zeiten gelten in der Zeitzone',
  },
  home: {
    eyebrow: 'Verzeichnis der Zertifikatsrichtlinien und Zertifizierungserklärungen',
    inForceNow: 'Jetzt in Kraft',
    document: 'Dokument',
    version: 'Version',
    latest: 'Neueste Veröffentlichungen',
    nextChange: 'Was in Kraft ist, ändert sich als Nächstes am',
    noNextChange: 'Nichts Veröffentlichtes ändert, was in Kraft ist.',
    stale: 'Seit diese Seite erzeugt wurde, hat sich geändert, was in Kraft ist.',
    staleLink: 'Nachsehen, was jetzt gilt',
  },
  lookup: {
    title: 'Welcher Text galt?',
    introduction: 'Ein Zertifikat wird an dem Text gemessen, der bei seiner Ausstellung in Kraft war. Geben Sie das Datum der Ausstellung an.',
    date: 'Datum oder Zeitpunkt',
    dateHint: 'Etwa 2025-06-30 oder 2025-06-30T14:00:00Z. Ein Datum meint seine Mitternacht in der Zeitzone',
    policy: 'OID der Richtlinie (freiwillig)',
    policyHint: 'Wie sie im Zertifikat steht, etwa 1.3.6.1.4.1.99999.1.2.1',
    submit: 'Nachschlagen',
    withoutScript: 'Ohne Skripte wählen Sie den Zeitraum, in dem Ihr Datum liegt:',
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
  },
  inForce: {
    byYear: 'Alle Zeiträume nach Jahren',
    from: 'Von',
    until: 'Bis',
    versions: 'In Kraft',
    since: 'seit',
    open: 'offen',
    nothing: 'nichts',
    next: 'Als Nächstes',
    nextTakesEffect: 'gilt ab',
    none: 'Keine',
    notHeld: 'Text nicht vorhanden: nur dem Namen nach bekannt.',
    previousInterval: 'Zeitraum davor',
    nextInterval: 'Zeitraum danach',
    intervals: 'Zeiträume',
    intervalNote: 'Ein Zeitraum beginnt mit seinem ersten Zeitpunkt und endet unmittelbar vor seinem letzten.',
    allIntervals: 'Alle Zeiträume',
  },
  text: {
    version: 'Version',
    contents: 'Inhalt',
    facts: 'Zu dieser Version',
    published: 'Veröffentlicht',
    approved: 'Genehmigt',
    approvedBy: 'durch',
    effective: 'In Kraft ab',
    until: 'bis',
    changes: 'Änderungen',
    note: 'Herkunft dieser Angaben',
    languages: 'Sprachen',
    permanent: 'Dauerhafte Adresse',
    files: 'Dateien',
    sha256: 'SHA-256',
    blob: 'Git-Blob',
    download: 'Herunterladen',
    policies: 'Richtlinien in dieser Version',
    rescheduled: 'Verschoben',
    rescheduledFrom: 'von',
    rescheduledTo: 'auf',
    errata: 'Berichtigungen',
    erratum: 'Berichtigung',
    erratumNote: 'Berichtigungen stehen neben dem Text, der bleibt, wie er veröffentlicht wurde.',
    section: 'Abschnitt',
    previous: 'Version davor',
    next: 'Version danach',
    neighbours: 'Versionen davor und danach',
    otherVersions: 'Andere Versionen',
    allVersions: 'Alle Versionen und Zeitleiste',
    timemap: 'TimeMap',
    notHeld: 'Der Text dieser Version ist nicht vorhanden.',
    notHeldNote: 'Nur ihr Name und ihre Daten sind bekannt. Was sie sagte, lässt sich hier nicht zeigen, und keine andere Version tritt an ihre Stelle.',
    keptAsPdf: 'Der Text dieser Version liegt als PDF vor, Byte für Byte wie veröffentlicht:',
    keptAsFile: 'Der Text dieser Version liegt als Datei vor, Byte für Byte wie veröffentlicht:',
    text: 'Text',
    printed: 'Adresse dieser Version',
    loading: 'Wird geladen …',
    failed: 'Die Liste konnte nicht geladen werden.',
    current: 'diese',
  },
  banner: {
    draft: 'Dieser Text ist ein Entwurf. Er ist nicht veröffentlicht und gilt nicht.',
    notYetFrom: 'Schon veröffentlicht. Sie gilt ab',
    since: 'Seit',
    inForceUntil: 'bis',
    then: 'danach Version',
    applied: 'Sie galt von',
    to: 'bis',
    supersededBy: 'und wurde abgelöst durch Version',
    newerHere: 'Diese Seite wurde vorher erzeugt. Lesen Sie den neueren Text:',
    withdrawnOn: 'Am',
    continuedBy: 'Fortgeführt durch',
    never: 'Eine andere Version trat an ihre Stelle, bevor ihr Tag kam.',
    inForceNow: 'Jetzt geltender Text',
  },
  history: {
    lead: 'Jede je veröffentlichte Version bleibt hier, unter ihrer eigenen Adresse.',
    versions: 'Versionen, neueste zuerst',
    timeline: 'Zeitleiste',
    timelineNote: 'Maßstäblich: Jeder Balken ist die Zeit, in der eine Version in Kraft ist.',
    version: 'Version',
    state: 'Zustand',
    published: 'Veröffentlicht',
    from: 'Von',
    until: 'Bis',
    changes: 'Änderungen',
    texts: 'Text',
    errata: (count) => (count === 1 ? '1 Berichtigung' : `${count} Berichtigungen`),
    nameOnly: 'Nicht vorhanden: nur dem Namen nach bekannt',
    withdrawals: 'Zurückziehungen',
    withdrawn: 'Zurückgezogen am',
    document: 'Jetzt geltender Text',
  },
  policies: {
    lead: 'Ein Zertifikat nennt die Richtlinien, nach denen es ausgestellt wurde, mit ihrer Objektkennung. Dies sind unsere.',
    policy: 'Richtlinie',
    oid: 'OID',
    conformsTo: 'Entspricht',
    qualified: 'EU-qualifiziert',
    qscd: 'QSCD',
    documents: 'Dokumente',
    required: 'erforderlich',
    notRequired: 'nicht erforderlich',
    managedBySubject: 'beim Inhaber',
    managedByTsp: 'beim Anbieter',
    stated: 'erklärt in Abschnitt',
    notStated: 'nicht erklärt',
    inForce: 'In Kraft',
    noLonger: 'Nicht mehr in Kraft',
    versions: 'Versionen, die diese Richtlinie anführen, neueste zuerst',
    none: 'Keine Version führt eine Richtlinie an.',
    all: 'Alle Richtlinien',
  },
  search: {
    lead: 'Durchsucht die geltenden Texte, Abschnitt für Abschnitt. Was Sie eingeben, verlässt Ihren Browser nicht.',
    label: 'Suchwörter',
    submit: 'Suchen',
    older: 'Auch ältere Versionen durchsuchen',
    withoutScript: 'Die Suche braucht Skripte. Ohne sie öffnen Sie ein Dokument und verwenden die Suche Ihres Browsers:',
    results: 'Ergebnisse',
    none: (query) => `Nichts gefunden für „${query}“.`,
    count: (found, query) => (found === 1 ? `1 Abschnitt gefunden für „${query}“.` : `${found} Abschnitte gefunden für „${query}“.`),
    versions: (list) => (list.includes(',') ? `Versionen ${list}` : `Version ${list}`),
    loading: 'Wird gesucht …',
    failed: 'Die Suche konnte nicht geladen werden.',
    more: 'Weitere Ergebnisse',
  },
  notFound: {
    lead: 'Unter dieser Adresse gibt es keine Seite.',
    hint: 'Adressen veröffentlichter Versionen ändern sich nie: Prüfen Sie Dokument und Versionsnummer, oder beginnen Sie hier:',
  },
  noText: {
    lead: 'Keine Version dieses Dokuments ist in Kraft.',
    continuedBy: 'Es wird fortgeführt durch',
    next: 'Die nächste Version ist veröffentlicht:',
  },
};

const columns: Readonly<Record<string, Strings>> = { en, de };

/** The words in a language; English where there is no column for it. */
export function strings(language: string): Strings {
  return columns[columnOf(language)] ?? en;
}

/** The language in which `strings` answers, for the `lang` attribute. */
export function columnOf(language: string): string {
  const name = language.split('-')[0] ?? '';
  return Object.hasOwn(columns, name) ? name : 'en';
}
