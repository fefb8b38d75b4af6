import { compareToProfile, type Deviation } from '../model/compare-profile.ts';
import type { Observation, Place } from '../model/finding.ts';
import { inForce, readTimelines } from '../model/in-force.ts';
import { type Profile, wordsIn } from '../model/profile.ts';
import { boundProfiles } from '../model/profile-binding.ts';
import type { DeployedFacts } from '../model/profile-field.ts';
import { nameSection } from '../model/sample.ts';
import type { Instant } from '../model/time.ts';
import type { VersionEntry } from '../model/version.ts';
import type { DeclaredProfile, Workspace } from '../model/workspace.ts';

/** A declared profile with the version that states it; without one it is the work tree's. */
export interface StatedBy {
  profile: DeclaredProfile;
  entry: VersionEntry | undefined;
}

/** Something deployed, as it is compared with what texts declare of its like. */
export interface Compared {
  /** In a sentence: `The CRL of Example CA 1`. */
  name: string;
  /** What profiles it is one of, in the plural: `CRLs`. */
  kind: string;
  /** The common name of the CA that issued it. */
  authority: string;
  /** When it was made: the version in force then counts. */
  at: Instant;
  /** It, or it once for each of its parts that has to agree. */
  sights: readonly DeployedFacts[];
  /** Where a path in it stands. */
  placeOf(path: string): Place;
}

/**
 * The profiles that hold at an instant: those bound to the versions in force then. While no version at all is registered,
 * those of the work tree.
 */
export function profilesAt(workspace: Workspace, at: Instant): readonly StatedBy[] {
  const { register, profiles, boundProfiles: read } = workspace;
  if (register.entries.length === 0) return profiles.map((profile) => ({ profile, entry: undefined }));
  return [...readTimelines(register).keys()].flatMap((document) => {
    const entry = inForce(register, document, at).version?.entry;
    return Object.values(entry ? boundProfiles(register, entry) : {}).flatMap(({ sha256 }) => {
      const profile = read.get(sha256);
      return profile ? [{ profile, entry }] : [];
    });
  });
}

/** Compares something with the profile of its kind and issuer that each text in force then states. Says nothing where none states any. */
export function* compareToStated(workspace: Workspace, compared: Compared, isOfKind: (profile: Profile) => boolean): Iterable<Observation> {
  const { name, kind, authority, at, sights, placeOf } = compared;
  const stated = profilesAt(workspace, at).filter(({ profile }) => isOfKind(profile));
  if (stated.length === 0) return;
  const own = stated.filter(({ profile }) => isOfIssuer(profile, authority));
  if (own.length === 0) {
    yield {
      message: `${name} has no declared profile.`,
      at: placeOf(''),
      seen: `profiles of ${kind} ${[...new Set(stated.flatMap(({ profile }) => profile.issuers))].join(', ')}`,
      expected: `a profile whose \`issuers\` name ${authority}`,
      advice: 'Name the CA in the profile that it keeps to, and declare that profile for the version in force.',
    };
  }
  for (const broken of findBroken(workspace, closest(own, sights), sights)) yield describe(compared, broken);
}

/** A deviation, with each text that states what it deviates from. */
interface Broken {
  profile: DeclaredProfile;
  deviation: Deviation;
  stated: string[];
}

/** CP and CPS state the same profile, and extensions of a response are seen with each of its answers: each deviation once. */
function findBroken(workspace: Workspace, stated: readonly StatedBy[], sights: readonly DeployedFacts[]): Iterable<Broken> {
  const found = new Map<string, Broken>();
  for (const one of stated) {
    for (const deviation of sights.flatMap((facts) => compareToProfile(facts, one.profile))) {
      if (isLastUpdate(deviation, sights)) continue;
      const { row, at, seen, expected } = deviation;
      const key = JSON.stringify([one.profile.id, row, at, seen, expected]);
      const broken = found.get(key) ?? { profile: one.profile, deviation, stated: [] };
      const place = `${nameStating(workspace, one, deviation.section)}, ${nameRow(one, row)}`;
      if (!broken.stated.includes(place)) broken.stated.push(place);
      found.set(key, broken);
    }
  }
  return found.values();
}

/** Whether a profile is one of this CA. One that names no CA is one of any. */
export const isOfIssuer = ({ issuers }: Profile, authority: string): boolean => issuers.length === 0 || issuers.includes(authority);

/** Of several profiles that a text has for one kind and CA, it is enough to keep to one. */
function closest(stated: readonly StatedBy[], sights: readonly DeployedFacts[]): readonly StatedBy[] {
  const best = new Map<string, StatedBy & { count: number }>();
  for (const one of stated) {
    const count = sights.reduce((sum, facts) => sum + compareToProfile(facts, one.profile).length, 0);
    const document = one.entry?.document ?? '';
    if (count < (best.get(document)?.count ?? Infinity)) best.set(document, { ...one, count });
  }
  return [...best.values()];
}

/** The nextUpdate of a last CRL (EN 319 411-1, CSS-6.3.9-06) and of last OCSP responses (EN 319 411-2, CSS-6.3.10-11) is no period. */
export const LAST_UPDATE = '9999-12-31T23:59:59Z';
const isLastUpdate = ({ field, kind }: Deviation, sights: readonly DeployedFacts[]): boolean =>
  field === 'nextUpdate' && kind === 'value' && sights.every((facts) => nextUpdates(facts).every((instant) => instant === LAST_UPDATE));

const nextUpdates = (facts: DeployedFacts): readonly (Instant | undefined)[] => {
  if (facts.kind === 'crl') return [facts.nextUpdate?.instant];
  return facts.kind === 'ocsp-response' ? (facts.basic?.responses ?? []).map(({ nextUpdate }) => nextUpdate?.instant) : [];
};

function describe({ name, placeOf }: Compared, { profile, deviation, stated }: Broken): Observation {
  const { field, at, seen, expected } = deviation;
  return {
    message: `${name} is otherwise than the profile "${profile.id}" declares in ${field}.`,
    at: placeOf(at),
    seen,
    expected: `${expected}${nameUnit(profile, deviation)}; stated by ${stated.join(' and ')}`,
    advice: 'Correct whichever of the two is wrong: what is made from now on, or the text by a new version.',
  };
}

/** What the numbers of a row count: `24 at most (hours after thisUpdate)`. */
function nameUnit({ rows }: DeclaredProfile, { kind, row }: Deviation): string {
  const { atLeast, atMost, words } = rows.find(({ id }) => id === row)?.value ?? {};
  return kind === 'value' && words && (atLeast ?? atMost) !== undefined ? ` (${wordsIn(words, 'en')})` : '';
}

function nameStating(workspace: Workspace, { entry }: StatedBy, section: string): string {
  if (entry) return nameSection(workspace, entry, section);
  const found = workspace.drafts.flatMap(({ sections }) => sections.filter(({ number }) => number === section))[0];
  const { file, start } = found?.place ?? {};
  return `section ${section}${file !== undefined && start ? ` (${file}:${start.line})` : ''}`;
}

function nameRow({ profile: { file, rows, fields }, entry }: StatedBy, row: string | undefined): string {
  const index = rows.findIndex(({ id }) => id === row);
  const line = fields[index < 0 ? 'rows' : `rows.${index}.id`]?.line;
  return `${index < 0 ? 'the rows' : `row ${row}`} in ${file}${line === undefined ? '' : `:${line}`}${entry ? ' as registered' : ''}`;
}
