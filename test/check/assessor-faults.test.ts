import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AssessorBench, type AssessorFault, type Found, openAssessorBench } from './assessor-faults/bench.ts';
import { bundleFaults } from './assessor-faults/bundle.ts';
import { evidenceFaults } from './assessor-faults/evidence.ts';
import { operationFaults } from './assessor-faults/operation.ts';
import { precedenceFaults } from './assessor-faults/precedence.ts';
import { statusFaults } from './assessor-faults/status.ts';
import { timestampFaults } from './assessor-faults/timestamps.ts';

// Single changes to what assessors rely on, each of which has to be found by the rule that speaks of it, in the file and line where it is wrong.
const PARTS: Readonly<Record<string, readonly AssessorFault[]>> = {
  bundle: bundleFaults,
  evidence: evidenceFaults,
  operation: operationFaults,
  precedence: precedenceFaults,
  timestamps: timestampFaults,
  'status services': statusFaults,
};

let bench: AssessorBench;
beforeAll(async () => {
  bench = await openAssessorBench();
});
afterAll(() => bench.remove());

const print = ({ rule, file, words, message }: Found) => `${rule} ${file} [${words.trim()}] ${message}`;

test('the unchanged example gives nothing but notes, to assessors too', () => {
  const grave = bench.unchanged.filter(({ severity }) => severity !== 'info');
  expect(grave.map(({ rule, at, message }) => `${rule} ${at.file}:${at.start?.line} ${message}`)).toEqual([]);
});

describe.each(Object.entries(PARTS))('%s', (_, faults) => {
  test.each(faults)(
    '$kind',
    async ({ find, expected: { rule, file, words = '' } }) => {
      const found = await find(bench);
      const hit = found.some((one) => one.rule === rule && one.file === file && one.words.includes(words));
      expect(hit ? [] : found.map(print), `${rule} ${file} [${words}]\nnot in what was found:\n${found.map(print).join('\n') || 'nothing'}`).toEqual([]);
      expect(hit).toBe(true);
    },
    60_000,
  );
});

test('there are at least 50 kinds, each named once', () => {
  const kinds = Object.values(PARTS).flatMap((faults) => faults.map(({ kind }) => kind));
  expect(kinds.length).toBeGreaterThanOrEqual(50);
  expect(kinds.filter((kind, index) => kinds.indexOf(kind) !== index)).toEqual([]);
});
