import type { Link, When } from './page.ts';

/** A trusted list that is proved. */
export interface ShownList {
  country: string;
  sequence: string;
  issued: When;
  /** Undefined for a list that was closed. */
  nextUpdate: When | undefined;
  /** When it was asked, where its next update was due by then. */
  staleAt: When | undefined;
  signer: string;
  /** In the repository. */
  file: string;
  location: string;
  sha256: readonly string[];
  /** When it was taken from there. */
  taken: When;
}

/** Qualifiers of an entry, and the certificates for which they hold. */
export interface ShownQualifiers {
  qualifiers: readonly string[];
  /** Policies that alone are asked for; those of the provider with a link. */
  policies: readonly { oid: string; href: string | undefined }[] | undefined;
  /** What is asked for otherwise, in English. */
  criteria: string;
}

/** What a list says of a service from an instant on. */
export interface ShownListState {
  status: string;
  since: When;
  uses: readonly string[];
}

export interface ShownListEntry {
  provider: string;
  service: string;
  type: string;
  line: number;
  /** Undefined where the status is yet to begin. */
  state: (ShownListState & { qualifiers: readonly ShownQualifiers[] }) | undefined;
  /** Newest first. */
  earlier: readonly ShownListState[];
}

/** What the trusted lists of the repository say of a declared service, or why they say nothing. */
export type ListingStanding =
  | { kind: 'no-snapshot' }
  | { kind: 'no-list'; country: string; taken: When }
  /** `problems` are sentences in English. */
  | { kind: 'refused'; country: string; taken: When; problems: readonly string[] }
  | { kind: 'otherwise'; list: ShownList; field: 'country' | 'provider' | 'type' | 'identity'; seen: string }
  | { kind: 'listed'; list: ShownList; entry: ShownListEntry };

/** A declared service. */
export interface ShownListing {
  id: string;
  title: string;
  standing: ListingStanding;
}

/** What an entry gives for certificates of a policy, as a version declares them. */
export interface ListedVersion {
  version: Link;
  /** From when on certificates were issued so. */
  issued: When;
  atIssuance: string;
  /** Undefined for versions that were not in force when the lists were asked. */
  atCheck: string | undefined;
}

/** The steps of the reasoning, and the versions for which they are the same. Steps are in English. */
export interface ListedReasons {
  versions: string;
  atIssuance: readonly string[];
  /** Undefined where they are the same. */
  atCheck: readonly string[] | undefined;
}

/** A declared service that issues under a policy. */
export interface ListedPolicy extends ShownListing {
  /** Its CA certificate, where it is published. */
  authority: string | undefined;
  /** When the lists were asked. */
  at: When | undefined;
  /** Oldest first. */
  versions: readonly ListedVersion[];
  reasons: readonly ListedReasons[];
}
