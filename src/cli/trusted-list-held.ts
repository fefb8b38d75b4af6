import { realpath } from 'node:fs/promises';
import { showShort } from '../check/report/words.ts';
import type { ReadingObservation } from '../model/finding.ts';
import type { TrustedLists } from '../model/list-snapshot.ts';
import type { Instant } from '../model/time.ts';
import { proveSnapshot, readSnapshot, SNAPSHOT } from '../read/trusted-lists.ts';
import type { Io } from './main.ts';

/** The lists that are held, each proved or refused as of an instant; undefined, and told, where there is no snapshot that can be read. */
export async function readHeldLists(at: Instant, io: Io): Promise<TrustedLists | undefined> {
  const root = await realpath(io.folder);
  const read = await readSnapshot(root);
  if (!read) io.err(`There is no ${SNAPSHOT}. Fetch the lists where there is a network: cartulary trusted-list update.\n`);
  if (!read?.value) {
    tellObservations(read?.observations ?? [], io);
    return undefined;
  }
  const { trustedLists, observations } = await proveSnapshot(root, { snapshot: read.value, fields: read.fields, at });
  tellObservations(observations, io);
  return trustedLists;
}

export function tellObservations(observations: readonly ReadingObservation[], io: Io): void {
  for (const { message, at, advice } of observations) {
    io.err(`${at.file}${at.start ? `:${at.start.line}` : ''}: ${showShort([message, advice].filter(Boolean).join(' '), 600)}\n`);
  }
}
