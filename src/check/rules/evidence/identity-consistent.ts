import type { Observation, Rule } from '../../../model/finding.ts';
import { IDENTITY_FILE } from '../../../model/identity.ts';
import { implyPractices } from '../../../model/operating-model.ts';
import { declaredFor } from '../../../model/practice.ts';
import { dateIn } from '../../../model/time.ts';
import type { Workspace } from '../../../model/workspace.ts';
import { listPolicies } from '../../coverage.ts';
import { inIdentity, inPractices } from '../../operating-place.ts';
import { findMethodFaults, readMethodsFor } from '../../stated-methods.ts';

/** By which methods persons are identified decides which requirements apply and which records there must be. */
export const identityConsistent: Rule = {
  id: 'evidence/identity-consistent',
  demands: 'All texts and the declared practices tell of the identification of persons what content/identity.yaml declares.',
  basis: { standard: 'ETSI EN 319 411-2', edition: 'V2.6.1', clause: 'REG-6.2.2-02' },
  severity: 'error',
  sets: ['etsi-qualified'],
  *check(workspace) {
    const { identity, drafts, statements, now, config } = workspace;
    if (!identity) return;
    const today = dateIn(now, config.timeZone);
    yield* checkPractices(workspace, today);
    yield* checkChoices(workspace);
    for (const draft of drafts) {
      const reading = statements.operation && readMethodsFor(draft, identity, statements.operation, today);
      if (reading) yield* findMethodFaults(reading);
    }
  },
};

function* checkPractices(workspace: Workspace, today: string): Iterable<Observation> {
  const { identity, config } = workspace;
  const told = new Set<string>();
  for (const { oid, practice, value, path } of implyPractices(undefined, identity, today)) {
    const declared = declaredFor(config.practices, oid).get(practice);
    const at = inPractices(workspace, oid, practice);
    if (!declared || declared.join() === value || told.has(at.path ?? '')) continue;
    told.add(at.path ?? '');
    const { start } = inIdentity(workspace, path);
    yield {
      message: `The practice ${practice} is declared otherwise than in ${IDENTITY_FILE}.`,
      at,
      seen: `${practice}: ${declared.join(', ')}`,
      expected: `${practice}: ${value} for policy ${oid}, as ${IDENTITY_FILE}${start ? `:${start.line}` : ''} says`,
      advice: 'Correct whichever is wrong; what content/identity.yaml says need not be declared twice.',
    };
  }
}

/** EN 319 411-2 REG-6.2.2-04: the rule for website certificates is chosen by who runs the website. */
function* checkChoices(workspace: Workspace): Iterable<Observation> {
  const { identity, drafts, config } = workspace;
  const basis = { standard: 'ETSI EN 319 411-2', edition: 'V2.6.1', clause: 'REG-6.2.2-04' };
  const listed = listPolicies(drafts);
  for (const [index, { oid, choice, domainMethods }] of (identity?.policies ?? []).entries()) {
    const conforms = listed.find((policy) => policy.oid === oid)?.conformsTo;
    if (!conforms?.includes('CP-w')) continue;
    const at = inIdentity(workspace, `policies.${index}.choice`);
    const operators = declaredFor(config.practices, oid).get('deviceOperators');
    const offered = choice.filter(({ route }) => route !== undefined).map(({ subscriber }) => subscriber);
    if (offered.length === 0)
      yield {
        message: `For policy ${oid} no rule is chosen by who runs the website.`,
        at,
        seen: 'no "route"',
        expected: 'choice: [{ subscriber: legal, route: REG-6.2.2-03 }]',
        basis,
      };
    if (conforms === 'QEVCP-w' && offered.includes('natural'))
      yield {
        message: `Policy ${oid} conforms to QEVCP-w, which is for legal persons, and certificates are offered to natural ones.`,
        at,
        seen: offered.join(', '),
        expected: 'legal',
        basis,
      };
    for (const kind of ['natural', 'legal'] as const) {
      if (!operators || operators.includes(kind) === offered.includes(kind) || offered.length === 0) continue;
      yield {
        message: `For policy ${oid} the choice and the practice deviceOperators differ in ${kind} persons.`,
        at,
        seen: `choice: ${offered.join(', ')}; deviceOperators: ${operators.join(', ')}`,
        expected: 'the same in both',
        basis,
      };
    }
    if (domainMethods.length === 0)
      yield {
        message: `For policy ${oid} no method is declared by which control of a domain name is validated.`,
        at: inIdentity(workspace, `policies.${index}.oid`),
        seen: 'no "domainMethods"',
        expected: 'subsections of the Baseline Requirements: domainMethods: [3.2.2.4.7]',
        basis,
      };
  }
}
