import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import type { Instant } from '../../src/model/time.ts';
import { makeRepository, type TestRepository } from '../helpers/repository.ts';
import { makeSkeleton, replaceFrontMatter } from '../helpers/skeleton.ts';

const FILE = 'content/precedence.yaml';

const row = (version: string, effective: string, ballot = 'SC1', subject = 'A change') => `| ${version} | ${ballot} | ${subject} | 2025-01-10 | ${effective} |`;

const document = (...rows: string[]) =>
  `---\ntitle: Baseline Requirements for TLS\n---\n\n# 1.2.1 Revisions\n\n| **Ver.** | **Ballot** | **Description** | **Adopted** | **Effective\\*** |\n|-|-|-|-|-|\n${rows.join('\n')}\n\n## 1.3 Others\n`;

const TABLE = document(
  row('2.1.1', '2025-02-01'),
  row('--', '2025-02-15'),
  row('2.1.2', '2025-03-01', 'SC80', 'Look-ups: "WHOIS"'),
  row('2.1.3', '2025-04-01', 'SC81', 'One'),
  row('2.1.3', '2025-04-01', 'SC82', 'Two,'),
  row('2.1.4', '2026-06-01'),
);

let repository: TestRepository;
beforeEach(async () => {
  repository = await makeRepository();
  await repository.write({
    'cartulary.yaml': 'name: Example Trust Services\nsite: https://repository.example.org\ntimeZone: Europe/Vienna\n',
    'policies/cps.md': replaceFrontMatter(makeSkeleton(), 'effective: 2025-03-15\npolicies:\n  - { oid: 1.2.3, name: Websites, conformsTo: QNCP-w }'),
    'BR.md': TABLE,
  });
});
afterEach(() => repository.remove());

async function run(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const io = {
    out: (text: string) => void out.push(text),
    err: (text: string) => void err.push(text),
    color: false,
    now: '2026-11-23T00:00:00Z' as Instant,
    folder: repository.folder,
  };
  const code = await main(['precedence', ...args], io);
  return { code, out: out.join(''), err: err.join('') };
}
const read = () => readFile(join(repository.folder, FILE), 'utf8');

test('a new file begins with the version in effect when the first policy for websites came into force', async () => {
  const { code, out } = await run('import', 'BR.md');
  expect(code).toBe(0);
  expect(out).toMatchInlineSnapshot(`
    "Baseline Requirements 2.1.2, effective 2025-03-01: SC80 Look-ups: "WHOIS"
    Baseline Requirements 2.1.3, effective 2025-04-01: SC81 SC82 One; Two
    Baseline Requirements 2.1.4, effective 2026-06-01: SC1 A change
    3 versions were added to content/precedence.yaml, 0 were there.
    Assess each before its effective date: impact, summary, on, by, steps.
    "
  `);
  expect(await read()).toMatchInlineSnapshot(`
    "# Versions of outside rules, and our assessment of each: docs/guide/precedence.md of Cartulary.
    - rules: baseline-requirements
      version: "2.1.2"
      ballots: [SC80]
      subject: "Look-ups: \\"WHOIS\\""
      adopted: 2025-01-10
      effective: 2025-03-01
    - rules: baseline-requirements
      version: "2.1.3"
      ballots: [SC81, SC82]
      subject: "One; Two"
      adopted: 2025-01-10
      effective: 2025-04-01
    - rules: baseline-requirements
      version: "2.1.4"
      ballots: [SC1]
      subject: A change
      adopted: 2025-01-10
      effective: 2026-06-01
    "
  `);
  expect((await run('import', 'BR.md')).out).toBe('0 versions were added to content/precedence.yaml, 3 were there.\n');
});

describe('a file that is there', () => {
  const KNOWN = `# Ours.

# The first.
- rules: baseline-requirements
  version: "2.1.2"
  effective: 2025-03-02 # as we read it
  assessment: { impact: none, summary: Nothing., on: 2025-02-01, by: PMA }
  # It was discussed twice.

# Of the guidelines.
- rules: ev-guidelines
  version: "2.0.1"
  effective: 2024-05-06
# The end.
`;

  test('keeps every line, and gets what is new in its place', async () => {
    await repository.write({ [FILE]: KNOWN });
    const { code, out } = await run('import', 'BR.md');
    expect(code).toBe(0);
    expect(out).toContain('2 versions were added to content/precedence.yaml, 1 was there.');
    expect(out).toContain('  2.1.2: no day and 2025-03-02; in the table 2025-01-10 and 2025-03-01');
    const text = await read();
    const added = text.split('\n').filter((line) => !KNOWN.split('\n').includes(line));
    expect(added).toEqual([
      '  version: "2.1.3"',
      '  ballots: [SC81, SC82]',
      '  subject: "One; Two"',
      '  adopted: 2025-01-10',
      '  effective: 2025-04-01',
      '  version: "2.1.4"',
      '  ballots: [SC1]',
      '  subject: A change',
      '  adopted: 2025-01-10',
      '  effective: 2026-06-01',
    ]);
    expect(text.replace(/\n- rules: baseline-requirements\n {2}version: "2.1.[34]"\n(?: {2}.*\n)+/g, '')).toBe(KNOWN);
    expect(text.indexOf('# It was discussed twice.')).toBeLessThan(text.indexOf('"2.1.3"'));
    expect(text.indexOf('"2.1.4"')).toBeLessThan(text.indexOf('# Of the guidelines.'));
  });

  test('with --all gets the older ones too, before the first', async () => {
    await repository.write({ [FILE]: KNOWN });
    expect((await run('import', 'BR.md', '--all')).code).toBe(0);
    expect([...(await read()).matchAll(/version: "(.+)"/g)].map(([, version]) => version)).toEqual(['2.1.1', '2.1.2', '2.1.3', '2.1.4', '2.0.1']);
  });

  test('is not touched with --dry-run, and keeps its line ends', async () => {
    await repository.write({ [FILE]: KNOWN.replaceAll('\n', '\r\n') });
    expect((await run('import', 'BR.md', '--dry-run')).out).toContain('2 versions would be added');
    expect(await read()).toBe(KNOWN.replaceAll('\n', '\r\n'));
    expect((await run('import', 'BR.md')).code).toBe(0);
    expect((await read()).replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  test.each([
    ['is not valid', '- rules: baseline-requirements\n  version: 2\n', 'content/precedence.yaml:2'],
    ['has its entries in one line', '[{ rules: baseline-requirements, version: "2.1.2", effective: 2025-03-01 }]\n', 'nothing can be put between them safely'],
  ])('is refused where it %s', async (_, text, reason) => {
    await repository.write({ [FILE]: text });
    const { code, err } = await run('import', 'BR.md');
    expect(code).toBe(1);
    expect(err).toContain(reason);
    expect(await read()).toBe(text);
  });
});

test.each([
  ['the EV Guidelines', 'Guidelines for Extended Validation Certificates', 'ev-guidelines'],
  ['the Baseline Requirements', 'Baseline Requirements for TLS', 'baseline-requirements'],
])('%s are told by their title', async (_, title, rules) => {
  await repository.write({ 'BR.md': TABLE.replace('Baseline Requirements for TLS', title) });
  expect((await run('import', 'BR.md')).code).toBe(0);
  expect(await read()).toContain(`- rules: ${rules}\n`);
});

test.each([
  [['import', 'NSR.md'], 2, 'There is no file NSR.md.'],
  [['import', 'SMC.md'], 2, 'does not say whose rules it has'],
  [['import', 'SMC.md', '--rules', 'mozilla'], 2, 'There are no rules "mozilla"'],
  [['import', 'none.md'], 1, 'no table of revisions'],
  [['export', 'BR.md'], 2, 'import, not "export"'],
  [['import'], 2, 'Name one file'],
])('%j is refused', async (args, code, reason) => {
  await repository.write({
    'SMC.md': TABLE.replace('for TLS', 'for S/MIME'),
    'none.md': '---\ntitle: Baseline Requirements\n---\n\n# 1\n\nNothing.\n',
  });
  const result = await run(...args);
  expect(result.code).toBe(code);
  expect(result.err).toContain(reason);
  await expect(read()).rejects.toThrow();
});

test('rows whose effective date is not one day are named', async () => {
  await repository.write({ 'BR.md': document(row('2.1.1', '1-Feb-13 1-Aug-13'), row('2.1.2', '2025-03-01')) });
  const { out } = await run('import', 'BR.md', '--all');
  expect(out).toContain('1 version was added');
  expect(out).toContain('  line 9: The effective date "1-Feb-13 1-Aug-13" is not one day.');
});
