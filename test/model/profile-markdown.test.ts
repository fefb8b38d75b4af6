import { describe, expect, test } from 'vitest';
import { Profile } from '../../src/model/profile.ts';
import { includedProfile, includeProfiles, skimInclusions } from '../../src/model/profile-markdown.ts';
import { passagesOf } from '../../src/model/running-text.ts';
import { hasSubstance } from '../../src/model/substance.ts';
import { toPlainText } from '../../src/publish/plain-text.ts';
import { readMarkdown } from '../../src/read/markdown.ts';

const SEAL: Profile = {
  ...Profile.parse({
    title: { en: 'Seal certificates', de: 'Siegelzertifikate' },
    section: '7.1.2',
    rows: [
      { id: 'validity', field: 'validity', value: { atMost: '730' }, section: '6.3.2', note: 'Days.' },
      { id: 'usage', field: 'extensions.keyUsage', critical: 'true', value: { exactly: ['nonRepudiation'] }, section: '4.9' },
    ],
  }),
  id: 'seal',
};

const include = (text: string, profiles: readonly Profile[] = [SEAL], language = 'en') => {
  const { sections } = readMarkdown(text, 'cps.md');
  return { before: sections, after: includeProfiles(sections, profiles, language) };
};
const blocksOf = (text: string, profiles?: readonly Profile[], language?: string) => {
  const { after } = include(text, profiles, language);
  return toPlainText({ sections: after } as Parameters<typeof toPlainText>[0]).sections.flatMap(({ blocks }) => blocks);
};
const isTable = ({ kind }: { kind: string }) => kind === 'table';

test('a comment stands for the table of the profile, with its caption before and what else holds after it', () => {
  const blocks = blocksOf('# 7.1.2 Extensions\n\nBefore.\n\n<!-- profile seal -->\n\nAfter.\n\n# 6.3.2 Periods\n\nWords.\n');
  expect(blocks.map(({ kind }) => kind)).toEqual(['paragraph', 'paragraph', 'table', 'paragraph', 'paragraph', 'paragraph']);
  expect(blocks[1]).toMatchObject({ text: 'Seal certificates (seal)' });
  expect(blocks[2]).toMatchObject({
    rows: [
      [{ text: 'Field' }, { text: 'Presence' }, { text: 'Critical' }, { text: 'Value' }, { text: 'Section' }],
      [
        { text: 'Validity\nvalidity' },
        { text: 'required' },
        { text: '' },
        { text: 'at most 730\nDays.' },
        { text: '6.3.2', formats: [[0, 5, 'link', '#6.3.2']] },
      ],
      // A section that this text does not have is named, and leads nowhere.
      [{ text: 'Key usage\nextensions.keyUsage' }, { text: 'required' }, { text: 'yes' }, { text: 'nonRepudiation' }, { text: '4.9' }],
    ],
  });
  expect(blocks[3]).toMatchObject({ text: 'Other attributes of the subject, extensions or QC statements than those of this table are forbidden.' });
});

test('the table is in the language of the text', () => {
  const [caption, table] = blocksOf('<!-- profile seal -->', [SEAL], 'de-AT');
  expect(caption).toMatchObject({ text: 'Siegelzertifikate (seal)' });
  expect(table).toMatchObject({ rows: [[{ text: 'Feld' }, {}, {}, {}, {}], [{ text: 'Gültigkeit\nvalidity' }, {}, {}, {}, {}], {}] });
});

describe('a comment includes a profile', () => {
  test.each(['<!-- profile seal -->', '<!--profile seal-->', '<!--\nprofile\nseal\n-->', '<!-- profile seal --><!-- profile seal -->'])('%j', (comment) => {
    expect(blocksOf(comment).filter(isTable)).toHaveLength(1);
  });
});

describe('a comment includes nothing', () => {
  test.each([
    '<!-- profile other -->',
    '<!-- profile Seal -->',
    '<!-- profile seal, as declared -->',
    '<!-- profiles seal -->',
    'Words <!-- profile seal --> around it.',
    '<!-- profile seal --> words',
    '- <!-- profile seal -->',
    '> <!-- profile seal -->',
    '```\n<!-- profile seal -->\n```',
    '| a |\n| - |\n| <!-- profile seal --> |',
    '<!-- profile seal --><!-- meets 411-2:OVR-5.1-09 -->',
  ])('%j', (text) => {
    const { before, after } = include(text);
    expect(after[0]).toBe(before[0]);
  });

  test('where no profile is given', () => {
    const { before, after } = include('<!-- profile seal -->', []);
    expect(after[0]).toBe(before[0]);
  });
});

test('each profile is shown once, however many comments a text has', () => {
  const crl = { ...SEAL, id: 'crl' };
  const blocks = blocksOf(`<!-- profile crl -->\n${'\n<!-- profile seal -->\n'.repeat(100_000)}\n<!-- profile crl -->`, [SEAL, crl]);
  expect(blocks.filter(isTable)).toHaveLength(2);
});

test('the table is at the place of its comment, and a section with nothing else says something', () => {
  const { before, after } = include('# 7.1.2 Extensions\n\n<!-- profile seal -->\n');
  expect(hasSubstance(before, 0)).toBe(false);
  expect(hasSubstance(after, 0)).toBe(true);
  const passages = passagesOf(after[0] as (typeof after)[number]);
  expect(passages.map(({ text }) => text)).toContain('Key usage extensions.keyUsage | required | yes | nonRepudiation | 4.9');
  for (const passage of passages) expect(passage.placeAt(passage.text.length - 1)).toEqual({ file: 'cps.md', start: { line: 3, column: 1 } });
});

test('what comments name is found without parsing', () => {
  expect(skimInclusions('<!-- profile a --> <!-- profile b-2 -->\n<!-- profile a -->\n<!-- meets x --> <!-- profile: c --> <!-- profile d')).toEqual([
    'a',
    'b-2',
  ]);
  expect(includedProfile(' profile a-b ')).toBe('a-b');
  for (const comment of [' profile ', ' profile a b ', ' profile -a ', ' a ']) expect(includedProfile(comment)).toBeUndefined();
});
