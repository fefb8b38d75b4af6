import { expect, test } from 'vitest';
import { canFollow, OutsideVersion, type OutsideVersion as Version, versionsOf } from '../../src/model/precedence.ts';
import { insertVersions } from '../../src/model/write-precedence.ts';

test.each([
  ['2.1.5', '2.1.6', true],
  ['2.1.9', '2.2.0', true],
  ['2.1.9', '2.1.10', true],
  ['1.8.7', '2.0.0', true],
  ['2.1.5', '2.1.7', false],
  ['2.1.8', '2.2.0', false],
  ['2.1.9', '2.3.0', false],
  ['2.2.0', '2.1.9', false],
  ['1.8.7', '2.0.1', false],
])('after %s can come %s: %s', (before, after, expected) => {
  expect(canFollow(before, after)).toBe(expected);
});

const version = (number: string, rules: Version['rules'] = 'baseline-requirements'): Version => ({ rules, version: number, effective: '2026-01-01' });

test('versions are ordered by number, not by place', () => {
  const known = [version('2.1.10'), version('2.0.1', 'ev-guidelines'), version('2.1.9'), version('2.2.0')];
  expect(versionsOf(known, 'baseline-requirements').map((one) => one.version)).toEqual(['2.1.9', '2.1.10', '2.2.0']);
});

const assessed = { impact: 'none', summary: 'Nothing.', on: '2025-12-01', by: 'PMA' };
test.each([
  ['an impact of none with steps', { ...assessed, steps: [{ what: 'Do.' }] }],
  ['an impact without steps', { ...assessed, impact: 'operation' }],
  ['an impact on texts without sections', { ...assessed, impact: 'text', steps: [{ what: 'Write.' }] }],
  ['a step that is due before the effective day', { ...assessed, impact: 'operation', steps: [{ what: 'Do.', due: '2025-12-31' }] }],
  ['a section without a document', { ...assessed, impact: 'text', steps: [{ what: 'Write.', sections: ['6.3.2'] }] }],
  ['a version without a number', { ...assessed, impact: 'operation', steps: [{ what: 'Do.', done: { on: '2026-01-01', versions: ['cps'] } }] }],
  ['a summary that says nothing', { ...assessed, summary: ' ' }],
])('%s is refused', (_, assessment) => {
  expect(OutsideVersion.safeParse({ ...version('2.2.0'), assessment: assessed }).success).toBe(true);
  expect(OutsideVersion.safeParse({ ...version('2.2.0'), assessment }).success).toBe(false);
});

test.each([
  ['set off by empty lines, where the others are', '\n\n# Next.\n', '\n\n', '\n\n# Next.\n'],
  ['close to the others, where they are', '\n# Next.\n', '\n', '\n# Next.\n'],
])('an entry between others stands before the comment of the next one, %s', (_, between, before, after) => {
  const entry = (number: string) => `- rules: baseline-requirements\n  version: "${number}"\n  effective: 2026-01-01`;
  const text = `${entry('2.1.8')}${between}${entry('2.2.0')}\n`;
  const placed = [
    { rules: 'baseline-requirements', version: '2.1.8', line: 1 },
    { rules: 'baseline-requirements', version: '2.2.0', line: between.length - '# Next.'.length + 3 },
  ] as const;
  expect(insertVersions(text, placed, [version('2.1.9')])).toBe(`${entry('2.1.8')}${before}${entry('2.1.9')}${after}${entry('2.2.0')}\n`);
});

test.each([
  ['that are not in lines of their own', '[{ rules: a }]\n', 1],
  ['that begin elsewhere', '# Text\n- rules: a\n', 1],
])('a text with entries %s is left alone', (_, text, line) => {
  expect(insertVersions(text, [{ rules: 'baseline-requirements', version: '2.1.8', line }], [version('2.1.9')])).toBeUndefined();
});
