import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findBarriers, type Opening, useExampleSite } from '../helpers/served-site.ts';
import { buildSite } from '../helpers/site.ts';

const WIDE = { viewport: { width: 1440, height: 1000 } };
const NARROW = { viewport: { width: 360, height: 740 }, colorScheme: 'dark' } as const;

const example = useExampleSite({ audience: 'assessor' });

test('nothing of the measurements is on a site for the public', async () => {
  const open = await buildSite(example.root);
  try {
    const files = await open.files();
    expect([...files.keys()].filter((path) => path.includes('/status/') || path.startsWith('status/'))).toEqual([]);
    const words = ['evidence/status/2026-10', 'status-months', 'status-expiry'];
    const told = [...files].filter(([path, bytes]) => /\.(html|json|xml|txt)$/.test(path) && words.some((word) => bytes.includes(word)));
    expect(told.map(([path]) => path)).toEqual([]);
  } finally {
    await open.remove();
  }
}, 120_000);

const open = (opening: Opening = {}) => example.open('/status/', opening);

test.each([
  ['wide and light', WIDE],
  ['narrow and dark', NARROW],
])(
  'the measurements have no barrier, %s, also with the days in numbers',
  async (name, options) => {
    const page = await open(options);
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true;
    });
    expect(await findBarriers(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)).toBe(false);
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = false;
    });
    const picture = join(example.pictures, `assessor-status-${name.split(' ')[0]}.png`);
    await page.screenshot({ path: picture, fullPage: true, animations: 'disabled' });
    expect((await readFile(picture)).length).toBeGreaterThan(20_000);
    await page.context().close();
  },
  120_000,
);

test('each address has its month, with what was promised of it', async () => {
  const page = await open(WIDE);
  const rows = page.locator('.status-months tbody tr');
  expect(await rows.count()).toBe(4);
  const ocsp = (await rows.filter({ hasText: 'ocsp.ets.example' }).textContent())?.replaceAll(/\s+/g, ' ');
  expect(ocsp).toMatch(/2026-10.*99\.7\d.% at least 99\.5.%, CPS? 2\.1, 4\.10\.2 .*1 h 30 min.*at most 24 h.*8 h.*≤ 500 ms.*8940 measurements/);
  expect(await page.locator('.standing.broken').count()).toBe(0);
  const root = rows.filter({ hasText: 'root' }).getByRole('rowheader').getByRole('link');
  await root.click();
  expect(await page.locator(':target h3').textContent()).toContain('ets-root-ca-1.crl');
  await page.context().close();
});

test('a picture says in words what it shows, and every day of the month is there', async () => {
  const page = await open(WIDE);
  const chart = page.getByRole('img', { name: /^Oldest CRL, 2026-10: most 12 h.*, stated 12 h 10 min$/ }).first();
  expect(await chart.locator('rect').count()).toBe(31);
  expect(await chart.locator('rect.over').count()).toBe(0);
  const days = page.locator('.status-days').first();
  await days.locator('summary').click();
  expect(await days.locator('tbody tr').count()).toBe(31);
  expect(await days.locator('tbody tr').nth(13).textContent()).toMatch(/2026-10-14.*1 h 30 min/s);
  await page.context().close();
});

test('what is said of expired certificates stands in one row for each extension', async () => {
  const page = await open(WIDE);
  const rows = page.locator('.status-expiry tbody tr');
  expect(await rows.evaluateAll((found) => found.map((row) => row.querySelector('th')?.textContent))).toEqual(['expiredCertsOnCRL', 'archiveCutoff']);
  for (const row of await rows.all()) {
    const cells = await row.locator('td').allTextContents();
    expect(cells.map((cell) => cell.trim())).toEqual([
      'yes',
      expect.stringMatching(/^yes\d places$/),
      'yes',
      expect.stringMatching(/^yes\d places$/),
      'no place says otherwise',
    ]);
    const name = (await row.getByRole('link').getAttribute('href'))?.slice(1);
    const places = page.locator(`.table[aria-labelledby="${name}"] tbody tr`);
    expect(await places.first().textContent()).toContain('cartulary.yaml');
    expect(await places.filter({ hasText: 'section 4.10.1 of cps' }).count()).toBeGreaterThan(0);
  }
  await page.context().close();
});
