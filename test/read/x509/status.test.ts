import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import { describe, expect, test } from 'vitest';
import { findPlace } from '../../../src/model/asn1.ts';
import { findExtension } from '../../../src/model/certificate-extension.ts';
import { readCrl } from '../../../src/read/x509/crl.ts';
import { readOcspResponse } from '../../../src/read/x509/ocsp-response.ts';
import {
  enumerated,
  extension,
  generalizedTime,
  hex,
  implicit,
  integer,
  madeUpCertificate,
  NULL,
  name,
  type Octets,
  octets,
  oid,
  SIGNATURE,
  sequence,
  TRUE,
  tagged,
  utcTime,
  utf8,
} from '../../helpers/der.ts';
import { OPENSSL, runOpenssl } from '../../helpers/openssl.ts';

const ISSUER = name(['2.5.4.3', utf8('Example CA')]);
const [ALGORITHM] = SIGNATURE;
const REVOKED = '260202030405Z';

interface ListParts {
  version?: readonly Octets[];
  nextUpdate?: readonly Octets[];
  entries?: readonly Octets[];
  extensions?: readonly Octets[];
}

function madeUpList({ version = [integer(1)], nextUpdate = [utcTime('260208000000Z')], entries, extensions }: ListParts = {}): Octets {
  const revoked = entries ? [sequence(...entries)] : [];
  const last = extensions ? [tagged(0, sequence(...extensions))] : [];
  return sequence(sequence(...version, ALGORITHM, ISSUER, utcTime('260201000000Z'), ...nextUpdate, ...revoked, ...last), ...SIGNATURE);
}

const entry = (serial: number, ...extensions: Octets[]) =>
  sequence(integer(serial), utcTime(REVOKED), ...(extensions.length > 0 ? [sequence(...extensions)] : []));
const reason = (code: number, ...critical: Octets[]) => extension('2.5.29.21', enumerated(code), ...critical);
const kinds = ({ irregularities }: { irregularities: readonly { kind: string; at: string }[] }) => irregularities.map(({ kind, at }) => `${kind} ${at}`);

describe('CRL', () => {
  test('its times, entries and extensions', () => {
    const facts = readCrl(
      madeUpList({
        entries: [
          entry(1),
          entry(255, reason(1), extension('2.5.29.24', generalizedTime('20260101000000Z'))),
          entry(3, reason(1, TRUE)),
          entry(4, extension('1.2.3', NULL)),
        ],
        extensions: [extension('2.5.29.20', integer(77)), extension('2.5.29.60', generalizedTime('20200101000000Z'))],
      }),
    );
    expect(facts).toMatchObject({ kind: 'crl', version: 2, thisUpdate: { instant: '2026-02-01T00:00:00Z' }, nextUpdate: { instant: '2026-02-08T00:00:00Z' } });
    const revocationDate = '2026-02-02T03:04:05Z';
    expect(facts.revokedCertificates).toMatchObject([
      { serialNumber: '01', revocationDate },
      { serialNumber: 'ff', revocationDate, reason: 'keyCompromise', invalidityDate: '2026-01-01T00:00:00Z' },
      { serialNumber: '03', extensions: [{ name: 'reasonCode', critical: true }] },
      { serialNumber: '04', extensions: [{ oid: '1.2.3', hex: '0500' }] },
    ]);
    expect(facts.revokedCertificates.map((item) => Object.keys(item).includes('extensions'))).toEqual([false, false, true, true]);
    expect(findExtension(facts, 'cRLNumber')?.value?.number).toBe('77');
    expect(findExtension(facts, 'expiredCertsOnCRL')?.value?.since.instant).toBe('2020-01-01T00:00:00Z');
    expect(facts.irregularities).toEqual([]);
    expect(findPlace(facts, 'tbsCertList.revokedCertificates[1].serialNumber')).toEqual(facts.places['tbsCertList.revokedCertificates']);
    expect(JSON.parse(JSON.stringify(facts))).toEqual(facts);
  });

  test('each entry knows the octet at which it begins', () => {
    const list = madeUpList({ entries: [entry(1), entry(2)] });
    const offsets = readCrl(list).revokedCertificates.map(({ offset }) => Buffer.from(list.subarray(offset, offset + 5)).toString('hex'));
    expect(offsets).toEqual(['3012020101', '3012020102']);
  });

  test.each<[string, ListParts, string[]]>([
    ['version 1, without a next update', { version: [], nextUpdate: [] }, []],
    ['an empty list of entries', { entries: [] }, ['empty-list tbsCertList.revokedCertificates']],
    ['an empty list of extensions', { extensions: [] }, ['empty-list tbsCertList.extensions']],
    ['an entry with more than it has', { entries: [sequence(integer(1), utcTime(REVOKED), NULL)] }, ['trailing-element tbsCertList.revokedCertificates[0]']],
    [
      'a reason that is none',
      { entries: [entry(1, extension('2.5.29.21', NULL))] },
      ['not-decodable tbsCertList.revokedCertificates[0].extensions.reasonCode'],
    ],
  ])('%s', (_, parts, irregularities) => {
    expect(kinds(readCrl(madeUpList(parts)))).toEqual(irregularities);
  });

  test('a broken entry refuses the list: no entry is left out unseen', () => {
    expect(() => readCrl(madeUpList({ entries: [entry(1), NULL] }))).toThrow(
      'The field tbsCertList.revokedCertificates[1] has another type than it should have.',
    );
  });

  test('what @peculiar/x509 signs is read as it reads it itself', async () => {
    const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
    const list = await x509.X509CrlGenerator.create({
      issuer: 'CN=Example CA, C=AT',
      thisUpdate: new Date('2026-02-01T00:00:00Z'),
      nextUpdate: new Date('2026-02-08T00:00:00Z'),
      signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
      signingKey: keys.privateKey,
      entries: [{ serialNumber: '0102', revocationDate: new Date('2026-01-31T00:00:00Z'), reason: x509.X509CrlReason.superseded }],
    });
    const facts = readCrl(new Uint8Array(list.rawData));
    expect(facts.signature.name).toBe('ecdsa-with-SHA256');
    expect(facts.revokedCertificates).toMatchObject([{ serialNumber: '0102', revocationDate: '2026-01-31T00:00:00Z', reason: 'superseded' }]);
    expect(facts.irregularities).toEqual([]);
  });
});

const TIME = generalizedTime('20260201000000Z');
const CERT_ID = sequence(sequence(oid('1.3.14.3.2.26'), NULL), octets(hex('0102')), octets(hex('0304')), integer(5));

interface ResponseParts {
  responder?: Octets;
  status?: Octets;
  single?: readonly Octets[];
  extensions?: readonly Octets[];
  certs?: readonly Octets[];
}

function madeUpResponse({ responder, status, single = [], extensions, certs }: ResponseParts = {}): Octets {
  const answer = sequence(CERT_ID, status ?? implicit(0, ''), TIME, tagged(0, generalizedTime('20260202000000Z')), ...single);
  const data = sequence(responder ?? tagged(2, octets(hex('aabb'))), TIME, sequence(answer), ...(extensions ? [tagged(1, sequence(...extensions))] : []));
  const basic = sequence(data, ...SIGNATURE, ...(certs ? [tagged(0, sequence(...certs))] : []));
  return sequence(enumerated(0), tagged(0, sequence(oid('1.3.6.1.5.5.7.48.1.1'), octets(basic))));
}

describe('OCSP response', () => {
  test('its answer, responder, times, extensions and certificates', () => {
    const facts = readOcspResponse(
      madeUpResponse({
        single: [tagged(1, sequence(extension('1.3.6.1.5.5.7.48.1.6', generalizedTime('20200101000000Z'))))],
        extensions: [extension('1.3.6.1.5.5.7.48.1.2', octets(hex('cafe')))],
        certs: [madeUpCertificate({ extensions: [extension('1.3.6.1.5.5.7.48.1.5', NULL)] })],
      }),
    );
    expect(facts).toMatchObject({
      kind: 'ocsp-response',
      responseStatus: 'successful',
      basic: {
        version: 1,
        responderID: { byKey: 'aabb' },
        producedAt: { instant: '2026-02-01T00:00:00Z' },
        responses: [
          {
            certID: { hashAlgorithm: { name: 'sha1' }, issuerNameHash: '0102', issuerKeyHash: '0304', serialNumber: { hex: '05' } },
            status: 'good',
            nextUpdate: { instant: '2026-02-02T00:00:00Z' },
            extensions: [{ name: 'archiveCutoff', value: { since: { instant: '2020-01-01T00:00:00Z' } } }],
          },
        ],
        extensions: [{ name: 'ocspNonce', value: { nonce: 'cafe' } }],
        certs: [{ kind: 'certificate', extensions: [{ name: 'ocspNoCheck' }] }],
      },
    });
    expect(facts.irregularities).toEqual([]);
    expect(facts.basic?.responses[0]?.certID.at).toBe('basic.responses[0].certID');
    expect(Object.keys(facts.places)).toContain('basic.responses[0].certID.serialNumber');
    expect(JSON.parse(JSON.stringify(facts))).toEqual(facts);
  });

  test.each<[string, ResponseParts, object]>([
    ['unknown', { status: implicit(2, '') }, { status: 'unknown' }],
    ['revoked', { status: tagged(1, TIME) }, { status: 'revoked', revocationTime: { instant: '2026-02-01T00:00:00Z' } }],
    ['revoked with a reason', { status: tagged(1, TIME, tagged(0, enumerated(4))) }, { status: 'revoked', revocationReason: 'superseded' }],
  ])('status %s', (_, parts, expected) => {
    const facts = readOcspResponse(madeUpResponse(parts));
    expect(facts.basic?.responses[0]).toMatchObject(expected);
    expect(facts.irregularities).toEqual([]);
  });

  test('a responder by its name', () => {
    expect(readOcspResponse(madeUpResponse({ responder: tagged(1, ISSUER) })).basic?.responderID.byName?.attributes).toMatchObject([{ value: 'Example CA' }]);
  });

  test('a refusal has no answer', () => {
    expect(readOcspResponse(sequence(enumerated(6)))).toMatchObject({ responseStatus: 'unauthorized', irregularities: [] });
    expect(readOcspResponse(sequence(enumerated(4)))).toMatchObject({ responseStatus: '4' });
    const other = readOcspResponse(sequence(enumerated(0), tagged(0, sequence(oid('1.2.3'), octets(NULL)))));
    expect([other.responseType, other.basic]).toEqual(['1.2.3', undefined]);
  });

  test('a certificate in it that cannot be read is left out, and said to be where it is', () => {
    const response = madeUpResponse({ certs: [sequence(sequence(), NULL, NULL)] });
    const { basic, irregularities } = readOcspResponse(response);
    expect(basic?.certs).toEqual([]);
    expect(irregularities.map(({ kind, offset }) => [kind, Buffer.from(response.subarray(offset)).toString('hex')])).toEqual([['not-decodable', '05000500']]);
  });

  test('an unknown status of a certificate is a fault that names the field', () => {
    expect(() => readOcspResponse(madeUpResponse({ status: implicit(5, '') }))).toThrow(
      'The field basic.responses[0].status has another type than it should have.',
    );
    expect(() => readOcspResponse(sequence(integer(0)))).toThrow('The field responseStatus has another type than it should have.');
  });
});

test.skipIf(OPENSSL.absent)(`openssl reads the made-up list and response alike${OPENSSL.reason}`, () => {
  const list = madeUpList({ entries: [entry(255, reason(1))], extensions: [extension('2.5.29.20', integer(77))] });
  const listed = runOpenssl(['crl', '-inform', 'DER', '-in', 'FILE', '-noout', '-text'], list).toString();
  for (const line of ['Next Update: Feb  8 00:00:00 2026 GMT', 'Serial Number: FF', 'Key Compromise', 'X509v3 CRL Number: \n                77']) {
    expect(listed).toContain(line);
  }
  const answered = runOpenssl(
    ['ocsp', '-respin', 'FILE', '-noverify', '-resp_text'],
    madeUpResponse({ status: tagged(1, TIME, tagged(0, enumerated(4))) }),
  ).toString();
  for (const line of ['Cert Status: revoked', 'Revocation Reason: superseded', 'Serial Number: 05', 'Next Update: Feb  2 00:00:00 2026 GMT']) {
    expect(answered).toContain(line);
  }
});
