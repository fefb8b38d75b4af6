/** Words of what pages say of trusted lists. Sentences are whole; a name in braces stands for a time or a link. */
export interface TrustedListStrings {
  title(service: string): string;
  standing: string;
  standingSoon: string;
  stale: string;
  noSnapshot: string;
  noList: string;
  refused: string;
  otherwise: string;
  fields: Readonly<Record<'country' | 'provider' | 'type' | 'identity', string>>;
  provider: string;
  service: string;
  type: string;
  uses: string;
  noUses: string;
  qualifiers: string;
  noQualifiers: string;
  forPolicy: string;
  forThose: string;
  earlier: string;
  earlierState: string;
  list: string;
  listFacts: string;
  listClosed: string;
  signer: string;
  digest: string;
  entry: string;
  line: string;
  see: string;
  seeList: string;
  seeEntry: string;
  seeProof: string;
  seeBrowser: string;
  policyTitle: string;
  policyLead: string;
  policyLink: string;
  issuedFrom: string;
  atIssuance: string;
  atCheck: string;
  toCome: string;
  asItStands: string;
  noVersion: string;
  reasons: string;
}

const en: TrustedListStrings = {
  title: (service) => `Trusted list: ${service}`,
  standing: 'The list of {country}, no. {sequence}, issued {issued}, says “{status}” since {since}, as of the snapshot of {taken}.',
  standingSoon: 'The list of {country}, no. {sequence}, issued {issued}, gives the service no status yet, as of the snapshot of {taken}.',
  stale: 'The list named {next} as the time of its next update, which had passed on {at}.',
  noSnapshot: 'The service is declared, but no trusted lists are in the repository: nothing is said of its status.',
  noList: 'The service is declared as entered in the list of {country}, which is not in the snapshot of {taken}: nothing is said of its status.',
  refused: 'The list of {country} in the snapshot of {taken} is refused, so nothing is said of the status:',
  otherwise: 'The list of {country}, no. {sequence}, issued {issued}, has no entry as declared; otherwise is {field}: {seen}.',
  fields: { country: 'the country', provider: 'the provider', type: 'the type of service', identity: 'the certificate' },
  provider: 'Provider',
  service: 'Service',
  type: 'Type',
  uses: 'Listed for',
  noUses: 'no use in particular',
  qualifiers: 'Qualifiers',
  noQualifiers: 'none: certificates are taken as they say themselves',
  forPolicy: 'for certificates under {policies}',
  forThose: 'for certificates with',
  earlier: 'Earlier',
  earlierState: '{status} since {since}',
  list: 'List',
  listFacts: 'no. {sequence}, issued {issued}, next update by {next}',
  listClosed: 'no. {sequence}, issued {issued}, closed since',
  signer: 'Signed by',
  digest: 'SHA-256 of the file',
  entry: 'Entry',
  line: 'line {line} of {file}',
  see: 'How to see it for oneself',
  seeList: 'Fetch the list from its address. While it has no. {sequence}, the digest of its file is the one above.',
  seeEntry: 'Look for the provider {provider} and its service {service}, whose certificate has the SHA-256 fingerprint of this one.',
  seeProof: 'In a copy of the repository, see each step of the proof:',
  seeBrowser: 'The European Commission shows the lists of the Member States as pages too: eidas.ec.europa.eu/efda/trust-services/browse.',
  policyTitle: 'By the trusted lists',
  policyLead:
    'What ETSI TS 119 615 gives for certificates as each version declares them: when they are issued, and on {at}, the date for which the lists were asked. A single certificate can be otherwise: {link}.',
  policyLink: 'ask with it',
  issuedFrom: 'Issued from',
  atIssuance: 'At issuance',
  atCheck: 'On {at}',
  toCome: 'not yet in force',
  asItStands: 'As the list stands: {says}',
  noVersion: 'No version that was in force since the service is listed has this policy.',
  reasons: 'Reasons, step by step',
};

const de: TrustedListStrings = {
  title: (service) => `Vertrauensliste: ${service}`,
  standing: 'Die Liste von {country}, Nr. {sequence}, ausgestellt {issued}, sagt „{status}“ seit {since}, nach dem Stand vom {taken}.',
  standingSoon: 'Die Liste von {country}, Nr. {sequence}, ausgestellt {issued}, gibt dem Dienst noch keinen Status, nach dem Stand vom {taken}.',
  stale: 'Die Liste nannte {next} als Zeitpunkt ihrer nächsten Ausgabe, der am {at} vorüber war.',
  noSnapshot: 'Der Dienst ist erklärt, doch das Repository enthält keine Vertrauenslisten: über seinen Status wird nichts gesagt.',
  noList: 'Der Dienst ist als Eintrag in der Liste von {country} erklärt, die im Stand vom {taken} fehlt: über seinen Status wird nichts gesagt.',
  refused: 'Die Liste von {country} im Stand vom {taken} wird abgelehnt, über den Status wird daher nichts gesagt:',
  otherwise: 'Die Liste von {country}, Nr. {sequence}, ausgestellt {issued}, hat keinen Eintrag wie erklärt; anders ist {field}: {seen}.',
  fields: { country: 'das Land', provider: 'der Anbieter', type: 'die Art des Dienstes', identity: 'das Zertifikat' },
  provider: 'Anbieter',
  service: 'Dienst',
  type: 'Art',
  uses: 'Eingetragen für',
  noUses: 'keine bestimmte Verwendung',
  qualifiers: 'Qualifier',
  noQualifiers: 'keine: es gilt, was Zertifikate selbst sagen',
  forPolicy: 'für Zertifikate nach {policies}',
  forThose: 'für Zertifikate mit',
  earlier: 'Zuvor',
  earlierState: '{status} seit {since}',
  list: 'Liste',
  listFacts: 'Nr. {sequence}, ausgestellt {issued}, nächste Ausgabe bis {next}',
  listClosed: 'Nr. {sequence}, ausgestellt {issued}, seither geschlossen',
  signer: 'Signiert von',
  digest: 'SHA-256 der Datei',
  entry: 'Eintrag',
  line: 'Zeile {line} von {file}',
  see: 'Selbst nachsehen',
  seeList: 'Die Liste unter ihrer Adresse abrufen. Solange sie Nr. {sequence} ist, hat ihre Datei den Hashwert von oben.',
  seeEntry: 'Darin den Anbieter {provider} und seinen Dienst {service} suchen, dessen Zertifikat denselben SHA-256-Fingerabdruck hat wie dieses.',
  seeProof: 'In einer Kopie des Repositorys jeden Schritt des Beweises ansehen:',
  seeBrowser: 'Die Europäische Kommission zeigt die Listen der Mitgliedstaaten auch als Seiten: eidas.ec.europa.eu/efda/trust-services/browse.',
  policyTitle: 'Nach den Vertrauenslisten',
  policyLead:
    'Was ETSI TS 119 615 für Zertifikate ergibt, wie jede Version sie erklärt: bei der Ausstellung und am {at}, dem Zeitpunkt, für den die Listen befragt wurden. Ein einzelnes Zertifikat kann anders sein: {link}.',
  policyLink: 'damit nachfragen',
  issuedFrom: 'Ausgestellt ab',
  atIssuance: 'Bei der Ausstellung',
  atCheck: 'Am {at}',
  toCome: 'noch nicht in Kraft',
  asItStands: 'Nach dem Stand der Liste: {says}',
  noVersion: 'Keine Version, die seit der Eintragung des Dienstes in Kraft war, führt diese Richtlinie an.',
  reasons: 'Begründung, Schritt für Schritt',
};

export const trustedListStrings = { en, de } as const;
