import type { ListsAnswer } from '../model/ask-lists.ts';
import { findPlace } from '../model/asn1.ts';
import type { CertificateFacts } from '../model/certificate.ts';
import { deviates, type GoverningText } from '../model/governing.ts';
import type { VersionSpan } from '../model/in-force.ts';
import { type Answered, type Answering, explainGoverning } from './in-force-words.ts';
import { answerJson } from './trusted-list-json.ts';

/** Addresses of the provider's site. */
export interface Addressing extends Answering {
  site: string;
}

/** The answer for one certificate, for machines. Octets are offset and length in its DER. */
export function governingJson(facts: CertificateFacts, { governing, judgement, listed }: Answered, addressing: Addressing) {
  const { kind, at, atFrom, says, policies, texts, sharedOnly, others, unknown } = governing;
  return {
    answer: kind,
    deviates: kind === 'governed' ? deviates(governing) : null,
    explanation: explainGoverning(governing, addressing),
    at: at ?? null,
    atFrom,
    certificate: { ...says, notBefore: says.notBefore ?? null, notAfter: says.notAfter ?? null, qualified: says.qualified ?? null, psd2: says.psd2 ?? null },
    policies: policies.map(({ oid, name, origin, at: path }) => ({ oid, name: name ?? null, origin, path })),
    texts: texts.map((text) => textJson(facts, text, addressing)),
    sharedOnly,
    others: others.map(({ span, policy, when }) => ({ ...versionJson(span, addressing), policy: policy.oid, when })),
    unknown: unknown.map((span) => versionJson(span, addressing)),
    standards: judgement ?? null,
    trustedLists: listed ? listedJson(listed) : null,
  };
}

/** The answer of trusted lists, with the reasons of each column. */
function listedJson(listed: ListsAnswer) {
  const { kind } = listed;
  if (kind === 'answered') return { answer: kind, list: listed.list, isListed: listed.isListed, ...answerJson(listed.answer) };
  return { answer: kind, ...(kind === 'refused' && { list: listed.list }), ...(kind === 'no-list' && { country: listed.country }) };
}

function textJson(facts: CertificateFacts, { span, policy, stateNow, sections, claims, profile }: GoverningText, addressing: Addressing) {
  const version = versionJson(span, addressing);
  const section = (number: string | undefined) => (number === undefined ? null : { number, url: `${version.url}#${number}` });
  const place = (at: string) => ({ path: at, octets: findPlace(facts, at) ?? null });
  return {
    ...version,
    stateNow,
    policy: { oid: policy.oid, name: policy.name, conformsTo: policy.conformsTo ?? null },
    sections: { qualified: section(sections.qualified), qscd: section(sections.qscd), profile: section(sections.profile) },
    claims: claims.map(({ claim, severity, at, seen, expected, requirement, section: stated }) => ({
      claim,
      severity,
      ...place(at),
      seen,
      expected,
      requirement,
      section: section(stated),
    })),
    profile:
      profile.kind === 'compared'
        ? {
            id: profile.id,
            deviations: profile.deviations.map(({ kind, field, row, at, seen, expected, section: stated }) => ({
              kind,
              field,
              row: row ?? null,
              ...place(at),
              seen,
              expected,
              section: section(stated),
            })),
          }
        : null,
  };
}

function versionJson({ entry, from, until, errata }: VersionSpan, { site }: Addressing) {
  return {
    document: entry.document,
    version: entry.version,
    from,
    until: until ?? null,
    errata: errata.map(({ erratum }) => erratum),
    url: `${site}/${entry.document}/${entry.version}/`,
  };
}
