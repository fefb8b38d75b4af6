import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { type AppliedPicks, applyPicks, isPlaced } from '../check/apply-picks.ts';
import { showLine } from '../check/report/words.ts';
import { type Pick, PickList, parsePick } from '../model/pick.ts';
import { plural } from '../model/plural.ts';
import type { Draft, Workspace } from '../model/workspace.ts';
import { openWorkspace, readDocument, readRepositoryFile } from '../read/workspace.ts';
import { readYaml } from '../read/yaml.ts';
import { refuseConfiguration } from './choose-requirements.ts';
import { type Io, UsageError } from './main.ts';
import { type Replacement, replaceFiles } from './replace-files.ts';

/** `cartulary check --apply`: writes the marks that an author picked into the texts; all of them, or none. */
export async function apply(args: readonly string[], io: Io): Promise<number> {
  const options = { apply: { type: 'string', multiple: true } } as const;
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
  const [folder = '.', surplus] = positionals;
  if (surplus !== undefined) throw new UsageError(`"${surplus}" is not expected here. Each pick has its own --apply.`);
  const root = resolve(io.folder, folder);
  const picks = await readPicks(values.apply ?? [], io);
  if (!picks) return 2;
  const chosen = picks.filter((pick) => pick.apply || pick.exclude !== undefined);
  if (chosen.length === 0) return refuse(io, ['No pick says "apply: yes" or "exclude".']);
  const { workspace } = await openWorkspace(pathToFileURL(`${root}/`), { now: io.now, purpose: 'check' });
  if (refuseConfiguration(workspace, io)) return 2;
  const result = await carryOut(chosen, workspace, root);
  if (result.refusals.length > 0) return refuse(io, result.refusals);
  await replaceFiles(root, result.replacements);
  io.out(tell(result, workspace));
  return 0;
}

/** The picks of the command line and of the work lists that it names; undefined where a list is not valid, which was said. */
async function readPicks(names: readonly string[], io: Io): Promise<Pick[] | undefined> {
  const picks: Pick[] = [];
  for (const name of names) {
    const direct = parsePick(name);
    if (direct) {
      picks.push(direct);
      continue;
    }
    const text = await readFile(resolve(io.folder, name), 'utf8').catch(() => undefined);
    if (text === undefined) throw new UsageError(`"${name}" is neither a work list nor a pick such as 411-2:OVR-6.3.5-01@policies/cps.md#6.3.5.`);
    const { value, observations } = readYaml({ text, file: name, firstLine: 1, rule: 'form/configuration-valid' }, PickList);
    for (const { at, message, expected } of observations) io.err(`${at.file}:${at.start?.line ?? 1} ${message} Expected: ${expected}.\n`);
    if (!value) return undefined;
    picks.push(...value.picks);
  }
  return picks;
}

interface Result {
  replacements: Replacement[];
  /** One line each: what was written where, and what stood there already. */
  written: string[];
  known: string[];
  refusals: string[];
}

async function carryOut(picks: readonly Pick[], { drafts, catalogues }: Workspace, root: string): Promise<Result> {
  const result: Result = { replacements: [], written: [], known: [], refusals: [] };
  for (const [file, own] of Map.groupBy(picks, (pick) => pick.file)) {
    const draft = drafts.find((candidate) => candidate.file === file);
    const before = draft && (await readRepositoryFile(root, file));
    if (draft && before) await carryOutFor({ draft, before, picks: own, catalogues }, result);
    else result.refusals.push(`${file} is no text of the work tree. Texts: ${drafts.map((text) => text.file).join(', ')}.`);
  }
  return result;
}

interface Task {
  draft: Draft;
  before: Buffer;
  picks: readonly Pick[];
  catalogues: Workspace['catalogues'];
}

async function carryOutFor({ draft, before, picks, catalogues }: Task, result: Result): Promise<void> {
  const { file } = draft;
  const read = async (bytes: Buffer) => (await readDocument(bytes, draft, file)).sections;
  const text = before.toString('utf8');
  if (!Buffer.from(text).equals(before)) return void result.refusals.push(`${file} is not UTF-8: save it as UTF-8 first.`);
  const sections = await read(before);
  const { marked, marks, known, refusals } = applyPicks({ file, text, sections }, picks, catalogues);
  const after = Buffer.from(marked);
  result.refusals.push(...refusals);
  if (refusals.length === 0 && !isPlaced(sections, await read(after), marks)) {
    result.refusals.push(`${file}: the marks cannot be placed without changing how the text is read. Write them by hand.`);
  }
  if (marks.size > 0) result.replacements.push({ path: file, before, after });
  const name = (from: AppliedPicks['marks']) =>
    sections.flatMap((section) => (from.get(section) ?? []).map((mark) => `${file}#${section.anchor} ${mark.kind} ${mark.name}`));
  result.written.push(...name(marks));
  result.known.push(...name(known));
}

function tell({ written, known, replacements }: Result, { drafts, register }: Workspace): string {
  const texts = replacements.map(({ path }) => path);
  const head = written.length > 0 ? `${plural(written.length, 'mark')} written:\n${list(written)}` : 'Nothing was written.\n';
  const before = known.length > 0 ? `${plural(known.length, 'mark')} stood there already:\n${list(known)}` : '';
  const published = drafts.filter(({ file }) => texts.includes(file)).flatMap((draft) => tellPublished(draft, register));
  return head + before + published.join('');
}

/** A text that was as registered is another one now. */
function tellPublished({ file, id, sha256 }: Draft, { entries }: Workspace['register']): string[] {
  const entry = entries.find((each) => each.kind === 'version' && each.document === id && Object.values(each.files).some((held) => held.sha256 === sha256));
  if (entry?.kind !== 'version') return [];
  return [
    `${file} was version ${entry.version} as it is registered. With the marks it is another text: give it a new version and "status: draft" before you go on.\n`,
  ];
}

const list = (lines: readonly string[]) => lines.map((line) => `  ${showLine(line)}\n`).join('');

function refuse(io: Io, reasons: readonly string[]): number {
  io.err(`Nothing was written:\n${reasons.map((reason) => `  - ${showLine(reason)}\n`).join('')}`);
  return 1;
}
