// `npm run example-certificates` makes content/certificates/ anew: the CA hierarchy of the example's CPS, samples of each
// policy, CRLs and OCSP responses. The keys lie in scripts/example-keys/ for everybody to see and are worth nothing.
// RSA signatures are the same each time. One with an elliptic curve is not, so a file stays when what is signed in it stays.
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { integer, type Octets, pem, sequence, tagged } from '../test/helpers/der.ts';
import { encodeAuthorityKey, encodeExtension, encodeName, type NameParts } from '../test/helpers/encode-extensions.ts';
import {
  addSeconds,
  deriveKey,
  encodeInstant,
  encodeTbsCertificate,
  encodeTbsCrl,
  encodeTbsResponse,
  isSignatureOver,
  keyIdentifier,
  lastSecond,
  type Signer,
  serialOf,
  signX509,
  unwrapResponse,
  wrapResponse,
} from '../test/helpers/encode-x509.ts';
import {
  type Authority,
  ISSUING,
  LISTS,
  PROVIDER,
  RESPONDER_DAYS,
  RESPONDERS,
  RESPONSES,
  type Responder,
  ROOT,
  SAMPLES,
  type Sample,
} from './example-hierarchy.ts';
import {
  type Extensions,
  listCaExtensions,
  listRootExtensions,
  listSignerExtensions,
  listSubscriberExtensions,
  SUBSCRIBER_PROFILES,
} from './example-profiles.ts';

const KEYS = fileURLToPath(new URL('example-keys/', import.meta.url));
const OUTPUT = fileURLToPath(new URL('../content/certificates/', import.meta.url));

const keys = new Map<string, KeyObject>();

/** The private key of a CA, OCSP signer or sample. */
export function readKey(id: string): KeyObject {
  const key = keys.get(id) ?? createPrivateKey(readFileSync(`${KEYS}${id}.pem`));
  keys.set(id, key);
  return key;
}

const authorityName = ({ commonName }: Authority): Octets => encodeName({ ...PROVIDER, commonName });

/** A CA of the example by its id. */
export function findAuthority(id: string): Authority {
  const authority = [ROOT, ...ISSUING].find((candidate) => candidate.id === id);
  if (!authority) throw new Error(`example-hierarchy.ts has no CA "${id}".`);
  return authority;
}

/** The DER that an earlier run wrote, or the same content signed now. */
type Sign = (file: string, tbs: Octets, signer: Signer, ...more: readonly Octets[]) => Octets;

interface CertificateParts {
  readonly id: string;
  readonly issuer: Authority;
  readonly subject: NameParts;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly key: KeyObject;
  readonly extensions: Extensions;
}

function makeCertificate(file: string, parts: CertificateParts, sign: Sign): Octets {
  const { algorithm } = parts.issuer;
  const tbs = encodeTbsCertificate({
    serial: serialOf(parts.id),
    algorithm,
    issuer: authorityName(parts.issuer),
    subject: encodeName(parts.subject),
    notBefore: parts.notBefore,
    notAfter: parts.notAfter,
    key: parts.key,
    extensions: Object.values(parts.extensions),
  });
  return sign(file, tbs, { key: readKey(parts.issuer.id), algorithm });
}

function planAuthority(authority: Authority): CertificateParts {
  const { id, commonName, notBefore, notAfter } = authority;
  const key = readKey(id);
  const links = { issuer: ROOT.id, issuerKey: readKey(ROOT.id), key };
  const extensions = authority === ROOT ? listRootExtensions(key) : listCaExtensions(links, authority.forWebsites ?? false);
  return { id, issuer: ROOT, subject: { ...PROVIDER, commonName }, notBefore, notAfter, key, extensions };
}

function planResponder({ id, authority, commonName, notBefore }: Responder): CertificateParts {
  const key = readKey(id);
  const extensions = listSignerExtensions({ issuer: authority, issuerKey: readKey(authority), key });
  const notAfter = lastSecond(notBefore, RESPONDER_DAYS);
  return { id, issuer: findAuthority(authority), subject: { ...PROVIDER, commonName }, notBefore, notAfter, key, extensions };
}

function planSample(sample: Sample): CertificateParts {
  const { id, authority, subject, notBefore, profile } = sample;
  const key = createPublicKey(sample.rsa ? readKey(id) : deriveKey(id));
  const links = { issuer: authority, issuerKey: readKey(authority), key };
  const extensions = listSubscriberExtensions(profile, links, sample.pds, sample.hosts ?? []);
  const notAfter = lastSecond(notBefore, sample.days ?? SUBSCRIBER_PROFILES[profile].days);
  return { id, issuer: findAuthority(authority), subject, notBefore, notAfter, key, extensions };
}

function makeList(list: (typeof LISTS)[number], sign: Sign): Octets {
  const authority = findAuthority(list.authority);
  const key = readKey(authority.id);
  const tbs = encodeTbsCrl({
    algorithm: authority.algorithm,
    issuer: authorityName(authority),
    thisUpdate: list.thisUpdate,
    nextUpdate: list.nextUpdate,
    revoked: SAMPLES.flatMap(({ id, authority: issuer, revoked }) => (revoked && issuer === authority.id ? [{ serial: serialOf(id), ...revoked }] : [])),
    extensions: [
      encodeAuthorityKey(keyIdentifier(key)),
      encodeExtension('cRLNumber', integer(list.number)),
      encodeExtension('expiredCertsOnCRL', encodeInstant(authority.notBefore)),
    ],
  });
  return sign(`crl/${authority.id}.der`, tbs, { key, algorithm: authority.algorithm });
}

function makeResponse(id: string, certificates: ReadonlyMap<string, Octets>, sign: Sign): Octets {
  const sample = SAMPLES.find((candidate) => candidate.id === id);
  const responder = RESPONDERS.find(({ authority }) => authority === sample?.authority);
  const signerCertificate = certificates.get(responder?.id ?? '');
  if (!sample || !responder || !signerCertificate) throw new Error(`example-hierarchy.ts names no sample "${id}" whose CA has an OCSP signer.`);
  const authority = findAuthority(sample.authority);
  const key = readKey(responder.id);
  const { thisUpdate, hours } = RESPONSES;
  const tbs = encodeTbsResponse({
    issuer: { name: authorityName(authority), key: readKey(authority.id) },
    responderKey: key,
    serial: serialOf(id),
    thisUpdate,
    nextUpdate: addSeconds(thisUpdate, hours * 3600),
    extensions: [encodeExtension('archiveCutoff', encodeInstant(authority.notBefore))],
    ...(sample.revoked && { revoked: sample.revoked }),
  });
  return sign(`ocsp/${id}.der`, tbs, { key, algorithm: responder.algorithm }, tagged(0, sequence(signerCertificate)));
}

const text = (content: Octets): Octets => Buffer.from(pem('CERTIFICATE', content));

/** All files of content/certificates/ by path. `kept` gives what an earlier run wrote. */
export function makeExample(kept: (file: string) => Octets | undefined): Map<string, Octets> {
  const files = new Map<string, Octets>();
  const certificates = new Map<string, Octets>();
  const sign: Sign = (file, tbs, signer, ...more) => {
    const before = kept(file);
    return before && isSignatureOver(tbs, before, signer) ? before : signX509(tbs, signer, ...more);
  };
  for (const authority of [ROOT, ...ISSUING]) {
    const der = makeCertificate(`ca/${authority.id}.der`, planAuthority(authority), sign);
    files.set(`ca/${authority.id}.der`, der).set(`ca/${authority.id}.pem`, text(der));
  }
  for (const parts of [...RESPONDERS.map(planResponder), ...SAMPLES.map(planSample)]) {
    const folder = RESPONDERS.some(({ id }) => id === parts.id) ? 'ocsp' : 'samples';
    const file = `${folder}/${parts.id}.pem`;
    const der = makeCertificate(file, parts, sign);
    certificates.set(parts.id, der);
    files.set(file, text(der));
  }
  for (const list of LISTS) files.set(`crl/${list.authority}.der`, makeList(list, sign));
  for (const id of RESPONSES.samples) files.set(`ocsp/${id}.der`, wrapResponse(makeResponse(id, certificates, sign)));
  return files;
}

/** The signed object within a file: the certificate of a PEM file, the basic response of an OCSP response. */
function unwrap(file: string, content: Octets): Octets {
  if (file.endsWith('.pem')) return Buffer.from(content.toString().replace(/-----[^-]+-----|\s/g, ''), 'base64');
  return file.startsWith('ocsp/') ? unwrapResponse(content) : content;
}

/** Reads what an earlier run wrote to a folder. */
export const readKept =
  (folder: string) =>
  (file: string): Octets | undefined =>
    existsSync(folder + file) ? unwrap(file, readFileSync(folder + file)) : undefined;

if (import.meta.main) {
  for (const [file, content] of makeExample(readKept(OUTPUT))) {
    mkdirSync(dirname(OUTPUT + file), { recursive: true });
    writeFileSync(OUTPUT + file, content);
  }
}
