import { expect, test } from 'vitest';
import { explainInForce } from '../../src/model/answer.ts';
import { inForce } from '../../src/model/in-force.ts';
import { day, makeRegister } from '../helpers/register.ts';

const register = makeRegister([
  { version: '1.0', effective: 10, published: 5, files: { en: 'policies/cps.md' } },
  { version: '1.1', effective: 20, published: 15 },
  { version: '2.0', effective: 30, published: 18, document: 'cp-cps' },
  { withdrawn: 30, continuedBy: 'cp-cps', published: 18 },
  { version: '1.0', effective: 10, published: 5, document: 'terms' },
  { withdrawn: 40, published: 18, document: 'terms' },
]);
const explain = (document: string, count: number, zone = 'UTC') => explainInForce(inForce(register, document, day(count)), zone);

test('the answer is one sentence for each case', () => {
  expect([
    explain('cps', 4),
    explain('cps', 5),
    explain('cps', 16),
    explain('cps', 25),
    explain('cps', 30),
    explain('cp-cps', 30),
    explain('terms', 41),
    explain('pds', 5),
  ]).toMatchInlineSnapshot(`
    [
      "cps: none. Its first version was not yet in force.",
      "cps: none. Its first version was not yet in force. Version 1.0 is published and takes effect on 2026-01-11.",
      "cps: version 1.0, in force from 2026-01-11 until 2026-01-21. Version 1.1 is published and takes effect on 2026-01-21.",
      "cps: version 1.1, in force from 2026-01-21 until 2026-01-31. Its text is not held: the version is known by name only.",
      "cps: none. It was withdrawn on 2026-01-31 and continued by cp-cps (The service ended).",
      "cp-cps: version 2.0, in force from 2026-01-31. Its text is not held: the version is known by name only.",
      "terms: none. It was withdrawn on 2026-02-10 (The service ended).",
      "pds: no such document is in the register.",
    ]
  `);
});

test('times are shown in the zone asked for', () => {
  expect(explain('cps', 16, 'Europe/Vienna')).toMatchInlineSnapshot(
    `"cps: version 1.0, in force from 2026-01-11 01:00 until 2026-01-21 01:00. Version 1.1 is published and takes effect on 2026-01-21 01:00."`,
  );
});
