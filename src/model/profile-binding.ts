import type { DocumentType, Policy } from './document.ts';
import { inForce, readTimelines } from './in-force.ts';
import type { Profile } from './profile.ts';
import type { Instant } from './time.ts';
import type { Register, VersionEntry, VersionFile } from './version.ts';
import { type DeclaredProfile, policiesOf, type Workspace } from './workspace.ts';

/**
 * The bytes of the profiles that a version states, by their ids: those that its entry binds, and those that later entries
 * declare for it. Of two for one id the later holds, for nothing is edited in a register.
 */
export function boundProfiles(register: Register, { document, version }: Pick<VersionEntry, 'document' | 'version'>): Readonly<Record<string, VersionFile>> {
  const all = known.get(register) ?? collectBound(register);
  known.set(register, all);
  return all.get(`${document} ${version}`) ?? {};
}

/** Asked of every version of a register, which never changes. */
const known = new WeakMap<Register, ReadonlyMap<string, Readonly<Record<string, VersionFile>>>>();

function collectBound({ entries }: Register) {
  const bound = new Map<string, Readonly<Record<string, VersionFile>>>();
  for (const entry of entries) {
    if ((entry.kind !== 'version' && entry.kind !== 'declaration') || !entry.profiles) continue;
    const name = `${entry.document} ${entry.version}`;
    bound.set(name, { ...bound.get(name), ...entry.profiles });
  }
  return bound;
}

/** The profiles that a text states: those that its policies name; of a CP or CPS also those without a policy, as of CRLs and OCSP responses. */
export function statedProfiles<Declared extends Profile>(
  text: { type: DocumentType; policies: readonly Policy[] },
  profiles: readonly Declared[],
): readonly Declared[] {
  const named = new Set(text.policies.map(({ profile }) => profile));
  const isPractice = text.type === 'CP' || text.type === 'CPS' || text.type === 'CP-CPS';
  return profiles.filter(({ id, policy }) => named.has(id) || (isPractice && policy === undefined));
}

/** A profile with the version whose text states it. */
export interface StatedProfile {
  entry: VersionEntry;
  profile: Profile;
}

/**
 * The profiles of a policy that were in force at an instant: of each document whose version in force then lists the policy,
 * the one bound to that version. None where no version binds one, or its bytes are not there.
 */
export function profilesInForce(workspace: Workspace, oid: string, at: Instant): readonly StatedProfile[] {
  return [...readTimelines(workspace.register).keys()].flatMap((document) => {
    const entry = inForce(workspace.register, document, at).version?.entry;
    const id = entry && policiesOf(workspace, entry).find((policy) => policy.oid === oid)?.profile;
    const bound = id === undefined ? undefined : findBound(workspace, entry, id);
    return entry && bound ? [{ entry, profile: bound }] : [];
  });
}

/** The profiles that a published text includes, as its version states them; those of which it does not are left out. */
export function includedProfiles(
  workspace: Pick<Workspace, 'register' | 'boundProfiles' | 'facts'>,
  entry: VersionEntry,
  file: VersionFile | undefined,
): readonly Profile[] {
  const ids = (file && workspace.facts.get(file.sha256)?.includes) ?? [];
  return ids.flatMap((id) => findBound(workspace, entry, id) ?? []);
}

/** The profile that a version states under an id, as it was then. */
export function findBound(
  { register, boundProfiles: read }: Pick<Workspace, 'register' | 'boundProfiles'>,
  entry: VersionEntry | undefined,
  id: string,
): DeclaredProfile | undefined {
  const bound = entry ? boundProfiles(register, entry) : {};
  const file = Object.hasOwn(bound, id) ? bound[id] : undefined;
  return file && read.get(file.sha256);
}
