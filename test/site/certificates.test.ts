import { X509Certificate } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Instant } from '../../lib/model/time.js';
import { publishRepository } from '../../lib/site/publish-site.js';
import { caSerial, makeCa, makeCaCrl, makeLeaf } from '../helpers/authorities.ts';
import { pem } from '../helpers/der.ts';
import { htmlErrors } from '../helpers/html-rules.ts';
import { checkLinks, listLinks } from '../helpers/links.ts';
import { makeProvider, type Provider } from '../helpers/provider.ts';
import { EXAMPLE_NOW } from '../helpers/site.ts';
import { replaceFrontMatter } from '../helpers/skeleton.ts';

const CARD = '1.3.6.1.4.1.99999.1.2.1';
const FRONT = `policies:\n  - { oid: ${CARD}, name: Cards, profile: card }`;
const KEY_USAGE = 'id: key-usage\n    field: extensions.keyUsage\n    critical: true';
const profile = (...rows: readonly string[]) =>
  `title: Cards\npolicy: ${CARD}\nissuers: [Root]\nsection: "7.1"\nrows:\n${rows.map((row) => `  - ${row}\n`).join('')}`;
const FIRST = profile(`${KEY_USAGE}\n    value: { exactly: [nonRepudiation] }`, 'id: validity\n    field: validity\n    value: { atMost: 1095 }');
const SECOND = profile(`${KEY_USAGE}\n    value: { exactly: [digitalSignature] }`, 'id: email\n    field: subject.emailAddress\n    presence: optional');
const ROOT = makeCa('Root');
const FILES = {
  'ca/root.der': ROOT,
  'ca/root.pem': pem('CERTIFICATE', ROOT),
  'ca/issuing-1.der': makeCa('Issuing 1', { issuer: 'Root' }),
  'crl/root.crl': makeCaCrl('Root', '2026-10-01T00:00:00Z', {
    revoked: [{ serial: caSerial('Issuing 1', 'Root'), at: '2026-09-01T00:00:00Z', reason: 'superseded' }],
  }),
  'crl/last.der': makeCaCrl('Issuing 1', '2026-09-01T00:00:00Z', { number: 7, nextUpdate: '9999-12-31T23:59:59Z' }),
  'samples/person.der': makeLeaf('Issuing 1', CARD),
};

let provider: Provider;
let place: string;

beforeEach(async () => {
  provider = await makeProvider();
  place = await mkdtemp(join(tmpdir(), 'cartulary-site-'));
});
afterEach(async () => {
  await provider.repository.remove();
  await rm(place, { recursive: true, force: true });
});

const deploy = (files: Readonly<Record<string, string | Uint8Array>>) =>
  provider.repository.commit(
    Object.fromEntries(Object.entries(files).map(([path, content]) => [`content/certificates/${path}`, content])),
    '2026-10-02T00:00:00Z',
  );
const register = (profiles: Readonly<Record<string, string>> = {}) => provider.register((skeleton) => replaceFrontMatter(skeleton, FRONT), { profiles });
async function build(now: Instant = EXAMPLE_NOW): Promise<ReadonlyMap<string, Buffer>> {
  const folder = join(place, 'dist');
  const { published, messages } = await publishRepository({ root: provider.repository.folder, folder, now });
  if (!published) throw new Error(messages.join('\n'));
  const entries = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name));
  return new Map(await Promise.all(paths.map(async (path) => [path.slice(folder.length), await readFile(path)] as const)));
}
let whole: ReadonlyMap<string, Buffer> | undefined;
/** The site of a provider with all of these files, and a version that states the first profile. */
async function buildWhole(): Promise<ReadonlyMap<string, Buffer>> {
  if (whole) return whole;
  await register({ card: FIRST });
  await deploy(FILES);
  whole = await build();
  return whole;
}
const page = (files: ReadonlyMap<string, Buffer>, path: string) => files.get(`${path}index.html`)?.toString('utf8') ?? '';
/** The words of a page from one place to another, without elements. */
const wordsOf = (html: string, from: string, to = '</main>') =>
  html
    .slice(html.indexOf(from), html.indexOf(to, html.indexOf(from)))
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+([,;.]?)/g, (_, sign) => sign || ' ');
const deadLinks = (files: ReadonlyMap<string, Buffer>, path: string) => {
  const isAlive = checkLinks(files);
  return listLinks(page(files, path)).filter((href) => !isAlive(`${path}index.html`, href));
};

describe('the page of CA certificates', () => {
  test('has each under its issuer, with downloads that are the certificate and the list, and nothing of subscribers', async () => {
    const files = await buildWhole();
    expect([...files.keys()].filter((path) => path.startsWith('/certificates/')).sort()).toEqual(
      ['index.html', 'issuing-1.cer', 'issuing-1.pem', 'last.crl', 'root.cer', 'root.crl', 'root.pem'].map((file) => `/certificates/${file}`),
    );
    for (const form of ['cer', 'pem'])
      expect(Buffer.from(FILES['ca/root.der']).equals(new X509Certificate(files.get(`/certificates/root.${form}`) as Buffer).raw)).toBe(true);
    expect(files.get('/certificates/last.crl')?.equals(Buffer.from(FILES['crl/last.der']))).toBe(true);
    const html = page(files, '/certificates/');
    expect(html.indexOf('id="root"')).toBeLessThan(html.indexOf('id="issuing-1"'));
    expect(html).toMatch(/<h3>.*Root.*<\/h3>/);
    expect(html).toMatch(/<h4>.*Issuing 1.*<\/h4>/);
    expect([...files.values()].filter((bytes) => bytes.includes('Somebody Secret'))).toEqual([]);
    expect(htmlErrors('/certificates/index.html', html)).toEqual([]);
    expect(deadLinks(files, '/certificates/')).toEqual([]);
    for (const path of ['/', `/policies/${CARD}/`]) expect(listLinks(page(files, path))).toContain('/certificates/');
  });

  test('says of each what the certificates, lists and profiles say', async () => {
    const html = page(await buildWhole(), '/certificates/');
    const digest = new X509Certificate(Buffer.from(FILES['ca/root.der'])).fingerprint256.replaceAll(':', '').match(/.{4}/g)?.join(' ') ?? '';
    const root = wordsOf(html, 'id="root"', 'id="issuing-1"');
    expect(root).toContain(digest);
    expect(root).toContain('Within its validity Expired');
    expect(root).toContain('http://crl.example/Root.crl');
    expect(root).toContain('root.crl number 1, issued 2026-10-01, no next one; 1 certificate revoked');
    expect(root).toContain(`Cards ${CARD}`);
    const issuing = wordsOf(html, 'id="issuing-1"');
    expect(issuing).toContain('Revoked Revoked on 2026-09-01, reason: superseded.');
    expect(issuing).toContain('From 2026-01-01 to 2035-12-31 23:59:59');
    expect(issuing).toContain('last.crl number 7, issued 2026-09-01, no next one; nothing revoked');
    expect(issuing).toContain(`Cards ${CARD}`);
  });

  test('gives a state that follows from the instant, and one that a script can change later', async () => {
    await register();
    await deploy({ 'root.der': makeCa('Root', { notBefore: '2026-12-01T00:00:00Z' }) });
    const html = page(await build(), '/certificates/');
    expect(html).toMatch(/<span class="states" data-from="2026-12-01T00:00:00Z" data-until="2036-01-01T00:00:00Z" data-end="superseded"\s*>/);
    expect(html).toMatch(
      /data-state="not-yet-in-force">Not yet valid<.*data-state="in-force" hidden>Within its validity<.*data-state="superseded" hidden>Expired</,
    );
    const later = page(await build('2036-01-01T00:00:00Z' as Instant), '/certificates/');
    expect(later).toMatch(/data-state="superseded">Expired</);
    expect(later).not.toContain('Within its validity');
  });

  test('is there only where a CA certificate is, and nothing leads to it otherwise', async () => {
    await register();
    await deploy({ 'samples/person.der': FILES['samples/person.der'] });
    const files = await build();
    expect([...files.keys()].filter((path) => /^\/(?:api\/v1\/)?certificates[/.]/.test(path))).toEqual([]);
    for (const path of ['/', '/api/v1/', `/policies/${CARD}/`]) {
      expect(deadLinks(files, path), path).toEqual([]);
      expect(page(files, path), path).not.toContain('"/certificates/');
    }
  });

  test('judges nothing, in either language', async () => {
    await provider.repository.commit(
      { 'cartulary.yaml': 'name: Small CA\nsite: https://small.example/base\ntimeZone: UTC\nlanguages: [de]\n' },
      '2026-01-01T09:00:00Z',
    );
    await register({ card: FIRST });
    await deploy(FILES);
    const files = await build();
    const html = page(files, '/certificates/');
    expect(htmlErrors('/certificates/index.html', html)).toEqual([]);
    expect(html).toContain('href="/base/certificates/root.cer"');
    expect(wordsOf(html, 'id="issuing-1"')).toContain('Widerrufen am 2026-09-01');
    expect(wordsOf(html, '<main')).not.toMatch(/konform|vertrauenswürdig|anerkannt|qualifiziert|complian|trustworth/i);
    const policy = page(files, `/policies/${CARD}/`);
    expect(htmlErrors('/policies/index.html', policy)).toEqual([]);
    expect(wordsOf(policy, 'id="authorities-title"')).toContain('CA-Zertifikate');
  });
});

test('the same for programs: addresses, digests, who issued whom', async () => {
  const files = await buildWhole();
  const { certificates, otherCrls } = JSON.parse(files.get('/api/v1/certificates.json')?.toString('utf8') ?? '{}');
  expect(certificates.map(({ subject }: { subject: string }) => subject)).toEqual(['C=AT, CN=Root', 'C=AT, CN=Issuing 1']);
  expect(certificates[1]).toMatchObject({
    der: 'https://small.example/certificates/issuing-1.cer',
    issuedBy: certificates[0].sha256,
    notAfter: '2035-12-31T23:59:59Z',
    policies: [CARD],
    crlAddresses: ['http://crl.example/Issuing 1.crl'],
    crls: [{ url: 'https://small.example/certificates/last.crl', number: '7', nextUpdate: '9999-12-31T23:59:59Z', entries: 0 }],
  });
  expect(certificates[0]).toMatchObject({ issuedBy: certificates[0].sha256, policies: [CARD] });
  expect(otherCrls).toEqual([]);
  const { z } = await import('zod');
  const schema = z.fromJSONSchema(JSON.parse(files.get('/api/v1/schemas/certificates.json')?.toString('utf8') ?? 'null'));
  expect(() => schema.parse({ certificates, otherCrls })).not.toThrow();
  expect(() => schema.parse({ certificates: [{ ...certificates[0], sha256: 'none' }], otherCrls })).toThrow();
});

describe('a policy through time', () => {
  test('has the profile that each version states, and what changed between them by row', async () => {
    await register({ card: FIRST });
    await register({ card: FIRST });
    await register({ card: SECOND });
    await deploy(FILES);
    const files = await build();
    const html = page(files, `/policies/${CARD}/`);
    expect(htmlErrors('/policies/index.html', html)).toEqual([]);
    expect(deadLinks(files, `/policies/${CARD}/`)).toEqual([]);
    expect(listLinks(html)).toContain(`/in-force/?policy=${CARD}`);
    expect([...html.matchAll(/<section id="(profile-[^"]+)"/g)].map(([, id]) => id)).toEqual(['profile-cps-1.2', 'profile-cps-1.0']);
    expect(html).toContain('id="profile-cps-1.0.validity"');
    expect([...html.matchAll(/<details( open)?>/g)].map(([, open]) => open !== undefined)).toEqual([true, false]);
    expect(wordsOf(html, 'id="profile-cps-1.0"')).toContain('CPS 1.0, 1.1');
    const changes = wordsOf(html, 'id="profile-changes-title"');
    expect(changes).toContain('CPS 1.2 in place of CPS 1.1, from 2026-01-21 08:00');
    expect(changes).toMatch(/extensions\.keyUsage changed Value nonRepudiation Value digitalSignature/);
    expect(changes).toMatch(/subject\.emailAddress new nothing optional/);
    expect(changes).toMatch(/validity removed required: at most 1095 nothing/);
    expect(wordsOf(html, 'id="authorities-title"')).toMatch(/Root .*Issuing 1/);
  });

  test('two documents that state the same are told once, and a return to an earlier profile is a change', async () => {
    const cp = (profiles: Readonly<Record<string, string>>) =>
      provider.register((skeleton) => replaceFrontMatter(skeleton, `type: CP\n${FRONT}`), { document: 'cp', profiles });
    await register({ card: FIRST });
    await cp({ card: FIRST });
    await register({ card: SECOND });
    await cp({ card: SECOND });
    await register({ card: FIRST });
    const html = page(await build(), `/policies/${CARD}/`);
    expect(wordsOf(html, 'id="profile-cps-1.0"')).toContain('CPS 1.0, 1.4; CP 1.1');
    const changes = wordsOf(html, 'id="profile-changes-title"');
    expect(changes).toContain('CPS 1.2, CP 1.3 CPS 1.2 in place of CPS 1.0, from 2026-01-21 08:00 CP 1.3 in place of CP 1.1, from 2026-01-31 08:00');
    expect(changes).toContain('CPS 1.4 in place of CPS 1.2');
  });

  test('without profiles in the register says so', async () => {
    await register();
    const html = page(await build(), `/policies/${CARD}/`);
    expect(html).toContain('No version has the profile of its certificates in the register.');
    expect(html).not.toContain('id="profiles-title"');
  });
});
