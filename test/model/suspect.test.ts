import { describe, expect, test } from 'vitest';
import type { CatalogueShelf } from '../../src/model/catalogue-shelf.ts';
import type { MarkedSection } from '../../src/model/marked-section.ts';
import type { Requirement } from '../../src/model/requirement.ts';
import { findSuspects, type MarkedVersion, traceMarks } from '../../src/model/suspect.ts';
import { makeCatalogue, makeRequirement } from '../helpers/catalogue.ts';

const make = (edition: string, requirements: (string | (Partial<Requirement> & { id: string }))[]) =>
  makeCatalogue({ edition, requirements: requirements.map((item) => makeRequirement(typeof item === 'string' ? { id: item } : item)) });
const clear = (id: string): Partial<Requirement> & { id: string } => ({ id, kind: 'void', evidence: [], rfc3647: [] });

/** The older edition is `v1`, the one in use `v2`: it amends 03, carries 04 on as 04A, has 05 under the number 06, and adds 07. */
const OLDER = make('V1.1.1', ['OVR-5.1-01', 'OVR-5.1-02', 'OVR-5.1-03', 'OVR-5.1-04', 'OVR-5.1-05']);
const NEWER = make('V1.2.1', [
  'OVR-5.1-01',
  'OVR-5.1-02',
  { id: 'OVR-5.1-03', kind: 'should' },
  clear('OVR-5.1-04'),
  'OVR-5.1-04A',
  clear('OVR-5.1-05'),
  { id: 'OVR-5.1-06', formerIds: [{ edition: 'V1.1.1', id: 'OVR-5.1-05' }], summary: 'What OVR-5.1-05 asks for.' },
  { id: 'OVR-5.1-07', clause: '5.1.2' },
]);
const SHELF: CatalogueShelf = {
  known: new Map([['made', ['v1', 'v2']]]),
  inUse: { made: 'v2' },
  catalogues: new Map([
    ['made/v1', OLDER],
    ['made/v2', NEWER],
  ]),
};

/** A section with its text and what its marks name. */
const section = (number: string, wording: string, ...names: string[]): MarkedSection => ({
  number,
  title: 'Title',
  anchor: number,
  substance: true,
  wording,
  marks: [{ kind: 'meets', text: names.map((name) => `made:${name}`).join(' '), place: { file: 'policies/cps.md' } }],
});

interface Given {
  sections: MarkedSection[];
  writtenTo?: string;
  confirms?: 'all' | string[];
}

/** What is suspect in the last of some versions, which are called 1, 2, 3, …, the oldest first. */
function judge(...versions: (Given | MarkedSection[])[]) {
  const history = versions
    .map((given): Given => (Array.isArray(given) ? { sections: given } : given))
    .map(
      ({ sections, writtenTo, confirms }, index): MarkedVersion => ({
        version: `${index + 1}`,
        marked: sections,
        writtenTo: writtenTo === undefined ? undefined : { made: writtenTo },
        confirms,
      }),
    );
  return findSuspects(history.reverse(), SHELF, [NEWER]).map(({ requirement, base, textSince, edition, sections }) =>
    [
      requirement.id,
      `base ${base}`,
      textSince === undefined ? '' : `text since ${textSince}`,
      edition ? `${edition.change} ${edition.in.join()}`.trim() : '',
      `in ${sections.map(({ number }) => number).join()}`,
    ]
      .filter(Boolean)
      .join(', '),
  );
}

describe('the text of a section', () => {
  const A = section('1.1', 'Alpha.', 'OVR-5.1-01');
  const B = section('1.1', 'Beta.', 'OVR-5.1-01');

  test('is not suspect where it is the same, or where the mark is new', () => {
    expect(judge([A])).toEqual([]);
    expect(judge([A], [A], [A])).toEqual([]);
    expect(judge([section('1.1', 'Alpha.', 'OVR-5.1-02')], [section('1.1', 'Beta.', 'OVR-5.1-01')])).toEqual([]);
  });

  test('is suspect from the version in which it changed, until it is changed back', () => {
    expect(judge([A], [B])).toEqual(['OVR-5.1-01, base 1, text since 2, in 1.1']);
    expect(judge([A], [A], [B], [B])).toEqual(['OVR-5.1-01, base 1, text since 3, in 1.1']);
    expect(judge([A], [B], [A])).toEqual([]);
    expect(judge([A], [B], [A], [B])).toEqual(['OVR-5.1-01, base 1, text since 4, in 1.1']);
  });

  test('is judged by the last version that confirms the mark', () => {
    expect(judge([A], { sections: [B], confirms: ['made:OVR-5.1-01'] })).toEqual([]);
    expect(judge([A], { sections: [B], confirms: 'all' }, [B])).toEqual([]);
    expect(judge([A], { sections: [B], confirms: 'all' }, [A])).toEqual(['OVR-5.1-01, base 2, text since 3, in 1.1']);
    expect(judge([A], { sections: [B], confirms: ['made:OVR-5.1-02'] })).toEqual(['OVR-5.1-01, base 1, text since 2, in 1.1']);
    expect(judge([A], { sections: [B], confirms: ['made:5.1'] })).toEqual([]);
  });

  test('can be confirmed for some of its marks', () => {
    const before = section('1.1', 'Alpha.', 'OVR-5.1-01', 'OVR-5.1-02', 'OVR-5.1-04A');
    const after = section('1.1', 'Beta.', 'OVR-5.1-01', 'OVR-5.1-02', 'OVR-5.1-04A');
    expect(judge([before], { sections: [after], confirms: ['made:OVR-5.1-02'] })).toEqual([
      'OVR-5.1-01, base 1, text since 2, in 1.1',
      'OVR-5.1-04A, base 1, text since 2, in 1.1',
    ]);
  });

  test('moves to another section with its mark', () => {
    expect(judge([A], [section('2.7', 'Alpha.', 'OVR-5.1-01')])).toEqual([]);
    expect(judge([A], [section('2.7', 'Beta.', 'OVR-5.1-01')])).toEqual(['OVR-5.1-01, base 1, text since 2, in 2.7']);
  });

  test('begins anew where the mark was taken out and put back', () => {
    const unmarked = section('1.1', 'Alpha.', 'OVR-5.1-02');
    expect(judge([A], [unmarked], [B])).toEqual([]);
    expect(judge([A], [unmarked], [B], [A])).toEqual(['OVR-5.1-01, base 3, text since 4, in 1.1']);
  });
});

describe('a mark in several sections', () => {
  const A = section('1.1', 'Alpha.', 'OVR-5.1-01');
  const C = section('1.2', 'Gamma.', 'OVR-5.1-01');

  test('is suspect where the text of one of them changed, or is marked no more', () => {
    expect(judge([A, C], [A, section('1.2', 'Delta.', 'OVR-5.1-01')])).toEqual(['OVR-5.1-01, base 1, text since 2, in 1.2']);
    expect(judge([A, C], [A])).toEqual(['OVR-5.1-01, base 1, text since 2, in 1.1']);
    expect(judge([A, C], [C, A])).toEqual([]);
  });

  test('may come to stand in one more, and that one counts from then on', () => {
    expect(judge([A], [A, C])).toEqual([]);
    expect(judge([A], [A, C], [A, section('1.2', 'Delta.', 'OVR-5.1-01')])).toEqual(['OVR-5.1-01, base 1, text since 3, in 1.2']);
  });
});

describe('a requirement', () => {
  const text = (...names: string[]) => [section('1.1', 'Alpha.', ...names)];

  test('is suspect where the edition in use amends it, and not where it is the same', () => {
    expect(judge({ sections: text('OVR-5.1-01', 'OVR-5.1-03'), writtenTo: 'v1' })).toEqual(['OVR-5.1-03, base 1, amended kind, in 1.1']);
    expect(judge({ sections: text('OVR-5.1-03'), writtenTo: 'v1' }, { sections: text('OVR-5.1-03'), writtenTo: 'v2' })).toEqual([
      'OVR-5.1-03, base 1, amended kind, in 1.1',
    ]);
  });

  test('is not suspect once a version that was written to the edition in use confirms it', () => {
    expect(judge({ sections: text('OVR-5.1-03'), writtenTo: 'v1' }, { sections: text('OVR-5.1-03'), writtenTo: 'v2', confirms: 'all' })).toEqual([]);
  });

  test('that is carried on by a letter is confirmed again, under its new name', () => {
    expect(judge({ sections: text('OVR-5.1-04'), writtenTo: 'v1' }, { sections: text('OVR-5.1-04A'), writtenTo: 'v2' })).toEqual([
      'OVR-5.1-04A, base 1, changed, in 1.1',
    ]);
  });

  test('that only has another number is the same one', () => {
    expect(judge({ sections: text('OVR-5.1-05'), writtenTo: 'v1' }, { sections: text('OVR-5.1-06'), writtenTo: 'v2' })).toEqual([]);
    expect(judge({ sections: [section('1.1', 'Beta.', 'OVR-5.1-05')], writtenTo: 'v1' }, { sections: text('OVR-5.1-06'), writtenTo: 'v2' })).toEqual([
      'OVR-5.1-06, base 1, text since 2, in 1.1',
    ]);
  });

  test('that is new is suspect where a mark named its clause before, and not where a mark names it', () => {
    expect(judge({ sections: text('5.1.2'), writtenTo: 'v1' })).toEqual(['OVR-5.1-07, base 1, added, in 1.1']);
    expect(judge({ sections: text('OVR-5.1-07'), writtenTo: 'v1' })).toEqual([]);
  });

  test('counts as of the edition that the next version names, where its own names none, and else as of the one in use', () => {
    expect(judge(text('OVR-5.1-03'), { sections: text('OVR-5.1-03'), writtenTo: 'v1' }, { sections: text('OVR-5.1-03'), writtenTo: 'v2' })).toEqual([
      'OVR-5.1-03, base 1, amended kind, in 1.1',
    ]);
    expect(judge(text('OVR-5.1-03'), text('OVR-5.1-03'))).toEqual([]);
    expect(judge({ sections: text('OVR-5.1-03'), writtenTo: 'v9' })).toEqual([]);
  });

  test('can be suspect for its text and its edition at once', () => {
    expect(judge({ sections: text('OVR-5.1-03'), writtenTo: 'v1' }, { sections: [section('1.1', 'Beta.', 'OVR-5.1-03')], writtenTo: 'v2' })).toEqual([
      'OVR-5.1-03, base 1, text since 2, amended kind, in 1.1',
    ]);
  });

  test('that is void or unknown is left to those who read marks', () => {
    expect(judge(text('OVR-5.1-04', 'OVR-9.9-99'), [section('1.1', 'Beta.', 'OVR-5.1-04', 'OVR-9.9-99')])).toEqual([]);
  });
});

test('the way back ends where each mark has its base', () => {
  const version = (number: string, sections: MarkedSection[], confirms?: 'all'): MarkedVersion => ({
    version: number,
    marked: sections,
    writtenTo: undefined,
    confirms,
  });
  const trace = traceMarks(SHELF, [NEWER]);
  expect(trace.add(version('4', [section('1.1', 'Alpha.', 'OVR-5.1-01', 'OVR-5.1-02')]))).toBe(true);
  expect(trace.add(version('3', [section('1.1', 'Alpha.', 'OVR-5.1-01')]))).toBe(true);
  expect(trace.add(version('2', [section('1.1', 'Alpha.', 'OVR-5.1-01')], 'all'))).toBe(false);
  expect(traceMarks(SHELF, [NEWER]).add(version('1', [], 'all'))).toBe(false);
});
