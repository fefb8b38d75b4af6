import { randomUUID } from 'node:crypto';
import { chmod, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { findInside } from '../read/files.ts';

/** A file of the repository, what was read of it, and what is to stand in it. */
export interface Replacement {
  path: string;
  before: Uint8Array;
  after: Uint8Array;
}

/**
 * Writes all files or none. Throws, with every file as it was, where one of them is outside the repository, differs from
 * what was read, or cannot be written.
 */
export async function replaceFiles(folder: string, replacements: readonly Replacement[]): Promise<void> {
  const root = await realpath(folder);
  const staged: { real: string; aside: string; before: Uint8Array }[] = [];
  const done: typeof staged = [];
  try {
    for (const { path, before, after } of replacements) {
      const real = await findInside(root, path);
      if (real === undefined) throw new Error(`${path} is no file of this repository.`);
      const aside = `${real}.${randomUUID()}`;
      staged.push({ real, aside, before });
      await writeFile(aside, after, { flag: 'wx' });
      await chmod(aside, (await stat(real)).mode);
      if (!(await readFile(real)).equals(before)) throw new Error(`${path} was changed meanwhile: nothing was written.`);
    }
    for (const file of staged) {
      await rename(file.aside, file.real);
      done.push(file);
    }
  } catch (error) {
    for (const { real, before } of done) await writeFile(real, before);
    throw error;
  } finally {
    for (const { aside } of staged) await rm(aside, { force: true });
  }
}
