import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { RepositoryPath } from '../model/version.ts';
import type { Git } from './git.ts';

/** A provider's folder as it was in a commit. */
export interface BaseTree {
  /** The folder, to be opened like any other: it shares git's objects with the repository. */
  folder: URL;
  /** Takes the copy away. */
  remove(): Promise<void>;
}

/** How many blobs are held at once while they are copied. */
const BATCH = 50;

/** Copies a provider's folder as it was in a commit to a temporary place. Nothing is written into the repository. */
export async function copyTree(git: Git, commit: string): Promise<BaseTree> {
  const root = await mkdtemp(join(tmpdir(), 'cartulary-base-'));
  const remove = () => rm(root, { recursive: true, force: true, maxRetries: 5 });
  try {
    const folder = join(root, git.prefix);
    await mkdir(folder, { recursive: true });
    // A file of this name leads git to the repository (gitrepository-layout).
    await writeFile(join(root, '.git'), `gitdir: ${await git.directory()}\n`);
    // A commit can hold paths that lead out of its folder; git itself would refuse them only at a checkout.
    const paths = (await git.files(commit)).filter((path) => RepositoryPath.safeParse(path).success);
    for (let start = 0; start < paths.length; start += BATCH) await copyFiles(git, commit, paths.slice(start, start + BATCH), folder);
    return { folder: pathToFileURL(`${folder}/`), remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function copyFiles(git: Git, commit: string, paths: readonly string[], folder: string): Promise<void> {
  const ids = await git.blobsAt(paths.map((path) => ({ revision: commit, path })));
  const blobs = await git.readBlobs(ids.values());
  await Promise.all(
    paths.map(async (path) => {
      const bytes = blobs.get(ids.get(`${commit}:${path}`) ?? '');
      if (!bytes) return;
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), bytes);
    }),
  );
}
