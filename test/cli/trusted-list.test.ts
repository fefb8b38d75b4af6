import { appendFile, copyFile, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { main } from '../../src/cli/main.ts';
import type { Instant } from '../../src/model/time.ts';
import { writeSnapshot } from '../../src/model/write-snapshot.ts';
import { sha256 } from '../../src/read/register.ts';
import { makeCertificate, makeForeignCertificate } from '../helpers/certificates.ts';
import { pem } from '../helpers/der.ts';
import { cloneRepository } from '../helpers/repository.ts';
import { sharedFile } from '../helpers/shared.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const LISTS = 'content/trusted-lists';
const CONFIGURATION = 'name: Example\nsite: https://pki.example\ntimeZone: Europe/Vienna\n';

async function run(args: readonly string[], folder = ROOT) {
  const out: string[] = [];
  const err: string[] = [];
  const io = {
    out: (text: string) => void out.push(text),
    err: (text: string) => void err.push(text),
    color: false,
    now: '2026-11-23T10:00:00Z' as Instant,
    folder,
  };
  const code = await main(['trusted-list', ...args], io);
  return { code, out: out.join(''), err: err.join('') };
}

async function json(args: readonly string[], folder = ROOT) {
  const { code, out, err } = await run([...args, '--json'], folder);
  expect(err).toBe('');
  return { code, answer: JSON.parse(out) };
}

let copy: string;
beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'cartulary-'));
  await mkdir(join(copy, 'content'));
  await cp(join(ROOT, LISTS), join(copy, LISTS), { recursive: true });
  await writeFile(join(copy, 'cartulary.yaml'), CONFIGURATION);
});
afterAll(() => rm(copy, { recursive: true, force: true }));

const lineOf = async (words: string) => (await readFile(join(ROOT, LISTS, 'AT.xml'), 'utf8')).split('\n').findIndex((line) => line.includes(words)) + 1;

describe('show', () => {
  test('each list with its number, dates, signer and what announces it; providers by name', async () => {
    const { code, out, err } = await run(['show']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('content/trusted-lists/AT.xml: trusted list of AT, version 6, no. 31, issued 2026-11-16 09:00 UTC, next update by 2031-01-01');
    expect(out).toContain('its signer is announced by content/trusted-lists/eu-lotl-pivot-1.xml\n');
    expect(out).toContain('its signer is announced by the Official Journal: https://journal.example/2023/1, journal-anchors.pem\n');
    expect(out).toMatch(/its signer is announced by content\/trusted-lists\/eu-lotl\.xml:\d+ for AT\n/);
    expect(out).toContain(`Example Trust Services GmbH (content/trusted-lists/AT.xml:${await lineOf('<TrustServiceProvider>')}): 5 services`);
  });

  test('the services of a provider by any of its names, with all their states', async () => {
    const { out } = await run(['show', 'at', '--provider', 'ntrat-999999X']);
    expect(out).toContain('AT: 1 provider\n');
    expect(out).toMatch(
      /CA\/QC, granted since 2023-02-27T08:00:00Z, ForeSignatures, ForeSeals \(content\/trusted-lists\/AT\.xml:\d+\)\n +QCQSCDManagedOnBehalf for some certificates/,
    );
    expect(out).toContain('before: CA/QC, granted since 2023-02-20T08:00:00Z, ForeSignatures');
    expect(out).not.toContain('DE.xml');
  });

  test('as JSON, with all that the lists say', async () => {
    const { code, answer } = await json(['show', 'AT']);
    expect(code).toBe(0);
    expect(answer).toMatchObject({
      listOfLists: { proved: true, sequence: 12 },
      pivots: [{ sequence: 3 }],
      lists: [{ country: 'AT', sequence: 31, signer: { subject: expect.stringContaining('Made-up list signer AT 1') } }],
    });
    expect(answer.providers.map(({ names }: { names: string[] }) => names[0])).toEqual(['Example Trust Services GmbH', 'Muster Trust eGen']);
    expect(answer.providers[0].services[0].states).toHaveLength(2);
  });

  test('needs no declared services, and says which list is refused and why', async () => {
    expect((await run(['show'], copy)).code).toBe(0);
    const { code, out } = await run(['show', '--at', '2031-06-01'], copy);
    expect(code).toBe(1);
    expect(out).toContain(
      'content/trusted-lists/eu-lotl.xml is refused: content/trusted-lists/eu-lotl.xml had to be replaced by 2031-01-01T00:00:00Z; it was asked for 2031-05-31T22:00:00Z. (lotl-next-update-passed)',
    );
  });

  test.each([
    [['show', 'EE'], 'The snapshot holds no list of EE, but of AT, DE.'],
    [['show', '--provider', 'Nobody'], 'No proved list names a provider "Nobody".'],
    [['show', 'Austria'], '"Austria" is no country such as AT.'],
    [['show', 'AT', 'DE'], 'Name one country.'],
    [['list'], 'Say what to do: update, show or prove, not "list".'],
    [['prove', '--at', 'soon'], '"soon" is neither a date'],
  ])('%j could not run', async (args, words) => {
    const { code, err } = await run(args, copy);
    expect(code).toBe(2);
    expect(err).toContain(words);
  });
});

describe('prove', () => {
  test('a policy: lists, entry, each step with its clause and line, captured qualifiers, both columns', async () => {
    const { code, out, err } = await run(['prove', '1.3.6.1.4.1.99999.1.2.2']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^Proof as of 2026-11-23T10:00:00Z, by ETSI TS 119 615, from the lists of 2026-11-23T09:00:00Z:\n/);
    expect(out).toContain(`SHA-256 ${sha256(await readFile(join(ROOT, LISTS, 'AT.xml')))}`);
    expect(out).toMatch(
      / +4\.3 {2}CA\/QC, granted since 2023-02-27T08:00:00Z \(content\/trusted-lists\/AT\.xml:\d+\); qualifiers captured: QCQSCDManagedOnBehalf\n/,
    );
    expect(out).toContain('4.4  eseal: qualified, for the certificate has QcCompliance and QcType eseal.');
    expect(out).toContain('4.5  QSCD: yes, for the list says QCQSCDManagedOnBehalf.');
    expect(out).toMatch(/At issuance, 2026-01-09T23:00:00Z: granted; .*eseal qualified/);
    expect(out).toMatch(/At the date asked for, 2026-11-23T10:00:00Z: granted; .*eseal qualified/);
    expect(out).toContain('  Confirmed as declared.\n');
    expect(out).not.toMatch(/DE\.xml|complian[tc][^e]/);
  });

  test('one service, and all, as JSON', async () => {
    const { answer: one } = await json(['prove', 'websites']);
    expect(one.services).toMatchObject([
      {
        service: 'websites',
        confirmedAsDeclared: true,
        differences: [],
        policies: [{ versions: expect.arrayContaining([expect.objectContaining({ confirmed: 'web', qscd: null })]) }],
      },
    ]);
    const { code, answer: all } = await json(['prove']);
    expect(code).toBe(0);
    expect(all.services).toHaveLength(3);
    expect(all.services[0].policies[0].versions[0].atIssuance.reasons[0]).toEqual({ clause: '4.4', says: expect.stringMatching(/^esig: qualified/) });
  });

  test('what is otherwise than declared is told with its place, whatever the configuration lets pass', async () => {
    const { folder, remove } = await cloneRepository(ROOT);
    for (const path of ['content', 'policies', 'cartulary.yaml']) await cp(join(ROOT, path), join(folder, path), { recursive: true });
    const [services, configuration] = await Promise.all(['content/services.yaml', 'cartulary.yaml'].map((path) => readFile(join(folder, path), 'utf8')));
    await writeFile(join(folder, 'content/services.yaml'), services?.replace(', qualifiers: [QCQSCDManagedOnBehalf]', '') ?? '');
    await writeFile(join(folder, 'cartulary.yaml'), `${configuration}\nseverities: { trusted-lists/qualification-agrees: 'off' }\n`);
    const { code, out } = await run(['prove', 'signatures-and-seals'], folder);
    expect(code).toBe(1);
    expect(out).toMatch(/ {2}Not as declared, 1 difference:\n {4}.*QCQSCDManagedOnBehalf.*\(content\/services\.yaml:\d+\)\n/);
    expect((await run(['prove', '1.3.6.1.4.1.99999.1.2.1'], folder)).code).toBe(0);
    expect((await run(['prove', 'websites'], folder)).code).toBe(0);
    await appendFile(join(folder, LISTS, 'DE.xml'), '\n');
    expect((await run(['prove', 'websites'], folder)).code).toBe(0);
    await appendFile(join(folder, LISTS, 'AT.xml'), '\n');
    const altered = await run(['prove', 'websites'], folder);
    expect(altered.code).toBe(1);
    expect(altered.out).toContain('content/trusted-lists/AT.xml is not the file of the snapshot.');
    expect(altered.out).toContain('  Nothing can be said of the entry. content/trusted-lists/AT.xml is refused: ');
    expect(altered.out).not.toContain('The entry is not found');
    expect(await run(['show', 'AT', '--provider', 'Example Trust Services GmbH'], folder)).toMatchObject({
      code: 1,
      err: expect.stringContaining('content/trusted-lists/AT.xml is refused: '),
    });
    await remove();
  });

  test('a policy that no service has is told where all services are proved', async () => {
    const { folder, remove } = await cloneRepository(ROOT);
    for (const path of ['content', 'policies', 'cartulary.yaml']) await cp(join(ROOT, path), join(folder, path), { recursive: true });
    const services = await readFile(join(folder, 'content/services.yaml'), 'utf8');
    await writeFile(join(folder, 'content/services.yaml'), services.replace(/^- id: websites\n(?: .*\n|\n)*/m, ''));
    const { code, out } = await run(['prove'], folder);
    expect(out).toMatch(/\nOf none of these services, \d+ differences?:\n {4}.*1\.3\.6\.1\.4\.1\.99999\.1\.2\.4/);
    expect(code).toBe(1);
    expect((await run(['prove', 'signatures-and-seals'], folder)).code).toBe(0);
    await remove();
  });

  test('a version to come is not said to be confirmed, and has nothing at the date asked for', async () => {
    const { out } = await run(['prove', '1.3.6.1.4.1.99999.1.2.2', '--at', '2026-11-23']);
    expect(out).toMatch(/cp 2\.4, in force from 2027-03-10, .*: not yet; as the list stands: Confirmed as qualified for electronic seals/);
    const early = await run(['prove', '1.3.6.1.4.1.99999.1.2.2', '--at', '2022-01-01']);
    expect(early.out).not.toContain('At the date asked for');
  });

  test.each([
    ['nothing', 'There is no service "nothing" in content/services.yaml. Services: signatures-and-seals, websites, signatures-and-seals-successor.'],
    ['1.2.3', 'No service of content/services.yaml issues under the policy 1.2.3.'],
  ])('%s could not run', async (wanted, words) => {
    const { code, err } = await run(['prove', wanted]);
    expect(code).toBe(2);
    expect(err).toContain(words);
  });

  test('without declared services, or lists, it could not run, and says what is missing', async () => {
    expect(await run(['prove'], copy)).toMatchObject({
      code: 2,
      err: expect.stringContaining('No services are declared that could be proved: write content/services.yaml.'),
    });
    const empty = await mkdtemp(join(tmpdir(), 'cartulary-'));
    await writeFile(join(empty, 'cartulary.yaml'), CONFIGURATION);
    expect(await run(['show'], empty)).toMatchObject({
      code: 2,
      err: 'There is no content/trusted-lists/snapshot.yaml. Fetch the lists where there is a network: cartulary trusted-list update.\n',
    });
    await rm(empty, { recursive: true });
  });
});

describe('prove --certificate', () => {
  const put = async (name: string, der: Uint8Array) => writeFile(join(copy, name), pem('CERTIFICATE', der));

  test('a sample of the example: its path, its entry, both columns', async () => {
    const { code, out } = await run(['prove', '--certificate', 'content/certificates/samples/legal-person-qscd.pem']);
    expect(code).toBe(0);
    expect(out).toContain('issued by C=AT, O=Example Trust Services GmbH, organizationIdentifier=NTRAT-999999x, CN=ETS Qualified CA 1');
    expect(out).toMatch(/4\.3 {2}Its issuer is listed: Example Trust Services GmbH, now CA\/QC, granted/);
    expect(out).toMatch(/Confirmed as qualified for electronic seals, with the key in a qualified device\.\n$/);
    const { answer } = await json(['prove', '--certificate', 'content/certificates/samples/legal-person-qscd.pem']);
    expect(answer.certificate).toMatchObject({ confirmed: 'eseal', country: 'AT', atCheck: { status: 'granted' } });
  });

  test('before it was valid there is nothing to prove of it', async () => {
    const early = await run(['prove', '--certificate', 'content/certificates/samples/legal-person-qscd.pem', '--at', '2024-06-01']);
    expect(early).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringMatching(/^The certificate is valid from 20\S+Z on, which is after 2024-05-31T22:00:00Z/),
    });
  });

  test('one whose issuer is in no list, and one whose country has no list here', async () => {
    await put('other.pem', makeForeignCertificate());
    const { code, out } = await run(['prove', '--certificate', 'other.pem'], copy);
    expect(code).toBe(1);
    expect(out).toContain('  4.3  No service of the list of DE belongs to it.\n');
    expect(out).toContain('Its issuer is not known: no certificate in the file, in content/certificates or in the lists verifies its signature.');
    expect(out).toMatch(/Not confirmed as qualified for any use\.\n$/);
    const snapshot = await readFile(join(copy, LISTS, 'snapshot.yaml'), 'utf8');
    await writeFile(join(copy, LISTS, 'snapshot.yaml'), snapshot.replace(/ {2}- country: DE[\s\S]*$/, ''));
    expect(await run(['prove', '--certificate', 'other.pem'], copy)).toMatchObject({
      code: 2,
      err: 'The issuer is of DE. The snapshot holds no list of it. Fetch it where there is a network: cartulary trusted-list update --countries AT,DE.\n',
    });
    await writeFile(join(copy, LISTS, 'snapshot.yaml'), snapshot);
  });

  test('the name of an issuer is not enough: its key has to verify the signature', async () => {
    const der = Buffer.from(makeCertificate());
    await put('own.pem', der);
    expect((await run(['prove', '--certificate', 'own.pem'], copy)).code).toBe(0);
    der[der.length - 1] = (der.at(-1) ?? 0) ^ 1;
    await put('altered.pem', der);
    const { code, out } = await run(['prove', '--certificate', 'altered.pem'], copy);
    expect(code).toBe(1);
    expect(out).toContain('Its issuer is not known');
  });

  test('what is no certificate, or not one file, could not run', async () => {
    await writeFile(join(copy, 'no.pem'), 'nothing\n');
    expect((await run(['prove', '--certificate', 'no.pem'], copy)).code).toBe(2);
    expect((await run(['prove', '--certificate', 'absent.pem'], copy)).err).toContain('There is no file and no folder "absent.pem".');
    expect((await run(['prove', 'one', '--certificate', 'no.pem'], copy)).code).toBe(2);
  });
});

const shared = sharedFile('trusted-lists/expectations.yaml');
const source = shared.path.replace(/[^/]+$/, '');

interface SuiteCase {
  id: string;
  certificate: string;
  lotl: string;
  at: string;
  expect: { confirmed: string; qscd?: string };
}
const SUITE: Readonly<Record<string, { anchor: string; lists: Readonly<Record<string, string>> }>> = {
  'LOTL-3': { anchor: 'ec-lotl-3.pem', lists: { LU: 'TL-3.xml', FR: 'TL-4.xml', IT: 'TL-5.xml', CZ: 'TL-6.xml', BG: 'TL-7.xml', UK: 'TL-8.xml' } },
  'LOTL-4': { anchor: 'ec-lotl-4.pem', lists: { LU: 'TL-41.xml', BE: 'TL-43.xml' } },
};

async function makeSuite(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cartulary-'));
  const { anchor, lists } = SUITE[name] as (typeof SUITE)[string];
  await mkdir(join(folder, LISTS), { recursive: true });
  await copyFile(`${source}trust-anchors/${anchor}`, join(folder, LISTS, anchor));
  const put = async (file: string) => {
    const bytes = await readFile(`${source}ec-suite/${file}`);
    await writeFile(join(folder, LISTS, file), bytes);
    return { file, location: `https://lists.example/${file}`, sha256: sha256(bytes) };
  };
  const snapshot = {
    taken: '2026-01-01T00:00:00Z' as Instant,
    anchors: { journal: 'https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=uriserv:OJ.C_.2019.276.01.0001.01.ENG', files: [anchor] },
    listOfLists: await put(`${name}.xml`),
    pivots: [],
    lists: await Promise.all(Object.entries(lists).map(async ([country, file]) => ({ country, ...(await put(file)) }))),
  };
  await writeFile(join(folder, LISTS, 'snapshot.yaml'), writeSnapshot(snapshot));
  await writeFile(join(folder, 'cartulary.yaml'), CONFIGURATION);
  return folder;
}

test.skipIf(shared.absent)(
  `says of the certificates of the Commission's suite what is stated, 45 of 45, issuers from the lists${shared.reason}`,
  async () => {
    const { ec_suite: cases } = parse(await readFile(shared.path, 'utf8')) as { ec_suite: SuiteCase[] };
    expect(cases).toHaveLength(45);
    const folders = new Map(await Promise.all(Object.keys(SUITE).map(async (name) => [name, await makeSuite(name)] as const)));
    for (const { id, certificate, lotl, at, expect: expected } of cases) {
      const { code, out, err } = await run(['prove', '--certificate', source + certificate, '--at', at, '--json'], folders.get(lotl));
      expect(err, id).toBe('');
      const { confirmed, qscd } = JSON.parse(out).certificate;
      expect({ confirmed, ...(qscd && { qscd }) }, id).toEqual(expected);
      expect(code, id).toBe(expected.confirmed === 'none' ? 1 : 0);
    }
    for (const folder of folders.values()) await rm(folder, { recursive: true });
  },
  60_000,
);
