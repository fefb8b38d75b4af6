import type { Policy } from '../../../model/document.ts';
import type { Observation, Place, Rule } from '../../../model/finding.ts';
import { implyPractices } from '../../../model/operating-model.ts';
import { declaredFor } from '../../../model/practice.ts';
import { type DeclaredQscd, type Device, daysAsQscd, deviceModelOf, QSCD_FILE } from '../../../model/qscd.ts';
import { dateIn } from '../../../model/time.ts';
import type { Draft, Workspace } from '../../../model/workspace.ts';
import { compareDeviceEvidence } from '../../device-evidence.ts';
import { inPractices, inQscd } from '../../operating-place.ts';
import { plainSentencesOf } from '../../operation-patterns.ts';
import { findDeviceFaults } from '../../stated-devices.ts';
import { findManagerFaults } from '../../stated-managers.ts';

/** Whoever relies on a seal reads one text, the assessor another: what they say of the device must be one thing. */
export const qscdConsistent: Rule = {
  id: 'evidence/qscd-consistent',
  demands: 'All texts, their front matter and the declared practices tell of qualified devices what content/qscd.yaml declares.',
  basis: { standard: 'ETSI EN 319 411-2', edition: 'V2.6.1', clause: 'SDP-6.5.1-02' },
  severity: 'error',
  sets: ['etsi-qualified'],
  *check(workspace) {
    const { qscd, drafts, statements } = workspace;
    if (!qscd) return;
    yield* checkPractices(workspace);
    yield* compareDeviceEvidence(workspace, qscd);
    for (const draft of drafts) {
      yield* checkFrontMatter(draft, qscd);
      if (statements.operation) yield* findDeviceFaults({ draft, model: qscd, forms: statements.operation.devices });
      yield* findManagerFaults(draft, qscd, workspace);
      yield* checkNamed(draft, workspace);
    }
  },
};

function* checkPractices(workspace: Workspace): Iterable<Observation> {
  const { qscd, config, now } = workspace;
  for (const { oid, practice, value, path } of implyPractices(qscd, undefined, dateIn(now, config.timeZone))) {
    const declared = declaredFor(config.practices, oid).get(practice);
    if (!declared || declared.join() === value) continue;
    const { start } = inQscd(workspace, path);
    yield {
      message: `For policy ${oid} the practice ${practice} is declared otherwise than in ${QSCD_FILE}.`,
      at: inPractices(workspace, oid, practice),
      seen: `${practice}: ${declared.join(', ')}`,
      expected: `${practice}: ${value}, as ${QSCD_FILE}${start ? `:${start.line}` : ''} says`,
      advice: 'Correct whichever is wrong; what content/qscd.yaml says need not be declared twice.',
    };
  }
}

function* checkFrontMatter({ frontMatter, fields, file, id }: Draft, qscd: DeclaredQscd): Iterable<Observation> {
  for (const [index, policy] of (frontMatter?.policies ?? []).entries()) {
    const model = deviceModelOf(qscd, policy.oid);
    const at = (key: string): Place => {
      const path = [`policies.${index}.${key}`, `policies.${index}.oid`].find((candidate) => fields[candidate]) ?? `policies.${index}`;
      return { file, path, ...(fields[path] && { start: fields[path] }) };
    };
    for (const { key, seen, expected } of compareFrontMatter(policy, model))
      yield { message: `The front matter of ${id} says of policy ${policy.oid} something else than ${QSCD_FILE}.`, at: at(key), seen, expected };
  }
}

function* compareFrontMatter({ qscd, profile }: Policy, model: ReturnType<typeof deviceModelOf>): Iterable<{ key: string; seen: string; expected: string }> {
  if (qscd && qscd.required !== (model !== undefined))
    yield {
      key: 'qscd.required',
      seen: `required: ${qscd.required}`,
      expected: model ? `required: true, for ${QSCD_FILE} declares devices for the policy` : `required: false, or devices for the policy in ${QSCD_FILE}`,
    };
  if (!model) return;
  if (qscd?.managedBy && qscd.managedBy !== model.managedBy)
    yield { key: 'qscd.managedBy', seen: `managedBy: ${qscd.managedBy}`, expected: `managedBy: ${model.managedBy}` };
  if (profile && model.profile && profile !== model.profile) yield { key: 'profile', seen: `profile: ${profile}`, expected: `profile: ${model.profile}` };
}

/** A CPS names the devices in use and the certificates by which they count. */
function* checkNamed(draft: Draft, workspace: Workspace): Iterable<Observation> {
  const { qscd, now, config } = workspace;
  if (!['CPS', 'CP-CPS'].includes(draft.type) || !qscd) return;
  const today = dateIn(now, config.timeZone);
  const text = draft.sections
    .flatMap(plainSentencesOf)
    .map((sentence) => sentence.text)
    .join('\n');
  const section = draft.sections.find(({ number }) => number === '6.2.1') ?? draft.sections.find(({ number }) => number === '6.2');
  const inUse = new Set(
    qscd.policies
      .flatMap(({ oid, devices }) => (listsPolicy(draft, oid) ? devices.filter(({ issued }) => issued.to === undefined) : []))
      .map(({ device }) => device),
  );
  for (const device of qscd.devices.filter(({ id }) => inUse.has(id))) {
    const missing = [device.name, ...currentCertificates(device, today)].filter((name) => !text.includes(name));
    if (missing.length === 0) continue;
    yield {
      message: `${draft.id} does not name ${missing.join(' and ')}, on which certificates are issued now.`,
      at: section?.place ?? { file: draft.file },
      severity: 'warning',
      seen: 'no such name',
      expected: 'the devices in use with their certificates, in section 6.2.1',
    };
  }
}

const listsPolicy = ({ frontMatter }: Draft, oid: string): boolean => frontMatter?.policies.some((policy) => policy.oid === oid) ?? false;

const currentCertificates = (device: Device, today: string): string[] =>
  device.certifications
    .filter((_, index) => (daysAsQscd(device)[index]?.from ?? '') <= today && today <= (daysAsQscd(device)[index]?.to ?? ''))
    .map(({ certificate }) => certificate);
