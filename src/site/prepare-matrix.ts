import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { takeCatalogues } from '../model/catalogue-shelf.ts';
import type { Editions } from '../model/edition.ts';
import { inForce, type VersionSpan } from '../model/in-force.ts';
import type { Matrix, MatrixSubject } from '../model/matrix.ts';
import { boundProfiles } from '../model/profile-binding.ts';
import type { Catalogue } from '../model/requirement.ts';
import type { Sha256, VersionEntry } from '../model/version.ts';
import { versionMatrixPath } from '../publish/matrix.ts';
import { digestCatalogues, fillShelf, readCatalogues } from '../read/catalogue.ts';
import { sha256 } from '../read/register.ts';
import type { Chain, Comparisons } from './comparisons.ts';
import { type MatrixSource, type MatrixText, makeMatrix } from './make-matrix.ts';
import { factsOf, hasMatrix, type SiteContext, versionLanguages, versionPath } from './views/context.ts';

export interface MatrixOptions {
  context: SiteContext;
  chains: readonly Chain[];
  comparisons: Pick<Comparisons, 'marked'>;
  root: string;
  stamp: string;
}

/** The requirement matrices of a site, each made once for as long as what it follows from is the same. */
export interface Matrices {
  /** Of the texts in force; undefined for a site none of whose texts ever listed a policy that conforms to one of a standard. */
  current: Matrix | undefined;
  /** Of each version that bears marks. */
  versions: ReadonlyMap<VersionSpan, VersionMatrix>;
  read(digest: Sha256): Matrix;
}

/** What a version's matrix is about, and the digest under which it can be read. */
export interface VersionMatrix {
  digest: Sha256;
  subject: MatrixSubject;
}

/** Digests of matrices by that of what they follow from. */
type Index = Record<Sha256, Sha256>;

/** Makes the matrices that earlier builds have not made. Catalogues are read only for these. */
export async function prepareMatrices(options: MatrixOptions): Promise<Matrices> {
  const { context, root, stamp } = options;
  const folder = join(root, '.cartulary/matrices');
  const read = openMatrices(folder);
  if (context.frame.requirements === undefined) return { current: undefined, versions: new Map(), read };
  const { name, site, timeZone, languages, editions, practices } = context.workspace.config;
  const common = sha256(JSON.stringify([stamp, await digestCatalogues(root), name, site, timeZone, languages, editions, practices]));
  const before = readIndex(folder);
  const index: Index = {};
  let opened: Promise<SourceOf> | undefined;
  const open = () => {
    opened ??= openSource(options);
    return opened;
  };
  const prepare = async (basis: object, make: (sourceOf: SourceOf) => Matrix): Promise<Sha256> => {
    const key = sha256(`${common} ${JSON.stringify(basis)}`);
    const known = before[key];
    if (known !== undefined && existsSync(join(folder, `${known}.json`))) index[key] = known;
    else index[key] = keep(folder, make(await open()));
    return index[key];
  };
  const current = await prepare(describeCurrent(options), (sourceOf) => makeMatrix(sourceOf(undefined).source, listCurrent(options)));
  const versions = new Map<VersionSpan, VersionMatrix>();
  for (const span of [...context.timelines.values()].flatMap(({ spans }) => spans).filter((span) => hasMatrix(context, span.entry))) {
    const together = listTogether(context, span);
    const subject = toSubject(context, span, together);
    const digest = await prepare(describeVersion(context, span, together), (sourceOf) => makeVersionMatrix(options, sourceOf, [span, ...together], subject));
    versions.set(span, { digest, subject });
  }
  finish(folder, before, index);
  return { current: read(current), versions, read };
}

/** The files of a matrix are made one after another: the last one that was read is kept. */
function openMatrices(folder: string): Matrices['read'] {
  let last: { digest: Sha256; matrix: Matrix } | undefined;
  return (digest) => {
    if (last?.digest !== digest) last = { digest, matrix: JSON.parse(readFileSync(join(folder, `${digest}.json`), 'utf8')) as Matrix };
    return last.matrix;
  };
}

function readIndex(folder: string): Index {
  try {
    return JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')) as Index;
  } catch {
    return {};
  }
}

function keep(folder: string, matrix: Matrix): Sha256 {
  const text = JSON.stringify(matrix);
  const digest = sha256(text);
  mkdirSync(folder, { recursive: true });
  writeInOneStep(join(folder, `${digest}.json`), text);
  return digest;
}

/** So that an interrupted build leaves no half of a file. */
function writeInOneStep(path: string, text: string): void {
  writeFileSync(`${path}.new`, text);
  renameSync(`${path}.new`, path);
}

/** Notes what is there, and removes what is no longer asked for. */
function finish(folder: string, before: Index, index: Index): void {
  if (JSON.stringify(before) === JSON.stringify(index)) return;
  writeInOneStep(join(folder, 'index.json'), JSON.stringify(index));
  const wanted = new Set(['index.json', ...Object.values(index).map((digest) => `${digest}.json`)]);
  for (const name of readdirSync(folder).filter((file) => !wanted.has(file))) rmSync(join(folder, name));
}

/** With what a matrix is made, by the editions to which a text was written, and which standards it names with one that there is. */
type SourceOf = (writtenTo: Editions | undefined) => { source: MatrixSource; named: ReadonlySet<string> };

async function openSource({ context, chains, comparisons, root }: MatrixOptions): Promise<SourceOf> {
  const { config, facts } = context.workspace;
  const { shelf: inUse } = await readCatalogues(root, config, {});
  const { shelf } = await fillShelf(
    root,
    inUse,
    [...facts.values()].map(({ frontMatter }) => frontMatter?.writtenTo),
  );
  const sources = new Map<string, MatrixSource>();
  return (writtenTo) => {
    const catalogues = takeCatalogues(shelf, writtenTo);
    const key = catalogues.map(nameEdition).join('\n');
    const source = sources.get(key) ?? {
      context,
      chains,
      comparisons,
      shelf,
      catalogues,
      named: new Map(),
      judged: new Map(),
      suspects: new Map(),
      before: new Map(),
    };
    sources.set(key, source);
    const named = Object.entries(writtenTo ?? {}).flatMap(([standard, edition]) => shelf.catalogues.get(`${standard}/${edition}`)?.standard ?? []);
    return { source, named: new Set(named) };
  };
}

const nameEdition = ({ standard, edition }: Catalogue) => `${standard} ${edition}`;

function listCurrent(options: MatrixOptions): MatrixText[] {
  const { workspace, timelines } = options.context;
  return [...timelines.keys()].flatMap((document) => {
    const span = inForce(workspace.register, document, workspace.now).version;
    return span ? listTexts(options, span) : [];
  });
}

/** Follows from the versions in force and from the way back through those before. */
function describeCurrent({ context: { workspace, timelines } }: MatrixOptions): object {
  const current = [...timelines.keys()].map((document) => inForce(workspace.register, document, workspace.now).version?.entry.digest ?? null);
  return ['current', workspace.register.entries.at(-1)?.digest ?? null, current];
}

/** The Markdown texts of a version, the language of its own address first. */
function listTexts({ context, chains, comparisons }: MatrixOptions, span: VersionSpan): MatrixText[] {
  const { workspace } = context;
  return versionLanguages(span.entry, workspace.config.languages).flatMap((language, index) => {
    const chain = chains.find((candidate) => candidate.document === span.entry.document && candidate.language === language);
    const source = chain?.texts.find((text) => text.span.entry === span.entry);
    const { frontMatter } = (source && workspace.facts.get(source.file.sha256)) ?? {};
    return source ? [{ source, frontMatter, marked: comparisons.marked(source), path: versionPath(span.entry, index > 0 ? language : undefined) }] : [];
  });
}

/** The versions of the other documents that are in force when a version takes effect. */
function listTogether({ workspace, timelines }: SiteContext, { entry, from }: VersionSpan): VersionSpan[] {
  return [...timelines.keys()].flatMap((document) => (document === entry.document ? [] : (inForce(workspace.register, document, from).version ?? [])));
}

/** Follows from the version and those before it, and from the versions beside it and those before these. */
function describeVersion(context: SiteContext, span: VersionSpan, together: readonly VersionSpan[]): object {
  const way = (last: VersionSpan) => {
    const spans = context.timelines.get(last.entry.document)?.spans ?? [];
    return spans.slice(0, spans.indexOf(last) + 1).map(({ entry, from, until }) => [entry.digest, from, until ?? null, ...statedLater(context, entry)]);
  };
  return [span, ...together].map(way);
}

/** The profiles that were declared for a version after it was registered: its text may include them. */
const statedLater = ({ workspace: { register } }: SiteContext, entry: VersionEntry): string[] =>
  Object.values(boundProfiles(register, entry)).map(({ sha256: digest }) => digest);

/** The matrix of the first of some versions, with the others beside it. */
function makeVersionMatrix(options: MatrixOptions, sourceOf: SourceOf, spans: readonly [VersionSpan, ...VersionSpan[]], subject: MatrixSubject): Matrix {
  const { workspace } = options.context;
  const [{ entry }] = spans;
  const writtenTo = versionLanguages(entry, workspace.config.languages)
    .map((language) => factsOf(workspace, entry, language)?.frontMatter?.writtenTo)
    .find((editions) => editions !== undefined);
  const { source, named } = sourceOf(writtenTo);
  const texts = spans.flatMap((span) => listTexts(options, span));
  return makeMatrix(source, texts, { subject, named });
}

function toSubject(context: SiteContext, span: VersionSpan, together: readonly VersionSpan[]): MatrixSubject {
  const beside = together.map((other) => ({ ...place(other), matrix: hasMatrix(context, other.entry) ? versionMatrixPath(other.entry) : null }));
  return { ...place(span), together: beside };
}

const place = ({ entry, from, until }: VersionSpan) => ({
  document: entry.document,
  version: entry.version,
  path: versionPath(entry),
  from,
  until: until ?? null,
});
