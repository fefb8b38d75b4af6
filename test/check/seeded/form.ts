import { findReferences } from '../../../src/model/reference.ts';
import { bodyOf, type Chapter, chapterOf, chaptersOf, draw, lineAt, lineOf, refill, swapIn } from './text.ts';
import { CP, CPS, type Expected, type Fault, type Kind, PDS, PDS_DE, TERMS, TEXTS, type Workbench } from './workbench.ts';

/** What goes wrong with the form: sections, headings, references, values, editions. */
export function formKinds(bench: Workbench): Kind[] {
  const textOf = (file: string) => bench.texts.get(file) ?? '';
  const fault = (name: string, file: string, text: string, rules: Expected['rules'], line: number): Fault => ({
    name: `${file}: ${name}`,
    file,
    text,
    expected: [{ rules, file, line }],
  });
  const leaves = [CP, CPS].flatMap((file) => {
    const all = chaptersOf(textOf(file));
    return all
      .filter(({ number }) => number.includes('.') && !all.some((other) => other.number.startsWith(`${number}.`)))
      .map((chapter) => ({ file, chapter }));
  });
  // Sections that the provider added may go.
  const outlined = leaves.filter(({ chapter: { number } }) => number.split('.').length <= 3 && !['6.2.12', '6.2.13'].includes(number));
  const editHeading = (file: string, { line }: Chapter, edit: (heading: string) => string) => {
    const lines = textOf(file).split('\n');
    return lines.with(line - 1, edit(lines[line - 1] ?? '')).join('\n');
  };
  const before = (file: string, { line }: Chapter) => chaptersOf(textOf(file)).findLast((chapter) => chapter.line < line)?.line ?? 0;
  return [
    {
      kind: 'section emptied',
      place: 'its heading',
      faults: draw(leaves, 10, 21).map(({ file, chapter }) =>
        fault(chapter.number, file, refill(textOf(file), chapter, '', true), ['form/section-stated'], chapter.line),
      ),
    },
    {
      kind: 'heading dropped, its text left to the section before',
      place: 'the heading of the section before',
      faults: draw(outlined, 10, 22).map(({ file, chapter }) =>
        fault(
          chapter.number,
          file,
          editHeading(file, chapter, () => ''),
          ['form/outline-complete'],
          before(file, chapter),
        ),
      ),
    },
    {
      kind: 'number of a heading changed',
      place: 'the heading of the section before',
      faults: draw(outlined, 8, 23).map(({ file, chapter }) =>
        fault(
          chapter.number,
          file,
          editHeading(file, chapter, (heading) => heading.replace(chapter.number, `${chapter.number}9`)),
          ['form/outline-complete'],
          before(file, chapter),
        ),
      ),
    },
    {
      kind: 'number of a heading doubled',
      place: 'the second heading',
      faults: draw(outlined.slice(1), 6, 24).map(({ file, chapter }) => {
        const previous = chaptersOf(textOf(file)).findLast(({ line, number }) => line < chapter.line && number.includes('.'))?.number ?? '';
        return fault(
          chapter.number,
          file,
          editHeading(file, chapter, (heading) => heading.replace(chapter.number, previous)),
          ['form/outline-complete'],
          chapter.line,
        );
      }),
    },
    {
      kind: 'title of another section',
      place: 'the heading',
      faults: draw(outlined, 6, 25).map(({ file, chapter }) =>
        fault(
          chapter.number,
          file,
          editHeading(file, chapter, (heading) => heading.replace(chapter.title, 'Catering arrangements')),
          ['form/outline-titled'],
          chapter.line,
        ),
      ),
    },
    { kind: 'cross-reference broken', place: 'the reference', faults: references(bench) },
    {
      kind: '"No stipulation" beside other text',
      place: 'the words "No stipulation"',
      faults: draw(leaves, 6, 26).map(({ file, chapter }) => {
        const body = bodyOf(textOf(file), chapter).replace(/^(?:<!--.*-->|\s)*/u, '');
        const text = refill(textOf(file), chapter, `No stipulation.\n\n${body.trimEnd()}`, true);
        return fault(chapter.number, file, text, ['form/stipulation-honest'], lineAt(text, text.indexOf('\nNo stipulation.\n\n') + 1));
      }),
    },
    { kind: 'value replaced by vague words', place: 'the words', faults: vague(bench) },
    { kind: 'stale edition cited', place: 'the citation', faults: stale(bench) },
    {
      kind: 'retention period removed from the disclosure statement',
      place: 'the heading of its chapter',
      faults: [PDS, PDS_DE].map((file) => {
        const { text } = swapIn(textOf(file), '3.2', file === PDS ? 'for at least 10 years after' : 'mindestens 10 Jahre ab', file === PDS ? 'after' : 'ab');
        return fault('3.2', file, text, ['completeness/disclosure-complete'], chapterOf(text, '3').line);
      }),
    },
    {
      kind: 'front matter broken',
      place: 'the key',
      faults: TEXTS.flatMap((file) =>
        [
          ['type: ', 'type: X'],
          ['status: approved', 'status: final'],
          ['effective: 2027-05-01', 'effective: 2027-05-32'],
        ].map(([from = '', to = '']) => {
          const lines = textOf(file).split('\n');
          const line = lines.findIndex((content) => content.startsWith(from));
          return fault(to, file, lines.with(line, to === 'type: X' ? `${lines[line]}X` : to).join('\n'), ['form/front-matter-valid'], line + 1);
        }),
      ).filter((_, index) => index % 2 === 0),
    },
  ];
}

/** References of a text that lead to sections that do not exist. In a line that names a standard they can be meant as sections of that. */
function references(bench: Workbench): Fault[] {
  return [CP, CPS, PDS, PDS_DE, TERMS].flatMap((file) => {
    const text = bench.texts.get(file) ?? '';
    const lines = text.split('\n');
    const isLeftOut = (line: string) => /^\||^<!--|^[a-z]+:|\b(?:EN|TS|RFC|BR|Requirements|eIDAS)\b/.test(line);
    const own = new Set(chaptersOf(text).map(({ number }) => number));
    const found = lines.flatMap((line, index) =>
      isLeftOut(line) || isLeftOut(lines[index - 1] ?? '')
        ? []
        : [...findReferences(line)].filter(({ number }) => own.has(number)).map((reference) => ({ ...reference, index })),
    );
    return draw(found, file === CP || file === CPS ? 6 : 2, 31).map(({ index, end, number }): Fault => {
      const line = lines[index] ?? '';
      const changed = lines.with(index, `${line.slice(0, end)}7${line.slice(end)}`).join('\n');
      return { name: `${file}: ${number} → ${number}7`, file, text: changed, expected: [{ rules: ['form/reference-resolves'], file, line: index + 1 }] };
    });
  });
}

/** Limits of time by words that say as much as the author likes. Where the sentence or the next one has another value, the rule takes that for the one meant. */
function vague(bench: Workbench): Fault[] {
  const swaps: readonly (readonly [file: string, section: string, from: string, to: string])[] = [
    [TERMS, '7.2', 'acknowledges a report within 24 hours', 'acknowledges a report as soon as possible'],
    [CPS, '4.3.2', 'within 5 minutes of issuance', 'as soon as practicable after issuance'],
    [CPS, '5.7.3', 'The crisis team stops the CA within 60 minutes', 'The crisis team stops the CA in a timely manner'],
    [CPS, '6.2.1', 'after maintenance and every 12 months', 'after maintenance and periodically'],
    [CPS, '5.5.2', 'are deleted within 6 months', 'are deleted from time to time'],
    [CP, '4.3.2', 'within 24 hours of issuance', 'in a timely manner after issuance'],
    [CP, '4.9.3', 'told of the revocation and its reason within 24 hours', 'told of the revocation and its reason as soon as possible'],
    [CP, '4.10.2', 'shall end within 24 hours', 'shall end as soon as possible'],
    [PDS, '3.2', 'for at least 10 years after', 'for an appropriate period after'],
    [PDS_DE, '3.2', 'mindestens 10 Jahre ab', 'eine angemessene Zeit ab'],
  ];
  return swaps.map(([file, section, from, to]) => {
    const { text } = swapIn(bench.texts.get(file) ?? '', section, from, to);
    // The words themselves may begin a line later than the change.
    const at =
      /in a timely manner|zeitnah|promptly|as soon as p\w+|periodically|from time to time|a reasonable time|an appropriate period|angemessene Zeit/u.exec(
        to,
      )?.[0] ?? to;
    const { line: start } = chapterOf(text, section);
    const rest = text
      .split('\n')
      .slice(start - 1)
      .join('\n');
    return { name: `${file} ${section}: ${to}`, file, text, expected: [{ rules: ['form/value-stated'], file, line: start - 1 + lineOf(rest, at) }] };
  });
}

/** Editions of the table of references, one number lower. */
function stale(bench: Workbench): Fault[] {
  const text = bench.texts.get(CPS) ?? '';
  return (
    [
      ['ETSI EN 319 401 V3.2.1', 'ETSI EN 319 401 V3.1.1'],
      ['ETSI EN 319 411-1 V1.5.1', 'ETSI EN 319 411-1 V1.4.1'],
      ['ETSI EN 319 411-2 V2.6.1', 'ETSI EN 319 411-2 V2.5.1'],
      ['ETSI TS 119 312 V2.1.1', 'ETSI TS 119 312 V1.5.1'],
      ['ETSI TS 119 461 V2.1.1', 'ETSI TS 119 461 V1.1.1'],
      ['ETSI EN 319 403-1 V2.3.1', 'ETSI EN 319 403-1 V2.2.2'],
      ['FIPS 140-3 level 3', 'FIPS 140-2 level 3'],
    ] as const
  ).map(([from, to]) => {
    const changed = swapIn(text, from.startsWith('FIPS') ? '6.2.1' : '1.6', from, to);
    return { name: to, file: CPS, text: changed.text, expected: [{ rules: ['form/edition-current'], file: CPS, line: changed.line }] };
  });
}
