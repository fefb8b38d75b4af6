import type { SectionName } from './change.ts';
import type { SectionSummary } from './notice.ts';

/** The sections of one version's text, in their order. */
export interface TextVersion {
  version: string;
  sections: readonly SectionName[];
}

/** From one version to the next: `same` are index pairs of sections without change. Every section of both stands in one of the lists. */
export interface Step {
  same: readonly (readonly [before: number, after: number])[];
  changes: readonly SectionSummary[];
}

/** What a version did to a section; `step` leads to that version. Steps and versions count from 0. */
export interface LineageEvent extends SectionSummary {
  version: string;
  step: number;
}

/** A number and title that a section bore: from a version on, until the first that no longer has it. */
export interface LineageName {
  number: string;
  title: string;
  anchor: string;
  from: number;
  until: number | undefined;
}

/** One section through the versions of a document. Others are named by their place in the list of lineages. */
export interface Lineage {
  /** Oldest first, at least one; between two of them can be versions without the section. */
  names: readonly LineageName[];
  /** Oldest first. */
  events: readonly LineageEvent[];
  /** The first version with the section, and the section of which it was a part before that. */
  begin: { version: number; splitFrom: number | undefined };
  /** The first version without it, and the section that took it up; undefined while it stands. */
  end: { version: number; mergedInto: number | undefined } | undefined;
}

interface Growing extends Lineage {
  names: LineageName[];
  events: LineageEvent[];
}

/** What is known while the steps are followed. */
interface Trace {
  lineages: Growing[];
  /** Lineages that have ended, by the number and title that they bore last. */
  ended: Map<string, number>;
}

/**
 * Follows each section through the versions as the comparisons tell it: `steps[0]` leads from the first version to the
 * second. A split gives each part a lineage, of which one carries the old one on; what was merged ends in the section
 * that took it. A section that ends and comes back under the same number and title is one, with a gap. Every section of
 * every version belongs to exactly one lineage. Throws for a step that does not say what became of a section.
 */
export function traceSections(versions: readonly TextVersion[], steps: readonly Step[]): readonly Lineage[] {
  if (steps.length !== Math.max(0, versions.length - 1)) throw new Error(`${versions.length} versions have ${steps.length} steps between them.`);
  const trace: Trace = { lineages: [], ended: new Map() };
  let current: readonly number[] = versions[0]?.sections.map((section) => begin(trace, section, 0)) ?? [];
  for (const [index, step] of steps.entries()) {
    current = follow(trace, current, step, { index, before: versions[index] as TextVersion, after: versions[index + 1] as TextVersion });
  }
  return trace.lineages;
}

interface Stride {
  index: number;
  before: TextVersion;
  after: TextVersion;
}

/** The lineage of each section of the newer text, given those of the older one. */
function follow(trace: Trace, current: readonly number[], { same, changes }: Step, stride: Stride): readonly number[] {
  const version = stride.index + 1;
  const next = new Array<number>(stride.after.sections.length).fill(-1);
  const open = new Set(current);
  const leave = (section: number): number => {
    const lineage = current[section];
    if (lineage === undefined || !open.delete(lineage)) throw new Error(`${nameStride(stride)} names a section twice, or one that is not there.`);
    return lineage;
  };
  const arrive = (section: number, lineage: number): void => {
    if (next[section] !== -1) throw new Error(`${nameStride(stride)} names a section twice, or one that is not there.`);
    next[section] = lineage;
  };
  // What ends can come back in a later version only.
  const endings: { lineage: number; mergedInto: number | undefined }[] = [];
  for (const [from, to] of same) arrive(to, leave(from));
  for (const change of changes) {
    const event = { ...change, version: stride.after.version, step: stride.index };
    const { pairs, coming, going } = pairUp(change);
    let carrier: number | undefined;
    for (const [from, to] of pairs) {
      const lineage = leave(from.index);
      arrive(to.index, lineage);
      rename(trace, lineage, to, version).events.push(event);
      carrier ??= lineage;
    }
    for (const section of coming) {
      const lineage = (carrier === undefined ? comeBack(trace, section, version) : undefined) ?? begin(trace, section, version, carrier);
      arrive(section.index, lineage);
      trace.lineages[lineage]?.events.push(event);
    }
    for (const section of going) {
      const lineage = leave(section.index);
      trace.lineages[lineage]?.events.push(event);
      endings.push({ lineage, mergedInto: carrier });
    }
  }
  const lost = open.size > 0 ? stride.before.sections[current.findIndex((lineage) => open.has(lineage))] : stride.after.sections[next.indexOf(-1)];
  if (lost) throw new Error(`${nameStride(stride)} does not say what became of section "${`${lost.number} ${lost.title}`.trim()}".`);
  for (const { lineage, mergedInto } of endings) end(trace, lineage, version, mergedInto);
  return next;
}

const nameStride = ({ before, after }: Stride) => `The comparison of ${before.version} with ${after.version}`;

interface Pairing {
  pairs: readonly (readonly [before: SectionName, after: SectionName])[];
  coming: readonly SectionName[];
  going: readonly SectionName[];
}

/**
 * Which sections of a change go on as which: those with the same title, then with the same number, then in their order.
 * What is left over on one side came (from a split, where there are pairs) or went (by a merger).
 */
function pairUp({ before, after }: SectionSummary): Pairing {
  const pairs: [SectionName, SectionName][] = [];
  const coming = new Set(after);
  const going = new Set(before);
  for (const key of [({ title }: SectionName) => foldTitle(title), ({ number }: SectionName) => number, () => 'any']) {
    if (coming.size === 0 || going.size === 0) break;
    const partners = Map.groupBy([...coming], key);
    for (const from of [...going]) {
      const to = key(from) === '' ? undefined : partners.get(key(from))?.shift();
      if (!to) continue;
      pairs.push([from, to]);
      coming.delete(to);
      going.delete(from);
    }
  }
  return { pairs, coming: [...coming], going: [...going] };
}

const foldTitle = (title: string) => title.toLowerCase().replace(/\s+/g, ' ').trim();
const nameKey = ({ number, title }: { number: string; title: string }) => `${number}\n${foldTitle(title)}`;

function begin({ lineages }: Trace, { number, title, anchor }: SectionName, version: number, splitFrom?: number): number {
  lineages.push({ names: [{ number, title, anchor, from: version, until: undefined }], events: [], begin: { version, splitFrom }, end: undefined });
  return lineages.length - 1;
}

/** The lineage that ended under this number and title, if there is one, goes on. */
function comeBack({ lineages, ended }: Trace, { number, title, anchor }: SectionName, version: number): number | undefined {
  const index = ended.get(nameKey({ number, title }));
  const lineage = index === undefined ? undefined : lineages[index];
  if (!lineage) return undefined;
  ended.delete(nameKey({ number, title }));
  lineage.names.push({ number, title, anchor, from: version, until: undefined });
  lineage.end = undefined;
  return index;
}

function rename({ lineages }: Trace, index: number, { number, title, anchor }: SectionName, version: number): Growing {
  const lineage = lineages[index] as Growing;
  const last = lineage.names.at(-1) as LineageName;
  if (last.number !== number || last.title !== title || last.anchor !== anchor) {
    last.until = version;
    lineage.names.push({ number, title, anchor, from: version, until: undefined });
  }
  return lineage;
}

function end({ lineages, ended }: Trace, index: number, version: number, mergedInto: number | undefined): void {
  const lineage = lineages[index] as Growing;
  const last = lineage.names.at(-1) as LineageName;
  last.until = version;
  lineage.end = { version, mergedInto };
  ended.set(nameKey(last), index);
}
