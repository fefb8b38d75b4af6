import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toInstant } from '../../src/model/time.ts';
import type { VersionEntry } from '../../src/model/version.ts';
import { appendEntries, REGISTER, sha256 } from '../../src/read/register.ts';
import { makeRepository, type TestRepository } from './repository.ts';
import { makeSkeleton, replaceFrontMatter } from './skeleton.ts';

const day = (count: number) => toInstant(new Date(Date.UTC(2026, 0, 1 + count, 8)));

/** A small provider with documents in one language. */
export interface Provider {
  repository: TestRepository;
  /** Commits a text as the next version, of the CPS or of another document, registers it and answers its number: 1.0, 1.1, … */
  register(change: (skeleton: string) => string, more?: { document?: string; confirms?: VersionEntry['confirms'] }): Promise<string>;
}

/** A provider without a version. Call `repository.remove()` when done. */
export async function makeProvider(): Promise<Provider> {
  const repository = await makeRepository();
  await repository.commit({ 'cartulary.yaml': 'name: Small CA\nsite: https://small.example\ntimeZone: UTC\n', '.gitignore': '.cartulary/\n' }, day(0));
  let count = 0;
  return {
    repository,
    async register(change, { document = 'cps', confirms } = {}) {
      const path = `policies/${document}.md`;
      const version = `1.${count}`;
      const at = day(10 * count);
      const text = change(replaceFrontMatter(makeSkeleton(), `document: ${document}\nversion: "${version}"\neffective: ${at.slice(0, 10)}`));
      count += 1;
      await repository.commit({ [path]: text }, at);
      const blob = (await repository.git('rev-parse', `HEAD:${path}`)).trim();
      const before = await readFile(join(repository.folder, REGISTER), 'utf8').catch(() => '');
      const files = { en: { path, blob, sha256: sha256(text) } };
      const { text: register } = appendEntries(before, [{ document, version, published: at, effective: at, files, ...(confirms && { confirms }) }]);
      await repository.commit({ [REGISTER]: register }, at);
      return version;
    },
  };
}
