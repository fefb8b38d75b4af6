import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listSuspects } from '../../src/check/suspects.ts';
import type { Instant } from '../../src/model/time.ts';
import { openWorkspace } from '../../src/read/workspace.ts';
import { makeProvider, type Provider } from '../helpers/provider.ts';
import { replaceFrontMatter, replaceSection } from '../helpers/skeleton.ts';

const TEXT = 'policies/cps.md';

let provider: Provider;
beforeEach(async () => {
  provider = await makeProvider();
});
afterEach(() => provider.repository.remove());

/** A text whose section 1.1 has these words under these marks, or under none. */
const say =
  (words: string, names = '', front = '') =>
  (skeleton: string) => {
    const text = replaceSection(skeleton, '1.1', `## 1.1 Overview\n\n${names && `<!-- meets ${names} -->\n\n`}${words}`);
    return front ? replaceFrontMatter(text, front) : text;
  };

/** Versions of the text of the work tree as they were read, `*` where only the marks were looked for; and what is suspect in it. */
async function read() {
  const { workspace } = await openWorkspace(pathToFileURL(`${provider.repository.folder}/`), { now: '2026-11-23T00:00:00Z' as Instant, purpose: 'check' });
  const versions = workspace.markHistories
    .get(TEXT)
    ?.map(({ version, skimmed }) => `${version}${skimmed ? '*' : ''}`)
    .join(' ');
  const suspects = listSuspects(workspace)
    .get(TEXT)
    ?.map(({ requirement, textSince }) => `${requirement.id} since ${textSince}`);
  return { versions, suspects };
}

test('a text without marks has no history', async () => {
  await provider.register(say('One.'));
  expect(await read()).toEqual({ versions: undefined, suspects: undefined });
});

test('the way back ends before a version without marks, and only the text of the first with a mark is read', async () => {
  for (const names of ['', '401:REQ-6.1-01', '401:REQ-6.1-01', '401:REQ-6.1-01']) await provider.register(say('One.', names));
  expect(await read()).toEqual({ versions: '1.3 1.2* 1.1', suspects: [] });
});

test('all texts are read where one is another than it was', async () => {
  for (const words of ['One.', 'One.', 'Two.', 'Two.']) await provider.register(say(words, '401:REQ-6.1-01'));
  expect(await read()).toEqual({ versions: '1.3 1.2 1.1 1.0', suspects: ['REQ-6.1-01 since 1.2'] });
});

test('a mark that only stood in a block of code did not stand', async () => {
  await provider.register((skeleton) => say('One.\n\n```\n<!-- meets 401:REQ-6.1-01 -->\n```')(skeleton));
  await provider.register(say('Two.', '401:REQ-6.1-01'));
  expect((await read()).suspects).toEqual([]);
});

test('a draft follows all versions, and one that equals an older version those before it', async () => {
  await provider.register(say('One.', '401:REQ-6.1-01'));
  await provider.register(say('Two.', '401:REQ-6.1-01'));
  const { folder } = provider.repository;
  await provider.repository.git('-C', folder, 'checkout', 'HEAD~2', '--', TEXT);
  expect(await read()).toEqual({ versions: '1.0', suspects: [] });
  const skeleton = await provider.repository.git('show', `HEAD:${TEXT}`);
  await provider.repository.write({ [TEXT]: say('Three.', '401:REQ-6.1-01', 'version: "1.2"')(skeleton) });
  expect(await read()).toEqual({ versions: '1.2 1.1 1.0', suspects: ['REQ-6.1-01 since 1.1'] });
});

test('a section that includes a profile is another where the version states another one', async () => {
  const seal = (days: number) => `title: Seals\nsection: "1.1"\nrows:\n  - { id: validity, field: validity, value: { atMost: ${days} } }\n`;
  const text = say('<!-- profile seal -->', '401:REQ-6.1-01');
  await provider.register(text, { profiles: { seal: seal(1095) } });
  await provider.register(text, { profiles: { seal: seal(1095) } });
  expect((await read()).suspects).toEqual([]);
  await provider.register(text, { profiles: { seal: seal(730) } });
  expect((await read()).suspects).toEqual(['REQ-6.1-01 since 1.2']);
});
