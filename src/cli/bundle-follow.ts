import type { SectionName } from '../model/change.ts';
import type { Section } from '../model/document.ts';
import type { VersionSpan } from '../model/in-force.ts';
import { readWording } from '../model/marked-section.ts';
import type { FollowedSection, StatingVersion } from '../publish/bundle-statements.ts';
import { readFrontMatter } from '../read/front-matter.ts';
import { readMarkdown } from '../read/markdown.ts';
import type { OpenedRepository } from '../read/workspace.ts';
import type { Chain, ComparableText, Comparisons } from '../site/comparisons.ts';

/** With what sections are followed through versions. */
export interface Following {
  opened: Pick<OpenedRepository, 'workspace' | 'readBytes'>;
  chains: readonly Chain[];
  comparisons: Comparisons;
}

/** The first version from one on whose text bears marks: its own, or the one from which a section is followed back. */
export function findMarking(span: VersionSpan, { opened, chains }: Following): VersionSpan | undefined {
  const isMarked = ({ file }: ComparableText) => opened.workspace.facts.get(file.sha256)?.marked ?? false;
  const later = chains
    .filter(({ document }) => document === span.entry.document)
    .flatMap(({ texts }) => {
      const at = texts.findIndex((text) => text.span === span);
      return at < 0 ? [] : (texts.slice(at).find(isMarked) ?? []);
    });
  return later.map((text) => text.span).sort((a, b) => (a.from < b.from ? -1 : 1))[0];
}

/**
 * Finds in a version's texts the sections that became those of a later version, step by step through the comparisons of
 * neighbours, and whether they had the same words there: without markup, and without the profiles that a text includes.
 */
export async function followBack(span: VersionSpan, marking: VersionSpan, following: Following): Promise<StatingVersion['follow']> {
  const own = following.chains.filter(({ document }) => document === span.entry.document);
  const wordings = new Map<ComparableText, ReadonlyMap<string, string>>();
  for (const { texts } of own) {
    for (const text of texts.filter((candidate) => candidate.span === span || candidate.span === marking))
      wordings.set(text, await readWordings(text, following));
  }
  return ({ language, anchor }) => {
    const chain = own.find((candidate) => candidate.language === language);
    const [first, last] = [span, marking].map((one) => chain?.texts.findIndex((text) => text.span === one) ?? -1) as [number, number];
    if (!chain || first < 0 || last < 0) return [];
    const words = (index: number, name: string) => wordings.get(chain.texts[index] as ComparableText)?.get(name);
    return stepBack(chain, anchor, { first, last }, following.comparisons).map((section): FollowedSection => {
      const [before, after] = [words(first, section.anchor), words(last, anchor)];
      return { ...section, wording: before !== undefined && before === after ? 'same' : 'other' };
    });
  };
}

async function readWordings({ file }: ComparableText, { opened }: Following): Promise<ReadonlyMap<string, string>> {
  const bytes = (await opened.readBytes([file])).get(file.sha256);
  const sections = bytes ? readSections(bytes, file.path) : [];
  return new Map(sections.map(({ anchor }, index) => [anchor, readWording(sections, index)]));
}

/** The sections of a source, without the profiles that it includes. */
export function readSections(bytes: Uint8Array, path: string): readonly Section[] {
  const { body, bodyLine } = readFrontMatter(Buffer.from(bytes).toString('utf8'), path);
  return readMarkdown(body, path, bodyLine).sections;
}

function stepBack({ texts, pairs }: Chain, anchor: string, { first, last }: { first: number; last: number }, comparisons: Comparisons): readonly SectionName[] {
  let names = comparisons.sections(texts[last] as ComparableText).filter((section) => section.anchor === anchor);
  for (let index = last - 1; index >= first; index -= 1) {
    const pair = pairs[index];
    if (!pair) return [];
    const before = comparisons.sections(pair.before);
    const same = new Map(comparisons.same(pair).map(([older, newer]) => [newer, older]));
    const { sections } = comparisons.summary(pair);
    names = names.flatMap((name) => {
      const unchanged = same.get(name.index);
      if (unchanged !== undefined) return before[unchanged] ?? [];
      return sections.filter(({ after }) => after.some((one) => one.anchor === name.anchor)).flatMap((change) => change.before);
    });
  }
  return names.filter((name, index) => names.findIndex((other) => other.anchor === name.anchor) === index);
}
