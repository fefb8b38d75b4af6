import type { Instant } from './time.ts';
import { type ListedProvider, type ListedService, stateAt, type TrustedList } from './trusted-list.ts';

/** What a provider says of the entry of one of its services. */
export interface EntryDeclaration {
  /** As lists spell it: EL for Greece, UK for the United Kingdom. */
  country: string;
  /** The provider's name, trade name or registration number, as the list has it. */
  provider: string;
  /** `CA/QC`. */
  type: string;
  /** The SHA-256 fingerprint of the certificate that is the service's digital identity. */
  identity: string;
  /** Of two entries with one certificate, as for signatures and for seals, the one with these uses is meant. */
  uses?: readonly string[];
}

/** A list with the country for which its pointer announces it. */
export interface CountryList {
  country: string;
  list: TrustedList;
  file: string;
}

/** An entry, where it stands. */
export interface Entry {
  list: CountryList;
  provider: ListedProvider;
  service: ListedService;
}

/** An entry that is as declared; or the field that is otherwise in the nearest one. */
export type EntryMatch =
  | { entry: Entry; by: 'name' | 'trade-name' }
  | { entry?: undefined; field: 'country' | 'provider' | 'type' | 'identity'; nearest: Entry | undefined; seen: string };

/** Names are the same but for case and spaces (TS 119 615, 4.4). */
export const sameName = (one: string, other: string): boolean => foldName(one) === foldName(other);
const foldName = (name: string): string => name.normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase();

/** Lists call two countries otherwise than certificates do. */
export const listTerritory = (country: string): string => ({ GB: 'UK', GR: 'EL' })[country.toUpperCase()] ?? country.toUpperCase();

/** Which name of a provider a text is; a registration number stands among its trade names. */
export function matchName({ names, tradeNames }: ListedProvider, text: string): 'name' | 'trade-name' | undefined {
  if (names.some((name) => sameName(name, text))) return 'name';
  return tradeNames.some((name) => sameName(name, text)) ? 'trade-name' : undefined;
}

/**
 * Finds the entry that a provider declares. The certificate leads: where it is listed, the other fields must be as the list
 * has them; where it is not, the nearest entry is one of the provider's of that type.
 */
export function findEntry(lists: readonly CountryList[], { country, provider, type, identity, uses = [] }: EntryDeclaration, at: Instant): EntryMatch {
  const entries = lists.flatMap(entriesOf);
  const listed = entries.filter(({ service }) => service.identity.certificates.some(({ sha256 }) => sha256 === identity));
  const here = listed.filter(({ list }) => list.country === country);
  const [first] = here.length > 0 ? here : listed;
  if (!first) {
    const own = entries.filter((entry) => entry.list.country === country && matchName(entry.provider, provider));
    return { field: 'identity', nearest: own.find((entry) => typeOf(entry, at) === type) ?? own[0], seen: 'no service with this certificate' };
  }
  if (here.length === 0) return { field: 'country', nearest: first, seen: first.list.country };
  const named = here.filter((entry) => matchName(entry.provider, provider));
  if (named.length === 0) return { field: 'provider', nearest: first, seen: first.provider.names[0] ?? '' };
  const ofType = named.filter((entry) => typeOf(entry, at) === type);
  const typed = ofType.find((entry) => uses.every((use) => stateAt(entry.service, at)?.state.uses.includes(use))) ?? ofType[0];
  if (!typed) return { field: 'type', nearest: named[0], seen: typeOf(named[0] as Entry, at) };
  return { entry: typed, by: matchName(typed.provider, provider) as 'name' | 'trade-name' };
}

/** The type of a service at an instant, or the one it began with. */
const typeOf = ({ service }: Entry, at: Instant): string => (stateAt(service, at)?.state ?? service.states.at(-1))?.type ?? '';

export const entriesOf = (list: CountryList): readonly Entry[] =>
  list.list.providers.flatMap((provider) => provider.services.map((service) => ({ list, provider, service })));
