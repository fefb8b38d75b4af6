import type { Observation, Place } from '../model/finding.ts';
import { inForce } from '../model/in-force.ts';
import { daysBetween, type Instant } from '../model/time.ts';
import type { DeclaredProfile, Draft, Workspace } from '../model/workspace.ts';
import type { DeployedCa } from './deployed-cas.ts';
import { type Authority, type StatedPeriod, statedPeriods } from './stated-periods.ts';
import { isOfIssuer, LAST_UPDATE } from './stated-profiles.ts';

type StatusKind = 'crl' | 'ocsp-response';
const NAMES = { crl: 'CRLs', 'ocsp-response': 'OCSP responses' };

const isPracticeText = ({ type }: Draft): boolean => type === 'CP' || type === 'CPS' || type === 'CP-CPS';

/** What a profile of the work tree allows from thisUpdate to nextUpdate, against what the texts beside it state. */
export function* comparePeriodsToProfile(workspace: Workspace, kind: StatusKind, cas: readonly DeployedCa[]): Iterable<Observation> {
  const profiles = workspace.profiles.filter((profile) => profile.kind === kind);
  if (profiles.length === 0) return;
  for (const draft of workspace.drafts.filter(isPracticeText)) {
    const periods = statedPeriods(draft, kind, listAuthorities(cas, profiles));
    for (const profile of profiles) yield* compareProfile(profile, periods, cas);
  }
}

/** The CAs that are deployed, and those that profiles name besides; of these nobody knows for whom they issue. */
function listAuthorities(cas: readonly DeployedCa[], profiles: readonly DeclaredProfile[]): readonly Authority[] {
  const known = new Set(cas.map(({ name }) => name));
  const others = [...new Set(profiles.flatMap(({ issuers }) => issuers))].filter((name) => !known.has(name));
  return [...cas, ...others.map((name) => ({ name, isForCas: /\broot\b/i.test(name) }))];
}

function* compareProfile(profile: DeclaredProfile, periods: readonly StatedPeriod[], cas: readonly DeployedCa[]): Iterable<Observation> {
  const index = profile.rows.findIndex(({ field }) => field === 'nextUpdate');
  const allowed = profile.rows[index]?.value?.atMost;
  if (allowed === undefined) return;
  const own = listAuthorities(cas, [profile]).filter(({ name }) => isOfIssuer(profile, name));
  for (const period of periods) {
    const about = own.filter(period.isAbout);
    if (allowed <= period.hours || about.length === 0) continue;
    const line = profile.fields[`rows.${index}.value.atMost`]?.line ?? profile.fields[`rows.${index}.field`]?.line;
    yield {
      message: `Section ${period.section} states a shorter period for ${NAMES[profile.kind as StatusKind]} than the profile "${profile.id}" allows.`,
      at: period.at,
      seen: `${period.written}, in "${period.seen}"`,
      expected: `${allowed} hours or more for ${[...new Set(about.map(({ name }) => name))].join(', ')}, as ${profile.file}${line === undefined ? '' : `:${line}`} allows`,
      advice: 'Correct whichever of the two is wrong.',
    };
  }
}

/** Something with thisUpdate and nextUpdate. */
export interface Period {
  /** In a sentence: `The CRL of Example CA 1`. */
  name: string;
  from: Instant;
  to: Instant;
  at: Place;
}

interface Question {
  period: Period;
  authority: Authority;
  cas: readonly DeployedCa[];
}

/** A period against what the texts of the work tree state that were in force when it began, or of which no version is registered yet. */
export function* comparePeriodToTexts(workspace: Workspace, kind: StatusKind, { period, authority, cas }: Question): Iterable<Observation> {
  if (period.to === LAST_UPDATE) return;
  const hours = daysBetween(period.from, period.to) * 24;
  for (const draft of workspace.drafts.filter((candidate) => isPracticeText(candidate) && wasInForce(workspace, candidate, period.from))) {
    for (const stated of statedPeriods(draft, kind, [...cas, authority])) {
      if (hours <= stated.hours || !stated.isAbout(authority)) continue;
      yield {
        message: `${period.name} is valid for longer than section ${stated.section} of ${draft.id} states.`,
        at: period.at,
        seen: `${Math.round(hours * 100) / 100} hours from thisUpdate to nextUpdate`,
        expected: `at most ${stated.written}; see ${stated.at.file}:${stated.at.start?.line ?? 1}`,
        advice: 'Correct whichever of the two is wrong.',
      };
    }
  }
}

/** Whether what stands in the work tree is the version that was in force, or nothing was registered of the document. */
function wasInForce({ register }: Workspace, { id, frontMatter }: Draft, at: Instant): boolean {
  if (!register.entries.some(({ document }) => document === id)) return true;
  return inForce(register, id, at).version?.entry.version === frontMatter?.version;
}
