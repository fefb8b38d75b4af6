import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Instant, toInstant } from '../../lib/model/time.js';
import { publishRepository } from '../../lib/site/publish-site.js';
import { cloneRepository } from './repository.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** A site that was built, and where. */
export interface BuiltSite {
  root: string;
  folder: string;
  messages: readonly string[];
  /** All files by path, sorted. */
  files(): Promise<ReadonlyMap<string, Buffer>>;
  remove(): Promise<void>;
}

/** The instant for which tests build the example, so that states are the same every day. */
export const EXAMPLE_NOW = toInstant(new Date('2026-11-23T12:00:00Z'));

/** The example's repository as it is in the work tree, with its history, in a temporary folder. */
export async function exampleRepository(): Promise<string> {
  const { folder } = await cloneRepository(ROOT);
  for (const part of ['policies', 'cartulary.yaml']) {
    await rm(join(folder, part), { recursive: true, force: true });
    await cp(join(ROOT, part), join(folder, part), { recursive: true });
  }
  // The repository of a provider has no templates of its own.
  await rm(join(folder, 'astro.config.mjs'), { force: true });
  return folder;
}

/** Builds the site of a repository into a folder of its own, with the compiled package. */
export async function buildSite(root: string, now: Instant = EXAMPLE_NOW): Promise<BuiltSite> {
  const folder = await mkdtemp(join(tmpdir(), 'cartulary-site-'));
  await rm(folder, { recursive: true });
  const { published, messages } = await publishRepository({ root, folder, now });
  if (!published) throw new Error(messages.join('\n'));
  return { root, folder, messages, files: () => readFiles(folder), remove: () => rm(folder, { recursive: true, force: true }) };
}

async function readFiles(folder: string): Promise<ReadonlyMap<string, Buffer>> {
  const entries = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name)).sort();
  return new Map(await Promise.all(paths.map(async (path) => [path.slice(folder.length), await readFile(path)] as const)));
}
