import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Deadline, deadlineTexts, listDeadlines } from '../model/deadline.ts';
import type { PlainText } from '../model/plain-text.ts';
import type { Sha256 } from '../model/version.ts';
import { toPlainText } from '../publish/plain-text.ts';
import { sha256 } from '../read/register.ts';
import { type OpenedRepository, readDocument } from '../read/workspace.ts';
import { type ComparableText, type Comparisons, prepareComparisons } from './comparisons.ts';
import { completeRoutes, type Route, type Site } from './routes.ts';
import { isMarkdown } from './views/text.ts';

export interface ChangesOptions {
  root: string;
  stamp: string;
  /** Texts whose plain form is wanted, and who takes it. */
  wants?(text: ComparableText): boolean;
  take?(text: ComparableText, plain: PlainText): void;
}

/** The comparisons of a site and, with them, all of its addresses. Throws a `ComparisonError` where one cannot be made. */
export async function prepareChanges(
  opened: OpenedRepository,
  site: Site,
  { root, stamp, wants = () => false, take = () => undefined }: ChangesOptions,
): Promise<{ comparisons: Comparisons; routes: readonly Route[] }> {
  const folder = join(root, '.cartulary/comparisons');
  const comparisons = await prepareComparisons({ opened, context: site.context, chains: site.chains, folder, stamp, wants, take });
  const deadlines = await readDeadlines(opened, join(root, '.cartulary/deadlines.json'), stamp);
  return { comparisons, routes: completeRoutes(site, comparisons, deadlines) };
}

/** Deadlines, which need the texts in force, are kept for as long as configuration and register are the same. */
async function readDeadlines(opened: OpenedRepository, file: string, stamp: string): Promise<readonly Deadline[]> {
  const { config, register } = opened.workspace;
  const key = sha256(JSON.stringify([stamp, config, register.entries.at(-1)?.digest]));
  try {
    const kept = JSON.parse(readFileSync(file, 'utf8'));
    if (kept.key === key) return kept.deadlines;
  } catch {
    // None are kept, or not whole: they are computed.
  }
  const deadlines = listDeadlines({ ...opened.workspace, texts: await readCurrentTexts(opened) });
  writeFileSync(file, JSON.stringify({ key, deadlines }));
  return deadlines;
}

async function readCurrentTexts({ workspace, readBytes }: OpenedRepository): Promise<ReadonlyMap<Sha256, PlainText>> {
  const texts = new Map<Sha256, PlainText>();
  const files = deadlineTexts(workspace.register).filter(isMarkdown);
  const bytes = await readBytes(files);
  for (const { sha256: digest, path } of files) {
    const text = bytes.get(digest);
    const facts = workspace.facts.get(digest);
    if (text && facts) texts.set(digest, toPlainText(await readDocument(text, facts, path)));
  }
  return texts;
}
