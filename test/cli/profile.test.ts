import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import type { Instant } from '../../src/model/time.ts';
import { makeCertificate, makeCrl } from '../helpers/certificates.ts';
import { makeRepository, type TestRepository } from '../helpers/repository.ts';

const FIXTURES = fileURLToPath(new URL('../fixtures/profiles', import.meta.url));
const SAMPLES = fileURLToPath(new URL('../../content/certificates/samples', import.meta.url));
const EJBCA = `${FIXTURES}/certprofile_Natural+Person+QSCD-1417.xml`;

let repository: TestRepository;
beforeAll(async () => {
  repository = await makeRepository();
  await repository.write({
    'one.der': makeCertificate(),
    'two.der': makeCertificate({ serial: 7n }),
    'web.der': makeCertificate({ profile: 'website' }),
    'list.crl': makeCrl(),
    'broken.pem': 'hello',
    'export.zip': 'PK\u0003\u0004',
    'steering.xml':
      '<java><object class="java.util.LinkedHashMap"><void method="put"><string>certversion</string><string>&#x9b;2J</string></void></object></java>',
  });
});
afterAll(() => repository.remove());

async function run(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const io = {
    out: (text: string) => void out.push(text),
    err: (text: string) => void err.push(text),
    color: false,
    now: '2026-11-23T00:00:00Z' as Instant,
    folder: repository.folder,
  };
  const code = await main(['profile', ...args], io);
  return { code, out: out.join(''), err: err.join('') };
}

describe('from certificates', () => {
  test('a draft goes to standard output', async () => {
    const { code, out, err } = await run('from-certificate', 'one.der', 'two.der', 'two.der', '--section', '7.1.2.1', '--title', 'Signatures');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.split('\n').slice(0, 9)).toMatchInlineSnapshot(`
      [
        "# Drafted from 2 certificates. A draft says what was seen, not what shall be: read each row against the text",
        "# of the section that states it, and take the comments out when it holds.",
        "title: { en: Signatures }",
        "policy: 1.3.6.1.4.1.99999.1.2.1",
        "issuers: [ETS Qualified CA 1]",
        "section: "7.1.2.1"",
        "rows:",
        "  # in all 2 samples",
        "  - id: version",
      ]
    `);
  });

  test('under several policies, one is to be named', async () => {
    const refused = await run('from-certificate', 'one.der', 'web.der');
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('--policy: 1.3.6.1.4.1.99999.1.2.1, 1.3.6.1.4.1.99999.1.2.4');
    const { code, out, err } = await run('from-certificate', 'one.der', 'web.der', 'list.crl', '--policy', '1.3.6.1.4.1.99999.1.2.4');
    expect(code).toBe(0);
    expect(out).toContain('policy: 1.3.6.1.4.1.99999.1.2.4\n');
    expect(err).toBe('CRLs and OCSP responses left out (1): a draft is made from certificates.\n1 certificate left out: not under 1.3.6.1.4.1.99999.1.2.4.\n');
  });

  test('a folder with the samples of a policy', async () => {
    const { code, out } = await run('from-certificate', SAMPLES, '--policy', '1.3.6.1.4.1.99999.1.2.3');
    expect(code).toBe(0);
    expect(out).toContain('value: { exactly: [1.3.6.1.4.1.99999.1.2.3, 0.4.0.194112.1.0] }');
  });

  test('no draft is made where a file cannot be read, or has none', async () => {
    expect(await run('from-certificate', 'one.der', 'broken.pem')).toMatchObject({ code: 1, out: '' });
    expect((await run('from-certificate', 'list.crl')).err).toContain('hold no certificate');
    expect((await run('from-certificate', 'one.der', '--policy', '1.2.3')).err).toContain('None of the certificates is under the policy 1.2.3.');
    expect((await run('from-certificate', 'nowhere.pem')).code).toBe(2);
  });
});

test('a file is written once and never overwritten', async () => {
  const first = await run('from-certificate', 'one.der', '--id', 'signatures');
  expect(first).toMatchObject({ code: 0, err: '' });
  expect(first.out).toMatch(/^Drafted content\/profiles\/signatures\.yaml with \d+ rows\. Read it against section 7\.1\.\n$/);
  const written = readFileSync(`${repository.folder}/content/profiles/signatures.yaml`, 'utf8');
  expect(written).toBe((await run('from-certificate', 'one.der')).out);
  const again = await run('from-ejbca', EJBCA, '--out', 'content/profiles/signatures.yaml');
  expect(again).toMatchObject({ code: 1, out: '', err: expect.stringContaining('is not overwritten') });
  expect(readFileSync(`${repository.folder}/content/profiles/signatures.yaml`, 'utf8')).toBe(written);
});

describe('from settings', () => {
  test('what is not understood is told on standard error too', async () => {
    const { code, out, err } = await run('from-ejbca', EJBCA);
    expect(code).toBe(0);
    expect(out).toContain('title: { en: Natural Person QSCD }');
    expect(out).toContain('#   allowvalidityoverride: true (line 62)');
    expect(err).toContain('QSCD-1417.xml:62: allowvalidityoverride: true\n');
  });

  test('a section of OpenSSL', async () => {
    const { code, out } = await run('from-openssl', `${FIXTURES}/openssl.cnf`, '--extensions', 'v3_end', '--policy', '1.2.3');
    expect(code).toBe(0);
    expect(out).toContain('policy: 1.2.3\n');
  });

  test('a ZIP archive has a word of its own, and no text steers the terminal', async () => {
    expect(await run('from-ejbca', 'export.zip')).toMatchObject({ code: 1, err: expect.stringContaining('Unpack it') });
    expect((await run('from-ejbca', 'steering.xml')).err).toContain('certversion: ?2J');
  });
});

test.each([
  [[], 'Say from what'],
  [['from-csr', 'x'], 'not "from-csr"'],
  [['from-certificate'], 'Name a file.'],
  [['from-ejbca', 'a', 'b'], 'Name one file'],
  [['from-openssl', 'a'], '--extensions v3_end'],
  [['from-openssl', 'a', '--section', 'v3_end'], 'is named with --extensions'],
  [['from-certificate', 'a', '--id', 'a', '--out', 'b'], 'name one'],
  [['from-certificate', 'a', '--id', '../a'], 'is no id'],
  [['from-certificate', 'one.der', '--out', ''], 'The name after --out is empty'],
  [['from-certificate', ''], 'The name of a file or folder is empty'],
  [['from-certificate', 'a', '--policy', 'x'], 'not an object identifier'],
])('%j cannot run', async (args, words) => {
  const { code, err } = await run(...args);
  expect(code).toBe(2);
  expect(err).toContain(words);
});
