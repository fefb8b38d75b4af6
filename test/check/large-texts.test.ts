import { describe, expect, test } from 'vitest';
import { addFingerprints, sectionAt } from '../../src/check/fingerprint.ts';
import { runCheck } from '../../src/check/run.ts';
import { toInstant } from '../../src/model/time.ts';
import type { Draft } from '../../src/model/workspace.ts';
import { readFrontMatter } from '../../src/read/front-matter.ts';
import { readMarkdown } from '../../src/read/markdown.ts';
import { openWorkspace } from '../../src/read/workspace.ts';

const { workspace } = await openWorkspace(new URL('../../', import.meta.url), { now: toInstant(new Date('2026-11-23T10:00:00Z')), purpose: 'check' });
const [cp, pds] = ['policies/cp.md', 'policies/pds.en.md'].map((file) => workspace.drafts.find((draft) => draft.file === file) as Draft) as [Draft, Draft];

/** One of the example's drafts with another text. */
function withText(draft: Draft, body: string): Draft {
  const { sections, observations } = readMarkdown(readFrontMatter(body, draft.file).body, draft.file);
  expect(observations).toEqual([]);
  return { ...draft, sections };
}

const check = (draft: Draft) => runCheck({ ...workspace, config: { ...workspace.config, severities: {}, waivers: [] }, drafts: [draft] });
const many = (count: number, line: (index: number) => string) => Array.from({ length: count }, (_, index) => line(index)).join('\n');

/** Texts that take minutes, or all memory, where the work grows with the square of their length. */
const TEXTS: readonly [name: string, draft: Draft, text: string][] = [
  ['30,000 headings', cp, many(30_000, (index) => `## 1.${index} Heading\n\nA QSCD is required.\n`)],
  [
    '30,000 headings of one title, each asked for',
    pds,
    many(30_000, (index) => `${'#'.repeat((index % 3) + 1)} Obligations of subscribers\n\nThe key is kept.\n`),
  ],
  ['a long lead with 10,000 points', cp, `# 1.1 A\n\n${'the key of the certificate '.repeat(4_000)}\n\n${many(10_000, () => '- is held by the subject')}`],
  ['60,000 sentences that name no policy, and one that needs one', cp, `# 1.4.1 A\n\n${'It is so. '.repeat(60_000)}A QSCD is required.`],
  ['30,000 marks', cp, `# 1.1 A\n\n${many(30_000, () => '<!-- meets 411-2:OVR-5.1-09 -->\n')}`],
  ['a table of 20,000 rows', cp, `# 1.1 A\n\n| Policy | QSCD |\n| --- | --- |\n${many(20_000, (index) => `| Policy ${index} | A QSCD is required |`)}`],
];

describe('large texts are checked to the end', () => {
  test.each(TEXTS)('%s', { timeout: 60_000 }, (_name, draft, text) => {
    const { crashed, findings } = check(withText(draft, text));
    expect(crashed).toBe(false);
    expect(findings.length).toBeGreaterThan(0);
  });
});

test('the section of a line is the last one that begins at it or before', () => {
  const draft = withText(cp, 'Before.\n\n# 1. One\n\nText.\n\n## 1.1 Two\n\nText.\n');
  expect([undefined, 1, 2, 3, 6, 7, 900].map((line) => sectionAt(draft, line))).toEqual(['', '', '', '1', '1', '1.1', '1.1']);
  expect(addFingerprints([], [draft])).toEqual([]);
});

test('what stands below a section of a disclosure statement is part of it, up to the next of its level', () => {
  const titled = (level: number, below: number) =>
    `${'#'.repeat(level)} Contact information\n\n${'#'.repeat(below)} Where\n\nWrite to office@ets.example or to Example Trust Services GmbH, Example Street 1, 1010 Vienna, or call +43 1 234567.\n`;
  const missed = (text: string) =>
    check(withText(pds, text)).findings.filter(({ rule, message }) => rule === 'completeness/disclosure-complete' && /Contact information/.test(message));
  expect(missed(titled(1, 2)).length).toBeLessThan(missed(titled(2, 1)).length);
});
