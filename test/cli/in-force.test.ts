import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import type { Instant } from '../../src/model/time.ts';
import { appendEntries, type NewEntry, sha256 } from '../../src/read/register.ts';
import { name, utf8 } from '../helpers/der.ts';
import { type Asked, certificatePem, certificateUnder, chainOf, PRIVATE_KEY } from '../helpers/governed.ts';
import { CPS, ENDED, listing, makeGovernedRepository, OWN, policy, SAMPLES } from '../helpers/governed-repository.ts';
import { makeRepository, type TestRepository } from '../helpers/repository.ts';

let repository: TestRepository;
afterAll(() => repository.remove());

beforeAll(async () => {
  repository = await makeGovernedRepository();
});

async function put(path: string, content: string | Uint8Array): Promise<string> {
  const file = join(repository.folder, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
  return path;
}

async function run(args: readonly string[], { stdin, folder = repository.folder }: { stdin?: Uint8Array; folder?: string } = {}) {
  const out: string[] = [];
  const err: string[] = [];
  const progress: string[] = [];
  const code = await main(['in-force', ...args], {
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
    progress: (line) => void progress.push(line),
    ...(stdin && {
      stdin: (async function* () {
        yield stdin.subarray(0, 7);
        yield stdin.subarray(7);
      })(),
    }),
    color: false,
    now: '2026-11-23T10:00:00Z' as Instant,
    folder,
  });
  return { code, out: out.join(''), err: err.join(''), progress };
}

/** Texts alone: what these certificates lack by the standards is another question. */
const ask = (...files: string[]) => run(['--certificate', ...files, '--no-standards']);

describe('which policy governed this certificate', () => {
  test('before the QSCD change: the version of its day, and no deviation', async () => {
    const { code, out } = await ask('one/before.pem');
    expect(code).toBe(0);
    expect(out).toMatchInlineSnapshot(`
      "one/before.pem:1: An EU qualified certificate for electronic signatures of a holder of unknown kind for CN=Example, issued by C=AT, CN=Example CA, valid from 2026-06-01 10:00 until 2028-05-31 09:59.
        Policies: 1.3.6.1.4.1.99999.1.2.1 (Signatures, of this provider), 0.4.0.194112.1.0 (QCP-n, of ETSI).
        On 2026-06-01 10:00 (Europe/Vienna) it was governed by cps 1.0.
          cps 1.0, in force from 2026-02-01 until 2026-10-01, superseded since: 1.3.6.1.4.1.99999.1.2.1 Signatures; sections 1.1 (EU qualified), 1.4.1 (QSCD), 7.1 (profile, not declared for machines)
        No deviation was seen from what these texts declare for machines.
      "
    `);
  });

  test('in the hour of the change: both sides of local midnight', async () => {
    expect((await ask('one/last-second.pem')).code).toBe(0);
    const { code, out } = await ask('one/first-second.pem');
    expect(code).toBe(1);
    expect(out).toMatchInlineSnapshot(`
      "one/first-second.pem:1: An EU qualified certificate for electronic signatures of a holder of unknown kind for CN=Example, issued by C=AT, CN=Example CA, valid from 2026-10-01 until 2028-09-29 23:59.
        Policies: 1.3.6.1.4.1.99999.1.2.1 (Signatures, of this provider), 0.4.0.194112.1.0 (QCP-n, of ETSI).
        On 2026-10-01 (Europe/Vienna) it was governed by cps 1.1.
          cps 1.1, in force from 2026-10-01, still in force: 1.3.6.1.4.1.99999.1.2.1 Signatures; sections 1.1 (EU qualified), 1.4.2 (QSCD), 7.1 (profile, not declared for machines)
        2 deviations:
          error  tbsCertificate.extensions.qcStatements: seen no QcSSCD; expected QcSSCD, as the policy requires a QSCD, 411-2:GEN-6.6.1-03 (cps 1.1 Section 1.4.2)
          error  tbsCertificate.extensions.certificatePolicies[1]: seen qcp-natural (0.4.0.194112.1.0); expected 0.4.0.194112.1.2 only, as the policy conforms to QCP-n-qscd, 412-2:QCS-5.2-2 (cps 1.1)
      "
    `);
  });

  test('under a policy that has ended', async () => {
    const { code, out } = await ask('one/ended.pem');
    expect(code).toBe(1);
    expect(out).toMatchInlineSnapshot(`
      "one/ended.pem:1: A certificate of a holder of unknown kind for CN=Example, issued by C=AT, CN=Example CA, valid from 2026-10-02 10:00 until 2028-10-01 09:59.
        Policies: 1.3.6.1.4.1.99999.1.2.9 (Signatures, of this provider).
        No text in force on 2026-10-02 10:00 (Europe/Vienna) lists its policies: cps 1.0 lists 1.3.6.1.4.1.99999.1.2.9 and was in force earlier, from 2026-02-01 until 2026-10-01.
      "
    `);
  });

  test('of another provider', async () => {
    const { code, out } = await ask('one/foreign.pem');
    expect(code).toBe(1);
    expect(out).toMatchInlineSnapshot(`
      "one/foreign.pem:1: A certificate of a holder of unknown kind for CN=Example, issued by C=AT, CN=Example CA, valid from 2026-06-01 10:00 until 2028-05-31 09:59.
        Policies: 1.2.3.4 (not known here).
        It is not a certificate under a policy of Example Trust Services: no version of any text lists one of its policies. Ask its issuer, C=AT, CN=Example CA.
      "
    `);
  });

  test('of a CA', async () => {
    const { code, out } = await ask('one/ca.pem');
    expect(code).toBe(0);
    expect(out).toContain('It is a CA certificate');
  });

  test('at another instant than its notBefore', async () => {
    const { code, out } = await run(['--certificate', 'one/before.pem', '--at', '2026-10-01']);
    expect(code).toBe(1);
    expect(out).toContain('On 2026-10-01 (Europe/Vienna) it was governed by cps 1.1.');
  });
});

describe('many certificates', () => {
  test('of a folder are told in brief, and counted', async () => {
    const { code, out } = await ask('one');
    expect(code).toBe(1);
    expect(out).toMatchInlineSnapshot(`
      "one/before.pem:1: On 2026-06-01 10:00 (Europe/Vienna) it was governed by cps 1.0.
      one/ca.pem:1: It is a CA certificate: its policies limit the paths below it, and no text governs it by a policy.
      one/ended.pem:1: No text in force on 2026-10-02 10:00 (Europe/Vienna) lists its policies: cps 1.0 lists 1.3.6.1.4.1.99999.1.2.9 and was in force earlier, from 2026-02-01 until 2026-10-01.
      one/first-second.pem:1: On 2026-10-01 (Europe/Vienna) it was governed by cps 1.1.
        error  tbsCertificate.extensions.qcStatements: seen no QcSSCD; expected QcSSCD, as the policy requires a QSCD, 411-2:GEN-6.6.1-03 (cps 1.1 Section 1.4.2)
        error  tbsCertificate.extensions.certificatePolicies[1]: seen qcp-natural (0.4.0.194112.1.0); expected 0.4.0.194112.1.2 only, as the policy conforms to QCP-n-qscd, 412-2:QCS-5.2-2 (cps 1.1)
      one/foreign.pem:1: It is not a certificate under a policy of Example Trust Services: no version of any text lists one of its policies. Ask its issuer, C=AT, CN=Example CA.
      one/last-second.pem:1: On 2026-09-30 23:59 (Europe/Vienna) it was governed by cps 1.0.
      6 certificates: 2 governed, 1 otherwise than declared, 2 not under a policy in force then, 1 of CAs and OCSP signers, 0 unreadable.
      "
    `);
  });

  test('are found in one file, in PKCS #7, in DER, and on standard input', async () => {
    const [one, two] = [certificateUnder(SAMPLES['before.pem'] as Asked), certificateUnder(SAMPLES['last-second.pem'] as Asked)];
    const bundle = await put('many/bundle.pem', `${certificatePem(SAMPLES['before.pem'] as Asked)}\n${certificatePem(SAMPLES['ca.pem'] as Asked)}`);
    const chain = await put('many/chain.p7b', chainOf(one, two));
    const der = await put('many/one.der', one);
    const { code, out } = await run(['--certificate', bundle, '--certificate', chain, der, '-', '--json-lines', '--no-standards'], { stdin: one });
    const answers = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(answers.map(({ file, line, number, answer, deviates }) => [file, line, number, answer, deviates])).toEqual([
      [bundle, 1, 1, 'governed', false],
      [bundle, expect.any(Number), 2, 'ca', null],
      [chain, null, 1, 'governed', false],
      [chain, null, 2, 'governed', false],
      [der, null, 1, 'governed', false],
      ['-', null, 1, 'governed', false],
    ]);
    expect(code).toBe(0);
  });

  test('are one JSON document, with fields, octets and addresses', async () => {
    const { out } = await run(['--certificate', 'one/first-second.pem', '--json']);
    const { answers, counts } = JSON.parse(out);
    expect(counts).toEqual({ governed: 0, deviating: 1, elsewhere: 0, infrastructure: 0, unreadable: 0 });
    expect(answers[0].texts[0]).toMatchObject({
      url: 'https://repository.example.org/cps/1.1/',
      stateNow: 'in-force',
      claims: [
        {
          claim: 'qscd',
          requirement: '411-2:GEN-6.6.1-03',
          octets: [expect.any(Number), expect.any(Number)],
          section: { number: '1.4.2', url: 'https://repository.example.org/cps/1.1/#1.4.2' },
        },
        { claim: 'conformsTo' },
      ],
      profile: null,
    });
  });

  test('show how far it is, and keep nothing of what was answered', async () => {
    for (let index = 0; index < 45; index += 1) await put(`lot/${String(index).padStart(3, '0')}.pem`, certificatePem(SAMPLES['before.pem'] as Asked));
    const { code, out, err, progress } = await run(['--certificate', 'lot', '--json-lines', '--no-standards']);
    expect([code, out.trim().split('\n').length]).toEqual([0, 45]);
    expect(progress).toEqual([
      expect.stringContaining('0 of 45 files, 0 to look at'),
      expect.stringContaining('20 of 45 files'),
      expect.stringContaining('40 of 45 files'),
      '',
    ]);
    expect(err).toBe('45 certificates: 45 governed, 0 otherwise than declared, 0 not under a policy in force then, 0 of CAs and OCSP signers, 0 unreadable.\n');
  });
});

test('the profile to which the version in force then is bound is compared, with the section of each row', async () => {
  const bound = await makeRepository();
  try {
    const path = 'content/profiles/person.yaml';
    const profile = [
      'title: Person',
      `policy: ${OWN}`,
      'section: "7.1.2"',
      'others: [subject, extensions, qcStatements]',
      'rows:',
      '  - { id: usage, field: extensions.keyUsage, section: "7.1.2.1" }',
      '',
    ].join('\n');
    const text = listing('1.0', '2026-02-01', policy(OWN, '    profile: person\n'));
    const config = 'name: Example Trust Services\nsite: https://repository.example.org\ntimeZone: UTC\n';
    await bound.commit({ 'cartulary.yaml': config, [CPS]: text, [path]: profile }, '2026-01-15T09:00:00Z');
    const blob = async (file: string) => (await bound.git('rev-parse', `HEAD:${file}`)).trim();
    const entry = {
      document: 'cps',
      version: '1.0',
      published: '2026-01-15T09:00:00Z',
      effective: '2026-02-01T00:00:00Z',
      files: { en: { path: CPS, blob: await blob(CPS), sha256: sha256(Buffer.from(text)) } },
      profiles: { person: { path, blob: await blob(path), sha256: sha256(Buffer.from(profile)) } },
    } as NewEntry;
    // What the work tree says by now does not count.
    const files = { 'policies/register.yaml': appendEntries('', [entry]).text, 'one.pem': certificatePem(SAMPLES['before.pem'] as Asked) };
    await bound.commit({ ...files, [path]: profile.replace('keyUsage', 'extKeyUsage') }, '2026-02-01T10:00:00Z');
    const { code, out } = await run(['--certificate', 'one.pem', '--no-standards'], { folder: bound.folder });
    expect(code).toBe(1);
    expect(out).toContain('1 deviation:\n    error  tbsCertificate.extensions.keyUsage: seen absent; expected present (cps 1.0 Section 7.1.2.1)\n');
    const { out: json } = await run(['--certificate', 'one.pem', '--json'], { folder: bound.folder });
    const [{ texts }] = JSON.parse(json).answers;
    expect(texts[0].profile).toMatchObject({ id: 'person', deviations: [{ row: 'usage', field: 'extensions.keyUsage', section: { number: '7.1.2.1' } }] });
  } finally {
    await bound.remove();
  }
});

describe('what is no certificate', () => {
  test('is told with what it looks like, and counted; other files of a folder are passed over by name, and links that lead elsewhere are counted', async () => {
    await put('mixed/README.md', '# Certificates\n');
    await put('mixed/.hidden.pem', 'nothing');
    await put('mixed/key.pem', PRIVATE_KEY);
    await put('mixed/page.crt', '<!doctype html><title>Not found</title>');
    await put('mixed/good.crt', certificatePem(SAMPLES['before.pem'] as Asked));
    await symlink(join(repository.folder, 'one'), join(repository.folder, 'mixed/link'));
    const { code, out } = await ask('mixed');
    expect(code).toBe(1);
    expect(out).toMatchInlineSnapshot(`
      "mixed/good.crt:1: On 2026-06-01 10:00 (Europe/Vienna) it was governed by cps 1.0.
      mixed/key.pem:1: This is no certificate, CRL or OCSP response: it looks like a private key. Keep it where it is: a private key has no place beside certificates, and this program needs none.
      mixed/page.crt: This is no certificate, CRL or OCSP response: it looks like an HTML page.
      1 certificate: 1 governed, 0 otherwise than declared, 0 not under a policy in force then, 0 of CAs and OCSP signers, 2 unreadable; 1 file passed over by name; 1 link not followed, to no file of the folder.
      "
    `);
  });

  test('is refused where it does not exist, and where nothing is to be read', async () => {
    expect(await ask('nowhere.pem')).toMatchObject({ code: 2, err: expect.stringContaining('There is no file and no folder "nowhere.pem".') });
    await put('empty/notes.md', '');
    expect(await ask('empty')).toMatchObject({
      code: 2,
      err: expect.stringContaining('There are no certificates in what was named: 1 file passed over by name.'),
    });
    await mkdir(join(repository.folder, 'void'));
    expect(await ask('void')).toMatchObject({ code: 2, err: expect.stringContaining('in what was named: nothing to read in the folder "void".') });
    expect((await ask('void', 'empty', 'one/before.pem')).out).toContain('0 unreadable; 1 file passed over by name; nothing to read in the folder "void".');
    expect(await ask('')).toMatchObject({ code: 2, out: '', err: expect.stringContaining('The name of a file or folder is empty') });
    expect((await ask(await put('nothing.pem', ''))).code).toBe(1);
  });

  test('is counted in JSON; links to files of the folder are followed, also into a hidden folder', async () => {
    await put('mount/..data/real.pem', certificatePem(SAMPLES['before.pem'] as Asked));
    await put('mount/notes.md', '');
    await symlink('..data/real.pem', join(repository.folder, 'mount/tls.crt'));
    await symlink('nowhere.pem', join(repository.folder, 'mount/broken.crt'));
    await symlink('../one/before.pem', join(repository.folder, 'mount/outside.crt'));
    const { code, out } = await run(['--certificate', 'mount', '--no-standards', '--json']);
    const { answers, counts, passedOver } = JSON.parse(out);
    expect([code, answers.map(({ file }: { file: string }) => file), counts.governed, passedOver]).toEqual([0, ['mount/tls.crt'], 1, 3]);
  });

  test('cannot write to the terminal what it likes', async () => {
    const subject = name(['2.5.4.3', utf8('\u001b[31mred\u202e\n::error::no')]);
    const file = await put('hostile.pem', certificatePem({ ...(SAMPLES['before.pem'] as Asked), more: { subject, issuer: subject } }));
    const { out } = await ask(file);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come out.
    expect(out.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f\u202e]/);
    expect(out).not.toMatch(/^::/m);
  });
});

describe('what the standards say', () => {
  test('is asked of certificates under a policy of this provider, and counts', async () => {
    const { code, out } = await run(['--certificate', 'one/before.pem']);
    expect(code).toBe(1);
    expect(out).toContain('No deviation was seen from what these texts declare for machines.');
    expect(out).toMatch(
      /By the standards of ETSI, as a certificate under QCP-n.*: \d+ findings:\n {4}error {2}tbsCertificate\S*: seen .+; expected .+ \(41[12]-\d:\S+\)\n/,
    );
    const { out: json } = await run(['--certificate', 'one/before.pem', '--json']);
    const [{ standards }] = JSON.parse(json).answers;
    expect(standards).toMatchObject({ judged: true, claim: { policy: 'QCP-n', from: 'declared' } });
  });

  test('is not asked of certificates of other providers and of CAs', async () => {
    for (const file of ['one/foreign.pem', 'one/ca.pem']) {
      const { out } = await run(['--certificate', file, '--json']);
      expect(JSON.parse(out).answers[0].standards).toBeNull();
    }
  });
});

describe('the samples of the example', () => {
  const folder = fileURLToPath(new URL('../../', import.meta.url));
  const samples = 'content/certificates/samples';

  test('are governed by the texts of their days, and as these declare', async () => {
    const { code, out } = await run(['--certificate', samples, '--no-standards', '--json-lines'], { folder });
    const answers = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(answers.length).toBeGreaterThan(9);
    expect(answers.filter(({ answer, deviates }) => answer !== 'governed' || deviates).map(({ file }) => file)).toEqual([]);
    expect(code).toBe(0);
  });

  test.each([
    ['natural-person-qscd-hour-before-change', '2024-08-31', ['cp 1.1', 'cps 1.1', 'pds 1.0', 'terms 1.0']],
    ['natural-person-qscd-hour-after-change', '2024-08-31', ['cp 1.1', 'cps 1.2', 'pds 1.0', 'terms 1.0']],
    ['website-hour-before-change', '2025-11-30', ['cp 2.0', 'cps 2.0', 'pds 1.1', 'terms 1.1']],
    ['website-hour-after-change', '2025-11-30', ['cp 2.0', 'cps 2.1', 'pds 1.1', 'terms 1.1']],
  ])('%s, on %s in UTC', async (sample, date, versions) => {
    const { out } = await run(['--certificate', `${samples}/${sample}.pem`, '--json'], { folder });
    const [{ at, texts }] = JSON.parse(out).answers;
    expect(at.slice(0, 10)).toBe(date);
    expect(texts.map(({ document, version }: { document: string; version: string }) => `${document} ${version}`)).toEqual(versions);
  });
});

test('options that belong to the other question are refused', async () => {
  expect((await run(['--at', '2026-01-01'])).err).toContain('--at is for certificates');
  expect((await run(['--no-standards'])).err).toContain('--no-standards is for certificates');
  expect((await run(['--json-lines'])).err).toContain('--json-lines is for certificates');
  expect((await run(['--certificate', 'one', '--policy', OWN])).code).toBe(2);
  expect((await run(['--certificate', 'one', '--at', 'soon'])).err).toContain('"soon" is neither a date');
});

test.each([
  [['2025-06-30', '2025-07-01'], 'one date or instant: "2025-07-01" is too much.'],
  [['2026-09-30', 'cps'], '"cps" is too much. A document is named with --document cps.'],
  [['cps'], '"cps" is neither a date (2024-08-01) nor an instant (2024-08-01T09:00:00Z). A document is named with --document cps.'],
])('the words %j are refused', async (args, message) => {
  expect(await run(args)).toMatchObject({ code: 2, out: '', err: expect.stringContaining(message) });
});

test('the question by date is answered as before', async () => {
  const { code, out } = await run(['2026-09-30', '--policy', ENDED]);
  expect([code, out]).toEqual([
    0,
    `On 2026-09-30 (Europe/Vienna), for policy ${ENDED}:\n  cps: version 1.0, in force from 2026-02-01 until 2026-10-01. Version 1.1 is published and takes effect on 2026-10-01.\n`,
  ]);
});
