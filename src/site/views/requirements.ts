import { PROOF_STATES } from '../../model/evidence.ts';
import type { VersionSpan } from '../../model/in-force.ts';
import type { Matrix, MatrixPlace, MatrixProof, MatrixRow } from '../../model/matrix.ts';
import { MATRIX_STATES } from '../../model/matrix-state.ts';
import type { Instant } from '../../model/time.ts';
import { listBegun, matrixPath, nameBeginning, namePlace, nameSection, versionMatrixPath } from '../../publish/matrix.ts';
import { hasProofs } from '../../publish/matrix-proof.ts';
import { EVIDENCE_PATH } from '../assessor-pages.ts';
import type { ClauseRows, CoverageCounts, Link, PlaceLink, RequirementListPage, RequirementRow, RequirementsPage, SuspectRow } from '../page.ts';
import { words } from '../words.ts';
import { pageBase, type SiteContext } from './context.ts';

/** The files in which the whole matrix can be had. */
export const MATRIX_FILES = ['matrix.xlsx', 'matrix.csv', 'matrix.json'] as const;

/** Links to the files of a matrix, from the path of each. */
export const fileLinks = ({ href }: SiteContext, path: (file: string) => string): Link[] =>
  MATRIX_FILES.map((file) => ({ href: href(path(file)), label: file.replace('matrix.', '').toUpperCase() }));

/** What the texts in force state, counted by standard and policy. */
export function requirementsPage(context: SiteContext, matrix: Matrix, versions: readonly VersionSpan[]): RequirementsPage {
  const text = words(context.language);
  return {
    kind: 'requirements',
    ...pageBase(context, matrixPath(), text.requirementsTitle, `${text.requirementsTitle}. ${matrix.provider}.`),
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
    files: fileLinks(context, matrixPath),
    versions: listVersions(context, versions),
  };
}

function listVersions({ href }: SiteContext, spans: readonly VersionSpan[]): RequirementsPage['versions'] {
  const byDocument = Map.groupBy(spans, ({ entry }) => entry.document);
  return [...byDocument].map(([document, own]) => ({
    document: document.toUpperCase(),
    links: own.toReversed().map(({ entry }) => ({ href: href(versionMatrixPath(entry)), label: entry.version })),
  }));
}

/** How many of some requirements have each state. */
export function countStates(rows: readonly MatrixRow[]): CoverageCounts {
  const states = Object.fromEntries(MATRIX_STATES.map((state) => [state, rows.filter((row) => row.state === state).length])) as CoverageCounts['states'];
  return { applies: rows.length - states.undecided, states };
}

/** Where each requirement of one standard is stated, clause by clause. */
export function requirementListPage(context: SiteContext, matrix: Matrix, { standard, edition, path }: Matrix['standards'][number]): RequirementListPage {
  const text = words(context.language);
  const rows = matrix.requirements.filter((row) => row.standard === standard);
  const title = text.requirementsOf(`${standard} ${edition}`);
  const documents = new Set(rows.flatMap(({ stated, excluded }) => [...stated, ...excluded].map(({ document }) => document)));
  return {
    kind: 'requirement-list',
    ...pageBase(context, path, title, title),
    standard,
    edition,
    policies: matrix.policies,
    documents: [...documents].sort().map((id) => ({ id, name: id.toUpperCase() })),
    clauses: listClauses(context, matrix, rows),
    counts: countStates(rows),
    suspect: countSuspect(rows),
    ...(hasProofs(matrix) && { proofs: PROOF_STATES.filter((state) => rows.some(({ proof }) => proof?.state === state)) }),
    overview: context.href(matrixPath()),
    files: fileLinks(context, matrixPath),
  };
}

/** Rows by their clauses, as they stand in the standard. */
export function listClauses(context: SiteContext, matrix: Matrix, rows: readonly MatrixRow[]): ClauseRows[] {
  const clauses = new Map<string, ClauseRows & { rows: RequirementRow[] }>();
  for (const row of rows) {
    const clause = clauses.get(row.clause) ?? { number: row.clause, title: row.clauseTitle, rows: [] };
    clause.rows.push(showRow(context, matrix, row));
    clauses.set(row.clause, clause);
  }
  return [...clauses.values()];
}

/** How many of some requirements are stated in a place that its authors are to confirm. */
export const countSuspect = (rows: readonly MatrixRow[]) => rows.filter(({ stated }) => stated.some(({ suspect }) => suspect)).length;

function showRow(context: SiteContext, matrix: Matrix, row: MatrixRow): RequirementRow {
  const { id, summary, kind, policies, state, evidence, missing } = row;
  return {
    id,
    summary,
    kind,
    policies,
    because: row.because.map((way) => ({ policies: nameWay(matrix, row, way.policies), reasons: way.reasons })),
    state,
    stated: row.stated.map((place) => placeLink(context, matrix, place)),
    excluded: row.excluded.map((place) => placeLink(context, matrix, place)),
    elsewhere: (row.elsewhere ?? []).map((place) => placeLink(context, matrix, place)),
    since: listBegun(row).map((place) => ({
      version: isSubject(matrix, place) ? place.since.version : nameBeginning(place),
      from: context.when(place.since.from as Instant),
    })),
    evidence,
    missing,
    ...(row.proof && { proof: showProof(context, row.proof) }),
  };
}

const showProof = ({ href }: SiteContext, { state, items }: MatrixProof): NonNullable<RequirementRow['proof']> => ({
  state,
  items: items
    .filter(({ ended }) => !ended)
    .map(({ id, title, verified, faults }) => ({ href: `${href(EVIDENCE_PATH)}#${id}`, label: id, title, verified, faults })),
  owners: [...new Set(items.map(({ owner }) => owner))],
});

/** The policies of one way; undefined where it is the way of all that the site has, or of none in particular. */
function nameWay(matrix: Matrix, row: MatrixRow, oids: readonly string[]): string | undefined {
  if (oids.length === 0 || (row.because.length === 1 && oids.length === matrix.policies.length)) return undefined;
  const conforming = oids.map((oid) => matrix.policies.find((policy) => policy.oid === oid)?.conformsTo ?? oid);
  return [...new Set(conforming)].join(', ');
}

/** Whether a place is in the one document that the matrix is about, which then need not be named. */
const isSubject = ({ subject }: Matrix, { document }: MatrixPlace) => subject?.document === document;

function placeLink({ href }: SiteContext, matrix: Matrix, place: MatrixPlace & { reason?: string | undefined }): PlaceLink {
  const { document, byClause, reason, suspect } = place;
  const label = isSubject(matrix, place) ? nameSection(place) : namePlace(place);
  return { href: href(place.path), label, document, byClause, reason, suspect: suspect && showSuspect(suspect) };
}

const showSuspect = ({ base, textSince, edition }: NonNullable<MatrixPlace['suspect']>): SuspectRow => ({ base, textSince, edition: edition?.to });
