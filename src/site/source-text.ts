import type { Profile } from '../model/profile.ts';
import { includedProfiles } from '../model/profile-binding.ts';
import type { Sha256, VersionEntry, VersionFile } from '../model/version.ts';
import { profilePath } from '../publish/published-text.ts';
import { sha256 } from '../read/register.ts';
import type { SiteContext } from './views/context.ts';

/** A published text with all that its page is made of: its own bytes, and the profiles that it includes. */
export interface SourceText extends VersionFile {
  /** The text's digest; where it includes profiles, one of the text in its version with these. What is made of the text is kept under it. */
  key: Sha256;
  /** As the version states them. */
  profiles: readonly Profile[];
  /** Where these are published, by their ids. */
  profileHrefs: Readonly<Record<string, string>>;
}

/** A text of a version, in one of its languages. */
export function sourceText({ workspace, href }: SiteContext, entry: VersionEntry, file: VersionFile): SourceText {
  const profiles = includedProfiles(workspace, entry, file);
  const profileHrefs = Object.fromEntries(profiles.map(({ id }) => [id, href(profilePath(entry, id))]));
  const key = profiles.length > 0 ? sha256(JSON.stringify([file.sha256, profileHrefs, profiles])) : file.sha256;
  return { ...file, key, profiles, profileHrefs };
}
