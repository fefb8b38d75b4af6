import type { Significance } from '../model/change.ts';
import type { Base, Link, When } from './page.ts';

/** The notice of a version: what changed, in a few sentences, as a list, and in the text. */
export interface ChangesPage extends Base {
  kind: 'changes';
  document: { id: string; title: string; type: string; href: string };
  version: Link;
  published: When;
  from: When;
  noticeDays: number;
  /** The author's sentences. */
  changes: string | undefined;
  significance: SignificanceRow | undefined;
  /** What is declared otherwise than before, as sentences. */
  declarations: readonly string[];
  compared: ComparedRow;
  languages: readonly (Link & { language: string; current: boolean })[];
  /** The same as plain text and as JSON. */
  forms: { text: string; json: string };
  compare: string;
  notices: string;
  history: string;
  /** Names the comparison, whose HTML is put in when the page is rendered. */
  pair: string | undefined;
  body: { list: string; parts: readonly string[] } | undefined;
}

export interface SignificanceRow {
  kind: Significance;
  sentence: string;
  /** What was seen, heaviest first. */
  reasons: readonly string[];
}

/** With what a version was compared; where with nothing, the sentences say why. */
export interface ComparedRow {
  with: Link | undefined;
  sentences: readonly string[];
}

/** One publication, for the list of all. */
export interface NoticeRow {
  kind: 'version' | 'withdrawal' | 'rescheduling' | 'erratum';
  published: When;
  document: string;
  title: string;
  href: string;
  /** From when a version is in force. */
  from: When | undefined;
  significance: Significance | undefined;
  text: string | undefined;
  /** How many sections changed, and words were added and removed. */
  counts: { sections: number; added: number; removed: number } | undefined;
  declarations: number;
}

/** Every notice, newest first. */
export interface NoticesPage extends Base {
  kind: 'notices';
  years: readonly { year: string; notices: readonly NoticeRow[] }[];
  atom: string;
  json: string;
  calendar: string;
}
