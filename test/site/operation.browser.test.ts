import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findBarriers, useExampleSite } from '../helpers/served-site.ts';

const CARD = '/policies/1.3.6.1.4.1.99999.1.2.1/responsibilities/';
const VAULT = '/policies/1.3.6.1.4.1.99999.1.2.2/responsibilities/';
const WEBSITES = '/policies/1.3.6.1.4.1.99999.1.2.4/responsibilities/';
const PAGES = [CARD, VAULT, WEBSITES, '/policies/devices/', '/policies/identification/'];

const example = useExampleSite({ audience: 'assessor' });
const { open } = example;

test.each(PAGES)(
  '%s has no barrier, wide and light, narrow and dark',
  async (path) => {
    for (const [name, options] of [
      ['wide', { viewport: { width: 1440, height: 1000 } }],
      ['narrow', { viewport: { width: 360, height: 740 }, colorScheme: 'dark' }],
    ] as const) {
      const page = await open(path, options);
      expect(await findBarriers(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)).toBe(false);
      await page.screenshot({ path: join(example.pictures, `operation${path.replaceAll('/', '-')}${name}.png`) });
      await page.context().close();
    }
  },
  120_000,
);

test('who does what follows from who manages the device', async () => {
  const rowOf = async (path: string, id: string) => {
    const page = await open(path);
    const text = await page.locator(`tr[id="${id}"]`).textContent();
    await page.context().close();
    return text?.replace(/\s+/g, ' ');
  };
  // The card is the subject's, the remote device the provider's: the duty to sign with the device only rests on another.
  expect(await rowOf(CARD, '411-2-OVR-6.3.5-07')).toMatch(/Subject makes them with the QSCD only/);
  expect(await rowOf(CARD, '411-2-OVR-6.3.5-07')).not.toMatch(/in no other device/);
  expect(await rowOf(VAULT, '411-2-OVR-6.3.5-07')).toMatch(/Provider lays the duty on the subscriber; makes them in no other device/);
  expect(await rowOf(CARD, 'managed-411-2-SDP-6.3.5-02')).toMatch(/ no the provider /);
  expect(await rowOf(VAULT, 'managed-411-2-SDP-6.3.5-02')).toMatch(/ yes the provider /);
});

test('the choice for websites leads to the rule that is followed', async () => {
  const page = await open('/policies/identification/');
  await page.getByRole('link', { name: 'REG-6.2.2-03' }).click();
  expect(new URL(page.url()).pathname).toBe('/requirements/en-319-411-2/');
  await page.context().close();
});

test('all of it leads on to pages that are there, and programs get the same', async () => {
  const page = await open('/policies/devices/');
  const links = await page.locator('main a').evaluateAll((found) => found.map((link) => (link as HTMLAnchorElement).pathname));
  for (const path of new Set(links)) expect((await page.request.get(new URL(path, page.url()).href)).status(), path).toBe(200);
  await page.context().close();
  const devices = JSON.parse(await readFile(join(example.site.folder, 'policies/devices/devices.json'), 'utf8'));
  expect(devices.policies.map(({ managedBy }: { managedBy: string }) => managedBy)).toEqual(['subject', 'tsp']);
  const shares = JSON.parse(await readFile(join(example.site.folder, `${VAULT}responsibilities.json`), 'utf8'));
  expect(shares).toMatchObject({ policy: '1.3.6.1.4.1.99999.1.2.2', managedBy: 'tsp' });
});
