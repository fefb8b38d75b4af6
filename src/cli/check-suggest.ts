import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { type CoverageRow, findCoverage } from '../check/coverage.ts';
import { suggestPlaces } from '../check/suggest.ts';
import { plural } from '../model/plural.ts';
import type { Draft } from '../model/workspace.ts';
import { printSuggestions, type SuggestionList, suggestionsJson, suggestionsYaml } from '../publish/suggestion-list.ts';
import { isMarkdown } from '../read/files.ts';
import { openWorkspace } from '../read/workspace.ts';
import { chooseStandard, refuseConfiguration } from './choose-requirements.ts';
import { type Io, UsageError } from './main.ts';

const FORMATS: Readonly<Record<string, (list: SuggestionList) => string>> = { terminal: printSuggestions, json: suggestionsJson, yaml: suggestionsYaml };

/** `cartulary check --suggest`: where each open requirement could be met. Writes into no text; a work list only where there is no file yet. */
export async function suggest(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parse(args);
  const format = values.format ?? (values.output === undefined ? 'terminal' : 'yaml');
  const print = Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;
  if (!print) throw new UsageError(`There is no format "${format}" for proposals. There are: ${Object.keys(FORMATS).join(', ')}.`);
  const { texts, folder } = sortOut(positionals);
  const { workspace } = await openWorkspace(pathToFileURL(`${resolve(io.folder, folder)}/`), { now: io.now, purpose: 'check' });
  if (refuseConfiguration(workspace, io)) return 2;
  const files = chooseTexts(workspace.drafts, texts);
  const { rows, undecided } = findCoverage(workspace);
  const isOfStandard = chooseStandard(workspace.catalogues, values.standard);
  const isOfPolicy = choosePolicies(workspace.drafts, values.policy ?? []);
  const list = {
    suggestions: suggestPlaces(
      workspace,
      rows.filter((row) => isOfStandard(row) && isOfPolicy(row)),
      { files },
    ),
    undecided: undecided.filter(isOfStandard).length,
  };
  if (values.output === undefined) io.out(print(list));
  else return save(values.output, print(list), list, io);
  return 0;
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const options = { suggest: { type: 'boolean' }, policy: { ...text, multiple: true }, standard: text, format: text, output: text } as const;
  return parseArgs({ args: [...args], allowPositionals: true, options });
}

/** Arguments that end like a Markdown file are texts; another one is the repository's folder. */
function sortOut(positionals: readonly string[]): { texts: readonly string[]; folder: string } {
  const [folder = '.', surplus] = positionals.filter((name) => !isMarkdown(name));
  if (surplus !== undefined) throw new UsageError(`"${surplus}" is not expected here: texts are named by their Markdown files.`);
  return { texts: positionals.filter(isMarkdown).map((name) => name.replace(/^\.\//, '')), folder };
}

function chooseTexts(drafts: readonly Draft[], wanted: readonly string[]): readonly string[] {
  const unknown = wanted.find((name) => !drafts.some(({ file }) => file === name));
  if (unknown !== undefined) throw new UsageError(`There is no text "${unknown}". Texts: ${drafts.map(({ file }) => file).join(', ')}.`);
  return wanted.length === 0 ? drafts.map(({ file }) => file) : wanted;
}

/** Keeps what applies under policies of the texts, each named by its OID or by the policy to which it conforms. */
function choosePolicies(drafts: readonly Draft[], wanted: readonly string[]): (row: CoverageRow) => boolean {
  const policies = drafts.flatMap(({ frontMatter }) => frontMatter?.policies ?? []);
  const unknown = wanted.find((name) => !policies.some(({ oid, conformsTo }) => oid === name || conformsTo === name));
  if (unknown !== undefined) {
    const known = new Set(policies.flatMap(({ oid, conformsTo }) => (conformsTo ? [conformsTo, oid] : [])));
    throw new UsageError(`The texts govern no policy "${unknown}". Policies: ${[...known].join(', ')}.`);
  }
  const oids = new Set(policies.filter(({ oid, conformsTo }) => wanted.includes(oid) || (conformsTo && wanted.includes(conformsTo))).map(({ oid }) => oid));
  return ({ policies: own }) => wanted.length === 0 || own.some(({ oid }) => oids.has(oid));
}

/** A file that is there may be a text, or a work list that somebody has edited: it is never written over. */
async function save(path: string, text: string, { suggestions }: SuggestionList, io: Io): Promise<number> {
  try {
    await writeFile(resolve(io.folder, path), text, { flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    io.err(`There is a file ${path} already, and it may hold your decisions: take it away, or name another one.\n`);
    return 1;
  }
  io.out(`${path}: ${plural(suggestions.length, 'proposal')}. Choose in it, then run: cartulary check --apply ${path}\n`);
  return 0;
}
