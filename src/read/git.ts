import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import type { SimpleGit } from 'simple-git';
import { type Instant, toInstant } from '../model/time.ts';
import { openObjects } from './git-objects.ts';

/** A commit or tag that may hold a version, with the time at which it was made. */
export interface Revision {
  /** Tag name, or abbreviated commit id. */
  name: string;
  commit: string;
  at: Instant;
}

/** What is read from a git repository. Nothing is ever written, fetched or run from it. */
export interface Git {
  /** Path of the provider's folder inside the repository, '' at its root, else ending in '/'. */
  prefix: string;
  isShallow(): Promise<boolean>;
  /** Whether git keeps anything at this path of the provider's folder. */
  isTracked(path: string): Promise<boolean>;
  /** The bytes of blobs by id; one that the object database does not hold is absent. */
  readBlobs(ids: Iterable<string>): Promise<Map<string, Uint8Array>>;
  /** Which of these blobs the object database holds, without reading them. */
  knownBlobs(ids: Iterable<string>): Promise<Set<string>>;
  /** Blob ids by `<revision>:<path>`, paths relative to the provider's folder; absent where there is none. */
  blobsAt(places: Iterable<{ revision: string; path: string }>): Promise<Map<string, string>>;
  /** All tags, oldest first, with the time of the tagged commit. */
  tags(): Promise<Revision[]>;
  /** The annotated tags that bear a signature, each with its object. */
  signedTags(): Promise<{ name: string; bytes: Uint8Array }[]>;
  /** Commits in which a path changed, oldest first. */
  history(path: string): Promise<Revision[]>;
  /** Paths of all files of a commit, relative to the provider's folder. */
  files(commit: string): Promise<string[]>;
  /** When the checked-out commit was made; undefined where there is none. */
  headDate(): Promise<Instant | undefined>;
  /** The commit that a name stands for, or undefined. */
  resolve(revision: string): Promise<string | undefined>;
  /** The newest commit that HEAD and another commit both come from; undefined where there is none, or in a clone too shallow to know. */
  forkPoint(commit: string): Promise<string | undefined>;
  /** The folder in which git keeps its own files. */
  directory(): Promise<string>;
}

// No lazy fetch, no replaced objects, no prompts, no helper programs of the repository's own configuration.
const SAFE_ENVIRONMENT = { GIT_NO_LAZY_FETCH: '1', GIT_NO_REPLACE_OBJECTS: '1', GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0' };
const SAFE_OPTIONS = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null'];

/** Opens the git repository that holds `folder`; undefined where there is none, or no git. */
export async function openGit(folder: string): Promise<Git | undefined> {
  const top = await run(folder, ['rev-parse', '--show-prefix']).catch(() => undefined);
  if (top === undefined) return undefined;
  const prefix = top.toString('utf8').replace(/\n$/, '');
  const library = () => openSimpleGit(folder);
  const readObject = openObjects({ folder, options: SAFE_OPTIONS, environment: { ...process.env, ...SAFE_ENVIRONMENT } });
  return {
    prefix,
    isShallow: async () => (await run(folder, ['rev-parse', '--is-shallow-repository'])).toString('utf8').trim() === 'true',
    isTracked: async (path) => (await run(folder, ['ls-files', '-z', '--', `:(literal)${path}`])).length > 0,
    readBlobs: (ids) => readBlobs(readObject, [...new Set(ids)]),
    knownBlobs: (ids) => knownBlobs(folder, [...new Set(ids)]),
    blobsAt: (places) => blobsAt(folder, prefix, [...places]),
    tags: async () => readTags(await library()),
    signedTags: () => readSignedTags(folder),
    history: async (path) => readHistory(await library(), prefix + path),
    files: async (commit) => (await run(folder, ['ls-tree', '-r', '-z', '--name-only', commit])).toString('utf8').split('\0').filter(Boolean),
    headDate: async () => {
      const time = (await run(folder, ['log', '-1', '--format=%ct']).catch(() => Buffer.from(''))).toString('utf8').trim();
      return time === '' ? undefined : toInstant(new Date(Number(time) * 1000));
    },
    resolve: async (revision) => {
      if (revision.startsWith('-')) return undefined;
      const id = await run(folder, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]).catch(() => undefined);
      return id?.toString('utf8').trim();
    },
    forkPoint: async (commit) => {
      const id = await run(folder, ['merge-base', '--end-of-options', commit, 'HEAD']).catch(() => undefined);
      return id?.toString('utf8').trim();
    },
    directory: async () => (await run(folder, ['rev-parse', '--absolute-git-dir'])).toString('utf8').replace(/\n$/, ''),
  };
}

/** The id that git gives these bytes as a blob, in SHA-1 repositories or, with 64 digits wanted, in SHA-256 ones. */
export function blobId(bytes: Uint8Array, digits: 40 | 64 = 40): string {
  return createHash(digits === 40 ? 'sha1' : 'sha256')
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest('hex');
}

async function openSimpleGit(folder: string): Promise<SimpleGit> {
  const { simpleGit } = await import('simple-git');
  // simple-git refuses whatever could run a program, variables such as EDITOR among them; reading needs none but these.
  const inherited = Object.entries(process.env).filter(([name]) => /^(path|home|userprofile|systemroot|temp|tmp|tmpdir|lang|lc_\w+)$/i.test(name));
  return simpleGit({
    baseDir: folder,
    config: ['core.fsmonitor=false'],
    unsafe: { allowUnsafeFsMonitor: true },
    allowEnvironment: Object.keys(SAFE_ENVIRONMENT),
  }).env({ ...Object.fromEntries(inherited), ...SAFE_ENVIRONMENT });
}

function run(folder: string, args: readonly string[], input?: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', [...SAFE_OPTIONS, ...args], { cwd: folder, env: { ...process.env, ...SAFE_ENVIRONMENT }, windowsHide: true });
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(Buffer.concat(output));
      else reject(new Error(`git ${args[0]} ended with ${code}: ${Buffer.concat(errors).toString('utf8').trim()}`));
    });
    child.stdin.on('error', () => undefined);
    child.stdin.end(input ?? '');
  });
}

async function readBlobs(readObject: ReturnType<typeof openObjects>, ids: readonly string[]): Promise<Map<string, Uint8Array>> {
  const objects = await Promise.all(ids.map(async (id) => [id, await readObject(id)] as const));
  return new Map(objects.flatMap(([id, bytes]) => (bytes ? [[id, bytes] as const] : [])));
}

async function knownBlobs(folder: string, ids: readonly string[]): Promise<Set<string>> {
  const lines = await batchCheck(folder, ids);
  return new Set(lines.filter((line) => line[1] === 'blob').map((line) => line[0] ?? ''));
}

async function blobsAt(folder: string, prefix: string, places: readonly { revision: string; path: string }[]): Promise<Map<string, string>> {
  const safe = places.filter(({ revision, path }) => !/[\n\0]/.test(revision + path));
  const lines = await batchCheck(
    folder,
    safe.map(({ revision, path }) => `${revision}:${prefix}${path}`),
  );
  const found = new Map<string, string>();
  for (const [index, { revision, path }] of safe.entries()) {
    const [id, type] = lines[index] ?? [];
    if (id && type === 'blob') found.set(`${revision}:${path}`, id);
  }
  return found;
}

/** What a line says of an object that is there; a missing one's line repeats the name, which may hold anything. */
const OBJECT = /^([0-9a-f]{40}|[0-9a-f]{64}) ([a-z]+)$/;

async function batchCheck(folder: string, names: readonly string[]): Promise<string[][]> {
  if (names.length === 0) return [];
  const output = await run(folder, ['cat-file', '--batch-check=%(objectname) %(objecttype)', '--buffer'], `${names.join('\n')}\n`);
  return output
    .toString('utf8')
    .split('\n')
    .slice(0, names.length)
    .map((line) => OBJECT.exec(line)?.slice(1) ?? []);
}

async function readTags(git: SimpleGit): Promise<Revision[]> {
  const format = '%(refname:strip=2)%00%(*objectname)%00%(objectname)%00%(*committerdate:iso-strict)%00%(committerdate:iso-strict)';
  const output = await git.raw('for-each-ref', 'refs/tags', `--format=${format}`);
  const revisions = output
    .split('\n')
    .filter(Boolean)
    .flatMap((line) => {
      const [name = '', peeled, plain, peeledAt, plainAt] = line.split('\0');
      const commit = peeled || plain;
      const at = new Date(peeledAt || plainAt || '');
      return commit && !Number.isNaN(at.getTime()) ? [{ name, commit, at: toInstant(at) }] : [];
    });
  return revisions.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.name < b.name ? -1 : 1));
}

/** Nothing is verified by git: its configuration could name a program for it. */
async function readSignedTags(folder: string): Promise<{ name: string; bytes: Uint8Array }[]> {
  const format = '%(objectname)%00%(refname:strip=2)%00%(objecttype)%00%(if)%(contents:signature)%(then)signed%(end)';
  const lines = (await run(folder, ['for-each-ref', 'refs/tags', `--format=${format}`])).toString('utf8').split('\n');
  const signed = lines.map((line) => line.split('\0')).filter(([, , type, mark]) => type === 'tag' && mark === 'signed');
  return Promise.all(signed.map(async ([id = '', name = '']) => ({ name, bytes: await run(folder, ['cat-file', 'tag', id]) })));
}

async function readHistory(git: SimpleGit, path: string): Promise<Revision[]> {
  const output = await git.raw('log', '--no-show-signature', '--reverse', '--full-history', '--format=%H%x00%cI', '--', `:(top,literal)${path}`);
  return output
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [commit = '', at = ''] = line.split('\0');
      return { name: commit.slice(0, 12), commit, at: toInstant(new Date(at)) };
    });
}
