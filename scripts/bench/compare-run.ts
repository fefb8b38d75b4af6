// One run of one way of comparing, in a process of its own: `ours <folder> <count> [print]` or `jsdiff <folder> <index>`.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Comparison, WordChange } from '../../lib/model/change.js';
import type { PolicyDocument } from '../../lib/model/document.js';
import type { PlainText } from '../../lib/model/plain-text.js';

const [mode, folder = '.', argument = '0', print] = process.argv.slice(2);
const read = (index: number, side: string) => readFileSync(join(folder, `${index}-${side}.md`), 'utf8');

if (mode === 'jsdiff') await runJsdiff(Number(argument));
else await runOurs(Number(argument));

async function runOurs(count: number): Promise<void> {
  const { readFrontMatter } = await import('../../lib/read/front-matter.js');
  const { readMarkdown } = await import('../../lib/read/markdown.js');
  const { toPlainText } = await import('../../lib/publish/plain-text.js');
  const { compareTexts } = await import('../../lib/publish/diff.js');
  const parsed = new Map<string, PlainText>();
  const parse = (text: string): PlainText => {
    const known =
      parsed.get(text) ?? toPlainText({ sections: readMarkdown(readFrontMatter(text, 'text.md').body, 'text.md').sections } as unknown as PolicyDocument);
    parsed.set(text, known);
    return known;
  };
  const pairs = Array.from({ length: count }, (_, index) => [parse(read(index, 'before')), parse(read(index, 'after'))] as const);
  const compared = pairs.map(([before, after]) => {
    const start = performance.now();
    const comparison = compareTexts(before, after);
    return { comparison, seconds: (performance.now() - start) / 1000 };
  });
  if (print !== 'print') return;
  const { readWords } = await import('../../lib/publish/diff-words.js');
  const countWords = (text: string) => (text === '\u2029' ? 0 : readWords(text, new Map()).ids.length);
  const results = compared.map(({ comparison, seconds }) => ({ seconds, words: countMarked(comparison, countWords), places: comparison.counts.places }));
  console.log(JSON.stringify({ results, plain: pairs.map(([before, after]) => [plainOf(before), plainOf(after)]) }));
}

function plainOf({ sections }: PlainText): string {
  return sections
    .flatMap(({ heading, blocks }) => [
      heading.text,
      ...blocks.flatMap((block) => (block.kind === 'table' ? block.rows.flat().map(({ text }) => text) : [block.text])),
    ])
    .join('\n');
}

function countMarked({ sections }: Comparison, countWords: (text: string) => number): number {
  const marked = (words: readonly WordChange[]) => words.reduce((all, { kind, text }) => all + (kind === 'same' ? 0 : countWords(text)), 0);
  return sections.reduce((all, { heading, blocks }) => {
    const inBlocks = blocks.map((block) =>
      block.kind === 'text' ? marked(block.words) : block.rows.flatMap(({ cells }) => cells).reduce((of, { words }) => of + marked(words), 0),
    );
    return all + marked(heading.words) + inBlocks.reduce((of, count) => of + count, 0);
  }, 0);
}

async function runJsdiff(index: number): Promise<void> {
  const { diffWordsWithSpace } = await import('diff');
  const { readWords } = await import('../../lib/publish/diff-words.js');
  const [before, after] = [read(index, 'before'), read(index, 'after')];
  const start = performance.now();
  const changes = diffWordsWithSpace(before, after);
  const seconds = (performance.now() - start) / 1000;
  const marked = changes.filter(({ added, removed }) => added || removed);
  const places = changes.filter(({ added, removed }, at) => (added || removed) && !(changes[at - 1]?.added || changes[at - 1]?.removed)).length;
  console.log(JSON.stringify({ seconds, words: marked.reduce((all, { value }) => all + readWords(value, new Map()).ids.length, 0), places }));
}
