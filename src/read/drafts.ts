import { isUtf8 } from 'node:buffer';
import type { DeclaredDocument } from '../model/config.ts';
import type { ReadingObservation } from '../model/finding.ts';
import type { Profile } from '../model/profile.ts';
import { includeProfiles } from '../model/profile-markdown.ts';
import type { Sha256 } from '../model/version.ts';
import type { Draft } from '../model/workspace.ts';
import { listTexts, readInside, withoutCarriageReturns } from './files.ts';
import { readFrontMatter } from './front-matter.ts';
import { heldFiles, type Source, toFacts } from './published.ts';
import { sha256 } from './register.ts';

/** The texts of the work tree and what was wrong with them. */
export interface Drafts {
  drafts: readonly Draft[];
  observations: readonly ReadingObservation[];
}

/** Reads every text under policies/ and every declared one. With profiles it also parses their bodies, which may include these. */
export async function readDrafts(source: Source, profiles: readonly Profile[] | undefined): Promise<Drafts> {
  const observations: ReadingObservation[] = [];
  const drafts: Draft[] = [];
  const declared = new Map(source.config.documents.map((document) => [document.file, document]));
  const registered = new Set(heldFiles(source.register).map(({ file }) => file.sha256));
  for (const path of [...new Set([...(await listTexts(source.root)), ...declared.keys()])].sort()) {
    const bytes = await readInside(source.root, path);
    if (!bytes) continue;
    const text = { path, bytes, declared: declared.get(path), sha256: digestOf(bytes, registered) };
    const { draft, observations: seen } = await readDraft(text, source, profiles);
    observations.push(...seen);
    if (draft) drafts.push(draft);
  }
  return { drafts, observations };
}

/** A checkout may have turned line ends into CRLF; the digest is that of the bytes as git keeps them. */
function digestOf(bytes: Buffer, registered: ReadonlySet<Sha256>): Sha256 {
  const digest = sha256(bytes);
  if (registered.has(digest) || !bytes.includes('\r\n')) return digest;
  const plain = sha256(withoutCarriageReturns(bytes));
  return registered.has(plain) ? plain : digest;
}

interface WorkTreeText {
  path: string;
  bytes: Buffer;
  declared: DeclaredDocument | undefined;
  sha256: Sha256;
}

async function readDraft({ path, bytes, declared, sha256 }: WorkTreeText, { config }: Source, profiles: readonly Profile[] | undefined) {
  const observations: ReadingObservation[] = isUtf8(bytes) ? [] : [notUtf8(path)];
  const split = readFrontMatter(bytes.toString('utf8'), path);
  // A declared document may carry front matter of another tool; it is not ours to judge.
  if (!declared) observations.push(...split.observations);
  if (!split.frontMatter && !declared) {
    if (!split.hasBlock) observations.push(noFrontMatter(path));
    return { draft: undefined, observations };
  }
  const id = split.frontMatter?.document ?? declared?.id ?? '';
  const facts = toFacts(id, split.frontMatter?.language ?? declared?.language ?? 'en', split.frontMatter, config);
  const draft = { ...facts, fields: split.fields, sections: [], file: path, sha256 };
  if (!profiles) return { draft, observations };
  const { readMarkdown } = await import('./markdown.ts');
  const parsed = readMarkdown(split.body, path, split.bodyLine);
  return { draft: { ...draft, sections: includeProfiles(parsed.sections, profiles, draft.language) }, observations: [...observations, ...parsed.observations] };
}

function notUtf8(path: string): ReadingObservation {
  return {
    rule: 'form/text-readable',
    message: 'The text is not UTF-8, so characters of it would be lost.',
    at: { file: path, start: { line: 1, column: 1 } },
    seen: 'bytes that are not UTF-8',
    expected: 'a file saved as UTF-8',
  };
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
