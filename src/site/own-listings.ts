import type { DeployedOf } from '../model/deployed.ts';
import type { ListedAuthorities } from '../model/listed-authorities.ts';
import { authenticLists } from '../model/service-proof.ts';
import type { Workspace } from '../model/workspace.ts';
import { listedAuthorities } from '../publish/trusted-lists-json.ts';
import { findListedServices } from '../read/listed-services.ts';
import { sha256 } from '../read/register.ts';

const known = new WeakMap<Workspace, ListedAuthorities | undefined>();

/** What trusted lists say of the provider's CAs, found once for a workspace; undefined where nobody declares services or holds lists. */
export function readOwnListings(workspace: Workspace): ListedAuthorities | undefined {
  if (known.has(workspace)) return known.get(workspace);
  const { trustedLists, deployed } = workspace;
  const lists = trustedLists ? authenticLists(trustedLists) : [];
  const bySha256 = new Map(deployed.map((item) => [item.sha256 as string, item]));
  const data = listedAuthorities(workspace, {
    digestOf: sha256,
    entriesOf: (authority, country) =>
      findListedServices(
        lists.filter((list) => list.country === country),
        pathOf(authority, bySha256),
      )
        // For what the CA issues, one above it counts only where it is listed as a root.
        .filter(({ by, entry: { service } }) => by === 'itself' || service.states.some(({ uses }) => uses.includes('RootCA-QC')))
        // OCSP and other services can have the key of the CA too; nobody asks them for a certificate.
        .filter(({ entry: { service } }) => service.states.some(({ type }) => type === 'CA/QC'))
        .map(({ entry }) => entry),
  });
  known.set(workspace, data);
  return data;
}

/** A CA certificate and those above it, as far as signatures verify. */
function pathOf(authority: DeployedOf<'certificate'>, bySha256: ReadonlyMap<string, Workspace['deployed'][number]>): readonly DeployedOf<'certificate'>[] {
  const path: DeployedOf<'certificate'>[] = [];
  for (let next: Workspace['deployed'][number] | undefined = authority; next && isCertificate(next) && !path.includes(next); ) {
    path.push(next);
    next = next.signature === 'verified' ? bySha256.get(next.issuer ?? '') : undefined;
  }
  return path;
}

const isCertificate = (item: Workspace['deployed'][number]): item is DeployedOf<'certificate'> => item.facts.kind === 'certificate';
