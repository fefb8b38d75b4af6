import type { Policy } from '../../../model/document.ts';
import type { Observation, Place, Rule } from '../../../model/finding.ts';
import { inForce, readTimelines, type VersionSpan } from '../../../model/in-force.ts';
import { policiesOf, type Workspace } from '../../../model/workspace.ts';
import { inProcedure } from '../../entered-services.ts';

/** Policies of qualified certificates and declared services name each other. */
export const policyEntered: Rule = {
  id: 'trusted-lists/policy-entered',
  demands: 'Each policy that a text in force calls qualified belongs to a declared service, and each policy of a service stands in a text.',
  basis: inProcedure('4.3'),
  severity: 'error',
  *check(workspace) {
    const { services } = workspace;
    if (!services) return;
    const entered = new Set(services.services.flatMap(({ policies }) => policies.map(({ oid }) => oid)));
    yield* checkTexts(workspace, entered);
    yield* checkServices(workspace);
  },
};

/** Each policy once, where the first text in force lists it. */
function* checkTexts(workspace: Workspace, entered: ReadonlySet<string>): Iterable<Observation> {
  const told = new Set(entered);
  for (const document of readTimelines(workspace.register).keys()) {
    const span = inForce(workspace.register, document, workspace.trustedLists?.at ?? workspace.now).version;
    if (!span) continue;
    for (const policy of policiesOf(workspace, span.entry)) {
      if (!policy.qualified || told.has(policy.oid)) continue;
      told.add(policy.oid);
      yield notEntered(workspace, policy, span);
    }
  }
}

function notEntered(workspace: Workspace, { oid, name }: Policy, { entry: { document, version }, from }: VersionSpan): Observation {
  return {
    message: `The policy ${oid} is one of EU qualified certificates, and belongs to no declared service.`,
    at: placeOf(workspace, document, oid),
    seen: `"${name}" in ${document} ${version}, in force from ${from}`,
    expected: `a service in ${workspace.services?.file ?? ''} whose policies have ${oid}`,
    advice: 'Add it to the service that issues such certificates; or declare that service with its entry.',
  };
}

/** In the text of the work tree, whichever of its versions that is; else in the file of the services. */
function placeOf({ drafts, services }: Workspace, document: string, oid: string): Place {
  for (const { id, file, frontMatter, fields } of drafts) {
    const index = frontMatter?.policies.findIndex((policy) => policy.oid === oid) ?? -1;
    const path = `policies.${index}.oid`;
    if (id === document && fields[path]) return { file, path, start: fields[path] };
  }
  return { file: services?.file ?? '' };
}

function* checkServices(workspace: Workspace): Iterable<Observation> {
  const { services, register, drafts } = workspace;
  const published = register.entries.flatMap((entry) => (entry.kind === 'version' ? policiesOf(workspace, entry) : []));
  const known = new Set([...published, ...drafts.flatMap(({ frontMatter }) => frontMatter?.policies ?? [])].map(({ oid }) => oid));
  for (const [index, { id, policies }] of services?.services.entries() ?? []) {
    for (const [position, { oid }] of policies.entries()) {
      if (known.has(oid)) continue;
      const path = `${index}.policies.${position}.oid`;
      const start = services?.fields[path];
      yield {
        message: `The service "${id}" has a policy that no text lists.`,
        at: { file: services?.file ?? '', path, ...(start && { start }) },
        seen: oid,
        expected: `one of ${[...known].sort().join(', ') || 'the policies of the front matter'}`,
        advice: 'Correct the identifier, or list the policy in the front matter of its text.',
      };
    }
  }
}
