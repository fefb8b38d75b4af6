import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { TextFacts } from '../model/document.ts';
import type { Sha256 } from '../model/version.ts';
import type { EntryCache } from './register.ts';

/** What earlier builds proved and need not prove again: facts by the digest of the bytes they were read from. */
export interface ReadingCache {
  /** Facts of texts whose bytes were read and hashed; the blob id beside each is the one they were read under. */
  texts: Map<Sha256, { blob: string; facts: TextFacts }>;
  entries: EntryCache;
}

/** Folder of everything that can be deleted without loss; ignored by git. */
export const CACHE_FOLDER = '.cartulary';

const FILE = join(CACHE_FOLDER, 'reading.json');

/** Reads the cache of a repository; an absent, foreign or damaged one is an empty one. `stamp` names what made it. */
export async function readCache(root: string, stamp: string): Promise<ReadingCache> {
  try {
    const stored = JSON.parse(await readFile(join(root, FILE), 'utf8'));
    if (stored.stamp !== stamp) throw new Error('made by another release or configuration');
    return { texts: new Map(stored.texts), entries: new Map(stored.entries) };
  } catch {
    return { texts: new Map(), entries: new Map() };
  }
}

/** Stores the cache, in one step, so that an interrupted build leaves the old one. */
export async function writeCache(root: string, stamp: string, cache: ReadingCache): Promise<void> {
  const path = join(root, FILE);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.new`, JSON.stringify({ stamp, texts: [...cache.texts], entries: [...cache.entries] }));
  await rename(`${path}.new`, path);
}
