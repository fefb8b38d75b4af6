import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Comparison, SectionChange } from '../../src/model/change.ts';
import type { PolicyDocument } from '../../src/model/document.ts';
import { compareTexts } from '../../src/publish/diff.ts';
import { normalise, readWords, WORD } from '../../src/publish/diff-words.ts';
import { toPlainText } from '../../src/publish/plain-text.ts';
import { readFrontMatter } from '../../src/read/front-matter.ts';
import { readMarkdown } from '../../src/read/markdown.ts';
import { linesOf, sideOf, trimRows } from '../helpers/comparison.ts';
import { diffWords, listPairs, type TextPair } from '../helpers/histories.ts';
import { sharedFile } from '../helpers/shared.ts';

const { absent, reason } = sharedFile('corpora/letsencrypt.bundle');
const folder = mkdtempSync(join(tmpdir(), 'cartulary-histories-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const plain = (text: string) => toPlainText({ sections: readMarkdown(readFrontMatter(text, 'text.md').body, 'text.md').sections } as PolicyDocument);

describe.skipIf(absent)(`every two neighbouring texts of both histories${reason}`, () => {
  const pairs: readonly TextPair[] = absent ? [] : listPairs(folder);
  const compared = pairs.map((pair) => {
    const [before, after] = [plain(pair.before.text), plain(pair.after.text)];
    return { pair, before, after, comparison: compareTexts(before, after) };
  });
  const find = (name: string) => compared.find(({ pair }) => pair.name === name)?.comparison as Comparison;

  test('there are 55 pairs', () => {
    expect(compared).toHaveLength(55);
  });

  test('nothing of either text is lost', () => {
    for (const { before, after, comparison } of compared) {
      expect(trimRows(sideOf(comparison, 'before'))).toEqual(trimRows(linesOf(before)));
      expect(trimRows(sideOf(comparison, 'after'))).toEqual(trimRows(linesOf(after)));
    }
  });

  test('at most 1.03 times the fewest words are marked, in at most half of the separate places of a word diff of the whole texts', () => {
    const sum = { marked: 0, fewest: 0, places: 0, scattered: 0 };
    for (const { before, after, comparison } of compared) {
      const words = (text: typeof before) => linesOf(text).flatMap((line) => [...normalise(line.replaceAll('|', ' ')).matchAll(WORD)].map(([word]) => word));
      sum.fewest += diffWords(folder, words(before), words(after)).edits;
      // With the white space between words as a word of its own, as a diff of the whole text would have it.
      const spaced = (text: typeof before) =>
        (
          linesOf(text)
            .join('\n')
            .match(/\s+|\S+/g) ?? []
        ).map((word) => JSON.stringify(word));
      sum.scattered += diffWords(folder, spaced(before), spaced(after)).places;
      sum.marked += countMarked(comparison);
      sum.places += comparison.counts.places;
    }
    expect(sum.marked / sum.fewest).toBeLessThanOrEqual(1.03);
    expect(sum.places / sum.scattered).toBeLessThanOrEqual(0.5);
    expect(sum.fewest).toBeGreaterThan(80_000);
    expect(sum.scattered).toBeGreaterThan(10_000);
  }, 120_000);

  const named = (change: SectionChange) => [change.before, change.after].map((side) => side.map(({ number }) => number).join('+')).join(' > ');
  const withTrait = (comparison: Comparison, trait: SectionChange['traits'][number]) => comparison.sections.filter(({ traits }) => traits.includes(trait));

  test("Let's Encrypt 5.3 to 5.4: renamed headings, and no section is taken for new or gone", () => {
    const comparison = find('CP-CPS.md v5.3 v5.4');
    expect(withTrait(comparison, 'retitled').length).toBeGreaterThan(30);
    expect([...withTrait(comparison, 'added'), ...withTrait(comparison, 'removed')]).toEqual([]);
    expect(comparison.counts.added + comparison.counts.removed).toBeLessThan(300);
  });

  test('EV Guidelines 1.8 to 2.0: rearranged after RFC 3647, renumbered and moved sections are found again', () => {
    const comparison = find('EVG.md BRs/v1.8.0 BRs/v2.1.2');
    expect(withTrait(comparison, 'renumbered').length).toBeGreaterThan(100);
    expect(withTrait(comparison, 'moved').length).toBeGreaterThan(30);
    expect(withTrait(comparison, 'renumbered').map(named)).toEqual(expect.arrayContaining(['11.2.1 > 3.2.2.2.1', '8.5.2 > 4.1.1.1']));
  });

  test('a changed cell of a table of the Baseline Requirements is one marked cell, a new row one marked row', () => {
    const tables = find('BR.md BRs/v2.2.2 BRs/v2.2.3')
      .sections.flatMap(({ blocks }) => blocks)
      .flatMap((block) => (block.kind === 'table' && block.change === 'changed' ? [block] : []));
    const rows = tables.flatMap((table) => table.rows.filter(({ change }) => change !== 'same'));
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows.filter(({ change }) => change === 'added')) expect(row.cells.every(({ change }) => change === 'added')).toBe(true);
    for (const row of rows.filter(({ change }) => change === 'changed')) {
      for (const cell of row.cells) expect(cell.change === 'same').toBe(cell.words.every(({ kind }) => kind === 'same'));
    }
  });
});

function countMarked({ sections }: Comparison): number {
  const count = (words: readonly { kind: string; text: string }[]) =>
    words.reduce((sum, { kind, text }) => sum + (kind === 'same' || text === '\u2029' ? 0 : readWords(text, new Map()).ids.length), 0);
  return sections.reduce(
    (sum, { heading, blocks }) =>
      sum +
      count(heading.words) +
      blocks.reduce(
        (all, block) =>
          all +
          (block.kind === 'text' ? count(block.words) : block.rows.reduce((of, { cells }) => of + cells.reduce((n, cell) => n + count(cell.words), 0), 0)),
        0,
      ),
    0,
  );
}
