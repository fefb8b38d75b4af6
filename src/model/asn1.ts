import type { Instant } from './time.ts';

/** Where a field lies in the DER: its first octet, counted from 0, and how many octets it has, tag and length among them. */
export type ByteRange = readonly [offset: number, length: number];

/** What can be wrong with the encoding or the syntax of a field that could be read all the same, or was left out. */
export const IRREGULARITIES = [
  /** Octets follow where everything should have ended. */
  'trailing-data',
  /** A sequence has more elements than its syntax gives it. */
  'trailing-element',
  /** A list that must have an element has none. */
  'empty-list',
  /** A value, such as NULL, where nothing belongs. */
  'unexpected-value',
  /** Nothing where a value, such as NULL, belongs. */
  'missing-value',
  /** A text or list is shorter or longer, or a number smaller or larger, than the syntax allows. */
  'wrong-size',
  /** A text has another string type than the syntax demands. */
  'wrong-string-type',
  /** A text holds characters that its string type does not have, or octets that are no characters. */
  'wrong-characters',
  /** A time is written in another form than RFC 5280 demands, or does not exist. */
  'wrong-time',
  /** BER that is not DER: lengths, integers, booleans, bit strings, defaults, order of a set. */
  'not-der',
  /** The same extension stands twice. */
  'duplicate-extension',
  /** A part cannot be read at all, and its facts are missing; its octets are kept where it is an extension or a statement. */
  'not-decodable',
] as const;
export type IrregularityKind = (typeof IRREGULARITIES)[number];

/** One irregularity: a fact like any other. Whether it breaks a requirement is for a rule to say. */
export interface Irregularity {
  readonly kind: IrregularityKind;
  /** The path of the field. */
  readonly at: string;
  /** The octet of the DER at which it begins. */
  readonly offset: number;
  /** One whole sentence. */
  readonly message: string;
  readonly seen: string;
  readonly expected: string;
}

/** What all facts read from DER have. `at` in any fact is the path of its field, such as `tbsCertificate.extensions.qcStatements[2]`. */
export interface EncodedFacts {
  /** How many octets the DER has. */
  readonly size: number;
  /** Where each field lies, by its path. */
  readonly places: Readonly<Record<string, ByteRange>>;
  readonly irregularities: readonly Irregularity[];
}

/** Where a field lies; for a path below it that is no field of its own, such as that of a plain value, the field that holds it. */
export function findPlace({ places }: Pick<EncodedFacts, 'places'>, path: string): ByteRange | undefined {
  for (let part = path; part !== ''; part = part.slice(0, Math.max(0, part.search(/(\.[^.[\]]*|\[\d+\])$/)))) {
    const place = Object.hasOwn(places, part) ? places[part] : undefined;
    if (place) return place;
  }
  return undefined;
}

/** The string types that texts in certificates come in (X.680). */
export type StringType = 'UTF8String' | 'PrintableString' | 'IA5String' | 'NumericString' | 'TeletexString' | 'BMPString' | 'UniversalString' | 'VisibleString';

/** A text with the string type it is written in. */
export interface Asn1Text {
  readonly at: string;
  readonly type: StringType;
  readonly value: string;
}

/** A time as it is written, and the instant it means; none where it names no second of the calendar. */
export interface Asn1Time {
  readonly at: string;
  readonly form: 'UTCTime' | 'GeneralizedTime';
  readonly written: string;
  readonly instant?: Instant;
}

/** An object identifier, with its name where this program knows one. */
export interface NamedOid {
  readonly at: string;
  readonly oid: string;
  readonly name?: string;
}

/** An AlgorithmIdentifier (RFC 5280, 4.1.1.2). */
export interface AlgorithmFacts extends NamedOid {
  readonly parameters: 'absent' | 'null' | 'present';
  /** The DER of the parameters, in hexadecimal, where they are more than NULL. */
  readonly hex?: string;
  /** The curve, where the parameters name one. */
  readonly curve?: NamedOid;
  /** RSASSA-PSS (RFC 4055), with its defaults filled in. */
  readonly pss?: { readonly hash: string; readonly maskHash: string; readonly saltLength: number };
}

/** An INTEGER that is a number for machines only. */
export interface SerialNumber {
  readonly at: string;
  /** Its magnitude in lower-case hexadecimal, two digits for each octet, without a leading zero octet; `-` goes before a negative one. */
  readonly hex: string;
  /** Octets of its encoding, a leading zero octet among them. */
  readonly octets: number;
}
