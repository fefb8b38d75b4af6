import { access, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { isTimeZone } from '../model/time.ts';
import { readOutline } from '../read/outline.ts';
import { type Command, UsageError } from './main.ts';

/** `cartulary init`: the files with which a new repository begins. */
export const init: Command = {
  summary: 'Begin a repository: configuration and a CPS with the RFC 3647 outline.',
  usage: `cartulary init [--name <provider>] [--site <address>] [--time-zone <zone>]

Writes cartulary.yaml, policies/cps.md with every heading of the RFC 3647 outline, and .gitignore.
A file that is there already is left as it is.`,
  async run(args, io) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        name: { type: 'string', default: 'Your Trust Services' },
        site: { type: 'string', default: 'https://repository.example.org' },
        'time-zone': { type: 'string', default: 'Europe/Brussels' },
      },
    });
    if (!isTimeZone(values['time-zone'])) throw new UsageError(`"${values['time-zone']}" is not an IANA time zone.`);
    const files: [string, string][] = [
      ['cartulary.yaml', `name: ${JSON.stringify(values.name)}\nsite: ${JSON.stringify(values.site)}\ntimeZone: ${values['time-zone']}\n`],
      ['policies/cps.md', await skeleton(values.name, Number(io.now.slice(0, 4)) + 1)],
      ['.gitignore', 'node_modules/\ndist/\ndist-assessor/\n.cartulary/\n'],
    ];
    for (const [path, text] of files) io.out(`${(await writeNew(join(resolve(io.folder), path), text)) ? 'wrote' : 'left as it is'}: ${path}\n`);
    io.out('\nNext: fill policies/cps.md in, run `cartulary check`, and `cartulary dev` to see it.\n');
    return 0;
  },
};

async function writeNew(path: string, text: string): Promise<boolean> {
  if (
    await access(path).then(
      () => true,
      () => false,
    )
  )
    return false;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  return (await readFile(path, 'utf8')) === text;
}

async function skeleton(name: string, nextYear: number): Promise<string> {
  const { sections } = await readOutline();
  const front = [
    'document: cps',
    'type: CPS',
    `title: ${JSON.stringify(`Certification Practice Statement of ${name}`)}`,
    'language: en',
    'version: "0.1"',
    'status: draft',
    `effective: ${nextYear}-01-01`,
    'policies: []',
  ];
  const headings = sections.map(({ number, title }) => `${'#'.repeat(number.split('.').length)} ${number}${number.includes('.') ? '' : '.'} ${title}`);
  return `---\n${front.join('\n')}\n---\n\n${headings.join('\n\n')}\n`;
}
