import { readTimelines, type VersionSpan } from './in-force.ts';
import type { Profile } from './profile.ts';
import { boundProfiles } from './profile-binding.ts';
import type { Sha256 } from './version.ts';
import { policiesOf, type Workspace } from './workspace.ts';

/** A profile of a policy as it was declared, with the versions that state it, oldest first. */
export interface ProfileEdition {
  sha256: Sha256;
  profile: Profile;
  spans: readonly VersionSpan[];
}

/** One profile took the place of another, with these versions. */
export interface ProfileStep {
  before: ProfileEdition;
  after: ProfileEdition;
  steps: readonly { from: VersionSpan; to: VersionSpan }[];
}

/** The profiles of a policy through time. */
export interface ProfileHistory {
  /** Each once, in the order in which they were first in force. */
  editions: readonly ProfileEdition[];
  /** In the order of the first version that brought it. */
  steps: readonly ProfileStep[];
}

/** What every version of every document states of a policy's profile; versions that bind none are passed over. */
export function readProfileHistory(workspace: Workspace, oid: string): ProfileHistory {
  const editions = new Map<Sha256, ProfileEdition & { spans: VersionSpan[] }>();
  const steps = new Map<string, ProfileStep & { steps: { from: VersionSpan; to: VersionSpan }[] }>();
  for (const { spans } of readTimelines(workspace.register).values()) {
    let last: { span: VersionSpan; edition: ProfileEdition } | undefined;
    for (const span of spans) {
      const found = readEdition(workspace, span, oid);
      // A version that never was in force changed nothing.
      if (!found || span.until === span.from) continue;
      const edition = editions.get(found.sha256) ?? { ...found, spans: [] };
      editions.set(found.sha256, edition);
      edition.spans.push(span);
      if (last && last.edition !== edition) {
        const key = `${last.edition.sha256} ${edition.sha256}`;
        const step = steps.get(key) ?? { before: last.edition, after: edition, steps: [] };
        step.steps.push({ from: last.span, to: span });
        steps.set(key, step);
      }
      last = { span, edition };
    }
  }
  for (const edition of editions.values()) edition.spans.sort(byBeginning);
  for (const step of steps.values()) step.steps.sort((a, b) => byBeginning(a.to, b.to));
  return {
    editions: [...editions.values()].sort((a, b) => byBeginning(a.spans[0], b.spans[0])),
    steps: [...steps.values()].sort((a, b) => byBeginning(a.steps[0]?.to, b.steps[0]?.to)),
  };
}

function readEdition(workspace: Workspace, { entry }: VersionSpan, oid: string): Omit<ProfileEdition, 'spans'> | undefined {
  const id = policiesOf(workspace, entry).find((policy) => policy.oid === oid)?.profile;
  const bound = id === undefined ? {} : boundProfiles(workspace.register, entry);
  const file = id !== undefined && Object.hasOwn(bound, id) ? bound[id] : undefined;
  const profile = file && workspace.boundProfiles.get(file.sha256);
  return file && profile && { sha256: file.sha256, profile };
}

function byBeginning(a: VersionSpan | undefined, b: VersionSpan | undefined): number {
  const [left, right] = [a?.from ?? '', b?.from ?? ''];
  return left < right ? -1 : left > right ? 1 : 0;
}
