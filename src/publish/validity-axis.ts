import type { Instant } from '../model/time.ts';
import { escapeHtml } from './escape-html.ts';

/** One certificate on the axis. */
export interface ValidityBar {
  label: string;
  href: string;
  title: string;
  from: Instant;
  /** Undefined where it has no well-defined end. */
  until: Instant | undefined;
  revoked: Instant | undefined;
}

const TOP = 30;
const ROW = 40;
const MOST_YEARS = 6;
const STEPS = [1, 2, 5, 10, 20, 50, 100, 1000];

/**
 * The validity of certificates on one time axis as SVG. Places along the axis are percentages and all else is pixels, so
 * that the text keeps its size on a phone. It has no colours of its own and does not depend on the moment of building; a
 * script moves the line of the present day, which is not shown without.
 */
export function drawValidity(bars: readonly ValidityBar[], description: string): string {
  const starts = bars.map(({ from }) => from).sort();
  const ends = bars.map(({ from, until }) => until ?? from).sort();
  const [first] = starts;
  const last = ends.at(-1);
  if (!first || !last) return '';
  const start = Date.UTC(yearOf(first), 0, 1);
  const stop = Date.UTC(yearOf(last) + 1, 0, 1);
  const x = (time: number) => Math.round(((time - start) / (stop - start)) * 10_000) / 100;
  const height = TOP + bars.length * ROW;
  const rows = bars.map((bar, row) => drawBar(bar, TOP + row * ROW, x));
  return (
    `<svg class="validity" width="100%" height="${height}" role="group" aria-label="${escapeHtml(description)}" data-start="${start}" data-stop="${stop}">` +
    `${drawYears(start, stop, x, height)}<line class="today" x1="0" y1="18" x2="0" y2="${height}" aria-hidden="true"/>${rows.join('')}</svg>`
  );
}

const yearOf = (instant: Instant) => Number(instant.slice(0, 4));
type Scale = (time: number) => number;

function drawBar({ label, href, title, from, until, revoked }: ValidityBar, y: number, x: Scale): string {
  const left = x(Date.parse(from));
  const right = until ? x(Date.parse(until)) : 100;
  const cut = revoked ? Math.min(right, Math.max(left, x(Date.parse(revoked)))) : right;
  const bar = (start: number, end: number, name: string) =>
    `<rect class="${name}" x="${start}%" y="${y + 18}" width="${round(end - start)}%" height="12" rx="2"/>`;
  return (
    `<a href="${escapeHtml(href)}"><title>${escapeHtml(title)}</title><text x="0" y="${y + 12}">${escapeHtml(label)}</text>` +
    `${cut < right ? bar(cut, right, 'revoked') : ''}${bar(left, cut, until ? 'valid' : 'valid open')}</a>`
  );
}

const round = (value: number) => Math.round(value * 100) / 100;

/** Lines for so many years at most that their numbers have room on a phone. */
function drawYears(start: number, stop: number, x: Scale, height: number): string {
  const from = new Date(start).getUTCFullYear();
  const to = new Date(stop).getUTCFullYear();
  const step = STEPS.find((years) => (to - from) / years <= MOST_YEARS) ?? 1000;
  const lines: string[] = [];
  for (let year = Math.ceil(from / step) * step; year < to; year += step) {
    const at = x(Date.UTC(year, 0, 1));
    const anchor = at > 90 ? ' text-anchor="end"' : '';
    lines.push(`<line x1="${at}%" y1="18" x2="${at}%" y2="${height}"/><text class="year" x="${at}%" y="13"${anchor}>${year}</text>`);
  }
  return `<g class="years" aria-hidden="true">${lines.join('')}</g>`;
}
