import type { CertificateSummary } from '../model/certificate-summary.ts';
import type { Governing, NamedPolicy, OtherText } from '../model/governing.ts';
import type { VersionSpan } from '../model/in-force.ts';
import { localTime } from '../model/time.ts';
import type { GoverningStrings } from './certificate-strings.ts';

/** In which words an answer is told: by command and page alike. */
export interface Telling {
  words: GoverningStrings;
  provider: string;
  /** In which times are shown. */
  zone: string;
  /** What stands in a certificate can be anything: makes it fit to be shown. */
  show(text: string): string;
  nameVersion(span: VersionSpan): string;
}

/** What kind of certificate it says that it is, without a full stop. */
export function describeKind({ qualified, purposes, holder, isCa, isOcspSigner }: CertificateSummary, { words, show }: Telling): string {
  if (isCa) return words.ca;
  if (isOcspSigner) return words.ocspSigner;
  const status = qualified === 'eu' ? words.euQualified : qualified ? words.qualifiedUnder(show(qualified.join(', '))) : words.certificate;
  return words.kind(status, purposes.map((name) => words.purposes[name]).join(` ${words.and} `), words.holders[holder]);
}

/** What else of note it says of itself, as sentences. */
export function describeNotes({ qscd, psd2, isPrecertificate, isShortTerm }: CertificateSummary, { words, show }: Telling): string[] {
  const roles = show(psd2?.roles.map(({ roleName }) => roleName).join(', ') ?? '');
  return [
    ...(qscd ? [words.qscd] : []),
    ...(psd2 ? [words.psd2(roles, show(psd2.authorityName))] : []),
    ...(isPrecertificate ? [words.precertificate] : []),
    ...(isShortTerm ? [words.shortTerm] : []),
  ];
}

/** A policy's name and whose it is. */
export function describePolicy({ name, origin }: NamedPolicy, { words, show }: Telling): string {
  return `${name ? `${show(name)}, ` : ''}${words.origins[origin]}`;
}

/** The answer in one sentence. */
export function explainGoverning(governing: Governing, telling: Telling): string {
  const { words, provider, zone, show, nameVersion } = telling;
  const { kind, at, texts, others, says, policies, unknown } = governing;
  const when = at ? `${localTime(at, zone)} (${zone})` : '';
  const issuer = show(says.issuer || words.nobody);
  switch (kind) {
    case 'governed':
      return words.governed(when, [...new Set(texts.map(({ span }) => nameVersion(span)))].join(', '));
    case 'not-then':
      return words.notThen(when, others.map((other) => describeOther(other, telling)).join('; '));
    case 'foreign':
      if (policies.length === 0) return words.noPolicy(provider, issuer);
      return unknown.length > 0 ? words.foreignAsFar(provider, issuer) : words.foreign(provider, issuer);
    case 'ca':
      return words.isCa;
    case 'ocsp-signer':
      return words.isOcspSigner;
    case 'undated':
      return words.undated;
  }
}

function describeOther({ span, policy, when }: OtherText, { words, zone, nameVersion }: Telling): string {
  const from = localTime(span.from, zone);
  if (when === 'later') return words.later(nameVersion(span), policy.oid, from);
  return words.earlier(nameVersion(span), policy.oid, from, span.until ? localTime(span.until, zone) : words.now);
}

/** What is to be said beside the answer: texts that cannot be read, and policies that many providers name. */
export function describeDoubts({ unknown, sharedOnly }: Governing, { words, nameVersion }: Telling): string[] {
  return [...(unknown.length > 0 ? [words.unknown(unknown.map(nameVersion).join(', '))] : []), ...(sharedOnly ? [words.shared] : [])];
}
