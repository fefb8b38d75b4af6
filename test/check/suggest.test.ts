import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { isPlaced } from '../../src/check/apply-picks.ts';
import type { CoverageRow } from '../../src/check/coverage.ts';
import { digestSection, suggestPlaces } from '../../src/check/suggest.ts';
import { stemsOf } from '../../src/check/word-stems.ts';
import type { DocumentType, Section } from '../../src/model/document.ts';
import type { Catalogue, Requirement } from '../../src/model/requirement.ts';
import type { Draft, Workspace } from '../../src/model/workspace.ts';
import { readMarkdown } from '../../src/read/markdown.ts';
import { readOutline } from '../../src/read/outline.ts';
import { readStatements } from '../../src/read/statements.ts';
import { makeCatalogue, makeRequirement } from '../helpers/catalogue.ts';
import { listShares, type Marked, measureSuggesting, readMarked } from '../helpers/suggesting.ts';

let shared: Pick<Workspace, 'outline' | 'statements'>;
beforeAll(async () => {
  shared = { outline: await readOutline(), statements: await readStatements() };
});

const draft = (text: string, type: DocumentType = 'CPS', language = 'en') =>
  ({ id: type.toLowerCase(), type, language, file: `policies/${type.toLowerCase()}.${language}.md`, ...readMarkdown(text, 'cps.md') }) as unknown as Draft;

/** The first places of one requirement, by file. */
function propose(given: Partial<Requirement>, drafts: Draft[], rest: Partial<Catalogue> = {}) {
  const requirement = makeRequirement({ id: 'OVR-5.1-01', ...given });
  const catalogue = makeCatalogue({ ...rest, requirements: [requirement, ...(rest.requirements ?? [])] });
  const row = { catalogue, requirement, state: 'open', policies: [], met: [], excluded: [] } as CoverageRow;
  const suggestions = suggestPlaces({ ...shared, drafts, catalogues: [catalogue] } as unknown as Workspace, [row]);
  return Object.fromEntries(suggestions.map(({ file, places }) => [file, places.map(({ section, title }) => section || title)]));
}

const SUSPENSION = 'Suspension of a certificate ends after ten days at the latest.';
const section = (heading: string, text = 'The procedures that hold here are those of the organisation.') => `## ${heading}\n\n${text}\n\n`;

describe('a requirement is proposed', () => {
  test('in texts of the types that its catalogue names, and in a CP and CPS where it names none', () => {
    const drafts = (['CP', 'CPS', 'CP-CPS', 'PDS', 'TERMS', 'TSPS'] as const).map((type) => draft(section('1 Words'), type));
    const files = (...documents: Requirement['documents']) => Object.keys(propose({ documents }, drafts)).map((file) => file.slice(9, -6));
    expect(files('cps')).toEqual(['cps', 'cp-cps']);
    expect(files('terms', 'cp')).toEqual(['cp', 'cp-cps', 'terms']);
    expect(files('pds')).toEqual(['pds']);
    expect(files()).toEqual(['cp', 'cps', 'cp-cps']);
  });

  test('where the catalogue puts it, as long as no text says it', () => {
    const text = section('4.9.13 Circumstances for suspension') + section('4.9.14 Who can request suspension') + section('4.10.1 Operational characteristics');
    expect(propose({ summary: 'Availability is told.', rfc3647: ['4.10.1', '4.9.14'] }, [draft(text)])['policies/cps.en.md']?.slice(0, 2)).toEqual([
      '4.10.1',
      '4.9.14',
    ]);
  });

  test('before that, where a near section says it', () => {
    const text = section('4.9.15 Procedure for suspension request') + section('4.9.16 Limits on suspension period', SUSPENSION);
    expect(propose({ summary: 'A suspension ends after ten days.', rfc3647: ['4.9.15', '4.9.16'] }, [draft(text)])['policies/cps.en.md']?.[0]).toBe('4.9.16');
  });

  test('in a renumbered text, by the title of the section', () => {
    const text = section('7.3 Limits on suspension period') + section('4.9.16 Key ceremony and its witnesses') + section('7.4 Fees');
    expect(propose({ summary: 'Ends after days.', rfc3647: ['4.9.16'] }, [draft(text)])['policies/cps.en.md']?.[0]).toBe('7.3');
  });

  test('in a disclosure statement, in the section of the model', () => {
    const text = section('1 Contact') + section('2 Refund') + section('3 Audit');
    const disclosureStatement = [{ name: 'Refund policy', demands: 'When.', refs: ['OVR-5.1-01'], rfc3647: [] }];
    expect(propose({ summary: 'Payment.', documents: ['pds'] }, [draft(text, 'PDS')], { disclosureStatement })['policies/pds.en.md']?.[0]).toBe('2');
  });

  test('in German, by what the words mean, or by the English text of the same document', () => {
    const german = section('1 Allgemeines') + section('2 Streitigkeiten', 'Über Streitigkeiten entscheidet das Gericht in Wien.') + section('3 Kosten');
    const summary = 'Disputes are settled in court.';
    expect(propose({ summary, documents: ['terms'] }, [draft(german, 'TERMS', 'de')])['policies/terms.de.md']?.[0]).toBe('2');
    const english = section('1 General', summary) + section('2 Words') + section('3 Costs');
    expect(propose({ summary, documents: ['terms'] }, [draft(german, 'TERMS', 'de'), draft(english, 'TERMS')])).toEqual({
      'policies/terms.de.md': ['1', '2'],
      'policies/terms.en.md': ['1'],
    });
  });

  test('beside requirements of the same clause, where nothing else tells sections apart', () => {
    const text = section('1 One') + section('2 Two').replace('\n\n', '\n\n<!-- meets made:OVR-5.1-02 -->\n\n');
    const requirements = [makeRequirement({ id: 'OVR-5.1-02' })];
    expect(propose({ summary: 'Nothing.', documents: ['terms'] }, [draft(text, 'TERMS')], { requirements })['policies/terms.en.md']?.[0]).toBe('2');
    expect(propose({ summary: 'Nothing.', documents: ['terms'] }, [draft(text, 'TERMS')])['policies/terms.en.md']?.[0]).toBe('1');
  });

  test('nowhere in a text without headings, and not where it is met, excluded or not decidable', () => {
    expect(propose({}, [draft('Words.'), draft('', 'CP')])).toEqual({});
    const row = (state: CoverageRow['state']) => ({ catalogue: makeCatalogue(), requirement: makeRequirement({ id: 'OVR-5.1-01' }), state }) as CoverageRow;
    const workspace = { ...shared, drafts: [draft(section('1 A'))], catalogues: [] } as unknown as Workspace;
    expect(suggestPlaces(workspace, [row('met'), row('excluded'), row('not-decidable')])).toEqual([]);
  });
});

test.each([
  ['en', 'revocation revoked revoke revokes', 1],
  ['en', 'certificates certificate', 1],
  ['en', 'the of and shall', 0],
  ['en', 'policy policies', 1],
  ['de', 'der die und', 3],
])('words without their endings (%s): %s', (language, text, count) => {
  expect(new Set(stemsOf(text, language)).size).toBe(count);
});

test('German compounds count as their parts', () => {
  expect(stemsOf('Zertifikatswiderruf', 'de')).toEqual(expect.arrayContaining(stemsOf('certificate revocation', 'en')));
});

describe('what was proposed of a section', () => {
  const [first] = readMarkdown('# 1 A\n\n<!-- meets 411-2:X -->\n\nWhat holds\nhere.\n', 'a.md').sections as [Section];
  const digest = (text: string) => digestSection(readMarkdown(text, 'a.md').sections[0] as Section);

  test('is the same without marks, under another number and with other line breaks', () => {
    expect(digest('# 2 A\n\nWhat\nholds   here.\n')).toBe(digestSection(first));
  });

  test.each(['# 1 A\n\nWhat held here.\n', '# 1 B\n\nWhat holds here.\n', '# 1 A\n\nWhat holds\n\nhere.\n'])('is another one: %j', (text) => {
    expect(digest(text)).not.toBe(digestSection(first));
  });
});

test('marks are placed where the text is read as before, and has them', () => {
  const read = (text: string) => readMarkdown(text, 'a.md').sections;
  const before = read('# 1 A\n\nWhat holds.\n\n# 2 B\n\nMore.\n');
  const marks = new Map([[before[0] as Section, [{ kind: 'meets', name: '411-2:X' }] as const]]);
  expect(isPlaced(before, read('# 1 A\n\n<!-- meets 411-2:X -->\n\nWhat holds.\n\n# 2 B\n\nMore.\n'), marks)).toBe(true);
  for (const wrong of [
    '# 1 A\n\nWhat holds.\n\n# 2 B\n\nMore.\n',
    '# 1 A\n\nWhat holds.\n\n# 2 B\n\n<!-- meets 411-2:X -->\n\nMore.\n',
    '# 1 A\n\n<!-- meets 411-2:X -->\n\nWhat held.\n\n# 2 B\n\nMore.\n',
    '# 1 A\n\n<!-- meets 411-2:X -->\n\nWhat holds.\n',
    '# 1 A\n\n<!-- meets 411-2:X -->\n\n<!-- meets 411-2:Y -->\n\nWhat holds.\n\n# 2 B\n\nMore.\n',
  ]) {
    expect(isPlaced(before, read(wrong), marks)).toBe(false);
  }
});

describe('on the example, whose marks are taken out (docs/measured/suggesting.md)', () => {
  let marked: Marked;
  beforeAll(async () => {
    marked = await readMarked(fileURLToPath(new URL('../../', import.meta.url)));
  });

  test('the first proposal is the author’s section in most cases, and one of the first three nearly always', () => {
    const { groups, work } = measureSuggesting(marked);
    const share = (name: string) => {
      const { asked, first, firstThree } = groups.get(name) ?? { asked: 0, first: 0, firstThree: 0 };
      return { asked, first: first / asked, firstThree: firstThree / asked };
    };
    expect(share('all').asked).toBeGreaterThan(500);
    expect(share('all').first).toBeGreaterThan(0.78);
    expect(share('all').firstThree).toBeGreaterThan(0.94);
    for (const name of groups.keys()) {
      expect(share(name).first, name).toBeGreaterThan(0.55);
      expect(share(name).firstThree, name).toBeGreaterThan(0.8);
    }
    const says = work.get('mark') ?? { asked: 1, first: 0 };
    expect(says.first / says.asked).toBeGreaterThan(0.8);
  });

  test('words alone find more than half', () => {
    const { asked, first } = measureSuggesting(marked, { place: 0, words: 1, topic: 0, kin: 0 }).groups.get('all') ?? { asked: 1, first: 0 };
    expect(first / asked).toBeGreaterThan(0.5);
  });

  test('few sections but those that are marked have the words', () => {
    const { marked: own, others } = listShares(marked);
    const above = (shares: readonly number[], least: number) => shares.filter((share) => share >= least).length / shares.length;
    expect(above(own, 0.45)).toBeGreaterThan(0.4);
    expect(above(others, 0.45)).toBeLessThan(0.01);
    expect(above(others, 0.12)).toBeLessThan(0.2);
  });
});
