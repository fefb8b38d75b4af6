import { z } from 'zod';
import { inForce, readTimelines } from '../model/in-force.ts';
import { plural } from '../model/plural.ts';
import { boundProfiles } from '../model/profile-binding.ts';
import type { Instant } from '../model/time.ts';
import { NO_ENTRY, type Register, type RegisterEntry, type VersionFile } from '../model/version.ts';
import { profilePath } from '../publish/published-text.ts';
import { blobId } from '../read/git.ts';
import { appendEntries, type NewEntry, sha256 } from '../read/register.ts';
import { readUnpacked } from '../read/unpacked.ts';
import { sourcePath } from '../site/views/text.ts';
import { readJson } from './verify-digests.ts';
import { conclude, newVerification, type Verification, type Wrong } from './verify-report.ts';

const MANIFEST = 'api/v1/manifest.json';
const REGISTER_JSON = 'api/v1/register.json';
const INTERVALS_JSON = 'api/v1/intervals.json';

const Manifest = z.object({ files: z.record(z.string(), z.string()) });
const RegisterJson = z.object({ entries: z.array(z.looseObject({ kind: z.string(), document: z.string(), previous: z.string(), digest: z.string() })) });
const IntervalsJson = z.object({
  intervals: z.array(z.object({ from: z.string(), until: z.string().nullable(), inForce: z.record(z.string(), z.string().nullable()) })),
});

type Files = ReadonlyMap<string, Uint8Array>;

/** Proves a built site from its own files: digests, the chain of its register, intervals, and the bytes of the texts. */
export async function verifySite(folder: string, name: string): Promise<Verification> {
  const report = newVerification(`${name}: a built site`);
  const { files, faults } = await readUnpacked(folder, (path) => !path.includes('\0'));
  report.wrong.push(...faults);
  verifyManifest(files, report);
  const wrong: Wrong[] = [];
  const read = readJson(files, REGISTER_JSON, RegisterJson, wrong);
  if (!read) wrong.push({ file: REGISTER_JSON, message: 'The register of the site is missing, or cannot be read.' });
  report.wrong.push(...wrong);
  if (!read) return report;
  const entries = read.entries.map((entry) => ({ ...entry, start: { line: 1, column: 1 }, fields: {} })) as unknown as RegisterEntry[];
  const register: Register = { entries, last: entries.at(-1)?.digest };
  verifyChain(register, read.entries, report);
  verifyIntervals(register, files, report);
  verifySources(register, files, report);
  report.notProved.push(
    {
      what: `That ${MANIFEST} is the one that the provider wrote`,
      why: 'it has no digest beside it; compare its SHA-256 with that of the site as it was built',
    },
    { what: 'That the pages say what the sources do', why: 'a build of the repository makes them anew; a bundle is proved in this as well' },
    { what: 'That no version was taken out of the end of the register', why: 'a time-stamp token, a clone or an older bundle can show that' },
  );
  return report;
}

function verifyManifest(files: Files, report: Verification): void {
  const wrong: Wrong[] = [];
  const manifest = readJson(files, MANIFEST, Manifest, wrong);
  const listed = new Map(Object.entries(manifest?.files ?? {}).map(([path, digest]) => [(path.endsWith('/') ? `${path}index.html` : path).slice(1), digest]));
  for (const [path, bytes] of files) {
    if (path === MANIFEST || !manifest) continue;
    const expected = listed.get(path);
    const seen = sha256(bytes);
    if (expected === undefined) wrong.push({ file: path, message: `The file is in the site, but not in ${MANIFEST}: it was added.` });
    else if (expected !== seen)
      wrong.push({
        file: path,
        message: `The file is not the one of which ${MANIFEST} has the digest.`,
        seen: `SHA-256 ${seen}`,
        expected: `SHA-256 ${expected}`,
      });
  }
  for (const path of listed.keys()) if (!files.has(path)) wrong.push({ file: path, message: 'The file is missing from the site.' });
  conclude(report, wrong, `${plural(listed.size, 'file')} are those that ${MANIFEST} names, byte for byte; none is missing, none was added.`);
}

/** The chain, and the digest of each entry where it is written as `cartulary register` writes it. */
function verifyChain({ entries }: Register, plain: readonly object[], report: Verification): void {
  const wrong: Wrong[] = [];
  const others: number[] = [];
  let before = NO_ENTRY;
  for (const [index, entry] of entries.entries()) {
    if (entry.previous !== before)
      wrong.push({
        file: REGISTER_JSON,
        message: `Entry ${index + 1} (${entry.document}) does not name the digest of the entry before it.`,
        seen: entry.previous,
        expected: before,
      });
    before = entry.digest;
    if (digestOf(plain[index] as object, entry.previous) !== entry.digest) others.push(index + 1);
  }
  conclude(report, wrong, `Each of the ${entries.length} entries of the register names the digest of the one before; the last is ${before}.`);
  if (entries.length > others.length) report.proved.push(`The digests of ${entries.length - others.length} entries are those of their lines.`);
  if (others.length > 0)
    report.notProved.push({
      what: `The digests of the entries ${others.join(', ')}`,
      why: 'the site has no register.yaml, and these are not written there as cartulary register writes them, or were altered; a bundle or a clone proves them',
    });
}

/** The digest of an entry as `cartulary register` would write it behind the one before. */
function digestOf(entry: object, previous: string): string {
  const { kind: _kind, digest: _digest, previous: _previous, ...rest } = entry as Record<string, unknown>;
  const { added } = appendEntries('', [rest as unknown as NewEntry]);
  return sha256(added.replace(NO_ENTRY, previous));
}

function verifyIntervals(register: Register, files: Files, report: Verification): void {
  const wrong: Wrong[] = [];
  const read = readJson(files, INTERVALS_JSON, IntervalsJson, wrong);
  const documents = [...readTimelines(register).keys()];
  for (const { from, inForce: stated } of read?.intervals ?? []) {
    const expected = Object.fromEntries(documents.map((document) => [document, inForce(register, document, from as Instant).version?.entry.version ?? null]));
    if (JSON.stringify(stated) !== JSON.stringify(expected))
      wrong.push({
        file: INTERVALS_JSON,
        message: `What was in force from ${from} does not follow from the register.`,
        seen: JSON.stringify(stated),
        expected: JSON.stringify(expected),
      });
  }
  conclude(report, wrong, `What was in force in ${plural(read?.intervals.length ?? 0, 'interval')} follows from the register.`);
}

/** Sources and profiles under their addresses, against the register. */
function verifySources(register: Register, files: Files, report: Verification): void {
  const wrong: Wrong[] = [];
  let count = 0;
  const judge = (path: string, { sha256: digest, blob }: VersionFile) => {
    count += 1;
    const file = path.slice(1);
    const bytes = files.get(file);
    if (!bytes) wrong.push({ file, message: 'The site lacks a file that the register names.' });
    else if (sha256(bytes) !== digest)
      wrong.push({ file, message: 'The bytes are not those that were registered.', seen: `SHA-256 ${sha256(bytes)}`, expected: `SHA-256 ${digest}` });
    else if (blob !== undefined && blobId(bytes, blob.length === 64 ? 64 : 40) !== blob)
      wrong.push({ file, message: 'The bytes are not the git blob that was registered.', expected: `blob ${blob}` });
  };
  for (const { spans } of readTimelines(register).values()) {
    for (const { entry } of spans) {
      for (const [language, file] of Object.entries(entry.files)) judge(sourcePath(entry.document, entry.version, language, file), file);
      for (const [id, file] of Object.entries(boundProfiles(register, entry))) judge(profilePath(entry, id), file);
    }
  }
  conclude(report, wrong, `${plural(count, 'source')} of texts and profiles are the registered bytes by SHA-256 and by the ids of their git blobs.`);
}
