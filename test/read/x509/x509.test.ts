import { generateKeyPairSync } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'rolldown';
import { describe, expect, test } from 'vitest';
import { readX509, type X509Content } from '../../../src/read/x509/x509.ts';
import {
  enumerated,
  extension,
  hex,
  integer,
  madeUpCertificate,
  NULL,
  name,
  type Octets,
  octets,
  oid,
  pem,
  SIGNATURE,
  sequence,
  set,
  tagged,
  utcTime,
  utf8,
} from '../../helpers/der.ts';
import { OPENSSL, runOpenssl } from '../../helpers/openssl.ts';
import { processorTime } from '../../helpers/processor-time.ts';

const CERTIFICATE = madeUpCertificate({ extensions: [extension('2.5.29.54', integer(1))] });
const OTHER = madeUpCertificate({ serial: integer(9) });
const LIST = sequence(sequence(integer(1), SIGNATURE[0], name(['2.5.4.3', utf8('Example CA')]), utcTime('260201000000Z')), ...SIGNATURE);
const RESPONSE = sequence(enumerated(6));
const chain = (certificates: Octets[], lists: Octets[] = []): Octets =>
  sequence(
    oid('1.2.840.113549.1.7.2'),
    tagged(
      0,
      sequence(integer(1), set(), sequence(oid('1.2.840.113549.1.7.1')), tagged(0, ...certificates), ...(lists.length > 0 ? [tagged(1, ...lists)] : []), set()),
    ),
  );

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const base64 = (der: Octets): string => Buffer.from(der).toString('base64');
const kinds = ({ items }: X509Content) => items.map(({ facts }) => facts.kind);

const FORMS: readonly (readonly [form: string, content: Uint8Array, kinds: readonly string[]])[] = [
  ['DER of a certificate', CERTIFICATE, ['certificate']],
  ['DER of a CRL', LIST, ['crl']],
  ['DER of an OCSP response', RESPONSE, ['ocsp-response']],
  ['PEM of a certificate', bytes(pem('CERTIFICATE', CERTIFICATE)), ['certificate']],
  ['PEM under old labels', bytes(pem('X509 CERTIFICATE', CERTIFICATE) + pem('TRUSTED CERTIFICATE', OTHER)), ['certificate', 'certificate']],
  ['PEM of a CRL', bytes(pem('X509 CRL', LIST)), ['crl']],
  ['PEM of an OCSP response', bytes(pem('OCSP RESPONSE', RESPONSE)), ['ocsp-response']],
  [
    'several in one file, with text around',
    bytes(`Subject: CN=Example\n${pem('CERTIFICATE', CERTIFICATE)}\nand\n${pem('X509 CRL', LIST)}the end\n${pem('CERTIFICATE', OTHER)}`),
    ['certificate', 'crl', 'certificate'],
  ],
  ['PEM under a wrong label', bytes(pem('CERTIFICATE', LIST)), ['crl']],
  ['PEM with carriage returns, indented', bytes(pem('CERTIFICATE', CERTIFICATE).replace(/^/gm, '    ').replace(/\n/g, '\r\n')), ['certificate']],
  ['PEM in a text of JSON', bytes(JSON.stringify({ certificate: pem('CERTIFICATE', CERTIFICATE) })), ['certificate']],
  ['PEM in UTF-16', Buffer.from(`\ufeff${pem('CERTIFICATE', CERTIFICATE)}`, 'utf16le'), ['certificate']],
  ['PEM with headers', bytes(pem('CERTIFICATE', CERTIFICATE).replace('-----\n', '-----\nComment: an example\n\n')), ['certificate']],
  ['base64 alone', bytes(base64(CERTIFICATE)), ['certificate']],
  ['base64 alone, in lines', bytes(`\n${base64(CERTIFICATE).replace(/(.{50})/g, '$1\n')}\n`), ['certificate']],
  ['base64url', bytes(Buffer.from(CERTIFICATE).toString('base64url')), ['certificate']],
  ['PKCS #7 in DER', chain([CERTIFICATE, OTHER], [LIST]), ['certificate', 'certificate', 'crl']],
  ['PKCS #7 in PEM', bytes(pem('PKCS7', chain([CERTIFICATE]))), ['certificate']],
  ['PKCS #7 in base64', bytes(base64(chain([CERTIFICATE]))), ['certificate']],
  [
    'PKCS #7 of indefinite lengths',
    Buffer.concat([
      hex('3080'),
      oid('1.2.840.113549.1.7.2'),
      hex('a080 3080'),
      integer(1),
      set(),
      sequence(oid('1.2.3')),
      hex('a080'),
      CERTIFICATE,
      hex('0000'),
      set(),
      hex('000000000000'),
    ]),
    ['certificate'],
  ],
];

describe('forms that are read', () => {
  test.each(FORMS)('%s', (_form, content, expected) => {
    const result = readX509(content, 'sample');
    expect(result.observations).toEqual([]);
    expect(kinds(result)).toEqual(expected);
  });

  test('an item comes with its octets and the line of its block', () => {
    const { items } = readX509(bytes(`\n${pem('CERTIFICATE', CERTIFICATE)}\n${pem('X509 CRL', LIST)}`), 'chain.pem');
    const lines = pem('CERTIFICATE', CERTIFICATE).split('\n').length;
    expect(items.map(({ place }) => place)).toEqual([
      { file: 'chain.pem', start: { line: 2, column: 1 } },
      { file: 'chain.pem', start: { line: 2 + lines, column: 1 } },
    ]);
    expect(Buffer.from(items[0]?.der ?? []).equals(CERTIFICATE)).toBe(true);
  });

  test.skipIf(OPENSSL.absent)(`what openssl packs into a PKCS #7 chain${OPENSSL.reason}`, () => {
    const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'der', type: 'spki' });
    const certificates = pem('CERTIFICATE', madeUpCertificate({ key })).repeat(2);
    const packed = runOpenssl(['crl2pkcs7', '-nocrl', '-certfile', 'FILE', '-outform', 'DER'], certificates);
    expect(kinds(readX509(packed, 'chain.p7b'))).toEqual(['certificate', 'certificate']);
  });
});

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const exportKey = (type: 'pkcs8' | 'pkcs1') => privateKey.export({ format: 'der', type });
const ENCRYPTED = privateKey.export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'worthless' }) as string;
const REQUEST = sequence(sequence(integer(0), name(['2.5.4.3', utf8('Example')]), sequence(SIGNATURE[0], NULL), tagged(0)), ...SIGNATURE);

const REFUSED: readonly (readonly [what: string, content: Uint8Array, looksLike: RegExp])[] = [
  ['nothing', new Uint8Array(), /^The file is empty\.$/],
  ['white space', bytes(' \n'), /white space/],
  ['a private key in PEM', bytes(privateKey.export({ format: 'pem', type: 'pkcs8' }) as string), /looks like a private key\./],
  ['a private key in the older PEM', bytes(privateKey.export({ format: 'pem', type: 'pkcs1' }) as string), /looks like a private key\./],
  ['an encrypted private key', bytes(ENCRYPTED), /looks like a private key\./],
  ['a private key that is cut off', bytes('-----BEGIN PRIVATE KEY-----\nMIICdgIBADANBgkqhkiG9w0BAQEF\n'), /looks like a private key\./],
  [
    'a private key of OpenSSH',
    bytes('-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjE\n-----END OPENSSH PRIVATE KEY-----\n'),
    /looks like a private key\./,
  ],
  ['a private key of PuTTY', bytes('PuTTY-User-Key-File-3: ssh-ed25519\n'), /private key \(PuTTY\)/],
  ['a private key in DER (PKCS #8)', exportKey('pkcs8'), /private key \(PKCS #8\)/],
  ['a private key in DER (PKCS #1)', exportKey('pkcs1'), /looks like a private key\./],
  ['a private key in DER (SEC 1)', elliptic.privateKey.export({ format: 'der', type: 'sec1' }), /private key \(SEC 1\)/],
  ['a private key in base64', bytes(base64(exportKey('pkcs8'))), /private key \(PKCS #8\)/],
  [
    'an encrypted private key in DER',
    privateKey.export({ format: 'der', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'worthless' }),
    /encrypted private key/,
  ],
  ['a key store', sequence(integer(3), sequence(oid('1.2.840.113549.1.7.1'), tagged(0, octets(NULL))), sequence()), /PKCS #12/],
  ['a certificate request in PEM', bytes(pem('CERTIFICATE REQUEST', REQUEST)), /certificate request/],
  ['a certificate request in DER', REQUEST, /certificate request/],
  ['a public key in PEM', bytes(elliptic.publicKey.export({ format: 'pem', type: 'spki' }) as string), /public key/],
  ['a public key in DER', elliptic.publicKey.export({ format: 'der', type: 'spki' }), /public key/],
  ['a public key of OpenSSH', bytes('ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE a@example.com'), /public key of OpenSSH/],
  ['an OpenPGP block', bytes('-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmQEN\n-----END PGP PUBLIC KEY BLOCK-----'), /OpenPGP/],
  ['an HTML page', bytes('<!DOCTYPE html><html><body>Not found</body></html>'), /HTML page/],
  ['an XML document', bytes('<?xml version="1.0"?><a/>'), /XML document/],
  ['JSON', bytes('{"error":"not found"}'), /JSON/],
  ['a PDF', bytes('%PDF-1.7\n%äöü'), /PDF/],
  ['an archive', hex('504b030414000000'), /ZIP/],
  ['an image', hex('89504e470d0a1a0a00'), /image/],
  ['plain text', bytes('Where is my certificate?'), /text without a certificate/],
  ['hexadecimal', bytes('30820122300d0609'), /hexadecimal/],
  ['base64 of something else', bytes('aGVsbG8gd29ybGQ='), /base64 of something/],
  ['PEM without its last line', bytes('-----BEGIN CERTIFICATE-----\nMIIB'), /its last line, "-----END CERTIFICATE-----", is missing/],
  ['PEM without base64', bytes('-----BEGIN CERTIFICATE-----\n***\n-----END CERTIFICATE-----'), /not base64/],
  ['an OCSP request', sequence(sequence(sequence(sequence(sequence(SIGNATURE[0]))))), /OCSP request/],
  ['DER that is cut off', CERTIFICATE.subarray(0, 100), /cut off/],
  ['an empty chain', chain([]), /carries no certificate/],
  ['a chain in a chain', chain([chain([CERTIFICATE])]), /chain within a chain/],
  [
    'a broken certificate',
    sequence(sequence(tagged(0, integer(2)), NULL), ...SIGNATURE),
    /The certificate cannot be read\. The field tbsCertificate\.serialNumber/,
  ],
  ['zeros', new Uint8Array(100), /binary data/],
];

describe('what is refused', () => {
  test.each(REFUSED)('%s', (_what, content, message) => {
    const { items, observations } = readX509(content, 'sample');
    expect(items).toEqual([]);
    expect(observations).toHaveLength(1);
    expect(observations[0]?.message).toMatch(message);
    expect(observations[0]?.expected).not.toBe('');
  });

  test('nothing of a private key is repeated, and a chain beside it is read', () => {
    const key = privateKey.export({ format: 'pem', type: 'pkcs8' }) as string;
    const { items, observations } = readX509(bytes(key + pem('CERTIFICATE', CERTIFICATE)), 'both.pem');
    expect(items).toHaveLength(1);
    expect(observations).toMatchInlineSnapshot(`
      [
        {
          "advice": "Keep it where it is: a private key has no place beside certificates, and this program needs none.",
          "at": {
            "file": "both.pem",
            "start": {
              "column": 1,
              "line": 1,
            },
          },
          "expected": "a certificate, CRL or OCSP response as PEM, DER or base64, or a PKCS #7 chain",
          "message": "This is no certificate, CRL or OCSP response: it looks like a private key.",
          "seen": "a private key",
        },
      ]
    `);
    const secrets = key.split('\n').filter((line) => !line.includes('PRIVATE KEY') && line.length > 8);
    const told = JSON.stringify(REFUSED.map(([, content]) => readX509(content, 'x').observations));
    expect(secrets.filter((line) => told.includes(line))).toEqual([]);
  });

  test('what is too large is refused before it is read', () => {
    const large = madeUpCertificate({ extensions: [extension('1.2.3', new Uint8Array(1_000_001))] });
    expect(readX509(large, 'x').observations[0]?.message).toBe('The certificate is too large to be read.');
    const used = processorTime();
    expect(readX509(new Uint8Array(70_000_001).fill(0x30), 'x').observations[0]?.message).toBe('The file is too large to be read.');
    expect(used()).toBeLessThan(500);
    const many = pem('CERTIFICATE', NULL).repeat(5001);
    expect(readX509(bytes(many), 'x').observations.map(({ message }) => message)).toEqual(['The file has too many PEM blocks.']);
  });
});

test('the reader runs in a browser: it takes no package and nothing of Node, and is small', async () => {
  const folder = fileURLToPath(new URL('../../../src/read/x509/', import.meta.url));
  expect(readdirSync(folder).filter((file) => /from '(?!\.)|\bBuffer\b|\bprocess\./.test(readFileSync(folder + file, 'utf8')))).toEqual([]);
  const { output } = await build({ input: `${folder}x509.ts`, platform: 'browser', output: { minify: true }, write: false });
  const [{ code, moduleIds }] = output;
  expect(moduleIds.filter((file) => file.includes('node_modules'))).toEqual([]);
  expect(gzipSync(code).length).toBeLessThan(20_000);
});
