import { describeCriterion } from '../../../model/criterion-words.ts';
import type { Observation, Rule } from '../../../model/finding.ts';
import { meets } from '../../../model/qualifier.ts';
import { stateAt } from '../../../model/trusted-list.ts';
import type { Workspace } from '../../../model/workspace.ts';
import { enumerate, type FoundService, foundServices, inForm, nameLine, nameService, nameVersions } from '../../entered-services.ts';

/** What an entry says of certificates is said of some that the service can issue. */
export const criteriaMeetable: Rule = {
  id: 'trusted-lists/criteria-meetable',
  demands: 'Each qualification in the current entry of a service has criteria that certificates under at least one of its policies can meet.',
  basis: inForm('5.5.9.2.2'),
  severity: 'error',
  *check(workspace) {
    for (const service of foundServices(workspace)) yield* checkService(workspace, service);
  },
};

function* checkService({ trustedLists }: Workspace, { entry, service, policies, placeOf }: FoundService): Iterable<Observation> {
  const versions = policies.flatMap(({ proofs }) => proofs.map(({ version }) => version));
  const state = trustedLists && stateAt(entry.service, trustedLists.at)?.state;
  if (versions.length === 0 || !state) return;
  for (const { criteria, qualifiers, line } of state.qualifications) {
    if (versions.some(({ facts }) => meets(criteria, facts) !== false)) continue;
    yield {
      message: `No certificate of the ${nameService(service)} can meet the criteria for ${enumerate(qualifiers) || 'a qualification'}.`,
      at: placeOf('policies'),
      seen: `${describeCriterion(criteria)} (${nameLine(entry, line)})`,
      expected: `criteria that a profile of ${policies.map(({ oid }) => oid).join(', ')} meets (${nameVersions(versions.map(({ span }) => span))})`,
      advice:
        'What one policy set names has to stand in one certificate: for either of two policies, have the scheme operator make two sets. Or declare the policy that is meant.',
    };
  }
}
