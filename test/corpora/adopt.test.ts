import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { inForce, readTimelines } from '../../src/model/in-force.ts';
import { cutRevisionTables, readRevisionTable } from '../../src/model/revision-table.ts';
import { type Instant, midnight } from '../../src/model/time.ts';
import type { Register, VersionEntry } from '../../src/model/version.ts';
import { openGit } from '../../src/read/git.ts';
import { readMarkdown } from '../../src/read/markdown.ts';
import { readRegister } from '../../src/read/register.ts';
import { cloneRepository, type TestRepository } from '../helpers/repository.ts';
import { sharedFile } from '../helpers/shared.ts';

interface Adopted {
  repository: TestRepository;
  report: string;
  register: Register;
}

async function adopt(bundle: string, configuration: string, ...args: string[]): Promise<Adopted> {
  const repository = await cloneRepository(bundle);
  await repository.write({ 'cartulary.yaml': configuration });
  const out: string[] = [];
  const io = {
    out: (text: string) => void out.push(text),
    err: (text: string) => void out.push(text),
    color: false,
    now: '2026-11-23T10:00:00Z' as Instant,
    folder: repository.folder,
  };
  expect(await main(['adopt', ...args], io)).toBe(0);
  const { register, observations } = readRegister(await readFile(`${repository.folder}/policies/register.yaml`, 'utf8'));
  expect(observations).toEqual([]);
  return { repository, report: out.join(''), register };
}

const versions = (register: Register, document: string) =>
  register.entries.filter((entry): entry is VersionEntry => entry.kind === 'version' && entry.document === document);
const held = (register: Register, document: string) =>
  versions(register, document).flatMap(({ version, files }) => (Object.keys(files).length > 0 ? [version] : []));
const byName = (register: Register, document: string) =>
  versions(register, document).flatMap(({ version, files }) => (Object.keys(files).length === 0 ? [version] : []));

/** Versions end where the next one begins; one that never was in force has no interval. */
function expectIntervals(register: Register): void {
  for (const { spans } of readTimelines(register).values()) {
    const real = spans.filter(({ from, until }) => until !== from);
    for (const [index, { until }] of real.entries()) if (real[index + 1]) expect(until).toBe(real[index + 1]?.from);
  }
}

const letsencrypt = sharedFile('corpora/letsencrypt.bundle');
describe.skipIf(letsencrypt.absent)(`Let's Encrypt${letsencrypt.reason}`, () => {
  const ZONE = 'America/Los_Angeles';
  const site = `name: Internet Security Research Group\nsite: https://repository.example.org\ntimeZone: ${ZONE}\n`;
  const configuration = `${site}documents:
  - id: cp
    type: CP
    title: ISRG Certificate Policy
    file: CP.md
    adopt: { tags: ['CP-v{version}', 'CP-v{version}_CPS-v*', 'CP_{version}_CPS_*'], continuedBy: cp-cps }
  - id: cps
    type: CPS
    title: ISRG Certification Practice Statement
    file: CPS.md
    adopt: { tags: ['CPS-v{version}', 'CP-v*_CPS-v{version}', 'CP_*_CPS_{version}'], continuedBy: cp-cps }
  - id: cp-cps
    type: CP-CPS
    title: ISRG Combined Certificate Policy and Certification Practice Statement
    file: CP-CPS.md
    adopt: { tags: ['v{version}'] }
`;
  let adopted: Adopted;
  beforeAll(async () => {
    adopted = await adopt(letsencrypt.path, configuration);
  });
  afterAll(() => adopted?.repository.remove());

  test('8 + 1 tagged versions of the CPS, 5 + 1 of the CP, 13 of the combined document', () => {
    const { register } = adopted;
    expect(held(register, 'cps')).toEqual(['2.0', '2.1', '2.2', '2.3', '2.4', '2.5', '2.6', '2.7', '4.1']);
    expect(held(register, 'cp')).toEqual(['2.0', '2.1', '2.2', '2.3', '2.4', '3.1']);
    expect(held(register, 'cp-cps')).toEqual(['5.0', '5.1', '5.2', '5.3', '5.4', '5.5', '5.6', '5.7', '5.8', '5.9', '6.0', '6.1', '6.2']);
  });

  test('13 versions of the CPS and 8 of the CP that no tag holds are known by name', () => {
    const { register } = adopted;
    expect(byName(register, 'cps')).toEqual(['1.0', '1.1', '1.2', '1.3', '1.4', '1.5', '2.8', '2.9', '3.0', '3.1', '3.2', '3.3', '4.0']);
    expect(byName(register, 'cp')).toEqual(['1.0', '1.1', '1.2', '1.3', '2.5', '2.6', '2.7', '3.0']);
    expect(byName(register, 'cp-cps')).toEqual([]);
  });

  test('doubled tags are reported', () => {
    expect(adopted.report).toContain('tag CP_3-1_CPS_4-1       it has the same bytes as tag CP-v3.1_CPS-v4.1, which holds version 3.1 already');
    expect(adopted.report).toContain('tag CP_3-1_CPS_4-1    it has the same bytes as tag CP-v3.1_CPS-v4.1, which holds version 4.1 already');
  });

  test('effective dates come from the revision tables, and differ from the tags', () => {
    const dates = Object.fromEntries(
      versions(adopted.register, 'cps').map(({ version, effective, published, note }) => [version, [published, effective, note]]),
    );
    expect(dates['2.1']).toEqual([
      '2018-02-01T16:46:36Z',
      midnight('2018-02-06', ZONE),
      'Effective date from the revision table of its own text; publication date from the tagged commit (CPS-v2.1).',
    ]);
    expect(adopted.report).toContain('effective 2018-02-06 (the revision table of its own text), 5 days after the tagged commit');
    const tables = versions(adopted.register, 'cps').filter(({ note }) => !note?.includes('revision table'));
    expect(tables).toEqual([]);
  });

  test('CP and CPS are withdrawn when the combined document takes over', () => {
    expect(adopted.register.entries.filter(({ kind }) => kind === 'withdrawal')).toMatchObject([
      { document: 'cp', withdrawn: midnight('2023-05-05', ZONE), continuedBy: 'cp-cps', reason: 'Version 5.0 of cp-cps took its place.' },
      { document: 'cps', withdrawn: midnight('2023-05-05', ZONE), continuedBy: 'cp-cps', reason: 'Version 5.0 of cp-cps took its place.' },
    ]);
  });

  test('the files left behind in v5.0 are reported, with the versions that only they name', () => {
    expect(adopted.report).toMatch(
      /tag v5\.0 .*After cp-cps took over on 2023-05-05 CP\.md is still there.* 3\.2 \(2021-12-22\), 3\.3 \(2022-05-06\), 3\.4 \(2023-03-10\)\./,
    );
    expect(adopted.report).toMatch(
      /tag v5\.0 .*After cp-cps took over on 2023-05-05 CPS\.md is still there.* 4\.2 \(2021-12-22\), 4\.3 \(2022-05-06\), 4\.4 \(2022-09-28\), 4\.5 \(2023-03-10\)\./,
    );
  });

  test.each([
    ['2014-01-01', 'before-first', 'before-first', 'before-first'],
    ['2018-02-03', '2.0', '2.0', 'before-first'],
    ['2019-01-01', '2.2', '2.5', 'before-first'],
    ['2020-07-01', '2.4', '2.8, text not held', 'before-first'],
    ['2022-06-01', '3.1', '4.1', 'before-first'],
    ['2024-08-01', 'withdrawn', 'withdrawn', '5.3'],
  ])('in force on %s: CP %s, CPS %s, combined %s', (day, cp, cps, combined) => {
    const answers = ['cp', 'cps', 'cp-cps'].map((document) => {
      const { version, reason } = inForce(adopted.register, document, midnight(day, ZONE));
      return version ? `${version.entry.version}${Object.keys(version.entry.files).length > 0 ? '' : ', text not held'}` : reason?.kind;
    });
    expect(answers).toEqual([cp, cps, combined]);
  });

  test('on 2018-02-03 CPS 2.1 was published and not yet in force', () => {
    expect(inForce(adopted.register, 'cps', midnight('2018-02-03', ZONE)).next).toMatchObject({
      entry: { version: '2.1' },
      from: midnight('2018-02-06', ZONE),
    });
  });

  test('intervals leave no gap and no overlap', () => expectIntervals(adopted.register));

  test('one document at a time gives the same versions', async () => {
    const one = await adopt(letsencrypt.path, site, '--document', 'cps', '--file', 'CPS.md', '--tags', 'CPS-v{version}', '--tags', 'CP-v*_CPS-v{version}');
    expect(versions(one.register, 'cps').map(({ version, effective, files }) => [version, effective, files])).toEqual(
      versions(adopted.register, 'cps').map(({ version, effective, files }) => [version, effective, files]),
    );
    await one.repository.remove();
  });

  test('a file of dates brings in what only a file left behind names', async () => {
    const configured = configuration.replace("'CP_*_CPS_{version}'], continuedBy", "'CP_*_CPS_{version}'], dates: cps-dates.yaml, continuedBy");
    const repository = await cloneRepository(letsencrypt.path);
    await repository.write({ 'cartulary.yaml': configured, 'cps-dates.yaml': '"4.2": 2021-12-22\n"4.3": 2022-05-06\n"4.4": 2022-09-28\n"4.5": 2023-03-10\n' });
    const io = { out: () => undefined, err: () => undefined, color: false, now: '2026-11-23T10:00:00Z' as Instant, folder: repository.folder };
    expect(await main(['adopt'], io)).toBe(0);
    const { register } = readRegister(await readFile(`${repository.folder}/policies/register.yaml`, 'utf8'));
    expect(inForce(register, 'cps', midnight('2022-06-01', ZONE)).version?.entry).toMatchObject({ version: '4.3', files: {} });
    await repository.remove();
  });
});

const servercert = sharedFile('corpora/servercert.bundle');
describe.skipIf(servercert.absent)(`CA/Browser Forum${servercert.reason}`, () => {
  const configuration = `name: CA/Browser Forum
site: https://repository.example.org
timeZone: UTC
documents:
  - id: br
    type: CP
    title: TLS Baseline Requirements
    file: docs/BR.md
    adopt: { tags: ['BRs/v{version}', 'BRs/{version}'] }
  - id: evg
    type: CP
    title: EV Guidelines
    file: docs/EVG.md
    adopt: { tags: ['EVGs/v{version}'], versionField: subtitle }
  - id: nsr
    type: CP
    title: Network Security Requirements
    file: docs/NSR.md
    adopt: { tags: ['NSRs/v{version}'] }
`;
  let adopted: Adopted;
  beforeAll(async () => {
    adopted = await adopt(servercert.path, configuration);
  });
  afterAll(() => adopted?.repository.remove());

  test('three documents come out of one repository, 2.1.6 among their versions', () => {
    const { register } = adopted;
    expect(held(register, 'br')).toEqual(
      '1.7.4 1.7.5 1.7.6 1.7.7 1.7.8 1.7.9 1.8.0 2.1.2 2.1.3 2.1.4 2.1.5 2.1.6 2.1.7 2.1.8 2.1.9 2.2.0 2.2.1 2.2.2 2.2.3 2.2.4 2.2.5 2.2.6'.split(' '),
    );
    expect(held(register, 'evg')).toEqual(['1.7.5', '1.7.6', '1.7.7', '1.7.8', '2.0.1', '2.0.2']);
    expect(held(register, 'nsr')).toEqual(['1.7']);
    expect(adopted.report).toContain('tag BRs/2.1.6   version 2.1.6');
  });

  test('what only the tables name is known by name, each version once', () => {
    const { register } = adopted;
    expect(byName(register, 'br')).toHaveLength(85);
    expect(byName(register, 'evg')).toHaveLength(39);
    expect(byName(register, 'nsr')).toEqual(['1.0', '1.1', '1.2', '1.3', '1.4', '1.5', '1.6']);
    for (const document of ['br', 'evg', 'nsr']) {
      const numbers = versions(register, document).map(({ version }) => version);
      expect(new Set(numbers).size).toBe(numbers.length);
      for (const number of numbers) expect(number).toMatch(/^\d+(\.\d+)+$/);
    }
  });

  test('EVG 2.0.1 and 2.0.2 come from commits, for they have no tag of their own', () => {
    expect(adopted.report).toMatch(/taken +commit [0-9a-f]{12} +version 2\.0\.1, published 2024-12-16 16:50 \(the commit\), effective 2024-05-06/);
    expect(adopted.report).toMatch(/taken +commit [0-9a-f]{12} +version 2\.0\.2, /);
  });

  test('without a version field, the texts that no tag of the document names are reported', async () => {
    const { repository, report } = await adopt(servercert.path, configuration.replace(', versionField: subtitle', ''));
    expect(report).toMatch(
      /note +tag BRs\/v2\.1\.2 and 13 more +It names no version of evg\. Its docs\/EVG\.md has a text that no version has\..* 1\.7\.9 \(2022-04-23\)/,
    );
    await repository.remove();
  });

  test('the row that a line end breaks in BR 2.1.6 gives its date', () => {
    const entry = versions(adopted.register, 'br').find(({ version }) => version === '2.1.6');
    expect(entry).toMatchObject({
      effective: '2025-07-21T00:00:00Z',
      note: 'Effective date from the revision table of its own text; publication date from the tagged commit (BRs/2.1.6).',
    });
  });

  test('tables that contradict each other are reported', () => {
    expect(adopted.report).toContain(
      'Effective 2025-12-15 by the revision table of version 2.2.6, but 2026-12-15 by the revision table of its own text, which counts.',
    );
  });

  test('dates that go backwards are reported and break no interval', () => {
    expect(adopted.report).toMatch(/version 2\.0\.1 +By these dates it never is in force: version 2\.0\.2 takes effect before it\./);
    expectIntervals(adopted.register);
    expect(inForce(adopted.register, 'br', midnight('2024-02-01', 'UTC')).version?.entry.version).toBe('2.0.2');
    expect(inForce(adopted.register, 'br', midnight('2025-06-30', 'UTC')).version?.entry.version).toBe('2.1.5');
  });
});

describe.skipIf(letsencrypt.absent || servercert.absent)(
  `every revision table cut out of its text has the rows that it has in it${letsencrypt.reason || servercert.reason}`,
  () => {
    test.each([
      [letsencrypt.path, ['CP.md', 'CPS.md', 'CP-CPS.md']],
      [servercert.path, ['docs/BR.md', 'docs/EVG.md', 'docs/NSR.md']],
    ])('%s', async (bundle, paths) => {
      const repository = await cloneRepository(bundle);
      const git = await openGit(repository.folder);
      const tags = (await git?.tags()) ?? [];
      const blobs = await git?.blobsAt(tags.flatMap(({ commit }) => paths.map((path) => ({ revision: commit, path }))));
      const texts = await git?.readBlobs(blobs?.values() ?? []);
      const rows = (text: string) =>
        readRevisionTable(readMarkdown(text, 'text.md').sections).map(({ version, printed, date }) => `${version} ${printed} ${date}`);
      for (const bytes of texts?.values() ?? []) {
        const text = Buffer.from(bytes).toString('utf8');
        expect(rows(cutRevisionTables(text))).toEqual(rows(text));
        expect(rows(text)).not.toEqual([]);
      }
      expect(texts?.size).toBeGreaterThan(28);
      await repository.remove();
    });
  },
);
