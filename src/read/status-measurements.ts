import { readdir, realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ReadingObservation } from '../model/finding.ts';
import { readTimelines, type VersionSpan } from '../model/in-force.ts';
import type { GoverningText, MeasuredAddress, Measurement, StatusRecord } from '../model/status-measurement.ts';
import { toInstant } from '../model/time.ts';
import { versionLanguages } from '../model/version.ts';
import { EVIDENCE } from './evidence.ts';
import { findInside, readInside } from './files.ts';
import { type MeasuredLine, type Misread, readMeasuredLines } from './measured-lines.ts';
import { type AgeSource, readSections } from './section-ages.ts';

const RULE = 'evidence/measurements-valid';
const FOLDER = 'status';
const MOST_FILES = 500;
const MOST_LINES = 1_000_000;
const MOST_BYTES = 256 * 1024 * 1024;
const MOST_ADDRESSES = 200;
/** A file of another program can be wrong in every line: so many are told one by one. */
const MOST_TOLD = 20;

export interface ReadStatus {
  status: StatusRecord;
  observations: readonly ReadingObservation[];
}

/**
 * Reads what was measured of the status services, the files `status/*.csv` and `status/*.jsonl` beside the evidence index,
 * and the texts that were in force then. Lines that cannot be read are left out, and told; so is what is more than can be
 * read in bounded time.
 */
export async function readStatusMeasurements(from: AgeSource, outside: string | undefined): Promise<ReadStatus> {
  const { root } = from.source;
  const observations: ReadingObservation[] = [];
  const collected = new Collection(Date.parse(from.now), observations);
  const home = outside === undefined ? root : await realpath(resolve(root, outside)).catch(() => undefined);
  const folder = outside === undefined ? `${EVIDENCE}/${FOLDER}` : FOLDER;
  for (const name of home === undefined ? [] : await listExports(home, folder, observations)) {
    const file = `${folder}/${name}`;
    if (collected.isFull) {
      observations.push(tooMuch(file));
      break;
    }
    const text = await readExport(home as string, file, observations);
    if (text !== undefined) collected.take(file, readMeasuredLines(text, name.endsWith('.csv') ? 'csv' : 'jsonl'));
  }
  const addresses = collected.addresses();
  return { status: { addresses, texts: await readTexts(from, addresses) }, observations };
}

async function listExports(home: string, folder: string, observations: ReadingObservation[]): Promise<string[]> {
  const real = await findInside(home, folder);
  const entries = real === undefined ? [] : await readdir(real, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => !entry.isDirectory() && !/^(readme|\.)/i.test(entry.name)).map(({ name }) => name);
  const known = names.filter((name) => /\.(csv|jsonl)$/.test(name)).sort();
  for (const name of names) if (!known.includes(name)) observations.push(notAnExport(`${folder}/${name}`));
  if (known.length > MOST_FILES) observations.push(tooMuch(`${folder}/${known[MOST_FILES]}`));
  return known.slice(0, MOST_FILES);
}

async function readExport(home: string, file: string, observations: ReadingObservation[]): Promise<string | undefined> {
  const real = await findInside(home, file);
  const size = real === undefined ? 0 : await stat(real).then(({ size }) => size);
  if (size > MOST_BYTES) {
    observations.push(tooLarge(file, size));
    return undefined;
  }
  const bytes = await readInside(home, file);
  if (!bytes) observations.push(notThere(file));
  return bytes?.toString('utf8');
}

/** Measurements by address, from file after file. */
class Collection {
  readonly #byAddress = new Map<string, { service: MeasuredAddress['service']; url: string; measurements: Measurement[] }>();
  #lines = 0;
  readonly now: number;
  readonly observations: ReadingObservation[];

  constructor(now: number, observations: ReadingObservation[]) {
    this.now = now;
    this.observations = observations;
  }

  get isFull(): boolean {
    return this.#lines >= MOST_LINES;
  }

  take(file: string, lines: Iterable<MeasuredLine | Misread>): void {
    let [told, untold] = [0, 0];
    for (const line of lines) {
      if (this.isFull) {
        this.observations.push(tooMuch(file, line.line));
        break;
      }
      this.#lines += 1;
      const misread = 'problem' in line ? line : this.#add(file, line);
      if (!misread) continue;
      if (told < MOST_TOLD) this.observations.push(cannotRead(file, misread));
      if (told < MOST_TOLD) told += 1;
      else untold += 1;
    }
    if (untold > 0) this.observations.push(manyMore(file, untold));
  }

  #add(file: string, { service, url, ...line }: MeasuredLine): Misread | undefined {
    const wrong = (problem: string, seen: string, expected: string): Misread => ({ line: line.line, problem, seen, expected });
    if (line.at > this.now) return wrong('was made at an instant that has not come yet', toInstant(new Date(line.at)), 'an instant that is not in the future');
    const key = `${service} ${url}`;
    let address = this.#byAddress.get(key);
    if (!address) {
      if (this.#byAddress.size >= MOST_ADDRESSES) return wrong('is of one address too many', url, `at most ${MOST_ADDRESSES} addresses`);
      address = { service, url, measurements: [] };
      this.#byAddress.set(key, address);
    }
    address.measurements.push({ ...line, file });
    return undefined;
  }

  /** In the order of their names; each measurement once, in the order of time. */
  addresses(): MeasuredAddress[] {
    const keys = [...this.#byAddress.keys()].sort();
    return keys.flatMap((key) => {
      const address = this.#byAddress.get(key);
      if (!address) return [];
      const sorted = address.measurements.sort((left, right) => left.at - right.at);
      const once = sorted.filter((measurement, index) => {
        const before = sorted[index - 1];
        if (before?.at !== measurement.at) return true;
        this.observations.push(twice(measurement, before, address.url));
        return false;
      });
      return [{ ...address, measurements: once }];
    });
  }
}

/** The texts of CP and CPS that were in force while something was measured, and those that are now, in the language of their own address. */
async function readTexts(from: AgeSource, addresses: readonly MeasuredAddress[]): Promise<GoverningText[]> {
  const { register } = from.source;
  const now = Date.parse(from.now);
  const first = Math.min(now, ...addresses.map(({ measurements }) => measurements[0]?.at ?? now));
  const last = Math.max(0, ...addresses.map(({ measurements }) => measurements.at(-1)?.at ?? 0));
  const texts: GoverningText[] = [];
  for (const { spans } of readTimelines(register).values()) {
    for (const span of spans) {
      const [begin, end] = [Date.parse(span.from), span.until === undefined ? Number.POSITIVE_INFINITY : Date.parse(span.until)];
      const wasMeasured = begin <= last && end > first;
      if (begin === end || !(wasMeasured || (begin <= now && now < end))) continue;
      const text = await readText(span, from);
      if (text) texts.push({ ...text, from: begin, until: end });
    }
  }
  return texts;
}

async function readText(span: VersionSpan, from: AgeSource): Promise<Omit<GoverningText, 'from' | 'until'> | undefined> {
  const { document, version, files } = span.entry;
  const [language = ''] = versionLanguages(span.entry, from.source.config.languages);
  const file = files[language];
  const facts = file && from.facts.get(file.sha256);
  if (!facts || (facts.type !== 'CP' && facts.type !== 'CPS' && facts.type !== 'CP-CPS')) return undefined;
  const sections = await readSections(span, from);
  return sections && { ...facts, name: `${document} ${version}`, file: file.path, sections };
}

const cannotRead = (file: string, { line, problem, seen, expected }: Misread): ReadingObservation => ({
  rule: RULE,
  message: `The measurement ${problem}.`,
  at: { file, start: { line, column: 1 } },
  seen,
  expected,
});

const manyMore = (file: string, count: number): ReadingObservation => ({
  rule: RULE,
  message: 'More lines of the export cannot be read than are told one by one.',
  at: { file },
  seen: `${count} more`,
  expected: 'one measurement a line',
});

const twice = (measurement: Measurement, before: Measurement, url: string): ReadingObservation => ({
  rule: RULE,
  message: 'The address was measured twice at the same instant.',
  at: { file: measurement.file, start: { line: measurement.line, column: 1 } },
  seen: `${url} at ${toInstant(new Date(measurement.at))}, also in ${before.file}, line ${before.line}`,
  expected: 'each measurement once',
  advice: 'Export each time once; of two files, take one away.',
});

const notAnExport = (file: string): ReadingObservation => ({
  rule: RULE,
  message: 'The folder of the measurements holds something that is no export by its name.',
  at: { file },
  seen: file.slice(file.lastIndexOf('/') + 1),
  expected: 'a file such as 2026-10.csv or 2026-10.jsonl',
});

const notThere = (file: string): ReadingObservation => ({
  rule: RULE,
  message: 'The export cannot be read.',
  at: { file },
  seen: 'a link that leads out of the folder',
  expected: 'a file of that folder',
  advice: 'Put the file itself there.',
});

const tooLarge = (file: string, size: number): ReadingObservation => ({
  rule: RULE,
  message: 'The export is too large to be read.',
  at: { file },
  seen: `${size} octets`,
  expected: `at most ${MOST_BYTES}`,
  advice: 'Export a file for each month.',
});

const tooMuch = (file: string, line?: number): ReadingObservation => ({
  rule: RULE,
  message: 'There are more measurements than are read; from here on they are left out.',
  at: { file, ...(line !== undefined && { start: { line, column: 1 } }) },
  seen: 'more lines or files',
  expected: `at most ${MOST_LINES} lines in ${MOST_FILES} files`,
  advice: 'Export fewer measurements, such as one a minute, and take away the months that no audit asks for any more.',
});
