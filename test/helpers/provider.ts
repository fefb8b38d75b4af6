import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Instant, toInstant } from '../../src/model/time.ts';
import type { VersionEntry } from '../../src/model/version.ts';
import { appendEntries, REGISTER, sha256 } from '../../src/read/register.ts';
import { makeRepository, type TestRepository } from './repository.ts';
import { makeSkeleton, replaceFrontMatter } from './skeleton.ts';

type Entry = Parameters<typeof appendEntries>[1][number];

const day = (count: number) => toInstant(new Date(Date.UTC(2026, 0, 1 + count, 8)));

/** A small provider with documents in one language. */
export interface Provider {
  repository: TestRepository;
  /** Commits a text as the next version, of the CPS or of another document, registers it and answers its number: 1.0, 1.1, … */
  register(change: (skeleton: string) => string, more?: { document?: string; confirms?: VersionEntry['confirms']; profiles?: Profiles }): Promise<string>;
  /** Commits profiles and declares them for a version of the CPS that is registered already. */
  declare(version: string, profiles: Profiles): Promise<void>;
}

/** Profiles by their ids, as their files say them. */
type Profiles = Readonly<Record<string, string>>;

/** A provider without a version. Call `repository.remove()` when done. */
export async function makeProvider(): Promise<Provider> {
  const repository = await makeRepository();
  await repository.commit({ 'cartulary.yaml': 'name: Small CA\nsite: https://small.example\ntimeZone: UTC\n', '.gitignore': '.cartulary/\n' }, day(0));
  let count = 0;
  /** Appends an entry to the register, with profiles that are committed first. */
  const append = async (at: Instant, entry: Partial<VersionEntry> & { document: string; version: string }, profiles: Profiles) => {
    const paths = Object.entries(profiles).map(([id, text]) => ({ id, text, path: `content/profiles/${id}.yaml` }));
    if (paths.length > 0) await repository.commit(Object.fromEntries(paths.map(({ path, text }) => [path, text])), at);
    const bind = async ({ id, path, text }: (typeof paths)[number]) =>
      [id, { path, blob: (await repository.git('rev-parse', `HEAD:${path}`)).trim(), sha256: sha256(text) }] as const;
    const bound = Object.fromEntries(await Promise.all(paths.map(bind)));
    const before = await readFile(join(repository.folder, REGISTER), 'utf8').catch(() => '');
    const { text: register } = appendEntries(before, [{ published: at, ...entry, ...(paths.length > 0 && { profiles: bound }) } as Entry]);
    await repository.commit({ [REGISTER]: register }, at);
  };
  return {
    repository,
    async register(change, { document = 'cps', confirms, profiles = {} } = {}) {
      const path = `policies/${document}.md`;
      const version = `1.${count}`;
      const at = day(10 * count);
      const text = change(replaceFrontMatter(makeSkeleton(), `document: ${document}\nversion: "${version}"\neffective: ${at.slice(0, 10)}`));
      count += 1;
      await repository.commit({ [path]: text }, at);
      const blob = (await repository.git('rev-parse', `HEAD:${path}`)).trim();
      const files = { en: { path, blob, sha256: sha256(text) } };
      await append(at, { document, version, effective: at, files, ...(confirms && { confirms }) }, profiles);
      return version;
    },
    declare: (version, profiles) => append(day(10 * count), { document: 'cps', version }, profiles),
  };
}
