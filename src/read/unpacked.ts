import { lstat, readdir, readFile, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { BUNDLE_PATH } from '../model/bundle.ts';

const MOST_FILES = 20_000;
const MOST_TOGETHER = 1_000_000_000;

/** The files of a folder by their paths in it. Links and whatever is no plain file are not followed, and said. */
export interface Unpacked {
  files: ReadonlyMap<string, Uint8Array>;
  faults: readonly { file: string; message: string }[];
}

/** Reads all files of a folder, such as an unpacked bundle or a built site. */
export async function readUnpacked(folder: string, isName: (path: string) => boolean = (path) => BUNDLE_PATH.test(path)): Promise<Unpacked> {
  const root = await realpath(folder);
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = new Map<string, Uint8Array>();
  const faults: { file: string; message: string }[] = [];
  let total = 0;
  const paths = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .split(sep)
        .join('/'),
    );
  for (const path of paths.sort()) {
    const { size, isPlain } = await lstat(join(root, path)).then((found) => ({ size: found.size, isPlain: found.isFile() }));
    total += size;
    if (!isPlain) faults.push({ file: path, message: 'It is a link, or no plain file: it is not followed.' });
    else if (!isName(path)) faults.push({ file: path, message: 'Its name has characters that no file here has.' });
    else if (files.size >= MOST_FILES || total > MOST_TOGETHER)
      return { files, faults: [...faults, { file: path, message: `There are more than ${MOST_FILES} files or ${MOST_TOGETHER} octets.` }] };
    else files.set(path, await readFile(join(root, path)));
  }
  return { files, faults };
}
