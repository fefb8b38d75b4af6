import { DerFault, type Element, readElement, TAG, tagName, toHex } from './der.ts';
import { decodeOid } from './primitives.ts';

/** What can be read, or in words what something looks like instead. */
export type Recognised = { readonly kind: 'certificate' | 'crl' | 'ocsp-response' | 'pkcs7' } | { readonly kind: 'other'; readonly looksLike: string };

const MOST_TAGS = 10;
const SIGNED_DATA = '1.2.840.113549.1.7.2';

/** Shapes of other objects, as the tags of their elements; `>` goes into the first one. */
const SHAPES: readonly (readonly [shape: RegExp, looksLike: string])[] = [
  [/^INTEGER SEQUENCE OCTET STRING( \[0\])?( \[1\])?$/, 'a private key (PKCS #8)'],
  [/^INTEGER( INTEGER){5,}( SEQUENCE)?$/, 'a private key'],
  [/^INTEGER OCTET STRING( \[0\])?( \[1\])?$/, 'a private key (SEC 1)'],
  [/^SEQUENCE OCTET STRING > OBJECT IDENTIFIER/, 'an encrypted private key (PKCS #8)'],
  [/^INTEGER SEQUENCE( SEQUENCE)? > OBJECT IDENTIFIER \[0\]$/, 'a key store (PKCS #12), which may hold private keys'],
  [/^SEQUENCE SEQUENCE BIT STRING > INTEGER SEQUENCE SEQUENCE \[0\]$/, 'a certificate request (PKCS #10)'],
  [/^SEQUENCE SEQUENCE BIT STRING > INTEGER SEQUENCE \[0\] SEQUENCE INTEGER SEQUENCE/, 'an attribute certificate'],
  [/^SEQUENCE BIT STRING > OBJECT IDENTIFIER/, 'a public key without a certificate'],
  [/^INTEGER INTEGER$/, 'a public key without a certificate'],
  [/^SEQUENCE( \[0\])? > (\[0\] )?(\[1\] )?SEQUENCE( \[2\])?$/, 'an OCSP request'],
  [/^SEQUENCE SEQUENCE > INTEGER/, 'a time-stamp response'],
  [/^OBJECT IDENTIFIER/, 'a CMS message other than signed data'],
];

const CERTIFICATE = /^SEQUENCE SEQUENCE BIT STRING > (\[0\] )?INTEGER SEQUENCE SEQUENCE SEQUENCE SEQUENCE SEQUENCE/;
const CRL = /^SEQUENCE SEQUENCE BIT STRING > (INTEGER )?SEQUENCE SEQUENCE (UTCTime|GeneralizedTime)/;
const SIGNED = /^SEQUENCE SEQUENCE BIT STRING > /;

/** Tells by its outer shape what DER holds. Something signed that is none of the others is taken for a certificate, whose reader says what is wrong with it. */
export function recogniseDer(bytes: Uint8Array): Recognised {
  const outer = open(bytes, 0, bytes.length);
  if (!outer) return { kind: 'other', looksLike: 'DER that is cut off or damaged' };
  if (outer.tag !== TAG.sequence) return { kind: 'other', looksLike: `DER of another kind (${tagName(outer.tag)})` };
  const children = childrenOf(bytes, outer);
  const [first] = children;
  const shape = `${names(children)}${first && first.tag === TAG.sequence ? ` > ${names(childrenOf(bytes, first))}` : ''}`;
  if (CERTIFICATE.test(shape)) return { kind: 'certificate' };
  if (CRL.test(shape)) return { kind: 'crl' };
  if (/^ENUMERATED( \[0\])?$/.test(shape)) return { kind: 'ocsp-response' };
  if (first?.tag === TAG.oid && decodeOid(bytes, first.start, first.end)?.oid === SIGNED_DATA) return { kind: 'pkcs7' };
  const innerOfSecond = children[1] && shape.startsWith('INTEGER SEQUENCE') ? ` > ${names(childrenOf(bytes, children[1]))}` : '';
  const known = SHAPES.find(([pattern]) => pattern.test(shape) || pattern.test(shape + innerOfSecond));
  if (known) return { kind: 'other', looksLike: known[1] };
  return SIGNED.test(shape) ? { kind: 'certificate' } : { kind: 'other', looksLike: 'DER of another kind' };
}

const names = (elements: readonly Element[]): string => elements.map(({ tag }) => tagName(tag)).join(' ');

function childrenOf(bytes: Uint8Array, { start, end }: Element): Element[] {
  const children: Element[] = [];
  for (let position = start; position < end && children.length < MOST_TAGS; ) {
    const child = open(bytes, position, end);
    if (!child) break;
    children.push(child);
    position = child.next;
  }
  return children;
}

function open(bytes: Uint8Array, offset: number, limit: number): Element | undefined {
  try {
    return readElement(bytes, offset, limit, 'input');
  } catch (error) {
    if (error instanceof DerFault) return undefined;
    throw error;
  }
}

/** First octets of files that are no DER, in hexadecimal. */
const MAGIC: readonly (readonly [start: RegExp, looksLike: string])[] = [
  [/^25504446/, 'a PDF document'],
  [/^504b0304/, 'a ZIP archive, as office documents are'],
  [/^1f8b/, 'a gzip archive'],
  [/^feedfeed/, 'a Java key store, which may hold private keys'],
  [/^89504e47|^ffd8ff|^47494638/, 'an image'],
  [/^7f454c46|^4d5a/, 'a program'],
  [/^d0cf11e0/, 'a document of an old office program'],
  [/^(8[4-9ab]|9[4589]|c[5-7])[0-9a-f]{2}/, 'binary data, perhaps an OpenPGP key'],
];

/** What binary data looks like by its first octets. */
export function describeBinary(bytes: Uint8Array): string {
  const start = toHex(bytes, 0, Math.min(bytes.length, 8));
  return MAGIC.find(([pattern]) => pattern.test(start))?.[1] ?? 'binary data that is not DER';
}

const TEXTS: readonly (readonly [start: RegExp, looksLike: string])[] = [
  [/^PuTTY-User-Key-File/, 'a private key (PuTTY)'],
  [/^(ssh-|ecdsa-sha2-|sk-ssh-)\S+ AAAA/, 'a public key of OpenSSH'],
  [/^%PDF-/, 'a PDF document'],
  [/^<!doctype html|^<html|^<(head|body)\b/i, 'an HTML page'],
  [/^<\?xml|^<[A-Za-z][\w:.-]*[\s>/]/, 'an XML document'],
  [/^[[{]/, 'JSON'],
  [/^eyJ[\w-]+\.[\w-]+\./, 'a JSON web token'],
  [/^(30|3082|308[13])[0-9a-f\s:]+$/i, 'DER written in hexadecimal'],
  [/^[0-9a-f]{2}([\s:]?[0-9a-f]{2})+$/i, 'hexadecimal digits'],
  [/^[A-Za-z0-9+/_\s-]+={0,2}$/, 'base64 of something that is not DER'],
];

/** What a text without PEM looks like. `text` has no white space at its ends. */
export function describeText(text: string): string {
  const start = text.slice(0, 2000);
  return TEXTS.find(([pattern]) => pattern.test(start))?.[1] ?? 'a text without a certificate in it';
}

const LABELS: readonly (readonly [label: RegExp, looksLike: string])[] = [
  [/PRIVATE KEY( BLOCK)?$/, 'a private key'],
  [/CERTIFICATE REQUEST$/, 'a certificate request (PKCS #10)'],
  [/^PGP /, 'an OpenPGP block'],
  [/PUBLIC KEY$/, 'a public key without a certificate'],
  [/PARAMETERS$/, 'parameters of a key'],
  [/^PKCS ?#?12$/, 'a key store (PKCS #12), which may hold private keys'],
  [/^ATTRIBUTE CERTIFICATE$/, 'an attribute certificate'],
];

/** What a PEM block is by its label alone, where it is nothing that could be read. Its content is then never looked at. */
export const describeLabel = (label: string): string | undefined => LABELS.find(([pattern]) => pattern.test(label))?.[1];
