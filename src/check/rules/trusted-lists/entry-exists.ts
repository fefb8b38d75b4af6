import { deployedCas, deployedOf } from '../../../model/deployed.ts';
import type { Observation, Rule } from '../../../model/finding.ts';
import type { EntryMatch } from '../../../model/service-entry.ts';
import type { Workspace } from '../../../model/workspace.ts';
import { type EnteredService, enteredServices, inForm, inProcedure, nameLine, nameService } from '../../entered-services.ts';

/** Each declared service has the entry that it names, by a certificate of a CA that is published here. */
export const entryExists: Rule = {
  id: 'trusted-lists/entry-exists',
  demands: 'Each declared service has an entry in the trusted list with its country, provider, type and certificate, and the certificate is published here.',
  basis: inProcedure('4.3'),
  severity: 'error',
  *check(workspace) {
    for (const service of enteredServices(workspace)) {
      yield* checkEntry(workspace, service);
      yield* checkIdentity(workspace, service);
      yield* checkIssues(service);
    }
  },
};

type Mismatch = Extract<EntryMatch, { entry?: undefined }>;

function* checkEntry({ trustedLists }: Workspace, { service, match, placeOf }: EnteredService): Iterable<Observation> {
  if (match.entry) return;
  const { country } = service.entry;
  const own = trustedLists?.lists.filter((list) => list.country === country) ?? [];
  if (own.length === 0 && match.field !== 'country') {
    yield {
      message: `The snapshot holds no list of ${country}, in which the ${nameService(service)} is said to be entered.`,
      at: placeOf('entry.country'),
      seen: `lists of ${trustedLists?.lists.map((list) => list.country).join(', ') || 'no country'}`,
      expected: `a list of ${country} (in lists, Greece is EL and the United Kingdom UK)`,
      advice: 'Correct the country, or fetch its list where there is a network: cartulary trusted-list update.',
    };
    return;
  }
  // A list that is not proved is told of by itself.
  if (own.some(({ authentication }) => !authentication.authenticated)) return;
  yield {
    message: `The ${nameService(service)} has no entry as declared: ${MISSES[match.field]}.`,
    at: placeOf(`entry.${match.field}`),
    seen: `${match.seen}${describeNearest(match)}`,
    expected: service.entry[match.field],
    basis: inForm(CLAUSES[match.field]),
    advice: 'Correct the declaration where the list is right; otherwise have the scheme operator correct the list.',
  };
}

const MISSES: Readonly<Record<Mismatch['field'], string>> = {
  country: 'its certificate is listed in another country',
  provider: 'the entry of its certificate is that of a provider of another name',
  type: 'the entry of its certificate is of another type',
  identity: 'its certificate is in no list of the snapshot',
};
/** Scheme territory, provider's name, service type and digital identity. */
const CLAUSES: Readonly<Record<Mismatch['field'], string>> = { country: '5.3.10', provider: '5.4.1', type: '5.5.1', identity: '5.5.3' };

function describeNearest({ nearest, field }: Mismatch): string {
  if (!nearest) return '';
  const { provider, service } = nearest;
  const [state] = service.states;
  const names = [provider.names[0], ...provider.tradeNames].filter((name) => name !== undefined).join(', ');
  const [certificate] = service.identity.certificates;
  const nearby = field === 'identity' ? `; the nearest entry is ${certificate ? `SHA-256 ${certificate.sha256}, ` : ''}` : '; the entry is ';
  return `${nearby}"${state?.names[0] ?? ''}" of ${names}, ${state?.type ?? ''} (${nameLine(nearest, service.line)})`;
}

function* checkIdentity({ deployed }: Workspace, { service, match, placeOf }: EnteredService): Iterable<Observation> {
  const { identity, type } = service.entry;
  const certificates = type === ISSUES ? deployedCas(deployed) : deployedOf(deployed, 'certificate');
  if (certificates.some(({ sha256 }) => sha256 === identity)) return;
  const name = match.entry?.service.states[0]?.names[0];
  yield {
    message: `The certificate by which the ${nameService(service)} is listed is not published here.`,
    at: placeOf('entry.identity'),
    seen: `no ${type === ISSUES ? 'CA certificate' : 'certificate'} of content/certificates with SHA-256 ${identity}`,
    expected: name === undefined ? 'the certificate of the CA that issues' : `that of "${name}"`,
    basis: inForm('5.5.3'),
    advice: 'Put the certificate of the entry into content/certificates; or correct the fingerprint.',
  };
}

/** The type of services that issue qualified certificates. */
const ISSUES = 'CA/QC';

function* checkIssues({ service, placeOf }: EnteredService): Iterable<Observation> {
  if (service.policies.length === 0 || service.entry.type === ISSUES) return;
  yield {
    message: `The ${nameService(service)} has policies, and its type is not that of a service which issues qualified certificates.`,
    at: placeOf('entry.type'),
    seen: service.entry.type,
    expected: ISSUES,
    basis: inForm('5.5.1'),
    advice: 'Name the entry of the service that issues the certificates; one of status information or time-stamps has no policies here.',
  };
}
