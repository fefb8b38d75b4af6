import type { AddressReport, JudgedSpan } from '../../check/status-report.ts';
import { type Figures, latencyOf } from '../../model/status-measurement.ts';
import { type DayChart, drawDays } from '../../publish/status-chart.ts';
import type { StatusCharts } from '../status-page.ts';
import { type StatusStrings, statusStrings } from '../status-strings.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** A time in signs that every language knows: `212 d`, `12 h 30 min`, `20 s`. */
export function writeDuration(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / MINUTE);
  if (milliseconds <= 0) return '0 min';
  if (minutes === 0) return `${Math.max(1, Math.round(milliseconds / SECOND))} s`;
  if (minutes >= 96 * 60) return `${Math.floor(minutes / 1440)} d`;
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return [hours > 0 ? `${hours} h` : '', rest > 0 ? `${rest} min` : ''].filter(Boolean).join(' ');
}

/** The days of a month at one address: how long it did not answer, and how old its CRL was or how fast its answers came. */
export function drawStatusDays(
  language: string,
  report: AddressReport,
  { figures, promises }: JudgedSpan,
  days: readonly Figures[],
): Omit<StatusCharts, 'row'> {
  const text = statusStrings(language);
  const { service } = report.address;
  const shown = completeDays(figures, days);
  const { issuance, publication, response } = promises;
  const age = issuance && (issuance.hours + (publication?.hours ?? 0)) * HOUR;
  const latency = (day: Figures) => latencyOf(day, response?.share ?? 0.95);
  const second =
    service === 'crl'
      ? makeChart(text, { title: text.oldest, month: figures.name, days: shown, of: ({ oldest }) => oldest, write: writeDuration, limit: age })
      : makeChart(text, { title: text.latency, month: figures.name, days: shown, of: latency, write: writeLatency, limit: response?.within });
  return {
    charts: [makeChart(text, { title: text.down, month: figures.name, days: shown, of: ({ down }) => down, write: writeDuration }), second],
    days: shown.map(({ name, figures: day }) => ({
      day: name,
      down: day ? writeDuration(day.down) : text.notMeasured,
      oldest: service === 'crl' && day?.oldest !== undefined ? writeDuration(day.oldest) : '–',
      latency: day && day.latencies.length > 0 ? writeLatency(latency(day) ?? 0) : '–',
    })),
  };
}

const writeLatency = (milliseconds: number): string => `${Math.round(milliseconds)} ms`;

interface ShownDay {
  name: string;
  figures: Figures | undefined;
}

/** Every day of the month, measured or not. */
function completeDays({ name }: Figures, days: readonly Figures[]): ShownDay[] {
  const [year = 0, month = 1] = name.split('-').map(Number);
  return Array.from({ length: new Date(Date.UTC(year, month, 0)).getUTCDate() }, (_, index) => {
    const day = `${name}-${String(index + 1).padStart(2, '0')}`;
    return { name: day, figures: days.find((figures) => figures.name === day) };
  });
}

interface Quantity {
  title: string;
  month: string;
  days: readonly ShownDay[];
  of(figures: Figures): number | undefined;
  write(value: number): string;
  limit?: number | undefined;
}

function makeChart(text: StatusStrings, { title, month, days, of, write, limit }: Quantity): StatusCharts['charts'][number] {
  const values = days.map(({ name, figures }) => ({ name, value: figures && of(figures) }));
  const known = values.flatMap(({ value }) => value ?? []);
  const most = known.length > 0 ? `${text.highest} ${write(Math.max(...known))}` : text.notMeasured;
  const chart: DayChart = {
    days: values.map(({ name, value }) => ({
      label: String(Number(name.slice(8))),
      value,
      title: `${name}: ${value === undefined ? text.notMeasured : write(value)}`,
    })),
    limit: limit === undefined ? undefined : { value: limit, label: `${text.limit} ${write(limit)}` },
    scale: write,
    description: `${title}, ${month}: ${most}${limit === undefined ? '' : `, ${text.limit} ${write(limit)}`}`,
  };
  return { title, svg: drawDays(chart) };
}
