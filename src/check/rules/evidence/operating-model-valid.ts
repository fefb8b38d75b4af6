import type { Observation, Rule } from '../../../model/finding.ts';
import { IDENTITY_FILE } from '../../../model/identity.ts';
import { QSCD_FILE } from '../../../model/qscd.ts';
import { dateIn } from '../../../model/time.ts';
import { readingObservations, type Workspace } from '../../../model/workspace.ts';
import { listPolicies } from '../../coverage.ts';
import { inIdentity, inQscd } from '../../operating-place.ts';

/** What is wrong in these files is left out of every comparison with them. */
export const operatingModelValid: Rule = {
  id: 'evidence/operating-model-valid',
  demands: 'What content/qscd.yaml and content/identity.yaml declare can be read, is up to date, and is about policies that the texts list.',
  basis: { standard: 'Cartulary' },
  severity: 'error',
  *check(workspace) {
    yield* readingObservations(workspace, 'evidence/operating-model-valid');
    yield* checkQscd(workspace);
    yield* checkIdentity(workspace);
  },
};

function* checkQscd(workspace: Workspace): Iterable<Observation> {
  const { qscd, config, now, audience } = workspace;
  const policies = listPolicies(workspace.drafts);
  const needed = policies.filter((policy) => policy.qscd?.required);
  if (!qscd) {
    if (audience === 'assessor' && needed.length > 0 && !isBroken(workspace, QSCD_FILE))
      yield beginning(QSCD_FILE, `policies that require a QSCD: ${needed.map(({ oid }) => oid).join(', ')}`);
    return;
  }
  for (const [index, { oid, devices }] of qscd.policies.entries()) {
    if (!policies.some((policy) => policy.oid === oid)) yield unlisted(inQscd(workspace, `policies.${index}.oid`), oid);
    if (devices.every(({ issued }) => issued.to !== undefined && issued.to < dateIn(now, config.timeZone)) && needed.some((policy) => policy.oid === oid))
      yield {
        message: `No device is declared on which certificates under policy ${oid} are issued now.`,
        at: inQscd(workspace, `policies.${index}.devices`),
        seen: `devices until ${devices.map(({ issued }) => issued.to).join(', ')}`,
        expected: 'one without "to" in "issued", for the texts list the policy',
      };
  }
  for (const { oid } of needed) {
    if (qscd.policies.some((policy) => policy.oid === oid)) continue;
    yield {
      message: `Policy ${oid} requires a QSCD, and none is declared for it.`,
      at: inQscd(workspace, 'policies'),
      seen: 'no entry',
      expected: `an entry of "policies" with oid: ${oid}`,
    };
  }
  yield* checkStatuses(workspace, dateIn(now, config.timeZone));
}

/** A status that was true when it was written. */
function* checkStatuses(workspace: Workspace, today: string): Iterable<Observation> {
  for (const [index, { name, certifications }] of (workspace.qscd?.devices ?? []).entries()) {
    for (const [at, { certificate, status, from, to, endedOn }] of certifications.entries()) {
      const path = `devices.${index}.certifications.${at}.status`;
      const last = endedOn ?? to;
      if (status === 'valid' && to < today)
        yield {
          message: `The certificate ${certificate} of ${name} is called valid, and has ended.`,
          at: inQscd(workspace, path),
          seen: `status: valid, last day ${to}`,
          expected: 'status: ended',
        };
      if (status !== 'valid' && last >= today)
        yield {
          message: `The certificate ${certificate} of ${name} is called ${status}, and still counts.`,
          at: inQscd(workspace, path),
          seen: `status: ${status}, from ${from} to ${last}`,
          expected: 'status: valid, or the day on which it ended in "endedOn"',
        };
    }
  }
}

function* checkIdentity(workspace: Workspace): Iterable<Observation> {
  const { identity, audience } = workspace;
  const policies = listPolicies(workspace.drafts);
  if (!identity) {
    if (audience === 'assessor' && policies.length > 0 && !isBroken(workspace, IDENTITY_FILE))
      yield beginning(IDENTITY_FILE, `policies: ${policies.map(({ oid }) => oid).join(', ')}`);
    return;
  }
  for (const [index, { oid }] of identity.policies.entries()) {
    if (!policies.some((policy) => policy.oid === oid)) yield unlisted(inIdentity(workspace, `policies.${index}.oid`), oid);
  }
  for (const { oid } of policies) {
    if (identity.policies.some((policy) => policy.oid === oid)) continue;
    yield {
      message: `For policy ${oid} no method of identification is declared.`,
      at: inIdentity(workspace, 'policies'),
      seen: 'no entry',
      expected: `an entry of "policies" with oid: ${oid}`,
    };
  }
}

const isBroken = ({ observations }: Workspace, file: string): boolean =>
  observations.some(({ rule, at }) => rule === 'evidence/operating-model-valid' && at.file === file);

const beginning = (file: string, seen: string): Observation => ({
  message: `There is no ${file}: nothing can be said of what the texts tell of it.`,
  at: { file: 'cartulary.yaml' },
  severity: 'info',
  seen,
  expected: file,
  advice: 'Write it: docs/guide/qscd-and-identity.md.',
});

const unlisted = (at: Observation['at'], oid: string): Observation => ({
  message: `No text lists the policy ${oid}.`,
  at,
  seen: oid,
  expected: 'the OID of a policy that the front matter of a text lists',
});
