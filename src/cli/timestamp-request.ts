import { pathToFileURL } from 'node:url';
import { toInstant } from '../model/time.ts';
import { nameEntry, TIMESTAMPS } from '../model/timestamp.ts';
import type { Register, RegisterEntry } from '../model/version.ts';
import { fetchTimestamp } from '../read/fetch-timestamp.ts';
import { readTimestampRequest, writeTimestampRequest } from '../read/timestamp-request.ts';
import { readTimestampFiles, type TimestampFiles } from '../read/timestamps.ts';
import { openWorkspace } from '../read/workspace.ts';
import { type Io, UsageError } from './main.ts';
import { refuseUntrusted } from './refuse-untrusted.ts';
import { freeStem, keepToken, writeTimestampFiles } from './timestamp-store.ts';

export interface RequestWishes {
  url: string | undefined;
  policy: string | undefined;
}

/** `cartulary timestamp --request`: writes the request over an entry, and with an address gets and keeps the token. */
export async function requestTimestamp(names: readonly string[], { url, policy }: RequestWishes, io: Io): Promise<number> {
  const began = performance.now();
  const { workspace } = await openWorkspace(pathToFileURL(`${io.folder}/`), { now: io.now, purpose: 'check' });
  if (refuseUntrusted(workspace, io)) return 1;
  const entry = findEntry(names, workspace.register);
  if (!entry) {
    io.err(names.length === 0 ? 'The register has no entry yet.\n' : `The register has no entry of ${names.join(' ')}.\n`);
    return 1;
  }
  const files = await readTimestampFiles(io.folder);
  const stem = freeStem(files, entry.digest);
  const request = writeTimestampRequest({ digest: entry.digest, ...(policy !== undefined && { policy }) });
  if (url === undefined) return writeRequest(`${stem}.tsq`, request, { files, entry, wanted: policy, io });
  const answer = await fetchTimestamp(url, request);
  if (answer.bytes === undefined) {
    io.err(`${answer.problem}\nNothing was written.\n`);
    return 2;
  }
  // The answer is of now, and reading the repository and asking took their time.
  const now = toInstant(new Date(Date.parse(io.now) + performance.now() - began));
  return keepToken(answer.bytes, { register: workspace.register, files, request, io: { ...io, now } });
}

/** The last entry, the newest of a document, of a version, or that of a digest. */
function findEntry([name, version]: readonly string[], { entries }: Register): RegisterEntry | undefined {
  if (name === undefined) return entries.at(-1);
  if (version === undefined && /^[0-9a-f]{8,64}$/.test(name)) {
    const found = entries.filter(({ digest }) => digest.startsWith(name));
    if (found.length > 1) throw new UsageError(`"${name}" begins ${found.length} digests: write more of it.`);
    return found[0];
  }
  return entries.findLast((entry) => entry.document === name && (version === undefined || ('version' in entry && entry.version === version)));
}

/** A request that nobody has answered yet stays: its answer may be on the way. */
async function writeRequest(
  file: string,
  request: Uint8Array,
  { files, entry, wanted, io }: { files: TimestampFiles; entry: RegisterEntry; wanted: string | undefined; io: Io },
) {
  const kept = files.get(file);
  const isThere = kept !== undefined;
  const { policy } = (kept && readTimestampRequest(kept)) ?? {};
  if (kept && wanted !== undefined && policy !== wanted) {
    io.err(`${file} is there already and asks for ${policy ?? 'no policy'}, not for ${wanted}. Take it away, if nobody is to answer it, and ask again.\n`);
    return 1;
  }
  if (!isThere) await writeTimestampFiles(io.folder, [{ path: file, after: request }]);
  io.out(
    [
      `${isThere ? 'The request is there already' : 'Written'}: ${file}, over ${nameEntry(entry)} (${entry.digest}).`,
      'Send it to an authority, and keep what comes back:',
      `  curl --fail -H "Content-Type: application/timestamp-query" --data-binary @${file} -o answer.tsr <address>`,
      '  cartulary timestamp --store answer.tsr',
      `The certificate to which the token leads has to lie in ${TIMESTAMPS}/authorities.`,
      '',
    ].join('\n'),
  );
  return 0;
}
