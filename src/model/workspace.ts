import type { Baseline } from './baseline.ts';
import type { CatalogueShelf } from './catalogue-shelf.ts';
import type { CertificateStandards } from './certificate-rule.ts';
import type { Config } from './config.ts';
import type { Deployed } from './deployed.ts';
import type { Policy, PolicyDocument, TextFacts } from './document.ts';
import type { EvidenceIndex } from './evidence.ts';
import type { Observation, Point, ReadingObservation } from './finding.ts';
import type { FormFacts } from './form-facts.ts';
import type { DeclaredIdentity } from './identity.ts';
import type { TrustedLists } from './list-snapshot.ts';
import type { Outline } from './outline.ts';
import type { KnownVersion } from './precedence.ts';
import type { Profile } from './profile.ts';
import type { DeclaredQscd } from './qscd.ts';
import type { Catalogue } from './requirement.ts';
import type { SignedTag } from './signed-tag.ts';
import type { StatementPatterns } from './statement.ts';
import type { StatusRecord } from './status-measurement.ts';
import type { MarkedVersion } from './suspect.ts';
import type { Instant } from './time.ts';
import type { StoredTimestamp } from './timestamp.ts';
import type { DeclaredServices } from './trust-service.ts';
import type { Register, Sha256, VersionEntry } from './version.ts';

/** A text of the work tree, with what a rule needs to compare it to the register. */
export interface Draft extends PolicyDocument {
  /** Digest of the file's bytes, lines ended as git keeps them. */
  sha256: Sha256;
  /** Place of each front matter value, by path: `effective`, `policies.0.oid`. */
  fields: Readonly<Record<string, Point>>;
}

/** A profile with the file that declares it. */
export interface DeclaredProfile extends Profile {
  file: string;
  /** Place of each of its values, by path: `policy`, `rows.0.field`. */
  fields: Readonly<Record<string, Point>>;
}

/** The register as it was on the base branch, for the proof that it only grew. */
export interface BaseRegister {
  name: string;
  /** Digest of each entry, in order. */
  digests: readonly Sha256[];
}

/** For whom a repository is read: anybody, or assessors, who also see what must not be published. */
export type Audience = 'public' | 'assessor';

/** Everything read from a provider's repository, in one immutable value. */
export interface Workspace {
  config: Config;
  /** Place of each value of cartulary.yaml, by path: `site`, `waivers.0`. */
  configFields: Readonly<Record<string, Point>>;
  /** The instant for which states and deadlines are computed. */
  now: Instant;
  /** What is for assessors alone is there only for them. */
  audience: Audience;
  register: Register;
  base: BaseRegister | undefined;
  /** Findings that are counted and not told. */
  baseline?: Baseline | undefined;
  /** The texts of the work tree. */
  drafts: readonly Draft[];
  /** What is known of each published text by the digest of its bytes; absent where the bytes could not be had. */
  facts: ReadonlyMap<Sha256, TextFacts>;
  /** The outline that texts of type CP, CPS and CP-CPS follow. */
  outline: Outline;
  /** Requirements of the editions in use, one catalogue a standard; none where nothing is checked. */
  catalogues: readonly Catalogue[];
  /** All editions that there are, with those to which texts of the work tree were written. */
  shelf: CatalogueShelf;
  /** The texts of the work tree that bear marks, each followed by its earlier versions, the newest first; by the text's file. */
  markHistories: ReadonlyMap<string, readonly MarkedVersion[]>;
  /** Vague words, editions and object identifiers that the rules of the form know of. */
  formFacts: FormFacts;
  /** Forms by which the statements of texts are recognised. */
  statements: StatementPatterns;
  /** What certificates, CRLs and OCSP responses look like, as the work tree declares it; those that are valid. */
  profiles: readonly DeclaredProfile[];
  /** The profiles that registered versions state, by the digest of their bytes; absent where these could not be had or are none. */
  boundProfiles: ReadonlyMap<Sha256, DeclaredProfile>;
  /** What is deployed: CA certificates, samples, CRLs and OCSP responses, in the order of their files. */
  deployed: readonly Deployed[];
  /** What certificates are judged by; only where something is checked and certificates are deployed. */
  certificateStandards?: CertificateStandards | undefined;
  /** The provider's trust services with their entries in trusted lists; none where no content/services.yaml declares any. */
  services: DeclaredServices | undefined;
  /** The snapshot of trusted lists, each proved or refused; none without declared services. */
  trustedLists: TrustedLists | undefined;
  /** Who manages which qualified devices, and how these are certified: `content/qscd.yaml`. */
  qscd?: DeclaredQscd | undefined;
  /** How persons and organisations are identified: `content/identity.yaml`. */
  identity?: DeclaredIdentity | undefined;
  /** The evidence index; undefined where there is none, and for the public. */
  evidence?: EvidenceIndex | undefined;
  /** What was measured of the status services, and the texts by which that is judged; undefined for the public. */
  status?: StatusRecord | undefined;
  /** Versions of outside rules and the provider's assessments; undefined where there are none, and for a site of the public. */
  precedence?: readonly KnownVersion[] | undefined;
  /** The time-stamp tokens over entries of the register, each with its verdict; only where something is checked. */
  timestamps?: readonly StoredTimestamp[] | undefined;
  /** The tags that bear a signature; only where something is checked. */
  signedTags?: readonly SignedTag[] | undefined;
  /** What was wrong with what was read, each for the rule that speaks of it. */
  observations: readonly ReadingObservation[];
}

/** The observations that readers made on behalf of a rule. */
export function* readingObservations(workspace: Workspace, rule: string): Iterable<Observation> {
  for (const { rule: of, ...observation } of workspace.observations) if (of === rule) yield observation;
}

/** The policies that a published version lists, in the first of its languages whose text says so. */
export function policiesOf({ facts }: Workspace, entry: VersionEntry): readonly Policy[] {
  for (const file of Object.values(entry.files)) {
    const policies = facts.get(file.sha256)?.frontMatter?.policies;
    if (policies && policies.length > 0) return policies;
  }
  return [];
}
