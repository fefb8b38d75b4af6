import { BREAK, type Ignored, type WordChange } from '../model/change.ts';
import type { Inline } from '../model/plain-text.ts';
import { type Effort, findHunks, type Hunk, normalise, type Vocabulary, type Words } from './diff-words.ts';

/** What a comparison has to hand all the way down. */
export interface Session {
  vocabulary: Vocabulary;
  /** Words of the texts that were read already. */
  words: Map<string, Words>;
  effort: Effort;
  ignored: Record<Ignored, number>;
}

/** Compares two texts word by word. What is shown is as it was written; differences of spelling are counted as ignored. */
export function compareWords(before: Words, after: Words, session: Session): WordChange[] {
  const hunks = foldIslands(before, slide(before, after, findHunks(before.ids, after.ids, session.effort)));
  const changes: WordChange[] = [];
  let a = 0;
  let b = 0;
  for (const hunk of [...hunks, { a0: before.ids.length, a1: before.ids.length, b0: after.ids.length, b1: after.ids.length }]) {
    pushSame(changes, before, after, { a0: a, a1: hunk.a0, b0: b, b1: hunk.b0 }, session);
    pushHunk(changes, cut(before, hunk.a0, hunk.a1), cut(after, hunk.b0, hunk.b1));
    a = hunk.a1;
    b = hunk.b1;
  }
  return changes;
}

/** Words from one index up to another, as they were written. */
function cut({ text, starts }: Words, from: number, to: number): string {
  return text.slice(starts[from] ?? text.length, starts[to] ?? text.length);
}

/** White space that both sides end with belongs to neither: marks end with the word. */
function pushHunk(changes: WordChange[], removed: string, added: string): void {
  const space = /[^\S\u2029]*$/.exec(removed)?.[0] ?? '';
  const shared = removed !== space && added.trimEnd() !== '' && /[^\S\u2029]*$/.exec(added)?.[0] === space ? space : '';
  push(changes, 'removed', removed.slice(0, removed.length - shared.length));
  push(changes, 'added', added.slice(0, added.length - shared.length));
  push(changes, 'same', shared);
}

/** Breaks between blocks stand alone, so that whoever shows the changes meets each as one. */
function push(changes: WordChange[], kind: WordChange['kind'], text: string): void {
  for (const part of text.includes(BREAK) ? text.split(/(\u2029)/) : [text]) {
    const last = changes.at(-1);
    if (part === '') continue;
    if (last?.kind === kind && last.before === undefined && last.text !== BREAK && part !== BREAK)
      changes[changes.length - 1] = { kind, text: last.text + part };
    else changes.push({ kind, text: part });
  }
}

/** Words that both texts have: one stretch where they are spelled alike, else each stretch that is spelled otherwise apart. */
function pushSame(changes: WordChange[], before: Words, after: Words, { a0, a1, b0, b1 }: Hunk, { ignored }: Session): void {
  const text = cut(after, b0, b1);
  if (text === cut(before, a0, a1)) {
    push(changes, 'same', text);
    return;
  }
  let from = 0;
  const flush = (to: number): void => {
    if (to > from) push(changes, 'same', cut(after, b0 + from, b0 + to));
    from = to;
  };
  for (let index = 0; index < a1 - a0; index += 1) {
    const older = cut(before, a0 + index, a0 + index + 1);
    const newer = cut(after, b0 + index, b0 + index + 1);
    if (older === newer) continue;
    flush(index);
    pushRespelled(changes, newer, older);
    from = index + 1;
    countIgnored(older, newer, ignored);
  }
  flush(a1 - a0);
}

function pushRespelled(changes: WordChange[], newer: string, older: string): void {
  if (!newer.startsWith(BREAK)) {
    changes.push({ kind: 'same', text: newer, before: older });
    return;
  }
  changes.push({ kind: 'same', text: BREAK });
  changes.push({ kind: 'same', text: newer.slice(1), before: older.slice(1) });
}

/** The end of a text has no space after it: that is no difference. */
export function countIgnored(older: string, newer: string, ignored: Record<Ignored, number>): void {
  const [a, b] = [older.trim(), newer.trim()];
  if (a !== b) {
    const quotes = (text: string) => text.replace(/[^"'‘’‚‛“”„‟′″«»‹›`´]/g, '');
    if (quotes(a) !== quotes(b)) ignored.quotes += 1;
    if (a.replace(/[^‐-―−-]/g, '') !== b.replace(/[^‐-―−-]/g, '')) ignored.dashes += 1;
  } else if (/\s/.test(older) && /\s/.test(newer)) ignored['white-space'] += 1;
}

/**
 * An insertion or deletion next to equal words can stand in several places. It is moved to where it meets its neighbour,
 * so that the two are one change, else to where it begins or ends with a sentence or clause.
 */
function slide({ ids: a, text, starts }: Words, { ids: b, text: newer, starts: newerStarts }: Words, hunks: Hunk[]): Hunk[] {
  const slid: Hunk[] = [];
  hunks.forEach((hunk, index) => {
    const last = slid.at(-1);
    const room = { back: hunk.a0 - (last?.a1 ?? 0), on: (hunks[index + 1]?.a0 ?? a.length) - hunk.a1 };
    const removal = hunk.b0 === hunk.b1;
    if (!removal && hunk.a0 !== hunk.a1) {
      slid.push(hunk);
      return;
    }
    const ids = removal ? a : b;
    const [from, to] = removal ? [hunk.a0, hunk.a1] : [hunk.b0, hunk.b1];
    let back = 0;
    while (back < room.back && ids[from - back - 1] === ids[to - back - 1]) back += 1;
    let on = 0;
    while (on < room.on && ids[from + on] === ids[to + on]) on += 1;
    const by =
      last && back === room.back
        ? -back
        : index + 1 < hunks.length && on === room.on
          ? on
          : bestShift(removal ? text : newer, removal ? starts : newerStarts, from, to, -back, on);
    const moved = { a0: hunk.a0 + by, a1: hunk.a1 + by, b0: hunk.b0 + by, b1: hunk.b1 + by };
    if (last && last.a1 === moved.a0) {
      last.a1 = moved.a1;
      last.b1 = moved.b1;
    } else if (index + 1 < hunks.length && on === room.on && by === on) {
      // It now touches the next one, which takes it in.
      const next = hunks[index + 1] as Hunk;
      hunks[index + 1] = { a0: moved.a0, a1: next.a1, b0: moved.b0, b1: next.b1 };
    } else slid.push(moved);
  });
  return slid;
}

/** The shift after which the change best begins behind the end of a sentence, clause or line, or ends with one. */
function bestShift(text: string, starts: readonly number[], from: number, to: number, least: number, most: number): number {
  let best = 0;
  let score = -1;
  for (let by = Math.max(least, -40); by <= Math.min(most, 40); by += 1) {
    const value = boundary(text, starts[from + by]) + boundary(text, starts[to + by]);
    if (value > score || (value === score && Math.abs(by) < Math.abs(best))) [best, score] = [by, value];
  }
  return best;
}

/** How much of an end there is before a place in a text: 4 for its edge, 3 after a sentence, 2 after a clause, else 0. */
function boundary(text: string, at: number | undefined): number {
  if (at === undefined || at === 0 || text[at] === BREAK) return 4;
  const before = text.slice(Math.max(0, at - 3), at).trimEnd();
  return /[.!?\n\u2029]$/.test(before) ? 3 : /[,;:)]$/.test(before) ? 2 : 0;
}

/** Equal words between two changes that are too few to mean anything are taken into the change around them. */
function foldIslands(before: Words, hunks: Hunk[]): Hunk[] {
  const folded: Hunk[] = [];
  for (const hunk of hunks) {
    const last = folded.at(-1);
    if (last && isIsland(before, last, hunk)) {
      last.a1 = hunk.a1;
      last.b1 = hunk.b1;
    } else folded.push({ ...hunk });
  }
  return folded;
}

const size = ({ a0, a1, b0, b1 }: Hunk) => a1 - a0 + (b1 - b0);

function isIsland({ text, starts }: Words, last: Hunk, next: Hunk): boolean {
  const words = next.a0 - last.a1;
  const between = text.slice(starts[last.a1], starts[next.a0]);
  if (words > 2 || between.includes(BREAK)) return false;
  return Math.min(size(last), size(next)) >= 2 * words;
}

/** Counts what is set otherwise in words that both texts have: link targets, and other formats. */
export function countFormats(before: readonly Inline[], after: readonly Inline[], older: string, newer: string, { ignored }: Session): void {
  if (!before.some(({ formats }) => formats) && !after.some(({ formats }) => formats)) return;
  const [a, b] = [listFormats(before), listFormats(after)];
  if (older === newer && a.join() === b.join()) return;
  ignored['link-targets'] += countOther(a, b, 'link', older, newer);
  ignored.formatting += countOther(a, b, 'other', older, newer);
}

/** Each format as one string: its group, the words, and what they are set as. */
const listFormats = (inlines: readonly Inline[]): [group: 'link' | 'other', text: string, value: string][] =>
  inlines.flatMap(({ text, formats = [] }) =>
    formats.map(([start, end, kind, target]): ['link' | 'other', string, string] => [
      kind === 'link' ? 'link' : 'other',
      normalise(text.slice(start, end)),
      target ?? kind,
    ]),
  );

/** How many formats of a group only the newer text has, for words that stand in the older one too, or only the older one likewise. */
function countOther(a: ReturnType<typeof listFormats>, b: ReturnType<typeof listFormats>, group: string, older: string, newer: string): number {
  const only = (own: typeof a, other: typeof a, text: string): number => {
    const left = other.filter(([name]) => name === group).map(([, words, value]) => `${words}\u0000${value}`);
    return own.filter(([name, words, value]) => {
      if (name !== group) return false;
      const index = left.indexOf(`${words}\u0000${value}`);
      if (index >= 0) left.splice(index, 1);
      return index < 0 && text.includes(words);
    }).length;
  };
  // A target that was replaced is one difference, not two.
  return Math.max(only(a, b, normalise(newer)), only(b, a, normalise(older)));
}
