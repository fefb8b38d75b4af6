import type { Matrix } from '../model/matrix.ts';
import { EVIDENCE_PATH, PRECEDENCE_PATH, STATUS_PATH } from './assessor-pages.ts';
import { listOperationRoutes } from './operation-routes.ts';
import type { Route } from './routes.ts';
import type { SiteContext } from './views/context.ts';
import { EVIDENCE_VIEWS, evidenceJson, evidencePage, evidencePath } from './views/evidence.ts';
import { precedenceJson, precedencePage } from './views/precedence.ts';
import { STATUS_JSON, statusJson, statusPage } from './views/status.ts';

/** By this file a folder is known as a site for assessors, which no build for the public empties or continues. */
export const ASSESSORS_ONLY = '/FOR-ASSESSORS-ONLY.txt';

/** What only a site for assessors has. None of it is made, or loaded, for the public. */
export function listAssessorRoutes(context: SiteContext, matrix: Matrix | undefined): Route[] {
  if (context.workspace.audience !== 'assessor') return [];
  return [
    { path: ASSESSORS_ONLY, text: `This copy of the site is for assessors. It holds what ${context.frame.provider} does not publish.\n` },
    ...listEvidence(context, matrix),
    ...listPrecedence(context),
    ...listStatus(context),
    ...listOperationRoutes(context, matrix),
  ];
}

function listEvidence(context: SiteContext, matrix: Matrix | undefined): Route[] {
  if (!context.workspace.evidence) return [];
  const pages = EVIDENCE_VIEWS.map((view): Route => ({ path: evidencePath(view), page: evidencePage(context, matrix, view) }));
  return [...pages, { path: `${EVIDENCE_PATH}evidence.json`, text: evidenceJson(context, matrix) }];
}

function listPrecedence(context: SiteContext): Route[] {
  if (!context.workspace.precedence) return [];
  return [
    { path: PRECEDENCE_PATH, page: precedencePage(context) },
    { path: `${PRECEDENCE_PATH}precedence.json`, text: precedenceJson(context) },
  ];
}

function listStatus(context: SiteContext): Route[] {
  if (!context.workspace.status) return [];
  return [
    { path: STATUS_PATH, page: statusPage(context) },
    { path: STATUS_JSON, text: statusJson(context) },
  ];
}
