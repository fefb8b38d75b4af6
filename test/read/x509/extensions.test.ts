import { describe, expect, test } from 'vitest';
import type { CertificateFacts } from '../../../src/model/certificate.ts';
import { readCertificate } from '../../../src/read/x509/certificate.ts';
import {
  bits,
  extension,
  generalizedTime,
  hex,
  ia5,
  implicit,
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
  TRUE,
  tagged,
  utf8,
} from '../../helpers/der.ts';

/** The only extension of a certificate, and what is irregular about the certificate. */
function readExtension(id: string, value: Octets, ...critical: Octets[]) {
  const facts = readCertificate(madeUpCertificate({ extensions: [extension(id, value, ...critical)] }));
  const [first] = facts.extensions;
  return { name: first?.name, value: first?.value, critical: first?.critical, irregularities: listIrregularities(facts) };
}

const listIrregularities = ({ irregularities }: Pick<CertificateFacts, 'irregularities'>) =>
  irregularities.map(({ kind, at }) => `${kind} ${at.replace('tbsCertificate.extensions.', '')}`);

const uri = (address: string) => implicit(6, address);
const dns = (host: string) => implicit(2, host);

/** What is left of facts without the paths, which other tests hold. */
function withoutPaths(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPaths);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'at')
      .map(([key, item]) => [key, withoutPaths(item)]),
  );
}

const directory = name(['2.5.4.10', utf8('Example')]);
const EXAMPLE = { attributes: [{ oid: '2.5.4.10', name: 'organizationName', rdn: 0, type: 'UTF8String', value: 'Example' }] };

const EXTENSIONS: readonly (readonly [name: string, id: string, value: Octets, expected: object])[] = [
  [
    'authorityKeyIdentifier',
    '2.5.29.35',
    sequence(implicit(0, hex('0a0b')), tagged(1, tagged(4, directory)), implicit(2, hex('00ff'))),
    { keyIdentifier: '0a0b', authorityCertIssuer: [{ kind: 'directoryName', name: EXAMPLE }], authorityCertSerialNumber: 'ff' },
  ],
  ['subjectKeyIdentifier', '2.5.29.14', octets(hex('0102')), { keyIdentifier: '0102' }],
  ['keyUsage', '2.5.29.15', bits(6, hex('c0')), { usages: ['digitalSignature', 'nonRepudiation'] }],
  ['keyUsage', '2.5.29.15', bits(7, hex('0080')), { usages: ['decipherOnly'] }],
  [
    'privateKeyUsagePeriod',
    '2.5.29.16',
    sequence(implicit(0, '20260101000000Z'), implicit(1, '20270101000000Z')),
    {
      notBefore: { form: 'GeneralizedTime', written: '20260101000000Z', instant: '2026-01-01T00:00:00Z' },
      notAfter: { form: 'GeneralizedTime', written: '20270101000000Z', instant: '2027-01-01T00:00:00Z' },
    },
  ],
  [
    'certificatePolicies',
    '2.5.29.32',
    sequence(
      sequence(
        oid('0.4.0.194112.1.2'),
        sequence(
          sequence(oid('1.3.6.1.5.5.7.2.1'), ia5('https://example.com/cps')),
          sequence(oid('1.3.6.1.5.5.7.2.2'), sequence(sequence(utf8('Example'), sequence(integer(1), integer(2))), utf8('Qualified.'))),
          sequence(oid('1.2.3'), NULL),
        ),
      ),
      sequence(oid('1.2.3.4')),
    ),
    {
      policies: [
        {
          oid: '0.4.0.194112.1.2',
          name: 'qcp-natural-qscd',
          qualifiers: [
            { kind: 'cps', uri: 'https://example.com/cps' },
            {
              kind: 'userNotice',
              noticeRef: { organization: { type: 'UTF8String', value: 'Example' }, noticeNumbers: [1, 2] },
              explicitText: { type: 'UTF8String', value: 'Qualified.' },
            },
            { kind: 'other', oid: '1.2.3', hex: '0500' },
          ],
        },
        { oid: '1.2.3.4', qualifiers: [] },
      ],
    },
  ],
  [
    'policyMappings',
    '2.5.29.33',
    sequence(sequence(oid('1.2.3'), oid('1.2.4'))),
    { mappings: [{ issuerDomainPolicy: '1.2.3', subjectDomainPolicy: '1.2.4' }] },
  ],
  [
    'subjectAltName',
    '2.5.29.17',
    sequence(
      tagged(0, oid('1.3.6.1.4.1.311.20.2.3'), tagged(0, utf8('a@example.com'))),
      implicit(1, 'b@example.com'),
      dns('*.example.com'),
      tagged(3, NULL),
      tagged(4, directory),
      tagged(5, tagged(1, utf8('party'))),
      uri('https://example.com/'),
      implicit(7, hex('c0000201')),
      implicit(7, hex('20010db8 00000000 00000000 00000001')),
      implicit(7, hex('20010db8 00000001 00000000 00000000')),
      implicit(7, hex('0000')),
      implicit(8, hex('2a0304')),
    ),
    {
      names: [
        { kind: 'otherName', oid: '1.3.6.1.4.1.311.20.2.3', hex: '0c0d61406578616d706c652e636f6d', text: 'a@example.com' },
        { kind: 'rfc822Name', value: 'b@example.com' },
        { kind: 'dNSName', value: '*.example.com' },
        { kind: 'x400Address', hex: '0500' },
        { kind: 'directoryName', name: EXAMPLE },
        { kind: 'ediPartyName', hex: 'a1070c057061727479' },
        { kind: 'uniformResourceIdentifier', value: 'https://example.com/' },
        { kind: 'iPAddress', value: '192.0.2.1' },
        { kind: 'iPAddress', value: '2001:db8::1' },
        { kind: 'iPAddress', value: '2001:db8:0:1::' },
        { kind: 'iPAddress', value: '0000' },
        { kind: 'registeredID', value: '1.2.3.4' },
      ],
    },
  ],
  ['issuerAltName', '2.5.29.18', sequence(uri('https://example.com/')), { names: [{ kind: 'uniformResourceIdentifier', value: 'https://example.com/' }] }],
  [
    'subjectDirectoryAttributes',
    '2.5.29.9',
    sequence(sequence(oid('1.3.6.1.5.5.7.9.1'), set(generalizedTime('19700101120000Z'))), sequence(oid('1.3.6.1.5.5.7.9.4'), set(printable('AT')))),
    {
      attributes: [
        { oid: '1.3.6.1.5.5.7.9.1', name: 'dateOfBirth', values: ['19700101120000Z'] },
        { oid: '1.3.6.1.5.5.7.9.4', name: 'countryOfCitizenship', values: ['AT'] },
      ],
    },
  ],
  ['basicConstraints', '2.5.29.19', sequence(TRUE, integer(0)), { cA: true, pathLenConstraint: 0 }],
  ['basicConstraints', '2.5.29.19', sequence(), { cA: false }],
  [
    'nameConstraints',
    '2.5.29.30',
    sequence(
      tagged(0, sequence(dns('example.com')), sequence(implicit(7, hex('0a000000ff000000')), implicit(0, hex('01')), implicit(1, hex('02')))),
      tagged(1, sequence(dns(''))),
    ),
    {
      permittedSubtrees: [
        { base: { kind: 'dNSName', value: 'example.com' }, minimum: 0 },
        { base: { kind: 'iPAddress', value: '10.0.0.0/255.0.0.0' }, minimum: 1, maximum: 2 },
      ],
      excludedSubtrees: [{ base: { kind: 'dNSName', value: '' }, minimum: 0 }],
    },
  ],
  ['policyConstraints', '2.5.29.36', sequence(implicit(0, hex('00')), implicit(1, hex('03'))), { requireExplicitPolicy: 0, inhibitPolicyMapping: 3 }],
  [
    'extKeyUsage',
    '2.5.29.37',
    sequence(oid('1.3.6.1.5.5.7.3.1'), oid('1.2.3.4')),
    { purposes: [{ oid: '1.3.6.1.5.5.7.3.1', name: 'serverAuth' }, { oid: '1.2.3.4' }] },
  ],
  [
    'cRLDistributionPoints',
    '2.5.29.31',
    sequence(
      sequence(tagged(0, tagged(0, uri('http://example.com/a.crl'), uri('ldap://example.com/'))), implicit(1, hex('0640')), tagged(2, tagged(4, directory))),
      sequence(tagged(0, tagged(1, sequence(oid('2.5.4.10'), utf8('Example'))))),
    ),
    {
      points: [
        {
          fullName: [
            { kind: 'uniformResourceIdentifier', value: 'http://example.com/a.crl' },
            { kind: 'uniformResourceIdentifier', value: 'ldap://example.com/' },
          ],
          reasons: ['keyCompromise'],
          cRLIssuer: [{ kind: 'directoryName', name: EXAMPLE }],
        },
        { nameRelativeToCRLIssuer: EXAMPLE.attributes },
      ],
    },
  ],
  [
    'freshestCRL',
    '2.5.29.46',
    sequence(sequence(tagged(0, tagged(0, uri('http://example.com/d.crl'))))),
    { points: [{ fullName: [{ kind: 'uniformResourceIdentifier', value: 'http://example.com/d.crl' }] }] },
  ],
  ['inhibitAnyPolicy', '2.5.29.54', integer(2), { skipCerts: 2 }],
  [
    'authorityInfoAccess',
    '1.3.6.1.5.5.7.1.1',
    sequence(sequence(oid('1.3.6.1.5.5.7.48.1'), uri('http://ocsp.example.com'))),
    { descriptions: [{ oid: '1.3.6.1.5.5.7.48.1', name: 'ocsp', location: { kind: 'uniformResourceIdentifier', value: 'http://ocsp.example.com' } }] },
  ],
  [
    'subjectInfoAccess',
    '1.3.6.1.5.5.7.1.11',
    sequence(sequence(oid('1.3.6.1.5.5.7.48.5'), uri('http://example.com/'))),
    { descriptions: [{ oid: '1.3.6.1.5.5.7.48.5', name: 'caRepository', location: { kind: 'uniformResourceIdentifier', value: 'http://example.com/' } }] },
  ],
  ['validityAssuredShortTerm', '0.4.0.194121.2.1', NULL, {}],
  ['noRevAvail', '2.5.29.56', NULL, {}],
  ['ocspNoCheck', '1.3.6.1.5.5.7.48.1.5', NULL, {}],
  ['precertificatePoison', '1.3.6.1.4.1.11129.2.4.3', NULL, {}],
  ['tlsFeature', '1.3.6.1.5.5.7.1.24', sequence(integer(5), integer(17)), { features: [5, 17] }],
  [
    'cabfOrganizationIdentifier',
    '2.23.140.3.1',
    sequence(printable('NTR'), printable('US'), implicit(0, 'CA'), utf8('12345')),
    { scheme: 'NTR', country: 'US', stateOrProvince: 'CA', reference: '12345' },
  ],
  [
    'signedCertificateTimestamps',
    '1.3.6.1.4.1.11129.2.4.2',
    octets(hex(`0033 0031 00 ${'ab'.repeat(32)} 0000019b76da0000 0000 0403 0002 0102`)),
    { timestamps: [{ version: 1, logId: 'ab'.repeat(32), timestamp: '2025-12-31T23:59:16Z' }] },
  ],
  ['cRLNumber', '2.5.29.20', integer(2n ** 100n), { number: String(2n ** 100n) }],
  ['deltaCRLIndicator', '2.5.29.27', integer(7), { baseCRLNumber: '7' }],
  [
    'issuingDistributionPoint',
    '2.5.29.28',
    sequence(tagged(0, tagged(0, uri('http://example.com/a.crl'))), implicit(2, hex('ff'))),
    {
      fullName: [{ kind: 'uniformResourceIdentifier', value: 'http://example.com/a.crl' }],
      onlyContainsUserCerts: false,
      onlyContainsCACerts: true,
      indirectCRL: false,
      onlyContainsAttributeCerts: false,
    },
  ],
  [
    'expiredCertsOnCRL',
    '2.5.29.60',
    generalizedTime('20200101000000Z'),
    { since: { form: 'GeneralizedTime', written: '20200101000000Z', instant: '2020-01-01T00:00:00Z' } },
  ],
  ['reasonCode', '2.5.29.21', hex('0a0101'), { code: 1, reason: 'keyCompromise' }],
  ['reasonCode', '2.5.29.21', hex('0a0107'), { code: 7 }],
  ['certificateIssuer', '2.5.29.29', sequence(tagged(4, directory)), { names: [{ kind: 'directoryName', name: EXAMPLE }] }],
  ['ocspNonce', '1.3.6.1.5.5.7.48.1.2', octets(hex('0102')), { nonce: '0102' }],
  ['ocspExtendedRevoke', '1.3.6.1.5.5.7.48.1.9', NULL, {}],
];

describe('extensions', () => {
  test.each(EXTENSIONS)('%s (%s)', (name, id, value, expected) => {
    const seen = readExtension(id, value);
    expect({ ...seen, value: withoutPaths(seen.value) }).toEqual({ name, value: expected, critical: false, irregularities: [] });
  });

  test('criticality', () => {
    expect(readExtension('2.5.29.15', bits(6, hex('40')), TRUE)).toMatchObject({ critical: true, irregularities: [] });
    expect(readExtension('2.5.29.15', bits(6, hex('40')), hex('010100'))).toMatchObject({ critical: false, irregularities: ['not-der keyUsage.critical'] });
    expect(readExtension('2.5.29.15', bits(6, hex('40')), hex('010101'))).toMatchObject({ critical: true, irregularities: ['not-der keyUsage.critical'] });
  });

  test('an unknown extension keeps its OID, criticality and octets', () => {
    const { extensions, irregularities } = readCertificate(madeUpCertificate({ extensions: [extension('1.3.6.1.4.1.99999.7', hex('deadbeef'), TRUE)] }));
    expect(extensions).toEqual([{ at: 'tbsCertificate.extensions.1.3.6.1.4.1.99999.7', oid: '1.3.6.1.4.1.99999.7', critical: true, hex: 'deadbeef' }]);
    expect(irregularities).toEqual([]);
  });

  test('an extension that stands twice has two paths', () => {
    const facts = readCertificate(madeUpCertificate({ extensions: [1, 2].map((n) => extension('2.5.29.54', integer(n))) }));
    expect(facts.extensions.map(({ at, value }) => [at, value])).toEqual([
      ['tbsCertificate.extensions.inhibitAnyPolicy', { skipCerts: 1 }],
      ['tbsCertificate.extensions.inhibitAnyPolicy(2)', { skipCerts: 2 }],
    ]);
    expect(listIrregularities(facts)).toEqual(['duplicate-extension inhibitAnyPolicy(2)']);
  });
});

const BROKEN: readonly (readonly [what: string, id: string, value: Octets, irregularities: readonly string[], isRead: boolean])[] = [
  ['a value of another type', '2.5.29.15', octets(hex('00')), ['not-decodable keyUsage'], false],
  ['no value', '2.5.29.15', hex(''), ['not-decodable keyUsage'], false],
  ['octets after the value', '2.5.29.54', hex('020101 00'), ['trailing-data inhibitAnyPolicy.extnValue'], true],
  ['an empty list', '2.5.29.37', sequence(), ['empty-list extKeyUsage'], true],
  ['one element too many', '2.5.29.19', sequence(TRUE, integer(0), NULL), ['trailing-element basicConstraints'], true],
  ['an element out of its order', '2.5.29.19', sequence(integer(0), TRUE), ['trailing-element basicConstraints'], true],
  ['a default that is written', '2.5.29.19', sequence(hex('010100')), ['not-der basicConstraints.cA'], true],
  ['a length with too many octets', '2.5.29.19', hex('308100'), ['not-der basicConstraints'], true],
  ['an indefinite length', '2.5.29.37', hex('3080 0604551d2500 0000'), ['not-der extKeyUsage'], true],
  ['a length beyond the end', '2.5.29.37', hex('300a0603550425'), ['not-decodable extKeyUsage'], false],
  ['a number with a useless octet', '2.5.29.54', hex('02020001'), ['not-der inhibitAnyPolicy'], true],
  ['a number without octets', '2.5.29.54', hex('0200'), ['not-decodable inhibitAnyPolicy'], false],
  ['a number too large to count with', '2.5.29.54', integer(2n ** 60n), ['not-decodable inhibitAnyPolicy'], false],
  ['an OID with a useless zero', '2.5.29.37', sequence(hex('0604 2a800304')), ['not-der extKeyUsage[0]'], true],
  ['an OID that does not end', '2.5.29.37', sequence(hex('0602 2a83')), ['not-decodable extKeyUsage[0]'], false],
  ['bits with zeros at their end', '2.5.29.15', bits(0, hex('c0')), ['not-der keyUsage'], true],
  ['unused bits that are set', '2.5.29.15', bits(6, hex('41')), ['not-der keyUsage'], true],
  ['no bit that is set', '2.5.29.15', bits(0), ['empty-list keyUsage'], true],
  ['more unused bits than there are', '2.5.29.15', hex('030109'), ['not-decodable keyUsage'], false],
  ['NULL with content', '2.5.29.56', hex('050100'), ['not-der noRevAvail'], true],
  ['something where NULL belongs', '0.4.0.194121.2.1', sequence(), ['not-decodable validityAssuredShortTerm'], false],
  [
    'a text of another type',
    '2.5.29.32',
    sequence(sequence(oid('1.2.3'), sequence(sequence(oid('1.3.6.1.5.5.7.2.1'), utf8('https://x'))))),
    ['wrong-string-type certificatePolicies[0].qualifiers[0].qualifier'],
    true,
  ],
  [
    'a notice that is too long',
    '2.5.29.32',
    sequence(sequence(oid('1.2.3'), sequence(sequence(oid('1.3.6.1.5.5.7.2.2'), sequence(utf8('ä'.repeat(201))))))),
    ['wrong-size certificatePolicies[0].qualifiers[0].qualifier.explicitText'],
    true,
  ],
  [
    'a qualifier that is no text',
    '2.5.29.32',
    sequence(sequence(oid('1.2.3'), sequence(sequence(oid('1.3.6.1.5.5.7.2.1'), NULL)))),
    ['not-decodable certificatePolicies[0].qualifiers[0].qualifier'],
    true,
  ],
  ['a character outside ASCII', '2.5.29.17', sequence(dns('exämple.com')), ['wrong-characters subjectAltName[0]'], true],
  ['a name of no known kind', '2.5.29.17', sequence(implicit(9, 'x')), ['not-decodable subjectAltName[0]'], false],
  ['a time with an offset', '2.5.29.60', generalizedTime('20200101000000+0100'), ['wrong-time expiredCertsOnCRL'], true],
  ['a list of timestamps that is cut off', '1.3.6.1.4.1.11129.2.4.2', octets(hex('00ff00')), ['not-decodable signedCertificateTimestamps'], false],
];

describe('extensions that are not as they should be', () => {
  test.each(BROKEN)('%s in %s', (_what, id, value, irregularities, isRead) => {
    const seen = readExtension(id, value);
    expect({ irregularities: seen.irregularities, isRead: seen.value !== undefined }).toEqual({ irregularities, isRead });
  });

  test('an irregularity says in a sentence what was seen and what was expected, and where', () => {
    const { irregularities } = readCertificate(madeUpCertificate({ extensions: [extension('2.5.29.15', octets(hex('00')))] }));
    expect(irregularities).toMatchInlineSnapshot(`
      [
        {
          "at": "tbsCertificate.extensions.keyUsage",
          "expected": "BIT STRING",
          "kind": "not-decodable",
          "message": "The field tbsCertificate.extensions.keyUsage has another type than it should have.",
          "offset": 223,
          "seen": "OCTET STRING",
        },
      ]
    `);
  });

  test('what is no extension at all is left out, and the others are read', () => {
    const facts = readCertificate(madeUpCertificate({ extensions: [NULL, sequence(integer(1)), extension('2.5.29.54', integer(1))] }));
    expect(facts.extensions.map(({ at }) => at)).toEqual(['tbsCertificate.extensions.inhibitAnyPolicy']);
    expect(listIrregularities(facts)).toEqual(['not-decodable ?', 'not-decodable ?(2).extnID']);
  });
});
