import { isDate } from './time.ts';

/** Days of the calendar from one to another, both among them. */
export interface DaySpan {
  from: string;
  to: string;
}

/** The day so many days after another one, or before it. */
export function addDays(day: string, count: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const moved = new Date(Date.UTC(year, month - 1, date + count)).toISOString().slice(0, 10);
  return isDate(moved) ? moved : day;
}

/** The first of two days, and the last. */
export const earlier = (one: string, other: string): string => [one, other].sort()[0] ?? one;
export const later = (one: string, other: string): string => [one, other].sort()[1] ?? one;

/** The days of one span that none of some others has, in order. */
export function findGaps(wanted: DaySpan, spans: readonly DaySpan[]): readonly DaySpan[] {
  const gaps: DaySpan[] = [];
  let next = wanted.from;
  for (const { from, to } of spans.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))) {
    if (next > wanted.to) break;
    if (to < next) continue;
    if (from > next) gaps.push({ from: next, to: from > wanted.to ? wanted.to : addDays(from, -1) });
    next = addDays(to, 1);
  }
  return next > wanted.to ? gaps : [...gaps, { from: next, to: wanted.to }];
}

/** The days that two spans share. */
export function overlap(one: DaySpan, other: DaySpan): DaySpan | undefined {
  const from = later(one.from, other.from);
  const to = earlier(one.to, other.to);
  return from <= to ? { from, to } : undefined;
}
