import type { CertificateStrings } from './certificate-strings.ts';
import type { Telling } from './governing-words.ts';
import type { LookupStrings } from './lookup-strings.ts';
import type { Asking, QualificationStrings } from './qualification-words.ts';

/** With what an answer is shown on the page. */
export interface Showing {
  text: CertificateStrings['answer'];
  common: LookupStrings;
  telling: Telling;
  /** Address of the home page. */
  base: string;
  titleOf(document: string): string;
  /** Attributes of what is said in English only. */
  foreign: Readonly<Record<string, string>>;
  /** Undefined where no trusted lists are asked. */
  lists: (Asking & { words: QualificationStrings }) | undefined;
}

/** The address of a version, or of a section of it. */
export const addressOf = ({ base }: Showing, { document, version }: { document: string; version: string }, section?: string): string =>
  `${base}${document}/${version}/${section === undefined ? '' : `#${section}`}`;
