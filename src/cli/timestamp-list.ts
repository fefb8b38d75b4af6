import { pathToFileURL } from 'node:url';
import { showShort } from '../check/report/words.ts';
import { plural } from '../model/plural.ts';
import { nameEntry, proofsOf, type StoredTimestamp } from '../model/timestamp.ts';
import type { RegisterEntry } from '../model/version.ts';
import type { Workspace } from '../model/workspace.ts';
import { openWorkspace } from '../read/workspace.ts';
import type { Io } from './main.ts';
import { refuseUntrusted } from './refuse-untrusted.ts';

/** `cartulary timestamp`: since when each entry existed at the latest, and which tokens prove nothing. */
export async function listTimestamps(isJson: boolean, io: Io): Promise<number> {
  const { workspace } = await openWorkspace(pathToFileURL(`${io.folder}/`), { now: io.now, purpose: 'check' });
  if (refuseUntrusted(workspace, io)) return 1;
  const stored = workspace.timestamps ?? [];
  const refused = stored.filter(({ verdict }) => !verdict.verified);
  io.out(isJson ? `${JSON.stringify(toJson(workspace), null, 2)}\n` : tell(workspace, refused));
  return refused.length > 0 ? 1 : 0;
}

function tell({ register, timestamps = [] }: Workspace, refused: readonly StoredTimestamp[]): string {
  const proofs = proofsOf(register, timestamps);
  const bare = register.entries.filter(({ digest }) => !proofs.has(digest));
  const lines = register.entries.map((entry) => `  ${describe(entry, proofs.get(entry.digest))}`);
  return [
    `${countEntries(register.entries.length)} in the register, ${plural(timestamps.length, 'token')}:`,
    ...lines,
    ...refused.flatMap(({ file, verdict }) =>
      verdict.verified ? [] : [`${file} proves nothing. ${verdict.problem}`, `  seen: ${showShort(verdict.seen, 300)}`],
    ),
    ...(bare.length > 0 ? [`No token covers ${countEntries(bare.length)} at the end: cartulary timestamp --request.`] : []),
    '',
  ].join('\n');
}

const countEntries = (count: number): string => (count === 1 ? '1 entry' : `${count} entries`);

function describe(entry: RegisterEntry, proof: StoredTimestamp | undefined): string {
  const name = `${entry.digest.slice(0, 12)}  ${nameEntry(entry)}, published ${entry.published}`;
  if (!proof?.verdict.verified) return `${name}: proved by no token`;
  const by = proof.digest === entry.digest ? 'by its own token' : `by the token over ${proof.digest.slice(0, 12)}`;
  return `${name}: there at ${proof.verdict.at}, ${by} of ${showShort(proof.verdict.signer, 200)}`;
}

function toJson({ register, timestamps = [] }: Workspace) {
  const proofs = proofsOf(register, timestamps);
  return {
    entries: register.entries.map((entry) => {
      const proof = proofs.get(entry.digest);
      const proved = proof && { at: proof.verdict.at, file: proof.file, signer: proof.verdict.signer, authoritySha256: proof.verdict.authoritySha256 };
      return { digest: entry.digest, document: entry.document, kind: entry.kind, published: entry.published, proved: proved ?? null };
    }),
    tokens: timestamps,
  };
}
