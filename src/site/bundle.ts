import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Frame, Page } from './page.ts';

/** Where a repository with an Astro configuration of its own keeps the compiled templates. */
export const BUNDLE_FOLDER = '.cartulary/bundle';

/** Templates as they ship with the package, compiled once, for repositories without an Astro configuration. */
export const SHIPPED_BUNDLE = new URL('../../lib/bundle/', import.meta.url);

/** Stands in shipped templates for the site's address of style sheets and scripts, which is known only when a site is built. */
export const ASSETS_PLACE = 'https://assets.cartulary.invalid';

const PACKAGE = fileURLToPath(new URL('../../', import.meta.url));
const CONFIGURATIONS = ['astro.config.mjs', 'astro.config.ts', 'astro.config.js', 'astro.config.mts'];

/** Compiled templates: what renders pages, and the files that go out with them, by path. */
export interface Bundle {
  render(page: Page, frame: Frame): Promise<string>;
  assets: ReadonlyMap<string, string>;
}

/** A digest of everything that templates are compiled from, and of what renders texts; the same stamp gives the same pages. */
export function bundleStamp(root: string, site: string): string {
  if (!hasConfiguration(root))
    return createHash('sha256')
      .update(site)
      .update(readIfThere(fileURLToPath(new URL('stamp', SHIPPED_BUNDLE))))
      .digest('hex');
  return templateStamp(site, root);
}

/** The digest for a repository's own compilation, or (without `root`) for the one that ships. */
export function templateStamp(site: string, root?: string): string {
  const hash = createHash('sha256').update(site);
  const folders = ['src/site', 'src/model', 'lib/model', 'lib/read', 'lib/check', 'lib/publish', 'lib/site'].map((folder) => join(PACKAGE, folder));
  // At the root of this very project `src` is the package's own, and in the list already.
  if (root !== undefined && `${root}${sep}` !== PACKAGE) folders.push(join(root, 'src'), join(root, 'public'));
  for (const folder of folders) for (const file of filesBelow(folder)) hash.update(file.slice(folder.length)).update(readFileSync(file));
  const own = root === undefined ? [] : CONFIGURATIONS.map((name) => join(root, name));
  for (const file of own) hash.update(readIfThere(file));
  return hash.update(readIfThere(join(PACKAGE, 'package.json'))).digest('hex');
}

/** Compiles a repository's own templates unless they have this stamp already. Astro runs in a process of its own, beside what the caller does. */
export async function compileBundle(root: string, stamp: string): Promise<void> {
  if (!hasConfiguration(root)) return;
  const folder = join(root, BUNDLE_FOLDER);
  if ((await readFile(join(folder, 'stamp'), 'utf8').catch(() => '')) === stamp) return;
  await rm(folder, { recursive: true, force: true });
  await runAstro(root, folder);
  await writeFile(join(folder, 'stamp'), stamp);
}

/** Loads a compiled bundle into this process. `home` is the address of the site's first page, below which everything lies. */
export async function loadBundle(root: string, home: string): Promise<Bundle> {
  const folder = hasConfiguration(root) ? join(root, BUNDLE_FOLDER) : fileURLToPath(SHIPPED_BUNDLE).replace(/[/\\]$/, '');
  const { render } = (await import(pathToFileURL(join(folder, 'server/entry.mjs')).href)) as Pick<Bundle, 'render'>;
  const client = join(folder, 'client');
  const base = home.replace(/\/$/, '');
  return {
    render: async (page, frame) => (await render(page, frame)).replaceAll(ASSETS_PLACE, base),
    assets: new Map(filesBelow(client).map((file) => [file.slice(client.length).replaceAll(sep, '/'), file])),
  };
}

const hasConfiguration = (root: string) => CONFIGURATIONS.some((name) => existsSync(join(root, name)));

function runAstro(root: string, folder: string): Promise<void> {
  const script = fileURLToPath(new URL('./compile.js', import.meta.url));
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, root, folder], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' },
    });
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
