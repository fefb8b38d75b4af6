import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { strFromU8, unzipSync } from 'fflate';
import { XmlDocument } from 'libxml2-wasm';
import { describe, expect, test } from 'vitest';
import type { Matrix, MatrixPlace, MatrixRow } from '../../src/model/matrix.ts';
import { apiSchemas } from '../../src/publish/api.ts';
import { MATRIX_NOTE, matrixCsv, matrixJson, matrixXlsx, standardPath } from '../../src/publish/matrix.ts';
import { writeXlsx } from '../../src/publish/xlsx.ts';

const CARD = '1.3.6.1.4.1.99999.1.2.1';
const SEAL = '1.3.6.1.4.1.99999.1.2.2';
const STANDARD = 'ETSI EN 319 411-2';

const place = (section: string, more: Partial<MatrixPlace> = {}): MatrixPlace => ({
  document: 'cps',
  version: '2.1',
  language: 'en',
  section,
  title: 'Title',
  path: `/cps/2.1/#${section}`,
  byClause: false,
  since: { version: '1.1', from: '2024-01-31T23:00:00Z' },
  ...more,
});
const row = (id: string, more: Partial<MatrixRow> = {}): MatrixRow => ({
  standard: STANDARD,
  edition: 'V2.6.1',
  id,
  clause: '5.1',
  clauseTitle: 'General',
  summary: 'Something is said, "in quotes".',
  kind: 'shall',
  policies: [CARD, SEAL],
  because: [{ policies: [CARD, SEAL], reasons: [] }],
  state: 'no-text',
  stated: [],
  excluded: [],
  evidence: ['document', 'operation'],
  missing: [],
  ...more,
});

const matrix = (requirements: readonly MatrixRow[], more: Partial<Matrix> = {}): Matrix => ({
  provider: 'Example Trust Services',
  site: 'https://repository.ets.example/base',
  timeZone: 'Europe/Vienna',
  note: MATRIX_NOTE,
  standards: [{ standard: STANDARD, short: '411-2', edition: 'V2.6.1', title: 'Part 2', path: standardPath(STANDARD) }],
  policies: [
    { oid: CARD, name: 'Card', conformsTo: 'QCP-n-qscd' },
    { oid: SEAL, name: 'Seal', conformsTo: 'QCP-l-qscd' },
  ],
  texts: [{ document: 'cps', version: '2.1', language: 'en', path: '/cps/2.1/', sha256: 'a'.repeat(64) }],
  requirements: [...requirements],
  ...more,
});

const ALL = matrix([
  row('OVR-5.1-01', {
    state: 'stated',
    stated: [
      place('1.1'),
      place('4.9.1', { suspect: { base: '2.0', textSince: '2.1', edition: { from: 'V2.5.1', to: 'V2.6.1', change: 'amended' } } }),
      place('2.2', { document: 'pds', path: '/pds/1.2/#2.2', version: '1.2', since: { version: '1.0', from: '2025-01-14T23:00:00Z' } }),
    ],
  }),
  row('OVR-5.1-02', {
    state: 'excluded',
    excluded: [{ ...place('4.9.13'), reason: 'suspension is not offered' }],
    policies: [SEAL],
    because: [{ policies: [SEAL], reasons: ['EN 319 411-2 OVR-5.1-05 takes over QCP-l', 'case: seals'] }],
  }),
  row('OVR-5.1-03', {
    because: [
      { policies: [CARD], reasons: ['one way'] },
      { policies: [SEAL], reasons: [] },
    ],
  }),
  row('OVR-5.1-04', { state: 'not-decidable', evidence: ['profile'] }),
  row('OVR-5.1-05', { state: 'undecided', policies: [], because: [{ policies: [], reasons: ['tagged'] }], missing: ['suspension', 'status'] }),
]);

test('a standard has one address, whatever its edition', () => {
  expect(standardPath('ETSI EN 319 411-2')).toBe('/requirements/en-319-411-2/');
  expect(standardPath('Rules of "Our" Scheme, 2')).toBe('/requirements/rules-of-our-scheme-2/');
});

test('the JSON keeps to its schema', () => {
  const schema = JSON.parse(apiSchemas((path) => `https://x.example${path}`).get('matrix') ?? '');
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  const validate = ajv.compile(schema);
  expect(validate(JSON.parse(matrixJson(ALL))), JSON.stringify(validate.errors)).toBe(true);
  expect(validate({ ...JSON.parse(matrixJson(ALL)), requirements: [{ ...ALL.requirements[0], state: 'met' }] })).toBe(false);
});

/** Cells of a table by RFC 4180. */
function parseCsv(text: string): string[][] {
  const cells = [...text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)];
  const rows: string[][] = [[]];
  for (const [, quoted, plain = '', end] of cells) {
    rows.at(-1)?.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === '\r\n') rows.push([]);
  }
  return rows.slice(0, -1);
}

describe('the table', () => {
  test('tells each requirement in one line', () => {
    const [head = [], ...lines] = parseCsv(matrixCsv(ALL));
    const told = lines.map((cells) => Object.fromEntries(cells.map((cell, index) => [head[index], cell])));
    expect(lines.every((cells) => cells.length === head.length)).toBe(true);
    expect(told.map((line) => [line['ID'], line['State'], line['Applies because']])).toEqual([
      ['OVR-5.1-01', 'stated', ''],
      ['OVR-5.1-02', 'excluded', 'EN 319 411-2 OVR-5.1-05 takes over QCP-l, and case: seals'],
      ['OVR-5.1-03', 'no text found', 'QCP-n-qscd: one way; QCP-l-qscd: by itself'],
      ['OVR-5.1-04', 'not decidable from the text', ''],
      ['OVR-5.1-05', 'applicability not declared', 'tagged; not declared: suspension, status'],
    ]);
    expect(told[0]).toMatchObject({
      Policies: `QCP-n-qscd (${CARD}); QCP-l-qscd (${SEAL})`,
      'Requirement (in our own words)': 'Something is said, "in quotes".',
      'Stated in': 'CPS 2.1, 1.1 Title; CPS 2.1, 4.9.1 Title; PDS 1.2, 2.2 Title',
      Address: ['/cps/2.1/#1.1', '/cps/2.1/#4.9.1', '/pds/1.2/#2.2'].map((path) => `https://repository.ets.example/base${path}`).join('; '),
      'Since version': 'CPS 1.1; PDS 1.0',
      Since: '2024-02-01; 2025-01-15',
      'To be confirmed': 'CPS 2.1 (en), 4.9.1: another text since 2.1, V2.6.1 asks for something else than V2.5.1; set or confirmed for the last time in 2.0',
      Evidence: 'text; records of the operation',
    });
    expect(told[1]).toMatchObject({ 'Stated in': 'CPS 2.1, 4.9.13 Title', 'Since version': 'CPS 1.1', 'Excluded because': 'suspension is not offered' });
  });

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1'])('a cell that begins with %j is no formula', (reason) => {
    const csv = matrixCsv(matrix([row('OVR-5.1-01', { state: 'excluded', excluded: [{ ...place('1'), reason }] })]));
    const cells = parseCsv(csv).flat();
    expect(cells).toContain(`'${reason}`);
    expect(cells.filter((cell) => /^[=+\-@\t\r\n]/.test(cell))).toEqual([]);
  });
});

describe('the workbook', () => {
  const partsOf = (bytes: Uint8Array) => new Map(Object.entries(unzipSync(bytes)).map(([path, part]) => [path, strFromU8(part)]));

  test('has a sheet for each standard, a column for each policy, and links to the sections', () => {
    const parts = partsOf(matrixXlsx(ALL));
    expect([...parts.keys()]).toEqual([
      '[Content_Types].xml',
      '_rels/.rels',
      'xl/workbook.xml',
      'xl/_rels/workbook.xml.rels',
      'xl/styles.xml',
      'xl/worksheets/sheet1.xml',
      'xl/worksheets/_rels/sheet1.xml.rels',
      'xl/worksheets/sheet2.xml',
      'xl/worksheets/_rels/sheet2.xml.rels',
    ]);
    expect([...(parts.get('xl/workbook.xml') ?? '').matchAll(/<sheet name="([^"]*)"/g)].map(([, name]) => name)).toEqual(['About', 'EN 319 411-2 V2.6.1']);
    const cells = [...(parts.get('xl/worksheets/sheet2.xml') ?? '').matchAll(/<c r="([A-Z]+)(\d+)"[^>]*><is><t[^>]*>([^<]*)/g)];
    const line = (number: string) => cells.filter(([, , row]) => row === number).map(([, , , text]) => text);
    expect(line('1')).toEqual([
      'ID',
      'Clause',
      'Requirement (in our own words)',
      'Kind',
      `QCP-n-qscd\n${CARD}`,
      `QCP-l-qscd\n${SEAL}`,
      'Applies because',
      'State',
      'Stated in',
      'Since',
      'To be confirmed',
      'Excluded because',
      'Evidence',
      'Notes of the assessor',
    ]);
    expect(line('2')).toEqual([
      'OVR-5.1-01',
      '5.1',
      'Something is said, &quot;in quotes&quot;.',
      'shall',
      'x',
      'x',
      'stated',
      'CPS 2.1, 1.1 Title\nCPS 2.1, 4.9.1 Title\nPDS 1.2, 2.2 Title',
      'CPS 1.1, 2024-02-01\nPDS 1.0, 2025-01-15',
      'CPS 2.1 (en), 4.9.1: another text since 2.1, V2.6.1 asks for something else than V2.5.1; set or confirmed for the last time in 2.0',
      'text\nrecords of the operation',
    ]);
    expect(parts.get('xl/worksheets/_rels/sheet2.xml.rels')).toContain('Target="https://repository.ets.example/base/cps/2.1/#1.1" TargetMode="External"');
    expect(parts.get('xl/worksheets/sheet2.xml')).toContain('<autoFilter ref="A1:N6"/>');
  });

  test('every part is well-formed, whatever stands in the texts', () => {
    const summary = '</t> & "quotes" \u0000\u000B \uFFFF \uD800 _x000D_ 😀';
    const hostile = matrix([row('OVR-5.1-01', { summary })], {
      provider: '<script>',
      standards: [{ standard: `A/B[1]${'x'.repeat(40)}`, short: 'x', edition: '*', title: summary, path: '/' }],
    });
    for (const [path, text] of partsOf(
      matrixXlsx({ ...hostile, requirements: hostile.requirements.map((each) => ({ ...each, standard: `A/B[1]${'x'.repeat(40)}` })) }),
    )) {
      expect(() => XmlDocument.fromString(text).dispose(), path).not.toThrow();
    }
    expect(
      partsOf(writeXlsx([{ name: 'A', widths: [1], rows: [['x'.repeat(40_000)]] }]))
        .get('xl/worksheets/sheet1.xml')
        ?.match(/x+…/)?.[0].length,
    ).toBeLessThan(32_768);
  });

  test('a cell is text, never a formula', () => {
    const sheet = partsOf(writeXlsx([{ name: 'A', widths: [10], rows: [['Head'], ['=1+1'], [{ text: '@x', href: 'https://x.example/?a=1&b="2"' }]] }])).get(
      'xl/worksheets/sheet1.xml',
    );
    expect(sheet).not.toContain('<f>');
    expect([...(sheet ?? '').matchAll(/<c [^>]*t="(\w+)"/g)].map(([, type]) => type)).toEqual(['inlineStr', 'inlineStr', 'inlineStr']);
  });

  test('sheets whose names would be the same have names of their own', () => {
    const name = 'A very long name of a standard that goes on';
    const sheet = { name, widths: [1], rows: [['x']] };
    const names = [
      ...(partsOf(writeXlsx([sheet, { ...sheet, name: name.toUpperCase() }, { ...sheet, name: '*' }])).get('xl/workbook.xml') ?? '').matchAll(
        /<sheet name="([^"]*)"/g,
      ),
    ].map(([, found]) => found?.toLowerCase());
    expect(new Set(names).size).toBe(3);
    expect(names.every((found) => (found?.length ?? 0) <= 31)).toBe(true);
  });

  test('the same matrix gives the same bytes, in whatever time zone', () => {
    const zone = process.env['TZ'];
    const bytes = ['UTC', 'Pacific/Auckland', 'America/Los_Angeles'].map((name) => {
      process.env['TZ'] = name;
      return Buffer.from(matrixXlsx(ALL)).toString('base64');
    });
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
    expect(new Set(bytes).size).toBe(1);
  });
});

test('no file says more than what texts state', () => {
  const sheets = Object.values(unzipSync(matrixXlsx(ALL))).map((part) => strFromU8(part));
  for (const text of [matrixCsv(ALL), matrixJson(ALL), ...sheets])
    expect(text).not.toMatch(/complian|comply|complies|conforming|passed|failed|\bmet\b|FF0000|00FF00/i);
});
