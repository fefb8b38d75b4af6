import { expect, test } from 'vitest';
import type { PolicyDocument } from '../../src/model/document.ts';
import { Profile } from '../../src/model/profile.ts';
import { includeProfiles } from '../../src/model/profile-markdown.ts';
import { type RenderOptions, renderHtml } from '../../src/publish/html.ts';
import { readMarkdown } from '../../src/read/markdown.ts';

const words = { permalink: (section: string) => `Section ${section}`, table: 'Table', footnotes: 'Footnotes', backToText: 'Back' };
const SEAL: Profile = {
  ...Profile.parse({
    title: 'Seals & <stamps>',
    section: '7.1',
    rows: [{ id: 'key-usage', field: 'extensions.keyUsage', critical: 'true', value: { exactly: ['nonRepudiation'] }, section: '6.1' }],
  }),
  id: 'seal',
};

function render(markdown: string, options?: RenderOptions): string {
  const { sections } = readMarkdown(markdown, 'cps.md');
  const facts = { id: 'cps', type: 'CPS', language: 'en', title: 'CPS', frontMatter: undefined, file: 'cps.md' } as const;
  const document: PolicyDocument = { ...facts, sections: includeProfiles(sections, [SEAL], 'en') };
  return renderHtml(document, words, options).html;
}

const ROW = 'id="profile.seal.key-usage"';
const count = (html: string, text: string) => html.split(text).length - 1;

test('an included profile is a table with caption, heads of columns and rows, links to sections and an address for each row', () => {
  const html = render('# 6.1 Keys\n\n# 7.1 Profile\n\n<!-- profile seal -->\n', { profileHref: (id) => `/cps/2.0/profiles/${id}.yaml` });
  expect(html.replace(/\n/g, '')).toBe(
    [
      '<h3 id="6.1"><a class="number" href="#6.1" aria-label="Section 6.1">6.1</a> Keys</h3>',
      '<h3 id="7.1"><a class="number" href="#7.1" aria-label="Section 7.1">7.1</a> Profile</h3>',
      '<div class="table" tabindex="0" role="group" aria-label="Table"><table>',
      '<caption>Seals &#x26; &#x3C;stamps> (<a href="/cps/2.0/profiles/seal.yaml"><code>seal</code></a>)</caption>',
      '<thead><tr><th scope="col">Field</th><th scope="col">Presence</th><th scope="col">Critical</th><th scope="col">Value</th><th scope="col">Section</th></tr></thead>',
      `<tbody><tr ${ROW}><th scope="row">Key usage<br><code>extensions.<wbr>keyUsage</code></th>`,
      '<td>required</td><td>yes</td><td><code>nonRepudiation</code></td><td><a href="#6.1">6.1</a></td></tr></tbody></table></div>',
      '<p>Other attributes of the subject, extensions or QC statements than those of this table are forbidden.</p>',
    ].join(''),
  );
});

test('without a file to link to, the caption names the profile only', () => {
  expect(render('<!-- profile seal -->')).toContain('(<code>seal</code>)</caption>');
});

test('a profile that is included twice is shown once, at the first place', () => {
  const html = render('<!-- profile seal -->\n\nBetween.\n\n<!-- profile seal -->');
  expect(count(html, '<caption>')).toBe(1);
  expect(html.indexOf(ROW)).toBeLessThan(html.indexOf('Between.'));
});

test('nothing else in a text gets such an address, and raw HTML around the table leaves it whole', () => {
  const html = render(
    '<div>\n\n<p id="profile.seal.key-usage">Mine</p>\n\n<table><tr id="profile.seal.other"><td>Mine</td></tr></table>\n\n<!-- profile seal -->\n\n</div>',
  );
  expect(count(html, ROW)).toBe(1);
  expect(html).toContain(`<tr ${ROW}>`);
  expect(html).toContain('<p id="note-profile.seal.key-usage">');
  expect(html).toContain('<tr id="note-profile.seal.other">');
  expect(html).toContain('<caption>Seals');
});

test('a link of the text to a row leads there', () => {
  expect(render('See [key usage](#profile.seal.key-usage).\n\n<!-- profile seal -->')).toContain('<a href="#profile.seal.key-usage">key usage</a>');
});

test('no heading can have the address of a row', () => {
  const html = render('# Profile.seal.key-usage\n\n# profile.seal.key-usage\n\n<!-- profile seal -->');
  expect(count(html, ROW)).toBe(1);
  expect(html).toContain('<h2 id="profile-seal-key-usage">');
});
