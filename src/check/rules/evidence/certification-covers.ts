import { addDays, type DaySpan, earlier, findGaps, later, overlap } from '../../../model/day-span.ts';
import { deployedOf } from '../../../model/deployed.ts';
import type { Observation, Rule } from '../../../model/finding.ts';
import { readTimelines, type VersionSpan } from '../../../model/in-force.ts';
import {
  certifiedDays,
  type Device,
  type DevicePolicy,
  type DeviceUse,
  daysAsQscd,
  deviceModelOf,
  deviceOf,
  QSCD_FILE,
  type QscdModel,
} from '../../../model/qscd.ts';
import { listSamples, type Sample } from '../../../model/sample.ts';
import { dateIn } from '../../../model/time.ts';
import { policiesOf, type Workspace } from '../../../model/workspace.ts';
import { inQscd } from '../../operating-place.ts';

/** A device is a QSCD by its certificate alone: a day without one is a day on which texts and certificates claim what is not so. */
export const certificationCovers: Rule = {
  id: 'evidence/certification-covers',
  demands: 'The certifications of qualified devices cover all the time in which certificates are issued on them, and versions and certificates claim them.',
  basis: { standard: 'ETSI EN 319 411-2', edition: 'V2.6.1', clause: 'SDP-6.5.1-07A' },
  severity: 'error',
  sets: ['etsi-qualified'],
  *check(workspace) {
    const { qscd } = workspace;
    if (!qscd) return;
    for (const [index, policy] of qscd.policies.entries()) {
      for (const [at, use] of policy.devices.entries()) yield* checkUse(workspace, qscd, { policy, use, path: `policies.${index}.devices.${at}` });
      yield* checkVersions(workspace, qscd, policy, `policies.${index}.devices`);
    }
    for (const sample of listSamples(workspace)) yield* checkSample(workspace, qscd, sample);
  },
};

const today = ({ now, config }: Workspace): string => dateIn(now, config.timeZone);

function* checkUse(
  workspace: Workspace,
  qscd: QscdModel,
  { policy, use, path }: { policy: DevicePolicy; use: DeviceUse; path: string },
): Iterable<Observation> {
  const device = deviceOf(qscd, use);
  if (!device) return;
  const end = use.until ?? today(workspace);
  if (end < use.issued.from) return;
  const claimed = { from: use.issued.from, to: end };
  for (const gap of findGaps(claimed, daysAsQscd(device))) {
    yield {
      message: `${device.name} is used for policy ${policy.oid} from ${claimed.from} on, and was not certified ${nameDays(gap, end)}.`,
      at: placeOfGap(workspace, qscd, { device, path, gap }),
      seen: listCertifications(device),
      expected: `certificates of a QSCD for each day from ${claimed.from} to ${end}${use.until === undefined ? ', today' : ''}`,
      advice: 'Where it was certified then, add that certificate; where it was not, say when issuance and certificates on it ended.',
    };
  }
}

const nameDays = ({ from, to }: DaySpan, end: string): string =>
  to === end && from !== to ? `from ${from} on` : from === to ? `on ${from}` : `from ${from} to ${to}`;

const listCertifications = ({ certifications }: Device): string =>
  certifications
    .map((one) => `${one.certificate} from ${certifiedDays(one).from} to ${certifiedDays(one).to}${one.status === 'revoked' ? ', revoked' : ''}`)
    .join('; ');

/** At the end of the certification that leaves the gap; before the first one, at the beginning of the use. */
function placeOfGap(workspace: Workspace, qscd: QscdModel, { device, path, gap }: { device: Device; path: string; gap: DaySpan }): Observation['at'] {
  const index = device.certifications.findIndex((one) => certifiedDays(one).to === addDays(gap.from, -1));
  if (index < 0) return inQscd(workspace, `${path}.issued.from`);
  return inQscd(
    workspace,
    `devices.${qscd.devices.indexOf(device)}.certifications.${index}.${device.certifications[index]?.endedOn === undefined ? 'to' : 'endedOn'}`,
  );
}

/** A version that requires a QSCD claims that there is one on which certificates can be issued. */
function* checkVersions(workspace: Workspace, qscd: QscdModel, policy: DevicePolicy, path: string): Iterable<Observation> {
  const served = policy.devices.flatMap((use) => {
    const device = deviceOf(qscd, use);
    const issued = { from: use.issued.from, to: use.issued.to ?? '9999-12-31' };
    return device ? daysAsQscd(device).flatMap((days) => overlap(issued, days) ?? []) : [];
  });
  const told = new Set<string>();
  for (const { span, days } of listClaims(workspace, policy.oid)) {
    for (const gap of findGaps(days, served)) {
      const key = `${gap.from} ${gap.to}`;
      if (told.has(key)) continue;
      told.add(key);
      yield {
        message: `${span.entry.document} ${span.entry.version} requires a QSCD for policy ${policy.oid}, and none was certified and in use ${nameDays(gap, days.to)}.`,
        at: inQscd(workspace, path),
        seen: served.map(({ from, to }) => `${from} to ${to}`).join('; ') || 'no device',
        expected: `a certified device in use from ${days.from} to ${days.to}`,
      };
    }
  }
}

/** The days on which versions that require a QSCD for a policy were in force, until today; of one to come, its first. */
function listClaims(workspace: Workspace, oid: string): { span: VersionSpan; days: DaySpan }[] {
  const { register, config } = workspace;
  const now = today(workspace);
  return [...readTimelines(register).values()]
    .flatMap(({ spans }) => spans)
    .filter((span) => span.from !== span.until && policiesOf(workspace, span.entry).some((policy) => policy.oid === oid && policy.qscd?.required))
    .map((span) => {
      const from = dateIn(span.from, config.timeZone);
      const last = span.until === undefined ? now : addDays(dateIn(span.until, config.timeZone), -1);
      return { span, days: { from, to: later(from, earlier(last, now)) } };
    });
}

function* checkSample(workspace: Workspace, qscd: QscdModel, sample: Sample): Iterable<Observation> {
  const { facts, place, governing } = sample;
  const { validity } = facts;
  const model = governing.policies.map(({ oid }) => deviceModelOf(qscd, oid)).find(Boolean);
  const instant = validity.notBefore.instant;
  if (!model || instant === undefined) return;
  const day = dateIn(instant, workspace.config.timeZone);
  const uses = model.devices.filter((use) => use.issued.from <= day && day <= (use.issued.to ?? day));
  const certified = uses.filter((use) => daysAsQscd(deviceOf(qscd, use) ?? { certifications: [] }).some(({ from, to }) => from <= day && day <= to));
  const at = { ...place, path: validity.notBefore.at };
  if (certified.length === 0) {
    yield {
      message: `The certificate was issued on ${day} under policy ${model.oid}, for a key in a QSCD, and on that day no device was certified and in use.`,
      at,
      seen: `notBefore ${instant}; ${model.devices.map((use) => `${deviceOf(qscd, use)?.name} issued from ${use.issued.from} to ${use.issued.to ?? 'now'}`).join('; ')}`,
      expected: `a device of policy ${model.oid} in ${QSCD_FILE} that was certified on ${day}`,
    };
    return;
  }
  const [use] = certified;
  yield* checkEnd(workspace, sample, { name: (use && deviceOf(qscd, use)?.name) ?? '', until: certified.map(({ until }) => until) });
}

/** On a device whose certificates had all ended by a day none is valid after it. */
function* checkEnd(
  workspace: Workspace,
  { facts, place, issuer }: Sample,
  { name, until }: { name: string; until: readonly (string | undefined)[] },
): Iterable<Observation> {
  const last = until.includes(undefined) ? undefined : until.toSorted().at(-1);
  const { notAfter } = facts.validity;
  if (last === undefined || notAfter.instant === undefined || last >= today(workspace)) return;
  const zone = workspace.config.timeZone;
  const lists = deployedOf(workspace.deployed, 'crl').filter((list) => issuer !== undefined && list.issuer === issuer);
  const revoked = lists
    .flatMap(({ facts: list }) => list.revokedCertificates)
    .find(({ serialNumber }) => serialNumber === facts.serialNumber.hex)?.revocationDate;
  if (dateIn(notAfter.instant, zone) <= last || (revoked && dateIn(revoked, zone) <= last) || (!revoked && lists.length === 0)) return;
  yield {
    message: `Certificates on ${name} had ended by ${last}, and this one had not.`,
    at: { ...place, path: notAfter.at },
    seen: `notAfter ${notAfter.instant}, ${revoked ? `revoked at ${revoked}` : 'not on the CRL'}`,
    expected: `the end of its validity, or its revocation, by ${last}`,
    advice: `Correct "until" in ${QSCD_FILE}, or revoke the certificate.`,
  };
}
