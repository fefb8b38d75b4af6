import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { boundProfiles } from '../../lib/model/profile-binding.js';
import { type Instant, toInstant } from '../../lib/model/time.js';
import { REGISTER, readRegister } from '../../lib/read/register.js';
import { type PublishOptions, publishRepository } from '../../lib/site/publish-site.js';
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
export const EXAMPLE_NOW = toInstant(new Date('2026-11-23T14:00:00Z'));

/** The example's repository as it is in the work tree, with its history, in a temporary folder. */
export async function exampleRepository(): Promise<string> {
  const { folder } = await cloneRepository(ROOT);
  for (const part of ['policies', 'content', 'cartulary.yaml']) {
    await rm(join(folder, part), { recursive: true, force: true });
    await cp(join(ROOT, part), join(folder, part), { recursive: true });
  }
  // The repository of a provider has no templates of its own.
  await rm(join(folder, 'astro.config.mjs'), { force: true });
  return folder;
}

/** A version of the example, as its register has it. */
export interface ExampleVersion {
  document: string;
  version: string;
  published: Instant;
  /** From when it is or was to be in force: as registered, then as moved. The last one holds. */
  announced: readonly [Instant, ...Instant[]];
  /** Its texts by language, English first, with the paths from which they were registered. */
  texts: readonly { language: string; path: string }[];
  /** The ids of the profiles that it states, registered with it or declared later. */
  profiles: readonly string[];
}

/** The versions in the register of the example, in its order, so that tests need not name the newest. */
export async function exampleVersions(root: string): Promise<readonly ExampleVersion[]> {
  const { register } = readRegister(await readFile(join(root, REGISTER), 'utf8'));
  const { entries } = register;
  return entries.flatMap((entry) => {
    if (entry.kind !== 'version') return [];
    const { document, version, published, effective, files } = entry;
    const moved = entries.flatMap((other) =>
      other.kind === 'rescheduling' && other.document === document && other.version === version ? [other.rescheduled] : [],
    );
    const texts = Object.entries(files).map(([language, { path }]) => ({ language, path }));
    return [
      {
        document,
        version,
        published,
        announced: [effective, ...moved] as const,
        texts: texts.sort((a, b) => rank(a.language) - rank(b.language)),
        profiles: Object.keys(boundProfiles(register, entry)),
      },
    ];
  });
}

const rank = (language: string) => (language === 'en' ? 0 : 1);

/** The version of a document that was registered last. */
export async function newestVersion(root: string, document: string): Promise<string> {
  const newest = (await exampleVersions(root)).findLast((version) => version.document === document);
  if (!newest) throw new Error(`The example has no document ${document}.`);
  return newest.version;
}

/** Builds the site of a repository into a folder of its own, with the compiled package; for the public, if nothing else is said. */
export async function buildSite(root: string, now: Instant = EXAMPLE_NOW, audience: Pick<PublishOptions, 'audience' | 'evidence'> = {}): Promise<BuiltSite> {
  const folder = await mkdtemp(join(tmpdir(), 'cartulary-site-'));
  await rm(folder, { recursive: true });
  const { published, messages } = await publishRepository({ root, folder, now, ...audience });
  if (!published) throw new Error(messages.join('\n'));
  return { root, folder, messages, files: () => readFiles(folder), remove: () => rm(folder, { recursive: true, force: true }) };
}

async function readFiles(folder: string): Promise<ReadonlyMap<string, Buffer>> {
  const entries = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name)).sort();
  return new Map(await Promise.all(paths.map(async (path) => [path.slice(folder.length), await readFile(path)] as const)));
}
