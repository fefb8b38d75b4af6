import { type DeclaredPractices, PRACTICES, type PracticeName } from './practice.ts';
import { type Condition, type Test, valuesOf } from './requirement.ts';

/** Whether something holds: yes, no, or not before these practices are declared. */
export type Decision = { holds: 'yes' | 'no' } | { holds: 'undecided'; missing: readonly PracticeName[] };

export const YES: Decision = { holds: 'yes' };
export const NO: Decision = { holds: 'no' };

/** Decides a condition by what is declared. A condition that must be foreseen always holds. */
export function decide(condition: Condition | undefined, declared: DeclaredPractices): Decision {
  if (!condition || condition.foreseen) return YES;
  return condition.any
    ? either(condition.any.map((test) => decideTest(test, declared)))
    : both((condition.all ?? []).map((test) => decideTest(test, declared)));
}

/** Whether all tests hold. */
export const decideAll = (tests: readonly Test[] | undefined, declared: DeclaredPractices): Decision =>
  both((tests ?? []).map((test) => decideTest(test, declared)));

function decideTest(test: Test, declared: DeclaredPractices): Decision {
  const values = declared.get(test.practice);
  if (!values) return { holds: 'undecided', missing: [test.practice] };
  return valuesOf(test).some((value) => values.includes(value)) === (test.is !== undefined) ? YES : NO;
}

/** One no is enough for no, whatever is undecided. */
export function both(decisions: readonly Decision[]): Decision {
  return decisions.some(({ holds }) => holds === 'no') ? NO : (undecided(decisions) ?? YES);
}

/** One yes is enough for yes. */
export function either(decisions: readonly Decision[]): Decision {
  return decisions.some(({ holds }) => holds === 'yes') ? YES : (undecided(decisions) ?? NO);
}

function undecided(decisions: readonly Decision[]): Decision | undefined {
  const missing = decisions.flatMap((decision) => (decision.holds === 'undecided' ? decision.missing : []));
  return missing.length > 0 ? { holds: 'undecided', missing: [...new Set(missing)] } : undefined;
}

/** The practices on which a condition rests, with what is declared of each: `status: crl, ocsp`. */
export function describeGrounds(condition: Condition, declared: DeclaredPractices): string {
  const names = [...new Set([...(condition.all ?? []), ...(condition.any ?? [])].map(({ practice }) => practice))];
  const known = names.filter((name) => declared.has(name));
  return known.map((name) => `${name}: ${describeValues(name, declared.get(name) ?? [])}`).join('; ');
}

function describeValues(name: PracticeName, values: readonly string[]): string {
  return PRACTICES.get(name)?.several ? `[${values.join(', ')}]` : values.join(', ');
}
