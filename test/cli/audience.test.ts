import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Io, main } from '../../src/cli/main.ts';
import type { Instant } from '../../src/model/time.ts';
import { DEFAULT_FILES } from '../helpers/example.ts';
import { makeRepository, type TestRepository } from '../helpers/repository.ts';

const ITEM = `- id: EV-REG-01
  title: Audit of cases
  kind: audit-report
  requirements: [411-1:REG-6.2.2-05]
  kept: Audit archive
  owner: System Auditor
  verified: 2025-09-11
  result: passed
  validFor: 12 months
`;
const RUN_OUT = 'The evidence EV-REG-01 (Audit of cases) has run out.';

let repository: TestRepository;
let outside: string;
beforeEach(async () => {
  repository = await makeRepository();
  await repository.commit({ ...DEFAULT_FILES, 'content/evidence/registration.yaml': ITEM }, '2026-01-01T10:00:00Z');
  outside = await mkdtemp(join(tmpdir(), 'cartulary-evidence-'));
});
afterEach(async () => {
  await repository.remove();
  await rm(outside, { recursive: true, force: true });
});

async function run(...args: string[]) {
  const [out, err]: string[][] = [[], []];
  const io: Io = {
    out: (text) => void out?.push(text),
    err: (text) => void err?.push(text),
    color: false,
    now: '2026-11-23T10:00:00Z' as Instant,
    folder: repository.folder,
  };
  const code = await main(args, io);
  return { code, out: out?.join('') ?? '', err: err?.join('') ?? '' };
}
async function tell(...args: string[]) {
  const { code, out } = await run('check', '--format', 'json', ...args);
  return { code, messages: (JSON.parse(out) as { findings: { message: string }[] }).findings.map(({ message }) => message) };
}

test('a check is for the public unless somebody asks', async () => {
  expect(await tell()).toEqual({ code: 0, messages: [] });
  expect(await tell('--audience', 'public')).toEqual({ code: 0, messages: [] });
  expect(await tell('--audience', 'assessor')).toEqual({ code: 1, messages: [RUN_OUT] });
});

test('the folder of the evidence is taken from where the command was started', async () => {
  await writeFile(join(outside, 'index.yaml'), ITEM.replace('2025-09-11', '2026-09-11'));
  expect(await tell('--audience', 'assessor', '--evidence', outside)).toEqual({ code: 0, messages: [] });
  expect((await tell('--audience', 'assessor', '--evidence', 'nowhere')).messages).toEqual([
    'The folder of the evidence index holds no file that can be read.',
  ]);
});

test('neither site is built within the other', async () => {
  await repository.write({ 'pub/_headers': '', 'pub/notices.atom': '', 'open/inside/FOR-ASSESSORS-ONLY.txt': '' });
  expect(await run('build', '--audience', 'assessor', '--out', 'pub/for/assessors')).toMatchObject({
    code: 2,
    err: expect.stringMatching(/lies in the site .*pub: what assessors see must not get there/),
  });
  expect(await run('build', '--out', 'open')).toMatchObject({
    code: 2,
    err: expect.stringMatching(/inside is a site for assessors, within that for the public/),
  });
});

test.each([
  [['check', '--audience', 'friends'], 'There is no audience "friends"'],
  [['build', '--audience', 'friends'], 'There is no audience "friends"'],
  [['check', '--evidence', '../evidence'], 'The option --evidence needs --audience assessor'],
  [['build', '--evidence', '../evidence'], 'The option --evidence needs --audience assessor'],
  [['check', '--audience', 'assessor', '--evidence', ''], 'The option --evidence names nothing: name the folder of the evidence index.'],
  [['check', '--audience', 'assessor', '--evidence', '.'], 'The option --evidence names a folder that holds the whole repository'],
  [['check', '--audience', 'assessor', '--evidence', '..'], 'The option --evidence names a folder that holds the whole repository'],
  [['build', '--audience', 'assessor', '--evidence', 'nowhere'], 'nowhere, which --evidence names.'],
  [['bundle', '--from', '2025-01-01', '--to', '2025-12-31', '--audience', 'assessor', '--evidence', 'nowhere'], 'nowhere, which --evidence names.'],
  [['check', '--audience', 'assessor', '--write-baseline'], 'it holds nothing that only assessors see'],
  [['build', '--audience', 'assessor', '--out', 'dist'], 'The folder dist is that of the public site'],
])('%o is refused', async (args, reason) => {
  const { code, err } = await run(...args);
  expect(code).toBe(2);
  expect(err).toContain(reason);
  expect(await readdir(repository.folder)).not.toContain('dist');
});

test('a waiver for what only assessors see is used for them, and not called unused for the public', async () => {
  const config = (until: string) =>
    `${DEFAULT_FILES['cartulary.yaml']}waivers:\n  - { rule: evidence/evidence-fresh, reason: A new audit is planned., until: ${until} }\n`;
  await repository.write({ 'cartulary.yaml': config('2026-12-31') });
  expect(await tell('--audience', 'assessor')).toEqual({ code: 0, messages: [] });
  expect(await tell()).toEqual({ code: 0, messages: [] });
  await repository.write({ 'cartulary.yaml': config('2026-10-31') });
  expect((await tell()).messages).toEqual(['The waiver for evidence/evidence-fresh ended on 2026-10-31.']);
});

test('with --changed, the base is read for the same audience', async () => {
  await repository.git('branch', 'base');
  expect(await tell('--audience', 'assessor', '--base', 'base', '--changed')).toEqual({ code: 0, messages: [] });
});
