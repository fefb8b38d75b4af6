import type { Deadline, DeadlineKind } from './deadline.ts';

/** What is said of deadlines in one language. */
export interface DeadlineWords {
  /** The name of a calendar of a provider's deadlines. */
  calendar(provider: string): string;
  /** What falls on the day, in one line. `document` is the document's name. */
  summary(deadline: Deadline, document: string): string;
  /** What there is to do, as a sentence or two. */
  advice(kind: DeadlineKind): string;
  /** What a text says word for word. */
  quote(text: string): string;
}

const en: DeadlineWords = {
  calendar: (provider) => `${provider}: deadlines`,
  summary: ({ kind, version, section }, document) => {
    const name = `${document} ${version}`;
    const summaries: Readonly<Record<DeadlineKind, string>> = {
      effective: `${name} takes effect`,
      'notice-period-ends': `${name}: the notice period ends`,
      'review-near': `${document}: the yearly review begins (last version ${version})`,
      'review-due': `${document}: a new version is due (last version ${version})`,
      'root-programme-update': `${name} should be in the CCADB`,
      'root-programme-limit': `${name} must be in the CCADB`,
      'stated-date': `${name} names this day${nameSection(section, 'in section', en.quote)}`,
    };
    return summaries[kind];
  },
  advice: (kind) => ADVICE_EN[kind],
  quote: (text) => `“${text}”`,
};

const ADVICE_EN: Readonly<Record<DeadlineKind, string>> = {
  effective: 'Build and deploy the site when the day has come: only a build moves the text in force to its place.',
  'notice-period-ends': 'Deal with what subscribers and relying parties answered; a date that has to move must be rescheduled before it comes.',
  'review-near': 'Begin the review, so that a new version is approved and published in time.',
  'review-due': 'Review the document and publish a version with a new number and a dated entry in its change log, even if nothing else changes.',
  'root-programme-update':
    'Submit it to the CCADB: a case for root certificates, the record itself for subordinate ones. It should be there within 7 calendar days of the effective date (CCADB Policy 2.1, section 4).',
  'root-programme-limit':
    'Submit it to the CCADB, if that was not done yet: it must be there within 14 calendar days of the effective date (CCADB Policy 2.1, section 4).',
  'stated-date': 'See whether what the text says of that day is done, and whether a new version has to say what holds from then on.',
};

const de: DeadlineWords = {
  calendar: (provider) => `${provider}: Termine`,
  summary: ({ kind, version, section }, document) => {
    const name = `${document} ${version}`;
    const summaries: Readonly<Record<DeadlineKind, string>> = {
      effective: `${name} tritt in Kraft`,
      'notice-period-ends': `${name}: Die Ankündigungsfrist endet`,
      'review-near': `${document}: Die jährliche Überprüfung beginnt (letzte Version ${version})`,
      'review-due': `${document}: Eine neue Version ist fällig (letzte Version ${version})`,
      'root-programme-update': `${name} soll in der CCADB stehen`,
      'root-programme-limit': `${name} muss in der CCADB stehen`,
      'stated-date': `${name} nennt diesen Tag${nameSection(section, 'in Abschnitt', de.quote)}`,
    };
    return summaries[kind];
  },
  advice: (kind) => ADVICE_DE[kind],
  quote: (text) => `„${text}“`,
};

const ADVICE_DE: Readonly<Record<DeadlineKind, string>> = {
  effective: 'Die Website neu erzeugen und ausliefern, sobald der Tag gekommen ist: Erst dann steht der geltende Text an seinem Ort.',
  'notice-period-ends':
    'Rückmeldungen von Zertifikatsinhabern und vertrauenden Dritten bearbeiten; ein Termin, der nicht hält, muss verschoben werden, bevor er kommt.',
  'review-near': 'Mit der Überprüfung beginnen, damit eine neue Version rechtzeitig genehmigt und veröffentlicht ist.',
  'review-due':
    'Das Dokument überprüfen und eine Version mit neuer Nummer und datiertem Eintrag im Änderungsverzeichnis veröffentlichen, auch wenn sich sonst nichts ändert.',
  'root-programme-update':
    'Bei der CCADB einreichen: für Wurzelzertifikate als Case, für untergeordnete direkt im Datensatz. Die Version soll binnen 7 Kalendertagen ab Inkrafttreten dort stehen (CCADB Policy 2.1, Abschnitt 4).',
  'root-programme-limit':
    'Bei der CCADB einreichen, falls noch nicht geschehen: Die Version muss binnen 14 Kalendertagen ab Inkrafttreten dort stehen (CCADB Policy 2.1, Abschnitt 4).',
  'stated-date': 'Prüfen, ob erledigt ist, was der Text zu diesem Tag sagt, und ob eine neue Version sagen muss, was danach gilt.',
};

function nameSection(section: Deadline['section'], numbered: string, quote: (title: string) => string): string {
  if (!section || (section.number === '' && section.title === '')) return '';
  return section.number === '' ? ` in ${quote(section.title)}` : ` ${numbered} ${section.number}`;
}

const columns: Readonly<Record<string, DeadlineWords>> = { en, de };

/** The words of a language; English where there is no column for it. */
export function deadlineWords(language: string): DeadlineWords {
  return columns[language.split('-')[0] ?? ''] ?? en;
}

/** How far a day is: `today`, `in 7 days`, `3 days ago`. */
export function explainDays(left: number): string {
  if (left === 0) return 'today';
  if (Math.abs(left) === 1) return left > 0 ? 'tomorrow' : 'yesterday';
  return left > 0 ? `in ${left} days` : `${-left} days ago`;
}

/** What is due and when, as one sentence. */
export function explainDeadline(deadline: Deadline, left: number): string {
  const { kind, document, version, date, section, words } = deadline;
  const name = `${document} ${version}`;
  const day = `${date}, ${explainDays(left)}`;
  const past = left < 0;
  const sentences: Readonly<Record<DeadlineKind, string>> = {
    effective: `${name} ${past ? 'took' : 'takes'} effect on ${day}.`,
    'notice-period-ends': `The notice period of ${name} ${past ? 'ended' : 'ends'} on ${day}.`,
    'review-near': `The yearly review of ${document}, whose last version is ${version}, ${past ? 'was' : 'is'} to begin by ${day}.`,
    'review-due': `A new version of ${document}, whose last version is ${version}, ${past ? 'was' : 'is'} due by ${day}.`,
    'root-programme-update': `${name} should ${past ? 'have been' : 'be'} submitted to the CCADB by ${day}.`,
    'root-programme-limit': `${name} ${past ? 'had to' : 'must'} be submitted to the CCADB by ${day}.`,
    'stated-date': `${name} names ${date}${nameSection(section, 'in section', en.quote)}, ${explainDays(left)}: ${en.quote(words ?? '')}`,
  };
  return sentences[kind];
}
