import { decideItem } from '../../../model/applicability.ts';
import type { Section } from '../../../model/document.ts';
import type { Citation, Observation, Rule } from '../../../model/finding.ts';
import { readMark } from '../../../model/mark.ts';
import { citeRequirement } from '../../../model/requirement.ts';
import type { Demand, StatementPart } from '../../../model/statement.ts';
import type { Draft, Workspace } from '../../../model/workspace.ts';
import { type CoverageRow, findCoverage, listPolicies } from '../../coverage.ts';
import { isWithin, locate, nameSection, readStatementsOf, type Said, type StatementReader } from '../../statements.ts';
import { followsOutline } from '../form/outline-complete.ts';

/** What a requirement wants to be said in so many words is said, in the texts where readers look for it. */
export const contentStated: Rule = {
  id: 'completeness/content-stated',
  demands: 'What a requirement wants to be said in so many words is said, and its opposite is not.',
  basis: { standard: 'ETSI EN 319 411-2', edition: 'V2.6.1' },
  severity: 'error',
  sets: ['etsi-qualified'],
  *check(workspace) {
    const { rows } = findCoverage(workspace);
    for (const demand of workspace.statements.demands) {
      const row = rows.find(({ catalogue, requirement }) => `${catalogue.short}:${requirement.id}` === demand.requirement);
      // An exclusion says why it is not said; a requirement without a row applies to no policy.
      if (row && row.state !== 'excluded') yield* checkDemand(demand, row, workspace);
    }
  },
};

/** A text with what it says of each part. */
interface Answer {
  draft: Draft;
  scope: readonly Section[];
  /** How long the sections are where it is looked for. */
  characters: number;
  parts: readonly { part: StatementPart; found: Said | undefined; weaker: readonly Said[] }[];
}

function* checkDemand(demand: Demand, row: CoverageRow, workspace: Workspace): Iterable<Observation> {
  const types = demand.each ?? demand.oneOf ?? demand.first ?? [];
  const oids = new Set(row.policies.map(({ oid }) => oid));
  const answers = workspace.drafts
    .filter(({ type, frontMatter }) => types.includes(type) && frontMatter?.policies.some(({ oid }) => oids.has(oid)))
    .flatMap((draft) => {
      const reader = readStatementsOf(draft, workspace);
      return reader ? [answer({ ...demand, parts: demand.parts.filter((part) => isAskedOf(part, draft, row, workspace)) }, draft, reader)] : [];
    });
  const basis = citeRequirement(row.catalogue, row.requirement);
  const severity = row.requirement.level === 'error' ? 'error' : 'warning';
  const firstType = demand.first?.find((type) => answers.some(({ draft }) => draft.type === type));
  const stands = demand.oneOf !== undefined && answers.some((text) => said(text) === text.parts.length);
  for (const text of answers) {
    const isFirst = text.draft.type === firstType;
    const mayLeaveIt = (firstType !== undefined && !isFirst && !hasBegun(text)) || stands;
    for (const { part, found, weaker } of text.parts) {
      if (found?.how === 'said') {
        for (const other of weaker) yield { ...contradict(text, part, other, basis), severity: 'warning' };
        continue;
      }
      if (found?.how === 'denied') yield opposite(text, part, found, basis);
      else if (!mayLeaveIt) yield open(text, part, found, demand.requirement, basis, firstType === undefined || isFirst ? severity : 'warning');
    }
    if (demand.oneOf && !stands) return;
  }
}

/** An item that is for some certificates only is looked for in texts on such certificates. */
function isAskedOf(
  { item: key }: StatementPart,
  { frontMatter }: Draft,
  { catalogue, requirement, policies: under }: CoverageRow,
  workspace: Workspace,
): boolean {
  const item = requirement.items.find((candidate) => candidate.key === key);
  if (!item?.policies && !item?.when) return true;
  const { catalogues, drafts, config } = workspace;
  return listPolicies(drafts)
    .filter(({ oid }) => under.some((policy) => policy.oid === oid) && frontMatter?.policies.some((policy) => policy.oid === oid))
    .some((policy) => decideItem(catalogues, catalogue, item, policy, config.practices).holds === 'yes');
}

const said = ({ parts }: Answer) => parts.filter(({ found }) => found?.how === 'said').length;

/** A text that only says where it stands, in a sentence or two, has not begun to say it. */
const LEAST_CHARACTERS = 200;

function hasBegun(text: Answer): boolean {
  if (text.parts.length > 1) return text.parts.filter(({ found }) => found).length * 2 >= text.parts.length;
  return text.characters >= LEAST_CHARACTERS;
}

function answer({ sections, titles, parts, duty }: Demand, draft: Draft, reader: StatementReader): Answer {
  const scope = findScope(draft, sections, titles[draft.language.split('-')[0] ?? '']);
  const inScope = new Set(scope);
  const assertions = reader.assertions.filter(({ section }) => inScope.has(section));
  const options = { duty: duty !== undefined, advice: duty === 'advice' };
  const look = (part: StatementPart): Omit<Answer['parts'][number], 'part'> => {
    const contrary = part.opposite && assertions.map((assertion) => reader.says(assertion, part.opposite ?? {})).find((found) => found?.how === 'said');
    if (contrary) return { found: { ...contrary, how: 'denied' }, weaker: [] };
    const all = assertions.flatMap((assertion) => reader.says(assertion, part.said, options) ?? []);
    const found = all.find(({ how }) => how === 'said') ?? all.find(({ how }) => how === 'denied') ?? all[0];
    // A duty that stands in one place and is taken back in another is none.
    return { found, weaker: duty ? all.filter(({ how }) => how !== 'said') : [] };
  };
  return { draft, scope, characters: assertions.reduce((sum, { own }) => sum + own.length, 0), parts: parts.map((part) => ({ part, ...look(part) })) };
}

/** The sections where it is looked for: by number in a text that follows RFC 3647, by title in any other, else everywhere. */
function findScope(draft: Draft, numbers: readonly string[], titles: string | undefined): readonly Section[] {
  const { sections } = draft;
  if (followsOutline(draft)) {
    // The best place first, so that a gap is told there.
    const found = numbers.flatMap((number) => sections.filter((section) => isWithin(section, [number])));
    return found.length > 0 ? [...new Set(found)] : sections;
  }
  if (titles === undefined) return sections;
  const pattern = new RegExp(titles, 'iu');
  const roots = new Set(sections.filter(({ title }) => pattern.test(title)));
  const chapters = new Set([...roots].map(({ number }) => number));
  const within = sections.filter((section) => roots.has(section) || chaptersOf(section).some((number) => chapters.has(number)));
  return within.length > 0 ? within : sections;
}

/** The numbers of the chapters in which a section stands: of 4.9.1 these are 4 and 4.9. */
const chaptersOf = ({ number }: Section) =>
  number
    .split('.')
    .slice(0, -1)
    .map((_, index, parts) => parts.slice(0, index + 1).join('.'));

function contradict(text: Answer, part: StatementPart, found: Said, basis: Citation): Observation {
  return found.how === 'denied' ? opposite(text, part, found, basis) : choice(text, part, found, basis);
}

function opposite({ draft }: Answer, part: StatementPart, found: Said, basis: Citation): Observation {
  return {
    ...locate(found),
    message: `${nameSection(found.assertion.section)} of ${draft.id} says the opposite of what it has to say: ${part.name}.`,
    expected: part.name,
    basis,
    severity: 'error',
  };
}

function choice({ draft }: Pick<Answer, 'draft'>, part: StatementPart, found: Said, basis: Citation): Observation {
  return {
    ...locate(found),
    message: `${nameSection(found.assertion.section)} of ${draft.id} leaves to choice what has to be a duty: ${part.name}.`,
    expected: `a duty: ${part.name}`,
    basis,
  };
}

function open(
  { draft, scope }: Answer,
  part: StatementPart,
  weak: Said | undefined,
  requirement: string,
  basis: Citation,
  severity: 'error' | 'warning',
): Observation {
  if (weak) return { ...choice({ draft }, part, weak, basis), severity };
  const wholeText = scope.length === draft.sections.length;
  const marked = wholeText ? scope.find(({ marks }) => marks.some((mark) => readMark(mark).targets.some(({ text }) => text === requirement))) : undefined;
  const place = marked ?? scope.find(({ number }) => number === part.place) ?? scope[0];
  return {
    message: `${wholeText || !place ? `The text ${draft.id}` : `${nameSection(place)} of ${draft.id}`} does not say ${part.name}.`,
    at: place?.place ?? { file: draft.file },
    seen: 'no such statement',
    expected: part.name,
    advice: `Say it, or exclude the requirement with a reason: <!-- excludes ${requirement}: why -->`,
    basis,
    severity,
  };
}
