/** Words that page data and the text renderer need: titles, descriptions and names for those who do not see the page. */
export interface Words {
  homeDescription: string;
  inForceTitle: string;
  policiesTitle: string;
  certificatesTitle: string;
  certificatesDescription: string;
  validityAxis: string;
  validity(name: string, from: string, last: string | undefined): string;
  issuedBy(names: string): string;
  searchTitle: string;
  notFoundTitle: string;
  table: string;
  footnotes: string;
  backToText: string;
  permalink(section: string): string;
  withdrawalOf: string;
  rescheduled(date: string): string;
  erratum(number: number): string;
  effectiveFrom(date: string): string;
  interval(from: string, until: string | undefined): string;
  historyOf(title: string): string;
  compareOf(title: string): string;
  changesOf(title: string, version: string): string;
  noticesTitle: string;
  sectionHistory(section: string, title: string): string;
  sectionsOf(title: string): string;
  requirementsTitle: string;
  requirementsOf(standard: string): string;
  requirementsIn(version: string): string;
  bar(version: string, from: string, until: string | undefined): string;
}

const en: Words = {
  homeDescription: 'Certificate policies and practice statements: what is in force, and what was in force when, published by',
  inForceTitle: 'What was in force when',
  policiesTitle: 'Certificate policies',
  certificatesTitle: 'CA certificates',
  certificatesDescription: 'CA certificates with fingerprints, downloads and revocation lists, published by',
  validityAxis: 'Validity of the CA certificates',
  validity: (name, from, last) => (last ? `${name}: valid from ${from} to ${last}` : `${name}: valid from ${from}, without a defined end`),
  issuedBy: (names) => `Issued by ${names}.`,
  searchTitle: 'Search',
  notFoundTitle: 'Page not found',
  table: 'Table',
  footnotes: 'Footnotes',
  backToText: 'Back to the text, footnote',
  permalink: (section) => `Section ${section}, permanent link`,
  withdrawalOf: 'Withdrawal of',
  rescheduled: (date) => `takes effect on ${date} instead`,
  erratum: (number) => `erratum ${number}`,
  effectiveFrom: (date) => `in force from ${date}`,
  interval: (from, until) => (until ? `In force from ${from} until ${until}` : `In force from ${from}`),
  historyOf: (title) => `All versions: ${title}`,
  compareOf: (title) => `Compare versions: ${title}`,
  changesOf: (title, version) => `What changed in version ${version}: ${title}`,
  noticesTitle: 'Notices of change',
  sectionHistory: (section, title) => `Section ${section} through all versions: ${title}`,
  sectionsOf: (title) => `Sections through all versions: ${title}`,
  requirementsTitle: 'Requirements, and where our texts state them',
  requirementsOf: (standard) => `${standard}: requirements, and where our texts state them`,
  requirementsIn: (version) => `Requirements, and what ${version} states of them`,
  bar: (version, from, until) => `Version ${version}, in force from ${from}${until ? ` until ${until}` : ''}`,
};

const de: Words = {
  homeDescription: 'Zertifikatsrichtlinien und Zertifizierungserklärungen: was gilt und was wann galt, veröffentlicht von',
  inForceTitle: 'Was wann galt',
  policiesTitle: 'Zertifikatsrichtlinien',
  certificatesTitle: 'CA-Zertifikate',
  certificatesDescription: 'CA-Zertifikate mit Fingerabdrücken, Downloads und Sperrlisten, veröffentlicht von',
  validityAxis: 'Gültigkeit der CA-Zertifikate',
  validity: (name, from, last) => (last ? `${name}: gültig von ${from} bis ${last}` : `${name}: gültig ab ${from}, ohne bestimmtes Ende`),
  issuedBy: (names) => `Ausgestellt von ${names}.`,
  searchTitle: 'Suche',
  notFoundTitle: 'Seite nicht gefunden',
  table: 'Tabelle',
  footnotes: 'Fußnoten',
  backToText: 'Zurück zum Text, Fußnote',
  permalink: (section) => `Abschnitt ${section}, dauerhafter Link`,
  withdrawalOf: 'Zurückziehung von',
  rescheduled: (date) => `gilt stattdessen ab ${date}`,
  erratum: (number) => `Berichtigung ${number}`,
  effectiveFrom: (date) => `gültig ab ${date}`,
  interval: (from, until) => (until ? `In Kraft von ${from} bis ${until}` : `In Kraft seit ${from}`),
  historyOf: (title) => `Alle Versionen: ${title}`,
  compareOf: (title) => `Versionen vergleichen: ${title}`,
  changesOf: (title, version) => `Änderungen in Version ${version}: ${title}`,
  noticesTitle: 'Änderungsmitteilungen',
  sectionHistory: (section, title) => `Abschnitt ${section} in allen Versionen: ${title}`,
  sectionsOf: (title) => `Abschnitte in allen Versionen: ${title}`,
  requirementsTitle: 'Anforderungen, und wo unsere Texte sie behandeln',
  requirementsOf: (standard) => `${standard}: Anforderungen, und wo unsere Texte sie behandeln`,
  requirementsIn: (version) => `Anforderungen, und was ${version} davon behandelt`,
  bar: (version, from, until) => `Version ${version}, gültig ab ${from}${until ? ` bis ${until}` : ''}`,
};

const columns: Readonly<Record<string, Words>> = { en, de };

/** The words of a language; English where there is no column for it. */
export function words(language: string): Words {
  return columns[language.split('-')[0] ?? ''] ?? en;
}
