/**
 * Words of which each match of a pattern (read without regard to case) has at least one, folded; undefined where none can be
 * told. To look for words is far cheaper than to compile a pattern: with them most sentences are ruled out before that.
 */
export function findNeededWords(source: string): readonly string[] | undefined {
  const reader: Reader = { source, at: 0 };
  const words = bestOf(readAlternatives(reader));
  if (reader.at < source.length || !words?.every((word) => word.length >= LEAST)) return undefined;
  return words.filter((word) => !words.some((other) => other !== word && word.includes(other)));
}

/** A text as its needed words are looked for in it. */
export const foldCase = (text: string) => text.toLowerCase().replaceAll('ſ', 's');

/** Whether a folded text has one of the words that a pattern needs; where none are known it may match anything. */
export const mayMatch = (words: readonly string[] | undefined, folded: string) => words === undefined || words.some((word) => folded.includes(word));

const LEAST = 2;
const MOST_WORDS = 24;
/** Letters that no rule of case folds to others of another length. */
const PLAIN = /^[\x20-\x7e\u00c0-\u024f]$/u;

interface Reader {
  source: string;
  at: number;
}

/** What is known of a part of a pattern: all that it can match, where these are few strings; else strings of which each match has one. */
interface Known {
  exact?: readonly string[] | undefined;
  needed?: readonly string[] | undefined;
}

const ANYTHING: Known = {};
/** What has no width: anchors, and whatever looks ahead or behind. */
const NOTHING: Known = { exact: [''] };

const bestOf = ({ exact, needed }: Known) => choose(exact, needed);

/** The set whose shortest word is longer; of equal ones the smaller. */
function choose(a: readonly string[] | undefined, b: readonly string[] | undefined): readonly string[] | undefined {
  if (!a?.length || !b?.length) return a?.length ? a : b;
  const [shortestA, shortestB] = [shortest(a), shortest(b)];
  if (shortestA !== shortestB) return shortestA > shortestB ? a : b;
  return a.length <= b.length ? a : b;
}

const shortest = (words: readonly string[]) => Math.min(...words.map((word) => word.length));

function readAlternatives(reader: Reader): Known {
  const all = [readSequence(reader)];
  while (reader.source[reader.at] === '|') {
    reader.at += 1;
    all.push(readSequence(reader));
  }
  if (all.length === 1) return all[0] as Known;
  const union = (lists: (readonly string[] | undefined)[]) => {
    const words = lists.every((list) => list !== undefined) ? [...new Set(lists.flat())] : undefined;
    return words && words.length <= MOST_WORDS ? words : undefined;
  };
  return { exact: union(all.map(({ exact }) => exact)), needed: union(all.map(bestOf)) };
}

function readSequence(reader: Reader): Known {
  let run: readonly string[] = [''];
  let needed: readonly string[] | undefined;
  let isExact = true;
  while (reader.at < reader.source.length && !'|)'.includes(reader.source[reader.at] as string)) {
    const item = repeat(readItem(reader), readQuantifier(reader));
    if (item.exact && run.length * item.exact.length <= MOST_WORDS) {
      run = join(run, item.exact);
      continue;
    }
    isExact = false;
    needed = choose(choose(needed, run), item.needed);
    run = item.exact ?? [''];
  }
  return isExact ? { exact: run } : { needed: choose(needed, run) };
}

const join = (starts: readonly string[], ends: readonly string[]) => [...new Set(starts.flatMap((start) => ends.map((end) => start + end)))];

type Quantifier = 'once' | 'perhaps' | 'any' | 'some';

function repeat(item: Known, quantifier: Quantifier): Known {
  if (quantifier === 'once') return item;
  if (quantifier === 'some') return { needed: bestOf(item) };
  return quantifier === 'perhaps' && item.exact ? { exact: [...new Set([...item.exact, ''])] } : ANYTHING;
}

function readQuantifier(reader: Reader): Quantifier {
  const [all, sign, least] = /^(?:([?*+])|\{(\d+)(?:,\d*)?\})\??/.exec(reader.source.slice(reader.at, reader.at + 20)) ?? [];
  if (all === undefined) return 'once';
  reader.at += all.length;
  if (sign === '?') return 'perhaps';
  return sign === '*' || least === '0' ? 'any' : 'some';
}

function readItem(reader: Reader): Known {
  const { source } = reader;
  const character = source[reader.at] as string;
  if (character === '(') return readGroup(reader);
  if (character === '[') return readClass(reader);
  if (character === '\\') return readEscape(reader);
  reader.at += 1;
  if (character === '^' || character === '$') return NOTHING;
  return character === '.' ? ANYTHING : literal(character);
}

const literal = (character: string): Known => (PLAIN.test(character) ? { exact: [foldCase(character)] } : ANYTHING);

function readGroup(reader: Reader): Known {
  const [start = ''] = /^\((?:\?(?:[:=!]|<[=!]|<\w+>))?/.exec(reader.source.slice(reader.at, reader.at + 80)) ?? [];
  reader.at += start.length;
  const inside = readAlternatives(reader);
  if (reader.source[reader.at] === ')') reader.at += 1;
  return /[=!]$/.test(start) ? NOTHING : inside;
}

/** One of a few letters that are written out, or anything. */
function readClass(reader: Reader): Known {
  const [whole = '[', inside = ''] = /^\[((?:\\.|[^\]\\])*)\]/su.exec(reader.source.slice(reader.at)) ?? [];
  reader.at += whole.length;
  if (!/^[^\\^-][^\\-]{0,4}$/u.test(inside)) return ANYTHING;
  const letters = [...inside].map(literal);
  return letters.every(({ exact }) => exact) ? { exact: [...new Set(letters.flatMap(({ exact }) => exact ?? []))] } : ANYTHING;
}

function readEscape(reader: Reader): Known {
  const [whole = '\\', code] =
    /^\\(?:u([\da-fA-F]{4})|[pPu]\{[^}]*\}|x[\da-fA-F]{2}|c[A-Za-z]|k<\w+>|\d+|.)/su.exec(reader.source.slice(reader.at, reader.at + 60)) ?? [];
  reader.at += whole.length;
  if (code !== undefined) return literal(String.fromCharCode(Number.parseInt(code, 16)));
  if (/^\\[bB]$/.test(whole)) return NOTHING;
  return /^\\[^\w]$/u.test(whole) ? literal(whole.slice(1)) : ANYTHING;
}
