import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Comparison, SectionName } from '../model/change.ts';
import type { PolicyDocument } from '../model/document.ts';
import type { VersionSpan } from '../model/in-force.ts';
import type { MarkedSection } from '../model/marked-section.ts';
import type { ChangeSummary } from '../model/notice.ts';
import type { PlainText } from '../model/plain-text.ts';
import { readStatedDates, type SectionDate } from '../model/stated-date.ts';
import type { Sha256 } from '../model/version.ts';
import { summarise } from '../publish/comparison-message.ts';
import { compareDeclarations } from '../publish/declarations.ts';
import { compareTexts } from '../publish/diff.ts';
import { toPlainText } from '../publish/plain-text.ts';
import { renderChangeList, renderRedlineParts, renderSectionChange } from '../publish/redline.ts';
import { redlineWords } from '../publish/redline-words.ts';
import { proposeSignificance } from '../publish/significance.ts';
import { sha256 } from '../read/register.ts';
import { type OpenedRepository, readDocument } from '../read/workspace.ts';
import { type MarkIndex, noteMarks, recallMarks } from './mark-index.ts';
import { type SourceText, sourceText } from './source-text.ts';
import { type SiteContext, versionLanguages, versionPath } from './views/context.ts';
import { isMarkdown } from './views/text.ts';

/** A text that can be compared: a version's Markdown in one language. */
export interface ComparableText {
  span: VersionSpan;
  language: string;
  file: SourceText;
}

/** A text and the one before it of the same document and language. `key` names their comparison. */
export interface Pair {
  key: string;
  before: ComparableText;
  after: ComparableText;
}

/** The texts of a document in one language that can be compared, oldest first, and the steps between them. */
export interface Chain {
  document: string;
  language: string;
  texts: readonly ComparableText[];
  pairs: readonly Pair[];
}

/** What is kept of a comparison in the index of all. */
interface PairFacts {
  summary: ChangeSummary;
  /** Sections that are the same, as runs: first index in each text, and how many follow one another in both. */
  same: readonly (readonly [before: number, after: number, count: number])[];
}

/** A comparison as HTML. */
export interface Redline {
  list: string;
  parts: readonly string[];
  /** By the fragment under which a changed section stands in the redline. */
  sections: Readonly<Record<string, string>>;
}

/** The comparisons of a site, each made once for as long as its texts and the code are the same. */
export interface Comparisons {
  summary(pair: Pair): ChangeSummary;
  same(pair: Pair): readonly (readonly [before: number, after: number])[];
  sections(text: ComparableText): readonly SectionName[];
  /** The sections that bear marks; the marks' places name the file only. */
  marked(text: ComparableText): readonly MarkedSection[];
  redline(key: string): Redline;
  /** The dates that texts name, of those for which they were asked for. */
  stated: ReadonlyMap<Sha256, readonly SectionDate[]>;
}

/** All chains of comparable texts, by document and language. */
export function listChains(context: SiteContext): readonly Chain[] {
  return [...context.timelines.values()].flatMap(({ document, spans }) => {
    const languages = [...new Set(spans.flatMap(({ entry }) => versionLanguages(entry, context.workspace.config.languages)))];
    return languages.map((language) => toChain(context, document, language, spans));
  });
}

function toChain(context: SiteContext, document: string, language: string, spans: readonly VersionSpan[]): Chain {
  const texts = spans.flatMap((span): ComparableText[] => {
    const file = span.entry.files[language];
    return file && isMarkdown(file) ? [{ span, language, file: sourceText(context, span.entry, file) }] : [];
  });
  const pairs = texts.slice(1).map((after, index) => toPair(context, texts[index] as ComparableText, after));
  return { document, language, texts, pairs };
}

function toPair(context: SiteContext, before: ComparableText, after: ComparableText): Pair {
  const parts = [textAddress(context, before), textAddress(context, after), after.language, before.file.key, after.file.key];
  return { key: sha256(parts.join('\n')).slice(0, 32), before, after };
}

/** Where a text's page is. */
export function textAddress({ workspace, href }: SiteContext, { span: { entry }, language }: ComparableText): string {
  const [primary] = versionLanguages(entry, workspace.config.languages);
  return href(versionPath(entry, language === primary ? undefined : language));
}

/** A comparison that could not be made: nothing may be published without it. */
export class ComparisonError extends Error {}

export interface ComparisonOptions {
  opened: Pick<OpenedRepository, 'workspace' | 'readBytes'>;
  context: SiteContext;
  chains: readonly Chain[];
  /** Texts whose stated dates are wanted. */
  dated: ReadonlySet<Sha256>;
  /** Where comparisons are kept from build to build; what other code made (another stamp) is removed. */
  folder: string;
  stamp: string;
  /** Texts that are wanted in their plain form whether they are compared or not, and who takes them. */
  wants(text: ComparableText): boolean;
  take(text: ComparableText, plain: PlainText): void;
  /** The plain form of a text as an earlier build left it, which need not be parsed again. */
  recall(text: ComparableText): PlainText | undefined;
}

/** Section names of the texts, each list once: most versions have the sections of the one before. */
interface Index extends MarkIndex {
  pairs: Record<string, PairFacts>;
  lists: Record<string, readonly (readonly [number: string, title: string, anchor: string])[]>;
  texts: Record<Sha256, string>;
  dates: Record<Sha256, readonly SectionDate[]>;
}

/** Makes the comparisons that earlier builds have not made. Throws a `ComparisonError` for one that cannot be made. */
export async function prepareComparisons(options: ComparisonOptions): Promise<Comparisons> {
  const folder = openFolder(options.folder, options.stamp);
  const index = readIndex(folder);
  let grown = false;
  for (const chain of options.chains) grown = (await prepareChain(chain, index, folder, options)) || grown;
  if (grown) writeIndex(folder, index);
  const facts = ({ key }: Pair) => index.pairs[key] as PairFacts;
  return {
    summary: (pair) => facts(pair).summary,
    same: (pair) => facts(pair).same.flatMap(([before, after, count]) => Array.from({ length: count }, (_, at) => [before + at, after + at] as const)),
    sections: ({ file }) => (index.lists[index.texts[file.key] ?? ''] ?? []).map(([number, title, anchor], at) => ({ number, title, anchor, index: at })),
    marked: ({ file }) => recallMarks(index, file),
    redline: openRedlines(folder),
    stated: new Map(options.chains.flatMap(({ texts }) => texts.flatMap(({ file }) => datesOf(index, file)))),
  };
}

const datesOf = ({ dates }: Index, { key, sha256: digest }: SourceText): [Sha256, readonly SectionDate[]][] => (dates[key] ? [[digest, dates[key]]] : []);

/** Redlines that are kept in memory: the pages of a document's sections need those of all its versions again and again. */
const MOST_OPEN = 32;

function openRedlines(folder: string): Comparisons['redline'] {
  const open = new Map<string, Redline>();
  return (key) => {
    const redline = open.get(key) ?? (JSON.parse(readFileSync(join(folder, `${key}.json`), 'utf8')) as Redline);
    const [oldest] = open.keys();
    if (!open.has(key) && open.size >= MOST_OPEN && oldest !== undefined) open.delete(oldest);
    open.set(key, redline);
    return redline;
  };
}

/** Goes through a chain once, so that each text is read at most once for both its neighbours. */
async function prepareChain({ texts, pairs }: Chain, index: Index, folder: string, options: ComparisonOptions): Promise<boolean> {
  let grown = false;
  let last: { text: ComparableText; plain: PlainText } | undefined;
  const read = async (text: ComparableText): Promise<PlainText> => {
    if (last?.text === text) return last.plain;
    const known = index.marks[text.file.key] === undefined ? undefined : options.recall(text);
    const document = known ? undefined : await readText(text, options.opened);
    const plain = known ?? toPlainText(document as PolicyDocument);
    noteSections(text, plain, index);
    if (document) noteMarks(index, text.file, document);
    return plain;
  };
  for (const [at, text] of texts.entries()) {
    const pair = pairs[at - 1];
    const missing = pair && !(index.pairs[pair.key] && existsSync(join(folder, `${pair.key}.json`)));
    const wanted = options.wants(text);
    const undated = options.dated.has(text.file.sha256) && !index.dates[text.file.key];
    if (!missing && !wanted && !undated && index.texts[text.file.key]) continue;
    const before = missing ? await read(pair.before).catch((error) => stopAt(pair, error)) : undefined;
    const plain = await read(text).catch((error) => stopAt(pair ?? pairs[at], error));
    last = { text, plain };
    grown = true;
    if (wanted) options.take(text, plain);
    if (undated) index.dates[text.file.key] = readStatedDates(plain);
    if (missing && before) makeComparison(pair, before, plain, index, folder, options);
  }
  return grown;
}

/** Names both texts of a comparison that cannot be made, where one of them stands in the way. */
function stopAt(pair: Pair | undefined, error: unknown): never {
  if (!pair || !(error instanceof ComparisonError)) throw error;
  const { after, before } = pair;
  throw new ComparisonError(`${after.span.entry.document} ${after.span.entry.version} cannot be compared with ${before.span.entry.version}: ${error.message}`);
}

/** A text in its plain form. Throws a `ComparisonError` where it cannot be read. */
export async function readPlain(text: ComparableText, opened: ComparisonOptions['opened']): Promise<PlainText> {
  return toPlainText(await readText(text, opened));
}

async function readText({ file, span: { entry } }: ComparableText, { workspace, readBytes }: ComparisonOptions['opened']): Promise<PolicyDocument> {
  const bytes = (await readBytes([file])).get(file.sha256);
  const facts = workspace.facts.get(file.sha256);
  if (!bytes || !facts) throw new ComparisonError(`The text of ${entry.document} ${entry.version} (${file.path}) could not be read, so it cannot be compared.`);
  const document = await readDocument(bytes, facts, file.path, file.profiles);
  if (document.unreadable)
    throw new ComparisonError(`The text of ${entry.document} ${entry.version} (${file.path}) cannot be compared: ${document.unreadable}`);
  return document;
}

function noteSections({ file }: ComparableText, { sections }: PlainText, index: Index): void {
  const list = sections.map(({ number, title, anchor }) => [number, title, anchor] as const);
  const id = sha256(JSON.stringify(list)).slice(0, 32);
  index.lists[id] ??= list;
  index.texts[file.key] = id;
}

function makeComparison(pair: Pair, before: PlainText, after: PlainText, index: Index, folder: string, options: ComparisonOptions): void {
  try {
    const comparison = compareTexts(before, after);
    const { facts } = options.opened.workspace;
    const declared = compareDeclarations(facts.get(pair.before.file.sha256)?.frontMatter, facts.get(pair.after.file.sha256)?.frontMatter);
    const summary: ChangeSummary = {
      sections: comparison.sections.filter(({ traits }) => traits.length > 0).map(summarise),
      counts: comparison.counts,
      ignored: comparison.ignored,
      proposal: proposeSignificance(comparison, declared, pair.after.language),
    };
    index.pairs[pair.key] = { summary, same: listSame(comparison) };
    writeFileSync(join(folder, `${pair.key}.json`), JSON.stringify(renderPair(pair, comparison, options.context)));
  } catch (error) {
    stopAt(pair, new ComparisonError(error instanceof Error ? error.message : String(error)));
  }
}

function renderPair(pair: Pair, comparison: Comparison, context: SiteContext): Redline {
  const options = {
    words: redlineWords(pair.after.language),
    before: (anchor: string) => `${textAddress(context, pair.before)}#${anchor}`,
    after: (anchor: string) => `${textAddress(context, pair.after)}#${anchor}`,
  };
  const sections = comparison.sections.filter(({ traits }) => traits.length > 0);
  // The page of a section has a redline for each version that changed it.
  const own = { ...options, level: 4, idPrefix: `${pair.after.span.entry.version}-` };
  return {
    list: renderChangeList(comparison, options),
    parts: renderRedlineParts(comparison, options),
    sections: Object.fromEntries(
      sections.map((change) => [change.after[0]?.anchor ?? `removed-${change.before[0]?.anchor ?? ''}`, renderSectionChange(change, own)]),
    ),
  };
}

function listSame({ sections }: Comparison): PairFacts['same'] {
  const runs: [number, number, number][] = [];
  for (const { traits, before, after } of sections) {
    const [older, newer] = [before[0]?.index, after[0]?.index];
    if (traits.length > 0 || older === undefined || newer === undefined) continue;
    const last = runs.at(-1);
    if (last && last[0] + last[2] === older && last[1] + last[2] === newer) last[2] += 1;
    else runs.push([older, newer, 1]);
  }
  return runs;
}

function openFolder(folder: string, stamp: string): string {
  const own = join(folder, stamp.slice(0, 16));
  if (!existsSync(own)) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(own, { recursive: true });
  }
  return own;
}

function readIndex(folder: string): Index {
  try {
    return JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')) as Index;
  } catch {
    return { pairs: {}, lists: {}, texts: {}, markLists: {}, marks: {}, wordings: {}, dates: {} };
  }
}

/** In one step, so that an interrupted build leaves the old one. */
function writeIndex(folder: string, index: Index): void {
  const path = join(folder, 'index.json');
  writeFileSync(`${path}.new`, JSON.stringify(index));
  renameSync(`${path}.new`, path);
}
