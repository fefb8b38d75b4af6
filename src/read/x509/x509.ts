import type { CertificateFacts } from '../../model/certificate.ts';
import type { CrlFacts } from '../../model/crl.ts';
import type { Observation, Place } from '../../model/finding.ts';
import type { OcspFacts } from '../../model/ocsp-response.ts';
import { readCertificate } from './certificate.ts';
import { readCrl } from './crl.ts';
import { DerFault } from './der.ts';
import { readOcspResponse } from './ocsp-response.ts';
import { decodeBase64, readPem } from './pem.ts';
import { readPkcs7 } from './pkcs7.ts';
import { describeBinary, describeLabel, describeText, recogniseDer } from './recognise.ts';

/** One certificate, CRL or OCSP response that a file holds. */
export interface X509Item {
  readonly facts: CertificateFacts | CrlFacts | OcspFacts;
  readonly der: Uint8Array;
  /** The file, and the line where it is a PEM block. */
  readonly place: Place;
}

/** What a file holds, in its order, and why anything else in it was not read. */
export interface X509Content {
  readonly items: readonly X509Item[];
  readonly observations: readonly Observation[];
}

/** Octets of each kind, and of a whole file in base64; anything larger is refused before it is read. */
export const MOST_OCTETS = { file: 70_000_000, certificate: 1_000_000, crl: 50_000_000, 'ocsp-response': 1_000_000, pkcs7: 50_000_000 };
const MOST_BLOCKS = 5000;
const EXPECTED = 'a certificate, CRL or OCSP response as PEM, DER or base64, or a PKCS #7 chain';
const SECRET = 'Keep it where it is: a private key has no place beside certificates, and this program needs none.';

/**
 * Reads certificates, CRLs and OCSP responses from a file or from pasted text: PEM blocks with anything between them,
 * DER, base64 alone, and PKCS #7 chains in each of these. Never throws for bad content and never repeats what it
 * refuses: whatever cannot be read is an observation that says what it looks like instead.
 */
export function readX509(content: Uint8Array, file: string): X509Content {
  const at: Place = { file };
  if (content.length === 0) return refuse(at, 'The file is empty.', 'no octets');
  if (content.length > MOST_OCTETS.file) return tooLarge(at, 'file', content.length);
  // The digit 0 begins a text with the octet that begins DER.
  if (content[0] === 0x30 && ((content[1] ?? 0) >= 0x80 || content.some((octet) => octet < 9))) return readDer(content, at);
  const text = decodeFile(content);
  if (text === undefined) return refuseAs(at, describeBinary(content));
  return text.includes('-----BEGIN ') ? readBlocks(text, file) : readBare(text.trim(), at);
}

function readBlocks(text: string, file: string): X509Content {
  const blocks = readPem(text, MOST_BLOCKS + 1, (label) => describeLabel(label) === undefined);
  if (blocks.length > MOST_BLOCKS) return refuse({ file }, 'The file has too many PEM blocks.', `more than ${MOST_BLOCKS}`, `at most ${MOST_BLOCKS}`);
  const contents = blocks.map(({ label, line, bytes, problem }) => {
    const at: Place = { file, start: { line, column: 1 } };
    if (bytes) return readDer(bytes, at);
    const looksLike = describeLabel(label);
    return looksLike ? refuseAs(at, looksLike) : refuse(at, `The PEM block "${label}" cannot be read: ${problem}.`, 'a broken block', EXPECTED);
  });
  if (contents.length === 0) return refuse({ file }, 'The file begins PEM blocks, but none has a complete first line.', 'broken PEM', EXPECTED);
  return join(contents);
}

const join = (contents: readonly X509Content[]): X509Content => ({
  items: contents.flatMap(({ items }) => items),
  observations: contents.flatMap(({ observations }) => observations),
});

/** Base64 without armour, if it is DER. */
function readBare(text: string, at: Place): X509Content {
  if (text === '') return refuse(at, 'The file holds nothing but white space.', 'white space');
  const bytes = decodeBase64(text);
  return bytes?.[0] === 0x30 && bytes.length > 8 ? readDer(bytes, at) : refuseAs(at, describeText(text));
}

function readDer(der: Uint8Array, place: Place): X509Content {
  const recognised = recogniseDer(der);
  if (recognised.kind === 'other') return refuseAs(place, recognised.looksLike);
  const { kind } = recognised;
  if (der.length > MOST_OCTETS[kind]) return tooLarge(place, kind, der.length);
  try {
    if (kind === 'pkcs7') return readChain(der, place);
    return { items: [{ facts: READERS[kind](der), der, place }], observations: [] };
  } catch (error) {
    if (!(error instanceof DerFault)) throw error;
    return { items: [], observations: [describeFault(error, kind, place)] };
  }
}

const READERS = { certificate: readCertificate, crl: readCrl, 'ocsp-response': readOcspResponse };
const KINDS = { file: 'file', certificate: 'certificate', crl: 'CRL', 'ocsp-response': 'OCSP response', pkcs7: 'PKCS #7 chain' };

function readChain(der: Uint8Array, place: Place): X509Content {
  const members = readPkcs7(der);
  if (members.length === 0) return refuse(place, 'The PKCS #7 message carries no certificate and no CRL.', 'an empty chain');
  if (members.length > MOST_BLOCKS) return refuse(place, 'The PKCS #7 chain has too many members.', `${members.length}`, `at most ${MOST_BLOCKS}`);
  // A member that is a chain itself is not followed: nothing makes one, and it could go on for ever.
  return join(members.map((member) => (recogniseDer(member).kind === 'pkcs7' ? refuseAs(place, 'a chain within a chain') : readDer(member, place))));
}

function describeFault({ message, at, offset, seen, expected }: DerFault, kind: keyof typeof KINDS, place: Place): Observation {
  return {
    message: `The ${KINDS[kind]} cannot be read. ${message}`,
    at: { ...place, path: at },
    seen: `${seen}, at octet ${offset}`,
    expected,
    advice: 'Export it again from where it came; it may have been damaged on the way.',
  };
}

function refuseAs(at: Place, looksLike: string): X509Content {
  const isSecret = /private key/.test(looksLike);
  return refuse(at, `This is no certificate, CRL or OCSP response: it looks like ${looksLike}.`, looksLike, EXPECTED, isSecret ? SECRET : undefined);
}

function tooLarge(at: Place, kind: keyof typeof KINDS, size: number): X509Content {
  return refuse(at, `The ${KINDS[kind]} is too large to be read.`, `${size} octets`, `at most ${MOST_OCTETS[kind]} octets`);
}

function refuse(at: Place, message: string, seen: string, expected = EXPECTED, advice?: string): X509Content {
  return { items: [], observations: [{ message, at, seen, expected, ...(advice && { advice }) }] };
}

/** Text in UTF-8 or, with its mark, UTF-16; undefined for binary data. */
function decodeFile(content: Uint8Array): string | undefined {
  const [first, second] = content;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(content);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(content);
  return content.subarray(0, 4096).includes(0) ? undefined : new TextDecoder().decode(content);
}
