import type { Authentication, AuthenticList } from '../model/authentic-list.ts';
import type { Instant } from '../model/time.ts';
import { authenticateList, authenticateListOfLists, findPivots, type ListAnchors, type ListFile, nameOf } from './list-authentication.ts';
import { LIST_LIMITS, readTrustedList } from './trusted-list.ts';
import { pointersTo, TRUSTED_LISTS } from './trusted-lists.ts';

/** Where the Commission publishes the list of the lists. */
export const LIST_OF_LISTS = 'https://ec.europa.eu/tools/lotl/eu-lotl.xml';

/** What is to be fetched, and what it is proved with. */
export interface ListOrder {
  /** Of the list of the lists. */
  location: string;
  countries: readonly string[];
  anchors: ListAnchors;
  /** The time for which the lists have to hold. */
  at: Instant;
}

/** A list that was fetched and proved. */
export interface FetchedList {
  /** The name of its file in the snapshot. */
  file: string;
  location: string;
  bytes: Uint8Array;
  proof: AuthenticList;
}

export interface FetchedLists {
  listOfLists: FetchedList;
  pivots: readonly FetchedList[];
  lists: readonly (FetchedList & { country: string })[];
  /** The notice of the Official Journal that the list of the lists names. */
  journal: string;
}

/** The lists, all of them; or in whole sentences what could not be fetched, or what was refused. */
export type FetchResult =
  | { kind: 'fetched'; lists: FetchedLists }
  | { kind: 'unreachable'; problems: readonly string[] }
  | { kind: 'refused'; problems: readonly string[] };

/** Thrown inside this file only. */
class Stop extends Error {
  readonly kind: 'unreachable' | 'refused';
  readonly problems: readonly string[];

  constructor(kind: Stop['kind'], problems: readonly string[]) {
    super(problems[0]);
    this.kind = kind;
    this.problems = problems;
  }
}

const LIST_OF_LISTS_FILE = 'eu-lotl.xml';
const FILE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,96}\.xml$/;
const MOST_PIVOTS = 50;

/**
 * Fetches the list of the lists, its pivots and the lists of countries, and proves each. National lists are fetched from
 * where the proved list of the lists says. Writes nothing. Build and check never come here.
 */
export async function fetchLists(order: ListOrder): Promise<FetchResult> {
  try {
    return { kind: 'fetched', lists: await fetchAll(order) };
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    return { kind: error.kind, problems: error.problems };
  }
}

async function fetchAll({ location, countries, anchors, at }: ListOrder): Promise<FetchedLists> {
  const file = await fetchFile(LIST_OF_LISTS_FILE, location);
  const read = readTrustedList(file.bytes);
  if (!read.list) throw new Stop('refused', [`${location}: ${read.problem}`]);
  const route = findPivots(read.list, anchors);
  const uris = route?.pivots ?? [];
  checkNames(uris, countries);
  const pivotFiles = await Promise.all(uris.map((uri) => fetchFile(nameOf(uri), pivotAddress(uri, location))));
  const own = accept(file.location, await authenticateListOfLists(asFile(file), { anchors, pivots: pivotFiles.map(asFile), at }));
  const pivots = pivotFiles.map((pivot, index) => ({ ...pivot, proof: own.pivots[index] as AuthenticList }));
  return { listOfLists: { ...file, proof: own }, pivots, lists: await fetchNational(own, countries, at), journal: route?.journal ?? '' };
}

/** Every list that is refused is told, not only the first. */
async function fetchNational(lotl: AuthenticList, countries: readonly string[], at: Instant): Promise<FetchedLists['lists']> {
  const announced = lotl.list.pointers.flatMap(({ territory = '', type }) => (type === 'EUlistofthelists' ? [] : [territory]));
  const unknown = countries.filter((country) => pointersTo(lotl, country).length === 0);
  if (unknown.length > 0) {
    const known = [...new Set(announced)].filter(Boolean).sort().join(', ');
    throw new Stop('refused', [`The list of the lists leads to no list of ${unknown.join(', ')}; it knows ${known}.`]);
  }
  const results = await Promise.allSettled(
    countries.map(async (country) => {
      const pointers = pointersTo(lotl, country);
      const fetched = await fetchFile(`${country}.xml`, pointers[0]?.location ?? '');
      return { country, ...fetched, proof: accept(fetched.location, await authenticateList(asFile(fetched), lotl, at, pointers)) };
    }),
  );
  const stops = results.flatMap((result) => (result.status === 'rejected' ? [asStop(result.reason)] : []));
  const [first] = stops;
  if (first)
    throw new Stop(
      stops.find(({ kind }) => kind === 'refused')?.kind ?? first.kind,
      stops.flatMap(({ problems }) => problems),
    );
  return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
}

function asStop(reason: unknown): Stop {
  if (reason instanceof Stop) return reason;
  throw reason;
}

const asFile = ({ file, bytes }: Pick<FetchedList, 'file' | 'bytes'>): ListFile => ({ file: `${TRUSTED_LISTS}/${file}`, bytes });

function accept(location: string, authentication: Authentication): AuthenticList {
  if (authentication.authenticated) return authentication;
  const { problem, reason, at } = authentication;
  throw new Stop('refused', [`${location}${at ? `, line ${at.line}` : ''}: ${problem} (${reason})`]);
}

/** Names of pivots come from a list that nothing has proved yet. */
function checkNames(uris: readonly string[], countries: readonly string[]): void {
  const names = [LIST_OF_LISTS_FILE, ...uris.map(nameOf), ...countries.map((country) => `${country}.xml`)];
  const bad = names.find((name, index) => !FILE_NAME.test(name) || names.indexOf(name) !== index);
  if (bad !== undefined) throw new Stop('refused', [`"${bad.slice(0, 100)}" cannot be the name of a pivot: another list has it, or no file can be called so.`]);
  if (uris.length > MOST_PIVOTS) throw new Stop('refused', [`The list of the lists names ${uris.length} pivots; at most ${MOST_PIVOTS} are fetched.`]);
}

/** Pivots lie where the list of the lists lies: as long as nothing is proved, what it names leads to no other host. */
function pivotAddress(uri: string, location: string): string {
  const isBeside = URL.canParse(uri) && new URL(uri).host === new URL(location).host;
  return isBeside ? uri : new URL(nameOf(uri), location).href;
}

const MOST_REDIRECTS = 3;
const PATIENCE = 60_000;
const REDIRECTS = [301, 302, 303, 307, 308];
const HEADERS = { accept: 'application/vnd.etsi.tsl+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1' };

/** Fetches one file by HTTP or HTTPS, from where at most three redirects lead, and never more of it than a list may have. */
async function fetchFile(file: string, location: string): Promise<Omit<FetchedList, 'proof'>> {
  const signal = AbortSignal.timeout(PATIENCE);
  let address = location;
  try {
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
      if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol))
        throw fail(location, `${address.slice(0, 200)} is no address of HTTP or HTTPS`);
      const response = await fetch(address, { redirect: 'manual', signal, headers: HEADERS });
      if (response.status === 200) return { file, location, bytes: await readBody(response, location) };
      await response.body?.cancel();
      const next = REDIRECTS.includes(response.status) ? response.headers.get('location') : null;
      if (next === null) throw fail(location, `the answer is ${response.status}`);
      address = URL.canParse(next, address) ? new URL(next, address).href : next;
    }
  } catch (error) {
    throw error instanceof Stop ? error : fail(location, explain(error));
  }
  throw fail(location, `it leads on more than ${MOST_REDIRECTS} times`);
}

const fail = (location: string, why: string): Stop => new Stop('unreachable', [`${location} could not be fetched: ${why}.`]);

async function readBody({ body }: Response, location: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let octets = 0;
  for await (const chunk of body ?? []) {
    octets += chunk.length;
    // To leave the loop cancels the rest.
    if (octets > LIST_LIMITS.octets)
      throw new Stop('refused', [`${location} has more than ${LIST_LIMITS.octets / 1_000_000} million octets, and was not read further.`]);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function explain(error: unknown): string {
  const { name = '', message = '', cause } = error as Error & { cause?: { code?: string; message?: string } };
  if (name === 'TimeoutError') return `there was no whole answer within ${PATIENCE / 1000} seconds`;
  if (/^(ENOTFOUND|EAI_AGAIN|ENETUNREACH)$/.test(cause?.code ?? '')) return `its host cannot be found, perhaps for want of a network (${cause?.code})`;
  return (cause?.code ?? cause?.message ?? message).replace(/\.$/, '');
}
