import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';

/**
 * The bytes of a regular file of the work tree, or undefined where there is none: to read a pipe or a device may never end.
 * A link that leads out of the repository, or to git's own files, is not followed.
 */
export async function readInside(root: string, path: string): Promise<Buffer | undefined> {
  return (await readUpTo(root, path, Number.POSITIVE_INFINITY))?.bytes;
}

/** As `readInside`, but of a file of more than so many octets only their number is told; its bytes are not read. */
export async function readUpTo(root: string, path: string, most: number): Promise<{ octets: number; bytes?: Buffer } | undefined> {
  const real = await findInside(root, path);
  const found = real === undefined ? undefined : await stat(real).catch(() => undefined);
  if (real === undefined || !found?.isFile()) return undefined;
  if (found.size > most) return { octets: found.size };
  const bytes = await readFile(real).catch(() => undefined);
  return bytes && { octets: bytes.length, bytes };
}

/** Where a file of the work tree is once links are followed, or undefined where there is none, or it is outside the repository or one of git's own. */
export async function findInside(root: string, path: string): Promise<string | undefined> {
  const real = await realpath(join(root, path)).catch(() => undefined);
  if (!real?.startsWith(root.endsWith(sep) ? root : root + sep)) return undefined;
  return real.slice(root.length).split(sep).includes('.git') ? undefined : real;
}

/** Markdown files under policies/, without the archive and read-me files, in alphabetical order. Links are left out. */
export async function listTexts(root: string): Promise<string[]> {
  const entries = await readdir(join(root, 'policies'), { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile() && isMarkdown(entry.name) && !/^readme/i.test(entry.name))
    .map((entry) => relativePath(root, join(entry.parentPath, entry.name)))
    .filter((path) => !path.startsWith('policies/archive/'))
    .sort();
}

const relativePath = (root: string, path: string) => path.slice(join(root, sep).length).split(sep).join('/');

/** Whether a path names a text that is parsed; any other file is published as it is. */
export const isMarkdown = (path: string) => /\.(md|markdown)$/i.test(path);

/** The bytes as git keeps them where a checkout turned the line ends into CRLF. */
export function withoutCarriageReturns(bytes: Uint8Array): Buffer {
  // Latin-1 maps each byte to one character and back.
  return Buffer.from(Buffer.from(bytes).toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
}
