// Writes content/evidence/status: a month of measurements of the made-up provider's status services, as its monitor would have
// exported them. The same seed gives the same files. Run with `npm run example-measurements`.
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../content/evidence/status/', import.meta.url));
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** October in Vienna, which has an hour more than its days. */
const FROM = Date.parse('2026-09-30T22:00:00Z');
const TO = Date.parse('2026-10-31T23:00:00Z');

/** The one line of Vienna failed, and Linz took over; the CPS of that time gives the operator 4 hours for that. */
const OUTAGE = { from: Date.parse('2026-10-14T09:22:00Z'), to: Date.parse('2026-10-14T10:51:00Z') };

/** The root signs twice a year, offline. */
const ROOT = { thisUpdate: Date.parse('2026-09-01T09:00:00Z'), nextUpdate: Date.parse('2027-04-01T09:00:00Z') };

const COLUMNS = 'at,service,url,ok,thisUpdate,nextUpdate,latency';

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const random = seeded(20261001);
const instant = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`;

/** Most answers come at once, a few take long: a logarithmic normal distribution. */
function latency(median: number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Math.max(4, Math.round(median * Math.exp(0.62 * normal)));
}

interface Update {
  thisUpdate: number;
  nextUpdate: number;
  /** When it is at its address. */
  published: number;
}

/** Every 12 hours, and after each revocation. */
function listCrls(revocationsPerDay: number): Update[] {
  const signed: number[] = [];
  for (let time = FROM - 16 * HOUR; time < TO; time += 12 * HOUR) signed.push(time);
  for (let time = FROM; time < TO; time += 24 * HOUR) {
    for (let left = revocationsPerDay; left > random(); left -= 1) signed.push(time + Math.floor((8 + 9 * random()) * 3600) * 1000);
  }
  const outsideOutage = signed.filter((time) => time < OUTAGE.from || time > OUTAGE.to);
  return outsideOutage
    .sort((left, right) => left - right)
    .map((time) => ({ thisUpdate: time, nextUpdate: time + 24 * HOUR, published: time + (40 + Math.floor(200 * random())) * 1000 }));
}

const isOut = (time: number): boolean => time >= OUTAGE.from && time < OUTAGE.to;

function crlLines(name: string, updates: readonly Update[], offset: number): [number, string][] {
  const url = `http://crl.ets.example/${name}.crl`;
  const lines: [number, string][] = [];
  for (let at = FROM + offset; at < TO; at += 30 * MINUTE) {
    const update = updates.findLast(({ published }) => published <= at);
    if (!update) throw new Error(`There is no CRL of ${name} at ${instant(at)}.`);
    const rest = isOut(at) ? 'false,,,' : `true,${instant(update.thisUpdate)},${instant(update.nextUpdate)},${latency(24)}`;
    lines.push([at, `${instant(at)},crl,${url},${rest}`]);
  }
  return lines;
}

function ocspLines(): [number, string][] {
  const lines: [number, string][] = [];
  for (let at = FROM + 10_000; at < TO; at += 5 * MINUTE) {
    // Now and then a single request is lost on its way.
    const isLost = random() < 0.0003;
    const time = latency(72);
    const rest = isOut(at) || isLost ? 'false,,,' : `true,${instant(at)},${instant(at + 8 * HOUR)},${time}`;
    lines.push([at, `${instant(at)},ocsp,http://ocsp.ets.example/,${rest}`]);
  }
  return lines;
}

async function write(name: string, lines: readonly [number, string][]): Promise<void> {
  const sorted = lines.toSorted(([left], [right]) => left - right).map(([, line]) => line);
  await writeFile(`${FOLDER}${name}`, `${[COLUMNS, ...sorted].join('\n')}\n`);
}

await mkdir(FOLDER, { recursive: true });
await write('2026-10-crl.csv', [
  ...crlLines('ets-qualified-ca-1', listCrls(1.4), 20_000),
  ...crlLines('ets-qualified-web-ca-1', listCrls(0.3), 30_000),
  ...crlLines('ets-root-ca-1', [{ ...ROOT, published: ROOT.thisUpdate }], 40_000),
]);
await write('2026-10-ocsp.csv', ocspLines());
