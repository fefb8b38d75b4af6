import type { Policy, Section } from '../../../model/document.ts';
import type { Citation, Observation, Place, Rule } from '../../../model/finding.ts';
import { citeRequirement } from '../../../model/requirement.ts';
import type { PolicyStatements } from '../../../model/statement.ts';
import type { Draft } from '../../../model/workspace.ts';
import { findRequirement, isWithin, locate, nameSection, readStatementsOf, type Said, type StatementReader } from '../../statements.ts';

/** EN 319 411-2 OVR-6.9.4-02: each policy has its explicit statements, and the text agrees with the front matter. */
export const statementPresent: Rule = {
  id: 'completeness/statement-present',
  demands:
    'Where the front matter says so, the text states of each policy that its certificates are EU qualified, and whether a QSCD is required and who manages it.',
  basis: { standard: 'ETSI EN 319 411-2', edition: 'V2.6.1', clause: 'OVR-6.9.4-02' },
  severity: 'error',
  sets: ['etsi-qualified'],
  *check(workspace) {
    const found = findRequirement(workspace.catalogues, '411-2:OVR-6.9.4-02');
    if (!found) return;
    const { catalogue, requirement } = found;
    const basis = citeRequirement(catalogue, requirement);
    for (const draft of workspace.drafts) {
      const policies = draft.frontMatter?.policies ?? [];
      const isDemanded = draft.type.split('-').some((type) => requirement.documents.some((name) => name.toUpperCase() === type));
      const judged = policies
        .map((policy, index) => ({ policy, index, kind: catalogue.policies.find(({ id }) => id === policy.conformsTo) }))
        .filter(({ policy, kind }) => kind || policy.qualified || policy.qscd);
      if (judged.length === 0) continue;
      const reader = readStatementsOf(draft, workspace);
      if (!reader) {
        yield unread(draft, basis);
        continue;
      }
      for (const { policy, index, kind } of judged) {
        const check: Check = { draft, reader, policy, index, statements: workspace.statements.policies, basis };
        if (kind || policy.qualified) yield* checkQualified(check, isDemanded && kind !== undefined);
        if (kind || policy.qscd) yield* checkQscd(check, isDemanded && kind !== undefined, kind?.qscd === true);
      }
    }
  },
};

interface Check {
  draft: Draft;
  reader: StatementReader;
  policy: Policy;
  index: number;
  statements: PolicyStatements;
  basis: Citation;
}

/** Statements in other languages cannot be read; that is told, not passed over. */
export function unread({ file, language }: Draft, basis: Citation): Observation {
  return {
    message: `The statements of this text cannot be read: there are no patterns for the language "${language}".`,
    at: { file },
    severity: 'info',
    seen: language,
    expected: 'English or German',
    advice: 'Have a person read whether they are there.',
    basis,
  };
}

const describe = ({ oid, name }: Policy) => `policy ${oid} "${name}"`;

function fieldOf({ draft, index }: Check, key: string): Place {
  const paths = [`policies.${index}.${key}`, `policies.${index}.${key.split('.')[0]}`, `policies.${index}.oid`, `policies.${index}`];
  const path = paths.find((candidate) => draft.fields[candidate]) ?? `policies.${index}.${key}`;
  const start = draft.fields[path];
  return { file: draft.file, path, ...(start && { start }) };
}

/** The sections in which a statement has to stand: the one that the front matter names with those below it, else all. */
function* scopeOf(check: Check, key: 'qualified' | 'qscd', named: string | undefined): Generator<Observation, ReadonlySet<Section> | undefined> {
  const { draft, policy, basis } = check;
  if (named === undefined) return new Set(draft.sections);
  const sections = draft.sections.filter((section) => isWithin(section, [named]));
  if (sections.length > 0) return new Set(sections);
  yield {
    message: `The front matter names section ${named} for a statement on ${describe(policy)}; the text has no such section.`,
    at: fieldOf(check, `${key}.statement`),
    seen: named,
    expected: 'the number of a section of this text',
    basis,
  };
  return undefined;
}

function* checkQualified(check: Check, isDemanded: boolean): Iterable<Observation> {
  const { reader, policy, statements, basis } = check;
  const named = policy.qualified?.statement;
  if (!named && !isDemanded) return;
  const scope = yield* scopeOf(check, 'qualified', named);
  if (!scope) return;
  const about = readQualified(check);
  const denied = about.find(({ how, assertion }) => how === 'denied' && (reader.names(assertion, policy) || scope.has(assertion.section)));
  if (denied) {
    yield {
      ...locate(denied),
      message: `${nameSection(denied.assertion.section)} says that certificates under ${describe(policy)} are not EU qualified certificates.`,
      expected: 'what the front matter says: EU qualified certificates',
      basis,
    };
    yield {
      message: `The front matter says that certificates under ${describe(policy)} are EU qualified, and the text says the opposite.`,
      at: fieldOf(check, 'qualified'),
      seen: locate(denied).seen,
      expected: 'the same in both',
      basis,
    };
    return;
  }
  const said = about.filter(({ how }) => how === 'said');
  const here = said.filter(({ assertion }) => scope.has(assertion.section));
  if (here.length === 0) {
    yield missing(
      check,
      scope,
      'qualified.statement',
      named,
      said[0],
      'that its certificates are EU qualified certificates',
      'a sentence such as "Certificates issued under this policy are EU qualified certificates under Regulation (EU) No 910/2014."',
    );
  } else if (!namesRegulation(scope, reader, statements)) {
    yield {
      message: `${nameSection(here[0]?.assertion.section as Section)} does not name the Regulation under which certificates of ${describe(policy)} are qualified.`,
      ...locate(here[0] as Said),
      expected: 'Regulation (EU) No 910/2014',
      basis,
    };
  }
}

/** What the text says of the policy being qualified. Where the points of a list say it one by one, each says it for itself. */
function readQualified({ reader, policy, statements }: Check): Said[] {
  const own = (assertion: (typeof reader.assertions)[number]) => reader.says(assertion, statements.qualified, { ownOnly: true });
  const outspoken = new Set(reader.assertions.filter(({ group }) => group).flatMap((assertion) => (own(assertion) ? [assertion.group] : [])));
  return reader.assertions.flatMap((assertion) => {
    const found = own(assertion) ?? (assertion.lead && !outspoken.has(assertion.group) ? reader.says(assertion, statements.qualified) : undefined);
    return found && reader.isAbout(assertion, policy) ? [found] : [];
  });
}

function namesRegulation(scope: ReadonlySet<Section>, reader: StatementReader, { regulation, regulationShort }: PolicyStatements): boolean {
  const full = new RegExp(regulation, 'u');
  const here = reader.assertions.filter(({ section }) => scope.has(section));
  if (here.some(({ own }) => full.test(own))) return true;
  const short = new RegExp(regulationShort, 'u');
  return here.some(({ own }) => short.test(own)) && reader.assertions.some(({ own }) => full.test(own));
}

function missing(
  { reader, policy, ...check }: Check,
  scope: ReadonlySet<Section>,
  key: string,
  named: string | undefined,
  elsewhere: Said | undefined,
  what: string,
  expected: string,
): Observation {
  const near = reader.assertions.find((assertion) => scope.has(assertion.section) && reader.names(assertion, policy));
  const [first] = scope;
  return {
    message: `${named ? `Section ${named}` : 'The text'} does not say of ${describe(policy)} ${what}.`,
    at: !named ? fieldOf({ reader, policy, ...check }, key) : near ? near.placeAt(0) : (first?.place ?? { file: check.draft.file }),
    seen: elsewhere
      ? `it stands elsewhere, in ${nameSection(elsewhere.assertion.section).replace(/^The s|^S/, (start) => start.toLowerCase())}`
      : 'no such statement',
    expected,
    ...(elsewhere && named && { advice: 'State it there, or name the other section in the front matter.' }),
    basis: check.basis,
  };
}

/** Whether a QSCD is required and who manages it, as one sentence or row says it. */
interface QscdWords {
  required: Said | undefined;
  notRequired: Said | undefined;
  subject: Said | undefined;
  tsp: Said | undefined;
}

function* checkQscd(check: Check, isDemanded: boolean, mustRequire: boolean): Iterable<Observation> {
  const { reader, policy, basis } = check;
  const { required, managedBy, statement: named } = policy.qscd ?? {};
  if (mustRequire && required !== true) {
    yield {
      message: `The front matter says that ${describe(policy)} conforms to ${policy.conformsTo}, which requires a QSCD, and not that one is required.`,
      at: fieldOf(check, 'qscd.required'),
      seen: required === undefined ? 'no "qscd"' : 'required: false',
      expected: 'qscd: { required: true, … }',
      basis,
    };
    return;
  }
  if (required === undefined && !isDemanded) return;
  const scope = yield* scopeOf(check, 'qscd', named);
  if (!scope) return;
  const words = reader.assertions
    .filter((assertion) => reader.says(assertion, check.statements.device, { ownOnly: true }))
    .filter((assertion) => reader.names(assertion, policy) || (scope.has(assertion.section) && reader.isAbout(assertion, policy)))
    .map((assertion) => readQscd(check, assertion));
  if (required === undefined) {
    const isSaid = words.some((said) => said.required ?? said.notRequired);
    if (!isSaid) yield missing(check, scope, 'qscd', undefined, undefined, 'whether a QSCD is required', 'a sentence such as "No QSCD is required."');
    return;
  }
  const opposite = words.map((said) => (required ? said.notRequired : said.required)).find(Boolean);
  if (opposite) {
    yield* contradiction(check, opposite, 'qscd.required', required ? 'that no QSCD is required' : 'that a QSCD is required or used', `required: ${required}`);
    return;
  }
  const stated = words.map((said) => (required ? said.required : said.notRequired)).filter((said) => said !== undefined);
  if (!stated.some(({ assertion }) => scope.has(assertion.section)) && (named || isDemanded)) {
    const expected = required ? 'a sentence such as "A QSCD is required."' : 'a sentence such as "No QSCD is required."';
    yield missing(
      check,
      scope,
      named ? 'qscd.statement' : 'qscd',
      named,
      stated[0],
      required ? 'that a QSCD is required' : 'that no QSCD is required',
      expected,
    );
  }
  if (!required || !managedBy) return;
  const other = words.map((said) => (managedBy === 'tsp' ? said.subject : said.tsp)).find(Boolean);
  const same = words.map((said) => said[managedBy]).filter((said) => said !== undefined);
  const manager = managedBy === 'tsp' ? 'the provider' : 'the subject';
  if (other)
    yield* contradiction(
      check,
      other,
      'qscd.managedBy',
      `that ${managedBy === 'tsp' ? 'the subject' : 'the provider'} holds or manages the QSCD`,
      `managedBy: ${managedBy}`,
    );
  else if (!same.some(({ assertion }) => scope.has(assertion.section)) && (named || isDemanded)) {
    const expected =
      managedBy === 'tsp'
        ? 'a sentence such as "The QSCD is managed by the provider on behalf of the subject."'
        : 'a sentence such as "The QSCD is held and managed by the subject."';
    yield missing(check, scope, 'qscd.statement', named, same[0], `that ${manager} manages the QSCD`, expected);
  }
}

function* contradiction(check: Check, said: Said, key: string, what: string, field: string): Iterable<Observation> {
  const { policy, basis } = check;
  yield {
    ...locate(said),
    message: `${nameSection(said.assertion.section)} says of ${describe(policy)} ${what}; the front matter says the opposite.`,
    expected: `what the front matter says: ${field}`,
    basis,
  };
  yield {
    message: `The front matter says ${field} of ${describe(policy)}; ${nameSection(said.assertion.section).replace(/^The s|^S/, (start) => start.toLowerCase())} says the opposite.`,
    at: fieldOf(check, key),
    seen: locate(said).seen,
    expected: 'the same in both',
    basis,
  };
}

function readQscd({ reader, statements, policy }: Check, assertion: Said['assertion']): QscdWords {
  const blank = (text: string) => ' '.repeat(text.length);
  const plain = reader.without(assertion.own, statements.aside).replaceAll(policy.name, blank);
  const rest = reader.without(plain, statements.notRequired);
  const read = (forms: PolicyStatements['required'], instead: string) => reader.says(assertion, forms, { ownOnly: true, instead });
  const required = read(statements.required, rest);
  const only = (said: Said | undefined) => (said?.how === 'said' ? said : undefined);
  return {
    required: only(required),
    notRequired: only(read(statements.notRequired, plain)) ?? (required?.how === 'denied' ? required : undefined),
    subject: only(read(statements.subject, plain)),
    tsp: only(read(statements.tsp, plain)),
  };
}
