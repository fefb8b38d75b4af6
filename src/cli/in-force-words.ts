import type { Judgement } from '../check/certificate/certificate-finding.ts';
import { showShort } from '../check/report/words.ts';
import type { CertificateSummary, Holder, Purpose } from '../model/certificate-summary.ts';
import type { Governing, GoverningText, NamedPolicy, OtherText } from '../model/governing.ts';
import type { State, VersionSpan } from '../model/in-force.ts';
import { plural } from '../model/plural.ts';
import { localTime } from '../model/time.ts';

/** Who answers, and in which zone times are shown. */
export interface Answering {
  provider: string;
  zone: string;
}

/** What is answered for one certificate; the standards are asked of this provider's certificates only. */
export interface Answered {
  governing: Governing;
  judgement: Judgement | undefined;
}

const LONGEST = 300;
/** What stands in a certificate can be anything, so nothing of it reaches a terminal as it is. */
const show = (text: string): string => showShort(text, LONGEST);

const PURPOSES: Readonly<Record<Purpose, string>> = { signature: 'electronic signatures', seal: 'electronic seals', website: 'website authentication' };
const HOLDERS: Readonly<Record<Holder, string>> = {
  'natural-person': 'a natural person',
  pseudonym: 'a natural person under a pseudonym',
  'legal-person': 'a legal person',
  website: 'a website',
  unknown: 'a holder of unknown kind',
};
const ORIGINS: Readonly<Record<NamedPolicy['origin'], string>> = {
  own: 'of this provider',
  etsi: 'of ETSI',
  'ca-browser-forum': 'of the CA/Browser Forum',
  x509: 'of X.509',
  unknown: 'not known here',
};
const STATES: Readonly<Record<State, string>> = {
  draft: 'a draft',
  'not-yet-in-force': 'not yet in force',
  'in-force': 'still in force',
  superseded: 'superseded since',
  withdrawn: 'withdrawn since',
  'never-in-force': 'never in force',
};

/** What a certificate says of itself, as sentences. */
export function describeSummary(says: CertificateSummary, { zone }: Pick<Answering, 'zone'>): string {
  const times = [says.notBefore, says.notAfter].map((instant) => (instant ? localTime(instant, zone) : 'an unreadable time'));
  const sentences = [
    `${describeKind(says)} for ${show(says.subject || 'nobody')}, issued by ${show(says.issuer || 'nobody')}, valid from ${times[0]} until ${times[1]}.`,
    says.qscd && 'Its private key is said to reside in a qualified signature or seal creation device.',
    says.psd2 &&
      `Its holder is a payment service provider (${show(says.psd2.roles.map(({ roleName }) => roleName).join(', '))}; ${show(says.psd2.authorityName)}).`,
    says.isPrecertificate && 'It is a precertificate, which is logged and never used.',
    says.isShortTerm && 'It is a short-term certificate, which is not revoked.',
  ];
  return sentences.filter(Boolean).join(' ');
}

function describeKind({ qualified, purposes, holder, isCa, isOcspSigner }: CertificateSummary): string {
  if (isCa) return 'A CA certificate';
  if (isOcspSigner) return 'A certificate that signs OCSP responses';
  const status =
    qualified === 'eu' ? 'An EU qualified certificate' : qualified ? `A certificate qualified under the law of ${show(qualified.join(', '))}` : 'A certificate';
  const purpose = purposes.length > 0 ? ` for ${purposes.map((name) => PURPOSES[name]).join(' and ')}` : '';
  return `${status}${purpose} of ${HOLDERS[holder]}`;
}

const describePolicy = ({ oid, name, origin }: NamedPolicy): string => `${show(oid)} (${name ? `${show(name)}, ` : ''}${ORIGINS[origin]})`;
const nameVersion = ({ entry }: VersionSpan): string => `${entry.document} ${entry.version}`;

/** The answer in one sentence. */
export function explainGoverning(governing: Governing, { provider, zone }: Answering): string {
  const { kind, at, texts, others, says, policies, unknown } = governing;
  const when = at ? `${localTime(at, zone)} (${zone})` : '';
  switch (kind) {
    case 'governed':
      return `On ${when} it was governed by ${[...new Set(texts.map(({ span }) => nameVersion(span)))].join(', ')}.`;
    case 'not-then':
      return `No text in force on ${when} lists its policies: ${others.map((other) => describeOther(other, zone)).join('; ')}.`;
    case 'foreign':
      if (policies.length === 0)
        return `It names no policy, so no text of ${provider} governs it by its policy; it was issued by ${show(says.issuer || 'nobody')}.`;
      return `It is not a certificate under a policy of ${provider}: no version ${unknown.length > 0 ? 'that can be read' : 'of any text'} lists one of its policies. Ask its issuer, ${show(says.issuer || 'nobody')}.`;
    case 'ca':
      return 'It is a CA certificate: its policies limit the paths below it, and no text governs it by a policy.';
    case 'ocsp-signer':
      return 'It signs OCSP responses and names no policy, so no text governs it by one.';
    case 'undated':
      return 'Its notBefore is no instant: give one with --at.';
  }
}

function describeOther({ span, policy, when }: OtherText, zone: string): string {
  const name = `${nameVersion(span)} lists ${policy.oid}`;
  const from = localTime(span.from, zone);
  if (when === 'later') return `${name} and takes effect later, on ${from}`;
  return `${name} and was in force earlier, from ${from} until ${span.until ? localTime(span.until, zone) : 'now'}`;
}

/** The texts that governed it, one line each. */
export function describeTexts({ texts }: Governing, { zone }: Pick<Answering, 'zone'>): string[] {
  return texts.map(({ span, policy, stateNow, sections, profile }) => {
    const until = span.until ? ` until ${localTime(span.until, zone)}` : '';
    const stated = [
      sections.qualified && `${sections.qualified} (EU qualified)`,
      sections.qscd && `${sections.qscd} (QSCD)`,
      sections.profile && `${sections.profile} (profile${profile.kind === 'not-declared' ? ', not declared for machines' : ''})`,
    ].filter(Boolean);
    const where = stated.length > 0 ? `; sections ${stated.join(', ')}` : '';
    return `${nameVersion(span)}, in force from ${localTime(span.from, zone)}${until}, ${STATES[stateNow]}: ${policy.oid} ${policy.name}${where}`;
  });
}

/** Where the certificate is otherwise than declared; what several texts declare alike is told once, with all of them. */
export function listDeviations({ texts }: Governing): string[] {
  const told = new Map<string, string[]>();
  for (const { line, place } of texts.flatMap(deviationsOf)) {
    const places = told.get(line);
    if (!places) told.set(line, [place]);
    else if (!places.includes(place)) places.push(place);
  }
  return [...told].map(([line, places]) => `${line} (${places.join(', ')})`);
}

function deviationsOf({ span, claims, profile }: GoverningText): readonly { line: string; place: string }[] {
  const place = (section: string | undefined) => `${nameVersion(span)}${section ? ` Section ${section}` : ''}`;
  const words = (at: string, seen: string, expected: string) => `${show(at)}: seen ${show(seen)}; expected ${show(expected)}`;
  const compared = profile.kind === 'compared' ? profile.deviations : [];
  return [
    ...claims.map(({ severity, at, seen, expected, requirement, section }) => ({
      line: `${severity}  ${words(at, seen, expected)}, ${requirement}`,
      place: place(section),
    })),
    ...compared.map(({ at, seen, expected, section }) => ({ line: `error  ${words(at, seen, expected)}`, place: place(section) })),
  ];
}

/** What the standards of ETSI say of it, errors first. */
export function listStandardFindings(judgement: Judgement | undefined): string[] {
  const order = ['error', 'warning', 'info'];
  return [...(judgement?.findings ?? [])]
    .sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity))
    .map(({ severity, at, seen, expected, requirement, because }) => {
      const reason = because ? `; ${show(because.replace(/\.$/, ''))}` : '';
      return `${severity === 'info' ? 'note' : severity}  ${show(at)}: seen ${show(seen)}; expected ${show(expected)} (${requirement}${reason})`;
    });
}

function describeJudgement(judgement: Judgement): string[] {
  if (!judgement.judged) return [`The standards of ETSI were not asked: ${judgement.reason}.`];
  const { claim, judgedBy, findings } = judgement;
  const younger = judgedBy.filter(({ publishedLater }) => publishedLater).length;
  const age = younger > 0 ? `, by ${plural(younger, 'edition')} that ${younger === 1 ? 'is' : 'are'} younger than it` : '';
  const seen = findings.length > 0 ? `${plural(findings.length, 'finding')}:` : 'nothing was seen that they forbid.';
  return [`By the standards of ETSI, as a certificate under ${claim.policy}${age}: ${seen}`, ...listStandardFindings(judgement).map((line) => `  ${line}`)];
}

/** The whole answer for one certificate, for people. */
export function describeAnswer({ governing, judgement }: Answered, answering: Answering): string[] {
  const { says, policies, kind, unknown, sharedOnly } = governing;
  const deviations = listDeviations(governing);
  const isSeen = kind === 'governed' && deviations.length === 0;
  return [
    describeSummary(says, answering),
    policies.length > 0 ? `Policies: ${policies.map(describePolicy).join(', ')}.` : 'It names no policies.',
    explainGoverning(governing, answering),
    ...describeTexts(governing, answering).map((line) => `  ${line}`),
    ...(unknown.length > 0 ? [`What was in force then and lists policies that cannot be read: ${unknown.map(nameVersion).join(', ')}.`] : []),
    ...(sharedOnly ? ['Many providers name these policies: only its issuer tells whether the certificate is of this one.'] : []),
    ...(isSeen ? ['No deviation was seen from what these texts declare for machines.'] : []),
    ...(deviations.length > 0 ? [`${plural(deviations.length, 'deviation')}:`, ...deviations.map((line) => `  ${line}`)] : []),
    ...(judgement ? describeJudgement(judgement) : []),
  ];
}
