import { type AssessmentStep, dueDay, OUTSIDE_NAMES, OUTSIDE_RULES, type OutsideRules } from '../../model/precedence.ts';
import { type JudgedVersion, judgeVersions, listBoundTimes, PRECEDENCE_STATES } from '../../model/precedence-state.ts';
import { dateIn } from '../../model/time.ts';
import { PRECEDENCE_PATH } from '../assessor-pages.ts';
import type { Link } from '../page.ts';
import type { PrecedencePage, PrecedenceRow, PrecedenceStep } from '../precedence-page.ts';
import { precedenceStrings } from '../precedence-strings.ts';
import { pageBase, type SiteContext, sectionLink } from './context.ts';

/** `/precedence/`: versions of outside rules, the newest first, and what each means for the provider. */
export function precedencePage(context: SiteContext): PrecedencePage {
  const text = precedenceStrings(context.language);
  const groups = OUTSIDE_RULES.map((rules) => showRules(context, rules));
  return {
    kind: 'precedence',
    ...pageBase(context, PRECEDENCE_PATH, text.title, text.description),
    indexed: false,
    groups: groups.filter(({ rows, bound }) => rows.length > 0 || bound !== undefined),
    data: context.href(`${PRECEDENCE_PATH}precedence.json`),
  };
}

function showRules(context: SiteContext, rules: OutsideRules): PrecedencePage['groups'][number] {
  const judged = judgeVersions(context.workspace, rules);
  const times = listBoundTimes(context.workspace, rules);
  const policies = [...new Set(times.map(({ policy }) => policy))];
  return {
    id: rules,
    title: OUTSIDE_NAMES[rules],
    bound: times[0] && { since: times[0].from, policies: policies.map((oid) => ({ href: context.href(`/policies/${oid}/`), label: oid })) },
    counts: Object.fromEntries(
      PRECEDENCE_STATES.map((state) => [state, judged.filter((one) => one.state === state).length]),
    ) as PrecedencePage['groups'][number]['counts'],
    rows: judged.map((one) => showVersion(context, one)).reverse(),
  };
}

function showVersion(context: SiteContext, { version: known, state, faults }: JudgedVersion): PrecedenceRow {
  const { rules, version, ballots = [], subject, adopted, effective, assessment } = known;
  return {
    anchor: `${rules}-${version}`,
    ...{ version, ballots, subject, adopted, effective, state },
    late: faults.some(({ kind }) => kind === 'late'),
    assessment: assessment && { impact: assessment.impact, summary: assessment.summary, on: assessment.on, by: assessment.by },
    steps: (assessment?.steps ?? []).map((step) => showStep(context, step, dueDay(known, step))),
  };
}

function showStep(context: SiteContext, { what, sections = [], done }: AssessmentStep, due: string): PrecedenceStep {
  const { now, config } = context.workspace;
  return {
    what,
    sections: sections.map((name) => sectionLink(context, name)),
    due,
    done: done && { on: done.on, late: done.on > due, versions: (done.versions ?? []).map((name) => namedVersion(context, name)) },
    overdue: !done && due <= dateIn(now, config.timeZone),
  };
}

/** `cps 2.1` */
function namedVersion({ href }: SiteContext, name: string): Link {
  const [document = '', version = ''] = name.split(' ');
  return { href: href(`/${document}/${version}/`), label: `${document.toUpperCase()} ${version}` };
}

/** `/precedence/precedence.json`: the versions as they were judged. */
export function precedenceJson({ workspace }: SiteContext): string {
  const versions = OUTSIDE_RULES.flatMap((rules) =>
    judgeVersions(workspace, rules).map(({ version: { fields: _, ...version }, since, state, faults }) => ({
      ...version,
      since,
      state,
      late: faults.some(({ kind }) => kind === 'late'),
    })),
  );
  return `${JSON.stringify({ provider: workspace.config.name, at: workspace.now, versions }, null, 1)}\n`;
}
