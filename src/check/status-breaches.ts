import { describeDuration } from '../model/duration.ts';
import type { Observation } from '../model/finding.ts';
import { plural } from '../model/plural.ts';
import { availabilityOf, type SeenUpdate, type StatusService, shareWithin } from '../model/status-measurement.ts';
import { LAST_UPDATE } from './stated-profiles.ts';
import type { Promised } from './status-promises.ts';
import { type AddressReport, type JudgedSpan, lengthOf, placeOf } from './status-report.ts';

const HOUR = 3_600_000;
/** A CRL needs a moment to reach its address where no text says how long. */
const TOLERANCE = 60_000;
const LAST = Date.parse(LAST_UPDATE);
const THINGS: Readonly<Record<StatusService, string>> = { crl: 'CRL', ocsp: 'OCSP response' };

/** Where what was measured at an address is not what the texts in force then promised of it. */
export function* findBreaches(report: AddressReport): Iterable<Observation> {
  for (const span of [...report.months, ...report.years]) yield* judgeSpan(report, span);
  yield* findLongOutages(report);
  yield* findGaps(report);
  yield* judgeUpdates(report);
}

const basisOf = ({ where, written }: Promised<{ written: string }>): string => `${where} says "${written}"`;
const percent = (share: number): string => `${Math.floor(share * 1e5 + 1e-6) / 1e3} %`;
const instantOf = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`;

function* judgeSpan(report: AddressReport, { figures, promises, availability, longest }: JudgedSpan): Iterable<Observation> {
  const { url, measurements } = report.address;
  const promised = promises.availability;
  if (promised && longest && (availability === 'broken' || availability === 'open')) {
    const isOpen = availability === 'open';
    const rest = isOpen ? `; ${describeDuration(figures.to - figures.from - figures.up - figures.down)} of it were not measured` : '';
    yield {
      message: `${url} was available for less of ${figures.name} than is promised${isOpen ? ', as far as it was measured' : ''}.`,
      at: placeOf(longest.first),
      seen: `${percent(availabilityOf(figures) ?? 0)} of the measured time, no answer for ${describeDuration(figures.down)}${rest}`,
      expected: `at least ${percent(promised.share)}; ${basisOf(promised)}`,
      ...(isOpen && { severity: 'warning' as const }),
    };
  }
  const { response } = promises;
  const share = response && shareWithin(figures, response.within);
  // A year is its months, and answers are promised for each of them.
  if (!response || share === undefined || share >= response.share || figures.name.length === 4) return;
  const slow = measurements.find(({ at, ok, latency }) => ok && at >= figures.from && latency !== undefined && latency > response.within);
  if (!slow) return;
  yield {
    message: `${url} answered more slowly in ${figures.name} than is promised.`,
    at: placeOf(slow),
    seen: `${percent(share)} of ${plural(figures.latencies.length, 'answer')} within ${response.within} ms`,
    expected: `at least ${percent(response.share)}; ${basisOf(response)}`,
  };
}

function* findLongOutages({ address, outages, promisedAt }: AddressReport): Iterable<Observation> {
  for (const outage of outages) {
    const promised = promisedAt(outage.from).outage;
    if (!promised || lengthOf(outage) <= promised.hours * HOUR) continue;
    yield {
      message: `${address.url} did not answer for longer than an outage may last.`,
      at: placeOf(outage.first),
      seen: `${describeDuration(lengthOf(outage))} from ${instantOf(outage.from)}, in ${plural(outage.failures, 'measurement')}${outage.ended ? '' : ', and no answer since'}`,
      expected: `at most ${describeDuration(promised.hours * HOUR)}; ${basisOf(promised)}`,
    };
  }
}

/** Where for so long nothing was measured, an outage that lasts too long leaves no trace. */
function* findGaps({ address, gaps, promisedAt }: AddressReport): Iterable<Observation> {
  for (const { from, to, after } of gaps) {
    const promised = promisedAt(from).outage;
    if (!promised || to - from <= promised.hours * HOUR) continue;
    yield {
      message: `${address.url} was not measured for longer than an outage may last.`,
      at: placeOf(after),
      seen: `no measurement for ${describeDuration(to - from)} from ${instantOf(from)}`,
      expected: `a measurement at least every ${describeDuration(promised.hours * HOUR)}; ${basisOf(promised)}`,
      severity: 'warning',
      advice: 'Add the measurements of that time; if there are none, the outage record has to show what the service did.',
    };
  }
}

/** The same fault of one CRL or response after another is told once. */
function* judgeUpdates(report: AddressReport): Iterable<Observation> {
  const { updates } = report;
  const faults = [judgeValidity, judgeStale, judgeAge, judgePublication, judgeOrder];
  for (const judge of faults) {
    let run: { observation: Observation; count: number } | undefined;
    for (const [index, update] of updates.entries()) {
      const observation = judge(report, update, updates[index + 1]);
      if (observation && run) run.count += 1;
      else if (observation) run = { observation, count: 1 };
      else if (run) {
        yield describeRun(run, report.address.service);
        run = undefined;
      }
    }
    if (run) yield describeRun(run, report.address.service);
  }
}

const describeRun = ({ observation, count }: { observation: Observation; count: number }, service: StatusService): Observation =>
  count === 1 ? observation : { ...observation, seen: `${observation.seen}; and so with the next ${plural(count - 1, THINGS[service])}` };

type Judge = (report: AddressReport, update: SeenUpdate, next: SeenUpdate | undefined) => Observation | undefined;

const judgeValidity: Judge = ({ address: { service, url }, promisedAt }, { thisUpdate, nextUpdate, first }) => {
  const promised = promisedAt(thisUpdate).validity ?? promisedAt(first.at).validity;
  if (!promised || nextUpdate === undefined || nextUpdate === LAST || nextUpdate - thisUpdate <= promised.hours * HOUR) return undefined;
  return {
    message: `The ${THINGS[service]} at ${url} was valid for longer than is stated.`,
    at: placeOf(first),
    seen: `${describeDuration(nextUpdate - thisUpdate)} from ${instantOf(thisUpdate)} to nextUpdate`,
    expected: `at most ${describeDuration(promised.hours * HOUR)}; ${basisOf(promised)}`,
  };
};

const judgeStale: Judge = ({ address: { service, url } }, { nextUpdate, stale, last }) =>
  stale && {
    message: `The ${THINGS[service]} at ${url} was still served when its nextUpdate had passed.`,
    at: placeOf(stale),
    seen: `nextUpdate ${instantOf(nextUpdate ?? 0)}, served until ${instantOf(last.at)}`,
    expected: 'one whose nextUpdate is still to come',
  };

/** A CRL that was replaced between two measurements leaves no trace: only the age of what was served proves anything. */
const judgeAge: Judge = ({ address: { service, url, measurements }, promisedAt }, { thisUpdate, last }) => {
  const { issuance: promised, publication } = promisedAt(last.at);
  if (service !== 'crl' || !promised) return undefined;
  const limit = thisUpdate + promised.hours * HOUR + Math.max(TOLERANCE, (publication?.hours ?? 0) * HOUR);
  if (last.at <= limit) return undefined;
  return {
    message: `No new CRL came to ${url} in the time that is stated.`,
    at: placeOf(measurements.find((one) => one.ok && one.at > limit && one.thisUpdate === thisUpdate) ?? last),
    seen: `the CRL of ${instantOf(thisUpdate)}, still served ${describeDuration(last.at - thisUpdate)} later`,
    expected: `a new CRL after at most ${describeDuration(promised.hours * HOUR)}${publication ? `, published within ${describeDuration(publication.hours * HOUR)}` : ''}; ${basisOf(promised)}`,
  };
};

/** Proved where the CRL before was still served when the next one had been signed for longer than publication may take. */
const judgePublication: Judge = ({ address: { service, url }, promisedAt }, { thisUpdate, last }, next) => {
  const promised = next && promisedAt(next.thisUpdate).publication;
  if (service !== 'crl' || !promised || next.thisUpdate < thisUpdate || last.at - next.thisUpdate <= promised.hours * HOUR) return undefined;
  return {
    message: `The CRL at ${url} was published later than is stated.`,
    at: placeOf(last),
    seen: `the one before, ${describeDuration(last.at - next.thisUpdate)} after that of ${instantOf(next.thisUpdate)} was signed`,
    expected: `the new one after at most ${describeDuration(promised.hours * HOUR)}; ${basisOf(promised)}`,
  };
};

const judgeOrder: Judge = ({ address: { service, url } }, { thisUpdate }, next) => {
  if (service !== 'crl' || !next || next.thisUpdate >= thisUpdate) return undefined;
  return {
    message: `The CRL at ${url} was replaced by an older one.`,
    at: placeOf(next.first),
    seen: `thisUpdate ${instantOf(next.thisUpdate)} after ${instantOf(thisUpdate)}`,
    expected: 'a CRL that is never older than the one before',
  };
};
