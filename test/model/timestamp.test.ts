import { expect, test } from 'vitest';
import type { Instant } from '../../src/model/time.ts';
import { nameEntry, proofsOf, readTimestampName, type StoredTimestamp } from '../../src/model/timestamp.ts';
import type { Register, RegisterEntry } from '../../src/model/version.ts';

const DIGEST = 'a1'.repeat(32);

test.each([
  [`${DIGEST}.tsr`, { digest: DIGEST, kind: 'tsr' }],
  [`${DIGEST}-2.tsr`, { digest: DIGEST, kind: 'tsr' }],
  [`${DIGEST}-10.tsq`, { digest: DIGEST, kind: 'tsq' }],
  [`${DIGEST}-1.tsr`, undefined],
  [`${DIGEST.toUpperCase()}.tsr`, undefined],
  [`${DIGEST}.tsr.bak`, undefined],
  [`sub/${DIGEST}.tsr`, undefined],
  ['token.tsr', undefined],
])('the name %s', (name, read) => {
  expect(readTimestampName(name)).toEqual(read);
});

const register = { entries: ['a', 'b', 'c', 'd'].map((digest) => ({ digest })), last: 'd' } as unknown as Register;
const token = (digest: string, at: string): StoredTimestamp => ({ file: `${digest}-${at}`, digest, verdict: { verified: true, at: at as Instant } as never });

test('an entry is proved by the oldest token over it or a later one; refused tokens prove nothing', () => {
  const refused: StoredTimestamp = { file: 'd', digest: 'd', verdict: { verified: false, fault: 'unreadable', problem: '', seen: '', expected: '' } };
  const stored = [token('c', '2026-03-03T00:00:00Z'), token('c', '2026-03-02T00:00:00Z'), token('a', '2026-03-09T00:00:00Z'), refused];
  const files = [...proofsOf(register, stored)].map(([digest, { file }]) => [digest, file]);
  expect(Object.fromEntries(files)).toEqual({ a: 'c-2026-03-02T00:00:00Z', b: 'c-2026-03-02T00:00:00Z', c: 'c-2026-03-02T00:00:00Z' });
  expect(proofsOf(register, [])).toEqual(new Map());
});

test('entries have names', () => {
  const name = (entry: object) => nameEntry({ document: 'cps', version: '2.1', ...entry } as RegisterEntry);
  expect([{ kind: 'version' }, { kind: 'erratum', erratum: 2 }, { kind: 'withdrawal' }, { kind: 'rescheduling' }, { kind: 'declaration' }].map(name)).toEqual([
    'cps 2.1',
    'cps 2.1, erratum 2',
    'the withdrawal of cps',
    'cps 2.1, rescheduled',
    'cps 2.1, declared profiles',
  ]);
});
