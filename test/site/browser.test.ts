import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { findBarriers, useExampleSite } from '../helpers/served-site.ts';

/** One address of each kind of page. */
const KINDS = [
  '/',
  '/cps/',
  '/cps/2.0/',
  '/cps/2.2/',
  '/cps/1.0/',
  '/pds/1.2/de/',
  '/cps/history/',
  '/cps/2.0/changes/',
  '/cps/1.1/changes/',
  '/pds/1.2/de/changes/',
  '/notices/',
  '/cps/sections/',
  '/cps/sections/4.9.1/',
  '/cps/sections/6.2.11/',
  '/cps/compare/',
  '/in-force/',
  '/in-force/2025-01-15/',
  '/policies/',
  '/policies/1.3.6.1.4.1.99999.1.2.4/',
  '/policies/1.3.6.1.4.1.99999.1.2.1/',
  '/certificates/',
  '/requirements/',
  '/requirements/en-319-411-2/',
  '/requirements/en-319-411-2/?state=no-text',
  '/cps/2.3/requirements/',
  '/pds/1.3/requirements/?state=elsewhere',
  '/search/',
  '/api/v1/',
  '/nowhere/',
];

const example = useExampleSite({}, { mayMiss: true, waitUntil: 'load' });
const { open } = example;

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
    const before = await open('/cps/2.2/', { at: new Date('2027-01-31T22:59:59Z') });
    await expect.poll(() => visible(before)).toBe('not-yet-in-force');
    await before.context().close();
    const after = await open('/cps/2.2/', { at: new Date('2027-01-31T23:00:00Z') });
    await expect.poll(() => visible(after)).toBe('in-force');
    await after.context().close();
  });

  test('the version before it is superseded then', async () => {
    const page = await open('/cps/2.1/', { at: new Date('2027-02-01T12:00:00Z') });
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
    // The newer ones come first, a few at a time. The button may go between two looks at it, so nobody waits for it.
    const countOld = async () => {
      await page.locator('.more:not([hidden])').evaluateAll((buttons) => buttons.forEach((button) => void (button as HTMLElement).click()));
      return page.locator('.results a[href^="/cps/1."]').count();
    };
    await expect.poll(countOld, { timeout: 15_000 }).toBeGreaterThan(0);
    await page.context().close();
  });
});

describe('search, when the network is slow', () => {
  test('shows every text once, however fast the button for more is pressed', async () => {
    const page = await open('/search/?older=yes');
    await page.route('**/*.pf_fragment', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      await route.continue();
    });
    const more = page.locator('.more');
    const addresses = () => page.locator('.results h2 a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    const searchAll = async (press: () => Promise<void>) => {
      await page.getByRole('searchbox').fill('certificate');
      await page.getByRole('button', { name: 'Search' }).click();
      await more.waitFor();
      while (await more.isVisible()) await press();
      return addresses();
    };
    const slowly = await searchAll(async () => {
      const before = (await addresses()).length;
      await more.click();
      await expect.poll(async () => (await addresses()).length > before || !(await more.isVisible()), { timeout: 10_000 }).toBe(true);
    });
    const fast = await searchAll(() => more.evaluate((button) => (button as HTMLElement).click()));
    expect(new Set(fast).size).toBe(fast.length);
    await expect.poll(addresses).toEqual(slowly);
    expect(slowly.length).toBeGreaterThan(20);
    await page.context().close();
  });
});

describe('the requirement matrix', () => {
  const LIST = '/requirements/en-319-411-2/';
  const rows = (page: Page) => page.locator('table.matrix tr[data-state]:visible');

  test('shows those of a policy and state, says how many, and keeps the choice in the address', async () => {
    const page = await open(LIST);
    const all = await rows(page).count();
    expect(await page.locator('.matrix-shown').textContent()).toBe(`All ${all} requirements are shown.`);
    await page.getByLabel('State', { exact: true }).and(page.locator('select')).selectOption('no-text');
    await page.getByLabel('Policy', { exact: true }).selectOption('1.3.6.1.4.1.99999.1.2.4');
    const shown = await rows(page).count();
    expect(shown).toBeLessThan(all);
    expect(await page.locator('.matrix-shown').textContent()).toBe(`${shown} of ${all} requirements are shown.`);
    expect(new Set(await rows(page).evaluateAll((found) => found.map((row) => row.getAttribute('data-state'))))).toEqual(new Set(['no-text']));
    expect(
      await page
        .locator('table.matrix tbody:visible')
        .evaluateAll((bodies) => bodies.filter((body) => !body.querySelector('tr[data-state]:not([hidden])')).length),
    ).toBe(0);
    expect(new URL(page.url()).search).toBe('?policy=1.3.6.1.4.1.99999.1.2.4&state=no-text');
    await page.reload();
    expect(await rows(page).count()).toBe(shown);
    await page.context().close();
  });

  test('a count of the overview leads to as many rows, and a link to a requirement to its row', async () => {
    const page = await open('/requirements/');
    const count = page.locator('main a[href*="policy="][href*="state="]').first();
    const expected = Number(await count.textContent());
    await count.click();
    await expect.poll(() => rows(page).count()).toBe(expected);
    await page.goto(`${example.address}${LIST}?state=not-decidable#OVR-5.1-02`);
    await page.reload();
    expect(await page.locator('[id="OVR-5.1-02"]').isVisible()).toBe(true);
    await page.context().close();
  });

  test('of a version: counts and filters go over all its standards, and a standard without rows left is gone', async () => {
    const page = await open('/cps/2.3/requirements/');
    const all = await rows(page).count();
    expect(await page.locator('.matrix-shown').textContent()).toBe(`All ${all} requirements are shown.`);
    expect(await page.locator('.matrix-list:visible').count()).toBe(3);
    const count = page.locator('.matrix-counts a[href*="standard=411-1&state=elsewhere"]');
    const expected = Number(await count.textContent());
    await count.click();
    await expect.poll(() => rows(page).count(), { timeout: 15_000 }).toBe(expected);
    expect(await page.locator('.matrix-list:visible h2').allTextContents()).toEqual(['ETSI EN 319 411-1 V1.5.1']);
    expect(await page.locator('.matrix-shown').textContent()).toBe(`${expected} of ${all} requirements are shown.`);
    await page.getByLabel('Standard', { exact: true }).selectOption('');
    expect(await page.locator('.matrix-list:visible').count()).toBe(3);
    expect(new URL(page.url()).search).toBe('?state=elsewhere');
    // From text to text that were in force together, and to a section.
    await page.getByRole('link', { name: 'CP 2.3: what it states' }).click();
    expect(new URL(page.url()).pathname).toBe('/cp/2.3/requirements/');
    await page.locator('tr[data-state="stated"] .places a').first().click();
    expect(new URL(page.url()).pathname).toBe('/cp/2.3/');
    await page.getByRole('link', { name: 'Which requirements it states' }).click();
    expect(new URL(page.url()).pathname).toBe('/cp/2.3/requirements/');
    await page.context().close();
  });

  test('without scripts: all rows, and no filters', async () => {
    const page = await open(`${LIST}?state=stated`, { javaScriptEnabled: false });
    expect(await page.locator('.matrix-filter').isVisible()).toBe(false);
    expect(await rows(page).count()).toBeGreaterThan(50);
    await page.goto(`${example.address}/cps/2.3/requirements/?standard=411-1&state=elsewhere#standard-411-1`);
    expect(await page.locator('.matrix-filter').isVisible()).toBe(false);
    expect(await page.locator('.matrix-list:visible').count()).toBe(3);
    await page.context().close();
  });
});

describe('a notice of change', () => {
  const NOTICE = '/cps/2.2/changes/';
  const PLACES = 33;
  const position = (page: Page) => page.locator('.change-bar .position').textContent();
  const focused = (page: Page) => page.evaluate(() => document.activeElement?.id);
  /** Whether an element is in view, below the bar. */
  const isSeen = (page: Page, id: string) =>
    page.evaluate((name) => {
      const { top, bottom } = document.getElementById(name)?.getBoundingClientRect() ?? { top: 0, bottom: 0 };
      const bar = document.querySelector('.change-bar')?.getBoundingClientRect();
      return bottom > (bar?.bottom ?? 0) && top < innerHeight;
    }, id);

  test('leads from change to change by keys and buttons; the focus goes with it, and the place is said', async () => {
    const page = await open(NOTICE);
    await expect.poll(() => position(page)).toBe(`${PLACES} changes`);
    expect(await page.locator('.change-bar .position').getAttribute('role')).toBe('status');
    for (const place of [1, 2, 3]) {
      await page.keyboard.press('Alt+n');
      expect([await focused(page), await position(page), await isSeen(page, `change-${place}`)]).toEqual([
        `change-${place}`,
        `Change ${place} of ${PLACES}`,
        true,
      ]);
    }
    await page.keyboard.press('Alt+p');
    expect([await focused(page), await position(page)]).toEqual(['change-2', `Change 2 of ${PLACES}`]);
    await page.getByRole('button', { name: 'Next change' }).press('Enter');
    expect(await focused(page)).toBe('change-3');
    await page.getByRole('button', { name: 'Previous change' }).press('Space');
    expect(await focused(page)).toBe('change-2');
    await page.context().close();
  });

  test('goes on from where a link of the list led, up to the end', async () => {
    const page = await open(NOTICE);
    await page.locator('.change-list a[href="#change-32"]').click();
    await expect.poll(() => position(page)).toBe(`Change 32 of ${PLACES}`);
    await page.keyboard.press('Alt+n');
    await page.keyboard.press('Alt+n');
    expect([await focused(page), await position(page)]).toEqual([`change-${PLACES}`, `Change ${PLACES} of ${PLACES}. This is the last change.`]);
    await page.context().close();
  });

  test('has no bar where there is nothing to go through', async () => {
    const page = await open('/cps/1.1/changes/');
    expect(await page.locator('.change-bar').count()).toBe(0);
    await page.context().close();
  });

  test('without scripts: no bar, all of the text, and links to each change', async () => {
    const page = await open(NOTICE, { javaScriptEnabled: false });
    expect(await page.locator('.change-bar').isVisible()).toBe(false);
    const hidden = await page
      .locator('.redline [data-change], .redline h3, .redline ins, .redline del')
      .evaluateAll((elements) =>
        elements.flatMap((element) => (element.getClientRects().length > 0 || element.textContent?.trim() === '' ? [] : [element.outerHTML.slice(0, 80)])),
      );
    expect(hidden).toEqual([]);
    expect(await page.locator('.redline [data-change]').count()).toBe(PLACES);
    const fold = page.locator('.redline details.unchanged').first();
    await fold.locator('summary').click();
    expect(await fold.locator('p, table').first().isVisible()).toBe(true);
    await page.locator('.change-list a[href="#change-3"]').click();
    expect(new URL(page.url()).hash).toBe('#change-3');
    expect(await isSeen(page, 'change-3')).toBe(true);
    await page.context().close();
  });

  test.each([
    ['on paper', { media: 'print' }, false],
    ['in forced colours', { forcedColors: 'active' }, true],
  ] as const)('%s insertions and deletions are told apart without colour', async (_, media, onScreen) => {
    const page = await open('/cps/2.0/changes/');
    await page.emulateMedia(media);
    const lines = (selector: string) =>
      page.locator(selector).evaluateAll((elements) => [...new Set(elements.map((element) => getComputedStyle(element).textDecorationLine))]);
    expect(await lines('.redline :is(p, li, td, pre) ins:not(.break)')).toEqual(['underline']);
    expect(await lines('.redline :is(p, li, td, pre) del:not(.break)')).toEqual(['line-through']);
    expect(await page.locator('.change-bar').isVisible()).toBe(onScreen);
    await page.context().close();
  });

  test('on paper stands the comparison, and nothing that leads about the site', async () => {
    const page = await open('/cps/2.0/changes/');
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.redline .section-redline').first().isVisible()).toBe(true);
    expect(await page.locator('.masthead nav').first().isVisible()).toBe(false);
    await page.context().close();
  });
});

describe('CA certificates', () => {
  test('a fingerprint is read in groups and copied without spaces', async () => {
    const page = await open('/certificates/#ets-root-ca-1');
    const digits = page.locator('[id="ets-root-ca-1"] .digits').first();
    const { certificates } = await page.evaluate(() => fetch('/api/v1/certificates.json').then((response) => response.json()));
    const digest = String(certificates[0].sha256).toUpperCase();
    expect(await digits.ariaSnapshot()).toContain(digest.match(/.{4}/g)?.join(' '));
    await digits.evaluate((element) => getSelection()?.selectAllChildren(element));
    expect(await page.evaluate(() => getSelection()?.toString())).toBe(digest);
    await page.context().close();
  });

  test('validity is told by the clock of the reader, and the present day stands on the axis', async () => {
    const standing = async (at: string) => {
      const page = await open('/certificates/', { at: new Date(at) });
      const told = await page.locator('[id="ets-qualified-ca-1"] > .validity-now [data-state]:visible').textContent();
      const line = await page.locator('.validity .today').evaluate((element) => ({ x: element.getAttribute('x1'), shown: getComputedStyle(element).display }));
      await page.context().close();
      return { told, ...line };
    };
    const before = await standing('2035-02-15T08:59:59Z');
    const after = await standing('2035-02-15T09:00:00Z');
    expect([before.told, after.told]).toEqual(['Within its validity', 'Expired']);
    expect(before.shown).toBe('inline');
    expect(Number.parseFloat(before.x ?? '')).toBeGreaterThan(45);
    expect((await standing('2099-01-01T00:00:00Z')).shown).toBe('none');
  });
});

describe.each([
  ['on paper white', { colorScheme: 'light', viewport: { width: 1280, height: 900 } }],
  ['in the dark, on a phone', { colorScheme: 'dark', viewport: { width: 360, height: 740 } }],
] as const)('each kind of page, %s', (_, options) => {
  test.each(KINDS)('%s', async (path) => {
    const page = await open(path, options);
    expect(await findBarriers(page)).toEqual([]);
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
