import { type DeclaredIdentity, type IdentityMethod, type IdentityPolicy, isUsedOn } from '../../model/identity.ts';
import type { Matrix } from '../../model/matrix.ts';
import { type Certification, certifiedDays, type DeclaredQscd, type DevicePolicy, deviceOf } from '../../model/qscd.ts';
import { dateIn } from '../../model/time.ts';
import { matrixPath, namePlace } from '../../publish/matrix.ts';
import { DEVICES_PATH, IDENTITY_PATH, responsibilitiesPath } from '../assessor-pages.ts';
import type { CertificationRow, DevicesPage, IdentityPage } from '../operation-page.ts';
import { operationStrings } from '../operation-strings.ts';
import type { Link } from '../page.ts';
import { pageBase, type SiteContext } from './context.ts';

const todayOf = ({ workspace: { now, config } }: SiteContext): string => dateIn(now, config.timeZone);

/** The policy by the name that the texts in force give it; its OID where none lists it. */
function policyLink({ href }: SiteContext, matrix: Matrix | undefined, oid: string): Link {
  return { href: href(`/policies/${oid}/`), label: matrix?.policies.find((policy) => policy.oid === oid)?.name ?? oid };
}

/** `/policies/devices/`: the operating model of qualified devices. */
export function devicesPage(context: SiteContext, matrix: Matrix | undefined, qscd: DeclaredQscd): DevicesPage {
  const text = operationStrings(context.language).devices;
  return {
    kind: 'devices',
    ...pageBase(context, DEVICES_PATH, text.title, text.description),
    indexed: false,
    policies: qscd.policies.map((policy) => showPolicy(context, matrix, qscd, policy)),
    devices: qscd.devices.map(({ id, name, maker, kind, operatedUnder, controlLevel, certifications }) => ({
      anchor: id,
      ...{ name, maker, form: kind, operatedUnder, controlLevel },
      certifications: certifications.map((one) => showCertification(one, todayOf(context))),
    })),
    data: context.href(`${DEVICES_PATH}devices.json`),
  };
}

function showPolicy(context: SiteContext, matrix: Matrix | undefined, qscd: DeclaredQscd, policy: DevicePolicy): DevicesPage['policies'][number] {
  const { oid, profile, managedBy, manager, keyImport, keyTransfer, devices } = policy;
  const isYes = (value: string | undefined) => (value === undefined ? undefined : value === 'true');
  return {
    policy: policyLink(context, matrix, oid),
    ...{ oid, profile, manager: managedBy, managerName: manager, keyImport: isYes(keyImport), keyTransfer: isYes(keyTransfer) },
    responsibilities: matrix?.policies.some((one) => one.oid === oid) ? context.href(responsibilitiesPath(oid)) : undefined,
    uses: devices.map((use) => ({
      device: { href: `#${use.device}`, label: deviceOf(qscd, use)?.name ?? use.device },
      from: use.issued.from,
      to: use.issued.to,
      until: use.until,
    })),
  };
}

function showCertification(certification: Certification, today: string): CertificationRow {
  const { certificate, body, standards, from, to, endedOn, status } = certification;
  const last = certifiedDays(certification).to;
  return {
    certificate,
    body,
    standards,
    from,
    to,
    endedOn,
    state: today < from ? 'to-come' : today <= last ? 'valid' : status === 'revoked' ? 'revoked' : 'ended',
  };
}

/** The operating model for programs, without the places in its file. */
export function devicesJson({ workspace }: SiteContext, { fields: _, ...model }: DeclaredQscd): string {
  return `${JSON.stringify({ provider: workspace.config.name, at: workspace.now, ...model }, null, 1)}\n`;
}

/** `/policies/identification/`: how persons are identified. */
export function identityPage(context: SiteContext, matrix: Matrix | undefined, identity: DeclaredIdentity): IdentityPage {
  const text = operationStrings(context.language).identity;
  return {
    kind: 'identity',
    ...pageBase(context, IDENTITY_PATH, text.title, text.description),
    indexed: false,
    methods: identity.methods.map((method) => showMethod(context, matrix, identity, method)),
    policies: identity.policies.map((policy) => showIdentityPolicy(context, matrix, identity, policy)),
    data: context.href(`${IDENTITY_PATH}identification.json`),
  };
}

function showMethod(context: SiteContext, matrix: Matrix | undefined, { policies }: DeclaredIdentity, method: IdentityMethod): IdentityPage['methods'][number] {
  const { id, title, kind, steps, useCase, level, accepts, records, kept, used, confirmed } = method;
  return {
    anchor: id,
    ...{ title, method: kind, steps, useCase, level, accepts, records, kept, from: used.from, to: used.to },
    confirmed: confirmed && { by: confirmed.by, on: confirmed.on, report: confirmed.report },
    policies: policies.filter(({ methods }) => methods.includes(id)).map(({ oid }) => policyLink(context, matrix, oid)),
  };
}

function showIdentityPolicy(
  context: SiteContext,
  matrix: Matrix | undefined,
  identity: DeclaredIdentity,
  policy: IdentityPolicy,
): IdentityPage['policies'][number] {
  const { oid, methods, organisation, validFor, mostCertificates, domainMethods, choice } = policy;
  const today = todayOf(context);
  const used = identity.methods.filter((method) => methods.includes(method.id) && isUsedOn(method, today));
  const rows = (matrix?.requirements ?? []).filter((row) => row.policies.includes(oid) && /^REG-6\.2\.2-0[2-5]$/.test(row.id));
  const places = new Map(
    rows.flatMap(({ stated }) => stated.map((place) => [place.path, { href: context.href(place.path), label: namePlace(place) }] as const)),
  );
  return {
    policy: policyLink(context, matrix, oid),
    ...{ oid, organisation, validFor, mostCertificates, domainMethods },
    methods: used.map(({ id, title }) => ({ href: `#${id}`, label: title })),
    choice: choice.map(({ subscriber, route, also }) => ({ subscriber, route: route === undefined ? undefined : routeLink(context, matrix, route), also })),
    stated: [...places.values()],
  };
}

/** The rule stands in EN 319 411-2, of which the matrix has a page. */
function routeLink({ href }: SiteContext, matrix: Matrix | undefined, route: string): Link {
  const standard = matrix?.standards.find(({ short }) => short === '411-2');
  const row = matrix?.requirements.some((one) => one.standard === standard?.standard && one.id === route);
  return { href: standard ? `${href(standard.path)}${row ? `#${route}` : ''}` : href(matrixPath()), label: route };
}

/** The methods for programs, without the places in their file. */
export function identityJson({ workspace }: SiteContext, { fields: _, ...model }: DeclaredIdentity): string {
  return `${JSON.stringify({ provider: workspace.config.name, at: workspace.now, ...model }, null, 1)}\n`;
}
