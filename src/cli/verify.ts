import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { BUNDLE_MANIFEST, BUNDLE_SUMS } from '../model/bundle.ts';
import { REGISTER, sha256 } from '../read/register.ts';
import { type Command, type Io, packageVersion, UsageError } from './main.ts';
import { type Verification, verificationJson, verificationText } from './verify-report.ts';

/** More than any archive that could be read in memory. */
const MOST_OCTETS = 1_000_000_000;

/** `cartulary verify`: recomputes what a bundle, a built site or a repository says of itself. */
export const verify: Command = {
  summary: 'Prove a bundle, a built site or a repository, offline.',
  usage: `cartulary verify <bundle.zip or folder> [--sha256 <digest>] [--json]

  What it is given is a bundle, also one that was unpacked into a folder; a built site, such as dist; or a clone of a
  repository. It recomputes every digest, the chain of the register, the intervals, the ids of git blobs, the signatures of
  trusted lists and time-stamp tokens, and says what it proved and what it could not. It fetches nothing and writes nothing.

  --sha256  the digest of the bundle as the provider told it by another way than the file
  --json    for machines

Exit codes: 0 nothing is wrong, 1 something is, 2 could not run.`,
  async run(args, io) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { sha256: { type: 'string' }, json: { type: 'boolean' } },
    });
    const [name] = positionals;
    if (name === undefined || positionals.length > 1) throw new UsageError('Name one bundle, site or repository.');
    const expected = values.sha256?.toLowerCase();
    if (expected !== undefined && !/^[0-9a-f]{64}$/.test(expected)) throw new UsageError(`"${values.sha256}" is no SHA-256 digest: 64 hexadecimal digits.`);
    const verification = await verifyAny(name, expected, io);
    if (typeof verification === 'string') {
      io.err(`${verification}\n`);
      return 2;
    }
    io.out(values.json ? verificationJson(verification) : verificationText(verification));
    return verification.wrong.length === 0 ? 0 : 1;
  },
};

/** A verification, or why there can be none. */
async function verifyAny(name: string, expected: string | undefined, io: Io): Promise<Verification | string> {
  const path = resolve(io.folder, name);
  const found = await stat(path).catch(() => undefined);
  if (!found) return `There is no ${name}.`;
  if (!found.isDirectory()) return verifyArchive(path, name, expected, io);
  const has = async (file: string) => (await stat(resolve(path, file)).catch(() => undefined))?.isFile() ?? false;
  if ((await has(BUNDLE_MANIFEST)) && (await has(BUNDLE_SUMS))) {
    const { readUnpacked } = await import('../read/unpacked.ts');
    const { files, faults } = await readUnpacked(path);
    const { verifyBundle } = await import('./verify-bundle.ts');
    return verifyBundle({ name, files, faults, digest: undefined, expected, now: io.now, release: await packageVersion() });
  }
  if (expected !== undefined) throw new UsageError('A folder has no digest: --sha256 is for the ZIP file of a bundle.');
  if (await has('api/v1/manifest.json')) return (await import('./verify-site.ts')).verifySite(path, name);
  if ((await has('cartulary.yaml')) || (await has(REGISTER))) return (await import('./verify-repository.ts')).verifyRepository(path, name, io.now);
  return `${name} is no bundle, no built site and no repository: it holds neither ${BUNDLE_MANIFEST} with ${BUNDLE_SUMS}, nor api/v1/manifest.json, nor cartulary.yaml.`;
}

async function verifyArchive(path: string, name: string, expected: string | undefined, io: Io): Promise<Verification | string> {
  const { size } = await stat(path);
  if (size > MOST_OCTETS) return `${name} has ${size} octets; at most ${MOST_OCTETS} are read.`;
  const bytes = await readFile(path);
  if (bytes.length < 4 || bytes.toString('latin1', 0, 2) !== 'PK') return `${name} is no bundle: it does not begin as a ZIP archive does.`;
  const { readZip } = await import('../read/zip.ts');
  const { files, faults } = readZip(bytes);
  const { verifyBundle } = await import('./verify-bundle.ts');
  return verifyBundle({
    name,
    files,
    faults: faults.map(({ file, message }) => ({ file: file ?? name, message })),
    digest: sha256(bytes),
    expected,
    now: io.now,
    release: await packageVersion(),
  });
}
