import type { Section } from '../model/document.ts';
import { markName } from '../model/mark.ts';
import type { Requirement } from '../model/requirement.ts';
import { excerpt, passagesOf, sentencesOf } from '../model/running-text.ts';
import type { SuggestedPlace, SuggestedWork, Suggestion } from '../model/suggestion.ts';
import type { Draft, Workspace } from '../model/workspace.ts';
import type { CoverageRow } from './coverage.ts';
import { digest } from './fingerprint.ts';
import { type Guide, guideTo } from './suggest-guide.ts';
import { indexText, type SectionWords, saidIn } from './text-index.ts';
import { stemsOf } from './word-stems.ts';

/** How much each kind of ground counts in the ranking. */
export interface Weights {
  /** Where the catalogue, the outline and the disclosure model put it. */
  place: number;
  /** Its own words, as the section has them. */
  words: number;
  /** Words of the titles that the outline gives its places. */
  topic: number;
  /** Requirements of the same clause that the section meets already. */
  kin: number;
}

/** By trial on the example (docs/measured/suggesting.md). */
export const WEIGHTS: Weights = { place: 0.8, words: 1, topic: 0.3, kin: 0.2 };
const MOST_PLACES = 3;
/** Another place than the first is named where it is so near to those of the catalogue, or has some of the words. */
const NEAR = 0.45;
/** What the place of a section is worth that leaves everything to its subsections. */
const ONLY_HEAD = 0.6;

// Nearly half of the example's own marks stand in sections with the first share or more, 19 of 20 in sections with the second; of
// all other sections fewer than one in a hundred, and one in seven (docs/measured/suggesting.md).
const SAYS = 0.45;
const TOUCHES = 0.12;

interface Options {
  /** Only these texts; without them, all. */
  files?: readonly string[];
  weights?: Weights;
  /** How many places are named at most. */
  most?: number;
}

/** Where each open requirement could be met, in every text in which it could stand: in the order of the texts, then of the rows. */
export function suggestPlaces(workspace: Workspace, rows: readonly CoverageRow[], options: Options = {}): Suggestion[] {
  const { files, weights = WEIGHTS, most = MOST_PLACES } = options;
  const open = rows.filter(({ state }) => state === 'open');
  return workspace.drafts.flatMap((draft) => {
    const own = files && !files.includes(draft.file) ? [] : open.filter(({ requirement }) => couldStandIn(requirement, draft));
    const index = own.length > 0 ? indexWithTwin(draft, workspace.drafts) : [];
    if (index.length === 0) return [];
    const guide = guideTo(draft, workspace);
    return own.map(({ catalogue, requirement }): Suggestion => {
      const words = wordsOf(requirement);
      const way = guide(catalogue, requirement);
      const speaks = ({ section, share }: SectionWords) => way.placeOf(section) >= NEAR || share(words) >= TOUCHES;
      const ranked = rank(index, words, way, weights).filter((place, rank) => rank === 0 || speaks(place));
      return {
        requirement: markName(catalogue, requirement),
        standard: catalogue.standard,
        edition: catalogue.edition,
        summary: requirement.summary,
        level: requirement.level === 'error' ? 'error' : 'warning',
        document: draft.id,
        type: draft.type,
        language: draft.language,
        file: draft.file,
        places: ranked.slice(0, most).map((place) => describe(place, words, draft)),
      };
    });
  });
}

/** A translation is read by the words of the English text of the same document, so that the languages stay in step. */
function indexWithTwin(draft: Draft, drafts: readonly Draft[]): SectionWords[] {
  const index = indexText(draft);
  const twin = isEnglish(draft) ? undefined : drafts.find((other) => other.id === draft.id && isEnglish(other));
  const words = new Map((twin ? indexText(twin) : []).map((entry) => [entry.section.number, entry]));
  return index.map((entry) => ({ ...entry, weight: words.get(entry.section.number || '-')?.weight ?? entry.weight }));
}

const isEnglish = ({ language }: Draft) => language.split('-')[0] === 'en';

/** Whether the catalogue names this type of text for it; one that names none may stand in a CP or CPS. */
function couldStandIn({ documents }: Requirement, { type }: Draft): boolean {
  const types = type.toLowerCase().split('-');
  const wanted: readonly string[] = documents.length > 0 ? documents : ['cp', 'cps'];
  return types.some((name) => wanted.includes(name));
}

/** The words by which the catalogues describe a requirement; they are in English, whatever the language of the texts. */
export const wordsOf = ({ summary, items }: Requirement) => new Set(stemsOf([summary, ...items.map(({ text }) => text)].join(' '), 'en'));

function rank(index: readonly SectionWords[], words: ReadonlySet<string>, guide: Guide, weights: Weights): SectionWords[] {
  const topic = new Set(guide.topic.filter((word) => !words.has(word)));
  const score = (candidate: SectionWords) => {
    const kin = guide.kinOf(candidate.section);
    return (
      weights.place * guide.placeOf(candidate.section) * (candidate.isOnlyHead ? ONLY_HEAD : 1) +
      weights.words * candidate.weight(words) +
      weights.topic * candidate.weight(topic) +
      weights.kin * (kin / (kin + 1))
    );
  };
  // Of sections with the same score, the one that stands first.
  return index
    .map((candidate) => ({ candidate, score: score(candidate) }))
    .sort((a, b) => b.score - a.score)
    .map(({ candidate }) => candidate);
}

function describe({ section, substance, share }: SectionWords, words: ReadonlySet<string>, draft: Draft): SuggestedPlace {
  const had = share(words);
  const work: SuggestedWork = !substance || had < TOUCHES ? 'write' : had < SAYS ? 'read' : 'mark';
  return {
    section: section.number,
    title: section.title,
    anchor: section.anchor,
    line: section.place.start?.line ?? 1,
    share: Math.round(had * 100) / 100,
    work,
    excerpt: findSentence(section, words, draft.language),
    seen: digestSection(section),
  };
}

/** The sentence of a section that has most of these words; the first one where none has any. */
function findSentence(section: Section, words: ReadonlySet<string>, language: string): string {
  let best = { text: '', count: -1 };
  for (const passage of saidIn(section)) {
    for (const { text } of sentencesOf(passage)) {
      const count = new Set(stemsOf(text, language).filter((word) => words.has(word))).size;
      if (count > best.count) best = { text, count };
    }
  }
  return excerpt(best.text.trim(), 0);
}

/** 16 hexadecimal digits that tell what a section says from anything else. Its marks and its number do not count, nor how lines are broken. */
export function digestSection(section: Section): string {
  const words = [section.title, ...passagesOf(section).map(({ text }) => text)].join('\n');
  return digest(words.replace(/[^\S\n]+/g, ' '));
}
