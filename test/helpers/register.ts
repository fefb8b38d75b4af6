import type { Instant } from '../../src/model/time.ts';
import { NO_ENTRY, type Register, type RegisterEntry } from '../../src/model/version.ts';

const DAY = 86_400_000;

/** The instant at the beginning of a day of the year 2026, counted from 0. */
export const day = (count: number) => `${new Date(Date.UTC(2026, 0, 1) + count * DAY).toISOString().slice(0, 19)}Z` as Instant;

/** An entry as a test writes it: days instead of instants, and only what matters. */
export type Sketch =
  | { version: string; effective: number; published?: number; document?: string; files?: Record<string, string> }
  | { version: string; rescheduled: number; published?: number; document?: string }
  | { version: string; erratum: number; published?: number; document?: string }
  | { withdrawn: number; continuedBy?: string; published?: number; document?: string };

/** A register of sketched entries. Its chain holds nothing: what is computed of intervals does not look at it. */
export function makeRegister(sketches: readonly Sketch[]): Register {
  return { entries: sketches.map(toEntry), last: undefined };
}

function toEntry(sketch: Sketch, index: number): RegisterEntry {
  const common = {
    document: sketch.document ?? 'cps',
    published: day(sketch.published ?? index),
    previous: NO_ENTRY,
    digest: String(index).padStart(64, '0'),
    start: { line: index + 1, column: 1 },
    fields: {},
  };
  if ('effective' in sketch) {
    const files = Object.fromEntries(Object.entries(sketch.files ?? {}).map(([language, path]) => [language, { path, sha256: NO_ENTRY }]));
    return { ...common, kind: 'version', version: sketch.version, effective: day(sketch.effective), files };
  }
  if ('rescheduled' in sketch) return { ...common, kind: 'rescheduling', version: sketch.version, rescheduled: day(sketch.rescheduled), reason: 'Later.' };
  if ('erratum' in sketch) return { ...common, kind: 'erratum', version: sketch.version, erratum: sketch.erratum, text: 'A letter.' };
  const { withdrawn, continuedBy } = sketch;
  return { ...common, kind: 'withdrawal', withdrawn: day(withdrawn), reason: 'The service ended.', ...(continuedBy !== undefined && { continuedBy }) };
}
