import type { Config } from '../model/config.ts';
import type { Finding, Observation, Rule } from '../model/finding.ts';
import { dateIn } from '../model/time.ts';
import type { Workspace } from '../model/workspace.ts';
import { applyBaseline } from './baseline.ts';
import { addFingerprints } from './fingerprint.ts';
import { baselineUsed } from './rules/form/baseline-used.ts';
import { configurationValid } from './rules/form/configuration-valid.ts';
import { waiverUsed } from './rules/form/waiver-used.ts';
import { rules as allRules } from './rules/index.ts';

/** What a run of the check gives: the findings in order of place, and whether a rule crashed. */
export interface CheckResult {
  findings: readonly Finding[];
  /** How many rules ran, and how many findings were waived; a clean run means that these rules saw nothing. */
  rules: number;
  waived: number;
  /** The findings that the baseline holds; undefined where there is none. */
  baselined?: readonly Finding[] | undefined;
  /** How many findings were left out, because they stand outside what changed since a branch or commit. */
  elsewhere?: { count: number; base: string };
  /** A rule that crashed makes the run invalid (exit code 2), never clean. */
  crashed: boolean;
}

/** Runs rules over a workspace. A rule that throws becomes an error finding that names it; the other rules still run. */
export function runCheck(workspace: Workspace, rules: readonly Rule[] = allRules): CheckResult {
  const { config } = workspace;
  const findings: Unnamed[] = [];
  let crashed = false;
  let ran = 0;
  for (const rule of rules) {
    // What keeps a wrong site from being built cannot be switched off.
    const severity = rule.stopsBuild ? rule.severity : (config.severities[rule.id] ?? rule.severity);
    if (severity === 'off' || !isChosen(rule, config) || !isFor(rule, workspace)) continue;
    ran += 1;
    const stamp = (observation: Observation): Unnamed =>
      toFinding(observation, rule, config.severities[rule.id] ? severity : (observation.severity ?? severity));
    try {
      for (const observation of rule.check(workspace)) findings.push(stamp(observation));
    } catch (error) {
      crashed = true;
      const message = `The rule ${rule.id} could not run: ${error instanceof Error ? error.message : String(error)}`;
      findings.push({
        ...stamp({ message, at: { file: 'cartulary.yaml' }, advice: 'This is a defect of Cartulary; please report it with the text that caused it.' }),
        severity: 'error',
      });
    }
  }
  const today = dateIn(workspace.now, config.timeZone);
  const { kept, used } = applyWaivers(findings, config, today);
  const waived = findings.length - kept.length;
  const severity = config.severities[waiverUsed.id] ?? waiverUsed.severity;
  if (severity !== 'off' && rules.includes(waiverUsed)) {
    for (const observation of unusedWaivers(workspace, rules, used, today)) kept.push(toFinding(observation, waiverUsed, severity));
  }
  for (const observation of uselessSeverities(config, rules)) kept.push(toFinding(observation, configurationValid, 'error'));
  const named = addFingerprints(kept.sort(byPlace), workspace.drafts);
  return { ...setAside(named, workspace, rules), rules: ran, waived, crashed };
}

/** What a rule saw, before it has a name that outlives moved lines. */
type Unnamed = Omit<Finding, 'fingerprint'>;

function setAside(findings: readonly Finding[], { baseline, config, drafts }: Workspace, rules: readonly Rule[]): Pick<CheckResult, 'findings' | 'baselined'> {
  if (!baseline) return { findings };
  const { told, held, unused } = applyBaseline(findings, baseline);
  const severity = config.severities[baselineUsed.id] ?? baselineUsed.severity;
  if (severity === 'off' || !rules.includes(baselineUsed)) return { findings: told, baselined: held };
  const more = addFingerprints(
    unused.map((observation) => toFinding(observation, baselineUsed, severity)),
    drafts,
  );
  return { findings: [...told, ...more].sort(byPlace), baselined: held };
}

/** Whether a rule belongs to a set that the provider chose; a rule without sets belongs to all. */
const isChosen = ({ sets }: Rule, { ruleSets }: Config) => sets === undefined || sets.some((set) => ruleSets.includes(set));

const isFor = ({ audience }: Pick<Rule, 'audience'>, workspace: Workspace) => audience === undefined || audience === workspace.audience;

/** Severities for what is no rule, and for rules that keep a wrong site from being built, would have no effect in silence. */
function* uselessSeverities({ severities }: Config, rules: readonly Rule[]): Iterable<Observation> {
  if (!rules.includes(configurationValid)) return;
  for (const id of Object.keys(severities)) {
    const rule = rules.find((candidate) => candidate.id === id);
    if (rule && !rule.stopsBuild) continue;
    const at = { file: 'cartulary.yaml', path: `severities.${id}` };
    const message = rule
      ? `The severity of ${id} cannot be changed: while it has errors no site is built.`
      : `The configuration gives a severity to "${id}", which is no rule.`;
    yield {
      message,
      at,
      seen: severities[id] ?? '',
      expected: rule ? 'no entry for this rule' : 'the id of a rule, such as form/dates-agree',
      advice: 'Take the entry out.',
    };
  }
}

/** Findings that must keep a site from being built: what it would publish could be wrong. */
export function publicationErrors(result: CheckResult): readonly Finding[] {
  return result.findings.filter((finding) => finding.stopsBuild && finding.severity === 'error');
}

function toFinding(observation: Observation, rule: Rule, severity: Finding['severity']): Unnamed {
  return {
    ...observation,
    rule: rule.id,
    severity,
    basis: observation.basis ?? rule.basis,
    page: `docs/rules/${rule.id}.md`,
    stopsBuild: rule.stopsBuild === true,
  };
}

/** Integrity cannot be waived: a finding that stops a build stays. */
function applyWaivers(findings: readonly Unnamed[], { waivers }: Config, today: string): { kept: Unnamed[]; used: ReadonlySet<number> } {
  const used = new Set<number>();
  const kept = findings.filter((finding) => {
    const index = waivers.findIndex(
      (waiver) => waiver.rule === finding.rule && waiver.until >= today && (waiver.file === undefined || waiver.file === finding.at.file),
    );
    if (index < 0 || finding.stopsBuild) return true;
    used.add(index);
    return false;
  });
  return { kept, used };
}

/** Waivers that hid nothing: ended ones, and those that match no finding. */
function* unusedWaivers(workspace: Workspace, rules: readonly Rule[], used: ReadonlySet<number>, today: string): Iterable<Observation> {
  const { config, configFields } = workspace;
  for (const [index, waiver] of config.waivers.entries()) {
    const rule = rules.find(({ id }) => id === waiver.rule);
    // Whether it still hides something is seen only where the rule runs.
    if (used.has(index) || (rule && !isFor(rule, workspace) && waiver.until >= today)) continue;
    const path = `waivers.${index}`;
    const start = configFields[path];
    yield {
      message: whyUnused(waiver, rule, today),
      at: { file: 'cartulary.yaml', path, ...(start && { start }) },
      seen: `a waiver until ${waiver.until}`,
      expected: 'a waiver that is still needed',
      advice: 'Take it out.',
    };
  }
}

function whyUnused({ rule: id, until }: Config['waivers'][number], rule: Rule | undefined, today: string): string {
  if (!rule) return `The waiver is for ${id}, which is no rule.`;
  if (rule.stopsBuild) return `Findings of ${id} cannot be waived.`;
  return until < today ? `The waiver for ${id} ended on ${until}.` : `The waiver for ${id} matches no finding.`;
}

function byPlace(a: Unnamed, b: Unnamed): number {
  return (
    compare(a.at.file, b.at.file) ||
    (a.at.start?.line ?? 0) - (b.at.start?.line ?? 0) ||
    (a.at.start?.column ?? 0) - (b.at.start?.column ?? 0) ||
    compare(a.rule, b.rule) ||
    compare(a.message, b.message)
  );
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
