import type { Place } from '../model/finding.ts';
import {
  availabilityOf,
  type Figures,
  type Gap,
  listGaps,
  listOutages,
  listSpans,
  listUpdates,
  type MeasuredAddress,
  type Measurement,
  type Outage,
  readFigures,
  type SeenUpdate,
} from '../model/status-measurement.ts';
import type { Workspace } from '../model/workspace.ts';
import { type Asked, listNamedAddresses, makePromises, type NamedAddress, type Promises } from './status-promises.ts';

/** What was measured at one address, with what was promised of it. */
export interface AddressReport extends Asked {
  address: MeasuredAddress;
  /** False for one that no certificate names; where there are no certificates with addresses, nobody can tell. */
  isNamed: boolean;
  days: readonly Figures[];
  months: readonly JudgedSpan[];
  years: readonly JudgedSpan[];
  outages: readonly Outage[];
  gaps: readonly Gap[];
  updates: readonly SeenUpdate[];
  promisedAt(time: number): Promises;
}

/** A month or year with what was promised when its first measurement was made. */
export interface JudgedSpan {
  figures: Figures;
  promises: Promises;
  availability: Verdict;
  /** The longest outage that began in it. */
  longest: Outage | undefined;
}

/** `open`: the measured part does not keep what is promised, and what was not measured can make up for it. */
export type Verdict = 'kept' | 'broken' | 'open' | 'not-promised';

/** Everything that was measured, with what was promised; by address. */
export interface StatusReport {
  addresses: readonly AddressReport[];
  /** Addresses in certificates of that time that were not measured. */
  unmeasured: readonly NamedAddress[];
}

const known = new WeakMap<Workspace, StatusReport>();

/** Worked out once for a workspace. Nothing was measured where there are no addresses. */
export function reportStatus(workspace: Workspace): StatusReport {
  const report = known.get(workspace) ?? makeReport(workspace);
  known.set(workspace, report);
  return report;
}

function makeReport(workspace: Workspace): StatusReport {
  const measured = (workspace.status?.addresses ?? []).filter(({ measurements }) => measurements.length > 0);
  const named = listNamedAddresses(workspace);
  const promisesOf = makePromises(workspace);
  const addresses = measured.map((address) => reportAddress(address, named, promisesOf, workspace));
  const times = measured.flatMap(({ measurements }) => [measurements[0]?.at ?? 0, measurements.at(-1)?.at ?? 0]);
  const unmeasured = named.filter(
    ({ service, url, from, until }) =>
      from < Math.max(...times) && until > Math.min(...times) && !measured.some((one) => one.service === service && one.url === url),
  );
  return { addresses, unmeasured: times.length > 0 ? unmeasured : [] };
}

function reportAddress(
  address: MeasuredAddress,
  all: readonly NamedAddress[],
  promisesOf: ReturnType<typeof makePromises>,
  { now, config: { timeZone: zone } }: Workspace,
): AddressReport {
  const { service, url, measurements } = address;
  const named = all.find((one) => one.service === service && one.url === url);
  const asked = { service, authorities: named?.authorities ?? [] };
  const promisedAt = promisesOf(asked);
  const [from, to] = [measurements[0]?.at ?? 0, measurements.at(-1)?.at ?? 0];
  const outages = listOutages(address);
  const figuresOf = (kind: 'day' | 'month' | 'year') => readFigures(address, listSpans(kind, from, to, zone)).filter(({ up, down }) => up + down > 0);
  const judge = (kind: 'month' | 'year') =>
    figuresOf(kind).map((figures): JudgedSpan => {
      const promises = promisedAt(Math.max(figures.from, from));
      const longest = outages
        .filter((outage) => outage.from >= figures.from && outage.from < figures.to)
        .toSorted((left, right) => lengthOf(right) - lengthOf(left))[0];
      return {
        figures,
        promises,
        availability: judgeAvailability(figures, promises.availability?.per === kind ? promises.availability.share : undefined),
        longest,
      };
    });
  return {
    address,
    ...asked,
    isNamed: named !== undefined || all.length === 0,
    days: figuresOf('day'),
    months: judge('month'),
    years: judge('year'),
    outages,
    gaps: [...listGaps(address), ...tailOf(measurements, zone, Date.parse(now))],
    updates: listUpdates(address),
    promisedAt,
  };
}

export const lengthOf = ({ from, to }: Pick<Outage, 'from' | 'to'>): number => to - from;

/** From the last measurement to the end of its month, where that is over. */
function tailOf(measurements: readonly Measurement[], zone: string, now: number): Gap[] {
  const last = measurements.at(-1);
  if (!last?.ok) return [];
  const [month] = listSpans('month', last.at, last.at, zone);
  return month && month.to <= now ? [{ from: last.at, to: month.to, after: last }] : [];
}

/** What is not measured may have been good: only where the time without an answer is too long for the whole span is a promise broken. */
function judgeAvailability(figures: Figures, share: number | undefined): Verdict {
  if (share === undefined) return 'not-promised';
  const most = (1 - share) * (figures.to - figures.from);
  if (figures.down > most + 1) return 'broken';
  return (availabilityOf(figures) ?? 1) < share ? 'open' : 'kept';
}

/** Where a measurement stands. */
export const placeOf = ({ file, line }: Measurement): Place => ({ file, start: { line, column: 1 } });
