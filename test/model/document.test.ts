import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DocumentId, FrontMatter, Oid, VersionNumber } from '../../src/model/document.ts';
import { readHeading, slug } from '../../src/model/heading.ts';
import { compareVersionNumbers } from '../../src/model/version-number.ts';

describe('a heading is split into number and title', () => {
  test.each([
    ['1. INTRODUCTION', '1', 'INTRODUCTION'],
    ['1 INTRODUCTION', '1', 'INTRODUCTION'],
    ['1.1 Overview', '1.1', 'Overview'],
    ['1.1. Overview', '1.1', 'Overview'],
    ['4.9.1.1\tReasons for Revoking', '4.9.1.1', 'Reasons for Revoking'],
    ['4.9 – Revocation', '4.9', 'Revocation'],
    ['4.9: Revocation', '4.9', 'Revocation'],
    ['§ 4 Widerruf', '4', 'Widerruf'],
    ['§4.9 Widerruf', '4.9', 'Widerruf'],
    ['§§ 4.9 Widerruf', '4.9', 'Widerruf'],
    ['A.1 CAA Methods', 'A.1', 'CAA Methods'],
    ['A.1.2. CAA contactphone Property', 'A.1.2', 'CAA contactphone Property'],
    ['APPENDIX A – CAA Contact Tag', 'A', 'CAA Contact Tag'],
    ['Appendix A - CAA Contact Tag', 'A', 'CAA Contact Tag'],
    ['Appendix A: CAA Contact Tag', 'A', 'CAA Contact Tag'],
    ['Appendix A', 'A', 'Appendix A'],
    ['Appendix B.2 Forms', 'B.2', 'Forms'],
    ['Annex IV Lists', 'IV', 'Lists'],
    ['Anhang 1 Verzeichnisse', 'Appendix-1', 'Verzeichnisse'],
    ['Anlage 1.2 Verzeichnisse', 'Appendix-1.2', 'Verzeichnisse'],
    ['Overview', '', 'Overview'],
    ['Root CA Certificate', '', 'Root CA Certificate'],
    ['Appendix to the CPS', '', 'Appendix to the CPS'],
    ['Annex a list of things', '', 'Annex a list of things'],
    ['3-year review', '', '3-year review'],
    ['24/7 support', '', '24/7 support'],
    ['2026-02-01 Changes', '', '2026-02-01 Changes'],
    ['1.1', '', '1.1'],
    ['A word', '', 'A word'],
    ['  1.1   Overview  ', '1.1', 'Overview'],
    ['', '', ''],
  ])('"%s" is "%s", "%s"', (text, number, title) => {
    expect(readHeading(text)).toEqual({ number, title });
  });
});

test.each([
  ['Root CA Certificate', 'root-ca-certificate'],
  ['Geschäftsbedingungen & Haftung', 'geschäftsbedingungen-haftung'],
  ['  –  ', 'section'],
  ['<script>', 'script'],
  ['../../etc', 'etc'],
  [`x${'𝔸'.repeat(100)}`, `x${'𝔸'.repeat(79)}`],
  [`${'a'.repeat(79)} b`, 'a'.repeat(79)],
])('the anchor of "%s" is "%s"', (title, anchor) => {
  expect(slug(title)).toBe(anchor);
});

describe('version numbers', () => {
  test.each([
    ['1.9', '1.10'],
    ['1', '1.1'],
    ['2.0-rc', '2.0'],
    ['2.0-rc', '2.0.1'],
    ['2.0-rc', '2.1'],
    ['1.9', '2.0-rc'],
    ['2.1', '2.1a'],
    ['2.1a', '2.1b'],
    ['2.1a', '2.2'],
    ['2.9a', '2.10'],
    ['2.1', '2.1.1'],
    ['2024-02-01', '2024-10-01'],
  ])('%s comes before %s', (older, newer) => {
    expect([compareVersionNumbers(older, newer), compareVersionNumbers(newer, older)]).toEqual([-1, 1]);
  });

  test.each([
    ['2', '2.0'],
    ['2.01', '2.1'],
    ['5.3', '5.3'],
  ])('%s and %s are the same', (left, right) => {
    expect([Math.abs(compareVersionNumbers(left, right)), Math.abs(compareVersionNumbers(right, left))]).toEqual([0, 0]);
  });

  test('their order is one: turned round, and from one to the next', () => {
    const number = fc
      .array(fc.constantFrom('0', '1', '2', '10', 'a', 'rc', '1a', '01'), { minLength: 1, maxLength: 4 })
      .map((parts) => ['1', ...parts].join('.'));
    fc.assert(
      fc.property(number, number, number, (a, b, c) => {
        expect(compareVersionNumbers(a, b) + compareVersionNumbers(b, a)).toBe(0);
        if (compareVersionNumbers(a, b) <= 0 && compareVersionNumbers(b, c) <= 0) expect(compareVersionNumbers(a, c)).toBeLessThanOrEqual(0);
      }),
      { seed: 3, numRuns: 5000 },
    );
  });

  test.each([
    ['2.1', true],
    ['2.0-rc1', true],
    ['1.10', true],
    ['2024-02-01', true],
    ['v2.1', false],
    ['history', false],
    ['2..1', false],
    ['2/1', false],
    ['2.1 ', false],
    ['', false],
    ['1'.repeat(41), false],
  ])('"%s" is one: %s', (text, expected) => {
    expect(VersionNumber.safeParse(text).success).toBe(expected);
  });
});

test.each([
  ['cps', true],
  ['cp-cps', true],
  ['tls-br2', true],
  ['api', false],
  ['in-force', false],
  ['CPS', false],
  ['cps-', false],
  ['../cps', false],
  ['constructor', true],
  ['a'.repeat(41), false],
])('"%s" is the id of a document: %s', (id, expected) => {
  expect(DocumentId.safeParse(id).success).toBe(expected);
});

test.each([
  ['1.3.6.1.4.1.99999.1.2.1', true],
  ['2.16.840', true],
  ['0.4.0.194112.1.2', true],
  ['1.3.06.1', false],
  ['3.1', false],
  ['1', false],
  ['1. 3.6', false],
  ['1.3.6.', false],
])('"%s" is an object identifier: %s', (oid, expected) => {
  expect(Oid.safeParse(oid).success).toBe(expected);
});

test('front matter keeps what is written, and has no policies unless it names some', () => {
  const written = { document: 'cps', type: 'CPS', title: 'CPS', language: 'de-AT', version: '1.10', status: 'draft', effective: '2026-02-01' };
  expect(FrontMatter.parse(written)).toEqual({ ...written, policies: [] });
});

test('how far a change reaches is set with a reason, or not at all', () => {
  const written = { document: 'cps', type: 'CPS', title: 'CPS', language: 'en', version: '1', status: 'draft', effective: '2026-02-01', policies: [] };
  const set = (significance: unknown) => FrontMatter.safeParse({ ...written, significance });
  expect(set({ kind: 'minor', reason: 'A number was misprinted.' }).data).toEqual({
    ...written,
    significance: { kind: 'minor', reason: 'A number was misprinted.' },
  });
  for (const wrong of [
    { kind: 'minor' },
    { reason: 'Why' },
    { kind: 'minor', reason: ' ' },
    { kind: 'major', reason: 'Why' },
    'minor',
    { kind: 'minor', reason: 'Why', by: 'me' },
  ]) {
    expect(set(wrong).success).toBe(false);
  }
});
