import { createReadStream } from 'node:fs';
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { plural } from '../model/plural.ts';
import { type Io, UsageError } from './main.ts';

/** A file that was named, or found in a folder that was; `-` is what comes in by standard input. */
export interface Input {
  name: string;
  path: string;
}

/** What a file holds, or why that could not be read. */
export type InputContent = { bytes: Uint8Array; problem?: undefined } | { bytes?: undefined; problem: string };

export interface InputList {
  inputs: readonly Input[];
  /** Files of folders whose names say that they are something else. */
  passedOver: number;
  /** Links in folders that are broken, or lead to a folder or out of the folder that was named. */
  links: number;
  /** Folders that were named and have no file and no link, but for hidden ones. */
  empty: readonly string[];
}

const STANDARD_INPUT = '-';
const MOST_OCTETS = 70_000_000;
/** How files with certificates are called. Files that are named one by one are read whatever they are called. */
const ENDING = /(^|\/)[^./]+$|\.(pem|crt|cer|cert|der|p7b|p7c|p7s|crl|b64|ors|ocsp)$/i;

/** The files that are named, and those in folders, in alphabetical order; links are followed to files of the same folder. Throws for what does not exist. */
export async function listInputs(names: readonly string[], folder: string): Promise<InputList> {
  const inputs: Input[] = [];
  const empty: string[] = [];
  let [passedOver, links] = [0, 0];
  for (const name of names) {
    if (name === '') throw new UsageError('The name of a file or folder is empty: name it, or . for this folder.');
    const path = resolve(folder, name);
    const found = name === STANDARD_INPUT ? undefined : await stat(path).catch(() => undefined);
    if (name !== STANDARD_INPUT && !found) throw new UsageError(`There is no file and no folder "${name}".`);
    if (!found?.isDirectory()) {
      inputs.push({ name, path });
      continue;
    }
    const { files, others } = await listFolder(path);
    links += others;
    if (files.length + others === 0) empty.push(name);
    const chosen = files.filter((file) => ENDING.test(file));
    passedOver += files.length - chosen.length;
    inputs.push(...chosen.map((file) => ({ name: `${name.replace(/\/+$/, '')}/${file}`, path: join(path, file) })));
  }
  return { inputs, passedOver, links, empty };
}

/** What of the folders was not read, and why, as parts of a sentence. */
export const listPassedOver = ({ passedOver, links, empty }: InputList): string[] => [
  ...(passedOver > 0 ? [`${plural(passedOver, 'file')} passed over by name`] : []),
  ...(links > 0 ? [`${plural(links, 'link')} not followed, to no file of the folder`] : []),
  ...empty.map((name) => `nothing to read in the folder "${name}"`),
];

/** Paths of files below a folder, hidden files and folders left out, and how many links there lead to no file of it. */
async function listFolder(folder: string): Promise<{ files: string[]; others: number }> {
  const entries = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .map((entry) => ({ entry, path: join(entry.parentPath, entry.name).slice(join(folder, '/').length).replaceAll('\\', '/') }))
    .filter(({ path }) => !path.split('/').some((part) => part.startsWith('.')));
  const root = await realpath(folder);
  const files: string[] = [];
  let others = 0;
  for (const { entry, path } of entries) {
    if (entry.isFile() || (entry.isSymbolicLink() && (await leadsInside(join(folder, path), root)))) files.push(path);
    else if (entry.isSymbolicLink()) others += 1;
  }
  return { files: files.sort(), others };
}

async function leadsInside(link: string, root: string): Promise<boolean> {
  const target = await realpath(link).catch(() => undefined);
  return target?.startsWith(root.endsWith(sep) ? root : `${root}${sep}`) === true && (await stat(target)).isFile();
}

/** Reads one input, never more of it than a file of certificates can have. */
export async function readInput({ name, path }: Input, io: Io): Promise<InputContent> {
  try {
    if (name === STANDARD_INPUT) return await collect(io.stdin ?? []);
    const found = await stat(path);
    if (!found.isFile()) return await collect(createReadStream(path));
    return found.size > MOST_OCTETS ? tooLarge : { bytes: await readFile(path) };
  } catch (error) {
    return { problem: `The file cannot be read: ${(error as NodeJS.ErrnoException).code ?? String(error)}.` };
  }
}

const tooLarge: InputContent = { problem: `The file is larger than ${MOST_OCTETS / 1_000_000} million octets, and was not read.` };

async function collect(stream: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<InputContent> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > MOST_OCTETS) return tooLarge;
  }
  return { bytes: Buffer.concat(chunks) };
}
