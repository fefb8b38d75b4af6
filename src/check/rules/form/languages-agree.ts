import type { Table } from 'mdast';
import type { Policy, Section } from '../../../model/document.ts';
import type { Observation, Place, Rule } from '../../../model/finding.ts';
import type { Draft } from '../../../model/workspace.ts';

/** The texts of one document in several languages have the same sections, policies, tables and marks. */
export const languagesAgree: Rule = {
  id: 'form/languages-agree',
  demands: 'The languages of a document have the same sections, policies, tables and marks.',
  basis: { standard: 'CCADB Policy', edition: '2.1', clause: '4' },
  severity: 'error',
  *check({ drafts, config }) {
    for (const texts of groupByDocument(drafts)) {
      const [first, ...others] = texts.toSorted((a, b) => rank(a, config.languages) - rank(b, config.languages));
      if (!first) continue;
      for (const other of others) yield* compare(first, other);
    }
  },
};

function groupByDocument(drafts: readonly Draft[]): Iterable<Draft[]> {
  return Map.groupBy(drafts, ({ id }) => id).values();
}

/** The text in the language in which the document's address opens is what the others are held against. */
function rank({ language }: Draft, languages: readonly string[]): number {
  const index = languages.indexOf(language);
  return index < 0 ? languages.length : index;
}

function* compare(first: Draft, other: Draft): Iterable<Observation> {
  yield* comparePolicies(first, other);
  if (first.sections.length === 0 || other.sections.length === 0) return;
  yield* compareNumbers(first, other);
  const inOther = new Map(other.sections.filter(isNumbered).map((section) => [section.number, section]));
  for (const section of first.sections.filter(isNumbered)) {
    const twin = inOther.get(section.number);
    if (!twin) continue;
    yield* compareTables(section, twin, first);
    yield* compareMarks(section, twin, first);
  }
}

const isNumbered = ({ number }: Section) => number !== '';

/** Names are worded in each language; all else of a policy is the same. */
function* comparePolicies(first: Draft, other: Draft): Iterable<Observation> {
  if (!first.frontMatter || !other.frontMatter) return;
  const wanted = new Map(first.frontMatter.policies.map((policy) => [policy.oid, policy]));
  const found = new Map(other.frontMatter.policies.map((policy, index) => [policy.oid, { policy, index }]));
  const list = { file: other.file, start: other.fields['policies'] ?? other.fields['document'] ?? { line: 1, column: 1 } };
  for (const [oid, policy] of wanted) {
    const twin = found.get(oid);
    if (!twin) {
      yield {
        message: `The front matter lacks policy ${oid}, which ${first.file} has.`,
        at: list,
        seen: [...found.keys()].join(', ') || 'no policies',
        expected: [...wanted.keys()].join(', '),
      };
      continue;
    }
    if (describe(twin.policy) === describe(policy)) continue;
    yield {
      message: `The front matter says something else of policy ${oid} than that of ${first.file}.`,
      at: { file: other.file, start: other.fields[`policies.${twin.index}.oid`] ?? list.start },
      seen: describe(twin.policy),
      expected: describe(policy),
    };
  }
  for (const [oid, { index }] of found) {
    if (wanted.has(oid)) continue;
    yield {
      message: `The front matter has policy ${oid}, which ${first.file} lacks.`,
      at: { file: other.file, start: other.fields[`policies.${index}.oid`] ?? list.start },
      seen: oid,
      expected: [...wanted.keys()].join(', ') || 'no policies',
    };
  }
}

function describe({ conformsTo, qualified, qscd, profile }: Policy): string {
  const facts = {
    conformsTo,
    'qualified.statement': qualified?.statement,
    'qscd.required': qscd && String(qscd.required),
    'qscd.managedBy': qscd?.managedBy,
    'qscd.statement': qscd?.statement,
    profile,
  };
  return Object.entries(facts)
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]))
    .join(', ');
}

/** Sections that one text lacks; where both have the same ones, their order. */
function* compareNumbers(first: Draft, other: Draft): Iterable<Observation> {
  const wanted = first.sections.filter(isNumbered);
  const found = other.sections.filter(isNumbered);
  const here = new Map(found.map((section) => [section.number, section]));
  const there = new Set(wanted.map(({ number }) => number));
  let before: Section | undefined;
  for (const section of wanted) {
    const twin = here.get(section.number);
    before = twin ?? before;
    if (twin) continue;
    yield {
      message: `Section ${section.number} "${section.title}" of ${first.file} is missing.`,
      at: before?.place ?? { file: other.file, start: { line: 1, column: 1 } },
      seen: before ? `section ${before.number} without it after it` : 'no section before it',
      expected: `section ${section.number}, as in line ${section.place.start?.line ?? 0} of ${first.file}`,
    };
  }
  for (const section of found) {
    if (there.has(section.number)) continue;
    yield {
      message: `Section ${section.number} "${section.title}" does not stand in ${first.file}.`,
      at: section.place,
      seen: `section ${section.number}`,
      expected: 'the same sections in all languages',
    };
  }
  yield* compareOrder(
    wanted.filter(({ number }) => here.has(number)),
    found.filter(({ number }) => there.has(number)),
    first,
  );
}

function* compareOrder(wanted: readonly Section[], found: readonly Section[], first: Draft): Iterable<Observation> {
  const index = found.findIndex((section, at) => section.number !== wanted[at]?.number);
  const section = found[index];
  const expected = wanted[index];
  if (!section || !expected) return;
  yield {
    message: `Section ${section.number} stands at another place than in ${first.file}.`,
    at: section.place,
    seen: `section ${section.number}`,
    expected: `section ${expected.number}`,
  };
}

const tablesOf = ({ blocks }: Section): Table[] => blocks.filter((block) => block.type === 'table');
const shapeOf = ({ children }: Table) => `${children.length - 1} rows of ${children[0]?.children.length ?? 0} columns`;

/** A table has as many rows and columns in each language. */
function* compareTables(section: Section, twin: Section, first: Draft): Iterable<Observation> {
  const wanted = tablesOf(section);
  const found = tablesOf(twin);
  if (wanted.length !== found.length) {
    yield {
      message: `Section ${twin.number} has another number of tables than in ${first.file}.`,
      at: twin.place,
      seen: String(found.length),
      expected: `${wanted.length}, as in line ${section.place.start?.line ?? 0} of ${first.file}`,
    };
    return;
  }
  for (const [index, table] of found.entries()) {
    const model = wanted[index];
    if (!model || shapeOf(model) === shapeOf(table)) continue;
    yield {
      message: `A table in section ${twin.number} has another shape than in ${first.file}.`,
      at: placeOf(table, twin.place),
      seen: shapeOf(table),
      expected: `${shapeOf(model)}, as in line ${model.position?.start.line ?? 0} of ${first.file}`,
    };
  }
}

function placeOf({ position }: Table, section: Place): Place {
  return position ? { file: section.file, start: { line: position.start.line, column: position.start.column } } : section;
}

/** Names of requirements in the marks of a section; reasons after a colon are worded in each language. */
function marksOf({ marks }: Section): string[] {
  return marks
    .flatMap(({ kind, text }) =>
      text
        .replace(kind === 'excludes' ? /:\s[\s\S]*$/ : /$^/, '')
        .split(/\s+/)
        .map((name) => `${kind} ${name}`),
    )
    .toSorted();
}

function* compareMarks(section: Section, twin: Section, first: Draft): Iterable<Observation> {
  const wanted = marksOf(section);
  const found = marksOf(twin);
  if (wanted.join() === found.join()) return;
  yield {
    message: `Section ${twin.number} has other marks than in ${first.file}.`,
    at: twin.marks[0]?.place ?? twin.place,
    seen: found.filter((mark) => !wanted.includes(mark)).join(', ') || `no "${wanted.filter((mark) => !found.includes(mark)).join('", "')}"`,
    expected: wanted.join(', ') || 'no marks',
  };
}
