// The 91 certificates of ../shared/certificates, repeated to 20,000: reading and checking them beside `openssl x509 -text`
// started once per file and beside @peculiar/x509 parsing alone. Run by `npm run bench -- certificates`; with `--write` the
// table in docs/measured/certificates.md is written anew.
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { OPENSSL } from '../../test/helpers/openssl.ts';

/** In each round every way reads each certificate so often, one way after the other, so that all meet the same machine. */
const REPEATS = 2;
/** 110 rounds of 182 certificates are 20,020. Some before them are not counted. */
const ROUNDS = 110;
const WARMING = 10;
/** Files of a round for openssl, which is started for each. */
const STARTED = 2;
const RUN = new URL('./certificates-run.ts', import.meta.url);
const PAGE = new URL('../../docs/measured/certificates.md', import.meta.url);

const WAYS = {
  full: 'read, checked against the standards, compared with a profile',
  standards: 'read and checked against the standards',
  reader: 'read',
  peculiar: 'parsed by @peculiar/x509, fields and extensions looked at',
  openssl: '`openssl x509 -text -noout`, started once per file',
} as const;
export type Way = keyof typeof WAYS;
const NAMES = Object.keys(WAYS) as Way[];

/** Certificates per second of each way, round by round. */
type Rates = ReadonlyMap<Way, readonly number[]>;

/** Measures each way, prints the medians and the targets. */
export async function benchCertificates(target: (text: string, reached: number, limit: number, unit: string) => void, write: boolean): Promise<void> {
  const rates = await measureRounds(NAMES.filter((way) => way !== 'openssl' || !OPENSSL.absent));
  for (const [way, each] of rates) console.log(`${WAYS[way].padEnd(64)} ${Math.round(median(each)).toString().padStart(7)} a second`);
  console.log(`the full check runs at ${timesAsFast(rates, 'reader').toFixed(2)} of the speed of reading alone`);
  target('full check, against twice the time of @peculiar/x509 parsing alone', 1 / timesAsFast(rates, 'peculiar'), 2, 'times');
  if (write) writeFileSync(PAGE, writePage(rates));
}

async function measureRounds(ways: readonly Way[]): Promise<Rates> {
  const workers = ways.map((way) => new Worker(RUN, { workerData: { way, repeats: REPEATS, started: STARTED } }));
  const rates = new Map(ways.map((way) => [way, [] as number[]]));
  for (let round = 0; round < WARMING + ROUNDS; round += 1) {
    for (const [index, way] of ways.entries()) {
      const perSecond = await ask(workers[index] as Worker);
      if (round >= WARMING) rates.get(way)?.push(perSecond);
    }
  }
  await Promise.all(workers.map((worker) => worker.terminate()));
  return rates;
}

async function ask(worker: Worker): Promise<number> {
  const answer = once(worker, 'message');
  worker.postMessage('round');
  const [perSecond] = (await answer) as [number];
  return perSecond;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** How many times as fast the full check is as another way: of the ratios of each round, the middle one. */
function timesAsFast(rates: Rates, way: Way): number {
  const [full, other] = [rates.get('full') ?? [], rates.get(way) ?? []];
  return median(full.map((perSecond, round) => perSecond / (other[round] ?? Number.NaN)));
}

const writePage = (rates: Rates): string =>
  [
    '# Certificates per second, measured',
    '',
    `The 91 certificates on which reader and rules are tried, ${REPEATS * ROUNDS} times each: in each of ${ROUNDS} rounds every way reads all of them`,
    `${REPEATS} times, one way after the other, each in a thread of its own (openssl ${STARTED} in turn); the figures are medians of the rounds.`,
    'Cartulary begins with the bytes of the file in PEM, @peculiar/x509 with DER. Certificates are judged by all editions that ship,',
    'as what their peers were told that they are, and compared with the nearest profile of the example, from which they differ',
    'in nearly every row: so there is much to report.',
    '',
    '| Each certificate | a second | the full check is as fast, times |',
    '| --- | ---: | ---: |',
    ...[...rates].map(([way, each]) => `| ${WAYS[way]} | ${Math.round(median(each)).toLocaleString('en')} | ${timesAsFast(rates, way).toFixed(2)} |`),
    '',
    'Made by `npm run bench -- certificates --write`. The machine did other things as well: only the last column can be held',
    'against that of another run.',
    '',
  ].join('\n');
