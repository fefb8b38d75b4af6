import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Files by path; `undefined` removes one. */
export type Files = Readonly<Record<string, string | Uint8Array | undefined>>;

/** A throw-away git repository with a fixed author, in a temporary folder. */
export interface TestRepository {
  folder: string;
  git(...args: string[]): Promise<string>;
  /** Writes files into the work tree. */
  write(files: Files): Promise<void>;
  /** Writes files and commits the whole work tree at an instant; the answer is the commit's id. */
  commit(files: Files, date: string, message?: string): Promise<string>;
  /** Points a tag at a commit. The name may be anything that git can store. */
  tag(name: string, commit?: string): Promise<void>;
  remove(): Promise<void>;
}

// Nothing of the machine's own configuration counts, so that commit ids are the same everywhere.
const ENVIRONMENT = {
  PATH: process.env['PATH'] ?? '',
  HOME: tmpdir(),
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'Policy Author',
  GIT_AUTHOR_EMAIL: 'author@example.org',
  GIT_COMMITTER_NAME: 'Policy Author',
  GIT_COMMITTER_EMAIL: 'author@example.org',
};
const OPTIONS = [
  'commit.gpgSign=false',
  'tag.gpgSign=false',
  'core.autocrlf=false',
  'init.defaultBranch=main',
  'protocol.file.allow=always',
  'maintenance.auto=false',
];

async function git(folder: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<string> {
  const options = OPTIONS.flatMap((option) => ['-c', option]);
  const { stdout } = await execute('git', [...options, ...args], { cwd: folder, env: { ...ENVIRONMENT, ...environment }, maxBuffer: 1e9 });
  return stdout;
}

/** Makes an empty repository. Call `remove()` when done. */
export async function makeRepository(): Promise<TestRepository> {
  const folder = await mkdtemp(join(tmpdir(), 'cartulary-'));
  await git(folder, ['init', '--quiet']);
  return openRepository(folder);
}

/** Clones a repository, a folder or a bundle, with any options of `git clone`. */
export async function cloneRepository(source: string, ...options: string[]): Promise<TestRepository> {
  const folder = await mkdtemp(join(tmpdir(), 'cartulary-'));
  await git(folder, ['clone', '--quiet', ...options, source, '.']);
  return openRepository(folder);
}

function openRepository(folder: string): TestRepository {
  const write = (files: Files) => writeFiles(folder, files);
  return {
    folder,
    git: (...args) => git(folder, args),
    write,
    commit: async (files, date, message = 'Change') => {
      await write(files);
      await git(folder, ['add', '--all']);
      await git(folder, ['commit', '--quiet', '--allow-empty', '-m', message], { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date });
      return (await git(folder, ['rev-parse', 'HEAD'])).trim();
    },
    tag: async (name, commit = 'HEAD') => void (await git(folder, ['update-ref', `refs/tags/${name}`, commit])),
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

async function writeFiles(folder: string, files: Files): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path);
    if (content === undefined) {
      await rm(file, { force: true });
    } else {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content);
    }
  }
}
