import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readKey } from '../../scripts/example-certificates.ts';
import { SIGNED } from '../../scripts/example-list-entries.ts';
import { type ChangeLists, makeLists, readKept } from '../../scripts/example-lists.ts';
import { rules } from '../../src/check/rules/index.ts';
import { runCheck } from '../../src/check/run.ts';
import type { Finding } from '../../src/model/finding.ts';
import { toInstant } from '../../src/model/time.ts';
import type { Workspace } from '../../src/model/workspace.ts';
import { sha256 } from '../../src/read/register.ts';
import { readTrustedLists, SERVICES, TRUSTED_LISTS } from '../../src/read/trusted-lists.ts';
import { openWorkspace } from '../../src/read/workspace.ts';
import { signList } from './sign-list.ts';

const ROOT = new URL('../../', import.meta.url);
const NOW = toInstant(new Date('2026-11-23T12:00:00Z'));
const OWN = 'trusted-lists/';

/** The lists whose signer has an RSA key, so that a changed text can be signed anew. */
type Resigned = 'lotl' | 'AT';

/** What of the example is otherwise, in the order in which it is done. */
export interface ListedChange {
  /** What lists say; they and the snapshot are made and signed anew. */
  lists?: ChangeLists;
  /** The text of lists that are then signed anew, by their own signer unless another is named. */
  texts?: Partial<Record<Resigned, (text: string) => string>>;
  signer?: 'list-of-lists-signer-a';
  /** Bytes of files that nobody signs anew; the snapshot names their digests. Undefined takes a file away. */
  files?: Readonly<Record<string, ((text: string) => string) | undefined>>;
  snapshot?: (text: string) => string;
  services?: (text: string) => string;
  /** What was read of anything else. */
  workspace?: (workspace: Workspace) => Workspace;
}

export interface ListedResult {
  findings: readonly Finding[];
  /** The files as they were checked, by their paths. */
  files: ReadonlyMap<string, string>;
}

/** The example with its declared services and trusted lists, to be changed in a folder of its own. */
export interface ListedExample {
  workspace: Workspace;
  check(change: ListedChange): Promise<ListedResult>;
  remove(): Promise<void>;
}

/** Opens the example; what is changed is read again, everything else once. */
export async function openListedExample(): Promise<ListedExample> {
  const { workspace } = await openWorkspace(ROOT, { now: NOW, purpose: 'check' });
  const stage = await mkdtemp(join(tmpdir(), 'cartulary-listed-'));
  const own = rules.filter(({ id }) => id.startsWith(OWN));
  const drafts = new Map(await Promise.all(workspace.drafts.map(async ({ file }) => [file, await readFile(new URL(file, ROOT), 'utf8')] as const)));
  const check: ListedExample['check'] = async (change) => {
    const files = await makeFiles(change);
    await rm(join(stage, 'content'), { recursive: true, force: true });
    for (const [path, text] of files) {
      await mkdir(dirname(join(stage, path)), { recursive: true });
      await writeFile(join(stage, path), text);
    }
    const { services, trustedLists, observations } = await readTrustedLists(stage, async () => NOW);
    const others = workspace.observations.filter(({ rule }) => !rule.startsWith(OWN));
    const changed = (change.workspace ?? ((same) => same))({ ...workspace, services, trustedLists, observations: [...others, ...observations] });
    const { findings, crashed } = runCheck(changed, own);
    if (crashed) throw new Error(findings.map(({ message }) => message).join('\n'));
    return { findings, files: new Map([...drafts, ...files]) };
  };
  return { workspace, check, remove: () => rm(stage, { recursive: true, force: true }) };
}

const NAMES = [...Object.values(SIGNED).map(({ file }) => file), 'journal-anchors.pem', 'snapshot.yaml'];

async function makeFiles({ lists, texts = {}, signer, files = {}, snapshot, services }: ListedChange): Promise<ReadonlyMap<string, string>> {
  const made = lists ? makeLists(readKept, lists).files : new Map(NAMES.map((name) => [name, readKept(name) ?? '']));
  const lying = new Map<string, string | undefined>(made);
  for (const [id, edit] of Object.entries(texts) as [Resigned, (text: string) => string][]) {
    lying.set(SIGNED[id].file, signAnew(edited(lying, SIGNED[id].file, edit), id, signer));
  }
  for (const [name, edit] of Object.entries(files)) lying.set(name, edit && edited(lying, name, edit));
  lying.set(
    'snapshot.yaml',
    edited(lying, 'snapshot.yaml', (text) => nameDigests(text, lying)),
  );
  if (snapshot) lying.set('snapshot.yaml', edited(lying, 'snapshot.yaml', snapshot, true));
  const declared = await readFile(new URL(SERVICES, ROOT), 'utf8');
  const all = [...lying].map(([name, text]) => [`${TRUSTED_LISTS}/${name}`, text] as const);
  const written: (readonly [string, string | undefined])[] = [...all, [SERVICES, services ? changed(declared, services(declared)) : declared]];
  return new Map(written.filter((file): file is readonly [string, string] => file[1] !== undefined && file[1] !== ''));
}

function edited(files: ReadonlyMap<string, string | undefined>, name: string, edit: (text: string) => string, mustChange = name !== 'snapshot.yaml'): string {
  const text = files.get(name) ?? '';
  const next = edit(text);
  return mustChange ? changed(text, next) : next;
}

function changed(text: string, next: string): string {
  if (next === text) throw new Error('The change changes nothing.');
  return next;
}

function signAnew(text: string, id: Resigned, by: ListedChange['signer']): string {
  const { file: _, signer, ...how } = SIGNED[id];
  const { certificateOf } = makeLists(readKept);
  return signList(text.replace(/<ds:Signature [\s\S]*<\/ds:Signature>/, ''), { key: readKey(by ?? signer), certificate: certificateOf(by ?? signer), ...how });
}

/** The digests that the snapshot names are those of the files. */
const nameDigests = (snapshot: string, files: ReadonlyMap<string, string | undefined>): string =>
  snapshot.replace(/(file: (\S+)\n\s+location: \S+\n\s+sha256: )[0-9a-f]{64}/g, (whole, start: string, name: string) => {
    const text = files.get(name);
    return text === undefined ? whole : `${start}${sha256(Buffer.from(text))}`;
  });
