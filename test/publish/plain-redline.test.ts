import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changedSections, type TextComparison } from '../../src/publish/comparison-message.ts';
import { compareTexts } from '../../src/publish/diff.ts';
import { GITHUB_LIMIT, writeMarkdownRedline } from '../../src/publish/markdown-redline.ts';
import { writePlainRedline } from '../../src/publish/plain-redline.ts';
import { toPlainText } from '../../src/publish/plain-text.ts';
import { readMarkdown } from '../../src/read/markdown.ts';

const read = (text: string) => toPlainText({ sections: readMarkdown(text, 'cps.md').sections } as Parameters<typeof toPlainText>[0]);

/** Two texts, compared; what is said of them stands still, for it is tested elsewhere. */
function compare(before: string, after: string, told: Partial<TextComparison> = {}): TextComparison {
  const side = { path: 'policies/cps.md', sha256: '0'.repeat(64) };
  return {
    document: 'cps',
    language: 'en',
    before: { source: 'register', version: '2.2', ...side },
    after: { source: 'work', version: '2.3', ...side },
    section: undefined,
    comparison: compareTexts(read(before), read(after)),
    declarations: [],
    significance: { kind: 'material', set: undefined, proposed: 'material' },
    reasons: [],
    ...told,
  };
}

const plain = (before: string, after: string, color = false) => writePlainRedline(compare(before, after), { color });

/** What follows the brief. */
const redline = (before: string, after: string, color = false) => plain(before, after, color).replace(/^[\s\S]*?\n(?=\S*## )/, '');

const markdown = (...comparisons: TextComparison[]) =>
  writeMarkdownRedline({ comparisons, sentences: [] }, { limit: GITHUB_LIMIT, command: ({ document }) => `cartulary diff 2.2 work --document ${document}` });

const BEFORE = `# 4 Operation

The CA revokes within 24 hours.

This stays.

- first
- second

## 4.1 Algorithms

| Key | Size |
| --- | --- |
| RSA | 2048 |
| EC | P-256 |

## 4.2 Fees

No stipulation.
`;
const AFTER = `# 4 Operation

The CA revokes within 12 hours.

This stays.

- first
- second and third

## 4.1 Key algorithms

| Key | Size |
| --- | --- |
| RSA | 3072 |
| EC | P-256 |
| ML-DSA | 65 |

## 4.3 Contact

Write to us.
`;

describe('as text', () => {
  test('a comparison begins with what changed in brief, and shows changed blocks only', () => {
    const told = {
      declarations: [{ oid: '1.3.6.1.4.1.99999.1', field: 'qscd' as const, before: 'not required', after: 'required' }],
      reasons: [{ kind: 'number' as const, seen: '24 → 12', section: { number: '4', title: 'Operation', anchor: '4', index: 0 } }],
    };
    expect(writePlainRedline(compare(BEFORE, AFTER, told), { color: false })).toMatchInlineSnapshot(`
      "cps (en): version 2.2 → work tree (version 2.3)
      ===============================================

      Material change, going by what differs between the two texts.

      - number: 24 → 12 (in 4 Operation)

      Policies and QSCD
      -----------------

      - policy 1.3.6.1.4.1.99999.1, QSCD: not required → required

      Changed sections
      ----------------

      4 sections differ, in 7 places: 13 words were added, 7 removed.

      - 4 Operation: reworded
      - 4.1 Key algorithms: reworded, retitled (was “Algorithms”)
      - 4.2 Fees: removed
      - 4.3 Contact: new

      ## 4 Operation: reworded

        The CA revokes within [-24-]{+12+} hours.

          • second {+and third+}

      ## 4.1 [-Algorithms-]{+Key algorithms+}: reworded, retitled (was “Algorithms”)

        Key | Size
        RSA | [-2048-]{+3072+}
        {+ML-DSA | 65+}

      ## [-4.2 Fees-]: removed

        [-No stipulation.-]

      ## {+4.3 Contact+}: new

        {+Write to us.+}
      "
    `);
  });

  test('nothing that differs is one sentence', () => {
    expect(plain('# 1 A\n\nText.\n', '# 1 A\n\nText.\n')).toMatchInlineSnapshot(`
      "cps (en): version 2.2 → work tree (version 2.3)
      ===============================================

      Nothing that the texts say differs.
      "
    `);
  });

  test.each([
    [
      'a paragraph that was split',
      '# 1 A\n\nOne sentence here. Another sentence there.\n',
      '# 1 A\n\nOne sentence here.\n\nAnother sentence there.\n',
      '{+¶+}\n  Another',
    ],
    [
      'paragraphs that were joined',
      '# 1 A\n\nOne sentence here.\n\nAnother sentence there.\n',
      '# 1 A\n\nOne sentence here. Another sentence there.\n',
      '[-¶-]',
    ],
    ['code, line by line', '# 1 A\n\n```\na = 1\nb = 2\n```\n', '# 1 A\n\n```\na = 1\nb = 3\n```\n', '  a = 1\n  b = [-2-]{+3+}\n'],
    [
      'an item, with its label and depth',
      '# 1 A\n\n1. one\n   - two words here\n',
      '# 1 A\n\n1. one\n   - two words there\n',
      '      • two words [-here-]{+there+}\n',
    ],
    ['a line break', '# 1 A\n\none  \ntwo words\n', '# 1 A\n\none  \ntwo signs\n', '  one\n  two [-words-]{+signs+}\n'],
    ['a new row as a whole', '# 1 A\n\n| a | b |\n| - | - |\n| c | d |\n', '# 1 A\n\n| a | b |\n| - | - |\n| c | d |\n| e | f |\n', '\n  a | b\n  {+e | f+}\n'],
    ['a row that is gone', '# 1 A\n\n| a | b |\n| - | - |\n| c | d |\n| e | f |\n', '# 1 A\n\n| a | b |\n| - | - |\n| c | d |\n', '\n  a | b\n  [-e | f-]\n'],
    [
      'a new column',
      '# 1 A\n\n| a | b |\n| - | - |\n| c | d |\n',
      '# 1 A\n\n| a | b | new |\n| - | - | - |\n| c | d | e |\n',
      '\n  a | b | {+new+}\n  c | d | {+e+}\n',
    ],
    [
      'what stands before the first heading',
      'Version 1\n\n# 1 A\n',
      'Version 2\n\n# 1 A\n',
      '## Text before the first heading: reworded\n\n  Version [-1-]{+2+}\n',
    ],
    ['a new section', '# 1 A\n\nText.\n', '# 1 A\n\nText.\n\n# 2 B\n\nMore.\n', '## {+2 B+}: new\n\n  {+More.+}\n'],
    ['a word that was removed at an end', '# 1 A\n\nUntil 30 June 2026 it holds.\n', '# 1 A\n\nUntil 30 June 2026.\n', '2026 [-it holds-].'],
  ])('%s', (_, before, after, expected) => {
    expect(redline(before, after)).toContain(expected);
  });

  test('colour comes on top of the marks', () => {
    expect(redline('# 1 A\n\nwithin 24 hours\n', '# 1 A\n\nwithin 12 hours\n', true)).toBe(
      '\u001b[1m## 1 A: reworded\u001b[0m\n\n  within \u001b[31m[-24-]\u001b[0m\u001b[32m{+12+}\u001b[0m hours\n',
    );
  });

  test('a text cannot steer the terminal', () => {
    const text = plain('# 1 A\n\none word\n', '# 1 A \u001b[2J\n\none \u001b]0;title\u0007 \u009b2J \u202eword\n', true);
    const rest = ['0', '1', '2', '31', '32'].reduce((shown, code) => shown.replaceAll(`\u001b[${code}m`, ''), text).replaceAll('\n', '');
    expect(rest).not.toMatch(/\p{Cc}|\u202e/u);
  });
});

describe('as Markdown', () => {
  test('each changed section is one folded piece of HTML without an empty line', () => {
    expect(markdown(compare(BEFORE, AFTER))).toMatchInlineSnapshot(`
      "## cps (en): version 2.2 → work tree (version 2.3)

      Material change, going by what differs between the two texts.

      ### Changed sections

      4 sections differ, in 7 places: 13 words were added, 7 removed.

      - 4 Operation: reworded
      - 4.1 Key algorithms: reworded, retitled (was “Algorithms”)
      - 4.2 Fees: removed
      - 4.3 Contact: new

      <details>
      <summary>4 Operation: reworded</summary>
      <p>The CA revokes within <del>24</del><ins>12</ins> hours.</p>
      <p>&emsp;• second <ins>and third</ins></p>
      </details>

      <details>
      <summary>4.1 <del>Algorithms</del><ins>Key algorithms</ins>: reworded, retitled (was “Algorithms”)</summary>
      <table>
      <tr><th>Key</th><th>Size</th></tr>
      <tr><td>RSA</td><td><del>2048</del><ins>3072</ins></td></tr>
      <tr><td><ins>ML-DSA</ins></td><td><ins>65</ins></td></tr>
      </table>
      </details>

      <details>
      <summary><del>4.2 Fees</del>: removed</summary>
      <p><del>No stipulation.</del></p>
      </details>

      <details>
      <summary><ins>4.3 Contact</ins>: new</summary>
      <p><ins>Write to us.</ins></p>
      </details>

      Only what changed is shown: paragraphs and rows that are the same are left out.
      "
    `);
  });

  test('nothing of a text is taken for markup, a mention or an issue', () => {
    const text = markdown(compare('# 1 A\n\nword\n', '# 1 <b>A</b> *x*\n\n`<script>` @team and #12, a & b\n\n```\none\n\ntwo\n```\n'));
    expect(text).toContain('&lt;script&gt; @<!-- -->team and #<!-- -->12, a &amp; b');
    expect(text).toContain('<pre><ins>one&#10;&#10;two</ins></pre>');
    expect(text.match(/<(?!\/?(?:details|summary|ins|del|p|pre|table|tr|th|td|br)>|!-- -->)[^>]*>/g)).toBeNull();
  });

  test('no piece of HTML has an empty line, which would end it', () => {
    for (const [piece] of markdown(compare(BEFORE, AFTER)).matchAll(/<details>[\s\S]*?<\/details>/g)) expect(piece).not.toMatch(/\n\s*\n/);
  });

  const many = (count: number, words: string) =>
    Array.from({ length: count }, (_, index) => `# ${index + 1} Section ${index + 1}\n\n${words} ${index}.\n`).join('\n');

  test('what does not fit into a comment is left out by whole sections, and told', () => {
    const long = 'The quick brown fox jumps over the lazy dog. '.repeat(40);
    const compared = compare(many(60, `old ${long}`), many(60, `new ${long}`));
    const text = markdown(compared);
    expect(text.length).toBeLessThanOrEqual(GITHUB_LIMIT);
    expect(text.length).toBeGreaterThan(GITHUB_LIMIT - 4000);
    const shown = text.match(/<details>\n/g)?.length ?? 0;
    expect(shown).toBeGreaterThan(20);
    expect(text).toMatch(
      /\*\*Left out, for it would not fit into a comment: the text of \d+ Section \d+, .* and \d+ more\.\*\* This command shows all of it: `cartulary diff 2\.2 work --document cps`\n$/,
    );
    expect(text.match(/<\/details>/g)?.length).toBe(text.match(/<details>/g)?.length);
  });

  test('a list of changed sections that does not fit is left out too, and told', () => {
    const compared = compare(many(900, 'old'), many(900, 'new'));
    const text = writeMarkdownRedline({ comparisons: [compared], sentences: [] }, { limit: 20_000, command: () => 'cartulary diff' });
    expect(text.length).toBeLessThanOrEqual(20_000);
    expect(text).toContain('**Left out, for it would not fit into a comment: the list of what changed, and the text of ');
  });

  test('several comparisons share the room', () => {
    const long = 'The quick brown fox jumps over the lazy dog. '.repeat(40);
    const large = compare(many(60, `old ${long}`), many(60, `new ${long}`));
    const text = markdown(compare(BEFORE, AFTER), large, { ...large, document: 'cp' });
    expect(text.length).toBeLessThanOrEqual(GITHUB_LIMIT);
    expect(text.match(/^## /gm)).toHaveLength(3);
    expect(text.match(/Left out/g)).toHaveLength(2);
  });
});

test('text and Markdown show every changed word of whatever was edited', () => {
  const word = fc.constantFrom('shall', 'revoke', '24', 'hours', '“CA”', 'key', '–', 'RSA', 'a', 'b');
  const paragraph = fc.array(word, { minLength: 1, maxLength: 12 }).map((words) => words.join(' '));
  const text = fc.array(paragraph, { minLength: 1, maxLength: 5 }).map((paragraphs) => `# 1 Section\n\n${paragraphs.join('\n\n')}\n`);
  fc.assert(
    fc.property(text, text, (before, after) => {
      const compared = compare(before, after);
      const written = [writePlainRedline(compared, { color: false }), markdown(compared).replaceAll('&amp;', '&')];
      for (const section of changedSections(compared.comparison)) {
        for (const block of section.blocks) {
          if (block.change === 'same' || block.kind !== 'text') continue;
          for (const { kind, text: words } of block.words) {
            if (kind === 'same' || words.trim() === '') continue;
            const [open, close] = kind === 'added' ? ['{+', '+}'] : ['[-', '-]'];
            expect(written[0]).toContain(`${open}${words.trim()}${close}`);
            expect(written[1]).toContain(words.trim());
          }
        }
      }
    }),
    { numRuns: 200 },
  );
});
