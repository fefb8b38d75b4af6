import type { Link, When } from './page.ts';

/** What can stand in a sentence: words, a time, or a link. */
export type SentencePart = string | When | Link;

/**
 * Takes a sentence with names in braces, `Since {from}.`, apart and puts the parts of those names in. Sentences are whole
 * in `strings.ts`, so that each language has its own order of words. Throws for a name that has no part.
 */
export function fillSentence(sentence: string, parts: Readonly<Record<string, SentencePart>>): SentencePart[] {
  return sentence
    .split(/(\{\w+\})/)
    .filter((piece) => piece !== '')
    .map((piece) => {
      if (!/^\{\w+\}$/.test(piece)) return piece;
      const part = parts[piece.slice(1, -1)];
      if (part === undefined) throw new Error(`The sentence "${sentence}" has no part ${piece}.`);
      return part;
    });
}
