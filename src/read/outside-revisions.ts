import { OUTSIDE_RULES, type OutsideRules, OutsideVersion } from '../model/precedence.ts';
import { cutRevisionTables, type Revision, readRevisionTable } from '../model/revision-table.ts';
import { readFrontMatter } from './front-matter.ts';
import { readMarkdown } from './markdown.ts';

/** What a document of the CA/Browser Forum says of its versions. */
export interface OutsideRevisions {
  /** Whose rules they are, by the document's title; undefined where it does not say so. */
  rules: OutsideRules | undefined;
  /** In the order of the table. */
  versions: readonly Omit<OutsideVersion, 'rules'>[];
  /** Rows that cannot be taken over, and why. */
  unread: readonly { line: number; reason: string }[];
}

/** Reads the table of revisions of the Baseline Requirements or the EV Guidelines, in Markdown as the CA/Browser Forum keeps them. */
export function readOutsideRevisions(text: string, file: string): OutsideRevisions {
  const { body, bodyLine } = readFrontMatter(text, file);
  const rows = readRevisionTable(readMarkdown(cutRevisionTables(body), file, bodyLine).sections);
  const unread: { line: number; reason: string }[] = [];
  const versions: Omit<OutsideVersion, 'rules'>[] = [];
  for (const [version, group] of Map.groupBy(rows, (row) => row.version)) {
    const joined = joinRows(version, group);
    // Cut out of its text a table has other lines: the row is told by its words.
    if (typeof joined === 'string') unread.push({ line: findLine(text, version), reason: joined });
    else versions.push(joined);
  }
  return { rules: nameRules(text), versions, unread };
}

/** Several ballots made one version: it is adopted with the last, and counts from the first day on which any is in effect. */
function joinRows(version: string, rows: readonly Revision[]): Omit<OutsideVersion, 'rules'> | string {
  const days = rows.flatMap(({ date, isEffective }) => (isEffective && date !== undefined ? [date] : [])).sort();
  const [effective] = days;
  if (effective === undefined || days.length < rows.length) return `The effective date "${rows[0]?.printed ?? ''}" is not one day.`;
  const adopted = rows
    .flatMap(({ otherDates = [] }) => otherDates.slice(0, 1))
    .sort()
    .at(-1);
  const said = rows.map(({ words = '' }) => /^(--|(?:SC-?)?\d+)?\s*(.*)$/s.exec(words) ?? []);
  const ballots = [...new Set(said.flatMap(([, ballot]) => (ballot && ballot !== '--' ? [ballot] : [])))];
  const subject = [...new Set(said.map(([, , about = '']) => about.replace(/[,;.]$/, '')))].filter(Boolean).join('; ');
  const found = OutsideVersion.safeParse({
    rules: OUTSIDE_RULES[0],
    version,
    ...(ballots.length > 0 && { ballots }),
    ...(subject && { subject: subject.slice(0, 500) }),
    ...(adopted !== undefined && { adopted }),
    effective,
  });
  if (!found.success) return found.error.issues[0]?.message ?? 'It is not valid.';
  const { rules: _, ...rest } = found.data;
  return rest;
}

function findLine(text: string, version: string): number {
  const lines = text.split('\n');
  return lines.findIndex((line) => line.split('|').some((cell) => cell.trim() === version)) + 1;
}

/** By the title of the front matter or the first heading; other documents of the same forum have titles like these. */
function nameRules(text: string): OutsideRules | undefined {
  const title = /^(?:title:|#)\s*(.+)$/m.exec(text)?.[1] ?? '';
  if (/S\/MIME|Code Signing|Network/i.test(title)) return undefined;
  if (/Extended Validation/i.test(title)) return 'ev-guidelines';
  return /Baseline Requirements/i.test(title) ? 'baseline-requirements' : undefined;
}
