import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { serve, typeOf } from '../../lib/site/serve.js';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A built site on this machine, with the headers that it is published with. */
export interface ServedSite {
  /** Without a slash at its end. */
  address: string;
  close(): void;
}

/** Serves a folder. */
export async function serveSite(folder: string): Promise<ServedSite> {
  const { server, address } = await serve('', 0, async (path) => {
    const file = path.endsWith('/') ? `${path}index.html` : path;
    const body = await readFile(join(folder, file)).catch(() => undefined);
    return body && { body, type: typeOf(file) };
  });
  return { address: address.replace(/\/$/, ''), close: () => server.close() };
}

/**
 * Opens a page and waits until it asks for nothing more. Requests outside the site are cut; they, errors, and violations
 * of the Content-Security-Policy are added to `problems`.
 */
export async function openPage(
  browser: Browser,
  { address }: ServedSite,
  path: string,
  problems: string[],
  options: BrowserContextOptions = {},
): Promise<Page> {
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
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  await page.goto(address + path, { waitUntil: 'networkidle' });
  return page;
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
