import { expect, test } from 'vitest';
import type { BundledEvidence, Statement, StatementPlace } from '../../src/model/bundle.ts';
import { findEvidence, names } from '../../src/publish/bundle-statements.ts';

const requirement = { short: '411-2', id: 'CSS-6.3.10-12', clause: '6.3.10' };

test.each([
  ['411-2:CSS-6.3.10-12', true],
  ['411-2:6.3.10', true],
  ['411-2:6.3', true],
  ['411-2:6', true],
  ['411-2:CSS-6.3.10-1', false],
  ['411-2:6.3.1', false],
  ['411-1:CSS-6.3.10-12', false],
  ['411-1:6.3.10', false],
  ['CSS-6.3.10-12', false],
])('%s names CSS-6.3.10-12 of EN 319 411-2: %s', (name, expected) => {
  expect(names(name, requirement)).toBe(expected);
});

const place = (document: string, section: string, marked: string | null = null) =>
  ({ document, section, marked: marked && { version: '2.3', anchor: marked, wording: 'other' } }) as StatementPlace;
const item = (id: string, requirements: string[], sections: string[] = []) => ({ id, requirements, sections }) as unknown as BundledEvidence;

test('evidence is what names the requirement; beside it, what is about a section that states it, under its number then or now', () => {
  const statement = { ...requirement, stated: [place('cps', '4.9', '4.10.1'), place('terms', '6.3')] } as unknown as Statement;
  const items = [
    item('EV-A-1', ['411-2:CSS-6.3.10-12'], ['cps 4.10.1']),
    item('EV-A-2', ['411-2:CSS-6.3.10-11'], ['cps 4.10.1']),
    item('EV-A-3', ['411-2:CSS-6.3.10-11'], ['terms 6.3']),
    item('EV-A-4', ['411-2:CSS-6.3.10-11'], ['cp 4.10.1']),
    item('EV-A-5', ['411-2:6.3.10']),
  ];
  expect(findEvidence(statement, items)).toEqual({ evidence: ['EV-A-1', 'EV-A-5'], evidenceOfSections: ['EV-A-2', 'EV-A-3'] });
});
