import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { z } from 'zod';
import { publicationErrors, runCheck } from '../check/run.ts';
import { type Adoption, planAdoption } from '../model/adoption.ts';
import { reportAdoption } from '../model/adoption-report.ts';
import { Adopt, type Config } from '../model/config.ts';
import { DocumentId, Language } from '../model/document.ts';
import type { Observation } from '../model/finding.ts';
import { showName, showText } from '../model/name-pattern.ts';
import { RepositoryPath } from '../model/version.ts';
import { readDateFile } from '../read/date-file.ts';
import { HistoryError, type HistorySource, readHistory } from '../read/history.ts';
import { appendEntries, REGISTER } from '../read/register.ts';
import { openWorkspace } from '../read/workspace.ts';
import { type Command, type Io, UsageError } from './main.ts';

/** `cartulary adopt`: writes the register from the tags, commits and dated files that a repository already has. */
export const adopt: Command = {
  summary: 'Write the register from an existing history.',
  usage: `cartulary adopt [--dry-run]
cartulary adopt --document <id> [--file <path>] [--tags <pattern>]… [--version-field <key>] [--files <pattern>]…
                [--dates <file>] [--continued-by <id>] [--language <tag>] [--dry-run]

  Without --document: all documents of cartulary.yaml that have "adopt:". With it: this one; what is not given is taken
  from cartulary.yaml.

  --file           the text's path, now or in older commits, such as CPS.md
  --tags           tags that name a version, such as 'CPS-v{version}' or 'CP-v*_CPS-v{version}'; * stands for anything
  --version-field  front matter key whose change makes a commit a version, such as version or subtitle
  --files          files kept one per version, such as 'archive/cps-{version}-{date}.md'
  --dates          a YAML file with effective dates: <version>: <date>
  --continued-by   the document that took this one's place
  --language       language of the text (default: the first one of cartulary.yaml)
  --dry-run        show the entries instead of writing them

Exit codes: 0 done, 1 something was refused, 2 could not run.`,
  async run(args, io) {
    const options = readOptions(args);
    const { workspace, git } = await openWorkspace(pathToFileURL(`${io.folder}/`), { now: io.now, purpose: 'publish' });
    const { config, register } = workspace;
    const errors = publicationErrors(runCheck(workspace));
    if (errors.length > 0) return fail(io, errors);
    if (!git) return fail(io, [{ message: 'This folder is in no git repository, so there is no history to adopt.', at: { file: '' } }]);
    const choices = chooseDocuments(options, config);
    const circle = choices.find((choice) => choice.adopt.continuedBy === choice.document);
    if (circle) throw new UsageError(`The document "${circle.document}" cannot be continued by itself.`);
    const sources: HistorySource[] = [];
    for (const choice of choices) {
      const { dates, problems } = await readDateFile(io.folder, choice.adopt.dates);
      if (problems.length > 0) return fail(io, problems);
      sources.push({ ...choice, dates });
    }
    try {
      const { documents, strayTags } = await readHistory(git, sources, config.timeZone);
      const adoption = planAdoption(documents, register, config.timeZone);
      io.out(reportAdoption(adoption, { strayTags, zone: config.timeZone, declared: config.documents.map(({ id }) => id) }));
      io.out(await write(adoption, options.dryRun, io.folder));
      return adoption.documents.some(({ refused }) => refused.entries || refused.withdrawal) ? 1 : 0;
    } catch (error) {
      if (error instanceof HistoryError) return fail(io, [{ message: error.message, at: { file: '' } }]);
      throw error;
    }
  },
};

function fail(io: Io, problems: readonly Observation[]): number {
  for (const { at, message, seen, expected, advice } of problems.slice(0, 10)) {
    const place = at.start ? `${at.file}:${at.start.line}:${at.start.column}: ` : '';
    const words = [seen && `Seen: ${seen}.`, expected && `Expected: ${expected}.`, advice].filter(Boolean).join(' ');
    io.err(`${showText(`${place}${message} ${words}`.trim())}\n`);
  }
  return 2;
}

interface Options {
  document: string | undefined;
  file: string | undefined;
  language: string | undefined;
  adopt: Record<string, unknown>;
  dryRun: boolean;
}

function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      document: { type: 'string' },
      file: { type: 'string' },
      tags: { type: 'string', multiple: true },
      'version-field': { type: 'string' },
      files: { type: 'string', multiple: true },
      dates: { type: 'string' },
      'continued-by': { type: 'string' },
      language: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
    },
  });
  const { document, file, language, tags, files, dates } = values;
  const given = { tags, files, dates, versionField: values['version-field'], continuedBy: values['continued-by'] };
  const adopt = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  if (document === undefined && (file !== undefined || language !== undefined || Object.keys(adopt).length > 0)) {
    throw new UsageError('These options say how to find the versions of one document: name it with --document.');
  }
  return { document, file, language, adopt, dryRun: values['dry-run'] };
}

type Choice = Omit<HistorySource, 'dates'>;

function chooseDocuments(options: Options, config: Config): Choice[] {
  const declared = config.documents.filter(({ id }) => options.document === undefined || id === options.document);
  if (options.document === undefined) {
    const choices = declared.flatMap(({ id, language, file, adopt }) => (adopt ? [{ document: id, language, file, adopt }] : []));
    if (choices.length > 0) return choices;
    throw new UsageError('No document in cartulary.yaml has "adopt:". Add it, or name one document with --document and --file.');
  }
  const language = options.language ?? config.languages[0] ?? 'en';
  const [document, tag] = [accept(DocumentId, options.document, '--document'), accept(Language, language, '--language')];
  const known = options.file === undefined ? declared : declared.filter(({ file }) => file === options.file);
  const texts =
    known.length > 0
      ? known.map(({ file, language, adopt }) => ({ file, language, adopt }))
      : [{ file: options.file, language: tag, adopt: declared[0]?.adopt }];
  return texts.map((text) => {
    if (text.file === undefined) throw new UsageError(`cartulary.yaml does not declare "${document}": say with --file where its text is.`);
    const adopt = accept(Adopt, { ...text.adopt, ...options.adopt }, 'the options');
    return { document, language: options.language ?? text.language, file: accept(RepositoryPath, text.file, '--file'), adopt };
  });
}

function accept<T>(schema: z.ZodType<T>, value: unknown, name: string): T {
  const checked = schema.safeParse(value);
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  throw new UsageError(`${name}: ${issue?.message}${typeof value === 'string' ? `, not "${showName(value)}"` : ` (${issue?.path.join('.')})`}.`);
}

async function write({ entries }: Adoption, dryRun: boolean, folder: string): Promise<string> {
  if (entries.length === 0) return 'Nothing was written: there is no entry to add.\n';
  const path = join(folder, REGISTER);
  const before = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const { text, added } = appendEntries(before, entries);
  const [count, were] = entries.length === 1 ? ['1 entry', 'was'] : [`${entries.length} entries`, 'were'];
  if (dryRun) return `${count} would be written to ${REGISTER}:\n${added}`;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.new`, text);
  await rename(`${path}.new`, path);
  return `${count} ${were} written to ${REGISTER}. Read it, commit it, and run \`cartulary check\`.\n`;
}
