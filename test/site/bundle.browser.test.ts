import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sha256 } from '../../src/read/register.ts';
import { readZip } from '../../src/read/zip.ts';
import { launchBrowser } from '../helpers/browser.ts';
import { copyExample, makeExampleBundle, runCommand } from '../helpers/bundle.ts';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// As an assessor works: the bundle alone, in a folder, with the network cut and without scripts.
let folder: string;
let given: string;
let browser: Browser;
beforeAll(async () => {
  const root = await copyExample();
  folder = await mkdtemp(join(tmpdir(), 'cartulary-assessor-'));
  const { bytes } = await makeExampleBundle(root);
  await rm(root, { recursive: true, force: true, maxRetries: 5 });
  given = sha256(bytes);
  await writeFile(join(folder, 'bundle.zip'), bytes);
  for (const [path, content] of readZip(bytes).files) {
    await mkdir(dirname(join(folder, 'bundle', path)), { recursive: true });
    await writeFile(join(folder, 'bundle', path), content);
  }
  browser = await launchBrowser();
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

async function open(options: BrowserContextOptions = {}): Promise<{ page: Page; asked: string[]; close(): Promise<void> }> {
  const context = await browser.newContext({ offline: true, ...options });
  const page = await context.newPage();
  const asked: string[] = [];
  page.on('request', (request) => void asked.push(request.url()));
  await page.goto(pathToFileURL(join(folder, 'bundle/index.html')).href);
  return { page, asked, close: () => context.close() };
}

test('which text stated CSS-6.3.10-12 on 2025-06-30, who proved it, and is that unaltered', async () => {
  const { page, asked, close } = await open({ javaScriptEnabled: false });
  // The requirement stands in its standard's table, under a heading that the contents lead to.
  await page.getByRole('link', { name: 'ETSI EN 319 411-2' }).click();
  const rows = page.locator('[id="411-2.CSS-6.3.10-12"] tr');
  const cells = await rows.evaluateAll((all) => all.map((row) => [...row.querySelectorAll('td')].map((cell) => (cell as HTMLElement).textContent)));
  const index = cells.findIndex(
    ([from = '', until = '', version = '']) => version.startsWith('CPS') && from <= '2025-06-30' && (until === 'open' || '2025-06-30' < until),
  );
  expect(cells[index]?.slice(0, 3)).toEqual(['2025-01-15', '2025-12-01', 'CPS 2.0']);
  expect(cells[index]?.[3]).toContain('4.10.1 Operational characteristics');
  // Who proved it: the items of evidence with the role that answers for them, and the day.
  const proof = cells[0]?.[4] ?? '';
  expect(proof).toMatch(/EV-[A-Z]+-\d+ \(.+, verified on 202\d-\d\d-\d\d: passed/);
  await rows.first().getByRole('link', { name: /^EV-/ }).first().click();
  const item = page.locator('tr:target');
  expect(await item.textContent()).toMatch(/^EV-/);
  // The text itself, at that section.
  await page.goBack();
  await rows.nth(index).getByRole('link', { name: '4.10.1 Operational characteristics' }).click();
  expect(page.url()).toMatch(/texts\/cps\/2\.0\/cps-2\.0\.en\.html#4\.10\.1$/);
  const heading = page.locator('[id="4.10.1"]');
  expect(await heading.textContent()).toContain('Operational characteristics');
  // Unaltered: the digest on the page is that of the source beside it, and the bundle is proved.
  const shown = await page.locator('header code').first().textContent();
  expect(sha256(await readFile(join(folder, 'bundle/texts/cps/2.0/cps-2.0.en.md')))).toBe(shown);
  const { code, out } = await runCommand(['verify', 'bundle.zip', '--sha256', given], folder);
  expect(code).toBe(0);
  expect(out).toContain('The bundle is the one whose digest was given.');
  expect(out).toMatch(/cps 2\.0 was registered by 2024-12-20T/);
  expect(asked.filter((url) => !url.startsWith('file:'))).toEqual([]);
  await close();
});

test.each([
  ['index.html', {}],
  ['index.html', { colorScheme: 'dark', viewport: { width: 360, height: 740 } }],
  ['texts/cps/2.0/cps-2.0.en.html', {}],
  ['texts/pds/1.1/pds-1.1.de.html', { colorScheme: 'dark', viewport: { width: 360, height: 740 } }],
] as const)(
  'axe has nothing against %s %j',
  async (path, options) => {
    const { page, close } = await open({ ...options, bypassCSP: true });
    await page.goto(pathToFileURL(join(folder, 'bundle', path)).href);
    await page.addScriptTag({ content: AXE });
    const violations = await page.evaluate(async () => {
      // biome-ignore lint/suspicious/noExplicitAny: axe puts itself into the page.
      const { violations: found } = await (globalThis as any).axe.run(document);
      return found.map(({ id, nodes }: { id: string; nodes: { html: string }[] }) => `${id}: ${nodes[0]?.html.slice(0, 200)} (${nodes.length})`);
    });
    expect(violations).toEqual([]);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    await close();
  },
  120_000,
);

test('every link within the bundle leads somewhere', async () => {
  const { page, close } = await open();
  for (const path of ['index.html', 'texts/cps/2.0/cps-2.0.en.html', 'texts/cp/1.1/cp-1.1.en.html']) {
    await page.goto(pathToFileURL(join(folder, 'bundle', path)).href);
    const links = await page
      .locator('a[href]')
      .evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href).filter((href) => href.startsWith('file:')));
    const own = await page.evaluate(() => [...document.querySelectorAll('[id]')].map((element) => element.id));
    for (const href of new Set(links)) {
      const url = new URL(href);
      const bytes = await readFile(new URL(url.pathname, 'file:')).catch(() => undefined);
      expect(bytes, `${path} leads to ${href}`).toBeDefined();
      if (url.hash && url.pathname === new URL(page.url()).pathname) expect(own, `${path} leads to ${href}`).toContain(decodeURIComponent(url.hash.slice(1)));
    }
  }
  await close();
});
