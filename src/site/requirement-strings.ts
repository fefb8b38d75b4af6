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
}

const en: RequirementStrings = {
  lead: 'What ETSI’s standards ask under our policies, and where our texts in force state something on it. This is a way into the texts for those who assess them. It says nothing about whether a requirement is fulfilled.',
  listLead:
    'Each requirement that applies under our policies, described in our own words, with the section in force that states it. The standard alone is authoritative, and only an assessment tells whether a requirement is fulfilled.',
  meaning: 'What the states mean',
  states: {
    stated: 'Stated',
    excluded: 'Excluded',
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
};

const de: RequirementStrings = {
  lead: 'Was die Normen von ETSI unter unseren Richtlinien verlangen und wo unsere gültigen Texte etwas dazu festhalten: ein Weg in die Texte für alle, die sie prüfen. Ob eine Anforderung erfüllt ist, sagt diese Seite nicht.',
  listLead:
    'Jede Anforderung, die unter unseren Richtlinien gilt, in unseren eigenen Worten, mit dem gültigen Abschnitt, der sie behandelt. Maßgeblich ist allein die Norm, und ob eine Anforderung erfüllt ist, zeigt erst eine Prüfung.',
  meaning: 'Was die Angaben bedeuten',
  states: {
    stated: 'Im Text festgehalten',
    excluded: 'Ausgenommen',
    'no-text': 'Kein Text gefunden',
    'not-decidable': 'Am Text nicht zu entscheiden',
    undecided: 'Geltung nicht angegeben',
  },
  meanings: {
    stated: 'Ein gültiger Abschnitt ist von seinen Verfassern dafür gekennzeichnet und hat eigenen Text.',
    excluded: 'Die Verfasser nehmen sie mit einer Begründung aus.',
    'no-text': 'Sie gehört in einen Text, und kein gültiger Abschnitt ist dafür gekennzeichnet. Ein Text kann sie auch ohne Kennzeichen behandeln.',
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
};

export const requirementStrings = { en, de } as const;
