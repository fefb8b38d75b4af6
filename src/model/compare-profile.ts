import { plural } from './plural.ts';
import type { Profile, ProfileRow, ProfileValue } from './profile.ts';
import { type DeployedFacts, type FieldSight, fieldsWithin, holderOf, listOpenFields, placeOfAbsent, readField } from './profile-field.ts';
import { wordsIn } from './words-in-language.ts';

/** A place where a certificate, CRL or OCSP response is otherwise than its profile says. */
export interface Deviation {
  kind: 'absent' | 'present' | 'criticality' | 'value' | 'unlisted';
  field: string;
  /** The row that it breaks; none for a field that the profile does not name. */
  row: string | undefined;
  /** The field's path in the facts; of an absent one, where it would stand. */
  at: string;
  seen: string;
  expected: string;
  /** The section that states it. */
  section: string;
}

/** Compares what is deployed with what is declared. Whether the profile is the right one is for the caller to know. */
export function compareToProfile(facts: DeployedFacts, profile: Profile): readonly Deviation[] {
  return [...compareIssuer(facts, profile), ...profile.rows.flatMap((row) => compareRow(facts, row, profile.section)), ...findUnlisted(facts, profile)];
}

/** A row of a profile that what is deployed keeps to. */
export interface Agreement {
  field: string;
  /** Undefined where the field is absent, as it may or must be. */
  seen: string | undefined;
  expected: string;
  presence: ProfileRow['presence'];
  section: string;
}

/** The rows that `compareToProfile` has nothing to say about. */
export function listAgreements(facts: DeployedFacts, profile: Profile): readonly Agreement[] {
  return profile.rows
    .filter((row) => compareRow(facts, row, profile.section).length === 0)
    .map((row) => {
      const found = readField(facts, row.field);
      const { field, presence, section = profile.section } = row;
      return { field, seen: found && describeSight(found, row.field), expected: presence === 'forbidden' ? 'absent' : describeRow(row), presence, section };
    });
}

/** A certificate of a CA that does not issue by the profile, unless a row says of the issuer's name what it must be. */
function compareIssuer(facts: DeployedFacts, { issuers, rows, section }: Profile): readonly Deviation[] {
  const field = 'issuer.commonName';
  if (facts.kind !== 'certificate' || issuers.length === 0 || rows.some((row) => row.field === field)) return [];
  const found = readField(facts, field);
  if (found?.values.some((name) => issuers.includes(name))) return [];
  const expected = describeValue({ oneOf: issuers });
  return [{ kind: 'value', field, row: undefined, at: found?.at ?? facts.issuer.at, seen: found?.values.join(', ') ?? 'absent', expected, section }];
}

function compareRow(facts: DeployedFacts, row: ProfileRow, section: string): readonly Deviation[] {
  const found = readField(facts, row.field);
  const common = { field: row.field, row: row.id, section: row.section ?? section };
  if (!found) {
    if (row.presence !== 'required') return [];
    return [{ ...common, kind: 'absent', at: placeOfAbsent(facts, row.field), seen: 'absent', expected: describeRow(row) }];
  }
  if (row.presence === 'forbidden') return [{ ...common, kind: 'present', at: found.at, seen: describeSight(found, row.field), expected: 'absent' }];
  const deviations: Deviation[] = [];
  if (row.critical !== undefined && found.critical !== undefined && row.critical !== found.critical) {
    deviations.push({ ...common, kind: 'criticality', at: found.at, seen: criticality(found.critical), expected: criticality(row.critical) });
  }
  if (row.value && !fits(found.values, row.value)) {
    deviations.push({ ...common, kind: 'value', at: found.at, seen: describeSight(found, row.field), expected: describeValue(row.value) });
  }
  return deviations;
}

function findUnlisted(facts: DeployedFacts, { rows, others, section }: Profile): readonly Deviation[] {
  // Of what is forbidden its own row speaks. A row for a part or for a statement names the extension that holds it.
  const named = new Set(rows.flatMap(({ field, presence }) => (presence === 'forbidden' ? field : [field, holderOf(field)])));
  const open = new Set<string>(others);
  return [...listOpenFields(facts), ...listOpenParts(facts, rows)]
    .filter(({ field }) => !named.has(field) && !open.has(field.split('.')[0] ?? ''))
    .map(({ field, at }) => ({ kind: 'unlisted', field, row: undefined, at, seen: 'present', expected: 'absent, for the profile does not name it', section }));
}

/** The parts that an extension has, where rows name some of its parts: so the others are "anything else". */
function listOpenParts(facts: DeployedFacts, rows: readonly ProfileRow[]): readonly { field: string; at: string }[] {
  const holders = new Set(rows.flatMap(({ field, presence }) => (presence !== 'forbidden' && holderOf(field) !== field ? holderOf(field) : [])));
  return [...holders].flatMap(fieldsWithin).flatMap((field) => {
    const found = readField(facts, field);
    return found ? [{ field, at: found.at }] : [];
  });
}

/** Whether values of a field are what a row demands. Demands in words alone are always met. */
export function fits(values: readonly string[], demand: ProfileValue): boolean {
  const { exactly, includes, oneOf, like, atLeast, atMost, countAtLeast, countAtMost } = demand;
  if (exactly && [...exactly].sort().join('\n') !== [...values].sort().join('\n')) return false;
  if (includes && !includes.every((value) => values.includes(value))) return false;
  if (oneOf && !(values.length > 0 && values.every((value) => oneOf.includes(value)))) return false;
  if (like && !(values.length > 0 && values.every((value) => like.some((pattern) => matchesGlob(pattern, value))))) return false;
  if (countAtLeast !== undefined && values.length < countAtLeast) return false;
  if (countAtMost !== undefined && values.length > countAtMost) return false;
  if (atLeast === undefined && atMost === undefined) return true;
  return values.length > 0 && values.every((value) => Number(value) >= (atLeast ?? -Infinity) && Number(value) <= (atMost ?? Infinity));
}

/** Fits a text to a form in which `*` stands for anything, `?` for one character and `#` for one digit; in steps of their product at most. */
export function matchesGlob(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let mark = 0;
  while (t < text.length) {
    const wanted = pattern[p];
    if (wanted === '*') {
      star = p;
      mark = t;
      p += 1;
    } else if (wanted !== undefined && isOne(wanted, text[t] as string)) {
      p += 1;
      t += 1;
    } else if (star >= 0) {
      p = star + 1;
      mark += 1;
      t = mark;
    } else return false;
  }
  while (pattern[p] === '*') p += 1;
  return p === pattern.length;
}

const isOne = (wanted: string, seen: string): boolean => wanted === '?' || (wanted === '#' ? seen >= '0' && seen <= '9' : wanted === seen);

const criticality = (critical: boolean) => (critical ? 'critical' : 'not critical');

function describeSight({ values, critical }: FieldSight, field: string): string {
  const text = (field === 'validity' ? values.map(describeDays) : values).join(', ') || 'present';
  const shown = text.length > 200 ? `${text.slice(0, 199)}…` : text;
  return critical ? `${shown} (critical)` : shown;
}

/** A validity that is a second too long is told as days and a second, not as a fraction. */
function describeDays(days: string): string {
  const seconds = Math.round(Number(days) * 86_400);
  const rest = seconds % 86_400;
  const whole = plural((seconds - rest) / 86_400, 'day');
  if (rest === 0) return whole;
  return `${whole} and ${rest % 3600 === 0 ? plural(rest / 3600, 'hour') : plural(rest, 'second')}`;
}

function describeRow({ value, critical }: ProfileRow): string {
  const demands = Object.keys(value ?? {}).filter((key) => key !== 'words');
  const isCounted = demands.length > 0 && demands.every((key) => key.startsWith('count'));
  const text = [(!value || isCounted) && 'present', value && describeValue(value)].filter(Boolean).join(', ');
  return critical ? `${text} (critical)` : text;
}

/** What a row demands, in words for a finding. */
export function describeValue(value: ProfileValue): string {
  const { exactly, includes, oneOf, like, atLeast, atMost, countAtLeast, countAtMost } = value;
  const parts = [
    exactly && (exactly.length === 1 ? exactly[0] : `just ${exactly.join(', ')}`),
    includes && `${includes.join(', ')} at least`,
    oneOf && (oneOf.length === 1 ? oneOf[0] : `one of ${oneOf.join(', ')}`),
    like && `the form ${like.join(' or ')}`,
    atLeast !== undefined && `${atLeast} at least`,
    atMost !== undefined && `${atMost} at most`,
    countAtLeast !== undefined && `${countAtLeast} or more`,
    countAtMost !== undefined && `${countAtMost} or fewer`,
  ].filter(Boolean);
  return parts.join('; ') || (value.words ? wordsIn(value.words, 'en') : 'present');
}
