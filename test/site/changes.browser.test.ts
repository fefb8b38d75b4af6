import { readFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { serve, typeOf } from '../../lib/site/serve.js';
import type { PolicyDocument } from '../../src/model/document.ts';
import { compareTexts } from '../../src/publish/diff.ts';
import { toPlainText } from '../../src/publish/plain-text.ts';
import { renderChangeList, renderRedline } from '../../src/publish/redline.ts';
import { readMarkdown } from '../../src/read/markdown.ts';
import { launchBrowser } from '../helpers/browser.ts';
import { REDLINE } from '../helpers/redline.ts';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const ROOT = new URL('../../', import.meta.url);
const plain = (markdown: string) => toPlainText({ sections: readMarkdown(markdown, 'text.md').sections } as PolicyDocument);

/** A text of ten sections with a list, a table and code, and a very long word. */
const text = (hours: number) =>
  Array.from({ length: 10 }, (_, index) =>
    [
      `# ${index + 1} Section`,
      `A certificate is revoked within ${hours + index} hours after the provider has heard of the reason.`,
      ...(index === 3 ? [`- the first case\n- case ${hours}\n- ${'x'.repeat(90)}`] : []),
      ...(index === 5
        ? [`| Field | Value |\n| --- | --- |\n| validity | ${hours} days |\n${hours > 50 ? '| new | row |\n' : ''}| key | ${'y'.repeat(90)} |`]
        : []),
      ...(index === 7 ? [`\`\`\`\nopenssl x509 -days ${hours}\n\`\`\``] : []),
      ...(index === 8 && hours > 50 ? ['This paragraph is new.'] : []),
    ].join('\n\n'),
  ).join('\n\n');

const comparison = compareTexts(plain(text(24)), plain(text(72)));
const PLACES = comparison.counts.places;
const PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>What changed</title>
<link rel="stylesheet" href="/styles/site.css"><link rel="stylesheet" href="/styles/changes.css"><link rel="stylesheet" href="/styles/print.css"></head>
<body><main class="sheet" data-changes><h1>What changed</h1><h2>Changed sections</h2>${renderChangeList(comparison, REDLINE)}
<p><label>Note <input type="text"></label></p><h2>Comparison</h2>
<div class="change-bar" role="group" aria-label="Way through the changes" hidden><button type="button" class="previous">Previous change</button>
<button type="button" class="next">Next change</button><span class="position" role="status"></span></div>
<div class="redline">${renderRedline(comparison, REDLINE)}</div></main><script type="module" src="/site/changes.client.js"></script></body></html>`;

let server: Server;
let address: string;
let browser: Browser;
let problems: string[] = [];

beforeAll(async () => {
  const started = await serve('', 0, async (path) => {
    if (path === '/') return { body: PAGE, type: typeOf('index.html') };
    const file = new URL(path.startsWith('/styles/') ? `src/site${path}` : `lib${path}`, ROOT);
    const body = await readFile(file).catch(() => undefined);
    return body && { body, type: typeOf(path) };
  });
  server = started.server;
  address = started.address.replace(/\/$/, '');
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  server.close();
});
afterEach(() => {
  expect(problems).toEqual([]);
  problems = [];
});

async function open(path = '/', options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && !/404/.test(message.text()) && problems.push(message.text()));
  await page.goto(address + path);
  return page;
}

/** What the bar says, and the id of the place that has the focus. */
async function where(page: Page): Promise<string> {
  const said = await page.locator('.position').textContent();
  return `${said} @ ${await page.evaluate(() => document.activeElement?.id)}`;
}

describe('the way through the changes', () => {
  test('by keys with a modifier, from the first to the last', async () => {
    const page = await open();
    expect(await where(page)).toBe(`${PLACES} changes @ `);
    await page.keyboard.press('Alt+n');
    expect(await where(page)).toBe(`Change 1 of ${PLACES} @ change-1`);
    await page.keyboard.press('Alt+n');
    await page.keyboard.press('Alt+N');
    expect(await where(page)).toBe(`Change 3 of ${PLACES} @ change-3`);
    await page.keyboard.press('Alt+p');
    expect(await where(page)).toBe(`Change 2 of ${PLACES} @ change-2`);
    for (let count = 0; count < PLACES; count += 1) await page.keyboard.press('Alt+n');
    expect(await where(page)).toBe(`Change ${PLACES} of ${PLACES}. This is the last change. @ change-${PLACES}`);
    for (let count = 0; count < PLACES; count += 1) await page.keyboard.press('Alt+p');
    expect(await where(page)).toBe(`Change 1 of ${PLACES}. This is the first change. @ change-1`);
    await page.context().close();
  });

  test('letters alone do nothing, and a field keeps all its keys', async () => {
    const page = await open();
    await page.keyboard.press('n');
    await page.keyboard.press('p');
    expect(await where(page)).toBe(`${PLACES} changes @ `);
    await page.getByLabel('Note').focus();
    await page.keyboard.press('Alt+n');
    expect(await page.locator('.position').textContent()).toBe(`${PLACES} changes`);
    await page.context().close();
  });

  test('by buttons that stay in view and do not cover the change', async () => {
    const page = await open('/', { viewport: { width: 360, height: 640 } });
    const bar = page.locator('.change-bar');
    for (let count = 1; count <= PLACES; count += 1) {
      await page.getByRole('button', { name: 'Next change' }).click();
      expect(await where(page)).toBe(`Change ${count} of ${PLACES} @ change-${count}`);
      const [shown, place] = [await bar.boundingBox(), await page.locator(`#change-${count}`).boundingBox()];
      expect((place?.y ?? 0) >= (shown?.y ?? 0) + (shown?.height ?? 0) && (place?.y ?? 0) < 640, `change ${count} can be seen`).toBe(true);
    }
    await page.context().close();
  });

  test('goes on from where the reader scrolled, or a link of the list led', async () => {
    const page = await open('/', { viewport: { width: 800, height: 400 } });
    await page.keyboard.press('Alt+n');
    await page.locator('[id="4"]').evaluate((section) => section.scrollIntoView());
    const first = await page.locator('[id="4"] [data-change]').first().getAttribute('id');
    await page.keyboard.press('Alt+n');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe(first);
    await page.locator('.change-list a[href="#change-2"]').click();
    await expect.poll(() => page.locator('.position').textContent()).toBe(`Change 2 of ${PLACES}`);
    await page.keyboard.press('Alt+n');
    expect(await where(page)).toBe(`Change 3 of ${PLACES} @ change-3`);
    await page.context().close();
  });

  test('begins anew when another redline comes, and ends where nothing changed', async () => {
    const page = await open();
    await page.keyboard.press('Alt+n');
    // As a string, for what the test runner makes of an import is known to the runner only.
    const show = (sections: number) =>
      page.evaluate(`import('/site/changes.client.js').then(({ startChangeNavigation }) => {
        const redline = document.querySelector('.redline');
        redline.replaceChildren(...[...redline.querySelectorAll('section')].slice(0, ${sections}));
        startChangeNavigation(document.querySelector('main'));
      })`);
    await show(1);
    expect(await page.locator('.position').textContent()).toBe('1 change');
    await page.getByRole('button', { name: 'Next change' }).click();
    expect(await where(page)).toBe('Change 1 of 1 @ change-1');
    await show(0);
    expect(await page.locator('.change-bar').isVisible()).toBe(false);
    await page.context().close();
  });

  test('is not offered without scripts', async () => {
    const page = await open('/', { javaScriptEnabled: false });
    expect(await page.locator('.change-bar').isVisible()).toBe(false);
    await page.context().close();
  });
});

describe('a redline', () => {
  test.each([
    ['on a desk', { viewport: { width: 1280, height: 900 } }],
    ['in the dark', { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' }],
    ['on a phone', { viewport: { width: 360, height: 740 } }],
    ['in forced colours', { viewport: { width: 1280, height: 900 }, forcedColors: 'active' }],
  ] satisfies [string, BrowserContextOptions][])('%s has no barrier that can be found by a program, and is not wider than the screen', async (_, options) => {
    const page = await open('/', options);
    await page.evaluate(AXE);
    const found = await page.evaluate(() =>
      (globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }).axe.run(),
    );
    expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
    await page.context().close();
  });

  test('is heard with its marks, and copied without the words that were added for that', async () => {
    const page = await open();
    const place = page.locator('[id="1"] p').last();
    expect(await place.ariaSnapshot()).toMatch(/deleted: "?24"?[\s\S]*inserted: "?72"?[\s\S]*end of change/);
    await place.evaluate((element) => getSelection()?.selectAllChildren(element));
    expect(await page.evaluate(() => getSelection()?.toString())).toBe(
      'A certificate is revoked within 2472 hours after the provider has heard of the reason.',
    );
    await page.context().close();
  });

  test('is told on paper without colours', async () => {
    const page = await open();
    await page.emulateMedia({ media: 'print' });
    const style = (selector: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((element) => getComputedStyle(element).textDecorationLine);
    expect([await style('del'), await style('ins')]).toEqual(['line-through', 'underline']);
    expect(await page.locator('.change-bar').isVisible()).toBe(false);
    await page.context().close();
  });
});
