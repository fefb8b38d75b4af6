import type { Observation, Rule } from '../../../model/finding.ts';
import { markName, readMark, resolveTarget } from '../../../model/mark.ts';
import type { MarkedSection } from '../../../model/marked-section.ts';
import { citeRequirement } from '../../../model/requirement.ts';
import { nameSection } from '../../../model/running-text.ts';
import type { Suspect } from '../../../model/suspect.ts';
import type { Draft, Workspace } from '../../../model/workspace.ts';
import { isRegistered, listSuspects } from '../../suspects.ts';

/** A mark remembers nothing by itself: where the text of its section or the requirement changed, its authors read both again. */
export const markConfirmed: Rule = {
  id: 'completeness/mark-confirmed',
  demands: 'Each mark was set, or confirmed, for the text of its section and the requirement as they are now.',
  basis: { standard: 'Cartulary' },
  severity: 'warning',
  *check(workspace) {
    const suspects = listSuspects(workspace);
    for (const draft of workspace.drafts) {
      const registered = isRegistered(workspace, draft);
      for (const [section, inSection] of groupBySection(suspects.get(draft.file) ?? [])) yield describe(section, inSection, draft, registered, workspace);
    }
  },
};

function groupBySection(suspects: readonly Suspect[]): ReadonlyMap<MarkedSection, readonly Suspect[]> {
  const sections = new Map<MarkedSection, Suspect[]>();
  for (const suspect of suspects) for (const section of suspect.sections) sections.set(section, [...(sections.get(section) ?? []), suspect]);
  return sections;
}

function describe(section: MarkedSection, suspects: readonly Suspect[], draft: Draft, registered: boolean, { catalogues }: Workspace): Observation {
  const [first] = suspects as [Suspect, ...Suspect[]];
  const names = new Set(suspects.map(nameOf));
  const mark = section.marks.find((candidate) =>
    readMark(candidate).targets.some((target) => {
      const { catalogue, requirements } = resolveTarget(target, catalogues);
      return catalogue && requirements.some((requirement) => names.has(markName(catalogue, requirement)));
    }),
  );
  const confirm = `cartulary register ${draft.id} --confirm ${names.size > MOST_NAMES ? '<their names>' : [...names].join(',')}`;
  return {
    message: tellReasons(section, suspects).join(' '),
    at: mark?.place ?? { file: draft.file },
    seen: [...new Set(suspects.map(({ base }) => `set or confirmed for the last time in version ${base}`))].join(', '),
    expected: shorten(
      suspects.map((suspect) => `${nameOf(suspect)}: ${suspect.requirement.summary}`),
      MOST_SUMMARIES,
      ' ',
    ),
    advice: `Read the section against ${names.size === 1 ? 'the requirement' : 'each of them'}. Mend the text, or confirm it ${registered ? 'with the next version' : 'when the version is registered'}: ${confirm}`,
    basis: citeRequirement(first.catalogue, first.requirement),
    ...(registered && { severity: 'info' as const }),
  };
}

const MOST_NAMES = 8;
const MOST_SUMMARIES = 3;
const nameOf = ({ catalogue, requirement }: Suspect) => markName(catalogue, requirement);

/** Why marks of a section are suspect, a sentence for each way; a mark that is so in both ways is in both. */
function* sentences(section: MarkedSection, suspects: readonly Suspect[]): Iterable<string> {
  const [subject, places] = [nameSection(section), suspects.filter(({ textSince }) => textSince !== undefined)];
  const reworded = places.filter(({ reworded: here }) => here);
  if (reworded.length > 0)
    yield `${subject} has another text since version ${listVersions(reworded)}, and nobody has confirmed that it still meets ${listNames(reworded)}.`;
  const elsewhere = places.filter(({ reworded: here }) => !here);
  if (elsewhere.length > 0)
    yield `${subject} met ${listNames(elsewhere)} together with another section until one of them changed in version ${listVersions(elsewhere)}, and nobody has confirmed that it still does.`;
  const byEdition = Map.groupBy(
    suspects.filter(({ edition }) => edition !== undefined),
    ({ catalogue, edition }) => `${catalogue.standard} ${edition?.to} asks for something else than ${edition?.from}`,
  );
  for (const [difference, changed] of byEdition)
    yield `${difference}, and nobody has confirmed that ${subject.replace(/^S/, 's')} meets ${listNames(changed)}.`;
}

const tellReasons = (section: MarkedSection, suspects: readonly Suspect[]): string[] => [...sentences(section, suspects)];
const listNames = (suspects: readonly Suspect[]) => shorten(suspects.map(nameOf), MOST_NAMES, ', ');
const listVersions = (suspects: readonly Suspect[]) => [...new Set(suspects.map(({ textSince }) => textSince))].join(' and ');

function shorten(items: readonly string[], most: number, separator: string): string {
  const told = items.slice(0, most).join(separator);
  return items.length > most ? `${told}${separator}and ${items.length - most} more` : told;
}
