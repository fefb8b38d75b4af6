import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'yaml';
import { type CheckResult, runCheck } from '../../src/check/run.ts';
import type { Finding } from '../../src/model/finding.ts';
import { midnight, toInstant } from '../../src/model/time.ts';
import type { VersionFile } from '../../src/model/version.ts';
import type { Audience } from '../../src/model/workspace.ts';
import { appendEntries, type NewEntry, REGISTER, sha256 } from '../../src/read/register.ts';
import { openWorkspace } from '../../src/read/workspace.ts';
import { isMadeKind, makeDescribed } from './page-certificates.ts';
import { makeDescribedLists } from './page-lists.ts';
import { cloneRepository, makeRepository, type TestRepository } from './repository.ts';
import type { Block, Example } from './rule-page.ts';
import { makeSkeleton, replaceFrontMatter, replaceSection } from './skeleton.ts';
import { STAMP_STEPS } from './stamp-steps.ts';

const TEXT = 'policies/cps.md';

/** What every example starts from: a provider with one text, the skeleton, and no register. */
export const DEFAULT_FILES = {
  'cartulary.yaml': 'name: Example Trust Services\nsite: https://repository.example.org\ntimeZone: Europe/Vienna\n',
  [TEXT]: makeSkeleton(),
};

/** The repository while an example's blocks are worked through, and how it will be checked. */
interface Stage {
  repository: TestRepository;
  /** The folder that is checked: the repository's, a clone's or an export's. */
  folder: string;
  today: string;
  base: string | undefined;
  audience: Audience;
  commits: number;
  leave: (() => Promise<void>)[];
}

/** Makes the repository of an example and runs all rules over it. */
export async function runExample({ blocks }: Example): Promise<CheckResult> {
  const repository = await makeRepository();
  const stage: Stage = {
    repository,
    folder: repository.folder,
    today: '2026-11-23',
    base: undefined,
    audience: 'public',
    commits: 0,
    leave: [() => repository.remove()],
  };
  try {
    await repository.write(DEFAULT_FILES);
    await commit(stage);
    for (const block of blocks) await workThrough(block, stage);
    const { workspace } = await openWorkspace(pathToFileURL(`${stage.folder}/`), {
      now: midnight(stage.today, 'Europe/Vienna'),
      purpose: 'check',
      audience: stage.audience,
      ...(stage.base !== undefined && { base: stage.base }),
    });
    return runCheck(workspace);
  } finally {
    for (const leave of stage.leave) await leave();
  }
}

/** Findings as a page prints them. Digests and ids of blobs are replaced by a word, for they change with every byte. */
export function printFindings(findings: readonly Finding[]): string {
  return findings.map(printFinding).join('\n');
}

function printFinding({ at, message, seen, expected, advice }: Finding): string {
  const place = [at.file, at.start?.line, at.start?.column].filter((part) => part !== undefined).join(':');
  const details = Object.entries({ seen, expected, 'to do': advice }).flatMap(([name, value]) => (value === undefined ? [] : [`  ${name}: ${value}`]));
  return [`${place} ${message}`, ...details]
    .join('\n')
    .replace(/\b[0-9a-f]{64}\b/g, '<digest>')
    .replace(/\b[0-9a-f]{40}\b/g, '<blob>');
}

async function commit(stage: Stage): Promise<void> {
  stage.commits += 1;
  const at = new Date(Date.UTC(2026, 0, stage.commits, 8));
  await stage.repository.commit({}, toInstant(at));
}

async function workThrough({ kind, name, content }: Block, stage: Stage): Promise<void> {
  const { repository } = stage;
  if (kind === 'file') return repository.write({ [name]: content });
  if (isMadeKind(kind)) return repository.write({ [name]: makeDescribed(kind, name, content) });
  if (kind === 'section') return rewrite(stage, TEXT, (text) => replaceSection(text, name, content));
  if (kind === 'front-matter') return rewrite(stage, TEXT, (text) => replaceFrontMatter(text, content));
  if (kind === 'register') return register(stage, content);
  if (kind === 'lists') return repository.write(makeDescribedLists(content));
  for (const line of content.trim().split('\n')) await takeStep(line, stage);
}

async function rewrite({ repository }: Stage, path: string, change: (text: string) => string): Promise<void> {
  const text = await readFile(join(repository.folder, path), 'utf8');
  const changed = change(text);
  if (changed === text) throw new Error(`The example changes nothing in ${path}.`);
  await repository.write({ [path]: changed });
}

/** Commits the work tree and appends entries to the register; `files` and `profiles` give the path of each committed file. */
async function register(stage: Stage, content: string): Promise<void> {
  const { repository } = stage;
  await commit(stage);
  const entries: NewEntry[] = [];
  for (const { files, profiles, ...entry } of parse(content, { schema: 'failsafe' }) as WrittenEntry[]) {
    const [described, bound] = [await describeFiles(repository, files), await describeFiles(repository, profiles)];
    entries.push({ ...entry, ...(files && { files: described }), ...(profiles && { profiles: bound }) } as unknown as NewEntry);
  }
  const before = await readFile(join(repository.folder, REGISTER), 'utf8').catch(() => '');
  await repository.write({ [REGISTER]: appendEntries(before, entries).text });
  await commit(stage);
}

/** An entry as a page writes it: texts by their language, profiles by their id. */
type WrittenEntry = { files?: Record<string, string>; profiles?: Record<string, string> } & Record<string, unknown>;

async function describeFiles(repository: TestRepository, paths: Readonly<Record<string, string>> = {}): Promise<Record<string, VersionFile>> {
  const described: Record<string, VersionFile> = {};
  for (const [name, path] of Object.entries(paths)) described[name] = await describeFile(repository, path);
  return described;
}

/** Files of the archive are kept in the work tree, all others as blobs. */
async function describeFile(repository: TestRepository, path: string): Promise<VersionFile> {
  const digest = sha256(await readFile(join(repository.folder, path)));
  if (path.startsWith('policies/archive/')) return { path, sha256: digest };
  return { path, blob: (await repository.git('rev-parse', `HEAD:${path}`)).trim(), sha256: digest };
}

type Step = readonly [pattern: RegExp, take: (stage: Stage, ...parts: string[]) => Promise<void> | void];

/** What can be done to a repository apart from writing files and registering. */
const STEPS: readonly Step[] = [
  [/^replace "(.+)" by "(.*)" in (\S+)$/, (stage, from = '', to = '', path = '') => rewrite(stage, path, (text) => text.replace(from, to))],
  [/^delete (policies\/\S+|cartulary\.yaml)$/, ({ repository }, path = '') => repository.write({ [path]: undefined })],
  [/^save (\S+) as Latin-1$/, async ({ repository }, path = '') => saveAs(repository, path, 'latin1')],
  [/^save (\S+) with CRLF line ends$/, (stage, path = '') => rewrite(stage, path, (text) => text.replaceAll('\n', '\r\n'))],
  [/^remove entry (\d+)$/, (stage, entry = '') => rewriteEntries(stage, (entries) => entries.toSpliced(Number(entry), 1))],
  [
    /^swap entries (\d+) and (\d+)$/,
    (stage, a = '', b = '') => rewriteEntries(stage, (entries) => entries.with(Number(a), entries[Number(b)] ?? '').with(Number(b), entries[Number(a)] ?? '')),
  ],
  [/^commit$/, commit],
  [/^tag (\S+)$/, ({ repository }, name = '') => repository.tag(name)],
  [/^check against (\S+)$/, (stage, base) => void Object.assign(stage, { base })],
  [/^check for assessors$/, (stage) => void Object.assign(stage, { audience: 'assessor' })],
  [/^check on (\d{4}-\d{2}-\d{2})$/, (stage, today) => void Object.assign(stage, { today })],
  [/^check in a shallow clone$/, (stage) => checkShallow(stage)],
  [/^check in a folder without git$/, (stage) => checkExport(stage)],
  ...STAMP_STEPS,
  [/^lose the blob of (\S+)$/, async ({ repository }, path = '') => loseBlob(repository, path)],
];

async function takeStep(line: string, stage: Stage): Promise<void> {
  for (const [pattern, take] of STEPS) {
    const match = pattern.exec(line);
    if (match) return take(stage, ...match.slice(1));
  }
  throw new Error(`The page has a step "${line}" that no test knows.`);
}

async function saveAs(repository: TestRepository, path: string, encoding: BufferEncoding): Promise<void> {
  const text = await readFile(join(repository.folder, path), 'utf8');
  await repository.write({ [path]: Buffer.from(text, encoding) });
}

/** Works on the register's entries as pieces of text; piece 0 is what stands before the first. The last line stays last. */
function rewriteEntries(stage: Stage, change: (pieces: string[]) => string[]): Promise<void> {
  return rewrite(stage, REGISTER, (text) => {
    const [, entries = '', last = ''] = /^([\s\S]*?)(# last: .*\n)$/.exec(text) ?? [];
    return change(entries.split(/^(?=- )/m)).join('') + last;
  });
}

async function checkShallow(stage: Stage): Promise<void> {
  await commit(stage);
  const clone = await cloneRepository(pathToFileURL(stage.repository.folder).href, '--depth', '1');
  stage.folder = clone.folder;
  stage.leave.push(() => clone.remove());
}

async function checkExport(stage: Stage): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'cartulary-'));
  await cp(stage.repository.folder, folder, { recursive: true, filter: (path) => !path.endsWith('.git') });
  stage.folder = folder;
  stage.leave.push(() => rm(folder, { recursive: true, force: true }));
}

/** Loose objects of a new repository are files, and a lost one is a deleted one. */
async function loseBlob(repository: TestRepository, path: string): Promise<void> {
  const id = (await repository.git('rev-parse', `HEAD:${path}`)).trim();
  await rm(join(repository.folder, '.git/objects', id.slice(0, 2), id.slice(2)));
}
