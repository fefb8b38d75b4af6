import type { Heading, Html, Root, RootContent } from 'mdast';
import { toString as toText } from 'mdast-util-to-string';
import { type Processor, unified } from 'unified';
import type { Node, Position } from 'unist';
import { type Mark, readHeading, type Section, slug } from '../model/document.ts';
import type { Place, ReadingObservation } from '../model/finding.ts';

/** The sections of a text in its own order, or what kept them from being read. */
export interface MarkdownResult {
  sections: readonly Section[];
  observations: readonly ReadingObservation[];
}

const RULE = 'form/text-readable';
const MOST_CHARACTERS = 5_000_000;
const MOST_DEPTH = 60;
const MARK = /^<!--\s*(meets|excludes)\b([\s\S]*?)-->\s*$/;

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

/** Cheap bound before parsing, since parsers recurse: markers at the start of a line, and openings in a row. */
function nestsDeeply(text: string): boolean {
  for (const line of text.split('\n')) {
    const markers = /^(?:[ \t]*(?:>|[-*+]|\d{1,9}[.)])(?=[ \t>]|$))+/.exec(line)?.[0] ?? '';
    if ((markers.match(/>|[-*+]|\d[.)]/g)?.length ?? 0) > MOST_DEPTH) return true;
    if (/^[ \t]{400,}\S/.test(line) || /[[*_~`(<!]{400,}/.test(line) || /(?:!?\[[^[\]\n]{0,3}){200,}/.test(line)) return true;
  }
  return false;
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
  const anchors = new Set<string>();
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

function toSection(heading: Heading | undefined, blocks: RootContent[], file: string, anchors: Set<string>): Section {
  const { number, title } = heading ? readHeading(toText(heading)) : { number: '', title: '' };
  const marks = blocks.filter((block): block is Html => block.type === 'html').flatMap((block) => readMark(block, file));
  return {
    number,
    title,
    anchor: heading ? unique(number || slug(title), anchors) : '',
    level: number ? number.split('.').length : (heading?.depth ?? 0),
    heading,
    blocks: blocks.filter((block) => !(block.type === 'html' && MARK.test(block.value))),
    marks,
    place: toPlace(heading?.position ?? blocks[0]?.position, file),
  };
}

function unique(anchor: string, taken: Set<string>): string {
  let free = anchor;
  for (let count = 2; taken.has(free); count += 1) free = `${anchor}-${count}`;
  taken.add(free);
  return free;
}

function readMark(node: Html, file: string): Mark[] {
  const match = MARK.exec(node.value);
  if (!match) return [];
  return [{ kind: match[1] as Mark['kind'], text: (match[2] ?? '').trim(), place: toPlace(node.position, file) }];
}

function toPlace(position: Position | undefined, file: string): Place {
  if (!position) return { file };
  const { start, end } = position;
  return { file, start: { line: start.line, column: start.column }, end: { line: end.line, column: end.column } };
}
