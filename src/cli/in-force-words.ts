import type { Judgement } from '../check/certificate/certificate-finding.ts';
import { showShort } from '../check/report/words.ts';
import type { ListsAnswer } from '../model/ask-lists.ts';
import type { CertificateSummary } from '../model/certificate-summary.ts';
import { collectDeviations, type Governing } from '../model/governing.ts';
import type { State, VersionSpan } from '../model/in-force.ts';
import type { ListedAuthorities } from '../model/listed-authorities.ts';
import { plural } from '../model/plural.ts';
import { localTime } from '../model/time.ts';
import { en } from '../site/certificate-strings-en.ts';
import { describeDoubts, describeKind, describeNotes, describePolicy, explainGoverning as explainInWords, type Telling } from '../site/governing-words.ts';
import { explainLists, qualificationStrings } from '../site/qualification-words.ts';

/** Who answers, and in which zone times are shown. */
export interface Answering {
  provider: string;
  zone: string;
  /** What the answers of trusted lists rest on; undefined where nobody declares services or holds lists. */
  lists: Pick<ListedAuthorities, 'at' | 'taken'> | undefined;
}

/** What is answered for one certificate; the standards are asked of this provider's certificates only. */
export interface Answered {
  governing: Governing;
  judgement: Judgement | undefined;
  /** Undefined where no lists are asked, and for certificates of other issuers. */
  listed: ListsAnswer | undefined;
}

const LONGEST = 300;
/** What stands in a certificate can be anything, so nothing of it reaches a terminal as it is. */
const show = (text: string): string => showShort(text, LONGEST);

const STATES: Readonly<Record<State, string>> = {
  draft: 'a draft',
  'not-yet-in-force': 'not yet in force',
  'in-force': 'still in force',
  superseded: 'superseded since',
  withdrawn: 'withdrawn since',
  'never-in-force': 'never in force',
};

const nameVersion = ({ entry }: VersionSpan): string => `${entry.document} ${entry.version}`;
const words = en.governing;
const tellingOf = ({ provider, zone }: Answering): Telling => ({ words, provider, zone, show, nameVersion });

/** What a certificate says of itself, as sentences. */
function describeSummary(says: CertificateSummary, telling: Telling): string {
  const [from, until] = [says.notBefore, says.notAfter].map((instant) => (instant ? localTime(instant, telling.zone) : words.unreadableTime));
  const [subject, issuer] = [says.subject, says.issuer].map((name) => show(name || words.nobody));
  const first = `${describeKind(says, telling)} for ${subject}, issued by ${issuer}, valid from ${from} until ${until}.`;
  return [first, ...describeNotes(says, telling)].join(' ');
}

/** The answer in one sentence. */
export function explainGoverning(governing: Governing, answering: Answering): string {
  const sentence = explainInWords(governing, tellingOf(answering));
  return governing.kind === 'undated' ? `${sentence} Give one with --at.` : sentence;
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

/** Where the certificate is otherwise than declared, errors first, with all that declare it. */
export function listDeviations(governing: Governing): string[] {
  return collectDeviations(governing).map(({ severity, at, seen, expected, requirement, stated }) => {
    const places = stated.map(({ span, section }) => `${nameVersion(span)}${section ? ` Section ${section}` : ''}`);
    return `${severity}  ${show(at)}: seen ${show(seen)}; expected ${show(expected)}${requirement ? `, ${requirement}` : ''} (${places.join(', ')})`;
  });
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

/** What trusted lists say of it, in the words of the site. */
function describeListed(listed: ListsAnswer | undefined, { lists, zone }: Answering): string[] {
  if (!listed || !lists) return [];
  const strings = qualificationStrings('en');
  return [`${strings.title}:`, ...[...explainLists(listed, { ...lists, zone }, strings), strings.limits].map((sentence) => `  ${showShort(sentence, 600)}`)];
}

/** The whole answer for one certificate, for people. */
export function describeAnswer({ governing, judgement, listed }: Answered, answering: Answering): string[] {
  const telling = tellingOf(answering);
  const { says, policies, kind } = governing;
  const deviations = listDeviations(governing);
  const isSeen = kind === 'governed' && deviations.length === 0;
  return [
    describeSummary(says, telling),
    policies.length > 0
      ? `Policies: ${policies.map((policy) => `${show(policy.oid)} (${describePolicy(policy, telling)})`).join(', ')}.`
      : 'It names no policies.',
    explainGoverning(governing, answering),
    ...describeTexts(governing, answering).map((line) => `  ${line}`),
    ...describeDoubts(governing, telling),
    ...(isSeen ? [words.agrees] : []),
    ...(deviations.length > 0 ? [`${plural(deviations.length, 'deviation')}:`, ...deviations.map((line) => `  ${line}`)] : []),
    ...(judgement ? describeJudgement(judgement) : []),
    ...describeListed(listed, answering),
  ];
}
