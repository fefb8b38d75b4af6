import { expect, test } from 'vitest';
import type { Mark } from '../../src/model/document.ts';
import { readMark, resolveTarget, suggest } from '../../src/model/mark.ts';
import type { Catalogue } from '../../src/model/requirement.ts';

const mark = (kind: Mark['kind'], text: string): Mark => ({ kind, text, place: { file: 'cps.md' } });
const names = ({ targets }: ReturnType<typeof readMark>) => targets.map(({ text }) => text);

test.each([
  ['411-2:OVR-5.1-09', ['411-2:OVR-5.1-09'], []],
  ['411-2:OVR-5.1-09  411-1:6.2.2\n401:REQ-7.9.2-04', ['411-2:OVR-5.1-09', '411-1:6.2.2', '401:REQ-7.9.2-04'], []],
  ['411-2:OVR-5.1-09, 411-1:6.2.2;', ['411-2:OVR-5.1-09', '411-1:6.2.2'], []],
  ['OVR-5.1-09 411-2:', [], ['OVR-5.1-09', '411-2']],
  ['', [], []],
])('meets "%s"', (text, expected, strays) => {
  const read = readMark(mark('meets', text));
  expect(names(read)).toEqual(expected);
  expect(read.strays).toEqual(strays);
  expect(read.reason).toBeUndefined();
});

test.each([
  ['411-1:REV-6.2.4-01: suspension is not offered', ['411-1:REV-6.2.4-01'], 'suspension is not offered'],
  ['411-1:6.2.4 411-1:6.2.5: neither: see 4.9', ['411-1:6.2.4', '411-1:6.2.5'], 'neither: see 4.9'],
  ['411-1:REV-6.2.4-01:\n  in two lines', ['411-1:REV-6.2.4-01'], 'in two lines'],
  ['411-1:REV-6.2.4-01', ['411-1:REV-6.2.4-01'], undefined],
])('excludes "%s"', (text, expected, reason) => {
  const read = readMark(mark('excludes', text));
  expect(names(read)).toEqual(expected);
  expect(read.reason).toBe(reason);
});

test('a clause stands for its requirements and those of its subclauses, without void ones', () => {
  const requirement = (id: string, clause: string, kind = 'shall') => ({ id, clause, kind });
  const catalogue = {
    short: '411-1',
    clauses: ['6.2', '6.2.2', '6.20'].map((number) => ({ number })),
    requirements: [requirement('REG-6.2.2-01', '6.2.2'), requirement('REG-6.2.2-02', '6.2.2', 'void'), requirement('REG-6.20-01', '6.20')],
  } as unknown as Catalogue;
  const resolve = (name: string, standard = '411-1') =>
    resolveTarget({ text: `${standard}:${name}`, standard, name }, [catalogue]).requirements.map(({ id }) => id);
  expect(resolve('6.2')).toEqual(['REG-6.2.2-01']);
  expect(resolve('6.20')).toEqual(['REG-6.20-01']);
  expect(resolve('REG-6.2.2-02')).toEqual(['REG-6.2.2-02']);
  expect(resolve('6.3')).toEqual([]);
  expect(resolve('6.2', '411-2')).toEqual([]);
});

test('a slip leads to the name that was meant', () => {
  const ids = ['OVR-5.1-01', 'OVR-5.1-02', 'REG-6.2.2-05'];
  expect(suggest('OVR-5.1-0l', ids)).toBe('OVR-5.1-01');
  expect(suggest('reg-6.2.2-5', ids)).toBe('REG-6.2.2-05');
  expect(suggest('GEN-6.5.1-13', ids)).toBeUndefined();
});
