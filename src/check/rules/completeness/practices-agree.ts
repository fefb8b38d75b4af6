import type { Citation, Observation, Rule } from '../../../model/finding.ts';
import { declaredFor, type PracticeName } from '../../../model/practice.ts';
import { citeRequirement } from '../../../model/requirement.ts';
import type { PracticeStatement } from '../../../model/statement.ts';
import type { Draft, Workspace } from '../../../model/workspace.ts';
import { findRequirement, isWithin, locate, nameSection, readStatementsOf, type Said, type StatementReader } from '../../statements.ts';

/** What texts say of the operation is what the configuration declares of it. */
export const practicesAgree: Rule = {
  id: 'completeness/practices-agree',
  demands: 'What texts say of the operation agrees with the declared practices.',
  basis: { standard: 'ETSI EN 319 411-2', edition: 'V2.6.1' },
  severity: 'error',
  sets: ['etsi-qualified'],
  *check(workspace) {
    for (const statement of workspace.statements.practices) {
      const holds = isDeclared(statement, workspace);
      if (holds === undefined) continue;
      for (const draft of workspace.drafts) {
        const reader = readStatementsOf(draft, workspace);
        if (reader) yield* checkText({ statement, holds, draft, reader, workspace, basis: citationOf(statement, workspace) });
      }
    }
  },
};

interface Check {
  statement: PracticeStatement;
  holds: boolean;
  draft: Draft;
  reader: StatementReader;
  workspace: Workspace;
  basis: { basis?: Citation };
}

/** Undefined where it is not declared, or policies differ in it: then a sentence can be about either. */
function isDeclared({ practice, value }: PracticeStatement, { config: { practices } }: Workspace): boolean | undefined {
  const answers = [undefined, ...Object.keys(practices.byPolicy)].map((oid) =>
    declaredFor(practices, oid)
      .get(practice as PracticeName)
      ?.includes(value ?? 'true'),
  );
  return new Set(answers).size === 1 ? answers[0] : undefined;
}

function citationOf({ requirement }: PracticeStatement, { catalogues }: Workspace): { basis?: Citation } {
  const found = requirement === undefined ? undefined : findRequirement(catalogues, requirement);
  return found ? { basis: citeRequirement(found.catalogue, found.requirement) } : {};
}

const describe = ({ practice, value }: PracticeStatement, holds: boolean) =>
  value === undefined ? `${practice}: ${holds}` : `${practice} ${holds ? 'with' : 'without'} "${value}"`;

function* checkText(check: Check): Iterable<Observation> {
  const { statement, holds, draft, reader, basis } = check;
  const all = reader.assertions.flatMap((assertion) => readPractice(statement, reader, assertion) ?? []);
  const opposite = all.find((found) => found.says !== holds);
  if (opposite) {
    const { seen, at } = locate(opposite.said);
    const where = nameSection(opposite.said.assertion.section);
    yield {
      message: `${where} of ${draft.id} says the opposite of the declared practice ${describe(statement, holds)}.`,
      at,
      seen,
      expected: `what cartulary.yaml declares: ${describe(statement, holds)}`,
      ...basis,
    };
    yield {
      message: `The practice ${describe(statement, holds)} is declared, and ${draft.id} says the opposite.`,
      at: fieldOf(check),
      seen,
      expected: 'the same in both',
      ...basis,
    };
    return;
  }
  if (!holds || !statement.statedIn || !['CPS', 'CP-CPS'].includes(draft.type)) return;
  if (all.some(({ said }) => isWithin(said.assertion.section, statement.statedIn ?? []))) return;
  const section = statement.statedIn.map((number) => draft.sections.find((candidate) => candidate.number === number)).find(Boolean);
  yield {
    message: `The practice ${describe(statement, holds)} is declared, and ${draft.id} does not say so.`,
    at: section?.place ?? { file: draft.file },
    severity: 'warning',
    seen: 'no such statement',
    expected: `a statement in one of the sections ${statement.statedIn.join(', ')}`,
    ...basis,
  };
}

function fieldOf({ statement: { practice }, workspace: { configFields } }: Check): Observation['at'] {
  const path = `practices.${practice}`;
  const start = configFields[path];
  return { file: 'cartulary.yaml', path, ...(start && { start }) };
}

/** Whether an assertion says that the practice holds, or that it does not; undefined where it says nothing of it. */
export function readPractice({ yes, no }: PracticeStatement, reader: StatementReader, assertion: Said['assertion']): { says: boolean; said: Said } | undefined {
  const against = reader.says(assertion, no);
  if (against?.how === 'said') return { says: false, said: against };
  const said = reader.says(assertion, yes);
  return said && { says: said.how !== 'denied', said };
}
