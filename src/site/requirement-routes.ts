import type { Matrix } from '../model/matrix.ts';
import { matrixCsv, matrixJson, matrixPath, matrixXlsx } from '../publish/matrix.ts';
import { sha256 } from '../read/register.ts';
import type { Route } from './routes.ts';
import type { SiteContext } from './views/context.ts';
import { requirementListPage, requirementsPage } from './views/requirements.ts';

/** The requirement matrix: its pages and its files. None where the site has no matrix. */
export function listRequirementRoutes(context: SiteContext, matrix: Matrix | undefined): Route[] {
  if (!matrix) return [];
  const key = sha256(JSON.stringify(matrix));
  return [
    { path: matrixPath(), page: requirementsPage(context, matrix) },
    ...matrix.standards.map((standard): Route => ({ path: standard.path, page: requirementListPage(context, matrix, standard) })),
    { path: matrixPath('matrix.csv'), key, make: () => matrixCsv(matrix) },
    { path: matrixPath('matrix.json'), key, make: () => matrixJson(matrix) },
    { path: matrixPath('matrix.xlsx'), key, make: () => matrixXlsx(matrix) },
  ];
}
