import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';

/** Pages of a test come from this machine; the browser asks nobody else for anything. */
const SWITCHES = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];

/**
 * Starts a browser without a window: the one that CHROMIUM_PATH names, else an installed Chrome or Chromium, else the one
 * in the npm package @sparticuz/chromium (Linux on x64). Throws where there is none.
 */
export async function launchBrowser(): Promise<Browser> {
  const installed = process.env['CHROMIUM_PATH'] ?? findInstalled();
  const { executablePath, env } = installed ? { executablePath: installed, env: process.env } : await packagedBrowser();
  // Chromium refuses to run in its sandbox as root.
  return chromium.launch({ executablePath, env: defined(env), args: SWITCHES, chromiumSandbox: process.getuid?.() !== 0 });
}

const COMMANDS = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser'];
const APPLICATIONS = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'];

function findInstalled(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  const programs = [process.env['PROGRAMFILES'], process.env['PROGRAMFILES(X86)'], process.env['LOCALAPPDATA']].filter((folder) => folder !== undefined);
  return [
    ...COMMANDS.flatMap((command) => folders.map((folder) => join(folder, command))),
    ...APPLICATIONS,
    ...programs.map((folder) => join(folder, 'Google/Chrome/Application/chrome.exe')),
  ].find((path) => existsSync(path));
}

interface Program {
  executablePath: string;
  env: NodeJS.ProcessEnv;
}

let unpacked: Promise<Program> | undefined;

function packagedBrowser(): Promise<Program> {
  unpacked ??= unpackBrowser();
  return unpacked;
}

/** Unpacks the packaged browser once for all test processes, with the fonts and libraries that a bare machine lacks. */
async function unpackBrowser(): Promise<Program> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('No Chrome or Chromium was found. Install one, or name its program in the variable CHROMIUM_PATH.');
  }
  const modules = fileURLToPath(new URL('../../node_modules/', import.meta.url));
  const { version } = JSON.parse(readFileSync(join(modules, '@sparticuz/chromium/package.json'), 'utf8'));
  const cache = join(modules, '.cache');
  const folder = join(cache, `chromium-${version}`);
  if (!existsSync(folder)) {
    await mkdir(cache, { recursive: true });
    const made = await mkdtemp(join(cache, 'chromium-'));
    await unpackInto(made, folder, join(modules, '@sparticuz/chromium/bin'));
    // Another process may have been first: then its folder is as good.
    await rename(made, folder).catch(() => rm(made, { recursive: true, force: true }));
  }
  const libraries = [join(folder, 'al2023/lib'), process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':');
  return {
    executablePath: join(folder, 'chromium'),
    env: { ...process.env, LD_LIBRARY_PATH: libraries, FONTCONFIG_FILE: join(folder, 'fonts.conf') },
  };
}

async function unpackInto(made: string, final: string, archives: string): Promise<void> {
  // The package unpacks into the folder of temporary files, whatever that is.
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = made;
  try {
    const { default: packaged, inflate } = await import('@sparticuz/chromium');
    await packaged.executablePath();
    await inflate(join(archives, 'al2023.tar.br'));
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
  const fonts = `<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>${join(final, 'fonts')}</dir></fontconfig>\n`;
  await writeFile(join(made, 'fonts.conf'), `<?xml version="1.0"?>\n${fonts}`);
}

const defined = (env: NodeJS.ProcessEnv) => Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
