import { describe, expect, test } from 'vitest';
import { Profile, type ProfileData } from '../../src/model/profile.ts';
import { fieldName } from '../../src/model/profile-field-names.ts';
import { profileRows, profileWords } from '../../src/model/profile-words.ts';

const OID = '1.3.6.1.4.1.99999.1.2.1';
const read = (data: object): Profile => ({ ...Profile.parse({ title: 'Seals', section: '7.1', ...data }), id: 'seal' }) as ProfileData & { id: string };
const withRow = (row: object, more: object = {}) => read({ rows: [{ id: 'row', field: 'extensions.keyUsage', ...row }], ...more });
/** The value of the only row, code in backticks. */
const sayValue = (value: object, language: string) =>
  profileRows(withRow({ field: 'subject.serialNumber', value }), language)[0]
    ?.value.map(({ text, code }) => (code ? `\`${text}\`` : text))
    .join('');

describe('what a value must be is said in words', () => {
  test.each([
    [{ exactly: ['a'] }, '`a`', '`a`'],
    [{ exactly: ['a', 'b'] }, 'exactly `a`, `b`', 'genau `a`, `b`'],
    [{ includes: ['a'] }, 'at least `a`', 'mindestens `a`'],
    [{ oneOf: ['a', 'b'] }, 'one of `a`, `b`', 'eines von `a`, `b`'],
    [{ like: ['NTR??-*', '#'] }, 'of the form `NTR??-*` or `#`', 'der Form `NTR??-*` oder `#`'],
    [{ atLeast: '8', atMost: '20' }, '8 to 20', '8 bis 20'],
    [{ atLeast: '8' }, 'at least 8', 'mindestens 8'],
    [{ atMost: '20' }, 'at most 20', 'höchstens 20'],
    [{ countAtMost: '1' }, 'at most 1 value', 'höchstens 1 Wert'],
    [{ countAtLeast: '2', countAtMost: '2' }, '2 values', '2 Werte'],
    [{ countAtLeast: '1', countAtMost: '9' }, '1 to 9 values', '1 bis 9 Werte'],
    [{ atMost: '24', words: { en: 'hours', de: 'Stunden' } }, 'at most 24 (hours)', 'höchstens 24 (Stunden)'],
    [{ words: { en: 'rises', de: 'steigt' } }, 'rises', 'steigt'],
    [{ like: ['a*'], countAtMost: '1' }, 'of the form `a*`; at most 1 value', 'der Form `a*`; höchstens 1 Wert'],
  ])('%j', (value, english, german) => {
    expect(sayValue(value, 'en')).toBe(english);
    expect(sayValue(value, 'de-AT')).toBe(german);
  });
});

test('a row says its presence, whether it is critical, its section and its note', () => {
  const profile = read({
    rows: [
      { id: 'usage', field: 'extensions.keyUsage', critical: 'true', section: '7.1.2', note: { en: 'Always.', de: 'Immer.' } },
      { id: 'email', field: 'subject.emailAddress', presence: 'forbidden' },
    ],
  });
  expect(profileRows(profile, 'de')).toEqual([
    {
      id: 'usage',
      name: 'Schlüsselverwendung',
      field: 'extensions.keyUsage',
      presence: 'erforderlich',
      critical: 'ja',
      value: [],
      section: '7.1.2',
      note: 'Immer.',
    },
    { id: 'email', name: 'Inhaber: E-Mail-Adresse', field: 'subject.emailAddress', presence: 'verboten', critical: '', value: [], section: '7.1', note: '' },
  ]);
});

test.each([
  ['version', 'Version'],
  ['subject.serialNumber', 'Subject: serial number'],
  ['serialNumber', 'Serial number'],
  ['issuer', 'Issuer'],
  ['issuer.commonName', 'Issuer: common name'],
  ['extensions.authorityInfoAccess.ocsp', 'Authority information access: OCSP'],
  ['singleExtensions.archiveCutoff', 'Archive cutoff'],
  ['qcStatements.QcType', 'QC statement: QcType'],
  ['entries.reasonCode', 'Entry: reason'],
  ['extensions.1.3.6.1.4.1.99999.9', '1.3.6.1.4.1.99999.9'],
  ['subject.1.3.6.1.4.1.99999.9', 'Subject: 1.3.6.1.4.1.99999.9'],
])('%s is called %s', (field, name) => {
  expect(fieldName(field, 'en')).toBe(name);
});

test('what no row names is forbidden, where the profile does not open its part', () => {
  const remarks = (more: object, row: object = {}) => profileWords(withRow(row, more), 'en').remarks;
  expect(remarks({})).toEqual(['Other attributes of the subject, extensions or QC statements than those of this table are forbidden.']);
  expect(remarks({ others: ['subject', 'extensions'], policy: OID })).toEqual([
    'Other QC statements than those of this table are forbidden.',
    'Other attributes of the subject or extensions than those of this table may be present.',
  ]);
  expect(remarks({ kind: 'crl', others: ['extensions', 'entries'] })).toEqual([
    'Other extensions or extensions of entries than those of this table may be present.',
  ]);
  expect(remarks({ kind: 'ocsp-response' })[0]).toBe('Other extensions or extensions of a single answer than those of this table are forbidden.');
});

test('signs of forms and parts of extensions are explained where the table has them', () => {
  const { remarks } = profileWords(withRow({ field: 'extensions.authorityInfoAccess.ocsp', value: { like: ['http://*'] } }), 'de');
  expect(remarks.slice(1)).toEqual([
    'Ebenso andere Teile einer Erweiterung, deren Teile die Tabelle nennt.',
    'In Formen steht * für Beliebiges, ? für ein Zeichen und # für eine Ziffer.',
  ]);
});
