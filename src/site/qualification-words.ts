import type { ListsAnswer } from '../model/ask-lists.ts';
import { type QualificationAt, type QualifiedUse, USES } from '../model/qualification.ts';
import type { DeviceVerdict } from '../model/qualified-device.ts';
import { type Instant, localTime } from '../model/time.ts';
import { columnOf } from './column-of.ts';

/** Words in which the answer of trusted lists is told: by command and page alike. */
export interface QualificationStrings {
  uses: Readonly<Record<QualifiedUse, string>>;
  and: string;
  qualified(uses: string): string;
  notQualified: string;
  undecided(uses: string): string;
  device: Readonly<Record<DeviceVerdict, string>>;
  stopped: string;
  issued(when: string, says: string): string;
  checked(when: string, says: string): string;
  confirmed(country: string, when: string): string;
  unconfirmed(country: string, when: string): string;
  basis(country: string, sequence: number, issued: string, taken: string): string;
  notListed: string;
  noList(country: string): string;
  refused(country: string): string;
  tooNew(issued: string, at: string): string;
  limits: string;
  title: string;
  reasons: string;
  atIssuance: string;
  atCheck(when: string): string;
}

const en: QualificationStrings = {
  uses: { esig: 'electronic signatures', eseal: 'electronic seals', web: 'website authentication' },
  and: 'and',
  qualified: (uses) => `qualified for ${uses}`,
  notQualified: 'not qualified',
  undecided: (uses) => `not decidable for ${uses}`,
  device: { yes: 'its key in a QSCD', no: 'its key not in a QSCD', indeterminate: 'whether its key is in a QSCD is not decidable' },
  stopped: 'the procedure stops with an error, so nothing is confirmed',
  issued: (when, says) => `When it was issued, on ${when}: ${says}.`,
  checked: (when, says) => `On ${when}, the date for which the lists were asked: ${says}.`,
  confirmed: (country, when) => `If it is genuine: qualified then, and qualified on ${when}, by the trusted list of ${country}.`,
  unconfirmed: (country, when) => `Not confirmed as qualified both then and on ${when}, by the trusted list of ${country}.`,
  basis: (country, sequence, issued, taken) =>
    `By the list of ${country}, no. ${sequence}, issued on ${issued}, in the snapshot of ${taken}, as ETSI TS 119 615 evaluates it.`,
  notListed: 'No service of that list has its issuer as its digital identity.',
  noList: (country) => `The snapshot of trusted lists holds none of ${country || 'the country of its issuer'}, so they say nothing of it.`,
  refused: (country) => `The list of ${country} that is held is not proved, so it says nothing of it:`,
  tooNew: (issued, at) => `It was issued on ${issued}, after ${at}, the date for which the lists were asked: they say nothing of it.`,
  limits:
    'Its issuer was found by name and key identifier among the CA certificates of this provider. No signature was verified, and whether it was revoked the lists do not say.',
  title: 'By the trusted lists',
  reasons: 'Reasons, step by step',
  atIssuance: 'When it was issued',
  atCheck: (when) => `On ${when}`,
};

const de: QualificationStrings = {
  uses: { esig: 'elektronische Signaturen', eseal: 'elektronische Siegel', web: 'die Website-Authentifizierung' },
  and: 'und',
  qualified: (uses) => `qualifiziert für ${uses}`,
  notQualified: 'nicht qualifiziert',
  undecided: (uses) => `nicht entscheidbar für ${uses}`,
  device: {
    yes: 'der Schlüssel in einer QSCD',
    no: 'der Schlüssel nicht in einer QSCD',
    indeterminate: 'ob der Schlüssel in einer QSCD liegt, ist nicht entscheidbar',
  },
  stopped: 'das Verfahren endet mit einem Fehler, bestätigt ist nichts',
  issued: (when, says) => `Bei der Ausstellung am ${when}: ${says}.`,
  checked: (when, says) => `Am ${when}, dem Zeitpunkt, für den die Listen befragt wurden: ${says}.`,
  confirmed: (country, when) => `Wenn es echt ist: damals qualifiziert und am ${when} qualifiziert, nach der Vertrauensliste von ${country}.`,
  unconfirmed: (country, when) => `Nicht als damals und am ${when} qualifiziert bestätigt, nach der Vertrauensliste von ${country}.`,
  basis: (country, sequence, issued, taken) =>
    `Nach der Liste von ${country}, Nr. ${sequence}, ausgestellt am ${issued}, Stand vom ${taken}, ausgewertet nach ETSI TS 119 615.`,
  notListed: 'Kein Dienst dieser Liste hat den Aussteller als digitale Identität.',
  noList: (country) => `Unter den vorliegenden Vertrauenslisten ist keine von ${country || 'dem Land des Ausstellers'}; sie sagen daher nichts dazu.`,
  refused: (country) => `Die vorliegende Liste von ${country} ist nicht bewiesen, sie sagt daher nichts dazu:`,
  tooNew: (issued, at) => `Es wurde am ${issued} ausgestellt, nach ${at}, dem Zeitpunkt, für den die Listen befragt wurden: sie sagen nichts dazu.`,
  limits:
    'Der Aussteller wurde nach Name und Schlüsselkennung unter den CA-Zertifikaten dieses Anbieters gefunden. Keine Signatur wurde geprüft, und ob das Zertifikat widerrufen wurde, sagen die Listen nicht.',
  title: 'Nach den Vertrauenslisten',
  reasons: 'Begründung, Schritt für Schritt',
  atIssuance: 'Bei der Ausstellung',
  atCheck: (when) => `Am ${when}`,
};

/** The words in a language; English where there is no column for it. */
export const qualificationStrings = (language: string): QualificationStrings => ({ en, de })[columnOf(language)];

/** The answer for one instant, as part of a sentence: `qualified for electronic signatures, its key in a QSCD`. */
export function describeColumn({ uses, qscd, errors }: Pick<QualificationAt, 'uses' | 'qscd' | 'errors'>, words: QualificationStrings): string {
  if (errors.length > 0) return words.stopped;
  const name = (verdict: 'qualified' | 'indeterminate') =>
    USES.filter((use) => uses[use] === verdict)
      .map((use) => words.uses[use])
      .join(` ${words.and} `);
  const [qualified, open] = [name('qualified'), name('indeterminate')];
  const parts = [
    ...(qualified ? [words.qualified(qualified)] : []),
    ...(qualified && qscd ? [words.device[qscd]] : []),
    ...(open ? [words.undecided(open)] : []),
  ];
  return parts.length > 0 ? parts.join(', ') : words.notQualified;
}

/** Why, as lines in English that begin with the clause. */
export const listReasons = ({ reasons, warnings, errors }: Pick<QualificationAt, 'reasons' | 'warnings' | 'errors'>): readonly string[] => [
  ...reasons.map(({ clause, says }) => `${clause}  ${says}`),
  ...errors.map((message) => `Error: ${message}`),
  ...warnings.map((message) => `Warning: ${message}`),
];

/** The instants of an answer, and how they are told. */
export interface Asking {
  at: Instant;
  taken: Instant;
  zone: string;
}

/** An instant as people read it. */
export const nameInstant = (instant: Instant, { zone }: Pick<Asking, 'zone'>): string => localTime(instant, zone);

/** The answer of the lists for a certificate, sentence by sentence; the last one says by which list, or in English why one is refused. */
export function explainLists(answer: ListsAnswer, asking: Asking, words: QualificationStrings): readonly string[] {
  const { at, taken } = asking;
  const when = (instant: Instant) => nameInstant(instant, asking);
  switch (answer.kind) {
    case 'no-list':
      return [words.noList(answer.country)];
    case 'refused':
      return [words.refused(answer.list.country), answer.list.problem];
    case 'too-new':
      return [words.tooNew(when(answer.issued), when(at))];
    case 'answered': {
      const { list, isListed, answer: found } = answer;
      return [
        words.issued(when(answer.issued), describeColumn(found.atIssuance, words)),
        words.checked(when(at), describeColumn(found.atCheck, words)),
        ...(isListed ? [] : [words.notListed]),
        words.basis(list.country, list.sequence, when(list.issued), when(taken)),
      ];
    }
  }
}
