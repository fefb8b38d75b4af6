import { cp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { main } from '../../src/cli/main.ts';
import { verifyBundle } from '../../src/cli/verify-bundle.ts';
import type { Verification } from '../../src/cli/verify-report.ts';
import { BUNDLE_MANIFEST, BUNDLE_SUMS } from '../../src/model/bundle.ts';
import type { Instant } from '../../src/model/time.ts';
import { sumLine } from '../../src/publish/bundle.ts';
import { sha256 } from '../../src/read/register.ts';
import { readZip } from '../../src/read/zip.ts';
import { cloneRepository } from './repository.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
export const NOW = '2026-11-23T14:00:00Z' as Instant;

export type BundledFiles = ReadonlyMap<string, Uint8Array>;

/** Copies the example with its history and what nobody has committed yet. */
export async function copyExample(): Promise<string> {
  const { folder } = await cloneRepository(ROOT);
  for (const part of ['policies', 'content', 'cartulary.yaml']) {
    await rm(join(folder, part), { recursive: true, force: true });
    await cp(join(ROOT, part), join(folder, part), { recursive: true });
  }
  // A provider has neither catalogues nor templates of its own: those of the package count.
  for (const part of ['content/requirements', 'astro.config.mjs']) await rm(join(folder, part), { recursive: true, force: true });
  return folder;
}

/** Runs a command; nothing of the machine's clock counts. */
export async function runCommand(args: readonly string[], folder: string, now: Instant = NOW): Promise<{ code: number; out: string; err: string }> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await main(args, { out: (text) => void out.push(text), err: (text) => void err.push(text), color: false, now, folder });
  return { code, out: out.join(''), err: err.join('') };
}

/** The bundle of a repository for a period, 2025 for assessors where nothing else is said. */
export async function makeExampleBundle(
  folder: string,
  args: readonly string[] = ['--from', '2025-01-01', '--to', '2025-12-31', '--audience', 'assessor'],
): Promise<{ file: string; bytes: Buffer; files: BundledFiles }> {
  const file = join(folder, 'bundle.zip');
  const { code, err } = await runCommand(['bundle', ...args, '--out', file], folder);
  if (code !== 0) throw new Error(`No bundle was made: ${err}`);
  const bytes = await readFile(file);
  return { file, bytes, files: readZip(bytes).files };
}

/** Verifies files as if they came out of an archive that is in order. */
export const verifyFiles = (files: BundledFiles): Promise<Verification> =>
  verifyBundle({ name: 'bundle.zip', files, faults: [], digest: undefined, expected: undefined, now: NOW, release: releaseOf(files) });

const releaseOf = (files: BundledFiles): string => (readJson(files, BUNDLE_MANIFEST) as { release: string }).release;

export const readText = (files: BundledFiles, path: string): string => Buffer.from(files.get(path) ?? new Uint8Array()).toString('utf8');
// biome-ignore lint/suspicious/noExplicitAny: tests look into data of their own making.
export const readJson = (files: BundledFiles, path: string): any => JSON.parse(readText(files, path));

/** Changes texts of a bundle, and then whatever digest lists say, as somebody would who knows the format. */
export function forge(files: BundledFiles, changes: Readonly<Record<string, (text: string) => string>>): BundledFiles {
  const forged = new Map(files);
  for (const [path, change] of Object.entries(changes)) {
    const text = readText(forged, path);
    const changed = change(text);
    if (changed === text) throw new Error(`Nothing of ${path} was changed.`);
    forged.set(path, Buffer.from(changed));
  }
  const manifest = readJson(forged, BUNDLE_MANIFEST);
  for (const [path, { says }] of Object.entries<{ says: string }>(manifest.files)) {
    const bytes = forged.get(path);
    if (bytes) manifest.files[path] = { sha256: sha256(bytes), size: bytes.length, says };
  }
  forged.set(BUNDLE_MANIFEST, Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`));
  const listed = [...forged].filter(([path]) => path !== BUNDLE_SUMS).sort(([a], [b]) => (a < b ? -1 : 1));
  return forged.set(BUNDLE_SUMS, Buffer.from(listed.map(([path, bytes]) => sumLine(path, sha256(bytes))).join('')));
}
