import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { SectionChange } from '../../src/model/change.ts';
import type { PolicyDocument } from '../../src/model/document.ts';
import type { Inline, PlainText } from '../../src/model/plain-text.ts';
import { compareTexts } from '../../src/publish/diff.ts';
import { foldUnchanged } from '../../src/publish/fold-unchanged.ts';
import { toPlainText } from '../../src/publish/plain-text.ts';
import { renderChangeList, renderRedline, renderRedlineParts, renderSectionChange } from '../../src/publish/redline.ts';
import { redlineWords } from '../../src/publish/redline-words.ts';
import { readMarkdown } from '../../src/read/markdown.ts';
import { expectSound, find, REDLINE, toTree, validate } from '../helpers/redline.ts';

const plain = (markdown: string) => toPlainText({ sections: readMarkdown(markdown, 'text.md').sections } as PolicyDocument);
const compare = (before: string, after: string) => compareTexts(plain(before), plain(after));

/** The redline of one section's words, without its heading and what happened to it. */
function body(before: string, after: string): string {
  const { sections } = compare(`# 1 A\n\n${before}\n`, `# 1 A\n\n${after}\n`);
  const lines = renderSectionChange(sections[0] as SectionChange, { words: REDLINE.words }).split('\n');
  return lines.slice(3, -1).join('\n');
}

/** What a reader sees, with the marks as signs: the hidden words and ids are tested on their own. */
const brief = (html: string) =>
  html
    .replace(/<span class="spoken">[^<]*<\/span>/g, '')
    .replace(/ id="[^"]*" data-change="\d+"/g, '')
    .replace(/<span class="change">([\s\S]*?(?:<\/ins>|<\/del>))<\/span>/g, '$1');

const BEFORE = `Version 2.1 of this text of "Example Trust Services".

# 1 Introduction

## 1.1 Overview
This text states how certificates are issued.

## 1.2 Document name
The name of the document is CPS.

# 4 Operation

## 4.1 Application
Anybody may apply for a certificate **in person** at a [registration authority](https://ra.example) within 24 hours, see [Section 4.3](#43-issuance).

- the name of the applicant;
- the date of birth;
  - as printed in the passport;
  - or in another document;
- a telephone number.

1. First the form is filled in.
2. Then it is signed.

> A quotation that stays as it is.

The paragraph that is one. It is cut into two later on and nothing else happens to it.

## 4.2 Processing
An application is processed within five working days after all documents were handed in.

\`\`\`
openssl x509 -in cert.pem \\
  -noout -text
\`\`\`

This paragraph is removed in the newer text as a whole.

## 4.3 Issuance
The certificate is issued as soon as the application was approved by two trusted persons.

## 4.4 Suspension
Certificates are suspended on request for thirty days and are then revoked.

## 4.5 Keys
Subscriber keys are generated in the device of the subscriber.

The keys of the provider are generated in a module in a ceremony with witnesses.

# 7 Profiles

| Field | Value | Critical |
| --- | --- | --- |
| version | v3 | |
| validity | 397 days | no |
| subject | commonName | no |
| keyUsage | digitalSignature | yes |

# 9 Other matters
These are the fees and other matters that come at the end of the text.
`;

const AFTER = `Version 2.2 of this text of “Example Trust Services”.

# 1 Introduction

## 1.1 Overview
This text states how certificates are issued.

## 1.2 Document name
The name of the document is CPS.

# 4 Operation

## 4.1 Application
Anybody may apply for a certificate **in person or by video** at a [registration authority](https://ra.example/new) within 72 hours, see [Section 4.4](#44-issuance).

- the name of the applicant;
- the place and date of birth;
  - as printed in the passport;
  - or in another official document;
- an e-mail address;
- a telephone number.

1. First the form is filled in.
2. Then it is signed.

> A quotation that stays as it is.

The paragraph that is one.

It is cut into two later on and nothing else happens to it.

## 4.2 Identity
Identity is checked.

| Means | Level |
| --- | --- |
| passport | high |

## 4.3 Processing of applications
An application is processed within three working days after all documents were handed in.

\`\`\`
openssl x509 -in cert.pem \\
  -noout -text -fingerprint
\`\`\`

## 4.5 Keys
Subscriber keys are generated in the device of the subscriber.

## 4.5.1 Keys of the provider

The keys of the provider are generated in a module in a ceremony with witnesses.

## 4.4 Issuance
The certificate is issued as soon as the application was approved by two trusted persons.

# 7 Profiles

| Field | Value | Source | Critical |
| --- | --- | --- | --- |
| version | v3 | RFC 5280 | |
| validity | 199 days | BR | no |
| keyUsage | digitalSignature | | yes |
| issuer | name | RFC 5280 | no |

# 9 Other matters
These are the fees and other matters that come at the end of the text.
`;

describe('sections', () => {
  const parts = (before = BEFORE, after = AFTER, options = REDLINE) => renderRedlineParts(compare(before, after), options);
  const head = (part: string | undefined) => part?.split('\n').slice(0, 3).join('\n');

  test('bear the anchor of the newer text and say what happened', () => {
    expect(brief(parts().map(head).join('\n'))).toMatchInlineSnapshot(`
      "<section class="section-redline">
      <h3>Text before the first heading</h3>
      <p class="happened">reworded</p>
      <p class="unchanged">Unchanged: <a href="/cps/2.2/#1">1</a> to <a href="/cps/2.2/#4">4</a>, 4 sections</p>
      <section class="section-redline" id="4.1">
      <h3>4.1 Application</h3>
      <p class="happened">reworded · <a href="/cps/2.1/#4.1">4.1 in the older text</a> · <a href="/cps/2.2/#4.1">4.1 in the newer text</a></p>
      <section class="section-redline added" id="4.2">
      <h3><ins>4.2 Identity</ins></h3>
      <p class="happened">new · <a href="/cps/2.2/#4.2">4.2 in the newer text</a></p>
      <section class="section-redline" id="4.3">
      <h3><del>4.2 Processing</del><ins>4.3 Processing of applications</ins></h3>
      <p class="happened">reworded, renumbered (was 4.2), retitled (was “Processing”) · <a href="/cps/2.1/#4.2">4.2 in the older text</a> · <a href="/cps/2.2/#4.3">4.3 in the newer text</a></p>
      <section class="section-redline" id="4.5">
      <h3>4.5 Keys</h3>
      <p class="happened">reworded, moved, split into 4.5 and 4.5.1 (it stood after 4.4) · <a href="/cps/2.1/#4.5">4.5 in the older text</a> · <a href="/cps/2.2/#4.5">4.5 in the newer text</a> · <a href="/cps/2.2/#4.5.1">4.5.1 in the newer text</a></p>
      <section class="section-redline" id="4.4">
      <h3><del>4.3</del><ins>4.4</ins> Issuance</h3>
      <p class="happened">renumbered (was 4.3) · <a href="/cps/2.1/#4.3">4.3 in the older text</a> · <a href="/cps/2.2/#4.4">4.4 in the newer text</a></p>
      <section class="section-redline removed" id="removed-4.4">
      <h3><del>4.4 Suspension</del></h3>
      <p class="happened">removed · <a href="/cps/2.1/#4.4">4.4 in the older text</a></p>
      <section class="section-redline" id="7">
      <h3>7 Profiles</h3>
      <p class="happened">reworded · <a href="/cps/2.1/#7">7 in the older text</a> · <a href="/cps/2.2/#7">7 in the newer text</a></p>
      <p class="unchanged">Unchanged: <a href="/cps/2.2/#9">9</a></p>"
    `);
  });

  test('a section that was split off can be linked to, too', () => {
    expect(parts().join('\n')).toMatch(/<h4 id="4.5.1"><ins><span class="spoken">inserted: <\/span>4.5.1 Keys of the provider<\/ins><\/h4>/);
  });

  test('all ids of a redline can have a prefix, so that a page can hold several', () => {
    const options = { ...REDLINE, idPrefix: '2-' };
    const html = renderRedline(compare(BEFORE, AFTER), options) + renderChangeList(compare(BEFORE, AFTER), options);
    expect(html.match(/ id="(?!2-)| href="#(?!2-)/g)).toBeNull();
    expect(html).toContain('<a href="#2-4.1">');
  });

  test('a heading that is called as changed places are does not take their ids', () => {
    const html = renderRedline(compare('# Change 1\n\nwithin 24 hours\n', '# Change 1\n\nwithin 72 hours\n'), REDLINE);
    expect(html.match(/ id="[^"]*"/g)).toEqual([' id="change-1"', ' id="changed-place-1"']);
  });

  test('one section alone', () => {
    const section = compare(BEFORE, AFTER).sections.find(({ after }) => after[0]?.number === '4.4') as SectionChange;
    expect(renderSectionChange(section, { words: redlineWords('de'), level: 4 })).toMatchInlineSnapshot(`
      "<section class="section-redline" id="4.4">
      <h4><span class="change" id="change-1" data-change="1"><del><span class="spoken">gestrichen: </span>4.3</del><ins><span class="spoken">eingefügt: </span>4.4</ins><span class="spoken"> Ende der Änderung </span></span> Issuance</h4>
      <p class="happened">umnummeriert (bisher 4.3)</p>
      <details class="unchanged"><summary>Unveränderter Text, 15 Wörter</summary><p>The certificate is issued as soon as the application was approved by two trusted persons.</p></details>
      </section>"
    `);
  });

  test('two equal texts', () => {
    expect(renderRedline(compare(BEFORE, BEFORE), REDLINE)).toMatchInlineSnapshot(
      `"<p class="unchanged">Unchanged: Text before the first heading to <a href="/cps/2.2/#9">9</a>, 12 sections</p>"`,
    );
  });
});

describe('words and blocks', () => {
  test('a place is a deletion with the insertion next to it, and is told to those who hear it', () => {
    expect(body('within 24 hours', 'within 72 hours')).toMatchInlineSnapshot(
      `"<p>within <span class="change" id="change-1" data-change="1"><del><span class="spoken">deleted: </span>24</del><ins><span class="spoken">inserted: </span>72</ins><span class="spoken"> end of change </span></span> hours</p>"`,
    );
  });

  test('formats and links stay inside the marks', () => {
    expect(brief(body('see **the old _text_** here', 'see **the new _text_ of [us](https://a.example/?a=1&b=2)** here'))).toMatchInlineSnapshot(
      `"<p>see <strong>the </strong><del><strong>old <em>text</em></strong></del><ins><strong>new <em>text</em> of <a href="https://a.example/?a=1&amp;b=2">us</a></strong></ins> here</p>"`,
    );
  });

  test('how the older text spelled it is there, but not shown', () => {
    expect(brief(body('The "key" is 1.', 'The “key” is 2.'))).toMatchInlineSnapshot(
      `"<p>The <span data-before="&quot;">“</span>key<span data-before="&quot; ">” </span>is <del>1</del><ins>2</ins>.</p>"`,
    );
  });

  test('what comes after white space that only the older text has does not run into it', () => {
    expect(brief(body('to the CA and others', 'to the CA'))).toMatch(/CA<del> and others<\/del>|CA<\/span><del> and others<\/del>/);
  });

  test('a paragraph that was cut in two, and two that were joined', () => {
    const [one, two] = [
      'The key is destroyed. A protocol is written and kept for ten years.',
      'The key is destroyed.\n\nA protocol is written and kept for ten years.',
    ];
    expect(body(one, two)).toMatchInlineSnapshot(
      `"<p>The key is destroyed<span data-before=". ">.</span><span class="change" id="change-1" data-change="1"><ins class="break"><span class="spoken"> paragraph break inserted </span></ins></span></p><p>A protocol is written and kept for ten years.</p>"`,
    );
    expect(body(two, one)).toMatchInlineSnapshot(
      `"<p>The key is destroyed<span data-before=".">. </span><span class="change" id="change-1" data-change="1"><del class="break"><span class="spoken"> paragraph break deleted </span></del><span class="spoken"> end of change </span></span>A protocol is written and kept for ten years.</p>"`,
    );
  });

  test('list items keep their depth and label', () => {
    expect(brief(body('1. one\n   - a\n   - b\n2. two', '1. one\n   - a\n   - new\n   - b\n2. three'))).toMatchInlineSnapshot(
      `"<ul class="items"><li><p><span class="label">1.</span> one</p><ul class="items"><li><p><span class="label">•</span> a</p></li><li><p class="added"><span class="label">•</span> <ins>new</ins></p></li><li><p><span class="label">•</span> b</p></li></ul></li><li><p class="added"><span class="label">2.</span> <ins>three</ins></p></li><li><p class="removed"><span class="label">2.</span> <del>two</del></p></li></ul>"`,
    );
  });

  test('line breaks are elements, but not in code', () => {
    expect(brief(body('a<br>b is c', 'a<br>b is d'))).toMatchInlineSnapshot(`"<p>a<br>b is <del>c</del><ins>d</ins></p>"`);
    expect(brief(body('```\na\nb <c>\n```', '```\na\nb <d>\n```'))).toMatchInlineSnapshot(`
      "<pre><code>a
      b &lt;<del>c</del><ins>d</ins>&gt;</code></pre>"
    `);
  });

  test('unchanged blocks are folded, but for those next to a change', () => {
    const blocks = (word: string) => ['a', 'b', 'c', 'd', word, 'e', 'f', 'g', 'h'].map((name) => `Paragraph ${name} says something.`).join('\n\n');
    expect(brief(body(blocks('old'), blocks('new')))).toMatchInlineSnapshot(`
      "<details class="unchanged"><summary>Unchanged text, 12 words</summary><p>Paragraph a says something.</p><p>Paragraph b says something.</p><p>Paragraph c says something.</p></details>
      <p>Paragraph d says something.</p><p>Paragraph <del>old</del><ins>new</ins> says something.</p><p>Paragraph e says something.</p>
      <details class="unchanged"><summary>Unchanged text, 12 words</summary><p>Paragraph f says something.</p><p>Paragraph g says something.</p><p>Paragraph h says something.</p></details>"
    `);
  });
});

describe('tables', () => {
  const HEAD = '| Field | Value |\n| --- | --- |\n';
  const rows = (...names: string[]) => HEAD + names.map((name) => `| ${name} | value of ${name} |`).join('\n');

  test('a changed cell is one marked cell', () => {
    expect(body(rows('a', 'b'), rows('a', 'b').replace('value of b', 'value of c'))).toMatchInlineSnapshot(
      `"<div class="table changed" tabindex="0" role="group" aria-label="Changed table"><table><thead><tr><th scope="col">Field</th><th scope="col">Value</th></tr></thead><tbody><tr><td>a</td><td>value of a</td></tr><tr><td>b</td><td class="changed">value of <span class="change" id="change-1" data-change="1"><del><span class="spoken">deleted: </span>b</del><ins><span class="spoken">inserted: </span>c</ins><span class="spoken"> end of change </span></span></td></tr></tbody></table></div>"`,
    );
  });

  test('a new row is one marked row', () => {
    expect(body(rows('a', 'b'), rows('a', 'new', 'b'))).toMatchInlineSnapshot(
      `"<div class="table changed" tabindex="0" role="group" aria-label="Changed table"><table><thead><tr><th scope="col">Field</th><th scope="col">Value</th></tr></thead><tbody><tr><td>a</td><td>value of a</td></tr><tr class="added" id="change-1" data-change="1"><td><ins><span class="spoken">inserted row: </span>new</ins></td><td><ins>value of new</ins></td></tr><tr><td>b</td><td>value of b</td></tr></tbody></table></div>"`,
    );
  });

  test('a row that was removed leaves the cell of a new column empty', () => {
    const after = '| Field | Source | Value |\n| --- | --- | --- |\n| a | RFC | value of a |';
    expect(brief(body(rows('a', 'gone'), after))).toMatchInlineSnapshot(
      `"<div class="table changed" tabindex="0" role="group" aria-label="Changed table"><table><thead><tr><th scope="col">Field</th><th scope="col" class="added"><ins>Source</ins></th><th scope="col">Value</th></tr></thead><tbody><tr><td>a</td><td class="added"><ins>RFC</ins></td><td>value of a</td></tr><tr class="removed"><td><del>gone</del></td><td class="absent"></td><td><del>value of gone</del></td></tr></tbody></table></div>"`,
    );
  });

  test('unchanged rows are counted, but for the head and those next to a change', () => {
    const before = rows('a', 'b', 'c', 'd', 'e', 'f', 'g');
    const html = body(before, before.replace('value of e', 'another'));
    expect(
      html.match(/<tr[^>]*>.*?<\/tr>/g)?.map((row) =>
        brief(row)
          .replace(/<\/?(?:tr|td|th)[^>]*>/g, ' ')
          .replace(/\s+/g, ' ')
          .trim(),
      ),
    ).toEqual(['Field Value', '3 rows unchanged', 'd value of d', 'e <del>value of e</del><ins>another</ins>', 'f value of f', 'g value of g']);
    expect(html).toContain('<tr class="unchanged"><td colspan="2">');
  });

  test('a new table is one marked region', () => {
    const html = body('Text.', `Text.\n\n${rows('a')}`);
    expect(html.match(/data-change/g)).toHaveLength(1);
    expect(html).toContain('<div class="table added" id="change-1" data-change="1" tabindex="0" role="group" aria-label="Inserted table">');
  });
});

describe('folding', () => {
  /** Small letters stay, capitals changed; what is folded stands in brackets. */
  const fold = (letters: string) =>
    foldUnchanged([...letters], (letter) => letter === letter.toLowerCase())
      .map(({ folded, items }) => (folded ? `[${items.join('')}]` : items.join('')))
      .join('');
  test.each([
    ['', ''],
    ['a', '[a]'],
    ['abc', '[abc]'],
    ['A', 'A'],
    ['abA', 'abA'],
    ['abcA', '[ab]cA'],
    ['Aab', 'Aab'],
    ['Aabc', 'Aa[bc]'],
    ['AabcB', 'AabcB'],
    ['AabcdB', 'Aa[bc]dB'],
    ['abcdAefBghij', '[abc]dAefBg[hij]'],
  ])('%s', (letters, expected) => expect(fold(letters)).toBe(expected));
});

describe('the list of changes', () => {
  test('leads to sections and places, and says what is not marked', () => {
    expect(renderChangeList(compare(BEFORE, AFTER), REDLINE)).toMatchInlineSnapshot(`
      "<div class="change-list">
      <p>8 sections differ, in 23 places: 43 words were added, 36 removed.</p>
      <ul><li>Text before the first heading: reworded, change <a href="#change-1">1</a></li>
      <li><a href="#4.1">4.1 Application</a>: reworded, changes <a href="#change-2">2</a> to <a href="#change-8">8</a></li>
      <li><a href="#4.2">4.2 Identity</a>: new, change <a href="#change-9">9</a></li>
      <li><a href="#4.3">4.3 Processing of applications</a>: reworded, renumbered (was 4.2), retitled (was “Processing”), changes <a href="#change-10">10</a>, <a href="#change-11">11</a>, <a href="#change-12">12</a> and <a href="#change-13">13</a></li>
      <li><a href="#4.5">4.5 Keys</a>: reworded, moved, split into 4.5 and 4.5.1, change <a href="#change-14">14</a></li>
      <li><a href="#4.4">4.4 Issuance</a>: renumbered (was 4.3), change <a href="#change-15">15</a></li>
      <li><a href="#removed-4.4">4.4 Suspension</a>: removed, change <a href="#change-16">16</a></li>
      <li><a href="#7">7 Profiles</a>: reworded, changes <a href="#change-17">17</a> to <a href="#change-23">23</a></li></ul>
      <p>Counted, but not marked as changes: differences in quotation marks (2), link targets (1) and formatting (1).</p>
      </div>"
    `);
  });

  test('sections stand below the one that they are a part of', () => {
    const text = (word: string) => ['# 4 A', '## 4.1 B', '### 4.1.2 C', '## 4.2 D', '# 5 E'].map((heading) => `${heading}\n\nwithin ${word} days\n`).join('\n');
    const list = renderChangeList(compare(text('one'), text('two')), REDLINE);
    expect(
      list
        .replace(/: reworded, change <a href="#change-\d+">\d+<\/a>/g, '')
        .replace(/<a href="#([^"]+)">[^<]*<\/a>/g, '$1')
        .split('\n')
        .slice(2, -1),
    ).toEqual(['<ul><li>4<ul><li>4.1<ul><li>4.1.2</li></ul></li>', '<li>4.2</li></ul></li>', '<li>5</li></ul>']);
  });

  test('a long one is folded by chapter', () => {
    const text = (word: string) => Array.from({ length: 50 }, (_, index) => `# ${1 + (index >> 4)}.${index} T${index}\n\n${word}\n`).join('\n');
    const list = renderChangeList(compare(text('one'), text('two')), REDLINE);
    expect(list.match(/<summary>.*?<\/summary>/g)).toEqual([
      '<summary>Chapter 1: 16 sections</summary>',
      '<summary>Chapter 2: 16 sections</summary>',
      '<summary>Chapter 3: 16 sections</summary>',
      '<summary>Chapter 4: 2 sections</summary>',
    ]);
    expect(validate(list)).toEqual([]);
  });
});

describe('what a stranger could write', () => {
  const hostile = '<script>alert(1)</script>"><img src=x onerror=alert(1)>';
  const inline = (text: string, target = 'javascript:alert(1)'): Inline => ({ text, formats: [[0, text.length, 'link', target]] });

  /** A text in which every field that can hold words holds the same. */
  const fill = (text: string, target?: string): PlainText => ({
    sections: [
      {
        number: text,
        title: text,
        anchor: text,
        level: 1,
        heading: inline(text, target),
        blocks: [
          { kind: 'item', depth: 1, label: text, ...inline(text, target) },
          { kind: 'note', depth: 0, label: text, ...inline(text, target) },
          { kind: 'code', depth: 0, text },
          { kind: 'table', depth: 0, rows: [[inline(text, target)], [inline(text, target)]] },
        ],
      },
    ],
  });

  test.each([
    ['added', { sections: [] }, fill(hostile)],
    ['removed', fill(hostile), { sections: [] }],
    ['changed', fill(`${hostile} old`), fill(`${hostile} new`)],
    ['respelled', fill(`${hostile} "a"`), fill(`${hostile} “a” b`)],
  ])('stays text where it is %s', (_, before, after) => {
    const comparison = compareTexts(before, after);
    const tree = toTree(renderRedline(comparison, REDLINE) + renderChangeList(comparison, REDLINE));
    expect(find(tree, ({ tagName }) => ['script', 'img'].includes(tagName))).toEqual([]);
    expect(find(tree, ({ properties }) => Object.keys(properties).some((name) => /^on|^style$/i.test(name)))).toEqual([]);
    expect(find(tree, ({ properties }) => /^\s*javascript:/i.test(String(properties['href'] ?? '')))).toEqual([]);
  });

  test.each([
    ['https://a.example/', 'https://a.example/'],
    ['HTTP://a.example/', 'HTTP://a.example/'],
    ['mailto:pma@a.example', 'mailto:pma@a.example'],
    ['#4.9.1', '/cps/2.2/#4.9.1'],
    ['#491-revocation', '/cps/2.2/#4.9.1'],
    ['#nowhere', undefined],
    ['#%', undefined],
    ['other.md', undefined],
    ['//a.example/', undefined],
    ['java\nscript:alert(1)', undefined],
    [' javascript:alert(1)', undefined],
    ['data:text/html,x', undefined],
    ['vbscript:x', undefined],
  ])('a link to %j leads to %j', (target, href) => {
    const section = { number: '4.9.1', title: 'Revocation', anchor: '4.9.1', level: 1, heading: { text: '4.9.1 Revocation' } };
    const comparison = compareTexts(
      { sections: [{ ...section, blocks: [] }] },
      { sections: [{ ...section, blocks: [{ kind: 'paragraph', depth: 0, ...inline('text', target) }] }] },
    );
    const links = find(toTree(renderRedline(comparison, REDLINE)), ({ tagName }) => tagName === 'ins').flatMap((ins) =>
      find(ins, ({ tagName }) => tagName === 'a'),
    );
    expect(links.map(({ properties }) => properties['href'])).toEqual(href === undefined ? [] : [href]);
  });

  test('formats that overlap, and links in links, make valid HTML', () => {
    const text = 'one two three four';
    const formats: Inline['formats'] = [
      [0, 7, 'strong'],
      [4, 13, 'emphasis'],
      [2, 16, 'link', 'https://a.example/'],
      [4, 7, 'link', 'https://b.example/'],
      [8, 18, 'code'],
    ];
    const section = { number: '1', title: 'A', anchor: '1', level: 1, heading: { text: '1 A' } };
    const comparison = compareTexts(
      { sections: [{ ...section, blocks: [{ kind: 'paragraph', depth: 0, text: `${text} five` }] }] },
      { sections: [{ ...section, blocks: [{ kind: 'paragraph', depth: 0, text: `${text} six`, formats }] }] },
    );
    expectSound(comparison);
    expect(renderRedline(comparison, REDLINE)).toContain(
      '<p><strong>on<a href="https://a.example/">e <em>two</em></a></strong><a href="https://a.example/"><em> <code>three</code></em><code> fo</code></a><code>ur</code>',
    );
  });
});

describe('valid and lossless', () => {
  test('a text with everything in it, both ways', () => {
    expectSound(compare(BEFORE, AFTER));
    expectSound(compare(AFTER, BEFORE));
    expectSound(compare('', AFTER));
    expectSound(compare(BEFORE, ''));
  });

  test('the example: its CPS from 2.1 to 2.2', () => {
    const root = fileURLToPath(new URL('../../', import.meta.url));
    const entries = parse(readFileSync(`${root}policies/register.yaml`, 'utf8')) as {
      document: string;
      version: string;
      files: Record<string, { blob: string }>;
    }[];
    const [before, after] = ['2.1', '2.2'].map((version) => {
      const blob = entries.find((entry) => entry.document === 'cps' && entry.version === version)?.files['en']?.blob ?? '';
      return execFileSync('git', ['cat-file', 'blob', blob], { cwd: root, encoding: 'utf8' }).replace(/^---\n[\s\S]*?\n---\n/, '');
    });
    const comparison = compare(before ?? '', after ?? '');
    expect(comparison.counts.places).toBeGreaterThan(0);
    expectSound(comparison);
  });

  const word = fc.constantFrom(
    'the',
    'key',
    'shall',
    '**be**',
    '“CA”',
    '"CA"',
    '24',
    '72',
    '`code`',
    '[a link](https://a.example)',
    '4.9.1',
    '&amp;',
    '&lt;b&gt;',
  );
  const line = fc.array(word, { minLength: 1, maxLength: 8 }).map((words) => words.join(' '));
  const table = fc
    .array(fc.tuple(line, line), { minLength: 1, maxLength: 8 })
    .map((rows) => ['| A | B |', '| - | - |', ...rows.map((row) => `| ${row.join(' | ')} |`)].join('\n'));
  const block = fc.oneof(
    { weight: 4, arbitrary: line },
    {
      weight: 2,
      arbitrary: fc
        .array(fc.tuple(fc.constantFrom('- ', '  - ', '    - ', '1. '), line), { minLength: 1, maxLength: 4 })
        .map((items) => items.map((item) => item.join('')).join('\n')),
    },
    { weight: 1, arbitrary: table },
    { weight: 1, arbitrary: line.map((text) => `> ${text}`) },
    { weight: 1, arbitrary: line.map((text) => `\`\`\`\n${text}\n\`\`\``) },
  );
  const section = fc.tuple(fc.constantFrom('Scope', 'Keys', 'Definition', 'Other'), fc.array(block, { maxLength: 6 }));
  const text = fc
    .array(section, { maxLength: 4 })
    .map((sections) => sections.map(([title, blocks], index) => [`# ${index + 1} ${title}`, ...blocks].join('\n\n')).join('\n\n'));

  test('any two texts', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(text, text, (before, after) => expectSound(compare(before, after))),
      { numRuns: 150, seed: 3 },
    );
  });
});
