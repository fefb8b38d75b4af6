import type { MadeUp } from '../../../scripts/example-list-entries.ts';
import { makeIdentities, readKept } from '../../../scripts/example-lists.ts';
import type { RuleId } from '../../../src/model/finding.ts';
import type { ListedChange } from '../../helpers/listed-example.ts';
import type { ListPlan, ProviderPlan, QualificationPlan, ServicePlan, StatePlan } from '../../helpers/write-list.ts';

/** A finding that a fault has to bring. */
export interface ExpectedFinding {
  rule: RuleId;
  file: string;
  /** Words of the line where it has to stand; nothing for a finding about the file as a whole. */
  line: string | undefined;
  severity?: 'warning';
  /** Words within the element of a list whose line the finding names. */
  cites?: string;
  /** Words of the finding itself. */
  says?: string;
}

/** A way in which declarations and lists come to differ. */
export interface ListFault {
  kind: string;
  change: ListedChange;
  expected: readonly ExpectedFinding[];
}

export const SERVICES = 'content/services.yaml';
export const SNAPSHOT = 'content/trusted-lists/snapshot.yaml';
export const [CARD, SEAL, SOFTWARE, WEBSITE] = [1, 2, 3, 4].map((number) => `1.3.6.1.4.1.99999.1.2.${number}`) as [string, string, string, string];

/** The identity of a declared service in services.yaml, by which one line of it is told from those of the others. */
export const CA_1 = 'e49e7a6efb90fa94583f9bbcab63f1c98932e5a6245bf6ae8aa461d63f50c151';

export const replace =
  (from: string | RegExp, to: string) =>
  (text: string): string =>
    text.replace(from, to);
export const replaceAll =
  (from: string, to: string) =>
  (text: string): string =>
    text.replaceAll(from, to);

const replaceFirst = <Item>([first, ...others]: readonly Item[], change: (item: Item) => Item): readonly Item[] =>
  first ? [change(first), ...others] : others;

/** Changes the example's provider in the list of AT. */
export const provider = (change: (plan: ProviderPlan) => ProviderPlan): ListedChange => ({
  lists: { AT: (plan: ListPlan): ListPlan => ({ ...plan, providers: replaceFirst(plan.providers, change) }) },
});

/** Changes the entry of ETS Qualified CA 1, the first of the provider. */
export const service = (change: (plan: ServicePlan) => ServicePlan): ListedChange =>
  provider((plan) => ({ ...plan, services: replaceFirst(plan.services, change) }));

/** Changes the current state of that entry. */
export const state = (change: (plan: StatePlan) => StatePlan): ListedChange => service((plan) => ({ ...plan, states: replaceFirst(plan.states, change) }));

/** Puts states before those of that entry, the newest first; each is otherwise as the current one. */
export const newStates = (...states: readonly Partial<StatePlan>[]): ListedChange =>
  service((plan) => ({ ...plan, states: [...states.map((one) => ({ ...(plan.states[0] as StatePlan), ...one })), ...plan.states] }));

export const qualification = (qualifiers: readonly string[], ...policies: readonly string[]): QualificationPlan => ({ qualifiers, policies, says: 'made up' });
/** Adds a qualification to the current state of that entry. */
export const qualify = (...more: readonly QualificationPlan[]): ListedChange =>
  state((plan) => ({ ...plan, qualifications: [...(plan.qualifications ?? []), ...more] }));

export const certificateOf = (id: MadeUp | 'ets-qualified-ca-2') => makeIdentities(readKept)(id);
