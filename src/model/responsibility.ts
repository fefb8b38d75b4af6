import { declaredUnder, findApplicable, type Governed } from './applicability.ts';
import { decideAll } from './condition.ts';
import type { Practices } from './practice.ts';
import { DEVICE_MANAGERS, type DeviceManager } from './qscd.ts';
import { type Catalogue, PARTIES, type Party, type Requirement } from './requirement.ts';

/** A requirement that applies under a policy, with what each party does for it. */
export interface Share {
  catalogue: Catalogue;
  requirement: Requirement;
  /** In the order of the parties. Of the provider nothing is said in words where it alone is bound. */
  parties: readonly { who: Party; does: readonly string[] }[];
}

/** Who has to do what under a policy, requirement by requirement, in the order of the catalogues. */
export function shareRequirements(catalogues: readonly Catalogue[], governed: Governed, practices: Practices): readonly Share[] {
  const declared = declaredUnder(catalogues, governed, practices);
  return findApplicable(catalogues, governed, practices).applicable.map(({ catalogue, requirement }) => {
    const bound = requirement.responsible.filter(({ when }) => decideAll(when, declared).holds !== 'no');
    const parties = PARTIES.flatMap((who) => {
      const own = bound.filter((responsible) => responsible.who === who);
      return own.length > 0 ? [{ who, does: own.map(({ does }) => does) }] : [];
    });
    return { catalogue, requirement, parties: parties.length > 0 ? parties : [{ who: 'tsp', does: [] }] };
  });
}

/** A requirement that applies or not by who manages the device. */
export interface ManagedRequirement {
  catalogue: Catalogue;
  requirement: Requirement;
  /** With whom as manager it applies. */
  managers: readonly DeviceManager[];
}

/** The requirements that follow from who manages the QSCD of a policy: those that do not apply alike whoever it is. */
export function followManager(catalogues: readonly Catalogue[], governed: Governed & { oid: string }, practices: Practices): readonly ManagedRequirement[] {
  const found = new Map<string, { catalogue: Catalogue; requirement: Requirement; managers: DeviceManager[] }>();
  for (const managedBy of DEVICE_MANAGERS) {
    const own = practices.byPolicy[governed.oid];
    const assumed = { ...practices, byPolicy: { ...practices.byPolicy, [governed.oid]: { ...own, qscd: { ...practices.qscd, ...own?.qscd, managedBy } } } };
    // The practice stands for what the front matter says.
    const { applicable } = findApplicable(catalogues, { ...governed, qscd: undefined }, assumed);
    for (const { catalogue, requirement } of applicable) {
      const key = `${catalogue.standard} ${requirement.id}`;
      const entry = found.get(key) ?? { catalogue, requirement, managers: [] };
      entry.managers.push(managedBy);
      found.set(key, entry);
    }
  }
  const order = new Map<string, number>(
    catalogues.flatMap(({ standard, requirements }, index) => requirements.map(({ id }, at) => [`${standard} ${id}`, index * 100_000 + at] as const)),
  );
  return [...found]
    .filter(([, { managers }]) => managers.length < DEVICE_MANAGERS.length)
    .sort(([one], [other]) => (order.get(one) ?? 0) - (order.get(other) ?? 0))
    .map(([, entry]) => entry);
}
