import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { PublishOptions } from '../../lib/site/publish-site.js';
import { serve, typeOf } from '../../lib/site/serve.js';
import { launchBrowser } from './browser.ts';
import { type BuiltSite, buildSite, EXAMPLE_NOW, exampleRepository } from './site.ts';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A built site on this machine, with the headers that it is published with. */
export interface ServedSite {
  /** Without a slash at its end. */
  address: string;
  close(): void;
}

/** Serves a folder; `instead` has files in the place of its own, and undefined for one that is not to be found. */
export async function serveSite(folder: string, instead: ReadonlyMap<string, string | undefined> = new Map()): Promise<ServedSite> {
  const { server, address } = await serve('', 0, async (path) => {
    const file = path.endsWith('/') ? `${path}index.html` : path;
    const body = instead.has(file) ? instead.get(file) : await readFile(join(folder, file)).catch(() => undefined);
    return body === undefined ? undefined : { body, type: typeOf(file) };
  });
  return { address: address.replace(/\/$/, ''), close: () => server.close() };
}

/** How a page is opened, beside what a browser can be told. */
export interface Opening extends BrowserContextOptions {
  /** What the browser takes the time to be. */
  at?: Date;
  /** Run in the page before its own scripts. */
  ahead?: () => void;
  /** Whether it may ask the site for what is not there. */
  mayMiss?: boolean;
  /** Until when to wait; otherwise until it asks for nothing more. */
  waitUntil?: 'load';
}

/**
 * Opens a page. Requests outside the site are cut; they, errors, and violations of the Content-Security-Policy are added
 * to `problems`.
 */
export async function openPage(browser: Browser, { address }: ServedSite, path: string, problems: string[], opening: Opening = {}): Promise<Page> {
  const { at, ahead, mayMiss = false, waitUntil = 'networkidle', ...options } = opening;
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
  page.on('console', (message) => message.type() === 'error' && !(mayMiss && /404/.test(message.text())) && problems.push(message.text()));
  if (ahead) await page.addInitScript(ahead);
  if (at) await page.clock.setFixedTime(at);
  await page.goto(address + path, { waitUntil });
  return page;
}

/** The example's site in a browser, for all tests of a file. Its parts are there once the first test begins. */
export interface ExampleSite {
  root: string;
  site: BuiltSite;
  /** Without a slash at its end. */
  address: string;
  /** Files that a test puts in the place of the site's, by path. */
  instead: Map<string, string | undefined>;
  /** A folder for pictures: that of CARTULARY_PICTURES, or one that goes with the site. */
  pictures: string;
  open(path: string, opening?: Opening): Promise<Page>;
}

/** Builds, serves and opens the example's site for the tests of a file. A test fails whose pages had problems. */
export function useExampleSite(build: Pick<PublishOptions, 'audience'> = {}, always: Opening = {}): ExampleSite {
  const problems: string[] = [];
  const used = { instead: new Map() } as ExampleSite & { browser: Browser; served: ServedSite };
  beforeAll(async () => {
    used.root = await exampleRepository();
    used.site = await buildSite(used.root, EXAMPLE_NOW, build);
    used.served = await serveSite(used.site.folder, used.instead);
    used.address = used.served.address;
    used.browser = await launchBrowser();
    used.pictures = process.env['CARTULARY_PICTURES'] ?? (await mkdtemp(join(tmpdir(), 'cartulary-pictures-')));
  });
  afterAll(async () => {
    await used.browser.close();
    used.served.close();
    await used.site.remove();
    await rm(used.root, { recursive: true, force: true });
    if (!process.env['CARTULARY_PICTURES']) await rm(used.pictures, { recursive: true, force: true });
  });
  afterEach(() => {
    used.instead.clear();
    expect(problems.splice(0)).toEqual([]);
  });
  used.open = (path, opening) => openPage(used.browser, used.served, path, problems, { ...always, ...opening });
  return used;
}

/** What axe sees on a page, one line for each rule that is broken. It is put in from outside, past the policy of the page. */
export async function findBarriers(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } };
    const { violations } = await axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  });
}
