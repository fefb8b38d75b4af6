import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SectionName, SectionTrait } from '../../src/model/change.ts';
import { type Lineage, type Step, type TextVersion, traceSections } from '../../src/model/lineage.ts';
import { processorTime } from '../helpers/processor-time.ts';

/** A change as a test writes it: what happened, and sections by number. */
type Sketch = readonly [traits: string, before: readonly string[], after: readonly string[]];

const COUNTS = { added: 1, removed: 1, places: 1 };

/** A text whose sections are `<number> <title>`, or only a title. */
function makeText(version: string, headings: readonly string[]): TextVersion {
  const sections = headings.map((heading, index) => {
    const [, number = '', title = ''] = /^(?:([\d.]+|[A-Z]\.?\d*) )?(.*)$/.exec(heading) ?? [];
    return { number, title, anchor: number || title.toLowerCase(), index };
  });
  return { version, sections };
}

/** Steps from what changed; sections that no change names and that both texts have are the same. */
function makeSteps(texts: readonly TextVersion[], changes: readonly (readonly Sketch[])[]): Step[] {
  return changes.map((sketches, index) => {
    const find = (text: TextVersion | undefined, name: string) => text?.sections.find(({ number, title }) => number === name || title === name) as SectionName;
    const [older, newer] = [texts[index], texts[index + 1]];
    const told = sketches.map(([traits, before, after]) => ({
      traits: traits.split(' ') as SectionTrait[],
      before: before.map((name) => find(older, name)),
      after: after.map((name) => find(newer, name)),
      counts: COUNTS,
    }));
    const named = new Set(told.flatMap(({ before, after }) => [...before, ...after]));
    const rest = older?.sections.filter((section) => !named.has(section)) ?? [];
    const same = rest.map((section) => [section.index, find(newer, section.number || section.title).index] as const);
    return { same, changes: told };
  });
}

function trace(headings: readonly (readonly string[])[], changes: readonly (readonly Sketch[])[]): readonly Lineage[] {
  const texts = headings.map((sections, index) => makeText(`${index + 1}.0`, sections));
  return traceSections(texts, makeSteps(texts, changes));
}

/** A lineage in one line: names with their interval, events, end. */
function show({ names, events, begin, end }: Lineage): string {
  const borne = names.map(({ number, title, from, until }) => `${`${number} ${title}`.trim()} [${from}-${until ?? ''}]`);
  const happened = events.map(({ version, traits }) => `${version} ${traits.join('+')}`);
  const origin = begin.splitFrom === undefined ? [] : [`split from #${begin.splitFrom}`];
  const ending = end === undefined ? [] : [end.mergedInto === undefined ? `gone at ${end.version}` : `merged into #${end.mergedInto} at ${end.version}`];
  return [...borne, ...origin, ...happened, ...ending].join('; ');
}

describe('a section through the versions', () => {
  test.each<[string, string[][], Sketch[][], string[]]>([
    [
      'stays',
      [
        ['1 A', '2 B'],
        ['1 A', '2 B'],
      ],
      [[]],
      ['1 A [0-]', '2 B [0-]'],
    ],
    ['is reworded', [['1 A'], ['1 A'], ['1 A']], [[], [['reworded', ['1'], ['1']]]], ['1 A [0-]; 3.0 reworded']],
    [
      'is renumbered, and another one takes its number',
      [
        ['1 A', '2 B'],
        ['1 A', '2 C', '3 B'],
      ],
      [
        [
          ['renumbered', ['2'], ['3']],
          ['added', [], ['2']],
        ],
      ],
      ['1 A [0-]', '2 B [0-1]; 3 B [1-]; 2.0 renumbered', '2 C [1-]; 2.0 added'],
    ],
    [
      'is retitled and moved',
      [
        ['1 A', '2 B'],
        ['2 B', '1 C'],
      ],
      [[['retitled moved', ['1'], ['1']]]],
      ['1 A [0-1]; 1 C [1-]; 2.0 retitled+moved', '2 B [0-]'],
    ],
    ['is removed', [['1 A', '2 B'], ['1 A'], ['1 A']], [[['removed', ['2'], []]], []], ['1 A [0-]', '2 B [0-1]; 2.0 removed; gone at 1']],
    [
      'is removed and comes back under its number and title: one, with a gap',
      [['1 A', '2 B'], ['1 A'], ['1 A', '2  b']],
      [[['removed', ['2'], []]], [['added', [], ['2']]]],
      ['1 A [0-]', '2 B [0-1]; 2  b [2-]; 2.0 removed; 3.0 added'],
    ],
    [
      'is another one where it comes with another title',
      [['1 A', '2 B'], ['1 A'], ['1 A', '2 C']],
      [[['removed', ['2'], []]], [['added', [], ['2']]]],
      ['1 A [0-]', '2 B [0-1]; 2.0 removed; gone at 1', '2 C [2-]; 3.0 added'],
    ],
    [
      'is split: the part with its title carries it on',
      [
        ['4 A', '5 B'],
        ['4 X', '5 A', '6 B'],
      ],
      [
        [
          ['split', ['4'], ['4', '5']],
          ['renumbered', ['5'], ['6']],
        ],
      ],
      ['4 A [0-1]; 5 A [1-]; 2.0 split', '5 B [0-1]; 6 B [1-]; 2.0 renumbered', '4 X [1-]; split from #0; 2.0 split'],
    ],
    [
      'is split: without its title the part with its number does, without both the first',
      [
        ['4 A', 'Old'],
        ['3 X', '4 Y', 'Ann', 'Bob'],
      ],
      [
        [
          ['split', ['4'], ['3', '4']],
          ['split', ['Old'], ['Ann', 'Bob']],
        ],
      ],
      ['4 A [0-1]; 4 Y [1-]; 2.0 split', 'Old [0-1]; Ann [1-]; 2.0 split', '3 X [1-]; split from #0; 2.0 split', 'Bob [1-]; split from #1; 2.0 split'],
    ],
    [
      'is merged into another, and stands alone again later',
      [['1 A', '2 B'], ['1 A'], ['1 A', '2 B']],
      [[['merged', ['1', '2'], ['1']]], [['added', [], ['2']]]],
      ['1 A [0-]; 2.0 merged', '2 B [0-1]; 2 B [2-]; 2.0 merged; 3.0 added'],
    ],
    [
      'is merged into another',
      [['1 A', '2 B'], ['1 B']],
      [[['merged', ['1', '2'], ['1']]]],
      ['1 A [0-1]; 2.0 merged; merged into #1 at 1', '2 B [0-1]; 1 B [1-]; 2.0 merged'],
    ],
    [
      'is one of several that several became',
      [
        ['1 A', '2 B'],
        ['1 A', '2 C', '3 D'],
      ],
      [[['split merged', ['1', '2'], ['1', '2', '3']]]],
      ['1 A [0-]; 2.0 split+merged', '2 B [0-1]; 2 C [1-]; 2.0 split+merged', '3 D [1-]; split from #0; 2.0 split+merged'],
    ],
    ['begins in a document that had none', [[], ['1 A']], [[['added', [], ['1']]]], ['1 A [1-]; 2.0 added']],
  ])('%s', (_, headings, changes, expected) => {
    expect(trace(headings, changes).map(show)).toEqual(expected);
  });

  test('has events with the names, the counts and the step', () => {
    const [lineage] = trace([['1 A'], ['1 A'], ['2 A']], [[], [['renumbered', ['1'], ['2']]]]);
    expect(lineage?.events).toEqual([
      {
        version: '3.0',
        step: 1,
        traits: ['renumbered'],
        before: [{ number: '1', title: 'A', anchor: '1', index: 0 }],
        after: [{ number: '2', title: 'A', anchor: '2', index: 0 }],
        counts: COUNTS,
      },
    ]);
  });

  test('of no version, and of one', () => {
    expect(traceSections([], [])).toEqual([]);
    expect(trace([['1 A', 'Preface']], []).map(show)).toEqual(['1 A [0-]', 'Preface [0-]']);
  });
});

describe('a step that is not whole is an error', () => {
  const texts = [makeText('1.0', ['1 A', '2 B']), makeText('1.1', ['1 A', '2 B'])];
  test.each<[string, Step, string]>([
    ['a section that went nowhere', { same: [[0, 0]], changes: [] }, 'The comparison of 1.0 with 1.1 does not say what became of section "2 B".'],
    [
      'a section that came from nowhere',
      { same: [[0, 0]], changes: [{ traits: ['removed'], before: [texts[0]?.sections[1] as SectionName], after: [], counts: COUNTS }] },
      'does not say what became of section "2 B".',
    ],
    [
      'a section twice',
      {
        same: [
          [0, 0],
          [0, 1],
        ],
        changes: [],
      },
      'names a section twice, or one that is not there.',
    ],
    [
      'a section that is not there',
      {
        same: [
          [0, 0],
          [2, 1],
        ],
        changes: [],
      },
      'names a section twice, or one that is not there.',
    ],
  ])('%s', (_, step, message) => {
    expect(() => traceSections(texts, [step])).toThrow(message);
  });

  test('steps that do not lie between the versions', () => {
    expect(() => traceSections(texts, [])).toThrow('2 versions have 0 steps between them.');
  });
});

describe('every section of every version belongs to exactly one lineage', () => {
  /** One edit of a list of headings, and how a comparison tells it. */
  type Edit = { kind: 'add' | 'remove' | 'reword' | 'renumber' | 'move' | 'split' | 'merge'; at: number };
  const edit = fc.record<Edit>({ kind: fc.constantFrom('add', 'remove', 'reword', 'renumber', 'move', 'split', 'merge'), at: fc.nat(1000) });

  /** Applies edits to sections that no earlier edit of the step touched; titles come from a small set, so that names come back. */
  function applyEdits(older: TextVersion, edits: readonly Edit[], version: string): { text: TextVersion; step: Step } {
    let parts = older.sections.map((section) => ({ before: [section], after: [{ ...section }], traits: [] as SectionTrait[] }));
    const name = (at: number) => ({ number: at % 5 === 0 ? '' : String(at % 7), title: `T${at % 3}`, anchor: `${at % 7}`, index: 0 });
    for (const { kind, at } of edits) {
      const index = parts.length === 0 ? 0 : at % parts.length;
      const part = parts[index];
      const second = parts[index + 1];
      if (kind === 'add') parts = parts.toSpliced(index, 0, { before: [], after: [name(at)], traits: ['added'] });
      if (!part || part.traits.length > 0) continue;
      if (kind === 'remove') Object.assign(part, { after: [], traits: ['removed'] });
      if (kind === 'reword') Object.assign(part, { traits: ['reworded'] });
      if (kind === 'renumber') Object.assign(part, { after: [name(at)], traits: ['renumbered'] });
      if (kind === 'move') parts = [...parts.toSpliced(index, 1), { ...part, traits: ['moved'] }];
      if (kind === 'split') Object.assign(part, { after: [name(at), name(at + 1)], traits: ['split'] });
      if (kind === 'merge' && second?.traits.length === 0) {
        parts = parts.toSpliced(index, 2, { before: [...part.before, ...second.before], after: [name(at)], traits: ['merged'] });
      }
    }
    const sections = parts.flatMap(({ after }) => after);
    for (const [index, section] of sections.entries()) section.index = index;
    const same = parts.filter(({ traits }) => traits.length === 0).map(({ before, after }) => [before[0]?.index ?? 0, after[0]?.index ?? 0] as const);
    return {
      text: { version, sections },
      step: { same, changes: parts.filter(({ traits }) => traits.length > 0).map((part) => ({ ...part, counts: COUNTS })) },
    };
  }

  const count = (names: readonly string[]) => Object.fromEntries([...Map.groupBy(names, (name) => name)].map(([name, all]) => [name, all.length]).sort());

  test('whatever is edited', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000), { maxLength: 6 }), fc.array(fc.array(edit, { maxLength: 5 }), { maxLength: 12 }), (first, history) => {
        const texts: TextVersion[] = [makeText('0', [...new Set(first.map((number) => `${number} T${number % 3}`))])];
        const steps: Step[] = [];
        for (const [index, edits] of history.entries()) {
          const { text, step } = applyEdits(texts.at(-1) as TextVersion, edits, String(index + 1));
          texts.push(text);
          steps.push(step);
        }
        const lineages = traceSections(texts, steps);
        for (const [version, { sections }] of texts.entries()) {
          const bearing = lineages.map(({ names }) => names.filter(({ from, until }) => from <= version && (until === undefined || version < until)));
          expect(bearing.every((names) => names.length <= 1)).toBe(true);
          expect(count(bearing.flat().map(({ number, title }) => `${number} ${title}`))).toEqual(
            count(sections.map(({ number, title }) => `${number} ${title}`)),
          );
        }
        for (const { names, end, begin } of lineages) {
          expect(names[0]?.from).toBe(begin.version);
          expect(names.at(-1)?.until).toBe(end?.version);
        }
        const told = lineages.flatMap(({ events }) => events.map(({ step }) => step));
        expect(new Set(told)).toEqual(new Set(steps.flatMap(({ changes }, step) => (changes.length > 0 ? [step] : []))));
      }),
      { numRuns: 300 },
    );
  });
});

test('a thousand versions of three hundred sections take well under a second', () => {
  const sections = Array.from({ length: 300 }, (_, index) => ({ number: `1.${index}`, title: `Title ${index}`, anchor: `1.${index}`, index }));
  const texts = Array.from({ length: 1000 }, (_, version) => ({ version: String(version), sections }));
  const steps = texts.slice(1).map((_, step): Step => {
    const changed = new Set([step % 300, (step * 7 + 1) % 300, (step * 13 + 2) % 300]);
    return {
      same: sections.filter(({ index }) => !changed.has(index)).map(({ index }) => [index, index] as const),
      changes: [...changed].map((index) => ({
        traits: ['reworded'] as const,
        before: [sections[index] as SectionName],
        after: [sections[index] as SectionName],
        counts: COUNTS,
      })),
    };
  });
  const used = processorTime();
  const lineages = traceSections(texts, steps);
  expect(used()).toBeLessThan(900);
  expect(lineages).toHaveLength(300);
});
