import { findExtension } from '../../../model/certificate-extension.ts';
import { type DeployedOf, deployedOf, placeWithin } from '../../../model/deployed.ts';
import type { Observation, Place, Rule } from '../../../model/finding.ts';
import type { Profile } from '../../../model/profile.ts';
import { daysBetween, type Instant } from '../../../model/time.ts';
import type { Workspace } from '../../../model/workspace.ts';
import { citeInUse, commonName, type DeployedCa, listCas, readPractice } from '../../deployed-cas.ts';
import { comparePeriodsToProfile, comparePeriodToTexts } from '../../period-agreement.ts';
import { type Compared, compareToStated, LAST_UPDATE } from '../../stated-profiles.ts';

/** CRLs keep to the profile and to the periods of the texts in force when they were made, and to the declared practices. */
export const crlAgrees: Rule = {
  id: 'profiles/crl-agrees',
  demands: 'CRLs, their declared profiles, the periods in the texts and the declared practices agree.',
  basis: { standard: 'ETSI EN 319 411-1', edition: 'V1.5.1', clause: '6.6.2' },
  severity: 'error',
  *check(workspace) {
    const cas = listCas(workspace);
    yield* comparePeriodsToProfile(workspace, 'crl', cas);
    const lists = deployedOf(workspace.deployed, 'crl');
    const newest = findNewest(lists);
    for (const item of lists) {
      const list = { item, name: commonName(item.facts.issuer), ca: cas.find((ca) => ca.item.sha256 === item.issuer) };
      yield* compareList(workspace, list, cas);
      yield* checkNextUpdate(workspace, list);
      // Practices are those of today, and an old list may be of before.
      if (newest.has(item)) yield* checkExpired(workspace, list);
    }
  },
};

interface List {
  item: DeployedOf<'crl'>;
  name: string;
  /** Undefined where its certificate is not deployed. */
  ca: DeployedCa | undefined;
}

const isProfile = ({ kind }: Profile): boolean => kind === 'crl';

/** The newest list of each CA. */
function findNewest(lists: readonly DeployedOf<'crl'>[]): ReadonlySet<DeployedOf<'crl'>> {
  const newest = new Map<string, DeployedOf<'crl'>>();
  const updated = ({ facts }: DeployedOf<'crl'>) => facts.thisUpdate.instant ?? '';
  for (const item of lists) {
    const key = item.issuer ?? commonName(item.facts.issuer);
    const known = newest.get(key);
    if (!known || updated(item) > updated(known)) newest.set(key, item);
  }
  return new Set(newest.values());
}

function* compareList(workspace: Workspace, { item, name, ca }: List, cas: readonly DeployedCa[]): Iterable<Observation> {
  const { facts } = item;
  const at = facts.thisUpdate.instant;
  if (!at) return;
  const compared: Compared = {
    name: `The CRL of ${name}`,
    kind: 'CRLs',
    authority: name,
    at,
    sights: [facts],
    placeOf: (path: string) => placeWithin(item, path),
  };
  const observations = [...compareToStated(workspace, compared, isProfile)];
  yield* observations;
  const isSaid = observations.some((observation) => observation.at.path === facts.nextUpdate?.at);
  if (isSaid || !facts.nextUpdate?.instant) return;
  const period = { name: compared.name, from: at, to: facts.nextUpdate.instant, at: placeWithin(item, facts.nextUpdate.at) };
  yield* comparePeriodToTexts(workspace, 'crl', { period, authority: { name, isForCas: ca?.isForCas ?? false }, cas });
}

const YEAR = 366;

/** EN 319 411-1, CSS-6.3.9-06 and -12: whatever the profile says. */
function* checkNextUpdate(workspace: Workspace, { item, name, ca }: List): Iterable<Observation> {
  const { thisUpdate, nextUpdate } = item.facts;
  const always = citeInUse(workspace, '411-1:CSS-6.3.9-06');
  if (!nextUpdate && always) {
    const expected = 'a nextUpdate, also in a last CRL';
    yield {
      message: `The CRL of ${name} does not say when the next one comes.`,
      at: placeWithin(item, 'tbsCertList.nextUpdate'),
      seen: 'no nextUpdate',
      expected,
      basis: always,
    };
  }
  const yearly = citeInUse(workspace, '411-1:CSS-6.3.9-12');
  if (!ca?.isForCas || !yearly || !thisUpdate.instant || !nextUpdate?.instant || nextUpdate.instant === LAST_UPDATE) return;
  const days = daysBetween(thisUpdate.instant, nextUpdate.instant);
  if (days <= YEAR) return;
  yield {
    message: `The CRL of ${name}, which issues certificates of CAs, is valid for more than a year.`,
    at: placeWithin(item, nextUpdate.at),
    seen: `${Math.ceil(days)} days`,
    expected: 'at most a year from thisUpdate to nextUpdate',
    basis: yearly,
  };
}

/** Whether revoked certificates stay on the CRL after they expire; practices speak of the certificates of subjects. */
function* checkExpired(workspace: Workspace, { item, name, ca }: List): Iterable<Observation> {
  const kept = readPractice(workspace, 'expiredCertsOnCrl');
  if (kept === undefined || ca?.isForCas) return;
  const extension = findExtension(item.facts, 'expiredCertsOnCRL');
  const practice = `the practice \`expiredCertsOnCrl: ${kept}\` of cartulary.yaml`;
  const basis = citeInUse(workspace, kept ? '411-2:CSS-6.3.10-05' : '411-2:CSS-6.3.10-06');
  if (kept !== (extension !== undefined)) {
    yield {
      message: `The CRL of ${name} contradicts the declared practice on certificates that have expired.`,
      at: placeWithin(item, extension?.at ?? 'tbsCertList.extensions.expiredCertsOnCRL'),
      seen: extension ? 'the extension expiredCertsOnCRL' : 'no extension expiredCertsOnCRL',
      expected: `${kept ? 'the extension' : 'none'}, by ${practice}`,
      ...(basis && { basis }),
    };
    return;
  }
  const [since, made] = [extension?.value?.since.instant, item.facts.thisUpdate.instant];
  if (extension && since && made && since > made) yield later(placeWithin(item, extension.at), { name, since, made });
}

const later = (at: Place, { name, since, made }: { name: string; since: Instant; made: Instant }): Observation => ({
  message: `The CRL of ${name} keeps revoked certificates from an instant on that comes after the list itself.`,
  at,
  seen: since,
  expected: `an instant before ${made}, such as notBefore of the CA certificate`,
});
