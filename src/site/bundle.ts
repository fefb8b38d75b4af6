import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Frame, Page } from './page.ts';

/** Where the compiled templates are kept: `server/` renders pages, `client/` is published with them. */
export const BUNDLE_FOLDER = '.cartulary/bundle';

const PACKAGE = fileURLToPath(new URL('../../', import.meta.url));

/** Compiled templates: what renders pages, and the files that go out with them, by path. */
export interface Bundle {
  render(page: Page, frame: Frame): Promise<string>;
  assets: ReadonlyMap<string, string>;
}

/** A digest of everything that templates are compiled from; the same stamp gives the same bundle. */
export function bundleStamp(root: string, site: string): string {
  const hash = createHash('sha256').update(site).update(process.version);
  const folders = [join(PACKAGE, 'src/site'), join(PACKAGE, 'src/model'), join(PACKAGE, 'lib/site'), join(root, 'src'), join(root, 'public')];
  // At the root of this very project, `src` is the package's own; only pages of a provider count there.
  for (const folder of root === PACKAGE.replace(/\/$/, '') ? folders.slice(0, 3) : folders)
    for (const file of filesBelow(folder)) hash.update(file.slice(folder.length)).update(readFileSync(file));
  for (const name of ['astro.config.mjs', 'astro.config.ts', 'astro.config.js']) hash.update(readIfThere(join(root, name)));
  return hash.update(readIfThere(join(PACKAGE, 'package.json'))).digest('hex');
}

/** Compiles the templates with Astro unless the bundle has this stamp already. Astro runs in a process of its own, beside what the caller does. */
export async function compileBundle(root: string, stamp: string): Promise<void> {
  const mark = join(root, BUNDLE_FOLDER, 'stamp');
  if ((await readFile(mark, 'utf8').catch(() => '')) === stamp) return;
  await rm(join(root, BUNDLE_FOLDER), { recursive: true, force: true });
  await runAstro(root);
  await writeFile(mark, stamp);
}

/** Loads a compiled bundle into this process. */
export async function loadBundle(root: string): Promise<Bundle> {
  const folder = join(root, BUNDLE_FOLDER);
  const { render } = (await import(pathToFileURL(join(folder, 'server/entry.mjs')).href)) as Pick<Bundle, 'render'>;
  const client = join(folder, 'client');
  return { render, assets: new Map(filesBelow(client).map((file) => [file.slice(client.length).replaceAll('\\', '/'), file])) };
}

function runAstro(root: string): Promise<void> {
  const script = fileURLToPath(new URL('./compile.js', import.meta.url));
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, root], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' } });
    const output: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`Astro could not compile the pages:\n${Buffer.concat(output).toString('utf8')}`))));
  });
}

function filesBelow(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    return entries.map((entry) => join(entry.parentPath, entry.name)).sort();
  } catch {
    return [];
  }
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
