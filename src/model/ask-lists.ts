import type { CertificateFacts } from './certificate.ts';
import { findExtension } from './certificate-extension.ts';
import { summariseCertificate } from './certificate-summary.ts';
import { nameKey } from './distinguished-name.ts';
import type { ListedAuthorities, PublishedList } from './listed-authorities.ts';
import { type Qualification615, qualify } from './qualification.ts';
import { factsOfCertificate } from './qualifier.ts';
import type { Instant } from './time.ts';
import type { ServiceState } from './trusted-list.ts';

type ProvedList = Extract<PublishedList, { proved: true }>;
type RefusedList = Extract<PublishedList, { proved: false }>;

/** What trusted lists say of a certificate whose issuer is one of the provider's CAs. */
export type ListsAnswer = { issued: Instant } & (
  | { kind: 'no-list'; country: string }
  | { kind: 'refused'; list: RefusedList }
  /** It was issued after the instant for which the lists were asked. */
  | { kind: 'too-new' }
  | { kind: 'answered'; list: ProvedList; isListed: boolean; answer: Qualification615 }
);

/**
 * Asks the lists for a certificate: at its notBefore, and at the instant of the data. The issuer is found by its name and
 * key identifier; no signature is verified. Undefined for certificates of CAs and of OCSP signers, and where no CA is found.
 */
export function askLists(facts: CertificateFacts, data: ListedAuthorities): ListsAnswer | undefined {
  const { isCa, isOcspSigner, notBefore: issued } = summariseCertificate(facts);
  const issuers = findIssuers(facts, data);
  const [issuer] = issuers;
  if (isCa || isOcspSigner || !issued || !issuer) return undefined;
  const list = data.lists.find(({ country }) => country === issuer.country);
  if (!list) return { kind: 'no-list', issued, country: issuer.country };
  if (!list.proved) return { kind: 'refused', issued, list };
  if (issued > data.at) return { kind: 'too-new', issued };
  const places = new Set(issuers.flatMap(({ services }) => services));
  const services = [...places].flatMap((place) => data.services[place] ?? []);
  const matched = services.map(({ provider, states }) => ({ provider, service: { states: states.map((state): ServiceState => ({ ...state, names: [] })) } }));
  const answer = qualify(matched, factsOfCertificate(facts), { issued, at: data.at });
  return { kind: 'answered', issued, list, isListed: services.length > 0, answer };
}

/** All certificates of the CA: one name and key can have several. */
function findIssuers(facts: CertificateFacts, { authorities }: ListedAuthorities): ListedAuthorities['authorities'] {
  const key = findExtension(facts, 'authorityKeyIdentifier')?.value?.keyIdentifier;
  const name = nameKey(facts.issuer);
  return key === undefined ? [] : authorities.filter(({ subjectKey, keyIdentifier }) => keyIdentifier === key && subjectKey === name);
}
