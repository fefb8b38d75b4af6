import { diffArrays } from 'diff';

/** Gives each word a number, the same for words that count as the same; texts that are compared share one vocabulary. */
export type Vocabulary = Map<string, number>;

/** A text cut into words. White space belongs to the word before it, at the beginning to the first one. */
export interface Words {
  text: string;
  /** Where each word begins; it ends where the next one begins. */
  starts: readonly number[];
  /** Each word's number in the vocabulary. */
  ids: readonly number[];
}

const QUOTES = /["'‘’‚‛“”„‟′″«»‹›`´]/g;
const DASHES = /[‐-―−]/g;
/** What counts as a word in a normalised text: a break, an address, a run of letters and digits with what joins them, or one sign. */
export const WORD = /\u2029|https?:\/\/[^\s<>()[\]|"]*[^\s<>()[\]|".,;:!?']|[\p{L}\p{N}]+(?:[.'_/:-][\p{L}\p{N}]+)*|\S/gu;

/** A text in the spelling in which it is matched, character for character as long as before: plain quotes, dashes and spaces. */
export function normalise(text: string): string {
  return SPELLED_OTHERWISE.test(text) ? replaceSigns(text) : text;
}

const SPELLED_OTHERWISE = /[‘’‚‛“”„‟′″«»‹›`´‐-―−]/;

function replaceSigns(text: string): string {
  return text.replace(QUOTES, (quote) => (/["“”„‟″«»]/.test(quote) ? '"' : "'")).replace(DASHES, '-');
}

export function readWords(text: string, vocabulary: Vocabulary): Words {
  const starts: number[] = [];
  const ids: number[] = [];
  const normal = normalise(text);
  WORD.lastIndex = 0;
  for (let match = WORD.exec(normal); match; match = WORD.exec(normal)) {
    starts.push(match.index);
    ids.push(idOf(match[0], vocabulary));
  }
  // A text of white space only is one word, so that nothing of it is lost.
  if (starts.length === 0 && text !== '') ids.push(idOf('', vocabulary));
  if (ids.length > 0) starts[0] = 0;
  return { text, starts, ids };
}

/** The number of a word, or of anything else that is told by a string. */
export function idOf(word: string, vocabulary: Vocabulary): number {
  let id = vocabulary.get(word);
  if (id === undefined) {
    id = vocabulary.size;
    vocabulary.set(word, id);
  }
  return id;
}

/** A place where two sequences differ: `a0` up to `a1` of the first is `b0` up to `b1` of the second. */
export interface Hunk {
  a0: number;
  a1: number;
  b0: number;
  b1: number;
}

/** Edits up to which the shortest script is looked for: in a whole range, and in a piece between two anchors. */
const MOST_EDITS = { range: 1_000, piece: 250, exhausted: 20 };

/** Steps that one comparison may spend on looking for shortest scripts; what comes after them is told more coarsely. */
export interface Effort {
  left: number;
}
export const newEffort = (): Effort => ({ left: 20_000_000 });

/**
 * Where two sequences of numbers differ: a shortest edit script (Myers 1986), as long as that is short enough to be found
 * quickly; else one between the numbers that stand once in each and in the same order. The hunks are in order and do not
 * touch.
 */
export function findHunks(a: readonly number[], b: readonly number[], effort: Effort): Hunk[] {
  const hunks: Hunk[] = [];
  collectHunks({ a, b, effort, hunks }, { a0: 0, a1: a.length, b0: 0, b1: b.length }, true);
  return joinTouching(hunks);
}

interface Search {
  a: readonly number[];
  b: readonly number[];
  effort: Effort;
  hunks: Hunk[];
}

function collectHunks(search: Search, range: Hunk, whole: boolean): void {
  const { a, b, hunks } = search;
  const rest = trimRange(search, range);
  const { a0, a1, b0, b1 } = rest;
  if (a0 === a1 && b0 === b1) return;
  if (a0 === a1 || b0 === b1) {
    hunks.push(rest);
    return;
  }
  if (collectShortest(search, rest, whole)) return;
  let from = { a: a0, b: b0 };
  for (const anchor of whole ? findAnchors(a, b, rest) : []) {
    collectHunks(search, { a0: from.a, a1: anchor.a, b0: from.b, b1: anchor.b }, false);
    from = { a: anchor.a + 1, b: anchor.b + 1 };
  }
  if (from.a === a0 && from.b === b0) hunks.push(rest);
  else collectHunks(search, { a0: from.a, a1, b0: from.b, b1 }, false);
}

function trimRange({ a, b }: Search, { a0, a1, b0, b1 }: Hunk): Hunk {
  while (a0 < a1 && b0 < b1 && a[a0] === b[b0]) {
    a0 += 1;
    b0 += 1;
  }
  while (a0 < a1 && b0 < b1 && a[a1 - 1] === b[b1 - 1]) {
    a1 -= 1;
    b1 -= 1;
  }
  return { a0, a1, b0, b1 };
}

/** Adds the hunks of a shortest edit script; false where it would take too long to find. */
function collectShortest({ a, b, effort, hunks }: Search, { a0, a1, b0, b1 }: Hunk, whole: boolean): boolean {
  const maxEditLength = effort.left <= 0 ? MOST_EDITS.exhausted : whole ? MOST_EDITS.range : MOST_EDITS.piece;
  const script = diffArrays(a.slice(a0, a1), b.slice(b0, b1), { maxEditLength });
  const edits = script ? script.reduce((sum, { added, removed, count }) => sum + (added || removed ? count : 0), 0) : maxEditLength;
  effort.left -= edits * edits;
  let at = { a: a0, b: b0 };
  for (const { removed, added, count } of script ?? []) {
    const next = { a: at.a + (added ? 0 : count), b: at.b + (removed ? 0 : count) };
    if (removed || added) hunks.push({ a0: at.a, a1: next.a, b0: at.b, b1: next.b });
    at = next;
  }
  return script !== undefined;
}

/** The numbers that stand once in each range, as far as they stand in the same order in both (patience diff). */
function findAnchors(a: readonly number[], b: readonly number[], { a0, a1, b0, b1 }: Hunk): { a: number; b: number }[] {
  const inB = findSingle(b, b0, b1);
  const common = [...findSingle(a, a0, a1)].flatMap(([id, at]) => {
    const other = inB.get(id) ?? -1;
    return at < 0 || other < 0 ? [] : [{ a: at, b: other }];
  });
  return longestIncreasing(common.map(({ b: at }) => at)).map((index) => common[index] as { a: number; b: number });
}

/** Where each number stands that stands once; -1 for those that stand more often. In the order of the first places. */
function findSingle(ids: readonly number[], from: number, to: number): Map<number, number> {
  const places = new Map<number, number>();
  for (let index = from; index < to; index += 1) places.set(ids[index] as number, places.has(ids[index] as number) ? -1 : index);
  return places;
}

/** Indices of a longest increasing subsequence, in order. */
export function longestIncreasing(values: readonly number[]): number[] {
  const tails: number[] = [];
  const before: number[] = [];
  values.forEach((value, index) => {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((values[tails[middle] as number] as number) < value) low = middle + 1;
      else high = middle;
    }
    before[index] = tails[low - 1] ?? -1;
    tails[low] = index;
  });
  const chosen: number[] = [];
  for (let index = tails.at(-1) ?? -1; index >= 0; index = before[index] as number) chosen.push(index);
  return chosen.reverse();
}

function joinTouching(hunks: readonly Hunk[]): Hunk[] {
  const joined: Hunk[] = [];
  for (const hunk of hunks) {
    const last = joined.at(-1);
    if (last && last.a1 === hunk.a0 && last.b1 === hunk.b0) {
      last.a1 = hunk.a1;
      last.b1 = hunk.b1;
    } else joined.push({ ...hunk });
  }
  return joined;
}
