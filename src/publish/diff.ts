import type { BlockChange, CellChange, ChangeCounts, Comparison, SectionChange, SectionName, SectionTrait, WordChange } from '../model/change.ts';
import type { Inline, PlainBlock, PlainSection, PlainText } from '../model/plain-text.ts';
import { compareBlocks, unchanged } from './diff-blocks.ts';
import { areEqual, isEqual } from './diff-pieces.ts';
import { proveComparison } from './diff-proof.ts';
import { groupSections, type SectionGroup } from './diff-sections.ts';
import { compareCell } from './diff-table.ts';
import type { Session } from './diff-text.ts';
import { longestIncreasing, newEffort } from './diff-words.ts';

/**
 * Compares two texts of one document: sections first, then blocks within them, then words. Nothing of either text is
 * lost: taking the insertions out of the result gives the older text, taking the deletions out the newer one. Every step
 * is bounded, so that no two texts take long. Throws where the result does not hold both texts.
 */
export function compareTexts(before: PlainText, after: PlainText): Comparison {
  const ignored = { quotes: 0, dashes: 0, 'white-space': 0, 'link-targets': 0, formatting: 0, layout: 0 };
  const session: Session = { vocabulary: new Map(), words: new Map(), effort: newEffort(), ignored };
  const groups = groupSections(before.sections, after.sections, session);
  const moved = findMoved(groups);
  const equal = new Set<SectionChange>();
  const sections = groups.map((group) => compareGroup(before.sections, after.sections, group, moved.has(group), session, equal));
  const comparison = { sections, counts: sumCounts(sections.map(countChanges)), ignored };
  proveComparison(comparison, before, after, equal);
  return comparison;
}

/** The groups that stand in another order than before: those outside the longest run that kept it. */
function findMoved(groups: readonly SectionGroup[]): ReadonlySet<SectionGroup> {
  const both = groups.filter(({ before, after }) => before.length > 0 && after.length > 0);
  const kept = new Set(longestIncreasing(both.map(({ before }) => before[0] as number)));
  return new Set(both.filter((_, index) => !kept.has(index)));
}

function compareGroup(
  older: readonly PlainSection[],
  newer: readonly PlainSection[],
  group: SectionGroup,
  moved: boolean,
  session: Session,
  equal: Set<SectionChange>,
): SectionChange {
  const before = group.before.map((index) => older[index] as PlainSection);
  const after = group.after.map((index) => newer[index] as PlainSection);
  const heading = compareCell(before[0]?.heading, after[0]?.heading, session);
  const names = {
    before: group.before.map((index) => nameOf(older[index] as PlainSection, index)),
    after: group.after.map((index) => nameOf(newer[index] as PlainSection, index)),
  };
  const [a, b] = [blocksOf(before), blocksOf(after)];
  if (a.length > 0 && areEqual(a, b, isEqual)) {
    const section = unchangedSection({ traits: listTraits(before, after, moved, [], heading), ...names, heading }, a, b);
    equal.add(section);
    return section;
  }
  const blocks = compareBlocks(a, b, session);
  return { traits: listTraits(before, after, moved, blocks, heading), ...names, heading, blocks };
}

/** Most sections of two versions are the same, and few are ever looked into: their blocks are made when they are asked for. */
function unchangedSection(section: Omit<SectionChange, 'blocks'>, before: readonly PlainBlock[], after: readonly PlainBlock[]): SectionChange {
  let blocks: readonly BlockChange[] | undefined;
  return Object.defineProperty(section, 'blocks', {
    enumerable: true,
    get: () => (blocks ??= before.map((block, index) => unchanged(block, after[index] as PlainBlock))),
  }) as SectionChange;
}

/** The blocks of one section, or of several with the headings of all but the first. */
function blocksOf(sections: readonly PlainSection[]): PlainBlock[] {
  return sections.flatMap(({ heading, blocks }, index) => (index === 0 ? blocks : [toHeading(heading), ...blocks]));
}

const toHeading = (heading: Inline): PlainBlock => ({ kind: 'heading', depth: 0, ...heading });

const nameOf = ({ number, title, anchor }: PlainSection, index: number): SectionName => ({ number, title, anchor, index });

function listTraits(
  before: readonly PlainSection[],
  after: readonly PlainSection[],
  moved: boolean,
  blocks: readonly BlockChange[],
  heading: CellChange,
): SectionTrait[] {
  const [older] = before;
  const [newer] = after;
  if (!older) return ['added'];
  if (!newer) return ['removed'];
  const retitled = !sameTitle(older.title, newer.title);
  const traits: [SectionTrait, boolean][] = [
    ['reworded', blocks.some(({ change }) => change !== 'same') || (heading.change !== 'same' && older.number === newer.number && !retitled)],
    ['renumbered', older.number !== newer.number],
    ['retitled', retitled],
    ['moved', moved],
    ['split', after.length > 1],
    ['merged', before.length > 1],
  ];
  return traits.filter(([, holds]) => holds).map(([trait]) => trait);
}

const sameTitle = (a: string, b: string) => a === b || a.replace(/\s+/g, ' ') === b.replace(/\s+/g, ' ');

/** How much of a section is marked. One that is new or gone is one place. */
export function countChanges(section: SectionChange): ChangeCounts {
  const { heading, before, after } = section;
  const counts = sumCounts([countWords(heading.words), ...(isUntouched(section) ? [] : section.blocks.map(countBlock))]);
  return before.length === 0 || after.length === 0 ? { ...counts, places: 1 } : counts;
}

function countBlock(block: BlockChange): ChangeCounts {
  if (block.change === 'same') return NONE;
  if (block.kind === 'text') return whole(block.change, countWords(block.words));
  return whole(
    block.change,
    sumCounts(block.rows.map(({ change, cells }) => whole(change, sumCounts(cells.map((cell) => whole(cell.change, countWords(cell.words))))))),
  );
}

/** Whether all that changed is the section's heading or place. */
const isUntouched = ({ traits }: SectionChange) => traits.every((trait) => trait === 'renumbered' || trait === 'retitled' || trait === 'moved');

/** What was added or removed as a whole is one place. */
const whole = (change: BlockChange['change'], counts: ChangeCounts): ChangeCounts =>
  change === 'added' || change === 'removed' ? { ...counts, places: 1 } : counts;

const NONE: ChangeCounts = { added: 0, removed: 0, places: 0 };

function sumCounts(all: readonly ChangeCounts[]): ChangeCounts {
  return all.reduce((sum, { added, removed, places }) => ({ added: sum.added + added, removed: sum.removed + removed, places: sum.places + places }), NONE);
}

/** A deletion and the insertion next to it are one place. */
function countWords(words: readonly WordChange[]): ChangeCounts {
  const counts = { added: 0, removed: 0, places: 0 };
  words.forEach(({ kind, text }, index) => {
    if (kind === 'same') return;
    counts[kind] += text.split(/\s+/).filter(Boolean).length;
    if ((words[index - 1]?.kind ?? 'same') === 'same') counts.places += 1;
  });
  return counts;
}
