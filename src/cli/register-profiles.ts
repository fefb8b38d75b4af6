import type { DocumentType, Policy } from '../model/document.ts';
import { boundProfiles, statedProfiles } from '../model/profile-binding.ts';
import { findSpan, type Registration, refuseBeforeVersion } from '../model/registration.ts';
import type { VersionFile } from '../model/version.ts';
import { policiesOf, type Workspace } from '../model/workspace.ts';
import { withoutCarriageReturns } from '../read/files.ts';
import { PROFILES } from '../read/profiles.ts';
import { type NewEntry, sha256 } from '../read/register.ts';
import { type OpenedRepository, readRepositoryFile } from '../read/workspace.ts';

/** The profiles that a text states as they are committed, by id, or why they cannot be bound to it. */
export interface Binding {
  profiles: Readonly<Record<string, VersionFile>>;
  refusals: readonly string[];
}

/** Finds the committed bytes of the profiles that a text states. */
export async function bindProfiles(
  text: { type: DocumentType; policies: readonly Policy[] },
  { workspace, git }: Pick<OpenedRepository, 'workspace' | 'git'>,
  folder: string,
): Promise<Binding> {
  const stated = statedProfiles(text, workspace.profiles);
  const heads = (await git?.blobsAt(stated.map(({ file }) => ({ revision: 'HEAD', path: file })))) ?? new Map<string, string>();
  const profiles: Record<string, VersionFile> = {};
  const refusals = refuseUnread(text.policies, workspace);
  for (const { id, file } of stated) {
    const blob = heads.get(`HEAD:${file}`);
    const bytes = blob && (await git?.readBlobs([blob]))?.get(blob);
    const here = await readRepositoryFile(folder, file);
    if (blob && bytes && here && isSameText(bytes, here)) profiles[id] = { path: file, blob, sha256: sha256(bytes) };
    else refusals.push(`The bytes of ${file} are not committed: commit it first, so that git holds what is registered.`);
  }
  return { profiles, refusals };
}

/** The profiles that policies name and content/profiles does not give: what an entry leaves out is never added to it. */
function refuseUnread(policies: readonly Policy[], { profiles, observations }: Workspace): string[] {
  const named = new Set(policies.flatMap(({ profile }) => profile ?? []));
  for (const { id } of profiles) named.delete(id);
  return [...named].map((id) => {
    const file = `${PROFILES}/${id}.yaml`;
    const wrong = observations.find(({ at }) => at.file === file);
    if (!wrong) return `The front matter names the profile "${id}", and there is no file ${file}: write it as the text states it, and commit it.`;
    const place = `${file}${wrong.at.start ? `:${wrong.at.start.line}` : ''}`;
    return `The front matter names the profile "${id}", and ${place} cannot be read as one: ${wrong.message} Correct it, and commit it.`;
  });
}

/** The same bytes, or the same but for the line ends of this checkout. */
export const isSameText = (committed: Uint8Array, here: Buffer): boolean =>
  [here, withoutCarriageReturns(here)].some((bytes) => sha256(bytes) === sha256(committed));

/** Declares for a version that is registered already which profiles its text states: those of the commit, where they are not bound yet. */
export async function proposeDeclaration(document: string, version: string, opened: OpenedRepository, context: Registration, folder: string) {
  const refuse = (...refusals: readonly string[]) => ({ entries: [] as NewEntry[], refusals: [...refusals] });
  const span = findSpan(context.register, document, version);
  if (!span) return refuse(`${document} ${version} is not in the register.`);
  const early = refuseBeforeVersion(span, context);
  if (early.length > 0) return refuse(...early);
  const { workspace } = opened;
  const type = Object.values(span.entry.files).flatMap(({ sha256: digest }) => workspace.facts.get(digest)?.type ?? [])[0];
  if (!type) return refuse(`The text of ${document} ${version} is not held, so nobody can say what it states.`);
  const { profiles, refusals } = await bindProfiles({ type, policies: policiesOf(workspace, span.entry) }, opened, folder);
  if (refusals.length > 0) return refuse(...refusals);
  const before = boundProfiles(context.register, span.entry);
  const fresh = Object.entries(profiles).filter(([id, { sha256: digest }]) => before[id]?.sha256 !== digest);
  if (Object.keys(profiles).length === 0) return refuse(`${document} ${version} names no profile of content/profiles in its front matter.`);
  if (fresh.length === 0) return refuse(`The profiles of ${document} ${version} are registered as they are already.`);
  const entry: NewEntry = { document, version, published: context.published, profiles: Object.fromEntries(fresh) };
  return { entries: [entry], refusals: [] };
}
