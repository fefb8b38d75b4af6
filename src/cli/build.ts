import { readdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readInstant } from '../read/workspace.ts';
import { ASSESSORS_ONLY } from '../site/assessor-routes.ts';
import { publishRepository } from '../site/publish-site.ts';
import { AUDIENCE_OPTIONS, readAudience, requireEvidence } from './audience.ts';
import { type Command, UsageError } from './main.ts';

/** `cartulary build`: writes the site, for the public or for assessors. */
export const build: Command = {
  summary: 'Write the site as static files.',
  usage: `cartulary build [--out <folder>] [--at <instant>] [--audience assessor [--evidence <folder>]]

  --out       where the site is written (default dist; for assessors dist-assessor)
  --at        compute states for this date or instant instead of now
  --audience  assessor (default public): with the evidence index and what else is not published
  --evidence  the folder of the evidence index, where it is kept outside the repository

Exit codes: 0 written, 1 refused since register or bytes cannot be trusted, 2 could not run.`,
  async run(args, io) {
    const { values } = parseArgs({ args: [...args], options: { out: { type: 'string' }, at: { type: 'string' }, ...AUDIENCE_OPTIONS } });
    const now = values.at === undefined ? io.now : await readInstant(io.folder, values.at);
    if (!now) throw new UsageError(`"${values.at}" is neither a date nor an instant.`);
    const audience = readAudience(values, io.folder);
    const folder = resolve(io.folder, values.out ?? (audience.audience === 'assessor' ? 'dist-assessor' : 'dist'));
    if (audience.audience === 'assessor' && folder === resolve(io.folder, 'dist'))
      throw new UsageError('The folder dist is that of the public site: what assessors see must not get there.');
    if (folder === resolve(io.folder) || resolve(io.folder).startsWith(`${folder}/`))
      throw new UsageError('The site needs a folder of its own: it is emptied before it is written.');
    await requireEvidence(audience);
    await refuseMixture(folder, audience.audience === 'assessor');
    const { published, messages } = await publishRepository({ root: resolve(io.folder), folder, now, ...audience });
    (published ? io.out : io.err)(`${messages.join('\n')}\n`);
    return published ? 0 : 1;
  },
};

/** Throws a UsageError where one site would lie within the other, for what lies within a public site is public. */
async function refuseMixture(folder: string, isForAssessors: boolean): Promise<void> {
  const has = async (path: string, ...files: readonly string[]) =>
    (await Promise.all(files.map((file) => stat(join(path, file)).catch(() => undefined)))).every((found) => found !== undefined);
  for (let above = dirname(folder); isForAssessors; above = dirname(above)) {
    if (await has(above, '_headers', 'notices.atom'))
      throw new UsageError(`${folder} lies in the site ${above}: what assessors see must not get there. Name another folder.`);
    if (above === dirname(above)) break;
  }
  if (isForAssessors) return;
  const below = await readdir(folder, { recursive: true }).catch(() => []);
  const marked = below.find((path) => `/${path}`.endsWith(ASSESSORS_ONLY) && `/${path}` !== ASSESSORS_ONLY);
  if (marked !== undefined) throw new UsageError(`${join(folder, dirname(marked))} is a site for assessors, within that for the public: move it away first.`);
}
