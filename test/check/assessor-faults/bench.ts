import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { runCheck } from '../../../src/check/run.ts';
import type { Finding } from '../../../src/model/finding.ts';
import { toInstant } from '../../../src/model/time.ts';
import { openWorkspace } from '../../../src/read/workspace.ts';
import { cloneRepository } from '../../helpers/repository.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
export const NOW = toInstant(new Date('2026-11-23T14:00:00Z'));

/** Something that was told: `at` is the file, `words` the line of it, as it stands in the file that went wrong. */
export interface Found {
  rule: string;
  file: string;
  words: string;
  message: string;
}

/** What a file becomes; undefined takes it away. */
export type Change = (before: Buffer | undefined) => string | Uint8Array | undefined;

/** The example repository in a folder of its own, as assessors see it. */
export interface AssessorBench {
  folder: string;
  /** What is found in the example without any fault. */
  unchanged: readonly Finding[];
  /** What is found with some files changed, and not without; afterwards they are as before. */
  check(changes: Readonly<Record<string, Change>>): Promise<Found[]>;
  remove(): Promise<void>;
}

/** One way in which things go wrong, and what has to be found. */
export interface AssessorFault {
  kind: string;
  find(bench: AssessorBench): Promise<Found[]>;
  /** The rule that speaks of it (or the command), the file, and words of the line; without words, the file as a whole. */
  expected: { rule: string; file: string; words?: string };
}

/** A fault of one file: words of it that become others. Each must be there, once or more; the first counts. */
export const replaced = (file: string, from: string | RegExp, to: string): AssessorFault['find'] => changed(file, (text) => replaceWords(text, from, to));

/** A fault of one text file. */
export const changed =
  (file: string, change: (text: string) => string): AssessorFault['find'] =>
  (bench) =>
    bench.check({ [file]: (before) => change(before?.toString('utf8') ?? '') });

/** Fails where the words are not there, so that a fault is never none. */
export function replaceWords(text: string, from: string | RegExp, to: string): string {
  const result = text.replace(from, to);
  if (result === text) throw new Error(`There is no "${from}" to be replaced.`);
  return result;
}

/** Copies the example with its history and what nobody has committed yet. */
export async function openAssessorBench(): Promise<AssessorBench> {
  const { folder } = await cloneRepository(ROOT);
  for (const part of ['policies', 'content', 'cartulary.yaml']) {
    await rm(join(folder, part), { recursive: true, force: true });
    await cp(join(ROOT, part), join(folder, part), { recursive: true });
  }
  // A provider has no catalogues of its own: those of the package count.
  await rm(join(folder, 'content/requirements'), { recursive: true, force: true });
  const check = async () => {
    const { workspace } = await openWorkspace(pathToFileURL(`${folder}/`), { now: NOW, purpose: 'check', audience: 'assessor' });
    const { findings, crashed } = runCheck(workspace);
    if (crashed) throw new Error(findings.find(({ message }) => message.includes('could not run'))?.message);
    return findings;
  };
  const unchanged = await check();
  const before = new Set(unchanged.map(keyOf));
  return {
    folder,
    unchanged,
    check: async (changes) => {
      const restore = await applyChanges(folder, changes);
      try {
        const findings = (await check()).filter((finding) => !before.has(keyOf(finding)));
        return await Promise.all(findings.map((finding) => describe(folder, finding)));
      } finally {
        await restore();
      }
    },
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

const keyOf = ({ rule, at, message, seen }: Finding) => [rule, at.file, message, seen].join('\n');

async function applyChanges(folder: string, changes: Readonly<Record<string, Change>>): Promise<() => Promise<void>> {
  const originals = new Map<string, Buffer | undefined>();
  const put = async (path: string, content: string | Uint8Array | undefined) => {
    const file = join(folder, path);
    if (content === undefined) return rm(file, { force: true });
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  };
  for (const [path, change] of Object.entries(changes)) {
    const original = await readFile(join(folder, path)).catch(() => undefined);
    originals.set(path, original);
    await put(path, change(original));
  }
  return async () => {
    for (const [path, original] of originals) await put(path, original);
  };
}

async function describe(folder: string, { rule, at, message }: Finding): Promise<Found> {
  const lines = at.start ? (await readFile(join(folder, at.file), 'utf8').catch(() => '')).split('\n') : [];
  return { rule, file: at.file, words: lines[(at.start?.line ?? 0) - 1] ?? '', message };
}
