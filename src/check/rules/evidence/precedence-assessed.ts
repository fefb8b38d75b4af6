import type { Observation, Place, Rule } from '../../../model/finding.ts';
import { type KnownVersion, OUTSIDE_NAMES, OUTSIDE_RULES, type OutsideRules, PRECEDENCE } from '../../../model/precedence.ts';
import { type BoundTime, judgeVersions, listBoundTimes, type PrecedenceFault } from '../../../model/precedence-state.ts';
import { readingObservations, type Workspace } from '../../../model/workspace.ts';

/** 411-1:OVR-5.2-07A and 08A: the provider watches for new versions and complies with each from its effective date. */
export const precedenceAssessed: Rule = {
  id: 'evidence/precedence-assessed',
  demands:
    'Each version of the Baseline Requirements and EV Guidelines is assessed before it takes effect for certificates of the provider, and what follows is done in time.',
  basis: { standard: 'ETSI EN 319 411-1', edition: 'V1.5.1', clause: '5.2' },
  severity: 'error',
  sets: ['etsi-qualified'],
  *check(workspace) {
    yield* readingObservations(workspace, 'evidence/precedence-assessed');
    for (const rules of OUTSIDE_RULES) {
      const judged = judgeVersions(workspace, rules);
      for (const { version, faults } of judged) for (const fault of faults) yield describe(version, fault);
      const isUnread = workspace.observations.some(({ rule }) => rule === 'evidence/precedence-assessed');
      if (judged.length === 0 && !isUnread) yield* findNone(rules, workspace);
    }
  },
};

/** No version at all is known of rules that bind. */
function* findNone(rules: OutsideRules, workspace: Workspace): Iterable<Observation> {
  const [first] = listBoundTimes(workspace, rules);
  if (!first) return;
  const draft = workspace.drafts.find(({ id, frontMatter }) => id === first.document && frontMatter?.policies.some(({ oid }) => oid === first.policy));
  const index = draft?.frontMatter?.policies.findIndex(({ oid }) => oid === first.policy);
  const start = draft?.fields[`policies.${index}.conformsTo`];
  yield {
    message: `No version of the ${OUTSIDE_NAMES[rules]} is known, and certificates are issued by them.`,
    at: draft ? { file: draft.file, ...(start && { start }) } : { file: PRECEDENCE },
    seen: describeBound(first),
    expected: `their versions in ${PRECEDENCE}, each with an assessment`,
    advice: 'Take the versions over from their table of revisions: cartulary precedence import <file>.',
  };
}

const describeBound = ({ document, version, policy, from }: BoundTime) => `policy ${policy} in ${document.toUpperCase()} ${version}, in force from ${from}`;

const nameOf = ({ rules, version }: KnownVersion) => `${OUTSIDE_NAMES[rules]} ${version}`;

function at({ fields }: KnownVersion, path: string): Place {
  const start = fields[path] ?? fields[''];
  return { file: PRECEDENCE, path, ...(start && { start }) };
}

function describe(version: KnownVersion, fault: PrecedenceFault): Observation {
  switch (fault.kind) {
    case 'unassessed':
    case 'late':
    case 'first-is-late':
      return describeMissing(version, fault);
    case 'twin':
    case 'gap':
    case 'before-previous':
      return describeOrder(version, fault);
    case 'before-adoption':
    case 'in-future':
    case 'effective-before-adoption':
      return describeDay(version, fault.kind);
    case 'unknown-section':
    case 'unknown-version':
      return describeUnknown(version, fault);
    default:
      return describeStep(version, fault);
  }
}

type Of<Kind extends PrecedenceFault['kind']> = Extract<PrecedenceFault, { kind: Kind }>;

function describeMissing(version: KnownVersion, fault: Of<'unassessed' | 'late' | 'first-is-late'>): Observation {
  const seen = describeBound(fault.by);
  if (fault.kind === 'first-is-late')
    return {
      message: `The first known version, ${nameOf(version)}, came after certificates were issued by these rules: one before it is missing.`,
      at: at(version, 'effective'),
      seen: `${version.effective}; ${seen}`,
      expected: `the version that was in effect on ${fault.since}`,
      advice: 'Take it over from the table of revisions: cartulary precedence import <file>.',
    };
  if (fault.kind === 'late')
    return {
      message: `${nameOf(version)} was assessed when it was in effect already.`,
      at: at(version, 'assessment.on'),
      seen: `${version.assessment?.on}; ${seen}`,
      expected: `a day before ${fault.since}`,
      advice: 'What is past stays as it was: say so in a waiver, with what was done about it.',
    };
  return {
    message: fault.isPast
      ? `${nameOf(version)} has no assessment, and is in effect since ${fault.since}.`
      : `${nameOf(version)} has no assessment, and takes effect on ${fault.since}.`,
    at: at(version, 'version'),
    seen,
    expected: `an assessment from before ${fault.since}`,
    ...(!fault.isPast && { severity: 'warning' }),
  };
}

function describeOrder(version: KnownVersion, fault: Of<'twin' | 'gap' | 'before-previous'>): Observation {
  if (fault.kind === 'twin')
    return { message: `${nameOf(version)} stands twice.`, at: at(version, 'version'), seen: `also in line ${fault.line}`, expected: 'each version once' };
  const { previous } = fault;
  if (fault.kind === 'gap')
    return {
      message: `Between ${nameOf(previous)} and ${version.version} a version is missing.`,
      at: at(version, 'version'),
      seen: `${previous.version}, then ${version.version}`,
      expected: 'all versions, without a gap',
      advice: 'Take them over from the table of revisions: cartulary precedence import <file>. A number that was never given can be waived.',
      severity: 'warning',
    };
  return {
    message: `${nameOf(version)} takes effect before the version before it.`,
    at: at(version, 'effective'),
    seen: `${version.effective}; ${previous.version} on ${previous.effective}`,
    expected: `${previous.effective} or later`,
  };
}

function describeDay(version: KnownVersion, kind: 'before-adoption' | 'in-future' | 'effective-before-adoption'): Observation {
  const { adopted, effective, assessment } = version;
  if (kind === 'effective-before-adoption')
    return {
      message: `${nameOf(version)} takes effect before it was adopted.`,
      at: at(version, 'effective'),
      seen: `${effective}, adopted on ${adopted}`,
      expected: `${adopted} or later`,
    };
  const isEarly = kind === 'before-adoption';
  return {
    message: `${nameOf(version)} was assessed ${isEarly ? 'before it was adopted' : 'on a day that has not come yet'}.`,
    at: at(version, 'assessment.on'),
    seen: assessment?.on ?? '',
    expected: isEarly ? `${adopted} or later: until then its text can change` : 'a day that is not in the future',
  };
}

function describeUnknown(version: KnownVersion, fault: Of<'unknown-section' | 'unknown-version'>): Observation {
  const isSection = fault.kind === 'unknown-section';
  return {
    message: `The assessment of ${nameOf(version)} names ${isSection ? 'a section' : 'a version'} that there is not.`,
    at: at(version, fault.path),
    seen: isSection ? fault.section : fault.name,
    expected: isSection
      ? 'a document and the number of a section of its text in the work tree, such as "cps 6.3.2"'
      : 'a document and a version of it in the register, such as "cps 2.1"',
  };
}

function describeStep(
  version: KnownVersion,
  { kind, path, step, due, ...fault }: Of<'done-before-assessed' | 'done-in-future' | 'done-late' | 'overdue' | 'text-unchanged'>,
): Observation {
  const place = at(version, path);
  const on = step.done?.on ?? '';
  switch (kind) {
    case 'overdue':
      return { message: `What ${nameOf(version)} asks for is not done: ${step.what}`, at: place, seen: 'nothing under "done"', expected: `done by ${due}` };
    case 'done-before-assessed':
      return {
        message: `A step for ${nameOf(version)} was done before the version was assessed.`,
        at: place,
        seen: `${on}, assessed on ${version.assessment?.on}`,
        expected: `${version.assessment?.on} or later`,
      };
    case 'done-in-future':
      return {
        message: `A step for ${nameOf(version)} was done on a day that has not come yet.`,
        at: place,
        seen: on,
        expected: 'a day that is not in the future',
      };
    case 'done-late':
      return { message: `A step for ${nameOf(version)} was done too late.`, at: place, seen: on, expected: `${due} or earlier`, severity: 'warning' };
    default:
      return {
        message: `Sections change for ${nameOf(version)}, and no version of their document took effect in time.`,
        at: place,
        seen: `no version of ${(fault as { document: string }).document.toUpperCase()} between the assessment on ${version.assessment?.on} and ${due}`,
        expected: `a version in force by ${due}`,
        severity: 'warning',
      };
  }
}
