import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import type { Instant } from '../../src/model/time.ts';
import { TIMESTAMP_AUTHORITIES, TIMESTAMPS } from '../../src/model/timestamp.ts';
import { fetchTimestamp } from '../../src/read/fetch-timestamp.ts';
import { appendEntries, REGISTER, readRegister } from '../../src/read/register.ts';
import { MOST_TOKEN_OCTETS } from '../../src/read/timestamp.ts';
import { readTimestampRequest, type TimestampRequest } from '../../src/read/timestamp-request.ts';
import { pem } from '../helpers/der.ts';
import { encodeTimestamp, type TokenPlan } from '../helpers/encode-timestamp.ts';
import { DEFAULT_FILES } from '../helpers/example.ts';
import { makeRepository, type TestRepository } from '../helpers/repository.ts';
import { ROOT, STRANGER, UNIT, unit } from '../helpers/timestamps.ts';

/** A time-stamping authority on this machine. `answer` may say anything. */
interface Authority {
  address: string;
  asked: TimestampRequest[];
  answer: (asked: TimestampRequest) => { status?: number; type?: string; body: Uint8Array; location?: string };
}

const NOW = '2026-11-23T09:00:00Z' as Instant;
const stamp = ({ digest, nonce, policy }: TimestampRequest, plan: Partial<TokenPlan> = {}): Uint8Array =>
  encodeTimestamp({
    digest,
    genTime: '2026-11-23T08:59:59Z',
    signer: UNIT,
    nonce: nonce === undefined ? undefined : BigInt(`0x${nonce}`),
    ...(policy && { policy }),
    ...plan,
  });
const grant: Authority['answer'] = (asked) => ({ body: stamp(asked) });

let server: Server;
const authority: Authority = { address: '', asked: [], answer: grant };
beforeAll(async () => {
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const asked = readTimestampRequest(Buffer.concat(chunks));
    if (!asked || request.method !== 'POST' || request.headers['content-type'] !== 'application/timestamp-query') return response.writeHead(400).end();
    authority.asked.push(asked);
    const { status = 200, type = 'application/timestamp-reply', body, location } = authority.answer(asked);
    return response.writeHead(status, { 'content-type': type, ...(location && { location }) }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  authority.address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/tsa`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

let repository: TestRepository;
let digests: readonly string[];
beforeEach(async () => {
  Object.assign(authority, { asked: [], answer: grant });
  repository = await makeRepository();
  const version = { document: 'cps', version: '1.0', published: '2026-01-15T09:00:00Z', effective: '2026-01-31T23:00:00Z', files: {} };
  const erratum = { document: 'cps', version: '1.0', erratum: '1', published: '2026-02-02T09:00:00Z', text: 'The number ends in 17.' };
  const { text } = appendEntries('', [version, erratum]);
  await repository.write({ ...DEFAULT_FILES, [REGISTER]: text, [`${TIMESTAMP_AUTHORITIES}/authority.pem`]: pem('CERTIFICATE', ROOT.certificate) });
  digests = readRegister(text).register.entries.map(({ digest }) => digest);
});
afterEach(() => repository.remove());

async function run(...args: string[]) {
  const out: string[] = [];
  const put = (text: string) => void out.push(text);
  const code = await main(['timestamp', ...args], { out: put, err: put, color: false, now: NOW, folder: repository.folder });
  return { code, out: out.join('') };
}
const held = async (): Promise<string[]> => (await readdir(join(repository.folder, TIMESTAMPS))).filter((name) => name !== 'authorities').sort();
const read = (name: string) => readFile(join(repository.folder, TIMESTAMPS, name));

describe('with an address', () => {
  test('the newest entry is stamped, verified and kept, and then proves all before it', async () => {
    expect(await run('--request', '--url', authority.address)).toMatchObject({
      code: 0,
      out: expect.stringContaining('cps 1.0, erratum 1, and every entry of the register before it'),
    });
    expect(await held()).toEqual([`${digests[1]}.tsq`, `${digests[1]}.tsr`]);
    expect(readTimestampRequest(await read(`${digests[1]}.tsq`))).toEqual(authority.asked[0]);
    const { code, out } = await run();
    expect(code).toBe(0);
    expect(out).toMatch(/cps 1\.0, published .*: there at 2026-11-23T08:59:59Z, by the token over [0-9a-f]{12} of/);
    expect(out).toMatch(/erratum 1, published .*: there at 2026-11-23T08:59:59Z, by its own token/);
  });

  test('a document, a version or a digest says which entry; each request has a nonce of its own; a second token has a number', async () => {
    await run('--request', 'cps', '1.0', '--url', authority.address, '--policy', '1.3.6.1.4.1.99999.9.2');
    await run('--request', String(digests[0]), '--url', authority.address);
    await run('--request', String(digests[0]).slice(0, 12), '--url', authority.address);
    expect(authority.asked.map(({ digest, policy }) => [digest, policy])).toEqual([
      [digests[1], '1.3.6.1.4.1.99999.9.2'],
      [digests[0], undefined],
      [digests[0], undefined],
    ]);
    expect(new Set(authority.asked.map(({ nonce }) => nonce)).size).toBe(3);
    expect(await held()).toContain(`${digests[0]}-2.tsr`);
    expect(await run('--request', 'cp')).toMatchObject({ code: 1, out: 'The register has no entry of cp.\n' });
  });

  test.each<[string, Authority['answer'], number, string]>([
    ['an old answer', ({ digest }) => ({ body: stamp({ digest, nonce: '51' }) }), 1, 'does not answer the request'],
    [
      'a token of a stranger',
      (asked) => ({ body: stamp(asked, { signer: unit('Unit of a stranger', { issuer: STRANGER }) }) }),
      1,
      'leads to no pinned authority',
    ],
    ['a token over something else', (asked) => ({ body: stamp({ ...asked, digest: '11'.repeat(32) }) }), 1, 'the digest of no entry'],
    ['a page', () => ({ type: 'text/html', body: Buffer.from('<html>') }), 2, 'the answer is of the type "text/html"'],
    ['an error', () => ({ status: 503, body: Buffer.alloc(0) }), 2, 'the answer is 503'],
    ['a way to somewhere else', () => ({ status: 307, location: 'http://localhost/', body: Buffer.alloc(0) }), 2, 'the answer is 307'],
    ['too much', () => ({ body: Buffer.alloc(MOST_TOKEN_OCTETS + 1) }), 2, 'more than 200000 octets'],
  ])('of %s nothing is kept', async (_, answer, code, words) => {
    authority.answer = answer;
    expect(await run('--request', '--url', authority.address)).toMatchObject({
      code,
      out: expect.stringMatching(new RegExp(`${words}[\\s\\S]*Nothing was written`)),
    });
    expect(await held()).toEqual([]);
  });

  test('a token is of the time at which it was made, not of that at which the command began', async () => {
    authority.answer = (asked) => {
      const until = performance.now() + 2200;
      while (performance.now() < until);
      return { body: stamp(asked, { genTime: '2026-11-23T09:00:02Z' }) };
    };
    expect(await run('--request', '--url', authority.address)).toMatchObject({ code: 0, out: expect.stringContaining('Kept: ') });
  });

  test('nobody waits for ever, and a closed door is told', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/`;
    expect((await fetchTimestamp(address, Buffer.alloc(1), 300)).problem).toContain('no whole answer within 0.3 seconds');
    silent.closeAllConnections();
    await new Promise((resolve) => silent.close(resolve));
    expect((await fetchTimestamp(address, Buffer.alloc(1))).problem).toContain('ECONNREFUSED');
    expect((await fetchTimestamp('file:///etc/hostname', Buffer.alloc(1))).problem).toContain('no address of HTTP or HTTPS');
  });
});

describe('without a network', () => {
  test('the request is written once, and its answer kept under its name', async () => {
    expect(await run('--request')).toMatchObject({ code: 0, out: expect.stringContaining('curl --fail') });
    const request = await read(`${digests[1]}.tsq`);
    expect(await run('--request')).toMatchObject({ code: 0, out: expect.stringContaining('The request is there already') });
    expect(await read(`${digests[1]}.tsq`)).toEqual(request);
    const asked = readTimestampRequest(request) as TimestampRequest;
    await mkdir(join(repository.folder, 'inbox'));
    await writeFile(join(repository.folder, 'inbox/answer.tsr'), stamp(asked));
    expect(await run('--store', 'inbox/answer.tsr')).toMatchObject({ code: 0, out: expect.stringContaining(`Kept: content/timestamps/${digests[1]}.tsr`) });
    expect(await run('--store', 'inbox/answer.tsr')).toMatchObject({ code: 0, out: expect.stringContaining('kept already') });
    expect(await held()).toEqual([`${digests[1]}.tsq`, `${digests[1]}.tsr`]);
  });

  test('a request is no token, and one for another policy is not taken for the one that is there', async () => {
    await run('--request', '--policy', '1.2.3');
    expect(await run('--store', `content/timestamps/${digests[1]}.tsq`)).toMatchObject({ code: 1, out: expect.stringContaining('Nothing was written.') });
    expect(await run('--request', '--policy', '1.2.3')).toMatchObject({ code: 0, out: expect.stringContaining('The request is there already') });
    expect(await run('--request', '--policy', '1.2.4')).toMatchObject({ code: 1, out: expect.stringContaining('asks for 1.2.3, not for 1.2.4.') });
  });

  test('what is no token is not kept', async () => {
    await repository.write({ 'answer.tsr': 'nothing' });
    expect(await run('--store', 'answer.tsr')).toMatchObject({ code: 1, out: expect.stringContaining('The token cannot be read.') });
    expect(await run('--store', 'missing.tsr')).toMatchObject({ code: 2, out: 'There is no file missing.tsr.\n' });
    expect(await held()).toEqual([]);
  });
});

test('the list tells which entries are bare and which tokens prove nothing, for machines too', async () => {
  await run('--request', String(digests[0]), '--url', authority.address);
  expect((await run()).out).toContain('No token covers 1 entry at the end');
  const token = await read(`${digests[0]}.tsr`);
  await writeFile(join(repository.folder, TIMESTAMPS, `${digests[0]}.tsr`), token.subarray(0, -1));
  expect(await run()).toMatchObject({ code: 1, out: expect.stringContaining(`${digests[0]}.tsr proves nothing. The token cannot be read.`) });
  const { code, out } = await run('--json');
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({
    entries: [
      { digest: digests[0], proved: null },
      { digest: digests[1], proved: null },
    ],
    tokens: [{ digest: digests[0], verdict: { verified: false, fault: 'unreadable' } }],
  });
});

test('a register whose chain is broken is not stamped', async () => {
  const text = await readFile(join(repository.folder, REGISTER), 'utf8');
  await repository.write({ [REGISTER]: text.replace('version: "1.0"', 'version: "1.1"') });
  expect(await run('--request', '--url', authority.address)).toMatchObject({
    code: 1,
    out: expect.stringContaining('The register cannot be trusted as it is'),
  });
  expect(authority.asked).toEqual([]);
});

test.each([
  [['--request', '--store', 'x'], 'not both'],
  [['cps'], 'belong to --request'],
  [['--url', 'http://a.example/'], 'belong to --request'],
  [['--request', '--url', 'ftp://a.example/'], 'no address of HTTP or HTTPS'],
  [['--request', '--policy', 'gold'], 'no object identifier'],
  [['--request', '--json'], 'belongs to the list'],
])('arguments are refused: %s', async (args, words) => {
  expect(await run(...args)).toMatchObject({ code: 2, out: expect.stringContaining(words) });
});
