import type { Policy } from '../../model/document.ts';
import type { Matrix, MatrixPlace } from '../../model/matrix.ts';
import { deviceModelOf, deviceOf, isIssuedOn } from '../../model/qscd.ts';
import { type Catalogue, PARTIES, type Requirement } from '../../model/requirement.ts';
import { followManager, type Share, shareRequirements } from '../../model/responsibility.ts';
import { dateIn } from '../../model/time.ts';
import { matrixPath, namePlace } from '../../publish/matrix.ts';
import { DEVICES_PATH, responsibilitiesPath } from '../assessor-pages.ts';
import type { ResponsibilitiesPage, ShareRow } from '../operation-page.ts';
import { operationStrings } from '../operation-strings.ts';
import type { Link } from '../page.ts';
import { pageBase, type SiteContext } from './context.ts';

/** `/policies/<oid>/responsibilities/`: who has to do what under a policy of the texts in force. */
export function responsibilitiesPage(context: SiteContext, matrix: Matrix, policy: Policy): ResponsibilitiesPage {
  const { workspace } = context;
  const text = operationStrings(context.language).responsibilities;
  const shares = shareRequirements(workspace.catalogues, policy, workspace.config.practices);
  const isShared = ({ parties }: Share) => parties.some(({ who }) => who !== 'tsp');
  return {
    kind: 'responsibilities',
    ...pageBase(context, responsibilitiesPath(policy.oid), text.of(policy.name), text.lead),
    indexed: false,
    oid: policy.oid,
    policy: { href: context.href(`/policies/${policy.oid}/`), label: policy.name },
    conformsTo: policy.conformsTo,
    manager: showManager(context, policy),
    counts: PARTIES.map((who) => ({ who, count: shares.filter(({ parties }) => parties.some((party) => party.who === who)).length })).filter(
      ({ count }) => count > 0,
    ),
    managed: showManaged(context, matrix, policy),
    shared: byStandard(context, matrix, shares.filter(isShared), 'shared'),
    alone: byStandard(
      context,
      matrix,
      shares.filter((share) => !isShared(share)),
      'alone',
    ),
    data: context.href(`${responsibilitiesPath(policy.oid)}responsibilities.json`),
  };
}

function showManager({ workspace, href }: SiteContext, { oid, qscd }: Policy): ResponsibilitiesPage['manager'] {
  const model = deviceModelOf(workspace.qscd, oid);
  const who = model?.managedBy ?? qscd?.managedBy;
  if (!who) return undefined;
  const today = dateIn(workspace.now, workspace.config.timeZone);
  const devices = (model?.devices ?? [])
    .filter((use) => isIssuedOn(use, today))
    .flatMap((use) => (workspace.qscd ? (deviceOf(workspace.qscd, use) ?? []) : []));
  return { who, name: model?.manager, devices: devices.map(({ id, name }) => ({ href: `${href(DEVICES_PATH)}#${id}`, label: name })) };
}

function showManaged(context: SiteContext, matrix: Matrix, policy: Policy): ResponsibilitiesPage['managed'] {
  const { workspace } = context;
  const managedBy = deviceModelOf(workspace.qscd, policy.oid)?.managedBy ?? policy.qscd?.managedBy;
  if (!managedBy) return [];
  return followManager(workspace.catalogues, policy, workspace.config.practices).map(({ catalogue, requirement, managers }) => ({
    anchor: `managed-${catalogue.short}-${requirement.id}`,
    requirement: requirementLink(context, matrix, catalogue, requirement),
    summary: requirement.summary,
    applies: managers.includes(managedBy),
    managers,
    stated: managers.includes(managedBy) ? statedLinks(context, findRow(matrix, catalogue, requirement)?.stated ?? []) : [],
  }));
}

function byStandard(context: SiteContext, matrix: Matrix, shares: readonly Share[], name: string): ResponsibilitiesPage['shared'] {
  const groups = Map.groupBy(shares, ({ catalogue }) => catalogue);
  return [...groups].map(([catalogue, own]) => ({
    id: `${name}-${catalogue.short}`,
    standard: `${catalogue.standard} ${catalogue.edition}`,
    rows: own.map((share) => showShare(context, matrix, share)),
  }));
}

function showShare(context: SiteContext, matrix: Matrix, { catalogue, requirement, parties }: Share): ShareRow {
  const row = findRow(matrix, catalogue, requirement);
  return {
    anchor: `${catalogue.short}-${requirement.id}`,
    requirement: requirementLink(context, matrix, catalogue, requirement),
    kind: requirement.kind,
    summary: requirement.summary,
    parties,
    state: row?.state,
    stated: statedLinks(context, row?.stated ?? []),
  };
}

const findRow = (matrix: Matrix, { standard }: Catalogue, { id }: Requirement) => matrix.requirements.find((row) => row.standard === standard && row.id === id);

function requirementLink({ href }: SiteContext, matrix: Matrix, catalogue: Catalogue, requirement: Requirement): Link {
  const standard = matrix.standards.find((one) => one.standard === catalogue.standard);
  const row = findRow(matrix, catalogue, requirement);
  return { href: standard ? `${href(standard.path)}${row ? `#${requirement.id}` : ''}` : href(matrixPath()), label: requirement.id };
}

const statedLinks = ({ href }: SiteContext, places: readonly MatrixPlace[]): Link[] =>
  places.map((place) => ({ href: href(place.path), label: namePlace(place) }));

/** The same for programs. */
export function responsibilitiesJson({ workspace }: SiteContext, policy: Policy): string {
  const requirements = shareRequirements(workspace.catalogues, policy, workspace.config.practices).map(({ catalogue, requirement, parties }) => ({
    standard: catalogue.standard,
    edition: catalogue.edition,
    id: requirement.id,
    parties,
  }));
  const managedBy = deviceModelOf(workspace.qscd, policy.oid)?.managedBy ?? policy.qscd?.managedBy;
  return `${JSON.stringify({ provider: workspace.config.name, at: workspace.now, policy: policy.oid, managedBy, requirements }, null, 1)}\n`;
}
