import type { BundledEvidence, BundledVersion, BundleStatements, Statement, StatementPlace } from '../model/bundle.ts';
import type { Matrix, MatrixPlace } from '../model/matrix.ts';

/** A section of a version that became one which a later version marks. */
export interface FollowedSection {
  number: string;
  title: string;
  anchor: string;
  /** Whether it had the same words then. */
  wording: 'same' | 'other';
}

/** A version with the matrix of the version that bears the marks: its own, or a later one from which its sections are followed back. */
export interface StatingVersion {
  version: BundledVersion;
  matrix: Matrix;
  markedIn: string;
  follow(section: { language: string; anchor: string }): readonly FollowedSection[];
}

const NOTE =
  'What follows says where the texts of this period state something on a requirement, by the marks that their authors set in them. Where a text had no marks yet, the sections are named that became those which a later version marks, and whether they had the same words. It is no judgement whether a requirement is fulfilled. The requirements are described in our own words; the standards alone are authoritative.';

/** Which sections of which versions state each requirement, in the order of the standards and of their clauses. */
export function listStatements(versions: readonly StatingVersion[], evidence: readonly BundledEvidence[]): BundleStatements {
  const found = new Map<string, Statement>();
  for (const stating of versions) {
    const { version, matrix, markedIn } = stating;
    const shorts = new Map(matrix.standards.map(({ standard, short }) => [standard, short]));
    for (const { standard, id, clause, summary, kind, edition, stated, excluded } of matrix.requirements) {
      const key = `${standard} ${id}`;
      const short = shorts.get(standard) ?? standard;
      // A requirement is described as the newest edition to which a text was written has it.
      const known = found.get(key);
      const own = (place: MatrixPlace) => toPlaces(place, stating, edition);
      // Why something was excluded is said by the version that excludes it.
      const exclusions = markedIn === version.version ? excluded : [];
      found.set(key, {
        ...{ standard, short, id, clause, summary, kind },
        stated: [...(known?.stated ?? []), ...stated.flatMap(own)],
        excluded: [...(known?.excluded ?? []), ...exclusions.flatMap((place) => own(place).map((at) => ({ ...at, reason: place.reason })))],
        ...NO_EVIDENCE,
      });
    }
  }
  const statements = [...found.values()].map((statement) => {
    const complete = { ...statement, stated: once(statement.stated).sort(byTime), excluded: once(statement.excluded).sort(byTime) };
    return { ...complete, ...findEvidence(complete, evidence) };
  });
  return { note: NOTE, statements: statements.toSorted(byClause) };
}

const NO_EVIDENCE: Pick<Statement, 'evidence' | 'evidenceOfSections'> = { evidence: [], evidenceOfSections: [] };

/** Two sections of a later version can have been one. */
const once = <Place extends StatementPlace>(places: readonly Place[]): Place[] =>
  places.filter(
    ({ document, version, anchor }, index) =>
      places.findIndex((other) => other.document === document && other.version === version && other.anchor === anchor) === index,
  );

/** The items that name a requirement, and the others that are about a section that states it. */
export function findEvidence(statement: Statement, items: readonly BundledEvidence[]): Pick<Statement, 'evidence' | 'evidenceOfSections'> {
  const about = new Set(
    statement.stated.flatMap(({ document, section, marked }) => [`${document} ${section}`, ...(marked ? [`${document} ${marked.anchor}`] : [])]),
  );
  const naming = items.filter(({ requirements }) => requirements.some((name) => names(name, statement)));
  const others = items.filter((item) => !naming.includes(item) && item.sections.some((section) => about.has(section)));
  return { evidence: naming.map(({ id }) => id), evidenceOfSections: others.map(({ id }) => id) };
}

/** Whether a name as marks have it is that of a requirement, or of a clause that holds it. */
export function names(name: string, { short, id, clause }: Pick<Statement, 'short' | 'id' | 'clause'>): boolean {
  if (!name.startsWith(`${short}:`)) return false;
  const rest = name.slice(short.length + 1);
  return rest === id || rest === clause || clause.startsWith(`${rest}.`);
}

/** The places where it is in the bundle; none for one of another document, or for a section that did not exist yet. */
function toPlaces(place: MatrixPlace, { version, markedIn, follow }: StatingVersion, edition: string): StatementPlace[] {
  const { document, language, path, byClause } = place;
  const text = version.texts.find((candidate) => candidate.language === language);
  if (document !== version.document || !text?.page) return [];
  const { page, sha256 } = text;
  const anchor = path.includes('#') ? path.slice(path.indexOf('#') + 1) : '';
  const { version: number, from, until } = version;
  const isOwn = markedIn === number;
  const sections: readonly FollowedSection[] = isOwn ? [{ number: place.section, title: place.title, anchor, wording: 'same' }] : follow({ language, anchor });
  return sections.map(({ number: section, title, anchor: at, wording }) => ({
    ...{ document, version: number, from, until, edition, language, section, title, anchor: at, page, sha256, byClause },
    marked: isOwn ? null : { version: markedIn, anchor, wording },
  }));
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
