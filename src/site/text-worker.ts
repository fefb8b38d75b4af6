// A thread of its own for parsing and rendering texts: beside the pages that are written meanwhile, and with a heap
// whose young generation stays small, since the trees of long texts do not live long.
import { parentPort } from 'node:worker_threads';
import type { PolicyDocument, TextFacts } from '../model/document.ts';
import { textOf } from '../model/substance.ts';
import { type RenderedText, renderHtml } from '../publish/html.ts';
import { readDocument } from '../read/workspace.ts';
import type { SourceText } from './source-text.ts';
import { words } from './words.ts';

/** What the thread is asked: to prepare a text, with its HTML where `page`. */
export interface TextTask {
  bytes: Uint8Array;
  facts: TextFacts;
  file: SourceText;
  page: boolean;
}

/** A section as the search knows it: its words by block, without markup. */
export interface PlainSection {
  anchor: string;
  heading: string;
  blocks: readonly string[];
}

export interface PreparedText {
  body: RenderedText | undefined;
  sections: readonly PlainSection[];
}

/** Tasks are answered in the order in which they come. */
let last: Promise<void> = Promise.resolve();
parentPort?.on('message', (task: TextTask) => {
  last = last.then(async () => {
    try {
      parentPort?.postMessage({ text: await prepareText(task) });
    } catch (error) {
      parentPort?.postMessage({ error: `${task.file.path}: ${error instanceof Error ? error.message : String(error)}` });
    }
  });
});

async function prepareText({ bytes, facts, file, page }: TextTask): Promise<PreparedText> {
  const document = await readDocument(bytes, facts, file.path, file.profiles);
  const options = { profileHref: (id: string) => file.profileHrefs[id] };
  return { body: page ? renderHtml(document, words(facts.language), options) : undefined, sections: plainSections(document) };
}

function plainSections(document: PolicyDocument): readonly PlainSection[] {
  return document.sections.flatMap((section) => {
    const blocks = section.blocks.filter((block) => block.type !== 'html').map((block) => textOf(block).trim());
    const heading = [section.number, section.title].filter(Boolean).join(' ');
    return blocks.some((block) => block !== '') ? [{ anchor: section.anchor, heading, blocks }] : [];
  });
}
