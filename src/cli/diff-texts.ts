import { realpath } from 'node:fs/promises';
import { explainInForce } from '../model/answer.ts';
import type { Comparison, DeclarationChange } from '../model/change.ts';
import type { PolicyDocument } from '../model/document.ts';
import { inForce, readTimelines } from '../model/in-force.ts';
import type { Profile } from '../model/profile.ts';
import { includedProfiles } from '../model/profile-binding.ts';
import type { Instant } from '../model/time.ts';
import type { VersionEntry, VersionFile } from '../model/version.ts';
import type { Draft } from '../model/workspace.ts';
import type { ComparedText, TextComparison } from '../publish/comparison-message.ts';
import { compareDeclarations } from '../publish/declarations.ts';
import { compareTexts, countChanges } from '../publish/diff.ts';
import { toPlainText } from '../publish/plain-text.ts';
import { proposeSignificance } from '../publish/significance.ts';
import { isMarkdown } from '../read/files.ts';
import { readProfiles } from '../read/profiles.ts';
import { type OpenedRepository, readDocument, readRepositoryFile } from '../read/workspace.ts';
import { UsageError } from './main.ts';

/** The name of the work tree where a version can stand. */
export const WORK = 'work';

/** What is to be compared with what. */
export interface Question {
  /** None: the version in force with the work tree. One: that version with the work tree. Two: the first with the second. */
  names: readonly string[];
  document: string | undefined;
  language: string | undefined;
  section: string | undefined;
  at: Instant;
}

/** The comparisons, and what else is to be told in sentences. */
export interface Answer {
  comparisons: TextComparison[];
  /** Texts that have the same bytes. */
  same: string[];
  /** Texts of documents of which nothing is published. */
  unpublished: string[];
  /** Texts that cannot be compared, and why. */
  refused: string[];
}

/** Compares what was asked for, in every document and language that has it. Throws a `UsageError` for what does not exist. */
export async function answerQuestion(opened: OpenedRepository, folder: string, question: Question): Promise<Answer> {
  const answer: Answer = { comparisons: [], same: [], unpublished: [], refused: [] };
  const { profiles: declared } = await readProfiles(await realpath(folder));
  for (const pair of listPairs(opened, question, answer)) {
    for (const language of sharedLanguages(pair, question.language, answer.refused)) {
      const [before, after] = [pair.before, pair.after].map((side) => side.texts.get(language)) as [SideText, SideText];
      const isSame = before.sha256 === after.sha256;
      const same = `${pair.document} (${language}): ${pair.before.name} and ${pair.after.name} have the same text, byte for byte`;
      // Of two texts with the same bytes each may include its own profiles.
      if (isSame && !opened.workspace.facts.get(before.sha256)?.includes) {
        answer.same.push(`${same}.`);
        continue;
      }
      const documents = [await readText(opened, folder, before, declared), await readText(opened, folder, after, declared)];
      const [older, newer] = documents;
      const compared = older && newer && compareDocuments(pair.document, [before, after], [older, newer], question.section);
      if (isSame && compared?.comparison.sections.every(({ traits }) => traits.length === 0)) answer.same.push(`${same}, and include the same profiles.`);
      else if (compared) answer.comparisons.push(compared);
      else answer.refused.push(...[before, after].flatMap((text, index) => (documents[index] ? [] : [explainUnread(pair.document, language, text)])));
    }
  }
  const { section } = question;
  if (section !== undefined && answer.comparisons.length > 0 && answer.comparisons.every(({ comparison }) => comparison.sections.length === 0)) {
    throw new UsageError(`Neither text has a section "${section}".`);
  }
  return answer;
}

/** A text that one side has in one language. */
interface SideText extends ComparedText {
  file: VersionFile | undefined;
  draft: Draft | undefined;
  /** The version that the text is of; undefined for one of the work tree, which includes the profiles that stand there. */
  entry: VersionEntry | undefined;
}

/** A version, or the work tree, with its texts by language. */
interface Side {
  name: string;
  texts: ReadonlyMap<string, SideText>;
}

interface Pair {
  document: string;
  before: Side;
  after: Side;
}

function listPairs({ workspace }: OpenedRepository, { names, document, at }: Question, { refused, unpublished }: Answer): Pair[] {
  const timelines = readTimelines(workspace.register);
  const all = [...new Set([...timelines.keys(), ...workspace.drafts.map(({ id }) => id)])].sort();
  if (document !== undefined && !all.includes(document)) throw new UsageError(`There is no document "${document}". There are: ${all.join(', ')}.`);
  const versionsOf = (id: string) => timelines.get(id)?.spans.map(({ entry }) => entry) ?? [];
  const find = (id: string, name: string): Side | undefined => {
    if (name === WORK) return workSide(workspace.drafts.filter((draft) => draft.id === id));
    const entry = versionsOf(id).find(({ version }) => version === name);
    return entry && versionSide(entry);
  };
  const pairs: Pair[] = [];
  for (const id of document === undefined ? all : [document]) {
    const [first, second = WORK] = names;
    const standing = first === undefined ? inForce(workspace.register, id, at) : undefined;
    const before = standing ? standing.version && versionSide(standing.version.entry) : find(id, first as string);
    const after = find(id, second);
    if (before && after) pairs.push({ document: id, before, after });
    else if (standing && after && !timelines.has(id)) unpublished.push(`${id}: nothing of it is published; the whole text of the work tree is new.`);
    else if (standing && after)
      refused.push(`${explainInForce(standing, workspace.config.timeZone)} Name the version with which the work tree is to be compared.`);
    else if (document !== undefined) throw new UsageError(explainMissing(id, before ? second : (first ?? WORK), versionsOf(id)));
  }
  if (pairs.length + refused.length + unpublished.length === 0)
    throw new UsageError(`No document has ${names.map(nameOf).join(' and ') || 'a text in the work tree'}.`);
  return pairs;
}

const nameOf = (name: string) => (name === WORK ? 'a text in the work tree' : `a version "${name}"`);

function explainMissing(document: string, name: string, versions: readonly VersionEntry[]): string {
  if (name === WORK) return `The work tree has no text of ${document}.`;
  return `${document} has no version "${name}". It has: ${versions.map(({ version }) => version).join(', ') || 'none'}.`;
}

function workSide(drafts: readonly Draft[]): Side | undefined {
  const texts = drafts.map((draft): [string, SideText] => {
    const common = { source: 'work', version: draft.frontMatter?.version, path: draft.file, sha256: draft.sha256 } as const;
    return [draft.language, { ...common, draft, file: undefined, entry: undefined }];
  });
  return drafts.length > 0 ? { name: 'the work tree', texts: new Map(texts) } : undefined;
}

function versionSide(entry: VersionEntry): Side {
  const { version, files } = entry;
  const texts = Object.entries(files).map(([language, file]): [string, SideText] => {
    return [language, { source: 'register', version, path: file.path, sha256: file.sha256, file, draft: undefined, entry }];
  });
  return { name: `version ${version}`, texts: new Map(texts) };
}

/** The languages that both sides have; a text that nothing can be compared with is told. */
function sharedLanguages({ document, before, after }: Pair, asked: string | undefined, refused: string[]): string[] {
  const all = asked === undefined ? [...new Set([...before.texts.keys(), ...after.texts.keys()])].sort() : [asked];
  if (all.length === 0) refused.push(`${document}: the texts of ${before.name} and ${after.name} are not held; they are known by name only.`);
  return all.filter((language) => {
    const lacking = [before, after].filter(({ texts }) => !texts.has(language));
    for (const { name, texts } of lacking) {
      refused.push(
        texts.size === 0
          ? `${document}: the text of ${name} is not held; it is known by its name only, so nothing can be compared with it.`
          : `${document}: ${name} has no text in the language "${language}", so nothing can be compared with it.`,
      );
    }
    return lacking.length === 0;
  });
}

/** A text, parsed; undefined where it is no Markdown, cannot be had or cannot be parsed. */
async function readText(
  { workspace, readBytes }: OpenedRepository,
  folder: string,
  { file, draft, entry, path, sha256 }: SideText,
  declared: readonly Profile[],
): Promise<PolicyDocument | undefined> {
  if (!isMarkdown(path)) return undefined;
  const bytes = file ? (await readBytes([file])).get(sha256) : await readRepositoryFile(folder, path);
  const facts = draft ?? workspace.facts.get(sha256);
  const profiles = entry ? includedProfiles(workspace, entry, file) : declared;
  const document = bytes && facts && (await readDocument(bytes, facts, path, profiles));
  return document && document.sections.length > 0 ? document : undefined;
}

function explainUnread(document: string, language: string, { source, version, path }: SideText): string {
  const name = `${document} (${language}): the text of ${source === 'work' ? 'the work tree' : `version ${version}`}`;
  if (!isMarkdown(path)) return `${name} is kept as a file, ${path}, whose words cannot be compared.`;
  return `${name}, ${path}, cannot be read as Markdown. Run \`cartulary check\` for the reason.`;
}

function compareDocuments(
  document: string,
  [before, after]: readonly [SideText, SideText],
  [older, newer]: readonly [PolicyDocument, PolicyDocument],
  section: string | undefined,
): TextComparison {
  const whole = compareTexts(toPlainText(older), toPlainText(newer));
  const comparison = section === undefined ? whole : pickSection(whole, section);
  const declarations: readonly DeclarationChange[] = section === undefined ? compareDeclarations(older.frontMatter, newer.frontMatter) : [];
  // How far a change reaches is a matter of the whole; of one section only the reasons are told that lie in it.
  const { significance: proposed, reasons } = proposeSignificance(whole, declarations, newer.language);
  const picked = new Set(comparison.sections.flatMap((change) => [...change.before, ...change.after]));
  const set = newer.frontMatter?.significance;
  const side = ({ source, version, path, sha256 }: SideText): ComparedText => ({ source, version, path, sha256 });
  return {
    document,
    language: newer.language,
    before: side(before),
    after: side(after),
    section,
    comparison,
    declarations,
    significance: { kind: set?.kind ?? proposed, set: set && { reason: set.reason }, proposed },
    reasons: section === undefined ? reasons : reasons.filter((reason) => reason.section && picked.has(reason.section)),
  };
}

/** The section with a number or anchor in either text, and those below it. */
function pickSection(comparison: Comparison, wanted: string): Comparison {
  const sections = comparison.sections.filter(({ before, after }) =>
    [...before, ...after].some(({ number, anchor }) => number === wanted || anchor === wanted || number.startsWith(`${wanted}.`)),
  );
  const counts = sections.map(countChanges);
  const sum = (key: keyof Comparison['counts']) => counts.reduce((total, each) => total + each[key], 0);
  return { ...comparison, sections, counts: { added: sum('added'), removed: sum('removed'), places: sum('places') } };
}
