import type { z } from 'zod';
import { BUNDLE_MANIFEST, BUNDLE_SUMS, BundleManifest } from '../model/bundle.ts';
import { plural } from '../model/plural.ts';
import { sumLine } from '../publish/bundle.ts';
import { sha256 } from '../read/register.ts';
import { conclude, type Verification, type Wrong } from './verify-report.ts';

/** The files of a bundle by their paths, however they came. */
export type BundleFiles = ReadonlyMap<string, Uint8Array>;

const LINE = /^([0-9a-f]{64}) {2}(.+)$/;

/**
 * Compares each file to its digests in manifest.json and SHA256SUMS, and both lists with each other. The answer is the
 * manifest, where it can be read as one.
 */
export function verifyDigests(files: BundleFiles, report: Verification): BundleManifest | undefined {
  const wrong: Wrong[] = [];
  const manifest = readJson(files, BUNDLE_MANIFEST, BundleManifest, wrong);
  const sums = readSums(files, wrong);
  const listed = new Map(Object.entries(manifest?.files ?? {}));
  for (const [path, bytes] of files) if (path !== BUNDLE_SUMS) wrong.push(...judgeFile(path, bytes, listed.get(path), { manifest, sums }));
  for (const path of new Set([...listed.keys(), ...(sums?.keys() ?? [])])) {
    if (files.has(path)) continue;
    const known = listed.has(path) || path === BUNDLE_MANIFEST;
    wrong.push(
      known
        ? { file: path, message: 'The file is missing from the bundle.' }
        : { file: BUNDLE_SUMS, message: `It names ${path}, which neither the bundle nor ${BUNDLE_MANIFEST} has.` },
    );
  }
  if (!files.has(BUNDLE_MANIFEST)) wrong.push({ file: BUNDLE_MANIFEST, message: 'The file is missing: nothing says what the bundle should hold.' });
  conclude(
    report,
    wrong,
    `${plural(files.size, 'file')} are those that ${BUNDLE_MANIFEST} and ${BUNDLE_SUMS} name, byte for byte; none is missing, none was added.`,
  );
  return manifest;
}

interface Lists {
  manifest: BundleManifest | undefined;
  sums: ReadonlyMap<string, string> | undefined;
}

/** A file against both lists; where one of them agrees with the file, it is the other one that is wrong. */
function judgeFile(path: string, bytes: Uint8Array, known: BundleManifest['files'][string] | undefined, { manifest, sums }: Lists): Wrong[] {
  const digest = sha256(bytes);
  const isManifest = path === BUNDLE_MANIFEST;
  const sum = sums?.get(path);
  const inManifest = known !== undefined && known.sha256 === digest && known.size === bytes.length;
  const inSums = sum === digest;
  if ((isManifest || !manifest || inManifest) && (!sums || inSums)) return [];
  const lists = [...(known ? [BUNDLE_MANIFEST] : []), ...(sum === undefined ? [] : [BUNDLE_SUMS])];
  if (inManifest)
    return [
      { file: BUNDLE_SUMS, message: `It ${sum === undefined ? 'does not name' : 'has another digest for'} ${path}, which is as ${BUNDLE_MANIFEST} says.` },
    ];
  if (inSums) return [{ file: BUNDLE_MANIFEST, message: `It ${known ? 'has another digest for' : 'does not name'} ${path}, which is as ${BUNDLE_SUMS} says.` }];
  if (lists.length === 0)
    return [
      {
        file: path,
        message: `The file was added: ${isManifest ? BUNDLE_SUMS : `${BUNDLE_MANIFEST} and ${BUNDLE_SUMS}`} ${isManifest ? 'does' : 'do'} not name it.`,
      },
    ];
  return [
    {
      file: path,
      message: `The file is not the one of which ${lists.join(' and ')} ${lists.length > 1 ? 'have' : 'has'} the digest${isManifest ? ': one of both was altered' : ''}.`,
      seen: `SHA-256 ${digest}`,
      expected: `SHA-256 ${known?.sha256 ?? sum}`,
    },
  ];
}

/** The digests by path; undefined where the file cannot be read, or has another form than a bundle gives it. */
function readSums(files: BundleFiles, wrong: Wrong[]): Map<string, string> | undefined {
  const bytes = files.get(BUNDLE_SUMS);
  if (!bytes) {
    wrong.push({ file: BUNDLE_SUMS, message: `The file is missing: nothing proves ${BUNDLE_MANIFEST}.` });
    return undefined;
  }
  const text = Buffer.from(bytes).toString('utf8');
  const sums = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [, digest = '', path = ''] = LINE.exec(line) ?? [];
    if (path) sums.set(path, digest);
  }
  const again = [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, digest]) => sumLine(path, digest));
  if (again.join('') === text) return sums;
  wrong.push({ file: BUNDLE_SUMS, message: 'The file is not in the form of sha256sum, in the order of the names: it was altered.' });
  return sums;
}

/** A JSON file of a bundle as its schema has it; undefined, with what is wrong, where it is another. */
export function readJson<T>(files: BundleFiles, path: string, schema: z.ZodType<T>, wrong: Wrong[]): T | undefined {
  const bytes = files.get(path);
  if (!bytes) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    wrong.push({ file: path, message: 'The file cannot be read as JSON.' });
    return undefined;
  }
  const result = schema.safeParse(value);
  const [issue] = result.error?.issues ?? [];
  if (issue)
    wrong.push({ file: path, message: `The file is not what this release of Cartulary expects: ${issue.message}, at ${issue.path.join('.') || 'its root'}.` });
  return result.data;
}
