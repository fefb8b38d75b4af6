import { type Measurement, STATUS_SERVICES, type StatusService } from '../model/status-measurement.ts';
import { isDate } from '../model/time.ts';

/** A line of an export that could be read. */
export interface MeasuredLine extends Omit<Measurement, 'file'> {
  service: StatusService;
  url: string;
}

/** A line that could not; the problem ends a sentence that begins with "The measurement". */
export interface Misread {
  line: number;
  problem: string;
  seen: string;
  expected: string;
}

const COLUMNS = ['at', 'service', 'url', 'ok', 'thisUpdate', 'nextUpdate', 'latency'] as const;
type Column = (typeof COLUMNS)[number];
type Row = Partial<Record<Column, string>>;
const NEEDED = ['at', 'service', 'url', 'ok'] as const;
const LONGEST_LINE = 4_000;

/** The measurements of an export: CSV with a line of titles, or one JSON object a line. Other columns and keys are passed over. */
export function* readMeasuredLines(text: string, format: 'csv' | 'jsonl'): Iterable<MeasuredLine | Misread> {
  const rowOf = format === 'csv' ? undefined : readJson;
  let toRow = rowOf;
  const read = makeReader();
  for (const [line, content] of listLines(text)) {
    if (content.trim() === '') continue;
    if (content.length > LONGEST_LINE) {
      yield { line, problem: 'stands in a line that is too long', seen: `${content.length} characters`, expected: `at most ${LONGEST_LINE}` };
      continue;
    }
    if (!toRow) {
      const titles = readTitles(content);
      if ('problem' in titles) {
        yield { line, ...titles };
        return;
      }
      toRow = titles.toRow;
      continue;
    }
    const row = toRow(content);
    yield 'problem' in row ? { line, ...(row as Problem) } : read(row as Row, line);
  }
}

/** The lines with their numbers; a byte order mark is none of them. */
function* listLines(text: string): Iterable<[number, string]> {
  let line = 0;
  for (let from = text.startsWith('\uFEFF') ? 1 : 0; from < text.length; ) {
    const end = text.indexOf('\n', from);
    const to = end < 0 ? text.length : end;
    line += 1;
    yield [line, text.slice(from, text[to - 1] === '\r' ? to - 1 : to)];
    from = to + 1;
  }
}

type Problem = Omit<Misread, 'line'>;

function readTitles(content: string): Problem | { toRow: (content: string) => Row | Problem } {
  const separator = [',', ';', '\t'].find((one) => content.includes(one)) ?? ',';
  const titles = splitCells(content, separator)?.map((title) => title.trim()) ?? [];
  const missing = NEEDED.filter((name) => !titles.includes(name));
  if (missing.length > 0) {
    return {
      problem: 'cannot be read, for the first line does not name the columns',
      seen: content.slice(0, 120),
      expected: `the titles ${COLUMNS.join(separator)}`,
    };
  }
  const places = COLUMNS.flatMap((name) => (titles.includes(name) ? [[name, titles.indexOf(name)] as const] : []));
  return {
    toRow: (line) => {
      const cells = splitCells(line, separator);
      if (cells?.length !== titles.length) {
        return {
          problem: 'has not the columns of the first line',
          seen: `${cells ? cells.length : 'a quotation mark that opens and never closes in'} cells`,
          expected: `${titles.length}, parted by "${separator}"`,
        };
      }
      const row: Row = {};
      for (const [name, index] of places) row[name] = cells[index] ?? '';
      return row;
    },
  };
}

/** The cells of a line (RFC 4180); undefined where a quotation mark does not close on it. */
function splitCells(line: string, separator: string): string[] | undefined {
  if (!line.includes('"')) return line.split(separator);
  const cells: string[] = [];
  for (let at = 0; at <= line.length; at += 1) {
    if (line[at] !== '"') {
      const end = line.indexOf(separator, at);
      cells.push(line.slice(at, end < 0 ? line.length : end));
      at = end < 0 ? line.length : end;
      continue;
    }
    let end = at + 1;
    while (end < line.length && (line[end] !== '"' || line[end + 1] === '"')) end += line[end] === '"' ? 2 : 1;
    if (end >= line.length || (end + 1 < line.length && line[end + 1] !== separator)) return undefined;
    cells.push(line.slice(at + 1, end).replaceAll('""', '"'));
    at = end + 1;
  }
  return cells;
}

function readJson(content: string): Row | Problem {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    value = undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { problem: 'is no JSON object', seen: content.slice(0, 120), expected: 'an object on one line, {"at": "2026-10-01T00:00:00Z", …}' };
  }
  const row: Row = {};
  for (const name of COLUMNS) {
    const cell = (value as Record<string, unknown>)[name];
    row[name] = cell === undefined || cell === null ? '' : typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
  }
  return row;
}

const TRUTH: Readonly<Record<string, boolean>> = { true: true, false: false, 1: true, 0: false };
const URL = /^(?:https?|ldaps?):\/\/\S{1,500}$/;
/** Before it nobody measured what a certificate of today says. */
const EARLIEST = Date.UTC(2000, 0);

function makeReader(): (row: Row, line: number) => MeasuredLine | Misread {
  const services: ReadonlySet<string> = new Set(STATUS_SERVICES);
  // The same CRL is seen a thousand times.
  const instants = { thisUpdate: rememberLast(readTime), nextUpdate: rememberLast(readTime) };
  return (row, line) => {
    const wrong = (problem: string, column: Column, expected: string): Misread => ({
      line,
      problem,
      seen: `${column} "${(row[column] ?? '').slice(0, 120)}"`,
      expected,
    });
    const at = readTime(row.at ?? '');
    if (at === undefined || at < EARLIEST) return wrong('has no instant', 'at', 'an instant such as 2026-10-01T00:00:00Z');
    const { service = '', url = '' } = row;
    if (!services.has(service)) return wrong('is of no status service', 'service', STATUS_SERVICES.join(' or '));
    if (!URL.test(url)) return wrong('has no address', 'url', 'an address such as http://crl.example.org/ca-1.crl');
    const ok = Object.hasOwn(TRUTH, row.ok ?? '') ? TRUTH[row.ok ?? ''] : undefined;
    if (ok === undefined) return wrong('does not say whether an answer came', 'ok', 'true or false');
    const times = {
      thisUpdate: row.thisUpdate ? instants.thisUpdate(row.thisUpdate) : undefined,
      nextUpdate: row.nextUpdate ? instants.nextUpdate(row.nextUpdate) : undefined,
    };
    for (const name of ['thisUpdate', 'nextUpdate'] as const) {
      if (row[name] && times[name] === undefined) return wrong(`has a ${name} that is no instant`, name, 'an instant such as 2026-10-01T00:00:00Z, or nothing');
    }
    if (times.thisUpdate !== undefined && times.nextUpdate !== undefined && times.nextUpdate < times.thisUpdate) {
      return wrong('has a nextUpdate before its thisUpdate', 'nextUpdate', `an instant after ${row.thisUpdate}`);
    }
    const latency = row.latency ? Number(row.latency) : undefined;
    if (latency !== undefined && !(latency >= 0 && latency < Number.POSITIVE_INFINITY))
      return wrong('has a latency that is no number', 'latency', 'milliseconds, or nothing');
    return { line, at, service: service as StatusService, url, ok, ...times, latency };
  };
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;

function readTime(text: string): number | undefined {
  if (!INSTANT.test(text)) return undefined;
  const time = Date.parse(text);
  // Every month has 28 days; only a later one needs the calendar.
  return Number.isNaN(time) || (text.slice(8, 10) > '28' && !isDate(text.slice(0, 10))) ? undefined : time;
}

function rememberLast(read: (text: string) => number | undefined): (text: string) => number | undefined {
  let last = '';
  let value: number | undefined;
  return (text) => {
    if (text !== last) [last, value] = [text, read(text)];
    return value;
  };
}
