import type { AuthenticList } from './authentic-list.ts';
import { declarationsOf } from './declared-text.ts';
import type { DocumentType, Policy } from './document.ts';
import { ETSI_POLICY_OIDS, qcTypeOf } from './etsi-policy-oid.ts';
import type { Declarations } from './governing.ts';
import { readTimelines, type VersionSpan } from './in-force.ts';
import type { TrustedLists } from './list-snapshot.ts';
import type { Profile } from './profile.ts';
import { factsOfProfile } from './profile-facts.ts';
import { type Qualification615, type QualifiedUse, qualify } from './qualification.ts';
import type { QualificationFacts } from './qualifier.ts';
import { type CountryList, type Entry, type EntryMatch, findEntry } from './service-entry.ts';
import type { Instant } from './time.ts';
import type { TrustService } from './trust-service.ts';
import type { Workspace } from './workspace.ts';

/** What a version says of a policy, and what is known of certificates under it. */
export interface PolicyVersion {
  span: VersionSpan;
  policy: Policy;
  /** That the version is bound to; undefined where it binds none, and the front matter alone is known. */
  profile: Profile | undefined;
  facts: QualificationFacts;
}

/** What the procedure gives for certificates of a policy that are issued under a version from an instant on. */
export interface PolicyProof {
  version: PolicyVersion;
  /** When the version was in force and the service listed: the first such instant, or one at which the list began to say something else. */
  issued: Instant;
  answer: Qualification615;
}

/**
 * A service with its entry, and what the entry proves for each of its policies, version by version, oldest first. Versions
 * that were replaced before the service was listed are left out: it issued nothing under them.
 */
export interface ServiceProof {
  service: TrustService;
  match: EntryMatch;
  policies: readonly { oid: string; proofs: readonly PolicyProof[] }[];
}

/** The authentic lists of a snapshot, by the country for which they are announced. */
export function authenticLists({ lists }: Pick<TrustedLists, 'lists'>): readonly (CountryList & { authentication: AuthenticList })[] {
  return lists.flatMap(({ country, authentication }) =>
    authentication.authenticated ? [{ country, file: authentication.file, list: authentication.list, authentication }] : [],
  );
}

/**
 * Proves the qualified status of declared services from the authentic lists of the snapshot: the entry of each, and for
 * each policy the procedure of TS 119 615 at first issuance under each version of the texts and at the time of interest.
 */
export function proveServices(workspace: Workspace): readonly ServiceProof[] {
  const { services, trustedLists } = workspace;
  if (!services || !trustedLists) return [];
  const lists = authenticLists(trustedLists);
  const versions = policyVersions(workspace);
  return services.services.map((service) => {
    const match = findEntry(lists, service.entry, trustedLists.at);
    const policies = service.policies.map(({ oid }) => ({
      oid,
      proofs: match.entry ? provePolicy(match.entry, versions(oid), trustedLists.at) : [],
    }));
    return { service, match, policies };
  });
}

function provePolicy(entry: Entry, versions: readonly PolicyVersion[], at: Instant): readonly PolicyProof[] {
  const matched = [{ provider: entry.provider.names[0] ?? '', service: entry.service }];
  return versions.flatMap((version) =>
    listIssuances(entry, version.span, at).map((issued) => {
      // A version to come says nothing yet: it is asked for its own first instant.
      return { version, issued, answer: qualify(matched, version.facts, { issued, at: at < issued ? issued : at }) };
    }),
  );
}

/** When the answer for new certificates begins or may change: once version and service are both there, and with each later state. */
function listIssuances({ service: { states } }: Entry, { from, until }: VersionSpan, at: Instant): readonly Instant[] {
  const listed = states.reduce<Instant | undefined>((first, { start }) => (first === undefined || start < first ? start : first), undefined);
  if (listed === undefined || (until !== undefined && until <= listed)) return [];
  const first = listed > from ? listed : from;
  const later = states.map(({ start }) => start).filter((start) => start > first && start <= at && (until === undefined || start < until));
  return [first, ...new Set(later.sort())];
}

const PRACTICE: readonly DocumentType[] = ['CP', 'CP-CPS'];

const known = new WeakMap<Workspace, (oid: string) => readonly PolicyVersion[]>();

/** The versions that govern each policy of a workspace; each policy is looked at once. */
export function policyVersions(workspace: Workspace): (oid: string) => readonly PolicyVersion[] {
  const before = known.get(workspace);
  if (before) return before;
  const declarations = declarationsOf(workspace);
  const byPolicy = new Map<string, readonly PolicyVersion[]>();
  const find = (oid: string) => {
    const versions = byPolicy.get(oid) ?? versionsOf(declarations, oid);
    byPolicy.set(oid, versions);
    return versions;
  };
  known.set(workspace, find);
  return find;
}

/** The versions that govern a policy, oldest first: those of CPs where there are any, else of the CPSs that list it. */
function versionsOf({ register, textOf }: Declarations, oid: string): readonly PolicyVersion[] {
  const all = [...readTimelines(register).values()].flatMap(({ spans }) =>
    spans.flatMap((span) => {
      if (span.until === span.from) return [];
      const text = textOf(span.entry);
      const policy = text?.policies.find((one) => one.oid === oid);
      if (!text || !policy) return [];
      const profile = policy.profile === undefined ? undefined : text.profiles?.[policy.profile];
      return [{ type: text.type, version: { span, policy, profile, facts: profile ? factsOfProfile(profile) : factsOfPolicy(policy) } }];
    }),
  );
  const governing = all.filter(({ type }) => PRACTICE.includes(type));
  const chosen = governing.length > 0 ? governing : all.filter(({ type }) => type === 'CPS');
  return chosen.map(({ version }) => version).sort((a, b) => (a.span.from < b.span.from ? -1 : a.span.from > b.span.from ? 1 : 0));
}

/** What front matter alone says of certificates: enough for the decision, but not for criteria on key usage or names. */
function factsOfPolicy({ oid, conformsTo, qualified, qscd }: Policy): QualificationFacts {
  const type = qcTypeOf(conformsTo);
  return {
    qcCompliance: qualified !== undefined,
    legislation: false,
    qcTypes: type ? [type] : undefined,
    qcSSCD: needsDevice({ conformsTo, qscd }),
    policies: conformsTo ? [oid, ETSI_POLICY_OIDS[conformsTo]] : [oid],
  };
}

/** Undefined where a policy without a device does not say that there is none. */
const needsDevice = ({ conformsTo, qscd }: Pick<Policy, 'conformsTo' | 'qscd'>): boolean | undefined =>
  qscd?.required ?? (conformsTo?.endsWith('-qscd') ? true : undefined);

/** What a version promises of its policy, to be held against the list's answer. */
export interface PolicyPromise {
  /** Undefined where the certificates are qualified, and nothing says for what. */
  use: QualifiedUse | 'none' | undefined;
  qscd: boolean | undefined;
  managedBy: 'tsp' | 'subject' | undefined;
}

const USE_OF_TYPE = { esign: 'esig', eseal: 'eseal', web: 'web' } as const;

export function promiseOf({ conformsTo, qualified, qscd }: Policy): PolicyPromise {
  const type = qcTypeOf(conformsTo);
  const use = qualified ? type && USE_OF_TYPE[type] : 'none';
  return {
    use,
    qscd: use === undefined || use === 'web' || use === 'none' ? undefined : needsDevice({ conformsTo, qscd }),
    managedBy: qscd?.managedBy,
  };
}
