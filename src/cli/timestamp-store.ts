import { mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { showShort } from '../check/report/words.ts';
import type { Instant } from '../model/time.ts';
import { nameEntry, TIMESTAMPS, type TimestampVerdict } from '../model/timestamp.ts';
import type { Register, RegisterEntry, Sha256 } from '../model/version.ts';
import { REGISTER, readRegister } from '../read/register.ts';
import { stampedDigest, verifyTimestamp } from '../read/timestamp.ts';
import { readTimestampRequest } from '../read/timestamp-request.ts';
import { readAuthorities, readTimestampFiles, type TimestampFiles } from '../read/timestamps.ts';
import { readRepositoryFile } from '../read/workspace.ts';
import type { Io } from './main.ts';
import { replaceFiles } from './replace-files.ts';

/** What a token is kept with. */
interface Keeping {
  register: Register;
  files: TimestampFiles;
  /** What was just asked for; otherwise the request that lies where the token will. */
  request?: Uint8Array | undefined;
  io: Io;
}

/** `cartulary timestamp --store`: keeps an answer that came some other way. */
export async function storeTimestamp(file: string, io: Io): Promise<number> {
  const bytes = await readFile(resolve(io.folder, file)).catch(() => undefined);
  if (!bytes) {
    io.err(`There is no file ${file}.\n`);
    return 2;
  }
  const { register } = readRegister((await readRepositoryFile(io.folder, REGISTER))?.toString('utf8') ?? '');
  return keepToken(bytes, { register, files: await readTimestampFiles(io.folder), io });
}

/** Verifies a token, and keeps it only if it proves something. */
export async function keepToken(bytes: Uint8Array, { register, files, request: asked, io }: Keeping): Promise<number> {
  const same = [...files].find(([path, kept]) => path.endsWith('.tsr') && kept && Buffer.from(kept).equals(bytes));
  if (same) {
    io.out(`The token is kept already: ${same[0]}.\n`);
    return 0;
  }
  const digest = stampedDigest(bytes);
  const entry = register.entries.find((one) => one.digest === digest);
  if (digest !== undefined && !entry) {
    return refuse(io, [`The token is over ${digest}, which is the digest of no entry of the register.`]);
  }
  const { authorities, observations } = await readAuthorities(files);
  const stem = freeStem(files, entry?.digest ?? '');
  const kept = asked ?? files.get(`${stem}.tsq`);
  const order = { digest: entry?.digest ?? '', published: (entry?.published ?? io.now) as Instant, now: io.now, authorities };
  const verdict = verifyTimestamp(bytes, { ...order, request: kept && readTimestampRequest(kept) });
  if (!verdict.verified || !entry) return refuse(io, [...describeRefused(verdict), ...observations.map(({ at, message }) => `${at.file}: ${message}`)]);
  await writeTimestampFiles(io.folder, [
    ...(asked ? [{ path: `${stem}.tsq`, after: asked, before: files.get(`${stem}.tsq`) }] : []),
    { path: `${stem}.tsr`, after: bytes },
  ]);
  io.out(describeKept(`${stem}.tsr`, entry, verdict));
  return 0;
}

function refuse(io: Io, lines: readonly string[]): number {
  io.err(`${lines.map((line) => showShort(line, 600)).join('\n')}\nNothing was written.\n`);
  return 1;
}

function describeRefused(verdict: TimestampVerdict): string[] {
  if (verdict.verified) return [];
  return [verdict.problem, `  seen: ${verdict.seen}`, `  expected: ${verdict.expected}`];
}

function describeKept(file: string, entry: RegisterEntry, verdict: Extract<TimestampVerdict, { verified: true }>): string {
  const { at, signer, authority, authoritySha256, policy } = verdict;
  return [
    `Kept: ${file}.`,
    `${nameEntry(entry)}, and every entry of the register before it, existed at ${at}: so says ${showShort(signer, 200)}`,
    `under its policy ${policy}; pinned is ${showShort(authority, 200)}, SHA-256 ${authoritySha256}.`,
    `Commit ${TIMESTAMPS} now.`,
    '',
  ].join('\n');
}

/** Where the next token over an entry goes, without its ending. */
export function freeStem(files: TimestampFiles, digest: Sha256): string {
  const stem = `${TIMESTAMPS}/${digest}`;
  for (let number = 1; number < 99; number += 1) {
    const candidate = number === 1 ? stem : `${stem}-${number}`;
    if (!files.has(`${candidate}.tsr`)) return candidate;
  }
  throw new Error(`There are 99 tokens over ${digest} already.`);
}

/** Writes all files or none. */
export async function writeTimestampFiles(
  folder: string,
  files: readonly { path: string; after: Uint8Array; before?: Uint8Array | undefined }[],
): Promise<void> {
  await mkdir(join(folder, TIMESTAMPS), { recursive: true });
  await replaceFiles(
    folder,
    files.map(({ path, after, before }) => ({ path, after, before })),
  );
}
