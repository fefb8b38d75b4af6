import type { Instant } from '../model/time.ts';
import type { ComparableVersion } from './compare-page.ts';

/** What the address asks: `?from=2.0&to=2.3&lang=de`; undefined where it leaves something open. */
export interface Question {
  from: string | undefined;
  to: string | undefined;
  language: string | undefined;
}

/** Two versions, and the language in which both have a text. */
export interface Choice {
  from: ComparableVersion;
  to: ComparableVersion;
  language: string;
}

/** Why a question has no answer. */
export type Problem =
  | { kind: 'no-versions' }
  | { kind: 'unknown'; typed: string }
  | { kind: 'no-text'; version: ComparableVersion }
  | { kind: 'same-version'; version: string }
  /** `shared`: languages in which both have a text. */
  | { kind: 'no-language'; shared: readonly string[] };

/** Reads the question in the query of an address. */
export function readQuestion(query: string): Question {
  const asked = new URLSearchParams(query);
  const get = (name: string) => asked.get(name)?.trim() || undefined;
  return { from: get('from'), to: get('to'), language: get('lang') };
}

/** The question as a query; the language only where there is more than one. */
export function writeQuestion({ from, to, language }: Choice): string {
  const several = from.texts.length > 1 || to.texts.length > 1;
  return `?${new URLSearchParams({ from: from.version, to: to.version, ...(several && { lang: language }) })}`;
}

/**
 * The two versions to begin with; `versions` are newest first. What the question leaves open, or names wrongly, becomes
 * what is to come against what is in force, else what is in force against the one before. Undefined where there are not
 * two texts.
 */
export function chooseVersions(versions: readonly ComparableVersion[], asked: Question, now: Instant): readonly [from: string, to: string] | undefined {
  const known = versions.filter(({ texts }) => texts.length > 0);
  const numbers = known.map(({ version }) => version);
  const [newest] = numbers;
  if (newest === undefined || numbers.length < 2) return undefined;
  const inForce = known.find(({ from, until }) => from.instant <= now && (until === undefined || now < until.instant))?.version;
  const before = (version: string) => numbers[numbers.indexOf(version) + 1];
  const from = numbers.find((version) => version === asked.from);
  const to = numbers.find((version) => version === asked.to);
  if (from !== undefined) return [from, to ?? [inForce, newest, before(from)].find((version) => version !== undefined && version !== from) ?? from];
  if (to !== undefined) return [before(to) ?? newest, to];
  if (inForce !== undefined && inForce !== newest && known.some((version) => version.version === newest && version.from.instant > now))
    return [inForce, newest];
  const shown = inForce ?? newest;
  const older = before(shown);
  return older === undefined ? [shown, newest] : [older, shown];
}

/** What is wrong with the versions that an address names; undefined where nothing is. */
export function findProblem(versions: readonly ComparableVersion[], { from, to }: Question): Problem | undefined {
  for (const typed of [from, to]) {
    if (typed === undefined) continue;
    const version = versions.find((each) => each.version === typed);
    if (!version) return { kind: 'unknown', typed };
    if (version.texts.length === 0) return { kind: 'no-text', version };
  }
  return undefined;
}

/** The choice that was made, or why it cannot be compared. Without a language, the first one that both texts have. */
export function readChoice(
  versions: readonly ComparableVersion[],
  question: Question,
): { choice: Choice; problem?: undefined } | { choice?: undefined; problem: Problem } {
  const problem = findProblem(versions, question);
  if (problem) return { problem };
  const find = (number: string | undefined) => versions.find(({ version }) => version === number);
  const [from, to] = [find(question.from), find(question.to)];
  if (!from || !to) return { problem: { kind: 'no-versions' } };
  if (from === to) return { problem: { kind: 'same-version', version: from.version } };
  const shared = to.texts.map(({ language }) => language).filter((language) => from.texts.some((text) => text.language === language));
  const language = question.language === undefined ? shared[0] : shared.find((name) => name === question.language);
  return language === undefined ? { problem: { kind: 'no-language', shared } } : { choice: { from, to, language } };
}

/** Whether a version's notice is the answer too: the two are neighbours among those that have a text in that language. */
export function isNotice(versions: readonly ComparableVersion[], { from, to, language }: Choice): boolean {
  const known = versions.filter(({ texts }) => texts.some((text) => text.language === language));
  return known[known.indexOf(to) + 1] === from;
}
