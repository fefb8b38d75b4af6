/** The languages for which there are words of the interface. */
const COLUMNS = ['en', 'de'] as const;

/** The language in which the interface answers, for the `lang` attribute: English where there are no words in another. */
export function columnOf(language: string): (typeof COLUMNS)[number] {
  const name = language.split('-')[0];
  return COLUMNS.find((column) => column === name) ?? 'en';
}
