import { type MatrixState, STATE_MEANINGS } from '../model/matrix-state.ts';

/** Words of the pages of the requirement matrix. None of them judges: they say what texts state, and what was not found. */
export interface RequirementStrings {
  lead: string;
  listLead: string;
  meaning: string;
  states: Readonly<Record<MatrixState, string>>;
  meanings: Readonly<Record<MatrixState, string>>;
  policy: string;
  allPolicies: string;
  applies: string;
  undecided(count: number): string;
  texts: string;
  files: string;
  none: string;
  overview: string;
  id: string;
  requirement: string;
  because: string;
  stated: string;
  since: string;
  evidence: string;
  state: string;
  kinds: Readonly<Record<'shall' | 'should' | 'may', string>>;
  proofs: Readonly<Record<'document' | 'profile' | 'operation', string>>;
  itself: string;
  byClause: string;
  excludedBecause: string;
  sinceVersion: string;
  missing: string;
  filter: string;
  anyState: string;
  document: string;
  anyDocument: string;
  shown(shown: number, all: number): string;
  versionLead: string;
  aboutVersion: string;
  together: string;
  togetherFrom: string;
  togetherUntil: string;
  alone: string;
  matrixOf: string;
  noMatrix: string;
  allThen: string;
  editions: string;
  editionNamed: string;
  allInUse: string;
  othersInUse: string;
  practices: string;
  practicesToday: string;
  before: string;
  after: string;
  standard: string;
  inFiles(notDecidable: number, undecided: number): string;
  versions: string;
  versionsHint: string;
  toConfirm: string;
  toConfirmMeaning: string;
  textChanged: string;
  requirementChanged: string;
}

const en: RequirementStrings = {
  lead: 'What ETSI’s standards ask under our policies, and where our texts in force state something on it. This is a way into the texts for those who assess them. It says nothing about whether a requirement is fulfilled.',
  listLead:
    'Each requirement that applies under our policies, described in our own words, with the section in force that states it. The standard alone is authoritative, and only an assessment tells whether a requirement is fulfilled.',
  meaning: 'What the states mean',
  states: {
    stated: 'Stated',
    excluded: 'Excluded',
    elsewhere: 'In another document',
    'no-text': 'No text found',
    'not-decidable': 'Not decidable from the text',
    undecided: 'Applicability not declared',
  },
  meanings: STATE_MEANINGS,
  policy: 'Policy',
  allPolicies: 'All policies',
  applies: 'Apply',
  undecided: (count) => (count === 1 ? 'Of 1 more it is not declared whether it applies.' : `Of ${count} more it is not declared whether they apply.`),
  texts: 'Texts that were looked at',
  files: 'The whole matrix as a file',
  none: 'No text in force lists a policy that conforms to one of these standards.',
  overview: 'All standards',
  id: 'ID',
  requirement: 'Requirement, in our own words',
  because: 'Applies because',
  stated: 'Stated in',
  since: 'Since',
  evidence: 'Evidence',
  state: 'State',
  kinds: { shall: 'shall', should: 'should', may: 'may' },
  proofs: { document: 'text', profile: 'certificates and lists', operation: 'records of the operation' },
  itself: 'a requirement of the policy itself',
  byClause: 'by its clause',
  excludedBecause: 'Excluded in {place}: {reason}',
  sinceVersion: '{version}, {from}',
  missing: 'Not declared: {practices}',
  filter: 'Show only',
  anyState: 'All states',
  document: 'Document',
  anyDocument: 'All documents',
  shown: (shown, all) => (shown === all ? `All ${all} requirements are shown.` : `${shown} of ${all} requirements are shown.`),
  versionLead:
    'What this version states of the requirements that apply under its policies, and which of the documents in force beside it state the rest. Nothing here says whether a requirement is fulfilled.',
  aboutVersion: 'About this matrix',
  together: 'In force together',
  togetherFrom: '{version}, in force from {from}',
  togetherUntil: '{version}, in force from {from} until {until}',
  alone: 'No other document is in force when this version takes effect.',
  matrixOf: 'what it states',
  noMatrix: 'its sections name no requirements',
  allThen: 'All that is in force from {from}',
  editions: 'Editions',
  editionNamed: '{edition}, to which the text was written',
  allInUse: 'The text names none: these are in use today.',
  othersInUse: 'The others, which the text does not name, are in use today.',
  practices: 'Conditions',
  practicesToday: 'decided with the practices that are declared today',
  before: '{version} before it',
  after: '{version} after it',
  standard: 'Standard',
  inFiles: (notDecidable, undecided) =>
    `Only in the files: ${[
      notDecidable > 0 && `${notDecidable} that no text has to state`,
      undecided > 0 && `${undecided} of which it is not declared whether they apply`,
    ]
      .filter(Boolean)
      .join(', and ')}.`,
  versions: 'Version by version',
  versionsHint: 'What a single version states, whether it is in force or not.',
  toConfirm: 'To be confirmed',
  toConfirmMeaning: 'The text, or the requirement, changed since the authors set or confirmed the mark. They are to read one against the other.',
  textChanged: 'to be confirmed: the text changed since version {base}, in {version}',
  requirementChanged: 'to be confirmed: the requirement changed since version {base}, with edition {edition}',
};

const de: RequirementStrings = {
  lead: 'Was die Normen von ETSI unter unseren Richtlinien verlangen und wo unsere gültigen Texte etwas dazu festhalten: ein Weg in die Texte für alle, die sie prüfen. Ob eine Anforderung erfüllt ist, sagt diese Seite nicht.',
  listLead:
    'Jede Anforderung, die unter unseren Richtlinien gilt, in unseren eigenen Worten, mit dem gültigen Abschnitt, der sie behandelt. Maßgeblich ist allein die Norm, und ob eine Anforderung erfüllt ist, zeigt erst eine Prüfung.',
  meaning: 'Was die Angaben bedeuten',
  states: {
    stated: 'Im Text festgehalten',
    excluded: 'Ausgenommen',
    elsewhere: 'In einem anderen Dokument',
    'no-text': 'Kein Text gefunden',
    'not-decidable': 'Am Text nicht zu entscheiden',
    undecided: 'Geltung nicht angegeben',
  },
  meanings: {
    stated: 'Ein Abschnitt ist von seinen Verfassern dafür gekennzeichnet und hat eigenen Text.',
    excluded: 'Die Verfasser nehmen sie mit einer Begründung aus.',
    elsewhere: 'Nicht in diesem Dokument. Ein anderes, das galt, als diese Version in Kraft trat, behandelt sie oder nimmt sie aus.',
    'no-text': 'Sie gehört in einen Text, und kein betrachteter Abschnitt ist dafür gekennzeichnet. Ein Text kann sie auch ohne Kennzeichen behandeln.',
    'not-decidable':
      'Kein Text muss sie festhalten: Zertifikate, Listen oder Aufzeichnungen des Betriebs zeigen sie, oder sie führt nur zu anderen Anforderungen.',
    undecided: 'Ob sie gilt, hängt von Tatsachen des Betriebs ab, die nicht angegeben sind.',
  },
  policy: 'Richtlinie',
  allPolicies: 'Alle Richtlinien',
  applies: 'Gelten',
  undecided: (count) => (count === 1 ? 'Bei einer weiteren ist nicht angegeben, ob sie gilt.' : `Bei ${count} weiteren ist nicht angegeben, ob sie gelten.`),
  texts: 'Betrachtete Texte',
  files: 'Die ganze Matrix als Datei',
  none: 'Kein gültiger Text führt eine Richtlinie, die einer dieser Normen entspricht.',
  overview: 'Alle Normen',
  id: 'Kennung',
  requirement: 'Anforderung, in unseren eigenen Worten',
  because: 'Gilt, weil',
  stated: 'Festgehalten in',
  since: 'Seit',
  evidence: 'Nachweis',
  state: 'Angabe',
  kinds: { shall: 'muss', should: 'soll', may: 'darf' },
  proofs: { document: 'Text', profile: 'Zertifikate und Listen', operation: 'Aufzeichnungen des Betriebs' },
  itself: 'eine Anforderung der Richtlinie selbst',
  byClause: 'über den Abschnitt der Norm',
  excludedBecause: 'Ausgenommen in {place}: {reason}',
  sinceVersion: '{version} ({from})',
  missing: 'Nicht angegeben: {practices}',
  filter: 'Nur zeigen',
  anyState: 'Alle Angaben',
  document: 'Dokument',
  anyDocument: 'Alle Dokumente',
  shown: (shown, all) => (shown === all ? `Alle ${all} Anforderungen werden gezeigt.` : `${shown} von ${all} Anforderungen werden gezeigt.`),
  versionLead:
    'Was diese Version zu den Anforderungen festhält, die unter ihren Richtlinien gelten, und welche der gleichzeitig gültigen Dokumente das Übrige behandeln. Ob eine Anforderung erfüllt ist, sagt diese Seite nicht.',
  aboutVersion: 'Über diese Matrix',
  together: 'Gleichzeitig gültig',
  togetherFrom: '{version}, gültig ab {from}',
  togetherUntil: '{version}, gültig ab {from} bis {until}',
  alone: 'Kein anderes Dokument gilt, wenn diese Version in Kraft tritt.',
  matrixOf: 'was es festhält',
  noMatrix: 'seine Abschnitte nennen keine Anforderungen',
  allThen: 'Alles, was ab {from} gilt',
  editions: 'Ausgaben',
  editionNamed: '{edition}, für die der Text geschrieben ist',
  allInUse: 'Der Text nennt keine: Diese werden heute verwendet.',
  othersInUse: 'Die anderen, die der Text nicht nennt, werden heute verwendet.',
  practices: 'Bedingungen',
  practicesToday: 'entschieden nach den heute angegebenen Praktiken',
  before: '{version} davor',
  after: '{version} danach',
  standard: 'Norm',
  inFiles: (notDecidable, undecided) =>
    `Nur in den Dateien: ${[
      notDecidable > 0 && `${notDecidable}, die kein Text festhalten muss`,
      undecided > 0 && `${undecided}, deren Geltung nicht angegeben ist`,
    ]
      .filter(Boolean)
      .join(', und ')}.`,
  versions: 'Version für Version',
  versionsHint: 'Was eine einzelne Version festhält, ob sie gilt oder nicht.',
  toConfirm: 'Zu bestätigen',
  toConfirmMeaning:
    'Der Text oder die Anforderung hat sich geändert, seit die Verfasser das Kennzeichen gesetzt oder bestätigt haben. Sie müssen beides vergleichen.',
  textChanged: 'zu bestätigen: der Text hat sich seit Version {base} geändert, in {version}',
  requirementChanged: 'zu bestätigen: die Anforderung hat sich seit Version {base} geändert, mit Ausgabe {edition}',
};

export const requirementStrings = { en, de } as const;
