import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { runCheck } from '../../../src/check/run.ts';
import type { Finding, RuleId } from '../../../src/model/finding.ts';
import { toInstant } from '../../../src/model/time.ts';
import type { Workspace } from '../../../src/model/workspace.ts';
import { readDrafts } from '../../../src/read/drafts.ts';
import { openWorkspace, readConfiguration } from '../../../src/read/workspace.ts';
import { cloneRepository } from '../../helpers/repository.ts';
import { renew } from './renew.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const NOW = toInstant(new Date('2026-11-23T14:00:00Z'));

export const CP = 'policies/cp.md';
export const CPS = 'policies/cps.md';
export const PDS = 'policies/pds.en.md';
export const PDS_DE = 'policies/pds.de.md';
export const TERMS = 'policies/terms.md';
export const TEXTS = [CP, CPS, PDS, PDS_DE, TERMS] as const;
export const CONFIG = 'cartulary.yaml';
export const REGISTER = 'policies/register.yaml';

/** A finding that a fault has to bring: of one of these rules, in this line. */
export interface Expected {
  rules: readonly RuleId[];
  file: string;
  line: number;
}

/** One change to one file, and what has to be found. */
export interface Fault {
  name: string;
  file: string;
  text: string;
  expected: readonly Expected[];
  /** The history of the text counts, and the whole repository is read again. */
  whole?: true;
}

/** A way in which texts go wrong, and the faults of that way. */
export interface Kind {
  kind: string;
  /** Where it is found, in words. */
  place: string;
  faults: readonly Fault[];
}

/** The example with new versions of its texts that nobody has registered, as an author has them at work. */
export interface Workbench {
  texts: ReadonlyMap<string, string>;
  workspace: Workspace;
  /** What is found without any fault: in the example as it is, and in the new versions. */
  unchanged: readonly Finding[];
  renewed: readonly Finding[];
  /** What is found with a fault and not without it. */
  find(fault: Pick<Fault, 'file' | 'text' | 'whole'>): Promise<Finding[]>;
  remove(): Promise<void>;
}

const grave = ({ severity }: Finding) => severity !== 'info';

function check(workspace: Workspace): readonly Finding[] {
  const { findings, crashed } = runCheck(workspace);
  if (crashed) throw new Error(findings.find(({ message }) => message.includes('could not run'))?.message);
  return findings;
}

export async function openWorkbench(): Promise<Workbench> {
  const { folder } = await cloneRepository(ROOT);
  const stage = await mkdtemp(join(tmpdir(), 'cartulary-stage-'));
  await mkdir(join(stage, 'policies'));
  const open = async () => (await openWorkspace(pathToFileURL(`${folder}/`), { now: NOW, purpose: 'check' })).workspace;
  for (const part of ['policies', 'content/profiles', CONFIG]) {
    await rm(join(folder, part), { recursive: true, force: true });
    await cp(join(ROOT, part), join(folder, part), { recursive: true });
  }
  // A provider has no catalogues of its own: those of the package count.
  await rm(join(folder, 'content/requirements'), { recursive: true, force: true });
  const unchanged = check(await open());
  const texts = new Map<string, string>();
  for (const path of [...TEXTS, CONFIG, REGISTER]) {
    const text = await readFile(join(folder, path), 'utf8');
    texts.set(path, TEXTS.some((name) => name === path) ? renew(text) : text);
    await writeFile(join(folder, path), texts.get(path) ?? '');
  }
  const workspace = await open();
  const renewed = check(workspace);
  const before = new Set(renewed.filter(grave).map(({ fingerprint }) => fingerprint));

  /** Only the text that changed is read again; the register and the rest of the repository take the whole way. */
  const reread = async ({ file: path, text, whole }: Parameters<Workbench['find']>[0]): Promise<Workspace> => {
    if (!whole && TEXTS.some((name) => name === path)) return rereadText(stage, workspace, path, text);
    const original = texts.get(path) ?? '';
    await writeFile(join(folder, path), text);
    try {
      return path === CONFIG && !/^editions:/m.test(text) ? await rereadConfig(folder, workspace) : await open();
    } finally {
      await writeFile(join(folder, path), original);
    }
  };
  return {
    texts,
    workspace,
    unchanged,
    renewed,
    find: async (fault) => check(await reread(fault)).filter((finding) => grave(finding) && !before.has(finding.fingerprint)),
    remove: async () => {
      await rm(stage, { recursive: true, force: true });
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function rereadText(stage: string, workspace: Workspace, path: string, text: string): Promise<Workspace> {
  const { register, config } = workspace;
  await writeFile(join(stage, path), text);
  const { drafts, observations } = await readDrafts({ root: stage, git: undefined, register, config }, workspace.profiles);
  await rm(join(stage, path));
  const others = workspace.drafts.filter(({ file }) => file !== path);
  return {
    ...workspace,
    drafts: [...others, ...drafts].sort((a, b) => (a.file < b.file ? -1 : 1)),
    observations: [...workspace.observations.filter(({ at }) => at.file !== path), ...observations],
  };
}

async function rereadConfig(folder: string, workspace: Workspace): Promise<Workspace> {
  const { config, configFields, observations } = await readConfiguration(folder);
  return {
    ...workspace,
    config: config ?? workspace.config,
    configFields,
    observations: [...workspace.observations.filter(({ at }) => at.file !== CONFIG), ...observations],
  };
}
