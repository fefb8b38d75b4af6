import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Finding } from '../../src/model/finding.ts';
import { dateKinds } from './seeded/dates.ts';
import { dutyKinds } from './seeded/duties.ts';
import { formKinds } from './seeded/form.ts';
import { harmlessChanges } from './seeded/harmless.ts';
import { languageKinds } from './seeded/languages.ts';
import { markKinds } from './seeded/marks.ts';
import { policyKinds } from './seeded/policies.ts';
import { turnedKinds } from './seeded/policy-statements.ts';
import { practiceKinds } from './seeded/practices.ts';
import { statementKinds } from './seeded/statements.ts';
import { draw } from './seeded/text.ts';
import { type Expected, type Fault, type Kind, openWorkbench, type Workbench } from './seeded/workbench.ts';

// Single changes to the example, each of which has to be found, by one of the rules that speak of it, in the line where it is wrong.
// A kind with many faults gives a sample of them, the same in every run; CARTULARY_ALL_FAULTS=1 tries them all.
const MOST = process.env['CARTULARY_ALL_FAULTS'] ? Number.POSITIVE_INFINITY : 3;
const GROUPS = {
  marks: markKinds,
  policies: policyKinds,
  'statements on policies': turnedKinds,
  duties: dutyKinds,
  'statements that are wanted': statementKinds,
  practices: practiceKinds,
  'dates and versions': dateKinds,
  form: formKinds,
  'the disclosure statement in two languages': languageKinds,
};

let bench: Workbench;
beforeAll(async () => {
  bench = await openWorkbench();
});
const table: { kind: string; found: number; made: number; place: string }[] = [];
afterAll(async () => {
  await bench.remove();
  printTable();
});

const grave = ({ severity }: Finding) => severity !== 'info';
const print = ({ rule, at, message }: Finding) => `${rule} ${at.file}:${at.start?.line}: ${message}`;
const isFound = ({ rules, file, line }: Expected, findings: readonly Finding[]) =>
  findings.some(({ rule, at }) => rules.includes(rule) && at.file === file && at.start?.line === line);

/** What of a fault is not found; empty where all is. */
async function miss(fault: Fault): Promise<string> {
  const findings = await bench.find(fault);
  const missed = fault.expected.filter((expected) => !isFound(expected, findings));
  if (fault.expected.length > 0 && missed.length === 0) return '';
  const wanted = missed.map(({ rules, file, line }) => `${rules.join(' or ')} ${file}:${line}`);
  return `${fault.name}\n  expected ${wanted.join('\n  expected ')}\n  found ${findings.map(print).join('\n  found ') || 'nothing'}`;
}

function printTable(): void {
  const width = Math.max(...table.map(({ kind }) => kind.length));
  const sum = (key: 'found' | 'made') => table.reduce((total, row) => total + row[key], 0);
  const rows = table.map(({ kind, found, made, place }) => `${kind.padEnd(width)}  ${String(found).padStart(3)} / ${String(made).padStart(3)}  ${place}`);
  console.log(
    [`${'kind of fault'.padEnd(width)}  found/made  expected at`, ...rows, `${'all'.padEnd(width)}  ${String(sum('found')).padStart(3)} / ${sum('made')}`].join(
      '\n',
    ),
  );
}

test('the unchanged documents give nothing', () => {
  expect(bench.unchanged.filter(grave).map(print)).toEqual([]);
});

test('new versions of them give nothing but marks to be confirmed in the sections that name the version', () => {
  const found = bench.renewed.filter(grave).map(({ rule, at, message }) => `${rule} ${at.file} ${message.split(' has another text')[0]}`);
  expect(found).toEqual(
    [
      ['cp.md', '1.2'],
      ['cp.md', '2.2'],
      ['cps.md', '1.2'],
      ['pds.de.md', '7'],
      ['pds.en.md', '7'],
      ['terms.md', '1.3'],
      ['terms.md', '1.4'],
    ].map(([file, section]) => `completeness/mark-confirmed policies/${file} Section ${section}`),
  );
});

describe.each(Object.entries(GROUPS))('%s', (_, makeKinds) => {
  test('every change is found in its line', async () => {
    const missed: string[] = [];
    for (const { kind, place, faults } of makeKinds(bench)) {
      const tried = draw(faults, MOST, faults.length);
      let found = 0;
      for (const fault of tried) {
        const left = await miss(fault);
        if (left === '') found += 1;
        else missed.push(`${kind}: ${left}`);
      }
      table.push({ kind, found, made: tried.length, place });
    }
    expect(missed).toEqual([]);
  }, 300_000);
});

test('changes after which a text says the same give nothing', async () => {
  const told: string[] = [];
  for (const change of harmlessChanges(bench)) {
    expect(change.text).not.toBe(bench.texts.get(change.file));
    for (const finding of await bench.find(change)) told.push(`${change.name}: ${print(finding)}`);
  }
  expect(told).toEqual([]);
});

test('there are at least 150 changes of at least 20 kinds', () => {
  expect(table.length).toBeGreaterThanOrEqual(20);
  expect(table.reduce((total, { made }) => total + made, 0)).toBeGreaterThanOrEqual(150);
});

/** A kind without faults would be found whatever the check does. */
test('no kind is empty, and every change changes something', () => {
  const kinds: readonly Kind[] = Object.values(GROUPS).flatMap((makeKinds) => makeKinds(bench));
  expect(kinds.filter(({ faults }) => faults.length === 0).map(({ kind }) => kind)).toEqual([]);
  expect(kinds.flatMap(({ faults }) => faults.filter(({ file, text }) => bench.texts.get(file) === text)).map(({ name }) => name)).toEqual([]);
});
