import { IGNORED, type Reason, type SectionName, type SectionTrait } from '../model/change.ts';
import type { ChangeSummary, SectionSummary } from '../model/notice.ts';
import type { MessageItem } from './message.ts';
import type { NoticeWords } from './notice-words.ts';

/** Where a section stands in the comparison, by its fragment; undefined where no comparison can be linked. */
export type SectionAddress = (fragment: string) => string | undefined;

/**
 * The changed sections, one an item, with what happened to each and its address: `4.9.1 Circumstances for revocation:
 * reworded, renumbered (was 4.9.2)`.
 */
export function listSections(sections: readonly SectionSummary[], words: NoticeWords, address: SectionAddress): MessageItem[] {
  return sections.map((section) => ({ text: `${mainName(section, words)}: ${whatHappened(section, words)}`, url: address(changeFragment(section)) }));
}

/** The fragment of a changed section on the page of a comparison: its anchor, or `removed-` and its former one. */
export function changeFragment({ before, after }: Pick<SectionSummary, 'before' | 'after'>): string {
  const [now] = after;
  if (now) return now.anchor;
  return before[0] ? `removed-${before[0].anchor}` : '';
}

/** What happened to a section, its former number or heading in brackets. */
export function whatHappened({ traits, before, after }: Pick<SectionSummary, 'traits' | 'before' | 'after'>, words: NoticeWords): string {
  const [older] = before;
  const details: Partial<Record<SectionTrait, string | undefined>> = {
    renumbered: older?.number ? words.was(older.number) : undefined,
    retitled: older?.title ? words.was(words.quote(older.title)) : undefined,
    split: words.into(words.list(after.map((section) => shortName(section, words)))),
    merged: words.outOf(words.list(before.map((section) => shortName(section, words)))),
  };
  return traits.map((trait) => [words.traits[trait], details[trait]].filter(Boolean).join(' ')).join(', ');
}

/** A section's number and title. */
export function fullName({ number, title }: Pick<SectionName, 'number' | 'title'>, words: NoticeWords): string {
  return [number, title === number ? '' : title].filter(Boolean).join(' ') || words.opensText;
}

/** A section's number, or its title where it has none. */
export const shortName = (section: SectionName, words: NoticeWords) => section.number || (section.title ? words.quote(section.title) : words.opensText);

/** By which name people know it: that which was split by its former one, any other by that of the newer text. */
function mainName({ traits, before, after }: SectionSummary, words: NoticeWords): string {
  const section = (traits.includes('split') ? before[0] : after[0]) ?? after[0] ?? before[0];
  return section ? fullName(section, words) : words.opensText;
}

/** The same by chapter, for so many that nobody would read the list: no section is left out, its title is. */
export function listChapters(sections: readonly SectionSummary[], words: NoticeWords, address: SectionAddress = () => undefined): MessageItem[] {
  const chapters = new Map<string, SectionSummary[]>();
  for (const section of sections) {
    const chapter = chapterOf(section, words);
    const known = chapters.get(chapter);
    if (known) known.push(section);
    else chapters.set(chapter, [section]);
  }
  return [...chapters].map(([chapter, members]) => ({
    text: `${chapter}: ${words.sections(members.length)}`,
    more: groupByTraits(members, words),
    url: members[0] && address(changeFragment(members[0])),
  }));
}

/** The chapter or appendix in which a section stands. */
export function chapterOf({ before, after }: Pick<SectionSummary, 'before' | 'after'>, words: NoticeWords): string {
  const number = (after[0] ?? before[0])?.number ?? '';
  if (number === '') return words.unnumbered;
  const [, appendix] = /^(?:Appendix-)?([^.]+)/.exec(number) ?? [];
  return /^\d/.test(number) ? words.chapter(number.split('.')[0] ?? number) : words.appendix(appendix ?? number);
}

/** `reworded: 4.1, 4.2.1`: sections to which the same happened, each in one group. */
function groupByTraits(sections: readonly SectionSummary[], words: NoticeWords): string[] {
  const groups = new Map<string, string[]>();
  for (const section of sections) {
    const traits = section.traits.map((trait) => words.traits[trait]).join(', ');
    groups.set(traits, [...(groups.get(traits) ?? []), briefName(section, words)]);
  }
  return [...groups].map(([traits, names]) => `${traits}: ${names.join(', ')}`);
}

/** The sections' numbers, or titles where they have none, with what happened: `4.9.1 (new)`; nothing for `reworded`. */
export function shortNames(sections: readonly SectionSummary[], words: NoticeWords): string[] {
  return sections.map((section) => {
    const told = section.traits.filter((trait) => trait !== 'reworded').map((trait) => words.traits[trait]);
    return `${briefName(section, words)}${told.length > 0 ? ` (${told.join(', ')})` : ''}`;
  });
}

/** `4.9.1`; where the numbers differ, which became which: `4.9.10 → 4.9.9`, `3 → 3.1 + 3.2`. */
function briefName({ before, after }: SectionSummary, words: NoticeWords): string {
  const [older, newer] = [before, after].map((sections) => sections.map((section) => shortName(section, words)).join(' + '));
  return older === newer ? (newer ?? '') : [older, newer].filter(Boolean).join(' → ');
}

/** Why a change reaches as far as it does: `number: 24 → 12 (in 4.9.5 Time to revoke)`. */
export function describeReason({ kind, seen, section }: Reason, words: NoticeWords): string {
  const what = `${words.reasons[kind]}: ${seen}`;
  // What was seen of a whole section can be its name.
  const where = section && fullName(section, words);
  return where === undefined || seen.includes(where) ? what : words.inSection(what, where);
}

/** How many sections differ, in how many places and words; what was counted but not marked. One sentence each. */
export function countSentences({ sections, counts, ignored }: Pick<ChangeSummary, 'sections' | 'counts' | 'ignored'>, words: NoticeWords): string[] {
  const differences = IGNORED.filter((kind) => ignored[kind] > 0).map((kind) => `${words.ignored[kind]} (${words.number(ignored[kind])})`);
  return [
    ...(sections.length > 0 ? [words.counts(sections.length, counts.places, counts.added, counts.removed)] : []),
    ...(differences.length > 0 ? [words.notMarked(words.list(differences))] : []),
  ];
}
