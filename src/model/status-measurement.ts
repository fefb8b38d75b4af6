import type { PolicyDocument } from './document.ts';
import { dateIn, midnight, toInstant } from './time.ts';

export const STATUS_SERVICES = ['crl', 'ocsp'] as const;
export type StatusService = (typeof STATUS_SERVICES)[number];

/** One request to a status service, as a monitor wrote it down. Times are milliseconds since 1970. */
export interface Measurement {
  at: number;
  /** Whether an answer came that could be used. */
  ok: boolean;
  /** Of the CRL or OCSP response that came. */
  thisUpdate: number | undefined;
  nextUpdate: number | undefined;
  /** Milliseconds until it was there. */
  latency: number | undefined;
  file: string;
  line: number;
}

/** What was measured at one address, in the order of time. */
export interface MeasuredAddress {
  service: StatusService;
  url: string;
  measurements: readonly Measurement[];
}

/** The text of a CP or CPS while it was in force, in milliseconds. */
export interface GoverningText extends PolicyDocument {
  /** `cps 2.1` */
  name: string;
  from: number;
  until: number;
}

/** Everything that was measured, and the texts by which it is judged. */
export interface StatusRecord {
  addresses: readonly MeasuredAddress[];
  /** The texts in force while it was measured, and those in force now. */
  texts: readonly GoverningText[];
}

/** A day, month or year in the provider's time zone: from its first millisecond to the first of the next. */
export interface CalendarSpan {
  name: string;
  from: number;
  to: number;
}

/** What was measured at an address in a span. */
export interface Figures extends CalendarSpan {
  measured: number;
  failed: number;
  /** Milliseconds for which it answered, and for which it did not; the rest of the span was not measured. */
  up: number;
  down: number;
  /** The oldest CRL or response that was served, in milliseconds since its thisUpdate. */
  oldest: number | undefined;
  /** How long answers took, the shortest first. */
  latencies: Float64Array;
}

/** A time in which an address did not answer: from the first failed measurement to the next one that did not fail. */
export interface Outage {
  from: number;
  /** The end as far as it is known: without a later answer, the last measurement. */
  to: number;
  ended: boolean;
  failures: number;
  first: Measurement;
}

/** A time in which nothing was measured, after an answer. */
export interface Gap {
  from: number;
  to: number;
  /** The measurement before it. */
  after: Measurement;
}

/** One CRL or OCSP response, as often as it was seen without another one between. */
export interface SeenUpdate {
  thisUpdate: number;
  nextUpdate: number | undefined;
  first: Measurement;
  last: Measurement;
  /** The first time that it was served at or after its nextUpdate. */
  stale: Measurement | undefined;
}

/** Measurements further apart than so many usual intervals leave a gap. */
const MISSED = 5;

/** The usual time between two measurements: the median. Zero for a single one. */
export function usualInterval(measurements: readonly Measurement[]): number {
  const intervals = Float64Array.from(
    { length: Math.max(0, measurements.length - 1) },
    (_, index) => timeAt(measurements, index + 1) - timeAt(measurements, index),
  );
  intervals.sort();
  return intervals[intervals.length >> 1] ?? 0;
}

const timeAt = (measurements: readonly Measurement[], index: number): number => measurements[index]?.at ?? 0;

/** The days, months or years from one time to another, in the provider's time zone. */
export function listSpans(kind: 'day' | 'month' | 'year', from: number, to: number, zone: string): CalendarSpan[] {
  const spans: CalendarSpan[] = [];
  const digits = { day: 10, month: 7, year: 4 }[kind];
  let name = dateIn(toInstant(new Date(from)), zone).slice(0, digits);
  for (let start = beginOf(name, zone); start <= to; ) {
    const next = nextName(name);
    const end = beginOf(next, zone);
    spans.push({ name, from: start, to: end });
    [name, start] = [next, end];
  }
  return spans;
}

const beginOf = (name: string, zone: string): number => Date.parse(midnight(`${name}-01-01`.slice(0, 'YYYY-MM-DD'.length), zone));

function nextName(name: string): string {
  const [year = 0, month = 1, day = 1] = name.split('-').map(Number);
  if (name.length === 4) return String(year + 1);
  if (name.length === 7) return new Date(Date.UTC(year, month)).toISOString().slice(0, 7);
  return new Date(Date.UTC(year, month - 1, day + 1)).toISOString().slice(0, 10);
}

/**
 * What was measured in each of some spans, which follow on each other. Time counts, not the number of measurements: many
 * a monitor asks more often while something is wrong. Each measurement stands for the time up to the next one; only after
 * an answer does a time that is far longer than usual count as not measured.
 */
export function readFigures({ measurements }: MeasuredAddress, spans: readonly CalendarSpan[]): Figures[] {
  const usual = usualInterval(measurements);
  const collected = spans.map((span) => ({
    ...span,
    measured: 0,
    failed: 0,
    up: 0,
    down: 0,
    oldest: undefined as number | undefined,
    latencies: [] as number[],
  }));
  let index = 0;
  for (const [position, { at, ok, thisUpdate, latency }] of measurements.entries()) {
    while (at >= (collected[index]?.to ?? Number.POSITIVE_INFINITY)) index += 1;
    const figures = collected[index];
    if (!figures) break;
    if (at < figures.from) continue;
    figures.measured += 1;
    if (!ok) figures.failed += 1;
    if (ok && latency !== undefined) figures.latencies.push(latency);
    if (ok && thisUpdate !== undefined) figures.oldest = Math.max(figures.oldest ?? 0, at - thisUpdate);
    const next = measurements[position + 1]?.at ?? at + usual;
    const end = ok && next - at > MISSED * usual ? at + usual : next;
    for (let other = index, from = at; other < collected.length && from < end; other += 1) {
      const span = collected[other] as (typeof collected)[number];
      const until = Math.min(end, span.to);
      if (ok) span.up += until - from;
      else span.down += until - from;
      from = until;
    }
  }
  return collected.map((figures) => ({ ...figures, latencies: Float64Array.from(figures.latencies).sort() }));
}

/** The part of the measured time in which it answered, from 0 to 1; undefined where nothing was measured. */
export const availabilityOf = ({ up, down }: Pick<Figures, 'up' | 'down'>): number | undefined => (up + down === 0 ? undefined : up / (up + down));

/** The part of the answers that came within so many milliseconds; undefined where no time was noted. */
export function shareWithin({ latencies }: Pick<Figures, 'latencies'>, most: number): number | undefined {
  if (latencies.length === 0) return undefined;
  const slower = latencies.findIndex((latency) => latency > most);
  return (slower < 0 ? latencies.length : slower) / latencies.length;
}

/** The time within which such a part of the answers came. */
export const latencyOf = ({ latencies }: Pick<Figures, 'latencies'>, share: number): number | undefined =>
  latencies[Math.max(0, Math.ceil(share * latencies.length) - 1)];

/** The times in which an address did not answer. */
export function listOutages({ measurements }: MeasuredAddress): Outage[] {
  const outages: Outage[] = [];
  let open: Outage | undefined;
  for (const measurement of measurements) {
    const { at, ok } = measurement;
    if (!ok && !open) {
      open = { from: at, to: at, ended: false, failures: 0, first: measurement };
      outages.push(open);
    }
    if (!open) continue;
    open.to = at;
    if (ok) {
      open.ended = true;
      open = undefined;
    } else open.failures += 1;
  }
  return outages;
}

/** The times in which nothing was measured. What follows on a failed measurement belongs to an outage instead. */
export function listGaps({ measurements }: MeasuredAddress): Gap[] {
  const usual = usualInterval(measurements);
  return measurements.flatMap((measurement, index) => {
    const next = measurements[index + 1];
    if (!next || !measurement.ok || next.at - measurement.at <= MISSED * usual) return [];
    return [{ from: measurement.at, to: next.at, after: measurement }];
  });
}

/** The CRLs or responses that were served, one after another. */
export function listUpdates({ measurements }: MeasuredAddress): SeenUpdate[] {
  const updates: SeenUpdate[] = [];
  for (const measurement of measurements) {
    const { at, ok, thisUpdate, nextUpdate } = measurement;
    if (!ok || thisUpdate === undefined) continue;
    let update = updates.at(-1);
    if (update?.thisUpdate !== thisUpdate || update.nextUpdate !== nextUpdate) {
      update = { thisUpdate, nextUpdate, first: measurement, last: measurement, stale: undefined };
      updates.push(update);
    }
    update.last = measurement;
    if (nextUpdate !== undefined && at >= nextUpdate) update.stale ??= measurement;
  }
  return updates;
}
