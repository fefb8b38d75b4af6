import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { Point, ReadingObservation } from '../model/finding.ts';
import {
  Declaration,
  Erratum,
  NO_ENTRY,
  type Register,
  type RegisterEntry,
  Rescheduling,
  type Sha256,
  Version,
  type VersionFile,
  Withdrawal,
} from '../model/version.ts';
import { readYaml } from './yaml.ts';

/** The register's path in every repository. */
export const REGISTER = 'policies/register.yaml';

const RULE = 'form/register-valid';
const HEADER = '# Append-only register of published versions. Written by `cartulary register`; never edit an entry.\n';
const LAST = /^# last: ([0-9a-f]{64})$/;

const schemas = { version: Version, withdrawal: Withdrawal, rescheduling: Rescheduling, erratum: Erratum, declaration: Declaration };
type Kind = keyof typeof schemas;

/** A register as it was read, and what was wrong with it. */
export interface RegisterText {
  register: Register;
  observations: readonly ReadingObservation[];
}

/** What was parsed of an entry before, by the digest of its bytes: parsing a thousand entries takes a quarter of a second. */
export type EntryCache = Map<Sha256, { value: object; kind: Kind; fields: Readonly<Record<string, Point>> }>;

/** SHA-256 in hexadecimal digits. */
export function sha256(bytes: Uint8Array | string): Sha256 {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * Reads `register.yaml`. The file is a YAML list; an entry's digest is the SHA-256 of its lines exactly as they stand,
 * from `- ` to the line end before the next entry (line ends as LF), so that anybody can recompute the chain.
 */
export function readRegister(text: string, cache: EntryCache = new Map()): RegisterText {
  const chunks = splitEntries(text.replace(/\r\n/g, '\n'));
  const observations: ReadingObservation[] = [];
  const entries: RegisterEntry[] = [];
  for (const chunk of chunks.entries) {
    const digest = sha256(chunk.text);
    const known = cache.get(digest) ?? readEntry(chunk, observations);
    if (!known) continue;
    cache.set(digest, known);
    const fields = Object.fromEntries(Object.entries(known.fields).map(([path, at]) => [path, { ...at, line: at.line + chunk.line - 1 }]));
    entries.push({ ...known.value, kind: known.kind, digest, start: { line: chunk.line, column: 1 }, fields } as RegisterEntry);
  }
  for (const line of chunks.strays) {
    observations.push({
      rule: RULE,
      message: 'A line of the register belongs to no entry.',
      at: { file: REGISTER, start: { line: line.line, column: 1 } },
      seen: line.text.slice(0, 60),
      expected: 'a list whose items begin with "- document:"',
    });
  }
  return { register: { entries, last: chunks.last }, observations };
}

interface Chunk {
  text: string;
  line: number;
}

/** The entries as they stand, without the comments between them, which are no part of the chain. */
function splitEntries(text: string): { entries: Chunk[]; strays: Chunk[]; last: Sha256 | undefined } {
  const entries: Chunk[] = [];
  const strays: Chunk[] = [];
  let last: Sha256 | undefined;
  let open: { lines: string[]; line: number } | undefined;
  let comments: Chunk[] = [];
  const close = () => {
    if (open) entries.push({ text: `${open.lines.join('\n').trimEnd()}\n`, line: open.line });
    open = undefined;
    comments = [];
  };
  for (const [index, content] of text.split('\n').entries()) {
    const line = { text: content, line: index + 1 };
    if (content.startsWith('- ')) {
      close();
      open = { lines: [content], line: line.line };
    } else if (content.startsWith('#')) {
      last = LAST.exec(content)?.[1] ?? last;
      comments.push(line);
    } else if (open && !/^\S/.test(content)) {
      // What stands inside an entry must count in its digest.
      if (content.trim() !== '') strays.push(...comments.splice(0));
      open.lines.push(content);
    } else if (open || !['', '[]', '---'].includes(content.trim())) {
      strays.push(line);
    }
  }
  close();
  return { entries, strays, last };
}

function readEntry(chunk: Chunk, observations: ReadingObservation[]) {
  const kind = kindOf(chunk.text);
  // Without its dash the entry is a mapping, and every column stays what it is.
  const source = { text: chunk.text.replace(/^-/, ' '), file: REGISTER, firstLine: 1, rule: RULE } as const;
  const { value, fields, observations: seen } = readYaml(source, schemas[kind] as z.ZodType<object>);
  for (const observation of seen) {
    const start = { line: (observation.at.start?.line ?? 1) + chunk.line - 1, column: observation.at.start?.column ?? 1 };
    const advice = 'Take the register back from the base branch, and let `cartulary register` write what is new.';
    observations.push({ ...observation, at: { ...observation.at, start }, advice });
  }
  return value && { value, kind, fields };
}

function kindOf(text: string): Kind {
  if (/^ {2}withdrawn:/m.test(text)) return 'withdrawal';
  if (/^ {2}rescheduled:/m.test(text)) return 'rescheduling';
  if (/^ {2}erratum:/m.test(text)) return 'erratum';
  if (/^ {2}profiles:/m.test(text) && !/^ {2}(effective|files):/m.test(text)) return 'declaration';
  return 'version';
}

/** An entry to be written, without the digest of the one before it, which appending adds. */
export type NewEntry =
  | Omit<z.input<typeof Version>, 'previous'>
  | Omit<z.input<typeof Withdrawal>, 'previous'>
  | Omit<z.input<typeof Rescheduling>, 'previous'>
  | Omit<z.input<typeof Erratum>, 'previous'>
  | Omit<z.input<typeof Declaration>, 'previous'>;

/** The register's text with entries appended to it. What stands there already is not touched, byte for byte. */
export function appendEntries(text: string, entries: readonly NewEntry[]): { text: string; added: string } {
  const before = text
    .replace(/\r\n/g, '\n')
    .replace(/^# last: .*\n?/gm, '')
    .replace(/^\[\]\n?/m, '')
    .trimEnd();
  let previous =
    splitEntries(before)
      .entries.map((entry) => sha256(entry.text))
      .at(-1) ?? NO_ENTRY;
  let added = '';
  for (const entry of entries) {
    const chunk = writeEntry({ ...entry, previous });
    added += chunk;
    previous = sha256(chunk);
  }
  return { text: `${before ? `${before}\n` : HEADER}${added}# last: ${previous}\n`, added };
}

const ORDER = [
  'document',
  'version',
  'withdrawn',
  'rescheduled',
  'erratum',
  'section',
  'published',
  'effective',
  'files',
  'profiles',
  'confirms',
  'continuedBy',
  'reason',
  'text',
  'note',
  'previous',
];

function writeEntry(entry: object): string {
  const lines = ORDER.flatMap((key) => {
    const value = (entry as Record<string, unknown>)[key];
    if (value === undefined) return [];
    if (Array.isArray(value)) return writeNames(key, value);
    return typeof value === 'object' && value !== null ? writeFiles(key, value as Record<string, VersionFile>) : [`${key}: ${writeScalar(key, String(value))}`];
  });
  return `- ${lines.join('\n  ')}\n`;
}

function writeFiles(key: string, files: Record<string, VersionFile>): string[] {
  const languages = Object.keys(files).sort();
  if (languages.length === 0) return [`${key}: {}`];
  return [
    `${key}:`,
    ...languages.map(
      (language) =>
        `  ${language}: { ${Object.entries(files[language] ?? {})
          .map(([key, value]) => `${key}: ${writeScalar(key, String(value))}`)
          .join(', ')} }`,
    ),
  ];
}

const WIDTH = 120;

/** A list of names between brackets, in lines of a width that a pull request shows whole. */
function writeNames(key: string, names: readonly string[]): string[] {
  const lines = [`${key}: [${names[0] ?? ''}`];
  for (const name of names.slice(1)) {
    const last = lines.length - 1;
    if (`${lines[last]}, ${name}`.length > WIDTH) lines.splice(last, 1, `${lines[last]},`, `    ${name}`);
    else lines[last] += `, ${name}`;
  }
  return [...lines.slice(0, -1), `${lines.at(-1)}]`];
}

/** Plain where YAML reads it back as it is, in double quotes (JSON is YAML) otherwise. */
function writeScalar(key: string, value: string): string {
  const plain = /^[A-Za-z0-9][A-Za-z0-9_./:-]*$/.test(value) && !/:$/.test(value) && key !== 'version';
  return plain ? value : JSON.stringify(value);
}
