import type { Base, ContentsEntry, Link } from './page.ts';

/** A finding for an author who looks at the page; `section` leads to its place in the text. */
export interface FindingRow {
  rule: string;
  severity: 'error' | 'warning' | 'info';
  message: string;
  seen: string | undefined;
  expected: string | undefined;
  advice: string | undefined;
  basis: string;
  place: string;
  section: Link | undefined;
}

/** A text of the work tree with its findings in place; only ever served by `cartulary dev`. */
export interface DraftPage extends Base {
  kind: 'draft';
  document: { id: string; title: string; type: string; href: string };
  version: string | undefined;
  file: string;
  findings: readonly FindingRow[];
  body: { html: string; contents: readonly ContentsEntry[] };
}

/** All texts of the work tree, and the findings that are in none of them; only ever served by `cartulary dev`. */
export interface DraftsPage extends Base {
  kind: 'drafts';
  drafts: readonly (Link & { file: string; version: string | undefined; registered: boolean; errors: number; warnings: number })[];
  findings: readonly FindingRow[];
  rules: number;
}
