import { findExtension } from '../model/certificate-extension.ts';
import type { Place } from '../model/finding.ts';
import { listSamples } from '../model/sample.ts';
import type { StatusService } from '../model/status-measurement.ts';
import type { Workspace } from '../model/workspace.ts';
import { commonName, listCas } from './deployed-cas.ts';
import { type Authority, type StatedPeriod, type StatingText, statedIssuance, statedPeriods } from './stated-periods.ts';
import { type LevelOf, type ServiceLevel, statedLevels } from './stated-service-levels.ts';

/** A promise with the text that makes it, `cps 2.1`, and where: `section 4.9.7 of cps 2.1`. */
export type Promised<T> = T & { text: string; where: string };

/** What the texts in force at an instant promise of an address; of several promises the strictest. */
export interface Promises {
  /** Of a CRL or response, from thisUpdate to nextUpdate. */
  validity: Promised<StatedPeriod> | undefined;
  /** From one CRL to the next. */
  issuance: Promised<StatedPeriod> | undefined;
  availability: Promised<LevelOf<'availability'>> | undefined;
  outage: Promised<LevelOf<'outage'>> | undefined;
  publication: Promised<LevelOf<'publication'>> | undefined;
  response: Promised<LevelOf<'response'>> | undefined;
}

/** An address of a status service that certificates name. */
export interface NamedAddress {
  service: StatusService;
  url: string;
  /** The CAs whose certificates name it. */
  authorities: readonly Authority[];
  /** When there were certificates that name it, in milliseconds. */
  from: number;
  until: number;
  /** The first of them. */
  at: Place;
}

/** The addresses of status services in the certificates of the repository, in the order of the services and addresses. */
export function listNamedAddresses(workspace: Workspace): readonly NamedAddress[] {
  const cas = listCas(workspace);
  const found = new Map<string, NamedAddress>();
  const certificates = [...cas.map(({ item }) => item), ...listSamples(workspace)];
  for (const { facts, place, issuer } of certificates) {
    const ca = cas.find(({ item }) => item.sha256 === issuer);
    const authority = { name: ca?.name ?? commonName(facts.issuer), isForCas: ca?.isForCas ?? false };
    const [from, until] = [Date.parse(facts.validity.notBefore.instant ?? ''), Date.parse(facts.validity.notAfter.instant ?? '')];
    for (const { service, url, path } of addressesIn(facts)) {
      const key = `${service} ${url}`;
      const known = found.get(key);
      const authorities = known?.authorities.some(({ name }) => name === authority.name) ? known.authorities : [...(known?.authorities ?? []), authority];
      const span = { from: Math.min(known?.from ?? from, from), until: Math.max(known?.until ?? until, until) };
      found.set(key, { service, url, authorities, ...span, at: known?.at ?? { ...place, path } });
    }
  }
  return [...found.keys()].sort().flatMap((key) => found.get(key) ?? []);
}

type Facts = ReturnType<typeof listCas>[number]['item']['facts'];

function addressesIn(facts: Facts): { service: StatusService; url: string; path: string }[] {
  const points = findExtension(facts, 'cRLDistributionPoints')?.value?.points ?? [];
  const answers = (findExtension(facts, 'authorityInfoAccess')?.value?.descriptions ?? []).filter(({ oid }) => oid === OCSP);
  const named = [
    ...points.flatMap(({ fullName }) => (fullName ?? []).map((name) => ({ service: 'crl' as const, name }))),
    ...answers.map(({ location }) => ({ service: 'ocsp' as const, name: location })),
  ];
  return named.flatMap(({ service, name }) => (name.kind === 'uniformResourceIdentifier' ? [{ service, url: name.value, path: name.at }] : []));
}

const OCSP = '1.3.6.1.5.5.7.48.1';

/** What one text says of status services. */
interface Statements {
  name: string;
  from: number;
  until: number;
  validity: Readonly<Record<StatusService, readonly StatedPeriod[]>>;
  issuance: readonly StatedPeriod[];
  levels: readonly ServiceLevel[];
}

/** Who asks: an address with the CAs that use it. */
export interface Asked {
  service: StatusService;
  authorities: readonly Authority[];
}

/** Reads the texts once, and answers for any instant. Of a document of which nothing is registered yet, the text of the work tree counts. */
export function makePromises(workspace: Workspace): (asked: Asked) => (at: number) => Promises {
  const authorities = listCas(workspace);
  const registered = new Set(workspace.register.entries.map(({ document }) => document));
  const drafts = workspace.drafts.filter(({ id, type }) => !registered.has(id) && (type === 'CP' || type === 'CPS' || type === 'CP-CPS'));
  const read = (text: StatingText, name: string, from: number, until: number): Statements => ({
    name,
    from,
    until,
    validity: { crl: statedPeriods(text, 'crl', authorities), ocsp: statedPeriods(text, 'ocsp-response', authorities) },
    issuance: statedIssuance(text, authorities),
    levels: statedLevels(text),
  });
  const texts = [
    ...(workspace.status?.texts ?? []).map((text) => read(text, text.name, text.from, text.until)),
    ...drafts.map((draft) => read(draft, draft.id, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)),
  ];
  const changes = [...new Set(texts.flatMap(({ from, until }) => [from, until]))].sort((left, right) => left - right);
  return (asked) => {
    const answers = new Map<number, Promises>();
    return (at) => {
      const interval = changes.filter((change) => change <= at).length;
      const answer =
        answers.get(interval) ??
        choose(
          asked,
          texts.filter(({ from, until }) => from <= at && at < until),
        );
      answers.set(interval, answer);
      return answer;
    };
  };
}

function choose({ service, authorities }: Asked, texts: readonly Statements[]): Promises {
  const said = <T extends { section: string }>(list: (text: Statements) => readonly T[]): Promised<T>[] =>
    texts.flatMap((text) => list(text).map((one) => ({ ...one, text: text.name, where: `section ${one.section} of ${text.name}` })));
  const periods = (list: (text: Statements) => readonly StatedPeriod[]) =>
    strictest(
      said((text) => list(text).filter(({ isAbout }) => authorities.length === 0 || authorities.some(isAbout))),
      ({ hours }) => hours,
    );
  const levels = <Kind extends ServiceLevel['kind']>(kind: Kind) =>
    said((text) => text.levels.filter((level): level is LevelOf<Kind> => level.kind === kind && level.services.includes(service)));
  return {
    validity: periods(({ validity }) => validity[service]),
    issuance: service === 'crl' ? periods(({ issuance }) => issuance) : undefined,
    availability: strictest(levels('availability'), ({ share, per }) => -share - (per === 'month' ? 1 : 0)),
    outage: strictest(levels('outage'), ({ hours }) => hours),
    publication: strictest(levels('publication'), ({ hours }) => hours),
    response: strictest(levels('response'), ({ within }) => within),
  };
}

/** The one with the least number. */
const strictest = <T>(all: readonly T[], rank: (one: T) => number): T | undefined =>
  all.reduce<T | undefined>((best, one) => (best !== undefined && rank(best) <= rank(one) ? best : one), undefined);
