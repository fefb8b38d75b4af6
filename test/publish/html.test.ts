import { describe, expect, test } from 'vitest';
import type { PolicyDocument } from '../../src/model/document.ts';
import { renderHtml } from '../../src/publish/html.ts';
import { readMarkdown } from '../../src/read/markdown.ts';

const words = { permalink: (section: string) => `Section ${section}`, table: 'Table', footnotes: 'Footnotes', backToText: 'Back' };

function render(markdown: string): string {
  const document: PolicyDocument = {
    id: 'cps',
    type: 'CPS',
    language: 'en',
    title: 'CPS',
    frontMatter: undefined,
    sections: readMarkdown(markdown, 'cps.md').sections,
    file: 'cps.md',
  };
  return renderHtml(document, words).html;
}

describe('headings', () => {
  test.each([
    ['# 1. INTRODUCTION', '<h2 id="1"><a class="number" href="#1" aria-label="Section 1">1.</a> INTRODUCTION</h2>'],
    ['### 4.9.1 Circumstances', '<h4 id="4.9.1"><a class="number" href="#4.9.1" aria-label="Section 4.9.1">4.9.1</a> Circumstances</h4>'],
    // The number decides, whatever the depth of the heading.
    ['# 4.9.1 Circumstances', '<h4 id="4.9.1"><a class="number" href="#4.9.1" aria-label="Section 4.9.1">4.9.1</a> Circumstances</h4>'],
    ['# § 7 Termination', '<h2 id="7"><a class="number" href="#7" aria-label="Section 7">§ 7</a> Termination</h2>'],
    ['# Appendix A – Profiles', '<h2 id="A"><a class="number" href="#A" aria-label="Section A">Appendix A</a> – Profiles</h2>'],
    [
      '## Notice to *Readers*',
      '<h3 id="notice-to-readers">Notice to <em>Readers</em><a class="number" href="#notice-to-readers" aria-label="Section Notice to Readers"></a></h3>',
    ],
  ])('%s', (markdown, html) => expect(render(markdown)).toBe(html));

  test('two headings of one number have anchors of their own', () => {
    expect(render('# 1. One\n\n# 1. Two').match(/id="[^"]+"/g)).toEqual(['id="1"', 'id="1-2"']);
  });
});

describe('section references', () => {
  const text = (sentence: string) => render(`# 1. A\n\n## 1.1 B\n\n### 1.1.1 C\n\n# 4. D\n\n${sentence}`).split('D</h2>\n')[1];
  test.each([
    ['See Section 1.1.1.', '<p>See <a class="reference" href="#1.1.1">Section 1.1.1</a>.</p>'],
    ['See sections 1.1 and 1.1.1.', '<p>See <a class="reference" href="#1.1">sections 1.1</a> and <a class="reference" href="#1.1.1">1.1.1</a>.</p>'],
    ['Siehe Abschnitt 1.1.', '<p>Siehe <a class="reference" href="#1.1">Abschnitt 1.1</a>.</p>'],
    ['See Section 9.9.', '<p>See Section 9.9.</p>'],
    ['See Section 1.1 of RFC 5280.', '<p>See Section 1.1 of RFC 5280.</p>'],
    ['RFC 5280, Section 1.1', '<p>RFC 5280, Section 1.1</p>'],
    ['See Section 1.1 of this CPS.', '<p>See <a class="reference" href="#1.1">Section 1.1</a> of this CPS.</p>'],
    ['See Section 1.1 of the CP.', '<p>See Section 1.1 of the CP.</p>'],
    ['`Section 1.1`', '<p><code>Section 1.1</code></p>'],
    ['[Section 1.1](#11-b)', '<p><a href="#1.1">Section 1.1</a></p>'],
  ])('%s', (sentence, html) => expect(text(sentence)).toBe(html));
});

describe('what a stranger could write', () => {
  test.each([
    ['<script>alert(1)</script>', ''],
    ['<img src=x onerror=alert(1)>', '<a href="x">x</a>'],
    ['![pixel](https://tracker.example/p.png)', '<p><a href="https://tracker.example/p.png">pixel</a></p>'],
    ['[x](javascript:alert(1))', '<p><a>x</a></p>'],
    ['[x](data:text/html,<script>alert(1)</script>)', undefined],
    ['<iframe src="https://evil.example"></iframe>', ''],
    ['<style>body{display:none}</style>', ''],
    ['<a id="4.9.1" name="x">x</a>', '<p><a id="note-4.9.1" name="note-x">x</a></p>'],
    ['<form action="https://evil.example"><input name=q></form>', undefined],
    ['<div style="position:fixed">x</div>', '<div>x</div>'],
    ['<svg onload=alert(1)>', undefined],
    ['<h2 id="1">Fake</h2>', undefined],
  ])('%s', (markdown, html) => {
    const rendered = render(markdown);
    expect(rendered).not.toMatch(/<script|onerror|onload|javascript:|<iframe|<style|style=|<form|<input|<svg|<img|data:/);
    if (html !== undefined) expect(rendered.trim()).toBe(html);
  });

  test('raw HTML cannot take the anchor of a section', () => {
    expect(render('# 1. Real\n\n<h2 id="2">2. Fake</h2>\n\n# 2. Also real').match(/id="[^"]+"/g)).toEqual(['id="1"', 'id="note-2"', 'id="2"']);
  });
});

test('tables scroll in a region that the keyboard reaches, and their head names columns', () => {
  expect(render('| A | B |\n|---|---|\n| 1<br>2 | 3 |')).toContain('<div class="table" tabindex="0" role="group" aria-label="Table"><table>');
  expect(render('| A | B |\n|---|---|\n| 1<br>2 | 3 |')).toContain('<th scope="col">A</th>');
  expect(render('| A | B |\n|---|---|\n| 1<br>2 | 3 |')).toContain('<td>1<br>2</td>');
});

test('a row with more cells than the head keeps them', () => {
  expect(render('| A | B |\n|---|---|\n| 1 | 2 | 3 |')).toContain('<td>3</td>');
});

test('footnotes lead to their notes and back', () => {
  const html = render('Text[^1].\n\n[^1]: Note.');
  const target = /<sup><a href="#([^"]+)"/.exec(html)?.[1];
  expect(html).toContain(`id="${target}"`);
});

test('marks and comments are in no page', () => {
  expect(render('# 1. A\n\n<!-- meets 411-2:OVR-5.1-09 -->\n\nText <!-- note --> here.')).not.toContain('<!--');
});
