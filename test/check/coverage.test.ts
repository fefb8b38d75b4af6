import { expect, test } from 'vitest';
import { findCoverage } from '../../src/check/coverage.ts';
import { Config } from '../../src/model/config.ts';
import type { Policy } from '../../src/model/document.ts';
import { Catalogue } from '../../src/model/requirement.ts';
import type { Draft, Workspace } from '../../src/model/workspace.ts';
import { readMarkdown } from '../../src/read/markdown.ts';

const requirement = (id: string, more: object = {}) => ({
  id,
  clause: '5.1',
  kind: 'shall',
  summary: 'Something is said.',
  evidence: ['document'],
  documents: ['cps'],
  rfc3647: ['1.1'],
  level: 'error',
  ...more,
});

const catalogue = Catalogue.parse({
  standard: 'ETSI EN 319 411-2',
  short: '411-2',
  edition: 'V2.6.1',
  published: '2025-06',
  title: 'Part 2',
  reach: 'policies',
  reviewed: [{ by: 'Nobody', on: '2026-11-23', of: 'nothing' }],
  sources: ['none'],
  policies: ['QCP-n', 'QCP-l'].map((id) => ({ id, oid: '0.4.0.194112.1.0', name: id, summary: id, buildsOn: 'nothing' })),
  clauses: [{ number: '5.1' }],
  requirements: [
    requirement('OVR-5.1-01'),
    requirement('OVR-5.1-02', { policies: ['QCP-l'] }),
    requirement('OVR-5.1-03', { evidence: ['operation'], level: 'warning' }),
    requirement('OVR-5.1-04', { when: { text: 'suspension', all: [{ practice: 'suspension', is: 'true' }] } }),
    requirement('OVR-5.1-05', { kind: 'void', evidence: [], rfc3647: [] }),
  ],
});

const policy = (oid: string, conformsTo: Policy['conformsTo']): Policy => ({ oid, name: oid, conformsTo });

/** States by id for a text with these policies. */
function cover(text: string, policies: readonly Policy[], practices: object = {}) {
  const { sections } = readMarkdown(text, 'cps.md');
  const draft = { id: 'cps', type: 'CPS', language: 'en', title: 'CPS', file: 'cps.md', sections, frontMatter: { policies } } as unknown as Draft;
  const config = Config.parse({ name: 'A', site: 'https://a.example', timeZone: 'UTC', practices });
  const coverage = findCoverage({ drafts: [draft], catalogues: [catalogue], config } as unknown as Workspace);
  return { ...coverage, states: Object.fromEntries(coverage.rows.map((row) => [row.requirement.id, row.state])) };
}

const TEXT = 'What holds for all certificates is said here in a sentence.';
const ONE = [policy('1.3.6.1.4.1.99999.1', 'QCP-n')];
const TWO = [...ONE, policy('1.3.6.1.4.1.99999.2', 'QCP-l')];

test('a requirement is open until a section with substance meets it', () => {
  expect(cover(`# 1.1 A\n\n${TEXT}`, ONE).states).toEqual({ 'OVR-5.1-01': 'open', 'OVR-5.1-03': 'not-decidable' });
  expect(cover(`# 1.1 A\n\n<!-- meets 411-2:OVR-5.1-01 -->\n\n${TEXT}`, ONE).states['OVR-5.1-01']).toBe('met');
  expect(cover('# 1.1 A\n\n<!-- meets 411-2:OVR-5.1-01 -->\n\nNo stipulation.', ONE).states['OVR-5.1-01']).toBe('open');
});

test('an exclusion counts with its reason only', () => {
  expect(cover(`# 1.1 A\n\n<!-- excludes 411-2:OVR-5.1-01: there is nothing of the kind -->\n\n${TEXT}`, ONE).states['OVR-5.1-01']).toBe('excluded');
  expect(cover(`# 1.1 A\n\n<!-- excludes 411-2:OVR-5.1-01 -->\n\n${TEXT}`, ONE).states['OVR-5.1-01']).toBe('open');
});

test('what a policy brings is told with the policies under which it applies', () => {
  const { rows } = cover(`# 1.1 A\n\n<!-- meets 411-2:5.1 -->\n\n${TEXT}`, TWO);
  expect(rows.map((row) => [row.requirement.id, row.state, row.policies.map(({ oid }) => oid.at(-1)).join()])).toEqual([
    ['OVR-5.1-01', 'met', '1,2'],
    ['OVR-5.1-03', 'met', '1,2'],
    ['OVR-5.1-02', 'met', '2'],
  ]);
  expect(rows[0]?.met[0]).toMatchObject({ byClause: true, substance: true });
});

test('what depends on an undeclared practice is told once, unless it is excluded', () => {
  expect(cover(`# 1.1 A\n\n${TEXT}`, TWO).undecided.map(({ requirement: { id }, missing }) => [id, missing])).toEqual([['OVR-5.1-04', ['suspension']]]);
  expect(cover(`# 1.1 A\n\n<!-- excludes 411-2:OVR-5.1-04: never -->\n\n${TEXT}`, TWO).undecided).toEqual([]);
  expect(cover(`# 1.1 A\n\n${TEXT}`, TWO, { suspension: 'true' }).states['OVR-5.1-04']).toBe('open');
});
