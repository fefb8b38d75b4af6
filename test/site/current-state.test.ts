import { expect, test } from 'vitest';
import { stateOf, type VersionSpan } from '../../src/model/in-force.ts';
import type { Instant } from '../../src/model/time.ts';
import type { WithdrawalEntry } from '../../src/model/version.ts';
import { currentState } from '../../src/site/current-state.ts';

const from = '2025-01-01T00:00:00Z' as Instant;
const until = '2026-01-01T00:00:00Z' as Instant;

test.each([
  ['2024-12-31T23:59:59Z', until, 'superseded', 'not-yet-in-force'],
  ['2025-01-01T00:00:00Z', until, 'superseded', 'in-force'],
  ['2025-12-31T23:59:59Z', until, 'superseded', 'in-force'],
  ['2026-01-01T00:00:00Z', until, 'superseded', 'superseded'],
  ['2026-01-01T00:00:00Z', until, 'withdrawn', 'withdrawn'],
  ['2099-01-01T00:00:00Z', undefined, 'superseded', 'in-force'],
  ['2024-01-01T00:00:00Z', from, 'superseded', 'never-in-force'],
] as const)('at %s, until %s, ended as %s: %s, as the model says', (at, end, how, state) => {
  expect(currentState({ from, until: end, end: how }, at as Instant)).toBe(state);
  const endedBy = how === 'withdrawn' ? { withdrawal: {} as WithdrawalEntry } : { version: '2' };
  const span = { from, until: end, endedBy } as VersionSpan;
  expect(stateOf(span, at as Instant)).toBe(state);
});
