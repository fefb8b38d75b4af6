import { rename, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { spansInForce, toPeriod } from '../model/bundle.ts';
import { slug } from '../model/heading.ts';
import { plural } from '../model/plural.ts';
import { isDate } from '../model/time.ts';
import { makeBundle } from '../publish/bundle.ts';
import { writeZip } from '../publish/zip.ts';
import { sha256 } from '../read/register.ts';
import { readSnapshot } from '../read/trusted-lists.ts';
import { openWorkspace } from '../read/workspace.ts';
import { AUDIENCE_OPTIONS, readAudience, requireEvidence } from './audience.ts';
import { type Command, packageVersion, UsageError } from './main.ts';
import { outputPath } from './output-path.ts';
import { refuseUntrusted } from './refuse-untrusted.ts';

/** `cartulary bundle`: everything that was in force in a period, in one file that proves itself offline. */
export const bundle: Command = {
  summary: 'Put all that was in force in a period into one file that proves itself offline.',
  usage: `cartulary bundle --from <date> --to <date> [--out <file>] [--audience assessor [--evidence <folder>]]

  Both days belong to the period, in the repository's time zone. The bundle is a ZIP archive with the texts as they were
  registered and for reading, notices, requirement matrices, the register, certificates, profiles, trusted lists with what
  they prove, time-stamp tokens, a manifest with every digest, and index.html, which opens from a disk. The same repository
  gives the same bytes. cartulary verify proves it.

  --out       the file to write (default <provider>-<from>-<to>.zip)
  --audience  public (default), or assessor: with evidence, sample certificates, configuration, assessments, measurements
  --evidence  the folder of the evidence index, where it is kept outside the repository

Exit codes: 0 written, 1 nothing was in force in the period, 2 could not run, as where the register cannot be trusted.`,
  async run(args, io) {
    const options = { from: { type: 'string' }, to: { type: 'string' }, out: { type: 'string' }, ...AUDIENCE_OPTIONS } as const;
    const { values } = parseArgs({ args: [...args], options });
    const { from, to } = readDays(values);
    const root = resolve(io.folder);
    const audience = readAudience(values, io.folder);
    await requireEvidence(audience);
    const taken = (await readSnapshot(root))?.value?.taken;
    const opened = await openWorkspace(pathToFileURL(`${root}/`), {
      now: io.now,
      purpose: 'publish',
      ...audience,
      // As of the time at which the lists were fetched: the proof is the same on every day.
      ...(taken !== undefined && { listsAt: taken as typeof io.now }),
    });
    const { workspace } = opened;
    if (refuseUntrusted(workspace, io)) return 2;
    const period = toPeriod(from, to, workspace.config.timeZone);
    if (spansInForce(workspace.register, period).length === 0) {
      io.err(`No version was in force at any time from ${from} to ${to}: cartulary in-force ${from} says why.\n`);
      return 1;
    }
    const { prepareBundle } = await import('./bundle-source.ts');
    const source = await prepareBundle(opened, { root, period, release: await packageVersion(), evidence: audience.evidence });
    const files = makeBundle(source, sha256);
    const bytes = writeZip(files);
    const file = outputPath(
      values.out ?? `${slug(workspace.config.name)}-${from}-${to}${workspace.audience === 'assessor' ? '-assessor' : ''}.zip`,
      io.folder,
      root,
    );
    // In one step, so that nobody takes half of it away.
    await writeFile(`${file}.new`, bytes);
    await rename(`${file}.new`, file);
    const { versions } = source.head;
    io.out(`${file}: ${plural(versions.length, 'version')} in force from ${from} to ${to}, ${plural(files.size, 'file')}, ${bytes.length} bytes.\n`);
    io.out(`SHA-256 ${sha256(bytes)}\nHand the digest over by another way than the file: by it the bundle is known to be yours.\n`);
    return 0;
  },
};

/** The years that an address of this program can hold; the day after the last must be one, too. */
const LAST_DAY = '9999-12-30';

function readDays({ from, to }: { from?: string | undefined; to?: string | undefined }): { from: string; to: string } {
  if (from === undefined || to === undefined) throw new UsageError('Name the first and the last day of the period: --from 2025-01-01 --to 2025-12-31.');
  for (const day of [from, to]) if (!isDate(day) || day > LAST_DAY) throw new UsageError(`"${day}" is not a date, such as 2025-12-31.`);
  if (to < from) throw new UsageError(`The period ends on ${to}, before it begins on ${from}.`);
  return { from, to };
}
