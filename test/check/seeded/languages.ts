import { chapterOf, chaptersOf, dropLines, lineOf, marksOf, refill, swapIn } from './text.ts';
import { type Expected, type Fault, type Kind, PDS, PDS_DE, type Workbench } from './workbench.ts';

/** What goes wrong with the disclosure statement: its sections by the model, and its two languages. */
export function languageKinds(bench: Workbench): Kind[] {
  const textOf = (file: string) => bench.texts.get(file) ?? '';
  const german = textOf(PDS_DE);
  const agree: Expected['rules'] = ['form/languages-agree'];
  const fault = (name: string, file: string, text: string, rules: Expected['rules'], line: number): Fault => ({
    name: `${file}: ${name}`,
    file,
    text,
    expected: [{ rules, file, line }],
  });
  const chapters = chaptersOf(german);
  const tops = chapters.filter(({ number }) => /^\d+$/.test(number));
  const lines = german.split('\n');
  const rows = lines.flatMap((line, index) => (/^\| (?!---)/.test(line) && /^\| [^-]/.test(lines[index - 1] ?? '') ? [index + 1] : []));
  /** The first line of the table in which a row stands. */
  const head = (row: number) => {
    let at = row;
    while ((lines[at - 2] ?? '').startsWith('|')) at -= 1;
    return at;
  };
  const wholeEnd = (number: string) => chapters.findLast((chapter) => chapter.number === number || chapter.number.startsWith(`${number}.`))?.end ?? 0;
  return [
    {
      kind: 'chapter of the disclosure statement emptied',
      place: 'its heading',
      faults: [PDS, PDS_DE].flatMap((file) =>
        tops
          .filter(({ number }) => Number(number) <= 11)
          .map(({ number }) => {
            const text = textOf(file);
            const chapter = chapterOf(text, number);
            const end = chaptersOf(text).findLast((other) => other.number === number || other.number.startsWith(`${number}.`))?.end ?? chapter.end;
            return fault(number, file, refill(text, { ...chapter, end }, '', false), ['form/section-stated'], chapter.line);
          }),
      ),
    },
    {
      kind: 'chapter of the disclosure statement reduced to a reference',
      place: 'its heading',
      faults: [PDS, PDS_DE].flatMap((file) =>
        ['3', '4', '6', '8', '9', '10', '11'].map((number) => {
          const text = textOf(file);
          const chapter = chapterOf(text, number);
          const end = chaptersOf(text).findLast((other) => other.number === number || other.number.startsWith(`${number}.`))?.end ?? chapter.end;
          const body = file === PDS ? 'See section 9.4 of the CPS.' : 'Siehe Abschnitt 9.4 des CPS.';
          return fault(number, file, refill(text, { ...chapter, end }, body, false), ['completeness/disclosure-complete'], chapter.line);
        }),
      ),
    },
    {
      kind: 'German chapter dropped',
      place: 'the heading before it',
      faults: tops
        .filter(({ number }) => number !== '1')
        .map(({ number, line }) =>
          fault(number, PDS_DE, dropLines(german, line, wholeEnd(number)), agree, chapters.findLast((chapter) => chapter.line < line)?.line ?? 0),
        ),
    },
    {
      kind: 'German section dropped',
      place: 'the heading before it',
      faults: ['1.2', '2.2', '2.4', '3.2', '4.2', '5.2'].map((number) => {
        const { line, end } = chapterOf(german, number);
        return fault(number, PDS_DE, dropLines(german, line, end), agree, chapters.findLast((chapter) => chapter.line < line)?.line ?? 0);
      }),
    },
    {
      kind: 'German heading renumbered',
      place: 'the heading',
      faults: ['1.2', '2.5', '4.1', '5.1', '12.2'].map((number) => {
        const { line } = chapterOf(german, number);
        return fault(number, PDS_DE, lines.with(line - 1, (lines[line - 1] ?? '').replace(number, `${number}1`)).join('\n'), agree, line);
      }),
    },
    {
      kind: 'row of a German table dropped',
      place: 'the table',
      faults: rows.filter((_, index) => index % 4 === 0).map((row) => fault(lines[row - 1] ?? '', PDS_DE, dropLines(german, row, row), agree, head(row))),
    },
    {
      kind: 'mark missing in German',
      place: 'the first mark of the section, or its heading',
      faults: marksOf(german)
        .filter((_, index) => index % 6 === 0)
        .map(({ name, line, chapter }) => {
          const text = german
            .split('\n')
            .with(line - 1, (lines[line - 1] ?? '').replace(` ${name}`, '').replace('<!-- meets -->', ''))
            .join('\n');
          const first = marksOf(text).find((mark) => mark.chapter.number === chapter.number)?.line ?? chapter.line;
          return fault(`${name} in ${chapter.number}`, PDS_DE, text, agree, first);
        }),
    },
    {
      kind: 'German version or date differs',
      place: 'the key of the second language',
      faults: [PDS, PDS_DE].flatMap((file) =>
        (
          [
            ['version: "1.5"', 'version: "1.6"', 'version'],
            ['effective: 2027-05-01', 'effective: 2027-05-02', 'effective'],
          ] as const
        ).map(([from, to, key]): Fault => {
          const text = textOf(file).replace(from, to);
          const line = lineOf(textOf(PDS), `${key}:`);
          return { name: `${file}: ${to}`, file, text, expected: [{ rules: ['form/dates-agree'], file: PDS, line }] };
        }),
      ),
    },
    {
      kind: 'German front matter says something else of a policy',
      place: 'the policy in the German front matter',
      faults: ['1', '2'].flatMap((digit) =>
        (
          [
            ['qscd: { required: true', 'qscd: { required: false'],
            ['statement: "2.1"', 'statement: "2.5"'],
          ] as const
        ).map(([from, to]): Fault => {
          const start = lineOf(german, `- oid: 1.3.6.1.4.1.99999.1.2.${digit}`);
          const at = lines.findIndex((line, index) => index >= start && line.includes(from));
          return fault(`${to} of policy ${digit}`, PDS_DE, lines.with(at, (lines[at] ?? '').replace(from, to)).join('\n'), agree, start);
        }),
      ),
    },
    {
      kind: 'German list of policies mixed up',
      place: 'the row',
      faults: [
        fault(
          '2.1',
          PDS_DE,
          swapIn(german, '2.1', 'QCP-n-qscd (0.4.0.194112.1.2)', 'QCP-n (0.4.0.194112.1.0)').text,
          ['form/oids-agree'],
          lineOf(german, '| 1.3.6.1.4.1.99999.1.2.1 |'),
        ),
      ],
    },
  ];
}
