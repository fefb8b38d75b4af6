import { describe, expect, test } from 'vitest';
import { Config } from '../../src/model/config.ts';
import { readTimelines, type Timeline } from '../../src/model/in-force.ts';
import type { Workspace } from '../../src/model/workspace.ts';
import { compareTexts, countChanges } from '../../src/publish/diff.ts';
import { toPlainText } from '../../src/publish/plain-text.ts';
import { readMarkdown } from '../../src/read/markdown.ts';
import type { SectionHappening, SectionPage, SectionRow, SectionsPage } from '../../src/site/page.ts';
import { createContext } from '../../src/site/views/context.ts';
import { sectionPages } from '../../src/site/views/sections.ts';
import { day, makeRegister } from '../helpers/register.ts';

const SENTENCE = {
  intro: 'This statement describes how certificates are issued, managed, revoked and renewed by the provider of the service.',
  who: 'Subscribers, their authorised representatives and the provider itself can request the revocation of a certificate at any time.',
  how: 'Requests are made on the portal or by telephone; the caller is identified by a password that was agreed on at issuance.',
  time: 'The provider revokes a certificate within 24 hours of a request that was found to be authentic by its officers.',
  fees: 'The provider charges fees that stand in the price list, which is handed over before the agreement is signed.',
};

/** What the pages of a document are made of, from the Markdown of its versions 1.0, 2.0, … */
function build(texts: readonly string[]): { list: SectionsPage; page(number: string): SectionPage; all: readonly (SectionsPage | SectionPage)[] } {
  const register = makeRegister(texts.map((_, index) => ({ version: `${index + 1}.0`, effective: index * 10, files: { en: 'policies/cps.md' } })));
  const config = Config.parse({ name: 'Example', site: 'https://example.org/base', timeZone: 'UTC' });
  const workspace = { config, register, now: day(1000), facts: new Map(), drafts: [], deployed: [] } as unknown as Workspace;
  const timeline = readTimelines(register).get('cps') as Timeline;
  const plain = texts.map((text) => toPlainText({ sections: readMarkdown(text, 'cps.md').sections } as Parameters<typeof toPlainText>[0]));
  const steps = plain.slice(1).map((after, index) => {
    const { sections } = compareTexts(plain[index] as (typeof plain)[number], after);
    return {
      pair: `${index + 1}.0..${index + 2}.0`,
      same: sections.flatMap(({ traits, before, after }) => (traits.length === 0 ? [[before[0]?.index ?? -1, after[0]?.index ?? -1] as const] : [])),
      changes: sections.filter(({ traits }) => traits.length > 0).map((change) => ({ ...change, counts: countChanges(change) })),
    };
  });
  const source = {
    language: 'en',
    texts: plain.map(({ sections }, index) => ({
      version: `${index + 1}.0`,
      span: timeline.spans[index] as Timeline['spans'][number],
      sections: sections.map(({ number, title, anchor }, at) => ({ number, title, anchor, index: at })),
    })),
    steps,
  };
  const all = sectionPages(createContext(workspace), timeline, source);
  return {
    all,
    list: all.find((page) => page.kind === 'sections') as SectionsPage,
    page: (number) => all.find((page) => page.kind === 'section' && page.number === number) as SectionPage,
  };
}

const name = (section: SectionHappening['section']) => (typeof section === 'object' ? section.label : section);
const tell = ({ version, from, happened, partOf, change }: SectionRow) =>
  [
    `${version.label} ${from.text} ${version.href}`,
    happened.map(({ kind, was, section }) => [kind, was, name(section)].filter(Boolean).join(' ')).join(', '),
    ...(partOf ? [`part of ${name(partOf)}`] : []),
    ...(change ? [`${change.pair} ${change.anchor}`] : []),
  ].join(' | ');
const rows = (page: SectionPage) => page.lineages.map((lineage) => lineage.rows.map(tell));

const FIRST = `# 1 Introduction\n\n${SENTENCE.intro}\n\n# 4 Revocation\n\n${SENTENCE.who}\n\n## 4.1 Time\n\n${SENTENCE.time}\n\n# 9 Fees\n\n${SENTENCE.fees}\n`;

describe('a section', () => {
  test('that is reworded has a row for that version, and the first text that has it', () => {
    const { page } = build([FIRST, FIRST.replace('24 hours', '12 hours')]);
    expect(rows(page('4.1'))).toEqual([['2.0 2026-01-11 /base/cps/2.0/#4.1 | reworded | 1.0..2.0 4.1', '1.0 2026-01-01 /base/cps/1.0/#4.1 | first']]);
    expect(page('4.1')).toMatchObject({
      url: '/base/cps/sections/4.1/',
      canonical: 'https://example.org/base/cps/sections/4.1/',
      title: '4.1 Time',
      indexed: false,
    });
    expect(page('4.1').lineages[0]).toMatchObject({ heading: '4.1 Time', stands: true, names: [] });
  });

  test('that is renumbered is followed; its former number leads to it', () => {
    const { page } = build([FIRST, FIRST.replace('# 9 Fees', '# 10 Fees').replace('# 9', '# 10')]);
    expect(rows(page('10'))).toEqual([['2.0 2026-01-11 /base/cps/2.0/#10 | renumbered 9 | 1.0..2.0 10', '1.0 2026-01-01 /base/cps/1.0/#9 | first']]);
    expect(page('10').lineages[0]?.names).toEqual([{ heading: '9 Fees', from: '1.0', to: '1.0' }]);
    expect(page('9')).toMatchObject({
      title: '9',
      lineages: [],
      elsewhere: [{ section: { href: '/base/cps/sections/10/', label: '10 Fees' }, from: '1.0', to: '1.0' }],
    });
  });

  test('that is removed keeps its page', () => {
    const { page, list } = build([FIRST, FIRST.replace(/# 9[\s\S]*/, '')]);
    expect(rows(page('9'))).toEqual([['2.0 2026-01-11 /base/cps/2.0/ | removed | 1.0..2.0 removed-9', '1.0 2026-01-01 /base/cps/1.0/#9 | first']]);
    expect(page('9').lineages[0]?.stands).toBe(false);
    expect(list.gone.map(({ number, title, changes, last }) => [number, title, changes, last?.label])).toEqual([['9', 'Fees', 1, '2.0']]);
  });

  test('that comes back is one section, with a gap', () => {
    const { page } = build([FIRST, FIRST.replace(/# 9[\s\S]*/, ''), FIRST]);
    expect(rows(page('9'))[0]?.map((row) => row.split(' | ')[1])).toEqual(['again', 'removed', 'first']);
  });

  test('whose number another one takes has its page under its last number; both stand there', () => {
    const { page } = build([FIRST, FIRST.replace(/# 9[\s\S]*/, ''), `${FIRST.replace(/# 9[\s\S]*/, '')}\n# 9 Contact\n\n${SENTENCE.how}\n`]);
    expect(page('9').lineages.map(({ heading, stands }) => [heading, stands])).toEqual([
      ['9 Contact', true],
      ['9 Fees', false],
    ]);
    expect(page('9').title).toBe('9 Contact');
  });

  test('that was split off has the past of the whole; the rest goes on', () => {
    const whole = FIRST.replace(SENTENCE.who, `${SENTENCE.who}\n\n${SENTENCE.how}`);
    const split = FIRST.replace(SENTENCE.who, `${SENTENCE.who}\n\n## 4.0 Procedure\n\n${SENTENCE.how}`);
    const { page } = build([whole.replace('at any time', 'in writing'), whole, split]);
    expect(rows(page('4.0'))).toEqual([
      [
        '3.0 2026-01-21 /base/cps/3.0/#4.0 | split-from 4 Revocation | 2.0..3.0 4',
        '2.0 2026-01-11 /base/cps/2.0/#4 | reworded | part of 4 Revocation | 1.0..2.0 4',
        '1.0 2026-01-01 /base/cps/1.0/#4 | first | part of 4 Revocation',
      ],
    ]);
    expect(rows(page('4'))[0]?.[0]).toMatch(/^3\.0 .* split-off 4\.0 Procedure \|/);
  });

  test('that was merged ends in the one that took it', () => {
    const apart = FIRST.replace(SENTENCE.who, `${SENTENCE.who}\n\n## 4.0 Procedure\n\n${SENTENCE.how}`);
    const { page } = build([apart, FIRST.replace(SENTENCE.who, `${SENTENCE.who}\n\n${SENTENCE.how}`)]);
    expect(rows(page('4.0'))[0]?.[0]).toBe('2.0 2026-01-11 /base/cps/2.0/ | merged-into 4 Revocation | 1.0..2.0 4');
    expect(rows(page('4'))[0]?.[0]).toContain('took 4.0 Procedure');
  });

  test('without a number has no page', () => {
    const { all, list } = build([`Preface\n\n# Foreword\n\nText.\n\n${FIRST}`]);
    expect(all).toHaveLength(5);
    expect(list.standing.map(({ number }) => number)).toEqual(['1', '4', '4.1', '9']);
  });
});

test('a version changes the pages of those sections only that it changes', () => {
  const versions = [FIRST, FIRST.replace('24 hours', '12 hours'), FIRST.replace('24 hours', '12 hours').replace('price list', 'list of prices')];
  const before = new Map(build(versions.slice(0, 2)).all.map((page) => [page.url, JSON.stringify(page)]));
  const changed = build(versions).all.filter((page) => before.get(page.url) !== JSON.stringify(page));
  expect(changed.map(({ url }) => url)).toEqual(['/base/cps/sections/', '/base/cps/sections/9/']);
});

test('the list says how often and when last each section changed', () => {
  const { list } = build([FIRST, FIRST.replace('24 hours', '12 hours'), FIRST.replace('24 hours', '6 hours')]);
  expect(
    list.standing.map(({ number, title, level, changes, last }) => [number, title, level, changes, last && `${last.label} ${last.from.text} ${last.href}`]),
  ).toEqual([
    ['1', 'Introduction', 1, 0, undefined],
    ['4', 'Revocation', 1, 0, undefined],
    ['4.1', 'Time', 2, 2, '3.0 2026-01-21 /base/cps/3.0/#4.1'],
    ['9', 'Fees', 1, 0, undefined],
  ]);
});

test('a document without a text that can be compared has none of these pages', () => {
  expect(build([]).all).toEqual([]);
});
