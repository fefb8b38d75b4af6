import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { type ReportOptions, reporters } from '../check/report/index.ts';
import { reportStepSummary } from '../check/report/step-summary.ts';
import { type CheckResult, runCheck } from '../check/run.ts';
import { openWorkspace, readInstant } from '../read/workspace.ts';
import { AUDIENCE_OPTIONS, readAudience } from './audience.ts';
import { saveBaseline } from './check-baseline.ts';
import { type Command, type Io, UsageError } from './main.ts';
import { outputPath } from './output-path.ts';

/** `cartulary check`: reads everything, runs all rules, prints the findings. */
export const check: Command = {
  summary: 'Check texts, register and published bytes.',
  usage: `cartulary check [--base <branch>] [--changed] [--format terminal|json|sarif|github|junit]
                [--output <file>] [--held] [--at <instant>] [--audience assessor [--evidence <folder>]] [<folder>]
cartulary check --write-baseline | --prune-baseline [<folder>]
cartulary check --suggest [--policy <name>] [--standard <standard>] [--format terminal|json|yaml]
                [--output <file>] [<folder>] [<text>…]
cartulary check --apply <work list or pick>… [<folder>]

  --base     prove that the register only grew since this branch or commit, such as origin/main
  --changed  with --base: only findings that the branch brought, or that stand in what it changed
  --format   terminal (default), json, sarif (code scanning), github (annotations and step summary), junit
  --output   write the report to this file, and show the findings here as well
  --held     list what the baseline holds as well, marked as such, in json, sarif and junit
  --at       compute states and deadlines for this date or instant instead of now
  --audience assessor (default public): read what must not be published as well, and check it: the evidence index
  --evidence the folder of the evidence index, where it is kept outside the repository
  --write-baseline  hold all findings of today in cartulary-baseline.yaml: counted, not told
  --prune-baseline  take out of it what no longer occurs, and add nothing

  --suggest   propose sections for the requirements that no text meets yet; writes into no text
  --policy    only what applies under this policy of the texts, by its OID or as QCP-l-qscd; may be given several times
  --standard  only this one, such as 411-2
  --output    write a work list to choose from, where there is no such file yet
  --apply     write the marks that were chosen in a work list, or one that is named as
              411-2:OVR-6.9.4-02@policies/cps.md#1.1; may be given several times. All are written, or none

Exit codes: 0 no errors or warnings, 1 findings, 2 could not run.`,
  async run(args, io) {
    if (args.includes('--suggest')) return (await import('./check-suggest.ts')).suggest(args, io);
    if (args.some((arg) => /^--apply(?:=|$)/.test(arg))) return (await import('./check-apply.ts')).apply(args, io);
    const { values, positionals } = parse(args);
    const report = Object.hasOwn(reporters, values.format) ? reporters[values.format] : undefined;
    if (!report) throw new UsageError(`There is no format "${values.format}". There are: ${Object.keys(reporters).join(', ')}.`);
    if (values.changed && values.base === undefined) throw new UsageError('The option --changed needs --base, such as --base origin/main.');
    if (values['write-baseline'] && values['prune-baseline']) throw new UsageError('A baseline is written or pruned, not both.');
    const audience = readAudience(values, io.folder);
    if (audience.audience === 'assessor' && (values['write-baseline'] || values['prune-baseline']))
      throw new UsageError('A baseline is committed with the texts, so it holds nothing that only assessors see: leave out --audience.');
    const root = await readRoot(positionals, io);
    const now = values.at === undefined ? io.now : await readInstant(root, values.at);
    if (!now) throw new UsageError(`"${values.at}" is neither a date nor an instant.`);
    const opened = await openWorkspace(pathToFileURL(`${root}/`), {
      now,
      purpose: 'check',
      ...audience,
      ...(values.base !== undefined && { base: values.base }),
    });
    const all = runCheck(opened.workspace);
    if (values['write-baseline'] || values['prune-baseline']) return saveBaseline(all, root, values['prune-baseline'] === true, io);
    const result =
      values.changed && values.base !== undefined
        ? await (await import('./check-changed.ts')).keepChanged(all, opened, root, { base: values.base, ...audience })
        : all;
    const options = { color: io.color, now, folder: opened.git?.prefix ?? '', held: values.held === true, ...(await readOptions(values.format, io)) };
    if (values.output === undefined) {
      io.out(report(result, options));
    } else {
      await writeFile(outputPath(values.output, io.folder, root), report(result, { ...options, color: false }));
      io.out(reporters['terminal']?.(result, options) ?? '');
    }
    if (values.format === 'github') await io.github?.appendSummary(reportStepSummary(result, options));
    return exitCode(result);
  },
};

/** Nobody checks a single text: what it says is held against everything else. */
async function readRoot([folder = '.', ...more]: readonly string[], io: Io): Promise<string> {
  const root = resolve(io.folder, folder);
  const what =
    more.length > 0 ? 'check takes one folder' : (await stat(root).catch(() => undefined))?.isDirectory() ? undefined : `"${folder}" is not a folder`;
  if (what) throw new UsageError(`${what}: name that of the repository, or run it there. One text at a time is shown by cartulary dev.`);
  return root;
}

function parse(args: readonly string[]) {
  const [text, flag] = [{ type: 'string' }, { type: 'boolean' }] as const;
  const options = { base: text, changed: flag, format: { ...text, default: 'terminal' }, output: text, held: flag, at: text, ...AUDIENCE_OPTIONS } as const;
  return parseArgs({ args: [...args], allowPositionals: true, options: { ...options, 'write-baseline': flag, 'prune-baseline': flag } });
}

function exitCode({ crashed, findings }: CheckResult): number {
  if (crashed) return 2;
  return findings.some((finding) => finding.severity !== 'info') ? 1 : 0;
}

const PACKAGE = new URL('../../', import.meta.url);

/** What a report for tools says of this release: its number, where its pages are, and, for SARIF, what they say. */
async function readOptions(format: string, { github }: Io): Promise<Partial<ReportOptions>> {
  if (format === 'terminal') return {};
  const { version, homepage } = JSON.parse(await readFile(new URL('package.json', PACKAGE), 'utf8')) as { version: string; homepage?: string };
  return {
    release: version,
    ...(homepage && { pages: `${homepage.replace(/(?:#.*|\/)$/, '')}/docs/rules/` }),
    ...(github?.files && { files: github.files }),
    ...(format === 'sarif' && { help: await readPages(fileURLToPath(new URL('docs/rules/', PACKAGE))) }),
  };
}

/** The pages of the rules by rule, each up to its examples. */
async function readPages(folder: string): Promise<Map<string, string>> {
  const names = (await readdir(folder, { recursive: true }).catch(() => [])).filter((name) => name.endsWith('.md')).sort();
  const pages = names.map(async (name): Promise<[string, string]> => {
    const text = await readFile(resolve(folder, name), 'utf8');
    return [name.replaceAll('\\', '/').slice(0, -'.md'.length), text.split(/^## (?:Passes|Fails): /m)[0]?.trim() ?? ''];
  });
  return new Map(await Promise.all(pages));
}
