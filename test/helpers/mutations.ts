import { readElement } from '../../src/read/x509/der.ts';
import { writeLength } from './der.ts';

/** Random numbers from a seed (mulberry32), the same on every machine. */
export function makeRandom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

type Mutate = (bytes: Buffer, random: (below: number) => number) => Buffer;

const MUTATIONS: readonly Mutate[] = [
  /** Flips bits. */
  (bytes, random) => {
    for (let count = 1 + random(4); count > 0; count -= 1) {
      const index = random(bytes.length);
      bytes[index] = (bytes[index] ?? 0) ^ (1 << random(8));
    }
    return bytes;
  },
  /** Writes other octets, those that mean something in DER among them. */
  (bytes, random) => {
    const octets = [0x00, 0x02, 0x05, 0x06, 0x30, 0x31, 0x7f, 0x80, 0x81, 0x84, 0xa0, 0xff, random(256)];
    for (let count = 1 + random(3); count > 0; count -= 1) bytes[random(bytes.length)] = octets[random(octets.length)] ?? 0;
    return bytes;
  },
  /** Cuts octets out, mostly at the end. */
  (bytes, random) => {
    const start = random(bytes.length);
    return Buffer.concat([bytes.subarray(0, start), random(2) ? bytes.subarray(start + 1 + random(40)) : Buffer.alloc(0)]);
  },
  /** Repeats octets. */
  (bytes, random) => {
    const start = random(bytes.length);
    const piece = bytes.subarray(start, start + 1 + random(200));
    return Buffer.concat([bytes.subarray(0, start), ...Array<Buffer>(1 + random(5)).fill(piece), bytes.subarray(start)]);
  },
  /** Repeats, takes out or swaps a whole element, with the lengths around it made right. */
  (bytes, random) => {
    const change = random(4);
    return rebuild(bytes, random, (element) => {
      if (change === 0) return Buffer.concat([element, element]);
      if (change === 1) return Buffer.alloc(0);
      return change === 2 ? Buffer.from([0x05, 0x00]) : Buffer.concat([element, Buffer.from([0x02, 0x01, 0x00])]);
    });
  },
  /** Nests an element in sequences, or the whole input in itself. */
  (bytes, random) =>
    rebuild(bytes, random, (element) => {
      let nested = element;
      for (let depth = 1 + random(60); depth > 0 && nested.length < 60_000; depth -= 1) nested = wrap(random(4) ? 0x30 : 0xa0, nested);
      return nested;
    }),
];

/** Octets that are a change of one of the sources, or (one in twenty) random. */
export function* makeMutations(sources: readonly Uint8Array[], count: number, seed: number): Generator<Uint8Array> {
  const random = makeRandom(seed);
  for (let index = 0; index < count; index += 1) {
    if (random(20) === 0) {
      yield Buffer.from(Array.from({ length: 1 + random(300) }, (_, at) => (at === 0 && random(2) ? 0x30 : random(256))));
      continue;
    }
    let bytes: Buffer = Buffer.from(sources[random(sources.length)] ?? []);
    for (let times = 1 + random(3); times > 0 && bytes.length > 0; times -= 1) bytes = (MUTATIONS[random(MUTATIONS.length)] as Mutate)(bytes, random);
    yield bytes;
  }
}

/** Changes one element somewhere inside, and writes the lengths of all that hold it anew. */
function rebuild(bytes: Buffer, random: (below: number) => number, change: (element: Buffer) => Buffer): Buffer {
  const children = childrenOf(bytes);
  const chosen = children[random(children.length)];
  if (!chosen || random(8) === 0) return change(bytes);
  const [start, end] = chosen;
  const content = contentStart(bytes);
  const inner = rebuild(bytes.subarray(start, end), random, change);
  return wrap(bytes[0] ?? 0, Buffer.concat([bytes.subarray(content, start), inner, bytes.subarray(end)]));
}

const wrap = (tag: number, content: Buffer): Buffer => Buffer.concat([Buffer.from([tag]), writeLength(content.length), content]);

function contentStart(bytes: Buffer): number {
  return readElement(bytes, 0, bytes.length, 'mutation').start;
}

/** Where the elements of a constructed element lie; none where it is not one, or is damaged already. */
function childrenOf(bytes: Buffer): [start: number, end: number][] {
  const children: [number, number][] = [];
  try {
    const { tag, start, end } = readElement(bytes, 0, bytes.length, 'mutation');
    if (!(tag & 0x20)) return [];
    for (let position = start; position < end; ) {
      const { offset, next } = readElement(bytes, position, end, 'mutation');
      children.push([offset, next]);
      position = next;
    }
  } catch {
    return [];
  }
  return children;
}
