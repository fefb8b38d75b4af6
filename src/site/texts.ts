import { toString as toText } from 'mdast-util-to-string';
import type { PolicyDocument } from '../model/document.ts';
import type { Sha256, VersionFile } from '../model/version.ts';
import { type RenderedText, renderHtml } from '../publish/html.ts';
import { type OpenedRepository, readDocument } from '../read/workspace.ts';
import { words } from './words.ts';

/** A section as the search knows it: its words by block, without markup. */
export interface PlainSection {
  anchor: string;
  heading: string;
  blocks: readonly string[];
}

/** The published texts of a build, each parsed once, for its pages and for the search. */
export interface Texts {
  /** A text as HTML; undefined where its bytes could not be had. Of a text that is not among the pages to be made, it is rendered when asked for. */
  body(file: VersionFile): Promise<RenderedText | undefined>;
  sections(file: VersionFile): Promise<readonly PlainSection[]>;
}

interface PreparedText {
  body: RenderedText | undefined;
  sections: readonly PlainSection[];
}

/** `pages` are the texts whose HTML will be asked for: it is made while their trees are at hand, for these are too large to be kept. */
export function createTexts({ workspace, readBytes }: Pick<OpenedRepository, 'workspace' | 'readBytes'>, pages: ReadonlySet<Sha256>): Texts {
  const prepared = new Map<Sha256, Promise<PreparedText>>();
  const prepare = (file: VersionFile, page: boolean): Promise<PreparedText> => {
    const known = prepared.get(file.sha256);
    if (known) return known;
    const made = prepareText(file, page);
    prepared.set(file.sha256, made);
    return made;
  };
  const prepareText = async (file: VersionFile, page: boolean): Promise<PreparedText> => {
    const bytes = (await readBytes([file])).get(file.sha256);
    const facts = workspace.facts.get(file.sha256);
    if (!bytes || !facts) return { body: undefined, sections: [] };
    const document = await readDocument(bytes, facts, file.path);
    return { body: page ? renderHtml(document, words(facts.language)) : undefined, sections: plainSections(document) };
  };
  return {
    body: async (file) => (await prepare(file, true)).body ?? (await prepareText(file, true)).body,
    sections: async (file) => (await prepare(file, pages.has(file.sha256))).sections,
  };
}

function plainSections(document: PolicyDocument): readonly PlainSection[] {
  return document.sections.flatMap((section) => {
    const blocks = section.blocks.filter((block) => block.type !== 'html').map((block) => toText(block).trim());
    const heading = [section.number, section.title].filter(Boolean).join(' ');
    return blocks.some((block) => block !== '') ? [{ anchor: section.anchor, heading, blocks }] : [];
  });
}
