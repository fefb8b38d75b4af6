import type { Observation, Rule } from '../../../model/finding.ts';
import { listedUse } from '../../../model/qualification.ts';
import { EIDAS_START } from '../../../model/qualified-device.ts';
import { nameFrontMatter } from '../../../model/sample.ts';
import { type PolicyProof, promiseOf } from '../../../model/service-proof.ts';
import { SERVICE_USES } from '../../../model/trust-service.ts';
import { type ServiceState, stateAt } from '../../../model/trusted-list.ts';
import type { Workspace } from '../../../model/workspace.ts';
import { enumerate, type FoundService, foundServices, groupProofs, inForm, nameService, nameState, nameVersions } from '../../entered-services.ts';

/** What a service is listed for is what is declared, and enough for the policies. */
export const usesAgree: Rule = {
  id: 'trusted-lists/uses-agree',
  demands: 'Each service is listed for the uses that are declared, and for those of its policies as long as these were in force.',
  basis: inForm('5.5.9.4'),
  severity: 'error',
  *check(workspace) {
    for (const service of foundServices(workspace)) {
      yield* checkDeclared(workspace, service);
      for (const [index, { oid, proofs }] of service.policies.entries()) {
        for (const { seen, proofs: group } of groupProofs(proofs, findMissing)) yield missingUse(workspace, service, { index, oid, ...seen, proofs: group });
      }
    }
  },
};

function* checkDeclared({ trustedLists }: Workspace, { entry, service, placeOf }: FoundService): Iterable<Observation> {
  const current = trustedLists && stateAt(entry.service, trustedLists.at)?.state;
  if (!current) return;
  const listed = SERVICE_USES.filter((use) => current.uses.includes(use));
  const { uses } = service.entry;
  if (listed.length === uses.length && listed.every((use) => uses.includes(use))) return;
  yield {
    message: `The ${nameService(service)} is listed for other uses than declared.`,
    at: placeOf('entry.uses'),
    seen: `${nameUses(listed)}: ${nameState(entry, current)}`,
    expected: nameUses(uses),
    advice: 'Correct the declaration where the list is right; otherwise have the scheme operator correct the list.',
  };
}

const nameUses = (uses: readonly string[]): string => enumerate(uses) || 'no use';

interface Missing {
  use: string;
  line: number;
}

/** The use that a version promises and a granted state does not have. Before eIDAS services had no uses. */
function findMissing({ version, issued, answer }: PolicyProof): readonly Missing[] {
  const { use } = promiseOf(version.policy);
  if (use === undefined || use === 'none') return [];
  return [answer.atIssuance, answer.atCheck].flatMap(({ at, states: [first] }) => {
    const state = first?.state;
    if (state?.status !== 'granted' || state.type !== 'CA/QC' || state.line === undefined) return [];
    return issued < EIDAS_START || at < EIDAS_START || state.uses.includes(listedUse(use)) ? [] : [{ use: listedUse(use), line: state.line }];
  });
}

function missingUse(
  workspace: Workspace,
  { entry, service, placeOf }: FoundService,
  { index, oid, use, line, proofs }: Missing & { index: number; oid: string; proofs: readonly PolicyProof[] },
): Observation {
  const spans = proofs.map(({ version }) => version.span);
  const position = entry.service.states.findIndex((state) => state.line === line);
  const state = entry.service.states[position] as ServiceState;
  const newest = proofs.at(-1) as PolicyProof;
  return {
    message: `The ${nameService(service)} is not listed for the use of certificates under the policy ${oid} of ${nameVersions(spans)}.`,
    at: placeOf(`policies.${index}.oid`),
    seen: `${nameUses(state.uses)}: ${nameState(entry, state, entry.service.states[position - 1]?.start)}`,
    expected: `${use}, for ${newest.version.policy.conformsTo ?? ''} in ${nameFrontMatter(workspace, newest.version.span.entry, oid, ['conformsTo', 'oid'])}`,
    advice: 'Have the scheme operator enter the use before such certificates are issued; or move the policy to a service that has it.',
  };
}
