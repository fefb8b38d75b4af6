import type { Base, When } from './page.ts';

/** A version as the page offers it for comparing. */
export interface ComparableVersion {
  version: string;
  from: When;
  until: When | undefined;
  /** Its text by language: the page, the JSON that is compared, and what it changed in the one before. */
  texts: readonly { language: string; page: string; data: string; notice: string }[];
  /** Why it has no text that can be compared. */
  missing: 'not-held' | 'kept-as-file' | undefined;
  /** Its notice, in the language of its own address. */
  notice: string;
}

/** Any two versions of a document, compared in the browser. */
export interface ComparePage extends Base {
  kind: 'compare';
  document: { id: string; title: string; type: string; href: string };
  /** Newest first. */
  versions: readonly ComparableVersion[];
  /** Languages of the texts that can be compared. */
  languages: readonly { language: string; label: string }[];
  history: string;
}
