import { OUTSIDE_RULES, type OutsideVersion } from './precedence.ts';
import { compareVersionNumbers } from './version-number.ts';

/** What stands at the top of a file that was not there. */
const HEAD = '# Versions of outside rules, and our assessment of each: docs/guide/precedence.md of Cartulary.\n';

/** A version that stands in a file already: the line, from 1, on which it begins. */
export type PlacedVersion = Pick<OutsideVersion, 'rules' | 'version'> & { line: number };

/**
 * Puts versions into the text of a file, each after the one before it. Every other line stays as it is, comments too: those
 * below an entry, indented, belong to it, those at the margin to the next one. Undefined for a text whose entries do not
 * each begin with "- " on a line of their own.
 */
export function insertVersions(text: string, placed: readonly PlacedVersion[], added: readonly OutsideVersion[]): string | undefined {
  if (text.trim() === '') return HEAD + added.toSorted(compareVersions).map(writeVersion).join('');
  const ending = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  if (placed.length === 0 || placed.some(({ line }) => !lines[line - 1]?.startsWith('- '))) return undefined;
  const after = new Map<number, OutsideVersion[]>();
  for (const version of added.toSorted(compareVersions)) {
    const index = placed.findLastIndex((one) => compareVersions(one, version) < 0);
    after.set(index, [...(after.get(index) ?? []), version]);
  }
  const insertions = [...after].map(([index, versions]) => ({ at: lineAfter(lines, placed, index), text: versions.map(writeVersion).join('') }));
  const isSpaced = placed.some((_, index) => index < placed.length - 1 && lines[lineAfter(lines, placed, index)]?.trim() === '');
  const separate = (entries: string) =>
    entries
      .trimEnd()
      .split('\n')
      .flatMap((line) => (isSpaced && line.startsWith('- ') ? ['', line] : [line]));
  for (const { at, text: entries } of insertions.sort((a, b) => b.at - a.at)) lines.splice(at, 0, ...separate(entries));
  return lines.join(ending) + ending;
}

/** Before which line, counted from 0, something goes that follows an entry; before the first entry for none. */
function lineAfter(lines: readonly string[], placed: readonly PlacedVersion[], index: number): number {
  const next = placed[index + 1];
  let at = next ? next.line - 1 : lines.length;
  if (index < 0) return at;
  while (at > 0 && /^(#.*|\s*)$/.test(lines[at - 1] ?? '')) at -= 1;
  return at;
}

const compareVersions = (a: Pick<OutsideVersion, 'rules' | 'version'>, b: Pick<OutsideVersion, 'rules' | 'version'>) =>
  OUTSIDE_RULES.indexOf(a.rules) - OUTSIDE_RULES.indexOf(b.rules) || compareVersionNumbers(a.version, b.version);

/** One entry, without an assessment. */
function writeVersion({ rules, version, ballots, subject, adopted, effective }: OutsideVersion): string {
  return [
    `- rules: ${rules}`,
    `  version: ${JSON.stringify(version)}`,
    ...(ballots ? [`  ballots: [${ballots.map(scalar).join(', ')}]`] : []),
    ...(subject === undefined ? [] : [`  subject: ${scalar(subject)}`]),
    ...(adopted === undefined ? [] : [`  adopted: ${adopted}`]),
    `  effective: ${effective}`,
    '',
  ].join('\n');
}

/** Plain where YAML takes it as a text, otherwise in quotes, whose escapes are those of JSON and more. */
const scalar = (text: string): string =>
  /^[A-Za-z][A-Za-z0-9 ()./-]*$/.test(text) && !/^(?:null|true|false|yes|no|on|off)$/i.test(text) ? text : JSON.stringify(text);
