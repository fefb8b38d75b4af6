import { findPlace } from '../../model/asn1.ts';
import type { CertificateFacts } from '../../model/certificate.ts';
import type { CertificateCheck, CertificateRule, CertificateStandard, CertificateStandards, Condition } from '../../model/certificate-rule.ts';
import type { CertificateFinding, JudgedBy, Judgement } from './certificate-finding.ts';
import { type Claim, type Declared, findClaim } from './claim.ts';
import { placeOf, readField, type Seen } from './fields.ts';
import { remember } from './remember.ts';
import { type Fault, type Subject, TESTS } from './tests.ts';

const WEIGHTS = { shall: 'error', should: 'warning', may: 'info', void: 'info' } as const;
/** A certificate made to go wrong everywhere still gives an answer of bounded size. */
const MOST_FINDINGS = 500;

/**
 * What EN 319 412 and its companions say about an end-entity certificate. A requirement that is younger than the
 * certificate gives a remark, one that reaches it only by analogy or under a presumed policy a warning at most.
 * CA certificates, and certificates that neither are qualified nor name a policy of ETSI, are not judged.
 */
export function checkCertificate(facts: CertificateFacts, standards: CertificateStandards, declared?: Declared): Judgement {
  const claim = findClaim(facts, declared);
  if (typeof claim === 'string') return { judged: false, reason: claim, findings: [] };
  const issued = facts.validity.notBefore.instant ?? '';
  const { list, questionsFor } = prepare(standards);
  const findings: CertificateFinding[] = [];
  for (const question of questionsFor(claim)) {
    const { check } = question;
    if (!check.when.every((condition) => holds(condition, facts))) continue;
    for (const fault of findFaults(check, { facts, claim, list })) findings.push(report(facts, { ...question, fault, claim, issued }));
  }
  return { judged: true, claim, judgedBy: listEditions(standards, issued), findings: withoutRepeats(findings).slice(0, MOST_FINDINGS) };
}

const listEditions = ({ standards }: CertificateStandards, issued: string): JudgedBy[] =>
  standards.map(({ standard, edition, published }) => ({ standard, edition, published, publishedLater: issued.slice(0, 7) < published }));

/** One check with the requirement that asks for it. */
interface Question {
  readonly standard: CertificateStandard;
  readonly rule: CertificateRule;
  readonly check: CertificateCheck;
}

/** Standards as thousands of certificates are held against them: what is the same for all of a claim is looked up once. */
interface Prepared {
  list: Subject['list'];
  questionsFor(claim: Claim): readonly Question[];
}

const prepared = new WeakMap<CertificateStandards, Prepared>();

function prepare(standards: CertificateStandards): Prepared {
  const known = prepared.get(standards) ?? { list: remember((name) => new Set(standards.lists[name]?.split(' '))), questionsFor: readQuestions(standards) };
  prepared.set(standards, known);
  return known;
}

/** There are only so many claims: each of their parts has few values. */
function readQuestions({ standards }: CertificateStandards): Prepared['questionsFor'] {
  const questions = new Map<string, readonly Question[]>();
  return (claim) => {
    const key = [claim.policy, claim.subject, claim.legislation, claim.psd2].join(' ');
    const known = questions.get(key) ?? standards.flatMap((standard) => askOf(standard, claim));
    questions.set(key, known);
    return known;
  };
}

const askOf = (standard: CertificateStandard, claim: Claim): Question[] =>
  standard.rules
    .filter((rule) => reaches(rule, claim))
    .flatMap((rule) => rule.checks.filter((check) => concerns(check, claim)).map((check) => ({ standard, rule, check })));

const reaches = ({ policies, subject }: CertificateRule, claim: Claim): boolean =>
  policies.includes(claim.policy) && (subject === undefined || subject === claim.subject);

function concerns({ policies, subject, legislation, psd2 }: CertificateCheck, claim: Claim): boolean {
  if (policies && !policies.includes(claim.policy)) return false;
  if (subject && subject !== claim.subject) return false;
  if (legislation && legislation !== claim.legislation) return false;
  return !psd2 || (psd2 === 'true') === claim.psd2;
}

/** A condition on a field without values holds, unless it asks for their presence. */
const holds = (condition: Condition, facts: CertificateFacts): boolean =>
  condition.is === 'present' ? readField(facts, condition.field ?? '').length > 0 : compare(condition, facts, () => new Set()).next().done === true;

function findFaults(check: CertificateCheck, { facts, claim, list }: Omit<Subject, 'values'>): Iterable<Fault> {
  if (check.test === undefined) return compare(check, facts, list);
  const test = Object.hasOwn(TESTS, check.test) ? TESTS[check.test] : undefined;
  if (!test) throw new Error(`There is no test "${check.test}" of certificates.`);
  return test({ facts, claim, list, values: check.field === undefined ? [] : readField(facts, check.field) });
}

/** What a field shows against what it should. */
function* compare(check: Condition, facts: CertificateFacts, list: Subject['list']): Generator<Fault, void> {
  const { field = '', is, some } = check;
  const values = readField(facts, field);
  const name = nameField(field);
  if (is === 'present' && values.length === 0 && !isWithoutAny(facts, field)) yield { at: placeOf(facts, field), seen: 'nothing', expected: name };
  if (is === 'absent' && values[0]) yield { at: values[0].at, seen: shown(values[0], name), expected: `no ${name.replace(/^(?:the|an?) /, '')}` };
  if (is === 'once' && values[1]) yield { at: values[1].at, seen: `${values.length} of ${name}`, expected: 'one' };
  if (is === 'non-critical')
    yield* values
      .filter(({ value }) => value === 'critical true')
      .map(({ at }) => ({ at, seen: `${name} is critical`, expected: 'an extension that is not critical' }));
  if (some !== undefined && values[0] && !values.some(({ value }) => pattern(some).test(value)))
    yield { at: values[0].at, seen: values.map((value) => shown(value, name)).join(', '), expected: some };
  for (const value of values) {
    const expected = findMismatch(check, value.value, facts, list);
    if (expected !== undefined) yield { at: value.at, seen: shown(value, name), expected };
  }
}

/** Where a certificate has no extensions at all, one finding says so for all that would stand in them. */
const isWithoutAny = (facts: CertificateFacts, field: string): boolean =>
  facts.extensions.length === 0 && field !== 'extensions' && !/^(?:subject|issuer)\./.test(field);

const shown = ({ value, shown: words }: Seen, name: string): string => words ?? (value === '' || value.startsWith('critical ') ? name : value);

/** What one value should be and is not; undefined where it is. */
function findMismatch(
  { each, oneOf, noneOf, in: listed, ignoreCase, atMost, differsFrom }: Condition,
  value: string,
  facts: CertificateFacts,
  list: Subject['list'],
) {
  if (each !== undefined && !pattern(each).test(value)) return each;
  if (oneOf && !oneOf.includes(value)) return oneOf.join(' or ');
  if (noneOf?.includes(value)) return `anything but ${value}`;
  if (listed !== undefined && !list(listed).has(ignoreCase ? value.toLowerCase() : value)) return listed;
  if (atMost !== undefined && Number(value) > Number(atMost)) return `at most ${atMost}`;
  if (differsFrom !== undefined && readField(facts, differsFrom).some((other) => fold(other.value) === fold(value)))
    return `another value than ${nameField(differsFrom)} has`;
  return undefined;
}

const fold = (text: string): string => text.normalize('NFKC').trim().toLowerCase();

/** The patterns are data of the package, written so that each is linear in its input. */
const pattern = remember((source) => new RegExp(source, 'su'));

const NAMES: Readonly<Record<string, string>> = {
  'aia.caIssuers': 'caIssuers',
  'aia.ocsp': 'an OCSP address',
  crl: 'a CRL address',
  'policies.qualified': 'a policy of EN 319 411-2',
  'semantics.authority': 'nameRegistrationAuthorities',
  authorityKeyIdentifier: 'keyIdentifier',
  'san.other': 'another kind of name',
  'san.iPAddress': 'an iPAddress',
  extensions: 'extensions',
  statements: 'a statement',
  'subject.person': 'givenName, surname or pseudonym',
  'PSD2.role': 'a role',
};

/** `countryName in the subject`, `the statement QcType`, `the extension keyUsage`. */
const nameField = remember((field) => {
  const [group, name = ''] = field.split(/\.(.*)/s);
  if (Object.hasOwn(NAMES, field)) return NAMES[field] ?? field;
  if (group === 'subject' || group === 'issuer') return `${name} in the ${group}`;
  if (group === 'extension' || group === 'statement') return `the ${group} ${name}`;
  return field;
});

interface Reported extends Question {
  fault: Fault;
  claim: Claim;
  issued: string;
}

function report(facts: CertificateFacts, { standard, rule, check, fault, claim, issued }: Reported): CertificateFinding {
  const [severity, because] = weigh({ standard, rule, check, fault, claim, issued });
  const place = findPlace(facts, fault.at);
  const expected = check.expected ?? fault.expected;
  const seen = shorten(fault.seen);
  return {
    requirement: `${standard.short}:${rule.id}`,
    basis: { standard: standard.standard, edition: standard.edition, clause: rule.id },
    severity,
    at: fault.at,
    ...(place && { place }),
    seen,
    expected,
    message: `In ${fault.at} there is ${seen} where ${rule.id} expects ${expected}.`,
    ...(because !== undefined && { because }),
  };
}

const MOST_SHOWN = 200;
const shorten = (text: string): string => (text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text);

function weigh({ standard, rule, check, fault, claim, issued }: Reported): [CertificateFinding['severity'], string?] {
  const weight = fault.severity ?? check.severity ?? WEIGHTS[rule.kind];
  const since = check.since ?? rule.since;
  if (issued < since) return ['info', `The certificate is from before ${since}, when this began to bind.`];
  if (weight !== 'error') return [weight];
  if (standard.byAnalogy.some(({ policy, subject }) => policy === claim.policy && subject === claim.subject))
    return ['warning', `It reaches ${claim.policy} for a ${claim.subject} person only by analogy.`];
  if (claim.from === 'presumed' && !rule.policies.includes('unknown')) return ['warning', `The policy ${claim.policy} is only presumed from the statements.`];
  return ['error'];
}

/** One finding where two checks of a requirement say the same of a field. */
function withoutRepeats(findings: readonly CertificateFinding[]): CertificateFinding[] {
  const seen = new Set<string>();
  return findings.filter(({ requirement, severity, at, expected }) => {
    const key = [requirement, severity, at, expected].join('\n');
    const known = seen.has(key);
    seen.add(key);
    return !known;
  });
}
