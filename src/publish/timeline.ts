import type { State } from '../model/in-force.ts';
import type { Instant } from '../model/time.ts';
import { escapeHtml } from './escape-html.ts';

/** One version on a timeline. */
export interface TimelineBar {
  label: string;
  href: string;
  title: string;
  from: Instant;
  until: Instant | undefined;
  state: State;
  held: boolean;
}

const WIDTH = 960;
const ROW = 26;
const TOP = 28;
const LEAST = 3;

/**
 * A timeline of versions as SVG, drawn to scale: a pixel is the same time everywhere, a row is a version. It has no
 * colours or fonts of its own (the site's style sheet has those), and does not depend on the moment of building: an
 * open interval runs to the end of the drawing, which is the end of the year in which the last version begins.
 */
export function drawTimeline(bars: readonly TimelineBar[], description: string): string {
  const shown = bars.filter((bar) => bar.until !== bar.from);
  const starts = shown.map((bar) => bar.from).sort();
  const [first] = starts;
  const last = starts.at(-1);
  if (!first || !last) return '';
  const start = Date.UTC(Number(first.slice(0, 4)), 0, 1);
  const stop = Date.UTC(Number(last.slice(0, 4)) + 1, 0, 1);
  const x = (time: number) => Math.round(((time - start) / (stop - start)) * WIDTH * 10) / 10;
  const height = TOP + shown.length * ROW + 8;
  const rows = shown.map((bar, row) => drawBar(bar, TOP + row * ROW, x, stop));
  return `<svg class="timeline" viewBox="0 0 ${WIDTH} ${height}" role="group" aria-label="${escapeHtml(description)}">${drawYears(start, stop, x, height)}${rows.join('')}</svg>`;
}

type Scale = (time: number) => number;

function drawBar(bar: TimelineBar, y: number, x: Scale, stop: number): string {
  const left = x(Date.parse(bar.from));
  const right = bar.until ? x(Date.parse(bar.until)) : x(stop);
  const width = Math.max(LEAST, Math.round((right - left) * 10) / 10);
  // The label stands beside the bar where there is room, else before it.
  const before = right + 90 > WIDTH;
  const label = before ? `x="${Math.max(0, left - 6)}" text-anchor="end"` : `x="${right + 6}"`;
  const inside = before && left < 90 ? `x="${left + 6}" class="inside"` : label;
  return (
    `<a href="${escapeHtml(bar.href)}"><title>${escapeHtml(bar.title)}</title>` +
    `<rect class="${bar.state}${bar.held ? '' : ' not-held'}${bar.until ? '' : ' open'}" x="${left}" y="${y}" width="${width}" height="${ROW - 8}" rx="2"/>` +
    `<text ${inside} y="${y + ROW - 13}">${escapeHtml(bar.label)}</text></a>`
  );
}

/** A line for each year, or for each fifth or tenth where years are many. */
function drawYears(start: number, stop: number, x: Scale, height: number): string {
  const from = new Date(start).getUTCFullYear();
  const to = new Date(stop).getUTCFullYear();
  const step = to - from > 40 ? 10 : to - from > 16 ? 5 : 1;
  const lines: string[] = [];
  for (let year = from; year < to; year += 1) {
    if (year !== from && year % step !== 0) continue;
    const at = x(Date.UTC(year, 0, 1));
    lines.push(`<line x1="${at}" y1="18" x2="${at}" y2="${height}"/><text class="year" x="${at + 4}" y="13">${year}</text>`);
  }
  return `<g class="years" aria-hidden="true">${lines.join('')}</g>`;
}
