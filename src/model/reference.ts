/** A mention of a section of the same text: where it stands in a string, and the section's number. */
export interface Reference {
  start: number;
  end: number;
  number: string;
}

const MENTION = /\b(?:sections?|clauses?|abschnitte?[ns]?|kapiteln?|ziffern?)\s+(\d{1,2}(?:\.\d{1,3})*)/giu;
const FURTHER = /^(?:\s*(?:,|and|or|to|through|und|oder|bis|-|–)\s*){1,2}(\d{1,2}(?:\.\d{1,3})+)/iu;
/** What follows a mention of a section of another text: "Section 3.2 of RFC 3647", "Section 4.9 of the CPS". */
const ELSEWHERE =
  /^\s*(?:,\s*)?(?:of|in|from|des|der|von|im)\s+(?:(?:the|that|dem|den|der)\s+)?(?!(?:this|dieses|dieser|diesem)\b)(?:[\p{Lu}[]|current\b|applicable\b)/u;
/** What stands before it: "RFC 5280, Section 4.2", "BR Section 3.2.2.4". */
const ANOTHER =
  /(?:RFC\s?\d+|\b(?:BRs?|EVGs?|Requirements|Guidelines|Regulation|Verordnung|EN|TS|ISO(?:\/IEC)?|FIPS|NIST|SP)(?:\s[\d\s.-]+)?(?:\s?V[\d.]+)?|\bCPS?['’]s|\b(?:CP|CPS))\s*,?\s*\(?$/u;

/**
 * Finds "Section 4.9.1", "Sections 4.9.1 and 4.9.3", "Abschnitt 4.9" in a piece of text. A section of another text is
 * left out where the words around it say so. Whether the section exists is for the caller to ask.
 */
export function* findReferences(text: string): Iterable<Reference> {
  for (const mention of text.matchAll(MENTION)) {
    const found = readList(text, mention);
    const end = found.at(-1)?.end ?? 0;
    if (ELSEWHERE.test(text.slice(end, end + 60)) || ANOTHER.test(text.slice(Math.max(0, mention.index - 60), mention.index))) continue;
    yield* found;
  }
}

function readList(text: string, mention: RegExpExecArray): Reference[] {
  const number = mention[1] ?? '';
  let end = mention.index + mention[0].length;
  const found: Reference[] = [{ start: mention.index, end, number }];
  for (let further = FURTHER.exec(text.slice(end, end + 60)); further?.[1]; further = FURTHER.exec(text.slice(end, end + 60))) {
    const stop = end + further[0].length;
    found.push({ start: stop - further[1].length, end: stop, number: further[1] });
    end = stop;
  }
  return found;
}
