import type { DocumentType, Language } from './document.ts';

/** How much of a requirement a section seems to say: enough for a mark, something of it, or nothing yet. By words alone; a person decides. */
export type SuggestedWork = 'mark' | 'read' | 'write';

/** A section in which a requirement could be met. */
export interface SuggestedPlace {
  /** The number as printed; empty for a heading without one. */
  section: string;
  title: string;
  anchor: string;
  line: number;
  /** Share of the requirement's words that the section has, weighed by how rare they are: 0 to 1. */
  share: number;
  work: SuggestedWork;
  /** The sentence of the section that has most of them. */
  excerpt: string;
  /** 16 hexadecimal digits that tell the section's text from another one. */
  seen: string;
}

/** Where in one text an open requirement could be met. */
export interface Suggestion {
  /** As marks name it: `411-2:OVR-5.1-09`. */
  requirement: string;
  standard: string;
  edition: string;
  /** In our own words. */
  summary: string;
  level: 'error' | 'warning';
  document: string;
  type: DocumentType;
  language: Language;
  file: string;
  /** The best one first; none where the text has no section with a heading. */
  places: readonly SuggestedPlace[];
}
