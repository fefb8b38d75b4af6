import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import type { Instant } from '../../src/model/time.ts';
import { appendEntries, type NewEntry, sha256 } from '../../src/read/register.ts';
import { makeRepository, type TestRepository } from '../helpers/repository.ts';
import { makeSkeleton, replaceFrontMatter, replaceSection } from '../helpers/skeleton.ts';

const CONFIG = 'name: Example\nsite: https://repository.example.org\ntimeZone: Europe/Vienna\nnoticePeriodDays: 14\nrootProgrammes: [mozilla]\n';
const CPS = 'policies/cps.md';

const first = replaceSection(
  makeSkeleton(),
  '6.3.2',
  '### 6.3.2 Certificate operational periods and key pair usage periods\n\nThe signer is used until 1 March 2026. It is replaced on 1 October 2026.\n',
);
const second = replaceFrontMatter(
  replaceSection(first, '6.3.2', '### 6.3.2 Certificate operational periods and key pair usage periods\n\nThe new signer is used until 15 December 2026.\n'),
  'version: "1.1"\napproved: { on: 2026-08-20, by: Policy Management Authority }\neffective: 2026-10-01',
);

let repository: TestRepository;
afterAll(() => repository.remove());

/** A CPS with two versions, the second of which was rescheduled, and an archive file. */
beforeAll(async () => {
  repository = await makeRepository();
  const entries: NewEntry[] = [];
  const versions = [
    { text: first, version: '1.0', published: '2026-01-15T09:00:00Z', effective: '2026-01-31T23:00:00Z' },
    { text: second, version: '1.1', published: '2026-09-01T09:00:00Z', effective: '2026-09-30T22:00:00Z' },
  ];
  for (const { text, version, published, effective } of versions) {
    await repository.commit({ 'cartulary.yaml': CONFIG, [CPS]: text }, published);
    const blob = (await repository.git('rev-parse', `HEAD:${CPS}`)).trim();
    const files = { en: { path: CPS, blob, sha256: sha256(Buffer.from(text)) } };
    entries.push({ document: 'cps', version, published, effective, files } as NewEntry);
  }
  const paper = Buffer.from('%PDF-1.7 until 1 May 2027');
  const archived = { en: { path: 'policies/archive/terms-1.0.pdf', sha256: sha256(paper) } };
  const moved = { document: 'cps', version: '1.1', published: '2026-09-20T09:00:00Z', rescheduled: '2026-10-31T23:00:00Z', reason: 'Later.' };
  const terms = { document: 'terms', version: '1.0', published: '2026-09-25T09:00:00Z', effective: '2026-11-30T23:00:00Z', files: archived };
  const register = appendEntries('', [...entries, moved as NewEntry, terms as NewEntry]).text;
  await repository.commit({ 'policies/register.yaml': register, 'policies/archive/terms-1.0.pdf': paper }, '2026-09-25T09:00:00Z');
});

async function run(now: string, ...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const io = {
    out: (text: string) => void out.push(text),
    err: (text: string) => void err.push(text),
    color: false,
    now: now as Instant,
    folder: repository.folder,
  };
  const code = await main(['deadlines', ...args], io);
  return { code, out: out.join(''), err: err.join('') };
}

const NOW = '2026-10-20T10:00:00Z';

describe('what is due', () => {
  test('comes nearest first, with the days that are left', async () => {
    const { code, out } = await run(NOW);
    expect(out).toMatchInlineSnapshot(`
      "On 2026-10-20 (Europe/Vienna):
        2026-11-01  in 12 days   cps 1.1 takes effect
        2026-11-08  in 19 days   cps 1.1 should be in the CCADB
        2026-11-15  in 26 days   cps 1.1 must be in the CCADB
        2026-12-01  in 42 days   terms 1.0 takes effect
        2026-12-15  in 56 days   cps 1.1 names this day in section 6.3.2
                                 “The new signer is used until 15 December 2026.”
        2027-08-02  in 286 days  cps: the yearly review begins (last version 1.1)
        2027-09-01  in 316 days  cps: a new version is due (last version 1.1)
      "
    `);
    expect(code).toBe(0);
  });

  test('with --days is what falls within so many', async () => {
    expect((await run(NOW, '--days', '12')).out).toMatchInlineSnapshot(`
      "On 2026-10-20 (Europe/Vienna):
        2026-11-01  in 12 days  cps 1.1 takes effect
      "
    `);
    expect((await run(NOW, '--days', '2')).out).toContain('  Nothing is due.\n');
  });

  test('with --all is followed by what is past, the latest first', async () => {
    const { out } = await run(NOW, '--days', '2', '--all');
    expect(out).toMatchInlineSnapshot(`
      "On 2026-10-20 (Europe/Vienna):
        Nothing is due.
      Past:
        2026-10-01  19 days ago   cps 1.0 names this day in section 6.3.2
                                  “It is replaced on 1 October 2026.”
        2026-09-15  35 days ago   cps 1.1: the notice period ends
        2026-03-01  233 days ago  cps 1.0 names this day in section 6.3.2
                                  “The signer is used until 1 March 2026.”
        2026-02-15  247 days ago  cps 1.0 must be in the CCADB
        2026-02-08  254 days ago  cps 1.0 should be in the CCADB
        2026-02-01  261 days ago  cps 1.0 takes effect
      "
    `);
  });

  test('with --at is counted from another day, in the time zone', async () => {
    expect((await run(NOW, '--at', '2026-11-01', '--days', '0')).out).toBe('On 2026-11-01 (Europe/Vienna):\n  2026-11-01  today  cps 1.1 takes effect\n');
  });

  test('with --json has all that there is to say', async () => {
    const { out } = await run(NOW, '--days', '60', '--json');
    const rows = JSON.parse(out) as Record<string, unknown>[];
    expect(rows.map(({ kind, daysLeft }) => [kind, daysLeft])).toEqual([
      ['effective', 12],
      ['root-programme-update', 19],
      ['root-programme-limit', 26],
      ['effective', 42],
      ['stated-date', 56],
    ]);
    expect(rows.at(-1)).toMatchInlineSnapshot(`
      {
        "advice": "See whether what the text says of that day is done, and whether a new version has to say what holds from then on.",
        "at": "2026-12-14T23:00:00Z",
        "date": "2026-12-15",
        "daysLeft": 56,
        "document": "cps",
        "explanation": "cps 1.1 names 2026-12-15 in section 6.3.2, in 56 days: “The new signer is used until 15 December 2026.”",
        "kind": "stated-date",
        "overdue": false,
        "section": {
          "anchor": "6.3.2",
          "number": "6.3.2",
          "title": "Certificate operational periods and key pair usage periods",
        },
        "since": "2026-09-01T09:00:00Z",
        "url": "https://repository.example.org/cps/1.1/#6.3.2",
        "version": "1.1",
        "words": "The new signer is used until 15 December 2026.",
      }
    `);
  });
});

test('a review that was missed is due until there is a new version, and gives exit code 1', async () => {
  expect(await run('2027-09-01T10:00:00Z')).toMatchObject({ code: 0 });
  const { code, out } = await run('2027-09-02T10:00:00Z', '--days', '0');
  expect(out).toBe('On 2027-09-02 (Europe/Vienna):\n  2027-09-01  yesterday  cps: a new version is due (last version 1.1): overdue\n');
  expect(code).toBe(1);
});

test('what ended without its last review is not due any more', async () => {
  const path = join(repository.folder, 'policies/register.yaml');
  const before = await readFile(path, 'utf8');
  const withdrawal = { document: 'cps', withdrawn: '2027-12-01T22:00:00Z', published: '2026-10-01T09:00:00Z', reason: 'The service ended.' } as NewEntry;
  await writeFile(path, appendEntries(before, [withdrawal]).text);
  try {
    expect((await run('2027-10-01T10:00:00Z')).code).toBe(1);
    const { code, out } = await run('2028-01-01T10:00:00Z');
    expect(code).toBe(0);
    expect(out).not.toContain('overdue');
  } finally {
    await writeFile(path, before);
  }
});

test('arguments that mean nothing are refused', async () => {
  expect(await run(NOW, '--days', 'ten')).toMatchObject({ code: 2, err: expect.stringContaining('"ten" is not a number of days.') });
  expect(await run(NOW, '--at', 'soon')).toMatchObject({ code: 2, err: expect.stringContaining('"soon" is neither a date nor an instant.') });
  expect(await run(NOW, 'cps')).toMatchObject({ code: 2 });
});

test('a register that cannot be trusted gives no answer', async () => {
  const broken = await makeRepository();
  try {
    await broken.commit({ 'cartulary.yaml': CONFIG, 'policies/register.yaml': '- document: cps\n' }, '2026-01-01T10:00:00Z');
    const err: string[] = [];
    const io = { out: () => undefined, err: (text: string) => void err.push(text), color: false, now: NOW as Instant, folder: broken.folder };
    expect(await main(['deadlines'], io)).toBe(2);
    expect(err.join('')).toContain('The register cannot be trusted as it is');
  } finally {
    await broken.remove();
  }
});
