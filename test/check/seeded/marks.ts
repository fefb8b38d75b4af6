import { findCoverage, needsText } from '../../../src/check/coverage.ts';
import { markName } from '../../../src/model/mark.ts';
import { bodyOf, chapterOf, chaptersOf, draw, dropName, marksOf, type NamedMark, refill } from './text.ts';
import { CP, CPS, type Fault, type Kind, PDS, TERMS, type Workbench } from './workbench.ts';

const MARKED = [CP, CPS, PDS, TERMS];

/** What goes wrong with marks, and with the sections that bear them. */
export function markKinds(bench: Workbench): Kind[] {
  const textOf = (file: string) => bench.texts.get(file) ?? '';
  const marks = MARKED.flatMap((file) => marksOf(textOf(file)).map((mark) => ({ ...mark, file })));
  const editLine = (file: string, line: number, edit: (content: string) => string) => {
    const lines = textOf(file).split('\n');
    return lines.with(line - 1, edit(lines[line - 1] ?? '')).join('\n');
  };
  const known = (mark: NamedMark & { file: string }, text: string, line = mark.line): Fault => ({
    name: `${mark.name} in ${mark.file} ${mark.chapter.number}`,
    file: mark.file,
    text,
    expected: [{ rules: ['completeness/mark-known'], file: mark.file, line }],
  });
  return [
    removed(bench),
    {
      kind: 'mark misspelt',
      place: 'the mark',
      faults: draw(marks, 8, 2).map((mark) =>
        known(
          mark,
          editLine(mark.file, mark.line, (line) => line.replace(mark.name, mark.name.replace(/\d\d[A-Z]*$/, '98'))),
        ),
      ),
    },
    {
      kind: 'mark doubled',
      place: 'the second mark',
      faults: draw(marks, 6, 3).map((mark) =>
        known(
          mark,
          editLine(mark.file, mark.line, (line) => `${line}\n<!-- meets ${mark.name} -->`),
          mark.line + 1,
        ),
      ),
    },
    {
      kind: 'mark of a void requirement',
      place: 'the mark',
      faults: draw(marks, 6, 4).flatMap((mark, index) => {
        const catalogue = bench.workspace.catalogues.find(({ short }) => mark.name.startsWith(`${short}:`));
        const voids = catalogue?.requirements.filter(({ kind }) => kind === 'void') ?? [];
        const other = voids[index % voids.length];
        return catalogue && other
          ? [
              known(
                mark,
                editLine(mark.file, mark.line, (line) => line.replace(mark.name, markName(catalogue, other))),
              ),
            ]
          : [];
      }),
    },
    {
      kind: 'mark of a standard that is not in use',
      place: 'the mark',
      faults: draw(marks, 4, 5).map((mark) =>
        known(
          mark,
          editLine(mark.file, mark.line, (line) => line.replace(mark.name, mark.name.replace(/^.*:/, '411-3:'))),
        ),
      ),
    },
    {
      kind: 'reason of an exclusion dropped',
      place: 'the exclusion',
      faults: textOf(CPS)
        .split('\n')
        .flatMap((line, index) => {
          const name = /^<!-- excludes (\S+): /.exec(line)?.[1];
          const text = editLine(CPS, index + 1, () => `<!-- excludes ${name} -->`);
          return name ? [{ name, file: CPS, text, expected: [{ rules: ['completeness/mark-known'] as const, file: CPS, line: index + 1 }] }] : [];
        }),
    },
    ...hollow(bench),
  ];
}

/** Marks that are the only one for what they name. */
function onlyMarks(bench: Workbench): (NamedMark & { file: string; rfc3647: readonly string[] })[] {
  const single = findCoverage(bench.workspace).rows.filter(({ met, requirement }) => met.length === 1 && needsText(requirement));
  const wanted = new Map(single.map(({ catalogue, requirement }) => [markName(catalogue, requirement), requirement.rfc3647]));
  return MARKED.flatMap((file) =>
    marksOf(bench.texts.get(file) ?? '').flatMap((mark) => {
      const rfc3647 = wanted.get(mark.name);
      return rfc3647 ? [{ ...mark, file, rfc3647 }] : [];
    }),
  );
}

function removed(bench: Workbench): Kind {
  const faults = draw(onlyMarks(bench), 24, 1).map((mark): Fault => {
    const text = dropName(bench.texts.get(mark.file) ?? '', mark);
    // The terms do not follow the outline.
    const best = mark.rfc3647.map((number) => chaptersOf(text).find((chapter) => chapter.number === number)).find(Boolean);
    const { line } = (mark.file === CPS ? best : undefined) ?? mark.chapter;
    return {
      name: `${mark.name} in ${mark.file} ${mark.chapter.number}`,
      file: mark.file,
      text,
      expected: [{ rules: ['completeness/requirement-met'], file: mark.file, line }],
    };
  });
  return { kind: 'mark removed', place: 'the section that the catalogue names first; in terms, its section', faults };
}

const REFERENCE = 'ETSI EN 319 411-1, clause 6.4, applies.';

/** Sections whose marks need substance, and that lose it. Those that have sections below them keep theirs. */
function hollow(bench: Workbench): Kind[] {
  const lone = new Map(onlyMarks(bench).map((mark) => [`${mark.file} ${mark.name}`, mark]));
  const sections = MARKED.flatMap((file) => {
    const text = bench.texts.get(file) ?? '';
    return chaptersOf(text).flatMap((chapter) => {
      const marks = marksOf(text).filter((mark) => mark.chapter.number === chapter.number);
      const hasBelow = chaptersOf(text).some(({ number }) => number.startsWith(`${chapter.number}.`));
      return marks.length > 0 && !hasBelow && bodyOf(text, chapter).length > 300 ? [{ file, text, chapter, marks }] : [];
    });
  });
  const make = (kind: string, body: string, count: number, seed: number, only: (isLone: boolean) => boolean): Kind => ({
    kind,
    place: 'each mark of the section',
    faults: draw(
      sections.filter(({ file, marks }) => only(marks.some(({ name }) => lone.has(`${file} ${name}`)))),
      count,
      seed,
    ).map(({ file, text, chapter }): Fault => {
      const changed = refill(text, chapter, body, true);
      const lines = [...new Set(marksOf(changed).flatMap((mark) => (mark.chapter.number === chapter.number ? [mark.line] : [])))];
      return {
        name: `${file} ${chapter.number}`,
        file,
        text: changed,
        expected: lines.map((line) => ({ rules: ['completeness/requirement-met'], file, line })),
      };
    }),
  });
  const emptied = make('marked section emptied', '', 14, 6, () => true);
  return [
    { ...emptied, place: 'its heading and each of its marks', faults: emptied.faults.map(alsoEmpty) },
    make('marked section reduced to a reference', REFERENCE, 8, 7, (isLone) => isLone),
    make('marked section reduced to a reference, others meet the same', REFERENCE, 6, 8, (isLone) => !isLone),
    make('marked section says "No stipulation"', 'No stipulation.', 8, 9, () => true),
  ];
}

function alsoEmpty(fault: Fault): Fault {
  const number = fault.name.split(' ').at(-1) ?? '';
  const { line } = chapterOf(fault.text, number);
  return { ...fault, expected: [{ rules: ['form/section-stated'], file: fault.file, line }, ...fault.expected] };
}
