import type { Comparison, SectionChange } from '../model/change.ts';
import { changeFragment, chapterOf, countSentences, fullName, whatHappened } from './changed-sections.ts';
import { countChanges } from './diff.ts';
import { escapeHtml } from './escape-html.ts';
import { placeIds } from './redline-names.ts';
import type { RedlineWords } from './redline-words.ts';

/** Longer lists are folded by chapter. */
const MOST_SECTIONS = 40;
/** Changed places of a section that are linked one by one; of more, the first and the last. */
const MOST_PLACES = 6;

/** A changed section with the numbers of its changed places. */
interface Entry {
  section: SectionChange;
  number: string;
  first: number;
  places: number;
}

interface List {
  words: RedlineWords;
  ids: string;
  placeIds: string;
}

/** The changed sections as a nested list, each with what happened and links to it and its changed places; how much changed before it, what is not marked after it. */
export function listChanges(comparison: Comparison, words: RedlineWords, idPrefix: string): string {
  const list = { words, ids: idPrefix, placeIds: placeIds(comparison.sections, idPrefix) };
  const counted = comparison.sections.filter(({ traits }) => traits.length > 0).map((section) => ({ section, counts: countChanges(section) }));
  let places = 0;
  const entries = counted.map(({ section, counts }): Entry => {
    places += counts.places;
    return { section, number: (section.after[0] ?? section.before[0])?.number ?? '', first: places - counts.places + 1, places: counts.places };
  });
  const summary = counted.map(({ section, counts }) => ({ ...section, counts }));
  const sentences = countSentences({ ...comparison, sections: summary }, words.notice).map((sentence) => `<p>${escapeHtml(sentence)}</p>`);
  const [amount, ...notMarked] = entries.length > 0 ? sentences : ['', ...sentences];
  const chapters = entries.length > MOST_SECTIONS ? groupByChapter(entries, words) : [{ chapter: '', members: entries }];
  const lists = chapters.map(({ chapter, members }) => (chapter === '' ? nest(members, list) : foldChapter(chapter, members, list)));
  return `<div class="change-list">\n${[amount, ...lists, ...notMarked].filter(Boolean).join('\n')}\n</div>`;
}

function groupByChapter(entries: readonly Entry[], { notice }: RedlineWords): { chapter: string; members: Entry[] }[] {
  const groups: { chapter: string; members: Entry[] }[] = [];
  for (const entry of entries) {
    const chapter = chapterOf(entry.section, notice);
    const last = groups.at(-1);
    if (last?.chapter === chapter) last.members.push(entry);
    else groups.push({ chapter, members: [entry] });
  }
  return groups;
}

function foldChapter(chapter: string, members: readonly Entry[], list: List): string {
  const summary = `${chapter}: ${list.words.notice.sections(members.length)}`;
  return `<details><summary>${escapeHtml(summary)}</summary>\n${nest(members, list)}\n</details>`;
}

/** Sections below the one of whose number theirs is a part. */
function nest(entries: readonly Entry[], list: List): string {
  const items: string[] = [];
  for (let index = 0; index < entries.length; ) {
    const entry = entries[index] as Entry;
    const next = entries.findIndex(({ number }, other) => other > index && !isBelow(number, entry.number));
    const below = entries.slice(index + 1, next < 0 ? entries.length : next);
    items.push(`<li>${describe(entry, list)}${below.length > 0 ? nest(below, list) : ''}</li>`);
    index += 1 + below.length;
  }
  return `<ul>${items.join('\n')}</ul>`;
}

const isBelow = (number: string, other: string) => other !== '' && number.startsWith(`${other}.`);

function describe({ section, first, places }: Entry, list: List): string {
  const { words } = list;
  const name = section.after[0] ?? section.before[0];
  const title = escapeHtml(name ? fullName(name, words.notice) : words.notice.opensText);
  const fragment = changeFragment(section);
  const heading = fragment === '' ? title : `<a href="#${escapeHtml(list.ids + fragment)}">${title}</a>`;
  return [`${heading}: ${escapeHtml(whatHappened(section, words.notice))}`, ...(places > 0 ? [linkPlaces(first, places, list)] : [])].join(', ');
}

function linkPlaces(first: number, places: number, { words, placeIds }: List): string {
  const link = (place: number) => `<a href="#${escapeHtml(placeIds)}${place}">${words.notice.number(place)}</a>`;
  if (places === 1) return words.change(link(first));
  if (places > MOST_PLACES) return words.changesFrom(link(first), link(first + places - 1));
  return words.changes(Array.from({ length: places }, (_, index) => link(first + index)));
}
