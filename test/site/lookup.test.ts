import { expect, test } from 'vitest';
import { answerLookup, type LookupData, readQuery } from '../../src/site/lookup.ts';
import { day, makeRegister } from '../helpers/register.ts';

const OID = '1.3.6.1.4.1.99999.1.2.1';
const data: LookupData = {
  timeZone: 'UTC',
  base: '/repository/',
  documents: { cp: { title: 'Certificate Policy' }, cps: { title: 'Practice Statement' } },
  register: {
    entries: makeRegister([
      { document: 'cp', version: '1.0', effective: 10 },
      { document: 'cps', version: '1.0', effective: 10, files: { en: 'cps.md' } },
      { document: 'cps', version: '1.1', effective: 30, files: { en: 'cps.md' } },
      { document: 'cp', withdrawn: 40, continuedBy: 'cps' },
    ]).entries,
  },
  policies: { 'cps 1.1': [OID] },
  intervals: [10, 30, 40].map((count) => ({ from: day(count), href: `/repository/in-force/${day(count).slice(0, 10)}/` })),
};

test('a date is its midnight, an instant is itself, with spaces around them or not', () => {
  expect(readQuery({ date: ' 2026-06-30 ', policy: '' }, 'Europe/Vienna')).toEqual({ at: '2026-06-29T22:00:00Z' });
  expect(readQuery({ date: '2026-06-30T14:00:00+02:00', policy: ` ${OID} ` }, 'Europe/Vienna')).toEqual({ at: '2026-06-30T12:00:00Z' });
});

test.each([
  [
    { date: '30.6.2026', policy: '' },
    { field: 'date', typed: '30.6.2026' },
  ],
  [
    { date: '2026-06-31', policy: OID },
    { field: 'date', typed: '2026-06-31' },
  ],
  [
    { date: '', policy: '' },
    { field: 'date', typed: '' },
  ],
  [
    { date: '2026-06-30', policy: 'QCP-n' },
    { field: 'policy', typed: 'QCP-n' },
  ],
  [
    { date: '2026-06-30', policy: '1.03.6' },
    { field: 'policy', typed: '1.03.6' },
  ],
])('%j is refused by its field', (query, problem) => {
  expect(readQuery(query, 'UTC')).toEqual({ problem });
});

test('the answer names the version of each document, its interval and the one that comes next', () => {
  const { rows, ...answer } = answerLookup(data, day(20), '');
  expect(answer).toEqual({ at: day(20), when: '2026-01-21', timeZone: 'UTC', interval: '/repository/in-force/2026-01-11/', policyKnown: true });
  expect(rows.map(({ title, version, next }) => ({ title, version, next }))).toEqual([
    {
      title: 'Certificate Policy',
      version: { number: '1.0', href: '/repository/cp/1.0/', from: '2026-01-11', until: '2026-02-10', held: false },
      next: undefined,
    },
    {
      title: 'Practice Statement',
      version: { number: '1.0', href: '/repository/cps/1.0/', from: '2026-01-11', until: '2026-01-31', held: true },
      next: { number: '1.1', href: '/repository/cps/1.1/', from: '2026-01-31' },
    },
  ]);
});

test('where no version was in force, the sentence of the command says why', () => {
  const [cp] = answerLookup(data, day(50), '').rows;
  expect(cp?.version).toBeUndefined();
  expect(cp?.explanation).toBe('cp: none. It was withdrawn on 2026-02-10 and continued by cps (The service ended).');
  expect(answerLookup(data, day(1), '').interval).toBeUndefined();
});

test('a policy leaves the documents whose version then lists it', () => {
  expect(answerLookup(data, day(35), OID).rows.map((row) => row.version?.number)).toEqual(['1.1']);
  expect(answerLookup(data, day(20), OID)).toMatchObject({ rows: [], policyKnown: true });
  expect(answerLookup(data, day(20), '2.999')).toMatchObject({ rows: [], policyKnown: false });
});
