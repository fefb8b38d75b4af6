import type { Comparison, SectionChange, SectionName } from '../model/change.ts';
import { listChanges } from './change-list.ts';
import { changeFragment, whatHappened } from './changed-sections.ts';
import { escapeHtml } from './escape-html.ts';
import { headingSlugs } from './heading-slugs.ts';
import { renderBlocks } from './redline-blocks.ts';
import { markWords, type RedlinePage, renderInline, type Side, speak, startPlace } from './redline-inline.ts';
import { nameSection, placeIds } from './redline-names.ts';
import type { RedlineWords } from './redline-words.ts';

export interface RedlineOptions {
  words: RedlineWords;
  /** Address of a section, by its anchor, in the older and in the newer text; undefined where there is no page. */
  before?: (anchor: string) => string | undefined;
  after?: (anchor: string) => string | undefined;
  /** Level of the sections' headings; all are of one, for between them others are left out. 3 without it. */
  level?: number;
  /** What all ids begin with, where a page has several redlines. */
  idPrefix?: string;
}

/**
 * A comparison as HTML: changed sections with insertions and deletions, and a line for each run of unchanged ones. A
 * section's id is its anchor in the newer text, `removed-` and the former one where it is gone; changed places are
 * `change-1` and so on. All words of the texts are written as text.
 */
export function renderRedline(comparison: Comparison, options: RedlineOptions): string {
  return renderRedlineParts(comparison, options).join('\n');
}

/** The same in pieces of whole elements, so that a page can take in a long one bit by bit. */
export function renderRedlineParts({ sections }: Comparison, options: RedlineOptions): string[] {
  const page = openPage(sections, options);
  const olderNames = new Map(sections.flatMap(({ before }) => before.map((name) => [name.index, name] as const)));
  const parts: string[] = [];
  let unchanged: SectionName[] = [];
  const tellUnchanged = (): void => {
    if (unchanged.length > 0) parts.push(renderUnchanged(unchanged, options));
    unchanged = [];
  };
  for (const section of sections) {
    if (section.traits.length === 0) {
      unchanged.push(...section.after.slice(0, 1));
      continue;
    }
    tellUnchanged();
    parts.push(renderSection(section, page, options, tellPlace(section, olderNames, options.words)));
  }
  tellUnchanged();
  return parts;
}

/**
 * One section, for the page of that section; its changed places are counted from 1. With a prefix their ids have the
 * section's own in them, too: one version can have changed several sections that a page shows.
 */
export function renderSectionChange(change: SectionChange, options: RedlineOptions): string {
  const { idPrefix = '' } = options;
  const own = idPrefix === '' ? '' : `${idPrefix}${changeFragment(change)}-`;
  return renderSection(change, { ...openPage([change], options), placeIds: placeIds([change], own) }, options, '');
}

/** What changed in brief: how much, in which sections, with links to them and to each changed place, and what is not marked. */
export function renderChangeList(comparison: Comparison, { words, idPrefix = '' }: Pick<RedlineOptions, 'words' | 'idPrefix'>): string {
  return listChanges(comparison, words, idPrefix);
}

function openPage(sections: readonly SectionChange[], { words, level = 3, idPrefix = '', ...hrefs }: RedlineOptions): RedlinePage {
  const anchors = { before: anchorsOf(sections, 'before'), after: anchorsOf(sections, 'after') };
  return {
    words,
    level,
    ids: idPrefix,
    placeIds: placeIds(sections, idPrefix),
    places: 0,
    resolve(target, side) {
      const anchor = anchors[side].get(decode(target).toLowerCase());
      return anchor === undefined ? undefined : hrefs[side]?.(anchor);
    },
  };
}

/** Anchors of a text's sections by all names that links in it may use. */
function anchorsOf(sections: readonly SectionChange[], side: Side): ReadonlyMap<string, string> {
  const names = sections.flatMap((section) => section[side]).filter(({ anchor }) => anchor !== '');
  return new Map([...headingSlugs(names), ...names.map(({ anchor }) => [anchor.toLowerCase(), anchor] as const)]);
}

function decode(target: string): string {
  try {
    return decodeURIComponent(target);
  } catch {
    return target;
  }
}

function renderSection(section: SectionChange, page: RedlinePage, options: RedlineOptions, stood: string): string {
  const own = section.before.length > 0 && section.after.length > 0;
  const fragment = changeFragment(section);
  const id = fragment === '' ? '' : ` id="${escapeHtml(page.ids + fragment)}"`;
  const kind = own ? '' : section.after.length > 0 ? ' added' : ' removed';
  const head = renderHeading(section, page);
  const happened = [whatHappened(section, options.words.notice), stood].filter(Boolean).join(' ');
  const links = linkTexts(section, options);
  const told = `<p class="happened">${escapeHtml(happened)}${links.length > 0 ? ` · ${links.join(' · ')}` : ''}</p>`;
  const blocks = renderBlocks(section.blocks, page, { own, sections: section.after.slice(1) });
  return `<section class="section-redline${kind}"${id}>\n${[head, told, blocks].filter(Boolean).join('\n')}\n</section>`;
}

function renderHeading({ heading, before, after }: SectionChange, page: RedlinePage): string {
  const { spoken, notice } = page.words;
  const tag = `h${page.level}`;
  const shown = heading.after ?? heading.before ?? { text: '' };
  if (before.length > 0 && after.length > 0) {
    const text = heading.words.length > 0 ? markWords(heading.words, heading.before ?? { text: '' }, heading.after ?? { text: '' }, page).join(' ') : '';
    return `<${tag}>${text || escapeHtml(notice.opensText)}</${tag}>`;
  }
  const [mark, side, words] = after.length > 0 ? (['ins', 'after', spoken.addedSection] as const) : (['del', 'before', spoken.removedSection] as const);
  const text = shown.text === '' ? escapeHtml(notice.opensText) : `<${mark}>${renderInline(shown, side, page)}</${mark}>`;
  return `<${tag}${startPlace(page)}>${speak(words)}${text}</${tag}>`;
}

/** Where the section stands in both texts. */
function linkTexts({ before, after }: SectionChange, { words, ...hrefs }: RedlineOptions): string[] {
  const link = (name: SectionName, href: string | undefined, label: string) =>
    href === undefined || name.anchor === '' ? [] : [`<a href="${escapeHtml(href)}">${escapeHtml(label)}</a>`];
  return [
    ...before.flatMap((name) => link(name, hrefs.before?.(name.anchor), words.inOlderText(nameSection(name, words)))),
    ...after.flatMap((name) => link(name, hrefs.after?.(name.anchor), words.inNewerText(nameSection(name, words)))),
  ];
}

/** After which section one that moved stood. */
function tellPlace({ traits, before }: SectionChange, olderNames: ReadonlyMap<number, SectionName>, words: RedlineWords): string {
  const [first] = before;
  if (!first || !traits.includes('moved')) return '';
  const last = olderNames.get(first.index - 1);
  return words.stoodAfter(last && nameSection(last, words));
}

function renderUnchanged(names: readonly SectionName[], { words, after }: RedlineOptions): string {
  const link = (name: SectionName) => {
    const href = name.anchor === '' ? undefined : after?.(name.anchor);
    const text = escapeHtml(nameSection(name, words));
    return href === undefined ? text : `<a href="${escapeHtml(href)}">${text}</a>`;
  };
  const [first] = names;
  const last = names.at(-1);
  if (!first || !last) return '';
  const told = names.length === 1 ? words.unchangedSection(link(first)) : words.unchangedSections(link(first), link(last), names.length);
  return `<p class="unchanged">${told}</p>`;
}
