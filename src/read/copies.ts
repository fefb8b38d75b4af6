import { readdir, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { readInside } from './files.ts';

/** A file of the repository as it is. */
export interface Copy {
  path: string;
  bytes: Uint8Array;
}

/** The files at a path of a repository: the file itself, or all of a folder, by path. Links and hidden files are passed over. */
export async function readCopies(folder: string, path: string): Promise<Copy[]> {
  const root = await realpath(folder);
  const entries = await readdir(join(root, path), { recursive: true, withFileTypes: true }).catch(() => undefined);
  const files = entries
    ? entries
        .filter((entry) => entry.isFile())
        .map((entry) =>
          join(entry.parentPath, entry.name)
            .slice(root.length + 1)
            .split(sep)
            .join('/'),
        )
    : [path];
  const shown = files.filter((file) => !file.split('/').some((step) => step.startsWith('.'))).sort();
  const read = await Promise.all(shown.map(async (file) => ({ path: file, bytes: await readInside(root, file) })));
  return read.flatMap(({ path: file, bytes }) => (bytes ? [{ path: file, bytes }] : []));
}
