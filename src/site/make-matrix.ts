import { type Coverage, type CoverageRow, computeCoverage, keyOf, listCounted, listPolicies, type MarkedPlace, type MarkedText } from '../check/coverage.ts';
import { type Applicability, findApplicable, type Undecided } from '../model/applicability.ts';
import type { CatalogueShelf } from '../model/catalogue-shelf.ts';
import type { Mark, Policy } from '../model/document.ts';
import type { VersionSpan } from '../model/in-force.ts';
import type { Matrix, MatrixPlace, MatrixRow, MatrixSubject } from '../model/matrix.ts';
import { type Catalogue, clauseTitle } from '../model/requirement.ts';
import { findSuspects, type MarkedVersion, type Suspect } from '../model/suspect.ts';
import { MATRIX_NOTE, standardPath, versionNote } from '../publish/matrix.ts';
import type { Chain, ComparableText, Comparisons } from './comparisons.ts';
import type { SiteContext } from './views/context.ts';

/** A published text with its marks and its address. */
export interface MatrixText extends MarkedText {
  source: ComparableText;
  path: string;
}

/** What matrices are made with, beside their texts. */
export interface MatrixSource {
  context: SiteContext;
  chains: readonly Chain[];
  comparisons: Pick<Comparisons, 'marked'>;
  /** All editions to which texts were written; of these, the catalogues by which the texts of the matrix are judged. */
  shelf: CatalogueShelf;
  catalogues: readonly Catalogue[];
  /** What the marks of a text name, by digest and kind: one memory for all matrices with the same catalogues. */
  named: Map<string, ReadonlySet<string>>;
  /** What is asked of a policy, by what texts say of it. */
  judged: Map<string, Applicability>;
  /** Which marks of a text are to be confirmed. */
  suspects: Map<ComparableText, readonly Suspect[]>;
  /** The texts before that of a version, by its language. */
  before: Map<VersionSpan, Map<string, readonly ComparableText[]>>;
}

/** The version that a matrix is about, and the standards of which its text names the edition. */
export interface About {
  subject: MatrixSubject;
  named: ReadonlySet<string>;
}

interface Matter extends MatrixSource {
  subject: MatrixSubject | undefined;
}

/**
 * The matrix of some texts: of all that are in force, or of the version that is its subject, with the texts in force beside
 * it. The policies of a version are its own; those of the others count only where it lists none.
 */
export function makeMatrix(source: MatrixSource, texts: readonly MatrixText[], about?: About): Matrix {
  const { context, catalogues } = source;
  const { config } = context.workspace;
  const subject = about?.subject;
  const matter: Matter = { ...source, subject };
  const own = texts.filter((text) => isOwn(text, subject));
  const listing = listPolicies(own).length > 0 ? own : texts;
  const counted = texts.map((text) => (listing.includes(text) ? text : { ...text, frontMatter: undefined }));
  const coverage = computeCoverage({ texts: counted, catalogues, practices: config.practices, judge: (policy) => judge(policy, source) });
  return {
    provider: config.name,
    site: config.site,
    timeZone: config.timeZone,
    note: subject ? versionNote(subject) : MATRIX_NOTE,
    ...(subject && { subject }),
    standards: orderStandards(coverage, catalogues).map((catalogue) => toStandard(catalogue, about)),
    policies: listPolicies(listing).map(({ oid, name, conformsTo }) => ({ oid, name, conformsTo: conformsTo ?? '' })),
    texts: texts.map(({ source: { span, language, file }, path }) => ({
      document: span.entry.document,
      version: span.entry.version,
      language,
      path,
      sha256: file.sha256,
    })),
    requirements: listRows(coverage, matter),
  };
}

/** Versions list the same policies again and again. */
function judge(policy: Policy, { judged, catalogues, context }: MatrixSource): Applicability {
  const key = JSON.stringify(policy);
  const known = judged.get(key) ?? findApplicable(catalogues, policy, context.workspace.config.practices);
  judged.set(key, known);
  return known;
}

const isOwn = ({ source: { span } }: MatrixText, subject: MatrixSubject | undefined) => !subject || span.entry.document === subject.document;

function toStandard({ standard, short, edition, title }: Catalogue, about: About | undefined): Matrix['standards'][number] {
  return { standard, short, edition, title, path: standardPath(standard), ...(about && { named: about.named.has(standard) }) };
}

/** In the order of the standards and of their clauses. */
function listRows(coverage: Coverage<MatrixText>, matter: Matter): MatrixRow[] {
  const reached = orderStandards(coverage, matter.catalogues);
  const positions = new Map(
    reached.flatMap((catalogue, standard) =>
      catalogue.requirements.map((requirement, index) => [keyOf({ catalogue, requirement }), [standard, index] as const] as const),
    ),
  );
  const position = ({ standard, id }: MatrixRow) => positions.get(`${standard} ${id}`) ?? [0, 0];
  const rows = [...coverage.rows.map((row) => toRow(row, matter)), ...coverage.undecided.map(toUndecided)];
  return rows.sort((a, b) => position(a)[0] - position(b)[0] || position(a)[1] - position(b)[1]);
}

/** The standards that reach providers by their policies, the nearest to these first. */
function orderStandards({ rows }: Coverage, catalogues: readonly Catalogue[]): readonly Catalogue[] {
  const reached = new Set(rows.map(({ catalogue }) => catalogue));
  return [...reached, ...catalogues.filter((catalogue) => catalogue.reach !== 'rule-sets' && !reached.has(catalogue))];
}

function describe({ catalogue, requirement }: Pick<Undecided, 'catalogue' | 'requirement'>) {
  const { id, clause, summary, kind, evidence } = requirement;
  const { standard, edition } = catalogue;
  return { standard, edition, id, clause, clauseTitle: clauseTitle(catalogue, requirement), summary, kind: kind === 'void' ? 'may' : kind, evidence } as const;
}

const STATES = { met: 'stated', excluded: 'excluded', open: 'no-text', 'not-decidable': 'not-decidable' } as const;

function toRow(row: CoverageRow<MatrixText>, matter: Matter): MatrixRow {
  const key = keyOf(row);
  const { subject } = matter;
  const stated = once(row.met.filter(({ substance }) => substance));
  const excluded = once(row.excluded);
  const show = (place: MarkedPlace<MatrixText>) => toPlace(place, key, matter);
  const exclude = (place: MarkedPlace<MatrixText>) => ({ ...show(place), reason: place.reason ?? '' });
  const common = { ...describe(row), policies: row.policies.map(({ oid }) => oid), because: groupReasons(row.policies), missing: [] };
  if (!subject) return { ...common, state: STATES[row.state], stated: stated.map(show), excluded: excluded.map(exclude) };
  const [here, outHere] = [stated, excluded].map((places) => places.filter(({ text }) => isOwn(text, subject))) as [typeof stated, typeof excluded];
  const beside = here.length + outHere.length > 0 ? [] : [...stated.map(show), ...excluded.map(exclude)];
  const state = here.length > 0 ? 'stated' : outHere.length > 0 ? 'excluded' : beside.length > 0 ? 'elsewhere' : STATES[row.state];
  return { ...common, state, stated: here.map(show), excluded: outHere.map(exclude), ...(beside.length > 0 && { elsewhere: beside }) };
}

function toUndecided(item: Undecided): MatrixRow {
  const because = groupReasons([{ oid: '', because: item.because }]).map(({ reasons }) => ({ policies: [], reasons }));
  return { ...describe(item), policies: [], because, state: 'undecided', stated: [], excluded: [], missing: [...item.missing] };
}

/** Policies that lead to a requirement in the same way stand together. That a policy conforms to its own name says nothing more. */
function groupReasons(policies: CoverageRow['policies']): MatrixRow['because'] {
  const groups = new Map<string, { policies: string[]; reasons: string[] }>();
  for (const { oid, because } of policies) {
    const reasons = because.map(({ words }) => words).filter((words) => oid === '' || !words.includes(oid));
    const key = reasons.join('\n');
    const group = groups.get(key) ?? { policies: [], reasons };
    group.policies.push(oid);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** A section stands once, in the first language that has it, though the other languages say the same. */
function once(places: readonly MarkedPlace<MatrixText>[]): MarkedPlace<MatrixText>[] {
  const seen = new Set<string>();
  return places.filter(({ text: { source }, section }) => {
    const name = `${source.span.entry.document} ${section.number || `${source.language} ${section.anchor}`}`;
    const isFirst = !seen.has(name);
    seen.add(name);
    return isFirst;
  });
}

function toPlace({ text: { source, path }, section, mark, byClause }: MarkedPlace<MatrixText>, key: string, matter: Matter): MatrixPlace {
  const { span, language } = source;
  const first = findFirst(source, mark.kind, key, matter);
  const suspect =
    mark.kind === 'meets'
      ? suspectsOf(source, matter).find((one) => keyOf(one) === key && one.sections.some(({ anchor }) => anchor === section.anchor))
      : undefined;
  return {
    document: span.entry.document,
    version: span.entry.version,
    language,
    section: section.number,
    title: section.title,
    path: section.anchor ? `${path}#${section.anchor}` : path,
    byClause,
    ...(suspect && { suspect: describeSuspect(suspect) }),
    since: { version: first.entry.version, from: first.from },
  };
}

/** The first version since which a document has named a requirement without a gap, in that language. A text that cannot be read is a gap. */
function findFirst({ span, language }: ComparableText, kind: Mark['kind'], key: string, matter: Matter): VersionSpan {
  let first = span;
  for (const text of listBefore(span, language, matter)) {
    if (text.span.until !== first.from || !namesOf(text, kind, matter).has(key)) break;
    first = text.span;
  }
  return first;
}

/** The texts of the versions that were in force before one, in a language, the newest first. */
function listBefore(span: VersionSpan, language: string, { chains, before }: Matter): readonly ComparableText[] {
  const { document } = span.entry;
  const known = before.get(span)?.get(language);
  if (known) return known;
  const texts = chains.find((candidate) => candidate.document === document && candidate.language === language)?.texts ?? [];
  const earlier = texts
    .slice(
      0,
      Math.max(
        0,
        texts.findIndex((text) => text.span === span),
      ),
    )
    .filter(({ span: { from, until } }) => from !== until);
  before.set(span, (before.get(span) ?? new Map()).set(language, earlier.toReversed()));
  return earlier.toReversed();
}

function namesOf(text: ComparableText, kind: Mark['kind'], { named, comparisons, catalogues }: Matter): ReadonlySet<string> {
  const id = `${kind} ${text.file.key}`;
  const known = named.get(id) ?? listCounted(comparisons.marked(text), kind, catalogues);
  named.set(id, known);
  return known;
}

/** Which marks of a text are to be confirmed by what it and its earlier versions say. */
function suspectsOf(text: ComparableText, matter: Matter): readonly Suspect[] {
  const { suspects, shelf, catalogues } = matter;
  const known = suspects.get(text) ?? findSuspects(listEarlier(text, matter), shelf, catalogues);
  suspects.set(text, known);
  return known;
}

/** A text and those before it in its language, the newest first, so far back as they are held and bear marks. */
function listEarlier(text: ComparableText, { context, chains, comparisons }: Matter): MarkedVersion[] {
  const { document } = text.span.entry;
  const spans = context.timelines.get(document)?.spans ?? [];
  const texts = chains.find((candidate) => candidate.document === document && candidate.language === text.language)?.texts ?? [];
  const versions: MarkedVersion[] = [];
  for (const span of spans.slice(0, spans.indexOf(text.span) + 1).reverse()) {
    const earlier = texts.find((candidate) => candidate.span === span);
    const marked = earlier ? comparisons.marked(earlier) : [];
    if (!earlier || marked.length === 0) break;
    const { version, confirms } = span.entry;
    versions.push({ version, marked, writtenTo: context.workspace.facts.get(earlier.file.sha256)?.frontMatter?.writtenTo, confirms });
  }
  return versions;
}

function describeSuspect({ base, textSince, edition }: Suspect): NonNullable<MatrixPlace['suspect']> {
  return {
    base,
    ...(textSince !== undefined && { textSince }),
    ...(edition && { edition: { from: edition.from, to: edition.to, change: edition.change } }),
  };
}
