// Run in a process of its own by `bundle.ts`: Astro's start and its memory are nobody else's.
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'astro';
import { BUNDLE_FOLDER } from './bundle.ts';
import cartulary from './integration.ts';

const root = process.argv[2] ?? process.cwd();
const own = ['astro.config.mjs', 'astro.config.ts', 'astro.config.js', 'astro.config.mts'].some((name) => existsSync(join(root, name)));
const outDir = pathToFileURL(`${join(root, BUNDLE_FOLDER)}/`).href;

if (own) {
  await build({ root, outDir, logLevel: 'error' });
} else {
  // A repository of texts only: Astro gets an empty folder of its own, so that nothing is left beside the texts.
  const folder = join(root, '.cartulary/astro');
  mkdirSync(folder, { recursive: true });
  await build({ root: folder, configFile: false, outDir, logLevel: 'error', integrations: [cartulary({ root: pathToFileURL(`${root}/`) })] });
}
