import type { Config } from '../model/config.ts';
import { DOCUMENT_TYPES, type DocumentType, type TextFacts } from '../model/document.ts';
import type { ReadingObservation } from '../model/finding.ts';
import { skimInclusions } from '../model/profile-markdown.ts';
import type { Register, Sha256, VersionEntry, VersionFile } from '../model/version.ts';
import type { ReadingCache } from './cache.ts';
import { isMarkdown, readInside, withoutCarriageReturns } from './files.ts';
import { readFrontMatter } from './front-matter.ts';
import type { Git } from './git.ts';
import { REGISTER, sha256 } from './register.ts';

/** Where published bytes come from. */
export interface Source {
  root: string;
  git: Git | undefined;
  register: Register;
  config: Config;
}

const BATCH = 200;
const MARK = /<!--\s*(?:meets|excludes)\b/;

/** The bytes of published files by digest, each proved against it. Files that cannot be had are absent. */
export async function readPublishedBytes(source: Source, files: readonly VersionFile[]): Promise<Map<Sha256, Uint8Array>> {
  const found = new Map<Sha256, Uint8Array>();
  const blobs = await readBlobs(source, files);
  for (const file of files) {
    const bytes = file.blob ? blobs.get(file.blob) : await readArchived(source.root, file);
    if (bytes && sha256(bytes) === file.sha256) found.set(file.sha256, bytes);
  }
  return found;
}

async function readBlobs({ git }: Source, files: readonly VersionFile[]): Promise<Map<string, Uint8Array>> {
  return (await git?.readBlobs(files.flatMap((file) => file.blob ?? []))) ?? new Map();
}

/** A file kept in the work tree, as it was registered where a checkout changed its line ends. */
async function readArchived(root: string, file: VersionFile): Promise<Uint8Array | undefined> {
  const bytes = await readInside(root, file.path);
  if (!bytes?.includes('\r\n') || sha256(bytes) === file.sha256) return bytes;
  const plain = withoutCarriageReturns(bytes);
  return sha256(plain) === file.sha256 ? plain : bytes;
}

/** One registered file with the version and language it is for. */
export interface Held {
  entry: VersionEntry;
  language: string;
  file: VersionFile;
}

/** All registered files, in the order of the register. */
export function heldFiles(register: Register): Held[] {
  return register.entries
    .filter((entry): entry is VersionEntry => entry.kind === 'version')
    .flatMap((entry) => Object.entries(entry.files).map(([language, file]) => ({ entry, language, file })));
}

/** Proves each published file against its digest and reads what its front matter says. */
export async function readFacts(source: Source, cache: ReadingCache) {
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
  const blobs = await readBlobs(
    source,
    held.map(({ file }) => file),
  );
  const shallow = blobs.size < held.length && (await source.git?.isShallow());
  for (const item of held) {
    const { entry, file, language } = item;
    const bytes = file.blob ? blobs.get(file.blob) : await readArchived(source.root, file);
    const digest = bytes && sha256(bytes);
    if (!bytes || digest !== file.sha256) {
      observations.push(describeLoss(item, digest, source.git === undefined ? 'no-git' : shallow ? 'shallow' : 'whole'));
      continue;
    }
    const split = isMarkdown(file.path) ? readFrontMatter(Buffer.from(bytes).toString('utf8'), file.path) : undefined;
    const includes = split ? skimInclusions(split.body) : [];
    const fact = {
      ...toFacts(entry.document, language, split?.frontMatter, source.config),
      ...(split && MARK.test(split.body) && { marked: true }),
      ...(split && skimAddresses(split.body)),
      ...(includes.length > 0 && { includes }),
    };
    facts.set(file.sha256, fact);
    if (file.blob) cache.texts.set(file.sha256, { blob: file.blob, facts: fact });
  }
}

const ADDRESS = /\b(?:https?|ldaps?):\/\/[^\s<>"'`|\\)\]]{1,500}/gi;

/** Addresses as running text has them: a full stop, comma or colon behind one ends the sentence, not the address. */
function skimAddresses(body: string): Pick<TextFacts, 'addresses'> {
  const addresses = [...new Set((body.match(ADDRESS) ?? []).map((address) => address.replace(/[.,;:!*_]+$/, '')))];
  return addresses.length > 0 ? { addresses } : {};
}

/** Why the bytes of a registered version are not there or not the registered ones, and what mends it. */
function describeLoss({ entry, file, language }: Held, digest: Sha256 | undefined, clone: 'no-git' | 'shallow' | 'whole'): ReadingObservation {
  const name = `${entry.document} ${entry.version} (${language})`;
  const start = entry.fields[`files.${language}.${file.blob ? 'blob' : 'path'}`] ?? entry.start;
  const common = { rule: 'form/register-holds', at: { file: REGISTER, start } } as const;
  if (digest) return { ...common, ...describeAlteration(name, digest, file) };
  if (!file.blob) {
    return {
      ...common,
      message: `The archive file of ${name} is missing.`,
      seen: `no file ${file.path}`,
      expected: `the file with SHA-256 ${file.sha256}`,
      advice: `Put the file back: git checkout HEAD -- ${file.path}`,
    };
  }
  if (clone === 'no-git') {
    return {
      ...common,
      message: `The text of ${name} cannot be read, for this folder is not in a git repository.`,
      seen: `blob ${file.blob}`,
      expected: 'a clone with its history',
      advice: 'Work in a clone: an exported folder has no history.',
    };
  }
  if (clone === 'shallow') {
    return {
      ...common,
      message: `The text of ${name} is not in this shallow clone.`,
      seen: `no blob ${file.blob}`,
      expected: 'a clone with its whole history',
      advice: 'git fetch --unshallow   (GitHub Actions: actions/checkout with fetch-depth: 0)',
    };
  }
  return {
    ...common,
    message: `The text of ${name} is not in the object database.`,
    seen: `no blob ${file.blob}`,
    expected: `a blob with SHA-256 ${file.sha256}`,
    advice: 'Fetch the branch or tag that holds it, or add the file to archive/ and register the version from there.',
  };
}

function describeAlteration(name: string, digest: Sha256, file: VersionFile) {
  return {
    message: `The bytes of ${name} are not those that were registered.`,
    seen: `SHA-256 ${digest} in ${file.blob ? `blob ${file.blob}` : file.path}`,
    expected: `SHA-256 ${file.sha256}`,
    advice: file.blob
      ? 'The entry or the object database was altered: take both back from a clone that is whole.'
      : `Take ${file.path} back from the commit that registered it.`,
  };
}

/** What is known of a text: its front matter, or what the configuration declares of its document. */
export function toFacts(document: string, language: string, frontMatter: TextFacts['frontMatter'], config: Config): TextFacts {
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
