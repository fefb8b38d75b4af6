import { escapeHtml } from './escape-html.ts';

/** One day on a chart. */
export interface ChartDay {
  /** The day of the month. */
  label: string;
  /** Undefined where nothing was measured. */
  value: number | undefined;
  title: string;
}

export interface DayChart {
  days: readonly ChartDay[];
  /** A line that values are not to pass. */
  limit?: { value: number; label: string } | undefined;
  /** The words for the top of the scale: its highest value. */
  scale(value: number): string;
  /** What a reader hears instead of the picture. */
  description: string;
}

const TOP = 20;
const PLOT = 84;
const BOTTOM = 18;
const HEIGHT = TOP + PLOT + BOTTOM;

/**
 * A bar for each day as SVG. Places along the axis are percentages and all else is pixels, so that the text keeps its size
 * on a phone. It has no colours of its own. A bar that passes the limit bears a sign, so that nothing hangs on a colour.
 */
export function drawDays({ days, limit, scale, description }: DayChart): string {
  const values = days.flatMap(({ value }) => value ?? []);
  const highest = Math.max(...values, limit?.value ?? 0);
  const top = highest > 0 ? highest : 1;
  const y = (value: number) => round(TOP + PLOT - (value / top) * PLOT);
  const width = 100 / Math.max(1, days.length);
  const bars = days.map((day, index) => drawDay(day, { left: round(index * width), width: round(width), y, limit: limit?.value }));
  const line = limit
    ? `<line class="limit" x1="0" y1="${y(limit.value)}" x2="100%" y2="${y(limit.value)}"/><text class="limit" x="100%" y="${y(limit.value) - 5}" text-anchor="end">${escapeHtml(limit.label)}</text>`
    : '';
  const most =
    values.length > 0 && (!limit || Math.max(...values) > limit.value)
      ? `<text class="most" x="0" y="13">${escapeHtml(scale(Math.max(...values)))}</text>`
      : '';
  return (
    `<svg class="days" width="100%" height="${HEIGHT}" role="img" aria-label="${escapeHtml(description)}">` +
    `<line class="ground" x1="0" y1="${TOP + PLOT}" x2="100%" y2="${TOP + PLOT}"/>${bars.join('')}${line}${most}${drawLabels(days, width)}</svg>`
  );
}

interface Slot {
  left: number;
  width: number;
  y: (value: number) => number;
  limit: number | undefined;
}

function drawDay({ value, title }: ChartDay, { left, width, y, limit }: Slot): string {
  const place = (name: string, top: number) =>
    `<rect class="${name}" x="${round(left + width * 0.15)}%" y="${top}" width="${round(width * 0.7)}%" height="${round(TOP + PLOT - top)}"><title>${escapeHtml(title)}</title></rect>`;
  if (value === undefined) return place('unmeasured', TOP);
  const isOver = limit !== undefined && value > limit;
  // What is not nothing is to be seen.
  const top = value > 0 ? Math.min(y(value), TOP + PLOT - 2) : TOP + PLOT;
  const sign = isOver ? `<text class="over" x="${round(left + width / 2)}%" y="${round(top - 2)}" text-anchor="middle">!</text>` : '';
  return place(isOver ? 'over' : 'within', top) + sign;
}

/** The first day and each fifth. */
const drawLabels = (days: readonly ChartDay[], width: number): string =>
  days
    .flatMap(({ label }, index) =>
      index === 0 || Number(label) % 5 === 0
        ? [`<text class="day" x="${round((index + 0.5) * width)}%" y="${HEIGHT - 4}" text-anchor="middle">${escapeHtml(label)}</text>`]
        : [],
    )
    .join('');

const round = (value: number): number => Math.round(value * 100) / 100;
