import type { ListSigner, SignatureFault } from '../../model/authentic-list.ts';
import type { Point } from '../../model/finding.ts';
import { readX509 } from '../x509/x509.ts';
import { attributeOf, elementsOf, textOf, type XmlElement } from '../xml.ts';
import { type Canonicalisation, canonicalise } from './canonical.ts';
import { SIGNATURE_METHODS, verifyValue } from './signature-value.ts';

const DS = 'http://www.w3.org/2000/09/xmldsig#';
const XADES = 'http://uri.etsi.org/01903/v1.3.2#';
const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const INCLUSIVE = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315';
const ENVELOPED = `${DS}enveloped-signature`;
const SIGNED_PROPERTIES = 'http://uri.etsi.org/01903#SignedProperties';
const XMLNS_XML = 'http://www.w3.org/XML/1998/namespace';
const DIGESTS: Readonly<Record<string, 'SHA-256' | 'SHA-384' | 'SHA-512'>> = {
  'http://www.w3.org/2001/04/xmlenc#sha256': 'SHA-256',
  'http://www.w3.org/2001/04/xmldsig-more#sha384': 'SHA-384',
  'http://www.w3.org/2001/04/xmlenc#sha512': 'SHA-512',
};
const SHA1 = `${DS}sha1`;

export type ListSignature =
  | { holds: true; signer: ListSigner; signature: XmlElement; signingTime: string | undefined; warnings: readonly string[] }
  | { holds: false; fault: SignatureFault; problem: string; at: Point };

/** Thrown inside this file only. */
class Fault extends Error {
  readonly fault: SignatureFault;
  readonly at: Point;

  constructor(fault: SignatureFault, problem: string, { start }: XmlElement) {
    super(problem);
    this.fault = fault;
    this.at = start;
  }
}

/**
 * Verifies the signature of a trusted list by the profile of TS 119 612 (5.7 and annex B) alone, and no other kind of XML
 * signature: one enveloped signature as a child of the root, one reference to the whole document and one to the signed
 * properties, which name the signer. Whose the signer is stays for others to say. Never throws for bad content.
 */
export async function verifyListSignature(root: XmlElement, instructions: boolean): Promise<ListSignature> {
  try {
    if (instructions) throw new Fault('instructions', 'The list has processing instructions, which no list needs.', root);
    return await verify(root);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { holds: false, fault: error.fault, problem: error.message, at: error.at };
  }
}

async function verify(root: XmlElement): Promise<ListSignature> {
  const signature = findSignature(root);
  const info = only(signature, DS, 'SignedInfo');
  const { properties, path } = findProperties(root, signature);
  await checkReferences(info, { root, signature, properties, path });
  const warnings: string[] = [];
  const signer = await findSigner(signature, properties, warnings);
  await checkValue([root, signature, info], signature, signer);
  const times = elementsOf(only(properties, XADES, 'SignedSignatureProperties')).filter((element) => isNamed(element, XADES, 'SigningTime'));
  return { holds: true, signer, signature, signingTime: times[0] && textOf(times[0]).trim(), warnings };
}

const isNamed = ({ namespace, name }: XmlElement, wanted: string, local: string): boolean => namespace === wanted && name === local;

/** The one child of that name. */
function only(parent: XmlElement, namespace: string, name: string): XmlElement {
  const [first, ...more] = elementsOf(parent).filter((element) => isNamed(element, namespace, name));
  if (!first || more.length > 0) {
    throw new Fault('signature-form', `${parent.name} has ${first ? more.length + 1 : 'no'} ${name}; a signature has one.`, more[0] ?? parent);
  }
  return first;
}

/** Checks what could hide something: signatures and lists elsewhere, and identifiers that stand twice. */
function findSignature(root: XmlElement): XmlElement {
  const found: XmlElement[] = [];
  const ids = new Set<string>();
  const walk = (element: XmlElement): void => {
    if (element !== root && isNamed(element, root.namespace, root.name)) throw new Fault('signature-form', 'Another list stands within the list.', element);
    if (isNamed(element, DS, 'Signature')) found.push(element);
    for (const { name, namespace, value } of element.attributes) {
      const isId = (namespace === '' && /^id$/i.test(name)) || (namespace === XMLNS_XML && name === 'id');
      if (isId && ids.has(value)) throw new Fault('duplicate-id', `The identifier "${value.slice(0, 100)}" stands twice.`, element);
      if (isId) ids.add(value);
    }
    for (const child of elementsOf(element)) walk(child);
  };
  walk(root);
  const [signature, ...more] = found;
  if (!signature) throw new Fault('signature-missing', 'The list has no signature.', root);
  if (more[0]) throw new Fault('signature-not-one', 'The list has more than one signature.', more[0]);
  if (!elementsOf(root).includes(signature)) throw new Fault('signature-form', 'The signature is no child of the outermost element.', signature);
  return signature;
}

/** The signed properties of the signature, with the path that leads to them. */
function findProperties(root: XmlElement, signature: XmlElement): { properties: XmlElement; path: readonly XmlElement[] } {
  const objects = elementsOf(signature).filter((element) => isNamed(element, DS, 'Object'));
  const found = objects.flatMap((object) =>
    elementsOf(object).flatMap((child) => (isNamed(child, XADES, 'QualifyingProperties') ? [[object, child] as const] : [])),
  );
  const [first, ...more] = found;
  if (!first || more.length > 0) throw new Fault('signature-form', `The signature has ${found.length} QualifyingProperties; it has to have one.`, signature);
  const [object, qualifying] = first;
  const id = attributeOf(signature, 'Id');
  if (id === undefined || attributeOf(qualifying, 'Target') !== `#${id}`) {
    throw new Fault('signature-form', 'QualifyingProperties does not name this signature as its target.', qualifying);
  }
  const properties = only(qualifying, XADES, 'SignedProperties');
  return { properties, path: [root, signature, object, qualifying, properties] };
}

interface Signed {
  root: XmlElement;
  signature: XmlElement;
  properties: XmlElement;
  path: readonly XmlElement[];
}

/** Two references and nothing else: to the whole document, and to the signed properties. */
async function checkReferences(info: XmlElement, { root, signature, properties, path }: Signed): Promise<void> {
  const [method, signatureMethod, ...references] = elementsOf(info);
  const isInfo = method && signatureMethod && isNamed(method, DS, 'CanonicalizationMethod') && isNamed(signatureMethod, DS, 'SignatureMethod');
  if (!isInfo || references.length !== 2 || !references.every((element) => isNamed(element, DS, 'Reference'))) {
    throw new Fault('signature-form', 'SignedInfo has other parts than its two methods and the two references to the list and the signed properties.', info);
  }
  const id = attributeOf(properties, 'Id');
  const rootId = attributeOf(root, 'Id');
  const whole = references.filter((reference) => isTo(reference, '') || (rootId !== undefined && isTo(reference, `#${rootId}`)));
  const signed = references.filter((reference) => id !== undefined && isTo(reference, `#${id}`));
  const [document] = whole;
  const [properly] = signed;
  if (!document || !properly || document === properly) {
    throw new Fault('signature-form', 'The references are not one to the whole list and one to its signed properties.', info);
  }
  if (attributeOf(properly, 'Type') !== SIGNED_PROPERTIES)
    throw new Fault('signature-form', 'The reference to the signed properties has another type.', properly);
  const [enveloped, exclusive, ...rest] = readTransforms(document);
  if (enveloped !== 'enveloped' || typeof exclusive !== 'object' || exclusive.kind !== 'exclusive' || rest.length > 0) {
    throw new Fault('signature-form', 'The reference to the list has other transforms than the enveloped signature and exclusive canonicalisation.', document);
  }
  await checkDigest(document, canonicalise([root], exclusive, signature), 'list');
  const transforms = readTransforms(properly);
  const [own = { kind: 'inclusive' } as const] = transforms;
  if (transforms.length > 1 || typeof own !== 'object')
    throw new Fault('signature-form', 'The reference to the signed properties has other transforms than one canonicalisation.', properly);
  await checkDigest(properly, canonicalise(path, own), 'signed properties');
}

const isTo = (reference: XmlElement, uri: string): boolean => attributeOf(reference, 'URI') === uri;

function readTransforms(reference: XmlElement): readonly ('enveloped' | Canonicalisation)[] {
  const lists = elementsOf(reference).filter((element) => isNamed(element, DS, 'Transforms'));
  if (lists.length > 1) throw new Fault('signature-form', 'A reference has two lists of transforms.', reference);
  return lists
    .flatMap((list) => elementsOf(list))
    .map((transform) => (attributeOf(transform, 'Algorithm') === ENVELOPED ? 'enveloped' : readCanonicalisation(transform)));
}

const MOST_PREFIXES = 100;

function readCanonicalisation(element: XmlElement): Canonicalisation {
  const algorithm = attributeOf(element, 'Algorithm');
  if (algorithm === INCLUSIVE && elementsOf(element).length === 0) return { kind: 'inclusive' };
  if (algorithm !== EXCLUSIVE)
    throw new Fault('signature-form', `The algorithm "${(algorithm ?? '').slice(0, 100)}" is none that a list's signature may use here.`, element);
  const [prefixes, ...more] = elementsOf(element);
  if (more.length > 0 || (prefixes && !isNamed(prefixes, EXCLUSIVE, 'InclusiveNamespaces'))) {
    throw new Fault('signature-form', 'The canonicalisation has parameters that it does not take.', element);
  }
  const list = (prefixes && attributeOf(prefixes, 'PrefixList'))?.split(/\s+/).filter(Boolean) ?? [];
  if (list.length > MOST_PREFIXES) throw new Fault('signature-form', `The canonicalisation names more than ${MOST_PREFIXES} prefixes.`, element);
  return { kind: 'exclusive', inclusivePrefixes: list.map((prefix) => (prefix === '#default' ? '' : prefix)) };
}

async function checkDigest(reference: XmlElement, canonical: string, what: string): Promise<void> {
  const algorithm = attributeOf(only(reference, DS, 'DigestMethod'), 'Algorithm') ?? '';
  const name = DIGESTS[algorithm];
  if (!name) throw new Fault('unsupported', `The digest of the ${what} is made with "${algorithm.slice(0, 100)}", which is not accepted.`, reference);
  const found = await digest(name, new TextEncoder().encode(canonical));
  if (found !== plainBase64(only(reference, DS, 'DigestValue'))) {
    throw new Fault('digest-mismatch', `The ${what} is not what was signed: its digest is another one.`, reference);
  }
}

async function digest(name: string, octets: Uint8Array): Promise<string> {
  return encodeBase64(new Uint8Array(await crypto.subtle.digest(name, octets as Uint8Array<ArrayBuffer>)));
}

const encodeBase64 = (octets: Uint8Array): string => btoa(Array.from(octets, (octet) => String.fromCharCode(octet)).join(''));
const plainBase64 = (element: XmlElement): string => textOf(element).replace(/\s+/g, '');

function decodeBase64(element: XmlElement): Uint8Array {
  try {
    return Uint8Array.from(atob(plainBase64(element)), (character) => character.charCodeAt(0));
  } catch {
    throw new Fault('signature-form', `${element.name} is not written in base64.`, element);
  }
}

const SIGNING_CERTIFICATES = ['SigningCertificate', 'SigningCertificateV2'];

/** The certificate beside the signature whose digest the signed properties name. Old lists name it by SHA-1, which is told. */
async function findSigner(signature: XmlElement, properties: XmlElement, warnings: string[]): Promise<ListSigner> {
  const signed = elementsOf(only(properties, XADES, 'SignedSignatureProperties')).filter(
    ({ namespace, name }) => namespace === XADES && SIGNING_CERTIFICATES.includes(name),
  );
  const [certificates, ...more] = signed;
  if (!certificates || more.length > 0) throw new Fault('signature-form', 'The signed properties do not name one signing certificate.', properties);
  const [named] = elementsOf(certificates).filter((element) => isNamed(element, XADES, 'Cert'));
  if (!named) throw new Fault('signature-form', 'The signing certificate is not named.', certificates);
  const value = only(named, XADES, 'CertDigest');
  const algorithm = attributeOf(only(value, DS, 'DigestMethod'), 'Algorithm') ?? '';
  const name = algorithm === SHA1 ? 'SHA-1' : DIGESTS[algorithm];
  if (!name) throw new Fault('unsupported', `The signing certificate is named by "${algorithm.slice(0, 100)}", which is not accepted.`, value);
  if (name === 'SHA-1') warnings.push('The signing certificate is named by a SHA-1 digest, as in older lists.');
  const wanted = plainBase64(only(value, DS, 'DigestValue'));
  for (const element of listCertificates(signature)) {
    const der = decodeBase64(element);
    if ((await digest(name, der)) === wanted) return readSigner(der, element);
  }
  throw new Fault('signer-mismatch', 'The certificate beside the signature is not the one that the signed properties name.', signature);
}

const MOST_CERTIFICATES = 20;

function listCertificates(signature: XmlElement): readonly XmlElement[] {
  const data = elementsOf(only(signature, DS, 'KeyInfo')).filter((element) => isNamed(element, DS, 'X509Data'));
  return data.flatMap((element) => elementsOf(element).filter((child) => isNamed(child, DS, 'X509Certificate'))).slice(0, MOST_CERTIFICATES);
}

function readSigner(der: Uint8Array, element: XmlElement): ListSigner {
  const { items, observations } = readX509(der, '');
  const facts = items[0]?.facts;
  if (facts?.kind === 'certificate' && items.length === 1) return { facts, der };
  throw new Fault('signer-mismatch', `The signer's certificate cannot be read. ${observations[0]?.message ?? ''}`.trim(), element);
}

async function checkValue(path: readonly XmlElement[], signature: XmlElement, signer: ListSigner): Promise<void> {
  const info = path.at(-1) as XmlElement;
  const form = readCanonicalisation(only(info, DS, 'CanonicalizationMethod'));
  const methodElement = only(info, DS, 'SignatureMethod');
  const uri = attributeOf(methodElement, 'Algorithm') ?? '';
  const method = SIGNATURE_METHODS[uri];
  if (!method || elementsOf(methodElement).length > 0)
    throw new Fault('unsupported', `The signature method "${uri.slice(0, 100)}" is not accepted.`, methodElement);
  const value = decodeBase64(only(signature, DS, 'SignatureValue'));
  const verdict = await verifyValue(new TextEncoder().encode(canonicalise(path, form)), value, method, signer);
  if (verdict.kind === 'unsupported') throw new Fault('unsupported', `The signature cannot be verified here: ${verdict.says}.`, methodElement);
  if (verdict.kind === 'broken') throw new Fault('signature-broken', 'The signature does not verify with the key of the certificate beside it.', signature);
}
