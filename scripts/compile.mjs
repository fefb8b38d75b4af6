// Compiles src/ into lib/, from nothing, so that no file of an earlier layout is left in it.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const root = new URL('../', import.meta.url);
const compiler = createRequire(import.meta.url).resolve('typescript7/package.json').replace(/package\.json$/, 'bin/tsc');
rmSync(new URL('lib/', root), { recursive: true, force: true });
const { status } = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], { cwd: fileURLToPath(root), stdio: 'inherit' });
process.exitCode = status ?? 1;
