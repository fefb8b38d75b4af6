import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { expect, test } from 'vitest';
import { readTrustedList } from '../../src/read/trusted-list.ts';
import { verifyListSignature } from '../../src/read/xml-signature/list-signature.ts';
import { signerWith } from '../helpers/list-signer.ts';
import { type ListSigning, signList } from '../helpers/sign-list.ts';
import { writeList } from '../helpers/write-list.ts';

const UNSIGNED = writeList({
  id: 'list',
  version: 6,
  sequence: 1,
  type: 'EUgeneric',
  territory: 'AT',
  operator: 'Made-up Scheme Operator "Ä" & Söhne <AT>',
  schemeUris: ['https://lists.example/at/'],
  issued: '2026-11-23T08:00:00Z',
  nextUpdate: '2027-05-23T08:00:00Z',
  pointers: [],
  providers: [],
});

async function verify(text: string) {
  const read = readTrustedList(Buffer.from(text));
  if (!read.list) throw new Error(read.problem);
  return verifyListSignature(read.root, read.instructions);
}

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const rsaPss = generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).privateKey;
const boundPss = generateKeyPairSync('rsa-pss', { modulusLength: 2048, hashAlgorithm: 'sha512', mgf1HashAlgorithm: 'sha512' }).privateKey;
const curve = (namedCurve: string): KeyObject => generateKeyPairSync('ec', { namedCurve }).privateKey;

const METHODS: readonly [name: string, key: KeyObject, how: Partial<ListSigning>][] = [
  ...([256, 384, 512] as const).flatMap((hash): [string, KeyObject, Partial<ListSigning>][] => [
    [`RSA PKCS#1 with SHA-${hash}`, rsa, { hash }],
    [`RSA-PSS with SHA-${hash}`, rsa, { hash, scheme: 'pss' }],
    [`RSA-PSS with SHA-${hash}, the key for RSASSA-PSS only`, rsaPss, { hash }],
    [`P-256 with SHA-${hash}`, curve('prime256v1'), { hash }],
    [`P-384 with SHA-${hash}`, curve('secp384r1'), { hash }],
    [`P-521 with SHA-${hash}`, curve('secp521r1'), { hash }],
    [`brainpoolP256r1 with SHA-${hash}`, curve('brainpoolP256r1'), { hash }],
  ]),
  ['brainpoolP384r1 with SHA-384', curve('brainpoolP384r1'), { hash: 384 }],
  ['brainpoolP512r1 with SHA-512', curve('brainpoolP512r1'), { hash: 512 }],
  ['RSA-PSS with the hash that the key names', boundPss, { hash: 512 }],
  ['the root by its identifier', rsa, { reference: '#list' }],
  ['inclusive canonical form of SignedInfo', rsa, { canonicalisation: 'inclusive' }],
  ['signed properties without a transform', rsa, { plainProperties: true }],
];

test.each(METHODS)('a signature holds, and no longer once the list is another: %s', async (_, key, how) => {
  const signed = signList(UNSIGNED, signerWith(key, how));
  expect(await verify(signed)).toMatchObject({ holds: true, warnings: [], signingTime: '2026-11-23T08:00:00Z' });
  expect(await verify(signed.replace('<SchemeTerritory>AT', '<SchemeTerritory>DE'))).toMatchObject({ holds: false, fault: 'digest-mismatch' });
  const value = /(<ds:SignatureValue>)(.)/.exec(signed);
  const broken = signed.replace(/(<ds:SignatureValue>)./, `$1${value?.[2] === 'A' ? 'B' : 'A'}`);
  expect(await verify(broken)).toMatchObject({ holds: false, fault: 'signature-broken' });
});

test('a signature by a key that does not fit its method, or a weak one, is not verified', async () => {
  const cases: [string, KeyObject, Partial<ListSigning>][] = [
    ['at least 2048', generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey, {}],
    ['not known', curve('secp256k1'), {}],
  ];
  for (const [says, key, how] of cases) {
    expect(await verify(signList(UNSIGNED, signerWith(key, how))), says).toMatchObject({
      holds: false,
      fault: 'unsupported',
      problem: expect.stringContaining(says),
    });
  }
  const forEcdsa = { info: (text: string) => text.replace('rsa-sha256', 'ecdsa-sha256') };
  expect(await verify(signList(UNSIGNED, signerWith(rsa, { change: forEcdsa })))).toMatchObject({ holds: false, fault: 'unsupported' });
});

test('a signer named by SHA-1, as in older lists, is told', async () => {
  const certificate = signerWith(rsa).certificate;
  const sha1 = createHash('sha1').update(certificate).digest('base64');
  const older = (text: string): string =>
    text
      .replace('http://www.w3.org/2001/04/xmlenc#sha256', 'http://www.w3.org/2000/09/xmldsig#sha1')
      .replace(/<ds:DigestValue>[^<]*/, `<ds:DigestValue>${sha1}`)
      .replaceAll('SigningCertificateV2', 'SigningCertificate');
  const signed = signList(UNSIGNED, signerWith(rsa, { change: { properties: older } }));
  expect(signed).toContain('<xades:SigningCertificate>');
  expect(await verify(signed)).toMatchObject({ holds: true, warnings: ['The signing certificate is named by a SHA-1 digest, as in older lists.'] });
});

test('what an earlier run signed stays where it is right, and nowhere else', () => {
  const signer = signerWith(curve('prime256v1'));
  const first = signList(UNSIGNED, signer);
  expect(signList(UNSIGNED, signer)).not.toBe(first);
  expect(signList(UNSIGNED, { ...signer, kept: first })).toBe(first);
  const other = UNSIGNED.replace('<SchemeTerritory>AT', '<SchemeTerritory>DE');
  expect(/<ds:SignatureValue>[^<]*/.exec(signList(other, { ...signer, kept: first }))?.[0]).not.toBe(/<ds:SignatureValue>[^<]*/.exec(first)?.[0]);
});
