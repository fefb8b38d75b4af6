// Checking the example and the largest real text, start included, beside remark-cli with its recommended rules on the same
// files. Run by `npm run bench -- check`. The tools look for different things: the ratio says what a run costs, not which is better.
import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { listPairs } from '../../test/helpers/histories.ts';
import { git } from './git.ts';
import { measure } from './measure.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const CARTULARY = join(ROOT, 'lib/cli/bin.js');
const REMARK = join(ROOT, 'node_modules/remark-cli/cli.js');
const PRESET = join(ROOT, 'node_modules/remark-preset-lint-recommended/index.js');
/** Runs of each, after one that is not counted; each run of ours is beside one of theirs, so that both meet the same machine. */
const RUNS = 11;
const TEXTS = ['policies/cp.md', 'policies/cps.md', 'policies/pds.de.md', 'policies/pds.en.md', 'policies/terms.md'];

/** Checks both, prints the medians of time and most memory, and the targets. `shared`: whether the real histories are there. */
export async function benchChecking(
  work: string,
  target: (text: string, reached: number, limit: number, unit: string) => void,
  shared: boolean,
): Promise<void> {
  const example = copyExample(join(work, 'check-example'));
  target('check of the example, median', await beside('the example', example, TEXTS), 1, 's');
  if (!shared) return;
  const text = findLargest(work);
  for (const sets of ['etsi-qualified', 'cabf-tls, mozilla']) {
    const folder = makeRepository(join(work, `check-${sets.replaceAll(', ', '-')}`), sets, text);
    const size = Math.round(Buffer.byteLength(text) / 1024);
    target(`check of the largest real text with ${sets}, median`, await beside(`the largest real text (${size} KB), ${sets}`, folder, ['text.md']), 2, 's');
  }
}

async function beside(name: string, folder: string, files: readonly string[]): Promise<number> {
  const theirs = [REMARK, '--no-config', '--no-ignore', '--no-stdout', '--quiet', '--use', PRESET, ...files];
  const times = { ours: [] as number[], theirs: [] as number[] };
  for (let run = 0; run <= RUNS; run += 1) {
    const ours = await measure(process.execPath, [CARTULARY, 'check', '--format', 'json'], folder);
    const other = await measure(process.execPath, theirs, folder);
    if (run === 0) continue;
    times.ours.push(ours.seconds);
    times.theirs.push(other.seconds);
  }
  const [ours, other] = [median(times.ours), median(times.theirs)];
  for (const [tool, seconds] of [
    ['cartulary check', ours],
    ['remark-cli, preset lint-recommended', other],
  ] as const)
    console.log(`${`${name}: ${tool}`.padEnd(84)} ${seconds.toFixed(2)} s, median of ${RUNS}`);
  console.log(`${`${name}: ratio of the medians`.padEnd(84)} ${(ours / other).toFixed(2)}`);
  return ours;
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

/** What a provider has: without the data that ships with the package and stands in the same folder here. */
function copyExample(folder: string): string {
  const shipped = ['requirements', 'statements', 'form'].map((name) => join(ROOT, 'content', name));
  for (const part of ['.git', 'policies', 'content', 'cartulary.yaml', 'cartulary-baseline.yaml']) {
    if (existsSync(join(ROOT, part))) cpSync(join(ROOT, part), join(folder, part), { recursive: true, filter: (source) => !shipped.includes(source) });
  }
  return folder;
}

/** The longest text of both real histories, without what another tool reads in front of it. */
function findLargest(work: string): string {
  const folder = join(work, 'check-histories');
  mkdirSync(folder);
  const texts = listPairs(folder).flatMap(({ before, after }) => [before.text, after.text]);
  return texts.reduce((longest, text) => (text.length > longest.length ? text : longest), '');
}

function makeRepository(folder: string, sets: string, text: string): string {
  mkdirSync(folder);
  const documents = 'documents:\n  - { id: text, type: CP, title: Largest text, file: text.md }\n';
  writeFileSync(join(folder, 'cartulary.yaml'), `name: Largest\nsite: https://largest.example\ntimeZone: UTC\nruleSets: [${sets}]\n${documents}`);
  writeFileSync(join(folder, 'text.md'), text);
  git(folder, ['init', '-q']);
  return folder;
}
