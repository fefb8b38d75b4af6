import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type ChangeLists, makeLists, readKept } from '../../scripts/example-lists.ts';
import { main } from '../../src/cli/main.ts';
import { ListSnapshot } from '../../src/model/list-snapshot.ts';
import type { Instant } from '../../src/model/time.ts';
import { LIST_LIMITS } from '../../src/read/trusted-list.ts';
import { type ListServer, leadTo, startListServer } from '../helpers/list-server.ts';
import type { ListPlan } from '../helpers/write-list.ts';

const LISTS = 'content/trusted-lists';
let server: ListServer;
let folder: string;

beforeAll(async () => {
  server = await startListServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cartulary-'));
  server.files.clear();
  server.asked.length = 0;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function put(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(join(folder, path, '..'), { recursive: true });
  await writeFile(join(folder, path), content);
}

/** Lists whose pointers lead to the server of this test. */
const here = (plan: ListPlan): ListPlan => ({
  ...plan,
  pointers: plan.pointers.map((pointer) => ({ ...pointer, location: pointer.location.replace('https://lists.example/', server.address) })),
});
const make = (changes: ChangeLists = {}) => makeLists(readKept, { lotl: here, pivot: here, ...changes }).files;

/** Serves lists, and gives the repository a snapshot of the example's lists as it is held before. */
async function begin({ changes = {}, held = true, services = '' }: { changes?: ChangeLists; held?: boolean; services?: string } = {}) {
  const example = makeLists(readKept).files;
  for (const [file, content] of make(changes)) if (file.endsWith('.xml')) server.files.set(file, content);
  await put(`${LISTS}/journal-anchors.pem`, example.get('journal-anchors.pem') ?? '');
  if (held) for (const [file, content] of example) await put(`${LISTS}/${file}`, content);
  if (services) await put('content/services.yaml', services);
}

async function update(...args: string[]) {
  const [out, err]: string[][] = [[], []];
  const io = {
    out: (text: string) => void out?.push(text),
    err: (text: string) => void err?.push(text),
    color: false,
    now: '2026-11-24T10:00:00Z' as Instant,
    folder,
  };
  const code = await main(['trusted-list', 'update', '--from', `${server.address}eu-lotl.xml`, ...args], io);
  return { code, out: out?.join('') ?? '', err: err?.join('') ?? '' };
}

async function readAll(): Promise<Record<string, string>> {
  const names = (await readdir(join(folder, LISTS))).sort();
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await readFile(join(folder, LISTS, name), 'utf8')])));
}

/** Expects that the command refuses with these words and an exit code, and that every file is as it was. */
async function expectRefused(code: number, words: string | RegExp, ...args: string[]): Promise<void> {
  const before = await readAll();
  const answer = await update(...args);
  expect(answer.err).toMatch(words);
  expect(answer).toMatchObject({ code, out: '' });
  expect(answer.err).toMatch(/Nothing was written: what is held in content\/trusted-lists is as it was\.\n$/);
  expect(answer.err).not.toMatch(/\n\s+at /);
  expect(await readAll()).toEqual(before);
}

test('fetches the list of the lists, its pivot and the lists of the snapshot, and writes what it proved', async () => {
  await begin();
  const anchors = await readFile(join(folder, LISTS, 'journal-anchors.pem'), 'utf8');
  const { code, out, err } = await update();
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain('  AT.xml: trusted list of AT, version 6, no. 31, issued 2026-11-16 09:00 UTC');
  expect(out).toContain(`    from ${server.address}AT.xml, signed by C=AT, O=Made-up Scheme Operator AT`);
  const files = await readAll();
  for (const file of ['eu-lotl.xml', 'eu-lotl-pivot-1.xml', 'AT.xml', 'DE.xml']) expect(files[file], file).toBe(server.files.get(file));
  expect(files['journal-anchors.pem']).toBe(anchors);
  const snapshot = ListSnapshot.parse(parse(files['snapshot.yaml'] ?? ''));
  expect(snapshot).toMatchObject({
    taken: '2026-11-24T10:00:00Z',
    anchors: { journal: 'https://journal.example/2023/1' },
    lists: [{ country: 'AT' }, { country: 'DE' }],
  });
  expect((await update()).out).toContain('0 files written');
});

test('what was fetched is a snapshot that is proved', async () => {
  await begin();
  await update();
  const out: string[] = [];
  const io = {
    out: (text: string) => void out.push(text),
    err: (text: string) => void out.push(text),
    color: false,
    now: '2026-11-24T10:00:00Z' as Instant,
    folder,
  };
  await put('cartulary.yaml', 'name: Example\nsite: https://pki.example\ntimeZone: Europe/Vienna\n');
  expect(await main(['trusted-list', 'show'], io)).toBe(0);
  expect(out.join('')).toContain('AT: 2 providers');
});

test('a pivot is looked for beside the list of the lists, wherever an unproved list says that it is', async () => {
  await begin({ changes: { lotl: (plan) => here({ ...plan, schemeUris: plan.schemeUris.map((uri) => uri.replace('lists.example', 'elsewhere.example')) }) } });
  expect((await update()).code).toBe(0);
  expect(server.asked).toContain('eu-lotl-pivot-1.xml');
});

test('takes the countries of declared services too, and with --countries those alone; what is not in the new snapshot goes', async () => {
  const service = `- id: one\n  title: One\n  entry: { country: AT, provider: ETS, identity: "${'0'.repeat(64)}", since: 2023-03-01 }\n`;
  await begin({
    held: false,
    services: service,
    changes: { lotl: (plan) => here({ ...plan, schemeUris: [`${server.address}eu-lotl-pivot-1.xml`, 'https://eur-lex.europa.eu/eli/C/2023/1/oj'] }) },
  });
  const first = await update();
  expect(first.err).toBe('');
  expect(first.out).toContain('The list of the lists names https://eur-lex.europa.eu/eli/C/2023/1/oj: make sure that the anchors are from there.');
  expect(Object.keys(await readAll())).toEqual(['AT.xml', 'eu-lotl-pivot-1.xml', 'eu-lotl.xml', 'journal-anchors.pem', 'snapshot.yaml']);
  const second = await update('--countries', 'de');
  expect(second.out).toContain('No longer part of the snapshot, and removed: content/trusted-lists/AT.xml.');
  expect(second.out).toContain('content/services.yaml has services in AT, whose list was not fetched: nothing proves them now.');
  expect(Object.keys(await readAll())).toEqual(['DE.xml', 'eu-lotl-pivot-1.xml', 'eu-lotl.xml', 'journal-anchors.pem', 'snapshot.yaml']);
});

test('one altered list refuses all, each with its reason', async () => {
  await begin();
  for (const file of ['AT.xml', 'DE.xml']) server.files.set(file, String(server.files.get(file)).replace('Svcstatus/granted', 'Svcstatus/withdrawn'));
  await expectRefused(
    1,
    /AT\.xml, line \d+: The list is not what was signed: its digest is another one\. \(digest-mismatch\)\n.*DE\.xml, line \d+: The list is not/,
  );
});

test('a list of the lists that no anchor announces is refused, and what to do is told', async () => {
  await begin();
  server.files.set('eu-lotl-pivot-1.xml', String(server.files.get('eu-lotl.xml')));
  await expectRefused(
    1,
    /\(signer-not-announced\)\nThe anchors are those in journal-anchors\.pem, of https:\/\/journal\.example\/2023\/1\. If the Official Journal has published others/,
  );
});

test('a list of the lists past its next update is refused', async () => {
  await begin({ changes: { lotl: (plan) => here({ ...plan, nextUpdate: '2026-11-24T09:00:00Z' }) } });
  await expectRefused(1, '(lotl-next-update-passed)');
});

test.each([
  ['of a country', { AT: (plan: ListPlan) => ({ ...plan, sequence: 30 }) }, /AT\.xml gave number 30 of .* UTC, but number 31 of .* UTC is held/],
  ['of the lists', { lotl: (plan: ListPlan) => here({ ...plan, sequence: 11 }) }, /eu-lotl\.xml gave number 11 of .*, but number 12 of .* is held/],
  [
    'of a country, by its day,',
    { AT: (plan: ListPlan) => ({ ...plan, issued: '2026-11-15T09:00:00Z' }) },
    /AT\.xml gave number 31 of 2026-11-15 .* but number 31 of 2026-11-16 .* is held/,
  ],
])('an older list %s than the one that is held is refused', async (_, changes, words) => {
  await begin({ changes });
  await expectRefused(1, words);
});

test('a list of the number that is held, over other bytes, is taken and told', async () => {
  await begin({ changes: { AT: (plan) => ({ ...plan, nextUpdate: '2031-01-15T09:00:00Z' }) } });
  const { code, out } = await update();
  expect(code).toBe(0);
  const told = out.split('\n').filter((line) => /^ {2}\S+\.xml:|^ {4}warning: this number was held already/.test(line));
  // The list of the lists of this test leads to its own server, so its bytes are other ones too.
  expect(told.map((line) => line.replace(/:.*/, ''))).toEqual(['  eu-lotl.xml', '    warning', '  eu-lotl-pivot-1.xml', '  AT.xml', '    warning', '  DE.xml']);
  expect((await update()).out).not.toContain('warning');
});

test('a list after one that is missing or altered is taken and told, for nothing says whether it is newer', async () => {
  await begin({ changes: { AT: (plan) => ({ ...plan, sequence: 5 }) } });
  await put(`${LISTS}/AT.xml`, `${await readFile(join(folder, LISTS, 'AT.xml'), 'utf8')}\r\n`);
  const { code, out } = await update();
  expect(code).toBe(0);
  expect(out).toMatch(/ {2}AT\.xml: .* no\. 5.*\n.*\n {4}warning: the file that was held is missing or altered/);
});

test('a list of a day that has not come is refused', async () => {
  await begin({ changes: { AT: (plan) => ({ ...plan, issued: '2026-11-25T09:00:00Z' }) } });
  await expectRefused(1, /AT\.xml gave number 31 of 2026-11-25 .*, which has not come/);
});

test("another list in the place of a country's: nobody is told to change the anchors", async () => {
  await begin();
  server.files.set('AT.xml', server.files.get('DE.xml') ?? '');
  const before = await update();
  expect(before).toMatchObject({ code: 1, err: expect.stringContaining('(signer-not-announced)') });
  expect(before.err).not.toContain('anchors');
});

test('a country to which the list of the lists does not lead', async () => {
  await begin();
  await expectRefused(1, 'The list of the lists leads to no list of EL; it knows AT, DE.', '--countries', 'AT,gr');
});

test('no anchors: which file to put there, and from where; nothing is asked of the network', async () => {
  await begin({ held: false });
  await rm(join(folder, LISTS, 'journal-anchors.pem'));
  await expectRefused(
    2,
    /no file \*\.pem in content\/trusted-lists holds a certificate\.\nPut the certificates of the Commission's notice in the Official Journal .*journal-anchors\.pem.*never fetches them/,
    '--countries',
    'AT',
  );
  expect(server.asked).toEqual([]);
});

test('no country, and no address of HTTP, could not run', async () => {
  await begin({ held: false });
  await expectRefused(2, /No country is known: declare services in content\/services\.yaml, or name countries with --countries/);
  const said: string[] = [];
  const io = { out: () => {}, err: (text: string) => void said.push(text), color: false, now: '2026-11-24T10:00:00Z' as Instant, folder };
  expect(await main(['trusted-list', 'update', '--from', 'file:///etc/passwd'], io)).toBe(2);
  expect(said.join('')).toContain('"file:///etc/passwd" is no address of HTTP or HTTPS.');
});

test('a snapshot that cannot be read is not overwritten', async () => {
  await begin();
  await put(`${LISTS}/snapshot.yaml`, 'taken: yesterday\n');
  await expectRefused(2, /content\/trusted-lists\/snapshot\.yaml:1: /);
  expect(server.asked).toEqual([]);
});

test.each([
  ['there is no such file', (own: ListServer) => own.files.delete('AT.xml'), 'AT.xml could not be fetched: the answer is 404.'],
  ['it leads on for ever', (own: ListServer) => own.files.set('AT.xml', leadTo('AT.xml')), 'it leads on more than 3 times.'],
  ['it leads to a file', (own: ListServer) => own.files.set('AT.xml', leadTo('file:///etc/passwd')), 'file:///etc/passwd is no address of HTTP or HTTPS.'],
  [
    'the connection ends',
    (own: ListServer) => own.files.set('AT.xml', (response) => response.writeHead(200, { 'content-length': '9' }).write('<', () => response.destroy())),
    'AT.xml could not be fetched: ',
  ],
])('could not run where %s', async (_, spoil, words) => {
  await begin();
  spoil(server);
  await expectRefused(2, words);
});

test('three redirects are followed', async () => {
  await begin();
  const list = String(server.files.get('AT.xml'));
  for (const [from, to] of [
    ['AT.xml', 'one'],
    ['one', `${server.address}two`],
    ['two', 'three'],
  ] as const)
    server.files.set(from, leadTo(to));
  server.files.set('three', list);
  expect((await update()).code).toBe(0);
});

test('never reads more than a list may have', async () => {
  await begin();
  let sent = 0;
  const chunk = Buffer.alloc(1_000_000, 0x20);
  server.files.set('AT.xml', (response) => {
    response.writeHead(200);
    const more = (): void => {
      if (response.destroyed || sent > 200_000_000) return;
      sent += chunk.length;
      response.write(chunk, more);
    };
    more();
  });
  await expectRefused(1, 'has more than 40 million octets, and was not read further');
  expect(sent).toBeLessThan(2 * LIST_LIMITS.octets);
});

test('without a network nothing is decided', async () => {
  await begin();
  const closed = await startListServer();
  await closed.close();
  await expectRefused(2, `${closed.address}eu-lotl.xml could not be fetched: ECONNREFUSED.`, '--from', `${closed.address}eu-lotl.xml`);
});
