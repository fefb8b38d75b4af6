import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const isThere = (() => {
  try {
    execFileSync('openssl', ['version']);
    return true;
  } catch {
    return false;
  }
})();

/** Whether this machine has no openssl, and what to add to the name of a test that needs it then. */
export const OPENSSL = { absent: !isThere, reason: isThere ? '' : ' (skipped: there is no openssl)' };

/** What openssl writes; `FILE` in its arguments is the name of a file that holds `input`. */
export function runOpenssl(args: readonly string[], input: string | Uint8Array): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'cartulary-openssl-'));
  try {
    const file = join(folder, 'input');
    writeFileSync(file, input);
    return execFileSync(
      'openssl',
      args.map((argument) => (argument === 'FILE' ? file : argument)),
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}
