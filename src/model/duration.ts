import { plural } from './plural.ts';

const MINUTE = 60_000;

/** A time in English words, cut to minutes, or to seconds where it is shorter: `8 hours 12 minutes`, `20 seconds`. */
export function describeDuration(milliseconds: number): string {
  if (milliseconds < MINUTE) return plural(Math.round(milliseconds / 1000), 'second');
  const minutes = Math.floor(milliseconds / MINUTE);
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60];
  const parts =
    days > 3 ? [plural(days, 'day'), hours > 0 ? plural(hours, 'hour') : ''] : [plural(days * 24 + hours, 'hour'), rest > 0 ? plural(rest, 'minute') : ''];
  return parts.filter((part) => part !== '' && !part.startsWith('0 ')).join(' ');
}
