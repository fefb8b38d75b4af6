import { join } from 'node:path';
import { deadlineTexts, listDeadlines } from '../model/deadline.ts';
import type { PlainText } from '../model/plain-text.ts';
import { readCertificateStandards } from '../read/certificate-catalogues.ts';
import type { OpenedRepository } from '../read/workspace.ts';
import { type ComparableText, type Comparisons, prepareComparisons } from './comparisons.ts';
import { type Matrices, prepareMatrices } from './prepare-matrix.ts';
import { completeRoutes, type Route, type Site } from './routes.ts';

export interface ChangesOptions {
  root: string;
  stamp: string;
  /** Texts whose plain form is wanted, and who takes it. */
  wants?(text: ComparableText): boolean;
  take?(text: ComparableText, plain: PlainText): void;
  recall?(text: ComparableText): PlainText | undefined;
}

/** The comparisons and requirement matrices of a site and, with them, all of its addresses. Throws a `ComparisonError` where one cannot be made. */
export async function prepareChanges(
  opened: OpenedRepository,
  site: Site,
  { root, stamp, wants = () => false, take = () => undefined, recall = () => undefined }: ChangesOptions,
): Promise<{ comparisons: Comparisons; matrices: Matrices; routes: readonly Route[] }> {
  const folder = join(root, '.cartulary/comparisons');
  const dated = new Set(deadlineTexts(opened.workspace.register).map(({ sha256 }) => sha256));
  const comparisons = await prepareComparisons({ opened, context: site.context, chains: site.chains, dated, folder, stamp, wants, take, recall });
  const matrices = await prepareMatrices({ context: site.context, chains: site.chains, comparisons, root, stamp });
  const deadlines = listDeadlines({ ...opened.workspace, stated: comparisons.stated });
  return { comparisons, matrices, routes: completeRoutes(site, comparisons, deadlines, matrices, await readCertificateStandards()) };
}
