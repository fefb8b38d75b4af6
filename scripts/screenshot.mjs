// Takes the pictures of the built site for README and guides: run `npm run build`, then `npx node scripts/screenshot.mjs`.
import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { launchBrowser } from '../test/helpers/browser.ts';

const root = new URL('../', import.meta.url);
const images = new URL('docs/images/', root);
const DESKTOP = { width: 1280, height: 800 };
const PHONE = { width: 360, height: 740 };
const PICTURES = [
  ['site', 'cps/', DESKTOP],
  ['notice', 'cps/2.2/changes/#6.1.5', DESKTOP],
  ['notice-phone', 'cps/2.2/changes/#6.1.5', PHONE],
  ['compare', 'cps/compare/?from=1.1&to=2.2#6.1.5', DESKTOP],
  ['compare-phone', 'cps/compare/?from=1.1&to=2.2#6.1.5', PHONE],
];

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
  await mkdir(images, { recursive: true });
  for (const [name, path, viewport] of PICTURES) {
    const page = await browser.newPage({ viewport, colorScheme: 'light', reducedMotion: 'reduce' });
    await page.goto(`${address}${path}`, { waitUntil: 'networkidle' });
    if (path.includes('#')) await page.locator(`[id="${path.split('#')[1]}"]`).waitFor();
    await page.screenshot({ path: fileURLToPath(new URL(`${name}.png`, images)), animations: 'disabled' });
    await page.close();
  }
  await browser.close();
} finally {
  server.kill();
}
