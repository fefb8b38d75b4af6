import { existsSync, globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Nodes } from 'mdast';
import { describe, expect, test } from 'vitest';
import { readFrontMatter } from '../../src/read/front-matter.ts';
import { openGit } from '../../src/read/git.ts';
import { parseMarkdown, parserName, readMarkdown } from '../../src/read/markdown.ts';
import { cloneRepository } from '../helpers/repository.ts';
import { sharedFile } from '../helpers/shared.ts';

const TIME_OUT = 600_000;
const POLICIES = fileURLToPath(new URL('../../policies', import.meta.url));
const letsencrypt = sharedFile('corpora/letsencrypt.bundle');
const servercert = sharedFile('corpora/servercert.bundle');

/** A node as one line each, with its place and every value, indented by depth: what two trees are compared by. */
function* printTree(node: Nodes, depth = 0): Iterable<string> {
  const { type, position, children, data: _, ...values } = node as Nodes & { children?: readonly Nodes[] };
  const place = position && `${position.start.line}:${position.start.column}-${position.end.line}:${position.end.column}`;
  const told = Object.entries(values).filter(([, value]) => value !== undefined && value !== null);
  yield `${' '.repeat(depth)}${type} ${place} ${JSON.stringify(Object.fromEntries(told.sort(([a], [b]) => (a < b ? -1 : 1))))}`;
  for (const child of children ?? []) yield* printTree(child, depth + 1);
}

/** Lines that only one of the two trees has, where they part for the first time and until they meet again. */
async function compareParsers(text: string): Promise<string[]> {
  const [fast, slow] = [[...printTree(await parseMarkdown(text, 'satteri'))], [...printTree(await parseMarkdown(text, 'remark'))]];
  const start = fast.findIndex((line, index) => line !== slow[index]);
  if (start < 0 && fast.length === slow.length) return [];
  let end = 0;
  while (end < Math.min(fast.length, slow.length) - start && fast.at(-1 - end) === slow.at(-1 - end)) end += 1;
  const only = (name: string, lines: readonly string[]) => lines.slice(start, lines.length - end).map((line) => `${name} ${shorten(line.trim())}`);
  return [...only('satteri', fast), ...only('remark ', slow)];
}

const shorten = (line: string) => (line.length > 140 ? `${line.slice(0, 90)} … ${line.slice(-45)}` : line);

/** The distinct Markdown texts of all revisions of a bundle, by the id of their blob. */
async function readTexts(bundle: string): Promise<Map<string, string>> {
  const repository = await cloneRepository(bundle);
  const listed = (await repository.git('rev-list', '--all', '--objects')).split('\n').map((line) => line.split(' '));
  const ids = listed.flatMap(([id, path]) => (id && path?.endsWith('.md') ? [id] : []));
  const blobs = await (await openGit(repository.folder))?.readBlobs(ids);
  await repository.remove();
  return new Map([...(blobs ?? [])].map(([id, bytes]) => [id, Buffer.from(bytes).toString('utf8')]));
}

/** Every text is read without an observation; the differences of the trees are given by blob. */
async function compareAll(texts: ReadonlyMap<string, string>): Promise<Record<string, string[]>> {
  const differences: Record<string, string[]> = {};
  for (const [name, text] of texts) {
    expect(readMarkdown(text, name).observations).toEqual([]);
    const found = await compareParsers(text);
    if (found.length > 0) differences[name.slice(0, 12)] = found;
  }
  return differences;
}

test('both parsers are here to be compared', () => {
  expect(parserName).toBe('satteri');
});

describe.skipIf(letsencrypt.absent)(`Let's Encrypt${letsencrypt.reason}`, () => {
  test('both parsers make the same trees', { timeout: TIME_OUT }, async () => {
    const texts = await readTexts(letsencrypt.path);
    expect(texts.size).toBeGreaterThanOrEqual(27);
    expect(await compareAll(texts)).toEqual({});
  });
});

describe.skipIf(servercert.absent)(`CA/Browser Forum${servercert.reason}`, () => {
  test('both parsers make the same trees, but for what is listed here', { timeout: TIME_OUT }, async () => {
    const texts = await readTexts(servercert.path);
    expect(texts.size).toBeGreaterThanOrEqual(27);
    // EVG 2.0.2 has "<www.cabforum.org>", which is no autolink for want of a scheme, but a bare address between brackets.
    // remark joins the text after it to one node, and gives the nodes around it no place. The characters are the same.
    expect(await compareAll(texts)).toMatchInlineSnapshot(`
      {
        "f59381a0c88f": [
          "satteri text 543:4-545:107 {"value":"A.  With reference to the constituent document under which th … that the CA/Browser Forum may maintain at <"}",
          "satteri link 545:107-545:123 {"url":"http://www.cabforum.org"}",
          "satteri text 545:107-545:123 {"value":"www.cabforum.org"}",
          "satteri text 545:123-545:125 {"value":">."}",
          "satteri text 545:125-546:366 {"value":"\\nD.  In cases where the International Organization applyin …  which the Applicant is an organ or agency."}",
          "remark  text undefined {"value":"A.  With reference to the constituent document under which the In … that the CA/Browser Forum may maintain at <"}",
          "remark  link undefined {"url":"http://www.cabforum.org"}",
          "remark  text undefined {"value":"www.cabforum.org"}",
          "remark  text undefined {"value":">.\\nD.  In cases where the International Organization applying fo …  which the Applicant is an organ or agency."}",
        ],
      }
    `);
  });
});

describe.skipIf(!existsSync(POLICIES))(`the example provider${existsSync(POLICIES) ? '' : ' (skipped: policies/ is absent)'}`, () => {
  test('both parsers make the same trees', { timeout: TIME_OUT }, async () => {
    const paths = globSync('**/*.md', { cwd: POLICIES });
    const texts = new Map(paths.map((path) => [path, readFrontMatter(readFileSync(`${POLICIES}/${path}`, 'utf8'), path).body]));
    expect(texts.size).toBeGreaterThan(0);
    expect(await compareAll(texts)).toEqual({});
  });
});
