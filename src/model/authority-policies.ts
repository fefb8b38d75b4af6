import { type Authority, caName, issuedPolicies } from './ca-hierarchy.ts';
import { readTimelines } from './in-force.ts';
import { policiesOf, type Workspace } from './workspace.ts';

/**
 * The provider's policies under which a CA issues or has issued: those of the certificates that it issued, and of the
 * profiles of any version that name it as issuer. Only policies that some version lists; sorted.
 */
export function authorityPolicies(workspace: Workspace, authority: Authority): readonly string[] {
  const named = [...workspace.boundProfiles.values()].flatMap(({ policy, issuers }) =>
    policy !== undefined && issuers.includes(caName(authority.certificate)) ? [policy] : [],
  );
  const own = listedPolicies(workspace);
  return [...new Set([...issuedPolicies(authority), ...named])].filter((oid) => own.has(oid)).sort();
}

/** The names of all policies that any version lists, by their OIDs; as the version that came last in its document calls them. */
export function listedPolicies(workspace: Workspace): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { spans } of readTimelines(workspace.register).values())
    for (const { entry } of spans) for (const { oid, name } of policiesOf(workspace, entry)) names.set(oid, name);
  return names;
}
