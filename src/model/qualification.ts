import { type DeviceVerdict, EIDAS_START, judgeDevice, QCP_PLUS } from './qualified-device.ts';
import { type Captured, captureQualifiers, type QualificationFacts } from './qualifier.ts';
import type { Instant } from './time.ts';
import { type ListedService, type ServiceState, stateAt } from './trusted-list.ts';

/** The uses of qualified certificates: electronic signatures, seals and website authentication. */
export const USES = ['esig', 'eseal', 'web'] as const;
export type QualifiedUse = (typeof USES)[number];
export type Verdict = 'qualified' | 'not-qualified' | 'indeterminate';

/** How each use is spelled in lists and certificates. */
const SPELLED = {
  esig: { use: 'ForeSignatures', qualifier: 'QCForESig', type: 'esign' },
  eseal: { use: 'ForeSeals', qualifier: 'QCForESeal', type: 'eseal' },
  web: { use: 'ForWebSiteAuthentication', qualifier: 'QCForWSA', type: 'web' },
} as const satisfies Record<QualifiedUse, object>;
/** What a service must be listed for: `ForeSignatures`. */
export const listedUse = (use: QualifiedUse): string => SPELLED[use].use;
const TYPE_QUALIFIERS = USES.map((use) => SPELLED[use].qualifier);

/** One step of the reasoning, for people: the clause of TS 119 615 or TS 119 612 that asks, and what was found. */
export interface Reason {
  clause: string;
  says: string;
}

/** A service that matches a certificate, with the provider of its entry. */
export interface MatchedService {
  provider: string;
  service: Pick<ListedService, 'states'>;
}

/** A matching service's state at an instant, with the qualifiers that hold for the certificate. */
export interface CapturedState {
  provider: string;
  state: Pick<ServiceState, 'type' | 'status' | 'uses'> & Partial<Pick<ServiceState, 'start' | 'line' | 'unknownCritical'>>;
  captured: Captured;
}

/** The answer for one instant. */
export interface QualificationAt {
  at: Instant;
  regime: 'eidas' | 'directive';
  /** The status of the services, where all agree; `not-listed` where there are none, `conflicting` where they differ. */
  status: string;
  uses: Readonly<Record<QualifiedUse, Verdict>>;
  /** For the use that is qualified; none for websites, and where nothing is qualified. */
  qscd?: DeviceVerdict;
  states: readonly CapturedState[];
  reasons: readonly Reason[];
  warnings: readonly string[];
  /** What makes the standard's procedure stop; nothing is confirmed then. */
  errors: readonly string[];
}

/** The answer of TS 119 615: at issuance and at the time of interest, side by side. */
export interface Qualification615 {
  atIssuance: QualificationAt;
  atCheck: QualificationAt;
  /** The one use that is qualified in both columns. */
  confirmed: QualifiedUse | 'none';
  /** Of the confirmed use, at the time of interest. */
  qscd?: DeviceVerdict;
}

export interface Instants {
  /** notBefore. */
  issued: Instant;
  /** The time of interest. */
  at: Instant;
}

/** Evaluates matched services for a certificate or a declared profile (TS 119 615, 4.3 to 4.5). Both instants are inputs. */
export function qualify(services: readonly MatchedService[], facts: QualificationFacts, { issued, at }: Instants): Qualification615 {
  return qualifyStates((time) => captureStates(services, facts, time), facts, { issued, at });
}

/** The states of matched services at an instant; those that were not yet listed then drop out. */
export function captureStates(services: readonly MatchedService[], facts: QualificationFacts, at: Instant): readonly CapturedState[] {
  return services.flatMap(({ provider, service }) => {
    const found = stateAt(service, at);
    return found ? [{ provider, state: found.state, captured: captureQualifiers(found.state.qualifications, facts) }] : [];
  });
}

/** The same, where the states at each instant are known already. */
export function qualifyStates(statesAt: (time: Instant) => readonly CapturedState[], facts: QualificationFacts, { issued, at }: Instants): Qualification615 {
  const regime = issued < EIDAS_START || at < EIDAS_START ? 'directive' : 'eidas';
  const [atIssuance, atCheck] = [issued, at].map((time) => judge(statesAt(time), facts, time, regime)) as [QualificationAt, QualificationAt];
  const both = USES.filter((use) => atIssuance.uses[use] === 'qualified' && atCheck.uses[use] === 'qualified');
  const isSound = atIssuance.errors.length + atCheck.errors.length === 0;
  const [confirmed = 'none' as const] = isSound && both.length === 1 ? both : [];
  return { atIssuance, atCheck, confirmed, ...(confirmed !== 'none' && atCheck.qscd && { qscd: atCheck.qscd }) };
}

/** Collects what a judgement says on its way. */
interface Notes {
  reasons: Reason[];
  warnings: string[];
  errors: string[];
}

function judge(all: readonly CapturedState[], facts: QualificationFacts, at: Instant, regime: QualificationAt['regime']): QualificationAt {
  const states = all.filter(({ state }) => state.type === 'CA/QC');
  const notes: Notes = { reasons: [], warnings: [], errors: [] };
  const providers = new Set(states.map(({ provider }) => provider));
  if (providers.size > 1) notes.errors.push(`Services of different providers match: ${[...providers].join('; ')}.`);
  for (const state of states) noteUndecided(state, notes);
  const decide = (use: QualifiedUse) => (regime === 'eidas' ? judgeUse(use, states, facts, notes) : judgeUnderDirective(use, states, facts, at, notes));
  const uses = Object.fromEntries(USES.map((use) => [use, decide(use)])) as Record<QualifiedUse, Verdict>;
  if (regime === 'eidas') noteUses(uses, facts, notes);
  const qualified = USES.filter((use) => uses[use] === 'qualified');
  const [use] = qualified;
  const device = qualified.length === 1 && use && use !== 'web' ? judgeDevice(qualifiersOf(statesFor(use, states, regime)), facts, at) : undefined;
  if (device) notes.reasons.push({ clause: '4.5', says: `QSCD: ${device.verdict}, for ${device.says}.` });
  return { at, regime, status: statusOf(states), uses, ...(device && { qscd: device.verdict }), states, ...notes };
}

function statusOf(states: readonly CapturedState[]): string {
  const statuses = new Set(states.map(({ state }) => state.status));
  const [status = 'not-listed'] = statuses;
  return statuses.size > 1 ? 'conflicting' : status;
}

function noteUndecided({ captured, state }: CapturedState, { warnings, errors }: Notes): void {
  for (const { qualifiers, missing } of captured.undecided) {
    warnings.push(`Whether ${qualifiers.join(' and ')} holds cannot be decided: ${missing.join(', ')} is not known. It was not taken into account.`);
  }
  for (const extension of state.unknownCritical ?? []) errors.push(`The service has a critical extension that is not known: ${extension}.`);
}

/** Under the Directive services had no uses. */
const statesFor = (use: QualifiedUse, states: readonly CapturedState[], regime: QualificationAt['regime']) =>
  regime === 'directive' ? states : states.filter(({ state }) => state.uses.includes(SPELLED[use].use));

const qualifiersOf = (states: readonly CapturedState[]): readonly string[] => [...new Set(states.flatMap(({ captured }) => captured.qualifiers))];

/** One use under Regulation (EU) No 910/2014 (TS 119 615, 4.4). */
function judgeUse(use: QualifiedUse, all: readonly CapturedState[], facts: QualificationFacts, notes: Notes): Verdict {
  const states = statesFor(use, all, 'eidas');
  const because = (verdict: Verdict, says: string): Verdict => {
    notes.reasons.push({ clause: '4.4', says: `${use}: ${verdict}, for ${says}.` });
    return verdict;
  };
  const doubt = (says: string): Verdict => {
    notes.warnings.push(`${use}: ${says}.`);
    return because('indeterminate', says);
  };
  const statuses = new Set(states.map(({ state }) => state.status));
  if (statuses.size > 1) return because('indeterminate', `matching services have different statuses: ${[...statuses].join(', ')}`);
  if (states.length > 1) notes.warnings.push(`${use}: ${states.length} services match.`);
  const [status] = statuses;
  if (status === undefined) return because('not-qualified', `no matching service is listed for ${SPELLED[use].use}`);
  if (status === 'withdrawn') return because('not-qualified', 'the status is withdrawn');
  if (status !== 'granted') return doubt(`the status is ${status}`);
  const qualifiers = qualifiersOf(states);
  const wrong = findInconsistent(use, qualifiers);
  if (wrong.length > 0) return doubt(`the qualifiers ${wrong.join(' and ')} contradict the use or each other`);
  const { verdict, says, warn } = readCell(use, qualifiers, facts);
  return warn ? doubt(says) : because(verdict, says);
}

function findInconsistent(use: QualifiedUse, qualifiers: readonly string[]): readonly string[] {
  const foreign: readonly string[] = [...TYPE_QUALIFIERS.filter((name) => name !== SPELLED[use].qualifier), ...(use === 'esig' ? ['QCForLegalPerson'] : [])];
  const both = ['NotQualified', 'QCStatement'].every((name) => qualifiers.includes(name)) ? ['NotQualified', 'QCStatement'] : [];
  return [...qualifiers.filter((name) => foreign.includes(name)), ...both];
}

interface Cell {
  verdict: Verdict;
  says: string;
  /** Indeterminate with a warning. */
  warn?: boolean;
}

/** QcCompliance, and no other legislation than that of the EU; undefined where nobody can say. */
function compliesWith({ qcCompliance, legislation }: QualificationFacts): boolean | undefined {
  if (qcCompliance === false || legislation === true) return false;
  return qcCompliance === undefined || legislation === undefined ? undefined : true;
}

const UNKNOWN: Cell = { verdict: 'indeterminate', says: 'it is not known whether the certificate has QcCompliance of the EU', warn: true };

/** The table of TS 119 615, 4.4: the first rule that fits. */
function readCell(use: QualifiedUse, qualifiers: readonly string[], facts: QualificationFacts): Cell {
  const complies = compliesWith(facts);
  const { qualifier } = SPELLED[use];
  const isStated = qualifiers.includes('QCStatement');
  if (qualifiers.includes('NotQualified')) return { verdict: 'not-qualified', says: 'the list says NotQualified' };
  if (qualifiers.includes(qualifier)) {
    if (isStated) return { verdict: 'qualified', says: `the list says ${qualifier} and QCStatement` };
    if (complies === undefined) return UNKNOWN;
    const says = `the list says ${qualifier}, and the certificate has ${complies ? 'QcCompliance' : 'no QcCompliance of the EU'}`;
    return { verdict: complies ? 'qualified' : 'not-qualified', says };
  }
  if (complies === undefined && !isStated) return UNKNOWN;
  if (!complies && !isStated) {
    return { verdict: 'not-qualified', says: 'neither the certificate has QcCompliance of the EU, nor does the list say QCStatement' };
  }
  return readType(use, facts.qcTypes, complies);
}

/** Which use a qualified certificate is for where no qualifier says it. */
function readType(use: QualifiedUse, types: readonly string[] | undefined, complies: boolean | undefined): Cell {
  const source = complies ? 'the certificate has QcCompliance' : 'the list says QCStatement';
  if (types === undefined) return { verdict: 'indeterminate', says: `${source}, but its QcType is not known`, warn: true };
  if (types.length === 0) {
    if (!complies) return { verdict: 'indeterminate', says: `${source}, but nothing says of which type it is`, warn: true };
    return { verdict: use === 'esig' ? 'qualified' : 'not-qualified', says: `${source} and no QcType, which stands for signatures` };
  }
  const says = `${source} and QcType ${types.join(', ')}`;
  if (!types.includes(SPELLED[use].type)) return { verdict: 'not-qualified', says };
  return { verdict: types.length === 1 ? 'qualified' : 'indeterminate', says };
}

function noteUses(uses: Readonly<Record<QualifiedUse, Verdict>>, { qcTypes = [] }: QualificationFacts, { warnings, errors }: Notes): void {
  const qualified = USES.filter((use) => uses[use] === 'qualified');
  if (qualified.length > 1) errors.push(`It would be qualified for ${qualified.join(' and ')} at once.`);
  if (qcTypes.length > 1) warnings.push(`The certificate has more than one QcType: ${qcTypes.join(', ')}.`);
}

const CEASED = new Set(['supervisionceased', 'supervisionrevoked', 'accreditationceased', 'accreditationrevoked']);
const QCP = [QCP_PLUS, '0.4.0.1456.1.2'];

/** Under Directive 1999/93/EC, as long as one of the two instants is before eIDAS: there were signatures only. */
function judgeUnderDirective(use: QualifiedUse, states: readonly CapturedState[], facts: QualificationFacts, at: Instant, notes: Notes): Verdict {
  if (use !== 'esig') return 'not-qualified';
  const because = (verdict: Verdict, says: string): Verdict => {
    notes.reasons.push({ clause: '4.4', says: `${use}: ${verdict}, for ${says}.` });
    return verdict;
  };
  const statuses = new Set(states.map(({ state }) => state.status));
  if (statuses.size > 1) {
    notes.errors.push(`Matching services have different statuses: ${[...statuses].join(', ')}.`);
    return because('indeterminate', 'matching services have different statuses');
  }
  const [status] = statuses;
  if (status === undefined) return because('not-qualified', 'no matching service was listed');
  if (at < EIDAS_START ? CEASED.has(status) : status === 'withdrawn') return because('not-qualified', `the status is ${status}`);
  if (at >= EIDAS_START && !states.some(({ state }) => state.uses.includes(SPELLED.esig.use))) {
    return because('not-qualified', 'no matching service is listed for ForeSignatures');
  }
  return readDirectiveCell(qualifiersOf(states), facts, notes, because);
}

function readDirectiveCell(
  qualifiers: readonly string[],
  facts: QualificationFacts,
  notes: Notes,
  because: (verdict: Verdict, says: string) => Verdict,
): Verdict {
  const wrong = findInconsistent('esig', qualifiers);
  if (wrong.length > 0) {
    notes.errors.push(`The qualifiers ${wrong.join(' and ')} contradict the use or each other.`);
    return because('indeterminate', `the qualifiers ${wrong.join(' and ')} contradict the use or each other`);
  }
  if (qualifiers.includes('NotQualified')) return because('not-qualified', 'the list says NotQualified');
  if (qualifiers.includes('QCStatement')) return because('qualified', 'the list says QCStatement');
  if (compliesWith(facts)) return because('qualified', 'the certificate has QcCompliance');
  const policy = facts.policies?.find((oid) => QCP.includes(oid));
  if (policy) return because('qualified', `the certificate has the policy ${policy} of TS 101 456`);
  return because('not-qualified', 'neither certificate nor list says that it is qualified');
}
