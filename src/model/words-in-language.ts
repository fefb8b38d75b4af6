/** Words in a language, in English where there are none in it, else in the first language that there is. */
export function wordsIn(words: string | Readonly<Record<string, string>>, language: string): string {
  if (typeof words === 'string') return words;
  return words[language.split('-')[0] ?? language] ?? words['en'] ?? Object.values(words)[0] ?? '';
}
