import { type Profile, type ProfileRow, type ProfileValue, wordsIn } from './profile.ts';
import { type DeployedFacts, type FieldSight, fieldsWithin, holderOf, listOpenFields, placeOfAbsent, readField } from './profile-field.ts';

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
  return [...profile.rows.flatMap((row) => compareRow(facts, row, profile.section)), ...findUnlisted(facts, profile)];
}

function compareRow(facts: DeployedFacts, row: ProfileRow, section: string): readonly Deviation[] {
  const found = readField(facts, row.field);
  const common = { field: row.field, row: row.id, section: row.section ?? section };
  if (!found) {
    if (row.presence !== 'required') return [];
    return [{ ...common, kind: 'absent', at: placeOfAbsent(facts, row.field), seen: 'absent', expected: describeRow(row) }];
  }
  if (row.presence === 'forbidden') return [{ ...common, kind: 'present', at: found.at, seen: describeSight(found), expected: 'absent' }];
  const deviations: Deviation[] = [];
  if (row.critical !== undefined && found.critical !== undefined && row.critical !== found.critical) {
    deviations.push({ ...common, kind: 'criticality', at: found.at, seen: criticality(found.critical), expected: criticality(row.critical) });
  }
  if (row.value && !fits(found.values, row.value)) {
    deviations.push({ ...common, kind: 'value', at: found.at, seen: describeSight(found), expected: describeValue(row.value) });
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

function describeSight({ values, critical }: FieldSight): string {
  const text = values.join(', ') || 'present';
  const shown = text.length > 200 ? `${text.slice(0, 199)}…` : text;
  return critical ? `${shown} (critical)` : shown;
}

function describeRow({ value, critical }: ProfileRow): string {
  const text = value ? describeValue(value) : 'present';
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
