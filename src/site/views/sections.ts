import type { SectionName } from '../../model/change.ts';
import type { Timeline, VersionSpan } from '../../model/in-force.ts';
import { type Lineage, type LineageEvent, type LineageName, type Step, type TextVersion, traceSections } from '../../model/lineage.ts';
import { compareVersionNumbers } from '../../model/version-number.ts';
import type { Link, SectionHappening, SectionLineage, SectionPage, SectionRow, SectionsPage, SectionsRow } from '../page.ts';
import { words } from '../words.ts';
import { noticePath } from './changes.ts';
import { type SiteContext, versionLanguages, versionPath } from './context.ts';
import { documentLink } from './text.ts';

/** A text of a document that can be compared, in the language of its sections' pages. */
export interface SectionText extends TextVersion {
  span: VersionSpan;
}

/** A step and the key of its comparison, by which the redlines of a page's rows are found when it is rendered. */
export interface SectionStep extends Step {
  pair: string;
}

/** What the pages of a document's sections are made of: its texts of one language, oldest first, and the steps between them. */
export interface SectionSource {
  language: string;
  texts: readonly SectionText[];
  steps: readonly SectionStep[];
}

interface Sections extends SectionSource {
  context: SiteContext;
  timeline: Timeline;
  lineages: readonly Lineage[];
  /** By section number, those that ever bore it. */
  bearers: ReadonlyMap<string, readonly Lineage[]>;
}

/** Path of the page of a section number, and of the list of all. */
export const sectionPath = (document: string, number?: string) => `/${document}/sections/${number === undefined ? '' : `${number}/`}`;

/**
 * The list of all section numbers of a document, and a page for each number that any of its texts has. Nothing in a
 * section's page depends on versions that leave the section alone. Empty where no text can be compared.
 */
export function sectionPages(context: SiteContext, timeline: Timeline, source: SectionSource): readonly (SectionsPage | SectionPage)[] {
  if (source.texts.length === 0) return [];
  const lineages = traceSections(source.texts, source.steps);
  const bearers = new Map<string, Lineage[]>();
  for (const lineage of lineages) {
    for (const number of new Set(lineage.names.map((name) => name.number))) {
      const known = bearers.get(number);
      if (known) known.push(lineage);
      else if (number !== '') bearers.set(number, [lineage]);
    }
  }
  const sections: Sections = { ...source, context, timeline, lineages, bearers };
  return [listPage(sections), ...[...bearers.keys()].map((number) => sectionPage(sections, number))];
}

const base = ({ context, language }: Sections, path: string, title: string, description: string) => ({
  url: context.href(path),
  canonical: context.absolute(path),
  language,
  title,
  description,
  relations: [],
});

/** A lineage has its page under the last number that it bore. */
const lastNumber = ({ names }: Lineage) => names.findLast(({ number }) => number !== '')?.number;
const lastName = ({ names }: Lineage) => names.at(-1) as LineageName;
const headingOf = ({ number, title }: Pick<SectionName, 'number' | 'title'>) => `${number} ${title}`.trim();

/** What bore a number last: what stands, then what ended last. */
function bornLast({ bearers }: Sections, number: string): readonly Lineage[] {
  const standsUntil = (lineage: Lineage) => lineage.end?.version ?? Number.POSITIVE_INFINITY;
  const own = bearers.get(number)?.filter((lineage) => lastNumber(lineage) === number) ?? [];
  return own.toSorted((a, b) => (standsUntil(a) === standsUntil(b) ? 0 : standsUntil(b) - standsUntil(a)));
}

function sectionPage(sections: Sections, number: string): SectionPage {
  const { context, timeline, language, bearers } = sections;
  const document = documentLink(context, timeline);
  const own = bornLast(sections, number);
  const [first] = own;
  const title = first ? headingOf({ number, title: lastName(first).title }) : number;
  return {
    kind: 'section',
    ...base(sections, sectionPath(timeline.document, number), title, words(language).sectionHistory(title, document.title)),
    // Texts in force are what a search engine should find, not what was taken out of them.
    indexed: false,
    document,
    number,
    lineages: own.map((lineage) => showLineage(sections, lineage)),
    elsewhere: (bearers.get(number) ?? []).filter((lineage) => !own.includes(lineage)).flatMap((lineage) => passedOn(sections, lineage, number)),
    sections: context.href(sectionPath(timeline.document)),
    history: context.href(`/${timeline.document}/history/`),
  };
}

function showLineage(sections: Sections, lineage: Lineage): SectionLineage {
  const heading = headingOf(lastName(lineage));
  const names = lineage.names.map((name) => ({ heading: headingOf(name), ...interval(sections, name) }));
  return {
    heading,
    stands: lineage.end === undefined,
    names: names.reverse().filter((name) => name.heading !== heading),
    rows: listRows(sections, lineage).map(withText),
  };
}

/** Of how many versions, the newest, a page shows the text with insertions and deletions; the others lead to their notices. */
const MOST_SHOWN = 50;
const withText = (row: SectionRow, index: number): SectionRow => (index < MOST_SHOWN ? row : { ...row, change: undefined });

/** When a section that is shown elsewhere bore a number. */
function passedOn(sections: Sections, lineage: Lineage, number: string): SectionPage['elsewhere'] {
  const home = { href: sections.context.href(sectionPath(sections.timeline.document, lastNumber(lineage))), label: headingOf(lastName(lineage)) };
  return lineage.names.filter((name) => name.number === number).map((name) => ({ section: home, ...interval(sections, name) }));
}

/** The first and the last version that had a name; for one that stands, the last is the first: what comes later is none of its business. */
function interval({ texts }: Sections, { from, until }: LineageName): { from: string; to: string } {
  const name = (index: number) => texts[index]?.version ?? '';
  return { from: name(from), to: name(until === undefined ? from : until - 1) };
}

/** The rows of a lineage, newest first; those of a part go on with what it was a part of. */
function listRows(sections: Sections, lineage: Lineage, before = Number.POSITIVE_INFINITY): SectionRow[] {
  const rows = lineage.events.filter(({ step }) => step + 1 < before).map((event) => eventRow(sections, lineage, event));
  const { version, splitFrom } = lineage.begin;
  if (version === 0) rows.unshift(firstRow(sections, lineage));
  const whole = splitFrom === undefined ? undefined : sections.lineages[splitFrom];
  if (!whole) return rows.reverse();
  const past = listRows(sections, whole, version).map((row) => ({ ...row, partOf: row.partOf ?? nameLink(sections, nameAt(whole, version - 1)) }));
  return [...rows.reverse(), ...past];
}

function firstRow(sections: Sections, lineage: Lineage): SectionRow {
  return { ...rowOf(sections, 0, nameAt(lineage, 0)), happened: [{ kind: 'first' }], counts: undefined, change: undefined, notice: undefined };
}

function eventRow(sections: Sections, lineage: Lineage, event: LineageEvent): SectionRow {
  const pair = sections.steps[event.step]?.pair ?? '';
  // As the redlines name their sections.
  const anchor = event.after[0]?.anchor ?? `removed-${event.before[0]?.anchor ?? ''}`;
  return {
    ...rowOf(sections, event.step + 1, nameAt(lineage, event.step + 1)),
    happened: tellEvent(sections, lineage, event),
    counts: event.counts,
    change: { pair, anchor },
    notice: `${noticeHref(sections, event.step + 1)}#${anchor}`,
  };
}

function noticeHref({ context, texts, language }: Sections, index: number): string {
  const { entry } = (texts[index] as SectionText).span;
  const primary = versionLanguages(entry, context.workspace.config.languages)[0] === language;
  return context.href(noticePath(entry, primary ? undefined : language));
}

function rowOf({ context, texts, language }: Sections, index: number, name: LineageName | undefined) {
  const { span } = texts[index] as SectionText;
  const primary = versionLanguages(span.entry, context.workspace.config.languages)[0] === language;
  const href = context.href(versionPath(span.entry, primary ? undefined : language));
  return {
    version: { href: name?.anchor ? `${href}#${name.anchor}` : href, label: span.entry.version },
    from: context.when(span.from),
    partOf: undefined,
    html: undefined,
  };
}

const nameAt = ({ names }: Lineage, version: number) => names.find(({ from, until }) => from <= version && (until === undefined || version < until));

/** A section by the name that it had then; its page stays, whatever its number is now. */
function nameLink({ context, timeline }: Sections, name: Pick<SectionName, 'number' | 'title'> | undefined): Link | string {
  if (!name?.number) return name?.title ?? '';
  return { href: context.href(sectionPath(timeline.document, name.number)), label: headingOf(name) };
}

/** What a version did to a section, seen from that section. */
function tellEvent(sections: Sections, lineage: Lineage, { step, traits, before, after }: LineageEvent): SectionHappening[] {
  const older = nameAt(lineage, step);
  const newer = nameAt(lineage, step + 1);
  const others = (kind: SectionHappening['kind'], names: readonly SectionName[], own?: LineageName): SectionHappening[] =>
    names.filter((name) => name.anchor !== own?.anchor).map((name) => ({ kind, section: nameLink(sections, name) }));
  if (!newer) return after.length === 0 ? [{ kind: 'removed' }] : others('merged-into', after);
  if (!older) return before.length > 0 ? others('split-from', before) : [{ kind: lineage.begin.version === step + 1 ? 'added' : 'again' }];
  const several = before.length > 1 || after.length > 1;
  return [
    ...(traits.includes('reworded') ? [{ kind: 'reworded' as const }] : []),
    ...(older.number !== newer.number ? [{ kind: 'renumbered' as const, was: older.number || '–' }] : []),
    ...(older.title !== newer.title && (several || traits.includes('retitled')) ? [{ kind: 'retitled' as const, was: older.title }] : []),
    ...(traits.includes('moved') ? [{ kind: 'moved' as const }] : []),
    ...others('split-off', after, newer),
    ...others('took', before, older),
  ];
}

function listPage(sections: Sections): SectionsPage {
  const { context, timeline, texts, language, bearers } = sections;
  const document = documentLink(context, timeline);
  const path = sectionPath(timeline.document);
  const title = words(language).sectionsOf(document.title);
  const numbers = new Set(texts.at(-1)?.sections.flatMap(({ number }) => (number === '' ? [] : [number])));
  const gone = [...bearers.keys()].filter((number) => !numbers.has(number)).sort(compareVersionNumbers);
  return {
    kind: 'sections',
    ...base(sections, path, title, title),
    indexed: true,
    document,
    standing: [...numbers].map((number) => listRow(sections, number)),
    gone: gone.map((number) => listRow(sections, number)),
    history: context.href(`/${timeline.document}/history/`),
  };
}

/** A number with what bore it last. */
function listRow(sections: Sections, number: string): SectionsRow {
  const { context, timeline, bearers } = sections;
  const own = bornLast(sections, number);
  const [first] = own;
  const last = first?.events.at(-1);
  const { version, from } = last && first ? rowOf(sections, last.step + 1, nameAt(first, last.step + 1)) : {};
  return {
    number,
    title: lastName(first ?? (bearers.get(number)?.at(-1) as Lineage)).title,
    href: context.href(sectionPath(timeline.document, number)),
    level: number.split('.').length,
    changes: own.reduce((sum, { events }) => sum + events.length, 0),
    last: version && from && { ...version, from },
  };
}
