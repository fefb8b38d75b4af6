import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OUTSIDE_RULES, type OutsideRules, versionsOf } from '../../src/model/precedence.ts';
import { readOutsideRevisions } from '../../src/read/outside-revisions.ts';
import { readPrecedenceText } from '../../src/read/precedence.ts';
import { sharedFile } from '../helpers/shared.ts';

const bundle = sharedFile('corpora/servercert.bundle');
const FILES: Readonly<Record<OutsideRules, string>> = { 'baseline-requirements': 'docs/BR.md', 'ev-guidelines': 'docs/EVG.md' };

describe.skipIf(bundle.absent)(`the real documents of the CA/Browser Forum${bundle.reason}`, () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'cartulary-precedence-'));
    git('clone', '-q', '--bare', bundle.path, '.');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] }).toString();

  const known = readPrecedenceText(readFileSync(new URL('../../content/precedence.yaml', import.meta.url), 'utf8')).precedence ?? [];

  test.each(OUTSIDE_RULES)('%s: the example knows the newest version, and all before it back to its first, with the days of the table', (rules) => {
    const { versions, rules: told } = readOutsideRevisions(git('show', `HEAD:${FILES[rules]}`), FILES[rules]);
    expect(told).toBe(rules);
    const mine = versionsOf(known, rules);
    const first = versions.findIndex(({ version }) => version === mine[0]?.version);
    expect(first).toBeGreaterThan(0);
    expect(mine.map(({ version, adopted, effective, ballots }) => ({ version, adopted, effective, ballots }))).toEqual(
      versions.slice(first).map(({ version, adopted, effective, ballots }) => ({ version, adopted, effective, ballots })),
    );
    expect(mine.filter(({ assessment }) => !assessment)).toEqual([]);
  });

  test('every tagged version has a table that is read, whose last row is that version', () => {
    const tags = git('for-each-ref', '--format=%(refname:short)', 'refs/tags')
      .trim()
      .split('\n')
      .filter((tag) => /^(BRs|EVGs)/.test(tag));
    expect(tags.length).toBe(26);
    for (const tag of tags) {
      const file = tag.startsWith('BRs') ? 'docs/BR.md' : 'docs/EVG.md';
      const { versions } = readOutsideRevisions(git('show', `${tag}:${file}`), file);
      expect(versions.at(-1)?.version, tag).toBe(tag.replace(/^\w+\/v?/, ''));
      expect(versions.length, tag).toBeGreaterThan(30);
    }
  });
});
