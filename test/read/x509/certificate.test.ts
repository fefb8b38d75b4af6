import 'reflect-metadata';
import { generateKeyPairSync } from 'node:crypto';
import { AsnConvert } from '@peculiar/asn1-schema';
import { SemanticsInformation } from '@peculiar/asn1-x509-qualified';
import * as etsi from '@peculiar/asn1-x509-qualified-etsi';
import * as x509 from '@peculiar/x509';
import { describe, expect, test } from 'vitest';
import type { CertificateFacts } from '../../../src/model/certificate.ts';
import { findExtension } from '../../../src/model/certificate-extension.ts';
import { nameKey, writeDistinguishedName } from '../../../src/model/distinguished-name.ts';
import { readCertificate } from '../../../src/read/x509/certificate.ts';
import {
  bits,
  type CertificateParts,
  der,
  extension,
  generalizedTime,
  hex,
  ia5,
  integer,
  madeUpCertificate,
  NULL,
  name,
  type Octets,
  octets,
  oid,
  printable,
  sequence,
  set,
  tagged,
  utcTime,
  utf8,
} from '../../helpers/der.ts';

const read = (parts: CertificateParts): CertificateFacts => readCertificate(madeUpCertificate(parts));
const listIrregularities = ({ irregularities }: CertificateFacts) => irregularities.map(({ kind, at }) => `${kind} ${at.replace(/^tbsCertificate\./, '')}`);

describe('version and serial number', () => {
  test.each<[string, CertificateParts, number, string[]]>([
    ['3', {}, 3, []],
    ['1, left out', { version: [] }, 1, []],
    ['1, written', { version: [tagged(0, integer(0))] }, 1, ['not-der version']],
    ['9', { version: [tagged(0, integer(8))] }, 9, []],
  ])('version %s', (_, parts, version, irregularities) => {
    const facts = read(parts);
    expect([facts.version, listIrregularities(facts)]).toEqual([version, irregularities]);
  });

  test.each<[string, Octets, string, number, string[]]>([
    ['a leading zero octet', hex('020200ff'), 'ff', 2, []],
    ['zero', integer(0), '00', 1, []],
    ['a negative one', integer(-256), '-0100', 2, []],
    ['a useless octet', hex('0203000001'), '0001', 3, ['not-der serialNumber']],
    ['twenty octets', integer(2n ** 158n), `40${'00'.repeat(19)}`, 20, []],
  ])('serial number with %s', (_, serial, digits, length, irregularities) => {
    const facts = read({ serial });
    expect([facts.serialNumber.hex, facts.serialNumber.octets, listIrregularities(facts)]).toEqual([digits, length, irregularities]);
  });
});

describe('validity', () => {
  test('is counted with its last second', () => {
    const { validity } = read({ validity: [utcTime('260101000000Z'), utcTime('260101235959Z')] });
    expect(validity.seconds).toBe(86_400);
  });

  test.each<[string, Octets, string | undefined, string[]]>([
    ['UTCTime of the last century', utcTime('500101000000Z'), '1950-01-01T00:00:00Z', []],
    ['UTCTime of this century', utcTime('491231235959Z'), '2049-12-31T23:59:59Z', []],
    ['GeneralizedTime from 2050 on', generalizedTime('20500101000000Z'), '2050-01-01T00:00:00Z', []],
    ['GeneralizedTime for no end', generalizedTime('99991231235959Z'), '9999-12-31T23:59:59Z', []],
    ['GeneralizedTime before 2050', generalizedTime('20491231235959Z'), '2049-12-31T23:59:59Z', ['wrong-time validity.notAfter']],
    ['no seconds', utcTime('2601010000Z'), '2026-01-01T00:00:00Z', ['wrong-time validity.notAfter']],
    ['an offset', utcTime('260101000000+0130'), '2025-12-31T22:30:00Z', ['wrong-time validity.notAfter']],
    ['fractions', generalizedTime('20600101000000.5Z'), '2060-01-01T00:00:00Z', ['wrong-time validity.notAfter']],
    ['local time', generalizedTime('20600101000000'), undefined, ['wrong-time validity.notAfter']],
    ['a day that does not exist', utcTime('260230000000Z'), undefined, ['wrong-time validity.notAfter']],
    ['a second that does not exist', utcTime('260101000060Z'), undefined, ['wrong-time validity.notAfter']],
    ['letters', utcTime('tomorrow'), undefined, ['wrong-time validity.notAfter']],
  ])('%s', (_, notAfter, instant, irregularities) => {
    const facts = read({ validity: [utcTime('260101000000Z'), notAfter] });
    expect([facts.validity.notAfter.instant, listIrregularities(facts)]).toEqual([instant, irregularities]);
  });
});

describe('names', () => {
  test('string types are kept, and every text is read', () => {
    const { subject, irregularities } = read({
      subject: name(
        ['2.5.4.3', utf8('Ähre €')],
        ['2.5.4.3', der(0x1e, hex('00c4 20ac'))],
        ['2.5.4.3', der(0x1c, hex('0001f600'))],
        ['2.5.4.3', der(0x14, hex('c4'))],
        ['2.5.4.5', printable('A-1')],
        ['1.2.840.113549.1.9.1', ia5('a@example.com')],
        ['1.2.3.4', NULL],
      ),
    });
    expect(subject.attributes.map(({ at, type, value }) => [at.replace('tbsCertificate.', ''), type, value])).toEqual([
      ['subject.commonName', 'UTF8String', 'Ähre €'],
      ['subject.commonName(2)', 'BMPString', 'Ä€'],
      ['subject.commonName(3)', 'UniversalString', '😀'],
      ['subject.commonName(4)', 'TeletexString', 'Ä'],
      ['subject.serialNumber', 'PrintableString', 'A-1'],
      ['subject.emailAddress', 'IA5String', 'a@example.com'],
      ['subject.1.2.3.4', undefined, '#0500'],
    ]);
    expect(irregularities).toEqual([]);
  });

  test.each<[string, Octets, string[]]>([
    ['a country in UTF-8', name(['2.5.4.6', utf8('AT')]), ['wrong-string-type subject.countryName.value']],
    ['a country of three letters', name(['2.5.4.6', printable('AUT')]), ['wrong-size subject.countryName.value']],
    ['an empty text', name(['2.5.4.10', utf8('')]), ['wrong-size subject.organizationName.value']],
    ['octets that are no UTF-8', name(['2.5.4.10', der(0x0c, hex('ff'))]), ['wrong-characters subject.organizationName.value']],
    ['an underscore in a PrintableString', name(['2.5.4.10', printable('a_b')]), ['wrong-characters subject.organizationName.value']],
    [
      'half a character',
      name(['2.5.4.10', der(0x1e, hex('00'))]),
      ['wrong-characters subject.organizationName.value', 'wrong-size subject.organizationName.value'],
    ],
    ['a name that is no text', name(['2.5.4.10', integer(1)]), ['wrong-string-type subject.organizationName.value']],
    ['an attribute without a value', sequence(set(sequence(oid('2.5.4.10')))), ['not-decodable subject.organizationName.value']],
    ['an empty set', sequence(set()), ['empty-list subject[0]']],
    ['a sequence where a set belongs', sequence(sequence()), ['not-decodable subject[0]']],
    ['a set out of order', sequence(set(sequence(oid('2.5.4.10'), utf8('b')), sequence(oid('2.5.4.3'), utf8('a')))), ['not-der subject[0]']],
    ['nothing at all', sequence(), []],
  ])('%s', (_, subject, irregularities) => {
    expect(listIrregularities(read({ subject }))).toEqual(irregularities);
  });

  test('an organizationIdentifier is taken apart by its form', () => {
    const { subject } = read({ subject: name(['2.5.4.97', utf8('PSDAT-FMA-1234')], ['2.5.4.97', utf8('NTRUS+CA-99')], ['2.5.4.97', utf8('whatever')]) });
    expect(subject.attributes.map(({ identifier }) => identifier)).toEqual([
      { scheme: 'PSD', national: false, country: 'AT', authority: 'FMA', reference: '1234' },
      { scheme: 'NTR', national: false, country: 'US', region: 'CA', reference: '99' },
      undefined,
    ]);
  });

  test('are written on one line, and compared whatever their string types and cases are', () => {
    const first = read({ subject: name(['2.5.4.6', printable('AT')], ['2.5.4.10', utf8('Example, Inc. ')], ['1.2.3', NULL]) }).subject;
    const second = read({ subject: name(['2.5.4.6', utf8('at')], ['2.5.4.10', printable('EXAMPLE,  INC.')], ['1.2.3', NULL]) }).subject;
    expect(writeDistinguishedName(first)).toBe('C=AT, O=Example\\, Inc.\\ , 1.2.3=#0500');
    expect(nameKey(first)).toBe(nameKey(second));
    const both = read({ subject: sequence(set(sequence(oid('2.5.4.3'), utf8('a')), sequence(oid('2.5.4.10'), utf8('b')))) }).subject;
    expect(writeDistinguishedName(both)).toBe('CN=a+O=b');
    expect(nameKey(both)).not.toBe(nameKey(read({ subject: name(['2.5.4.3', utf8('a')], ['2.5.4.10', utf8('b')]) }).subject));
  });
});

describe('algorithms and keys', () => {
  test.each<[string, Octets, object, string[]]>([
    ['RSA without NULL', sequence(oid('1.2.840.113549.1.1.11')), { parameters: 'absent' }, ['missing-value signature']],
    ['ECDSA', sequence(oid('1.2.840.10045.4.3.2')), { name: 'ecdsa-with-SHA256', parameters: 'absent' }, []],
    ['ECDSA with NULL', sequence(oid('1.2.840.10045.4.3.2'), NULL), { parameters: 'null' }, ['unexpected-value signature.parameters']],
    [
      'RSASSA-PSS',
      sequence(
        oid('1.2.840.113549.1.1.10'),
        sequence(
          tagged(0, sequence(oid('2.16.840.1.101.3.4.2.1'), NULL)),
          tagged(1, sequence(oid('1.2.840.113549.1.1.8'), sequence(oid('2.16.840.1.101.3.4.2.2'), NULL))),
          tagged(2, integer(32)),
        ),
      ),
      { pss: { hash: 'sha256', maskHash: 'sha384', saltLength: 32 } },
      [],
    ],
    ['RSASSA-PSS with its defaults', sequence(oid('1.2.840.113549.1.1.10'), sequence()), { pss: { hash: 'sha1', maskHash: 'sha1', saltLength: 20 } }, []],
    ['an unknown one', sequence(oid('1.2.3.4'), integer(5)), { parameters: 'present', hex: '020105' }, []],
  ])('%s', (_, algorithm, expected, irregularities) => {
    const facts = read({ algorithm });
    expect(facts.signature).toMatchObject(expected);
    expect(listIrregularities(facts)).toEqual(irregularities);
  });

  test.each<[string, () => Octets, object]>([
    ['RSA 2048', () => spki(generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey), { type: 'RSA', bits: 2048, exponent: '65537' }],
    ['P-384', () => spki(generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey), { type: 'EC', bits: 384, curve: { name: 'P-384' } }],
    ['a curve of its own', () => sequence(sequence(oid('1.2.840.10045.2.1'), oid('1.2.3')), bits(0, hex('04'))), { type: 'EC', curve: { oid: '1.2.3' } }],
    ['Ed25519', () => spki(generateKeyPairSync('ed25519').publicKey), { type: 'EdDSA', curve: { name: 'Ed25519' } }],
    ['an unknown one', () => sequence(sequence(oid('1.2.3')), bits(0, hex('0102'))), { algorithm: { oid: '1.2.3' }, hex: '0102' }],
  ])('key: %s', (_, key, expected) => {
    const facts = read({ key: key() });
    expect(facts.subjectPublicKeyInfo).toMatchObject(expected);
    expect(facts.irregularities).toEqual([]);
  });

  test('an RSA key that is none leaves its octets', () => {
    const facts = read({ key: sequence(sequence(oid('1.2.840.113549.1.1.1'), NULL), bits(0, NULL)) });
    expect(facts.subjectPublicKeyInfo).toMatchObject({ hex: '0500' });
    expect(facts.subjectPublicKeyInfo.type).toBeUndefined();
    expect(listIrregularities(facts)).toEqual(['not-decodable subjectPublicKeyInfo.subjectPublicKey']);
  });
});

const spki = (key: { export(options: { format: 'der'; type: 'spki' }): Buffer }): Octets => key.export({ format: 'der', type: 'spki' });

const QC = '0.4.0.1862.1';
const location = (url: string, language: Octets) => sequence(ia5(url), language);

const STATEMENTS: readonly (readonly [what: string, statement: Octets, expected: object, irregularities: readonly string[]])[] = [
  ['QcCompliance', sequence(oid(`${QC}.1`)), { name: 'QcCompliance', value: {} }, []],
  ['QcCompliance with NULL', sequence(oid(`${QC}.1`), NULL), { name: 'QcCompliance', hex: '0500' }, ['unexpected-value .statementInfo']],
  ['QcSSCD', sequence(oid(`${QC}.4`)), { name: 'QcSSCD', value: {} }, []],
  ['QcSSCD with more than a value', sequence(oid(`${QC}.4`), NULL, NULL), { name: 'QcSSCD' }, ['trailing-element ', 'unexpected-value .statementInfo']],
  ['QcType', sequence(oid(`${QC}.6`), sequence(oid(`${QC}.6.3`))), { value: { types: [{ oid: `${QC}.6.3`, name: 'web' }] } }, []],
  ['QcType without a type', sequence(oid(`${QC}.6`), sequence()), { value: { types: [] } }, ['empty-list ']],
  ['QcType with two', sequence(oid(`${QC}.6`), sequence(oid(`${QC}.6.1`), oid(`${QC}.6.2`))), { name: 'QcType' }, ['wrong-size ']],
  ['QcType as a bare OID', sequence(oid(`${QC}.6`), oid(`${QC}.6.1`)), { name: 'QcType', isRead: false }, ['not-decodable ']],
  ['QcType without a value', sequence(oid(`${QC}.6`)), { name: 'QcType', isRead: false }, ['missing-value ']],
  ['a type as a statement', sequence(oid(`${QC}.6.1`)), { isKnown: false, oid: `${QC}.6.1` }, []],
  [
    'QcPDS',
    sequence(oid(`${QC}.5`), sequence(location('https://example.com/en', printable('en')), location('https://example.com/de', printable('de')))),
    {
      value: {
        locations: [
          { url: 'https://example.com/en', language: 'en' },
          { url: 'https://example.com/de', language: 'de' },
        ],
      },
    },
    [],
  ],
  [
    'QcPDS with a language in UTF-8',
    sequence(oid(`${QC}.5`), sequence(location('https://example.com', utf8('en')))),
    { value: { locations: [{ language: 'en' }] } },
    ['wrong-string-type .locations[0].language'],
  ],
  [
    'QcPDS with three letters',
    sequence(oid(`${QC}.5`), sequence(location('https://example.com', printable('eng')))),
    { value: { locations: [{ language: 'eng' }] } },
    ['wrong-size .locations[0].language'],
  ],
  [
    'QcLimitValue in letters',
    sequence(oid(`${QC}.2`), sequence(printable('EUR'), integer(-5), integer(3))),
    { value: { currency: 'EUR', amount: -5, exponent: 3 } },
    [],
  ],
  [
    'QcLimitValue in numbers',
    sequence(oid(`${QC}.2`), sequence(integer(978), integer(1), integer(6))),
    { value: { currency: 978, amount: 1, exponent: 6 } },
    [],
  ],
  [
    'QcLimitValue with no such number',
    sequence(oid(`${QC}.2`), sequence(integer(1000), integer(1), integer(6))),
    { value: { currency: 1000 } },
    ['wrong-size .currency'],
  ],
  ['QcRetentionPeriod', sequence(oid(`${QC}.3`), integer(30)), { value: { years: 30 } }, []],
  ['QcCClegislation', sequence(oid(`${QC}.7`), sequence(printable('CH'))), { value: { countries: ['CH'] } }, []],
  ['QcCClegislation without a country', sequence(oid(`${QC}.7`), sequence()), { value: { countries: [] } }, ['empty-list ']],
  ['QcIdentMethod', sequence(oid(`${QC}.8`), sequence(oid(`${QC}.8.3`))), { value: { methods: [{ name: 'eIDAS2-acd' }] } }, []],
  ['QcQSCDlegislation', sequence(oid(`${QC}.9`), sequence(printable('CH'), printable('US'))), { value: { countries: ['CH', 'US'] } }, []],
  [
    'PSD2',
    sequence(oid('0.4.0.19495.2'), sequence(sequence(sequence(oid('0.4.0.19495.1.2'), utf8('PSP_PI'))), utf8('Finanzmarktaufsicht'), utf8('AT-FMA'))),
    {
      name: 'PSD2',
      value: { roles: [{ oid: '0.4.0.19495.1.2', name: 'PSP_PI', roleName: 'PSP_PI' }], authorityName: 'Finanzmarktaufsicht', authorityId: 'AT-FMA' },
    },
    [],
  ],
  [
    'PSD2 without a role',
    sequence(oid('0.4.0.19495.2'), sequence(sequence(), utf8('Finanzmarktaufsicht'), utf8('AT-FMA'))),
    { value: { roles: [] } },
    ['empty-list .roles'],
  ],
  [
    'pkixQCSyntax-v2',
    sequence(oid('1.3.6.1.5.5.7.11.2'), sequence(oid('0.4.0.194121.1.1'), sequence(der(0x86, Buffer.from('https://example.com'))))),
    { value: { semanticsIdentifier: { name: 'semanticsId-Natural' }, nameRegistrationAuthorities: [{ value: 'https://example.com' }] } },
    [],
  ],
  ['pkixQCSyntax-v2 alone', sequence(oid('1.3.6.1.5.5.7.11.2')), { name: 'pkixQCSyntax-v2', value: {} }, []],
  ['pkixQCSyntax-v2, empty', sequence(oid('1.3.6.1.5.5.7.11.2'), sequence()), { value: {} }, ['missing-value ']],
  ['pkixQCSyntax-v1', sequence(oid('1.3.6.1.5.5.7.11.1')), { name: 'pkixQCSyntax-v1' }, []],
  ['an unknown one', sequence(oid('1.2.3'), integer(1)), { oid: '1.2.3', hex: '020101', isKnown: false }, []],
];

describe('qualified statements', () => {
  test.each(STATEMENTS)('%s', (_what, statement, expected, irregularities) => {
    const facts = read({ extensions: [extension('1.3.6.1.5.5.7.1.3', sequence(statement))] });
    const [first] = findExtension(facts, 'qcStatements')?.value?.statements ?? [];
    expect({ ...first, isKnown: first?.name !== undefined, isRead: first?.value !== undefined }).toMatchObject(expected);
    expect(listIrregularities(facts)).toEqual(irregularities.map((text) => text.replace(' ', ' extensions.qcStatements[0]')));
  });

  test('are read from what @peculiar/x509 and its schemas write', async () => {
    // The schema of a statement itself writes none of them: it loses the value that it is given.
    const write = (id: string, info: object) => sequence(oid(id), new Uint8Array(AsnConvert.serialize(info)));
    const statements = sequence(
      write(etsi.id_etsi_qcs_qcType, new etsi.QcType([etsi.id_etsi_qct_eseal])),
      write(etsi.id_etsi_qcs_qcPDS, new etsi.QcEuPDS([new etsi.PdsLocation({ url: 'https://example.com/pds', language: 'en' })])),
      write(etsi.id_etsi_qcs_qcRetentionPeriod, new etsi.QcEuRetentionPeriod(10)),
      write(etsi.id_etsi_qcs_qcLimitValue, new etsi.QcEuLimitValue({ currency: new etsi.Iso4217CurrencyCode('EUR'), amount: 5, exponent: 2 })),
      write('1.3.6.1.5.5.7.11.2', new SemanticsInformation({ semanticsIdentifier: '0.4.0.194121.1.2' })),
    );
    const facts = await issue([new x509.Extension('1.3.6.1.5.5.7.1.3', false, new Uint8Array(statements))]);
    expect(facts.irregularities).toEqual([]);
    expect(findExtension(facts, 'qcStatements')?.value?.statements.map(({ name, value }) => [name, value])).toMatchObject([
      ['QcType', { types: [{ name: 'eseal' }] }],
      ['QcPDS', { locations: [{ url: 'https://example.com/pds', language: 'en' }] }],
      ['QcRetentionPeriod', { years: 10 }],
      ['QcLimitValue', { currency: 'EUR', amount: 5, exponent: 2 }],
      ['pkixQCSyntax-v2', { semanticsIdentifier: { name: 'semanticsId-Legal' } }],
    ]);
  });
});

/** A certificate that @peculiar/x509 makes and signs. */
async function issue(extensions: x509.Extension[]): Promise<CertificateFacts> {
  const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: '0a0b',
    name: 'CN=Example, C=AT',
    notBefore: new Date('2026-01-01T00:00:00Z'),
    notAfter: new Date('2026-12-31T23:59:59Z'),
    keys,
    signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
    extensions,
  });
  return readCertificate(new Uint8Array(certificate.rawData));
}

test('everything that is read keeps its octets where it has no meaning here', () => {
  const facts = read({ extensions: [extension('2.5.29.15', octets(hex('00')))] });
  expect(facts.extensions[0]).toMatchObject({ name: 'keyUsage', hex: '040100' });
  expect(facts.extensions[0]?.value).toBeUndefined();
});

test('a frame that is not one of a certificate is a fault that names the field', () => {
  expect(() => readCertificate(NULL)).toThrow('The field certificate has another type than it should have.');
  expect(() => readCertificate(sequence(sequence(), NULL, NULL))).toThrow('The field tbsCertificate.serialNumber cannot be read: it is missing.');
});
