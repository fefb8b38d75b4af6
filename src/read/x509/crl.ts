import { type Extension, REVOCATION_REASONS } from '../../model/certificate-extension.ts';
import type { CrlFacts, RevokedCertificate } from '../../model/crl.ts';
import { readAlgorithm } from './algorithm.ts';
import { readOuter } from './certificate.ts';
import { constructed, TAG } from './der.ts';
import { readExtensions } from './extensions.ts';
import type { Field } from './field.ts';
import { readName } from './name.ts';
import { Reading } from './reading.ts';

type TbsFacts = Omit<CrlFacts, 'kind' | 'size' | 'places' | 'irregularities' | 'signatureAlgorithm' | 'signatureValue'>;

/** Reads a CRL (RFC 5280, 5.1) from its DER. Throws a `DerFault` where its frame or one of its entries is none of a CRL. */
export function readCrl(bytes: Uint8Array): CrlFacts {
  const reading = new Reading(bytes);
  const fields = readOuter(reading, 'crl').fields();
  const tbs = readTbs(fields.next('tbsCertList', ''));
  const signatureAlgorithm = readAlgorithm(fields.next('signatureAlgorithm', ''));
  const signatureValue = fields.next('signatureValue', '').bitOctets();
  fields.end();
  const { places, irregularities } = reading;
  return { kind: 'crl', ...tbs, signatureAlgorithm, signatureValue, size: bytes.length, places, irregularities };
}

function readTbs(field: Field): TbsFacts {
  const fields = field.fields();
  const version = (fields.optional('version', TAG.integer)?.number() ?? 0) + 1;
  const signature = readAlgorithm(fields.next('signature'));
  const issuer = readName(fields.next('issuer'));
  const thisUpdate = fields.next('thisUpdate').time();
  const nextUpdate = fields.optional('nextUpdate', TAG.utcTime, TAG.generalizedTime)?.time();
  const entries = fields.optional('revokedCertificates', TAG.sequence);
  const revokedCertificates = entries ? readEntries(entries) : [];
  const extensions = fields.optional('extensions', constructed(0));
  fields.end();
  return {
    version,
    signature,
    issuer,
    thisUpdate,
    ...(nextUpdate && { nextUpdate }),
    revokedCertificates,
    extensions: extensions ? readExtensions(extensions.content(), extensions.at) : [],
  };
}

function readEntries(entries: Field): RevokedCertificate[] {
  entries.reading.silent = true;
  const revoked = entries.list(readEntry);
  entries.reading.silent = false;
  return revoked;
}

function readEntry(entry: Field): RevokedCertificate {
  const fields = entry.fields();
  const serialNumber = fields.next('userCertificate').serialNumber().hex;
  const revocationDate = fields.next('revocationDate').time().instant;
  const list = fields.optional('extensions', TAG.sequence);
  fields.end();
  const base = { serialNumber, offset: entry.element.offset, ...(revocationDate && { revocationDate }) };
  if (!list) return base;
  const reason = readPlainReason(list);
  return reason === undefined ? { ...base, ...sortExtensions(readExtensions(list, list.at)) } : { ...base, reason };
}

/** What nearly every entry has and nothing else: a reason that is not critical, in DER; its code is the last octet. */
const PLAIN_REASON = [0x30, 0x0a, 0x06, 0x03, 0x55, 0x1d, 0x15, 0x04, 0x03, 0x0a, 0x01];

/** The reason, read in one step where it is such a one: a list can have a million of them. */
function readPlainReason({ reading: { bytes }, element: { start, end } }: Field): string | undefined {
  const isPlain = end - start === PLAIN_REASON.length + 1 && PLAIN_REASON.every((octet, index) => bytes[start + index] === octet);
  return isPlain ? REVOCATION_REASONS[bytes[end - 1] ?? 7] : undefined;
}

/** Reason and invalidity date as plain values; whatever is more than that stays an extension. */
function sortExtensions(extensions: readonly Extension[]): Pick<RevokedCertificate, 'reason' | 'invalidityDate' | 'extensions'> {
  const facts: { -readonly [Key in 'reason' | 'invalidityDate' | 'extensions']?: RevokedCertificate[Key] } = {};
  const others: Extension[] = [];
  for (const extension of extensions) {
    const { name, value, critical } = extension;
    if (name === 'reasonCode' && value?.reason !== undefined && !critical && facts.reason === undefined) facts.reason = value.reason;
    else if (name === 'invalidityDate' && value?.date.instant && !critical && facts.invalidityDate === undefined) facts.invalidityDate = value.date.instant;
    else others.push(extension);
  }
  return others.length > 0 ? { ...facts, extensions: others } : facts;
}
