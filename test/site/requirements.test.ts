import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Instant, midnight } from '../../lib/model/time.js';
import { publishRepository } from '../../lib/site/publish-site.js';
import type { Matrix } from '../../src/model/matrix.ts';
import { htmlErrors } from '../helpers/html-rules.ts';
import { checkLinks, listLinks } from '../helpers/links.ts';
import { makeProvider, type Provider } from '../helpers/provider.ts';
import { EXAMPLE_NOW } from '../helpers/site.ts';
import { replaceFrontMatter, replaceSection } from '../helpers/skeleton.ts';

const CARD = '1.3.6.1.4.1.99999.1.2.1';
const SOFTWARE = '1.3.6.1.4.1.99999.1.2.3';
const POLICIES = `policies:
  - { oid: ${CARD}, name: Cards, conformsTo: QCP-n-qscd }
  - { oid: ${SOFTWARE}, name: Software keys, conformsTo: QCP-n }`;
const WORDS = 'The provider says here in a whole sentence what holds for its certificates.';

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

/** Registers a version with these sections; each has marks and a sentence, or other words. */
const register = (sections: Readonly<Record<string, string | readonly [marks: string, words: string]>>, front = POLICIES) =>
  provider.register((skeleton) =>
    Object.entries(sections).reduce(
      (text, [number, content]) => {
        const [marks, words] = typeof content === 'string' ? [content, WORDS] : content;
        return replaceSection(text, number, `## ${number} Section\n\n${marks}\n\n${words}`);
      },
      front === '' ? skeleton : replaceFrontMatter(skeleton, front),
    ),
  );
const build = async (now: Instant = EXAMPLE_NOW) => {
  const { published, messages } = await publishRepository({ root: provider.repository.folder, folder: join(place, 'dist'), now });
  if (!published) throw new Error(messages.join('\n'));
  return messages;
};
const read = (path: string) => readFile(join(place, 'dist', path), 'utf8').catch(() => undefined);
const readMatrix = async () => JSON.parse((await read('requirements/matrix.json')) ?? 'null') as Matrix;
/** A requirement's state and places: `stated 1.1 since 1.0`. */
async function tell(id: string): Promise<string | undefined> {
  const row = (await readMatrix()).requirements.find((candidate) => candidate.id === id && candidate.standard === 'ETSI EN 319 411-2');
  return row && [row.state, ...[...row.stated, ...row.excluded].map(({ section, since }) => `${section} since ${since.version}`)].join(', ');
}

const meets = (...ids: string[]) => `<!-- meets ${ids.map((id) => `411-2:${id}`).join(' ')} -->`;

describe('where texts in force state a requirement', () => {
  test('a marked section with text of its own does; one without does not, and an exclusion needs its reason', async () => {
    await register({
      '1.1': meets('OVR-5.1-02'),
      '1.3.1': [meets('SDP-6.5.1-02'), 'No stipulation.'],
      '4.9.1': '<!-- excludes 411-2:OVR-6.9.4-02: none of these is offered -->',
    });
    await build();
    expect(await tell('OVR-5.1-02')).toBe('stated, 1.1 since 1.0');
    expect(await tell('OVR-6.9.4-02')).toBe('excluded, 4.9.1 since 1.0');
    const { requirements } = await readMatrix();
    expect(requirements.find(({ id }) => id === 'OVR-6.9.4-02')?.excluded[0]?.reason).toBe('none of these is offered');
    expect(new Set(requirements.map(({ state }) => state))).toEqual(new Set(['stated', 'excluded', 'no-text', 'not-decidable', 'undecided']));
    expect(requirements.filter(({ stated }) => stated.some(({ section }) => section === '1.3.1'))).toEqual([]);
  });

  test('since the first version that said so without a gap, in whatever section', async () => {
    await register({ '1.1': meets('OVR-5.1-02', 'OVR-6.9.4-02'), '1.4.1': [meets('OVR-5.1-09'), ''] });
    await register({ '1.2': meets('OVR-5.1-02', 'OVR-6.9.4-02'), '1.4.1': meets('OVR-5.1-09') });
    await register({ '1.2': meets('OVR-5.1-02') });
    await register({ '1.1': meets('OVR-5.1-02', 'OVR-6.9.4-02'), '1.2': '<!-- meets 411-2:5.1 -->' });
    await build();
    expect(await tell('OVR-5.1-02')).toBe('stated, 1.1 since 1.0, 1.2 since 1.0');
    expect(await tell('OVR-6.9.4-02')).toBe('stated, 1.1 since 1.3');
    const { requirements } = await readMatrix();
    expect(requirements.find(({ id }) => id === 'OVR-5.1-02')?.stated.map(({ byClause, path, since }) => [byClause, path, since.from])).toEqual([
      [false, '/cps/1.3/#1.1', '2026-01-01T08:00:00Z'],
      [true, '/cps/1.3/#1.2', '2026-01-01T08:00:00Z'],
    ]);
    // The day on which 1.1 was in force: what comes later counts for nothing.
    await build(midnight('2026-01-15', 'UTC'));
    expect(await tell('OVR-6.9.4-02')).toBe('stated, 1.2 since 1.0');
  });

  test('a draft counts for nothing, nor does a version that is to come', async () => {
    const version = await register({});
    const path = join(provider.repository.folder, 'policies/cps.md');
    await writeFile(
      path,
      (await readFile(path, 'utf8'))
        .replace('version: "1.0"', 'version: "9.9"')
        .replace('status: approved', 'status: draft')
        .replace('What holds for 1.1.', `${meets('OVR-5.1-02')}\n\n${WORDS}`),
    );
    await build();
    expect(version).toBe('1.0');
    expect(await tell('OVR-5.1-02')).toBe('no-text');
    await register({ '1.1': meets('OVR-5.1-02') });
    await build(midnight('2026-01-05', 'UTC'));
    expect(await tell('OVR-5.1-02')).toBe('no-text');
    await build();
    expect(await tell('OVR-5.1-02')).toBe('stated, 1.1 since 1.1');
  });

  test('why a requirement applies is told for each policy, and what is not declared by its practice', async () => {
    await register({});
    await build();
    const { requirements, policies, standards } = await readMatrix();
    expect(policies.map(({ oid, conformsTo }) => [oid, conformsTo])).toEqual([
      [CARD, 'QCP-n-qscd'],
      [SOFTWARE, 'QCP-n'],
    ]);
    expect(standards.map(({ path }) => path)).toEqual(['/requirements/en-319-411-2/', '/requirements/en-319-411-1/', '/requirements/en-319-401/']);
    expect(requirements.find(({ id }) => id === 'OVR-5.1-02')?.because).toEqual([
      { policies: [CARD], reasons: ['EN 319 411-2 OVR-5.1-04 takes over EN 319 411-2 policy QCP-n', 'OVR-5.1-02 is tagged QCP-n, QCP-l'] },
      { policies: [SOFTWARE], reasons: ['OVR-5.1-02 is tagged QCP-n, QCP-l'] },
    ]);
    const undecided = requirements.filter(({ state }) => state === 'undecided');
    expect(undecided.length).toBeGreaterThan(20);
    expect(undecided.every(({ missing }) => missing.length > 0)).toBe(true);
    await writeFile(
      join(provider.repository.folder, 'cartulary.yaml'),
      'name: Small CA\nsite: https://small.example\ntimeZone: UTC\npractices: { publiclyTrusted: false, suspension: false }\n',
    );
    await build();
    expect((await readMatrix()).requirements.filter(({ missing }) => missing.includes('publiclyTrusted'))).toEqual([]);
  });
});

describe('the pages', () => {
  test('say what the files say, link to the sections, and are valid', async () => {
    await register({ '1.1': meets('OVR-5.1-02'), '4.9.1': '<!-- excludes 411-2:OVR-6.9.4-02: none of these is offered -->' });
    await build();
    const html = (await read('requirements/en-319-411-2/index.html')) ?? '';
    const { requirements } = await readMatrix();
    const own = requirements.filter(({ standard }) => standard === 'ETSI EN 319 411-2');
    expect([...html.matchAll(/<tr[^>]* id="([^"]+)"/g)].map(([, id]) => id)).toEqual(own.map(({ id }) => id));
    expect(listLinks(html)).toEqual(expect.arrayContaining(['/cps/1.0/#1.1', '/cps/1.0/#4.9.1', '/requirements/matrix.xlsx']));
    expect(html).toContain('none of these is offered');
    expect(html).toMatch(/<fieldset class="matrix-filter"[^>]* hidden/);
    const overview = (await read('requirements/index.html')) ?? '';
    expect(listLinks(overview)).toContain(`/requirements/en-319-411-2/?policy=${SOFTWARE}&amp;state=stated`);
    const isAlive = checkLinks(new Map([...(await readAll())]));
    for (const [path, page] of [
      ['/requirements/index.html', overview],
      ['/requirements/en-319-411-2/index.html', html],
    ] as const) {
      expect(htmlErrors(path, page), path).toEqual([]);
      expect(listLinks(page).filter((href) => !isAlive(path, href))).toEqual([]);
    }
  });

  test('never judge', async () => {
    await register({ '1.1': meets('OVR-5.1-02') });
    await build();
    const own = new Set((await readMatrix()).requirements.flatMap(({ summary, because }) => [summary, ...because.flatMap(({ reasons }) => reasons)]));
    for (const path of ['requirements/index.html', 'requirements/en-319-411-1/index.html']) {
      let text = ((await read(path)) ?? '').replace(/<head>.*<\/head>/s, '');
      for (const words of own) text = text.replaceAll(words.replaceAll('&', '&#38;').replaceAll('"', '&#34;').replaceAll("'", '&#39;'), '');
      expect(text.match(/.{40}(?:complian|comply|complies|passed|failed|violat|missing).{40}/i)?.[0], path).toBeUndefined();
      expect(text, path).toMatch(/fulfilled/);
    }
  });

  test('there are none where no text ever listed a policy of a standard, and they stay where one did', async () => {
    await register({ '1.1': meets('OVR-5.1-02') }, '');
    await build();
    expect(await read('requirements/index.html')).toBeUndefined();
    expect(await read('index.html')).not.toContain('/requirements/');
    expect(await read('api/v1/index.html')).not.toContain('/requirements/');
    await register({});
    await build();
    expect(await read('index.html')).toContain('/requirements/');
    await register({}, 'policies:');
    await build();
    expect(await read('requirements/index.html')).toContain('No text in force lists a policy');
    expect(await read('requirements/en-319-411-2/index.html')).toContain('No text in force lists a policy');
    expect((await readMatrix()).requirements).toEqual([]);
  });
});

test('what did not change is not made again, and a cold build gives the same', async () => {
  await register({ '1.1': meets('OVR-5.1-02') });
  await build();
  expect((await build())[0]).toMatch(/^0 files written/);
  await register({ '1.1': meets('OVR-5.1-02', 'OVR-6.9.4-02') });
  await build();
  const warm = await readAll();
  await rm(join(provider.repository.folder, '.cartulary'), { recursive: true, force: true });
  await rm(join(place, 'dist'), { recursive: true, force: true });
  await build();
  const cold = await readAll();
  const own = (files: ReadonlyMap<string, Buffer>) =>
    new Map([...files].filter(([path]) => path.startsWith('/requirements/')).map(([path, bytes]) => [path, bytes.toString('base64')]));
  expect(own(warm)).toEqual(own(cold));
  expect(own(cold).size).toBe(7);
});

test('marks that were noted are found again where only the comparisons were deleted', async () => {
  await register({ '1.1': meets('OVR-5.1-02') });
  await build();
  await rm(join(provider.repository.folder, '.cartulary/comparisons'), { recursive: true, force: true });
  await rm(join(provider.repository.folder, '.cartulary/matrix.json'), { force: true });
  await build();
  expect(await tell('OVR-5.1-02')).toBe('stated, 1.1 since 1.0');
});

async function readAll(): Promise<ReadonlyMap<string, Buffer>> {
  const folder = join(place, 'dist');
  const entries = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name)).sort();
  return new Map(await Promise.all(paths.map(async (path) => [path.slice(folder.length), await readFile(path)] as const)));
}
