import type { Reason, Significance } from '../model/change.ts';
import { readPrintedDate } from '../model/revision-table.ts';
import type { Front, OwnNumbers } from './bookkeeping.ts';
import { type Replacement, showReplacement } from './replacements.ts';
import { knowsDuties, type WeighedWord } from './word-weight.ts';

/** One thing that was seen, and how far it reaches by itself. */
export interface Finding {
  significance: Significance;
  kind: Reason['kind'];
  seen: string;
}

/** What a judgement of words depends on besides them. */
export interface Judging {
  language: string;
  /** Whether a section that had the one number has the other now. */
  follows(before: string, after: string): boolean;
  /** Where the words stand, if at the front of their text. */
  front?: Front | undefined;
  /** The version's own number in the older and newer text. */
  own: OwnNumbers;
}

/**
 * How far it reaches that some words stand for others: material where duty words or numbers changed; minor where those
 * are only spelled otherwise, a mention of a section follows it to its new number, or other words changed; editorial for
 * spelling, letter case and signs.
 */
export function judgeReplacement(replacement: Replacement, judging: Judging): Finding[] {
  const heavy = [judgeDuties(replacement), judgeNumbers(replacement, judging)].filter((finding) => finding !== undefined);
  if (heavy.length > 0) return heavy;
  const seen = showReplacement(replacement);
  return [isSpelling(replacement, judging.language) ? { significance: 'editorial', kind: 'spelling', seen } : { significance: 'minor', kind: 'wording', seen }];
}

function judgeDuties(replacement: Replacement): Finding | undefined {
  const duties = (words: readonly WeighedWord[]) => words.filter(({ kind }) => kind === 'duty').map(({ key }) => key.toLowerCase());
  const [before, after] = [duties(replacement.before), duties(replacement.after)];
  if (before.length + after.length === 0) return undefined;
  const isSame = before.join(' ') === after.join(' ') || isRespaced(replacement);
  return { significance: isSame ? 'minor' : 'material', kind: 'duty-word', seen: showReplacement(replacement, 'duty') };
}

const NUMBERS: readonly WeighedWord['kind'][] = ['number', 'oid', 'reference', 'note'];

function judgeNumbers(replacement: Replacement, judging: Judging): Finding | undefined {
  const [before, after] = [replacement.before, replacement.after].map((words) => words.filter(({ kind }) => NUMBERS.includes(kind))) as [
    WeighedWord[],
    WeighedWord[],
  ];
  const all = [...before, ...after];
  const values = (words: readonly WeighedWord[]) => words.map(({ key, unit }) => unit ?? key.toLowerCase()).join(' ');
  const isSame = values(before) === values(after);
  // "24 hour" and "24 hours" name the same unit.
  if (all.length === 0 || (isSame && all.every(({ unit }) => unit))) return undefined;
  const isLight =
    isSame || isRespaced(replacement) || all.every(({ kind }) => kind === 'note') || followSections(before, after, judging) || isSameDate(replacement);
  const oid = all.find((word) => word.kind === 'oid');
  return { significance: isLight ? 'minor' : 'material', kind: oid ? 'oid' : 'number', seen: showReplacement(replacement, (oid ?? all[0])?.kind) };
}

function followSections(before: readonly WeighedWord[], after: readonly WeighedWord[], { follows }: Judging): boolean {
  const isFollowed = (word: WeighedWord, other: WeighedWord | undefined) =>
    other !== undefined && word.kind === 'reference' && other.kind === 'reference' && follows(word.key, other.key);
  return before.length === after.length && before.every((word, index) => isFollowed(word, after[index]));
}

/** `1 July 2012` and `2012-07-01`. */
function isSameDate({ before, after, sides }: Replacement): boolean {
  const read = (words: readonly WeighedWord[], text: string) => readPrintedDate(text.slice(words[0]?.start ?? 0, words.at(-1)?.end ?? 0));
  const date = read(before, sides.before.text);
  return date !== undefined && date === read(after, sides.after.text);
}

/** Whether the words are the same but for letter case, and spaces and hyphens between them: `can not` and `cannot`, `re-use` and `reuse`. */
function isRespaced({ before, after }: Replacement): boolean {
  const squeeze = (words: readonly WeighedWord[]) =>
    words
      .map(({ key }) => key)
      .join('')
      .toLowerCase()
      .replace(/(?<=\p{L})-(?=\p{L})/gu, '');
  return before.length > 0 && squeeze(before) === squeeze(after);
}

/**
 * Whether no more than spelling changed. Each word stands for one that differs in at most one letter, in words of 9 letters
 * or more in two (two letters that changed places count as one). Words that begin otherwise ("legal", "illegal"), shorter
 * than 5 letters ("data", "date") or with several capitals (NCP, NCP+) are other words. So is any word of a language
 * whose duty words are not known.
 */
function isSpelling(replacement: Replacement, language: string): boolean {
  const { before, after } = replacement;
  if (before.length === 0 && after.length === 0) return true;
  if (isRespaced(replacement)) return true;
  return knowsDuties(language) && before.length === after.length && before.every(({ key }, index) => isRespelled(key, after[index]?.key ?? ''));
}

const LETTERS = /^[\p{L}\p{M}'-]+$/u;
const SHORTEST = 5;
const LONG = 9;
const LONGEST = 40;

function isRespelled(before: string, after: string): boolean {
  const [a, b] = [before.toLowerCase(), after.toLowerCase()];
  if (a === b) return true;
  const shorter = Math.min(a.length, b.length);
  if (shorter < SHORTEST || Math.max(a.length, b.length) > LONGEST || a[0] !== b[0]) return false;
  if (![before, after].every((word) => LETTERS.test(word) && !/\p{Lu}.*\p{Lu}/u.test(word))) return false;
  return countEdits(a, b) <= (shorter >= LONG ? 2 : 1);
}

/** Letters to add, leave out, replace, or swap with their neighbour (optimal string alignment). */
function countEdits(a: string, b: string): number {
  let last: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      const best = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      next.push(swapped ? Math.min(best, (last[j - 2] ?? 0) + 1) : best);
    }
    [last, row] = [row, next];
  }
  return row[b.length] ?? 0;
}
