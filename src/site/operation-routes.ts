import { inForce } from '../model/in-force.ts';
import type { Matrix } from '../model/matrix.ts';
import { policiesOf } from '../model/workspace.ts';
import { DEVICES_PATH, IDENTITY_PATH, responsibilitiesPath } from './assessor-pages.ts';
import type { Route } from './routes.ts';
import type { SiteContext } from './views/context.ts';
import { devicesJson, devicesPage, identityJson, identityPage } from './views/operation.ts';
import { responsibilitiesJson, responsibilitiesPage } from './views/responsibilities.ts';

/** How the provider works, for assessors: devices, identification, and who has to do what under each policy in force. */
export function listOperationRoutes(context: SiteContext, matrix: Matrix | undefined): Route[] {
  const { qscd, identity } = context.workspace;
  return [
    ...(qscd
      ? [
          { path: DEVICES_PATH, page: devicesPage(context, matrix, qscd) },
          { path: `${DEVICES_PATH}devices.json`, text: devicesJson(context, qscd) },
        ]
      : []),
    ...(identity
      ? [
          { path: IDENTITY_PATH, page: identityPage(context, matrix, identity) },
          { path: `${IDENTITY_PATH}identification.json`, text: identityJson(context, identity) },
        ]
      : []),
    ...(matrix ? listResponsibilities(context, matrix) : []),
  ];
}

function listResponsibilities(context: SiteContext, matrix: Matrix): Route[] {
  const { workspace, timelines } = context;
  const listed = [...timelines.keys()].flatMap((document) => {
    const span = inForce(workspace.register, document, workspace.now).version;
    return span ? policiesOf(workspace, span.entry) : [];
  });
  return matrix.policies.flatMap(({ oid }): Route[] => {
    const policy = listed.find((one) => one.oid === oid && one.conformsTo !== undefined);
    if (!policy) return [];
    return [
      { path: responsibilitiesPath(oid), page: responsibilitiesPage(context, matrix, policy) },
      { path: `${responsibilitiesPath(oid)}responsibilities.json`, text: responsibilitiesJson(context, policy) },
    ];
  });
}
