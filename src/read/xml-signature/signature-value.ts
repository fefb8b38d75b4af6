import { type AlgorithmFacts, findPlace } from '../../model/asn1.ts';
import type { ListSigner } from '../../model/authentic-list.ts';

/** How a signature value was made: by its address in SignatureMethod. */
export interface SignatureMethod {
  scheme: 'pkcs1' | 'pss' | 'ecdsa';
  hash: 'SHA-256' | 'SHA-384' | 'SHA-512';
}

const MORE = 'http://www.w3.org/2001/04/xmldsig-more#';
const MORE_2007 = 'http://www.w3.org/2007/05/xmldsig-more#';

/** The methods that are accepted (RFC 6931 and RFC 9231; TS 119 312); none with SHA-1. */
export const SIGNATURE_METHODS: Readonly<Record<string, SignatureMethod>> = Object.fromEntries(
  ([256, 384, 512] as const).flatMap((size): [string, SignatureMethod][] => {
    const hash = `SHA-${size}` as const;
    return [
      [`${MORE}rsa-sha${size}`, { scheme: 'pkcs1', hash }],
      [`${MORE_2007}sha${size}-rsa-MGF1`, { scheme: 'pss', hash }],
      [`${MORE}ecdsa-sha${size}`, { scheme: 'ecdsa', hash }],
    ];
  }),
);

/** How a signature value comes out; `unsupported` says what it would need. */
export type ValueVerdict = { kind: 'verified' | 'broken' } | { kind: 'unsupported'; says: string };

const LEAST_RSA_BITS = 2048;
const CURVES: Readonly<Record<string, string>> = {
  '1.2.840.10045.3.1.7': 'P-256',
  '1.3.132.0.34': 'P-384',
  '1.3.132.0.35': 'P-521',
};
const BRAINPOOL = /^1\.3\.36\.3\.3\.2\.8\.1\.1\./;
const RSA_PSS = '1.2.840.113549.1.1.10';

/** Verifies a signature value with the key of a certificate. The key must be of the kind that the method needs. */
export async function verifyValue(data: Uint8Array, value: Uint8Array, method: SignatureMethod, signer: ListSigner): Promise<ValueVerdict> {
  const { subjectPublicKeyInfo } = signer.facts;
  const { type, bits = 0, curve, algorithm } = subjectPublicKeyInfo;
  const fits = method.scheme === 'ecdsa' ? type === 'EC' : type === 'RSA';
  if (!fits) return { kind: 'unsupported', says: `the key is ${type ?? algorithm.oid}, which does not fit ${method.scheme}` };
  if (type === 'RSA' && bits < LEAST_RSA_BITS) return { kind: 'unsupported', says: `the RSA key has ${bits} bits; at least ${LEAST_RSA_BITS} are needed` };
  if (method.scheme === 'pkcs1' && algorithm.oid === RSA_PSS) return { kind: 'unsupported', says: 'the key is for RSASSA-PSS only' };
  if (curve && BRAINPOOL.test(curve.oid)) return verifyInNode(data, value, method, signer);
  if (method.scheme === 'ecdsa' && !(curve && CURVES[curve.oid])) return { kind: 'unsupported', says: `the curve ${curve?.oid ?? 'of the key'} is not known` };
  return verifyWithWebCrypto(data, value, method, signer);
}

async function verifyWithWebCrypto(data: Uint8Array, value: Uint8Array, { scheme, hash }: SignatureMethod, signer: ListSigner): Promise<ValueVerdict> {
  const { algorithm, curve } = signer.facts.subjectPublicKeyInfo;
  const spki = algorithm.oid === RSA_PSS ? rewriteAsRsa(signer.facts) : publicKeyOf(signer);
  const name = { pkcs1: 'RSASSA-PKCS1-v1_5', pss: 'RSA-PSS', ecdsa: 'ECDSA' }[scheme];
  try {
    const params = scheme === 'ecdsa' ? { name, namedCurve: CURVES[curve?.oid ?? ''] ?? '' } : { name, hash };
    const key = await crypto.subtle.importKey('spki', spki as Uint8Array<ArrayBuffer>, params, false, ['verify']);
    const how = scheme === 'pss' ? { name, saltLength: Number(hash.slice(4)) / 8 } : { name, hash };
    const holds = await crypto.subtle.verify(how, key, value as Uint8Array<ArrayBuffer>, data as Uint8Array<ArrayBuffer>);
    return { kind: holds ? 'verified' : 'broken' };
  } catch (error) {
    return { kind: 'unsupported', says: `the key cannot be used here (${(error as Error).name})` };
  }
}

/** WebCrypto has no Brainpool curves; Node's own functions do. */
async function verifyInNode(data: Uint8Array, value: Uint8Array, { hash }: SignatureMethod, signer: ListSigner): Promise<ValueVerdict> {
  try {
    const { createPublicKey, verify } = await import('node:crypto');
    const key = createPublicKey({ key: Buffer.from(publicKeyOf(signer)), format: 'der', type: 'spki' });
    return { kind: verify(hash.replace('-', ''), data, { key, dsaEncoding: 'ieee-p1363' }, value) ? 'verified' : 'broken' };
  } catch {
    return { kind: 'unsupported', says: 'keys on Brainpool curves cannot be used here' };
  }
}

function publicKeyOf({ facts, der }: ListSigner): Uint8Array {
  const [offset, length] = findPlace(facts, facts.subjectPublicKeyInfo.at) ?? [0, 0];
  return der.slice(offset, offset + length);
}

const RSA_ENCRYPTION = [0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00];

/** The same key under the identifier of plain RSA: WebCrypto refuses that of RSASSA-PSS. */
function rewriteAsRsa({ subjectPublicKeyInfo }: { subjectPublicKeyInfo: { hex: string; algorithm: AlgorithmFacts } }): Uint8Array {
  const key = Uint8Array.from(subjectPublicKeyInfo.hex.match(/../g) ?? [], (octet) => Number.parseInt(octet, 16));
  const bits = [0x03, ...derLength(key.length + 1), 0x00, ...key];
  return Uint8Array.from([0x30, ...derLength(RSA_ENCRYPTION.length + bits.length), ...RSA_ENCRYPTION, ...bits]);
}

function derLength(length: number): readonly number[] {
  if (length < 0x80) return [length];
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
}
