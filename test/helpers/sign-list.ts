import { constants, createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { elementsOf, readXml, type XmlElement } from '../../src/read/xml.ts';
import { type Canonicalisation, canonicalise } from '../../src/read/xml-signature/canonical.ts';
import type { Octets } from './der.ts';

const DS = 'http://www.w3.org/2000/09/xmldsig#';
const XADES = 'http://uri.etsi.org/01903/v1.3.2#';
const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const INCLUSIVE = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315';
const DIGESTS = {
  256: 'http://www.w3.org/2001/04/xmlenc#sha256',
  384: 'http://www.w3.org/2001/04/xmldsig-more#sha384',
  512: 'http://www.w3.org/2001/04/xmlenc#sha512',
} as const;
type HashSize = keyof typeof DIGESTS;

type Scheme = 'pkcs1' | 'pss' | 'ecdsa';
const METHODS: Readonly<Record<Scheme, (size: HashSize) => string>> = {
  pkcs1: (size) => `http://www.w3.org/2001/04/xmldsig-more#rsa-sha${size}`,
  pss: (size) => `http://www.w3.org/2007/05/xmldsig-more#sha${size}-rsa-MGF1`,
  ecdsa: (size) => `http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha${size}`,
};

/** Who signs a list, and how. */
export interface ListSigning {
  readonly key: KeyObject;
  /** DER of the signer's certificate. */
  readonly certificate: Octets;
  /** What the kind of key suggests, unless it is named. */
  readonly scheme?: Scheme;
  readonly hash?: HashSize;
  readonly signedAt: string;
  /** How the reference names the whole list: by nothing, or by the identifier of its root. */
  readonly reference?: string;
  /** Of SignedInfo. */
  readonly canonicalisation?: Canonicalisation['kind'];
  /** The reference to the signed properties has no transform, so the inclusive form applies. */
  readonly plainProperties?: boolean;
  /** What an earlier run wrote: its signature stays where it is right over the same content. */
  readonly kept?: string | undefined;
  /** Changes what is written, before it is digested and signed. */
  readonly change?: Partial<Readonly<Record<'properties' | 'info' | 'signature', (text: string) => string>>>;
}

const asIs = (text: string): string => text;
const toBase64 = (octets: Octets): string => Buffer.from(octets).toString('base64');
const digestOf = (content: string | Octets, size: HashSize): string => createHash(`sha${size}`).update(content).digest('base64');

/** The text of a list with an enveloped XAdES signature as the last child of its root (TS 119 612, annex B). */
export function signList(unsigned: string, signing: ListSigning): string {
  const { change = {}, hash = 256 } = signing;
  const place = unsigned.lastIndexOf('</');
  const properties = (change.properties ?? asIs)(writeProperties(signing));
  const put = (info: string, value: string): string => {
    const signature = (change.signature ?? asIs)(writeSignature(signing, { info, value, properties }));
    return `${unsigned.slice(0, place)}${signature}${unsigned.slice(place)}`;
  };
  const draft = readParts(put('', ''));
  const digests = {
    list: digestOf(canonicalise([draft.root], { kind: 'exclusive', inclusivePrefixes: [] }, draft.signature), hash),
    properties: digestOf(canonicalise(draft.properties, formOf(signing.plainProperties ? 'inclusive' : 'exclusive')), hash),
  };
  const info = (change.info ?? asIs)(writeInfo(signing, digests));
  const content = Buffer.from(canonicalise(readParts(put(info, '')).info, formOf(signing.canonicalisation)));
  return put(info, toBase64(keepValue(content, signing) ?? sign(`sha${hash}`, content, keyOptions(signing))));
}

const formOf = (kind: Canonicalisation['kind'] = 'exclusive'): Canonicalisation =>
  kind === 'inclusive' ? { kind } : { kind: 'exclusive', inclusivePrefixes: [] };

function schemeOf({ key, scheme }: ListSigning): Scheme {
  return scheme ?? (key.asymmetricKeyType === 'ec' ? 'ecdsa' : key.asymmetricKeyType === 'rsa-pss' ? 'pss' : 'pkcs1');
}

function keyOptions(signing: ListSigning, key = signing.key) {
  const scheme = schemeOf(signing);
  if (scheme === 'ecdsa') return { key, dsaEncoding: 'ieee-p1363' as const };
  if (scheme === 'pkcs1') return { key };
  return { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: (signing.hash ?? 256) / 8 };
}

/** The signature of an earlier run where it is over exactly this. */
function keepValue(content: Octets, signing: ListSigning): Octets | undefined {
  const value = /<ds:SignatureValue[^>]*>([^<]*)</.exec(signing.kept ?? '')?.[1];
  const octets = value === undefined ? undefined : Buffer.from(value, 'base64');
  return octets && verify(`sha${signing.hash ?? 256}`, content, keyOptions(signing, createPublicKey(signing.key)), octets) ? octets : undefined;
}

/** Where the parts of a signature stand in a list, each with the path that leads to it. */
function readParts(text: string) {
  const { root, problem } = readXml(Buffer.from(text));
  if (!root) throw new Error(problem);
  const find = (parent: XmlElement, name: string): XmlElement[] => elementsOf(parent).filter((element) => element.name === name);
  const signature = find(root, 'Signature').at(-1) ?? root;
  const [info = signature] = find(signature, 'SignedInfo');
  const path = [root, signature];
  for (const name of ['Object', 'QualifyingProperties', 'SignedProperties']) path.push(...find(path.at(-1) ?? root, name).slice(0, 1));
  return { root, signature, info: [root, signature, info], properties: path as readonly XmlElement[] };
}

const ID = 'list-signature';

function writeProperties({ certificate, signedAt, hash = 256 }: ListSigning): string {
  return [
    `<xades:SignedProperties Id="${ID}-properties"><xades:SignedSignatureProperties>`,
    `<xades:SigningTime>${signedAt}</xades:SigningTime>`,
    `<xades:SigningCertificateV2><xades:Cert><xades:CertDigest><ds:DigestMethod Algorithm="${DIGESTS[hash]}"/>`,
    `<ds:DigestValue>${digestOf(certificate, hash)}</ds:DigestValue></xades:CertDigest></xades:Cert></xades:SigningCertificateV2>`,
    '</xades:SignedSignatureProperties><xades:SignedDataObjectProperties>',
    `<xades:DataObjectFormat ObjectReference="#${ID}-list"><xades:MimeType>text/xml</xades:MimeType></xades:DataObjectFormat>`,
    '</xades:SignedDataObjectProperties></xades:SignedProperties>',
  ].join('');
}

function writeInfo(signing: ListSigning, digests: { list: string; properties: string }): string {
  const { hash = 256, reference = '', canonicalisation, plainProperties } = signing;
  const digest = (value: string): string => `<ds:DigestMethod Algorithm="${DIGESTS[hash]}"/><ds:DigestValue>${value}</ds:DigestValue>`;
  const transforms = (...algorithms: readonly string[]): string =>
    algorithms.length === 0 ? '' : `<ds:Transforms>${algorithms.map((algorithm) => `<ds:Transform Algorithm="${algorithm}"/>`).join('')}</ds:Transforms>`;
  return [
    `<ds:SignedInfo><ds:CanonicalizationMethod Algorithm="${canonicalisation === 'inclusive' ? INCLUSIVE : EXCLUSIVE}"/>`,
    `<ds:SignatureMethod Algorithm="${METHODS[schemeOf(signing)](hash)}"/>`,
    `<ds:Reference Id="${ID}-list" URI="${reference}">${transforms(`${DS}enveloped-signature`, EXCLUSIVE)}${digest(digests.list)}</ds:Reference>`,
    `<ds:Reference Type="http://uri.etsi.org/01903#SignedProperties" URI="#${ID}-properties">`,
    `${transforms(...(plainProperties ? [] : [EXCLUSIVE]))}${digest(digests.properties)}</ds:Reference></ds:SignedInfo>`,
  ].join('');
}

function writeSignature({ certificate }: ListSigning, { info, value, properties }: Readonly<Record<'info' | 'value' | 'properties', string>>): string {
  return [
    `<ds:Signature xmlns:ds="${DS}" Id="${ID}">${info}<ds:SignatureValue>${value}</ds:SignatureValue>`,
    `<ds:KeyInfo><ds:X509Data><ds:X509Certificate>${toBase64(certificate)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>`,
    `<ds:Object><xades:QualifyingProperties xmlns:xades="${XADES}" Target="#${ID}">${properties}</xades:QualifyingProperties></ds:Object></ds:Signature>`,
  ].join('');
}
