import { zipSync } from 'fflate';

/** The time in a file of an archive is local, without a zone; this is the earliest that it can say. */
const noTime = () => new Date(1980, 0, 1, 12);

/** A ZIP archive of files in the order given, without times, attributes or comments: the same files give the same bytes. */
export function writeZip(files: Iterable<readonly [path: string, bytes: Uint8Array]>): Uint8Array {
  const entries = [...files].map(([path, bytes]) => [path, [bytes, { mtime: noTime() }]] as const);
  return zipSync(Object.fromEntries(entries) as Parameters<typeof zipSync>[0], { level: 6 });
}
