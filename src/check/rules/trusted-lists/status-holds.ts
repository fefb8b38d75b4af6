import type { Observation, Rule } from '../../../model/finding.ts';
import type { VersionSpan } from '../../../model/in-force.ts';
import { dateIn, type Instant, isInstant } from '../../../model/time.ts';
import { type ServiceState, stateAt } from '../../../model/trusted-list.ts';
import type { Workspace } from '../../../model/workspace.ts';
import {
  enumerate,
  type FoundService,
  foundServices,
  inForm,
  inProcedure,
  nameLine,
  nameService,
  nameState,
  nameTime,
  nameVersions,
  qualifiedSpans,
} from '../../entered-services.ts';

/** A service was listed with its type and granted as long as versions with its policies were in force. */
export const statusHolds: Rule = {
  id: 'trusted-lists/status-holds',
  demands: 'Each service is granted as declared, and was so on every day on which a version with its policies was in force.',
  basis: inProcedure('4.4'),
  severity: 'error',
  *check(workspace) {
    const at = workspace.trustedLists?.at;
    if (!at) return;
    for (const service of foundServices(workspace)) {
      const told = [...checkStates(workspace, service, at)];
      yield* told;
      yield* checkSince(workspace, service, at, told.length > 0);
    }
    yield* checkListed(workspace, at);
  },
};

/** A state of a service, and the versions with its policies that were in force meanwhile. */
function* checkStates(workspace: Workspace, { entry, service, placeOf }: FoundService, at: Instant): Iterable<Observation> {
  const spans = service.policies.flatMap(({ oid }) => qualifiedSpans(workspace, oid));
  const { states } = entry.service;
  for (const [index, state] of states.entries()) {
    const until = states[index - 1]?.start;
    const problem = findProblem(state, service.entry.type);
    const meanwhile = spans.filter((span) => state.start <= at && overlaps(span, state.start, until, at));
    if (!problem || meanwhile.length === 0) continue;
    yield {
      message: `The ${nameService(service)} was ${problem} ${nameTime(state.start, until)}, in the time of ${nameVersions(meanwhile)}.`,
      at: placeOf('entry.since'),
      seen: `${state.type}, ${nameState(entry, state, until)}`,
      expected: `${service.entry.type}, granted as long as a version in force lists its policies`,
      advice: 'Certificates are not qualified while their service is not granted: withdraw the texts that say so, or take the service out.',
    };
  }
}

function findProblem({ status, type }: ServiceState, declared: string): string | undefined {
  if (type !== declared) return `listed as ${type}`;
  return status === 'granted' ? undefined : `listed as ${status}`;
}

/** Whether a version was in force in a time that begins at an instant and has begun. */
const overlaps = (span: VersionSpan, from: Instant, until: Instant | undefined, at: Instant): boolean =>
  span.from <= at && (span.until === undefined || span.until > from) && (until === undefined || span.from < until) && (until === undefined || from < until);

/** The current status, and since when. States that differ in uses or qualifications alone have one status: the day of the first counts too. */
function* checkSince({ config }: Workspace, { entry, service, placeOf }: FoundService, at: Instant, isTold: boolean): Iterable<Observation> {
  const common = { at: placeOf('entry.since'), basis: inForm('5.5.5') };
  const current = stateAt(entry.service, at)?.state;
  if (!current) {
    const [first] = entry.service.states.slice(-1);
    const seen = first ? nameState(entry, first) : nameLine(entry, entry.service.line);
    yield { ...common, message: `The ${nameService(service)} is not yet listed.`, seen, expected: `a state that has begun by ${at}` };
    return;
  }
  if (current.status !== 'granted') {
    if (isTold) return;
    yield {
      ...common,
      message: `The ${nameService(service)} is listed as ${current.status}.`,
      seen: nameState(entry, current),
      expected: 'granted',
      basis: inForm('5.5.4'),
      advice: 'Take a service that has ended out of the declaration.',
    };
    return;
  }
  const starts = startsOf(entry.service.states, current);
  const { since } = service.entry;
  const isSame = (start: Instant) => (isInstant(since) ? since === start : since === dateIn(start, config.timeZone) || since === start.slice(0, 10));
  if (starts.some(isSame)) return;
  yield {
    ...common,
    message: `The ${nameService(service)} is not ${current.status} since the declared day.`,
    seen: `${current.status} since ${enumerate(starts, 'or')} (${nameLine(entry, current.line)})`,
    expected: `since ${since}`,
    advice: 'Declare when the current state begins, or the first state with this status.',
  };
}

/** When the current state begins, and the first of those before it, without interruption, that have its type and status. */
function startsOf(states: readonly ServiceState[], current: ServiceState): readonly Instant[] {
  const older = states.slice(states.indexOf(current));
  const end = older.findIndex(({ type, status }) => type !== current.type || status !== current.status);
  const run = end < 0 ? older : older.slice(0, end);
  return [...new Set([current.start, ...run.slice(-1).map(({ start }) => start)])];
}

/** Versions that were in force before any service with the policy was listed. */
function* checkListed(workspace: Workspace, at: Instant): Iterable<Observation> {
  const services = foundServices(workspace);
  const declared = workspace.services?.services ?? [];
  for (const oid of new Set(services.flatMap(({ service }) => service.policies.map((policy) => policy.oid)))) {
    const own = services.filter(({ service }) => service.policies.some((policy) => policy.oid === oid));
    // Of a service whose entry was not found nobody knows since when it is listed.
    if (own.length !== declared.filter(({ policies }) => policies.some((policy) => policy.oid === oid)).length) continue;
    const [first] = own.toSorted((a, b) => (firstStart(a) < firstStart(b) ? -1 : 1));
    if (first) yield* checkBefore(workspace, first, oid, at);
  }
}

const firstStart = ({ entry }: FoundService): Instant => entry.service.states.map(({ start }) => start).sort()[0] as Instant;

function* checkBefore(workspace: Workspace, first: FoundService, oid: string, at: Instant): Iterable<Observation> {
  const { entry, service, placeOf } = first;
  const listed = firstStart(first);
  const before = qualifiedSpans(workspace, oid).filter(({ from }) => from < listed && from <= at);
  const [earliest] = before;
  if (!earliest) return;
  const index = service.policies.findIndex((policy) => policy.oid === oid);
  const state = entry.service.states.find(({ start }) => start === listed);
  yield {
    message: `No declared service was listed for the policy ${oid} ${nameTime(earliest.from, listed)}, in the time of ${nameVersions(before)}.`,
    at: placeOf(`policies.${index}.oid`),
    seen: `the ${nameService(service)}: ${state ? nameState(entry, state) : listed}`,
    expected: `a service that was listed by ${earliest.from}`,
    advice: 'Declare the service that issued such certificates before; or have the scheme operator correct the list.',
  };
}
