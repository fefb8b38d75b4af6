import type { Section } from '../model/document.ts';
import { passagesOf } from '../model/running-text.ts';
import { hasSubstance } from '../model/substance.ts';
import type { Draft } from '../model/workspace.ts';
import { stemsOf } from './word-stems.ts';

/** A section by its words, to be held against those of a requirement. */
export interface SectionWords {
  section: Section;
  /** Whether it, or a subsection, says anything. */
  substance: boolean;
  /** Whether it leaves everything to its subsections. */
  isOnlyHead: boolean;
  /** The share of these words that its text has, without the title, each weighed by how rare it is in the text: 0 to 1. */
  share(words: ReadonlySet<string>): number;
  /** The same with the title, but a word counts more where it is said again, and less in a long section: 0 to 2.2. */
  weight(words: ReadonlySet<string>): number;
}

// The usual constants of BM25 are 1.2 and 0.75; sections of a CPS that are long are rarely so for nothing.
const SATURATION = 1.2;
const LENGTH = 0.6;
/** How often a word of the title counts, and how much all words do where there is hardly more than the title. */
const TITLE = 2;
const ONLY_TITLE = 0.5;

/** The sections of a text that have a heading, in its order. */
export function indexText({ sections, language }: Draft): SectionWords[] {
  const counted = sections.map((section, index) => ({ section, index, ...countWords(section, language) }));
  const frequency = new Map<string, number>();
  for (const { counts } of counted) for (const word of counts.keys()) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  const rarity = (word: string) => Math.log(1 + counted.length / (1 + (frequency.get(word) ?? 0)));
  const usual = Math.max(1, counted.reduce((sum, { length }) => sum + length, 0) / counted.length);
  return counted
    .filter(({ section }) => section.heading !== undefined)
    .map(({ section, index, counts, said, length }) => {
      const substance = hasSubstance(sections, index);
      const damp = SATURATION * (1 - LENGTH + (LENGTH * length) / usual);
      const again = (times: number) => ((SATURATION + 1) * times) / (times + damp);
      return {
        section,
        substance,
        isOnlyHead: substance && length === 0,
        share: (words) => average(words, rarity, (word) => (said.has(word) ? 1 : 0)),
        weight: (words) => (substance ? 1 : ONLY_TITLE) * average(words, rarity, (word) => again(counts.get(word) ?? 0)),
      };
    });
}

/** What a section says of today: what its table of revisions tells may be of another day. */
export const saidIn = (section: Section) => passagesOf(section).filter(({ inRevisions }) => !inRevisions);

function countWords(section: Section, language: string): { counts: ReadonlyMap<string, number>; said: ReadonlySet<string>; length: number } {
  const words = saidIn(section).flatMap(({ text }) => stemsOf(text, language));
  const title = stemsOf(section.title, language);
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  for (const word of title) counts.set(word, (counts.get(word) ?? 0) + TITLE);
  return { counts, said: new Set(words), length: words.length };
}

function average(words: ReadonlySet<string>, weigh: (word: string) => number, value: (word: string) => number): number {
  let [all, sum] = [0, 0];
  for (const word of words) {
    const weight = weigh(word);
    all += weight;
    sum += weight * value(word);
  }
  return all === 0 ? 0 : sum / all;
}
