import type { Section } from '../model/document.ts';
import { readMark, resolveTarget } from '../model/mark.ts';
import type { Catalogue, Requirement } from '../model/requirement.ts';
import { isBelow } from '../model/substance.ts';
import type { Draft, Workspace } from '../model/workspace.ts';
import { followsOutline } from './rules/form/outline-complete.ts';
import { stemsOf } from './word-stems.ts';

/** What is known of where a requirement belongs in one text, before a word of its sections is read. */
export interface Guide {
  /** How well a section is the place for it: 1 where the catalogue names it first, 0 where nothing speaks for it. */
  placeOf(section: Section): number;
  /** Words of the titles of its places. */
  topic: readonly string[];
  /** How many requirements of the same clause the text already meets in a section. */
  kinOf(section: Section): number;
}

/** Where the requirements of the catalogues belong in a text: by the RFC 3647 outline, or by the model of a disclosure statement. */
export function guideTo(draft: Draft, { outline, catalogues, statements }: Pick<Workspace, 'outline' | 'catalogues' | 'statements'>) {
  const titles = new Map(outline.sections.map(({ number, title, alsoCalled }) => [number, [title, ...alsoCalled]]));
  const topicOf = (numbers: readonly string[]) => numbers.slice(0, MOST_TOPICS).flatMap((number) => stemsOf(titles.get(number)?.[0] ?? '', 'en'));
  const find = followsOutline(draft) ? byOutline(draft, titles) : undefined;
  const models = draft.type === 'PDS' ? catalogues.flatMap(({ disclosureStatement }) => disclosureStatement) : [];
  const marks = draft.sections.map((section) => ({ section, met: listMet(section, catalogues) })).filter(({ met }) => met.length > 0);
  return (catalogue: Catalogue, requirement: Requirement): Guide => {
    const topic = topicOf(requirement.rfc3647);
    const isKin = (met: Met) => met.catalogue === catalogue && met.requirement.clause === requirement.clause && met.requirement !== requirement;
    const kin = new Map(marks.map(({ section, met }) => [section, met.filter(isKin).length]));
    const kinOf = (section: Section) => kin.get(section) ?? 0;
    if (find) return { topic, kinOf, placeOf: find(requirement.rfc3647) };
    const own = models.filter(
      ({ refs, rfc3647 }) => refs.includes(requirement.id) || rfc3647.some((number) => requirement.rfc3647.slice(0, 2).includes(number)),
    );
    const roots = own.flatMap(({ name, refs }) => {
      const pattern = statements.disclosure.find((known) => known.name === name)?.titles[draft.language.split('-')[0] ?? ''];
      const weight = refs.includes(requirement.id) && catalogue.short === '411-1' ? 1 : 0.7;
      return pattern === undefined ? [] : draft.sections.filter(({ title }) => new RegExp(pattern, 'iu').test(title)).map((root) => ({ root, weight }));
    });
    return {
      topic,
      kinOf,
      placeOf: (section) => Math.max(0, ...roots.map(({ root, weight }) => (root === section || isBelow(section, root) ? weight : 0))),
    };
  };
}

interface Met {
  catalogue: Catalogue;
  requirement: Requirement;
}

function listMet({ marks }: Section, catalogues: readonly Catalogue[]): Met[] {
  return marks
    .filter(({ kind }) => kind === 'meets')
    .flatMap((mark) => readMark(mark).targets)
    .flatMap((target) => {
      const { catalogue, requirements } = resolveTarget(target, catalogues);
      return catalogue ? requirements.map((requirement) => ({ catalogue, requirement })) : [];
    });
}

const MOST_TOPICS = 2;
/** What the first, second, … section that the catalogue names is worth, and those around it. */
const RANKS = [1, 0.75, 0.6, 0.5];
const BELOW = 0.8;
const ABOVE = 0.4;
const BESIDE = 0.15;

/** The place of a number in a text that follows the outline, whatever number the text itself gives to the topic. */
function byOutline({ sections, language }: Draft, titles: ReadonlyMap<string, readonly string[]>) {
  const own = new Map<string, string>();
  const stems = sections.map(({ title }) => new Set(stemsOf(title, language)));
  const locate = (number: string): string => {
    const known = own.get(number);
    if (known !== undefined) return known;
    const wanted = (titles.get(number) ?? []).map((title) => new Set(stemsOf(title, 'en'))).filter(({ size }) => size > 0);
    const agrees = (index: number) => Math.max(0, ...wanted.map((words) => likeness(words, stems[index] as Set<string>)));
    const same = sections.findIndex((section) => section.number === number);
    let best = same;
    if (same < 0 || (wanted.length > 0 && agrees(same) < 0.3)) {
      for (const index of sections.keys()) if (agrees(index) >= 0.6 && agrees(index) > (best < 0 ? 0 : agrees(best))) best = index;
    }
    const found = sections[best]?.number || number;
    own.set(number, found);
    return found;
  };
  return (numbers: readonly string[]) => {
    const wanted = numbers.map((number, index) => ({ number: locate(number), weight: RANKS[Math.min(index, RANKS.length - 1)] as number }));
    return ({ number }: Section) => (number === '' ? 0 : Math.max(0, ...wanted.map((place) => place.weight * nearness(number, place.number))));
  };
}

function nearness(number: string, wanted: string): number {
  if (number === wanted) return 1;
  if (number.startsWith(`${wanted}.`)) return BELOW;
  if (wanted.startsWith(`${number}.`)) return number.includes('.') ? ABOVE : 0;
  const parent = wanted.slice(0, wanted.lastIndexOf('.'));
  return parent.includes('.') && number.startsWith(`${parent}.`) ? BESIDE : 0;
}

/** Share of common words in two titles. */
function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const shared = [...a].filter((word) => b.has(word)).length;
  return (2 * shared) / (a.size + b.size);
}
