import type { Observation, Rule } from '../../../model/finding.ts';
import { declaredFor } from '../../../model/practice.ts';
import { listedUse, type Qualification615, type QualificationAt, type QualifiedUse } from '../../../model/qualification.ts';
import { EIDAS_START, judgeDevice } from '../../../model/qualified-device.ts';
import { listMissing, meets, type QualificationFacts } from '../../../model/qualifier.ts';
import { nameFrontMatter } from '../../../model/sample.ts';
import { type PolicyProof, promiseOf } from '../../../model/service-proof.ts';
import { QUALIFIERS } from '../../../model/trust-service.ts';
import type { ServiceState } from '../../../model/trusted-list.ts';
import type { Workspace } from '../../../model/workspace.ts';
import { enumerate, type FoundService, foundServices, groupProofs, inForm, inProcedure, nameLine, nameService, nameVersions } from '../../entered-services.ts';

/** What the entry proves of certificates under a policy is what the texts say of them. */
export const qualificationAgrees: Rule = {
  id: 'trusted-lists/qualification-agrees',
  demands: 'By the entries, certificates under each policy are qualified for the use, on the device and with the qualifiers that texts and declaration say.',
  basis: inProcedure('4.4'),
  severity: 'error',
  *check(workspace) {
    for (const service of foundServices(workspace)) {
      for (const [index, { oid, proofs }] of service.policies.entries()) {
        const judge = (proof: PolicyProof) => [...checkUse(proof), ...checkDevice(proof), ...checkQualifiers(workspace, service, index, proof)];
        for (const { seen, proofs: group } of groupProofs(proofs, judge)) yield observe(workspace, { service, index, oid, proofs: group }, seen);
      }
    }
  },
};

/** Something that the list says otherwise, in the words of a finding; what versions have in common is told once. */
interface Difference {
  /** Follows the name of the policy: `are not qualified for …`. */
  says: string;
  seen: string;
  line: number | undefined;
  expected: string;
  /** The value of the front matter, or of the declaration, that says otherwise. */
  keys: readonly string[] | 'declaration';
  basis?: Observation['basis'];
  severity?: 'warning';
  advice: string;
}

const USES: Readonly<Record<QualifiedUse | 'none', string>> = {
  esig: 'qualified for electronic signatures',
  eseal: 'qualified for electronic seals',
  web: 'qualified for website authentication',
  none: 'not qualified',
};
const ASK = 'Have the scheme operator correct the entry where the texts are right; otherwise correct the texts.';

const lineOf = ({ states }: QualificationAt): number | undefined => states[0]?.state.line;

/** The confirmed use. Where a state is not granted or has not the use, other rules say so. */
function checkUse({ version, answer }: PolicyProof): readonly Difference[] {
  const { use } = promiseOf(version.policy);
  if (use === undefined || answer.confirmed === use) return [];
  const column = [answer.atIssuance, answer.atCheck].find((one) => use === 'none' || one.uses[use] !== 'qualified' || one.errors.length > 0) ?? answer.atCheck;
  if (use !== 'none' && !canConfirm(column, use)) return [];
  return [
    {
      says: `are ${answer.confirmed === 'none' ? `not proved to be ${USES[use]}` : USES[answer.confirmed]} by the list`,
      seen: reasonsOf(column, use === 'none' ? answer.confirmed : use),
      line: lineOf(column),
      expected: USES[use],
      keys: ['qualified', 'conformsTo', 'oid'],
      advice: ASK,
    },
  ];
}

function canConfirm({ at, states }: QualificationAt, use: QualifiedUse): boolean {
  return states.some(({ state }) => state.status === 'granted' && (at < EIDAS_START || state.uses.includes(listedUse(use))));
}

/** What the procedure says on its way, as far as it is about a use, and everything that stops it. */
function reasonsOf({ reasons, errors }: QualificationAt, use: QualifiedUse | 'none'): string {
  const own = reasons.flatMap(({ clause, says }) => (clause === '4.4' && says.startsWith(`${use}: `) ? [bare(says.slice(use.length + 2))] : []));
  return [...own, ...errors.map(bare)].join('; ') || 'not qualified';
}

const bare = (sentence: string): string => sentence.replace(/\.$/, '');

function checkDevice({ version, answer }: PolicyProof): readonly Difference[] {
  const { qscd } = promiseOf(version.policy);
  const { atCheck, confirmed } = answer;
  if (qscd === undefined || confirmed === 'none' || answer.qscd === (qscd ? 'yes' : 'no')) return [];
  // Where no device is required, some certificates may have one, and say so themselves.
  if (!qscd && isLeftToCertificate(answer, version.facts)) return [];
  const [reason] = atCheck.reasons.filter(({ clause }) => clause === '4.5');
  return [
    {
      says: `${answer.qscd === 'yes' ? 'have their keys' : answer.qscd === 'no' ? 'do not have their keys' : 'are not proved to have their keys'} in a QSCD by the list`,
      seen: bare(reason?.says.replace(/^QSCD: /, '') ?? 'nothing'),
      line: lineOf(atCheck),
      expected: qscd ? 'a QSCD' : 'no QSCD required',
      keys: ['qscd.required', 'qscd', 'conformsTo', 'oid'],
      basis: inProcedure('4.5'),
      advice: ASK,
    },
  ];
}

const capturedOf = ({ states }: QualificationAt): readonly string[] => [...new Set(states.flatMap(({ captured }) => captured.qualifiers))];

const isLeftToCertificate = ({ atCheck }: Qualification615, { qcSSCD }: PolicyProof['version']['facts']): boolean =>
  qcSSCD === undefined && judgeDevice(capturedOf(atCheck), { qcSSCD: false }, atCheck.at).verdict === 'no';

/** What the list adds to certificates of versions in force or to come: all that is declared, and nothing else. */
function checkQualifiers({ config, trustedLists }: Workspace, { entry, service }: FoundService, index: number, proof: PolicyProof): readonly Difference[] {
  const { policy, span, facts } = proof.version;
  const { atCheck } = proof.answer;
  const isOver = span.until !== undefined && trustedLists !== undefined && span.until <= trustedLists.at;
  const state = entry.service.states.find(({ line }) => line === lineOf(atCheck));
  if (isOver || !state) return [];
  const captured = readCaptured(state, facts);
  const declared: readonly string[] = service.policies[index]?.qualifiers ?? [];
  const differences = [
    ...declared.filter((name) => captured.get(name)?.truth !== true).map((name) => missingQualifier(name, captured, state)),
    ...[...captured].filter(([name]) => !declared.includes(name) && !OF_DIRECTIVE.includes(name)).map(([name, one]) => otherQualifier(name, one, captured)),
  ];
  if (differences.some(({ expected }) => expected.includes(ON_BEHALF)) || promiseOf(policy).qscd !== true) return differences;
  const manager = policy.qscd?.managedBy ?? declaredFor(config.practices, policy.oid).get('qscd.managedBy')?.[0];
  return [...differences, ...checkManager(manager, captured, state)];
}

/** What lists still say of devices for the time before eIDAS. */
const OF_DIRECTIVE = ['QCWithSSCD', 'QCNoSSCD', 'QCSSCDStatusAsInCert'];
const isKnown = (name: string): boolean => QUALIFIERS.some((known) => known === name);

/** Whether a qualifier holds, or nobody knows; the element of the list that says it, and what is not known. */
interface CapturedQualifier {
  truth: true | undefined;
  line: number;
  /** Whether it stands in an extension that has to be understood. */
  critical: boolean;
  missing: readonly string[];
}
type CapturedQualifiers = ReadonlyMap<string, CapturedQualifier>;

/** Those of a state, each with the element that settles it. */
function readCaptured({ qualifications }: ServiceState, facts: QualificationFacts): CapturedQualifiers {
  const found = new Map<string, CapturedQualifier>();
  for (const { qualifiers, critical, criteria, line } of qualifications) {
    const truth = meets(criteria, facts);
    if (truth === false) continue;
    for (const name of qualifiers) if (found.get(name)?.truth !== true) found.set(name, { truth, line, critical, missing: listMissing(criteria, facts) });
  }
  return found;
}

const nameCaptured = (captured: CapturedQualifiers): string => enumerate([...captured].flatMap(([name, { truth }]) => (truth ? [name] : []))) || 'no qualifier';

const OF_QUALIFIERS = { keys: 'declaration', basis: inForm('5.5.9.2') } as const;
const DECLARE = 'Declare a profile that says it, and bind it to the versions: cartulary register <document> <version> --profiles.';

function missingQualifier(name: string, captured: CapturedQualifiers, state: ServiceState): Difference {
  const open = captured.get(name);
  const common = { ...OF_QUALIFIERS, expected: name };
  if (!open) return { ...common, says: `do not get the qualifier ${name} from the list`, seen: nameCaptured(captured), line: state.line, advice: ASK };
  const says = `get the qualifier ${name} from the list only if they have what nobody declares`;
  return { ...common, says, seen: `a criterion that asks for ${enumerate(open.missing)}`, line: open.line, advice: DECLARE };
}

function otherQualifier(name: string, { truth, line, critical, missing }: CapturedQualifier, captured: CapturedQualifiers): Difference {
  const common = { ...OF_QUALIFIERS, expected: `no ${name}`, line };
  if (!isKnown(name)) {
    const says = `get the qualifier ${name} from the list, which TS 119 612 does not have`;
    const advice = 'Ask the scheme operator what it means; who verifies a certificate cannot know it.';
    return {
      ...common,
      says,
      seen: critical ? 'a critical extension' : 'an extension that is not critical',
      ...(!critical && { severity: 'warning' }),
      advice,
    };
  }
  if (!truth) {
    const says = `may get the qualifier ${name} from the list, which is not declared`;
    return { ...common, says, seen: `a criterion that asks for ${enumerate(missing)}, which nobody declares`, advice: DECLARE };
  }
  return {
    ...common,
    says: `get the qualifier ${name} from the list, which is not declared`,
    seen: nameCaptured(captured),
    advice: 'Declare it for the policy where it is meant; otherwise have the scheme operator correct the entry.',
  };
}

const ON_BEHALF = 'QCQSCDManagedOnBehalf';

/** Whoever manages the device: the provider, which the list then says, or the subject. */
function* checkManager(manager: string | undefined, captured: CapturedQualifiers, state: ServiceState): Iterable<Difference> {
  const managed = captured.get(ON_BEHALF);
  if (manager === undefined || (managed !== undefined) === (manager !== 'subject')) return;
  yield {
    says: `have ${managed ? 'a' : 'no'} QSCD that is managed on behalf of the subject by the list`,
    seen: nameCaptured(captured),
    line: managed?.line ?? state.line,
    expected: `${managed ? 'no ' : ''}${ON_BEHALF}, for a QSCD that is managed by ${manager === 'subject' ? 'the subject' : 'the provider'}`,
    keys: ['qscd.managedBy', 'qscd', 'oid'],
    basis: inForm('5.5.9.2'),
    advice: ASK,
  };
}

interface Judged {
  service: FoundService;
  index: number;
  oid: string;
  proofs: readonly PolicyProof[];
}

function observe(workspace: Workspace, { service: { entry, service, placeOf }, index, oid, proofs }: Judged, difference: Difference): Observation {
  const { says, seen, line, expected, keys, basis, severity, advice } = difference;
  const versions = nameVersions(proofs.map(({ version }) => version.span));
  const newest = (proofs.at(-1) as PolicyProof).version.span.entry;
  const source = keys === 'declaration' ? 'as declared for the policy' : `as in ${nameFrontMatter(workspace, newest, oid, keys)}`;
  return {
    message: `Certificates of the ${nameService(service)} under the policy ${oid} of ${versions} ${says}.`,
    at: placeOf(`policies.${index}.${keys === 'declaration' ? 'qualifiers' : 'oid'}`),
    seen: `${seen} (${nameLine(entry, line ?? entry.service.line)})`,
    expected: `${expected}, ${source}`,
    ...(basis && { basis }),
    ...(severity && { severity }),
    advice,
  };
}
