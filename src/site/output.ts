import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sha256 } from '../read/register.ts';

/** What is known of a file that an earlier build wrote. */
interface WrittenFile {
  /** Of what the file was made; the same key gives the same bytes. */
  key: string;
  sha256: string;
  size: number;
  mtime: number;
}

/**
 * A folder of finished files, kept from build to build: only what changed is written, and only what is gone is removed.
 * Files are written one after another: for many small ones that is faster than through the thread pool.
 */
export interface Output {
  /** Whether the file at this path is there, unaltered since it was written, and made of the same. */
  isFresh(path: string, key: string): boolean;
  /** Keeps a fresh file as it is. */
  keep(path: string): void;
  /** The text of a fresh file. */
  read(path: string): string;
  write(path: string, key: string, content: string | Uint8Array): void;
  /** Digests of all files kept and written, by path. */
  digests(): ReadonlyMap<string, string>;
  /** Files of an earlier build that were neither kept nor written; for a group whose makers did not run. */
  earlier(prefix: string): readonly string[];
  /** Leaves what an earlier build wrote as it is, where this one writes no more; what this one wrote beside it is noted, too. */
  abandon(): void;
  /** Removes what is left over, and notes what is there for the next build. */
  finish(): { written: number; kept: number; removed: number };
}

/** By this file a folder is known as a site that may be written anew. */
const MANIFEST = 'api/v1/manifest.json';

/** Opens the output folder; `notes` is the file in which the last build noted what it wrote. Throws for a folder that holds something else. */
export function openOutput(folder: string, notes: string): Output {
  const before = readNotes(folder, notes);
  writeNotes(notes, { folder, finished: false, files: [] });
  const after = new Map<string, WrittenFile>();
  const folders = new Set<string>();
  let written = 0;
  const fileOf = (path: string) => join(folder, path.endsWith('/') ? `${path}index.html` : path);
  return {
    isFresh(path, key) {
      const known = before.get(path);
      if (known?.key !== key) return false;
      const found = statSync(fileOf(path), { throwIfNoEntry: false });
      return found?.size === known.size && found.mtimeMs === known.mtime;
    },
    keep(path) {
      const known = before.get(path);
      if (known) after.set(path, known);
    },
    read: (path) => readFileSync(fileOf(path), 'utf8'),
    write(path, key, content) {
      const bytes = typeof content === 'string' ? Buffer.from(content) : content;
      const file = fileOf(path);
      const parent = dirname(file);
      if (!folders.has(parent)) mkdirSync(parent, { recursive: true });
      folders.add(parent);
      writeFileSync(file, bytes);
      written += 1;
      const { mtimeMs, size } = statSync(file);
      after.set(path, { key, sha256: sha256(bytes), size, mtime: mtimeMs });
    },
    digests: () => new Map([...after].map(([path, file]) => [path, file.sha256])),
    earlier: (prefix) => [...before.keys()].filter((path) => path.startsWith(prefix) && !after.has(path)),
    abandon: () => writeNotes(notes, { folder, finished: true, files: [...new Map([...before, ...after])] }),
    finish() {
      const gone = [...before.keys()].filter((path) => !after.has(path));
      for (const path of gone) rmSync(fileOf(path), { force: true });
      writeNotes(notes, { folder, finished: true, files: [...after] });
      return { written, kept: after.size - written, removed: gone.length };
    },
  };
}

/** In one step, so that a reader never sees half of it. */
function writeNotes(notes: string, content: object): void {
  mkdirSync(dirname(notes), { recursive: true });
  writeFileSync(`${notes}.new`, JSON.stringify(content));
  renameSync(`${notes}.new`, notes);
}

function readNotes(folder: string, notes: string): Map<string, WrittenFile> {
  try {
    const stored = JSON.parse(readFileSync(notes, 'utf8'));
    if (stored.folder === folder && existsSync(folder) && stored.finished) return new Map(stored.files);
    // A build that was interrupted left files of which nothing is known.
    if (stored.folder === folder && !stored.finished) rmSync(folder, { recursive: true, force: true });
  } catch {
    // No notes, or damaged ones: everything is made anew.
  }
  const foreign = existsSync(folder) && readdirSync(folder).length > 0 && !existsSync(join(folder, MANIFEST));
  if (foreign) throw new Error(`${folder} holds files that no build of Cartulary wrote. Empty it, or name another folder with --out.`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return new Map();
}
