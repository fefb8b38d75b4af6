import { describeCriterion } from '../../model/criterion-words.ts';
import { writeDistinguishedName } from '../../model/distinguished-name.ts';
import type { TrustedLists } from '../../model/list-snapshot.ts';
import { type PolicyProof, proveServices, type ServiceProof } from '../../model/service-proof.ts';
import type { Instant } from '../../model/time.ts';
import { type Qualification, type ServiceState, stateAt } from '../../model/trusted-list.ts';
import { wordsIn } from '../../model/words-in-language.ts';
import { policiesOf, type Workspace } from '../../model/workspace.ts';
import { describeColumn, listReasons, qualificationStrings } from '../qualification-words.ts';
import type {
  ListedPolicy,
  ListedReasons,
  ListedVersion,
  ListingStanding,
  ShownList,
  ShownListing,
  ShownListState,
  ShownQualifiers,
} from '../trusted-list-page.ts';
import { groupDigits, type SiteContext, versionPath } from './context.ts';

const known = new WeakMap<Workspace, readonly ServiceProof[]>();

/** Proved once for a workspace. Without a snapshot nothing is proved, and the services stand there all the same. */
function proofsOf({ workspace }: SiteContext): readonly ServiceProof[] {
  const found = known.get(workspace) ?? proveServices(workspace);
  known.set(workspace, found);
  return found;
}

/** What the lists say of the declared services of which a certificate is the digital identity. */
export function listingsOf(context: SiteContext, sha256: string): readonly ShownListing[] {
  const { services } = context.workspace;
  return (services?.services ?? []).filter(({ entry }) => entry.identity === sha256).map(({ id }) => listing(context, id));
}

/** What the lists give for certificates of a policy, by each declared service that issues under it. `placeOf` gives the address of a CA certificate. */
export function listedPolicies(context: SiteContext, oid: string, placeOf: (sha256: string) => string | undefined): readonly ListedPolicy[] {
  const { services, trustedLists } = context.workspace;
  const issuing = (services?.services ?? []).filter(({ policies }) => policies.some((policy) => policy.oid === oid));
  return issuing.map(({ id, entry }) => {
    const proof = proofsOf(context).find(({ service }) => service.id === id);
    const proofs = proof?.policies.find((policy) => policy.oid === oid)?.proofs ?? [];
    return {
      ...listing(context, id),
      authority: placeOf(entry.identity),
      at: trustedLists && context.when(trustedLists.at),
      versions: proofs.map((one) => listedVersion(context, one)),
      reasons: groupReasons(proofs),
    };
  });
}

function listing(context: SiteContext, id: string): ShownListing {
  const service = context.workspace.services?.services.find((one) => one.id === id);
  return { id, title: wordsIn(service?.title ?? id, context.language), standing: standingOf(context, service?.entry.country ?? '', id) };
}

function standingOf(context: SiteContext, country: string, id: string): ListingStanding {
  const { trustedLists } = context.workspace;
  const match = proofsOf(context).find(({ service }) => service.id === id)?.match;
  if (!trustedLists || !match) return { kind: 'no-snapshot' };
  const taken = context.when(trustedLists.snapshot.taken as Instant);
  const held = trustedLists.lists.find((list) => list.country === country);
  if (!held) return { kind: 'no-list', country, taken };
  const list = showList(context, trustedLists, held);
  if (!list) return { kind: 'refused', country, taken, problems: problemsOf(trustedLists, held) };
  if (!match.entry) return { kind: 'otherwise', list, field: match.field, seen: match.seen };
  const { provider, service } = match.entry;
  const state = stateAt(service, trustedLists.at)?.state;
  const shown = state ?? service.states.at(-1);
  return {
    kind: 'listed',
    list,
    entry: {
      provider: provider.names[0] ?? '',
      service: shown?.names[0] ?? '',
      type: shown?.type ?? '',
      line: service.line,
      state: state && { ...showState(context, state), qualifiers: state.qualifications.map((one) => showQualifiers(context, one)) },
      earlier: service.states.slice(state ? service.states.indexOf(state) + 1 : service.states.length).map((one) => showState(context, one)),
    },
  };
}

function showList(
  { when }: SiteContext,
  { at, snapshot }: TrustedLists,
  { country, location, authentication }: TrustedLists['lists'][number],
): ShownList | undefined {
  if (!authentication.authenticated) return undefined;
  const { list, signer, file, sha256 } = authentication;
  return {
    country,
    sequence: String(list.sequence),
    issued: when(list.issued),
    nextUpdate: list.nextUpdate && when(list.nextUpdate),
    staleAt: list.nextUpdate && list.nextUpdate < at ? when(at) : undefined,
    signer: writeDistinguishedName(signer.facts.subject),
    file,
    location,
    sha256: groupDigits(sha256),
    taken: when(snapshot.taken as Instant),
  };
}

/** Nothing proves a list where the list of the lists is refused: then that is the reason. */
const problemsOf = ({ listOfLists }: TrustedLists, { authentication }: TrustedLists['lists'][number]): readonly string[] =>
  [listOfLists, authentication].flatMap((one) => (one.authenticated ? [] : [one.problem]));

const showState = ({ when }: SiteContext, { status, start, uses }: ServiceState): ShownListState => ({ status, since: when(start), uses });

function showQualifiers({ workspace, href }: SiteContext, { qualifiers, criteria }: Qualification): ShownQualifiers {
  const [only, ...more] = criteria.criteria;
  const isPlain = only?.kind === 'policies' && more.length === 0 && criteria.assert !== 'none' && only.oids.length === 1;
  const own = new Set(workspace.register.entries.flatMap((entry) => (entry.kind === 'version' ? policiesOf(workspace, entry).map(({ oid }) => oid) : [])));
  const link = (oid: string) => ({ oid, href: own.has(oid) ? href(`/policies/${oid}/`) : undefined });
  return { qualifiers, policies: isPlain ? only.oids.map(link) : undefined, criteria: describeCriterion(criteria) };
}

const nameVersion = ({ version: { span } }: PolicyProof): string => `${span.entry.document.toUpperCase()} ${span.entry.version}`;

function listedVersion(context: SiteContext, proof: PolicyProof): ListedVersion {
  const { version, issued, answer } = proof;
  const { workspace, language, href, when } = context;
  const words = qualificationStrings(language);
  const isToCome = workspace.trustedLists !== undefined && issued > workspace.trustedLists.at;
  return {
    version: { href: href(versionPath(version.span.entry)), label: nameVersion(proof) },
    issued: when(issued),
    atIssuance: describeColumn(answer.atIssuance, words),
    atCheck: isToCome ? undefined : describeColumn(answer.atCheck, words),
  };
}

function groupReasons(proofs: readonly PolicyProof[]): readonly ListedReasons[] {
  const stepsOf = ({ answer }: PolicyProof) => {
    const [atIssuance, atCheck] = [listReasons(answer.atIssuance), listReasons(answer.atCheck)];
    return { atIssuance, atCheck: atCheck.join('\n') === atIssuance.join('\n') ? undefined : atCheck };
  };
  const groups = Map.groupBy(proofs, (proof) => JSON.stringify(stepsOf(proof)));
  return [...groups.values()].flatMap((group) => (group[0] ? [{ versions: [...new Set(group.map(nameVersion))].join(', '), ...stepsOf(group[0]) }] : []));
}
