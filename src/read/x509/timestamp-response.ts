import type { AlgorithmFacts, Irregularity, NamedOid } from '../../model/asn1.ts';
import type { DistinguishedName } from '../../model/distinguished-name.ts';
import { isInstant } from '../../model/time.ts';
import { readAlgorithm } from './algorithm.ts';
import { readOuter } from './certificate.ts';
import { constructed, type Element, primitive, readElement, TAG } from './der.ts';
import type { Field } from './field.ts';
import { readName } from './name.ts';
import { decodeLatin } from './primitives.ts';
import { Reading } from './reading.ts';

/** TSTInfo (RFC 3161, 2.4.2), which the authority signed. */
export interface TimestampInfo {
  readonly version: number;
  readonly policy: string;
  readonly hashAlgorithm: NamedOid;
  readonly hashedMessage: string;
  readonly serial: string;
  /** As it is written, and as milliseconds; undefined where it is no time of RFC 3161. */
  readonly genTime: { readonly written: string; readonly time: number | undefined };
  /** In milliseconds, rounded up. */
  readonly accuracy: number;
  readonly nonce?: string;
  /** Extensions that nobody may pass over. */
  readonly critical: readonly string[];
}

/** SignerInfo (RFC 5652, 5.3). */
export interface TimestampSigner {
  readonly version: number;
  readonly name?: { readonly issuer: DistinguishedName /** Its DER. */; readonly der: Uint8Array; readonly serial: string };
  readonly keyIdentifier?: string;
  readonly digestAlgorithm: AlgorithmFacts;
  /** The DER of the former, in hexadecimal. */
  readonly digestDer: string;
  /** The attributes as they were signed: under the tag of a SET. Undefined where there are none. */
  readonly signed: Uint8Array | undefined;
  /** Values of each attribute, by its OID. */
  readonly attributes: readonly { readonly oid: string; readonly values: readonly Uint8Array[] }[];
  readonly signatureAlgorithm: AlgorithmFacts;
  readonly signatureValue: string;
}

/** A TimeStampToken, taken apart; nothing of it is verified. */
export interface TimestampToken {
  readonly contentType: string;
  readonly version: number;
  readonly eContentType: string;
  /** The octets that are signed, and what they say. */
  readonly content: Uint8Array;
  readonly info: TimestampInfo;
  /** The DER of each, in their order. */
  readonly certificates: readonly Uint8Array[];
  readonly signers: readonly TimestampSigner[];
  /** Whether the digest algorithms that are announced are those of the signers, octet by octet. */
  readonly announcesDigests: boolean;
}

/** A TimeStampResp. */
export interface TimestampResponse {
  readonly status: number;
  readonly reason: string;
  readonly token?: TimestampToken;
  readonly irregularities: readonly Irregularity[];
}

const ID_TST_INFO = '1.2.840.113549.1.9.16.1.4';
const ID_SIGNED_DATA = '1.2.840.113549.1.7.2';

/** Reads a TimeStampResp of RFC 3161. Throws a `DerFault` where its frame is not one. */
export function readTimestampResponse(bytes: Uint8Array): TimestampResponse {
  const reading = new Reading(bytes);
  const fields = readOuter(reading, 'response').fields();
  const status = readStatus(fields.next('status', ''));
  const token = fields.more ? readToken(fields.next('timeStampToken', '')) : undefined;
  fields.end();
  return { ...status, ...(token && { token }), irregularities: reading.irregularities };
}

function readStatus(field: Field): Pick<TimestampResponse, 'status' | 'reason'> {
  const fields = field.fields();
  const status = fields.next('status').number();
  const texts = fields.optional('statusString', TAG.sequence)?.list((text) => text.text({ types: ['UTF8String'] }).value) ?? [];
  const failure = fields.optional('failInfo', TAG.bitString)?.hex();
  fields.end();
  return { status, reason: [...texts, ...(failure === undefined ? [] : [`failInfo ${failure}`])].join('; ') };
}

function readToken(field: Field): TimestampToken {
  const outer = field.fields();
  const contentType = outer.next('contentType').oid();
  const wrapped = outer.next('content');
  wrapped.demand(constructed(0));
  outer.end();
  if (contentType !== ID_SIGNED_DATA) wrapped.fault('The token is no CMS SignedData.', contentType, ID_SIGNED_DATA);
  const fields = wrapped.content().fields();
  const version = fields.next('version').number();
  const announced = fields.next('digestAlgorithms').list((item) => item.der(), undefined, TAG.set);
  const { eContentType, content, info } = readContent(fields.next('encapContentInfo'));
  const certificates = fields.optional('certificates', constructed(0));
  // Revocation information is not looked at.
  fields.optional('crls', constructed(1));
  const signers = fields.next('signerInfos').list(readSigner, undefined, TAG.set);
  fields.end();
  return {
    contentType,
    version,
    eContentType,
    content,
    info,
    certificates: certificates ? readCertificates(certificates) : [],
    signers,
    announcesDigests: announced.length === signers.length && signers.every(({ digestDer }, index) => announced[index] === digestDer),
  };
}

function readContent(field: Field) {
  const fields = field.fields();
  const eContentType = fields.next('eContentType').oid();
  const wrapped = fields.next('eContent');
  wrapped.demand(constructed(0));
  fields.end();
  if (eContentType !== ID_TST_INFO) wrapped.fault('What is signed is no TSTInfo.', eContentType, ID_TST_INFO);
  const octets = wrapped.content();
  octets.demand(TAG.octetString);
  const { start, end } = octets.element;
  return { eContentType, content: octets.reading.bytes.subarray(start, end), info: readInfo(octets.content('tstInfo')) };
}

function readInfo(field: Field): TimestampInfo {
  const fields = field.fields();
  const version = fields.next('version').number();
  const policy = fields.next('policy').oid();
  const imprint = fields.next('messageImprint').fields();
  const hashAlgorithm = readAlgorithm(imprint.next('hashAlgorithm'));
  const hashedMessage = imprint.next('hashedMessage').octets();
  imprint.end();
  const serial = fields.next('serialNumber').serialNumber().hex;
  const genTime = readGenTime(fields.next('genTime'));
  const accuracy = fields.optional('accuracy', TAG.sequence);
  fields.optional('ordering', TAG.boolean)?.boolean();
  const nonce = fields.optional('nonce', TAG.integer)?.serialNumber().hex;
  fields.optional('tsa', constructed(0))?.content();
  const extensions = fields.optional('extensions', constructed(1));
  fields.end();
  return {
    version,
    policy,
    hashAlgorithm,
    hashedMessage,
    serial,
    genTime,
    accuracy: accuracy ? readAccuracy(accuracy) : 0,
    ...(nonce !== undefined && { nonce }),
    critical: extensions ? readCritical(extensions) : [],
  };
}

/** GeneralizedTime as RFC 3161, 2.4.2, wants it: in UTC, with seconds, and a fraction without zeros at its end. */
const GEN_TIME = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d{0,8}[1-9])?Z$/;

function readGenTime(field: Field): TimestampInfo['genTime'] {
  field.demand(TAG.generalizedTime);
  const { start, end } = field.element;
  const written = decodeLatin(field.reading.bytes, start, Math.min(end, start + 40));
  const [, year, month, day, hour, minute, second, fraction = ''] = GEN_TIME.exec(written) ?? [];
  const instant = `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
  return { written, time: isInstant(instant) ? Date.parse(instant) + Math.floor(Number(`0${fraction}`) * 1000) : undefined };
}

function readAccuracy(field: Field): number {
  const fields = field.fields();
  const seconds = fields.optional('seconds', TAG.integer)?.number() ?? 0;
  const millis = fields.optional('millis', primitive(0))?.number(primitive(0)) ?? 0;
  const micros = fields.optional('micros', primitive(1))?.number(primitive(1)) ?? 0;
  fields.end();
  return Math.max(0, seconds * 1000 + millis + Math.ceil(micros / 1000));
}

function readCritical(field: Field): string[] {
  const extensions = field.as(TAG.sequence).list((item) => {
    const fields = item.fields();
    const oid = fields.next('extnID').oid();
    const critical = fields.optional('critical', TAG.boolean)?.boolean() ?? false;
    fields.next('extnValue').demand(TAG.octetString);
    fields.end();
    return { oid, critical };
  });
  return extensions.filter(({ critical }) => critical).map(({ oid }) => oid);
}

function readSigner(field: Field): TimestampSigner {
  const fields = field.fields();
  const version = fields.next('version').number();
  const sid = fields.next('sid');
  const digest = fields.next('digestAlgorithm');
  const signed = fields.optional('signedAttrs', constructed(0));
  const signatureAlgorithm = readAlgorithm(fields.next('signatureAlgorithm'));
  const signatureValue = fields.next('signature').octets();
  fields.optional('unsignedAttrs', constructed(1));
  fields.end();
  return {
    version,
    ...(sid.is(primitive(0)) ? { keyIdentifier: sid.hex() } : { name: readSid(sid) }),
    digestAlgorithm: readAlgorithm(digest),
    digestDer: digest.der(),
    signed: signed && asSet(signed),
    attributes: signed ? signed.as(TAG.set).list(readAttribute, undefined, TAG.set) : [],
    signatureAlgorithm,
    signatureValue,
  };
}

function readSid(field: Field): TimestampSigner['name'] {
  const fields = field.fields();
  const issuer = fields.next('issuer');
  const serial = fields.next('serialNumber').serialNumber().hex;
  fields.end();
  return { issuer: readName(issuer), der: wholeOf(issuer), serial };
}

function readAttribute(field: Field): TimestampSigner['attributes'][number] {
  const fields = field.fields();
  const oid = fields.next('attrType').oid();
  const values = fields.next('attrValues').list(wholeOf, undefined, TAG.set);
  fields.end();
  return { oid, values };
}

const wholeOf = ({ reading, element: { offset, next } }: Field): Uint8Array => reading.bytes.subarray(offset, next);

/** What the signature is over: the attributes under the tag of a SET (RFC 5652, 5.4). */
function asSet({ reading, element: { offset, next } }: Field): Uint8Array {
  const octets = Uint8Array.from(reading.bytes.subarray(offset, next));
  octets[0] = TAG.set;
  return octets;
}

/** The members of the set, which have to be certificates. */
function readCertificates(field: Field): Uint8Array[] {
  const members: Element[] = [];
  const { reading, element, at } = field;
  for (let position = element.start; position < element.end; ) {
    const member = readElement(reading.bytes, position, element.end, at);
    position = member.next;
    if (member.tag !== TAG.sequence) field.fault('Among the certificates there is something else.', `a tag ${member.tag}`, 'certificates of X.509');
    members.push(member);
  }
  return members.map(({ offset, next }) => reading.bytes.subarray(offset, next));
}
