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

/** A source, how texts cite it, and where its date was looked up. */
const cited = { name: text, cited: text, since: dateOrMonth, source: text };

/** Editions that are out of date: `content/form/editions.yaml`. */
export const Editions = z
  .object({
    sources: z.record(text, text),
    editions: z.array(z.object({ ...cited, current: text })),
    replaced: z.array(z.object({ ...cited, by: text })),
    amended: z.array(z.object({ ...cited, by: text, title: text })),
  })
  .refine(({ sources, editions, replaced, amended }) => [...editions, ...replaced, ...amended].every(({ source }) => Object.hasOwn(sources, source)), {
    message: 'expected a source that "sources" lists',
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
  editions: { sources: {}, editions: [], replaced: [], amended: [] },
  oids: { wholeArcs: [], names: {} },
};
