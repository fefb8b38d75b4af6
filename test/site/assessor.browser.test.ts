import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { findBarriers, useExampleSite } from '../helpers/served-site.ts';

const PAGES = ['/', '/cps/', '/evidence/', '/evidence/requirements/', '/evidence/sections/', '/precedence/', '/requirements/', '/requirements/en-319-411-1/'];
const LIST = '/requirements/en-319-411-1/';

const example = useExampleSite({ audience: 'assessor' });
const { open } = example;

const rows = (page: Page) => page.locator('table.matrix tr[data-state]:visible');

test.each(PAGES)(
  '%s has no barrier, wide and light, narrow and dark',
  async (path) => {
    for (const options of [{ viewport: { width: 1440, height: 1000 } }, { viewport: { width: 360, height: 740 }, colorScheme: 'dark' }] as const) {
      const page = await open(path, options);
      expect(await findBarriers(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)).toBe(false);
      await page.context().close();
    }
  },
  120_000,
);

test('the matrix filters by evidence with the keyboard alone', async () => {
  const page = await open(LIST);
  const all = await rows(page).count();
  const reached: string[] = [];
  // From the link that skips to the content, over the banner and the navigation, to the last of the filters.
  for (let step = 0; step < 60 && reached.at(-1) !== 'filter-evidence'; step += 1) {
    await page.keyboard.press('Tab');
    reached.push(await page.evaluate(() => document.activeElement?.id ?? ''));
  }
  expect(reached).toContain('filter-policy');
  expect(reached.at(-1)).toBe('filter-evidence');
  await page.keyboard.press('ArrowDown');
  const given = await rows(page).count();
  expect(given).toBeLessThan(all);
  expect(given).toBeGreaterThan(200);
  expect(new URL(page.url()).search).toBe('?evidence=given');
  expect(await page.locator('.matrix-shown').textContent()).toBe(`${given} of ${all} requirements are shown.`);
  expect(new Set(await rows(page).evaluateAll((found) => found.map((row) => row.getAttribute('data-evidence'))))).toEqual(new Set(['given']));
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('ArrowDown');
  expect(new URL(page.url()).search).toMatch(/^\?policy=1\.3\.6\.1\.4\.1\.99999\.1\.2\.\d&evidence=given$/);
  expect(await rows(page).count()).toBeLessThanOrEqual(given);
  await page.reload();
  expect(new URL(page.url()).search).toContain('evidence=given');
  expect(await rows(page).count()).toBeLessThan(all);
  await page.context().close();
});

test('from a requirement to the item that shows it, and to the section that states the control', async () => {
  const page = await open(`${LIST}#GEN-6.5.1-12`);
  await page.locator('[id="GEN-6.5.1-12"] .proof-items a').first().click();
  expect(new URL(page.url()).hash).toBe('#EV-KEY-01');
  const item = page.locator('[id="EV-KEY-01"]');
  expect(await item.textContent()).toMatch(/Zone 4 Vienna, safe B.*Security Officer.*2026-11-16/s);
  await item.getByRole('link', { name: 'CPS 6.1.1' }).click();
  expect(new URL(page.url()).pathname + new URL(page.url()).hash).toBe('/cps/#6.1.1');
  await page.context().close();
});

test('pictures of the evidence and of the matrix can be taken', async () => {
  for (const [name, path] of [
    ['assessor-evidence', '/evidence/'],
    ['assessor-matrix', `${LIST}?evidence=given`],
  ] as const) {
    const page = await open(path, { viewport: { width: 1440, height: 1000 } });
    await page.screenshot({ path: join(example.pictures, `${name}.png`), animations: 'disabled' });
    expect((await readFile(join(example.pictures, `${name}.png`))).length).toBeGreaterThan(20_000);
    await page.context().close();
  }
});
