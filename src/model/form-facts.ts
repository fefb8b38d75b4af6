import { z } from 'zod';

const text = z.string().min(1);
/** A day or a month; a later day compares as greater. */
const dateOrMonth = z.string().regex(/^\d{4}-\d{2}(-\d{2})?$/, 'expected a day or a month');

/** Words that stand where a value belongs, by language: `content/form/vague-words.yaml`. */
export const VagueWords = z.object({
  words: z.array(z.object({ language: text, words: text, instead: text, onlyIn: z.literal('duties').optional() })),
  /** What makes a sentence a duty, by language. */
  duties: z.record(text, text),
  /** Sections of the RFC 3647 outline in which no value of the provider belongs. */
  sectionsWithoutValues: z.array(text),
});
export type VagueWords = z.infer<typeof VagueWords>;

/** Editions that are out of date: `content/form/editions.yaml`. */
export const Editions = z.object({
  editions: z.array(z.object({ name: text, cited: text, current: text, since: dateOrMonth })),
  replaced: z.array(z.object({ name: text, cited: text, by: text, since: dateOrMonth })),
  amended: z.array(z.object({ name: text, cited: text, by: text, title: text, since: dateOrMonth })),
});
export type Editions = z.infer<typeof Editions>;

/** What is known of object identifiers: `content/form/oids.yaml`. */
export const KnownOids = z.object({
  wholeArcs: z.array(z.object({ arc: text, next: z.array(text).min(1), of: text })),
  names: z.record(text, text),
});
export type KnownOids = z.infer<typeof KnownOids>;

/** The facts outside a provider's repository on which rules of the form rest. They ship with the package. */
export interface FormFacts {
  vagueWords: VagueWords;
  editions: Editions;
  oids: KnownOids;
}

/** Where no rule of the form runs. */
export const NO_FORM_FACTS: FormFacts = {
  vagueWords: { words: [], duties: {}, sectionsWithoutValues: [] },
  editions: { editions: [], replaced: [], amended: [] },
  oids: { wholeArcs: [], names: {} },
};
