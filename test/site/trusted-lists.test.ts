import { execFileSync } from 'node:child_process';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { askLists } from '../../src/model/ask-lists.ts';
import type { CertificateFacts } from '../../src/model/certificate.ts';
import { ListedAuthorities } from '../../src/model/listed-authorities.ts';
import { qualify } from '../../src/model/qualification.ts';
import { factsOfCertificate } from '../../src/model/qualifier.ts';
import { authenticLists } from '../../src/model/service-proof.ts';
import type { Instant } from '../../src/model/time.ts';
import type { Workspace } from '../../src/model/workspace.ts';
import { findListedServices } from '../../src/read/listed-services.ts';
import { sha256 } from '../../src/read/register.ts';
import { openWorkspace } from '../../src/read/workspace.ts';
import { readX509 } from '../../src/read/x509/x509.ts';
import { readOwnListings } from '../../src/site/own-listings.ts';
import { explainLists, qualificationStrings } from '../../src/site/qualification-words.ts';
import { listRoutes } from '../../src/site/routes.ts';
import { certificatesPage } from '../../src/site/views/certificates.ts';
import { createContext } from '../../src/site/views/context.ts';
import { apiPage, inForcePage } from '../../src/site/views/overviews.ts';
import { listPolicies, policyPage } from '../../src/site/views/policies.ts';
import { htmlErrors } from '../helpers/html-rules.ts';
import { type BuiltSite, buildSite, EXAMPLE_NOW, exampleRepository } from '../helpers/site.ts';

const SEAL = '1.3.6.1.4.1.99999.1.2.2';
const SAMPLES = 'content/certificates/samples';
const SNAPSHOT = 'content/trusted-lists/snapshot.yaml';
const CA_1 = 'e49e7a6efb90fa94583f9bbcab63f1c98932e5a6245bf6ae8aa461d63f50c151';

let root: string;
let workspace: Workspace;
let data: ListedAuthorities;
const open = async (): Promise<Workspace> => (await openWorkspace(pathToFileURL(`${root}/`), { now: EXAMPLE_NOW, purpose: 'publish' })).workspace;
const read = (path: string) => readFile(join(root, path), 'utf8');

beforeAll(async () => {
  root = await exampleRepository();
  workspace = await open();
  const found = readOwnListings(workspace);
  if (!found) throw new Error('The example declares services and holds lists.');
  data = JSON.parse(JSON.stringify(found));
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** Opens the example with other files in it, which are as before afterwards. */
async function withFiles(change: Readonly<Record<string, ((text: string) => string) | undefined>>): Promise<Workspace> {
  const before = new Map(await Promise.all(Object.keys(change).map(async (path) => [path, await read(path)] as const)));
  try {
    for (const [path, text] of before) {
      const changed = change[path]?.(text);
      if (changed === undefined) await rm(join(root, path));
      else await writeFile(join(root, path), changed);
    }
    return await open();
  } finally {
    for (const [path, text] of before) await writeFile(join(root, path), text);
  }
}

const listing = (of: Workspace) =>
  certificatesPage(createContext(of)).authorities.flatMap(({ listings, subordinates }) => [...listings, ...subordinates.flatMap((one) => one.listings)]);
const listed = (of: Workspace, oid: string) => {
  const context = createContext(of);
  return policyPage(context, oid, listPolicies(context).get(oid) ?? []).listed;
};

async function readSample(file: string): Promise<{ facts: CertificateFacts; der: Uint8Array }> {
  const [item] = readX509(await readFile(join(root, SAMPLES, file)), file).items;
  if (item?.facts.kind !== 'certificate') throw new Error(`${file} is no certificate.`);
  return { facts: item.facts, der: item.der };
}

describe('the page of CA certificates', () => {
  test('shows the entry of each CA that is the identity of a declared service', () => {
    const shown = listing(workspace);
    expect(shown.map(({ id }) => id).sort()).toEqual(['signatures-and-seals', 'signatures-and-seals-successor', 'websites']);
    expect(shown.find(({ id }) => id === 'signatures-and-seals')?.standing).toMatchObject({
      kind: 'listed',
      list: { country: 'AT', sequence: '31', file: 'content/trusted-lists/AT.xml', location: 'https://lists.example/AT.xml', staleAt: undefined },
      entry: {
        provider: 'Example Trust Services GmbH',
        service: 'ETS Qualified CA 1',
        type: 'CA/QC',
        state: {
          status: 'granted',
          since: { instant: '2023-02-27T08:00:00Z' },
          uses: ['ForeSignatures', 'ForeSeals'],
          qualifiers: [{ qualifiers: ['QCQSCDManagedOnBehalf'], policies: [{ oid: SEAL, href: `/policies/${SEAL}/` }] }],
        },
        earlier: [{ status: 'granted', since: { instant: '2023-02-20T08:00:00Z' }, uses: ['ForeSignatures'] }],
      },
    });
  });

  test('a refused list is told with its reason, and so is a refused list of the lists', async () => {
    // Another status than the one that was signed; the snapshot names the digest of the changed bytes.
    const changed = (await read('content/trusted-lists/AT.xml')).replace('/granted<', '/withdrawn<');
    const altered = await withFiles({ 'content/trusted-lists/AT.xml': () => changed, [SNAPSHOT]: (text) => redigest(text, 'AT.xml', changed) });
    expect(listing(altered)[0]?.standing).toMatchObject({
      kind: 'refused',
      country: 'AT',
      problems: ['The list is not what was signed: its digest is another one.'],
    });
    const lotl = `${await read('content/trusted-lists/eu-lotl.xml')}<!-- more -->`.replace('Made-up', 'Made-Up');
    const unproved = await withFiles({ 'content/trusted-lists/eu-lotl.xml': () => lotl, [SNAPSHOT]: (text) => redigest(text, 'eu-lotl.xml', lotl) });
    const standing = listing(unproved)[0]?.standing;
    expect(standing?.kind === 'refused' && standing.problems).toHaveLength(2);
    expect(listed(altered, SEAL)[0]).toMatchObject({ standing: { kind: 'refused' }, versions: [], reasons: [] });
  });

  test('no list of the country, no snapshot, and no entry as declared are told apart', async () => {
    const without = await withFiles({ [SNAPSHOT]: (text) => text.replace(/ {2}- country: AT\n(?: {4}.*\n)+/, '') });
    expect(listing(without)[0]?.standing).toMatchObject({ kind: 'no-list', country: 'AT' });
    expect(listing(await withFiles({ [SNAPSHOT]: undefined }))[0]?.standing).toEqual({ kind: 'no-snapshot' });
    const other = await withFiles({ 'content/services.yaml': (text) => text.replaceAll('NTRAT-999999x', 'NTRAT-888888x') });
    expect(listing(other)[0]?.standing).toMatchObject({ kind: 'otherwise', field: 'provider', seen: 'Example Trust Services GmbH' });
  });

  test('a list past its next update says so', () => {
    const { trustedLists } = workspace;
    const late = { ...workspace, trustedLists: trustedLists && { ...trustedLists, at: '2031-02-01T00:00:00Z' as Instant } };
    expect(listing(workspace)[0]?.standing).toMatchObject({ kind: 'listed', list: { staleAt: undefined } });
    expect(listing(late)[0]?.standing).toMatchObject({
      kind: 'listed',
      list: { nextUpdate: { instant: '2031-01-01T00:00:00Z' }, staleAt: { instant: '2031-02-01T00:00:00Z' } },
    });
  });
});

const redigest = (snapshot: string, file: string, text: string): string =>
  snapshot.replace(new RegExp(`(file: ${file}\\n.*\\n +sha256: )[0-9a-f]{64}`), `$1${sha256(text)}`);

describe('the page of a policy', () => {
  test('says for each version what the list gives, at issuance and at the date of the lists', () => {
    const [service, successor] = listed(workspace, SEAL);
    expect(service?.authority).toMatch(/^\/certificates\/#/);
    expect(service?.versions[0]).toMatchObject({
      version: { href: '/cp/1.0/', label: 'CP 1.0' },
      atIssuance: 'qualified for electronic seals, its key in a QSCD',
      atCheck: 'qualified for electronic seals, its key in a QSCD',
    });
    expect(service?.reasons[0]?.atIssuance).toContain('4.5  QSCD: yes, for the list says QCQSCDManagedOnBehalf.');
    // The successor was listed while CP 2.1 was in force; of versions to come nobody knows what the list will say then.
    expect(successor?.versions[0]).toMatchObject({ version: { label: 'CP 2.1' }, issued: { instant: '2026-11-16T08:00:00Z' } });
    expect(successor?.versions.at(-1)?.atCheck).toBeUndefined();
  });

  test('a policy that no declared service issues under has nothing of it', () => {
    expect(listed(workspace, '1.2.3.4')).toEqual([]);
  });
});

describe('the published, reduced proof data', () => {
  test('keep to their schema, hold nothing of other providers, and are as of the commit', () => {
    expect(ListedAuthorities.parse(data)).toEqual(data);
    expect(new Set(data.services.map(({ provider }) => provider))).toEqual(new Set(['Example Trust Services GmbH']));
    expect(data.lists.map(({ country }) => country)).toEqual(['AT']);
    expect(JSON.stringify(data).length).toBeLessThan(10_000);
    const time = Number(execFileSync('git', ['-C', root, 'log', '-1', '--format=%ct']).toString());
    expect(Date.parse(data.at)).toBe(time * 1000);
  });

  test('of every sample they say what the lists themselves say', async () => {
    const files = (await readdir(join(root, SAMPLES))).filter((file) => file.endsWith('.pem'));
    expect(files.length).toBeGreaterThan(5);
    const lists = workspace.trustedLists ? authenticLists(workspace.trustedLists) : [];
    for (const file of files) {
      const leaf = await readSample(file);
      const sample = workspace.deployed.find(({ sha256: digest }) => digest === sha256(leaf.der));
      const issuer = workspace.deployed.find(({ sha256: digest }) => digest === sample?.issuer);
      if (issuer?.facts.kind !== 'certificate') throw new Error(`${file} has no issuer.`);
      const issued = leaf.facts.validity.notBefore.instant as Instant;
      const matches = findListedServices(lists, [leaf, { facts: issuer.facts, der: issuer.der }]);
      const { confirmed, qscd, atIssuance, atCheck } = qualify(matches, factsOfCertificate(leaf.facts), { issued, at: data.at });
      const answer = askLists(leaf.facts, data);
      expect(answer, file).toMatchObject({ kind: 'answered', answer: { confirmed, atIssuance: { uses: atIssuance.uses }, atCheck: { uses: atCheck.uses } } });
      expect(answer?.kind === 'answered' && answer.answer.qscd, file).toBe(qscd);
      expect(answer?.kind === 'answered' && answer.answer.atCheck.reasons, file).toEqual(atCheck.reasons);
      expect(confirmed, file).not.toBe('none');
    }
  });

  test('an issuer of the same name with another key, a CA, and a certificate without key identifier are not asked', async () => {
    const { facts } = await readSample('natural-person-qscd-card-s1.pem');
    const others = data.authorities.map((authority) => ({ ...authority, keyIdentifier: '00'.repeat(20) }));
    expect(askLists(facts, { ...data, authorities: others })).toBeUndefined();
    const without = { ...facts, extensions: facts.extensions.filter(({ name }) => name !== 'authorityKeyIdentifier') };
    expect(askLists(without, data)).toBeUndefined();
    const ca = workspace.deployed.find(({ sha256: digest }) => digest === CA_1);
    expect(ca?.facts.kind === 'certificate' && askLists(ca.facts, data)).toBeUndefined();
  });

  test('in words: answered, not listed, refused, no list, and issued after the date of the lists', async () => {
    const { facts } = await readSample('natural-person-qscd-hour-before-change.pem');
    const say = (asked: ListedAuthorities, language = 'en') => {
      const answer = askLists(facts, asked);
      return answer && explainLists(answer, { at: asked.at, taken: asked.taken, zone: 'Europe/Vienna' }, qualificationStrings(language));
    };
    const fixed = { ...data, at: '2026-11-23T12:00:00Z' as Instant };
    expect(say(fixed)).toMatchInlineSnapshot(`
      [
        "When it was issued, on 2024-08-31 23:40: qualified for electronic signatures, its key in a QSCD.",
        "On 2026-11-23 13:00, the date for which the lists were asked: qualified for electronic signatures, its key in a QSCD.",
        "By the list of AT, no. 31, issued on 2026-11-16 10:00, in the snapshot of 2026-11-23 10:00, as ETSI TS 119 615 evaluates it.",
      ]
    `);
    expect(say(fixed, 'de')).toMatchInlineSnapshot(`
      [
        "Bei der Ausstellung am 2024-08-31 23:40: qualifiziert für elektronische Signaturen, der Schlüssel in einer QSCD.",
        "Am 2026-11-23 13:00, dem Zeitpunkt, für den die Listen befragt wurden: qualifiziert für elektronische Signaturen, der Schlüssel in einer QSCD.",
        "Nach der Liste von AT, Nr. 31, ausgestellt am 2026-11-16 10:00, Stand vom 2026-11-23 10:00, ausgewertet nach ETSI TS 119 615.",
      ]
    `);
    expect(say({ ...fixed, authorities: fixed.authorities.map((authority) => ({ ...authority, services: [] })) })).toMatchInlineSnapshot(`
      [
        "When it was issued, on 2024-08-31 23:40: not qualified.",
        "On 2026-11-23 13:00, the date for which the lists were asked: not qualified.",
        "No service of that list has its issuer as its digital identity.",
        "By the list of AT, no. 31, issued on 2026-11-16 10:00, in the snapshot of 2026-11-23 10:00, as ETSI TS 119 615 evaluates it.",
      ]
    `);
    const [list] = fixed.lists;
    const refused = {
      country: 'AT',
      file: 'AT.xml',
      location: 'here',
      sha256: list?.sha256 ?? '',
      proved: false,
      reason: 'xml',
      problem: 'It is torn.',
    } as const;
    expect(say({ ...fixed, lists: [refused] })).toMatchInlineSnapshot(`
      [
        "The list of AT that is held is not proved, so it says nothing of it:",
        "It is torn.",
      ]
    `);
    expect(say({ ...fixed, lists: [] })).toMatchInlineSnapshot(`
      [
        "The snapshot of trusted lists holds none of AT, so they say nothing of it.",
      ]
    `);
    expect(say({ ...fixed, at: '2024-01-01T00:00:00Z' as Instant })).toMatchInlineSnapshot(`
      [
        "It was issued on 2024-08-31 23:40, after 2024-01-01 01:00, the date for which the lists were asked: they say nothing of it.",
      ]
    `);
  });

  test('a service that was withdrawn since is told as qualified then and not now', async () => {
    const { facts } = await readSample('natural-person-qscd-hour-before-change.pem');
    const withdrawn = data.services.map((service) => ({
      ...service,
      states: [{ ...(service.states[0] as (typeof service.states)[number]), status: 'withdrawn', start: '2026-01-01T00:00:00Z' as Instant }, ...service.states],
    }));
    const answer = askLists(facts, { ...data, services: withdrawn });
    const sentences = answer && explainLists(answer, { ...data, zone: 'UTC' }, qualificationStrings('en'));
    expect(sentences?.[0]).toContain('qualified for electronic signatures');
    expect(sentences?.[1]).toMatch(/: not qualified\.$/);
    expect(answer?.kind === 'answered' && answer.answer.confirmed).toBe('none');
  });
});

test('the command says the same of a certificate, as text and JSON', async () => {
  const file = join(SAMPLES, 'legal-person-qscd.pem');
  const ask = async (...more: readonly string[]) => {
    let out = '';
    await main(['in-force', '--certificate', file, ...more], {
      out: (text) => {
        out += text;
      },
      err: () => undefined,
      color: false,
      now: EXAMPLE_NOW,
      folder: root,
    });
    return out;
  };
  const { facts } = await readSample('legal-person-qscd.pem');
  const answer = askLists(facts, data);
  if (answer?.kind !== 'answered') throw new Error('The lists answer.');
  const words = qualificationStrings('en');
  const lines = explainLists(answer, { ...data, zone: workspace.config.timeZone }, words).map((line) => `    ${line}`);
  expect(await ask()).toContain(`\n  ${[`${words.title}:`, ...lines].join('\n')}\n`);
  expect(JSON.parse(await ask('--json')).answers[0].trustedLists).toMatchObject({ answer: 'answered', isListed: true, confirmed: 'eseal', qscd: 'yes' });
});

test('without services.yaml nothing of it is anywhere', async () => {
  const without = await withFiles({ 'content/services.yaml': undefined });
  expect(readOwnListings(without)).toBeUndefined();
  expect(listing(without)).toEqual([]);
  expect(listed(without, SEAL)).toEqual([]);
  const context = createContext(without);
  expect(apiPage(context).answers.some(({ address }) => address.label === '/api/v1/trusted-lists.json')).toBe(false);
  expect(inForcePage(context, []).certificate.lists).toBeUndefined();
  expect(listRoutes({ workspace: without }).routes.some(({ path }) => path === '/api/v1/trusted-lists.json')).toBe(false);
});

describe('built', () => {
  const built: BuiltSite[] = [];
  afterAll(() => Promise.all(built.map((site) => site.remove())));

  test('the pages are sound HTML, say where to see it, and the same commit gives the same bytes on another day', async () => {
    const today = await buildSite(root);
    built.push(today);
    const later = await buildSite(root, '2026-11-24T12:00:00Z' as Instant);
    built.push(later);
    const [files, others] = [await today.files(), await later.files()];
    const paths = ['/certificates/index.html', `/policies/${SEAL}/index.html`, '/in-force/index.html'];
    for (const path of paths) expect(htmlErrors(path, files.get(path)?.toString('utf8') ?? '')).toEqual([]);
    for (const path of ['/certificates/index.html', `/policies/${SEAL}/index.html`, '/api/v1/trusted-lists.json'])
      expect(others.get(path)).toEqual(files.get(path));
    const certificates = files.get('/certificates/index.html')?.toString('utf8') ?? '';
    expect(certificates).toMatch(/The list of AT, no\. 31, issued <time[^>]*>2026-11-16 10:00<\/time>, says “granted” since <time/);
    expect(certificates).toContain('cartulary trusted-list prove signatures-and-seals');
    expect(files.get('/in-force/index.html')?.toString('utf8')).toContain('data-lists="/api/v1/trusted-lists.json"');
  }, 120_000);
});
