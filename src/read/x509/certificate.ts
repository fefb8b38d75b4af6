import type { CertificateFacts, Validity } from '../../model/certificate.ts';
import { readAlgorithm } from './algorithm.ts';
import { constructed, primitive, readElement, TAG } from './der.ts';
import { readExtensions } from './extensions.ts';
import { Field } from './field.ts';
import { readName } from './name.ts';
import { readPublicKey } from './public-key.ts';
import { Reading } from './reading.ts';

type TbsFacts = Omit<CertificateFacts, 'kind' | 'size' | 'places' | 'irregularities' | 'signatureAlgorithm' | 'signatureValue'>;

/** Reads a certificate (RFC 5280, 4.1) from its DER. Throws a `DerFault` where its frame is not one of a certificate. */
export function readCertificate(bytes: Uint8Array): CertificateFacts {
  const reading = new Reading(bytes);
  const fields = readOuter(reading, 'certificate').fields();
  const tbs = readTbs(fields.next('tbsCertificate', ''));
  const signatureAlgorithm = readAlgorithm(fields.next('signatureAlgorithm', ''));
  const signatureValue = fields.next('signatureValue', '').bitOctets();
  fields.end();
  const { places, irregularities } = reading;
  return { kind: 'certificate', ...tbs, signatureAlgorithm, signatureValue, size: bytes.length, places, irregularities };
}

/** The one element that the whole input is; what follows it is irregular. */
export function readOuter(reading: Reading, at: string): Field {
  const { bytes } = reading;
  const field = new Field(reading, at, readElement(bytes, 0, bytes.length, at));
  const left = bytes.length - field.element.next;
  if (left > 0) field.report('trailing-data', `Octets follow the end of the ${at}.`, `${left} more octets`, 'nothing more');
  return field;
}

function readTbs(field: Field): TbsFacts {
  const fields = field.fields();
  const version = fields.optional('version', constructed(0));
  const number = version?.content().number() ?? 0;
  if (number === 0) version?.report('not-der', 'The version says 1, which is its default.', '1', 'nothing, which means 1');
  const first = {
    version: number + 1,
    serialNumber: fields.next('serialNumber').serialNumber(),
    signature: readAlgorithm(fields.next('signature')),
    issuer: readName(fields.next('issuer')),
    validity: readValidity(fields.next('validity')),
    subject: readName(fields.next('subject')),
    subjectPublicKeyInfo: readPublicKey(fields.next('subjectPublicKeyInfo')),
  };
  const issuerId = fields.optional('issuerUniqueID', primitive(1))?.as(TAG.bitString).bitOctets();
  const subjectId = fields.optional('subjectUniqueID', primitive(2))?.as(TAG.bitString).bitOctets();
  const extensions = fields.optional('extensions', constructed(3));
  fields.end();
  return {
    ...first,
    ...(issuerId !== undefined && { issuerUniqueID: issuerId }),
    ...(subjectId !== undefined && { subjectUniqueID: subjectId }),
    extensions: extensions ? readExtensions(extensions.content(), extensions.at) : [],
  };
}

function readValidity(field: Field): Validity {
  const fields = field.fields();
  const notBefore = fields.next('notBefore').time();
  const notAfter = fields.next('notAfter').time();
  fields.end();
  const seconds = (Date.parse(notAfter.instant ?? '') - Date.parse(notBefore.instant ?? '')) / 1000 + 1;
  return { at: field.at, notBefore, notAfter, ...(!Number.isNaN(seconds) && { seconds }) };
}
