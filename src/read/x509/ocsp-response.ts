import type { CertificateFacts } from '../../model/certificate.ts';
import { REVOCATION_REASONS } from '../../model/certificate-extension.ts';
import { type BasicResponse, type CertId, type OcspFacts, RESPONSE_STATUSES, type SingleResponse } from '../../model/ocsp-response.ts';
import { readAlgorithm } from './algorithm.ts';
import { readCertificate, readOuter } from './certificate.ts';
import { constructed, primitive, TAG } from './der.ts';
import { readExtensions } from './extensions.ts';
import { attempt, type Field } from './field.ts';
import { readName } from './name.ts';
import { Reading } from './reading.ts';

/** Reads an OCSP response (RFC 6960, 4.2.1) from its DER. Throws a `DerFault` where its frame is not one of a response. */
export function readOcspResponse(bytes: Uint8Array): OcspFacts {
  const reading = new Reading(bytes);
  const fields = readOuter(reading, 'response').fields();
  const status = fields.next('responseStatus', '').number(TAG.enumerated);
  const wrapped = fields.more ? fields.next('responseBytes', '') : undefined;
  fields.end();
  wrapped?.demand(constructed(0));
  const { places, irregularities } = reading;
  const facts = { kind: 'ocsp-response', responseStatus: RESPONSE_STATUSES[status] ?? String(status), size: bytes.length, places, irregularities } as const;
  return { ...facts, ...(wrapped && readResponseBytes(wrapped.content())) };
}

function readResponseBytes(field: Field): Pick<OcspFacts, 'responseType' | 'basic'> {
  const fields = field.fields();
  const { oid, name } = fields.next('responseType').namedOid();
  const response = fields.next('response');
  fields.end();
  response.demand(TAG.octetString);
  return { responseType: oid, ...(name === 'basicOcspResponse' && { basic: readBasic(response.content('basic')) }) };
}

function readBasic(field: Field): BasicResponse {
  const fields = field.fields();
  const data = readData(fields.next('tbsResponseData'), field.at);
  const signatureAlgorithm = readAlgorithm(fields.next('signatureAlgorithm'));
  const signatureValue = fields.next('signatureValue').bitOctets();
  const certs = fields.optional('certs', constructed(0));
  fields.end();
  return { at: field.at, ...data, signatureAlgorithm, signatureValue, certs: certs ? readCertificates(certs) : [] };
}

/** Reads the certificates sent along, each by itself. */
function readCertificates(wrapped: Field): CertificateFacts[] {
  const { reading, at } = wrapped;
  const read = ({ element: { offset, next } }: Field) => attempt(reading, () => readCertificate(reading.bytes.subarray(offset, next)), offset);
  return wrapped
    .content()
    .list(read, at)
    .filter((facts) => facts !== undefined);
}

type Data = Pick<BasicResponse, 'version' | 'responderID' | 'producedAt' | 'responses' | 'extensions'>;

/** ResponseData. Its fields have paths directly below the response that holds it. */
function readData(field: Field, at: string): Data {
  const fields = field.fields();
  const version = fields.optional('version', constructed(0));
  const number = version?.content().number() ?? 0;
  if (number === 0) version?.report('not-der', 'The version says 1, which is its default.', '1', 'nothing, which means 1');
  const responderID = readResponder(fields.next('responderID', at));
  const producedAt = fields.next('producedAt', at).time('GeneralizedTime');
  const responses = fields.next('responses', at).list(readSingle);
  const extensions = readWrapped(fields.optional('extensions', constructed(1)), `${at}.extensions`);
  fields.end();
  return { version: number + 1, responderID, producedAt, responses, extensions };
}

const readWrapped = (wrapped: Field | undefined, at: string) => (wrapped ? readExtensions(wrapped.content(), at) : []);

function readResponder(field: Field): BasicResponse['responderID'] {
  if (field.is(constructed(1))) return { at: field.at, byName: readName(field.content()) };
  field.demand(constructed(2));
  return { at: field.at, byKey: field.content().octets() };
}

function readSingle(field: Field): SingleResponse {
  const fields = field.fields();
  const certID = readCertId(fields.next('certID'));
  const status = readStatus(fields.next('status'));
  const thisUpdate = fields.next('thisUpdate').time('GeneralizedTime');
  const nextUpdate = fields.optional('nextUpdate', constructed(0))?.content().time('GeneralizedTime');
  const extensions = fields.optional('extensions', constructed(1));
  fields.end();
  return { at: field.at, certID, ...status, thisUpdate, ...(nextUpdate && { nextUpdate }), extensions: readWrapped(extensions, `${field.at}.extensions`) };
}

function readCertId(field: Field): CertId {
  const fields = field.fields();
  const certID = {
    at: field.at,
    hashAlgorithm: readAlgorithm(fields.next('hashAlgorithm')),
    issuerNameHash: fields.next('issuerNameHash').octets(),
    issuerKeyHash: fields.next('issuerKeyHash').octets(),
    serialNumber: fields.next('serialNumber').serialNumber(),
  };
  fields.end();
  return certID;
}

function readStatus(field: Field): Pick<SingleResponse, 'status' | 'revocationTime' | 'revocationReason'> {
  if (field.is(constructed(1))) return readRevoked(field.as(TAG.sequence));
  const status = field.is(primitive(0)) ? 'good' : 'unknown';
  if (status === 'unknown') field.demand(primitive(2));
  field.as(TAG.null).null();
  return { status };
}

function readRevoked(field: Field): Pick<SingleResponse, 'status' | 'revocationTime' | 'revocationReason'> {
  const fields = field.fields();
  const revocationTime = fields.next('revocationTime').time('GeneralizedTime');
  const code = fields.optional('revocationReason', constructed(0))?.content().number(TAG.enumerated);
  fields.end();
  const reason = code === undefined ? undefined : (REVOCATION_REASONS[code] ?? String(code));
  return { status: 'revoked', revocationTime, ...(reason !== undefined && { revocationReason: reason }) };
}
