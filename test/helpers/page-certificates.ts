import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { SubscriberProfileName } from '../../scripts/example-profiles.ts';
import { makeCaCertificate, makeCertificate, makeCrl, makeForeignCertificate, makeOcspResponse } from './certificates.ts';
import { type Octets, pem } from './der.ts';
import {
  type ExtensionName,
  encodeAccess,
  encodeCountries,
  encodeCrlAddress,
  encodeExtension,
  encodeExtKeyUsage,
  encodeFlag,
  encodeHostNames,
  encodeKeyUsage,
  encodePolicies,
  encodeQcPds,
  encodeQcType,
  encodeStatement,
  type NameParts,
  type StatementName,
} from './encode-extensions.ts';
import { encodeInstant } from './encode-x509.ts';
import { MISMATCHES } from './mismatches.ts';

/** Blocks of a page that describe something in DER, and how each is labelled in PEM. */
export const MADE_KINDS = { certificate: 'CERTIFICATE', crl: 'X509 CRL', 'ocsp-response': 'OCSP RESPONSE' } as const;
export type MadeKind = keyof typeof MADE_KINDS;
export const isMadeKind = (kind: string): kind is MadeKind => Object.hasOwn(MADE_KINDS, kind);

type Described = Readonly<Record<string, unknown>>;

const REPOSITORY = new URL('../../', import.meta.url);

/**
 * The bytes that a block describes: PEM for a path that ends in .pem, else DER. A list describes several for one PEM file.
 * Throws for every key that it does not know. Keys of all: `copy`, a file of this repository, alone. Of certificates:
 * `mismatch`, what a case of the helper shows, alone; `made: ca` or `foreign`; profile, notBefore, notAfter, pds, hosts,
 * serial, subject, issuer; of CRLs and OCSP responses thisUpdate, nextUpdate, serial, revoked; of all extensions, of
 * certificates statements, each with the words below or `absent`.
 */
export function makeDescribed(kind: MadeKind, path: string, content: string): Uint8Array | string {
  const parsed = parse(content, { schema: 'failsafe' }) as Described | readonly Described[] | null;
  const described = Array.isArray(parsed) ? (parsed as readonly Described[]) : [(parsed ?? {}) as Described];
  const made = described.map((one) => makeOne(kind, one));
  if (path.endsWith('.pem')) return made.map((der) => pem(MADE_KINDS[kind], der)).join('');
  if (made.length !== 1) throw new Error(`The example puts ${made.length} of them into ${path}, which is no PEM file.`);
  return made[0] as Octets;
}

function makeOne(kind: MadeKind, described: Described): Octets {
  const { copy, mismatch, made, ...rest } = described;
  if (copy !== undefined) return readCopy(alone(String(copy), described));
  if (mismatch !== undefined) return makeMismatch(alone(String(mismatch), described));
  const changes = readChanges(kind, rest);
  if (kind === 'crl') return makeCrl(changes);
  if (kind === 'ocsp-response') return makeOcspResponse(changes);
  if (made === 'ca') return makeCaCertificate(changes);
  if (made === 'foreign') return alone(makeForeignCertificate(), described);
  if (made !== undefined) throw new Error(`The example makes a "${String(made)}" that no test knows.`);
  return makeCertificate(changes);
}

function alone<Value>(value: Value, described: Described): Value {
  if (Object.keys(described).length !== 1) throw new Error(`The example has more keys than one: ${Object.keys(described).join(', ')}.`);
  return value;
}

function readCopy(path: string): Octets {
  const bytes = readFileSync(new URL(path, REPOSITORY));
  if (!path.endsWith('.pem')) return bytes;
  return Buffer.from(bytes.toString('latin1').replace(/-----[^-]+-----/g, ''), 'base64');
}

function makeMismatch(shows: string): Octets {
  const [found, ...others] = MISMATCHES.filter((mismatch) => mismatch.shows === shows);
  if (!found || others.length > 0) throw new Error(`The example names a mismatch "${shows}", of which there are ${others.length + (found ? 1 : 0)}.`);
  return found.make();
}

const text = (value: unknown): string => String(value);
const texts = <Name extends string>(value: unknown): Name[] => (Array.isArray(value) ? value.map(String) : [String(value)]) as Name[];

/** How the keys of each kind are read. */
const KEYS: Readonly<Record<string, { of: readonly MadeKind[]; read: (value: unknown) => unknown }>> = {
  profile: { of: ['certificate'], read: (value) => text(value) as SubscriberProfileName },
  notBefore: { of: ['certificate'], read: text },
  notAfter: { of: ['certificate'], read: text },
  pds: { of: ['certificate'], read: text },
  hosts: { of: ['certificate'], read: texts },
  subject: { of: ['certificate'], read: (value) => value as NameParts },
  issuer: { of: ['certificate'], read: (value) => value as NameParts },
  statements: { of: ['certificate'], read: (value) => readParts(value, STATEMENTS, encodeStatementOf) },
  serial: { of: ['certificate', 'ocsp-response'], read: (value) => BigInt(text(value)) },
  thisUpdate: { of: ['crl', 'ocsp-response'], read: text },
  nextUpdate: { of: ['crl', 'ocsp-response'], read: (value) => (value === 'absent' ? null : text(value)) },
  revoked: {
    of: ['crl', 'ocsp-response'],
    read: (value) => (value as { serial: string; at: string; reason?: string }[]).map((one) => ({ ...one, serial: BigInt(one.serial) })),
  },
  extensions: { of: ['certificate', 'crl', 'ocsp-response'], read: (value) => readParts(value, EXTENSIONS) },
};

function readChanges(kind: MadeKind, described: Described): Record<string, never> {
  const read = Object.entries(described).map(([key, value]) => {
    const known = Object.hasOwn(KEYS, key) ? KEYS[key] : undefined;
    if (!known?.of.includes(kind)) throw new Error(`The example has a key "${key}" of a ${kind} that no test knows.`);
    return [key, known.read(value)];
  });
  return Object.fromEntries(read) as Record<string, never>;
}

type Encode = (value: unknown) => Octets;

const EXTENSIONS: Partial<Record<ExtensionName, Encode>> = {
  keyUsage: (value) => encodeKeyUsage(texts(value)),
  extKeyUsage: (value) => encodeExtKeyUsage(texts(value)),
  subjectAltName: (value) => encodeHostNames(texts(value)),
  certificatePolicies: (value) => encodePolicies(value as { oid: string; cps?: string }[]),
  cRLDistributionPoints: (value) => encodeCrlAddress(text(value)),
  authorityInfoAccess: (value) => encodeAccess(value as { caIssuers?: string; ocsp?: string }),
  expiredCertsOnCRL: (value) => encodeExtension('expiredCertsOnCRL', encodeInstant(text(value))),
  archiveCutoff: (value) => encodeExtension('archiveCutoff', encodeInstant(text(value))),
  noRevAvail: () => encodeFlag('noRevAvail'),
  validityAssuredShortTerm: () => encodeFlag('validityAssuredShortTerm'),
};

const STATEMENTS: Partial<Record<StatementName, Encode>> = {
  QcType: (value) => encodeQcType(...texts<'esign'>(value)),
  QcPDS: (value) => encodeQcPds(value as Record<string, string>),
  QcCClegislation: (value) => encodeCountries('QcCClegislation', texts(value)),
};
/** Of the other statements only the presence can be asked for. */
const encodeStatementOf = (name: string): Encode => {
  if (name !== 'QcCompliance' && name !== 'QcSSCD') throw new Error(`The example has a statement "${name}" that no test knows.`);
  return () => encodeStatement(name);
};

const REFUSE = (name: string): never => {
  throw new Error(`The example has an extension "${name}" that no test knows.`);
};

function readParts(value: unknown, encoders: Readonly<Record<string, Encode>>, otherwise: (name: string) => Encode = REFUSE): Record<string, Octets | null> {
  const parts = Object.entries(value as Record<string, unknown>).map(([name, words]): [string, Octets | null] => {
    if (words === 'absent') return [name, null];
    return [name, (Object.hasOwn(encoders, name) ? (encoders[name] as Encode) : otherwise(name))(words)];
  });
  return Object.fromEntries(parts);
}
