import { z } from 'zod';
import { RULE_SETS } from './finding.ts';

const text = z.string().min(1);
const byLanguage = z.record(z.string(), text);

/**
 * Forms of a statement by language. Each is a pattern, or several that one assertion must all have; of several, one that
 * begins with # may also be in the title of the section, and the last is what is asserted.
 */
const Forms = z.record(z.string(), z.array(z.union([text, z.array(text).min(1)])).min(1));
export type Forms = z.infer<typeof Forms>;

/** Words by which sentences are understood: `content/statements/words.yaml`. */
export const StatementWords = z.object({
  negation: byLanguage,
  permission: byLanguage,
  advice: byLanguage,
  conditional: byLanguage,
  everyPolicy: byLanguage,
  names: z.record(text, byLanguage),
});
export type StatementWords = z.infer<typeof StatementWords>;

/** What a text says of a policy: `content/statements/policies.yaml`. */
export const PolicyStatements = z.object({
  qualified: Forms,
  regulation: text,
  regulationShort: text,
  device: Forms,
  required: Forms,
  notRequired: Forms,
  aside: Forms,
  subject: Forms,
  tsp: Forms,
});
export type PolicyStatements = z.infer<typeof PolicyStatements>;

const Part = z.object({
  name: text,
  /** The lettered item of the requirement that wants it, and may want it for some certificates only. */
  item: text.optional(),
  place: text.optional(),
  said: Forms,
  opposite: Forms.optional(),
});
/** One thing that has to be said. */
export type StatementPart = z.infer<typeof Part>;

const types = z.array(z.enum(['CP', 'CPS', 'CP-CPS', 'PDS', 'TERMS', 'TSPS'])).optional();

/** What texts must say in so many words: `content/statements/demands.yaml`. */
export const Demand = z
  .object({
    requirement: text,
    sections: z.array(text),
    titles: byLanguage.default({}),
    each: types,
    oneOf: types,
    first: types,
    duty: z.enum(['true', 'advice']).optional(),
    parts: z.array(Part).min(1),
  })
  .refine(({ each, oneOf, first }) => [each, oneOf, first].filter(Boolean).length === 1, 'expected one of "each", "oneOf" and "first"');
export type Demand = z.infer<typeof Demand>;
export const Demands = z.object({ demands: z.array(Demand).min(1) });

/** What a PKI disclosure statement has: `content/statements/disclosure.yaml`. */
export const DisclosureSection = z.object({ name: text, titles: byLanguage, parts: z.array(Part).min(1) });
export type DisclosureSection = z.infer<typeof DisclosureSection>;
export const Disclosure = z.object({ sections: z.array(DisclosureSection).min(1) });

/** How texts say what a practice says: `content/statements/practices.yaml`. */
export const PracticeStatement = z.object({
  practice: text,
  value: text.optional(),
  requirement: text.optional(),
  statedIn: z.array(text).optional(),
  yes: Forms,
  no: Forms,
});
export type PracticeStatement = z.infer<typeof PracticeStatement>;
export const PracticeStatements = z.object({ practices: z.array(PracticeStatement).min(1) });

const numbers = z.array(text).min(1);

const ProgrammePart = z
  .strictObject({
    name: text,
    /** Where it is looked for, if not where the demand is. */
    sections: numbers.optional(),
    sets: z.array(z.enum(RULE_SETS)).min(1).optional(),
    level: z.enum(['warning', 'info']).optional(),
    said: Forms.optional(),
    contrary: Forms.optional(),
    holds: z.enum(['text', 'substance']).optional(),
    link: text.optional(),
    numbered: text.optional(),
  })
  .refine(({ said, holds, link }) => [said, holds, link].filter(Boolean).length === 1, 'expected one of "said", "holds" and "link"');
/** One thing that a demand of a root programme or of the CA/Browser Forum wants to be read in a text. */
export type ProgrammePart = z.infer<typeof ProgrammePart>;

/** How a demand of the catalogue of document form is answered: `content/statements/programmes.yaml`. */
export const ProgrammeDemand = z.strictObject({
  demand: text,
  sections: numbers,
  anywhere: z.literal('true').optional(),
  parts: z.array(ProgrammePart).min(1),
});
export type ProgrammeDemand = z.infer<typeof ProgrammeDemand>;
export const ProgrammeDemands = z.object({ demands: z.array(ProgrammeDemand).min(1) });

const patterns = z.record(z.string(), z.array(text).min(1));

/** How texts speak of devices and of the identification of persons, each by language: `content/statements/operation.yaml`. */
export const OperationStatements = z.object({
  devices: z.object({
    validTo: patterns,
    validFrom: patterns,
    issuedBefore: patterns,
    issuedUntil: patterns,
    issuedFrom: patterns,
    ended: patterns,
    operatedUnder: patterns,
    maker: patterns,
  }),
  methods: z.record(z.string(), patterns),
  sections: byLanguage,
  levels: z.record(z.string(), patterns),
  reuse: z.object({
    check: byLanguage,
    counts: byLanguage,
    website: byLanguage,
    period: byLanguage,
    most: byLanguage,
    units: byLanguage,
    numbers: byLanguage,
  }),
  records: byLanguage,
  websites: z.object({ natural: patterns, onlyLegal: patterns }),
});
export type OperationStatements = z.infer<typeof OperationStatements>;

/** The patterns by which statements are found in texts. They ship with the package. */
export interface StatementPatterns {
  words: StatementWords;
  policies: PolicyStatements;
  demands: readonly Demand[];
  disclosure: readonly DisclosureSection[];
  practices: readonly PracticeStatement[];
  programmes: readonly ProgrammeDemand[];
  operation: OperationStatements | undefined;
  /** By language and pattern: words of which each match of the pattern has one. Patterns of which none are known are absent. */
  needed: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** Where no rule reads statements. */
export const NO_STATEMENTS: StatementPatterns = {
  words: { negation: {}, permission: {}, advice: {}, conditional: {}, everyPolicy: {}, names: {} },
  policies: { qualified: {}, regulation: '$^', regulationShort: '$^', device: {}, required: {}, notRequired: {}, aside: {}, subject: {}, tsp: {} },
  demands: [],
  disclosure: [],
  practices: [],
  programmes: [],
  operation: undefined,
  needed: {},
};
