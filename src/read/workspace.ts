import { readdir, readFile, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Config, type DeclaredDocument } from '../model/config.ts';
import type { DocumentType, PolicyDocument, TextFacts } from '../model/document.ts';
import { DOCUMENT_TYPES } from '../model/document.ts';
import type { ReadingObservation } from '../model/finding.ts';
import type { Instant } from '../model/time.ts';
import type { Register, RegisterEntry, Sha256, VersionEntry, VersionFile } from '../model/version.ts';
import type { BaseRegister, Draft, Workspace } from '../model/workspace.ts';
import { type ReadingCache, readCache, writeCache } from './cache.ts';
import { readFrontMatter } from './front-matter.ts';
import { type Git, openGit } from './git.ts';
import { readOutline } from './outline.ts';
import { REGISTER, readRegister, sha256 } from './register.ts';
import { readYaml } from './yaml.ts';

/** The configuration's path in every repository. */
export const CONFIGURATION = 'cartulary.yaml';

export interface OpenOptions {
  now: Instant;
  /**
   * `check` reads and hashes every byte and parses the texts of the work tree. `publish` trusts what an earlier build
   * proved of a blob and parses nothing that it does not have to.
   */
  purpose: 'check' | 'publish';
  /** Branch or commit against which the register must only have grown. */
  base?: string;
}

/** A repository that was read, with the way to its published bytes. */
export interface OpenedRepository {
  workspace: Workspace;
  git: Git | undefined;
  /** Bytes of published files by digest. Files that cannot be had are absent; the observations have said so. */
  readBytes(files: Iterable<VersionFile>): Promise<Map<Sha256, Uint8Array>>;
}

/** Where a configuration was not valid, the rest is still read, with this one. */
const NO_CONFIG = Config.parse({ name: 'Unnamed', site: 'https://invalid.example', timeZone: 'UTC' });

/** Publishing runs no rule on the outline. */
const NO_OUTLINE = { standard: '', sections: [] };

/** Reads everything in a provider's repository. The only function that walks the disk. Throws only for a folder that cannot be read at all. */
export async function openWorkspace(folder: URL, options: OpenOptions): Promise<OpenedRepository> {
  const root = await realpath(fileURLToPath(folder));
  const { config, text: configText, observations: configObservations } = await readConfig(root);
  const stamp = sha256(`1 ${configText}`);
  const cache = options.purpose === 'publish' ? await readCache(root, stamp) : { texts: new Map(), entries: new Map() };
  const sizeBefore = cache.texts.size + cache.entries.size;
  const [registerText, git, outline] = await Promise.all([readText(root, REGISTER), openGit(root), options.purpose === 'check' ? readOutline() : NO_OUTLINE]);
  const { register, observations: registerObservations } = readRegister(registerText ?? '', cache.entries);
  const source = { root, git, register, config };
  const [{ facts, observations: byteObservations }, drafts, base] = await Promise.all([
    readFacts(source, cache),
    readDrafts(source, options.purpose),
    readBase(git, options.base),
  ]);
  if (options.purpose === 'publish' && cache.texts.size + cache.entries.size !== sizeBefore) await writeCache(root, stamp, cache);
  const observations = [...configObservations, ...registerObservations, ...byteObservations, ...drafts.observations, ...base.observations];
  return {
    workspace: { config, now: options.now, register, base: base.register, drafts: drafts.drafts, facts, outline, observations },
    git,
    readBytes: (files) => readBytes(source, [...files]),
  };
}

interface Source {
  root: string;
  git: Git | undefined;
  register: Register;
  config: Config;
}

async function readConfig(root: string): Promise<{ config: Config; text: string; observations: readonly ReadingObservation[] }> {
  const rule = 'form/configuration-valid';
  const text = await readText(root, CONFIGURATION);
  if (text === undefined) {
    const message = 'The repository has no configuration.';
    return {
      config: NO_CONFIG,
      text: '',
      observations: [
        {
          rule,
          message,
          at: { file: CONFIGURATION },
          seen: 'no file',
          expected: 'cartulary.yaml with name, site and timeZone',
          advice: 'Write one, or let `cartulary init` do it.',
        },
      ],
    };
  }
  const result = readYaml({ text, file: CONFIGURATION, firstLine: 1, rule }, Config);
  return { config: result.value ?? NO_CONFIG, text, observations: result.observations };
}

/** A file's text, or undefined where there is none. Links that lead out of the repository are not followed. */
async function readText(root: string, path: string): Promise<string | undefined> {
  return (await readInside(root, path))?.toString('utf8');
}

async function readInside(root: string, path: string): Promise<Buffer | undefined> {
  const real = await realpath(join(root, path)).catch(() => undefined);
  if (!real || (real !== root && !real.startsWith(root + sep))) return undefined;
  return readFile(real).catch(() => undefined);
}

/** The bytes of a file of the repository, or undefined where there is none or a link leads out of the repository. */
export async function readRepositoryFile(folder: string, path: string): Promise<Buffer | undefined> {
  return readInside(await realpath(folder), path);
}

const BATCH = 200;

async function readBytes({ root, git }: Source, files: readonly VersionFile[]): Promise<Map<Sha256, Uint8Array>> {
  const found = new Map<Sha256, Uint8Array>();
  const blobs = (await git?.readBlobs(files.flatMap((file) => file.blob ?? []))) ?? new Map<string, Uint8Array>();
  for (const file of files) {
    const bytes = file.blob ? blobs.get(file.blob) : await readInside(root, file.path);
    if (bytes && sha256(bytes) === file.sha256) found.set(file.sha256, bytes);
  }
  return found;
}

interface Held {
  entry: VersionEntry;
  language: string;
  file: VersionFile;
}

function heldFiles(register: Register): Held[] {
  return register.entries
    .filter((entry): entry is VersionEntry => entry.kind === 'version')
    .flatMap((entry) => Object.entries(entry.files).map(([language, file]) => ({ entry, language, file })));
}

/** Proves each published file against its digest and reads what its front matter says. */
async function readFacts(source: Source, cache: ReadingCache) {
  const facts = new Map<Sha256, TextFacts>();
  const observations: ReadingObservation[] = [];
  const held = heldFiles(source.register);
  const proven = held.filter(({ file }) => file.blob && cache.texts.get(file.sha256)?.blob === file.blob);
  const present = proven.length > 0 ? await source.git?.knownBlobs(proven.map(({ file }) => file.blob as string)) : undefined;
  const open: Held[] = [];
  for (const item of held) {
    const known = cache.texts.get(item.file.sha256);
    if (known && item.file.blob === known.blob && present?.has(known.blob)) facts.set(item.file.sha256, known.facts);
    else open.push(item);
  }
  for (let start = 0; start < open.length; start += BATCH) await proveFiles(source, open.slice(start, start + BATCH), cache, facts, observations);
  return { facts, observations };
}

async function proveFiles(source: Source, held: readonly Held[], cache: ReadingCache, facts: Map<Sha256, TextFacts>, observations: ReadingObservation[]) {
  const blobs = (await source.git?.readBlobs(held.flatMap(({ file }) => file.blob ?? []))) ?? new Map<string, Uint8Array>();
  const shallow = blobs.size < held.length && (await source.git?.isShallow());
  for (const item of held) {
    const { entry, file, language } = item;
    const bytes = file.blob ? blobs.get(file.blob) : await readInside(source.root, file.path);
    const digest = bytes && sha256(bytes);
    if (!bytes || digest !== file.sha256) {
      observations.push(missingBytes(item, digest, source.git !== undefined, shallow === true));
      continue;
    }
    const text = /\.(md|markdown)$/i.test(file.path) ? Buffer.from(bytes).toString('utf8') : undefined;
    const split = text === undefined ? undefined : readFrontMatter(text, file.path);
    const fact = toFacts(entry.document, language, split?.frontMatter, source.config);
    facts.set(file.sha256, fact);
    if (file.blob) cache.texts.set(file.sha256, { blob: file.blob, facts: fact });
  }
}

/** Why the bytes of a registered version are not there or not the registered ones, and what mends it. */
function missingBytes({ entry, file, language }: Held, digest: Sha256 | undefined, inGit: boolean, shallow: boolean): ReadingObservation {
  const rule = 'form/register-holds';
  const name = `${entry.document} ${entry.version} (${language})`;
  const start = entry.fields[`files.${language}.${file.blob ? 'blob' : 'path'}`] ?? entry.start;
  const at = { file: REGISTER, start };
  if (digest) {
    const message = `The bytes of ${name} are not those that were registered.`;
    return {
      rule,
      message,
      at,
      seen: `SHA-256 ${digest} in ${file.blob ? `blob ${file.blob}` : file.path}`,
      expected: `SHA-256 ${file.sha256}`,
      advice: file.blob
        ? 'The entry or the object database was altered: take both back from a clone that is whole.'
        : `Take ${file.path} back from the commit that registered it.`,
    };
  }
  if (!file.blob) {
    return {
      rule,
      message: `The archive file of ${name} is missing.`,
      at,
      seen: `no file ${file.path}`,
      expected: `the file with SHA-256 ${file.sha256}`,
      advice: `Put the file back: git checkout HEAD -- ${file.path}`,
    };
  }
  if (!inGit) {
    return {
      rule,
      message: `The text of ${name} cannot be read, for this folder is not in a git repository.`,
      at,
      seen: `blob ${file.blob}`,
      expected: 'a clone with its history',
      advice: 'Work in a clone: an exported folder has no history.',
    };
  }
  if (shallow) {
    return {
      rule,
      message: `The text of ${name} is not in this shallow clone.`,
      at,
      seen: `no blob ${file.blob}`,
      expected: 'a clone with its whole history',
      advice: 'git fetch --unshallow   (GitHub Actions: actions/checkout with fetch-depth: 0)',
    };
  }
  return {
    rule,
    message: `The text of ${name} is not in the object database.`,
    at,
    seen: `no blob ${file.blob}`,
    expected: `a blob with SHA-256 ${file.sha256}`,
    advice: 'Fetch the branch or tag that holds it, or add the file to archive/ and register the version from there.',
  };
}

/** What is known of a text: its front matter, or what the configuration declares of its document. */
function toFacts(document: string, language: string, frontMatter: TextFacts['frontMatter'], config: Config): TextFacts {
  const declared = config.documents.find((item) => item.id === document);
  return {
    id: document,
    type: frontMatter?.type ?? declared?.type ?? typeOf(document),
    language,
    title: frontMatter?.title ?? declared?.title ?? document.toUpperCase(),
    frontMatter,
  };
}

function typeOf(document: string): DocumentType {
  const name = document.toUpperCase();
  return DOCUMENT_TYPES.find((type) => name === type) ?? (name.includes('CPS') ? 'CPS' : 'CP');
}

async function readDrafts(source: Source, purpose: OpenOptions['purpose']): Promise<{ drafts: Draft[]; observations: ReadingObservation[] }> {
  const observations: ReadingObservation[] = [];
  const drafts: Draft[] = [];
  const declared = new Map(source.config.documents.map((document) => [document.file, document]));
  const registered = new Set(heldFiles(source.register).map(({ file }) => file.sha256));
  for (const path of [...new Set([...(await listTexts(source.root)), ...declared.keys()])].sort()) {
    const bytes = await readInside(source.root, path);
    if (!bytes) continue;
    const draft = await readDraft(path, bytes, declared.get(path), source.config, purpose, observations);
    if (draft) drafts.push({ ...draft, sha256: digestOf(bytes, registered) });
  }
  return { drafts, observations };
}

/** A checkout may have turned line ends into CRLF; the digest is that of the bytes as git keeps them. */
function digestOf(bytes: Buffer, registered: ReadonlySet<Sha256>): Sha256 {
  const digest = sha256(bytes);
  if (registered.has(digest) || !bytes.includes('\r\n')) return digest;
  const plain = sha256(bytes.toString('latin1').replace(/\r\n/g, '\n') === '' ? '' : Buffer.from(bytes.toString('latin1').replace(/\r\n/g, '\n'), 'latin1'));
  return registered.has(plain) ? plain : digest;
}

async function readDraft(
  path: string,
  bytes: Buffer,
  declared: DeclaredDocument | undefined,
  config: Config,
  purpose: OpenOptions['purpose'],
  observations: ReadingObservation[],
) {
  const split = readFrontMatter(bytes.toString('utf8'), path);
  // A declared document may carry front matter of another tool; it is not ours to judge.
  if (!declared) observations.push(...split.observations);
  if (!split.frontMatter && !declared) {
    if (split.observations.length === 0) observations.push(noFrontMatter(path));
    return undefined;
  }
  const facts = toFacts(
    split.frontMatter?.document ?? declared?.id ?? '',
    split.frontMatter?.language ?? declared?.language ?? 'en',
    split.frontMatter,
    config,
  );
  if (purpose === 'publish') return { ...facts, fields: split.fields, sections: [], file: path };
  const { readMarkdown } = await import('./markdown.ts');
  const parsed = readMarkdown(split.body, path, split.bodyLine);
  observations.push(...parsed.observations);
  return { ...facts, fields: split.fields, sections: parsed.sections, file: path };
}

function noFrontMatter(path: string): ReadingObservation {
  return {
    rule: 'form/front-matter-valid',
    message: 'The text has no front matter.',
    at: { file: path, start: { line: 1, column: 1 } },
    seen: 'no line "---" at the beginning',
    expected: 'front matter with document, type, title, language, version, status and effective',
    advice: 'Add it, or declare the document in cartulary.yaml under "documents".',
  };
}

/** Markdown files under policies/, without the archive, in alphabetical order. */
async function listTexts(root: string): Promise<string[]> {
  const entries = await readdir(join(root, 'policies'), { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile() && /\.(md|markdown)$/i.test(entry.name) && !/^readme/i.test(entry.name))
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .split(sep)
        .join('/'),
    )
    .filter((path) => !path.startsWith('policies/archive/'));
}

async function readBase(git: Git | undefined, name: string | undefined): Promise<{ register: BaseRegister | undefined; observations: ReadingObservation[] }> {
  if (name === undefined) return { register: undefined, observations: [] };
  const commit = await git?.resolve(name);
  if (!git || !commit) {
    const message = `The base "${name}" is not a commit of this repository.`;
    return {
      register: undefined,
      observations: [
        {
          rule: 'form/register-grown',
          message,
          at: { file: REGISTER },
          seen: name,
          expected: 'a branch, tag or commit that was fetched',
          advice: 'git fetch origin main',
        },
      ],
    };
  }
  const id = (await git.blobsAt([{ revision: commit, path: REGISTER }])).get(`${commit}:${REGISTER}`);
  const bytes = id ? (await git.readBlobs([id])).get(id) : undefined;
  const { register } = readRegister(bytes ? Buffer.from(bytes).toString('utf8') : '');
  return { register: { name, digests: register.entries.map((entry: RegisterEntry) => entry.digest) }, observations: [] };
}

/** Parses a published Markdown text. What cannot be parsed safely has no sections and one observation. */
export async function readDocument(bytes: Uint8Array, facts: TextFacts, file: string): Promise<PolicyDocument> {
  const { readMarkdown } = await import('./markdown.ts');
  const split = readFrontMatter(Buffer.from(bytes).toString('utf8'), file);
  return { ...facts, file, sections: readMarkdown(split.body, file, split.bodyLine).sections };
}
