import type { Heading, Html, Root, RootContent } from 'mdast';
import { toString as toText } from 'mdast-util-to-string';
import { type Processor, unified } from 'unified';
import type { Node, Position } from 'unist';
import { splitComments } from '../model/comment.ts';
import type { Mark, Section } from '../model/document.ts';
import type { Place, ReadingObservation } from '../model/finding.ts';
import { readHeading, slug } from '../model/heading.ts';
import { includedProfile } from '../model/profile-markdown.ts';

/** The sections of a text in its own order, or what kept them from being read. */
export interface MarkdownResult {
  sections: readonly Section[];
  observations: readonly ReadingObservation[];
}

const RULE = 'form/text-readable';
const MOST_CHARACTERS = 5_000_000;
const MOST_DEPTH = 60;
const MOST_OPENINGS = 1_000;
const MARK = /^\s*(meets|excludes)\b/;

/** Which parser does the work: `satteri` (native, fast), or `remark` where no binary of it fits the machine. */
export const parserName: 'satteri' | 'remark' = (await import('satteri').catch(() => undefined)) ? 'satteri' : 'remark';
const processor = parserName === 'satteri' ? await useSatteri() : await useRemark();

async function useSatteri(): Promise<Processor> {
  const { markdownToMdast } = await import('satteri');
  return unified().use(function () {
    // Smart punctuation and front matter stay off: the text is printed as it was written.
    this.parser = (text) => markdownToMdast(text, { features: { frontmatter: false, smartPunctuation: false } }) as Node;
  }) as unknown as Processor;
}

async function useRemark(): Promise<Processor> {
  const [{ default: remarkParse }, { default: remarkGfm }] = await Promise.all([import('remark-parse'), import('remark-gfm')]);
  return unified().use(remarkParse).use(remarkGfm) as unknown as Processor;
}

/** The Markdown tree of a text by the parser of this machine, or by a named one (for comparing the two). */
export async function parseMarkdown(text: string, parser?: 'satteri' | 'remark'): Promise<Root> {
  const chosen = parser === undefined || parser === parserName ? processor : parser === 'satteri' ? await useSatteri() : await useRemark();
  return chosen.parse(text) as Root;
}

/**
 * Parses a text once into numbered sections with positions. `firstLine` is the line of the file on which the text
 * begins, so that every place is the file's own. Text that cannot be parsed safely gives an observation and no sections.
 */
export function readMarkdown(text: string, file: string, firstLine = 1): MarkdownResult {
  const refuse = (message: string, expected: string): MarkdownResult => ({
    sections: [],
    observations: [{ rule: RULE, message, at: { file, start: { line: firstLine, column: 1 } }, expected, advice: 'Simplify the Markdown.' }],
  });
  if (text.length > MOST_CHARACTERS) return refuse(`The text has ${text.length} characters.`, `at most ${MOST_CHARACTERS}`);
  if (nestsDeeply(text)) return refuse('The Markdown nests quotations, lists or brackets too deeply.', `at most ${MOST_DEPTH} levels`);
  try {
    const root = processor.parse(text) as Root;
    if (depthOf(root) > MOST_DEPTH) return refuse('The Markdown is nested too deeply.', `at most ${MOST_DEPTH} levels`);
    if (firstLine > 1) moveDown(root, firstLine - 1);
    return { sections: toSections(root, file), observations: [] };
  } catch (error) {
    return refuse(`The Markdown cannot be parsed: ${error instanceof Error ? error.message : String(error)}.`, 'CommonMark with GFM tables');
  }
}

/** Cheap bounds before parsing: the cost of markers at the start of a line, and of openings within it, grows with their square. */
function nestsDeeply(text: string): boolean {
  return text.split(/\r\n|\r|\n/).some((line) => {
    const markers = /^(?:[ \t]*(?:>|[-*+]|\d{1,9}[.)])(?=[ \t>]|$))+/.exec(line)?.[0] ?? '';
    if ((markers.match(/>|[-*+]|\d[.)]/g)?.length ?? 0) > MOST_DEPTH) return true;
    return /^[ \t]{400,}\S/.test(line) || (line.match(/[[*_~]/g)?.length ?? 0) > MOST_OPENINGS;
  });
}

function depthOf(root: Root): number {
  let level: Node[] = [root];
  for (let depth = 0; depth <= MOST_DEPTH + 1; depth += 1) {
    level = level.flatMap((node) => ('children' in node ? (node.children as Node[]) : []));
    if (level.length === 0) return depth;
  }
  return MOST_DEPTH + 1;
}

function moveDown(node: Node, lines: number): void {
  if (node.position) {
    node.position = {
      start: { ...node.position.start, line: node.position.start.line + lines },
      end: { ...node.position.end, line: node.position.end.line + lines },
    };
  }
  if ('children' in node) for (const child of node.children as Node[]) moveDown(child, lines);
}

function toSections(root: Root, file: string): Section[] {
  const sections: Section[] = [];
  const anchors = new Map<string, number>();
  let heading: Heading | undefined;
  let blocks: RootContent[] = [];
  const close = () => {
    if (heading || blocks.length > 0) sections.push(toSection(heading, blocks, file, anchors));
    blocks = [];
  };
  for (const node of root.children) {
    if (node.type === 'heading') {
      close();
      heading = node;
    } else {
      blocks.push(node);
    }
  }
  close();
  return sections;
}

function toSection(heading: Heading | undefined, blocks: RootContent[], file: string, anchors: Map<string, number>): Section {
  const { number, title } = heading ? readHeading(toText(heading)) : { number: '', title: '' };
  return {
    number,
    title,
    anchor: heading ? unique(number || slug(title), anchors) : '',
    level: number ? number.split('.').length : (heading?.depth ?? 0),
    heading,
    blocks: blocks.filter((block) => !isMark(block)),
    marks: blocks.flatMap((block) => [...readMarks(block, file)]),
    place: toPlace(heading?.position ?? blocks[0]?.position, file),
  };
}

/** Anchors that are taken, each with the last number that was put behind it. */
function unique(anchor: string, taken: Map<string, number>): string {
  let free = anchor;
  let count = taken.get(anchor) ?? 0;
  while (taken.has(free)) free = `${anchor}-${++count + 1}`;
  taken.set(anchor, count);
  taken.set(free, taken.get(free) ?? 0);
  return free;
}

/** Whether a block holds marks and nothing else that a reader could miss. */
function isMark(block: RootContent): boolean {
  if (block.type !== 'html') return false;
  const { comments, rest } = splitComments(block.value);
  return rest.trim() === '' && comments.some((comment) => MARK.test(comment)) && !comments.some(includedProfile);
}

/** The marks of a block, wherever in it they stand. */
function* readMarks(node: Node, file: string): Iterable<Mark> {
  if (node.type === 'html') {
    const { value } = node as Html;
    const { comments, starts } = splitComments(value);
    for (const [index, comment] of comments.entries()) {
      const kind = MARK.exec(comment)?.[1] as Mark['kind'] | undefined;
      if (kind) yield { kind, text: comment.replace(MARK, '').trim(), place: placeWithin(node.position, value.slice(0, starts[index]), file) };
    }
  }
  if ('children' in node) for (const child of node.children as Node[]) yield* readMarks(child, file);
}

/** The marks of a text that is not parsed, one that stands in a block of code among them; their places name the file only. */
export function skimMarks(text: string, file: string): Mark[] {
  return splitComments(text).comments.flatMap((comment) => {
    const kind = MARK.exec(comment)?.[1] as Mark['kind'] | undefined;
    return kind ? [{ kind, text: comment.replace(MARK, '').trim(), place: { file } }] : [];
  });
}

/** Where something stands in a block of HTML, which the parser gives as it is written, line for line. */
function placeWithin(position: Position | undefined, before: string, file: string): Place {
  const lines = before.split(/\r\n|\r|\n/);
  const place = toPlace(position, file);
  if (!place.start || before === '') return place;
  const column = (lines.at(-1)?.length ?? 0) + (lines.length === 1 ? place.start.column : 1);
  return { file, start: { line: place.start.line + lines.length - 1, column } };
}

function toPlace(position: Position | undefined, file: string): Place {
  if (!position) return { file };
  const { start, end } = position;
  return { file, start: { line: start.line, column: start.column }, end: { line: end.line, column: end.column } };
}
