import type { Irregularity } from '../../model/asn1.ts';
import type { CertificateFacts } from '../../model/certificate.ts';
import { etsiPolicyOf } from '../../model/etsi-policy-oid.ts';
import { parseSemanticIdentifier } from '../../model/semantic-identifier.ts';
import type { Claim } from './claim.ts';
import { readField, readStatements, type Seen } from './fields.ts';
import { isPublicHost, looksLikeHost } from './host.ts';

/** What a test found wrong: where, what, and what should be there instead. */
export interface Fault {
  readonly at: string;
  readonly seen: string;
  readonly expected: string;
  /** Where one requirement stands for faults of different weight. */
  readonly severity?: 'error' | 'warning' | 'info';
}

/** What a test looks at. */
export interface Subject {
  readonly facts: CertificateFacts;
  readonly claim: Claim;
  /** Values of the field that the check names; none where it names none. */
  readonly values: readonly Seen[];
  /** A list of the catalogues, such as the codes of ISO 3166-1. */
  list(name: string): ReadonlySet<string>;
}

/** Tests that no shape of the data can express, by the name that a check gives. */
export const TESTS: Readonly<Record<string, (subject: Subject) => Iterable<Fault>>> = {
  single: ({ values }) =>
    values.slice(1).map(({ at, value, shown }) => ({ at, seen: shown ?? value, expected: `nothing beside ${values[0]?.shown ?? values[0]?.value}` })),
  'same-policy': ({ values, claim }) =>
    values.some(({ value }) => etsiPolicyOf(value) === claim.policy) ? [] : each(values.slice(0, 1), () => false, `the policy ${claim.policy}`),
  'identifier-country': identifierCountry,
  'assigned-country': ({ values }) => each(values, ({ value }) => !USER_ASSIGNED.test(countryOf(value)), 'a country whose code ISO 3166-1 assigns'),
  'eidas-countries': ({ values, list }) =>
    each(values, ({ value }) => value.split(/[/-]/, 2).every((country) => list('country').has(country) || country === 'EL'), 'two countries of ISO 3166-1'),
  'leading-country': ({ values, list }) =>
    each(values, ({ value }) => list('country').has(value.slice(0, 2)) || !/^[A-Z]{2}-/.test(value), 'a country of ISO 3166-1'),
  'legal-entity-identifier': ({ values }) =>
    each(values, ({ value }) => !value.startsWith('LEIXG-') || isLegalEntityIdentifier(value.slice(6)), 'an identifier of ISO 17442 with its check digits'),
  'public-host': ({ values }) => each(values, ({ value }) => isPublicHost(hostOf(value)), 'a host that is reachable from everywhere'),
  'public-name': ({ values }) => each(values, ({ value }) => isPublicHost(value.replace(/^\*\./, '')), 'a well-formed public host name or address'),
  'host-in-san': hostInSan,
  'names-the-person': namesThePerson,
  'one-script': oneScript,
  'key-strength': keyStrength,
  'pds-languages': pdsLanguages,
  'role-names': ({ facts }) =>
    readStatements(facts, 'PSD2').flatMap(({ value }) =>
      value.roles
        .filter(({ name, roleName }) => name !== undefined && ROLE_NAMES.has(roleName) && name.toLowerCase() !== roleName.toLowerCase())
        .map(({ at, oid, name, roleName }) => ({ at, seen: `${roleName} with ${oid}`, expected: name ?? '' })),
    ),
  criticality,
  encoding: ({ facts }) =>
    facts.irregularities.filter(({ at }) => !isOfStatements(at)).map((irregularity) => ({ ...faultOf(irregularity), severity: weigh(irregularity) })),
  'statement-encoding': ({ facts }) =>
    facts.irregularities.filter((irregularity) => isOfStatements(irregularity.at) && !isDatedSize(irregularity) && !isNoStatement(irregularity)).map(faultOf),
  'statements-readable': ({ facts }) =>
    facts.extensions
      .filter(({ name, value }) => name === 'qcStatements' && value === undefined)
      .map(({ at }) => ({ at, seen: 'an extension that cannot be decoded', expected: 'QCStatements as in RFC 3739' })),
};

const each = (values: readonly Seen[], holds: (value: Seen) => boolean, expected: string): Fault[] =>
  values.filter((value) => !holds(value)).map(({ at, value, shown }) => ({ at, seen: shown ?? value, expected }));

const ROLE_NAMES = new Set(['PSP_AS', 'PSP_PI', 'PSP_AI', 'PSP_IC', 'Unspecified', 'unspecified']);

/** Codes that ISO 3166-1 leaves to its users; XG is taken (EN 319 412-1, GEN-5.1.1-02). */
const USER_ASSIGNED = /^(?:AA|Q[M-Z]|X[A-FH-Z]|ZZ)$/;
const countryOf = (text: string): string => parseSemanticIdentifier(text)?.country ?? '';

/** Assigned by ISO 3166-1, supranational (GEN-5.1.1-01, -02), left to users (-03), or of a tax number (LEG-5.1.4-04). */
function identifierCountry({ values, list }: Subject): Fault[] {
  const known = (text: string): boolean => {
    const { country, scheme } = parseSemanticIdentifier(text) ?? { country: 'EU', scheme: '' };
    if (list('country').has(country) || /^(?:EU|UN|XG)$/.test(country) || USER_ASSIGNED.test(country)) return true;
    return country === 'EL' || (country === 'XI' && /^(?:VAT|TIN|TAX)$/.test(scheme));
  };
  return each(values, ({ value }) => known(value), 'a country of ISO 3166-1, EU, UN or XG');
}

/** ISO 7064, MOD 97-10, over 20 characters. */
function isLegalEntityIdentifier(text: string): boolean {
  if (!/^[A-Z0-9]{18}\d\d$/.test(text)) return false;
  let rest = 0;
  for (const character of text) {
    const digit = Number.parseInt(character, 36);
    rest = (rest * (digit > 9 ? 100 : 10) + digit) % 97;
  }
  return rest === 1;
}

/** The host of an address without user and port. */
const hostOf = (address: string): string => /^[a-z][\w+.-]*:\/\/(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]*)/i.exec(address)?.[1] ?? '';

function hostInSan({ facts, values }: Subject): Fault[] {
  const names = new Set([...readField(facts, 'san.dNSName'), ...readField(facts, 'san.iPAddress')].map(({ value }) => value.toLowerCase()));
  return each(
    values,
    ({ value }) => !looksLikeHost(value) || names.has(value.toLowerCase()),
    'a name or address that the subject alternative name has as well',
  );
}

const wordsOf = (text: string): string[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];

function namesThePerson({ facts, values }: Subject): Fault[] {
  const words = new Set(readField(facts, 'subject.person').flatMap(({ value }) => wordsOf(value)));
  return words.size === 0 ? [] : each(values, ({ value }) => wordsOf(value).some((word) => words.has(word)), 'a word of givenName, surname or pseudonym');
}

const SCRIPTS = ['Latin', 'Greek', 'Cyrillic', 'Hebrew', 'Arabic', 'Georgian', 'Armenian', 'Han', 'Hangul'];
const SCRIPT_TESTS = SCRIPTS.map((script) => [script, new RegExp(`\\p{Script=${script}}`, 'u')] as const);

function* oneScript({ facts }: Subject): Iterable<Fault> {
  const values = ['givenName', 'surname', 'commonName'].flatMap((name) => readField(facts, `subject.${name}`));
  const used = SCRIPT_TESTS.flatMap(([script, test]) => values.filter(({ value }) => test.test(value)).map(({ at }) => ({ script, at })));
  const other = used.find(({ script }) => script !== used[0]?.script);
  if (used[0] && other) yield { at: other.at, seen: `${used[0].script} and ${other.script}`, expected: 'one script in givenName, surname and commonName' };
}

const CURVES = /^(?:1\.2\.840\.10045\.3\.1\.7|1\.3\.132\.0\.3[45]|1\.3\.36\.3\.3\.2\.8\.1\.1\.(?:7|11|13)|1\.2\.250\.1\.223\.101\.256\.1)$/;

/** TS 119 312: the curves P-256, P-384, P-521, Brainpool r1 of these sizes and FRP256v1; RSA from 1900 bits with a sound exponent. */
function* keyStrength({ facts: { subjectPublicKeyInfo: key } }: Subject): Iterable<Fault> {
  if (key.type === 'RSA' && (key.bits ?? 0) < 1900) yield { at: key.at, seen: `RSA with ${key.bits} bits`, expected: 'at least 1900 bits' };
  const exponent = BigInt(key.exponent ?? 65537);
  if (exponent % 2n === 0n || exponent <= 65536n || exponent >= 2n ** 256n)
    yield { at: key.at, seen: `the exponent ${key.exponent}`, expected: 'an odd number above 65536 and below 2^256' };
  if (key.type === 'EC' && !CURVES.test(key.curve?.oid ?? ''))
    yield { at: key.at, seen: `the curve ${key.curve?.name ?? key.curve?.oid ?? 'without a name'}`, expected: 'a curve of TS 119 312' };
  if (key.type === 'DSA') yield { at: key.at, seen: 'DSA', expected: 'RSA, ECDSA or EdDSA' };
}

function* pdsLanguages({ facts }: Subject): Iterable<Fault> {
  const [first] = readStatements(facts, 'QcPDS');
  if (!first) return;
  const seen = new Set<string>();
  for (const { at, value } of readField(facts, 'QcPDS.language')) {
    const language = value.toLowerCase();
    if (seen.has(language)) yield { at, seen: `${value} again`, expected: 'one entry for each language' };
    seen.add(language);
  }
  if (!seen.has('en')) yield { at: first.at, seen: [...seen].join(', ') || 'no entry', expected: 'an entry in English' };
}

/** Extensions that may be critical, and those that a requirement of their own speaks of. */
const JUDGED_ELSEWHERE = new Set([
  'subjectAltName',
  'issuerAltName',
  'extKeyUsage',
  'cRLDistributionPoints',
  'certificatePolicies',
  'qcStatements',
  'validityAssuredShortTerm',
]);
const MAY_BE_CRITICAL = new Set([
  'keyUsage',
  'basicConstraints',
  'precertificatePoison',
  'policyMappings',
  'nameConstraints',
  'policyConstraints',
  'inhibitAnyPolicy',
]);

function criticality({ facts }: Subject): Fault[] {
  return facts.extensions
    .filter(({ critical, name }) => critical && !JUDGED_ELSEWHERE.has(name ?? '') && !MAY_BE_CRITICAL.has(name ?? ''))
    .map(({ at, oid, name }) => ({ at, seen: `${name ?? oid} is critical`, expected: 'an extension that is not critical' }));
}

const isOfStatements = (at: string): boolean => at.startsWith('tbsCertificate.extensions.qcStatements');
const faultOf = ({ at, seen, expected }: Irregularity): Fault => ({ at, seen, expected });

/** More than one purpose in QcType, which older editions allow: clause 4.2.3 judges it by the date. */
const isDatedSize = ({ kind, at, expected }: Irregularity): boolean => kind === 'wrong-size' && expected === '1' && /qcStatements\[\d+\]$/.test(at);

/** An extension without a statement, which QCS-4.1-01 judges. */
const isNoStatement = ({ kind, at }: Irregularity): boolean => kind === 'empty-list' && !at.includes('[');

/** Names and texts may be longer than RFC 5280 has them (NAT-4.2.4-18, LEG-4.2.1-9); what other software rejects is an error. */
function weigh({ kind }: Irregularity): 'error' | 'warning' | 'info' {
  if (kind === 'wrong-size') return 'info';
  return kind === 'not-decodable' || kind === 'duplicate-extension' || kind === 'trailing-data' ? 'error' : 'warning';
}
