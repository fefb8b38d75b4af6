import { randomUUID } from 'node:crypto';
import { chmod, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { findInside } from '../read/files.ts';

/** A file of the repository, what was read of it, and what is to stand in it: undefined where there is no file. */
export interface Replacement {
  path: string;
  before: Uint8Array | undefined;
  after: Uint8Array | undefined;
}

interface Staged {
  real: string;
  /** Where the new content waits beside the file; undefined for a file that goes. */
  aside: string | undefined;
  before: Uint8Array | undefined;
}

/**
 * Writes all files or none. Throws, with every file as it was, where one of them is outside the repository, differs from
 * what was read, or cannot be written.
 */
export async function replaceFiles(folder: string, replacements: readonly Replacement[]): Promise<void> {
  const root = await realpath(folder);
  const staged: Staged[] = [];
  const done: Staged[] = [];
  try {
    for (const { path, before, after } of replacements) {
      const real = await place(root, path, before);
      const aside = after && `${real}.${randomUUID()}`;
      staged.push({ real, aside, before });
      if (aside && after) await writeFile(aside, after, { flag: 'wx' });
      if (aside && before) await chmod(aside, (await stat(real)).mode);
      const now = await readFile(real).catch(() => undefined);
      if (before ? !now?.equals(before) : now) throw new Error(`${path} was changed meanwhile: nothing was written.`);
    }
    for (const file of staged) {
      if (file.aside) await rename(file.aside, file.real);
      else await rm(file.real);
      done.push(file);
    }
  } catch (error) {
    for (const { real, before } of done) await (before ? writeFile(real, before) : rm(real, { force: true }));
    throw error;
  } finally {
    for (const { aside } of staged) if (aside) await rm(aside, { force: true });
  }
}

/** Where a file is, or is to be: in a folder of the repository, links followed. */
async function place(root: string, path: string, before: Uint8Array | undefined): Promise<string> {
  const real = await findInside(root, path);
  if (real !== undefined) return real;
  const folder = before ? undefined : await findInside(root, dirname(path));
  if (folder === undefined) throw new Error(`${path} is no file of this repository.`);
  return join(folder, basename(path));
}
