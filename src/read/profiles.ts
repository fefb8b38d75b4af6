import { isUtf8 } from 'node:buffer';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ProfileId } from '../model/document.ts';
import type { Place, ReadingObservation } from '../model/finding.ts';
import { Profile } from '../model/profile.ts';
import type { Sha256, VersionFile } from '../model/version.ts';
import type { DeclaredProfile } from '../model/workspace.ts';
import { readUpTo } from './files.ts';
import { readPublishedBytes, type Source } from './published.ts';
import { REGISTER } from './register.ts';
import { readYaml } from './yaml.ts';

/** Where declared profiles stand in every repository: `<id>.yaml`. */
export const PROFILES = 'content/profiles';

const RULE = 'profiles/profile-valid';
/** Four octets for each character that is read. */
const MOST_OCTETS = 2_000_000;

/** The declared profiles, in the order of their ids, and what was wrong with them. */
export interface ReadProfiles {
  profiles: readonly DeclaredProfile[];
  observations: readonly ReadingObservation[];
}

/** Reads the profiles of the work tree. Whatever cannot be one is left out; the observations say why. */
export async function readProfiles(root: string): Promise<ReadProfiles> {
  const files = await readdir(join(root, PROFILES)).catch(() => []);
  const read = await Promise.all(files.sort().map((name) => readNamed(root, name)));
  return { profiles: read.flatMap(({ profiles }) => profiles), observations: read.flatMap(({ observations }) => observations) };
}

async function readNamed(root: string, name: string): Promise<ReadProfiles> {
  if (/^readme/i.test(name) || name.startsWith('.')) return { profiles: [], observations: [] };
  const file = `${PROFILES}/${name}`;
  const id = name.replace(/\.yaml$/, '');
  if (id === name || !ProfileId.safeParse(id).success) return { profiles: [], observations: [notNamed(file, name)] };
  const read = await readUpTo(root, file, MOST_OCTETS);
  if (!read?.bytes) return { profiles: [], observations: [read ? tooLarge(file, read.octets) : notThere(file)] };
  return isUtf8(read.bytes) ? parseProfile(read.bytes.toString('utf8'), id, file) : { profiles: [], observations: [notUtf8(file, read.bytes)] };
}

/** A profile as its file says it: that of the work tree, or the bytes that a version is bound to. */
export function parseProfile(text: string, id: string, file: string): ReadProfiles {
  const { value, fields, observations } = readYaml({ text, file, firstLine: 1, rule: RULE }, Profile);
  return { profiles: value ? [{ ...value, id, file, fields }] : [], observations };
}

/** The profiles that registered versions state, by digest. Bytes that cannot be had or are no profile are left out; the observations say why. */
export async function readBoundProfiles(source: Source) {
  const bound = source.register.entries.flatMap((entry) => {
    if (entry.kind !== 'version' && entry.kind !== 'declaration') return [];
    return Object.entries(entry.profiles ?? {}).map(([id, file]) => ({ id, file, entry }));
  });
  const bytes = await readPublishedBytes(
    source,
    bound.map(({ file }) => file),
  );
  const profiles = new Map<Sha256, DeclaredProfile>();
  const observations: ReadingObservation[] = [];
  for (const { id, file, entry } of bound) {
    // Many versions state the same bytes.
    if (profiles.get(file.sha256)?.id === id) continue;
    const found = bytes.get(file.sha256);
    const start = entry.fields[`profiles.${id}`] ?? entry.start;
    const profile = found && parseBound(found, id, file);
    if (profile) profiles.set(file.sha256, profile);
    else observations.push(notBound(`"${id}" of ${entry.document} ${entry.version}`, file, found, { file: REGISTER, start }));
  }
  return { profiles, observations };
}

const MOST_KEPT = 1000;
const kept = new Map<string, DeclaredProfile | undefined>();

/** Bytes with a digest never say anything else: a process that reads a repository again, as `dev` does, need not parse them again. */
function parseBound(bytes: Uint8Array, id: string, { sha256, path }: VersionFile): DeclaredProfile | undefined {
  const key = JSON.stringify([sha256, id, path]);
  if (!kept.has(key)) {
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(key, isUtf8(bytes) ? parseProfile(Buffer.from(bytes).toString('utf8'), id, path).profiles[0] : undefined);
  }
  return kept.get(key);
}

function notBound(name: string, file: VersionFile, found: Uint8Array | undefined, at: Place): ReadingObservation {
  if (!found) return notHeld(name, file, at);
  return notValid(name, isUtf8(found) ? file.path : `line ${firstLineNotUtf8(found)} of ${file.path}: bytes that are not UTF-8`, at);
}

const notHeld = (name: string, file: VersionFile, at: Place): ReadingObservation => ({
  rule: 'form/register-holds',
  message: `The bytes of the profile ${name} are not there, or not those that were registered.`,
  at,
  seen: `no ${file.blob ? `blob ${file.blob}` : `file ${file.path}`} with this digest`,
  expected: `bytes with SHA-256 ${file.sha256}`,
  advice: 'Work in a clone with its whole history (git fetch --unshallow), or take the entry back from the base branch.',
});

const notValid = (name: string, seen: string, at: Place): ReadingObservation => ({
  rule: RULE,
  message: `The registered profile ${name} cannot be read as one.`,
  at,
  seen,
  expected: 'a profile that is valid',
  advice: 'Correct the file, commit it, and declare it anew: cartulary register --profiles <document> <version>.',
});

const notNamed = (file: string, name: string): ReadingObservation => ({
  rule: RULE,
  message: 'The folder of the profiles holds something that is none by its name.',
  at: { file },
  seen: name,
  expected: 'a file such as natural-person-qscd.yaml, of lower-case letters, digits and single hyphens: its name is the id of the profile',
  advice: 'Rename it, or move it to another folder.',
});

const notThere = (file: string): ReadingObservation => ({
  rule: RULE,
  message: 'The profile cannot be read.',
  at: { file },
  seen: 'a folder, a link that leads nowhere or out of the repository, or no regular file',
  expected: 'a file of the repository',
  advice: 'Put the file itself there.',
});

const tooLarge = (file: string, octets: number): ReadingObservation => ({
  rule: RULE,
  message: 'The profile is too large to be read.',
  at: { file },
  seen: `${octets} octets`,
  expected: `at most ${MOST_OCTETS} octets`,
});

const notUtf8 = (file: string, bytes: Buffer): ReadingObservation => ({
  rule: RULE,
  message: 'The profile is not UTF-8, so characters of it would be lost.',
  at: { file, start: { line: firstLineNotUtf8(bytes), column: 1 } },
  seen: 'bytes that are not UTF-8',
  expected: 'a file saved as UTF-8',
});

/** The line, counted from 1, on which the first bytes stand that are not UTF-8. */
function firstLineNotUtf8(bytes: Uint8Array): number {
  let [line, start] = [1, 0];
  // The octet of a line feed is part of no other character in UTF-8.
  for (let end = bytes.indexOf(10); end >= 0 && isUtf8(bytes.subarray(start, end)); end = bytes.indexOf(10, start)) [line, start] = [line + 1, end + 1];
  return line;
}
