import type { RootContent } from 'mdast';
import type { Section } from './document.ts';
import type { Place } from './finding.ts';
import { type Passage, passagesOf, sentencesOf } from './running-text.ts';

/**
 * One thing that a text says: a sentence; a point of a list with the sentence that leads to it; a row of a table with the
 * title of its column before each cell.
 */
export interface Assertion {
  section: Section;
  /** What leads to a list or table, without its colon; empty for others. */
  lead: string;
  /** The sentence, point or row itself. */
  own: string;
  /** The sentence from which the lead comes. */
  leader: Assertion | undefined;
  /** Of a paragraph's sentence: the one before it, on which it may build. */
  before: Assertion | undefined;
  /** The list or table of which it is a part: equal for its parts. */
  group: object | undefined;
  /** Whether a list or table follows that it leads to. */
  leads: boolean;
  /** Where a character of `own` stands in the file. */
  placeAt(offset: number): Place;
}

/** What leads to a list or table is read again with each of its parts: a longer text leads to none. */
const LONGEST_LEAD = 2_000;

const known = new WeakMap<Section, readonly Assertion[]>();

/** The assertions of a section in the order of the text. Tables of revisions and blocks of code are left out. */
export function assertionsOf(section: Section): readonly Assertion[] {
  const assertions = known.get(section) ?? collect(section);
  known.set(section, assertions);
  return assertions;
}

function collect(section: Section): Assertion[] {
  const all: Assertion[] = [];
  let leader: Assertion | undefined;
  for (const block of section.blocks) {
    const isGroup = block.type === 'list' || block.type === 'table';
    const found = isGroup
      ? collectGroup(section, block, leader)
      : passagesIn(section, block).flatMap((passage) => readSentences(section, passage, undefined, undefined));
    if (isGroup && leader) leader.leads = found.length > 0;
    all.push(...found);
    const last = found.at(-1);
    leader = block.type === 'paragraph' && last && last.own.length <= LONGEST_LEAD && !/[.!?]["'”’)]*$/.test(last.own) ? last : undefined;
  }
  return all;
}

const passagesIn = (section: Section, block: RootContent): readonly Passage[] => passagesOf({ ...section, blocks: [block] });

const leadOf = (leader: Assertion | undefined) => leader?.own.replace(/[\s:,–-]+$/, '') ?? '';

function collectGroup(section: Section, block: RootContent, leader: Assertion | undefined): Assertion[] {
  const group = {};
  if (block.type === 'table') return readRows(section, passagesIn(section, block), leader, group);
  if (block.type !== 'list') return [];
  return block.children.flatMap((item) =>
    item.children.flatMap((child, index) =>
      child.type === 'list' || child.type === 'table'
        ? collectGroup(section, child, leader)
        : passagesIn(section, child).flatMap((passage) => readSentences(section, passage, index === 0 ? leader : undefined, group)),
    ),
  );
}

/** The sentences of a passage; only the first of a point follows from the lead. */
function readSentences(section: Section, passage: Passage, leader: Assertion | undefined, group: object | undefined): Assertion[] {
  let before: Assertion | undefined;
  return sentencesOf(passage).map(({ start, text }, index) => {
    const skip = text.length - text.trimStart().length;
    const assertion: Assertion = {
      section,
      lead: index === 0 ? leadOf(leader) : '',
      leader: index === 0 ? leader : undefined,
      own: text.trim(),
      before,
      group,
      leads: false,
      placeAt: (offset) => passage.placeAt(start + skip + offset),
    };
    before = assertion;
    return assertion;
  });
}

function readRows(section: Section, rows: readonly Passage[], leader: Assertion | undefined, group: object): Assertion[] {
  const [head, ...body] = rows;
  if (!head || head.inRevisions) return [];
  const titles = cellsOf(head.text).map(({ text }) => text);
  return body.map((row) => {
    let own = '';
    const starts: { at: number; from: number }[] = [];
    for (const [index, { text, from }] of cellsOf(row.text).entries()) {
      own += `${index > 0 ? ' | ' : ''}${titles[index] ? `${titles[index]}: ` : ''}`;
      starts.push({ at: own.length, from });
      own += text;
    }
    const placeAt = (offset: number) => {
      const cell = starts.findLast(({ at }) => at <= offset) ?? starts.find(({ at }) => at > offset);
      return row.placeAt(cell ? cell.from + Math.max(0, offset - cell.at) : 0);
    };
    return { section, lead: leadOf(leader), leader, own, before: undefined, group, leads: false, placeAt };
  });
}

function cellsOf(row: string): { text: string; from: number }[] {
  let from = 0;
  return row.split(' | ').map((raw) => {
    const cell = { text: raw.trim(), from: from + raw.length - raw.trimStart().length };
    from += raw.length + 3;
    return cell;
  });
}
