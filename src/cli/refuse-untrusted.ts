import { publicationErrors, runCheck } from '../check/run.ts';
import type { Workspace } from '../model/workspace.ts';
import type { Io } from './main.ts';

/** Says what keeps the register or its bytes from being trusted; false where nothing does. An answer from them could be wrong. */
export function refuseUntrusted(workspace: Workspace, io: Io): boolean {
  const errors = publicationErrors(runCheck(workspace));
  for (const error of errors.slice(0, 5)) io.err(`${error.message}\n`);
  if (errors.length > 0) io.err('The register cannot be trusted as it is: run `cartulary check`.\n');
  return errors.length > 0;
}
