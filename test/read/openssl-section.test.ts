import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compareToProfile } from '../../src/model/compare-profile.ts';
import { draftFromSettings } from '../../src/model/draft-profile.ts';
import { writeDraft } from '../../src/model/write-draft.ts';
import { readOpensslSection } from '../../src/read/openssl-section.ts';
import { parseProfile } from '../../src/read/profiles.ts';
import { readX509 } from '../../src/read/x509/x509.ts';
import { OPENSSL, runOpenssl } from '../helpers/openssl.ts';
import { measure } from '../helpers/processor-time.ts';

const FILE = readFileSync(new URL('../fixtures/profiles/openssl.cnf', import.meta.url), 'utf8');

function source(text: string, section = 'v3_end') {
  const content = readOpensslSection(new TextEncoder().encode(text), section);
  if (!content.source) throw new Error(content.problem);
  return content.source;
}
const problem = (text: string, section = 'v3_end') => readOpensslSection(new TextEncoder().encode(text), section).problem;
const values = (text: string, field: string) => source(text).rows.find((row) => row.field === `extensions.${field}`)?.value?.exactly;
const unread = (text: string) => source(text).notUnderstood.map(({ name, seen, line }) => `${line} ${name}: ${seen}`);
const section = (...lines: string[]) => ['[v3_end]', ...lines].join('\n');

describe('a section of extensions', () => {
  test('becomes rows', () => {
    const rows = source(FILE).rows.map(
      ({ field, critical, value }) => `${field}${critical ? ' (critical)' : ''}${value ? `: ${value.exactly?.join(', ')}` : ''}`,
    );
    expect(rows).toMatchInlineSnapshot(`
      [
        "version: 3",
        "extensions.basicConstraints (critical)",
        "extensions.basicConstraints.cA: false",
        "extensions.subjectKeyIdentifier",
        "extensions.authorityKeyIdentifier",
        "extensions.authorityKeyIdentifier.keyIdentifier",
        "extensions.keyUsage (critical): digitalSignature",
        "extensions.extKeyUsage: serverAuth, 1.3.6.1.4.1.99999.7",
        "extensions.subjectAltName",
        "extensions.subjectAltName.dNSName",
        "extensions.certificatePolicies: 1.3.6.1.4.1.99999.1.2.4, 0.4.0.194112.1.5, 2.23.140.1.2.2",
        "extensions.certificatePolicies.cps: https://repository.ets.example/",
        "extensions.certificatePolicies.userNotice: See the repository",
        "extensions.cRLDistributionPoints: http://crl.ets.example/web.crl",
        "extensions.authorityInfoAccess",
        "extensions.authorityInfoAccess.ocsp: http://ocsp.ets.example/",
        "extensions.authorityInfoAccess.caIssuers: http://crt.ets.example/web.cer",
        "extensions.qcStatements",
        "qcStatements.QcCompliance",
        "qcStatements.QcType: web",
        "qcStatements.QcPDS: en https://repository.ets.example/pds/en.pdf",
        "extensions.tlsFeature: 5",
      ]
    `);
    expect(unread(FILE)).toEqual(['29 nsComment: made by hand']);
  });

  test.skipIf(OPENSSL.absent)(`is what openssl makes of it${OPENSSL.reason}`, () => {
    const options = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', '/dev/null', '-subj', '/C=AT/O=Muster', '-days', '30'];
    const pem = runOpenssl(['req', ...options, '-config', 'FILE', '-extensions', 'v3_end'], FILE);
    const [item] = readX509(pem, 'made.pem').items;
    const [profile] = parseProfile(writeDraft(draftFromSettings(source(FILE), { section: '7.1' }, 'Drafted.')), 'draft', 'draft.yaml').profiles;
    if (!item || !profile) throw new Error('openssl made no certificate, or the draft is no profile');
    // Of nsComment the draft says that it is in no row.
    expect(compareToProfile(item.facts, profile).map(({ kind, field }) => `${kind} ${field}`)).toEqual(['unlisted extensions.2.16.840.1.113730.1.13']);
  });

  test('of DER is read as that of a certificate', () => {
    const rows = source(FILE, 'der_end').rows.map(({ field }) => field);
    expect(rows).toEqual(['version', 'extensions.qcStatements', 'qcStatements.QcCompliance', 'qcStatements.QcSSCD', 'extensions.keyUsage']);
  });

  test('says what is wrong with what it encodes', () => {
    const { tail, rows } = source(section('qcStatements = DER:30:0c:30:0a:06:06:04:00:8e:46:01:01:05:00'));
    expect(rows.map(({ field }) => field)).toContain('qcStatements.QcCompliance');
    expect(tail).toEqual([expect.stringContaining('has a value')]);
  });
});

describe('the syntax of the file', () => {
  test('variables, escapes, quotes, continued lines and comments are those of OpenSSL', () => {
    const text = [
      'host = http://a.example',
      '[other]',
      'path = b',
      section('crlDistributionPoints = URI:$host/\\', `$\{other::path}'.crl#1' # comment`, 'nonsense'),
    ].join('\n');
    expect(values(text, 'cRLDistributionPoints')).toEqual(['http://a.example/b.crl#1']);
    expect(unread(text)).toEqual(['7 a line that is no setting: nonsense']);
  });

  test('neither other files nor the environment are read', () => {
    const text = `.include = /etc/passwd\n.include /etc/hosts\n${section('basicConstraints = CA:FALSE', 'nsComment = $ENV::HOME')}`;
    expect(unread(text)).toEqual([
      '1 .include: = /etc/passwd, which is not followed',
      '2 .include: /etc/hosts, which is not followed',
      '5 v3_end::nsComment: $ENV::HOME, a variable that has no value here',
    ]);
  });

  test('variables that grow, and sections within themselves, come to an end', () => {
    const growing = ['a0 = xxxxxxxxxx', ...Array.from({ length: 60 }, (_, index) => `a${index + 1} = $a${index}$a${index}`)].join('\n');
    expect(unread(`${growing}\n${section('basicConstraints = CA:TRUE')}`)[0]).toContain('more than 65536 characters');
    const fields = (name: string) => Array.from({ length: 30 }, (_, index) => `f${index} = SEQUENCE:${name}`).join('\n');
    for (const text of [`[again]\n${fields('again')}`, `[again]\n${fields('b')}\n[b]\n${fields('c')}\n[c]\n${fields('d')}\n[d]\nx = NULL`]) {
      expect(unread(`${text}\n${section('1.2.3.4 = ASN1:SEQUENCE:again')}`)[0]).toContain('more sections within sections');
    }
  });

  test.each([
    ['no such section', '[a]\nx = y', /no section \[ v3_end \].*Sections with some: a/],
    ['an empty one', '[v3_end]\n', /no section/],
    ['binary data', '\u0000', /binary/],
  ])('%s is told', (_, text, words) => {
    expect(problem(text)).toMatch(words);
  });

  test('a section whose settings cannot be read is told as one that is there', () => {
    expect(problem(`[a]\nx = y\n${section('keyUsage = $undefined')}`)).toBe(
      'The section [ v3_end ] is there, but without a setting that could be read. Line 4, keyUsage: $undefined, a variable that has no value here.',
    );
  });

  test('a very long line takes no time', () => {
    for (const filler of [' ', '$', '\\', '[', '=', '"', '::', ':', ',']) {
      const text = section(`x${filler.repeat(400_000 / filler.length)}y`);
      expect(measure(() => problem(text))).toBeLessThan(2000);
    }
  });
});

test('what is not understood of an extension is told, and its presence kept', () => {
  const text = section(
    'keyUsage = critical, digitalSignature, sideways',
    'nameConstraints = permitted;DNS:example',
    'certificatePolicies = @nowhere, medium',
    'authorityInfoAccess = OCSP;DNS:x',
    'extendedKeyUsage = 1.3.6.1.5.5.7.3.4, unheardOf',
    'qcStatements = ASN1:SEQUENCE:nowhere',
    'subjectAltName = email:copy',
  );
  expect(values(text, 'keyUsage')).toEqual(['digitalSignature']);
  expect(values(text, 'extKeyUsage')).toEqual(['emailProtection']);
  expect(source(text).rows.map(({ field }) => field)).toEqual(
    expect.arrayContaining(['extensions.nameConstraints', 'extensions.qcStatements', 'extensions.subjectAltName.rfc822Name']),
  );
  expect(unread(text)).toMatchInlineSnapshot(`
    [
      "2 keyUsage: sideways, a key usage that is not known here",
      "3 nameConstraints: permitted;DNS:example (its presence is in a row, its content is not)",
      "4 certificatePolicies: @nowhere, a section that is not there",
      "4 certificatePolicies: medium, a policy that is no object identifier here",
      "5 authorityInfoAccess: OCSP;DNS:x",
      "6 extendedKeyUsage: unheardOf, a purpose whose object identifier is not known here",
      "7 qcStatements: ASN1:SEQUENCE:nowhere: There is no section [ nowhere ].",
    ]
  `);
});

test('names that every object has are names like others', () => {
  const text = section(
    'constructor = 1',
    '__proto__ = DER:0500',
    'tlsfeature = constructor',
    'keyUsage = toString',
    'authorityInfoAccess = constructor;URI:http://a.example/',
  );
  expect(values(text, 'tlsFeature')).toEqual(['constructor']);
  expect(source(text).notUnderstood.map(({ name }) => name)).toEqual(['constructor', '__proto__', 'keyUsage', 'authorityInfoAccess']);
});
