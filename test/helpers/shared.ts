import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The folder of data outside the project, beside the repository or where CARTULARY_SHARED says. */
export const SHARED = process.env['CARTULARY_SHARED'] ?? fileURLToPath(new URL('../../../shared', import.meta.url));

/** A file or folder of the shared data, and what to add to the name of a test that needs it where it is absent. */
export function sharedFile(path: string): { path: string; absent: boolean; reason: string } {
  const full = `${SHARED}/${path}`;
  const absent = !existsSync(full);
  return { path: full, absent, reason: absent ? ` (skipped: ../shared/${path} is absent)` : '' };
}
