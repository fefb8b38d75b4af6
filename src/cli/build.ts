import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readInstant } from '../read/workspace.ts';
import { publishRepository } from '../site/publish-site.ts';
import { type Command, UsageError } from './main.ts';

/** `cartulary build`: writes the public site. */
export const build: Command = {
  summary: 'Write the public site as static files.',
  usage: `cartulary build [--out <folder>] [--at <instant>]

  --out   where the site is written (default dist)
  --at    compute states for this date or instant instead of now

Exit codes: 0 written, 1 refused since register or bytes cannot be trusted, 2 could not run.`,
  async run(args, io) {
    const { values } = parseArgs({ args: [...args], options: { out: { type: 'string', default: 'dist' }, at: { type: 'string' } } });
    const now = values.at === undefined ? io.now : await readInstant(io.folder, values.at);
    if (!now) throw new UsageError(`"${values.at}" is neither a date nor an instant.`);
    const folder = resolve(io.folder, values.out);
    if (folder === resolve(io.folder) || resolve(io.folder).startsWith(`${folder}/`))
      throw new UsageError('The site needs a folder of its own: it is emptied before it is written.');
    const { published, messages } = await publishRepository({ root: resolve(io.folder), folder, now });
    (published ? io.out : io.err)(`${messages.join('\n')}\n`);
    return published ? 0 : 1;
  },
};
