import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Io, main } from '../../src/cli/main.ts';
import type { Instant } from '../../src/model/time.ts';
import { DEFAULT_FILES } from '../helpers/example.ts';
import { junitErrors, sarifErrors } from '../helpers/report-schemas.ts';
import { makeRepository, type TestRepository } from '../helpers/repository.ts';
import { replaceFrontMatter, replaceSection } from '../helpers/skeleton.ts';

const TEXT = 'policies/cps.md';
const BASELINE = 'cartulary-baseline.yaml';
const clean = DEFAULT_FILES[TEXT] ?? '';
const heading = (number: string) => new RegExp(`^#+ ${number.replaceAll('.', '\\.')} .*$`, 'm').exec(clean)?.[0] ?? '';
/** The text with these sections left empty. */
const empty = (...numbers: string[]) => numbers.reduce((text, number) => replaceSection(text, number, heading(number)), clean);

let repository: TestRepository;
beforeEach(async () => {
  repository = await makeRepository();
  await repository.commit({ ...DEFAULT_FILES, [TEXT]: empty('4.9.1', '5.1.2') }, '2026-01-01T10:00:00Z');
  await repository.git('branch', 'base');
});
afterEach(() => repository.remove());

async function check(...args: string[]) {
  const [out, err, summary]: string[][] = [[], [], []];
  const io: Io = {
    out: (text) => void out?.push(text),
    err: (text) => void err?.push(text),
    color: false,
    now: '2026-11-23T10:00:00Z' as Instant,
    folder: repository.folder,
    github: { appendSummary: async (text) => void summary?.push(text), files: 'https://git.example.org/a/b/blob/c0ffee/' },
  };
  const code = await main(['check', ...args], io);
  return { code, out: out?.join('') ?? '', err: err?.join('') ?? '', summary: summary?.join('') ?? '' };
}

/** The messages that are told, and the last line. */
async function tell(...args: string[]) {
  const { code, out } = await check('--format', 'json', ...args);
  const { findings, baselined, elsewhere } = JSON.parse(out) as { findings: { message: string }[]; baselined: number; elsewhere: number };
  return { code, messages: findings.map(({ message }) => message), baselined, elsewhere };
}
const said = (numbers: string[], more: { baselined?: number; elsewhere?: number } = {}) => ({
  code: numbers.length > 0 ? 1 : 0,
  messages: numbers.map((number) => `Section ${number} is empty.`),
  baselined: 0,
  elsewhere: 0,
  ...more,
});

const readBaseline = () => readFile(join(repository.folder, BASELINE), 'utf8');
const edit = async (change: (text: string) => string, file = TEXT) => {
  const path = join(repository.folder, file);
  await writeFile(path, change(await readFile(path, 'utf8')));
};

describe('what could not run', () => {
  test.each([
    [['policies/cps.md'], '"policies/cps.md" is not a folder: name that of the repository'],
    [['nowhere'], '"nowhere" is not a folder'],
    [['.', 'dist'], 'check takes one folder'],
    [['--output', 'policies/cps.md'], '"policies/cps.md" is no place to write to: it is among the sources of the repository.'],
    [['--output', 'cartulary.yaml'], 'among the sources'],
    [['--output', '.'], 'it is a folder'],
  ])('check %j', async (args, message) => {
    const before = await readFile(join(repository.folder, TEXT), 'utf8');
    const { code, err } = await check(...args);
    expect(code).toBe(2);
    expect(err).toContain(message);
    expect(await readFile(join(repository.folder, TEXT), 'utf8')).toBe(before);
  });
});

describe('a baseline', () => {
  test('holds the findings of today: they are counted and not told', async () => {
    expect(await tell()).toEqual(said(['4.9.1', '5.1.2']));
    expect((await check('--write-baseline')).out).toBe('cartulary-baseline.yaml holds 2 findings, 2 of them new.\n');
    expect(await readBaseline()).toMatchInlineSnapshot(`
      "# Findings that \`cartulary check\` counts and does not tell, by rule and file. Old debt: it should only get shorter.
      # \`cartulary check --prune-baseline\` takes out what no longer occurs, \`--write-baseline\` writes the file anew.
      - rule: form/section-stated
        file: "policies/cps.md"
        findings:
          "6daa80a58ff80b3c": "Section 4.9.1 is empty."
          "8181ee57b41b2ec2": "Section 5.1.2 is empty."
      "
    `);
    expect(await tell()).toEqual(said([], { baselined: 2 }));
    expect((await check()).out).toMatch(/^\d+ rules ran and saw nothing, 2 in the baseline\. /);
  });

  test('still holds them when lines move, when a text gets CRLF line ends, and from another folder', async () => {
    await check('--write-baseline');
    await edit((text) => text.replace(/^(# 1)/m, 'One more paragraph.\n\n$1').replace('What holds for 4.1.1.', 'A line.\n\nAnother line.'));
    expect(await tell()).toEqual(said([], { baselined: 2 }));
    await edit((text) => text.replaceAll('\n', '\r\n'));
    expect(await tell()).toEqual(said([], { baselined: 2 }));
    expect((await check(`${repository.folder}/policies/..`)).code).toBe(0);
  });

  test('hides nothing new, in the same rule and file either', async () => {
    await check('--write-baseline');
    await edit(() => empty('4.9.1', '5.1.2', '5.1.3'));
    expect(await tell()).toEqual(said(['5.1.3'], { baselined: 2 }));
  });

  test('holds as many of the same findings as there were', async () => {
    const twice = `${empty('4.9.1')}\n${heading('4.9.1')}\n`;
    await repository.write({ [TEXT]: twice });
    const before = await tell();
    await check('--write-baseline');
    expect((await tell()).messages).toEqual([]);
    await repository.write({ [TEXT]: `${twice}\n${heading('4.9.1')}\n` });
    const after = await tell();
    expect(after.messages).not.toEqual([]);
    expect(after.baselined).toBe(before.messages.length);
  });

  test('tells what no longer occurs; pruned, it shrinks and takes nothing new', async () => {
    await check('--write-baseline');
    await edit(() => empty('5.1.2', '5.1.3'));
    const gone = 'The baseline holds a finding of form/section-stated in policies/cps.md that no longer occurs.';
    expect(await tell()).toEqual({ ...said(['5.1.3'], { baselined: 1 }), messages: [gone, 'Section 5.1.3 is empty.'] });
    expect((await check('--prune-baseline')).out).toBe('cartulary-baseline.yaml holds 1 finding, 0 of them new.\n');
    expect(await tell()).toEqual(said(['5.1.3'], { baselined: 1 }));
    await edit(() => clean);
    expect((await check('--prune-baseline')).out).toBe('There is nothing to hold, and no cartulary-baseline.yaml.\n');
    await expect(readBaseline()).rejects.toThrow('ENOENT');
    expect(await tell()).toEqual(said([]));
  });

  test('lets a text be registered in spite of the errors that it holds', async () => {
    const register = () =>
      main(['register', '--dry-run'], { out: () => {}, err: () => {}, color: false, now: '2026-01-20T10:00:00Z' as Instant, folder: repository.folder });
    expect(await register()).toBe(1);
    await check('--write-baseline');
    expect(await register()).toBe(0);
  });

  test('cannot hold what stops a build, even if somebody writes it there', async () => {
    await edit((text) => `${text}noticePeriodDay: 14\n`, 'cartulary.yaml');
    const { code, out } = await check('--write-baseline');
    expect(out).toBe('cartulary-baseline.yaml holds 2 findings, 2 of them new. 1 finding that stops a build cannot be held: run `cartulary check`.\n');
    expect(code).toBe(1);
    const { findings } = JSON.parse((await check('--format', 'json')).out);
    expect(findings).toMatchObject([{ rule: 'form/configuration-valid' }]);
    await edit((text) => `${text}- rule: form/configuration-valid\n  file: cartulary.yaml\n  findings: { "${findings[0].fingerprint}": "" }\n`, BASELINE);
    expect((await tell()).messages).toEqual([
      'The baseline holds a finding of form/configuration-valid in cartulary.yaml that no longer occurs.',
      'The key "noticePeriodDay" is not known.',
    ]);
  });

  test('holds no notes', async () => {
    await edit((text) => `${text}severities: { form/section-stated: info }\n`, 'cartulary.yaml');
    expect((await check('--write-baseline')).out).toBe('There is nothing to hold, and no cartulary-baseline.yaml.\n');
    expect((await tell()).messages).toHaveLength(2);
  });

  test('that cannot be read holds nothing, and says so', async () => {
    await repository.write({ [BASELINE]: '- rule: form/section-stated\n' });
    expect((await tell()).messages).toEqual([
      'The value "0.file" is missing.',
      'The value "0.findings" is missing.',
      'Section 4.9.1 is empty.',
      'Section 5.1.2 is empty.',
    ]);
  });

  test('stands in SARIF as unchanged results, if they are asked for', async () => {
    await check('--write-baseline');
    await edit(() => empty('4.9.1', '5.1.2', '5.1.3'));
    expect(JSON.parse((await check('--format', 'sarif')).out).runs[0].results).toHaveLength(1);
    const { out } = await check('--format', 'sarif', '--held');
    expect(sarifErrors(out)).toEqual([]);
    const { results } = JSON.parse(out).runs[0] as { results: { baselineState: string; partialFingerprints: Record<string, string> }[] };
    expect(results.map(({ baselineState }) => baselineState)).toEqual(['new', 'unchanged', 'unchanged']);
    const held = results.slice(1).map(({ partialFingerprints }) => partialFingerprints['cartularyFinding/v1']);
    expect([...(await readBaseline()).matchAll(/"([0-9a-f]{16})"/g)].map(([, fingerprint]) => fingerprint)).toEqual(held);
  });
});

describe('--changed', () => {
  const changed = () => tell('--changed', '--base', 'base');

  test('tells nothing of what was there before, and counts it', async () => {
    expect(await changed()).toEqual(said([], { elsewhere: 2 }));
    expect((await check('--changed', '--base', 'base')).out).toMatch(/saw nothing, 2 outside what changed since base\. /);
    await edit((text) => text.replace(/^(# 1)/m, '<!-- moved -->\n\n$1'));
    expect(await changed()).toMatchObject({ messages: [], elsewhere: 2 });
  });

  test('tells what the branch brought, wherever it shows, committed or not', async () => {
    await edit(() => empty('4.9.1', '5.1.2', '5.1.3'));
    expect(await changed()).toEqual(said(['5.1.3'], { elsewhere: 2 }));
    await repository.commit({}, '2026-01-02T10:00:00Z');
    expect(await changed()).toEqual(said(['5.1.3'], { elsewhere: 2 }));
  });

  test('tells what stands in a section that changed', async () => {
    await edit((text) => text.replace(heading('4.9.1'), '### 4.9.1 Circumstances for a revocation'));
    expect((await changed()).messages).toContain('Section 4.9.1 is empty.');
    expect((await changed()).elsewhere).toBe(1);
  });

  test('tells what stands in front matter that changed', async () => {
    await repository.commit({ [TEXT]: replaceFrontMatter(clean, 'effective: 2026-01-01') }, '2026-01-02T10:00:00Z');
    await repository.git('branch', '--force', 'base');
    const before = await tell();
    expect(before.messages.length).toBeGreaterThan(0);
    expect(await changed()).toMatchObject({ messages: [], elsewhere: before.messages.length });
    await edit((text) => replaceFrontMatter(text, 'title: Practice'));
    expect(await changed()).toMatchObject({ messages: before.messages, elsewhere: 0 });
  });

  test('tells everything of a new file', async () => {
    await repository.write({ 'policies/cp.md': replaceFrontMatter(empty('4.9.1'), 'document: cp\ntype: CP') });
    expect((await changed()).messages).toEqual(['Section 4.9.1 is empty.']);
  });

  test('compares with the commit from which the branch left, not with what came to the base since', async () => {
    await repository.git('checkout', '--quiet', '-b', 'work');
    await repository.git('checkout', '--quiet', 'base');
    await repository.commit({ [TEXT]: clean }, '2026-01-02T10:00:00Z');
    await repository.git('checkout', '--quiet', 'work');
    expect(await changed()).toEqual(said([], { elsewhere: 2 }));
  });

  test('tells what stops a build, wherever it stands', async () => {
    await edit((text) => `${text}noticePeriodDay: 14\n`, 'cartulary.yaml');
    await repository.commit({}, '2026-01-02T10:00:00Z');
    await repository.git('branch', '--force', 'base');
    expect(await changed()).toMatchObject({ code: 1, messages: ['The key "noticePeriodDay" is not known.'], elsewhere: 2 });
  });

  test('works in a folder of the repository, and in another work tree of it', async () => {
    const moved = Object.fromEntries(Object.entries({ ...DEFAULT_FILES, [TEXT]: empty('4.9.1') }).map(([path, text]) => [`pki/${path}`, text]));
    await repository.commit({ ...moved, 'cartulary.yaml': undefined, [TEXT]: undefined }, '2026-01-02T10:00:00Z');
    await repository.git('branch', '--force', 'base');
    await repository.write({ [`pki/${TEXT}`]: empty('4.9.1', '5.1.3') });
    expect(await tell('--changed', '--base', 'base', 'pki')).toEqual(said(['5.1.3'], { elsewhere: 1 }));
    const { out } = await check('--changed', '--base', 'base', '--format', 'github', 'pki');
    expect(out).toContain('\n::error file=pki/policies/cps.md,line=');
    const other = `${repository.folder}-other`;
    await repository.git('worktree', 'add', '--quiet', '--detach', other, 'base');
    try {
      expect(await tell('--changed', '--base', 'base', `${other}/pki`)).toEqual(said([], { elsewhere: 1 }));
    } finally {
      await rm(other, { recursive: true, force: true });
    }
  });

  test('leaves nothing behind in the repository', async () => {
    await changed();
    expect(await repository.git('status', '--porcelain')).toBe('');
  });

  test('tells everything where the base is not there, and that it is not', async () => {
    expect((await tell('--changed', '--base', 'nowhere')).messages).toEqual([
      'Section 4.9.1 is empty.',
      'Section 5.1.2 is empty.',
      'The base "nowhere" is not a commit of this repository.',
    ]);
  });
});

describe('reports', () => {
  test('go to a file, while the terminal shows the findings', async () => {
    const { out, code } = await check('--format', 'junit', '--output', 'report.xml');
    expect(junitErrors(await readFile(join(repository.folder, 'report.xml'), 'utf8'))).toEqual([]);
    expect(out).toContain('Section 4.9.1 is empty.');
    expect(out).not.toContain('<testsuite');
    expect(code).toBe(1);
  });

  test('for GitHub have a summary of the step with links to the lines of the commit', async () => {
    const { out, summary } = await check('--format', 'github');
    expect(out).toMatch(
      /^::error file=policies\/cps\.md,line=\d+,(?:endLine=\d+,)?col=1,(?:endColumn=\d+,)?title=form\/section-stated::Section 4\.9\.1 is empty\.%0A/m,
    );
    expect(summary).toContain('(https://git.example.org/a/b/blob/c0ffee/policies/cps.md?plain=1#L');
    expect((await check('--format', 'sarif')).summary).toBe('');
  });

  test('as SARIF say what each rule is about, from its page', async () => {
    const { out } = await check('--format', 'sarif');
    expect(sarifErrors(out)).toEqual([]);
    const { rules, version } = JSON.parse(out).runs[0].tool.driver as { rules: { id: string; help: { markdown: string } }[]; version: string };
    const page = rules.find(({ id }) => id === 'form/section-stated')?.help.markdown ?? '';
    expect(page).toContain('## Why');
    expect(page).not.toContain('## Passes');
    expect(version).toMatch(/^\d+\.\d+\.\d+/);
  });

  test.each([
    [['--format', 'xml'], 'There is no format "xml". There are: terminal, json, sarif, github, junit.'],
    [['--changed'], 'The option --changed needs --base'],
    [['--write-baseline', '--prune-baseline'], 'A baseline is written or pruned, not both.'],
  ])('%j is refused', async (args, message) => {
    const { code, err } = await check(...args);
    expect(err).toContain(message);
    expect(code).toBe(2);
  });
});
