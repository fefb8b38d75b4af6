import { type IdentityModel, isUsedOn, methodsOf } from './identity.ts';
import type { PracticeName, Practices } from './practice.ts';
import { declaredFor } from './practice.ts';
import type { QscdModel } from './qscd.ts';

/** What `content/qscd.yaml` and `content/identity.yaml` say of one practice of one policy. */
export interface ImpliedPractice {
  oid: string;
  practice: PracticeName;
  value: string;
  /** Where it follows from, and the path in that file. */
  from: 'qscd' | 'identity';
  path: string;
}

/** The practices that follow from the operating model, policy by policy. */
export function implyPractices(qscd: QscdModel | undefined, identity: IdentityModel | undefined, today: string): readonly ImpliedPractice[] {
  return [...(qscd ? implyFromDevices(qscd) : []), ...(identity ? implyFromMethods(identity, today) : [])];
}

function implyFromDevices({ policies }: QscdModel): ImpliedPractice[] {
  return policies.flatMap((policy, index) =>
    (['managedBy', 'keyImport', 'keyTransfer'] as const).flatMap((key): ImpliedPractice[] => {
      const value = policy[key];
      return value === undefined ? [] : [{ oid: policy.oid, practice: `qscd.${key}`, value, from: 'qscd', path: `policies.${index}.${key}` }];
    }),
  );
}

function implyFromMethods(identity: IdentityModel, today: string): ImpliedPractice[] {
  return identity.policies.flatMap((policy, index) => {
    const kinds = methodsOf(identity, policy)
      .filter((method) => isUsedOn(method, today))
      .map(({ kind }) => kind);
    const of = (practice: PracticeName, holds: boolean): ImpliedPractice => ({
      oid: policy.oid,
      practice,
      value: String(holds),
      from: 'identity',
      path: `policies.${index}.methods`,
    });
    return [
      of('physicalPresence', kinds.includes('physical-presence')),
      of(
        'remoteIdentification',
        kinds.some((kind) => kind !== 'physical-presence'),
      ),
    ];
  });
}

/** The declared practices, with what follows from the operating model where the configuration leaves it open. What it says itself stays. */
export function fillPractices(practices: Practices, implied: readonly ImpliedPractice[]): Practices {
  const byPolicy: Practices['byPolicy'] = { ...practices.byPolicy };
  for (const { oid, practice, value } of implied) {
    if (declaredFor(practices, oid).has(practice)) continue;
    const [group = '', key] = practice.split('.');
    const own = (Object.hasOwn(byPolicy, oid) ? byPolicy[oid] : undefined) ?? {};
    const inner = (own as Record<string, object | undefined>)[group];
    byPolicy[oid] = { ...own, [group]: key === undefined ? value : { ...inner, [key]: value } };
  }
  return { ...practices, byPolicy };
}
