import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { toPlainText } from '../../lib/publish/plain-text.js';
import { publishedTextJson } from '../../lib/publish/published-text.js';
import { readDocument } from '../../lib/read/workspace.js';
import type { ComparableVersion } from '../../lib/site/page.js';
import { cloneRepository } from '../helpers/repository.ts';
import { findBarriers, useExampleSite } from '../helpers/served-site.ts';
import { sharedFile } from '../helpers/shared.ts';
import { EXAMPLE_NOW, newestVersion } from '../helpers/site.ts';

const example = useExampleSite({}, { ahead: watch, mayMiss: true, waitUntil: 'load' });
const { open } = example;

/** Notes long tasks of the page, and when the first answer or refusal was told, in milliseconds from the beginning. */
function watch(): void {
  const seen = { longTasks: [] as number[], told: undefined as number | undefined };
  Object.assign(globalThis, { seen });
  new PerformanceObserver((list) => seen.longTasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask', buffered: true });
  document.addEventListener('DOMContentLoaded', () => {
    const status = document.querySelector('.compare-status');
    if (status) {
      new MutationObserver(() => {
        if (!/…$/.test(status.textContent ?? '')) seen.told ??= performance.now();
      }).observe(status, { childList: true });
    }
  });
}

const status = async (page: Page) => (await page.locator('.compare-status').textContent()) ?? '';
const answered = (page: Page) => expect.poll(() => status(page), { timeout: 20_000 }).toMatch(/\d+ changes? in \d+ sections?/);

describe('comparing two versions', () => {
  test('by keyboard alone: choose, compare, read; the address leads to the same answer', async () => {
    const page = await open('/cps/compare/');
    await page.getByLabel('From version', { exact: true }).focus();
    await page.keyboard.type('2.0');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.type('2.2');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Compare');
    await page.keyboard.press('Enter');
    await answered(page);
    expect(await page.locator('.compare-answer h2').first().textContent()).toBe('What changed from version 2.0 to version 2.2');
    expect(new URL(page.url()).search).toBe('?from=2.0&to=2.2');
    const shown = await page.locator('.compare-text').innerHTML();
    expect(shown).toContain('<ins');
    await page.reload();
    await answered(page);
    expect(await page.locator('.compare-text').innerHTML()).toBe(shown);
    await page.context().close();
  });

  test('the two can be swapped', async () => {
    const page = await open('/cps/compare/?from=2.0&to=2.1');
    await answered(page);
    await page.getByRole('button', { name: 'Swap' }).click();
    expect(await page.getByLabel('From version', { exact: true }).inputValue()).toBe('2.1');
    await page.getByRole('button', { name: 'Compare' }).click();
    await expect.poll(() => page.locator('.compare-answer h2').first().textContent()).toBe('What changed from version 2.1 to version 2.0');
    await page.context().close();
  });

  test('it begins with what is in force, or what is to come', async () => {
    const page = await open('/cps/compare/', { at: new Date(EXAMPLE_NOW) });
    expect([await page.getByLabel('From version', { exact: true }).inputValue(), await page.getByLabel('To version', { exact: true }).inputValue()]).toEqual([
      '2.1',
      await newestVersion(example.root, 'cps'),
    ]);
    expect(await page.locator('.compare-answer').isVisible()).toBe(false);
    await page.context().close();
  });

  test('a link to a section goes on reading there', async () => {
    const page = await open('/cps/compare/?from=2.0&to=2.2#4.9.10');
    await answered(page);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('4.9.10');
    expect(await page.locator('[id="4.9.10"]').evaluate((element) => element.getBoundingClientRect().top)).toBeLessThan(300);
    await page.context().close();
  });

  test('a section that did not change is named', async () => {
    const page = await open('/cps/compare/?from=2.0&to=2.2#77.1');
    await expect.poll(() => status(page)).toContain('Section 77.1 is not among the changed sections.');
    await page.context().close();
  });

  test.each([
    ['/cps/compare/?from=2.0&to=2.1', '/cps/2.1/changes/'],
    ['/cps/compare/?from=2.1&to=2.2', '/cps/2.2/changes/'],
    ['/pds/compare/?from=1.1&to=1.2&lang=de', '/pds/1.2/de/changes/'],
  ])('%s is what the notice says', async (path, notice) => {
    const page = await open(path);
    await answered(page);
    const read = async (selectors: readonly string[]) => Promise.all(selectors.map((selector) => page.locator(selector).first().innerHTML()));
    const compared = await read(['.compare-text', '.change-list', '.significance .reach']);
    await page.locator(`.compare-summary a[href="${notice}"]`).click();
    await page.waitForURL(`**${notice}`);
    expect(await read(['.redline', '.change-list', '.significance .reach'])).toEqual(compared);
    await page.context().close();
  });

  test('texts in another language', async () => {
    const page = await open('/pds/compare/?from=1.1&to=1.2&lang=de');
    await answered(page);
    expect(await page.locator('.compare-text').getAttribute('lang')).toBe('de');
    expect(await page.getByLabel('Language of the texts').inputValue()).toBe('de');
    await page.context().close();
  });

  test('the work is done by a file of this site, in a thread of its own', async () => {
    const page = await open('/cps/compare/');
    const worker = page.waitForEvent('worker');
    await page.getByRole('button', { name: 'Compare' }).click();
    const file = (await worker).url();
    expect(file).toMatch(new RegExp(`^${example.address}/_astro/compare-worker[^/]*\\.js$`));
    await answered(page);
    const program = await readFile(join(example.site.folder, new URL(file).pathname), 'utf8');
    expect(program, 'without the schemas, which only the build needs').not.toContain('invalid_type');
    expect(program.length).toBeLessThan(120_000);
    await page.context().close();
  });
});

describe('what cannot be compared is said', () => {
  test.each([
    ['a version that there is not', '/cps/compare/?from=7.0&to=2.1', 'There is no version “7.0” of this document.'],
    ['a version kept as a file', '/cps/compare/?from=1.0&to=2.1', 'Version 1.0 cannot be compared: kept as a file, such as a PDF.'],
    ['the same version twice', '/cps/compare/?from=2.1&to=2.1', 'Version 2.1 was chosen twice.'],
    [
      'a language that one of them does not have',
      '/cps/compare/?from=2.0&to=2.1&lang=fr',
      'Not both versions have a text in this language, but both have one in: English.',
    ],
  ])('%s', async (_, path, message) => {
    const page = await open(path);
    await expect.poll(() => status(page)).toContain(message);
    expect(await page.locator('.compare-answer').isVisible()).toBe(false);
    expect(await page.getByRole('button', { name: 'Compare' }).isVisible()).toBe(true);
    await page.context().close();
  });

  test('a version without a text stands in the lists, with the reason, and cannot be chosen', async () => {
    const page = await open('/cps/compare/');
    const option = page.locator('#compare-from option[value="1.0"]');
    expect(await option.textContent()).toBe('1.0, kept as a file, such as a PDF');
    expect(await option.isDisabled()).toBe(true);
    await page.context().close();
  });

  test('a text that could not be loaded, and once more', async () => {
    example.instead.set('/cps/2.1/cps-2.1.en.json', undefined);
    const page = await open('/cps/compare/?from=2.0&to=2.1');
    await expect.poll(() => status(page)).toContain('The texts could not be loaded.');
    example.instead.clear();
    await page.getByRole('button', { name: 'Try again' }).click();
    await answered(page);
    await page.context().close();
  });

  test('two versions with the same text', async () => {
    example.instead.set('/cps/2.1/cps-2.1.en.json', await readFile(join(example.site.folder, 'cps/2.0/cps-2.0.en.json'), 'utf8'));
    const page = await open('/cps/compare/?from=2.0&to=2.1');
    await expect.poll(() => status(page)).toBe('The two texts are the same, byte for byte.');
    await page.context().close();
  });
});

test('without scripts, what each version changed is linked', async () => {
  const page = await open('/cps/compare/', { javaScriptEnabled: false });
  expect(await page.locator('form.compare').isVisible()).toBe(false);
  expect(await page.locator('main').textContent()).toContain('Without them, read below what each version changed');
  expect(await page.locator('.compare-notices a').evaluateAll((links) => links.map((link) => link.getAttribute('href')))).toContain('/cps/2.1/changes/');
  await page.context().close();
});

describe.each([
  ['on paper white', { colorScheme: 'light', viewport: { width: 1280, height: 900 } }],
  ['in the dark, on a phone', { colorScheme: 'dark', viewport: { width: 360, height: 740 } }],
] as const)('an answer, %s', (_, options) => {
  test('can be read by everybody', async () => {
    const page = await open('/cps/compare/?from=2.0&to=2.2', options);
    await answered(page);
    expect(await findBarriers(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), 'no scrolling sideways').toBeLessThanOrEqual(options.viewport.width);
    await page.context().close();
  });
});

describe('a long text', () => {
  const bundle = sharedFile('corpora/servercert.bundle');
  const NUMBERS = ['1.7.4', '2.2.6'];

  /** Puts the Baseline Requirements in the place of the example's CPS. */
  async function putBaselineRequirements(): Promise<void> {
    const { folder } = await cloneRepository(bundle.path);
    try {
      for (const number of NUMBERS) {
        const { stdout } = await promisify(execFile)('git', ['-C', folder, 'show', `BRs/v${number}:docs/BR.md`], { maxBuffer: 10_000_000, encoding: 'buffer' });
        const facts = { id: 'br', type: 'CP', language: 'en', title: 'Baseline Requirements', frontMatter: undefined } as const;
        const text = toPlainText(await readDocument(stdout, facts, 'docs/BR.md'));
        const about = { document: 'br', version: number, language: 'en', title: facts.title, sha256: number.padEnd(64, '0'), declared: undefined };
        example.instead.set(`/br/${number}.json`, publishedTextJson({ ...about, ...text }));
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
    const when = { instant: '2026-01-01T00:00:00Z', text: '2026-01-01' } as ComparableVersion['from'];
    const versions = NUMBERS.map((version): ComparableVersion => {
      const texts = [{ language: 'en', page: `/br/${version}/`, data: `/br/${version}.json`, notice: '/cps/2.1/changes/' }];
      return { version, from: when, until: undefined, texts, missing: undefined, notice: '/cps/2.1/changes/' };
    });
    const page = await readFile(join(example.site.folder, 'cps/compare/index.html'), 'utf8');
    const listed = JSON.stringify(versions.reverse()).replaceAll('&', '&#38;').replaceAll('"', '&#34;');
    example.instead.set(
      '/cps/compare/index.html',
      page.replace(/data-versions="[^"]*"/, () => `data-versions="${listed}"`),
    );
  }

  test.skipIf(bundle.absent)(`is compared within two seconds, and the page answers all the while${bundle.reason}`, async () => {
    await putBaselineRequirements();
    const page = await open('/cps/compare/?from=1.7.4&to=2.2.6');
    await answered(page);
    const read = () => page.evaluate(() => (globalThis as unknown as { seen: { told: number; longTasks: number[] } }).seen);
    const { told, longTasks } = await read();
    expect(told).toBeLessThan(2000);
    expect(Math.max(0, ...longTasks)).toBeLessThan(200);
    // Long tasks would have been seen.
    await page.evaluate(() => {
      setTimeout(() => {
        for (const end = performance.now() + 250; performance.now() < end; );
      });
    });
    await expect.poll(async () => Math.max(0, ...(await read()).longTasks)).toBeGreaterThan(200);
    await page.context().close();
  });
});
