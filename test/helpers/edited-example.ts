import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { contentStated } from '../../src/check/rules/completeness/content-stated.ts';
import { disclosureComplete } from '../../src/check/rules/completeness/disclosure-complete.ts';
import { practicesAgree } from '../../src/check/rules/completeness/practices-agree.ts';
import { statementPresent } from '../../src/check/rules/completeness/statement-present.ts';
import { runCheck } from '../../src/check/run.ts';
import type { Finding, Rule } from '../../src/model/finding.ts';
import { toInstant } from '../../src/model/time.ts';
import type { Draft, Workspace } from '../../src/model/workspace.ts';
import { readFrontMatter } from '../../src/read/front-matter.ts';
import { readMarkdown } from '../../src/read/markdown.ts';
import { openWorkspace, readRepositoryFile } from '../../src/read/workspace.ts';

const ROOT = new URL('../../', import.meta.url);
const RULES = [statementPresent, contentStated, disclosureComplete, practicesAgree];

/** Words of a text that are replaced; a text may break them over two lines. */
export type Edit = [from: string | RegExp, to: string];

/** The example, and what rules find in copies of it in which words of one text are others. */
export interface EditedExample {
  workspace: Workspace;
  /** Findings in a workspace, by the rules on statements where no others are given. */
  read(workspace: Workspace, rules?: readonly Rule[]): Finding[];
  /** A copy of the example with its edited text. */
  edit(file: string, edits: readonly Edit[]): { workspace: Workspace; text: string };
  /** The findings, each by severity, rule and the line of its place. */
  places(file: string, edits: readonly Edit[], rules?: readonly Rule[]): string[];
  /** Expects these findings and no others; of a line, words that are on it. */
  expectFindings(file: string, edits: readonly Edit[], expected: readonly string[], rules?: readonly Rule[]): void;
}

/** Opens the example of this repository, to be edited in memory. */
export async function openExample(): Promise<EditedExample> {
  const { workspace: example } = await openWorkspace(ROOT, { now: toInstant(new Date('2026-11-23T10:00:00Z')), purpose: 'check' });
  const texts = new Map<string, string>();
  for (const name of ['cartulary.yaml', ...example.drafts.map(({ file }) => file)]) {
    texts.set(name, (await readRepositoryFile(fileURLToPath(ROOT), name))?.toString('utf8') ?? '');
  }

  const read: EditedExample['read'] = (workspace, rules = RULES) => {
    const { findings, crashed } = runCheck({ ...workspace, config: { ...workspace.config, severities: {}, waivers: [] }, baseline: undefined }, rules);
    expect(crashed).toBe(false);
    return [...findings];
  };

  const edit: EditedExample['edit'] = (file, edits) => {
    const path = `policies/${file}`;
    let text = texts.get(path) ?? '';
    for (const [from, to] of edits) {
      const next = text.replace(typeof from === 'string' ? wrapped(from) : from, to);
      if (next === text) throw new Error(`${file} does not say ${from}.`);
      text = next;
    }
    const { frontMatter, fields, body, bodyLine } = readFrontMatter(text, path);
    const drafts = example.drafts.map(
      (draft): Draft => (draft.file === path ? { ...draft, frontMatter, fields, sections: readMarkdown(body, path, bodyLine).sections } : draft),
    );
    return { workspace: { ...example, drafts }, text };
  };

  const places: EditedExample['places'] = (file, edits, rules) => {
    const { workspace, text } = edit(file, edits);
    return read(workspace, rules).map(({ rule, at, severity }) => {
      const line = (at.file === `policies/${file}` ? text : texts.get(at.file))?.split('\n')[(at.start?.line ?? 0) - 1]?.trim();
      return `${severity} ${rule.split('/')[1]}: ${at.file === `policies/${file}` ? '' : `${at.file} `}${line ?? 'the text'}`;
    });
  };

  const expectFindings: EditedExample['expectFindings'] = (file, edits, expected, rules) => {
    const found = places(file, edits, rules);
    const left = [...found];
    for (const finding of expected) {
      const [head = '', words = ''] = finding.split(/: (.*)/su);
      const index = left.findIndex((candidate) => candidate.startsWith(`${head}: `) && candidate.includes(words));
      expect(index, `${finding}\nin\n${found.join('\n')}`).toBeGreaterThanOrEqual(0);
      left.splice(index, 1);
    }
    expect(left).toEqual([]);
  };

  return { workspace: example, read, edit, places, expectFindings };
}

/** Words stand on one line or are broken over two. */
const wrapped = (words: string) => new RegExp(words.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&').replaceAll(' ', '\\s+'), 'u');
