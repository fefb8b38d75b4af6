import type { BundledEvidence, BundledVersion, BundleStatements, Statement, StatementPlace } from '../model/bundle.ts';
import type { Matrix, MatrixPlace } from '../model/matrix.ts';

/** A version with the matrix of what it states. */
export interface StatingVersion {
  version: BundledVersion;
  matrix: Matrix;
}

const NOTE =
  'What follows says where the texts of this period state something on a requirement, by the marks that their authors set in them. It is no judgement whether a requirement is fulfilled. The requirements are described in our own words; the standards alone are authoritative.';

/** Which sections of which versions state each requirement, in the order of the standards and of their clauses. */
export function listStatements(versions: readonly StatingVersion[], evidence: readonly BundledEvidence[]): BundleStatements {
  const found = new Map<string, Statement>();
  for (const { version, matrix } of versions) {
    const shorts = new Map(matrix.standards.map(({ standard, short }) => [standard, short]));
    for (const { standard, id, clause, summary, kind, edition, stated, excluded } of matrix.requirements) {
      const key = `${standard} ${id}`;
      const short = shorts.get(standard) ?? standard;
      // A requirement is described as the newest edition to which a text was written has it.
      const known = found.get(key);
      const own = (place: MatrixPlace) => toPlace(place, version, edition);
      found.set(key, {
        ...{ standard, short, id, clause, summary, kind },
        stated: [...(known?.stated ?? []), ...stated.flatMap(own)],
        excluded: [...(known?.excluded ?? []), ...excluded.flatMap((place) => own(place).map((at) => ({ ...at, reason: place.reason })))],
        evidence: known?.evidence ?? evidence.filter(({ requirements }) => requirements.some((name) => names(name, { short, id, clause }))).map((item) => item.id),
      });
    }
  }
  const statements = [...found.values()].map((statement) => ({
    ...statement,
    stated: statement.stated.toSorted(byTime),
    excluded: statement.excluded.toSorted(byTime),
  }));
  return { note: NOTE, statements: statements.toSorted(byClause) };
}

/** Whether a name as marks have it is that of a requirement, or of a clause that holds it. */
export function names(name: string, { short, id, clause }: Pick<Statement, 'short' | 'id' | 'clause'>): boolean {
  if (!name.startsWith(`${short}:`)) return false;
  const rest = name.slice(short.length + 1);
  return rest === id || rest === clause || clause.startsWith(`${rest}.`);
}

/** The place where it is in the bundle; none for one of another document. */
function toPlace({ document, section, title, language, path, byClause }: MatrixPlace, version: BundledVersion, edition: string): StatementPlace[] {
  const text = version.texts.find((candidate) => candidate.language === language);
  if (document !== version.document || !text?.page) return [];
  const anchor = path.includes('#') ? path.slice(path.indexOf('#') + 1) : '';
  const { version: number, from, until } = version;
  return [{ document, version: number, from, until, edition, language, section, title, anchor, page: text.page, sha256: text.sha256, byClause }];
}

const byTime = (a: StatementPlace, b: StatementPlace) => compare(a.document, b.document) || compare(a.from, b.from);
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** By standard, then by the numbers of the clause, then by the requirement's id, numbers as numbers. */
function byClause(a: Statement, b: Statement): number {
  return compare(a.standard, b.standard) || compareNumbers(a.clause, b.clause) || compareNumbers(a.id, b.id);
}

function compareNumbers(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => text.split(/(\d+)/)) as [string[], string[]];
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const [one = '', other = ''] = [left[index], right[index]];
    const order = index % 2 === 1 ? Number(one) - Number(other) : compare(one, other);
    if (order !== 0) return order;
  }
  return 0;
}
