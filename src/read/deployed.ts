import { readdir } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { Deployed } from '../model/deployed.ts';
import type { ReadingObservation } from '../model/finding.ts';
import { readUpTo } from './files.ts';
import { sha256 } from './register.ts';
import type { Unverified } from './signature.ts';

/** Where what is deployed stands in every repository. */
export const CERTIFICATES = 'content/certificates';

const RULE = 'profiles/certificate-readable';
const MOST_FILES = 5000;

export interface ReadDeployed {
  deployed: readonly Deployed[];
  observations: readonly ReadingObservation[];
}

interface ReadFile {
  items: readonly Unverified[];
  observations: readonly ReadingObservation[];
}

/**
 * Reads the certificates, CRLs and OCSP responses of a repository, in the order of their files, and verifies their
 * signatures with one another. Whatever cannot be read is left out; the observations say what it looks like. Read-me files
 * and hidden ones are passed over.
 */
export async function readDeployed(root: string): Promise<ReadDeployed> {
  const files = await listFiles(root);
  if (files.length === 0) return { deployed: [], observations: [] };
  const read = await Promise.all(files.slice(0, MOST_FILES).map((file) => readFile(root, file)));
  const observations = read.flatMap((content) => content.observations);
  const { verifyDeployed } = await import('./signature.ts');
  const deployed = verifyDeployed(read.flatMap(({ items }) => items));
  return { deployed, observations: files.length > MOST_FILES ? [...observations, tooMany(files)] : observations };
}

async function listFiles(root: string): Promise<string[]> {
  const entries = await readdir(join(root, CERTIFICATES), { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => !entry.isDirectory() && !/^(readme|\.)/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(join(root, sep).length).split(sep).join('/'))
    .filter((path) => !path.split('/').some((part) => part.startsWith('.')))
    .sort();
}

async function readFile(root: string, file: string): Promise<ReadFile> {
  const { MOST_OCTETS, readX509 } = await import('./x509/x509.ts');
  const read = await readUpTo(root, file, MOST_OCTETS.file);
  if (!read?.bytes) return { items: [], observations: [read ? tooLarge(file, read.octets, MOST_OCTETS.file) : notThere(file)] };
  const { items, observations } = readX509(read.bytes, file);
  return {
    items: items.map(({ facts, der, place }) => ({ facts, der, place, sha256: sha256(der) })),
    observations: observations.map((observation) => ({ ...observation, rule: RULE })),
  };
}

const notThere = (file: string): ReadingObservation => ({
  rule: RULE,
  message: 'The file of certificates cannot be read.',
  at: { file },
  seen: 'a folder, a link that leads nowhere or out of the repository, or no regular file',
  expected: 'a file of the repository',
  advice: 'Put the file itself there.',
});

const tooLarge = (file: string, octets: number, most: number): ReadingObservation => ({
  rule: RULE,
  message: 'The file is too large to be read.',
  at: { file },
  seen: `${octets} octets`,
  expected: `at most ${most} octets`,
});

const tooMany = (files: readonly string[]): ReadingObservation => ({
  rule: RULE,
  message: 'There are more files of certificates than are read.',
  at: { file: files[MOST_FILES] as string },
  seen: `${files.length} files`,
  expected: `at most ${MOST_FILES}`,
  advice: 'Keep samples of each profile here, not all certificates: those can be asked for with cartulary in-force --certificate.',
});
