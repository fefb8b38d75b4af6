import type { Evidence } from '../model/evidence.ts';
import type { Observation } from '../model/finding.ts';
import { type Certification, type DeclaredQscd, type Device, QSCD_FILE } from '../model/qscd.ts';
import type { Workspace } from '../model/workspace.ts';
import { inQscd } from './operating-place.ts';
import { placeIn } from './rules/evidence/evidence-valid.ts';

/** Where the evidence index, which assessors have, tells of the certification of a device otherwise than the model does. */
export function* compareDeviceEvidence(workspace: Workspace, qscd: DeclaredQscd): Iterable<Observation> {
  const items = (workspace.evidence?.items ?? []).filter(({ kind }) => kind === 'certification');
  if (items.length === 0) return;
  for (const [index, device] of qscd.devices.entries()) {
    const own = items.filter(({ certifies }) => certifies === device.name);
    for (const item of own) yield* compareItem(qscd, device, item);
    for (const [at, certification] of device.certifications.entries()) {
      if (own.some((item) => isAbout(item, certification))) continue;
      yield {
        message: `The evidence index has no item on the certificate ${certification.certificate} of ${device.name}.`,
        at: inQscd(workspace, `devices.${index}.certifications.${at}.certificate`),
        severity: 'warning',
        seen: own.map(({ id }) => id).join(', ') || `no certification of ${device.name}`,
        expected: `an item with certifies: ${device.name} and ${certification.certificate} in its title`,
      };
    }
  }
}

const isAbout = ({ title }: Evidence, { certificate }: Certification): boolean => title.includes(certificate);

function* compareItem({ policies }: DeclaredQscd, device: Device, item: Evidence): Iterable<Observation> {
  const certification = device.certifications.find((one) => isAbout(item, one));
  if (certification) yield* compareDays(item, 'covers', { from: certification.from, to: certification.to });
  const uses = policies.flatMap(({ devices }) => devices.filter((use) => use.device === device.id));
  const from = uses.map(({ issued }) => issued.from).sort()[0];
  if (from === undefined || !item.claimed || uses.length !== 1) return;
  yield* compareDays(item, 'claimed', { from, to: uses[0]?.until });
}

function* compareDays(item: Evidence, key: 'covers' | 'claimed', expected: { from: string; to: string | undefined }): Iterable<Observation> {
  for (const end of ['from', 'to'] as const) {
    const seen = item[key]?.[end];
    if (seen === expected[end]) continue;
    yield {
      message: `The evidence ${item.id} (${item.title}) gives another ${end === 'from' ? 'first' : 'last'} day than ${QSCD_FILE}.`,
      at: placeIn(item, `${key}.${end}`),
      seen: `${key}: ${end}: ${seen ?? 'none'}`,
      expected: expected[end] ?? `no "to": certificates are issued on it`,
      advice: `Correct whichever is wrong: the item, or ${QSCD_FILE}.`,
    };
  }
}
