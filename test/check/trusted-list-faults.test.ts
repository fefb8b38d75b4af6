import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Finding } from '../../src/model/finding.ts';
import { type ListedChange, type ListedExample, type ListedResult, openListedExample } from '../helpers/listed-example.ts';
import { makeDescribedLists } from '../helpers/page-lists.ts';
import { declarationFaults } from './seeded/declared-services.ts';
import { listFaults } from './seeded/listed-services.ts';
import { CARD, type ExpectedFinding, type ListFault, newStates, replace, replaceAll, state } from './seeded/trusted-lists.ts';

// Faults in what the example declares of its services, in the lists (signed anew with their worthless keys) and in the
// texts; each has to be found, by its rule, in the line where it is, and with the line of the list that says otherwise.

let example: ListedExample;
const table: { kind: string; found: string }[] = [];
beforeAll(async () => {
  example = await openListedExample();
});
afterAll(async () => {
  await example.remove();
  const width = Math.max(...table.map(({ kind }) => kind.length));
  console.log([...table.map(({ kind, found }) => `${kind.padEnd(width)}  ${found}`), `${table.length} kinds of faults`].join('\n'));
});

const print = ({ rule, severity, at, message, seen, expected }: Finding) =>
  `${severity} ${rule} ${at.file}:${at.start?.line ?? ''} ${message} [${seen}; expected ${expected}]`;

const lineOf = (files: ReadonlyMap<string, string>, file: string, line: number | undefined) => files.get(file)?.split('\n')[(line ?? 0) - 1] ?? '';

/** The elements of lists whose lines a finding names. */
function citedBy({ message, seen }: Finding, files: ReadonlyMap<string, string>): string[] {
  return [...`${message} ${seen}`.matchAll(/(content\/trusted-lists\/\S+\.xml):(\d+)/g)].map(([, file = '', line]) => {
    const lines = (files.get(file) ?? '').split('\n').slice(Number(line) - 1);
    const [indent = '', name = ''] = /^(\s*)<([\w:]+)/.exec(lines[0] ?? '')?.slice(1) ?? [];
    const end = lines.findIndex((text) => text.startsWith(`${indent}</${name}>`));
    return lines.slice(0, end + 1).join('\n');
  });
}

function isMet({ rule, file, line, severity = 'error' as never, cites, says }: ExpectedFinding, { findings, files }: ListedResult): boolean {
  return findings.some((finding) => {
    if (finding.rule !== rule || finding.severity !== severity || finding.at.file !== file) return false;
    if (line === undefined ? finding.at.start !== undefined : !lineOf(files, file, finding.at.start?.line).includes(line)) return false;
    if (cites !== undefined && !citedBy(finding, files).some((element) => element.includes(cites))) return false;
    return says === undefined || print(finding).includes(says);
  });
}

describe.each([
  ['declarations, texts and certificates', declarationFaults],
  ['lists', listFaults],
] as const)('%s', (_, faults) => {
  test.each(faults.map((fault) => [fault.kind, fault] as const))('%s', async (kind, { change, expected }: ListFault) => {
    const result = await example.check(change);
    const missed = expected.filter((one) => !isMet(one, result));
    expect(missed, result.findings.map(print).join('\n')).toEqual([]);
    // An error is told with what to do, and by whom it is asked for.
    expect(result.findings.filter(({ basis, page }) => !basis.standard || !page)).toEqual([]);
    const [first] = expected;
    table.push({ kind, found: `${first?.rule} ${first?.file} "${first?.line ?? ''}"` });
  });
});

test('there are at least 30 kinds, each of its own', () => {
  const kinds = [...declarationFaults, ...listFaults].map(({ kind }) => kind);
  expect(new Set(kinds).size).toBe(kinds.length);
  expect(kinds.length).toBeGreaterThanOrEqual(30);
});

const HARMLESS: Readonly<Record<string, ListedChange>> = {
  nothing: {},
  'the services in another order': {
    services: (text) =>
      text.replace(/^([\s\S]*?)(- id: websites[\s\S]*?)(# Listed before[\s\S]*)$/, '$2$3') +
      (/- id: signatures-and-seals\n[\s\S]*?(?=- id: websites)/.exec(text)?.[0] ?? ''),
  },
  'the name of the provider': { services: replaceAll('provider: NTRAT-999999x', 'provider: Example Trust Services GmbH') },
  'the trade name of the provider, in small letters': { services: replaceAll('provider: NTRAT-999999x', 'provider: ets') },
  'the day instead of the instant': { services: replace('since: 2023-02-27T08:00:00Z', 'since: 2023-02-27') },
  'the first state with that status': { services: replace('since: 2023-02-27T08:00:00Z', 'since: 2023-02-20') },
  'the default type': { services: replaceAll('    type: CA/QC\n', '') },
  'the uses in another order': { services: replace('[ForeSignatures, ForeSeals]', '[ForeSeals, ForeSignatures]') },
  'a list that was newly issued': { lists: { AT: (plan) => ({ ...plan, sequence: 32, issued: '2026-11-23T08:00:00Z' }) } },
  'a list of version 5': { lists: { AT: (plan) => ({ ...plan, version: 5 }) } },
  'a list without an end': { lists: { AT: (plan) => ({ ...plan, nextUpdate: null }) } },
  'a new state that says the same': newStates({ since: '2025-06-01T08:00:00Z' }),
  'another use that nobody declares, of a root': state((plan) => ({ ...plan, uses: [...plan.uses, 'RootCA-QC'] })),
  'an object identifier without urn': { texts: { AT: replaceAll('urn:oid:', '') } },
  'a country without services': { snapshot: replace(/ {2}- country: DE\n(?: {4}.*\n)+/, ''), files: { 'DE.xml': undefined } },
};

// Of a new state the start is another; the declaration may name that of the first state with the same status.
const SINCE_FIRST: ListedChange = { services: replace('since: 2023-02-27T08:00:00Z', 'since: 2023-02-20') };

test.each(Object.entries(HARMLESS))('nothing is found for %s', async (name, change) => {
  const { findings } = await example.check(name === 'a new state that says the same' ? { ...change, ...SINCE_FIRST } : change);
  expect(findings.map(print)).toEqual([]);
});

test('a new state from whose start on everything is as before is found where the declaration names the start of another', async () => {
  const { findings } = await example.check(newStates({ since: '2025-06-01T08:00:00Z' }));
  expect(findings.map(({ rule }) => rule)).toEqual(['trusted-lists/status-holds']);
});

test('what versions have in common is told once', async () => {
  const { findings } = await example.check({ services: replace(`${CARD} }`, `${CARD}, qualifiers: [QCStatement] }`) });
  expect(findings.map(({ message }) => message)).toEqual([
    expect.stringMatching(
      /^Certificates of the service "signatures-and-seals" under the policy \S+ of cp 2\.1, .* do not get the qualifier QCStatement from the list\.$/,
    ),
  ]);
});

test.each([
  ['FR: { territory: FR }', '"FR"'],
  ['AT: { sequence: 32 }', '"sequence"'],
  ['AT: { services: { No such CA: {} } }', '"No such CA"'],
  ['AT: { services: { ETS OCSP: { name: A } } }', '"name"'],
])('a page that says %s of lists is refused', (content, reason) => {
  expect(() => makeDescribedLists(content)).toThrow(`${reason} in lists, which no test knows`);
});
