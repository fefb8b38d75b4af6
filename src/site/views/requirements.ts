import type { Matrix, MatrixPlace, MatrixRow } from '../../model/matrix.ts';
import { MATRIX_STATES } from '../../model/matrix-state.ts';
import type { Instant } from '../../model/time.ts';
import { listBegun, matrixPath, nameBeginning, namePlace } from '../../publish/matrix.ts';
import type { CoverageCounts, Link, PlaceLink, RequirementListPage, RequirementRow, RequirementsPage } from '../page.ts';
import { words } from '../words.ts';
import type { SiteContext } from './context.ts';

/** The files in which the whole matrix can be had. */
export const MATRIX_FILES = ['matrix.xlsx', 'matrix.csv', 'matrix.json'] as const;

const base = (context: SiteContext, path: string, title: string, description: string) => ({
  url: context.href(path),
  canonical: context.absolute(path),
  language: context.language,
  title,
  description,
  relations: [],
  indexed: true,
});

const fileLinks = ({ href }: SiteContext): Link[] =>
  MATRIX_FILES.map((file) => ({ href: href(matrixPath(file)), label: file.replace('matrix.', '').toUpperCase() }));

/** What the texts in force state, counted by standard and policy. */
export function requirementsPage(context: SiteContext, matrix: Matrix): RequirementsPage {
  const text = words(context.language);
  return {
    kind: 'requirements',
    ...base(context, matrixPath(), text.requirementsTitle, `${text.requirementsTitle}. ${matrix.provider}.`),
    standards: matrix.standards.map(({ standard, edition, title, path }) => {
      const rows = matrix.requirements.filter((row) => row.standard === standard);
      return {
        href: context.href(path),
        label: `${standard} ${edition}`,
        title,
        all: countStates(rows),
        policies: matrix.policies.map((policy) => ({
          ...policy,
          href: context.href(`/policies/${policy.oid}/`),
          ...countStates(rows.filter(({ policies }) => policies.includes(policy.oid))),
        })),
      };
    }),
    texts: matrix.texts.map(({ document, version, language, path }) => ({
      href: context.href(path),
      label: `${document.toUpperCase()} ${version}${matrix.texts.filter((other) => other.document === document).length > 1 ? ` (${language})` : ''}`,
    })),
    files: fileLinks(context),
  };
}

function countStates(rows: readonly MatrixRow[]): CoverageCounts {
  const states = Object.fromEntries(MATRIX_STATES.map((state) => [state, rows.filter((row) => row.state === state).length])) as CoverageCounts['states'];
  return { applies: rows.length - states.undecided, states };
}

/** Where each requirement of one standard is stated, clause by clause. */
export function requirementListPage(context: SiteContext, matrix: Matrix, { standard, edition, path }: Matrix['standards'][number]): RequirementListPage {
  const text = words(context.language);
  const rows = matrix.requirements.filter((row) => row.standard === standard);
  const title = text.requirementsOf(`${standard} ${edition}`);
  const clauses = new Map<string, { number: string; title: string; rows: RequirementRow[] }>();
  for (const row of rows) {
    const clause = clauses.get(row.clause) ?? { number: row.clause, title: row.clauseTitle, rows: [] };
    clause.rows.push(showRow(context, matrix, row));
    clauses.set(row.clause, clause);
  }
  const documents = new Set(rows.flatMap(({ stated, excluded }) => [...stated, ...excluded].map(({ document }) => document)));
  return {
    kind: 'requirement-list',
    ...base(context, path, title, title),
    standard,
    edition,
    policies: matrix.policies,
    documents: [...documents].sort().map((id) => ({ id, name: id.toUpperCase() })),
    clauses: [...clauses.values()],
    counts: countStates(rows),
    overview: context.href(matrixPath()),
    files: fileLinks(context),
  };
}

function showRow(context: SiteContext, matrix: Matrix, row: MatrixRow): RequirementRow {
  const { id, summary, kind, policies, state, evidence, missing } = row;
  return {
    id,
    summary,
    kind,
    policies,
    because: row.because.map((way) => ({ policies: nameWay(matrix, row, way.policies), reasons: way.reasons })),
    state,
    stated: row.stated.map((place) => placeLink(context, place, undefined)),
    excluded: row.excluded.map((place) => placeLink(context, place, place.reason)),
    since: listBegun(row).map((place) => ({ version: nameBeginning(place), from: context.when(place.since.from as Instant) })),
    evidence,
    missing,
  };
}

/** The policies of one way; undefined where it is the way of all that the site has, or of none in particular. */
function nameWay(matrix: Matrix, row: MatrixRow, oids: readonly string[]): string | undefined {
  if (oids.length === 0 || (row.because.length === 1 && oids.length === matrix.policies.length)) return undefined;
  const conforming = oids.map((oid) => matrix.policies.find((policy) => policy.oid === oid)?.conformsTo ?? oid);
  return [...new Set(conforming)].join(', ');
}

function placeLink({ href }: SiteContext, place: MatrixPlace, reason: string | undefined): PlaceLink {
  const { document, byClause } = place;
  return { href: href(place.path), label: namePlace(place), document, byClause, reason };
}
