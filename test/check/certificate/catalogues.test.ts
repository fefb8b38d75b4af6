import { expect, test } from 'vitest';
import { checkCertificate } from '../../../src/check/certificate/check-certificate.ts';
import { readField } from '../../../src/check/certificate/fields.ts';
import { TESTS } from '../../../src/check/certificate/tests.ts';
import { prepareStandards } from '../../../src/model/certificate-rule.ts';
import { compileCertificateStandards, readCertificateCatalogues } from '../../../src/read/certificate-catalogues.ts';
import { processorTime } from '../../helpers/processor-time.ts';
import { makeFacts } from './made-up.ts';

const catalogues = await readCertificateCatalogues();
const parts = catalogues.flatMap((catalogue) => [catalogue, ...catalogue.companions]);
const checks = parts.flatMap(({ short, requirements }) =>
  requirements.flatMap(({ id, checks: own }) => own.map((check) => ({ key: `${short}:${id}`, check }))),
);

test('each id stands once', () => {
  const keys = parts.flatMap(({ short, requirements }) => requirements.map(({ id }) => `${short}:${id}`));
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
});

test('every field, list and test that the data names exists', () => {
  const facts = makeFacts('QCP-n');
  const lists = new Set(catalogues.flatMap((catalogue) => Object.keys(catalogue.lists)));
  for (const { check } of checks) {
    for (const field of [check.field, check.differsFrom, ...check.when.map((condition) => condition.field)]) if (field !== undefined) readField(facts, field);
    if (check.test !== undefined) expect(Object.keys(TESTS)).toContain(check.test);
    if (check.in !== undefined) expect([...lists]).toContain(check.in);
  }
  const named = new Set(checks.map(({ check }) => check.test));
  expect(Object.keys(TESTS).filter((name) => !named.has(name))).toEqual([]);
});

test('what one certificate decides has a check, or a reason in another requirement', () => {
  const without = parts.flatMap(({ short, requirements }) =>
    requirements.filter(({ decidable, kind, checks: own }) => decidable === 'yes' && kind !== 'may' && own.length === 0).map(({ id }) => `${short}:${id}`),
  );
  // GEN-4.4.1-8A repeats GEN-4.3.11-2A, LEG-4.3.1-2 takes over NAT-4.3.2-1, and QCS-4.2.1-01 is what QCS-4.2.4-01 and QCS-5-01 say.
  expect(without).toEqual(['412-2:GEN-4.4.1-8A', '412-3:LEG-4.3.1-2', '412-5:QCS-4.2.1-01']);
});

test('patterns take time that grows with the length of their input alone', () => {
  const hostile = [
    'a'.repeat(50_000),
    `${'A'.repeat(50_000)}!`,
    `PSDAT-${'A'.repeat(50_000)}`,
    `AT/${'/'.repeat(50_000)}`,
    '*.'.repeat(25_000),
    ' '.repeat(50_000),
  ];
  const patterns = checks.flatMap(({ check }) => [check, ...check.when].flatMap(({ each, some }) => [each, some])).filter((pattern) => pattern !== undefined);
  const used = processorTime();
  for (const pattern of patterns) for (const text of hostile) new RegExp(pattern, 'su').test(text);
  expect(used()).toBeLessThan(2000);
});

test('lists have the codes that they should, and none that the standards single out', () => {
  const { lists } = prepareStandards(catalogues);
  const size = (name: string) => lists[name]?.split(' ').length;
  expect({ country: size('country'), language: size('language') }).toEqual({ country: 249, language: 185 });
  expect(lists['country']?.split(' ')).not.toContain('EL');
  expect(lists['currency']?.split(' ')).toEqual(expect.arrayContaining(['EUR', '978', 'CHF', 'HUF']));
});

test('a policy or group that there is not, a field or a test that nobody knows: the data is broken', async () => {
  const [first] = catalogues;
  if (!first) throw new Error('There is no catalogue.');
  const [requirement] = first.requirements;
  const broken = { ...first, requirements: [{ ...requirement, policies: ['nobody'], checks: [{ test: 'single', when: [] }] }] } as unknown as typeof first;
  expect(() => prepareStandards([broken])).toThrow('The catalogue of ETSI EN 319 412-1 names "nobody", which is neither a policy nor one of its groups.');
  expect(() => readField(makeFacts('QCP-n'), 'subject2')).toThrow('There is no field "subject2" of certificates.');
  const { standards, lists } = await compileCertificateStandards();
  const rules = [
    { id: 'X', kind: 'shall' as const, policies: ['QCP-n' as const], since: '2016-07-01', summary: 'A test.', checks: [{ test: 'nobody', when: [] }] },
  ];
  expect(() => checkCertificate(makeFacts('QCP-n'), { standards: standards.map((standard) => ({ ...standard, rules })), lists })).toThrow(
    'There is no test "nobody" of certificates.',
  );
});
