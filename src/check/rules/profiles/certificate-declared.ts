import { writeDistinguishedName } from '../../../model/distinguished-name.ts';
import type { Observation, Rule } from '../../../model/finding.ts';
import type { GoverningText, OtherText } from '../../../model/governing.ts';
import { listSamples, nameFrontMatter, nameSection, onlyPractices, practicesInForce, type Sample } from '../../../model/sample.ts';
import { localTime } from '../../../model/time.ts';
import { policiesOf, type Workspace } from '../../../model/workspace.ts';

const POLICIES = 'tbsCertificate.extensions.certificatePolicies';

/** Each sample was issued under one policy that a text in force at its notBefore lists. */
export const certificateDeclared: Rule = {
  id: 'profiles/certificate-declared',
  demands: 'Each deployed certificate of a subscriber names one policy that a text in force at its notBefore lists.',
  basis: { standard: 'ETSI EN 319 411-2', edition: 'V2.6.1', clause: '6.6.1' },
  severity: 'error',
  *check(workspace) {
    if (!workspace.register.entries.some(({ kind }) => kind === 'version')) return;
    for (const sample of listSamples(workspace)) yield* checkSample(workspace, sample);
  },
};

function* checkSample(workspace: Workspace, sample: Sample): Iterable<Observation> {
  const { kind } = sample.governing;
  if (kind === 'undated') yield undated(sample);
  else if (kind === 'foreign') yield sample.signature === 'no-issuer' ? foreign(sample) : undeclared(workspace, sample);
  else if (kind === 'not-then') yield elsewhen(workspace, sample);
  else yield* checkUnique(sample);
}

const undated = ({ facts, place }: Sample): Observation => ({
  message: 'When the certificate was issued cannot be read from it.',
  at: { ...place, path: facts.validity.notBefore.at },
  seen: facts.validity.notBefore.written,
  expected: 'an instant: the version of the CP and CPS in force then governs the certificate',
});

const foreign = (sample: Sample): Observation => ({
  message: `The certificate is none of this provider: none of its policies was ever listed, and no CA of content/certificates issued it.`,
  at: { ...sample.place, path: POLICIES },
  seen: `${namePolicies(sample)}; issuer ${writeDistinguishedName(sample.facts.issuer)}`,
  expected: 'a policy that the front matter of a registered text lists, and an issuer whose certificate stands in content/certificates',
  advice: 'Put the certificate of its CA there, or take this one out.',
});

const undeclared = (workspace: Workspace, sample: Sample): Observation => ({
  message: 'No registered text ever listed a policy of the certificate.',
  at: { ...sample.place, path: POLICIES },
  seen: namePolicies(sample),
  expected: describeListed(workspace, sample),
  ...weigh(sample, 'If the certificate was issued to a subscriber, it has to be revoked; if it is none of yours, take it out.'),
});

/** A version that nobody can read may list the policy: so it is only a doubt. */
function weigh({ governing: { unknown } }: Sample, advice: string): Pick<Observation, 'severity' | 'advice'> {
  const names = unknown.map(({ entry }) => `${entry.document} ${entry.version}`);
  if (names.length === 0) return { advice };
  return { severity: 'warning', advice: `What ${names.join(' and ')} listed then cannot be read here: see whether the policy was among it.` };
}

/** RFC 3647 has the OIDs of policies in this section; front matter says the same for machines. */
const SECTION = '7.1.6';

/** What the texts in force then list, and where. */
function describeListed(workspace: Workspace, { governing: { at } }: Sample): string {
  const practices = practicesInForce(workspace, at);
  const oids = new Set(practices.flatMap((entry) => policiesOf(workspace, entry).map(({ oid }) => oid)));
  const places = practices.map((entry) => `the ${nameFrontMatter(workspace, entry)}, ${nameSection(workspace, entry, SECTION)}`);
  const day = at ? localTime(at, workspace.config.timeZone) : 'its first day';
  if (oids.size === 0) return `a policy that a text in force on ${day} lists in its front matter`;
  return `one of the policies in force on ${day}, ${[...oids].join(', ')}; stated by ${places.join('; and by ')}`;
}

function elsewhen(workspace: Workspace, sample: Sample): Observation {
  const { at, others } = sample.governing;
  const { timeZone } = workspace.config;
  return {
    message: 'No text in force when the certificate was issued lists its policy.',
    at: { ...sample.place, path: findPath(sample, others[0]?.policy.oid) },
    seen: `${namePolicies(sample)} on ${at ? localTime(at, timeZone) : ''}; listed by ${onlyPractices(workspace, others)
      .map((other) => describeOther(other, timeZone))
      .join(', ')}`,
    expected: describeListed(workspace, sample),
    ...weigh(sample, 'See whether the certificate has to be revoked, or whether the text in force then forgot the policy.'),
  };
}

function describeOther({ span, when }: OtherText, zone: string): string {
  const name = `${span.entry.document} ${span.entry.version}`;
  if (when === 'later') return `${name}, in force from ${localTime(span.from, zone)}`;
  return `${name}, in force until ${span.until ? localTime(span.until, zone) : 'now'}`;
}

/** Of each text, a certificate has one policy: two have two profiles, and it can keep to one of them at most. */
function* checkUnique(sample: Sample): Iterable<Observation> {
  const byText = new Map<string, GoverningText[]>();
  for (const text of sample.governing.texts) {
    const name = `${text.span.entry.document} ${text.span.entry.version}`;
    byText.set(name, [...(byText.get(name) ?? []), text]);
  }
  const several = [...byText].filter(([, texts]) => texts.length > 1);
  const [first] = several;
  if (!first) return;
  yield {
    message: 'The certificate names more than one policy of the texts that governed it.',
    at: { ...sample.place, path: POLICIES },
    seen: first[1].map(({ policy }) => `${policy.oid} (${policy.name}${policy.profile ? `, profile ${policy.profile}` : ''})`).join(' and '),
    expected: `one of the policies of ${several.map(([name]) => name).join(' and ')}, so that one profile holds`,
    advice: 'Issue under one policy, and see whether certificates such as this one have to be revoked.',
  };
}

const findPath = ({ governing }: Sample, oid: string | undefined): string => governing.policies.find((policy) => policy.oid === oid)?.at ?? POLICIES;

const namePolicies = ({ governing }: Sample): string =>
  governing.policies.length === 0 ? 'no policy' : governing.policies.map(({ oid, name }) => (name ? `${oid} (${name})` : oid)).join(', ');
