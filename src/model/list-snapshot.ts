import { z } from 'zod';
import type { Authentication } from './authentic-list.ts';
import type { Point } from './finding.ts';
import { type Instant, isInstant } from './time.ts';

const FileName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,100}$/, 'expected the name of a file beside this one, without folders');
const Location = z.string().min(1).max(1000);
const Digest = z.string().regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 digest: 64 digits of 0 to 9 and a to f');
const Taken = z.string().refine(isInstant, 'expected an instant such as 2026-11-23T09:00:00Z');

const SnapshotFile = z.strictObject({ file: FileName, location: Location, sha256: Digest });
export type SnapshotFile = z.infer<typeof SnapshotFile>;

const Fields = z.strictObject({
  taken: Taken,
  anchors: z.strictObject({
    /** The notice of the Official Journal that publishes them, as the list of the lists names it. */
    journal: Location,
    /** Files with the certificates of that notice. */
    files: z.array(FileName).min(1).max(20),
  }),
  listOfLists: SnapshotFile,
  pivots: z.array(SnapshotFile).max(50).default([]),
  lists: z
    .array(SnapshotFile.extend({ country: z.string().regex(/^[A-Z]{2}$/, 'expected a country such as AT') }))
    .max(60)
    .default([]),
});
/** `content/trusted-lists/snapshot.yaml`: which lists lie beside it, from where and when, and what is trusted to prove them. No country and no file twice. */
export const ListSnapshot = Fields.superRefine((snapshot, context) => {
  const files = [
    ...snapshot.anchors.files.map((name, index) => ({ name, path: ['anchors', 'files', index] })),
    { name: snapshot.listOfLists.file, path: ['listOfLists', 'file'] },
    ...snapshot.pivots.map(({ file }, index) => ({ name: file, path: ['pivots', index, 'file'] })),
    ...snapshot.lists.map(({ file }, index) => ({ name: file, path: ['lists', index, 'file'] })),
  ];
  const countries = snapshot.lists.map(({ country }, index) => ({ name: country, path: ['lists', index, 'country'] }));
  for (const names of [files, countries]) {
    const seen = new Set<string>();
    for (const { name, path } of names) {
      if (seen.has(name)) context.addIssue({ code: 'custom', path, message: `expected it once; "${name}" stands twice, as after a merge of two updates` });
      seen.add(name);
    }
  }
});
export type ListSnapshot = z.infer<typeof ListSnapshot>;

/** The national lists of a snapshot with the country for which their pointers announce them. */
export interface SnapshotList {
  country: string;
  location: string;
  authentication: Authentication;
}

/** The lists of a repository, each proved or refused for the instant that was asked for. */
export interface TrustedLists {
  snapshot: ListSnapshot;
  /** Where the snapshot stands, and the place of each of its values, by path: `lists.0.file`. */
  file: string;
  fields: Readonly<Record<string, Point>>;
  /** The time of interest for the lists. */
  at: Instant;
  listOfLists: Authentication;
  /** None of them is authentic while the list of the lists is not. */
  lists: readonly SnapshotList[];
}
