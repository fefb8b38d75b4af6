import type { Mark, Section } from './document.ts';
import { readMark } from './mark.ts';

/** A mark that a section is to get. */
export interface NewMark {
  kind: Mark['kind'];
  /** A requirement or clause as marks name it. */
  name: string;
  /** Of an exclusion: why, on one line. */
  reason?: string;
}

/** How far a line of marks reaches before another comment begins. */
const WIDTH = 120;

/**
 * Puts marks into a text and changes no other byte of it. A requirement joins the comment of its section that names others
 * of its standard; without one it gets a comment of its own beside the others, or under the heading. `standards` is the
 * order in which the comments of a section stand. `text` is the whole file of which `sections` were read.
 */
export function placeMarks(text: string, marks: ReadonlyMap<Section, readonly NewMark[]>, standards: readonly string[]): string {
  const lines = splitLines(text);
  const edits = [...marks].flatMap(([section, added]) => editSection({ text, lines, section, standards }, added));
  // From the end, so that the places of the others stay; of two at one place, the later one goes first.
  return edits
    .map((edit, order) => ({ ...edit, order }))
    .sort((a, b) => b.at - a.at || b.order - a.order)
    .reduce((result, { at, insert }) => result.slice(0, at) + insert + result.slice(at), text);
}

interface Edit {
  at: number;
  insert: string;
}

interface Line {
  start: number;
  /** Where its end of line begins. */
  end: number;
  /** Its end of line; empty for the last one. */
  eol: string;
}

interface Site {
  text: string;
  lines: readonly Line[];
  section: Section;
  standards: readonly string[];
}

function splitLines(text: string): Line[] {
  const lines: Line[] = [];
  let start = 0;
  for (const { 0: eol, index } of text.matchAll(/\r\n|\r|\n/g)) {
    lines.push({ start, end: index, eol });
    start = index + eol.length;
  }
  return [...lines, { start, end: text.length, eol: '' }];
}

/** A comment of a section that holds a mark. */
interface Comment {
  mark: Mark;
  standards: readonly string[];
  /** Behind its last word, and behind its `-->`. */
  wordsEnd: number;
  end: number;
  /** The line of its beginning, and that of its end. */
  first: Line;
  last: Line;
  /** Nothing else stands on its lines. */
  isAlone: boolean;
}

function editSection(site: Site, added: readonly NewMark[]): Edit[] {
  const comments = listComments(site);
  const edits: Edit[] = [];
  const fresh: string[] = [];
  const met = Map.groupBy(
    added.filter(({ kind }) => kind === 'meets').map(({ name }) => name),
    standardOf,
  );
  for (const [standard, names] of [...met].sort(([a], [b]) => rankOf(site, a) - rankOf(site, b))) {
    const own = comments.findLast(({ mark, standards }) => mark.kind === 'meets' && standards.includes(standard));
    const left = own ? join(own, names, edits) : names;
    const lines = wrap(left);
    const at = lines.length === 0 ? undefined : own?.isAlone ? afterLine(own.last, lines) : besideOthers(site, comments, standard, lines);
    if (at) edits.push(at);
    else fresh.push(...lines);
  }
  const exclusions = added.filter(({ kind }) => kind === 'excludes').map(({ name, reason }) => `<!-- excludes ${name}: ${reason ?? ''} -->`);
  const last = comments.findLast(({ isAlone }) => isAlone);
  if (exclusions.length > 0 && last) edits.push(afterLine(last.last, exclusions));
  else fresh.push(...exclusions);
  if (fresh.length > 0) edits.push(underHeading(site, fresh));
  return edits;
}

const standardOf = (name: string) => name.slice(0, name.indexOf(':'));

/** A standard that is not in the order comes last. */
function rankOf({ standards }: Site, standard: string): number {
  const rank = standards.indexOf(standard);
  return rank < 0 ? standards.length : rank;
}

function listComments({ text, lines, section }: Site): Comment[] {
  return section.marks.flatMap((mark): Comment[] => {
    const { line = 0, column = 0 } = mark.place.start ?? {};
    const first = lines[line - 1];
    const start = (first?.start ?? 0) + column - 1;
    const close = text.indexOf('-->', start + 4);
    const last = lines.find((candidate) => close >= candidate.start && close <= candidate.end);
    if (!first || !last || !text.startsWith('<!--', start) || close < 0) return [];
    const words = text.slice(start, close).trimEnd();
    const standards = readMark(mark).targets.map(({ standard }) => standard);
    const isAlone = text.slice(first.start, start).trim() === '' && text.slice(close + 3, last.end).trim() === '';
    return [{ mark, standards, wordsEnd: start + words.length, end: close + 3, first, last, isAlone }];
  });
}

/** Adds names to a comment as far as its last line has room; the answer is what has not. In a line with other text there is room for all. */
function join({ wordsEnd, end, last, isAlone }: Comment, names: readonly string[], edits: Edit[]): readonly string[] {
  let insert = '';
  let count = 0;
  const width = end - last.start;
  for (const name of names) {
    if (isAlone && width + insert.length + 1 + name.length > WIDTH) break;
    insert += ` ${name}`;
    count += 1;
  }
  if (count > 0) edits.push({ at: wordsEnd, insert });
  return names.slice(count);
}

/** Comments with these names, each within the width. */
function wrap(names: readonly string[]): string[] {
  const lines: string[][] = [];
  for (const name of names) {
    const line = lines.at(-1);
    if (line && comment([...line, name]).length <= WIDTH) line.push(name);
    else lines.push([name]);
  }
  return lines.map(comment);
}

const comment = (names: readonly string[]) => `<!-- meets ${names.join(' ')} -->`;

/** Before the comment of a standard that comes later, or behind the last one that meets something; undefined where there is none. */
function besideOthers(site: Site, comments: readonly Comment[], standard: string, lines: readonly string[]): Edit | undefined {
  const others = comments.filter(({ isAlone }) => isAlone);
  const later = others.find(({ mark, standards }) => mark.kind === 'excludes' || standards.every((other) => rankOf(site, other) > rankOf(site, standard)));
  if (later) return { at: later.first.start, insert: lines.map((line) => `${line}${later.first.eol || later.last.eol || '\n'}`).join('') };
  const before = others.at(-1);
  return before && afterLine(before.last, lines);
}

/** New lines behind one; what ends that line ends them. */
function afterLine({ end, eol }: Line, lines: readonly string[]): Edit {
  return { at: end, insert: lines.map((line) => `${eol || '\n'}${line}`).join('') };
}

/** New lines under a heading, with an empty line before and behind them. */
function underHeading({ lines, section }: Site, added: readonly string[]): Edit {
  const index = (section.heading?.position?.end.line ?? 1) - 1;
  const head = lines[index] as Line;
  const [next, second] = [lines[index + 1], lines[index + 2]];
  const eol = head.eol || '\n';
  const block = added.join(eol);
  if (!next) return { at: head.end, insert: `${eol}${eol}${block}` };
  const isEmpty = next.start === next.end;
  if (isEmpty && second) return { at: second.start, insert: `${block}${eol}${eol}` };
  return isEmpty ? { at: next.start, insert: `${eol}${block}${eol}` } : { at: next.start, insert: `${eol}${block}${eol}${eol}` };
}
