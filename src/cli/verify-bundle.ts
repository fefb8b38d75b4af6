import { BUNDLE_MANIFEST } from '../model/bundle.ts';
import type { Instant } from '../model/time.ts';
import type { BundleFiles } from './verify-digests.ts';
import { verifyDigests } from './verify-digests.ts';
import { verifyPages } from './verify-pages.ts';
import { verifyLists, verifyTokens } from './verify-proofs.ts';
import { verifyRegister } from './verify-register.ts';
import { newVerification, type Verification, type Wrong } from './verify-report.ts';

export interface BundleToVerify {
  /** As it was named. */
  name: string;
  files: BundleFiles;
  /** What was wrong with the archive itself. */
  faults: readonly Wrong[];
  /** The digest of the archive; undefined for a folder. */
  digest: string | undefined;
  /** The digest that it should have, where somebody gave one. */
  expected: string | undefined;
  now: Instant;
  release: string;
}

/** Proves a bundle from what is in it, and nothing else: nothing is fetched, and nothing is written. */
export async function verifyBundle({ name, files, faults, digest, expected, now, release }: BundleToVerify): Promise<Verification> {
  const report = newVerification(`${name}${digest ? `, SHA-256 ${digest}` : ''}`);
  report.wrong.push(...faults);
  judgeDigest({ name, digest, expected }, report);
  const manifest = verifyDigests(files, report);
  if (!manifest) {
    report.notProved.push({ what: 'Everything else', why: `${BUNDLE_MANIFEST} cannot be read` });
    return report;
  }
  const { provider, period, audience } = manifest;
  report.subject += `: bundle of ${provider}, ${period.from} to ${period.to}, for ${audience === 'assessor' ? 'assessors' : 'the public'}, made by Cartulary ${manifest.release}`;
  const register = verifyRegister(files, manifest, report);
  verifyPages(files, manifest, release, report);
  await verifyLists(files, report);
  if (register) await verifyTokens(files, register, manifest, now, report);
  report.notProved.push(
    {
      what: 'Requirement matrices and notices beyond their digests',
      why: 'they follow from catalogues and comparisons that are not in the bundle; in a clone, cartulary bundle makes them again',
    },
    { what: 'What is not in the bundle', why: manifest.leftOut.map(({ what }) => what).join('; ') },
  );
  return report;
}

function judgeDigest({ name, digest, expected }: Pick<BundleToVerify, 'name' | 'digest' | 'expected'>, report: Verification): void {
  if (expected !== undefined && expected === digest) report.proved.push('The bundle is the one whose digest was given.');
  else if (expected !== undefined)
    report.wrong.push({ file: name, message: 'The bundle is not the one whose digest was given.', seen: digest ?? 'a folder, which has none', expected });
  else
    report.notProved.push({
      what: 'That the bundle is the one which the provider handed over',
      why: digest
        ? `compare its SHA-256 with the one that you were given: --sha256 <digest>`
        : 'a folder has no digest: verify the ZIP file with --sha256 <digest>',
    });
}
