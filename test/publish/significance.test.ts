import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Comparison, DeclarationChange, TextChange, WordChange } from '../../src/model/change.ts';
import type { PolicyDocument } from '../../src/model/document.ts';
import { compareTexts } from '../../src/publish/diff.ts';
import { toPlainText } from '../../src/publish/plain-text.ts';
import { proposeSignificance } from '../../src/publish/significance.ts';
import { readMarkdown } from '../../src/read/markdown.ts';

const plain = (markdown: string) => toPlainText({ sections: readMarkdown(markdown, 'cps.md').sections } as unknown as PolicyDocument);
const propose = (before: string, after: string, language = 'en') => proposeSignificance(compareTexts(plain(before), plain(after)), [], language);
const brief = (before: string, after: string, language = 'en') => {
  const { significance, reasons } = propose(before, after, language);
  return [significance, ...reasons.map(({ kind, seen }) => `${kind}: ${seen}`)];
};
/** Two paragraphs in a section in which nothing else differs. */
const within = (before: string, after: string, language = 'en') => brief(`# 4 Requirements\n\n${before}\n`, `# 4 Requirements\n\n${after}\n`, language);

describe('running text in English', () => {
  test.each([
    ['The CA shall revoke it within 24 hours.', 'The CA shall revoke it within 72 hours.', 'material', 'number: 24 → 72'],
    ['The CA shall revoke it within 24 hours.', 'The CA shall revoke it within 24 days.', 'material', 'number: 24 hours → 24 days'],
    ['within 5 days of a request', 'within 5 business days of a request', 'material', 'number: + business'],
    ['Keys are kept for three years.', 'Keys are kept for seven years.', 'material', 'number: three → seven'],
    ['Two persons open the safe.', 'Three persons open the safe.', 'material', 'number: Two → Three'],
    ['The list is issued daily.', 'The list is issued weekly.', 'material', 'number: daily → weekly'],
    ['an RSA key of 2048 bits', 'an RSA key of 3072 bits', 'material', 'number: 2048 → 3072'],
    ['the modulus has ≥ 2048 bits', 'the modulus has > 2048 bits', 'material', 'number: ≥ → >'],
    ['per EN 319 411-2 V2.5.1', 'per EN 319 411-2 V2.6.1', 'material', 'number: V2.5.1 → V2.6.1'],
    ['The CA shall revoke the certificate.', 'The CA should revoke the certificate.', 'material', 'duty-word: shall → should'],
    ['The CA SHALL revoke the certificate.', 'The CA revokes the certificate.', 'material', 'duty-word: SHALL revoke → revokes'],
    ['Escrow is offered.', 'Escrow is not offered.', 'material', 'duty-word: + not'],
    ['The field is required.', 'The field is optional.', 'material', 'duty-word: required → optional'],
    ["The CA doesn't archive keys.", 'The CA does archive keys.', 'material', "duty-word: doesn't → does"],
    ['The CA MUST revoke it.', 'The CA must revoke it.', 'minor', 'duty-word: MUST → must'],
    ['The CA can not revoke it.', 'The CA cannot revoke it.', 'minor', 'duty-word: can not → cannot'],
    ['OID 1.3.6.1.4.1.99999.1.2.1', 'OID 1.3.6.1.4.1.99999.1.2.2', 'material', 'oid: 1.3.6.1.4.1.99999.1.2.1 → 1.3.6.1.4.1.99999.1.2.2'],
    ['It conforms to NCP+ here.', 'It conforms to NCP here.', 'minor', 'wording: NCP+ → NCP'],
    ['See Section 3.2 of RFC 3647.', 'See Section 3.3 of RFC 3647.', 'material', 'number: 3.2 → 3.3'],
    ['As said in the report [1].', 'As said in the report [2].', 'minor', 'number: 1 → 2'],
    ['approved on 1 July 2012 by the PMA', 'approved on 2012-07-01 by the PMA', 'minor', 'number: 1 July 2012 → 2012-07-01'],
    ['in May 2026 the audit ends', 'in June 2026 the audit ends', 'minor', 'wording: May → June'],
    ['Regulation (EU) No 910/2014 applies', 'Regulation (EU) 910/2014 applies', 'minor', 'wording: − No'],
    ['The office keeps the records.', 'The registration office keeps the records.', 'minor', 'wording: + registration'],
    ['The CA keeps legal records.', 'The CA keeps illegal records.', 'minor', 'wording: legal → illegal'],
    ['The record has a data field.', 'The record has a date field.', 'minor', 'wording: data → date'],
    ['The CA recieves a request.', 'The CA receives a request.', 'editorial', 'spelling: recieves → receives'],
    ['Certificates are re-issued.', 'Certificates are reissued.', 'editorial', 'spelling: re-issued → reissued'],
    ['The subscriber signs.', 'The Subscriber signs.', 'editorial', 'spelling: subscriber → Subscriber'],
    ['keys, names and dates', 'keys, names, and dates', 'editorial', 'spelling: names and → names, and'],
    ['The CA signs.', 'The CA signs;', 'editorial', 'spelling: signs. → signs;'],
    ['The “CA” signs – always.', 'The "CA" signs - always.', 'editorial'],
    ['One part. Another part.', 'One part.\n\nAnother part.', 'editorial'],
  ])('%s / %s', (before, after, ...expected) => expect(within(before, after)).toEqual(expected));
});

describe('running text in German', () => {
  test.each([
    ['Der Anbieter muss es sperren.', 'Der Anbieter soll es sperren.', 'material', 'duty-word: muss → soll'],
    ['Der Anbieter hat das Zertifikat zu sperren.', 'Der Anbieter sperrt das Zertifikat.', 'material', 'duty-word: hat → sperrt', 'duty-word: − zu sperren'],
    ['Der Antrag ist schriftlich einzureichen.', 'Der Antrag ist schriftlich.', 'material', 'duty-word: − einzureichen'],
    ['Die Karte ist zulässig.', 'Die Karte ist unzulässig.', 'material', 'duty-word: zulässig → unzulässig'],
    ['eine zulässige Karte', 'eine verbotene Karte', 'material', 'duty-word: zulässige → verbotene'],
    ['Schlüssel werden gesichert.', 'Schlüssel werden nicht gesichert.', 'material', 'duty-word: + nicht'],
    ['Es gilt für eine Woche.', 'Es gilt für zwei Wochen.', 'material', 'number: eine Woche → zwei Wochen'],
    ['Das ist der Zugang zu allen Räumen.', 'Das ist der Zugang zu vielen Räumen.', 'minor', 'wording: allen → vielen'],
    ['Der Zugang zu Räumen ist frei.', 'Der Zugang in Räume ist frei.', 'minor', 'wording: zu Räumen → in Räume'],
    ['Der Anbeiter sperrt es.', 'Der Anbieter sperrt es.', 'editorial', 'spelling: Anbeiter → Anbieter'],
  ])('%s / %s', (before, after, ...expected) => expect(within(before, after, 'de')).toEqual(expected));
});

test('in a language whose duty words are not known, no other word counts as spelling', () => {
  expect(within("L'autorité doivt agir, toujours.", "L'autorité doit agir, toujours.", 'fr')).toEqual(['minor', 'wording: doivt → doit']);
  expect(within("L'autorité agit.", "L'Autorité agit", 'fr')[0]).toBe('editorial');
});

describe('a table', () => {
  const table = (rows: string, head = '| Field | Value |') => `# 7 Profiles\n\n${head}\n|---|---|\n${rows}\n`;
  test.each([
    ['| Validity | 397 days |', '| Validity | 199 days |', 'material', 'table-value: 397 days → 199 days'],
    ['| Usage | signing |', '| Usage | sealing |', 'material', 'table-value: signing → sealing'],
    ['| Escrow | offered |', '| Escrow | not offered |', 'material', 'duty-word: offered → not offered'],
    ['| Policy | 2.23.140.1.2.1 |', '| Policy | 2.23.140.1.2.2 |', 'material', 'oid: 2.23.140.1.2.1 → 2.23.140.1.2.2'],
    // A letter more may be another value, so a cell is never editorial.
    ['| Usage | contentCommitment |', '| Usage | contentCommitement |', 'minor', 'table-value: contentCommitment → contentCommitement'],
    ['| Usage | signing |', '| Usage | signing |\n| Key | P-384 |', 'material', 'table-value: + Key | P-384'],
    ['| Usage | signing |\n| Key | P-384 |', '| Usage | signing |', 'material', 'table-value: − Key | P-384'],
    ['| A | 1 |\n| B | 2 |', '| B | 2 |\n| A | 1 |', 'minor', 'wording: A | 1'],
  ])('with %s / %s', (before, after, ...expected) => expect(brief(table(before), table(after))).toEqual(expected));

  test('with another title of a column', () => {
    expect(brief(table('| A | 1 |'), table('| A | 1 |', '| Field | Content |'))).toEqual(['minor', 'table-value: Value → Content']);
  });

  test('with prose in a cell is judged as prose', () => {
    const prose =
      'The subscriber gives the name under which the register of companies of its country has it, in the writing of that register, or in another that the register itself uses and makes known';
    expect(brief(table(`| A | ${prose} |`), table(`| A | ${prose.replace('country', 'state')} |`))).toEqual(['minor', 'table-value: country → state']);
  });

  test('that is new or gone is material', () => {
    expect(brief('# 7 Profiles\n\nSee below.\n', `${table('| A | 1 |')}\nSee below.\n`)).toEqual(['material', 'table-value: + Field | Value']);
  });
});

describe('a section', () => {
  const one = '# 1 One\n\nThe provider shall answer within 24 hours of any request that it receives.\n';
  const two = '# 2 Two\n\nThe subscriber pays for what it orders and keeps its keys where nobody finds them.\n';
  test.each([
    ['that is new', one, one + two, 'material', 'section: + 2 Two'],
    ['that is gone', one + two, one, 'material', 'section: − 2 Two'],
    ['that is new and says nothing', one, `${one}\n# 2 Two\n\nNo stipulation.\n`, 'minor', 'section: + 2 Two'],
    ['that is new without text', one, `${one}\n# 2 Two\n`, 'minor', 'section: + 2 Two'],
    [
      'that begins to say something',
      `${one}\n# 2 Two\n\nNo stipulation.\n`,
      `${one}\n# 2 Two\n\nIt pays.\n`,
      'material',
      'section: No stipulation. → It pays.',
    ],
    ['that becomes "No stipulation."', `${one}\n# 2 Two\n`, `${one}\n# 2 Two\n\nNo stipulation.\n`, 'minor', 'wording: + No stipulation.'],
    ['with another title', one, one.replace('One', 'The first'), 'editorial', 'section: One → The first'],
    ['with another duty word in its title', one, one.replace('One', 'Not required'), 'material', 'section: One → Not required'],
    ['with another number in its title', one, one.replace('One', 'RSA 2048'), 'minor', 'section: One → RSA 2048'],
  ])('%s', (_, before, after, ...expected) => expect(brief(before, after)).toEqual(expected));

  test('that moved is editorial with the same text', () => {
    const three = '# 3 Three\n\nAuditors look at it every year and write down what they saw there.\n';
    const [significance, ...reasons] = brief(one + two + three, one + three + two);
    expect([significance, reasons.length]).toEqual(['editorial', 1]);
    expect(reasons[0]).toMatch(/^section: (3 Three|2 Two)$/);
  });

  test('that was renumbered is editorial, and mentions that follow it are minor', () => {
    expect(brief(one + two, one + two.replace('# 2 ', '# 3 '))).toEqual(['editorial', 'section: 2 → 3']);
    const see = (number: string) => `${one}\nSee Section ${number}.\n\n`;
    expect(brief(see('2.1') + two.replace('# 2 ', '# 2.1 '), see('2.2') + two.replace('# 2 ', '# 2.2 '))).toEqual(['minor', 'number: 2.1 → 2.2']);
    expect(brief(see('2.1') + two, see('2.2') + two)).toEqual(['material', 'number: 2.1 → 2.2']);
  });

  test('has paragraphs in another order: minor, however weighty their words', () => {
    const [a, b] = ['The provider shall answer within 24 hours.', 'The subscriber may ask three times.'];
    expect(within(`${a}\n\n${b}`, `${b}\n\n${a}`)[0]).toBe('minor');
  });

  test('stands beside the reason', () => {
    expect(propose(one, one.replace('24', '72')).reasons).toEqual([
      { kind: 'number', seen: '24 → 72', section: { number: '1', title: 'One', anchor: '1', index: 0 } },
    ]);
  });
});

describe("the version's own number and date are left out", () => {
  const front = (version: string, day: string, rows = '') =>
    `Certification Practice Statement\n\nVersion ${version}\n\n${day}\n\n# 1 Introduction\n\n## 1.2 Identification\n\nThis version ${version} replaces all before.\n\n` +
    `| Item | Value |\n|---|---|\n| Title | CPS |\n| Version | ${version} |\n| Effective | ${day} |\n| Location of this version | https://a.example/cps/${version}/ |\n\n` +
    `| Version | Date | Changes |\n|---|---|---|\n| 1.0 | 2025-01-01 | First. |\n${rows}\n`;

  test('on the title page, where the text names itself, and in new rows of its table of revisions', () => {
    const after = front('1.1', '2026-03-01', '| 1.1 | 2026-03-01 | Revocation shall take 12 hours. |\n');
    expect(brief(front('1.0', '2025-01-01'), after)).toEqual(['editorial']);
    expect(brief(front('1.0', '1 January 2025'), front('1.1', '3 May 2026'))).toEqual(['editorial']);
    expect(
      brief(
        front('1.0', 'Stand: 1. Jänner 2025').replace('This version', 'Diese Version'),
        front('1.1', 'Stand: 1. Mai 2026').replace('This version', 'Diese Version'),
        'de',
      ),
    ).toEqual(['editorial']);
  });

  test("in the text's own address, and in the sentence that says when it was approved", () => {
    const text = (version: string, day: string) =>
      `${front(version, day)}\n## 2.2 Publication\n\nIt stands at https://a.example/cps/${version}/.\n\n# 9 Versions\n\nThe PMA approved this version on ${day}.\n`;
    expect(brief(text('1.0', '1 January 2025'), text('1.1', '15 December 2025'))).toEqual(['editorial']);
    const other = (version: string) => `${front('1.0', '2025-01-01')}\n## 2.2 Publication\n\nThe CP stands at https://a.example/cp/${version}/.\n`;
    expect(brief(other('1.0'), other('1.1'))[0]).toBe('material');
  });

  test('but not who approved, nor what an earlier row says, nor a row that is gone', () => {
    const before = front('1.0', '2025-01-01', '| 1.1 | 2026-01-01 | Second. |\n');
    expect(brief(before, before.replace('Second', 'Other'))).toEqual(['minor', 'table-value: Second. → Other.']);
    expect(brief(before, front('1.0', '2025-01-01'))).toEqual(['minor', 'table-value: − 1.1 | 2026-01-01 | Second.']);
    expect(brief(before, before.replace('Effective |', 'Effective | by the board,'))[0]).toBe('material');
  });

  test('but a version or date elsewhere counts', () => {
    expect(within('TLS version 1.2 is used.', 'TLS version 1.3 is used.')).toEqual(['material', 'number: 1.2 → 1.3']);
    expect(within('Effective 2026-01-01, keys are longer.', 'Effective 2027-01-01, keys are longer.')).toEqual(['material', 'number: 2026-01-01 → 2027-01-01']);
    const dates = (day: string) => `# 1 One\n\n## 1.2 Identification\n\n| Compliance | Section | Summary |\n|---|---|---|\n| ${day} | 4.9 | Shorter. |\n`;
    expect(brief(dates('2026-01-01'), dates('2027-01-01'))).toEqual(['material', 'table-value: 2026-01-01 → 2027-01-01']);
  });
});

describe('declarations', () => {
  const nothing = compareTexts({ sections: [] }, { sections: [] });
  test.each<[DeclarationChange, string, string]>([
    [{ oid: '2.5.4', field: 'qscd', before: 'not required', after: 'required' }, 'material', 'policy 2.5.4, QSCD: not required → required'],
    [{ oid: '2.5.4', field: 'policy', after: 'Seals' }, 'material', 'policy added: 2.5.4 (Seals)'],
    [{ oid: '2.5.4', field: 'qualified', after: 'stated' }, 'material', 'policy 2.5.4, EU qualified: not stated → stated'],
    [{ field: 'type', before: 'CP', after: 'CP-CPS' }, 'material', 'type of document: CP → CP-CPS'],
    [{ field: 'title', before: 'A', after: 'B' }, 'minor', 'title: A → B'],
    [{ oid: '2.5.4', field: 'name', before: 'A', after: 'B' }, 'minor', 'policy 2.5.4, name: A → B'],
  ])('%j', (change, significance, seen) => {
    expect(proposeSignificance(nothing, [change], 'en')).toEqual({ significance, reasons: [{ kind: 'policy', seen }] });
  });

  test('are told in the language of the text', () => {
    const change: DeclarationChange = { field: 'title', before: 'A', after: 'B' };
    expect(proposeSignificance(nothing, [change], 'de').reasons).toEqual([{ kind: 'policy', seen: 'Titel: A → B' }]);
  });
});

describe('reasons', () => {
  const many = (number: number, duty: string) =>
    Array.from(
      { length: 20 },
      (_, index) => `# ${index + 1} Part ${'abcdefghijklmnopqrstuvwxyz'[index]}\n\nPart ${index} keeps it ${number + index} hours and ${duty} tell.\n`,
    ).join('\n');

  test('are at most 12, heaviest first, with room for each kind', () => {
    const { significance, reasons } = propose(many(100, 'shall'), many(200, 'should').replace('hours', 'of hours'));
    expect(significance).toBe('material');
    expect(reasons.map(({ kind }) => kind)).toEqual(['duty-word', ...Array(11).fill('number')]);
    expect(propose('# 1 A\n', '# 1 A\n')).toEqual({ significance: 'editorial', reasons: [] });
  });

  test('are of as many sections as there are, before a second one of any', () => {
    const rows = (edition: number) => Array.from({ length: 14 }, (_, index) => `| TS ${index} | V${edition}.${index} |`).join('\n');
    const text = (edition: number, days: number) =>
      `# 3 Standards\n\n| Text | Edition |\n|---|---|\n${rows(edition)}\n\n# 6 Keys\n\n| Key | Days |\n|---|---|\n| Own | ${days} |\n`;
    const { reasons } = propose(text(1, 397), text(2, 199));
    expect(reasons.map(({ section }) => section?.number)).toEqual([...Array(11).fill('3'), '6']);
  });

  test('tell what was seen once, and long texts in short', () => {
    const long = `${'It keeps records of everything that happens in the house, '.repeat(20)}and shall keep them for 7 years.`;
    const [, duty, number] = within('Short.', `Short.\n\n${long}`);
    expect(duty).toBe('duty-word: + … the house, and shall keep them for 7 years');
    expect(number).toBe('number: + … keep them for 7 years');
  });
});

describe('never editorial', () => {
  const HEAVY = ['24', '1.3.6.1.4.1', 'shall', 'MUST', 'not', 'P-256', '4.9.1', 'required', '99 %', '2026-01-01', 'cannot', 'v3', "isn't"];
  const light = fc.constantFrom('certificate', 'key', 'the', 'subscriber', 'is', 'keeps', 'authority,', 'of.', '(office)');
  const word = fc.oneof(light, fc.constantFrom(...HEAVY));
  const change = fc.tuple(fc.constantFrom('same', 'added', 'removed'), fc.array(word, { minLength: 1, maxLength: 4 })) as fc.Arbitrary<
    [WordChange['kind'], string[]]
  >;

  /** Words as a comparison marks them: neighbours of one kind are one, a deletion stands before the insertion. */
  const toWords = (changes: readonly [WordChange['kind'], string[]][]): WordChange[] => changes.map(([kind, words]) => ({ kind, text: `${words.join(' ')} ` }));
  const section = (words: readonly WordChange[]): Comparison => {
    const side = (other: WordChange['kind']) =>
      words
        .filter(({ kind }) => kind !== other)
        .map(({ text }) => text)
        .join('');
    const block: TextChange = {
      kind: 'text',
      change: 'changed',
      before: [{ kind: 'paragraph', depth: 0, text: side('added') }],
      after: [{ kind: 'paragraph', depth: 0, text: side('removed') }],
      words,
    };
    const name = { number: '4', title: 'T', anchor: '4', index: 0 };
    const heading = { change: 'same' as const, before: { text: '4 T' }, after: { text: '4 T' }, words: [{ kind: 'same' as const, text: '4 T' }] };
    return {
      sections: [{ traits: ['reworded'], before: [name], after: [name], heading, blocks: [block] }],
      counts: { added: 0, removed: 0, places: 0 },
      ignored: { quotes: 0, dashes: 0, 'white-space': 0, 'link-targets': 0, formatting: 0, layout: 0 },
    };
  };

  test('where a word that changed has a digit or is a duty word', () => {
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 12 }), (changes) => {
        const words = toWords(changes);
        const heavy = (wanted: WordChange['kind']) => changes.flatMap(([kind, list]) => (kind === wanted ? list.filter((item) => HEAVY.includes(item)) : []));
        // What is taken out and put in again unaltered is no change.
        fc.pre(heavy('added').join(' ') !== heavy('removed').join(' '));
        expect(proposeSignificance(section(words), [], 'en').significance).not.toBe('editorial');
      }),
      { numRuns: 500 },
    );
  });

  test('where a cell of a table changed, but for one of revisions', () => {
    const cell = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));
    const table = (text: string) => `# 7 T\n\n| Field | Value |\n|---|---|\n| A | ${text} |\n`;
    fc.assert(
      fc.property(cell, cell, (before, after) => {
        fc.pre(before !== after);
        expect(propose(table(before), table(after)).significance).not.toBe('editorial');
      }),
      { numRuns: 200 },
    );
  });
});
