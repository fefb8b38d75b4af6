import type { Section } from '../../../model/document.ts';
import type { Observation, Rule } from '../../../model/finding.ts';
import type { VagueWords } from '../../../model/form-facts.ts';
import { excerpt, nameSection, type Passage, passagesOf, type Sentence, sentencesOf } from '../../../model/running-text.ts';
import type { Draft } from '../../../model/workspace.ts';
import { followsOutline } from './outline-complete.ts';

/** Figures are stated, not replaced by words that stretch: MRSP 3.3.3. */
export const valueStated: Rule = {
  id: 'form/value-stated',
  demands: 'Where a value belongs, the text states it.',
  basis: { standard: 'Mozilla Root Store Policy', edition: '3.1', clause: '3.3.3' },
  severity: 'warning',
  *check({ drafts, formFacts: { vagueWords } }) {
    for (const draft of drafts) {
      const words = readWords(vagueWords, draft);
      if (words.length === 0) continue;
      for (const section of draft.sections) {
        if (!wantsValues(section, draft, vagueWords)) continue;
        for (const passage of passagesOf(section)) yield* checkPassage(passage, section, words);
      }
    }
  },
};

interface Word {
  pattern: RegExp;
  instead: string;
  /** The sentences in which the word counts; undefined for all. */
  onlyIn: RegExp | undefined;
}

/** Letters of the languages that the data has. A class of all letters would take longer to compile than all texts to search. */
const LETTER = '[A-Za-z0-9äöüÄÖÜß]';

const languageOf = (draft: Draft) => draft.language.split('-')[0] ?? '';

function readWords({ words, duties }: VagueWords, draft: Draft): Word[] {
  const language = languageOf(draft);
  const duty = new RegExp(duties[language] ?? '(?!)', 'i');
  return words
    .filter((word) => word.language === language)
    .map((word) => ({
      pattern: new RegExp(`(?<!${LETTER})(?:${word.words})(?!${LETTER})`, 'i'),
      instead: word.instead,
      onlyIn: word.onlyIn && duty,
    }));
}

const TITLES_WITHOUT_VALUES = /definition|acronym|abbreviation|glossar|revision|history|change ?log|references|begriff|abkürzung|geschichte|verzeichnis/iu;

function wantsValues({ number, title }: Section, draft: Draft, { sectionsWithoutValues }: VagueWords): boolean {
  if (TITLES_WITHOUT_VALUES.test(title)) return false;
  return !followsOutline(draft) || !sectionsWithoutValues.some((without) => number === without || number.startsWith(`${without}.`));
}

function* checkPassage(passage: Passage, section: Section, words: readonly Word[]): Iterable<Observation> {
  if (passage.inRevisions || !words.some(({ pattern }) => pattern.test(passage.text))) return;
  const sentences = sentencesOf(passage);
  for (const [index, sentence] of sentences.entries()) {
    const found = findWord(sentence, words);
    if (!found || saysValue(sentence) || saysValue(sentences[index + 1])) continue;
    yield {
      message: `${nameSection(section)} says "${found.said}" and no value.`,
      at: passage.placeAt(sentence.start + found.at),
      seen: excerpt(sentence.text, found.at),
      expected: found.instead,
      advice: 'State the value, or name the section that states it.',
    };
  }
}

function findWord({ text }: Sentence, words: readonly Word[]): { said: string; at: number; instead: string } | undefined {
  let first: { said: string; at: number; instead: string } | undefined;
  for (const { pattern, instead, onlyIn } of words) {
    const match = pattern.exec(text);
    if (!match || (first && first.at <= match.index) || (onlyIn && !onlyIn.test(text))) continue;
    first = { said: match[0], at: match.index, instead };
  }
  return first;
}

const NUMBER = String.raw`(?:\d[\d.,]{0,12}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|eine[mnrs]?|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|zwölf)`;
const UNIT =
  '(?:seconds?|minutes?|hours?|days?|weeks?|months?|quarters?|years?|times|sekunden?|minuten?|stunden?|tage?[sn]?|wochen?|monate?[sn]?|jahre?[sn]?|quartal[es]*)';
/** A period, a time limit, a share, or the section that has it. */
const VALUE = new RegExp(
  [
    String.raw`\b${NUMBER}(?:\)|[\s-]){0,3}(?:(?:\(\d+\)|working|business|calendar|full|consecutive)[\s-]){0,2}${UNIT}\b`,
    String.raw`\d\s?%`,
    String.raw`\b(?:every|each|per|once an?|twice an?|within an?|within the(?: same)?|jede[mnrs]?|pro|alle|einmal im|einmal pro)\s(?:\w+\s)?${UNIT}\b`,
    String.raw`\b(?:annual|year|dai|week|month|quarter|hour)ly\b|\bannual\b|\breal[ -]time\b|\bjährlich|\btäglich|\bmonatlich|\bwöchentlich|\bvierteljährlich`,
    String.raw`\b(?:sections?|abschnitte?n?s?|kapiteln?|clause|table|tabelle)\s\d`,
  ].join('|'),
  'iu',
);

const saysValue = (sentence: Sentence | undefined) => sentence !== undefined && VALUE.test(sentence.text);
