import type { State } from '../model/in-force.ts';

/**
 * Words of the interface that the pages and their scripts print. Titles and what the text renderer adds stand in
 * `words.ts`. Sentences are whole; a name in braces stands for a time or a link, see `sentence.ts`.
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
    latest: string;
    noNextChange: string;
    staleLink: string;
    nextChange: string;
    stale: string;
  };
  lookup: {
    title: string;
    introduction: string;
    date: string;
    policy: string;
    policyHint: string;
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
  text: {
    version: string;
    contents: string;
    facts: string;
    published: string;
    approved: string;
    changes: string;
    note: string;
    languages: string;
    permanent: string;
    sha256: string;
    blob: string;
    download: string;
    policies: string;
    rescheduled: string;
    errata: string;
    erratumNote: string;
    previous: string;
    next: string;
    neighbours: string;
    otherVersions: string;
    allVersions: string;
    notHeld: string;
    notHeldNote: string;
    text: string;
    printed: string;
    loading: string;
    failed: string;
    approvedBy: string;
    effective: string;
    from: string;
    fromUntil: string;
    rescheduledFrom: string;
    erratum: string;
    erratumTo: string;
    keptAsPdf: string;
    keptAsFile: string;
  };
  banner: {
    draft: string;
    never: string;
    inForceNow: string;
    notYet: string;
    inForce: string;
    inForceUntil: string;
    inForceThen: string;
    superseded: string;
    supersededBy: string;
    newerHere: string;
    withdrawn: string;
    continuedBy: string;
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
    document: string;
    withdrawn: string;
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
    notStated: string;
    inForce: string;
    noLonger: string;
    versions: string;
    none: string;
    all: string;
    stated: string;
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
    moreSections(count: number): string;
    loading: string;
    failed: string;
    more: string;
  };
  notFound: { lead: string; hint: string };
  noText: {
    lead: string;
    continuedBy: string;
    next: string;
  };
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
    latest: 'Latest publications',
    noNextChange: 'Nothing that is published changes what is in force.',
    staleLink: 'Look up what applies now',
    nextChange: 'What is in force changes next on {date}.',
    stale: 'What is in force has changed since this page was made. {link}',
  },
  lookup: {
    title: 'Which text applied?',
    introduction: 'A certificate is judged by the text that was in force when it was issued. Give the date of issue.',
    date: 'Date or instant',
    policy: 'Policy OID (optional)',
    policyHint: 'As it stands in the certificate, such as 1.3.6.1.4.1.99999.1.2.1',
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
  text: {
    version: 'Version',
    contents: 'Contents',
    facts: 'About this version',
    published: 'Published',
    approved: 'Approved',
    changes: 'Changes',
    note: 'Source of these facts',
    languages: 'Languages',
    permanent: 'Permanent address',
    sha256: 'SHA-256',
    blob: 'git blob',
    download: 'Download',
    policies: 'Policies in this version',
    rescheduled: 'Moved',
    errata: 'Errata',
    erratumNote: 'Corrections stand beside the text, which stays as it was published.',
    previous: 'Version before',
    next: 'Version after',
    neighbours: 'Versions before and after',
    otherVersions: 'Other versions',
    allVersions: 'All versions and timeline',
    notHeld: 'The text of this version is not held.',
    notHeldNote: 'It is known by its name and dates only. What it said cannot be shown here, and no other version stands in for it.',
    text: 'Text',
    printed: 'Address of this version',
    loading: 'Loading …',
    failed: 'The list could not be loaded.',
    approvedBy: '{on} by {by}',
    effective: 'In force',
    from: 'From {from}',
    fromUntil: 'From {from} until {until}',
    rescheduledFrom: 'From {from} to {to}, announced {published}: {reason}',
    erratum: 'Erratum {number}, {date}',
    erratumTo: 'Erratum {number} to section {section}, {date}',
    keptAsPdf: 'The text of this version is kept as a PDF, byte for byte as it was published: {file}',
    keptAsFile: 'The text of this version is kept as a file, byte for byte as it was published: {file}',
  },
  banner: {
    draft: 'This text is a draft. It is not published and does not apply.',
    never: 'Another version took its place before its date came.',
    inForceNow: 'Text in force now',
    notYet: 'Published already; takes effect on {from}.',
    inForce: 'Since {from}.',
    inForceUntil: 'Since {from}, until {until}.',
    inForceThen: 'Since {from}, until {until}; then {next}.',
    superseded: 'Applied from {from} until {until}.',
    supersededBy: 'Applied from {from} until {until}, when {next} took its place.',
    newerHere: 'This page was made before that: read {next}.',
    withdrawn: 'On {at}: {reason}.',
    continuedBy: 'Continued by {document}.',
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
    document: 'Text in force now',
    withdrawn: 'Withdrawn on {at}: {reason}.',
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
    notStated: 'not stated',
    inForce: 'In force',
    noLonger: 'No longer in force',
    versions: 'Versions that list this policy, newest first',
    none: 'No version lists a policy.',
    all: 'All policies',
    stated: 'stated in section {section}',
  },
  search: {
    lead: 'Searches the texts that are in force, section by section. Nothing you type leaves your browser.',
    label: 'Words to look for',
    submit: 'Search',
    older: 'Also search older versions',
    withoutScript: 'The search needs scripts. Without them, open a document and use the search of your browser:',
    results: 'Results',
    none: (query) => `Nothing found for “${query}”.`,
    count: (found, query) => (found === 1 ? `Found in one text: “${query}”.` : `Found in ${found} texts: “${query}”.`),
    moreSections: (count) => (count === 1 ? 'and in one more section' : `and in ${count} more sections`),
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
    continuedBy: 'It is continued by {document}.',
    next: 'The next version is published: {version}, from {from}.',
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
    latest: 'Neueste Veröffentlichungen',
    noNextChange: 'Nichts Veröffentlichtes ändert, was in Kraft ist.',
    staleLink: 'Nachsehen, was jetzt gilt',
    nextChange: 'Was in Kraft ist, ändert sich als Nächstes am {date}.',
    stale: 'Seit diese Seite erzeugt wurde, hat sich geändert, was in Kraft ist. {link}',
  },
  lookup: {
    title: 'Welcher Text galt?',
    introduction: 'Ein Zertifikat wird an dem Text gemessen, der bei seiner Ausstellung in Kraft war. Geben Sie das Datum der Ausstellung an.',
    date: 'Datum oder Zeitpunkt',
    policy: 'OID der Richtlinie (freiwillig)',
    policyHint: 'Wie sie im Zertifikat steht, etwa 1.3.6.1.4.1.99999.1.2.1',
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
  text: {
    version: 'Version',
    contents: 'Inhalt',
    facts: 'Zu dieser Version',
    published: 'Veröffentlicht',
    approved: 'Genehmigt',
    changes: 'Änderungen',
    note: 'Herkunft dieser Angaben',
    languages: 'Sprachen',
    permanent: 'Dauerhafte Adresse',
    sha256: 'SHA-256',
    blob: 'Git-Blob',
    download: 'Herunterladen',
    policies: 'Richtlinien in dieser Version',
    rescheduled: 'Verschoben',
    errata: 'Berichtigungen',
    erratumNote: 'Berichtigungen stehen neben dem Text, der bleibt, wie er veröffentlicht wurde.',
    previous: 'Version davor',
    next: 'Version danach',
    neighbours: 'Versionen davor und danach',
    otherVersions: 'Andere Versionen',
    allVersions: 'Alle Versionen und Zeitleiste',
    notHeld: 'Der Text dieser Version ist nicht vorhanden.',
    notHeldNote: 'Nur ihr Name und ihre Daten sind bekannt. Was sie sagte, lässt sich hier nicht zeigen, und keine andere Version tritt an ihre Stelle.',
    text: 'Text',
    printed: 'Adresse dieser Version',
    loading: 'Wird geladen …',
    failed: 'Die Liste konnte nicht geladen werden.',
    approvedBy: '{on} durch {by}',
    effective: 'In Kraft',
    from: 'Ab {from}',
    fromUntil: 'Von {from} bis {until}',
    rescheduledFrom: 'Von {from} auf {to}, bekannt gemacht {published}: {reason}',
    erratum: 'Berichtigung {number}, {date}',
    erratumTo: 'Berichtigung {number} zu Abschnitt {section}, {date}',
    keptAsPdf: 'Der Text dieser Version liegt als PDF vor, Byte für Byte wie veröffentlicht: {file}',
    keptAsFile: 'Der Text dieser Version liegt als Datei vor, Byte für Byte wie veröffentlicht: {file}',
  },
  banner: {
    draft: 'Dieser Text ist ein Entwurf. Er ist nicht veröffentlicht und gilt nicht.',
    never: 'Eine andere Version trat an ihre Stelle, bevor ihr Tag kam.',
    inForceNow: 'Jetzt geltender Text',
    notYet: 'Schon veröffentlicht; gilt ab {from}.',
    inForce: 'Seit {from}.',
    inForceUntil: 'Seit {from}, bis {until}.',
    inForceThen: 'Seit {from}, bis {until}; danach {next}.',
    superseded: 'Galt von {from} bis {until}.',
    supersededBy: 'Galt von {from} bis {until}, dann trat {next} an ihre Stelle.',
    newerHere: 'Diese Seite wurde vorher erzeugt: Lesen Sie {next}.',
    withdrawn: 'Am {at}: {reason}.',
    continuedBy: 'Fortgeführt durch {document}.',
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
    document: 'Jetzt geltender Text',
    withdrawn: 'Zurückgezogen am {at}: {reason}.',
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
    notStated: 'nicht erklärt',
    inForce: 'In Kraft',
    noLonger: 'Nicht mehr in Kraft',
    versions: 'Versionen, die diese Richtlinie anführen, neueste zuerst',
    none: 'Keine Version führt eine Richtlinie an.',
    all: 'Alle Richtlinien',
    stated: 'erklärt in Abschnitt {section}',
  },
  search: {
    lead: 'Durchsucht die geltenden Texte, Abschnitt für Abschnitt. Was Sie eingeben, verlässt Ihren Browser nicht.',
    label: 'Suchwörter',
    submit: 'Suchen',
    older: 'Auch ältere Versionen durchsuchen',
    withoutScript: 'Die Suche braucht Skripte. Ohne sie öffnen Sie ein Dokument und verwenden die Suche Ihres Browsers:',
    results: 'Ergebnisse',
    none: (query) => `Nichts gefunden für „${query}“.`,
    count: (found, query) => (found === 1 ? `In einem Text gefunden: „${query}“.` : `In ${found} Texten gefunden: „${query}“.`),
    moreSections: (count) => (count === 1 ? 'und in einem weiteren Abschnitt' : `und in ${count} weiteren Abschnitten`),
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
    continuedBy: 'Es wird fortgeführt durch {document}.',
    next: 'Die nächste Version ist veröffentlicht: {version}, ab {from}.',
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
