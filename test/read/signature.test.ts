import { constants, createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readKey } from '../../scripts/example-certificates.ts';
import { ROOT } from '../../scripts/example-hierarchy.ts';
import type { Deployed } from '../../src/model/deployed.ts';
import { readDeployed } from '../../src/read/deployed.ts';
import { verifyDeployed } from '../../src/read/signature.ts';
import { readX509 } from '../../src/read/x509/x509.ts';
import { makeCaCertificate, makeCertificate, makeCrl, makeForeignCertificate, makeOcspResponse } from '../helpers/certificates.ts';
import { bits, extension, hex, integer, NULL, name, type Octets, oid, sequence, TRUE, tagged, utcTime, utf8 } from '../helpers/der.ts';

const REPOSITORY = new URL('../../', import.meta.url);
const kept = (path: string): Octets => readFileSync(new URL(`content/certificates/${path}`, REPOSITORY));
const ROOT_CA = kept('ca/ets-root-ca-1.der');
const CA = kept('ca/ets-qualified-ca-1.der');
const WEB_CA = kept('ca/ets-qualified-web-ca-1.der');
const SIGNER = readX509(kept('ocsp/ets-qualified-ca-1-ocsp-signer.pem'), '').items[0]?.der as Octets;

const digestOf = (der: Octets) => createHash('sha256').update(der).digest('hex');

/** What is found out of the first of these, the others lying beside it. */
function verifyFirst(...ders: readonly Octets[]): Deployed {
  const items = ders.map((der) => {
    const item = readX509(der, 'made.der').items[0];
    if (!item) throw new Error('Nothing was read.');
    return { ...item, sha256: digestOf(der) };
  });
  return verifyDeployed(items)[0] as Deployed;
}

/** With one bit changed at this octet, counted from the end where it is negative. */
function flip(der: Octets, at: number): Octets {
  const copy = Uint8Array.from(der);
  const index = at < 0 ? copy.length + at : at;
  copy[index] = (copy[index] as number) ^ 1;
  return copy;
}

const without = { extensions: { authorityKeyIdentifier: null } };

describe('certificates and CRLs', () => {
  test.each<[string, readonly Octets[], Deployed['signature'], Octets?]>([
    ['a certificate of a CA with an RSA key', [makeCertificate(), CA], 'verified', CA],
    ['a certificate of a CA with a key on a curve', [makeCertificate({ profile: 'website' }), CA, WEB_CA], 'verified', WEB_CA],
    ['a CRL', [makeCrl(), CA], 'verified', CA],
    ['a CA certificate', [CA, ROOT_CA], 'verified', ROOT_CA],
    ['the root, by itself', [ROOT_CA], 'verified', ROOT_CA],
    ['a certificate with a bit changed in what is signed', [flip(makeCertificate(), 200), CA], 'broken', CA],
    ['a certificate with a bit changed in the signature', [flip(makeCertificate(), -1), CA], 'broken', CA],
    ['a CRL with a bit changed in the signature', [flip(makeCrl(), -1), CA], 'broken', CA],
    ['a certificate of a CA that is not there', [makeForeignCertificate(), CA], 'no-issuer'],
    ['a certificate of a CA of this name with another key identifier', [makeCertificate(), makeCaCertificate()], 'no-issuer'],
    ['the same without a key identifier', [makeCertificate(without), makeCaCertificate()], 'broken', makeCaCertificate()],
    ['a certificate after a rollover, with the older of two keys', [makeCertificate(), makeCaCertificate(), CA], 'verified', CA],
    ['the same without a key identifier', [makeCertificate(without), makeCaCertificate(), CA], 'verified', CA],
    ['a certificate by a subscriber, who is no CA', [makeCertificate(without), asSubscriber()], 'no-issuer'],
  ])('%s', (_, ders, signature, issuer) => {
    const found = verifyFirst(...ders);
    expect({ signature: found.signature, issuer: found.issuer }).toEqual({ signature, issuer: issuer && digestOf(issuer) });
  });
});

/** A certificate with the name of the CA that does not say that it is one of a CA. */
const asSubscriber = (): Octets => makeCaCertificate({ extensions: { basicConstraints: null } });

describe('OCSP responses', () => {
  const stranger = makeCertificate({ key: readKey(ROOT.id) });

  test.each<[string, readonly Octets[], Deployed['signature'], Octets?, Deployed['signature']?]>([
    ['with the certificate of the signer sent along', [makeOcspResponse({ certificates: [SIGNER] }), CA], 'verified', SIGNER, 'verified'],
    ['with that certificate lying beside it', [makeOcspResponse(), SIGNER, CA], 'verified', SIGNER, 'verified'],
    ['with another certificate sent along before it', [makeOcspResponse({ certificates: [stranger, SIGNER] }), CA], 'verified', SIGNER, 'verified'],
    ['without any certificate of the signer', [makeOcspResponse({ certificates: [stranger] }), CA], 'no-issuer'],
    ['by a signer that was altered', [makeOcspResponse({ certificates: [flip(SIGNER, -1)] }), CA], 'verified', flip(SIGNER, -1), 'broken'],
    ['by a signer of a CA that is not there', [makeOcspResponse({ certificates: [SIGNER] }), ROOT_CA], 'verified', SIGNER, 'no-issuer'],
    ['with a bit changed in the signature', [flip(makeOcspResponse(), -1), SIGNER, CA], 'broken', SIGNER, 'verified'],
  ])('%s', (_, ders, signature, responder, certified) => {
    const found = verifyFirst(...ders);
    expect(found.signature).toBe(signature);
    expect(found.responder && { sha256: found.responder.sha256, signature: found.responder.signature }).toEqual(
      responder && { sha256: digestOf(responder), signature: certified },
    );
  });

  test('the CA of the certificate in question is found by the digests of its name and key', () => {
    expect(verifyFirst(makeOcspResponse(), CA, WEB_CA, makeCaCertificate()).authorities).toEqual([digestOf(CA)]);
    expect(verifyFirst(makeOcspResponse(), WEB_CA, makeCaCertificate()).authorities).toEqual([undefined]);
  });

  test('one without an answer has no signature', () => {
    expect(verifyFirst(hex('30030a0103'))).toMatchObject({ signature: 'unsupported' });
  });
});

interface Kind {
  keys: { publicKey: KeyObject; privateKey: KeyObject };
  algorithm: Octets;
  sign(tbs: Octets, key: KeyObject): Octets;
}

/** A root that signs itself. */
function makeRoot({ keys, algorithm, sign: signWith }: Kind): Octets {
  const own = name(['2.5.4.3', utf8('Root')]);
  const validity = sequence(utcTime('260101000000Z'), utcTime('360101000000Z'));
  const extensions = tagged(3, sequence(extension('2.5.29.19', sequence(TRUE), TRUE)));
  const spki = keys.publicKey.export({ type: 'spki', format: 'der' });
  const tbs = sequence(tagged(0, integer(2)), integer(1), algorithm, own, validity, own, spki, extensions);
  return sequence(tbs, algorithm, bits(0, signWith(tbs, keys.privateKey)));
}

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const curve = generateKeyPairSync('ec', { namedCurve: 'brainpoolP256r1' });
const SHA256 = sequence(oid('2.16.840.1.101.3.4.2.1'), NULL);
const pss = (mask: Octets) => {
  const parameters = sequence(tagged(0, SHA256), tagged(1, sequence(oid('1.2.840.113549.1.1.8'), mask)), tagged(2, integer(32)));
  return sequence(oid('1.2.840.113549.1.1.10'), parameters);
};
const signPss = (tbs: Octets, key: KeyObject) => sign('sha256', tbs, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 });

test.each<[string, Kind, Deployed['signature']]>([
  ['sha1WithRSAEncryption', { keys: rsa, algorithm: sequence(oid('1.2.840.113549.1.1.5'), NULL), sign: (tbs, key) => sign('sha1', tbs, key) }, 'verified'],
  ['RSASSA-PSS', { keys: rsa, algorithm: pss(SHA256), sign: signPss }, 'verified'],
  ['RSASSA-PSS with another digest in its mask', { keys: rsa, algorithm: pss(sequence(oid('1.3.14.3.2.26'), NULL)), sign: signPss }, 'unsupported'],
  ['ECDSA on a Brainpool curve', { keys: curve, algorithm: sequence(oid('1.2.840.10045.4.3.2')), sign: (tbs, key) => sign('sha256', tbs, key) }, 'verified'],
  ['Ed25519', { keys: generateKeyPairSync('ed25519'), algorithm: sequence(oid('1.3.101.112')), sign: (tbs, key) => sign(null, tbs, key) }, 'verified'],
  ['Ed448', { keys: generateKeyPairSync('ed448'), algorithm: sequence(oid('1.3.101.113')), sign: (tbs, key) => sign(null, tbs, key) }, 'verified'],
  ['an algorithm that nobody knows', { keys: rsa, algorithm: sequence(oid('1.2.3.4')), sign: (tbs, key) => sign('sha256', tbs, key) }, 'unsupported'],
  ['RSA named over a key on a curve', { keys: curve, algorithm: sequence(oid('1.2.840.113549.1.1.11'), NULL), sign: (tbs) => tbs }, 'broken'],
])('a root with %s', (_, kind, signature) => {
  expect(verifyFirst(makeRoot(kind)).signature).toBe(signature);
});

const postQuantum = makePostQuantum();

/** Undefined where the Node that runs this does not know ML-DSA. */
function makePostQuantum(): Kind['keys'] | undefined {
  try {
    return generateKeyPairSync('ml-dsa-65' as 'ed25519');
  } catch {
    return undefined;
  }
}

test.skipIf(!postQuantum)(`a root with ML-DSA${postQuantum ? '' : ' (skipped: this Node does not know it)'}`, () => {
  const kind: Kind = { keys: postQuantum as Kind['keys'], algorithm: sequence(oid('2.16.840.1.101.3.4.3.18')), sign: (tbs, key) => sign(null, tbs, key) };
  expect(verifyFirst(makeRoot(kind)).signature).toBe('verified');
});

test('a key that cannot be decoded is not supported', () => {
  const keys = { ...rsa, publicKey: { export: () => sequence(sequence(oid('1.2.840.113549.1.1.1'), NULL), bits(0, hex('0500'))) } as unknown as KeyObject };
  expect(verifyFirst(makeRoot({ keys, algorithm: sequence(oid('1.2.840.113549.1.1.11'), NULL), sign: (tbs, key) => sign('sha256', tbs, key) })).signature).toBe(
    'unsupported',
  );
});

test('everything of the example verifies', async () => {
  const { deployed } = await readDeployed(new URL('.', REPOSITORY).pathname.replace(/\/$/, ''));
  const signed = deployed.flatMap(({ place, signature, responder }) => [[place.file, signature], ...(responder ? [[place.file, responder.signature]] : [])]);
  expect(signed.length).toBeGreaterThan(25);
  expect(signed.filter(([, signature]) => signature !== 'verified')).toEqual([]);
});
