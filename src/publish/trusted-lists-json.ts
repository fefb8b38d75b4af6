import type { Authentication } from '../model/authentic-list.ts';
import { findExtension } from '../model/certificate-extension.ts';
import { type DeployedOf, deployedCas } from '../model/deployed.ts';
import { attributeValues, nameKey, writeDistinguishedName } from '../model/distinguished-name.ts';
import type { TrustedLists } from '../model/list-snapshot.ts';
import type { ListedAuthorities, PublishedList } from '../model/listed-authorities.ts';
import { type Entry, listTerritory } from '../model/service-entry.ts';
import type { Instant } from '../model/time.ts';
import type { Workspace } from '../model/workspace.ts';

/** Where the file is published. */
export const TRUSTED_LISTS_JSON = '/api/v1/trusted-lists.json';

/** What only the reader of lists and certificates can tell. */
export interface ListTools {
  /** The entries to which certificates that a CA issues belong, in the list of its country. */
  entriesOf(authority: DeployedOf<'certificate'>, country: string): readonly Entry[];
  digestOf(der: Uint8Array): string;
}

/** What trusted lists say of the provider's CAs; undefined where no services are declared, or no lists are held. */
export function listedAuthorities({ services, trustedLists, deployed }: Workspace, tools: ListTools): ListedAuthorities | undefined {
  if (!services || !trustedLists) return undefined;
  const { at, snapshot, listOfLists, lists } = trustedLists;
  const entries: Entry[] = [];
  const placeOf = (entry: Entry): number => {
    const place = entries.findIndex(({ service }) => service === entry.service);
    return place < 0 ? entries.push(entry) - 1 : place;
  };
  const authorities = deployedCas(deployed).map((authority) => {
    const { subject } = authority.facts;
    const country = listTerritory(attributeValues(subject, 'countryName')[0] ?? '');
    return {
      sha256: authority.sha256,
      subject: writeDistinguishedName(subject),
      subjectKey: nameKey(subject),
      keyIdentifier: findExtension(authority.facts, 'subjectKeyIdentifier')?.value?.keyIdentifier ?? null,
      country,
      services: tools.entriesOf(authority, country).map(placeOf),
    };
  });
  const wanted = new Set([...authorities.map(({ country }) => country), ...services.services.map(({ entry }) => entry.country)]);
  return {
    at,
    taken: snapshot.taken as Instant,
    listOfLists: describeList(listOfLists, { country: 'EU', location: snapshot.listOfLists.location }, tools),
    lists: lists.filter(({ country }) => wanted.has(country)).map((list) => describeList(list.authentication, list, tools)),
    authorities,
    services: entries.map(describeEntry),
  };
}

/** The file, in as few characters as it takes. */
export const trustedListsJson = (data: ListedAuthorities): string => `${JSON.stringify(data)}\n`;

function describeList(
  authentication: Authentication,
  { country, location }: Pick<TrustedLists['lists'][number], 'country' | 'location'>,
  { digestOf }: ListTools,
): PublishedList {
  const { file, sha256 } = authentication;
  const common = { country, file, location, sha256 };
  if (!authentication.authenticated) return { ...common, proved: false, reason: authentication.reason, problem: authentication.problem };
  const { list, signer } = authentication;
  const { version, sequence, issued, nextUpdate = null } = list;
  const { subject } = signer.facts;
  return { ...common, proved: true, version, sequence, issued, nextUpdate, signer: { subject: writeDistinguishedName(subject), sha256: digestOf(signer.der) } };
}

const describeEntry = ({ list, provider, service }: Entry): ListedAuthorities['services'][number] => ({
  country: list.country,
  provider: provider.names[0] ?? '',
  line: service.line,
  states: service.states.map(({ type, status, start, uses, qualifications, unknownCritical, line }) => ({
    type,
    status,
    start,
    uses,
    qualifications: qualifications.map(({ qualifiers, critical, criteria, line: at }) => ({ qualifiers, critical, criteria, line: at })),
    unknownCritical,
    line,
  })),
});
