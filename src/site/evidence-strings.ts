import type { EVIDENCE_RESULTS, EvidenceKind, ProofState } from '../model/evidence.ts';
import { columnOf } from './column-of.ts';
import type { EvidencePage, EvidenceState } from './evidence-page.ts';

/** Words of the pages that only a site for assessors has. */
export interface EvidenceStrings {
  audience: string;
  banner: string;
  pages: string;
  title: string;
  description: string;
  lead: string;
  views: Readonly<Record<EvidencePage['view'], string>>;
  show: string;
  evidence: string;
  anyState: string;
  proofs: Readonly<Record<ProofState, string>>;
  states: Readonly<Record<EvidenceState, string>>;
  kinds: Readonly<Record<EvidenceKind, string>>;
  results: Readonly<Record<(typeof EVIDENCE_RESULTS)[number], string>>;
  totals: string;
  items: string;
  item: string;
  kind: string;
  kept: string;
  owner: string;
  verified: string;
  result: string;
  until: string;
  state: string;
  covers: string;
  certifies: string;
  requirement: string;
  requirements: string;
  section: string;
  sections: string;
  since: string;
  none: string;
  json: string;
  matrix: string;
}

const en: EvidenceStrings = {
  audience: 'For assessors only.',
  banner: 'This copy of the site holds what is not published. Do not pass it on.',
  pages: 'Pages for assessors',
  title: 'Evidence',
  description: 'By what it is shown that the requirements are met: where it is kept, who answers for it, when it was verified.',
  lead: 'What shows that things are done as the texts say: where it is kept, who answers for it, and when somebody looked at it last. Whether it is enough, an assessment tells.',
  views: { items: 'Items', requirements: 'By requirement', sections: 'By section' },
  show: 'Show',
  evidence: 'Evidence',
  anyState: 'Any evidence',
  proofs: { given: 'evidence given', 'in-question': 'evidence in question', none: 'no evidence', 'not-asked': 'no records asked for' },
  states: { current: 'current', 'in-question': 'in question', ended: 'ended' },
  kinds: {
    'case-record': 'case record',
    log: 'log',
    configuration: 'configuration',
    test: 'test',
    inspection: 'inspection',
    certification: 'certification',
    contract: 'contract',
    training: 'training record',
    'audit-report': 'audit report',
    minutes: 'minutes',
    plan: 'plan',
    procedure: 'procedure',
  },
  results: { passed: 'passed', 'passed-with-remarks': 'passed with remarks', failed: 'failed' },
  totals: 'How the evidence stands',
  items: 'Evidence items',
  item: 'Item',
  kind: 'Kind',
  kept: 'Kept',
  owner: 'Owner',
  verified: 'Verified',
  result: 'Result',
  until: 'Valid until',
  state: 'State of the evidence',
  covers: 'Covers',
  certifies: 'Certifies',
  requirement: 'Requirement',
  requirements: 'Requirements',
  section: 'Section',
  sections: 'Sections',
  since: 'Text since',
  none: 'none',
  json: 'The index as JSON',
  matrix: 'The requirement matrix with evidence',
};

const de: EvidenceStrings = {
  audience: 'Nur für Prüfende.',
  banner: 'Diese Fassung der Website enthält, was nicht veröffentlicht ist. Bitte nicht weitergeben.',
  pages: 'Seiten für Prüfende',
  title: 'Nachweise',
  description: 'Wodurch gezeigt wird, dass die Anforderungen erfüllt sind: wo es liegt, wer dafür einsteht, wann es geprüft wurde.',
  lead: 'Was zeigt, dass geschieht, was die Texte sagen: wo es liegt, wer dafür einsteht und wann es zuletzt angesehen wurde. Ob es genügt, sagt eine Prüfung.',
  views: { items: 'Alle Nachweise', requirements: 'Nach Anforderung', sections: 'Nach Abschnitt' },
  show: 'Zeigen',
  evidence: 'Nachweis',
  anyState: 'Mit und ohne Nachweis',
  proofs: { given: 'Nachweis vorhanden', 'in-question': 'Nachweis fraglich', none: 'kein Nachweis', 'not-asked': 'keine Aufzeichnungen verlangt' },
  states: { current: 'aktuell', 'in-question': 'fraglich', ended: 'beendet' },
  kinds: {
    'case-record': 'Fallakte',
    log: 'Protokoll',
    configuration: 'Konfiguration',
    test: 'Erprobung',
    inspection: 'Begehung',
    certification: 'Zertifizierung',
    contract: 'Vertrag',
    training: 'Schulungsnachweis',
    'audit-report': 'Prüfbericht',
    minutes: 'Niederschrift',
    plan: 'Planung',
    procedure: 'Verfahren',
  },
  results: { passed: 'bestanden', 'passed-with-remarks': 'bestanden mit Anmerkungen', failed: 'nicht bestanden' },
  totals: 'Wie es um die Nachweise steht',
  items: 'Nachweise',
  item: 'Eintrag',
  kind: 'Art',
  kept: 'Ablage',
  owner: 'Verantwortlich',
  verified: 'Geprüft',
  result: 'Ergebnis',
  until: 'Gültig bis',
  state: 'Stand der Nachweise',
  covers: 'Umfasst',
  certifies: 'Zertifiziert ist',
  requirement: 'Anforderung',
  requirements: 'Anforderungen',
  section: 'Abschnitt',
  sections: 'Abschnitte',
  since: 'Text seit',
  none: 'keine',
  json: 'Das Verzeichnis als JSON',
  matrix: 'Die Anforderungsmatrix mit Nachweisen',
};

const columns: Readonly<Record<string, EvidenceStrings>> = { en, de };

/** The words in a language; English where there is no column for it. */
export const evidenceStrings = (language: string): EvidenceStrings => columns[columnOf(language)] ?? en;
