/** Where a text has a name. */
export interface Mention {
  name: string;
  at: number;
}

const isPartOfWord = (character: string): boolean => /[\p{L}\d]/u.test(character);

/** The names that a text has, in its order; where one begins another, the longer: `Example CA 1` has no `Example CA`. */
export function findMentions(text: string, names: readonly string[]): readonly Mention[] {
  const found = new Map<number, string>();
  for (const name of new Set(names)) {
    for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
      const isWhole = !isPartOfWord(text.charAt(at - 1)) && !isPartOfWord(text.charAt(at + name.length));
      if (isWhole && name.length > (found.get(at)?.length ?? 0)) found.set(at, name);
    }
  }
  return [...found].map(([at, name]) => ({ name, at })).sort((a, b) => a.at - b.at);
}
