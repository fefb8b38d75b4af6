import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PolicyDocument } from '../../src/model/document.ts';
import type { PlainBlock, PlainSection, PlainText } from '../../src/model/plain-text.ts';
import { compareTexts } from '../../src/publish/diff.ts';
import { toPlainText } from '../../src/publish/plain-text.ts';
import { readMarkdown } from '../../src/read/markdown.ts';
import { linesOf, sideOf, trimRows } from '../helpers/comparison.ts';

const plain = (markdown: string) => toPlainText({ sections: readMarkdown(markdown, 'text.md').sections } as PolicyDocument);
const compare = (before: string, after: string) => compareTexts(plain(before), plain(after));

/** A comparison as a few lines: what happened to each section that changed, and its changed blocks in the marks of git. */
function show(before: string, after: string): string {
  const { sections } = compare(before, after);
  return sections
    .filter(({ traits }) => traits.length > 0)
    .flatMap((section) => {
      const names = (side: 'before' | 'after') => section[side].map(({ number, title }) => number || title).join(' + ');
      const marked = (words: readonly { kind: string; text: string }[]) =>
        words
          .map(({ kind, text }) => (kind === 'same' ? text : kind === 'added' ? `{+${text}+}` : `[-${text}-]`))
          .join('')
          .replaceAll('\u2029', '¶');
      const blocks = section.blocks
        .filter(({ change }) => change !== 'same')
        .flatMap((block) =>
          block.kind === 'text'
            ? [`  ${block.change}: ${block.change === 'changed' ? marked(block.words) : block.words.map(({ text }) => text).join('')}`]
            : block.rows.filter((row) => row.change !== 'same').map((row) => `  row ${row.change}: ${row.cells.map((cell) => marked(cell.words)).join(' | ')}`),
        );
      return [`${section.traits.join(', ')}: ${names('before')} > ${names('after')}`, ...blocks];
    })
    .join('\n');
}

const SECTIONS = `# 4 Operation

## 4.1 Application
Anybody may apply for a certificate in person at a registration authority of the provider.

## 4.2 Processing
An application is processed within five working days after all documents were handed in.

## 4.3 Issuance
The certificate is issued as soon as the application was approved by two trusted persons.
`;

describe('sections', () => {
  test('the same text has no changes', () => {
    expect(show(SECTIONS, SECTIONS)).toBe('');
  });

  test('a new section renumbers those after it, and nothing else is told of them', () => {
    const after = SECTIONS.replace('## 4.3 Issuance', '## 4.4 Issuance').replace(
      '## 4.2 Processing',
      '## 4.2 Identity proofing\nIdentity is proofed in person.\n\n## 4.3 Processing',
    );
    expect(show(SECTIONS, after)).toMatchInlineSnapshot(`
      "added:  > 4.2
        added: Identity is proofed in person.
      renumbered: 4.2 > 4.3
      renumbered: 4.3 > 4.4"
    `);
  });

  test('a renamed section is known by its number and words', () => {
    expect(show(SECTIONS, SECTIONS.replace('Processing', 'How applications are dealt with').replace('five', 'three'))).toMatchInlineSnapshot(`
      "reworded, retitled: 4.2 > 4.2
        changed: An application is processed within [-five-]{+three+} working days after all documents were handed in."
    `);
  });

  test('a renamed and renumbered section is known by its words', () => {
    const after = SECTIONS.replace('## 4.1 Application\n', '## 4.1 Scope\nThis chapter applies to all certificates of the provider.\n\n## 4.9 Who can ask\n');
    expect(show(SECTIONS, after)).toMatchInlineSnapshot(`
      "added:  > 4.1
        added: This chapter applies to all certificates of the provider.
      renumbered, retitled: 4.1 > 4.9"
    `);
  });

  test('a section that moved is told as that, and its words are not marked', () => {
    const [head = '', first = '', second = '', third = ''] = SECTIONS.split(/(?=## 4)/);
    expect(show(SECTIONS, head + third + first + second)).toBe('moved: 4.3 > 4.3');
  });

  test('a split section', () => {
    const before =
      '# 1 Keys\nSubscriber keys are generated in the device of the subscriber.\n\nThe keys of the provider are generated in a module in a ceremony with witnesses.\n';
    const after = before.replace('\nThe keys of', '\n# 2 Keys of the provider\nThe keys of');
    expect(show(before, after)).toMatchInlineSnapshot(`
      "reworded, split: 1 > 1 + 2
        added: 2 Keys of the provider"
    `);
    expect(show(after, before)).toMatchInlineSnapshot(`
      "reworded, merged: 1 + 2 > 1
        removed: 2 Keys of the provider"
    `);
  });

  test('sections with one title are told apart by their words', () => {
    const section = (number: string, words: string) => `# ${number} Definition\n${words}\n`;
    const [a, b] = [
      'A seal is what a legal person puts under a document to vouch for it.',
      'A time stamp binds data to a time and proves that they existed then.',
    ];
    expect(
      show(section('1', a) + section('2', b), section('1', 'Something new that stands here and was never seen before.') + section('2', a) + section('3', b)),
    ).toMatchInlineSnapshot(`
      "added:  > 1
        added: Something new that stands here and was never seen before.
      renumbered: 1 > 2
      renumbered: 2 > 3"
    `);
  });
});

describe('blocks and words', () => {
  const change = (before: string, after: string) => show(`# 1 A\n\n${before}\n`, `# 1 A\n\n${after}\n`).split('\n').slice(1).join('\n');

  test('a list item that was put in marks that item', () => {
    expect(change('- one thing\n- another thing\n- the last', '- one thing\n- a thing between\n- another thing\n- the last')).toBe('  added: a thing between');
  });

  test('a paragraph that was cut in two keeps its words', () => {
    expect(
      change('The key is destroyed. A protocol is written and kept for ten years.', 'The key is destroyed.\n\nA protocol is written and kept for ten years.'),
    ).toBe('  changed: The key is destroyed.{+¶+}A protocol is written and kept for ten years.');
  });

  test('numbers, OIDs, dates and abbreviations are whole words', () => {
    expect(change('See Sec. 4.9.1 and 1.3.6.1.4.1.99999.1 by 2026-01-31.', 'See Sec. 4.9.2 and 1.3.6.1.4.1.99999.2 by 2026-02-28.')).toBe(
      '  changed: See Sec. [-4.9.1 and 1.3.6.1.4.1.99999.1 by 2026-01-31-]{+4.9.2 and 1.3.6.1.4.1.99999.2 by 2026-02-28+}.',
    );
  });

  test('islands of equal words that mean nothing do not cut a rewritten sentence to pieces', () => {
    expect(
      change('The staff of the provider checks the identity document.', 'A trusted person of the registration authority compares the identity card.'),
    ).toMatchInlineSnapshot(
      `"  changed: [-The staff of the provider checks-]{+A trusted person of the registration authority compares+} the identity [-document-]{+card+}."`,
    );
  });

  test('a paragraph inserted before one with the same beginning stays whole', () => {
    expect(change('The CA shall log access.', 'The CA shall log changes.\n\nThe CA shall log access.')).toBe('  added: The CA shall log changes.');
  });
});

describe('tables', () => {
  const table = (...rows: string[]) => `# 1 A\n\n${rows.map((row) => `| ${row} |`).join('\n')}\n`;
  const HEAD = ['Field | Value | Critical', '--- | --- | ---'];
  const before = table(...HEAD, 'keyUsage | digitalSignature | yes', 'validity | 397 days | no', 'subject | commonName | no');

  test('a changed cell is one marked cell', () => {
    expect(show(before, before.replace('397 days', '199 days'))).toBe('reworded: 1 > 1\n  row changed: validity | [-397-]{+199+} days | no');
    const { sections } = compare(before, before.replace('397 days', '199 days'));
    const [block] = sections[0]?.blocks ?? [];
    expect(block?.kind === 'table' && block.rows.map(({ cells }) => cells.map((cell) => cell.change).join())).toEqual([
      'same,same,same',
      'same,same,same',
      'same,changed,same',
      'same,same,same',
    ]);
  });

  test('a new row is one marked row', () => {
    const after = before.replace('| subject', '| issuer | commonName | no |\n| subject');
    expect(show(before, after)).toBe('reworded: 1 > 1\n  row added: {+issuer+} | {+commonName+} | {+no+}');
    expect(compare(before, after).counts).toEqual({ added: 3, removed: 0, places: 1 });
  });

  test('a new column is a marked cell in each row', () => {
    const after = table(
      'Field | Source | Value | Critical',
      '--- | --- | --- | ---',
      'keyUsage | text | digitalSignature | yes',
      'validity | text | 397 days | no',
      'subject | text | commonName | no',
    );
    expect(show(before, after)).toMatchInlineSnapshot(`
      "reworded: 1 > 1
        row changed: Field | {+Source+} | Value | Critical
        row changed: keyUsage | {+text+} | digitalSignature | yes
        row changed: validity | {+text+} | 397 days | no
        row changed: subject | {+text+} | commonName | no"
    `);
  });

  test('a row whose every value changed is known by its first cell', () => {
    expect(show(before, before.replace('digitalSignature | yes', 'nonRepudiation, alone | no'))).toBe(
      'reworded: 1 > 1\n  row changed: keyUsage | [-digitalSignature-]{+nonRepudiation, alone+} | [-yes-]{+no+}',
    );
  });

  test('cells beyond the head are not lost', () => {
    const wide = '# 1 A\n\n| a |\n| --- |\n| b | c | d |\n';
    expect(sideOf(compare(wide, wide.replace('d', 'e')), 'after')).toEqual(['1 A', 'a', 'b|c|e']);
  });
});

describe('ignored differences', () => {
  const ignored = (before: string, after: string) => {
    const { ignored: counts, counts: marked } = compare(`# 1 A\n\n${before}\n`, `# 1 A\n\n${after}\n`);
    return { ...Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)), marked: marked.places };
  };

  test.each([
    ['quotes', 'The "Key" is', 'The “Key” is', { quotes: 2, marked: 0 }],
    ['an apostrophe', "the CA's key", 'the CA’s key', { quotes: 1, marked: 0 }],
    ['dashes', 'pages 5-6 here', 'pages 5–6 here', { dashes: 1, marked: 0 }],
    ['a line break', 'one two', 'one<br>two', { 'white-space': 1, marked: 0 }],
    ['the target of a link', 'see [the page](https://a.example)', 'see [the page](https://b.example)', { 'link-targets': 1, marked: 0 }],
    ['formatting', 'a word', 'a **word**', { formatting: 1, marked: 0 }],
    ['a list for a paragraph', 'a word', '- a word', { layout: 1, marked: 0 }],
  ])('%s', (_, before, after, expected) => {
    expect(ignored(before, after)).toEqual(expected);
  });

  test('what is ignored is still there on both sides', () => {
    const [before, after] = ['# 1 A\n\nThe "Key" of the CA\n', '# 1 A\n\nThe “Key” of a CA\n'];
    expect(sideOf(compare(before, after), 'before')).toEqual(['1 A', 'The "Key" of the CA']);
    expect(sideOf(compare(before, after), 'after')).toEqual(['1 A', 'The “Key” of a CA']);
  });
});

describe('lossless', () => {
  const word = fc.constantFrom(
    'the',
    'a',
    'key',
    'shall',
    'of',
    'is',
    '“CA”',
    '"CA"',
    '24',
    '72',
    'end-entity',
    'end–entity',
    'x.y',
    '(',
    ')',
    '.',
    ',',
    '4.9.1',
    '𝟙',
    '\u00a0',
    'ß',
  );
  const text = fc.array(word, { maxLength: 14 }).map((words) => words.join(' ').trim());
  const block: fc.Arbitrary<PlainBlock> = fc.oneof(
    { weight: 4, arbitrary: text.map((words): PlainBlock => ({ kind: 'paragraph', depth: 0, text: words || '-' })) },
    { weight: 1, arbitrary: fc.array(word, { maxLength: 6 }).map((words): PlainBlock => ({ kind: 'code', depth: 0, text: `  ${words.join('\n ')}` })) },
    {
      weight: 1,
      arbitrary: fc
        .array(
          fc.array(
            text.map((words) => ({ text: words })),
            { minLength: 1, maxLength: 4 },
          ),
          { minLength: 1, maxLength: 5 },
        )
        .map((rows): PlainBlock => ({ kind: 'table', depth: 0, rows })),
    },
  );
  const section = fc.record({ title: fc.constantFrom('Scope', 'Keys', 'Definition', 'Definition', ''), blocks: fc.array(block, { maxLength: 6 }) });
  const number = (sections: readonly { title: string; blocks: readonly PlainBlock[] }[]): PlainText => ({
    sections: sections.map(({ title, blocks }, index): PlainSection => {
      const name = title === '' ? '' : String(index + 1);
      return { number: name, title, anchor: name, level: 1, heading: { text: `${name} ${title}`.trim() }, blocks };
    }),
  });

  /** Both sides of a comparison give the two texts, string by string. */
  function expectBoth(before: PlainText, after: PlainText): void {
    const comparison = compareTexts(before, after);
    expect(trimRows(sideOf(comparison, 'before'))).toEqual(trimRows(linesOf(before)));
    expect(trimRows(sideOf(comparison, 'after'))).toEqual(trimRows(linesOf(after)));
  }

  test('for any two texts', () => {
    fc.assert(
      fc.property(fc.array(section, { maxLength: 6 }), fc.array(section, { maxLength: 6 }), (a, b) => expectBoth(number(a), number(b))),
      { numRuns: 1_500, seed: 1 },
    );
  });

  type Edit = { kind: 'drop' | 'double' | 'swap' | 'word' | 'cut' | 'join'; at: number; to: number; words: string };
  const edit: fc.Arbitrary<Edit> = fc.record({
    kind: fc.constantFrom('drop', 'double', 'swap', 'word', 'cut', 'join'),
    at: fc.nat(20),
    to: fc.nat(20),
    words: text,
  });

  /** Sections and blocks that are dropped, doubled, swapped, cut in two, joined, or get other words. */
  function apply(sections: readonly { title: string; blocks: readonly PlainBlock[] }[], { kind, at, to, words }: Edit) {
    const index = at % Math.max(1, sections.length);
    const chosen = sections[index];
    if (!chosen) return sections;
    const place = to % Math.max(1, chosen.blocks.length);
    if (kind === 'drop') return to % 2 ? sections.toSpliced(index, 1) : sections.with(index, { ...chosen, blocks: chosen.blocks.toSpliced(place, 1) });
    if (kind === 'double') return sections.toSpliced(index, 0, chosen);
    if (kind === 'swap') return sections.with(index, sections[to % sections.length] as typeof chosen).with(to % sections.length, chosen);
    if (kind === 'cut')
      return sections.toSpliced(index, 1, { ...chosen, blocks: chosen.blocks.slice(0, place) }, { title: 'Part', blocks: chosen.blocks.slice(place) });
    if (kind === 'join') return sections.toSpliced(index, 2, { ...chosen, blocks: [...chosen.blocks, ...(sections[index + 1]?.blocks ?? [])] });
    return sections.with(index, { ...chosen, blocks: chosen.blocks.toSpliced(place, 1, { kind: 'paragraph', depth: 0, text: words || '-' }) });
  }

  test('for thousands of edited texts', () => {
    fc.assert(
      fc.property(fc.array(section, { minLength: 1, maxLength: 8 }), fc.array(edit, { maxLength: 6 }), (sections, edits) =>
        expectBoth(number(sections), number(edits.reduce<readonly { title: string; blocks: readonly PlainBlock[] }[]>(apply, sections))),
      ),
      { numRuns: 3_000, seed: 2 },
    );
  });
});
