import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { launchBrowser } from '../helpers/browser.ts';
import { makeCaCertificate, makeCertificate, makeCrl, makeForeignCertificate } from '../helpers/certificates.ts';
import { type Octets, pem } from '../helpers/der.ts';
import { certificatePem, chainOf, PRIVATE_KEY } from '../helpers/governed.ts';
import { ENDED, makeGovernedRepository, SAMPLES } from '../helpers/governed-repository.ts';
import { makeMutations } from '../helpers/mutations.ts';
import type { TestRepository } from '../helpers/repository.ts';
import { findBarriers, openPage, type ServedSite, serveSite } from '../helpers/served-site.ts';
import { type BuiltSite, buildSite, EXAMPLE_NOW, exampleRepository } from '../helpers/site.ts';

const FOLDER = fileURLToPath(new URL('../../content/certificates/', import.meta.url));
const MOST_SCRIPT = 60_000;
const BEFORE_CHANGE = await readFile(`${FOLDER}samples/natural-person-qscd-hour-before-change.pem`);
const AFTER_CHANGE = await readFile(`${FOLDER}samples/natural-person-qscd-hour-after-change.pem`);
const CARD_S1 = await readFile(`${FOLDER}samples/natural-person-qscd-card-s1.pem`);
/** What is wrong with it: no QcSSCD, no CRL, and 1187 days of validity. */
const MISMATCH = makeCertificate({ statements: { QcSSCD: null }, extensions: { cRLDistributionPoints: null }, notAfter: '2030-01-01T00:00:00Z' });

let example: { root: string; site: BuiltSite; served: ServedSite };
let small: { repository: TestRepository; site: BuiltSite; served: ServedSite };
let browser: Browser;
let problems: string[] = [];

beforeAll(async () => {
  const root = await exampleRepository();
  const site = await buildSite(root);
  example = { root, site, served: await serveSite(site.folder) };
  const repository = await makeGovernedRepository();
  const other = await buildSite(repository.folder);
  small = { repository, site: other, served: await serveSite(other.folder) };
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  for (const { site, served } of [example, small]) {
    served.close();
    await site.remove();
  }
  await rm(example.root, { recursive: true, force: true });
  await small.repository.remove();
});
afterEach(() => {
  const seen = problems;
  problems = [];
  expect(seen).toEqual([]);
});

/** What the page loads by itself before anything is dropped. */
const AHEAD = ['/certificate-answer', '/in-force.json', '/certificate-lookup.json', '/certificate-standards.json'];

/** The page once it has loaded all that an answer needs. */
async function open(options: BrowserContextOptions = {}, served = example.served): Promise<Page> {
  const page = await openPage(browser, served, '/in-force/', problems, options);
  if (options.javaScriptEnabled === false) return page;
  await page.waitForFunction((parts) => {
    const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
    return parts.every((part) => loaded.some((name) => name.includes(part)));
  }, AHEAD);
  return page;
}

/** Drops files on a page. Gives the milliseconds until the answer, or why there is none, was on the screen. */
function drop(page: Page, ...files: readonly Uint8Array[]): Promise<number> {
  const encoded = files.map((file) => Buffer.from(file).toString('base64'));
  return page.evaluate(async (contents) => {
    const form = document.querySelector('.certificate-lookup form') as HTMLFormElement;
    const dataTransfer = new DataTransfer();
    for (const content of contents) dataTransfer.items.add(new File([Uint8Array.from(atob(content), (character) => character.charCodeAt(0))], 'dropped'));
    const answered = new Promise<void>((resolve) => {
      new MutationObserver((_, observer) => {
        if (form.hasAttribute('aria-busy')) return;
        observer.disconnect();
        resolve();
      }).observe(form, { attributes: true });
    });
    const started = performance.now();
    document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }));
    await answered;
    await new Promise((resolve) => requestAnimationFrame(resolve));
    return performance.now() - started;
  }, encoded);
}

/** Names of versions do not break at the end of a line. */
const textOf = async (page: Page, selector: string) => (await page.locator(selector).textContent())?.replaceAll('\u00a0', ' ');
const title = (page: Page) => textOf(page, '.certificate-answer h2');
const status = (page: Page) => page.locator('.certificate-status').textContent();

/** What the page answers, in the words of the command's JSON. */
async function readAnswer(page: Page) {
  const place = page.locator('.certificate-answer');
  const versions = await place.locator('.entries h4 a').evaluateAll((links) => links.map((link) => new URL((link as HTMLAnchorElement).href).pathname));
  const rows = await place.locator('.deviations tbody tr').evaluateAll((found) => found.map((row) => [...row.children].map((cell) => cell.textContent ?? '')));
  const standards = await place.locator('.standard-findings li').count();
  return { versions, deviations: rows.map(([, seen, expected]) => `${seen}; ${expected}`).sort(), standards };
}

interface CommandAnswer {
  answer: string;
  texts: { url: string; claims: CommandDeviation[]; profile: { deviations: CommandDeviation[] } | null }[];
  standards: { findings: unknown[] } | null;
}
interface CommandDeviation {
  seen: string;
  expected: string;
  requirement?: string;
}

/** What the command answers in the same repository. */
async function askCommand(folder: string, certificate: Uint8Array) {
  const file = join(folder, 'asked.pem');
  await writeFile(file, certificate);
  let out = '';
  const print = (text: string) => {
    out += text;
  };
  await main(['in-force', '--certificate', file, '--json'], { out: print, err: print, color: false, now: EXAMPLE_NOW, folder });
  const [{ answer, texts, standards }] = JSON.parse(out).answers as [CommandAnswer];
  const deviations = texts.flatMap(({ claims, profile }) => [...claims, ...(profile?.deviations ?? [])]);
  const lines = deviations.map(({ seen, expected, requirement }) => `${seen}; ${expected}${requirement ? ` ${requirement}` : ''}`);
  return {
    answer,
    versions: texts.map(({ url }) => new URL(url).pathname),
    deviations: [...new Set(lines)].sort(),
    standards: standards?.findings.length ?? 0,
  };
}

/** The page, and the command beside it, say the same of a certificate. */
async function askBoth(certificate: Uint8Array, where: { folder: string; served: ServedSite }) {
  const page = await open({}, where.served);
  await drop(page, certificate);
  const { answer, ...command } = await askCommand(where.folder, certificate);
  expect(await readAnswer(page)).toEqual(command);
  const told = { answer, title: await title(page), ...command };
  await page.context().close();
  return told;
}

describe('the four questions are answered as the command does', () => {
  const inExample = () => ({ folder: example.root, served: example.served });
  const inSmall = () => ({ folder: small.repository.folder, served: small.served });

  test('from before the QSCD change: by the texts of its day, and as these declare', async () => {
    expect(await askBoth(BEFORE_CHANGE, inExample())).toMatchObject({
      answer: 'governed',
      title: 'Governed by CP 1.1, CPS 1.1, PDS 1.0, TERMS 1.0',
      versions: ['/cp/1.1/', '/cps/1.1/', '/pds/1.0/', '/terms/1.0/'],
      deviations: [],
    });
    const early = await askBoth(Buffer.from(certificatePem(SAMPLES['before.pem'] as never)), inSmall());
    expect(early).toMatchObject({ answer: 'governed', versions: ['/cps/1.0/'], deviations: [] });
  });

  test('in the hour of a change: on either side of midnight in Vienna', async () => {
    expect(await askBoth(AFTER_CHANGE, inExample())).toMatchObject({ title: 'Governed by CP 1.1, CPS 1.2, PDS 1.0, TERMS 1.0' });
    const last = await askBoth(Buffer.from(certificatePem(SAMPLES['last-second.pem'] as never)), inSmall());
    const first = await askBoth(Buffer.from(certificatePem(SAMPLES['first-second.pem'] as never)), inSmall());
    expect(last).toMatchObject({ title: 'Governed by CPS 1.0', deviations: [] });
    expect(first).toMatchObject({ title: 'Governed by CPS 1.1', deviations: expect.arrayContaining([expect.stringContaining('no QcSSCD')]) });
  });

  test('with a policy that no text lists any more: which did, and when', async () => {
    const certificate = Buffer.from(certificatePem(SAMPLES['ended.pem'] as never));
    expect(await askBoth(certificate, inSmall())).toMatchObject({ answer: 'not-then', title: 'No text in force then lists its policies', versions: [] });
    const page = await open({}, small.served);
    await drop(page, certificate);
    expect(await textOf(page, '.certificate-answer .lead')).toBe(
      `No text in force on 2026-10-02 10:00 (Europe/Vienna) lists its policies: CPS 1.0 lists ${ENDED} and was in force earlier, from 2026-02-01 until 2026-10-01.`,
    );
    await page.context().close();
  });

  test('of another provider: whose it is, and what it says', async () => {
    const certificate = makeForeignCertificate();
    expect(await askBoth(certificate, inExample())).toMatchObject({ answer: 'foreign', title: 'Not a certificate of Example Trust Services' });
    const page = await open();
    await drop(page, certificate);
    const says = await page.locator('.certificate-answer .facts').textContent();
    expect(says).toContain('An EU qualified certificate for electronic signatures of a natural person.');
    expect(says).toContain('CN=Fremde Dienste CA 7');
    expect(says).toContain('https://policies.fremde-dienste.example/');
    await page.context().close();
  });

  test('one that is otherwise than declared: each field, and where it is stated', async () => {
    const { deviations } = await askBoth(MISMATCH, inExample());
    expect(deviations.length).toBeGreaterThan(2);
    const page = await open();
    await drop(page, MISMATCH);
    const row = page.locator('.deviations tr', { hasText: 'CRL distribution points' });
    expect(await row.locator('a').first().getAttribute('href')).toBe('/cp/2.1/#7.1.2.1');
    expect(await page.locator('.verdict').textContent()).toMatch(/In \d+ places it is otherwise than these texts declare\./);
    await page.locator('.agreements summary').click();
    expect(await page.locator('.agreements tbody tr').count()).toBeGreaterThan(20);
    await page.context().close();
  });
});

describe('nothing leaves the browser', () => {
  test('the answer comes with the network cut, and no request is made', async () => {
    const page = await open();
    await page.context().setOffline(true);
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    await drop(page, BEFORE_CHANGE);
    expect(await title(page)).toBe('Governed by CP 1.1, CPS 1.1, PDS 1.0, TERMS 1.0');
    await drop(page, makeForeignCertificate());
    expect(await title(page)).toBe('Not a certificate of Example Trust Services');
    expect(requests).toEqual([]);
    await page.context().close();
  });

  test('by its policy the page can reach no other site', async () => {
    const { headers } = await fetch(`${example.served.address}/in-force/`);
    expect(headers.get('content-security-policy')?.split('; ')).toEqual(
      expect.arrayContaining(["default-src 'none'", "connect-src 'self'", "form-action 'self'"]),
    );
  });

  test('what is needed is loaded on focus, where the browser never is idle; a failure is told, and a second try succeeds', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.addInitScript(() => Object.assign(globalThis, { requestIdleCallback: () => 0 }));
    let isCut = true;
    await context.route(/certificate-standards/, (route) => (isCut ? route.abort() : route.continue()));
    await page.goto(`${example.served.address}/in-force/`, { waitUntil: 'networkidle' });
    await drop(page, BEFORE_CHANGE);
    expect(await status(page)).toContain('could not be loaded');
    isCut = false;
    await drop(page, BEFORE_CHANGE);
    expect(await title(page)).toContain('Governed by');
    expect(await status(page)).toBe('');
    await context.close();
  });
});

describe('what is given', () => {
  test('several certificates: the first that is not of a CA, and a choice of the others', async () => {
    const page = await open();
    const file = Buffer.from([makeCaCertificate(), MISMATCH, makeForeignCertificate()].map((der) => pem('CERTIFICATE', der)).join('\n'));
    await drop(page, file);
    expect(await title(page)).toContain('Governed by CP 2.1');
    const choice = page.getByLabel('Certificate, of 3 in the file');
    expect(await choice.locator('option').allTextContents()).toEqual(['1. ETS Qualified CA 1', '2. Gerda Muster', '3. Ida Fremd']);
    expect(await choice.inputValue()).toBe('1');
    await choice.selectOption('0');
    expect(await title(page)).toBe('A CA certificate');
    await choice.selectOption('2');
    expect(await title(page)).toBe('Not a certificate of Example Trust Services');
    await drop(page, BEFORE_CHANGE, makeForeignCertificate());
    expect(await page.locator('#certificate-choice option').count()).toBe(2);
    await drop(page, chainOf(makeForeignCertificate() as Octets, makeCaCertificate() as Octets));
    expect(await page.locator('#certificate-choice option').count()).toBe(2);
    await page.context().close();
  });

  test('on a field: a file is read, and text is left to the field', async () => {
    const page = await open();
    const isTaken = (type: 'dragover' | 'drop', field: string, isFile: boolean) =>
      page.evaluate(
        ([type, field, content, isFile]) => {
          const dataTransfer = new DataTransfer();
          if (isFile) dataTransfer.items.add(new File([content], 'dropped'));
          else dataTransfer.items.add(content, 'text/plain');
          return !document.querySelector(field)?.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));
        },
        [type, field, BEFORE_CHANGE.toString(), isFile] as const,
      );
    for (const type of ['dragover', 'drop'] as const) {
      expect(await isTaken(type, 'textarea[name=paste]', false)).toBe(false);
      expect(await isTaken(type, 'input[type=file]', true)).toBe(false);
    }
    expect(await page.locator('.certificate-answer').isVisible()).toBe(false);
    expect(await isTaken('dragover', 'textarea[name=paste]', true)).toBe(true);
    expect(await isTaken('drop', 'textarea[name=paste]', true)).toBe(true);
    await expect.poll(() => title(page)).toContain('Governed by CP 1.1');
    await page.context().close();
  });

  test('a private key: it is told, and not kept', async () => {
    const page = await open();
    await page.getByLabel('Or paste it').fill(PRIVATE_KEY);
    await page.getByRole('button', { name: 'Read what was pasted' }).click();
    await expect.poll(() => status(page)).toContain('Never give a private key to anybody');
    expect(await status(page)).toContain('it looks like a private key');
    expect(await page.getByLabel('Or paste it').inputValue()).toBe('');
    expect(await page.locator('.certificate-answer').isVisible()).toBe(false);
    await page.context().close();
  });

  test.each([
    ['nothing', [], 'There is no certificate in it that can be read.'],
    ['a picture', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0], 'it looks like'],
    ['a CRL', [...makeCrl()], 'CRLs and OCSP responses in the file were passed over.'],
  ])('%s', async (_, content, words) => {
    const page = await open();
    await drop(page, Uint8Array.from(content));
    expect(await status(page)).toContain(words);
    expect(await page.locator('.certificate-answer').isVisible()).toBe(false);
    await page.context().close();
  });

  test('1,000 damaged certificates: each ends in an answer, or in why it cannot be read', async () => {
    const page = await open();
    const sources = [CARD_S1, BEFORE_CHANGE].map((text) => Buffer.from(text.toString('latin1').replace(/-----[^-]+-----|\s/g, ''), 'base64'));
    const mutations = [...makeMutations([...sources, MISMATCH, makeForeignCertificate()], 1000, 5)];
    const ends = { answer: 0, problem: 0 };
    let slowest = 0;
    for (const mutation of mutations) {
      slowest = Math.max(slowest, await drop(page, mutation));
      const [isAnswered, words] = await Promise.all([page.locator('.certificate-answer h2').count(), status(page)]);
      if (isAnswered === 1) ends.answer += 1;
      else if (words?.startsWith('There is no certificate in it that can be read.')) ends.problem += 1;
    }
    console.log(`1,000 mutations in the browser: ${ends.answer} answers, ${ends.problem} errors; the slowest took ${slowest.toFixed(0)} ms`);
    expect(ends.answer + ends.problem).toBe(1000);
    expect(Math.min(ends.answer, ends.problem)).toBeGreaterThan(50);
    await page.context().close();
  }, 300_000);
});

describe('trusted lists', () => {
  test('whether it was qualified then and is at the date of the lists, in a line and with reasons, as the command says it', async () => {
    const file = join(example.root, 'asked.pem');
    await writeFile(file, BEFORE_CHANGE);
    let out = '';
    const print = (text: string) => {
      out += text;
    };
    await main(['in-force', '--certificate', file], { out: print, err: print, color: false, now: EXAMPLE_NOW, folder: example.root });
    const page = await open();
    await drop(page, BEFORE_CHANGE);
    const said = await page.locator('.by-lists > p').allTextContents();
    expect(said).toHaveLength(4);
    expect(said[0]).toBe('When it was issued, on 2024-08-31 23:40: qualified for electronic signatures, its key in a QSCD.');
    for (const sentence of said) expect(out).toContain(`    ${sentence}\n`);
    const line = page.locator('.verdict a[href="#lists-title"]');
    expect(await line.textContent()).toMatch(/^If it is genuine: qualified then, and qualified on 20\d\d-\d\d-\d\d \d\d:\d\d, by the trusted list of AT\.$/);
    await line.click();
    expect(new URL(page.url()).hash).toBe('#lists-title');
    await page.locator('.by-lists summary').click();
    await page.getByText('4.5 QSCD: yes, for the list leaves it to the certificate, which has QcSSCD.').first().waitFor();
    await page.context().close();
  });

  test('nothing is said of an issuer that is not published, and where no services are declared', async () => {
    const page = await open();
    await drop(page, makeForeignCertificate());
    expect(await page.locator('.by-lists').count()).toBe(0);
    await page.context().close();
    const other = await open({}, small.served);
    await drop(other, BEFORE_CHANGE);
    expect(await title(other)).not.toBe('');
    expect(await other.locator('.by-lists').count()).toBe(0);
    await other.context().close();
  });
});

describe('weight and speed', () => {
  test('all scripts of the page together have less than 60 KB, compressed', async () => {
    const scripts = new Set<string>();
    const page = await browser.newPage();
    page.on('response', (response) => response.request().resourceType() === 'script' && scripts.add(new URL(response.url()).pathname));
    await page.goto(`${example.served.address}/in-force/`, { waitUntil: 'networkidle' });
    await drop(page, BEFORE_CHANGE);
    await page.close();
    const files = await example.site.files();
    const sizes = [...scripts].map((path) => gzipSync(files.get(path) ?? '').length);
    const total = sizes.reduce((sum, size) => sum + size, 0);
    console.log(`The lookup page loads ${scripts.size} scripts, ${total} octets with gzip.`);
    expect([...scripts].some((path) => path.includes('certificate-answer'))).toBe(true);
    expect(total).toBeLessThan(MOST_SCRIPT);
  });

  test('the time from drop to answer is told', async () => {
    const page = await open();
    const times: number[] = [];
    for (const certificate of [BEFORE_CHANGE, MISMATCH, makeForeignCertificate(), AFTER_CHANGE, CARD_S1]) times.push(await drop(page, certificate));
    console.log(`From drop to answer, in milliseconds: ${times.map((time) => time.toFixed(0)).join(', ')}.`);
    expect(times).toHaveLength(5);
    await page.context().close();
  });
});

describe('by keyboard and aloud', () => {
  test('paste, read, copy the link to the question: without a mouse', async () => {
    const page = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
    await page.getByLabel('File with the certificate').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.insertText(BEFORE_CHANGE.toString());
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('certificate-answer-title');
    const button = page.getByRole('button', { name: 'Copy link to this question' });
    for (let presses = 0; presses < 60 && !(await button.evaluate((element) => element === document.activeElement)); presses += 1)
      await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('.question [role=status]').textContent()).toBe('The link was copied.');
    const link = await page.evaluate(() => navigator.clipboard.readText());
    expect(link).toBe(`${example.served.address}/in-force/?date=2024-08-31T21%3A40%3A00Z&policy=1.3.6.1.4.1.99999.1.2.1`);
    await page.goto(link);
    await page.locator('.answer a[href="/cps/1.1/"]').first().waitFor();
    await page.context().close();
  });

  test('a screen reader is told what to give, and what the answer is', async () => {
    const page = await open();
    expect(await page.locator('.certificate-lookup').ariaSnapshot()).toMatchInlineSnapshot(`
      "- region "Which policy governed this certificate?":
        - heading "Which policy governed this certificate?" [level=2]
        - paragraph: Drop a certificate on this page, choose its file, or paste it. It is read here, in your browser, and sent nowhere.
        - text: File with the certificate
        - button "File with the certificate"
        - paragraph: "PEM, DER, base64 or a PKCS #7 chain; several certificates in one file are fine."
        - text: Or paste it
        - textbox "Or paste it"
        - button "Read what was pasted"
        - paragraph:
          - text: "For many certificates at once, in a copy of the repository:"
          - code: cartulary in-force --certificate FOLDER"
    `);
    await drop(page, MISMATCH);
    const tree = (await page.locator('.certificate-answer').ariaSnapshot()).split('\n');
    expect(tree.slice(0, 10).join('\n')).toMatchInlineSnapshot(`
      "- region "Governed by CP 2.1, CPS 2.1, PDS 1.2, TERMS 1.2":
        - status:
          - heading "Governed by CP 2.1, CPS 2.1, PDS 1.2, TERMS 1.2" [level=2]
        - paragraph: An EU qualified certificate for electronic signatures of a natural person, issued on 2026-10-01 10:00 (Europe/Vienna).
        - list:
          - listitem:
            - link "In 4 places it is otherwise than these texts declare.":
              - /url: "#deviations-title"
          - listitem:
            - 'link "By the standards of ETSI: 1 error."':"
    `);
    expect(tree.filter((line) => /^ *- (?:'?row "(?:Field|CRL)|heading .*level=3|table|group)/.test(line)).join('\n')).toMatchInlineSnapshot(`
      "  - heading "In force when it was issued" [level=3]
        - heading "Otherwise than declared" [level=3]
        - table "Otherwise than declared":
            - row "Field Certificate Text Stated in":
            - row "CRL distribution points extensions.cRLDistributionPoints absent http://crl.ets.example/ets-qualified-ca-1.crl CP 2.1, 7.1.2.1, CPS 2.1, 7.1.2.1":
        - group: 36 fields are as declared
        - heading "By the trusted lists" [level=3]
        - group: Reasons, step by step
        - heading "By the standards of ETSI" [level=3]
        - heading "What the certificate says" [level=3]"
    `);
    await page.context().close();
  });

  test.each([
    ['on paper white', { colorScheme: 'light', viewport: { width: 1280, height: 900 } }],
    ['in the dark', { colorScheme: 'dark', viewport: { width: 1280, height: 900 } }],
    ['on a phone', { colorScheme: 'light', viewport: { width: 360, height: 740 } }],
    ['in the dark, on a phone', { colorScheme: 'dark', viewport: { width: 360, height: 740 } }],
  ] as const)('%s: an answer and a mismatch have no barriers, and nothing scrolls sideways', async (_, options) => {
    const page = await open(options);
    for (const certificate of [BEFORE_CHANGE, MISMATCH, makeForeignCertificate()]) {
      await drop(page, certificate);
      for (const details of await page.locator('.certificate-answer details').all()) await details.locator('summary').click();
      expect(await findBarriers(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(options.viewport.width);
    }
    await page.context().close();
  });
});

test('without scripts the page says how to ask by date and with the command', async () => {
  const page = await open({ javaScriptEnabled: false });
  expect(await page.locator('.certificate-lookup form').isVisible()).toBe(false);
  const words = await page.locator('.certificate-lookup').textContent();
  expect(words).toContain('cartulary in-force --certificate certificate.pem');
  expect(words).toContain('openssl x509 -in certificate.pem -noout -startdate -ext certificatePolicies');
  await page.context().close();
});
