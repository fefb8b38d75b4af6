const WORDS: Readonly<Record<string, number>> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  twelve: 12,
  einem: 1,
  einer: 1,
  zwei: 2,
  drei: 3,
  vier: 4,
  fünf: 5,
  sechs: 6,
  sieben: 7,
  acht: 8,
  neun: 9,
  zehn: 10,
  zwölf: 12,
};
const NUMBER = String.raw`(?<amount>\d{1,4}|${Object.keys(WORDS).join('|')})\)?[\s-]`;

/** A time of hours or more in running text, with the groups `amount` and `unit`; for a pattern without regard to case. */
export const AMOUNT = String.raw`${NUMBER}(?<unit>hour|day|week|month|year|Stunde|Tag|Woche|Monat|Jahr)(?:s|e[ns]?|n)?\b`;

/** The same, of minutes too. */
export const SHORT_AMOUNT = String.raw`${NUMBER}(?<unit>minute|hour|day|Minute|Stunde|Tag)(?:s|e[ns]?|n)?\b`;

const DAYS: Readonly<Record<string, number>> = { minute: 1 / 1440, hour: 1 / 24, stunde: 1 / 24, day: 1, tag: 1, week: 7, woche: 7 };

/** The hours of an amount, as long as they can be: seven months are at most 215 days. */
export function readAmount(amount: string, unit: string): number {
  const number = WORDS[amount.toLowerCase()] ?? Number(amount);
  const days = DAYS[unit.toLowerCase()];
  if (days !== undefined) return Math.round(number * days * 24 * 60) / 60;
  const months = /^(?:year|jahr)$/iu.test(unit) ? number * 12 : number;
  const starts = Array.from({ length: 48 }, (_, month) => (Date.UTC(2024, month + months) - Date.UTC(2024, month)) / 3_600_000);
  return Math.max(...starts);
}
