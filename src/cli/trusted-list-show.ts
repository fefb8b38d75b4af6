import { showShort } from '../check/report/words.ts';
import type { TrustedLists } from '../model/list-snapshot.ts';
import { plural } from '../model/plural.ts';
import { type CountryList, matchName } from '../model/service-entry.ts';
import { authenticLists } from '../model/service-proof.ts';
import type { Instant } from '../model/time.ts';
import type { ListedProvider, ListedService } from '../model/trusted-list.ts';
import type { Io } from './main.ts';
import { readHeldLists } from './trusted-list-held.ts';
import { providerJson, snapshotJson } from './trusted-list-json.ts';
import { describeLists, describeRefusal, describeState } from './trusted-list-words.ts';

export interface ShowWishes {
  country: string | undefined;
  provider: string | undefined;
  json: boolean | undefined;
}

/** `cartulary trusted-list show`: what the lists say that are held. */
export async function showLists({ country, provider, json }: ShowWishes, at: Instant, io: Io): Promise<number> {
  const held = await readHeldLists(at, io);
  if (!held) return 2;
  const here = held.lists.filter((list) => country === undefined || list.country === country);
  if (country !== undefined && here.length === 0) {
    io.err(`The snapshot holds no list of ${country}, but of ${held.lists.map((list) => list.country).join(', ') || 'no country'}.\n`);
    return 2;
  }
  const lists = authenticLists({ lists: here }).map((list) => ({
    list,
    providers: list.list.providers.filter((one) => provider === undefined || matchName(one, provider)),
  }));
  if (provider !== undefined && lists.every(({ providers }) => providers.length === 0)) {
    const refused = here.flatMap(({ authentication: one }) => (one.authenticated ? [] : [`${one.file} is refused: ${describeRefusal(one)}\n`]));
    io.err(`No proved list names a provider "${showShort(provider, 100)}".\n${refused.join('')}`);
    return refused.length > 0 ? 1 : 2;
  }
  const shown: TrustedLists = { ...held, lists: here };
  io.out(json ? toJson(shown, lists) : toText(shown, lists, country !== undefined || provider !== undefined));
  return held.listOfLists.authenticated && here.every(({ authentication }) => authentication.authenticated) ? 0 : 1;
}

interface Shown {
  list: CountryList;
  providers: readonly ListedProvider[];
}

const toJson = (held: TrustedLists, lists: readonly Shown[]): string =>
  `${JSON.stringify({ ...snapshotJson(held), providers: lists.flatMap(({ list, providers }) => providers.map((one) => ({ country: list.country, file: list.file, ...providerJson(one) }))) }, null, 2)}\n`;

function toText(held: TrustedLists, lists: readonly Shown[], isWhole: boolean): string {
  const lines = [
    `The lists of the snapshot of ${held.snapshot.taken}, as of ${held.at}:`,
    ...describeLists(held).map((line) => `  ${line}`),
    ...lists.flatMap(({ list, providers }) => [
      '',
      `${list.country}: ${plural(providers.length, 'provider')}`,
      ...providers.flatMap((one) => describeProvider(one, list.file, isWhole)),
    ]),
    ...(isWhole ? [] : ['', 'Name a country or a --provider to see the services.']),
  ];
  return `${lines.join('\n')}\n`;
}

function describeProvider({ names, tradeNames, services, line }: ListedProvider, file: string, isWhole: boolean): string[] {
  const head = `  ${showShort(names[0] ?? '', 200)} (${file}:${line}): ${plural(services.length, 'service')}`;
  if (!isWhole) return [head];
  const others = [...names.slice(1), ...tradeNames];
  return [
    head,
    ...(others.length > 0 ? [`    also ${showShort(others.join('; '), 400)}`] : []),
    ...services.flatMap((service) => describeService(service, file)),
  ];
}

function describeService({ identity, states, line }: ListedService, file: string): string[] {
  const [current, ...history] = states;
  if (!current) return [];
  const known = [...identity.certificates.map(({ sha256 }) => `SHA-256 ${sha256}`), ...identity.keyIdentifiers.map((key) => `key ${key}`)];
  return [
    `    ${showShort(current.names[0] ?? '', 200)} (${file}:${line})`,
    ...known.map((one) => `      ${one}`),
    `      ${describeState(current, file)}`,
    ...current.qualifications.map(({ qualifiers, line: at }) => `        ${showShort(qualifiers.join(', '), 300)} for some certificates (${file}:${at})`),
    ...history.map((state) => `      before: ${describeState(state, file)}`),
  ];
}
