import { blockText, type PlainSection } from '../model/plain-text.ts';
import { areEqual, type Bag, countShared, isEqual, toBag, wordsIn } from './diff-pieces.ts';
import type { Session } from './diff-text.ts';
import { normalise } from './diff-words.ts';

/** Sections that are one: one on each side, several where it was split or merged, none on a side where it is new or gone. */
export interface SectionGroup {
  /** Indices into the older text, in order. */
  before: readonly number[];
  after: readonly number[];
}

/** A section with what is needed to find its counterpart. */
interface Candidate {
  section: PlainSection;
  index: number;
  title: string;
  /** No other section of the text has this title. */
  alone: boolean;
  /** Index of the counterpart. */
  partner: number | undefined;
  bag?: Bag;
}

interface Search {
  before: readonly Candidate[];
  after: readonly Candidate[];
  session: Session;
}

/** Least likeness of two sections that have the same number, or nothing else, in common; least part of a section that came out of another. */
const ALIKE = { sameNumber: 0.25, any: 0.5, part: 0.6 };
/** Fewer words say too little to know a section again by them. */
const LEAST_WORDS = 8;
/** Pairs of sections without a counterpart that are weighed; past them only their numbers and titles count. */
const MOST_PAIRS = 40_000;
/** Pairs of all sections up to which each is looked for everywhere. */
const MOST_SECTIONS = 4_000_000;

/**
 * Finds for each section of the newer text what it was in the older one: by title first, by number second, by its words
 * last (numbers move whenever a section is put in, titles seldom change). Then finds sections that were split or merged.
 * Groups come in the order of the newer text, sections that are gone after the one that they followed.
 */
export function groupSections(before: readonly PlainSection[], after: readonly PlainSection[], session: Session): SectionGroup[] {
  const search = { before: toCandidates(before), after: toCandidates(after), session };
  pairBy(search, ({ section, title }) => `${section.number}\u0000${title}`, ifTold);
  pairBy(search, ({ section, title }) => (section.heading.text === '' ? undefined : title), byWords);
  pairBy(search, ({ section }) => section.number || undefined, ifAlike);
  pairAlike(search);
  return order(joinParts(search), search);
}

function toCandidates(sections: readonly PlainSection[]): Candidate[] {
  const titles = sections.map(({ title }) => normalise(title).toLowerCase().replace(/\s+/g, ' '));
  const counts = new Map<string, number>();
  for (const title of titles) counts.set(title, (counts.get(title) ?? 0) + 1);
  return sections.map((section, index) => {
    const title = titles[index] ?? '';
    return { section, index, title, alone: counts.get(title) === 1, partner: undefined };
  });
}

const open = (candidates: readonly Candidate[]) => candidates.filter(({ partner }) => partner === undefined);

type Choose = (older: readonly Candidate[], newer: readonly Candidate[], search: Search) => void;

/** Lets `choose` pair the sections without a counterpart that have the same key on both sides. */
function pairBy(search: Search, keyOf: (candidate: Candidate) => string | undefined, choose: Choose): void {
  const group = (candidates: readonly Candidate[]) => {
    const groups = new Map<string, Candidate[]>();
    for (const candidate of open(candidates)) {
      const key = keyOf(candidate);
      if (key === undefined) continue;
      const known = groups.get(key);
      if (known) known.push(candidate);
      else groups.set(key, [candidate]);
    }
    return groups;
  };
  const newer = group(search.after);
  for (const [key, older] of group(search.before)) choose(older, newer.get(key) ?? [], search);
}

function pair(older: Candidate, newer: Candidate): void {
  older.partner = newer.index;
  newer.partner = older.index;
}

/** The same number and title are the same section, unless others have the title too: then the words must agree as well. */
function ifTold(older: readonly Candidate[], newer: readonly Candidate[], search: Search): void {
  older.forEach((candidate, index) => {
    const other = newer[index];
    if (other && (candidate.alone || other.alone || isSame(candidate, other) || likeness(candidate, other, search) >= ALIKE.any)) pair(candidate, other);
  });
}

const isSame = (a: Candidate, b: Candidate) => areEqual(a.section.blocks, b.section.blocks, isEqual);

function inOrder(older: readonly Candidate[], newer: readonly Candidate[]): void {
  older.forEach((candidate, index) => {
    const other = newer[index];
    if (other) pair(candidate, other);
  });
}

/** One on each side is the same; of several with one title ("Definition") those that share the most words, then those in order. */
function byWords(older: readonly Candidate[], newer: readonly Candidate[], search: Search): void {
  if (older.length === 0 || newer.length === 0) return;
  if (older.length > 1 || newer.length > 1) pairGreedily(older, newer, ALIKE.any, search);
  if (older.length === newer.length) inOrder(open(older), open(newer));
}

function ifAlike(older: readonly Candidate[], newer: readonly Candidate[], search: Search): void {
  const [a, b] = [older[0], newer[0]];
  if (!a || !b || older.length > 1 || newer.length > 1) return;
  const small = bagOf(a, search).length < LEAST_WORDS && bagOf(b, search).length < LEAST_WORDS;
  const like = likeness(a, b, search);
  if (small || like >= ALIKE.any || (like >= ALIKE.sameNumber && !likesAnother(a, b, search))) pair(a, b);
}

/** Whether the words of one of two sections, which have little but their number in common, stand in another one. */
function likesAnother(a: Candidate, b: Candidate, search: Search): boolean {
  const like = (older: Candidate, newer: Candidate) => likeness(older, newer, search) >= ALIKE.any;
  if (search.before.length * search.after.length > MOST_SECTIONS) return false;
  return open(search.after).some((newer) => like(a, newer)) || open(search.before).some((older) => like(older, b));
}

function pairAlike(search: Search): void {
  const long = (candidate: Candidate) => bagOf(candidate, search).length >= LEAST_WORDS;
  pairGreedily(open(search.before).filter(long), open(search.after).filter(long), ALIKE.any, search);
}

/** Pairs those that share the most words, as long as that is at least the given part. */
function pairGreedily(older: readonly Candidate[], newer: readonly Candidate[], least: number, search: Search): void {
  if (older.length * newer.length > MOST_PAIRS) return;
  const pairs = older.flatMap((a) => newer.map((b) => ({ a, b, like: likeness(a, b, search) }))).filter(({ like }) => like >= least);
  pairs.sort((x, y) => y.like - x.like || Math.abs(x.a.index - x.b.index) - Math.abs(y.a.index - y.b.index));
  for (const { a, b } of pairs) if (a.partner === undefined && b.partner === undefined) pair(a, b);
}

function bagOf(candidate: Candidate, { session }: Search): Bag {
  candidate.bag ??= toBag(candidate.section.blocks.flatMap((block) => wordsIn(blockText(block), session).ids));
  return candidate.bag;
}

/** Twice the words that two sections share by the words of both: 1 for the same text, 0 where they have none in common. */
function likeness(a: Candidate, b: Candidate, search: Search): number {
  const [older, newer] = [bagOf(a, search), bagOf(b, search)];
  const all = older.length + newer.length;
  // The shared words cannot be more than those of the shorter one.
  if (2 * Math.min(older.length, newer.length) < ALIKE.sameNumber * all) return 0;
  return all === 0 ? 0 : (2 * countShared(older, newer)) / all;
}

/** Groups of pairs, with new sections that came out of a neighbour and old ones that went into one. */
function joinParts(search: Search): SectionGroup[] {
  const groups = search.after.map(({ partner, index }) => ({ before: partner === undefined ? [] : [partner], after: [index] }));
  const split = joinNeighbours(groups, 'after', search);
  const rest: SectionGroup[] = open(search.before).map(({ index }) => ({ before: [index], after: [] }));
  return joinNeighbours([...split, ...rest].sort(byOldIndex), 'before', search);
}

const byOldIndex = (a: SectionGroup, b: SectionGroup) => (a.before[0] ?? Number.POSITIVE_INFINITY) - (b.before[0] ?? Number.POSITIVE_INFINITY);

/**
 * Takes groups that have sections on `side` only into the neighbouring group whose other side holds their words. Only
 * neighbours, so that both texts keep their order within a group.
 */
function joinNeighbours(groups: readonly SectionGroup[], side: 'before' | 'after', search: Search): SectionGroup[] {
  const other = side === 'after' ? 'before' : 'after';
  const joined: SectionGroup[] = [];
  for (const group of groups) {
    const last = joined.at(-1);
    if (last && isPart(group, last, side, search)) joined[joined.length - 1] = merge(last, group);
    // A part can also stand before the section that it came out of.
    else if (last && last[other].length === 0 && isPart(last, group, side, search)) joined[joined.length - 1] = merge(last, group);
    else joined.push(group);
  }
  return joined;
}

const merge = (first: SectionGroup, second: SectionGroup): SectionGroup => ({
  before: [...first.before, ...second.before].sort((a, b) => a - b),
  after: [...first.after, ...second.after].sort((a, b) => a - b),
});

/** Whether most words of a section without a counterpart are those that the other group's one side has and its other side lacks. */
function isPart(part: SectionGroup, whole: SectionGroup, side: 'before' | 'after', search: Search): boolean {
  const other = side === 'after' ? 'before' : 'after';
  const [index] = part[side];
  if (index === undefined || part.before.length + part.after.length !== 1 || whole.before.length === 0 || whole.after.length === 0) return false;
  if (whole[other].length !== 1 || Math.abs(index - (whole[side].at(index < (whole[side][0] ?? 0) ? 0 : -1) ?? -2)) !== 1) return false;
  const bag = bagOf(search[side][index] as Candidate, search);
  if (bag.length < LEAST_WORDS) return false;
  const source = whole[other].flatMap((at) => [...bagOf(search[other][at] as Candidate, search)]);
  const kept = whole[side].flatMap((at) => [...bagOf(search[side][at] as Candidate, search)]);
  return countShared(bag, subtract(source, kept)) >= ALIKE.part * bag.length;
}

/** What is left of words after others were taken away, each as often as it is there. */
function subtract(words: readonly number[], others: readonly number[]): Bag {
  const counts = new Map<number, number>();
  for (const id of others) counts.set(id, (counts.get(id) ?? 0) + 1);
  return toBag(
    words.filter((id) => {
      const count = counts.get(id) ?? 0;
      if (count > 0) counts.set(id, count - 1);
      return count === 0;
    }),
  );
}

/** In the order of the newer text; what is gone follows what it followed. */
function order(groups: readonly SectionGroup[], { before }: Search): SectionGroup[] {
  const kept = groups.filter(({ after }) => after.length > 0).sort((a, b) => (a.after[0] as number) - (b.after[0] as number));
  const holder = new Map(kept.flatMap((group) => group.before.map((index) => [index, group] as const)));
  const gone = new Map(groups.filter(({ after }) => after.length === 0).map((group) => [group.before[0] as number, group]));
  const followers = new Map<SectionGroup | undefined, SectionGroup[]>();
  let last: SectionGroup | undefined;
  before.forEach((_, index) => {
    const group = gone.get(index);
    if (group) followers.set(last, [...(followers.get(last) ?? []), group]);
    else last = holder.get(index) ?? last;
  });
  return [...(followers.get(undefined) ?? []), ...kept.flatMap((group) => [group, ...(followers.get(group) ?? [])])];
}
