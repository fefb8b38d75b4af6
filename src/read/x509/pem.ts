/** One block of a PEM file (RFC 7468), or what is wrong with it. */
export interface PemBlock {
  readonly label: string;
  /** The line on which it begins, counted from 1. */
  readonly line: number;
  /** Undefined where the block is broken; `problem` then says how. */
  readonly bytes?: Uint8Array;
  readonly problem?: string;
}

const BEGIN = '-----BEGIN ';
const MOST_LABEL = 80;

/**
 * The PEM blocks of a text, whatever stands between them, at most `most`. Content is decoded only where `wanted` says so of the
 * label; otherwise a block is named and never looked into.
 */
export function readPem(text: string, most: number, wanted: (label: string) => boolean): PemBlock[] {
  const blocks: PemBlock[] = [];
  let line = 1;
  let counted = 0;
  for (let start = text.indexOf(BEGIN); start >= 0 && blocks.length < most; ) {
    line += countLines(text, counted, start);
    counted = start;
    const { block, next } = readBlock(text, start, line, wanted);
    if (block) blocks.push(block);
    start = text.indexOf(BEGIN, next);
  }
  return blocks;
}

function countLines(text: string, from: number, to: number): number {
  let lines = 0;
  for (let index = from; index < to; index += 1) if (text.charCodeAt(index) === 10) lines += 1;
  return lines;
}

function readBlock(text: string, start: number, line: number, wanted: (label: string) => boolean): { block?: PemBlock; next: number } {
  const from = start + BEGIN.length;
  const label = /^([^\r\n]{0,80}?)-----/.exec(text.slice(from, from + MOST_LABEL + 5))?.[1];
  if (label === undefined) return { next: from };
  const body = from + label.length + 5;
  const ending = `-----END ${label}-----`;
  // A block ends before the next one begins: so every character is looked at once.
  const following = text.indexOf(BEGIN, body);
  const content = text.slice(body, following < 0 ? text.length : following);
  const end = content.indexOf(ending);
  if (end < 0) return { block: { label, line, problem: `its last line, "${ending}", is missing` }, next: body };
  const next = body + end + ending.length;
  if (!wanted(label)) return { block: { label, line }, next };
  const bytes = decodeBase64(stripHeaders(content.slice(0, end)));
  return { block: { label, line, ...(bytes ? { bytes } : { problem: 'what stands between its first and last line is not base64' }) }, next };
}

/** Takes out the headers of RFC 1421, and line ends that were written as `\n` when the text was put into another one. */
function stripHeaders(body: string): string {
  return body.replace(/\\[nr]/g, '\n').replace(/^[ \t]*[A-Za-z0-9-]+:.*$/gm, '');
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const WHITE_SPACE = 64;
const PADDING = 65;
const FOREIGN = 255;
/** The value of each ASCII character; base64url has two letters of its own. */
const VALUES = new Uint8Array(128).fill(FOREIGN);
for (let value = 0; value < 64; value += 1) VALUES[ALPHABET.charCodeAt(value)] = value;
for (const [characters, value] of [
  ['-', 62],
  ['_', 63],
  ['=', PADDING],
  [' ', WHITE_SPACE],
  ['\t', WHITE_SPACE],
  ['\n', WHITE_SPACE],
  ['\r', WHITE_SPACE],
] as const) {
  VALUES[characters.charCodeAt(0)] = value;
}

/** Octets of base64 or base64url with white space in it, padded or not; undefined for anything else, and for nothing. */
export function decodeBase64(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(Math.ceil((text.length * 3) / 4));
  let size = 0;
  let pending = 0;
  let digits = 0;
  let padding = 0;
  for (let index = 0; index < text.length; index += 1) {
    const value = VALUES[text.charCodeAt(index)] ?? FOREIGN;
    if (value === WHITE_SPACE) continue;
    if (value === FOREIGN || (padding > 0 && value !== PADDING)) return undefined;
    if (value === PADDING) padding += 1;
    else {
      pending = ((pending << 6) | value) & 0xffff;
      digits += 1;
      if (digits % 4 !== 1) bytes[size++] = pending >> (6 - 2 * ((digits - 1) % 4));
    }
  }
  const isWhole = digits > 0 && digits % 4 !== 1 && padding <= 2 && (padding === 0 || (digits + padding) % 4 === 0);
  return isWhole ? bytes.subarray(0, size) : undefined;
}
