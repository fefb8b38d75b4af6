import { both, type Decision, decide, decideAll, YES } from './condition.ts';
import type { Policy } from './document.ts';
import { describeIncorporation } from './incorporation.ts';
import type { DeclaredPractices } from './practice.ts';
import type { Catalogue, CataloguePolicy, Incorporation, Requirement, RequirementId } from './requirement.ts';

/** The certificates whose requirements are asked for: a policy of a text, or a reference policy alone. */
export type Governed = Pick<Policy, 'conformsTo' | 'qscd'> & { oid?: string };

/** One link of the chain that leads to a requirement. */
export interface Reason {
  /** A whole clause for people: "EN 319 411-2 OVR-5.1-04 takes over EN 319 411-1 policy NCP+". */
  words: string;
  /** The requirement that says so, where one does. */
  by?: { standard: string; id: RequirementId };
}

/** The policy from which everything follows. */
export interface Start {
  catalogue: Catalogue;
  policy: CataloguePolicy;
}

/** The policy of that name, with the catalogue that declares it. */
export function findPolicy(catalogues: readonly Catalogue[], name: string | undefined): Start | undefined {
  for (const catalogue of catalogues) {
    const policy = catalogue.policies.find(({ id }) => id === name);
    if (policy) return { catalogue, policy };
  }
  return undefined;
}

/** A policy or tag that reaches the certificates, and how. */
export interface Node {
  id: string;
  decision: Decision;
  because: readonly Reason[];
}

/** By standard. */
export type Nodes = ReadonlyMap<string, readonly Node[]>;

/** The policies and tags of each standard that reach the certificates, from one policy through all that it builds on. */
export function reachPolicies(catalogues: readonly Catalogue[], start: Start, { oid }: Governed, declared: DeclaredPractices): Nodes {
  const nodes = new Map<string, Node[]>();
  const title = `${oid ? `certificates under ${oid} conform to` : 'the policy is'} ${start.policy.id} of ${shorten(start.catalogue.standard)}`;
  const queue: [string, Node][] = [[start.catalogue.standard, { id: start.policy.id, decision: YES, because: [{ words: title }] }]];
  for (let next = queue.shift(); next; next = queue.shift()) {
    const [standard, node] = next;
    const known = nodes.get(standard) ?? nodes.set(standard, []).get(standard) ?? [];
    const before = known.findIndex(({ id }) => id === node.id);
    const isBetter = before < 0 || (known[before]?.decision.holds === 'undecided' && node.decision.holds === 'yes');
    if (node.decision.holds === 'no' || !isBetter) continue;
    known.splice(before < 0 ? known.length : before, 1, node);
    const catalogue = catalogues.find((candidate) => candidate.standard === standard);
    if (catalogue) queue.push(...leadOn(catalogue, node, declared));
  }
  return nodes;
}

/** The policies and tags to which a policy leads: by the requirements tagged with it, and by its own declaration. */
function leadOn(catalogue: Catalogue, node: Node, declared: DeclaredPractices): [string, Node][] {
  const declaredTags = catalogue.policies.find(({ id }) => id === node.id)?.alsoTagged ?? [];
  const byRequirement = catalogue.requirements
    .filter(({ policies }) => policies !== 'all' && policies.includes(node.id))
    .flatMap((requirement) => requirement.incorporates.map((incorporation) => ({ requirement, incorporation })))
    .flatMap(({ requirement, incorporation }): [string, Node][] => {
      const id = incorporation.policy ?? incorporation.tag;
      if (id === undefined) return [];
      const decision = both([node.decision, decide(requirement.when, declared), decideAll(incorporation.when, declared)]);
      return [[incorporation.standard, { id, decision, because: [...node.because, takesOver(catalogue, requirement, incorporation)] }]];
    });
  return [
    ...byRequirement,
    ...declaredTags.map(({ standard, tag, because }): [string, Node] => [
      standard,
      { id: tag, decision: node.decision, because: [...node.because, { words: because.replace(/\.$/, '') }] },
    ]),
  ];
}

/** The reason that a requirement gives by what it takes over. */
export function takesOver({ standard }: Catalogue, { id }: Requirement, incorporation: Incorporation): Reason {
  return { words: `${shorten(standard)} ${id} takes over ${describeIncorporation(incorporation)}`, by: { standard, id } };
}

/** `EN 319 411-2`, as people say it. */
export const shorten = (standard: string) => standard.replace(/^ETSI /, '');
