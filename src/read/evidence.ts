import { readdir, realpath } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { type Evidence, EvidenceFile, type EvidenceIndex } from '../model/evidence.ts';
import type { Point, ReadingObservation } from '../model/finding.ts';
import { readInside } from './files.ts';
import { type AgeSource, readSectionAges } from './section-ages.ts';
import { readYaml } from './yaml.ts';

/** Where the evidence index stands in a repository that keeps it. */
export const EVIDENCE = 'content/evidence';

const RULE = 'evidence/evidence-valid';
const MOST_FILES = 500;

export interface ReadEvidence {
  /** Undefined where there is no index. */
  evidence: EvidenceIndex | undefined;
  observations: readonly ReadingObservation[];
}

/**
 * Reads the evidence index: the YAML files of a folder, which may be outside the repository, and how old the sections are
 * that its items are about. Folders in it, read-me files and hidden ones are passed over; what cannot be read is left out.
 */
export async function readEvidence(from: AgeSource, outside: string | undefined): Promise<ReadEvidence> {
  const { root } = from.source;
  const folder = outside === undefined ? join(root, EVIDENCE) : resolve(root, outside);
  const real = await realpath(folder).catch(() => undefined);
  const shown = outside === undefined ? EVIDENCE : relative(root, folder).split(sep).join('/');
  const entries = real === undefined ? [] : await readdir(real, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => !entry.isDirectory() && !/^(readme|\.)/i.test(entry.name)).map(({ name }) => name);
  if (real === undefined || names.length === 0) return { evidence: undefined, observations: outside === undefined ? [] : [nothingThere(shown)] };
  const inside = outside === undefined ? await isInside(root, real) : true;
  if (!inside) return { evidence: undefined, observations: [nothingThere(shown)] };
  const read = await Promise.all(
    names
      .sort()
      .slice(0, MOST_FILES)
      .map((name) => readFile(real, name, `${shown}/${name}`)),
  );
  const observations = read.flatMap((file) => file.observations);
  if (names.length > MOST_FILES) observations.push(tooMany(shown, names.length));
  const ages = await readSectionAges(
    from,
    read.flatMap(({ items }) => items),
  );
  return { evidence: ages, observations };
}

const isInside = async (root: string, real: string) => real.startsWith((await realpath(root)) + sep);

async function readFile(folder: string, name: string, file: string): Promise<{ items: readonly Evidence[]; observations: ReadingObservation[] }> {
  if (!name.endsWith('.yaml')) return { items: [], observations: [notYaml(file, name)] };
  const bytes = await readInside(folder, name);
  if (!bytes) return { items: [], observations: [notThere(file)] };
  const { value = [], fields, observations } = readYaml({ text: bytes.toString('utf8'), file, firstLine: 1, rule: RULE }, EvidenceFile);
  return {
    items: value.map((item, index) => ({ ...item, file, about: item.sections ?? [], fields: fieldsOf(fields, index) })),
    observations: [...observations],
  };
}

/** The places of one item's values; its own under the empty path. */
function fieldsOf(fields: Readonly<Record<string, Point>>, index: number): Record<string, Point> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([path, point]) => {
      if (path === String(index)) return [['', point] as const];
      return path.startsWith(`${index}.`) ? [[path.slice(`${index}.`.length), point] as const] : [];
    }),
  );
}

const nothingThere = (folder: string): ReadingObservation => ({
  rule: RULE,
  message: 'The folder of the evidence index holds no file that can be read.',
  at: { file: folder },
  seen: 'no folder, an empty one, or a link that leads out of the repository',
  expected: 'YAML files, each a list of items',
  advice: 'Name the folder: --evidence <folder>; a path is taken from the repository.',
});

const notYaml = (file: string, name: string): ReadingObservation => ({
  rule: RULE,
  message: 'The folder of the evidence index holds something that is no list of items by its name.',
  at: { file },
  seen: name,
  expected: 'a file such as key-management.yaml',
  advice: 'The index names where a proof is kept; the proof itself stays there. Rename the file, or move it to another folder.',
});

const notThere = (file: string): ReadingObservation => ({
  rule: RULE,
  message: 'The list of evidence cannot be read.',
  at: { file },
  seen: 'a link that leads out of the folder of the index',
  expected: 'a file of that folder',
  advice: 'Put the file itself there.',
});

const tooMany = (folder: string, count: number): ReadingObservation => ({
  rule: RULE,
  message: 'There are more files of evidence than are read.',
  at: { file: folder },
  seen: `${count} files`,
  expected: `at most ${MOST_FILES}`,
  advice: 'Put several items into one file.',
});
