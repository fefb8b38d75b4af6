import { z } from 'zod';
import { DocumentId } from './document.ts';
import type { Point } from './finding.ts';
import { MARK_NAME } from './mark.ts';
import type { Requirement } from './requirement.ts';
import { isDate } from './time.ts';

const Text = z.string().regex(/\S/, 'expected a text that is not empty').max(400, 'expected at most 400 characters');
const Day = z.string().refine(isDate, 'expected a day of the calendar, such as "2026-09-14"');

/** What kinds of evidence there are. */
export const EVIDENCE_KINDS = [
  'case-record',
  'log',
  'configuration',
  'test',
  'inspection',
  'certification',
  'contract',
  'training',
  'audit-report',
  'minutes',
  'plan',
  'procedure',
] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

/** What came out when it was verified. */
export const EVIDENCE_RESULTS = ['passed', 'passed-with-remarks', 'failed'] as const;

/** How a requirement stands with evidence: given, in question for what is wrong with an item, `none` where some is asked for, or `not-asked`. */
export const PROOF_STATES = ['given', 'in-question', 'none', 'not-asked'] as const;
export type ProofState = (typeof PROOF_STATES)[number];

const PERIOD = /^([1-9]\d{0,3}) (day|month|year)s?$/;

/** A section of a document: `cps 6.1.1`. */
export const SectionName = z
  .string()
  .regex(/^\S+ \d+(\.\d+)*$/, 'expected a document and the number of a section, such as "cps 6.1.1"')
  .refine((name) => DocumentId.safeParse(name.split(' ')[0]).success, 'expected the id of a document before the number, such as "cps 6.1.1"');

const Fields = z.strictObject({
  /** Names the item for ever: `EV-KEY-01`. */
  id: z
    .string()
    .regex(/^[A-Z][A-Z\d]*(-[A-Z\d]+)+$/, 'expected an id such as "EV-KEY-01": capitals, digits and hyphens')
    .max(40),
  /** What it is, in one line. */
  title: Text,
  kind: z.enum(EVIDENCE_KINDS),
  /** What it is evidence of, named as marks do: `411-1:GEN-6.5.1-05`, or a clause, `401:7.14.2`, which stands for all its requirements. */
  requirements: z.array(z.string().regex(MARK_NAME, 'expected what a mark names, such as "411-2:OVR-5.1-09"')).min(1),
  /** The sections that state the control; without them, those that are marked to state the requirements. */
  sections: z.array(SectionName).min(1).optional(),
  /** Where it is kept: archive, system, number of the case. */
  kept: Text,
  /** The role that answers for it, not a person. */
  owner: Text,
  /** The day on which somebody looked at it last. */
  verified: Day,
  result: z.enum(EVIDENCE_RESULTS),
  /** What was remarked, or found wrong. */
  remark: Text.optional(),
  /** How long it counts from that day: `12 months`. Or `validUntil`, the last day. */
  validFor: z.string().regex(PERIOD, 'expected a period such as "12 months", "90 days" or "3 years"').optional(),
  validUntil: Day.optional(),
  /** Of a certification: what is certified. Several items can be about one thing, one after another. */
  certifies: Text.optional(),
  /** Of a certification: its first and its last day. */
  covers: z.strictObject({ from: Day, to: Day }).optional(),
  /** Of a certification: since when the provider claims it for that thing, and until when, where it no longer does. */
  claimed: z.strictObject({ from: Day, to: Day.optional() }).optional(),
});

/** One thing by which a provider shows that it does what its texts say. */
export const EvidenceItem = Fields.superRefine((item, context) => {
  const issue = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
  const { kind, verified, validFor, validUntil, covers, claimed, certifies, result, remark } = item;
  if ((validFor === undefined) === (validUntil === undefined)) issue('validUntil', 'expected one of "validFor" and "validUntil"');
  if (validUntil !== undefined && validUntil < verified) issue('validUntil', 'expected a day that is not before "verified"');
  if (kind === 'certification' && !covers) issue('covers', 'expected the first and the last day of the certification, { from: 2025-01-15, to: 2027-12-31 }');
  if (kind === 'certification' && !certifies) issue('certifies', 'expected what is certified');
  if (kind !== 'certification' && (covers || claimed || certifies)) issue('kind', 'expected "certification" for what has "covers", "claimed" or "certifies"');
  if (covers && covers.to < covers.from) issue('covers', 'expected a last day that is not before the first');
  if (claimed?.to !== undefined && claimed.to < claimed.from) issue('claimed', 'expected a last day that is not before the first');
  if (result !== 'passed' && remark === undefined) issue('remark', 'expected what was remarked, for the result says that something was');
});
export type EvidenceItem = z.infer<typeof EvidenceItem>;

/** One file of the index: a list of items. */
export const EvidenceFile = z.array(EvidenceItem).min(1);

/** An item with the place where it stands. */
export interface Evidence extends EvidenceItem {
  file: string;
  /** The sections that state the control: those that it names, else those in force that are marked to state its requirements. */
  about: readonly string[];
  /** Place of each of its values, by path: `verified`, `requirements.0`. */
  fields: Readonly<Record<string, Point>>;
}

/** Since when a section of a document in force has had the text that it has. */
export interface SectionAge {
  /** The version in force, and the one that brought the text. */
  version: string;
  since: string;
  title: string;
  /** The day from which that one was in force. */
  from: string;
}

/** The evidence index, and what is needed to judge how old it is. */
export interface EvidenceIndex {
  items: readonly Evidence[];
  /** Of the documents in force: the sections that items are about, by name, `cps 6.1.1`. */
  sections: ReadonlyMap<string, SectionAge>;
}

/** The last day on which an item counts. */
export function lastValidDay({ verified, validFor, validUntil }: Pick<EvidenceItem, 'verified' | 'validFor' | 'validUntil'>): string {
  if (validUntil !== undefined) return validUntil;
  const [, count = '0', unit = 'day'] = PERIOD.exec(validFor ?? '') ?? [];
  return addPeriod(verified, Number(count), unit as 'day' | 'month' | 'year');
}

/** A day so many days, months or years later; where a month is too short, its last day. */
function addPeriod(day: string, count: number, unit: 'day' | 'month' | 'year'): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  if (unit === 'day') return isoDay(Date.UTC(year, month - 1, date + count));
  const months = month - 1 + count * (unit === 'year' ? 12 : 1);
  const last = new Date(Date.UTC(year, months + 1, 0)).getUTCDate();
  return isoDay(Date.UTC(year, months, Math.min(date, last)));
}

const isoDay = (time: number) => new Date(time).toISOString().slice(0, 10);

/** The day after another one. */
export const nextDay = (day: string) => addPeriod(day, 1, 'day');

/**
 * Whether records of the operation are to show that a requirement is met: of those that may be left, and of those that
 * only lead to other requirements, nobody asks for any.
 */
export function isOperational({ evidence, kind, level, incorporates }: Requirement): boolean {
  return evidence.includes('operation') && (kind === 'shall' || kind === 'should') && !(level === 'info' && incorporates.length > 0);
}

/** Why an item counts no longer. */
export type EvidenceFault =
  | { kind: 'failed' }
  /** Its last day is past. */
  | { kind: 'expired'; on: string }
  /** The section has another text since a day on which the item was verified already. */
  | { kind: 'outdated'; section: string; since: string; from: string };

/** A certification that ended: it still proves what was then, and nothing of today. */
export const hasEnded = ({ covers }: Pick<EvidenceItem, 'covers'>, today: string) => covers !== undefined && covers.to < today;

/** What is wrong with an item on a day; nothing of a certification that ended, which the next one follows. */
export function judgeEvidence(item: Evidence, { sections }: Pick<EvidenceIndex, 'sections'>, today: string): readonly EvidenceFault[] {
  if (hasEnded(item, today)) return [];
  const faults: EvidenceFault[] = [];
  if (item.result === 'failed') faults.push({ kind: 'failed' });
  const last = lastValidDay(item);
  if (last < today) faults.push({ kind: 'expired', on: last });
  for (const section of item.about) {
    const age = sections.get(section);
    if (age && age.from > item.verified) faults.push({ kind: 'outdated', section, since: age.since, from: age.from });
  }
  return faults;
}
