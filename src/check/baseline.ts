import { BASELINE, type Baseline, type BaselineGroup } from '../model/baseline.ts';
import type { Finding, Observation } from '../model/finding.ts';
import { showText } from '../model/name-pattern.ts';
import { baselineUsed } from './rules/form/baseline-used.ts';

/** Findings, those of them that the baseline holds, and what of the baseline no longer occurs. */
export interface Sorted {
  told: Finding[];
  held: Finding[];
  unused: Observation[];
}

/** Takes out what the baseline holds. What stops a build stays, whatever the file says. */
export function applyBaseline(findings: readonly Finding[], baseline: Baseline): Sorted {
  const held = new Set<Finding>();
  const used = new Set<string>();
  const groups = new Map(baseline.map((group) => [nameOf(group.rule, group.file), group]));
  for (const finding of findings) {
    const name = nameOf(finding.rule, finding.at.file);
    if (!mayBeHeld(finding) || !groups.get(name)?.findings.has(finding.fingerprint)) continue;
    held.add(finding);
    used.add(nameOf(name, finding.fingerprint));
  }
  const unused = baseline.flatMap((group) => {
    const gone = [...group.findings].filter(([fingerprint]) => !used.has(nameOf(nameOf(group.rule, group.file), fingerprint)));
    return gone.length > 0 ? [describeGone(group, gone)] : [];
  });
  return { told: findings.filter((finding) => !held.has(finding)), held: [...held], unused };
}

const nameOf = (...parts: readonly string[]) => parts.join('\n');
const mayBeHeld = (finding: Finding) => !finding.stopsBuild && finding.rule !== baselineUsed.id;
const MOST_MESSAGES = 3;

function describeGone({ rule, file, at }: BaselineGroup, gone: readonly (readonly [fingerprint: string, message: string])[]): Observation {
  const messages = gone.slice(0, MOST_MESSAGES).map(([fingerprint, message]) => message || fingerprint);
  const more = gone.length > MOST_MESSAGES ? `, and ${gone.length - MOST_MESSAGES} more` : '';
  return {
    message: `The baseline holds ${gone.length === 1 ? 'a finding' : 'findings'} of ${rule} in ${file} that no longer ${gone.length === 1 ? 'occurs' : 'occur'}.`,
    at: { file: BASELINE, ...(at && { start: at }) },
    seen: `${messages.join('; ')}${more}`,
    expected: 'findings that the check still makes',
    advice: 'Take them out: `cartulary check --prune-baseline`.',
  };
}

const HEAD = `# Findings that \`cartulary check\` counts and does not tell, by rule and file. Old debt: it should only get shorter.
# \`cartulary check --prune-baseline\` takes out what no longer occurs, \`--write-baseline\` writes the file anew.
`;
const LONGEST_MESSAGE = 160;
/** A reader takes files up to half a million characters; beyond this, messages are left out. */
const MOST_CHARACTERS = 450_000;

/** Which of the findings a baseline can hold: not those that stop a build, and no notes, which fail nothing. */
export function listHoldable(findings: readonly Finding[]): Finding[] {
  return findings.filter((finding) => mayBeHeld(finding) && finding.severity !== 'info');
}

/** The text of a baseline file, in the order of file, rule and message, so that two branches rarely touch the same line. */
export function writeBaseline(findings: readonly Finding[]): string {
  const lines = (withMessages: boolean) => {
    const groups = Map.groupBy([...findings].sort(byName), ({ rule, at }) => nameOf(rule, at.file));
    return [...groups.values()].map((group) => writeGroup(group, withMessages)).join('');
  };
  const full = lines(true);
  return HEAD + (full.length <= MOST_CHARACTERS ? full : lines(false));
}

function writeGroup(group: readonly Finding[], withMessages: boolean): string {
  const { rule = '', at = { file: '' } } = group[0] ?? {};
  const findings = group.map(({ fingerprint, message }) => `    "${fingerprint}": ${quote(withMessages ? message : '')}\n`);
  return `- rule: ${rule}\n  file: ${quote(at.file)}\n  findings:\n${findings.join('')}`;
}

function quote(text: string): string {
  const shown = showText(text.replace(/\s+/g, ' '));
  return JSON.stringify(shown.length > LONGEST_MESSAGE ? `${shown.slice(0, LONGEST_MESSAGE - 1)}…` : shown);
}

const byName = (a: Finding, b: Finding) => compare(sortKey(a), sortKey(b));
const sortKey = ({ rule, at, message, fingerprint }: Finding) => nameOf(at.file, rule, message, fingerprint);
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
