import { lineOf, swap, swapIn } from './text.ts';
import { CP, CPS, type Expected, type Fault, type Kind, PDS, PDS_DE, REGISTER, TERMS, TEXTS, type Workbench } from './workbench.ts';

const identification: Expected['rules'] = ['form/identification-agrees'];
const dates: Expected['rules'] = ['form/dates-agree'];

/** What goes wrong with dates, versions and the register. */
export function dateKinds(bench: Workbench): Kind[] {
  const textOf = (file: string) => bench.texts.get(file) ?? '';
  const fault = (name: string, file: string, text: string, rules: Expected['rules'], line: number, at = file): Fault => ({
    name: `${file}: ${name}`,
    file,
    text,
    expected: [{ rules, file: at, line }],
  });
  const here = (file: string, from: string | RegExp, to: string, rules: Expected['rules'], section?: string): Fault => {
    const { text, line } = section === undefined ? swap(textOf(file), from, to) : swapIn(textOf(file), section, from, to);
    return fault(to, file, text, rules, line);
  };
  const next = (file: string) => /^version: "(.+)"$/m.exec(textOf(file))?.[1] ?? '';
  const history = (file: string) => (file === CP || file === CPS ? '1.2' : file === TERMS ? '15.1' : '12.1');
  return [
    {
      kind: 'table of section 1.2: version, days or address moved',
      place: 'the row',
      faults: [CP, CPS].flatMap((file) => [
        here(file, '| Version | 2.5 |', '| Version | 2.4 |', identification, '1.2'),
        here(file, '| Approved | 2026-11-23', '| Approved | 2026-11-20', identification, '1.2'),
        here(file, '| Effective | 2027-05-01', '| Effective | 2027-03-10', identification, '1.2'),
        here(file, /(?<=of this version \| .*\/)2\.5\//u, '2.4/', identification, '1.2'),
      ]),
    },
    {
      kind: 'sentence on the approval of this version moved',
      place: 'the sentence',
      faults: [
        here(PDS, '23 November 2026', '15 December 2025', identification, '12.1'),
        here(PDS_DE, '23. November 2026', '15. Dezember 2025', identification, '12.1'),
        here(TERMS, '23 November 2026', '15 December 2025', identification, '15.1'),
      ],
    },
    {
      kind: 'date in the table of revisions moved',
      place: 'the cell with the date',
      faults: TEXTS.map((file) => here(file, `| ${next(file)} | 2027-05-01`, `| ${next(file)} | 2027-05-02`, dates)),
    },
    {
      kind: 'row of the table of revisions dropped',
      place: 'the last row',
      faults: TEXTS.map((file) => {
        const { text, line } = swapIn(textOf(file), history(file), new RegExp(`\\n\\| ${next(file)} \\|.*(?=\\n)`, 'u'), '');
        return fault(next(file), file, text, dates, line);
      }),
    },
    {
      kind: 'table of revisions out of order',
      place: 'the row after it',
      faults: [CP, CPS].map((file) => {
        const { text, line } = swapIn(textOf(file), '1.2', /(?<=\| 2\.0 \| )2025-01-15/u, '2026-12-15');
        return fault('2.0 after 2.1', file, text, ['form/dates-ordered'], line + 1);
      }),
    },
    {
      kind: 'date of effect in the front matter moved',
      place: 'the row of the table of revisions; in the languages of a document, the key',
      faults: TEXTS.map((file) => {
        const { text } = swap(textOf(file), 'effective: 2027-05-01', 'effective: 2027-06-01');
        return fault('effective', file, text, dates, lineOf(text, `| ${next(file)} | 2027-05-01`));
      }),
    },
    {
      kind: 'approval after the date of effect',
      place: 'the key effective',
      faults: TEXTS.map((file) => {
        const { text } = swap(textOf(file), 'on: 2026-11-23', 'on: 2027-05-23');
        return fault('approved', file, text, ['form/dates-ordered'], lineOf(text, 'effective:'));
      }),
    },
    {
      kind: 'version in the front matter changed',
      place: 'the last row of the table of revisions',
      faults: TEXTS.map((file) => {
        const { text } = swap(textOf(file), `version: "${next(file)}"`, `version: "${next(file)}1"`);
        return fault('version', file, text, dates, lineOf(text, `| ${next(file)} | 2027-05-01`));
      }),
    },
    {
      kind: 'date replaced by a placeholder',
      place: 'the placeholder',
      faults: [
        here(CP, '| Effective | 2027-05-01', '| Effective | TBD', ['form/date-stated'], '1.2'),
        here(CPS, '| Approved | 2026-11-23', '| Approved | 2026-XX-XX', ['form/date-stated'], '1.2'),
        here(PDS, '1 May 2027', '[date]', ['form/date-stated'], '7'),
        here(PDS_DE, '1. Mai 2027', 'TT.MM.2027', ['form/date-stated'], '7'),
        here(TERMS, '| 1.5 | 2027-05-01', '| 1.5 | TBA', ['form/date-stated'], '15.1'),
      ],
    },
    { kind: 'register entry changed', place: 'the key previous of the entry after it, where the chain breaks', faults: registered(bench) },
    {
      kind: 'published text altered',
      place: 'the first line of the text',
      faults: TEXTS.map((file) => {
        const published = textOf(file)
          .replace(`version: "${next(file)}"`, next(file) === '2.5' ? 'version: "2.4"' : 'version: "1.4"')
          .replace('effective: 2027-05-01', 'effective: 2027-03-10');
        return fault('version number of a published text kept', file, published, ['form/published-unaltered'], lineOf(published, 'version:'));
      }),
    },
  ];
}

/** Changes of entries that stand: every one breaks the chain at the next entry. */
function registered(bench: Workbench): Fault[] {
  const register = bench.texts.get(REGISTER) ?? '';
  const starts = register.split('\n').flatMap((line, index) => (line.startsWith('- document:') ? [index + 1] : []));
  const edits: readonly (readonly [entry: number, from: RegExp, to: string])[] = [
    [1, /effective: 2023-02-28T23:00:00Z/u, 'effective: 2023-03-31T22:00:00Z'],
    [6, /published: 2024-08-12T09:00:00Z/u, 'published: 2024-08-22T09:00:00Z'],
    [7, /version: "2\.0"/u, 'version: "2.5"'],
    [11, /0190/u, '0191'],
    [13, /2025-11-30T23/u, '2025-12-30T23'],
    [21, /effective: 2027-02-28T23:00:00Z/u, 'effective: 2027-03-28T22:00:00Z'],
  ];
  return edits.map(([entry, from, to]) => {
    const lines = register.split('\n');
    const begin = starts[entry] ?? 1;
    const end = starts[entry + 1] ?? lines.length;
    const { text } = swap(lines.slice(begin - 1, end - 1).join('\n'), from, to);
    return {
      name: `entry ${entry}: ${to}`,
      file: REGISTER,
      text: [...lines.slice(0, begin - 1), text, ...lines.slice(end - 1)].join('\n'),
      expected: [{ rules: ['form/register-chained'], file: REGISTER, line: end + lines.slice(end).findIndex((line) => line.startsWith('  previous:')) + 1 }],
    };
  });
}
