import type { ByteRange, Irregularity, IrregularityKind } from '../../model/asn1.ts';
import { DerFault, type Element } from './der.ts';

/** After so many irregularities in one object the rest is not listed: it is not a certificate any more that somebody made. */
const MOST_IRREGULARITIES = 200;
/** Fields with a place. Certificates of every day have 100 to 200; one with a thousand names has some thousand. */
const MOST_FIELDS = 50_000;

/** What is collected while one certificate, list or response is read. */
export class Reading {
  readonly bytes: Uint8Array;
  readonly places: Record<string, ByteRange> = {};
  readonly irregularities: Irregularity[] = [];
  /** No places are kept, as among the entries of a list, of which there can be millions. */
  silent = false;
  private fields = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** Keeps the place of a field; the first one where two have the same path, which is the outer one. A fault where there are too many. */
  place(at: string, { offset, next }: Element): void {
    if (this.silent) return;
    this.fields += 1;
    if (this.fields > MOST_FIELDS) throw new DerFault(at, offset, 'It has too many fields.', `more than ${MOST_FIELDS}`, `at most ${MOST_FIELDS} fields`);
    this.places[at] ??= [offset, next - offset];
  }

  report(kind: IrregularityKind, at: string, offset: number, message: string, seen: string, expected: string): void {
    if (this.irregularities.length < MOST_IRREGULARITIES) this.irregularities.push({ kind, at, offset, message, seen, expected });
  }
}
