import { z } from 'zod';
import { DocumentId, VersionNumber } from './document.ts';
import { SectionName } from './evidence.ts';
import type { Point } from './finding.ts';
import { isDate } from './time.ts';
import { compareVersionNumbers } from './version-number.ts';

/** Rules of others that go before those of the provider, by the name under which the file lists their versions. */
export const OUTSIDE_RULES = ['baseline-requirements', 'ev-guidelines'] as const;
export type OutsideRules = (typeof OUTSIDE_RULES)[number];

/** What people call them. */
export const OUTSIDE_NAMES: Readonly<Record<OutsideRules, string>> = { 'baseline-requirements': 'Baseline Requirements', 'ev-guidelines': 'EV Guidelines' };

/** The policies of EN 319 411-2 under which certificates are issued by them. */
export const BINDING: Readonly<Record<OutsideRules, readonly string[]>> = {
  'baseline-requirements': ['QEVCP-w', 'QNCP-w'],
  'ev-guidelines': ['QEVCP-w'],
};

/** What a version asks of the provider: nothing that is not so already, another way of working, or another text. */
export const IMPACTS = ['none', 'operation', 'text'] as const;
export type Impact = (typeof IMPACTS)[number];

const Text = z.string().regex(/\S/, 'expected a text that is not empty').max(1000, 'expected at most 1000 characters');
const Day = z.string().refine(isDate, 'expected a day of the calendar, such as "2026-02-25"');

/** A version of a document of the provider: `cps 2.1`. */
const OwnVersion = z.string().refine((name) => {
  const [document, version, ...more] = name.split(' ');
  return more.length === 0 && DocumentId.safeParse(document).success && VersionNumber.safeParse(version).success;
}, 'expected a document and its version, such as "cps 2.1"');

/** Something to be done for a version. */
const Step = z.strictObject({
  /** What is to be done, in one sentence. */
  what: Text,
  /** The sections whose text changes with it; none where only the operation does. */
  sections: z.array(SectionName).min(1).optional(),
  /** By when, where the version gives a later day for it than that from which it is in effect. */
  due: Day.optional(),
  /** When it was done, and the versions of the provider's documents that say so. */
  done: z.strictObject({ on: Day, versions: z.array(OwnVersion).min(1).optional() }).optional(),
});

const AssessmentFields = z.strictObject({
  impact: z.enum(IMPACTS),
  /** What changed and what it means here, in the provider's own words. */
  summary: Text,
  on: Day,
  /** The role or body that judged. */
  by: Text,
  steps: z.array(Step).min(1).optional(),
});

/** How the provider judges a version of outside rules. */
export const Assessment = AssessmentFields.superRefine(({ impact, steps }, context) => {
  const issue = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
  if (impact === 'none' && steps) issue('steps', 'expected no steps for the impact "none"');
  if (impact !== 'none' && !steps) issue('steps', 'expected what is to be done, as there is an impact');
  if (impact === 'text' && steps && !steps.some(({ sections }) => sections)) issue('steps', 'expected the sections that change, as the impact is "text"');
});
export type Assessment = z.infer<typeof Assessment>;

/** One version of outside rules, with the provider's assessment once there is one. */
export const OutsideVersion = z
  .strictObject({
    rules: z.enum(OUTSIDE_RULES),
    version: z.string().regex(/^\d{1,4}(\.\d{1,4}){1,3}$/, 'expected a version number such as "2.2.6", in quotes'),
    /** The ballots that made it: `[SC097]`. */
    ballots: z.array(Text).min(1).optional(),
    /** What they were about, as the table of revisions calls it. */
    subject: Text.optional(),
    adopted: Day.optional(),
    /** From when it is in effect. */
    effective: Day,
    assessment: Assessment.optional(),
  })
  .superRefine(({ effective, assessment }, context) => {
    for (const [index, { due }] of (assessment?.steps ?? []).entries()) {
      if (due !== undefined && due < effective)
        context.addIssue({ code: 'custom', path: ['assessment', 'steps', index, 'due'], message: 'expected a day that is not before "effective"' });
    }
  });
export type OutsideVersion = z.infer<typeof OutsideVersion>;
export type AssessmentStep = NonNullable<Assessment['steps']>[number];

/** The file: all versions that the provider knows. */
export const PrecedenceFile = z.array(OutsideVersion).min(1).max(2000);

/** Where it stands in a repository. */
export const PRECEDENCE = 'content/precedence.yaml';

/** A version with the place of each of its values: `effective`, `assessment.on`; its own under the empty path. */
export interface KnownVersion extends OutsideVersion {
  fields: Readonly<Record<string, Point>>;
}

/** The versions of some rules, the oldest first. */
export const versionsOf = <T extends OutsideVersion>(known: readonly T[], rules: OutsideRules): readonly T[] =>
  known.filter((version) => version.rules === rules).sort((a, b) => compareVersionNumbers(a.version, b.version));

/** By when a step is to be done. */
export const dueDay = ({ effective }: Pick<OutsideVersion, 'effective'>, { due }: Pick<AssessmentStep, 'due'>): string => due ?? effective;

/**
 * Whether a version can be the next one after another: the last number is one higher, or the one before it is after a 9,
 * or the first is. So it has been with every version of both documents since 2015.
 */
export function canFollow(before: string, after: string): boolean {
  const [a = 0, b = 0, c = 0] = before.split('.').map(Number);
  const next = [`${a}.${b}.${c + 1}`, ...(c === 9 ? [`${a}.${b + 1}.0`] : []), `${a + 1}.0.0`];
  return next.includes(after);
}
