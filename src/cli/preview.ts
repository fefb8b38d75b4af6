import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readConfiguration } from '../read/workspace.ts';
import { serve, typeOf } from '../site/serve.ts';
import { type Command, UsageError } from './main.ts';

/** `cartulary preview`: serves what `cartulary build` wrote, as a static host would. */
export const preview: Command = {
  summary: 'Serve the built site on this machine.',
  usage: `cartulary preview [--out <folder>] [--port <number>]

  --out   the built site (default dist)
  --port  default 4321; 0 takes any free one`,
  async run(args, io) {
    const { values } = parseArgs({ args: [...args], options: { out: { type: 'string', default: 'dist' }, port: { type: 'string', default: '4321' } } });
    const folder = resolve(io.folder, values.out);
    if (!(await stat(join(folder, 'index.html')).catch(() => undefined))) throw new UsageError(`There is no site in ${folder}: run \`cartulary build\` first.`);
    const { address } = await serve(await basePath(io.folder), readPort(values.port), async (path) => {
      const file = path.endsWith('/') ? `${path}index.html` : path;
      const body = await readFile(join(folder, file)).catch(() => undefined);
      return body && { body, type: typeOf(file) };
    });
    io.out(`The site is at ${address} (Ctrl+C ends).\n`);
    return new Promise<number>(() => undefined);
  },
};

/** A port from a command line. Throws UsageError for anything else. */
export function readPort(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) throw new UsageError(`"${text}" is not a port number.`);
  return Number(text);
}

async function basePath(folder: string): Promise<string> {
  const { config } = await readConfiguration(folder);
  return config ? new URL(config.site).pathname.replace(/\/$/, '') : '';
}
