import type { Judgement } from '../check/certificate/certificate-finding.ts';
import { checkCertificate } from '../check/certificate/check-certificate.ts';
import { askLists, type ListsAnswer } from '../model/ask-lists.ts';
import type { CertificateFacts } from '../model/certificate.ts';
import type { CertificateLookupJson } from '../model/certificate-lookup.ts';
import type { CertificateStandards } from '../model/certificate-rule.ts';
import { summariseCertificate } from '../model/certificate-summary.ts';
import { type Agreement, listAgreements } from '../model/compare-profile.ts';
import { attributeValues } from '../model/distinguished-name.ts';
import type { Observation } from '../model/finding.ts';
import { type Declarations, findGoverning, type Governing, type GoverningDeviation, type GoverningText } from '../model/governing.ts';
import type { ListedAuthorities } from '../model/listed-authorities.ts';
import type { Profile } from '../model/profile.ts';
import type { Instant } from '../model/time.ts';
import { readX509 } from '../read/x509/x509.ts';
import type { LookupData } from './lookup.ts';

/** What the page fetches from its own site before it can answer. */
export interface CertificateData {
  inForce: LookupData;
  declared: CertificateLookupJson;
  standards: CertificateStandards;
  /** What trusted lists say of the provider's CAs; undefined where no services are declared. */
  lists: ListedAuthorities | undefined;
}

/** What a certificate is held against. */
export interface Judging extends Pick<CertificateData, 'standards' | 'lists'> {
  declarations: Declarations;
}

/** What a file or pasted text holds. */
export interface Dropped {
  certificates: readonly { facts: CertificateFacts; label: string }[];
  /** The certificate that is answered for first: the first one that is not of a CA. */
  first: number;
  /** Whether there are CRLs or OCSP responses beside them. */
  hasOthers: boolean;
  /** Why other parts were not read. */
  problems: readonly Observation[];
}

/** A field that is as texts declare it, with all that do. */
export type StatedAgreement = Omit<Agreement, 'section'> & Pick<GoverningDeviation, 'stated'>;

/** The answer for one certificate. */
export interface CertificateAnswer {
  facts: CertificateFacts;
  governing: Governing;
  /** Undefined for certificates of other providers. */
  judgement: Judgement | undefined;
  /** What it has as the profiles of the texts that governed it declare; what several declare alike once. */
  agreements: readonly StatedAgreement[];
  /** What each requirement that is not met asks for. */
  summaries: ReadonlyMap<string, string>;
  /** Undefined where no lists are asked, and for certificates of other issuers. */
  listed: ListsAnswer | undefined;
}

/** Reads files or pasted text; never throws for what is in them. */
export function readDropped(contents: readonly Uint8Array[]): Dropped {
  const read = contents.map((content) => readX509(content, ''));
  const items = read.flatMap((content) => content.items);
  const found = items.flatMap(({ facts }) => (facts.kind === 'certificate' ? [facts] : []));
  const certificates = found.map((facts) => ({ facts, label: labelOf(facts) }));
  const endEntity = found.findIndex((facts) => !summariseCertificate(facts).isCa);
  return { certificates, first: Math.max(endEntity, 0), hasOthers: found.length < items.length, problems: read.flatMap(({ observations }) => observations) };
}

const labelOf = ({ subject, serialNumber }: CertificateFacts): string =>
  attributeValues(subject, 'commonName')[0] ?? attributeValues(subject, 'organizationName')[0] ?? serialNumber.hex;

/** What the site's data says of each version, as `findGoverning` asks for it. */
export function readDeclarations({ inForce, declared }: CertificateData): Declarations {
  return {
    register: { entries: inForce.register.entries, last: undefined },
    textOf({ document, version }) {
      const text = declared.texts[`${document} ${version}`];
      if (!text) return undefined;
      const profiles = Object.entries(text.profiles).map(([id, name]) => [id, declared.profiles[name] as Profile] as const);
      return { type: text.type, policies: text.policies, profiles: Object.fromEntries(profiles) };
    },
  };
}

/** Answers for one certificate, by the same functions as the command `cartulary in-force --certificate`. */
export function answerCertificate(facts: CertificateFacts, { declarations, standards, lists }: Judging, now: Instant): CertificateAnswer {
  const governing = findGoverning(facts, declarations, { now });
  const [own] = [...governing.texts, ...governing.others];
  const judgement = own && checkCertificate(facts, standards, { policy: own.policy.conformsTo });
  const found = new Set(judgement?.findings.map(({ requirement }) => requirement));
  return {
    facts,
    governing,
    judgement,
    agreements: agreementsOf(facts, governing.texts, declarations),
    summaries: summariesOf(standards, found),
    listed: lists && askLists(facts, lists),
  };
}

function summariesOf({ standards }: CertificateStandards, wanted: ReadonlySet<string>): ReadonlyMap<string, string> {
  const all = standards.flatMap(({ short, rules }) => rules.map(({ id, summary }) => [`${short}:${id}`, summary] as const));
  return new Map(all.filter(([requirement]) => wanted.has(requirement)));
}

function agreementsOf(facts: CertificateFacts, texts: readonly GoverningText[], { textOf }: Declarations): readonly StatedAgreement[] {
  const found = new Map<string, StatedAgreement & { stated: StatedAgreement['stated'][number][] }>();
  for (const { span, profile } of texts) {
    const declared = profile.kind === 'compared' ? textOf(span.entry)?.profiles?.[profile.id] : undefined;
    for (const { section, ...agreement } of declared ? listAgreements(facts, declared) : []) {
      const key = JSON.stringify(agreement);
      const known = found.get(key) ?? { ...agreement, stated: [] };
      known.stated.push({ span, section });
      found.set(key, known);
    }
  }
  return [...found.values()];
}

/** The address of the same question by date and policy, with nothing else of the certificate in it; undefined without a date. */
export function questionOf({ at, texts, others, policies }: Governing): string | undefined {
  if (!at) return undefined;
  const policy = [...texts, ...others][0]?.policy.oid ?? policies[0]?.oid;
  return `?${new URLSearchParams({ date: at, ...(policy !== undefined && { policy }) })}`;
}
