import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import type { Instant } from '../../src/model/time.ts';
import { readRegister } from '../../src/read/register.ts';
import { makeRepository, type TestRepository } from '../helpers/repository.ts';

const CONFIG = 'name: Example\nsite: https://repository.example.org\ntimeZone: Europe/Vienna\n';

let repository: TestRepository;
afterEach(() => repository.remove());

/** A repository with a CPS in two tagged versions and a third one that only a commit holds. */
async function makeProvider(documents = ''): Promise<void> {
  repository = await makeRepository();
  const text = (version: string) => `---\nversion: ${version}\n---\n\n# 1. INTRODUCTION\n\n${version}\n`;
  await repository.commit({ 'cartulary.yaml': CONFIG + documents, 'cps.md': text('1.0') }, '2020-01-01T10:00:00Z');
  await repository.tag('cps-1.0');
  await repository.commit({ 'cps.md': text('1.1') }, '2020-02-01T10:00:00Z');
  await repository.tag('cps-1.1');
  await repository.commit({ 'cps.md': text('1.2') }, '2020-03-01T10:00:00Z');
}

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
  const code = await main(['adopt', ...args], io);
  return { code, out: out.join('').replace(/commit [0-9a-f]{12}/g, 'commit <id>'), err: err.join('') };
}

const registerFile = () => `${repository.folder}/policies/register.yaml`;
const register = async () => readRegister(await readFile(registerFile(), 'utf8'));

describe('one document from the command line', () => {
  const options = ['--document', 'cps', '--file', 'cps.md', '--tags', 'cps-{version}'];

  test('writes the register and reports tag by tag', async () => {
    await makeProvider();
    const { code, out } = await run(...options, '--version-field', 'version');
    expect(code).toBe(0);
    expect(out).toMatchInlineSnapshot(`
      "cps (cps.md)
        taken      tag cps-1.0          version 1.0, published 2020-01-01 11:00 (the tagged commit), effective 2020-01-01 11:00 (the tagged commit)
        taken      tag cps-1.1          version 1.1, published 2020-02-01 11:00 (the tagged commit), effective 2020-02-01 11:00 (the tagged commit)
        left       commit <id>  it has the same bytes as tag cps-1.0, which holds version 1.0 already
        left       commit <id>  it has the same bytes as tag cps-1.1, which holds version 1.1 already
        taken      commit <id>  version 1.2, published 2020-03-01 11:00 (the commit), effective 2020-03-01 11:00 (the commit)

      cps: 3 with text, 0 known by name, 2 left
      Nothing says what cps is: declare its id, type, title and file under "documents" in cartulary.yaml.
      3 entries were written to policies/register.yaml. Read it, commit it, and run \`cartulary check\`.
      "
    `);
    const { register: written, observations } = await register();
    expect(observations).toEqual([]);
    expect(written.entries.map((entry) => entry.kind === 'version' && [entry.version, entry.effective, Object.keys(entry.files)])).toEqual([
      ['1.0', '2020-01-01T10:00:00Z', ['en']],
      ['1.1', '2020-02-01T10:00:00Z', ['en']],
      ['1.2', '2020-03-01T10:00:00Z', ['en']],
    ]);
    expect(existsSync(`${registerFile()}.new`)).toBe(false);
  });

  test('with --dry-run shows the entries and writes nothing', async () => {
    await makeProvider();
    const { code, out } = await run(...options, '--dry-run');
    expect(code).toBe(0);
    expect(out).toContain('2 entries would be written to policies/register.yaml:\n- document: cps\n  version: "1.0"\n');
    expect(existsSync(registerFile())).toBe(false);
  });

  test('adds only what is new when run again', async () => {
    await makeProvider();
    await run(...options);
    const before = await readFile(registerFile(), 'utf8');
    expect(await run(...options)).toMatchObject({ code: 0, out: expect.stringContaining('Nothing was written: there is no entry to add.') });
    expect(await readFile(registerFile(), 'utf8')).toBe(before);
    expect(await run(...options, '--version-field', 'version')).toMatchObject({ code: 0, out: expect.stringContaining('1 entry was written') });
    expect((await readFile(registerFile(), 'utf8')).startsWith(before.replace(/# last.*\n$/, ''))).toBe(true);
  });

  test('refuses to put a version before one that is registered', async () => {
    await makeProvider();
    await run('--document', 'cps', '--file', 'cps.md', '--tags', '*1.{version}');
    const before = await readFile(registerFile(), 'utf8');
    await repository.write({ 'dates.yaml': '"0.9": 2019-01-01\n' });
    const { code, out } = await run('--document', 'cps', '--file', 'cps.md', '--tags', '*1.{version}', '--dates', 'dates.yaml');
    expect(out).toContain('refused');
    expect(code).toBe(1);
    expect(await readFile(registerFile(), 'utf8')).toBe(before);
  });

  test('takes dates from a file, where a version is a text and not a number', async () => {
    await makeProvider();
    await repository.write({ 'dates.yaml': '1.0: 2020-01-10\n1.10: 2020-04-01\n' });
    await run(...options, '--dates', 'dates.yaml');
    const { register: written } = await register();
    expect(written.entries.map((entry) => entry.kind === 'version' && [entry.version, entry.effective, entry.note])).toEqual([
      ['1.0', '2020-01-09T23:00:00Z', 'Effective date from dates.yaml; publication date from the tagged commit (cps-1.0).'],
      ['1.1', '2020-02-01T10:00:00Z', 'Effective date from the tagged commit; publication date from the tagged commit (cps-1.1).'],
      ['1.10', '2020-03-31T22:00:00Z', 'Named by dates.yaml, from which both dates come; the text is not held.'],
    ]);
  });

  test('finds a document that exists only in older commits', async () => {
    await makeProvider();
    await repository.commit({ 'cps.md': undefined }, '2020-04-01T10:00:00Z');
    expect((await run(...options)).code).toBe(0);
    expect((await register()).register.entries).toHaveLength(2);
  });
});

describe('documents of cartulary.yaml', () => {
  const declared = (adopt: string) => `documents:\n  - { id: cps, type: CPS, title: CPS, file: cps.md, adopt: ${adopt} }\n`;

  test('are all adopted without options', async () => {
    await makeProvider(
      `${declared("{ tags: ['cps-{version}'], versionField: version, continuedBy: cp-cps }")}  - { id: cp-cps, type: CP-CPS, title: Both, file: cp-cps.md, adopt: { tags: ['v{version}'] } }\n`,
    );
    await repository.commit({ 'cp-cps.md': '# 1. Both\n' }, '2021-01-01T10:00:00Z');
    await repository.tag('v2.0');
    const { code, out } = await run();
    expect(out.split('\n').slice(-4)).toEqual([
      'cps: 3 with text, 0 known by name, 2 left, withdrawn in favour of cp-cps',
      'cp-cps: 1 with text, 0 known by name, 0 left',
      '5 entries were written to policies/register.yaml. Read it, commit it, and run `cartulary check`.',
      '',
    ]);
    expect(code).toBe(0);
    const { entries } = (await register()).register;
    expect(entries.map((entry) => `${entry.document} ${entry.kind === 'version' ? entry.version : entry.kind}`)).toEqual([
      'cps 1.0',
      'cps 1.1',
      'cps 1.2',
      'cp-cps 2.0',
      'cps withdrawal',
    ]);
  });

  test('give what the command line does not', async () => {
    await makeProvider(declared("{ tags: ['cps-{version}'] }"));
    expect((await run('--document', 'cps', '--version-field', 'version')).out).toContain('cps: 3 with text');
  });

  test('that say nothing of adopting are an error of use', async () => {
    await makeProvider('documents: [{ id: cps, type: CPS, title: CPS, file: cps.md }]\n');
    expect(await run()).toMatchObject({
      code: 2,
      err: expect.stringContaining('No document in cartulary.yaml has "adopt:". Add it, or name one document with --document and --file.'),
    });
  });
});

describe('what cannot run', () => {
  test.each([
    [['--tags', 'v{version}'], 'These options say how to find the versions of one document: name it with --document.'],
    [['--document', 'cps'], 'cartulary.yaml does not declare "cps": say with --file where its text is.'],
    [['--document', 'CPS!', '--file', 'cps.md'], '--document: expected lower-case letters, digits and single hyphens, such as "cps", not "CPS!".'],
    [['--document', 'cps', '--file', '../cps.md'], '--file: expected a path inside the repository, such as policies/cps.md, not "../cps.md".'],
    [
      ['--document', 'cps', '--file', 'cps.md', '--tags', 'v'],
      'the options: expected a tag pattern with {version} in it once, such as "CPS-v{version}" (tags.0).',
    ],
    [['--document', 'cps', '--file', 'cps.md', '--continued-by', 'cps'], 'The document "cps" cannot be continued by itself.'],
    [['--document', 'cps', '--file', 'cps.md', '--dates', 'dates.yaml'], 'There is no file of dates "dates.yaml".'],
    [['--everything'], "Unknown option '--everything'"],
  ])('%j', async (args, message) => {
    await makeProvider();
    const { code, out, err } = await run(...args);
    expect(err).toContain(message);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });

  test('a file of dates with an error names the line', async () => {
    await makeProvider();
    await repository.write({ 'dates.yaml': '"1.0": 2020-01-01\n"1.1": soon\n' });
    const { code, err } = await run('--document', 'cps', '--file', 'cps.md', '--dates', 'dates.yaml');
    expect(code).toBe(2);
    expect(err).toBe('dates.yaml:2:8: The value of "1.1" is not valid. Seen: soon. Expected: a date, YYYY-MM-DD, or an instant.\n');
  });

  test('nothing found is a refusal', async () => {
    await makeProvider();
    const { code, out } = await run('--document', 'cps', '--file', 'cps.md', '--tags', 'nothing-{version}');
    expect(code).toBe(1);
    expect(out).toContain('refused    cps          No tag, file or commit fits what was asked for.\n');
    expect(existsSync(registerFile())).toBe(false);
  });

  test('a repository without commits', async () => {
    repository = await makeRepository();
    await repository.write({ 'cartulary.yaml': CONFIG });
    const { code, err } = await run('--document', 'cps', '--file', 'cps.md');
    expect(code).toBe(2);
    expect(err).toBe('This repository has no commits, so there is nothing to adopt. Commit the texts first.\n');
  });

  test('a folder without configuration', async () => {
    repository = await makeRepository();
    const { code, err } = await run('--document', 'cps', '--file', 'cps.md');
    expect(code).toBe(2);
    expect(err).toContain('The repository has no configuration.');
  });

  test('a register that was altered is not appended to', async () => {
    await makeProvider();
    await run('--document', 'cps', '--file', 'cps.md', '--tags', 'cps-{version}');
    const text = await readFile(registerFile(), 'utf8');
    await repository.write({ 'policies/register.yaml': text.replace('2020-01-01T10:00:00Z', '2020-01-02T10:00:00Z') });
    const { code, err } = await run('--document', 'cps', '--file', 'cps.md');
    expect(code).toBe(2);
    expect(err).toContain('names an entry before it that is not there');
  });
});
