import { readdir, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { ReadingObservation } from '../model/finding.ts';
import type { Instant } from '../model/time.ts';
import {
  type RefusedTimestamp,
  readTimestampName,
  type StoredTimestamp,
  TIMESTAMP_AUTHORITIES,
  TIMESTAMP_RULE,
  TIMESTAMPS,
  type Timestamps,
} from '../model/timestamp.ts';
import type { Register, Sha256 } from '../model/version.ts';
import { readInside } from './files.ts';
import { sha256 } from './register.ts';
import type { Holder } from './signature.ts';

/** The files of `content/timestamps` by their paths; undefined for one that leads out of the repository. */
export type TimestampFiles = ReadonlyMap<string, Uint8Array | undefined>;

/** What tokens are judged by. */
export interface TimestampContext {
  readonly register: Register;
  readonly now: Instant;
}

const MOST_FILES = 5000;

/** Reads and verifies the time-stamp tokens of a repository. */
export async function readTimestamps(root: string, context: TimestampContext): Promise<Timestamps> {
  const files = await readTimestampFiles(root);
  return files.size === 0 ? { stored: [], observations: [] } : verifyTimestamps(files, context);
}

/** All files of `content/timestamps`, in the order of their paths, without read-me files and hidden ones. */
export async function readTimestampFiles(folder: string): Promise<TimestampFiles> {
  const root = await realpath(folder);
  const entries = await readdir(join(root, TIMESTAMPS), { recursive: true, withFileTypes: true }).catch(() => []);
  const paths = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(root, sep).length).split(sep).join('/'))
    .filter((path) => !path.split('/').some((part) => part.startsWith('.')) && !/\/readme[^/]*$/i.test(path))
    .sort();
  return new Map(await Promise.all(paths.slice(0, MOST_FILES).map(async (path) => [path, await readInside(root, path)] as const)));
}

/** Verifies tokens, wherever their files come from: a repository, a site or a bundle. */
export async function verifyTimestamps(files: TimestampFiles, { register, now }: TimestampContext): Promise<Timestamps> {
  const [{ verifyTimestamp }, { readTimestampRequest }] = await Promise.all([import('./timestamp.ts'), import('./timestamp-request.ts')]);
  const { authorities, observations } = await readAuthorities(files);
  const entries = new Map(register.entries.map((entry) => [entry.digest, entry]));
  const stored: StoredTimestamp[] = [];
  for (const [file, bytes] of files) {
    if (file.startsWith(`${TIMESTAMP_AUTHORITIES}/`)) continue;
    const name = readTimestampName(file.slice(TIMESTAMPS.length + 1));
    if (!name || !bytes) observations.push(name ? notThere(file) : foreign(file));
    if (!name || !bytes) continue;
    const requestFile = name.kind === 'tsq' ? file : file.replace(/r$/, 'q');
    const asked = files.get(requestFile);
    const request = asked && readTimestampRequest(asked);
    if (asked && (!request || request.digest !== name.digest) && name.kind === 'tsq') observations.push(notAsked(file, request?.digest));
    if (name.kind === 'tsq') continue;
    const entry = entries.get(name.digest);
    const verdict = entry
      ? verifyTimestamp(bytes, { digest: entry.digest, published: entry.published as Instant, now, authorities, request })
      : noEntry(name.digest, register);
    stored.push({ file, digest: name.digest, verdict });
  }
  return { stored, observations };
}

/** The pinned authorities. */
export async function readAuthorities(files: TimestampFiles): Promise<{ authorities: Holder[]; observations: ReadingObservation[] }> {
  const { readX509 } = await import('./x509/x509.ts');
  const authorities = new Map<Sha256, Holder>();
  const observations: ReadingObservation[] = [];
  for (const [file, bytes] of files) {
    if (!file.startsWith(`${TIMESTAMP_AUTHORITIES}/`)) continue;
    const { items, observations: seen } = bytes ? readX509(bytes, file) : { items: [], observations: [] };
    const others = items.filter(({ facts }) => facts.kind !== 'certificate');
    for (const { facts, der } of items) if (facts.kind === 'certificate') authorities.set(sha256(der), { facts, der, sha256: sha256(der) });
    observations.push(
      ...seen.map((observation) => ({ ...observation, rule: TIMESTAMP_RULE }) as const),
      ...others.map(({ place }) => noCertificate(place.file)),
    );
    if (!bytes) observations.push(notThere(file));
  }
  return { authorities: [...authorities.values()], observations };
}

function noEntry(digest: Sha256, { entries }: Register): RefusedTimestamp {
  return {
    verified: false,
    fault: 'no-entry',
    problem: 'The register has no entry with the digest that the file is named after: an entry that was stamped was altered or removed since.',
    seen: digest,
    expected: `the digest of one of the ${entries.length} entries of the register`,
  };
}

const observe = (file: string, message: string, seen: string, expected: string, advice: string): ReadingObservation => ({
  rule: TIMESTAMP_RULE,
  message,
  at: { file },
  seen,
  expected,
  advice,
});

const notThere = (file: string) =>
  observe(file, 'The file cannot be read.', 'a link that leads nowhere or out of the repository', 'a file of the repository', 'Put the file itself there.');

const foreign = (file: string) =>
  observe(
    file,
    'This is no time-stamp token by its name.',
    file.slice(TIMESTAMPS.length + 1),
    `<digest of an entry>.tsr, the request with the ending .tsq, or certificates in ${TIMESTAMP_AUTHORITIES}`,
    'Let the command name it: cartulary timestamp --store <file>.',
  );

const notAsked = (file: string, digest: string | undefined) =>
  observe(
    file,
    digest === undefined ? 'This is no time-stamp request.' : 'The request is over another digest than its name says.',
    digest ?? 'something else than a TimeStampReq of RFC 3161 over SHA-256',
    'the request over the entry that the file is named after',
    'Take it away: a token is verified without its request too.',
  );

const noCertificate = (file: string) =>
  observe(file, 'Among the pinned authorities there is something else than a certificate.', 'a CRL or an OCSP response', 'certificates', 'Take it away.');
