import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compareToProfile } from '../../src/model/compare-profile.ts';
import { draftFromSettings } from '../../src/model/draft-profile.ts';
import { writeDraft } from '../../src/model/write-draft.ts';
import { readEjbcaProfile } from '../../src/read/ejbca-profile.ts';
import { parseProfile } from '../../src/read/profiles.ts';
import { makeCertificate, readCertificateFacts } from '../helpers/certificates.ts';

const FILE = readFileSync(new URL('../fixtures/profiles/certprofile_Natural+Person+QSCD-1417.xml', import.meta.url), 'utf8');
const read = (text: string) => readEjbcaProfile(new TextEncoder().encode(text));

function source(text: string) {
  const content = read(text);
  if (!content.source) throw new Error(content.problem);
  return content.source;
}
const rowOf = (text: string, field: string) => source(text).rows.find((row) => row.field === field);

const put = (key: string, value: string) => `<void method="put"><string>${key}</string>${value}</void>`;
const flag = (key: string, on: boolean) => put(key, `<boolean>${on}</boolean>`);
const list = (...items: string[]) => `<object class="java.util.ArrayList">${items.map((item) => `<void method="add">${item}</void>`).join('')}</object>`;
const wrap = (...puts: string[]) =>
  `<java version="17" class="java.beans.XMLDecoder"><object class="java.util.LinkedHashMap">${put('certversion', '<string>X509v3</string>')}${puts.join('')}</object></java>`;
const unread = (text: string) => source(text).notUnderstood.map(({ name, seen }) => `${name}: ${seen}`);

describe('the export of a profile for natural persons on a QSCD', () => {
  test('becomes rows', () => {
    const rows = source(FILE).rows.map(({ field, presence = 'required', critical, value }) => {
      const says = value?.exactly ?? value?.oneOf ?? (value?.atMost === undefined ? [] : [`≤ ${value.atMost}`]);
      return `${presence} ${field}${critical ? ' (critical)' : ''}${says.length > 0 ? `: ${says.join(', ')}` : ''}`;
    });
    expect(rows).toMatchInlineSnapshot(`
      [
        "required version: 3",
        "required signatureAlgorithm: sha256WithRSAEncryption",
        "required validity: ≤ 1095",
        "required subjectPublicKey: EC P-256, EC P-384, RSA 3072, RSA 4096",
        "required extensions.authorityKeyIdentifier",
        "required extensions.authorityKeyIdentifier.keyIdentifier",
        "required extensions.subjectKeyIdentifier",
        "required extensions.keyUsage (critical): nonRepudiation",
        "required extensions.certificatePolicies: 1.3.6.1.4.1.99999.1.2.1, 0.4.0.194112.1.2",
        "required extensions.certificatePolicies.cps: https://repository.ets.example/",
        "required extensions.cRLDistributionPoints: http://crl.ets.example/ets-qualified-ca-1.crl",
        "required extensions.authorityInfoAccess",
        "required extensions.authorityInfoAccess.caIssuers: http://crt.ets.example/ets-qualified-ca-1.cer",
        "required extensions.authorityInfoAccess.ocsp",
        "required extensions.qcStatements",
        "required qcStatements.pkixQCSyntax-v2: semanticsId-Natural",
        "required qcStatements.QcCompliance",
        "required qcStatements.QcSSCD",
        "required qcStatements.QcType: esign",
        "required qcStatements.QcPDS: en https://repository.ets.example/pds/1.2/, de https://repository.ets.example/pds/1.2/de/",
        "optional extensions.subjectAltName",
      ]
    `);
  });

  test('loses nothing: every key has a row, or is named', () => {
    const { notUnderstood, tail } = source(FILE);
    expect(notUnderstood.map(({ name, seen, line }) => `${line} ${name}: ${seen}`)).toEqual([
      '62 allowvalidityoverride: true',
      '366 usesubjectdnsubset: true',
      '370 subjectdnsubset: a list: 7, 13, 15, 5',
      '540 usedcertificateextensions: a list: 17',
    ]);
    expect(tail.map((line) => line.slice(0, 12))).toEqual(['Left aside, ', 'Off or empty']);
  });

  test('is a profile to which a certificate of the example keeps but for what the CA knows', () => {
    const text = writeDraft(draftFromSettings(source(FILE), { section: '7.1' }, 'Drafted.'));
    const [profile] = parseProfile(text, 'draft', 'draft.yaml').profiles;
    expect(profile?.policy).toBe('1.3.6.1.4.1.99999.1.2.1');
    expect(profile?.others).toEqual(['subject']);
    const deviations = profile ? compareToProfile(readCertificateFacts(makeCertificate()), profile) : [];
    expect(deviations.map(({ kind, field }) => `${kind} ${field}`)).toEqual(['absent qcStatements.pkixQCSyntax-v2']);
  });
});

describe('settings', () => {
  test.each([
    ['25y7d', 9132],
    ['1095d', 1095],
    ['1y 6mo', 545],
    ['90d 12h', 91],
    ['24h', 1],
    ['365', 365],
    ['2031-12-31', undefined],
    ['soon', undefined],
  ])('a validity of %s is %s days', (written, days) => {
    const text = wrap(put('encodedvalidity', `<string>${written}</string>`));
    expect(rowOf(text, 'validity')?.value?.atMost).toBe(days);
    expect(unread(text)).toEqual(days === undefined ? [`encodedvalidity: ${written}`] : []);
  });

  test('what is not known is listed with its line, unless it is off', () => {
    const text = wrap(flag('usequantumshield', true), flag('useother', false), put('strange', '<object class="com.example.Thing"/>'));
    expect(unread(text)).toEqual(['usequantumshield: true', 'strange: <object class="com.example.Thing">']);
    expect(source(text).tail).toEqual(['Off or empty, and in no row: useother.']);
  });

  test('addresses by default have no value', () => {
    const text = wrap(
      flag('usecrldistributionpoint', true),
      flag('usedefaultcrldistributionpoint', true),
      put('crldistributionpointuri', '<string>http://x.example/</string>'),
    );
    expect(rowOf(text, 'extensions.cRLDistributionPoints')).toEqual({
      field: 'extensions.cRLDistributionPoints',
      comment: 'usecrldistributionpoint: the address is that which the CA has by default',
    });
  });

  test('any curve, and unknown algorithms, are no row with keys', () => {
    const text = wrap(put('availablekeyalgorithms', list('<string>ECDSA</string>')), put('availableeccurves', list('<string>ANY_EC_CURVE</string>')));
    expect(rowOf(text, 'subjectPublicKey')).not.toHaveProperty('value');
    expect(unread(text)).toEqual(['availableeccurves: a list: ANY_EC_CURVE']);
  });

  test('a CA profile says so', () => {
    const text = wrap(
      put('type', '<int>2</int>'),
      flag('usebasicconstrants', true),
      flag('basicconstraintscritical', true),
      flag('usepathlengthconstraint', true),
      put('pathlengthconstraint', '<int>0</int>'),
    );
    expect(rowOf(text, 'extensions.basicConstraints')?.critical).toBe(true);
    expect(rowOf(text, 'extensions.basicConstraints.cA')?.value).toEqual({ exactly: ['true'] });
    expect(rowOf(text, 'extensions.basicConstraints.pathLenConstraint')?.value).toEqual({ exactly: ['0'] });
  });

  test('an object that is named again is the same', () => {
    const bits = list(...Array.from({ length: 9 }, (_, index) => `<boolean>${index === 0}</boolean>`)).replace('ArrayList"', 'ArrayList" id="ArrayList0"');
    const text = wrap(put('other', bits), flag('usekeyusage', true), put('keyusage', '<object idref="ArrayList0"/>'));
    expect(rowOf(text, 'extensions.keyUsage')?.value).toEqual({ exactly: ['digitalSignature'] });
  });
});

describe('what is no such export', () => {
  test.each([
    ['a ZIP archive', 'PK\u0003\u0004rest', /ZIP archive.*Unpack it/],
    ['another XML', '<html/>', /begins with <html>/],
    ['an object of another class', '<java><object class="java.lang.ProcessBuilder"><void method="start"/></object></java>', /ProcessBuilder/],
    [
      'an end entity profile',
      '<java><object class="java.util.LinkedHashMap"><void method="put"><string>NUMBERARRAY</string><int>1</int></void></object></java>',
      /none of a certificate profile/,
    ],
    ['no XML', 'certversion=X509v3', /cannot be read/],
    ['an entity', '<!DOCTYPE java [<!ENTITY x SYSTEM "file:///etc/passwd">]><java>&x;</java>', /DOCTYPE/],
  ])('%s is refused', (_, text, words) => {
    expect(read(text).problem).toMatch(words);
  });

  test('a method that is called inside of it is named and not followed', () => {
    const call = '<object class="java.lang.Runtime" method="getRuntime"><void method="exec"><string>id</string></void></object>';
    expect(unread(wrap(put('x', call), '<void method="clear"/>', put('keyusage', list(call)), flag('usekeyusage', true)))).toEqual([
      'x: <object class="java.lang.Runtime" method="getRuntime">',
      expect.stringMatching(/^what stands on line 1: <void method="clear">$/),
      'keyusage: a list: <object class="java.lang.Runtime" method="getRuntime">',
    ]);
  });

  test('names that every object has are keys like others', () => {
    expect(unread(wrap(flag('__proto__', true), flag('constructor', true)))).toEqual(['__proto__: true', 'constructor: true']);
    expect(unread(wrap(put('signaturealgorithm', '<string>constructor</string>')))).toEqual(['signaturealgorithm: constructor']);
  });
});
