import type { CertificateFacts } from './certificate.ts';
import { findExtension, type PolicyInformation } from './certificate-extension.ts';
import { type CertificateSummary, summariseCertificate } from './certificate-summary.ts';
import { type ClaimDeviation, type ClaimName, compareClaims } from './compare-claims.ts';
import { compareToProfile, type Deviation } from './compare-profile.ts';
import type { DocumentType, Policy } from './document.ts';
import { etsiPolicyOf } from './etsi-policy-oid.ts';
import { inForce, readTimelines, type State, stateOf, type VersionSpan } from './in-force.ts';
import { oidName } from './oid-name.ts';
import type { Profile } from './profile.ts';
import type { Instant } from './time.ts';
import type { Register, VersionEntry } from './version.ts';

/** What a published version declares, as far as a machine can read it. */
export interface DeclaredText {
  type: DocumentType;
  policies: readonly Policy[];
  /** The profiles bound to the version, by their ids. */
  profiles?: Readonly<Record<string, Profile>>;
}

/** A provider's register, and what each of its versions declares. */
export interface Declarations {
  register: Register;
  /** Undefined where nobody can say: the text is not held, or has no front matter. */
  textOf(entry: VersionEntry): DeclaredText | undefined;
}

/** A policy that a certificate names. */
export interface NamedPolicy {
  oid: string;
  /** Its path in the certificate. */
  at: string;
  name: string | undefined;
  /** `own`: a version of this provider lists it, and it is none that many providers share. */
  origin: 'own' | 'etsi' | 'ca-browser-forum' | 'x509' | 'unknown';
}

/** A claim of the front matter that the certificate contradicts, with the section that makes it. */
export type GoverningClaim = ClaimDeviation & { section: string | undefined };

/** How a certificate compares with the profile of its policy. */
export type ProfileComparison =
  | { kind: 'compared'; id: string; section: string; deviations: readonly Deviation[] }
  /** The version declares none that a machine can read; its section on certificate profiles is for people. */
  | { kind: 'not-declared'; section: string | undefined };

/** A version that was in force, and the policy of the certificate that it listed. */
export interface GoverningText {
  span: VersionSpan;
  policy: Policy;
  stateNow: State;
  /** Sections that state what holds under the policy. */
  sections: { qualified: string | undefined; qscd: string | undefined; profile: string | undefined };
  claims: readonly GoverningClaim[];
  profile: ProfileComparison;
}

/** A version that lists a policy of the certificate, but was not in force at the instant. */
export interface OtherText {
  span: VersionSpan;
  policy: Policy;
  /** Before the instant, or after it. */
  when: 'earlier' | 'later';
}

/**
 * - `governed`: texts in force then list a policy of the certificate;
 * - `not-then`: only texts in force at other times do;
 * - `foreign`: no text ever did; the certificate is of another provider, or of no policy;
 * - `ca`: policies apply to CA certificates as sets for a whole path, not as the policy that a text governs;
 * - `ocsp-signer`: it signs OCSP responses, names no policy, and needs none;
 * - `undated`: its notBefore is no instant, and no other was given.
 */
export type GoverningKind = 'governed' | 'not-then' | 'foreign' | 'ca' | 'ocsp-signer' | 'undated';

/** The answer to "which policy governed this certificate?". */
export interface Governing {
  kind: GoverningKind;
  /** Undefined for `undated` only. */
  at: Instant | undefined;
  atFrom: 'notBefore' | 'given';
  says: CertificateSummary;
  policies: readonly NamedPolicy[];
  /** By document; none unless `governed`. */
  texts: readonly GoverningText[];
  /** Every match rests on a policy that many providers name, such as one of ETSI: the issuer must tell whose it is. */
  sharedOnly: boolean;
  /** None unless `not-then`: of each document the last version before that lists a policy, and the first one after. */
  others: readonly OtherText[];
  /** Versions in force then of which nobody can say what they list. */
  unknown: readonly VersionSpan[];
}

/**
 * Says which texts governed a certificate: those whose version in force at its notBefore, or at `at`, lists one of its
 * policies; and where it contradicts what they declare. `now` is for their state. It does not say whether the
 * certificate is genuine: no signature is verified.
 */
export function findGoverning(facts: CertificateFacts, declarations: Declarations, { now, at: given }: { now: Instant; at?: Instant | undefined }): Governing {
  const says = summariseCertificate(facts);
  const at = given ?? says.notBefore;
  const named = findExtension(facts, 'certificatePolicies')?.value?.policies ?? [];
  const listings = findListings(declarations, new Set(named.map(({ oid }) => oid)));
  const common = {
    at,
    atFrom: given ? ('given' as const) : ('notBefore' as const),
    says,
    policies: named.map((policy) => nameOf(policy, listings)),
    texts: [],
    sharedOnly: false,
    others: [],
    unknown: [],
  };
  if (says.isCa) return { ...common, kind: 'ca' };
  if (says.isOcspSigner && named.length === 0) return { ...common, kind: 'ocsp-signer' };
  if (!at) return { ...common, kind: 'undated' };
  const then = listings.filter(({ span }) => isIn(span, at));
  const others = then.length > 0 ? [] : nearest(listings, at);
  const sharedOnly = [...then, ...others].every(({ policy }) => isShared(policy.oid)) && then.length + others.length > 0;
  const kind = then.length > 0 ? 'governed' : others.length > 0 ? 'not-then' : 'foreign';
  const texts = then.map((listing) => compareText(facts, listing, now));
  return { ...common, kind, texts, sharedOnly, others, unknown: findUnknown(declarations, at) };
}

interface Listing {
  span: VersionSpan;
  policy: Policy;
  text: DeclaredText;
}

/** The versions, document by document and oldest first, that list one of these policies and were or will be in force. */
function findListings({ register, textOf }: Declarations, oids: ReadonlySet<string>): readonly Listing[] {
  if (oids.size === 0) return [];
  return [...readTimelines(register).values()].flatMap(({ spans }) =>
    spans.flatMap((span) => {
      if (span.until === span.from) return [];
      const text = textOf(span.entry);
      return (text?.policies ?? []).filter(({ oid }) => oids.has(oid)).map((policy) => ({ span, policy, text: text as DeclaredText }));
    }),
  );
}

const isIn = ({ from, until }: VersionSpan, at: Instant): boolean => from <= at && (until === undefined || at < until);

function findUnknown({ register, textOf }: Declarations, at: Instant): readonly VersionSpan[] {
  return [...readTimelines(register).keys()].flatMap((document) => {
    const { version } = inForce(register, document, at);
    return version && !textOf(version.entry) ? [version] : [];
  });
}

/** Arcs of policies that are nobody's own. */
const SHARED: readonly (readonly [arc: string, origin: NamedPolicy['origin']])[] = [
  ['0.4.0.', 'etsi'],
  ['2.23.140.', 'ca-browser-forum'],
  ['2.5.29.32.', 'x509'],
];
const sharedOrigin = (oid: string) => SHARED.find(([arc]) => oid.startsWith(arc))?.[1];
const isShared = (oid: string): boolean => sharedOrigin(oid) !== undefined;

/** A provider's own policy has the name that the newest version gives it. */
function nameOf({ oid, at }: PolicyInformation, listings: readonly Listing[]): NamedPolicy {
  const origin = sharedOrigin(oid);
  if (origin) return { oid, at, name: etsiPolicyOf(oid) ?? oidName(oid), origin };
  const newest = listings.filter(({ policy }) => policy.oid === oid).reduce<Listing | undefined>((a, b) => (a && a.span.from > b.span.from ? a : b), undefined);
  return { oid, at, name: newest?.policy.name ?? oidName(oid), origin: newest ? 'own' : 'unknown' };
}

const hasProfiles = (type: DocumentType): boolean => type === 'CP' || type === 'CPS' || type === 'CP-CPS';
/** RFC 3647 puts certificate profiles into this section. */
const PROFILE_SECTION = '7.1';

function compareText(facts: CertificateFacts, { span, policy, text }: Listing, now: Instant): GoverningText {
  const profile = compareProfile(facts, policy, text);
  const sections = { qualified: policy.qualified?.statement, qscd: policy.qscd?.statement, profile: profile.section };
  const sectionOf = (claim: ClaimName) => (claim === 'conformsTo' ? undefined : sections[claim]);
  const claims = compareClaims(facts, policy).map((claim) => ({ ...claim, section: sectionOf(claim.claim) }));
  return { span, policy, stateNow: stateOf(span, now), sections, claims, profile };
}

function compareProfile(facts: CertificateFacts, { profile: id }: Policy, { type, profiles }: DeclaredText): ProfileComparison {
  const profile = id !== undefined && profiles && Object.hasOwn(profiles, id) ? profiles[id] : undefined;
  if (profile) return { kind: 'compared', id: profile.id, section: profile.section, deviations: compareToProfile(facts, profile) };
  return { kind: 'not-declared', section: hasProfiles(type) ? PROFILE_SECTION : undefined };
}

/** Of the versions of a document that list a policy, the last one before an instant and the first one after it. */
function nearest(listings: readonly Listing[], at: Instant): readonly OtherText[] {
  const found = new Map<string, OtherText>();
  for (const { span, policy } of listings) {
    const when = span.from > at ? ('later' as const) : ('earlier' as const);
    const key = `${span.entry.document} ${policy.oid} ${when}`;
    if (when === 'earlier' || !found.has(key)) found.set(key, { span, policy, when });
  }
  return [...found.values()];
}

/** A place where a certificate is otherwise than texts that governed it declare. */
export interface GoverningDeviation {
  severity: 'error' | 'warning';
  /** How it differs from a row of a profile; undefined for a claim of the front matter. */
  kind: Deviation['kind'] | undefined;
  /** The field of the profile. */
  field: string | undefined;
  at: string;
  seen: string;
  expected: string;
  /** The requirement behind a claim. */
  requirement: string | undefined;
  /** All that declare it alike. */
  stated: readonly { span: VersionSpan; section: string | undefined }[];
}

/** Where the certificate is otherwise than declared, errors first; what several texts declare alike is told once. */
export function collectDeviations({ texts }: Governing): readonly GoverningDeviation[] {
  const found = new Map<string, GoverningDeviation & { stated: GoverningDeviation['stated'][number][] }>();
  for (const { deviation, span, section } of texts.flatMap(listDeviationsOf)) {
    const { severity, at, seen, expected, requirement } = deviation;
    const key = JSON.stringify([severity, at, seen, expected, requirement]);
    const known = found.get(key) ?? { ...deviation, stated: [] };
    if (!known.stated.some((other) => other.span.entry === span.entry && other.section === section)) known.stated.push({ span, section });
    found.set(key, known);
  }
  return [...found.values()].sort((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning'));
}

function listDeviationsOf({ span, claims, profile }: GoverningText) {
  const compared = profile.kind === 'compared' ? profile.deviations : [];
  return [
    ...claims.map(({ severity, at, seen, expected, requirement, section }) => ({
      deviation: { severity, kind: undefined, field: undefined, at, seen, expected, requirement },
      span,
      section,
    })),
    ...compared.map(({ kind, field, at, seen, expected, section }) => ({
      deviation: { severity: 'error' as const, kind, field, at, seen, expected, requirement: undefined },
      span,
      section,
    })),
  ];
}

/** Whether the certificate is otherwise than a text that governed it declares. Warnings do not count. */
export function deviates({ texts }: Governing): boolean {
  return texts.some(
    ({ claims, profile }) => claims.some(({ severity }) => severity === 'error') || (profile.kind === 'compared' && profile.deviations.length > 0),
  );
}
