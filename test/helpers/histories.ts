import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SHARED } from './shared.ts';

/** Two texts of one document, one after the other in its history. `name` is the file and the two tags. */
export interface TextPair {
  name: string;
  before: TaggedText;
  after: TaggedText;
}

interface TaggedText {
  tag: string;
  text: string;
}

const FILES: readonly [bundle: string, file: string][] = [
  ['letsencrypt', 'CP.md'],
  ['letsencrypt', 'CPS.md'],
  ['letsencrypt', 'CP-CPS.md'],
  ['servercert', 'docs/BR.md'],
  ['servercert', 'docs/EVG.md'],
  ['servercert', 'docs/NSR.md'],
];

/** All neighbouring pairs of different texts that the tags of the two real histories name. Clones them into a folder. */
export function listPairs(folder: string): readonly TextPair[] {
  for (const bundle of new Set(FILES.map(([name]) => name))) git(folder, 'clone', '-q', '--bare', join(SHARED, `corpora/${bundle}.bundle`), bundle);
  return FILES.flatMap(([bundle, file]) => {
    const texts = listTexts(join(folder, bundle), file);
    return texts.slice(1).map((after, index) => {
      const before = texts[index] as TaggedText;
      return { name: `${file.replace(/^.*\//, '')} ${before.tag} ${after.tag}`, before, after };
    });
  });
}

function listTexts(repository: string, file: string): TaggedText[] {
  const tags = git(repository, 'for-each-ref', '--sort=creatordate', '--format=%(refname:short)', 'refs/tags').trim().split('\n');
  const seen = new Set<string>();
  return tags.flatMap((tag) => {
    const [, , id] = git(repository, 'ls-tree', tag, '--', file).split(/\s/);
    if (!id || seen.has(id)) return [];
    seen.add(id);
    return [{ tag, text: git(repository, 'cat-file', 'blob', id) }];
  });
}

const git = (folder: string, ...args: string[]) =>
  execFileSync('git', args, { cwd: folder, maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] }).toString();

/** The fewest words by which two texts differ, and in how many separate places: by git, with each word on a line of its own. */
export function diffWords(folder: string, before: readonly string[], after: readonly string[]): { edits: number; places: number } {
  writeFileSync(join(folder, 'before'), `${before.join('\n')}\n`);
  writeFileSync(join(folder, 'after'), `${after.join('\n')}\n`);
  const { stdout } = spawnSync('git', ['diff', '--no-index', '--minimal', '-U0', 'before', 'after'], { cwd: folder, maxBuffer: 1 << 28, encoding: 'utf8' });
  const lines = stdout.split('\n').slice(4);
  return { edits: lines.filter((line) => /^[+-]/.test(line)).length, places: lines.filter((line) => line.startsWith('@@')).length };
}
