import { both, type Decision, decide, decideAll, describeGrounds, either, NO, YES } from './condition.ts';
import { isIncorporated } from './incorporation.ts';
import { type DeclaredPractices, declaredFor, type PracticeName, type Practices } from './practice.ts';
import { findPolicy, type Governed, type Node, type Nodes, type Reason, reachPolicies, type Start, shorten, takesOver } from './reached-policies.ts';
import type { Catalogue, Incorporation, Item, Requirement } from './requirement.ts';

export type { Governed, Reason } from './reached-policies.ts';

/** A requirement with the catalogue that has it, and the reasons that lead to it, the most general first. */
export interface Traced {
  catalogue: Catalogue;
  requirement: Requirement;
  because: readonly Reason[];
}

/** A requirement that applies, or does not, depending on practices that nobody declared. */
export interface Undecided extends Traced {
  missing: readonly PracticeName[];
}

/** A requirement that would apply if another one did not switch it off; the last reason says which. */
export type SwitchedOff = Traced;

/** What the catalogues ask for under one policy. Every requirement that is not void stands in one list at most. */
export interface Applicability {
  applicable: readonly Traced[];
  undecided: readonly Undecided[];
  switchedOff: readonly SwitchedOff[];
}

const NOTHING: Applicability = { applicable: [], undecided: [], switchedOff: [] };

/**
 * Which requirements apply to the certificates of one policy: through the policies that it builds on, by tags, exceptions
 * and declared practices. A policy that conforms to none of the catalogues' policies is asked for nothing.
 */
export function findApplicable(catalogues: readonly Catalogue[], governed: Governed, practices: Practices): Applicability {
  const start = findPolicy(catalogues, governed.conformsTo);
  if (!start) return NOTHING;
  const declared = settle(start, governed, practices);
  const nodes = reachPolicies(catalogues, start, governed, declared);
  const reached = catalogues
    .filter(({ standard, reach }) => reach === 'every-provider' || (reach === 'policies' && nodes.has(standard)))
    .sort((a, b) => distance(a, start, nodes) - distance(b, start, nodes));
  const judged = reached.flatMap((catalogue) => judgeCatalogue(catalogue, nodes.get(catalogue.standard) ?? [], declared));
  const all = takeOverIgnoringTags(judged, declared);
  return nameManager(sortOut(switchOff(all, declared), nodes, declared), start);
}

/** Whether a lettered item of a requirement, which applies itself, is asked of the certificates of one policy. */
export function decideItem(
  catalogues: readonly Catalogue[],
  { standard }: Catalogue,
  { policies, when }: Item,
  governed: Governed,
  practices: Practices,
): Decision {
  const start = findPolicy(catalogues, governed.conformsTo);
  if (!start) return NO;
  const declared = settle(start, governed, practices);
  const nodes = reachPolicies(catalogues, start, governed, declared).get(standard) ?? [];
  const byTag = policies ? either(nodes.filter(({ id }) => policies.includes(id)).map(({ decision }) => decision)) : YES;
  return both([byTag, decideAll(when, declared)]);
}

/** What holds for the certificates of a policy: what is declared, what the front matter says, and what the policy itself settles. */
export function declaredUnder(catalogues: readonly Catalogue[], governed: Governed, practices: Practices): DeclaredPractices {
  const start = findPolicy(catalogues, governed.conformsTo);
  return start ? settle(start, governed, practices) : declaredFor(practices, governed.oid);
}

/** Under a QSCD policy it is the manager of the device that is asked for. */
function nameManager(applicability: Applicability, { policy }: Start): Applicability {
  if (!policy.qscd) return applicability;
  const rename = (name: PracticeName): PracticeName => (name === 'subjectKeys.managedBy' ? 'qscd.managedBy' : name);
  return { ...applicability, undecided: applicability.undecided.map((item) => ({ ...item, missing: [...new Set(item.missing.map(rename))] })) };
}

/** What holds for these certificates: the declared practices, then what the front matter says, then what the policy itself settles. */
function settle({ policy }: Start, { oid, qscd }: Governed, practices: Practices): DeclaredPractices {
  const declared = new Map(declaredFor(practices, oid));
  if (oid !== undefined) declared.set('ownPolicy', [String(oid !== policy.oid)]);
  if (qscd?.managedBy) declared.set('qscd.managedBy', [qscd.managedBy]);
  for (const [name, values] of Object.entries(policy.settles)) declared.set(name as PracticeName, values);
  if (policy.qscd) alias(declared, 'subjectKeys.managedBy', 'qscd.managedBy');
  // Where there are no short-term certificates, nothing more is asked about them.
  if (declared.get('shortTerm')?.length === 0) {
    declared.set('validityAssured', ['false']);
    declared.set('shortTermOnly', ['false']);
  }
  return declared;
}

/** One practice answers for another, also where it is missing. */
function alias(declared: Map<PracticeName, readonly string[]>, name: PracticeName, by: PracticeName): void {
  const values = declared.get(by);
  if (values) declared.set(name, values);
  else declared.delete(name);
}

/** The start's standard first, then those that policies reach, then those that reach everybody: pointers are known before their targets. */
function distance({ standard }: Catalogue, start: Start, nodes: Nodes): number {
  if (standard === start.catalogue.standard) return 0;
  return nodes.has(standard) ? 1 : 2;
}

interface Judged {
  catalogue: Catalogue;
  requirement: Requirement;
  decision: Decision;
  /** The tag by which it is reached; undefined for a requirement without tags. */
  tag: Node | undefined;
  /** Set where another requirement takes it over whatever its tags are. */
  by?: Judged;
  /** Set where another requirement switches it off. */
  offBy?: Judged;
}

function judgeCatalogue(catalogue: Catalogue, nodes: readonly Node[], declared: DeclaredPractices): Judged[] {
  return catalogue.requirements
    .filter(({ kind }) => kind !== 'void')
    .map((requirement) => {
      const { policies, exceptPolicies, when } = requirement;
      const tagged = policies === 'all' ? [] : nodes.filter(({ id }) => policies.includes(id));
      const excepted = either(nodes.filter(({ id }) => exceptPolicies.includes(id)).map(({ decision }) => decision));
      const byTag = policies === 'all' ? YES : either(tagged.map(({ decision }) => decision));
      const tag = tagged.find(({ decision }) => decision.holds === 'yes') ?? tagged[0];
      return { catalogue, requirement, decision: both([byTag, negate(excepted), decide(when, declared)]), tag };
    });
}

const negate = (decision: Decision): Decision => (decision.holds === 'undecided' ? decision : decision.holds === 'yes' ? NO : YES);

/** Adds what a requirement takes over for its own policies although the tags of the target name others. */
function takeOverIgnoringTags(judged: readonly Judged[], declared: DeclaredPractices): Judged[] {
  const takers = judged.filter(({ requirement }) => requirement.incorporates.some(({ ignoringTags }) => ignoringTags));
  return judged.map((target) => {
    if (target.decision.holds === 'yes') return target;
    for (const by of takers) {
      const incorporation = by.requirement.incorporates.find(
        (candidate) => candidate.ignoringTags && isIncorporated(candidate, target.catalogue, target.requirement),
      );
      if (!incorporation) continue;
      const decision = both([by.decision, decideAll(incorporation.when, declared), decide(target.requirement.when, declared)]);
      if (decision.holds !== 'no') return { ...target, decision, by };
    }
    return target;
  });
}

function switchOff(judged: readonly Judged[], declared: DeclaredPractices): Judged[] {
  const excluding = judged.filter(({ requirement, decision }) => requirement.excludes && decision.holds === 'yes');
  return judged.map((target) => {
    const offBy = excluding.find(
      ({ requirement: { excludes } }) =>
        excludes?.standard === target.catalogue.standard && excludes.ids.includes(target.requirement.id) && decideAll(excludes.when, declared).holds === 'yes',
    );
    return offBy ? { ...target, offBy } : target;
  });
}

function sortOut(judged: readonly Judged[], nodes: Nodes, declared: DeclaredPractices): Applicability {
  const standing = judged.filter(({ decision }) => decision.holds !== 'no');
  const applicable = standing.filter(({ decision, offBy }) => decision.holds === 'yes' && !offBy);
  const open = standing.flatMap((item) => (item.decision.holds === 'undecided' && !item.offBy ? [{ item, missing: item.decision.missing }] : []));
  const off = standing.filter(({ offBy }) => offBy);
  // Most callers ask for no reason; who asks for one gets it as if all had been asked for in order.
  let reasons: ReadonlyMap<Judged, Reason[]> | undefined;
  const explain = (item: Judged): readonly Reason[] => {
    if (!reasons) {
      const tracer = makeTracer(judged, nodes, declared);
      reasons = new Map([...applicable, ...open.map((undecided) => undecided.item), ...off].map((one) => [one, sayForAll(one, tracer(one), nodes)]));
    }
    return reasons.get(item) ?? [];
  };
  const trace = (item: Judged): Traced => ({
    catalogue: item.catalogue,
    requirement: item.requirement,
    get because() {
      return explain(item);
    },
  });
  return {
    applicable: applicable.map(trace),
    undecided: open.map(({ item, missing }) => Object.assign(trace(item), { missing })),
    switchedOff: off.map(trace),
  };
}

/** Of a requirement without tags, in the standard that has the policy, nothing else would say why it applies. */
function sayForAll({ catalogue: { standard }, requirement: { id, policies, exceptPolicies }, by }: Judged, reasons: Reason[], nodes: Nodes): Reason[] {
  const [start, ...rest] = reasons;
  const hasPolicy = nodes.get(standard)?.[0]?.because.length === 1;
  if (!start || !hasPolicy || policies !== 'all' || exceptPolicies.length > 0 || by) return reasons;
  return [start, { words: `${id} is for all policies of that standard` }, ...rest];
}

/** Gives the chain of reasons of each requirement; the way over a clause or id of another standard goes before the one over its policies alone. */
function makeTracer(judged: readonly Judged[], nodes: Nodes, declared: DeclaredPractices): (item: Judged) => Reason[] {
  const pointers = Map.groupBy(listPointers(judged), ({ incorporation }) => incorporation.standard);
  const known = new Map<Judged, Reason[]>();
  const route = (item: Judged): readonly Reason[] => {
    if (item.by) return [...chain(item.by), { words: `${nameOf(item.by)} takes over ${item.requirement.id}`, by: sourceOf(item.by) }];
    const pointer = pointers.get(item.catalogue.standard)?.find(({ incorporation }) => isIncorporated(incorporation, item.catalogue, item.requirement));
    if (pointer) return [...chain(pointer.from), takesOver(pointer.from.catalogue, pointer.from.requirement, pointer.incorporation)];
    if (item.catalogue.reach === 'every-provider') return [{ words: `${shorten(item.catalogue.standard)} is for every trust service provider (clause 1)` }];
    return item.tag?.because ?? nodes.get(item.catalogue.standard)?.[0]?.because ?? [];
  };
  const chain = (item: Judged): Reason[] => {
    const before = known.get(item);
    if (before) return before;
    // Catalogues that take each other over must not lead in circles.
    known.set(item, []);
    const way = route(item);
    const reasons = [...way, ...own(item, way, declared)];
    known.set(item, reasons);
    return reasons;
  };
  return chain;
}

/** What the requirements that apply take over from other standards by clause or id. */
function listPointers(judged: readonly Judged[]): { from: Judged; incorporation: Incorporation }[] {
  return judged
    .filter(({ decision, offBy }) => decision.holds === 'yes' && !offBy)
    .flatMap((from) => from.requirement.incorporates.map((incorporation) => ({ from, incorporation })))
    .filter(
      ({ from, incorporation }) => incorporation.standard !== from.catalogue.standard && incorporation.policy === undefined && incorporation.tag === undefined,
    );
}

const nameOf = ({ catalogue, requirement }: Judged) => `${shorten(catalogue.standard)} ${requirement.id}`;
const sourceOf = ({ catalogue, requirement }: Judged) => ({ standard: catalogue.standard, id: requirement.id });

/** What the requirement itself says about when it applies: its tags, its exceptions, its condition, and what switches it off. */
function own({ requirement, tag, by, offBy, decision }: Judged, way: readonly Reason[], declared: DeclaredPractices): Reason[] {
  const { policies, exceptPolicies, when } = requirement;
  const reasons: Reason[] = [];
  if (policies !== 'all' && tag && !by) {
    const link = tag.because.at(-1);
    const last = tag.because.length > 1 && link && !way.includes(link) ? link : undefined;
    reasons.push({ words: `${requirement.id} is tagged ${policies.join(', ')}${last ? ` (${last.words})` : ''}`, ...(last?.by && { by: last.by }) });
  }
  if (exceptPolicies.length > 0) reasons.push({ words: `${requirement.id} is for all but ${exceptPolicies.join(', ')}` });
  if (when) {
    const grounds = when.foreseen ? 'every provider must foresee it' : describeGrounds(when, declared);
    const state = when.foreseen ? 'can always arise' : decision.holds === 'undecided' ? 'is not decided' : 'holds';
    reasons.push({ words: `its condition ${state}: ${when.text}${grounds ? ` (${grounds})` : ''}` });
  }
  if (offBy) reasons.push({ words: `switched off by ${nameOf(offBy)}`, by: sourceOf(offBy) });
  return reasons;
}
