import type { Mark, PolicyDocument } from '../model/document.ts';
import { listMarkedSections, type MarkedSection } from '../model/marked-section.ts';
import type { Sha256, VersionFile } from '../model/version.ts';
import { sha256 } from '../read/register.ts';

/** A section with marks whose places are left out: these differ from version to version. */
type BareSection = Omit<MarkedSection, 'marks'> & { marks: readonly Pick<Mark, 'kind' | 'text'>[] };

/** The marks of texts, each list once: most versions have those of the one before. */
export interface MarkIndex {
  markLists: Record<string, readonly BareSection[]>;
  /** The name of a text's list, by its digest. */
  marks: Record<Sha256, string>;
}

/** Notes the marks of a text that was parsed. */
export function noteMarks({ markLists, marks }: MarkIndex, { sha256: digest }: VersionFile, { sections }: PolicyDocument): void {
  const list = listMarkedSections(sections).map((section) => ({ ...section, marks: section.marks.map(({ kind, text }) => ({ kind, text })) }));
  const id = sha256(JSON.stringify(list)).slice(0, 32);
  markLists[id] ??= list;
  marks[digest] = id;
}

/** The sections of a noted text that bear marks; the marks' places name the file only. */
export function recallMarks({ markLists, marks }: MarkIndex, { sha256: digest, path }: VersionFile): readonly MarkedSection[] {
  const list = markLists[marks[digest] ?? ''] ?? [];
  return list.map((section) => ({ ...section, marks: section.marks.map((mark) => ({ ...mark, place: { file: path } })) }));
}
