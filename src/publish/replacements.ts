import { BREAK, type WordChange } from '../model/change.ts';
import { type WeighedWord, weighWords } from './word-weight.ts';

/** One side of a text that was compared. */
export interface Side {
  text: string;
  words: readonly WeighedWord[];
}

/** Words of one place that stand for others; none on a side where words were only added or removed, none on either where only signs changed. */
export interface Replacement {
  before: readonly WeighedWord[];
  after: readonly WeighedWord[];
  /** The two texts in which the words have their places. */
  sides: { before: Side; after: Side };
  /** The marked place, for where no word changed. */
  marked: { before: Span; after: Span };
}

export type Span = readonly [start: number, end: number];

/** Pairs of words up to which an alignment within one place is looked for; a larger place counts as replaced as a whole. */
const MOST_PAIRS = 160_000;

/**
 * What was replaced by what in a text that was compared word by word. A place that is marked is widened to whole words and
 * may hold words that did not change; those are found again, words of weight first, so that "shall revoke within 24" and
 * "should revoke within 72" are two replacements.
 */
export function findReplacements(changes: readonly WordChange[], language: string): readonly Replacement[] {
  if (changes.every(({ kind }) => kind === 'same')) return [];
  const { before, after, places } = readChanges(changes);
  const sides = { before: { text: before, words: weighWords(before, language) }, after: { text: after, words: weighWords(after, language) } };
  return widen(places, sides).flatMap((place) => alignPlace(place, sides));
}

/** A place in both texts: spans of characters, and of words that lie in or touch it. */
interface MarkedPlace {
  before: Span;
  after: Span;
  olderWords: Span;
  newerWords: Span;
}

function readChanges(changes: readonly WordChange[]): { before: string; after: string; places: { before: Span; after: Span }[] } {
  const older: string[] = [];
  const newer: string[] = [];
  const places: { before: Span; after: Span }[] = [];
  let [a, b] = [0, 0];
  let open: { a: number; b: number } | undefined;
  const close = () => {
    if (open) places.push({ before: [open.a, a], after: [open.b, b] });
    open = undefined;
  };
  for (const { kind, text, before = text } of changes) {
    if (kind === 'same') close();
    else open ??= { a, b };
    if (kind !== 'added') {
      older.push(kind === 'same' ? before : text);
      a += (kind === 'same' ? before : text).length;
    }
    if (kind !== 'removed') {
      newer.push(text);
      b += text.length;
    }
  }
  close();
  return { before: older.join(''), after: newer.join(''), places };
}

/** Adds the words at and beside each place, and joins places that so have a word in common. */
function widen(places: readonly { before: Span; after: Span }[], { before, after }: Replacement['sides']): MarkedPlace[] {
  const widened: MarkedPlace[] = [];
  for (const place of places) {
    const last = widened.at(-1);
    const olderWords = touched(before, place.before, last?.olderWords[0] ?? 0);
    const newerWords = touched(after, place.after, last?.newerWords[0] ?? 0);
    if (last && (olderWords[0] < last.olderWords[1] || newerWords[0] < last.newerWords[1])) {
      widened[widened.length - 1] = {
        before: [last.before[0], place.before[1]],
        after: [last.after[0], place.after[1]],
        olderWords: [Math.min(last.olderWords[0], olderWords[0]), Math.max(last.olderWords[1], olderWords[1])],
        newerWords: [Math.min(last.newerWords[0], newerWords[0]), Math.max(last.newerWords[1], newerWords[1])],
      };
    } else widened.push({ ...place, olderWords, newerWords });
  }
  return widened;
}

/** The words that lie in a span or beside it with nothing but white space between: the two texts may be spaced otherwise. */
function touched({ text, words }: Side, [start, end]: Span, from: number): Span {
  const begin = start - (/\s*$/.exec(text.slice(Math.max(0, start - MOST_SPACE), start))?.[0].length ?? 0);
  const stop = end + (/^\s*/.exec(text.slice(end, end + MOST_SPACE))?.[0].length ?? 0);
  let first = from;
  while (first < words.length && (words[first] as WeighedWord).end < begin) first += 1;
  let last = first;
  while (last < words.length && (words[last] as WeighedWord).start <= stop) last += 1;
  return [first, last];
}

/** White space next to a place that is looked over. */
const MOST_SPACE = 10;

function alignPlace(place: MarkedPlace, sides: Replacement['sides']): Replacement[] {
  const a = sides.before.words.slice(...place.olderWords);
  const b = sides.after.words.slice(...place.newerWords);
  const marked = { before: place.before, after: place.after };
  const found = align(a, b).map(({ a0, a1, b0, b1 }) => ({ before: a.slice(a0, a1), after: b.slice(b0, b1), sides, marked }));
  const isBreakOnly = [sides.before.text.slice(...place.before), sides.after.text.slice(...place.after)].every(
    (text) => text.replaceAll(BREAK, '').trim() === '',
  );
  return found.length > 0 || isBreakOnly ? found : [{ before: [], after: [], sides, marked }];
}

interface Hunk {
  a0: number;
  a1: number;
  b0: number;
  b1: number;
}

/** Where two runs of words differ, after a heaviest common subsequence. */
function align(a: readonly WeighedWord[], b: readonly WeighedWord[]): Hunk[] {
  let head = 0;
  while (head < a.length && head < b.length && isSame(a[head], b[head])) head += 1;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && isSame(a[a.length - 1 - tail], b[b.length - 1 - tail])) tail += 1;
  const [endA, endB] = [a.length - tail, b.length - tail];
  if (head === endA && head === endB) return [];
  if (head === endA || head === endB || (endA - head) * (endB - head) > MOST_PAIRS) return [{ a0: head, a1: endA, b0: head, b1: endB }];
  return followBest(a.slice(head, endA), b.slice(head, endB)).map(({ a0, a1, b0, b1 }) => ({ a0: a0 + head, a1: a1 + head, b0: b0 + head, b1: b1 + head }));
}

const isSame = (a: WeighedWord | undefined, b: WeighedWord | undefined) => a !== undefined && b !== undefined && a.key === b.key;
const weightOf = ({ kind }: WeighedWord) => (kind === 'plain' ? 1 : 3);

function followBest(a: readonly WeighedWord[], b: readonly WeighedWord[]): Hunk[] {
  const width = b.length + 1;
  const best = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number) => best[i * width + j] as number;
  const gain = (i: number, j: number) => (isSame(a[i], b[j]) ? at(i + 1, j + 1) + weightOf(a[i] as WeighedWord) : 0);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) best[i * width + j] = Math.max(at(i + 1, j), at(i, j + 1), gain(i, j));
  }
  const hunks: Hunk[] = [];
  let [i, j] = [0, 0];
  let open: { i: number; j: number } | undefined;
  while (i < a.length || j < b.length) {
    const matches = i < a.length && j < b.length && isSame(a[i], b[j]) && gain(i, j) === at(i, j);
    if (matches && open) hunks.push({ a0: open.i, a1: i, b0: open.j, b1: j });
    if (matches) open = undefined;
    else open ??= { i, j };
    if (matches) [i, j] = [i + 1, j + 1];
    else if (j >= b.length || (i < a.length && at(i + 1, j) === at(i, j))) i += 1;
    else j += 1;
  }
  if (open) hunks.push({ a0: open.i, a1: i, b0: open.j, b1: j });
  return hunks;
}

/** Characters of a side of a replacement that are shown. */
export const MOST_SHOWN = 60;

/** What was seen: `24 → 72`; `+ …` and `− …` for words that were only added or removed. A long side is cut around the word in `focus`. */
export function showReplacement({ before, after, sides, marked }: Replacement, focus?: WeighedWord['kind']): string {
  const whole = before.length === 0 && after.length === 0;
  const show = (words: readonly WeighedWord[], side: Side, mark: Span) =>
    whole ? squash(side.text.slice(...around(side.text, mark))) : excerpt(withNumber(words, side), side.text, focus);
  return showPair(show(before, sides.before, marked.before), show(after, sides.after, marked.after));
}

/** A unit says nothing without its number: `24 hours → 24 days`. */
function withNumber(words: readonly WeighedWord[], side: Side): readonly WeighedWord[] {
  const [first] = words;
  const number = first?.unit === undefined ? undefined : side.words[side.words.indexOf(first) - 1];
  return number ? [number, ...words] : words;
}

/** Two sides, one of which may be empty. */
export function showPair(before: string, after: string): string {
  if (before === '') return `+ ${after}`;
  return after === '' ? `− ${before}` : `${before} → ${after}`;
}

export const squash = (text: string) => text.replace(/\s+/g, ' ').trim();

/** The beginning of a text, cut at the end of a word. */
export function shorten(text: string, most = MOST_SHOWN): string {
  const plain = squash(text);
  return plain.length <= most
    ? plain
    : `${plain
        .slice(0, most + 1)
        .replace(/\s+\S*$/, '')
        .slice(0, most)} …`;
}

function excerpt(words: readonly WeighedWord[], text: string, focus: WeighedWord['kind'] | undefined): string {
  const [first, last] = [words[0], words.at(-1)];
  if (!first || !last) return '';
  const wanted = words.findIndex(({ kind }) => kind === focus);
  const reached = (words[wanted]?.end ?? 0) - first.start;
  if (last.end - first.start <= MOST_SHOWN || reached <= MOST_SHOWN) return shorten(text.slice(first.start, last.end));
  const from = words[Math.max(0, wanted - 3)] ?? first;
  return `… ${shorten(text.slice(from.start, last.end))}`;
}

/** The characters around signs that changed, with the words beside them. */
function around(text: string, [start, end]: Span): Span {
  const before = /[^\s\u2029]*\s?$/u.exec(text.slice(Math.max(0, start - 20), start))?.[0].length ?? 0;
  const after = /^[^\s\u2029]*/u.exec(text.slice(end, end + 20))?.[0].length ?? 0;
  return [start - before, end + after];
}
