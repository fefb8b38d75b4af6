import { describe, expect, test } from 'vitest';
import { statedPeriods } from '../../src/check/stated-periods.ts';
import type { Draft } from '../../src/model/workspace.ts';
import { readMarkdown } from '../../src/read/markdown.ts';
import { processorTime } from '../helpers/processor-time.ts';

const AUTHORITIES = [
  { name: 'Example Root', isForCas: true },
  { name: 'Example CA', isForCas: false },
  { name: 'Example CA 2', isForCas: false },
];

/** What a section states, in hours for each CA that it is about. */
function read(kind: 'crl' | 'ocsp-response', section: string, text: string): Record<string, number[]> {
  const { sections } = readMarkdown(`## ${section} Title\n\n${text}\n`, 'cps.md');
  const periods = statedPeriods({ sections } as unknown as Draft, kind, AUTHORITIES);
  const about = AUTHORITIES.map((authority) => [authority.name, periods.filter((period) => period.isAbout(authority)).map(({ hours }) => hours)] as const);
  return Object.fromEntries(about.filter(([, hours]) => hours.length > 0));
}

const all = (hours: number) => ({ 'Example Root': [hours], 'Example CA': [hours], 'Example CA 2': [hours] });
const issuing = (hours: number) => ({ 'Example CA': [hours], 'Example CA 2': [hours] });
const TABLE = '| CRL | Issued | nextUpdate | Signed by |\n| --- | --- | --- | --- |\n';

describe('of CRLs', () => {
  test.each<[string, string, Record<string, number[]>]>([
    ['hours', 'In each CRL nextUpdate is 24 hours after thisUpdate.', all(24)],
    ['at most', 'The nextUpdate field lies at most 36 hours after thisUpdate.', all(36)],
    ['days, in words and digits', 'The nextUpdate field is not more than seven (7) days after thisUpdate.', all(168)],
    ['days in words', 'CRLs are valid for ten days.', all(240)],
    ['weeks', 'CRLs have a validity period of 2 weeks.', all(336)],
    ['German', 'In jeder CRL liegt nextUpdate 24 Stunden nach thisUpdate.', all(24)],
    ['German, in words', 'Sperrlisten sind gültig für höchstens sieben Tage.', all(168)],
    ['a month is at most 31 days', 'The nextUpdate is 1 month after thisUpdate.', all(744)],
    ['two months are at most 62 days', 'The nextUpdate is two months after thisUpdate.', all(1488)],
    ['seven months are at most 215 days', 'The nextUpdate is 7 months after thisUpdate.', all(5160)],
    ['a year is at most 366 days', 'The nextUpdate is one year after thisUpdate.', all(8784)],
    ['the kind of CA in a sentence', 'Each issuing CA issues a CRL every 12 hours, with nextUpdate 24 hours after thisUpdate.', issuing(24)],
    ['the root in a sentence', 'The CRL of the root has nextUpdate at most 12 months after thisUpdate.', { 'Example Root': [8784] }],
    ['the root, excepted', 'The nextUpdate is 24 hours after thisUpdate; for the root CA at most 12 months.', issuing(24)],
    [
      'the root, with a sentence of its own',
      'CRLs have nextUpdate 24 hours after thisUpdate. For the root CA nextUpdate is 7 months later.',
      { ...issuing(24), 'Example Root': [5160] },
    ],
    [
      'rows by name',
      `${TABLE}| Example CA | every 12 hours | 24 hours | its key |\n| Example Root | every 6 months | 7 months | its key |`,
      { 'Example CA': [24], 'Example Root': [5160] },
    ],
    ['a name that begins another', `${TABLE}| Example CA 2 | every 12 hours | 48 hours | key of Example CA 2 |`, { 'Example CA 2': [48] }],
    [
      'names before kinds',
      'For Example CA nextUpdate is 12 hours after thisUpdate. Issuing CAs have nextUpdate 24 hours after thisUpdate.',
      { 'Example CA': [12], 'Example CA 2': [24] },
    ],
    ['only how often', 'A CRL is issued every 12 hours and after each revocation.', {}],
    ['two in one sentence', 'The nextUpdate is 24 hours later, or nextUpdate is 48 hours later on holidays.', {}],
    ['certificates', 'Each certificate has a CRL address, and is valid for 3 years.', {}],
    ['something else that is valid', 'A request is valid for 3 days.', {}],
  ])('%s', (_, text, expected) => {
    expect(read('crl', '4.9.7', text)).toEqual(expected);
    expect(read('crl', '7.2.2', text)).toEqual(expected);
    expect(read('crl', '4.9.8', text)).toEqual({});
  });
});

describe('of OCSP responses', () => {
  test.each<[string, string, Record<string, number[]>]>([
    ['a sentence', 'OCSP responses are valid for at most 12 hours.', all(12)],
    ['a sentence with more before it', 'OCSP responses shall be built on the current revocation data and shall be valid for at most 12 hours.', all(12)],
    ['a parameter', '| Parameter | Value |\n| --- | --- |\n| Validity of a response (nextUpdate minus thisUpdate) | 8 hours |', all(8)],
    ['a parameter in German', '| Parameter | Wert |\n| --- | --- |\n| Gültigkeit einer Antwort | 8 Stunden |', all(8)],
    ['another column', '| Response | nextUpdate | Cached |\n| --- | --- | --- |\n| good | present | 1 hour |', {}],
    ['the certificate of the signer', 'The certificate of the OCSP responder is valid for 2 days.', {}],
  ])('%s', (_, text, expected) => {
    expect(read('ocsp-response', '4.9.10', text)).toEqual(expected);
  });
});

test('a hostile sentence is read in time', () => {
  const text = `The nextUpdate ${'is valid 1 and nextUpdate '.repeat(4000)}`;
  const used = processorTime();
  expect(read('crl', '4.9.7', text)).toEqual({});
  expect(used()).toBeLessThan(2000);
});
