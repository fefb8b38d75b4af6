// All lists of ../shared/trusted-lists: read, verified and matched, beside saxes alone, in one run; and the proof for one
// provider from the list of the lists, its pivots and one national list. Run by `npm run bench -- trusted-lists`; with
// `--write` the table in docs/measured/trusted-lists.md is written anew.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { SaxesParser } from 'saxes';
import { qualify } from '../../lib/model/qualification.js';
import { entriesOf, findEntry } from '../../lib/model/service-entry.js';
import type { Instant } from '../../lib/model/time.js';
import { authenticateList, authenticateListOfLists } from '../../lib/read/list-authentication.js';
import { readTrustedList } from '../../lib/read/trusted-list.js';
import { readX509 } from '../../lib/read/x509/x509.js';
import { verifyListSignature } from '../../lib/read/xml-signature/list-signature.js';
import { sharedFile } from '../../test/helpers/shared.ts';

export const LISTS = sharedFile('trusted-lists');
const PAGE = new URL('../../docs/measured/trusted-lists.md', import.meta.url);
const ROUNDS = 15;
/** Rounds before them that are not counted. */
const WARMING = 3;
const AT = '2025-08-08T12:00:00Z' as Instant;

interface File {
  file: string;
  bytes: Uint8Array;
}

/** Gives a number that is above zero: what nobody looks at might not be done. */
type Work = (files: readonly File[]) => number | Promise<number>;

const WAYS = {
  saxes: { says: 'parsed by saxes, with namespaces and positions, and nothing done', work: parseAll },
  read: { says: 'read: elements with their lines, and what a list says', work: readAll },
  verified: { says: 'read, and the signature verified', work: (files) => verifyAll(files, () => 1) },
  full: { says: 'read, verified, and the entry found of each of their services', work: (files) => verifyAll(files, matchAll) },
} as const satisfies Record<string, { says: string; work: Work }>;
type Way = keyof typeof WAYS;

/** Measures each way in turn in every round, then the proof, and prints medians and the target. */
export async function benchTrustedLists(target: (text: string, reached: number, limit: number, unit: string) => void, write: boolean): Promise<void> {
  const files = ['eu-2025-08', 'ec-suite'].flatMap((folder) => readLists(folder));
  const megabytes = files.reduce((sum, { bytes }) => sum + bytes.length, 0) / 1_000_000;
  const seconds = await measureRounds(files);
  const proof = await measureProof();
  const lines = (Object.keys(WAYS) as Way[]).map((way) => ({
    way,
    rate: megabytes / median(seconds[way]),
    ratio: median(seconds[way].map((one, round) => one / (seconds.saxes[round] ?? one))),
  }));
  console.log(`${files.length} lists, ${megabytes.toFixed(2)} MB`);
  for (const { way, rate, ratio } of lines)
    console.log(`${WAYS[way].says.padEnd(64)} ${rate.toFixed(1).padStart(7)} MB/s ${ratio.toFixed(2).padStart(6)} times the time of saxes`);
  console.log(`the first proof of a process took ${proof.first.toFixed(2)} s`);
  target('proof for one provider: list of the lists, four pivots, one list; median', median(proof.all), 1.5, 's');
  if (write) writeFileSync(PAGE, writePage(files.length, megabytes, lines, proof));
}

const readLists = (folder: string): File[] =>
  readdirSync(`${LISTS.path}/${folder}`)
    .filter((name) => name.endsWith('.xml'))
    .sort()
    .map((name) => readList(`${folder}/${name}`));

const readList = (file: string): File => ({ file, bytes: readFileSync(`${LISTS.path}/${file}`) });

async function measureRounds(files: readonly File[]): Promise<Readonly<Record<Way, readonly number[]>>> {
  const seconds: Record<Way, number[]> = { saxes: [], read: [], verified: [], full: [] };
  for (let round = 0; round < WARMING + ROUNDS; round += 1) {
    for (const way of Object.keys(WAYS) as Way[]) {
      const { processor } = await timeOf(() => WAYS[way].work(files));
      if (round >= WARMING) seconds[way].push(processor);
    }
  }
  return seconds;
}

interface Taken {
  /** By the clock, in seconds. */
  clock: number;
  /** Of the processor, in seconds: what other programs do meanwhile does not count. */
  processor: number;
}

async function timeOf(work: () => number | Promise<number>): Promise<Taken> {
  const [begin, used] = [performance.now(), process.cpuUsage()];
  if ((await work()) === 0) throw new Error('Nothing was read.');
  const { user, system } = process.cpuUsage(used);
  return { clock: (performance.now() - begin) / 1000, processor: (user + system) / 1_000_000 };
}

function parseAll(files: readonly File[]): number {
  let elements = 0;
  for (const { bytes } of files) {
    const parser = new SaxesParser({ xmlns: true, position: true });
    parser.on('opentag', () => {
      elements += 1;
    });
    parser.write(new TextDecoder('utf-8', { fatal: true }).decode(bytes)).close();
  }
  return elements;
}

function readAll(files: readonly File[]): number {
  return files.reduce((sum, { bytes }) => sum + (readTrustedList(bytes).list ? 1 : 0), 0);
}

type Read = Extract<ReturnType<typeof readTrustedList>, { list: object }>;

async function verifyAll(files: readonly File[], then: (list: Read['list'], file: string) => number): Promise<number> {
  let sum = 0;
  for (const { file, bytes } of files) {
    const { list, root, instructions } = readTrustedList(bytes) as Read;
    const { holds } = await verifyListSignature(root, instructions);
    if (!holds) throw new Error(`${file} has a signature that does not hold.`);
    sum += then(list, file) + 1;
  }
  return sum;
}

/** How many services of a list are found by what a provider would declare of them. */
function matchAll(list: Read['list'], file: string): number {
  const lists = [{ country: list.territory, list, file }];
  return entriesOf(lists[0] as (typeof lists)[number]).filter(({ provider, service }) => {
    const [certificate] = service.identity.certificates;
    const [state] = service.states;
    const declared = { country: list.territory, provider: provider.names[0] ?? '', type: state?.type ?? '', identity: certificate?.sha256 ?? ('' as never) };
    return findEntry(lists, declared, AT).entry !== undefined;
  }).length;
}

/** From the files to the answer for a service of Estonia. */
async function measureProof(): Promise<{ first: number; all: readonly number[] }> {
  const all: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) all.push((await timeOf(proveOne)).clock);
  return { first: all[0] ?? Number.NaN, all };
}

async function proveOne(): Promise<number> {
  const anchors = readList('trust-anchors/oj-2019-c276.pem');
  const certificates = readX509(anchors.bytes, anchors.file).items.map(({ der }) => der);
  const pivots = [341, 335, 300, 282].map((number) => readList(`eu-2025-08/eu-lotl-pivot-${number}.xml`));
  const lotl = await authenticateListOfLists(readList('eu-2025-08/LOTL.xml'), { anchors: { certificates }, pivots, at: AT });
  if (!lotl.authenticated) throw new Error(lotl.problem);
  const proved = await authenticateList(readList('eu-2025-08/EE.xml'), lotl, AT);
  if (!proved.authenticated) throw new Error(proved.problem);
  const { list, file } = proved;
  const entry = entriesOf({ country: 'EE', list, file }).find(({ service }) => service.states[0]?.type === 'CA/QC' && service.states[0].status === 'granted');
  if (!entry) throw new Error('No service is granted.');
  const facts = { qcCompliance: true, legislation: false, qcTypes: ['esign'], qcSSCD: true, policies: [], keyUsage: ['nonRepudiation'] };
  return qualify([{ provider: entry.provider.names[0] ?? '', service: entry.service }], facts, { issued: AT, at: AT }).atCheck.reasons.length;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

const writePage = (count: number, megabytes: number, lines: readonly { way: Way; rate: number; ratio: number }[], proof: { all: readonly number[] }): string =>
  [
    '# Trusted lists, measured',
    '',
    `The ${count} lists on which reader and proof are tried, ${megabytes.toFixed(2)} MB: the EU list of the lists with its pivots and four national lists, and those of`,
    `the Commission's test suite. Medians of ${ROUNDS} rounds, in each of which every way reads all of them, one way after the other, in one process;`,
    'seconds are those of the processor.',
    '',
    '| All lists | MB in a second | time, in that of saxes |',
    '| --- | ---: | ---: |',
    ...lines.map(({ way, rate, ratio }) => `| ${WAYS[way].says} | ${rate.toFixed(1)} | ${ratio.toFixed(2)} |`),
    '',
    `A proof for one provider, from the files of the list of the lists, its four pivots and one national list to the answer: ${median(proof.all).toFixed(2)} s in the`,
    'median.',
    '',
    'Made by `npm run bench -- trusted-lists --write`. The machine did other things as well: only the last column can be held against',
    'that of another run.',
    '',
  ].join('\n');
