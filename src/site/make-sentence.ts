import { makeElement } from './make-element.ts';
import { fillSentence } from './sentence.ts';

/** A paragraph of a sentence of `strings.ts` with its times and links. */
export function makeSentence(template: string, parts: Parameters<typeof fillSentence>[1]): HTMLElement {
  const pieces = fillSentence(template, parts).map((part) =>
    typeof part === 'string'
      ? part
      : 'href' in part
        ? makeElement('a', { href: part.href }, part.label)
        : makeElement('time', { datetime: part.instant }, part.text),
  );
  return makeElement('p', {}, ...pieces);
}
