// Run in a process of its own, by `bundle.ts` for a repository with Astro configuration, and by the package's own
// compilation for the templates that ship: Astro's start and its memory are nobody else's.
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'astro';
import { SHIPPED_BUNDLE, templateStamp } from './bundle.ts';
import cartulary from './integration.ts';

const [root, folder] = process.argv.slice(2);

if (root !== undefined && folder !== undefined) {
  await build({ root, outDir: resolve(folder), logLevel: 'error' });
} else {
  await build({
    root: fileURLToPath(new URL('../../', import.meta.url)),
    configFile: false,
    outDir: fileURLToPath(SHIPPED_BUNDLE),
    logLevel: 'error',
    integrations: [cartulary()],
  });
  writeFileSync(new URL('stamp', SHIPPED_BUNDLE), templateStamp(''));
}
