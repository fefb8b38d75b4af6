import type { Declarations, DeclaredText } from './governing.ts';
import { findBound } from './profile-binding.ts';
import type { VersionEntry } from './version.ts';
import type { Workspace } from './workspace.ts';

/** The register of a workspace, and what each of its versions declares. Each version is looked at once. */
export function declarationsOf(workspace: Workspace): Declarations {
  const known = new Map<VersionEntry, DeclaredText | undefined>();
  const textOf = (entry: VersionEntry) => {
    if (!known.has(entry)) known.set(entry, readDeclared(workspace, entry));
    return known.get(entry);
  };
  return { register: workspace.register, textOf };
}

/** Of the languages of a version the first that lists policies speaks for all. */
function readDeclared(workspace: Workspace, entry: VersionEntry): DeclaredText | undefined {
  const files = Object.values({ en: entry.files['en'], ...entry.files });
  const texts = files.flatMap((file) => (file && workspace.facts.get(file.sha256)) ?? []).filter(({ frontMatter }) => frontMatter);
  const text = texts.find(({ frontMatter }) => frontMatter?.policies.length) ?? texts[0];
  if (!text) return undefined;
  const policies = text.frontMatter?.policies ?? [];
  const profiles = policies.flatMap(({ profile: id }) => (id === undefined ? [] : (findBound(workspace, entry, id) ?? [])));
  return { type: text.type, policies, profiles: Object.fromEntries(profiles.map((profile) => [profile.id, profile])) };
}
