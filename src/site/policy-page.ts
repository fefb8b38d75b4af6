import type { ProfilePhrase, ProfileRowWords, ProfileWords } from '../model/profile-words.ts';
import type { ShownValidity } from './certificates-page.ts';
import type { Base, Link, PolicyRow, State, When } from './page.ts';
import type { ListedPolicy } from './trusted-list-page.ts';

export type { ProfilePhrase, ProfileRowWords, ProfileWords };

export interface PoliciesPage extends Base {
  kind: 'policies';
  policies: readonly (PolicyRow & { documents: readonly Link[]; inForce: boolean })[];
}

/** A version that lists a policy, with what it says of it. */
export interface PolicyVersion {
  document: string;
  version: Link;
  state: State;
  from: When;
  until: When | undefined;
  policy: PolicyRow;
  /** The profile that it names, linked to its table where the register has it. */
  profile: Link | undefined;
}

/** A version that states a profile, with the interval in which it is in force. */
export interface StatingVersion {
  version: Link;
  state: State;
  from: When;
  until: When | undefined;
}

/** A declared profile of a policy, and the versions that state it. */
export interface PolicyProfile {
  /** Id of its place on the page, and what stands before the ids of its rows there. */
  anchor: string;
  /** The profile as it was declared. */
  file: Link;
  /** The versions in short: `CPS 2.0, 2.1; CP 2.0`. */
  name: string;
  words: ProfileWords;
  issuers: readonly string[];
  versions: readonly StatingVersion[];
  /** Whether a version in force states it. */
  inForce: boolean;
}

/** What became of one row of a profile. */
export type ProfileRowChange = { id: string; name: string; field: string } & (
  | { kind: 'added'; after: ProfileRowWords }
  | { kind: 'removed'; before: ProfileRowWords }
  | { kind: 'changed'; cells: readonly { head: string; before: readonly ProfilePhrase[]; after: readonly ProfilePhrase[] }[] }
);

/** One profile took the place of another. */
export interface ProfileChange {
  /** Versions that brought it, each with the one before. */
  versions: readonly { from: Link; to: Link; at: When }[];
  rows: readonly ProfileRowChange[];
  /** What is said of the profile as a whole, sentence by sentence. */
  removed: readonly string[];
  added: readonly string[];
}

export interface PolicyPage extends Base {
  kind: 'policy';
  oid: string;
  name: string;
  /** The lookup with the policy filled in. */
  lookup: string;
  /** Every version that lists the policy, newest first. */
  rows: readonly PolicyVersion[];
  /** The newest first. */
  profiles: readonly PolicyProfile[];
  /** The newest first. */
  changes: readonly ProfileChange[];
  authorities: readonly (Link & { validity: ShownValidity | undefined })[];
  /** Who has to do what, on a site for assessors. */
  responsibilities?: string;
  /** By each declared service that issues under it: what its entry in a trusted list gives. */
  listed: readonly ListedPolicy[];
}
