import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listHoldable, writeBaseline } from '../check/baseline.ts';
import type { CheckResult } from '../check/run.ts';
import { BASELINE } from '../model/baseline.ts';
import { plural } from '../model/plural.ts';
import type { Io } from './main.ts';

/**
 * Writes the baseline anew: with all that the check sees now, or, to prune it, with what it held and still occurs. With
 * nothing to hold there is no file. Refuses after a rule crashed, for what that rule would have seen is not known.
 */
export async function saveBaseline(result: CheckResult, folder: string, prune: boolean, io: Io): Promise<number> {
  if (result.crashed) {
    io.err('A rule could not run: no baseline was written.\n');
    return 2;
  }
  const before = result.baselined ?? [];
  const added = prune ? [] : listHoldable(result.findings);
  const held = [...before, ...added];
  const path = join(folder, BASELINE);
  if (held.length > 0) await writeFile(path, writeBaseline(held));
  else await rm(path, { force: true });
  const file =
    held.length > 0 ? `${BASELINE} holds ${plural(held.length, 'finding')}, ${added.length} of them new.` : `There is nothing to hold, and no ${BASELINE}.`;
  const grave = result.findings.filter(({ stopsBuild }) => stopsBuild);
  const stays =
    grave.length > 0
      ? ` ${plural(grave.length, 'finding')} that ${grave.length === 1 ? 'stops' : 'stop'} a build cannot be held: run \`cartulary check\`.`
      : '';
  io.out(`${file}${stays}\n`);
  return grave.length > 0 ? 1 : 0;
}
