import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import type { Instant } from '../../src/model/time.ts';
import { appendEntries, type NewEntry, sha256 } from '../../src/read/register.ts';
import { makeRepository, type TestRepository } from '../helpers/repository.ts';

const CONFIG = 'name: Example\nsite: https://repository.example.org\ntimeZone: Europe/Vienna\nlanguages: [en, de]\n';

/** A text with front matter. */
const text = (document: string, version: string, body: string, language = 'en', more = '') =>
  `---\ndocument: ${document}\ntype: CPS\ntitle: Practice\nlanguage: ${language}\nversion: "${version}"\nstatus: draft\neffective: 2026-01-01\n${more}---\n\n${body}`;
const cps = (hours: number) =>
  `# 4 Operation\n\nThe CA revokes within ${hours} hours.\n\n## 4.1 Sizes\n\n| Key | Size |\n| --- | --- |\n| RSA | ${hours * 100} |\n\n## 4.2 Fees\n\nNo stipulation.\n`;
const PDS_DE = '# 1 Zweck\n\nDiese Erklärung gilt.\n';

let repository: TestRepository;

/** A CPS: 0.9 as a PDF, 1.0 by name only, 1.1 and 1.2 with text, 1.3 to come; a PDS in two languages; a CP that never was in force. */
beforeAll(async () => {
  repository = await makeRepository();
  const entries: NewEntry[] = [];
  const register = async (document: string, version: string, effective: string, files: Record<string, string>) => {
    const held: Record<string, { path: string; blob?: string; sha256: string }> = {};
    for (const [language, content] of Object.entries(files)) {
      const path = content.startsWith('%PDF') ? `policies/archive/${document}-${version}.pdf` : `policies/${document}.${language}.md`;
      await repository.commit({ [path]: content }, `${effective}T10:00:00Z`);
      const blob = (await repository.git('rev-parse', `HEAD:${path}`)).trim();
      held[language] = { path, sha256: sha256(content), ...(!content.startsWith('%PDF') && { blob }) };
    }
    entries.push({
      document,
      version,
      published: `${effective}T10:00:00Z` as Instant,
      effective: `${effective}T23:00:00Z` as Instant,
      files: held,
    } as NewEntry);
  };
  await register('cps', '0.9', '2019-01-01', { en: '%PDF-1.7\n' });
  await register('cps', '1.0', '2020-01-01', {});
  await register('cps', '1.1', '2021-01-01', { en: text('cps', '1.1', cps(48)) });
  await register('pds', '1.0', '2021-02-01', { en: text('pds', '1.0', '# 1 Purpose\n\nThis statement holds.\n'), de: text('pds', '1.0', PDS_DE, 'de') });
  await register('cps', '1.2', '2022-01-01', { en: text('cps', '1.2', cps(24)) });
  await register('cps', '1.3', '2027-01-01', { en: text('cps', '1.3', cps(12)) });
  await repository.commit({ 'cartulary.yaml': CONFIG, 'policies/register.yaml': appendEntries('', entries).text }, '2022-02-01T10:00:00Z');
});
afterAll(() => repository.remove());
beforeEach(async () => void (await repository.git('checkout', '--quiet', '.')));

async function run(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const io = {
    out: (text: string) => void out.push(text),
    err: (text: string) => void err.push(text),
    color: false,
    now: '2026-11-23T10:00:00Z' as Instant,
    folder: repository.folder,
  };
  const code = await main(['diff', ...args], io);
  return { code, out: out.join(''), err: err.join('') };
}

const titles = (out: string) => out.split('\n').filter((_, index, lines) => lines[index + 1]?.startsWith('===') === true);

test('texts that include profiles are compared with what each version states, and the work tree with its own', async () => {
  const seal = (days: number) => `title: Seals\nsection: "4"\nrows:\n  - { id: validity, field: validity, value: { atMost: ${days} } }\n`;
  const cp = text('cp', '1.0', '# 4 Operation\n\n<!-- profile seal -->\n');
  await repository.commit({ 'policies/cp.en.md': cp, 'content/profiles/seal.yaml': seal(1095) }, '2022-03-01T10:00:00Z');
  const register = await readFile(join(repository.folder, 'policies/register.yaml'), 'utf8');
  const hold = async (path: string, content: string) => ({ path, blob: (await repository.git('rev-parse', `HEAD:${path}`)).trim(), sha256: sha256(content) });
  const entry = {
    document: 'cp',
    version: '1.0',
    published: '2022-03-01T10:00:00Z' as Instant,
    effective: '2022-03-01T10:00:00Z' as Instant,
    files: { en: await hold('policies/cp.en.md', cp) },
    profiles: { seal: await hold('content/profiles/seal.yaml', seal(1095)) },
  };
  await repository.write({ 'policies/register.yaml': appendEntries(register, [entry]).text });
  try {
    expect((await run('--document', 'cp')).out).toContain('have the same text, byte for byte, and include the same profiles.');
    await repository.write({ 'content/profiles/seal.yaml': seal(730) });
    const { out } = await run('--document', 'cp');
    expect(titles(out)).toEqual(['cp (en): version 1.0 → work tree (version 1.0)']);
    expect(out).toContain('at most [-1095-]{+730+}');
  } finally {
    await repository.git('checkout', '--quiet', '.');
    await repository.commit({ 'policies/cp.en.md': undefined, 'content/profiles/seal.yaml': undefined }, '2022-03-02T10:00:00Z');
  }
});

describe('what is compared', () => {
  test('by default every text of the work tree that differs from the version in force', async () => {
    await repository.write({ 'policies/pds.de.md': text('pds', '1.1', PDS_DE.replace('gilt', 'gilt immer'), 'de') });
    const { code, out, err } = await run();
    expect(titles(out)).toEqual(['cps (en): version 1.2 → work tree (version 1.3)', 'pds (de): version 1.0 → work tree (version 1.1)']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });

  test.each([
    [['--document', 'cps'], ['cps (en): version 1.2 → work tree (version 1.3)']],
    [['--at', '2021-06-01', '--document', 'cps'], ['cps (en): version 1.1 → work tree (version 1.3)']],
    [['1.1'], ['cps (en): version 1.1 → work tree (version 1.3)']],
    [['1.1', 'work'], ['cps (en): version 1.1 → work tree (version 1.3)']],
    [['work', '1.1'], ['cps (en): work tree (version 1.3) → version 1.1']],
    [['1.1', '1.2'], ['cps (en): version 1.1 → version 1.2']],
    [['1.2', '1.1'], ['cps (en): version 1.2 → version 1.1']],
    [['1.1', '1.2', '--section', '4'], ['cps (en), 4: version 1.1 → version 1.2']],
  ])('%j', async (args, expected) => {
    const { code, out } = await run(...args);
    expect(titles(out)).toEqual(expected);
    expect(code).toBe(0);
  });

  test('texts with the same bytes are told, where nothing differs', async () => {
    expect(await run('1.3')).toEqual({ code: 0, err: '', out: 'cps (en): version 1.3 and the work tree have the same text, byte for byte.\n' });
    expect((await run('1.0', '--document', 'pds', '--language', 'de')).out).toBe(
      'pds (de): version 1.0 and the work tree have the same text, byte for byte.\n',
    );
  });

  test('a text that was altered under its number, for this is how one sees it', async () => {
    await repository.write({ 'policies/cps.en.md': text('cps', '1.2', cps(23)) });
    expect((await run()).out).toContain('within [-24-]{+23+} hours');
  });

  test('a text with the line ends of another system, by its words', async () => {
    await repository.write({ 'policies/cps.en.md': text('cps', '1.3', cps(12)).replaceAll('\n', '\r\n') });
    expect((await run('1.3')).out).toBe('cps (en): version 1.3 and the work tree have the same text, byte for byte.\n');
    await repository.write({ 'policies/cps.en.md': text('cps', '1.3', cps(11)).replaceAll('\n', '\r\n') });
    expect((await run('1.3')).out).toContain('within [-12-]{+11+} hours');
  });

  test('a document of which nothing is published has a text that is all new', async () => {
    await repository.write({ 'policies/cp.en.md': text('cp', '0.1', '# 1 Introduction\n\nText.\n') });
    const alone = await run('--document', 'cp');
    expect(alone).toEqual({ code: 0, err: '', out: 'cp: nothing of it is published; the whole text of the work tree is new.\n' });
    expect((await run()).out).toMatch(/within[\s\S]*\n\ncp: nothing of it is published/);
    await repository.write({ 'policies/cp.en.md': undefined });
  });
});

describe('what it prints', () => {
  test('text, by default', async () => {
    expect((await run('1.1', '1.2')).out).toMatchInlineSnapshot(`
      "cps (en): version 1.1 → version 1.2
      ===================================

      Material change, going by what differs between the two texts.

      - number: 48 → 24 (in 4 Operation)
      - value in a table: 4800 → 2400 (in 4.1 Sizes)

      Changed sections
      ----------------

      2 sections differ, in 2 places: 2 words were added, 2 removed.

      - 4 Operation: reworded
      - 4.1 Sizes: reworded

      ## 4 Operation: reworded

        The CA revokes within [-48-]{+24+} hours.

      ## 4.1 Sizes: reworded

        Key | Size
        RSA | [-4800-]{+2400+}
      "
    `);
  });

  test('one section, without what is a matter of the whole', async () => {
    expect((await run('1.1', '1.2', '--section', '4.1')).out).toMatchInlineSnapshot(`
      "cps (en), 4.1: version 1.1 → version 1.2
      ========================================

      - value in a table: 4800 → 2400 (in 4.1 Sizes)

      Changed sections
      ----------------

      1 section differs, in 1 place: 1 word was added, 1 removed.

      - 4.1 Sizes: reworded

      ## 4.1 Sizes: reworded

        Key | Size
        RSA | [-4800-]{+2400+}
      "
    `);
  });

  test('the significance that the author sets, with the reason', async () => {
    const more = 'significance: { kind: minor, reason: The hours were a misprint. }\n';
    await repository.write({ 'policies/cps.en.md': text('cps', '1.3', cps(12), 'en', more) });
    expect((await run('--document', 'cps')).out.replace(/\n/g, ' ')).toContain(
      'Minor change, as the authors of the text declare. Their reason: “The hours were a misprint.”',
    );
  });

  test('Markdown for a pull request', async () => {
    const { out } = await run('1.1', '1.2', '--format', 'markdown');
    expect(out).toContain('## cps (en): version 1.1 → version 1.2\n');
    expect(out).toContain('<p>The CA revokes within <del>48</del><ins>24</ins> hours.</p>');
  });

  test('Markdown tells what could not be compared', async () => {
    expect((await run('0.9', '1.2', '--format', 'markdown')).out).toMatch(
      /^cps \(en\): the text of version 0\.9 is kept as a file, policies\/archive\/cps-0\.9\.pdf/,
    );
  });

  test('JSON with all that was found, under names that stay', async () => {
    const { out } = await run('1.1', 'work', '--format', 'json');
    const { comparisons, ...told } = JSON.parse(out);
    const [first] = comparisons;
    expect({ ...told, count: comparisons.length }).toEqual({ same: [], unpublished: [], refused: [], count: 1 });
    expect(Object.keys(first).sort()).toEqual([
      'after',
      'before',
      'comparison',
      'declarations',
      'document',
      'language',
      'reasons',
      'section',
      'sections',
      'significance',
    ]);
    expect(first.before).toEqual({ source: 'register', version: '1.1', path: 'policies/cps.en.md', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(first.after).toMatchObject({ source: 'work', version: '1.3' });
    expect(first.sections.map(({ after, traits }: { after: { number: string }[]; traits: string[] }) => [after[0]?.number, traits])).toEqual([
      ['4', ['reworded']],
      ['4.1', ['reworded']],
    ]);
    expect(first.comparison.sections).toHaveLength(3);
    expect(first.section).toBeNull();
    expect(first.significance).toEqual({ kind: 'material', set: null, proposed: 'material' });
  });

  test('HTML as one file that needs nothing else', async () => {
    const { out } = await run('1.1', '1.2', '--format', 'html');
    expect(out).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(out).toMatch(/<del>(?:<span class="spoken">[^<]*<\/span>)?48\b/);
    expect(out).toMatch(/<ins>(?:<span class="spoken">[^<]*<\/span>)?24\b/);
    expect(out).not.toMatch(/<(?:script|link|img|iframe)\b|@import|url\(/);
    expect(out.match(/<h1[\s>]/g)).toHaveLength(1);
  });
});

describe('what cannot be compared is told, with exit code 1', () => {
  test.each([
    [['0.9', '1.2'], 'cps (en): the text of version 0.9 is kept as a file, policies/archive/cps-0.9.pdf, whose words cannot be compared.\n'],
    [['1.0', '1.2', '--document', 'cps'], 'cps: the text of version 1.0 is not held; it is known by its name only, so nothing can be compared with it.\n'],
    [
      ['1.1', '1.2', '--language', 'de'],
      'cps: version 1.1 has no text in the language "de", so nothing can be compared with it.\ncps: version 1.2 has no text in the language "de", so nothing can be compared with it.\n',
    ],
    [
      ['--at', '2018-01-01', '--document', 'cps'],
      'cps: none. Its first version was not yet in force. Name the version with which the work tree is to be compared.\n',
    ],
  ])('%j', async (args, err) => {
    expect(await run(...args)).toEqual({ code: 1, out: '', err });
  });

  test('a text that cannot be parsed', async () => {
    await repository.write({ 'policies/cps.en.md': text('cps', '1.4', `${'> '.repeat(2000)}deep\n`) });
    const { code, err } = await run('1.2');
    expect({ code, err }).toEqual({
      code: 1,
      err: 'cps (en): the text of the work tree, policies/cps.en.md, cannot be read as Markdown. Run `cartulary check` for the reason.\n',
    });
  });
});

describe('what cannot run', () => {
  test.each([
    [['1.1', '7.7'], 'No document has a version "1.1" and a version "7.7".'],
    [['7.7', '--document', 'cps'], 'cps has no version "7.7". It has: 0.9, 1.0, 1.1, 1.2, 1.3.'],
    [['1.1', '1.2', '1.3'], 'Two versions can be compared, not 3.'],
    [['work'], 'Name a version with which the work tree is to be compared.'],
    [['--document', 'tsps'], 'There is no document "tsps". There are: cps, pds.'],
    [['1.1', '1.2', '--section', '9.9'], 'Neither text has a section "9.9".'],
    [['--format', 'pdf'], 'There is no format "pdf". There are: text, markdown, html, json.'],
    [['--at', 'soon'], '"soon" is neither a date nor an instant.'],
    [['--everything'], "Unknown option '--everything'"],
  ])('%j', async (args, message) => {
    const { code, out, err } = await run(...args);
    expect(err).toContain(message);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });

  test('a register that was altered', async () => {
    const path = 'policies/register.yaml';
    const register = await repository.git('show', `HEAD:${path}`);
    await repository.write({ [path]: register.replace('2021-01-01T10:00:00Z', '2021-01-02T10:00:00Z') });
    const { code, out, err } = await run();
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('The register cannot be trusted as it is: run `cartulary check`.');
  });
});
