import type { Mark, PolicyDocument } from '../model/document.ts';
import { listMarkedSections, type MarkedSection } from '../model/marked-section.ts';
import type { Sha256 } from '../model/version.ts';
import { sha256 } from '../read/register.ts';
import type { SourceText } from './source-text.ts';

/** A section with marks whose places and wording are left out: these differ from version to version. */
type BareSection = Omit<MarkedSection, 'marks' | 'wording'> & { marks: readonly Pick<Mark, 'kind' | 'text'>[] };

/** The marks of texts, each list once: most versions have those of the one before. */
export interface MarkIndex {
  markLists: Record<string, readonly BareSection[]>;
  /** The name of a text's list, by the text's key. */
  marks: Record<Sha256, string>;
  /** Digests of the wording of the list's sections, by the text's key: they are only compared. */
  wordings: Record<Sha256, readonly string[]>;
}

/** Notes the marks of a text that was parsed. */
export function noteMarks({ markLists, marks, wordings }: MarkIndex, { key }: SourceText, { sections }: PolicyDocument): void {
  const marked = listMarkedSections(sections);
  const list = marked.map(({ wording: _, ...section }) => ({ ...section, marks: section.marks.map(({ kind, text }) => ({ kind, text })) }));
  const id = sha256(JSON.stringify(list)).slice(0, 32);
  markLists[id] ??= list;
  marks[key] = id;
  wordings[key] = marked.map(({ wording }) => sha256(wording).slice(0, 16));
}

/** The sections of a noted text that bear marks; the marks' places name the file only, and of the wording there is a digest. */
export function recallMarks({ markLists, marks, wordings }: MarkIndex, { key, path }: SourceText): readonly MarkedSection[] {
  const list = markLists[marks[key] ?? ''] ?? [];
  return list.map((section, index) => ({
    ...section,
    wording: wordings[key]?.[index] ?? '',
    marks: section.marks.map((mark) => ({ ...mark, place: { file: path } })),
  }));
}
