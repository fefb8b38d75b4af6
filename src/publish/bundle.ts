import {
  BUNDLE_EVIDENCE,
  BUNDLE_INDEX,
  BUNDLE_MANIFEST,
  BUNDLE_STATEMENTS,
  BUNDLE_SUMS,
  type BundledEvidence,
  type BundleHead,
  type BundleManifest,
  type BundleStatements,
} from '../model/bundle.ts';
import { writeBundleIndex } from './bundle-page.ts';
import { listStatements, type StatingVersion } from './bundle-statements.ts';

/** A file of a bundle with what it is. */
export interface BundleFile {
  path: string;
  bytes: Uint8Array;
  says: string;
}

/** All of which a bundle is made. */
export interface BundleSource {
  head: BundleHead;
  /** Everything but what is made here: the first page, the statements, the evidence, the manifest and the digests. */
  files: readonly BundleFile[];
  stating: readonly StatingVersion[];
  /** Undefined where it is not in the bundle. */
  evidence: readonly BundledEvidence[] | undefined;
}

type Digest = (bytes: Uint8Array) => string;

/** The files of a bundle in the order in which they stand in it: by path. The same source gives the same bytes. */
export function makeBundle(source: BundleSource, digest: Digest): ReadonlyMap<string, Uint8Array> {
  const { head } = source;
  const statements = listStatements(source.stating, source.evidence ?? []);
  const evidence = source.evidence && { items: [...source.evidence] };
  const data: BundleFile[] = [
    ...source.files,
    made(BUNDLE_STATEMENTS, toJson(statements), 'Which section of which version stated a requirement, and when that was in force, for machines.'),
    ...(evidence ? [made(BUNDLE_EVIDENCE, toJson(evidence), 'The items of the evidence index, for machines.')] : []),
  ];
  const index = writeBundleIndex({ head, statements, evidence, others: listOthers(head, data) });
  const files = [...data, made(BUNDLE_INDEX, index, 'The first page: which text stated a requirement on a day, and who proved it.')].sort(byPath);
  refuseCollisions(files);
  const manifest: BundleManifest = {
    ...head,
    files: Object.fromEntries(files.map(({ path, bytes, says }) => [path, { sha256: digest(bytes), size: bytes.length, says }])),
  };
  const all = [...files, made(BUNDLE_MANIFEST, toJson(manifest), '')].sort(byPath);
  const sums = all.map(({ path, bytes }) => sumLine(path, digest(bytes))).join('');
  return new Map([...all, made(BUNDLE_SUMS, sums, '')].sort(byPath).map(({ path, bytes }) => [path, bytes]));
}

/** A line of SHA256SUMS, as `sha256sum` writes and reads it. */
export const sumLine = (path: string, digest: string) => `${digest}  ${path}\n`;

/** The first page as it follows from what a bundle says for machines. */
export function remakeIndex(manifest: BundleManifest, statements: BundleStatements, evidence: { items: BundledEvidence[] } | undefined): string {
  const { files, ...head } = manifest;
  const listed = Object.entries(files).map(([path, { says }]) => ({ path, says }));
  return writeBundleIndex({ head, statements, evidence, others: listOthers(head, listed) });
}

/** The files that the descriptions of the versions do not name. */
function listOthers(head: BundleHead, files: readonly { path: string; says: string }[]): { path: string; says: string }[] {
  const named = new Set(
    head.versions.flatMap(({ texts, profiles, notices, matrix }) => [
      ...texts.flatMap(({ source, page }) => [source, page]),
      ...profiles.map(({ source }) => source),
      ...notices.flatMap(({ text, json }) => [text, json]),
      ...(matrix ? [matrix.json, matrix.csv, matrix.xlsx] : []),
    ]),
  );
  return files
    .filter(({ path }) => !named.has(path) && path !== BUNDLE_INDEX)
    .map(({ path, says }) => ({ path, says }))
    .sort(byPath);
}

/** On many a disk two names that differ in their capitals are one file. */
function refuseCollisions(files: readonly BundleFile[]): void {
  const taken = new Map<string, string>();
  for (const { path } of files) {
    const other = taken.get(path.toLowerCase());
    if (other !== undefined) throw new Error(`${path} and ${other} would be one file where capitals do not count: rename one of them.`);
    taken.set(path.toLowerCase(), path);
  }
}

/** By code points, whatever the language of the machine. */
const byPath = (a: { path: string }, b: { path: string }) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0);

const encoder = new TextEncoder();
const made = (path: string, text: string, says: string): BundleFile => ({ path, bytes: encoder.encode(text), says });
const toJson = (value: unknown) => `${JSON.stringify(value, null, 1)}\n`;
