import type { VersionSpan } from '../model/in-force.ts';
import type { Matrix } from '../model/matrix.ts';
import type { Sha256 } from '../model/version.ts';
import { matrixCsv, matrixJson, matrixPath, matrixXlsx, versionMatrixPath } from '../publish/matrix.ts';
import { sha256 } from '../read/register.ts';
import type { Matrices, VersionMatrix } from './prepare-matrix.ts';
import type { Route } from './routes.ts';
import type { SiteContext } from './views/context.ts';
import { type Interval, listIntervals } from './views/overviews.ts';
import { requirementListPage, requirementsPage } from './views/requirements.ts';
import { versionRequirementsPage } from './views/version-requirements.ts';

/** The requirement matrices: their pages and their files. None where the site has no matrix. */
export function listRequirementRoutes(context: SiteContext, { current, versions, read }: Matrices): Route[] {
  if (!current) return [];
  const intervals = listIntervals(context);
  return [
    { path: matrixPath(), page: requirementsPage(context, current, [...versions.keys()]) },
    ...current.standards.map((standard): Route => ({ path: standard.path, page: requirementListPage(context, current, standard) })),
    ...fileRoutes(matrixPath, sha256(JSON.stringify(current)), () => current),
    ...[...versions].flatMap(([span, version]) => versionRoutes(context, span, version, intervals, read)),
  ];
}

function versionRoutes(
  context: SiteContext,
  span: VersionSpan,
  { digest, subject }: VersionMatrix,
  intervals: readonly Interval[],
  read: Matrices['read'],
): Route[] {
  const files = fileRoutes(
    (file) => versionMatrixPath(span.entry, file),
    digest,
    () => read(digest),
  );
  return [{ path: versionMatrixPath(span.entry), page: versionRequirementsPage(context, { span, subject, matrix: digest }, intervals) }, ...files];
}

function fileRoutes(path: (file: string) => string, key: Sha256, matrix: () => Matrix): Route[] {
  return [
    { path: path('matrix.csv'), key, make: () => matrixCsv(matrix()) },
    { path: path('matrix.json'), key, make: () => matrixJson(matrix()) },
    { path: path('matrix.xlsx'), key, make: () => matrixXlsx(matrix()) },
  ];
}
