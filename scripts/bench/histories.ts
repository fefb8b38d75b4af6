import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { blobId } from '../../lib/read/git.js';
import { appendEntries, sha256 } from '../../lib/read/register.js';

/** Real histories, beside the project; not part of it. */
export const sharedFolder = process.env['CARTULARY_SHARED'] ?? fileURLToPath(new URL('../../../shared', import.meta.url));

const CONFIG = `name: Both histories
site: https://both.example
timeZone: UTC
documents:
  - { id: cps, type: CPS, title: CPS, file: CPS.md, adopt: { tags: ['CPS-v{version}', 'CP-v*_CPS-v{version}'], continuedBy: cp-cps } }
  - { id: cp, type: CP, title: CP, file: CP.md, adopt: { tags: ['CP-v{version}', 'CP-v{version}_CPS-v*'], continuedBy: cp-cps } }
  - { id: cp-cps, type: CP-CPS, title: CP/CPS, file: CP-CPS.md, adopt: { tags: ['v{version}'] } }
  - { id: br, type: CP, title: Baseline Requirements, file: docs/BR.md, adopt: { tags: ['BRs/v{version}', 'BRs/{version}'] } }
  - { id: evg, type: CP, title: EV Guidelines, file: docs/EVG.md, adopt: { tags: ['EVGs/v{version}'], versionField: subtitle } }
  - { id: nsr, type: CP, title: Network Security Requirements, file: docs/NSR.md, adopt: { tags: ['NSRs/v{version}'] } }
`;

/** Makes one repository of both real histories and adopts it. Gives a function that adds one version to it. */
export function adoptBoth(folder: string, cartulary: string): () => void {
  const run = (command: string, ...args: string[]) => execFileSync(command, args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  execFileSync('git', ['clone', '-q', join(sharedFolder, 'corpora/letsencrypt.bundle'), folder]);
  run('git', 'remote', 'add', 'servercert', join(sharedFolder, 'corpora/servercert.bundle'));
  run('git', 'fetch', '-q', '--tags', 'servercert');
  run('git', '-c', 'user.name=Bench', '-c', 'user.email=bench@example.org', 'merge', '-q', '--allow-unrelated-histories', '-m', 'Both', 'servercert/main');
  writeFileSync(join(folder, 'cartulary.yaml'), CONFIG);
  run(process.execPath, cartulary, 'adopt');
  return () => addVersion(folder);
}

function addVersion(folder: string): void {
  const register = join(folder, 'policies/register.yaml');
  const bytes = Buffer.from(readFileSync(join(folder, 'docs/BR.md'), 'utf8').replace('Version 2.2.6', 'Version 2.2.7'));
  execFileSync('git', ['hash-object', '-w', '--stdin'], { cwd: folder, input: bytes, stdio: ['pipe', 'ignore', 'inherit'] });
  const files = { en: { path: 'docs/BR.md', blob: blobId(bytes), sha256: sha256(bytes) } };
  const entry = { document: 'br', version: '2.2.7', published: '2026-06-01T00:00:00Z', effective: '2026-06-15T00:00:00Z', files };
  writeFileSync(register, appendEntries(readFileSync(register, 'utf8'), [entry]).text);
}
