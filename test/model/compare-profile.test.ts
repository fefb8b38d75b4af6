import { describe, expect, test } from 'vitest';
import { findPlace } from '../../src/model/asn1.ts';
import { compareToProfile, fits, listAgreements, matchesGlob } from '../../src/model/compare-profile.ts';
import { Profile } from '../../src/model/profile.ts';
import type { DeployedFacts } from '../../src/model/profile-field.ts';
import type { DeclaredProfile } from '../../src/model/workspace.ts';
import { parseProfile } from '../../src/read/profiles.ts';
import { type CertificateChanges, makeCertificate, makeCrl, makeOcspResponse, readFacts, subjectOf } from '../helpers/certificates.ts';
import { madeUpCertificate, NULL, name, octets, oid, sequence, utf8 } from '../helpers/der.ts';
import { readEarlierProfile } from '../helpers/example-profiles.ts';
import { processorTime } from '../helpers/processor-time.ts';

/** A profile of the example, or the one with other rows in place of its own of the same id. */
function readProfile(id: string, change: (text: string) => string = (text) => text): DeclaredProfile {
  const file = `content/profiles/${id}.yaml`;
  const text = change(readEarlierProfile(id));
  const { profiles, observations } = parseProfile(text, id, file);
  if (!profiles[0]) throw new Error(observations.map(({ message, expected }) => `${message} ${expected}`).join('\n'));
  return profiles[0];
}

const compare = (facts: DeployedFacts, profile: DeclaredProfile) =>
  compareToProfile(facts, profile).map(({ kind, field, seen, expected, section }) => `${kind} ${field}: ${seen} / ${expected} (${section})`);
const compareMade = (changes: CertificateChanges, id = 'natural-person-qscd') =>
  compare(readFacts(makeCertificate({ profile: id as never, ...changes })), readProfile(id));

describe('a certificate as its profile says', () => {
  test.each(['natural-person-qscd', 'legal-person-qscd', 'natural-person', 'website'])('%s', (id) => {
    expect(compareMade({}, id)).toEqual([]);
  });

  test('and a CRL and an OCSP response', () => {
    expect(compare(readFacts(makeCrl()), readProfile('crl'))).toEqual([]);
    expect(compare(readFacts(makeOcspResponse({ certificates: [makeCertificate()] })), readProfile('ocsp-response'))).toEqual([]);
  });
});

test('each row of a profile is either kept, with what is seen, or told as a deviation', () => {
  const profile = readProfile('natural-person-qscd');
  const facts = readFacts(makeCertificate({ statements: { QcSSCD: null }, extensions: { keyUsage: null } }));
  const broken = compareToProfile(facts, profile).map(({ field }) => field);
  const kept = listAgreements(facts, profile);
  expect([...broken, ...kept.map(({ field }) => field)].sort()).toEqual(profile.rows.map(({ field }) => field).sort());
  expect(kept.find(({ field }) => field === 'subject.countryName')).toMatchObject({ seen: 'AT', presence: 'required', section: '7.1.4' });
  expect(kept.filter(({ presence, seen }) => presence === 'optional' && seen === undefined).length).toBeGreaterThan(0);
  expect(kept.filter(({ presence }) => presence === 'forbidden')).toEqual(
    profile.rows.flatMap(({ field, presence }) => (presence === 'forbidden' ? [expect.objectContaining({ field, seen: undefined, expected: 'absent' })] : [])),
  );
});

describe('a certificate otherwise than its profile says', () => {
  test('lacks an attribute of which only the number is demanded', () => {
    const { surname: _surname, ...subject } = subjectOf('natural-person-qscd');
    expect(compareMade({ subject })).toEqual(['absent subject.surname: absent / present, 1 or fewer (7.1.4)']);
  });

  test('lacks an extension and the parts and statements that it would hold', () => {
    expect(compareMade({ extensions: { authorityInfoAccess: null } })).toEqual([
      'absent extensions.authorityInfoAccess: absent / present (7.1.2.1)',
      'absent extensions.authorityInfoAccess.caIssuers: absent / http://crt.ets.example/ets-qualified-ca-1.cer (7.1.2.1)',
      'absent extensions.authorityInfoAccess.ocsp: absent / http://ocsp.ets.example/ (7.1.2.1)',
    ]);
    expect(compareMade({ statements: { QcSSCD: null } })).toEqual(['absent qcStatements.QcSSCD: absent / present (7.1.2.1)']);
  });

  test('is of a CA that does not issue by the profile, where no row names the issuer', () => {
    const facts = readFacts(makeCertificate());
    const withoutRow = (issuers: string) =>
      readProfile('natural-person-qscd', (text) =>
        text
          .replace(/issuers: .*/, `issuers: ${issuers}`)
          .replace(/ {2}- id: issuer-common-name\n(?: {4}.*\n)+/, '')
          .replace(/others: .*/, ''),
      );
    expect(compare(facts, withoutRow('[ETS Qualified CA 2, ETS Qualified CA 3]'))).toEqual([
      'value issuer.commonName: ETS Qualified CA 1 / one of ETS Qualified CA 2, ETS Qualified CA 3 (7.1.2.1)',
    ]);
    expect(compare(facts, withoutRow('[ETS Qualified CA 2, ETS Qualified CA 1]'))).toEqual([]);
    expect(compare(facts, withoutRow('[]'))).toEqual([]);
  });

  test('is valid for one second too long', () => {
    expect(compareMade({ notBefore: '2026-10-01T08:00:00Z', notAfter: '2029-09-30T08:00:00Z' })).toEqual([
      'value validity: 1095 days and 1 second / 1095 at most (6.3.2)',
    ]);
    expect(compareMade({ notBefore: '2026-10-01T08:00:00Z', notAfter: '2029-09-30T07:59:59Z' })).toEqual([]);
  });

  test('has an attribute too much, and one in another form', () => {
    const subject = {
      countryName: 'AT',
      givenName: 'Gerda',
      surname: 'Muster',
      serialNumber: '4815',
      commonName: 'Gerda Muster',
      organizationalUnitName: 'Sales',
    };
    expect(compareMade({ subject })).toEqual([
      'value subject.serialNumber: 4815 / the form ############; 1 or fewer (3.1.5)',
      'unlisted subject.organizationalUnitName: present / absent, for the profile does not name it (7.1.2.1)',
    ]);
  });

  test('has what is forbidden', () => {
    const compliant = readFacts(makeCertificate());
    expect(compare(compliant, readProfile('natural-person'))).toContain('present qcStatements.QcSSCD: present / absent (7.1.2)');
  });

  test('is critical where it must not be', () => {
    const profile = readProfile('natural-person-qscd', (text) =>
      text.replace('field: extensions.keyUsage\n    critical: true', 'field: extensions.keyUsage\n    critical: false'),
    );
    expect(compare(readFacts(makeCertificate()), profile)).toEqual(['criticality extensions.keyUsage: critical / not critical (7.1.2.1)']);
  });

  test('and each deviation names a field that has a place, or the one that would hold it', () => {
    const facts = readFacts(makeCertificate({ statements: { QcType: null } }));
    const [deviation] = compareToProfile(facts, readProfile('natural-person-qscd'));
    expect(deviation?.at).toBe('tbsCertificate.extensions.qcStatements.QcType');
    expect(findPlace(facts, deviation?.at ?? '')).toEqual(facts.places['tbsCertificate.extensions.qcStatements']);
  });
});

describe('what no row names', () => {
  const facts = readFacts(
    madeUpCertificate({
      subject: name(['2.5.4.3', utf8('A')]),
      extensions: [
        sequence(oid('1.3.6.1.4.1.99999.9'), octets(NULL)),
        sequence(oid('2.5.29.17'), octets(sequence(Buffer.from('8201618101', 'hex'), Buffer.from('62', 'hex')))),
      ],
    }),
  );
  const profile = (others: string, rows: string) =>
    parseProfile(`title: T\nsection: "7"\nothers: [${others}]\nrows:\n${rows}`, 'p', 'p.yaml').profiles[0] as DeclaredProfile;
  const names = '  - { id: a, field: extensions.subjectAltName.dNSName }\n';

  test('is a deviation: an attribute, an extension by its OID, a part of an extension of which another part has a row', () => {
    expect(compareToProfile(facts, profile('', names)).map(({ field }) => field)).toEqual([
      'subject.commonName',
      'extensions.1.3.6.1.4.1.99999.9',
      'extensions.subjectAltName.rfc822Name',
    ]);
  });

  test('is none where its part is open, or a row names it by its OID', () => {
    expect(compareToProfile(facts, profile('subject, extensions', names))).toEqual([]);
    const named = `${names}  - { id: b, field: extensions.1.3.6.1.4.1.99999.9 }\n  - { id: c, field: extensions.subjectAltName.rfc822Name }\n`;
    expect(compareToProfile(facts, profile('subject', named))).toEqual([]);
  });
});

describe('values', () => {
  const demand = (value: object) => {
    const parsed = Profile.parse({ title: 'T', section: '7', rows: [{ id: 'a', field: 'version', value }] });
    return parsed.rows[0]?.value ?? {};
  };

  test.each([
    [{ exactly: ['a', 'b'] }, ['b', 'a'], true],
    [{ exactly: ['a', 'b'] }, ['a'], false],
    [{ exactly: ['a', 'a'] }, ['a', 'b'], false],
    [{ includes: ['a'] }, ['a', 'b'], true],
    [{ includes: ['a', 'c'] }, ['a', 'b'], false],
    [{ oneOf: ['a', 'b'] }, ['a', 'a'], true],
    [{ oneOf: ['a', 'b'] }, ['a', 'c'], false],
    [{ oneOf: ['a'] }, [], false],
    [{ like: ['a*', '#'] }, ['abc', '7'], true],
    [{ like: ['a*'] }, ['abc', '7'], false],
    [{ atLeast: '2', atMost: '3.5' }, ['2', '3.5'], true],
    [{ atMost: '3' }, ['3.1'], false],
    [{ atMost: '3' }, ['three'], false],
    [{ atMost: '3' }, [], false],
    [{ countAtLeast: '1', countAtMost: '2' }, ['a', 'b'], true],
    [{ countAtMost: '1' }, ['a', 'b'], false],
    [{ exactly: ['a'], countAtLeast: '2' }, ['a'], false],
    [{ words: 'anything' }, [], true],
  ])('%j against %j', (value, values, expected) => {
    expect(fits(values, demand(value))).toBe(expected);
  });

  test.each([
    ['NTR??-*', 'NTRAT-999999x', true],
    ['NTR??-*', 'NTRAT999999x', false],
    ['####', '2026', true],
    ['####', '202x', false],
    ['*', '', true],
    ['?', '', false],
    ['a.c', 'abc', false],
    ['*.example', 'www.ets.example', true],
    ['*a*b', 'xaxbxab', true],
    ['(a+)+$', 'aaaa', false],
  ])('the form %s and "%s"', (pattern, text, expected) => {
    expect(matchesGlob(pattern, text)).toBe(expected);
  });

  test('are compared with a hostile form in bounded time', () => {
    const used = processorTime();
    expect(matchesGlob(`${'*a'.repeat(450)}b`, 'a'.repeat(20_000))).toBe(false);
    expect(used()).toBeLessThan(2000);
  });
});
