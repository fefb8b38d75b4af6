import { describe, expect, test } from 'vitest';
import { FrontMatter } from '../../src/model/document.ts';
import { compareDeclarations, declarationWords, describeDeclaration } from '../../src/publish/declarations.ts';

const OID = '1.3.6.1.4.1.99999.1.2.1';
const OTHER = '1.3.6.1.4.1.99999.1.2.2';

const policy = (more: object = {}) => ({ oid: OID, name: 'Signatures', ...more });
const text = (policies: readonly object[], more: object = {}) =>
  FrontMatter.parse({ document: 'cps', type: 'CPS', title: 'CPS', language: 'en', version: '1', status: 'draft', effective: '2026-02-01', policies, ...more });
const tell = (before: FrontMatter | undefined, after: FrontMatter | undefined, language = 'en') =>
  compareDeclarations(before, after).map((change) => describeDeclaration(change, declarationWords(language)));

describe('what one policy declares', () => {
  test.each<[string, object, object, object, string]>([
    [
      'a QSCD that becomes required',
      { qscd: { required: 'false' } },
      { qscd: { required: 'true' } },
      { field: 'qscd', before: 'not required', after: 'required' },
      `policy ${OID}, QSCD: not required → required`,
    ],
    ['a QSCD stated first', {}, { qscd: { required: 'true' } }, { field: 'qscd', after: 'required' }, `policy ${OID}, QSCD: not stated → required`],
    [
      'a QSCD stated no longer',
      { qscd: { required: 'false' } },
      {},
      { field: 'qscd', before: 'not required' },
      `policy ${OID}, QSCD: not required → not stated`,
    ],
    [
      'who manages the QSCD',
      { qscd: { required: 'true', managedBy: 'subject' } },
      { qscd: { required: 'true', managedBy: 'tsp' } },
      { field: 'qscdManagedBy', before: 'subject', after: 'tsp' },
      `policy ${OID}, QSCD managed by: the subject → the provider`,
    ],
    ['the EU statement', {}, { qualified: { statement: '1.1' } }, { field: 'qualified', after: 'stated' }, `policy ${OID}, EU qualified: not stated → stated`],
    [
      'the ETSI policy',
      { conformsTo: 'QCP-n' },
      { conformsTo: 'QCP-n-qscd' },
      { field: 'conformsTo', before: 'QCP-n', after: 'QCP-n-qscd' },
      `policy ${OID}, conforms to: QCP-n → QCP-n-qscd`,
    ],
    ['the profile', { profile: 'a' }, { profile: 'b' }, { field: 'profile', before: 'a', after: 'b' }, `policy ${OID}, certificate profile: a → b`],
    // A name that is a word of the declarations stays a name.
    ['the name', { name: 'tsp' }, { name: 'subject' }, { field: 'name', before: 'tsp', after: 'subject' }, `policy ${OID}, name: tsp → subject`],
  ])('%s', (_, before, after, change, sentence) => {
    const [older, newer] = [text([policy(before)]), text([policy(after)])];
    expect(compareDeclarations(older, newer)).toEqual([{ oid: OID, ...change }]);
    expect(tell(older, newer)).toEqual([sentence]);
  });
});

test('facts of the document come first, then policies in the newer order, then those that are gone', () => {
  const before = text([policy(), { oid: '2.5.4', name: 'Gone' }], { type: 'CP', title: 'Policy' });
  const after = text([{ oid: OTHER, name: 'Seals', qscd: { required: 'true' } }, policy({ name: 'Signing' })], { language: 'de' });
  expect(tell(before, after)).toEqual([
    'type of document: CP → CPS',
    'title: Policy → CPS',
    'language: en → de',
    `policy added: ${OTHER} (Seals)`,
    `policy ${OID}, name: Signatures → Signing`,
    'policy removed: 2.5.4 (Gone)',
  ]);
});

test('in German', () => {
  const before = text([policy({ qscd: { required: 'false', managedBy: 'subject' } })]);
  const after = text([policy({ qscd: { required: 'true', managedBy: 'tsp' } }), { oid: OTHER, name: 'Siegel' }]);
  expect(tell(before, after, 'de-AT')).toEqual([
    `Richtlinie ${OID}, QSCD: nicht erforderlich → erforderlich`,
    `Richtlinie ${OID}, QSCD verwaltet durch: den Inhaber → den Anbieter`,
    `Richtlinie hinzugefügt: ${OTHER} (Siegel)`,
  ]);
});

test.each(['fr', 'constructor', ''])('a language without a column, "%s", is told in English', (language) => {
  expect(declarationWords(language)).toBe(declarationWords('en'));
});

describe('no declaration changed', () => {
  const whole = policy({ qualified: { statement: '1.1' }, qscd: { required: 'true', managedBy: 'tsp', statement: '1.4.1' } });
  test.each<[string, FrontMatter | undefined, FrontMatter | undefined]>([
    ['by another order of policies', text([policy(), { oid: OTHER, name: 'Seals' }]), text([{ oid: OTHER, name: 'Seals' }, policy()])],
    [
      'by a statement in another section',
      text([whole]),
      text([{ ...whole, qualified: { statement: '1.2' }, qscd: { required: 'true', managedBy: 'tsp', statement: '1.4.2' } }]),
    ],
    ['by version, status and dates', text([whole]), text([whole], { version: '2', status: 'approved', effective: '2027-01-01', changes: 'All.' })],
    ['where the older text has no front matter', undefined, text([whole])],
    ['where the newer text has none', text([whole]), undefined],
  ])('%s', (_, before, after) => expect(compareDeclarations(before, after)).toEqual([]));
});

test('an OID that stands twice is compared place by place', () => {
  expect(tell(text([policy({ name: 'A' }), policy({ name: 'B' })]), text([policy({ name: 'A' })]))).toEqual([`policy removed: ${OID} (B)`]);
});
