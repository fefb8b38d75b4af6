import { describe, expect, test } from 'vitest';
import { describeDuration } from '../../src/model/duration.ts';
import {
  availabilityOf,
  latencyOf,
  listGaps,
  listOutages,
  listSpans,
  listUpdates,
  type MeasuredAddress,
  type Measurement,
  readFigures,
  shareWithin,
  usualInterval,
} from '../../src/model/status-measurement.ts';

const HOUR = 3_600_000;
const START = Date.parse('2026-10-01T00:00:00Z');

/** Measurements by their hour: `+` for an answer, `-` for none. */
function address(marks: Readonly<Record<number, '+' | '-'>>, more: Readonly<Record<number, Partial<Measurement>>> = {}): MeasuredAddress {
  const measurements = Object.entries(marks)
    .sort(([left], [right]) => Number(left) - Number(right))
    .map(([hour, mark], index): Measurement => {
      const empty = { thisUpdate: undefined, nextUpdate: undefined, latency: undefined };
      return { at: START + Number(hour) * HOUR, ok: mark === '+', ...empty, file: 'a.csv', line: index + 2, ...more[Number(hour)] };
    });
  return { service: 'crl', url: 'http://crl.example.org/ca.crl', measurements };
}
const day = listSpans('day', START, START, 'UTC');
const hours = (time: number | undefined) => (time ?? 0) / HOUR;

describe('spans', () => {
  test.each([
    ['day', '2026-10-24T12:00:00Z', '2026-10-26T12:00:00Z', 'Europe/Vienna', ['2026-10-24 24', '2026-10-25 25', '2026-10-26 24']],
    ['month', '2026-09-30T22:00:00Z', '2026-10-31T22:59:59Z', 'Europe/Vienna', ['2026-10 745']],
    ['month', '2026-12-31T12:00:00Z', '2027-01-01T12:00:00Z', 'UTC', ['2026-12 744', '2027-01 744']],
    ['year', '2024-06-01T00:00:00Z', '2024-06-01T00:00:00Z', 'UTC', ['2024 8784']],
  ] as const)('%s from %s to %s in %s', (kind, from, to, zone, expected) => {
    expect(listSpans(kind, Date.parse(from), Date.parse(to), zone).map(({ name, from, to }) => `${name} ${(to - from) / HOUR}`)).toEqual(expected);
  });
});

describe('time counts', () => {
  test('not the number of measurements: a monitor that asks more often while nothing comes does not make it worse', () => {
    const [figures] = readFigures(address({ 0: '+', 1: '+', 2: '-', 2.1: '-', 2.2: '-', 2.3: '-', 3: '+', 4: '+', 5: '+', 6: '+' }), day);
    expect([hours(figures?.up), hours(figures?.down), figures?.measured, figures?.failed]).toEqual([6, 1, 10, 4]);
  });

  test('what was not measured after an answer counts neither way', () => {
    const [figures] = readFigures(address({ 0: '+', 1: '+', 2: '+', 20: '+', 21: '+' }), day);
    expect([hours(figures?.up), hours(figures?.down)]).toEqual([5, 0]);
    expect(listGaps(address({ 0: '+', 1: '+', 2: '+', 20: '+', 21: '+' })).map(({ from, to }) => hours(to - from))).toEqual([18]);
  });

  test('after a failed measurement it counts as down until an answer comes', () => {
    const down = address({ 0: '+', 1: '+', 2: '-', 20: '+', 21: '+' });
    const [figures] = readFigures(down, day);
    expect(hours(figures?.down)).toBe(18);
    expect(availabilityOf(figures ?? { up: 0, down: 0 })).toBeCloseTo(4 / 22);
    expect(listGaps(down)).toEqual([]);
    expect(listOutages(down).map(({ from, to, ended, failures }) => [hours(to - from), ended, failures])).toEqual([[18, true, 1]]);
  });

  test('an outage over midnight is parted between the days', () => {
    const days = listSpans('day', START, START + 30 * HOUR, 'UTC');
    const figures = readFigures(address({ 22: '+', 23: '-', 24: '-', 25: '-', 26: '+', 27: '+' }), days);
    expect(figures.map(({ down }) => hours(down))).toEqual([1, 2]);
  });

  test('an outage that nothing ended lasts until the last measurement', () => {
    expect(listOutages(address({ 0: '+', 1: '-', 2: '-' })).map(({ from, to, ended }) => [hours(to - from), ended])).toEqual([[1, false]]);
  });
});

test('the usual interval is the median', () => {
  expect(hours(usualInterval(address({ 0: '+', 1: '+', 2: '+', 3: '+', 20: '+' }).measurements))).toBe(1);
  expect(usualInterval(address({ 0: '+' }).measurements)).toBe(0);
  expect(usualInterval([])).toBe(0);
});

test('the part of the answers in time, and the time for a part of them', () => {
  const latencies = Float64Array.from([10, 20, 30, 500, 501]);
  expect(shareWithin({ latencies }, 500)).toBe(0.8);
  expect(shareWithin({ latencies }, 1000)).toBe(1);
  expect(shareWithin({ latencies: new Float64Array() }, 1)).toBeUndefined();
  expect([latencyOf({ latencies }, 0.8), latencyOf({ latencies }, 0.95), latencyOf({ latencies: new Float64Array() }, 0.95)]).toEqual([500, 501, undefined]);
});

test('a CRL is seen until another one comes, and stale from its nextUpdate on', () => {
  const [first, second] = [
    { thisUpdate: START - HOUR, nextUpdate: START + 2 * HOUR },
    { thisUpdate: START + 3 * HOUR, nextUpdate: START + 9 * HOUR },
  ];
  const marks = { 0: '+', 1: '-', 2: '+', 3: '+', 4: '+' } as const;
  const updates = listUpdates(address(marks, { 0: first, 2: first, 3: first, 4: second }));
  expect(updates.map(({ first: begin, last, stale }) => [begin.line, last.line, stale?.line])).toEqual([
    [2, 5, 4],
    [6, 6, undefined],
  ]);
  expect(readFigures(address(marks, { 0: first, 2: first, 3: first, 4: second }), day).map(({ oldest }) => hours(oldest))).toEqual([4]);
});

test.each([
  [20_000, '20 seconds'],
  [1_000, '1 second'],
  [90_000, '1 minute'],
  [8 * HOUR + 12 * 60_000, '8 hours 12 minutes'],
  [24 * HOUR, '24 hours'],
  [90 * HOUR, '90 hours'],
  [97 * HOUR, '4 days 1 hour'],
  [212 * 24 * HOUR, '212 days'],
])('%d milliseconds are %s', (time, words) => {
  expect(describeDuration(time)).toBe(words);
});
