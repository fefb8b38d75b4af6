import { z } from 'zod';
import type { DaySpan } from './day-span.ts';
import { Oid, ProfileId } from './document.ts';
import type { Point } from './finding.ts';
import { isDate } from './time.ts';

const Text = z.string().regex(/\S/, 'expected a text that is not empty').max(300, 'expected at most 300 characters');
const Day = z.string().refine(isDate, 'expected a day of the calendar, such as "2026-09-14"');
const Name = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'expected a name such as "card-s2"');
const yesNo = z.enum(['true', 'false']).optional();

export const DEVICE_MANAGERS = ['subject', 'tsp', 'other-tsp'] as const;
export type DeviceManager = (typeof DEVICE_MANAGERS)[number];

/** One certificate by which a device is a QSCD. */
const Certification = z
  .strictObject({
    /** As the body numbers it, and texts print it: `EX-QSCD-2024-027`. */
    certificate: Text,
    /** Who issued it. */
    body: Text,
    /** The standards against which the device was judged. */
    standards: z.array(Text).min(1).max(20),
    from: Day,
    /** Its last day, as it is printed there. */
    to: Day,
    status: z.enum(['valid', 'ended', 'revoked']),
    /** The last day on which it counted, where that was before `to`. */
    endedOn: Day.optional(),
  })
  .superRefine(({ from, to, status, endedOn }, context) => {
    const issue = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    if (to < from) issue('to', 'expected a last day that is not before the first');
    if (status === 'valid' && endedOn !== undefined) issue('status', 'expected "ended" or "revoked", since a day is named on which it ended');
    if (status === 'revoked' && endedOn === undefined) issue('endedOn', 'expected the last day on which it counted, for it was revoked');
    if (endedOn !== undefined && (endedOn < from || endedOn > to)) issue('endedOn', 'expected a day from the first to the last one');
  });
export type Certification = z.infer<typeof Certification>;

const Device = z.strictObject({
  id: Name,
  /** As texts call it: `Exemplar Card S2`. */
  name: Text,
  maker: Text,
  /** The subject has it in hand, or its keys are used from a distance. */
  kind: z.enum(['held', 'remote']),
  /** Of a remote device: under which standards it is operated. */
  operatedUnder: z.array(Text).max(20).default([]),
  /** Of a remote device: how sure it is that only the owner of the key uses it (EN 419 241-1). */
  controlLevel: z.enum(['SCAL1', 'SCAL2']).optional(),
  /** One after another, or one beside another. */
  certifications: z.array(Certification).min(1).max(50),
});
export type Device = z.infer<typeof Device>;

const Use = z
  .strictObject({
    device: Name,
    /** The first and the last day on which certificates were issued for keys in it; without `to`, they still are. */
    issued: z.strictObject({ from: Day, to: Day.optional() }),
    /** The last day on which a certificate on it was, or will be, neither expired nor revoked. */
    until: Day.optional(),
  })
  .superRefine(({ issued, until }, context) => {
    const issue = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
    if (issued.to !== undefined && issued.to < issued.from) issue(['issued', 'to'], 'expected a last day that is not before the first');
    if (until !== undefined && issued.to === undefined) issue(['until'], 'expected the last day of issuance too: "issued" has no "to"');
    if (until !== undefined && until < (issued.to ?? issued.from)) issue(['until'], 'expected a day that is not before the last one of issuance');
  });
export type DeviceUse = z.infer<typeof Use>;

const DevicePolicy = z
  .strictObject({
    oid: Oid,
    profile: ProfileId.optional(),
    managedBy: z.enum(DEVICE_MANAGERS),
    /** Where another provider manages the device: its name. */
    manager: Text.optional(),
    /** Whether keys are generated elsewhere and loaded into the device, and whether they go from one device to another. */
    keyImport: yesNo,
    keyTransfer: yesNo,
    devices: z.array(Use).min(1).max(50),
  })
  .superRefine(({ managedBy, manager }, context) => {
    if ((managedBy === 'other-tsp') !== (manager !== undefined))
      context.addIssue({ code: 'custom', path: ['manager'], message: 'expected the name of the other provider where one manages the device, and only there' });
  });
export type DevicePolicy = z.infer<typeof DevicePolicy>;

/** `content/qscd.yaml`: which qualified devices hold the keys of which certificates, who manages them, and how they are certified. */
export const QscdModel = z
  .strictObject({ policies: z.array(DevicePolicy).max(100), devices: z.array(Device).max(100) })
  .superRefine(({ policies, devices }, context) => {
    const once = (values: readonly string[], path: (index: number) => (string | number)[]) => {
      for (const [index, value] of values.entries())
        if (values.indexOf(value) < index) context.addIssue({ code: 'custom', path: path(index), message: `expected each once; "${value}" stands before` });
    };
    once(
      policies.map(({ oid }) => oid),
      (index) => ['policies', index, 'oid'],
    );
    once(
      devices.map(({ id }) => id),
      (index) => ['devices', index, 'id'],
    );
    once(
      devices.map(({ name }) => name),
      (index) => ['devices', index, 'name'],
    );
    const certificates = devices.flatMap((device, index) =>
      device.certifications.map(({ certificate }, at) => ({ certificate, path: ['devices', index, 'certifications', at, 'certificate'] })),
    );
    once(
      certificates.map(({ certificate }) => certificate),
      (index) => certificates[index]?.path ?? [],
    );
    for (const [index, policy] of policies.entries())
      for (const [at, { device }] of policy.devices.entries())
        if (!devices.some(({ id }) => id === device))
          context.addIssue({ code: 'custom', path: ['policies', index, 'devices', at, 'device'], message: 'expected the id of a device that "devices" lists' });
  });
export type QscdModel = z.infer<typeof QscdModel>;

export const QSCD_FILE = 'content/qscd.yaml';

/** The model with the place of each of its values, by path: `policies.0.managedBy`. */
export interface DeclaredQscd extends QscdModel {
  fields: Readonly<Record<string, Point>>;
}

/** The days on which a certification counted, or will. */
export const certifiedDays = ({ from, to, endedOn }: Certification): DaySpan => ({ from, to: endedOn ?? to });

/** The days on which a device is a QSCD. */
export const daysAsQscd = ({ certifications }: Pick<Device, 'certifications'>): readonly DaySpan[] => certifications.map(certifiedDays);

/** What is declared for a policy. */
export const deviceModelOf = (model: QscdModel | undefined, oid: string): DevicePolicy | undefined => model?.policies.find((policy) => policy.oid === oid);

/** The device of a use. The schema has made sure of it. */
export const deviceOf = ({ devices }: QscdModel, { device }: DeviceUse): Device | undefined => devices.find(({ id }) => id === device);

/** Whether certificates are issued for keys in a device on a day. */
export const isIssuedOn = ({ issued }: DeviceUse, day: string): boolean => issued.from <= day && day <= (issued.to ?? day);
