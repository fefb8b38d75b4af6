import { readFile, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { serve, typeOf } from '../../lib/site/serve.js';
import { launchBrowser } from '../helpers/browser.ts';
import { type BuiltSite, buildSite, exampleRepository } from '../helpers/site.ts';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** One address of each kind of page. */
const KINDS = [
  '/',
  '/cps/',
  '/cps/2.0/',
  '/cps/2.2/',
  '/cps/1.0/',
  '/pds/1.2/de/',
  '/cps/history/',
  '/in-force/',
  '/in-force/2025-01-15/',
  '/policies/',
  '/policies/1.3.6.1.4.1.99999.1.2.4/',
  '/search/',
  '/api/v1/',
  '/nowhere/',
];

let root: string;
let site: BuiltSite;
let server: Server;
let address: string;
let browser: Browser;
let problems: string[] = [];

beforeAll(async () => {
  root = await exampleRepository();
  site = await buildSite(root);
  const started = await serve('', 0, async (path) => {
    const file = path.endsWith('/') ? `${path}index.html` : path;
    const body = await readFile(join(site.folder, file)).catch(() => undefined);
    return body && { body, type: typeOf(file) };
  });
  server = started.server;
  address = started.address.replace(/\/$/, '');
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  server.close();
  await site.remove();
  await rm(root, { recursive: true, force: true });
});
afterEach(() => {
  expect(problems).toEqual([]);
  problems = [];
});

/** A page whose every request outside the site is cut and noted, like errors and violations of the Content-Security-Policy. */
async function open(path: string, options: BrowserContextOptions = {}, at?: Date): Promise<Page> {
  const context = await browser.newContext({ bypassCSP: false, ...options });
  await context.route(
    (url) => !url.href.startsWith(address),
    (route) => {
      problems.push(`request to ${route.request().url()}`);
      return route.abort();
    },
  );
  const page = await context.newPage();
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && !/404/.test(message.text()) && problems.push(message.text()));
  if (at) await page.clock.setFixedTime(at);
  await page.goto(address + path);
  return page;
}

describe('without scripts', () => {
  const options = { javaScriptEnabled: false };

  test('from the first page to the text in force on 2025-06-30 in three clicks', async () => {
    const page = await open('/', options);
    await page
      .getByRole('link', { name: /What applied when/ })
      .first()
      .click();
    await page.locator('main a[href="/in-force/2025-01-15/"]').first().click();
    await page.locator('main a[href="/cps/2.0/"]').first().click();
    expect(new URL(page.url()).pathname).toBe('/cps/2.0/');
    expect(await page.locator('article h2').first().textContent()).toContain('INTRODUCTION');
    await page.context().close();
  });

  test('a section link leads to its heading, and every version to its neighbours', async () => {
    const page = await open('/cps/2.0/#4.9.10', options);
    expect(await page.locator('[id="4.9.10"]').textContent()).toContain('4.9.10');
    await page.locator('main a[href="/cps/2.1/"]').first().click();
    expect(new URL(page.url()).pathname).toBe('/cps/2.1/');
    await page.context().close();
  });
});

describe('the lookup', () => {
  test('type the date, read the answer', async () => {
    const page = await open('/');
    await page.getByLabel(/^Date or instant/).fill('2025-06-30');
    await page.getByLabel(/^Date or instant/).press('Enter');
    const answer = page.locator('.answer');
    await answer.getByRole('link', { name: /2\.0/ }).first().waitFor();
    expect(await answer.locator('a[href="/cps/2.0/"]').count()).toBeGreaterThan(0);
    expect(await answer.locator('a[href="/cp/2.0/"]').count()).toBeGreaterThan(0);
    expect(page.url()).toContain('date=2025-06-30');
    await page.context().close();
  });

  test('a policy narrows the answer to the texts that listed it then', async () => {
    const page = await open('/in-force/?date=2024-06-30&policy=1.3.6.1.4.1.99999.1.2.4');
    await expect.poll(() => page.locator('.answer').textContent()).toMatch(/no |none/i);
    expect(await page.locator('.answer a[href^="/cp"]').count()).toBe(0);
    await page.context().close();
  });

  test('before the first version it says so', async () => {
    const page = await open('/in-force/?date=2020-01-01');
    await expect.poll(() => page.locator('.answer').textContent()).toContain('first version was not yet in force');
    await page.context().close();
  });

  test('what is no date is named, with what is expected', async () => {
    const page = await open('/in-force/?date=30.6.2025');
    await expect.poll(() => page.locator('#lookup-date-error').textContent()).toContain('30.6.2025');
    await page.context().close();
  });
});

describe('the state of a text stays true after the build', () => {
  const visible = (page: Page) => page.locator('[data-state]:visible').first().getAttribute('data-state');

  test('a version that was to come is in force once its day has come', async () => {
    const before = await open('/cps/2.2/', {}, new Date('2027-01-31T22:59:59Z'));
    await expect.poll(() => visible(before)).toBe('not-yet-in-force');
    await before.context().close();
    const after = await open('/cps/2.2/', {}, new Date('2027-01-31T23:00:00Z'));
    await expect.poll(() => visible(after)).toBe('in-force');
    await after.context().close();
  });

  test('the version before it is superseded then', async () => {
    const page = await open('/cps/2.1/', {}, new Date('2027-02-01T12:00:00Z'));
    await expect.poll(() => visible(page)).toBe('superseded');
    await page.context().close();
  });
});

test('switching the version keeps the section', async () => {
  const page = await open('/cps/2.1/#4.9.10');
  await page.locator('details.switcher summary').click();
  await page.locator('details.switcher a[href^="/cps/2.0/"]').click();
  await page.waitForURL(/\/cps\/2\.0\//);
  expect(new URL(page.url()).hash).toBe('#4.9.10');
  await page.context().close();
});

describe('search', () => {
  test('finds a section of what is in force', async () => {
    const page = await open('/search/?q=revocation+hotline');
    await page.locator('.results a[href*="#"]').first().waitFor();
    expect(await page.locator('.results a[href^="/cps/2.1/"]').count()).toBeGreaterThan(0);
    await page.context().close();
  });

  test('finds older wording when asked', async () => {
    const page = await open('/search/?q=Alpha+Smartcards');
    await page.getByLabel(/older/i).check();
    await page.getByRole('button', { name: 'Search' }).click();
    await expect.poll(() => page.locator('.results a[href^="/cps/1."]').count(), { timeout: 15_000 }).toBeGreaterThan(0);
    await page.context().close();
  });
});

describe.each([
  ['on paper white', { colorScheme: 'light', viewport: { width: 1280, height: 900 } }],
  ['in the dark, on a phone', { colorScheme: 'dark', viewport: { width: 360, height: 740 } }],
] as const)('each kind of page, %s', (_, options) => {
  test.each(KINDS)('%s', async (path) => {
    const page = await open(path, options);
    // Axe is put in from outside, past the policy of the page; it asks nobody for anything.
    await page.evaluate(AXE);
    const found = await page.evaluate(async () => {
      const { violations } = await (
        globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }
      ).axe.run();
      return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
    });
    expect(found).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), 'no scrolling sideways').toBeLessThanOrEqual(options.viewport.width);
    await page.context().close();
  });
});

test('a screen reader is told what the page is, where it is and what its sections are', async () => {
  const page = await open('/cps/2.0/');
  expect(
    await page
      .locator('main')
      .ariaSnapshot()
      .then((tree) => tree.split('\n').slice(0, 12).join('\n')),
  ).toMatchInlineSnapshot(`
    "- main:
      - paragraph: CPS · Version 2.0
      - heading "Certification Practice Statement for Qualified Certificates" [level=1]
      - status:
        - paragraph:
          - strong: Superseded
          - text: Applied from
          - time: 2025-01-15
          - text: until
          - time: 2025-12-01
          - text: ", when"
          - link "Version 2.1":"
  `);
  await page.context().close();
});
