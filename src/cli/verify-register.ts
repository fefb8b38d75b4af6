import { registerChained } from '../check/rules/form/register-chained.ts';
import { type BundledVersion, type BundleManifest, intervalsInForce, spansInForce, toPeriod } from '../model/bundle.ts';
import type { VersionSpan } from '../model/in-force.ts';
import { plural } from '../model/plural.ts';
import { boundProfiles } from '../model/profile-binding.ts';
import { NO_ENTRY, type Register, type VersionFile } from '../model/version.ts';
import type { Workspace } from '../model/workspace.ts';
import { blobId } from '../read/git.ts';
import { readRegister, sha256 } from '../read/register.ts';
import type { BundleFiles } from './verify-digests.ts';
import { conclude, type Verification, type Wrong } from './verify-report.ts';

/** The chain of a bundle's register, and what follows from it: which versions were in force when, and which bytes they are. */
export function verifyRegister(files: BundleFiles, manifest: BundleManifest, report: Verification): Register | undefined {
  const { path, entries, last } = manifest.register;
  const bytes = files.get(path);
  if (!bytes) return undefined;
  const { register, observations } = readRegister(Buffer.from(bytes).toString('utf8'));
  const wrong = [...observations, ...registerChained.check({ register } as Workspace)].map(
    ({ message, at, seen, expected }): Wrong => ({
      file: at.start ? `${path}:${at.start.line}` : path,
      message,
      ...(seen !== undefined && { seen }),
      ...(expected !== undefined && { expected }),
    }),
  );
  if (register.entries.length !== entries || (register.entries.at(-1)?.digest ?? null) !== last)
    wrong.push({
      file: path,
      message: 'The register is not the one that manifest.json names.',
      seen: `${register.entries.length} entries`,
      expected: `${entries} entries that end with ${last}`,
    });
  conclude(
    report,
    wrong,
    `The register holds together: ${register.entries.length} entries, each with the digest of the one before; the last is ${register.entries.at(-1)?.digest ?? NO_ENTRY}.`,
  );
  verifyIntervals(register, manifest, report);
  verifyTexts(register, files, manifest, report);
  return register;
}

const differs = (a: unknown, b: unknown) => JSON.stringify(a) !== JSON.stringify(b);

/** Computes anew from the register what was in force when. */
function verifyIntervals(register: Register, manifest: BundleManifest, report: Verification): void {
  const wrong: Wrong[] = [];
  const tell = (message: string, seen: unknown, expected: unknown) =>
    wrong.push({ file: 'manifest.json', message, seen: JSON.stringify(seen ?? null).slice(0, 300), expected: JSON.stringify(expected ?? null).slice(0, 300) });
  const period = toPeriod(manifest.period.from, manifest.period.to, manifest.timeZone);
  if (differs(manifest.period, period)) tell('The instants of the period are not those of its days.', manifest.period, period);
  const intervals = intervalsInForce(register, period);
  for (const [index, interval] of manifest.intervals.entries()) {
    if (differs(interval, intervals[index])) tell('An interval does not follow from the register.', interval, intervals[index]);
  }
  if (manifest.intervals.length < intervals.length) tell('An interval is missing that follows from the register.', manifest.intervals.length, intervals.length);
  const expected = spansInForce(register, period).map((span) => describeSpan(register, span));
  const stated = manifest.versions.map(describeBundled);
  for (const version of expected)
    if (!stated.some((other) => !differs(other, version)))
      tell(
        `What it says of ${version.name} does not follow from the register, or it is missing.`,
        stated.find(({ name }) => name === version.name),
        version,
      );
  for (const version of stated)
    if (!expected.some(({ name }) => name === version.name))
      tell(`By the register ${version.name} was not in force in the period.`, version.name, 'a version that was');
  const count = plural(intervals.length, 'interval');
  conclude(
    report,
    wrong,
    `What was in force from ${manifest.period.from} to ${manifest.period.to} follows from the register: ${plural(expected.length, 'version')}, ${count}.`,
  );
}

/** What a register says of a version, in the form in which a manifest does. */
function describeSpan(register: Register, { entry, from, until, errata }: VersionSpan) {
  const sorted = (files: Readonly<Record<string, VersionFile>>) =>
    Object.entries(files)
      .map(([name, { sha256: digest, blob }]) => `${name} ${digest} ${blob ?? 'no blob'}`)
      .sort();
  return {
    name: `${entry.document} ${entry.version}`,
    ...{ published: entry.published, from, until: until ?? null },
    errata: errata.map(({ erratum, text }) => [erratum, text]),
    texts: sorted(entry.files),
    profiles: sorted(boundProfiles(register, entry)),
  };
}

function describeBundled({ document, version, published, from, until, errata, texts, profiles }: BundledVersion) {
  return {
    name: `${document} ${version}`,
    ...{ published, from, until },
    errata: errata.map(({ number, text }) => [number, text]),
    texts: texts.map(({ language, sha256: digest, blob }) => `${language} ${digest} ${blob ?? 'no blob'}`).sort(),
    profiles: profiles.map(({ id, sha256: digest, blob }) => `${id} ${digest} ${blob ?? 'no blob'}`).sort(),
  };
}

/** The bytes of texts and profiles against the register: their digests, and the ids that git gives them. */
function verifyTexts(register: Register, files: BundleFiles, { versions, marking }: BundleManifest, report: Verification): void {
  const wrong: Wrong[] = [];
  const known = new Set(
    register.entries
      .flatMap((entry) => [
        ...(entry.kind === 'version' ? Object.values(entry.files) : []),
        ...(entry.kind === 'version' || entry.kind === 'declaration' ? Object.values(entry.profiles ?? {}) : []),
      ])
      .map(({ sha256: digest, blob }) => `${digest} ${blob ?? null}`),
  );
  const held = [...versions.flatMap(({ texts, profiles }) => [...texts, ...profiles]), ...marking];
  let ids = 0;
  for (const { source, sha256: digest, blob } of held) {
    const bytes = files.get(source);
    if (!known.has(`${digest} ${blob}`))
      wrong.push({ file: source, message: 'The register has no text or profile with the digest and the git id that manifest.json states for it.' });
    if (!bytes) continue;
    if (sha256(bytes) !== digest)
      wrong.push({ file: source, message: 'The bytes are not those that were registered.', seen: `SHA-256 ${sha256(bytes)}`, expected: `SHA-256 ${digest}` });
    const id = blob === null ? null : blobId(bytes, blob.length === 64 ? 64 : 40);
    if (id !== blob) wrong.push({ file: source, message: 'The bytes are not the git blob that was registered.', seen: `blob ${id}`, expected: `blob ${blob}` });
    if (id !== null) ids += 1;
  }
  conclude(report, wrong, `${held.length} texts and profiles are the registered bytes by SHA-256, ${ids} of them also by the id of their git blob.`);
}
