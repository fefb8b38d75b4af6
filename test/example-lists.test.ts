import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { makeLists, readKept } from '../scripts/example-lists.ts';
import { factsOfProfile } from '../src/model/profile-facts.ts';
import { qualify } from '../src/model/qualification.ts';
import { type CountryList, type Entry, findEntry } from '../src/model/service-entry.ts';
import { type Instant, parseInstant } from '../src/model/time.ts';
import { stateAt } from '../src/model/trusted-list.ts';
import { readProfiles } from '../src/read/profiles.ts';
import { readTrustedList } from '../src/read/trusted-list.ts';
import { readTrustedLists } from '../src/read/trusted-lists.ts';
import { readX509 } from '../src/read/x509/x509.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const FOLDER = `${ROOT}content/trusted-lists/`;
const instant = (text: string): Instant => parseInstant(text, 'UTC') as Instant;
const NOW = instant('2026-11-23T12:00:00Z');

test('a second run changes nothing, and nothing else lies there', () => {
  const { files } = makeLists(readKept);
  expect([...files.keys(), 'README.md'].sort()).toEqual(readdirSync(FOLDER).sort());
  for (const [file, content] of files) expect(content, file).toBe(readFileSync(FOLDER + file, 'utf8'));
});

test('a list that says something else is signed anew, and the snapshot follows', () => {
  const { files } = makeLists(readKept, { DE: (plan) => ({ ...plan, sequence: plan.sequence + 1 }) });
  expect(readTrustedList(Buffer.from(files.get('DE.xml') ?? '')).list).toMatchObject({ sequence: 18, version: 5 });
  expect(files.get('AT.xml')).toBe(readKept('AT.xml'));
  expect(files.get('snapshot.yaml')).not.toBe(readKept('snapshot.yaml'));
});

test('all names but those of the example are marked as made up, and nothing in the certificates is irregular', () => {
  for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.xml'))) {
    const { list } = readTrustedList(readFileSync(FOLDER + file));
    expect(list?.operators, file).toEqual([expect.stringMatching(/^Made-up /)]);
    const identities = list?.providers.flatMap(({ services }) => services.flatMap(({ identity }) => identity.certificates)) ?? [];
    for (const der of [...identities.map((identity) => identity.der), ...(list?.pointers.flatMap(({ signers }) => signers) ?? [])]) {
      expect(readX509(der, file)).toMatchObject({ observations: [], items: [{ facts: { irregularities: [] } }] });
    }
  }
});

async function readExample(): Promise<{ lists: readonly CountryList[]; services: NonNullable<Awaited<ReturnType<typeof readTrustedLists>>['services']> }> {
  const { services, trustedLists, observations } = await readTrustedLists(ROOT, async () => NOW);
  expect(observations).toEqual([]);
  if (!services || !trustedLists) throw new Error('The example declares no services.');
  const lists = trustedLists.lists.flatMap(({ country, authentication }): CountryList[] =>
    authentication.authenticated ? [{ country, list: authentication.list, file: authentication.file }] : [],
  );
  return { lists, services };
}

test('every list is authentic without a warning, and each version of the format is there', async () => {
  const { trustedLists } = await readTrustedLists(ROOT, async () => NOW);
  const all = [trustedLists?.listOfLists, ...(trustedLists?.lists.map(({ authentication }) => authentication) ?? [])];
  expect(all).toMatchObject([
    { authenticated: true, warnings: [], pivots: [{ authenticated: true }] },
    { authenticated: true, warnings: [] },
    { authenticated: true, warnings: [] },
  ]);
  expect(all.map((one) => one?.authenticated && one.list.version)).toEqual([6, 6, 5]);
});

test('every declared service is entered as declared', async () => {
  const { lists, services } = await readExample();
  expect(services.services.map(({ id }) => id)).toEqual(['signatures-and-seals', 'websites', 'signatures-and-seals-successor']);
  for (const { id, entry } of services.services) {
    const match = findEntry(lists, { ...entry, identity: entry.identity as Parameters<typeof findEntry>[1]['identity'] }, NOW);
    const { service } = match.entry as Entry;
    expect(service.states[0], id).toMatchObject({ status: 'granted', start: entry.since, uses: entry.uses });
  }
});

/** What certificates under each policy of the example are, from its first version on. */
const EXPECTED = {
  '1.3.6.1.4.1.99999.1.2.1': { since: '2023-02-28T23:00:00Z', confirmed: 'esig', qscd: 'yes' },
  '1.3.6.1.4.1.99999.1.2.2': { since: '2023-02-28T23:00:00Z', confirmed: 'eseal', qscd: 'yes' },
  '1.3.6.1.4.1.99999.1.2.3': { since: '2023-02-28T23:00:00Z', confirmed: 'esig', qscd: 'no' },
  '1.3.6.1.4.1.99999.1.2.4': { since: '2025-01-14T23:00:00Z', confirmed: 'web', qscd: undefined },
} as const;

test('certificates under each policy are qualified from its first version on, with the qualifiers that are declared', async () => {
  const { lists, services } = await readExample();
  const { profiles } = await readProfiles(ROOT);
  let evaluated = 0;
  for (const { id, entry, policies } of services.services) {
    const { provider, service } = findEntry(lists, { ...entry, identity: entry.identity as Parameters<typeof findEntry>[1]['identity'] }, NOW).entry as Entry;
    for (const { oid, qualifiers } of policies) {
      const profile = profiles.find(({ policy }) => policy === oid);
      const { since, ...expected } = EXPECTED[oid as keyof typeof EXPECTED];
      const issued = instant(since) > entry.since ? instant(since) : instant(entry.since);
      expect(stateAt(service, issued)?.state.status, id).toBe('granted');
      const answer = qualify([{ provider: provider.names[0] ?? '', service }], factsOfProfile(profile as NonNullable<typeof profile>), { issued, at: NOW });
      expect(answer, `${id} ${oid}`).toMatchObject(expected.qscd ? expected : { confirmed: expected.confirmed });
      expect(answer.atCheck.states[0]?.captured.qualifiers, `${id} ${oid}`).toEqual(qualifiers);
      evaluated += 1;
    }
  }
  expect(evaluated).toBe(7);
});
