import { isDate } from './time.ts';

/** What a name says where a pattern has `{version}` and `{date}`. */
export interface NameParts {
  version?: string;
  /** `YYYY-MM-DD` by its digits; whether the calendar has such a day is for the caller to ask. */
  date?: string;
}

/** More than these stars in one pattern would let a long name take a long time. */
export const MOST_STARS = 3;

const MOST_CHARACTERS = 500;
const VERSION = '(?<version>\\d+(?:[-_]\\d+)+|\\d+[A-Za-z]?(?:\\.\\d+[A-Za-z]?)*)';
const DATE = '(?<date>\\d{4}(?<mark>[-_.]?)\\d{2}\\k<mark>\\d{2})';

/**
 * Fits a tag name or path to a pattern such as `CP-v*_CPS-v{version}` or `archive/cps-{version}-{date}.md`, where `*` stands
 * for anything. A version begins with a digit and has no word in it, so `v{version}` does not take `v5.0-rc1`, nor
 * `BRs/{version}` the tag `BRs/v2.1.5`. Undefined where the name does not fit.
 */
export function matchName(pattern: string, name: string): NameParts | undefined {
  if (name.length > MOST_CHARACTERS) return undefined;
  const groups = toExpression(pattern).exec(name)?.groups;
  if (!groups) return undefined;
  const { version, date } = groups;
  return {
    ...(version !== undefined && { version: spellVersion(version) }),
    ...(date !== undefined && { date: date.replace(/\D/g, '').replace(/^(\d{4})(\d{2})/, '$1-$2-') }),
  };
}

/** A version as documents print it: where only hyphens or underscores part its numbers they are points, `4-1` is 4.1. A date stays one. */
export function spellVersion(spelt: string): string {
  return /^\d+(?:[-_]\d+)+$/.test(spelt) && !isDate(spelt) ? spelt.replace(/[-_]/g, '.') : spelt;
}

function toExpression(pattern: string): RegExp {
  const source = pattern
    .split(/(\{version\}|\{date\}|\*+)/)
    .map((part) => {
      if (part === '{version}') return VERSION;
      if (part === '{date}') return DATE;
      return part.startsWith('*') ? '.*?' : part.replace(/[\\^$.|?+()[\]{}/]/g, '\\$&');
    })
    .join('');
  return new RegExp(`^${source}$`, 'su');
}

/** A text from outside as it can be shown: what a terminal would obey, or would not show, becomes its code point. */
export function showText(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}

/** A name from outside as it can be shown inside a sentence: like `showText`, and not too long. */
export function showName(name: string): string {
  const shown = showText(name);
  return shown.length > 120 ? `${shown.slice(0, 119)}…` : shown;
}
