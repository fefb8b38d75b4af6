import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { compareClaims } from '../src/model/compare-claims.ts';
import {
  makeCaCertificate,
  makeCertificate,
  makeCrl,
  makeForeignCertificate,
  makeOcspResponse,
  readCertificateFacts,
  readFacts,
} from './helpers/certificates.ts';
import { DECLARED } from './helpers/declared-policies.ts';
import { name, utf8 } from './helpers/der.ts';
import { encodeFlag } from './helpers/encode-extensions.ts';
import { MISMATCHES } from './helpers/mismatches.ts';

const PROFILES = Object.keys(DECLARED) as (keyof typeof DECLARED)[];

test('a certificate without changes agrees with the front matter of its policy', () => {
  for (const profile of PROFILES) expect(compareClaims(readCertificateFacts(makeCertificate({ profile })), DECLARED[profile]), profile).toEqual([]);
});

test('a name may be given as DER, a key of another size, and what no profile has may be added', () => {
  const facts = readCertificateFacts(
    makeCertificate({
      subject: name(['2.5.4.15', utf8('Government Entity')]),
      key: generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey,
      extensions: { precertificatePoison: encodeFlag('precertificatePoison') },
    }),
  );
  expect(facts.subject.attributes).toMatchObject([{ value: 'Government Entity' }]);
  expect(facts.subjectPublicKeyInfo).toMatchObject({ type: 'RSA', bits: 1024 });
  expect(facts.extensions.at(-1)).toMatchObject({ oid: '1.3.6.1.4.1.11129.2.4.3', critical: true });
});

test('a certificate of another provider names another issuer and no policy of the example', () => {
  const { issuer, extensions, irregularities } = readCertificateFacts(makeForeignCertificate());
  expect(issuer.attributes.map(({ value }) => value)).toContain('Fremde Dienste CA 7');
  expect(JSON.stringify(extensions)).not.toContain('1.3.6.1.4.1.99999.');
  expect(irregularities).toEqual([]);
});

test('CA certificate, CRL and OCSP response are read, with and without what may be taken out of them', () => {
  expect(readFacts(makeCaCertificate())).toMatchObject({ kind: 'certificate', irregularities: [] });
  expect(readFacts(makeCrl())).toMatchObject({ kind: 'crl', irregularities: [] });
  expect(readFacts(makeCrl({ nextUpdate: null, extensions: { expiredCertsOnCRL: null } }))).toMatchObject({ kind: 'crl', irregularities: [] });
  expect(readFacts(makeOcspResponse())).toMatchObject({ kind: 'ocsp-response', irregularities: [] });
  expect(readFacts(makeOcspResponse({ nextUpdate: null, extensions: { archiveCutoff: null } }))).toMatchObject({ kind: 'ocsp-response', irregularities: [] });
});

test('each of the 22 rows has its cases', () => {
  expect([...new Set(MISMATCHES.map(({ row }) => row))]).toEqual(Array.from({ length: 22 }, (_, index) => index + 1));
});

test.each(MISMATCHES)('row $row, $shows: is read', ({ shows, make }) => {
  // A QcType has one value; the other cases are well made.
  expect(readCertificateFacts(make()).irregularities.length > 0).toBe(shows === 'a bare OID in QcType' || shows === 'two values in QcType');
});

test('what the front matter claims of qualified, QSCD and ETSI policy is contradicted by the rows on it', () => {
  const found = MISMATCHES.filter(({ make, policy }) => compareClaims(readCertificateFacts(make()), policy).length > 0).map(({ row }) => row);
  expect([...new Set(found)]).toMatchInlineSnapshot(`
    [
      1,
      2,
      3,
      4,
      5,
      6,
      8,
      9,
      10,
      11,
    ]
  `);
});
