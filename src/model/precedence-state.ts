import { readTimelines } from './in-force.ts';
import { type AssessmentStep, BINDING, canFollow, dueDay, type KnownVersion, type OutsideRules, versionsOf } from './precedence.ts';
import { dateIn, type Instant, parseInstant } from './time.ts';
import { policiesOf, type Workspace } from './workspace.ts';

/** A time in which a version of a document of the provider binds it to outside rules; without `until`, for ever. */
export interface BoundTime {
  document: string;
  version: string;
  /** The policy that does, by its object identifier. */
  policy: string;
  from: string;
  until: string | undefined;
}

/** What is wrong with how a version was assessed. Paths are those of the version's values. */
export type PrecedenceFault =
  /** Nobody has judged it, and it is in effect for certificates of the provider from `since` on. */
  | { kind: 'unassessed'; since: string; by: BoundTime; isPast: boolean }
  | { kind: 'late'; since: string; by: BoundTime }
  | { kind: 'before-adoption' | 'in-future' | 'effective-before-adoption' }
  | { kind: 'twin'; line: number }
  | { kind: 'before-previous'; previous: KnownVersion }
  | { kind: 'gap'; previous: KnownVersion }
  | { kind: 'first-is-late'; since: string; by: BoundTime }
  | { kind: 'unknown-section'; path: string; section: string }
  | { kind: 'unknown-version'; path: string; name: string }
  | { kind: 'done-before-assessed' | 'done-in-future' | 'done-late' | 'overdue'; path: string; step: AssessmentStep; due: string }
  | { kind: 'text-unchanged'; path: string; document: string; step: AssessmentStep; due: string };

/** How a version stands: without an assessment and not yet in effect, or already; judged, with nothing left, or something, or too late. */
export const PRECEDENCE_STATES = ['not-binding', 'to-assess', 'missing', 'settled', 'open', 'overdue'] as const;
export type PrecedenceState = (typeof PRECEDENCE_STATES)[number];

/** A version as it stands today. */
export interface JudgedVersion {
  version: KnownVersion;
  /** The first day of ours on which it was or will be in effect; undefined where it never is. */
  since: string | undefined;
  state: PrecedenceState;
  faults: readonly PrecedenceFault[];
}

/** What is judged of a workspace. */
export type PrecedenceSource = Pick<Workspace, 'register' | 'facts' | 'drafts' | 'precedence' | 'config' | 'now'>;

/** When the provider was or will be bound to outside rules, by the front matter of its published versions and the texts of the work tree; the earliest first. */
export function listBoundTimes(source: PrecedenceSource, rules: OutsideRules): readonly BoundTime[] {
  const { register, drafts, config } = source;
  const day = (instant: Instant) => dateIn(instant, config.timeZone);
  const isBinding = ({ conformsTo }: { conformsTo?: string | undefined }) => conformsTo !== undefined && BINDING[rules].includes(conformsTo);
  const times: BoundTime[] = [];
  for (const { document, spans } of readTimelines(register).values()) {
    for (const { entry, from, until } of spans) {
      const policy = policiesOf(source as Workspace, entry).find(isBinding);
      if (policy && from !== until) times.push({ document, version: entry.version, policy: policy.oid, from: day(from), until: until && day(until) });
    }
  }
  const isRegistered = (document: string, version: string) =>
    register.entries.some((entry) => entry.kind === 'version' && entry.document === document && entry.version === version);
  for (const { id, frontMatter } of drafts) {
    const policy = frontMatter?.policies.find(isBinding);
    const from = frontMatter && parseInstant(frontMatter.effective, config.timeZone);
    if (policy && from && !isRegistered(id, frontMatter.version))
      times.push({ document: id, version: frontMatter.version, policy: policy.oid, from: day(from), until: undefined });
  }
  return times.sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
}

/** How each known version of some rules stands, the oldest first. */
export function judgeVersions(source: PrecedenceSource, rules: OutsideRules): readonly JudgedVersion[] {
  const known = versionsOf(source.precedence ?? [], rules);
  const times = listBoundTimes(source, rules);
  const today = dateIn(source.now, source.config.timeZone);
  let isFirst = true;
  return known.map((version, index) => {
    const met = meetTimes(version, known.slice(index + 1), times);
    const faults: PrecedenceFault[] = [...judgeAssessment(version, met, today), ...judgeSteps(version, source, today)];
    faults.push(...judgeOrder(version, known[index - 1], met !== undefined));
    const [first] = times;
    if (met && isFirst && first && version.effective > first.from) faults.push({ kind: 'first-is-late', since: first.from, by: first });
    if (met) isFirst = false;
    return { version, since: met?.since, state: stateOf(version, met, faults, today), faults };
  });
}

/** The first day on which a version is in effect in a time of the provider's; at the end of its own time the next one takes its place. */
function meetTimes({ effective }: KnownVersion, later: readonly KnownVersion[], times: readonly BoundTime[]): { since: string; by: BoundTime } | undefined {
  const end = later.map((one) => one.effective).sort()[0];
  for (const by of times) {
    const since = by.from > effective ? by.from : effective;
    if ((end === undefined || since < end) && (by.until === undefined || since < by.until)) return { since, by };
  }
  return undefined;
}

function* judgeAssessment(
  { adopted, effective, assessment }: KnownVersion,
  met: { since: string; by: BoundTime } | undefined,
  today: string,
): Iterable<PrecedenceFault> {
  if (adopted !== undefined && adopted > effective) yield { kind: 'effective-before-adoption' };
  if (!assessment) {
    if (met) yield { kind: 'unassessed', ...met, isPast: met.since <= today };
    return;
  }
  if (assessment.on > today) yield { kind: 'in-future' };
  if (adopted !== undefined && assessment.on < adopted) yield { kind: 'before-adoption' };
  if (met && assessment.on >= met.since) yield { kind: 'late', ...met };
}

/** Old tables of revisions contradict themselves: of what never bound the provider, only twins count. */
function* judgeOrder(version: KnownVersion, previous: KnownVersion | undefined, isMet: boolean): Iterable<PrecedenceFault> {
  if (version.version === previous?.version) yield { kind: 'twin', line: previous.fields['']?.line ?? 0 };
  if (!previous || !isMet || version.version === previous.version) return;
  if (!canFollow(previous.version, version.version)) yield { kind: 'gap', previous };
  if (version.effective < previous.effective) yield { kind: 'before-previous', previous };
}

function* judgeSteps(version: KnownVersion, source: PrecedenceSource, today: string): Iterable<PrecedenceFault> {
  const { assessment } = version;
  for (const [index, step] of (assessment?.steps ?? []).entries()) {
    const path = `assessment.steps.${index}`;
    const due = dueDay(version, step);
    yield* findUnknown(step, path, source);
    if (!step.done && due <= today) yield { kind: 'overdue', path, step, due };
    if (!assessment || !step.done) continue;
    if (step.done.on < assessment.on) yield { kind: 'done-before-assessed', path: `${path}.done.on`, step, due };
    else if (step.done.on > today) yield { kind: 'done-in-future', path: `${path}.done.on`, step, due };
    else if (step.done.on > due) yield { kind: 'done-late', path: `${path}.done.on`, step, due };
    for (const document of findUnchanged(step, { from: assessment.on, due }, source))
      yield { kind: 'text-unchanged', path: `${path}.sections`, document, step, due };
  }
}

function* findUnknown({ sections = [], done }: AssessmentStep, path: string, { drafts, register }: PrecedenceSource): Iterable<PrecedenceFault> {
  for (const [index, section] of sections.entries()) {
    const [document, number] = section.split(' ');
    const isThere = drafts.some((text) => text.id === document && text.sections.some((one) => one.number === number));
    if (!isThere) yield { kind: 'unknown-section', path: `${path}.sections.${index}`, section };
  }
  for (const [index, name] of (done?.versions ?? []).entries()) {
    const isThere = register.entries.some((entry) => entry.kind === 'version' && `${entry.document} ${entry.version}` === name);
    if (!isThere) yield { kind: 'unknown-version', path: `${path}.done.versions.${index}`, name };
  }
}

/** The documents of a step's sections of which no version came into force between the assessment and the day on which it is due. */
function findUnchanged({ sections = [] }: AssessmentStep, { from, due }: { from: string; due: string }, { register, config }: PrecedenceSource): string[] {
  const documents = [...new Set(sections.map((section) => section.split(' ')[0] ?? ''))];
  return documents.filter((document) => {
    const spans = readTimelines(register).get(document)?.spans ?? [];
    const days = spans.filter(({ from: begin, until }) => begin !== until).map((span) => dateIn(span.from, config.timeZone));
    return spans.length > 0 && !days.some((day) => day >= from && day <= due);
  });
}

function stateOf(version: KnownVersion, met: { since: string } | undefined, faults: readonly PrecedenceFault[], today: string): PrecedenceState {
  const { assessment } = version;
  if (!assessment) return met === undefined ? 'not-binding' : met.since <= today ? 'missing' : 'to-assess';
  if (faults.some(({ kind }) => kind === 'overdue')) return 'overdue';
  return assessment.steps?.some(({ done }) => !done) ? 'open' : 'settled';
}
