import { findReferences } from '../model/reference.ts';

/**
 * What kind of word it is: `duty` says what must, may or must not be; `number` has a digit, is a number word, or a unit or
 * sign that belongs to a number; `oid` an object identifier; `reference` the number of a section of the same text; `note`
 * the mark of a footnote or of an entry in a list of sources, `[1]`; `plain` any other.
 */
export type WordKind = 'duty' | 'number' | 'oid' | 'reference' | 'note' | 'plain';

/** A word of a text: where it stands, and its spelling with plain quotes and dashes. */
export interface WeighedWord {
  key: string;
  start: number;
  end: number;
  kind: WordKind;
  /** The unit that it names in singular, where it stands after a number: `hour` for both of `hour` and `hours`. */
  unit?: string;
}

const WORD =
  /(?:(?<![\p{L}\p{N}])[-−](?=\d))?[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:(?:(?<=\d)[.,:/](?=\d)|['’‐‑–_-](?=[\p{L}\p{N}]))[\p{L}\p{M}\p{N}_]+)*\+{0,2}|[\p{Sm}\p{Sc}\p{So}%‰]/gu;
const SIGN = /^[<>≤≥=±×≠≈%‰°\p{Sc}+−]$/u;
const OID_LIKE = /^[0-2](?:\.\d+){3,}$/;

const list = (words: string) => new Set(words.split(' '));

/** RFC 2119, words of the same force, and negations. */
const DUTY_EN = list(
  'shall must should may cannot ought require requires required requiring recommend recommends recommended optional optionally mandatory obligatory obliged ' +
    'prohibit prohibits prohibited forbid forbids forbidden permit permits permitted allow allows allowed not no never none neither nor',
);
const DUTY_DE = list(
  'muss muß müssen müsse müsste müssten soll sollen solle sollte sollten darf dürfen dürfe dürfte dürften kann können könne könnte könnten ' +
    'nicht kein keine keinen keinem keiner keines nie niemals weder verpflichtet verpflichten verpflichtend pflicht verboten untersagt zulässig unzulässig ' +
    'erlaubt gestattet erforderlich notwendig vorgeschrieben zwingend obligatorisch verbindlich empfohlen empfiehlt optional freiwillig',
);
const INFLECTED_DE =
  /^(?:un)?(?:zulässig|verpflichtend|verboten|erforderlich|notwendig|vorgeschrieben|zwingend|obligatorisch|verbindlich|empfohlen|optional)e[nmrs]?$/;

const NUMBER_WORDS = list(
  'two three four five six seven eight nine ten eleven twelve hundred thousand twice half daily hourly weekly monthly quarterly yearly annual annually biennial biennially ' +
    'zwei drei vier fünf sechs sieben acht neun zehn elf zwölf hundert tausend zweimal dreimal halb',
);
const FREQUENCY_DE = /^(?:stündlich|täglich|wöchentlich|monatlich|vierteljährlich|halbjährlich|jährlich|zweijährlich)(?:e[nmrs]?)?$/;
/** Numbers only where a unit follows: "one hour", but not "one of the following". */
const ONE = list('one once a an ein eine einen einem einer eines');

const UNITS: readonly (readonly [pattern: RegExp, unit: string])[] = [
  [/^seconds?$|^sekunden?$/, 'second'],
  [/^minutes?$|^minuten?$/, 'minute'],
  [/^hours?$|^stunden?$/, 'hour'],
  [/^days?$|^tag(?:e[ns]?|s)?$/, 'day'],
  [/^(?:werk|arbeits|bank(?:arbeits)?)tag(?:e[ns]?|s)?$/, 'working day'],
  [/^kalendertag(?:e[ns]?|s)?$/, 'calendar day'],
  [/^weeks?$|^wochen?$/, 'week'],
  [/^months?$|^monat(?:e[ns]?|s)?$/, 'month'],
  [/^quarters?$|^quartal(?:e[ns]?|s)?$/, 'quarter'],
  [/^years?$|^jahr(?:e[ns]?|s)?$/, 'year'],
  [/^bits?$/, 'bit'],
  [/^bytes?$|^octets?$|^oktetten?$/, 'byte'],
  [/^percent$|^prozent$/, 'percent'],
];
/** What stands between a number and its unit and changes the period. */
const KINDS_OF_DAY = list('business working calendar consecutive');

/** The words of a text, weighed by the duty words of its language; English ones count in every German text too. */
export function weighWords(text: string, language: string): readonly WeighedWord[] {
  const keys: WeighedWord[] = Array.from(text.matchAll(WORD), (match) => ({
    key: match[0].replace(/[’]/g, "'").replace(/[‐‑–−]/g, '-'),
    start: match.index,
    end: match.index + match[0].length,
    kind: 'plain',
  }));
  markReferences(text, keys);
  keys.forEach((word, index) => {
    if (word.kind === 'plain') weigh(word, { words: keys, index, text, german: isGerman(language) });
  });
  return keys;
}

/** Whether the duty words of a language are known; a changed word of another one may be one of them. */
export function knowsDuties(language: string): boolean {
  return isGerman(language) || /^en(?:-|$)/.test(language);
}

const isGerman = (language: string) => /^de(?:-|$)/.test(language);

function markReferences(text: string, words: readonly WeighedWord[]): void {
  let index = 0;
  for (const { start, end } of findReferences(text)) {
    while (index < words.length && (words[index] as WeighedWord).end <= start) index += 1;
    for (let at = index; at < words.length && (words[at] as WeighedWord).start < end; at += 1) {
      const word = words[at] as WeighedWord;
      if (/^\d/.test(word.key) && word.end <= end) word.kind = 'reference';
    }
  }
}

interface Standing {
  words: readonly WeighedWord[];
  index: number;
  text: string;
  german: boolean;
}

function weigh(word: WeighedWord, standing: Standing): void {
  const { text } = standing;
  if (/\d/.test(word.key)) {
    const isNote = /^\d{1,3}$/.test(word.key) && text[word.start - 1] === '[' && text[word.end] === ']';
    word.kind = OID_LIKE.test(word.key) ? 'oid' : isNote ? 'note' : 'number';
    return;
  }
  const unit = unitOf(word.key);
  if (unit && isAfterNumber(standing)) word.unit = unit;
  if (word.unit || isNumberWord(standing)) word.kind = 'number';
  else if (isDuty(standing)) word.kind = 'duty';
}

const lower = (word: WeighedWord | undefined) => word?.key.toLowerCase() ?? '';
const unitOf = (key: string) => UNITS.find(([pattern]) => pattern.test(key.toLowerCase()))?.[1];

function isCount(word: WeighedWord | undefined): boolean {
  return word !== undefined && (/\d/.test(word.key) || NUMBER_WORDS.has(lower(word)) || ONE.has(lower(word)));
}

function isAfterNumber({ words, index }: Standing): boolean {
  const before = words[index - 1];
  return isCount(before) || (before !== undefined && (KINDS_OF_DAY.has(lower(before)) || SIGN.test(before.key)) && isCount(words[index - 2]));
}

function isNumberWord({ words, index }: Standing): boolean {
  const word = words[index] as WeighedWord;
  const key = lower(word);
  const next = words[index + 1];
  if (SIGN.test(word.key)) return /\d/.test(words[index - 1]?.key ?? '') || /\d/.test(next?.key ?? '');
  if (NUMBER_WORDS.has(key) || FREQUENCY_DE.test(key)) return true;
  const isBeforeUnit = next !== undefined && unitOf(next.key) !== undefined;
  return isBeforeUnit && (ONE.has(key) || (KINDS_OF_DAY.has(key) && isCount(words[index - 1])));
}

function isDuty(standing: Standing): boolean {
  const { words, index, german } = standing;
  const word = words[index] as WeighedWord;
  const key = lower(word);
  if (word.key === 'May' && (/\d/.test(words[index - 1]?.key ?? '') || /\d/.test(words[index + 1]?.key ?? ''))) return false;
  if (word.key === 'No' && /^\d/.test(words[index + 1]?.key ?? '')) return false;
  if (DUTY_EN.has(key) || /n't$/.test(key)) return true;
  return german && (DUTY_DE.has(key) || INFLECTED_DE.test(key) || isZu(standing) || isBeforeZu(standing));
}

const ZU_WITHIN =
  /^(?:ab|an|auf|aus|bei|dar|durch|ein|fest|fort|frei|gegen|her|hin|los|mit|nach|offen|sicher|vor|weg|weiter|wieder|zurück|zusammen)zu\p{Ll}{2,}(?:e[rl]?n)$/u;
const INFINITIVE = /^\p{Ll}{3,}(?:e[rl]?n|[rl]n)$/u;
const AUXILIARY = /^(?:ist|sind|hat|haben|war|waren|hatte|hatten|sei|seien|habe)$/;
/** So many words may stand between "ist" or "hat" and its "zu". */
const REACH = 15;

/** "zu sperren" and "einzureichen", where an "ist" or "hat" stands before them in the clause; "um zu" tells a purpose, "zu allen" a place. */
function isZu(standing: Standing): boolean {
  return isInfinitive(standing) && findBack(standing, AUXILIARY);
}

function isInfinitive({ words, index, text }: Standing): boolean {
  const [word, next, third] = [words[index], words[index + 1], words[index + 2]];
  if (word === undefined) return false;
  if (ZU_WITHIN.test(word.key)) return true;
  if (word.key !== 'zu' || !next || !INFINITIVE.test(next.key)) return false;
  // An adjective goes before a noun: "zu öffentlichen Schlüsseln".
  return !(third && /^\p{Lu}/u.test(third.key) && /^\s+$/.test(text.slice(next.end, third.start)));
}

function findBack({ words, index, text }: Standing, wanted: RegExp): boolean {
  for (let at = index - 1; at >= Math.max(0, index - REACH); at -= 1) {
    const word = words[at] as WeighedWord;
    if (/[.;:!?\u2029]/.test(text.slice(word.end, (words[at + 1] as WeighedWord).start)) || word.key === 'um') return false;
    if (wanted.test(word.key.toLowerCase())) return true;
  }
  return false;
}

/** "ist" and "hat" themselves, where a "zu" with its verb follows in the clause. */
function isBeforeZu(standing: Standing): boolean {
  const { words, index, text } = standing;
  if (!AUXILIARY.test(lower(words[index]))) return false;
  for (let at = index + 1; at <= Math.min(words.length - 1, index + REACH); at += 1) {
    const word = words[at] as WeighedWord;
    if (/[.;:!?\u2029]/.test(text.slice((words[at - 1] as WeighedWord).end, word.start)) || word.key === 'um') return false;
    if (isInfinitive({ ...standing, index: at })) return true;
  }
  return false;
}
