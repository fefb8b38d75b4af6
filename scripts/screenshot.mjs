// Takes the README's picture of the built site: run `npm run build`, then `npx node scripts/screenshot.mjs`.
import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { launchBrowser } from '../test/helpers/browser.ts';

const PAGE = 'cps/';
const root = new URL('../', import.meta.url);
const picture = new URL('docs/images/site.png', root);

/** Serves `dist/` as a static host would; gives the address once it is there. */
async function startPreview() {
  const server = spawn(process.execPath, ['lib/cli/bin.js', 'preview', '--port', '0'], { cwd: fileURLToPath(root), stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const text of server.stdout) {
    const address = /http:\S+/.exec(String(text))?.[0];
    if (address) return { server, address };
  }
  throw new Error('The built site could not be served: run `npm run build` first.');
}

const { server, address } = await startPreview();
try {
  const browser = await launchBrowser();
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme: 'light', reducedMotion: 'reduce' });
  await page.goto(`${address}${PAGE}`, { waitUntil: 'networkidle' });
  await mkdir(new URL('./', picture), { recursive: true });
  await page.screenshot({ path: fileURLToPath(picture), animations: 'disabled' });
  await browser.close();
} finally {
  server.kill();
}
