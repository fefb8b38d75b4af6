// Comparing all neighbouring texts of both real histories: ours beside `git diff --word-diff` and jsdiff over whole texts.
// Run by `npm run bench -- compare`; with `--write` the table in docs/measured/comparing.md is written anew.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { normalise, WORD } from '../../lib/publish/diff-words.js';
import { diffWords, listPairs, type TextPair } from '../../test/helpers/histories.ts';
import { measure } from './measure.ts';

/** What a tool made of one pair: seconds, words marked, separate places marked; undefined where it did not finish. */
interface Result {
  seconds: number;
  words: number;
  places: number;
}

const LIMIT = 60_000;
const RUN = fileURLToPath(new URL('./compare-run.ts', import.meta.url));
const TABLE = new URL('../../docs/measured/comparing.md', import.meta.url);
const TOOLS = ['fewest', 'ours', 'git', 'jsdiff'] as const;

/** Compares all pairs with each tool, prints the sums and the targets. */
export async function benchComparing(
  work: string,
  target: (text: string, reached: number, limit: number, unit: string) => void,
  write: boolean,
): Promise<void> {
  const folder = join(work, 'pairs');
  mkdirSync(folder);
  const pairs = listPairs(folder);
  pairs.forEach((pair, index) => {
    writeFileSync(join(folder, `${index}-before.md`), pair.before.text);
    writeFileSync(join(folder, `${index}-after.md`), pair.after.text);
  });
  const ours = runOurs(folder, pairs.length);
  const git = pairs.map((_, index) => runGit(folder, index));
  const fewest = pairs.map((_, index) => countFewest(folder, ours.plain[index] ?? ['', '']));
  const jsdiff = pairs.map((_, index) => runJsdiff(folder, index));
  const whole = await measure(process.execPath, [RUN, 'ours', folder, String(pairs.length)], folder);
  console.log(
    `all of it, with start, reading and parsing${' '.repeat(22)} ${whole.seconds.toFixed(2).padStart(7)} s ${whole.megabytes.toFixed(0).padStart(6)} MB`,
  );
  const results = { fewest, ours: ours.results, git, jsdiff };
  const sums = Object.fromEntries(TOOLS.map((tool) => [tool, sum(results[tool])])) as Record<(typeof TOOLS)[number], Result>;
  for (const tool of TOOLS)
    console.log(`${tool.padEnd(64)} ${sums[tool].seconds.toFixed(2).padStart(7)} s, ${sums[tool].words} words in ${sums[tool].places} places`);
  target('comparing, against twice git diff --word-diff', sums.ours.seconds, 2 * sums.git.seconds, 's');
  target('comparing, against a fiftieth of jsdiff (a minute a pair at most)', sums.ours.seconds, sums.jsdiff.seconds / 50, 's');
  target('words marked, against the fewest', sums.ours.words / sums.fewest.words, 1.03, 'times');
  target('separate places, against half of those of a word diff of the whole text', sums.ours.places, sums.fewest.places / 2, 'places');
  if (write) writeFileSync(TABLE, writeTable(pairs, results, sums));
}

const sum = (results: readonly (Result | undefined)[]): Result =>
  results.reduce<Result>(
    (all, result) => ({
      seconds: all.seconds + (result?.seconds ?? LIMIT / 1000),
      words: all.words + (result?.words ?? 0),
      places: all.places + (result?.places ?? 0),
    }),
    { seconds: 0, words: 0, places: 0 },
  );

function runOurs(folder: string, count: number): { results: Result[]; plain: [string, string][] } {
  return JSON.parse(execFileSync(process.execPath, [RUN, 'ours', folder, String(count), 'print'], { maxBuffer: 1 << 30, encoding: 'utf8' }));
}

/** The whole text as it is compared, word by word, with the white space between words as words of their own for the places. */
function countFewest(folder: string, [before, after]: readonly [string, string]): Result {
  const words = (text: string) => [...normalise(text).matchAll(WORD)].map(([word]) => word);
  const spaced = (text: string) => (text.match(/\s+|\S+/g) ?? []).map((word) => JSON.stringify(word));
  return { seconds: 0, words: diffWords(folder, words(before), words(after)).edits, places: diffWords(folder, spaced(before), spaced(after)).places };
}

function runGit(folder: string, index: number): Result {
  const start = performance.now();
  const { stdout } = spawnSync('git', ['diff', '--no-index', '--word-diff', `${index}-before.md`, `${index}-after.md`], {
    cwd: folder,
    maxBuffer: 1 << 28,
    encoding: 'utf8',
  });
  const seconds = (performance.now() - start) / 1000;
  const marked = [...stdout.matchAll(/(?:\[-[\s\S]*?-\])?(?:\{\+[\s\S]*?\+\})?/g)].map(([text]) => text).filter((text) => text !== '');
  const words = marked.flatMap((text) =>
    [...text.matchAll(/\[-([\s\S]*?)-\]|\{\+([\s\S]*?)\+\}/g)].map(([, removed, added]) => countWords(removed ?? added ?? '')),
  );
  return { seconds, words: words.reduce((all, count) => all + count, 0), places: marked.length };
}

const countWords = (text: string) => [...normalise(text).matchAll(WORD)].length;

function runJsdiff(folder: string, index: number): Result | undefined {
  const { stdout, status } = spawnSync(process.execPath, [RUN, 'jsdiff', folder, String(index)], { timeout: LIMIT, encoding: 'utf8', maxBuffer: 1 << 28 });
  return status === 0 ? JSON.parse(stdout) : undefined;
}

function writeTable(
  pairs: readonly TextPair[],
  results: Record<(typeof TOOLS)[number], readonly (Result | undefined)[]>,
  sums: Record<(typeof TOOLS)[number], Result>,
): string {
  const cell = (result: Result | undefined) => (result ? `${result.words} | ${result.places}` : 'not within a minute | –');
  const row = (name: string, of: (tool: (typeof TOOLS)[number]) => Result | undefined) => `| ${name} | ${TOOLS.map((tool) => cell(of(tool))).join(' | ')} |`;
  return [
    '# Comparing texts, measured',
    '',
    'Every two neighbouring texts of two real histories: the CP, CPS and CP/CPS of Let’s Encrypt and the Baseline Requirements and EV',
    'Guidelines of the CA/Browser Forum. For each way of comparing: words marked, and separate places in which they stand (a deletion',
    'and the insertion beside it are one; for ours a new row, block or section is one as well).',
    '',
    '- *Fewest*: the shortest edit script of the plain words of the whole texts; its places with the white space between words counted',
    '  as words, as a word diff has them.',
    '- *Cartulary*: sections, then blocks, then words. Quotes, dashes, white space and formatting that differ are not marked, and',
    '  neither are the words of sections that only moved.',
    '- *git*: `git diff --word-diff` of the two Markdown files.',
    '- *jsdiff*: `diffWordsWithSpace` of the two Markdown files, stopped after a minute a pair.',
    '',
    'Made by `npm run bench -- compare --write`, which measures the time as well: figures of time are only comparable within one run',
    'on one machine, so none stand here.',
    '',
    '| Pair | Fewest: words | places | Cartulary: words | places | git: words | places | jsdiff: words | places |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...pairs.map(({ name }, index) => row(name, (tool) => results[tool][index])),
    row('**All**', (tool) => (tool === 'jsdiff' && results.jsdiff.includes(undefined) ? undefined : sums[tool])),
    '',
  ].join('\n');
}
