import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Instant } from '../../src/model/time.ts';
import { openWorkspace } from '../../src/read/workspace.ts';
import { makeProvider, type Provider } from '../helpers/provider.ts';
import { replaceSection } from '../helpers/skeleton.ts';

const SEAL = 'title: Seals\nsection: "7.1.2"\nrows:\n  - { id: validity, field: validity }\n';
const including = (text: string) => replaceSection(text, '7.1.2', '### 7.1.2 Certificate extensions\n\n<!-- profile seal -->');

let provider: Provider;
beforeEach(async () => {
  provider = await makeProvider();
});
afterEach(() => provider.repository.remove());

const open = async (purpose: 'check' | 'publish') =>
  (await openWorkspace(pathToFileURL(`${provider.repository.folder}/`), { now: '2026-11-23T00:00:00Z' as Instant, purpose })).workspace;
const shownIn = ({ drafts }: Awaited<ReturnType<typeof open>>) =>
  drafts.flatMap(({ sections }) => sections.find(({ number }) => number === '7.1.2')?.blocks.map(({ type }) => type) ?? []);

test('a text of the work tree shows the profile of the work tree, and nothing where there is none', async () => {
  await provider.register(including);
  expect(shownIn(await open('check'))).toEqual(['html']);
  await provider.repository.write({ 'content/profiles/seal.yaml': SEAL });
  expect(shownIn(await open('check'))).toEqual(['html', 'paragraph', 'table', 'paragraph']);
});

test('of a published text it is known what it includes, read again or noted by an earlier build', async () => {
  await provider.register((text) => text);
  await provider.register(including);
  for (const purpose of ['check', 'publish', 'publish'] as const) {
    const { facts } = await open(purpose);
    expect([...facts.values()].map(({ includes }) => includes)).toEqual([undefined, ['seal']]);
  }
});
