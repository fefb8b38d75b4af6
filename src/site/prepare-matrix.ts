import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Coverage, type CoverageRow, computeCoverage, keyOf, listCounted, listPolicies, type MarkedPlace, type MarkedText } from '../check/coverage.ts';
import type { Undecided } from '../model/applicability.ts';
import type { Mark } from '../model/document.ts';
import { inForce, type VersionSpan } from '../model/in-force.ts';
import type { Matrix, MatrixPlace, MatrixRow } from '../model/matrix.ts';
import { type Catalogue, clauseTitle } from '../model/requirement.ts';
import { MATRIX_NOTE, standardPath } from '../publish/matrix.ts';
import { digestCatalogues, readCatalogues } from '../read/catalogue.ts';
import { sha256 } from '../read/register.ts';
import type { Chain, ComparableText, Comparisons } from './comparisons.ts';
import { type SiteContext, versionLanguages, versionPath } from './views/context.ts';

export interface MatrixOptions {
  context: SiteContext;
  chains: readonly Chain[];
  comparisons: Pick<Comparisons, 'marked'>;
  root: string;
  stamp: string;
}

/**
 * The requirement matrix of the texts in force; undefined for a site none of whose texts conforms to a policy. Of the same
 * register, configuration and catalogues it is made once, and the catalogues are not read again.
 */
export async function prepareMatrix(options: MatrixOptions): Promise<Matrix | undefined> {
  const { context, root, stamp } = options;
  const { workspace, timelines, frame } = context;
  if (frame.requirements === undefined) return undefined;
  const { config, register, now } = workspace;
  const current = [...timelines.keys()].map((document) => inForce(register, document, now).version?.entry.digest ?? null);
  const key = sha256(JSON.stringify([stamp, await digestCatalogues(root), config, register.entries.at(-1)?.digest, current]));
  const file = join(root, '.cartulary/matrix.json');
  const kept = readKept(file, key);
  if (kept) return kept;
  const { catalogues } = await readCatalogues(root, config, {});
  const matrix = makeMatrix(options, catalogues);
  mkdirSync(join(root, '.cartulary'), { recursive: true });
  writeFileSync(`${file}.new`, JSON.stringify({ key, matrix }));
  renameSync(`${file}.new`, file);
  return matrix;
}

function readKept(file: string, key: string): Matrix | undefined {
  try {
    const kept = JSON.parse(readFileSync(file, 'utf8')) as { key: string; matrix: Matrix };
    return kept.key === key ? kept.matrix : undefined;
  } catch {
    return undefined;
  }
}

/** A text in force with the way back through its document's earlier ones. */
interface CurrentText extends MarkedText {
  source: ComparableText;
  path: string;
}

interface Matter extends MatrixOptions {
  catalogues: readonly Catalogue[];
  texts: readonly CurrentText[];
  /** What the marks of a text name, by digest and kind. */
  named: Map<string, ReadonlySet<string>>;
}

function makeMatrix(options: MatrixOptions, catalogues: readonly Catalogue[]): Matrix {
  const { config } = options.context.workspace;
  const texts = listCurrent(options);
  const matter: Matter = { ...options, catalogues, texts, named: new Map() };
  const coverage = computeCoverage({ texts, catalogues, practices: config.practices });
  const reached = orderStandards(coverage, catalogues);
  const place = (standard: string) => reached.findIndex((catalogue) => catalogue.standard === standard);
  const positions = new Map(
    reached.flatMap((catalogue) => catalogue.requirements.map((requirement, index) => [keyOf({ catalogue, requirement }), index] as const)),
  );
  const position = ({ standard, id }: MatrixRow) => positions.get(`${standard} ${id}`) ?? 0;
  return {
    provider: config.name,
    site: config.site,
    timeZone: config.timeZone,
    note: MATRIX_NOTE,
    standards: reached.map(({ standard, edition, title }) => ({ standard, edition, title, path: standardPath(standard) })),
    policies: listPolicies(texts).map(({ oid, name, conformsTo }) => ({ oid, name, conformsTo: conformsTo ?? '' })),
    texts: texts.map(({ source: { span, language, file }, path }) => ({
      document: span.entry.document,
      version: span.entry.version,
      language,
      path,
      sha256: file.sha256,
    })),
    requirements: [...coverage.rows.map((row) => toRow(row, matter)), ...coverage.undecided.map(toUndecided)].sort(
      (a, b) => place(a.standard) - place(b.standard) || position(a) - position(b),
    ),
  };
}

/** The Markdown texts in force, of each document the language of its own address first. */
function listCurrent({ context, chains, comparisons }: MatrixOptions): CurrentText[] {
  const { workspace, timelines } = context;
  return [...timelines.keys()].flatMap((document) => {
    const span = inForce(workspace.register, document, workspace.now).version;
    if (!span) return [];
    return versionLanguages(span.entry, workspace.config.languages).flatMap((language, index) => {
      const chain = chains.find((candidate) => candidate.document === document && candidate.language === language);
      const source = chain?.texts.find((text) => text.span.entry === span.entry);
      const { frontMatter } = (source && workspace.facts.get(source.file.sha256)) ?? {};
      return source ? [{ source, frontMatter, marked: comparisons.marked(source), path: versionPath(span.entry, index > 0 ? language : undefined) }] : [];
    });
  });
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

function toRow(row: CoverageRow<CurrentText>, matter: Matter): MatrixRow {
  const key = keyOf(row);
  const stated = row.met.filter(({ substance }) => substance);
  return {
    ...describe(row),
    policies: row.policies.map(({ oid }) => oid),
    because: groupReasons(row.policies),
    state: STATES[row.state],
    stated: once(stated).map((place) => toPlace(place, key, matter)),
    excluded: once(row.excluded).map((place) => ({ ...toPlace(place, key, matter), reason: place.reason ?? '' })),
    missing: [],
  };
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
function once(places: readonly MarkedPlace<CurrentText>[]): MarkedPlace<CurrentText>[] {
  const seen = new Set<string>();
  return places.filter(({ text: { source }, section }) => {
    const name = `${source.span.entry.document} ${section.number || `${source.language} ${section.anchor}`}`;
    const isFirst = !seen.has(name);
    seen.add(name);
    return isFirst;
  });
}

function toPlace({ text: { source, path }, section, mark, byClause }: MarkedPlace<CurrentText>, key: string, matter: Matter): MatrixPlace {
  const { span, language } = source;
  const first = findFirst(source, mark.kind, key, matter);
  return {
    document: span.entry.document,
    version: span.entry.version,
    language,
    section: section.number,
    title: section.title,
    path: section.anchor ? `${path}#${section.anchor}` : path,
    byClause,
    since: { version: first.entry.version, from: first.from },
  };
}

/** The first version since which a document has named a requirement without a gap, in that language. A text that cannot be read is a gap. */
function findFirst({ span, language }: ComparableText, kind: Mark['kind'], key: string, matter: Matter): VersionSpan {
  const spans = (matter.context.timelines.get(span.entry.document)?.spans ?? []).filter(({ from, until }) => from !== until);
  const chain = matter.chains.find((candidate) => candidate.document === span.entry.document && candidate.language === language);
  let first = span;
  for (let index = spans.indexOf(span) - 1; index >= 0; index -= 1) {
    const before = spans[index] as VersionSpan;
    const text = chain?.texts.find((candidate) => candidate.span.entry === before.entry);
    if (!text || before.until !== first.from || !namesOf(text, kind, matter).has(key)) break;
    first = before;
  }
  return first;
}

function namesOf(text: ComparableText, kind: Mark['kind'], { named, comparisons, catalogues }: Matter): ReadonlySet<string> {
  const id = `${kind} ${text.file.sha256}`;
  const known = named.get(id) ?? listCounted(comparisons.marked(text), kind, catalogues);
  named.set(id, known);
  return known;
}
