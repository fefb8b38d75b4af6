import { expect, test } from 'vitest';
import { compareEditionNames, compareEditions } from '../../src/model/edition.ts';
import type { Requirement } from '../../src/model/requirement.ts';
import { makeCatalogue, makeRequirement } from '../helpers/catalogue.ts';

test('editions stand in the order of their numbers', () => {
  expect(['v2.10.1', 'v2.9.1', 'v2.9', '2026-08', '2003'].sort(compareEditionNames)).toEqual(['v2.9', 'v2.9.1', 'v2.10.1', '2003', '2026-08']);
});

const clear = (id: string) => makeRequirement({ id, kind: 'void', evidence: [], rfc3647: [] });

/** Compares two editions that consist of these requirements; a bare id is a live one. */
function compare(older: (string | Requirement)[], newer: (string | Requirement)[]) {
  const make = (edition: string, list: (string | Requirement)[]) =>
    makeCatalogue({ edition, requirements: list.map((item) => (typeof item === 'string' ? makeRequirement({ id: item }) : item)) });
  const { added, changed, renumbered, amended, voided, unchanged } = compareEditions(make('V1.1.1', older), make('V1.2.1', newer));
  return {
    added: added.map(({ id }) => id),
    changed: changed.map(({ before, after }) => [before.id, ...after.map(({ id }) => id)]),
    renumbered: renumbered.map(({ before, after }) => [before.id, after.id]),
    amended: amended.map((pair) => [pair.after.id, ...pair.in]),
    voided: voided.map(({ id }) => id),
    unchanged,
  };
}

const NONE = { added: [], changed: [], renumbered: [], amended: [], voided: [], unchanged: 0 };

test('the same edition has nothing new', () => {
  expect(compare(['OVR-5.1-01', clear('OVR-5.1-02')], ['OVR-5.1-01', clear('OVR-5.1-02')])).toEqual({ ...NONE, unchanged: 1 });
});

test('an id at the end of a clause, and a letter between two that live on, are new', () => {
  expect(compare(['OVR-5.1-01', 'OVR-5.1-02'], ['OVR-5.1-01', 'OVR-5.1-01A', 'OVR-5.1-02', 'OVR-5.1-03'])).toEqual({
    ...NONE,
    added: ['OVR-5.1-01A', 'OVR-5.1-03'],
    unchanged: 2,
  });
});

test('an id that went void and is carried on by letters is changed', () => {
  expect(compare(['OVR-5.1-07'], [clear('OVR-5.1-07'), 'OVR-5.1-07A', 'OVR-5.1-07B'])).toEqual({
    ...NONE,
    changed: [['OVR-5.1-07', 'OVR-5.1-07A', 'OVR-5.1-07B']],
  });
  expect(compare(['OVR-5.1-03B', 'OVR-5.1-04A'], [clear('OVR-5.1-03B'), 'OVR-5.1-03BA', 'OVR-5.1-03C', clear('OVR-5.1-04A'), 'OVR-5.1-04B'])).toEqual({
    ...NONE,
    changed: [
      ['OVR-5.1-03B', 'OVR-5.1-03BA', 'OVR-5.1-03C'],
      ['OVR-5.1-04A', 'OVR-5.1-04B'],
    ],
  });
});

test('an id that went void without a letter, or is not there any more, is void', () => {
  expect(compare(['OVR-5.1-01', 'OVR-5.1-02', 'OVR-5.1-03A'], [clear('OVR-5.1-01'), clear('OVR-5.1-03A'), 'OVR-5.1-03'])).toEqual({
    ...NONE,
    added: ['OVR-5.1-03'],
    voided: ['OVR-5.1-01', 'OVR-5.1-02', 'OVR-5.1-03A'],
  });
});

test('a requirement that names its former id is the same under another number', () => {
  const moved = makeRequirement({ id: 'REQ-7.4.1-02', formerIds: [{ edition: 'V1.1.1', id: 'REQ-7.4-02X' }] });
  expect(compare(['REQ-7.4-02X'], [moved])).toEqual({ ...NONE, renumbered: [['REQ-7.4-02X', 'REQ-7.4.1-02']] });
  // The former id is of an edition before the older one: nothing has moved since.
  expect(compare(['REQ-7.4.1-02'], [moved])).toEqual({ ...NONE, unchanged: 1 });
});

test('the same id can ask for something else all the same', () => {
  const other = makeRequirement({ id: 'OVR-5.1-01', kind: 'should', policies: ['NCP'], when: { text: 'a case', foreseen: true }, summary: 'Something else.' });
  expect(compare(['OVR-5.1-01'], [other])).toEqual({ ...NONE, amended: [['OVR-5.1-01', 'kind', 'policies', 'condition', 'summary']] });
});

test('the editions are named', () => {
  const { from, to } = compareEditions(makeCatalogue(), makeCatalogue({ edition: 'V1.2.1' }));
  expect([from, to]).toEqual([
    { standard: 'Made', edition: 'V1.1.1' },
    { standard: 'Made', edition: 'V1.2.1' },
  ]);
});
