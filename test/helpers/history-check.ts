import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runCheck } from '../../src/check/run.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Instant } from '../../src/model/time.ts';
import { openWorkspace } from '../../src/read/workspace.ts';
import { SHARED } from './shared.ts';

/** One text of a real history, as one of its tags has it for the first time, and what the check found in it. */
export interface CheckedText {
  tag: string;
  file: string;
  findings: readonly Finding[];
  crashed: boolean;
}

/** A real history: its bundle, and its texts with id and type. */
export interface RealHistory {
  bundle: string;
  provider: string;
  texts: readonly { file: string; id: string; type: (content: string) => string }[];
}

/** All of RFC 3647 is asked of a text that follows its outline; the older guidelines have chapters of their own. */
const byOutline = (content: string) => (/^#+ 1\.? +introduction/im.test(content) ? 'CP' : 'TERMS');

export const LETS_ENCRYPT: RealHistory = {
  bundle: 'corpora/letsencrypt.bundle',
  provider: 'Internet Security Research Group',
  texts: [
    { file: 'CP.md', id: 'cp', type: () => 'CP' },
    { file: 'CPS.md', id: 'cps', type: () => 'CPS' },
    { file: 'CP-CPS.md', id: 'cp-cps', type: () => 'CP-CPS' },
  ],
};

export const SERVER_CERTIFICATES: RealHistory = {
  bundle: 'corpora/servercert.bundle',
  provider: 'CA/Browser Forum',
  texts: [
    { file: 'docs/BR.md', id: 'br', type: byOutline },
    { file: 'docs/EVG.md', id: 'evg', type: byOutline },
    { file: 'docs/NSR.md', id: 'nsr', type: byOutline },
  ],
};

/** The rule sets of the measurement, and its day: what is asked today, not what was asked when a text was written. */
const RULE_SETS = 'mozilla, cabf-tls';
const NOW = '2026-11-23T00:00:00Z' as Instant;

/** Checks each different text of a history as the work tree of a repository, together with the other texts of its tag. */
export async function checkHistory(history: RealHistory): Promise<CheckedText[]> {
  const folder = mkdtempSync(join(tmpdir(), 'cartulary-history-'));
  try {
    const clone = join(folder, 'clone');
    git(folder, 'clone', '-q', '--bare', join(SHARED, history.bundle), clone);
    const tags = git(clone, 'for-each-ref', '--sort=creatordate', '--format=%(refname:short)', 'refs/tags').trim().split('\n');
    const seen = new Set<string>();
    const checked: CheckedText[] = [];
    for (const [index, tag] of tags.entries()) {
      const texts = listTexts(clone, tag, history);
      const fresh = texts.filter(({ blob }) => !seen.has(blob));
      for (const { blob } of texts) seen.add(blob);
      if (fresh.length > 0) checked.push(...(await checkTag(join(folder, String(index)), { tag, texts, fresh }, history)));
    }
    return checked;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface TaggedText {
  file: string;
  id: string;
  type: string;
  blob: string;
  content: string;
}

function listTexts(clone: string, tag: string, { texts }: RealHistory): TaggedText[] {
  return texts.flatMap(({ file, id, type }) => {
    const [, , blob] = git(clone, 'ls-tree', tag, '--', file).split(/\s/);
    const content = blob ? git(clone, 'cat-file', 'blob', blob) : '';
    return blob ? [{ file, id, type: type(content), blob, content }] : [];
  });
}

interface Tagged {
  tag: string;
  texts: readonly TaggedText[];
  fresh: readonly TaggedText[];
}

async function checkTag(folder: string, { tag, texts, fresh }: Tagged, { provider }: RealHistory): Promise<CheckedText[]> {
  for (const { file, content } of texts) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), content);
  }
  const declared = texts.map(({ file, id, type }) => `  - { id: ${id}, type: ${type}, title: ${id}, file: ${file} }\n`).join('');
  const head = `name: ${provider}\nsite: https://repository.example.org\ntimeZone: UTC\nruleSets: [${RULE_SETS}]\n`;
  writeFileSync(join(folder, 'cartulary.yaml'), `${head}documents:\n${declared}`);
  const { workspace } = await openWorkspace(pathToFileURL(`${folder}/`), { now: NOW, purpose: 'check' });
  const { findings, crashed } = runCheck(workspace);
  return fresh.map(({ file }) => ({ tag, file, crashed, findings: findings.filter(({ at }) => at.file === file) }));
}

const git = (folder: string, ...args: string[]) =>
  execFileSync('git', args, { cwd: folder, maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'inherit'] }).toString();

const LEVELS = ['error', 'warning', 'info'] as const;

/** One row for each text, one column for each rule: how many errors, warnings and infos, `2 / 0 / 1`. */
export function tabulateTexts(texts: readonly CheckedText[]): string {
  const rules = [...new Set(texts.flatMap(({ findings }) => findings.map(({ rule }) => rule)))].sort();
  const row = (name: string, findings: readonly Finding[]) =>
    `| ${[name, ...rules.map((rule) => count(findings.filter((finding) => finding.rule === rule))), count(findings)].join(' | ')} |`;
  return [
    `| Text | ${rules.map((rule) => `\`${rule.replace(/^form\//, '')}\``).join(' | ')} | all |`,
    `| --- |${' --- |'.repeat(rules.length + 1)}`,
    ...texts.map(({ tag, file, findings }) => row(`${file.replace(/^.*\/|\.md$/g, '')} in ${tag}`, findings)),
    row(
      '**all**',
      texts.flatMap(({ findings }) => findings),
    ),
  ].join('\n');
}

/** One row for each rule and text: in how many versions it was looked at, and what was found in all of them. */
export function tabulateRules(texts: readonly CheckedText[]): string {
  const files = [...new Set(texts.map(({ file }) => file))];
  const rules = [...new Set(texts.flatMap(({ findings }) => findings.map(({ rule }) => rule)))].sort();
  const cell = (rule: string | undefined, file: string | undefined) =>
    count(
      texts.flatMap((text) => (file === undefined || text.file === file ? text.findings : [])).filter((finding) => rule === undefined || finding.rule === rule),
    );
  const heading = files.map((file) => `${file.replace(/^.*\/|\.md$/g, '')}, ${texts.filter((text) => text.file === file).length} versions`);
  return [
    `| Rule | ${heading.join(' | ')} | all |`,
    `| --- |${' --- |'.repeat(files.length + 1)}`,
    ...[...rules, undefined].map((rule) => `| ${rule ? `\`${rule}\`` : '**all**'} | ${[...files, undefined].map((file) => cell(rule, file)).join(' | ')} |`),
  ].join('\n');
}

function count(findings: readonly Finding[]): string {
  if (findings.length === 0) return '–';
  return LEVELS.map((level) => findings.filter(({ severity }) => severity === level).length).join(' / ');
}

/** Puts a table into the page, between the comments that name it. Throws where the page has no place for it. */
export function placeTable(page: string, name: string, table: string): string {
  const pattern = new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(\n<!-- end of ${name} -->)`);
  if (!pattern.test(page)) throw new Error(`The page has no place for the table "${name}".`);
  return page.replace(pattern, (_, begin: string, end: string) => `${begin}${table}${end}`);
}
