// `npm run bench`: time and peak memory of check and build, beside what no build could do without, in one run.
// Figures are only comparable within a run; the targets are ratios. Needs Linux for the memory column.
// `npm run bench -- check`, `… synthetic`, `… real`, `… compare`, `… certificates` and `… trusted-lists` measure a part; with
// `--write` the last three write their tables to docs/measured.
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SAMPLES } from '../../test/helpers/certificate-samples.ts';
import { benchCertificates } from './certificates.ts';
import { benchChecking } from './check.ts';
import { benchComparing } from './compare.ts';
import { adoptBoth, sharedFolder } from './histories.ts';
import { type Measurement, measure } from './measure.ts';
import { addVersion, makeSynthetic } from './synthetic.ts';
import { benchTrustedLists, LISTS } from './trusted-lists.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const CARTULARY = join(ROOT, 'lib/cli/bin.js');
const work = mkdtempSync(join(tmpdir(), 'cartulary-bench-'));
const rows: [string, Measurement][] = [];
const node = process.execPath;

async function row(name: string, args: string[], cwd: string): Promise<Measurement> {
  const measurement = await measure(node, args, cwd);
  rows.push([name, measurement]);
  console.log(`${name.padEnd(64)} ${measurement.seconds.toFixed(2).padStart(7)} s ${measurement.megabytes.toFixed(0).padStart(6)} MB`);
  return measurement;
}

/** Check, then build: cold, without a change, after one more version, and again without a change. */
async function series(name: string, folder: string, add: () => void) {
  rmSync(join(folder, 'dist'), { recursive: true, force: true });
  rmSync(join(folder, '.cartulary'), { recursive: true, force: true });
  const check = await row(`${name}: check`, [CARTULARY, 'check', '--format', 'json'], folder);
  const cold = await row(`${name}: build, cold`, [CARTULARY, 'build'], folder);
  const still = await row(`${name}: build, nothing changed`, [CARTULARY, 'build'], folder);
  add();
  const added = await row(`${name}: build, one version added`, [CARTULARY, 'build'], folder);
  return { check, cold, still, added };
}

function target(text: string, reached: number, limit: number, unit: string): void {
  console.log(`${reached <= limit ? 'reached' : 'MISSED '}  ${text}: ${reached.toFixed(2)} ${unit}, at most ${limit.toFixed(2)} ${unit}`);
}

/** An Astro site of one empty page, built as often as needed to be past the first, slower time. */
async function emptyAstroSite(): Promise<Measurement> {
  const folder = join(work, 'empty');
  mkdirSync(join(folder, 'src/pages'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'src/pages/index.astro'), '<html lang="en"><head><title>Empty</title></head><body></body></html>\n');
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
  const args = [join(ROOT, 'node_modules/astro/bin/astro.mjs'), 'build', '--root', folder];
  await measure(node, args, folder);
  return row('(b) an Astro site of one empty page', args, folder);
}

/** Which parts to measure: all, or those named on the command line. */
const parts = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const wanted = (part: string) => parts.length === 0 || parts.includes(part);

console.log(`Node ${process.version}, ${cpus().length} cores\n`);
try {
  const there = existsSync(sharedFolder);
  if (!there) console.log('The real histories are left out: ../shared/corpora is not there.');
  if (SAMPLES.absent) console.log('The certificates are left out: ../shared/certificates is not there.');
  if (LISTS.absent) console.log('The trusted lists are left out: ../shared/trusted-lists is not there.');
  if (wanted('check')) await benchChecking(work, target, there);
  if (there && wanted('compare')) await benchComparing(work, target, process.argv.includes('--write'));
  if (wanted('certificates') && !SAMPLES.absent) await benchCertificates(target, process.argv.includes('--write'));
  if (wanted('trusted-lists') && !LISTS.absent) await benchTrustedLists(target, process.argv.includes('--write'));
  if (wanted('synthetic') || wanted('real')) await benchBuilding(there);
} finally {
  rmSync(work, { recursive: true, force: true });
}

async function benchBuilding(there: boolean): Promise<void> {
  const b = await emptyAstroSite();
  const synthetic = [];
  for (const versions of wanted('synthetic') ? [10, 100, 1000] : []) {
    const folder = join(work, `synthetic-${versions}`);
    makeSynthetic(folder, versions);
    synthetic.push(await series(`${versions} versions`, folder, () => addVersion(folder, versions + 1)));
  }
  const [ten, , thousand] = synthetic;
  console.log();
  if (ten && thousand) target('one version added to 1,000, against to 10', thousand.added.seconds / ten.added.seconds, 1.5, 'times');
  if (there && wanted('real')) {
    const folder = join(work, 'both');
    const add = adoptBoth(folder, CARTULARY);
    const a = await row(
      '(a) read, render, compare and write both histories, one process',
      [join(ROOT, 'scripts/bench/baseline.ts'), folder, join(work, 'a')],
      ROOT,
    );
    await row("(a) the same with the parser's own, unchecked HTML", [join(ROOT, 'scripts/bench/baseline.ts'), folder, join(work, 'a2'), 'native'], ROOT);
    const both = await series('both real histories', folder, add);
    console.log();
    target('both histories, cold, against 2 (a) + (b)', both.cold.seconds, 2 * a.seconds + b.seconds, 's');
    target('both histories, cold, peak memory', both.cold.megabytes, 500, 'MB');
    target('both histories, one version added, against 1.3 (b)', both.added.seconds, 1.3 * b.seconds, 's');
    target('both histories, nothing changed', both.still.seconds, 0.5, 's');
  }
}
